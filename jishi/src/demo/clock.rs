//! The clock of a demo market: it stands while the market's past is made, then goes with the machine's, as far ahead as
//! somebody has put it.

use kernel::{Clock, SystemClock, Time};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A clock that can be stood still, let go, and put forward; never back once it goes.
pub struct DemoClock(Mutex<Hands>);

#[derive(Clone, Copy)]
enum Hands {
    /// It stands at an instant.
    Standing(Time),
    /// It goes, so many milliseconds ahead of the machine.
    Ahead(i64),
}

impl DemoClock {
    /// Going with the machine.
    pub fn running() -> DemoClock {
        DemoClock(Mutex::new(Hands::Ahead(0)))
    }

    fn hands(&self) -> MutexGuard<'_, Hands> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stands at an instant, whenever that is: for an empty market, whose past begins there.
    pub(crate) fn stand_at(&self, time: Time) {
        *self.hands() = Hands::Standing(time);
    }

    /// Goes on with the machine, from where it stood where that lies ahead.
    pub fn run(&self) {
        let mut hands = self.hands();
        *hands = Hands::Ahead(ahead_of_machine(shown(*hands)).max(0));
    }

    /// Moves to an instant, never back: where it goes, it goes on from there.
    pub fn move_to(&self, time: Time) {
        let mut hands = self.hands();
        *hands = match *hands {
            Hands::Standing(stood) => Hands::Standing(stood.max(time)),
            Hands::Ahead(ahead) => Hands::Ahead(ahead.max(ahead_of_machine(time))),
        };
    }

    /// Moves on by milliseconds, never back.
    pub fn move_by(&self, millis: i64) {
        let millis = millis.max(0);
        let mut hands = self.hands();
        *hands = match *hands {
            Hands::Standing(stood) => Hands::Standing(stood.plus(millis)),
            Hands::Ahead(ahead) => Hands::Ahead(ahead.saturating_add(millis)),
        };
    }
}

fn shown(hands: Hands) -> Time {
    match hands {
        Hands::Standing(time) => time,
        Hands::Ahead(ahead) => SystemClock.now().plus(ahead),
    }
}

fn ahead_of_machine(time: Time) -> i64 {
    time.0.saturating_sub(SystemClock.now().0)
}

impl Clock for DemoClock {
    fn now(&self) -> Time {
        shown(*self.hands())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::time::DAY;

    #[test]
    fn a_clock_that_stood_goes_on_from_where_it_stood_or_from_the_machines_now() {
        let clock = DemoClock::running();
        clock.stand_at(Time(1_000));
        clock.move_to(Time(500));
        clock.move_by(-7);
        assert_eq!(clock.now(), Time(1_000), "it never goes back");
        clock.run();
        assert!(clock.now() >= Time(1_700_000_000_000), "the past is over once it goes");

        let ahead = SystemClock.now().plus(3 * DAY);
        clock.move_to(ahead);
        clock.move_to(Time(1_000));
        assert!(clock.now() >= ahead);
        clock.move_by(DAY);
        assert!(clock.now() >= ahead.plus(DAY));
    }
}
