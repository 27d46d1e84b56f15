//! Where the demo market's past is played: the market, its clock, and requests of its people.

use super::{DemoClock, chance::Chance};
use crate::open::Opened;
use flows::worker;
use futures_util::future::try_join_all;
use kernel::{Actor, Clock, Cx, Id, Locale, Result, Time, kinds, time::HOUR};
use std::cell::{Cell, RefCell};
use store::{Act, Answer, Store, Tx};

/// How many timers ring side by side.
const TOGETHER: i64 = 200;
/// How much time passes before what follows from deeds is seen to.
const SETTLES_EACH: i64 = 6 * HOUR;

/// Somebody who acts.
#[derive(Clone, Copy)]
pub(super) struct Person {
    pub id: Id<kinds::Party>,
    pub locale: Locale,
}

/// The market, its clock, chance, and how far its requests are counted.
pub(super) struct Stage<'a> {
    pub opened: &'a Opened,
    pub clock: &'a DemoClock,
    /// When its past ends.
    pub until: Time,
    pub chance: RefCell<Chance>,
    zone: market::Zone,
    requests: Cell<u64>,
    /// When what follows was last seen to.
    settled: Cell<Time>,
}

impl<'a> Stage<'a> {
    pub(super) fn new(opened: &'a Opened, clock: &'a DemoClock, until: Time, chance: Chance) -> Stage<'a> {
        let zone = market::Settings::default().zone;
        Stage {
            opened,
            clock,
            until,
            chance: RefCell::new(chance),
            zone,
            requests: Cell::new(0),
            settled: Cell::new(Time(0)),
        }
    }

    pub(super) fn store(&self) -> &'a Store {
        &self.opened.market.store
    }

    /// So many calendar days before the end, at an hour and minute of the market's zone; never after the end.
    pub(super) fn at(&self, days_ago: i64, hour: i64, minute: i64) -> Result<Time> {
        let day = self.until.day(&self.zone).plus_days(-days_ago);
        let time = day.start(&self.zone)?.plus(hour * HOUR + minute * kernel::time::MINUTE);
        Ok(time.min(self.until))
    }

    fn request(&self) -> String {
        self.requests.set(self.requests.get() + 1);
        format!("demo {}", self.requests.get())
    }

    /// A request of a person's.
    pub(super) fn cx(&self, person: &Person) -> Cx {
        self.cx_as(Actor::Person(person.id), person.locale)
    }

    /// A request of somebody's.
    pub(super) fn cx_as(&self, actor: Actor, locale: Locale) -> Cx {
        Cx { locale, ..Cx::new(actor, self.request()) }
    }

    /// A request of the market itself.
    pub(super) fn system(&self, name: &'static str) -> Cx {
        Cx::new(Actor::System(name), self.request())
    }

    /// One act of a person's on a single room, as a face does it where one room is all that changes.
    pub(super) fn act<T, F>(&self, name: &'static str, cx: &Cx, run: F) -> Answer<T>
    where
        T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
        F: FnMut(&mut Tx) -> Result<T> + Send + 'static,
    {
        self.store().write(Act::new(name, cx), run)
    }

    /// Time passes: timers ring, each at its own time, and the clock stands at `time` in the end. What follows from
    /// what is done need not follow at once, so it is seen to a few times a day.
    pub(super) fn pass(&self, time: Time) -> Result<()> {
        self.ring(time)?;
        self.clock.move_to(time);
        if time >= self.settled.get().plus(SETTLES_EACH) { self.settle_down() } else { Ok(()) }
    }

    fn ring(&self, until: Time) -> Result<usize> {
        let mut rung = 0;
        loop {
            let due = self.store().read(move |read| store::due_timers(read, until, TOGETHER)).wait()?;
            if due.is_empty() {
                return Ok(rung);
            }
            rung += due.len();
            let market = &self.opened.market;
            store::wait(try_join_all(due.iter().map(|timer| flows::timers::ring(market, timer, timer.due_at))))?;
        }
    }

    /// What follows from what was done: reactions run, the provider and the bank are asked, their messages are heard.
    pub(super) fn settle_down(&self) -> Result<()> {
        let (market, now) = (&self.opened.market, self.clock.now());
        self.settled.set(now);
        loop {
            let heard = self.opened.deliver(TOGETHER)?;
            let events = worker::deliver_events(market)?;
            let asked = store::wait(worker::ask_outside(market))?;
            if heard + events + asked + self.ring(now)? == 0 {
                return Ok(());
            }
        }
    }
}
