//! The play: invoices in order, shipments a day later, timers when they are due, and a last month after the last line.

use super::{
    plan::{Cancel, Invoice, Plan, Sale},
    stage::Stage,
};
use futures_util::future::{try_join, try_join_all};
use kernel::{Id, Result, Time, Units, kinds, time::DAY};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, VecDeque},
    rc::Rc,
};

/// How long the clock runs on after the last line.
const LAST_DAYS: i64 = 30;
/// How many sales are played side by side at most.
const TOGETHER: usize = 32;
/// After how many invoices the progress is told.
const TELL_EACH: usize = 250;

/// What the play came to, beside what stands in the database.
#[derive(Default)]
pub struct Done {
    /// Orders placed.
    pub orders: u64,
    /// Customers who bought.
    pub registered: BTreeSet<Rc<str>>,
    /// Orders of guests.
    pub guest_orders: u64,
    /// Codes sold.
    pub skus: BTreeSet<Rc<str>>,
    /// Lines of credit notes that gave something back.
    pub refunded_lines: u64,
    /// Units given back.
    pub refunded_units: i64,
    /// Their price, pence.
    pub refunded_minor: i64,
    /// Units of credit notes that nobody had bought.
    pub unmatched_units: i64,
}

/// A line that a customer bought, and what of it can still be given back.
struct Bought {
    order: Id<kinds::Order>,
    n: i64,
    left: i64,
    pence: i64,
}

struct Play<'a> {
    stage: &'a mut Stage,
    plan: &'a Plan,
    to_ship: VecDeque<(Time, String, Id<kinds::Order>)>,
    bought: HashMap<(Rc<str>, Rc<str>), Vec<Bought>>,
    done: Done,
}

/// Plays a whole file. Sales that follow each other within a few hours are played side by side: each act bears the
/// time of its own invoice, and what is done together shares commits, as people's acts do on a busy day.
///
/// # Errors
/// What the flows and the database say.
pub fn play(stage: &mut Stage, plan: &Plan) -> Result<Done> {
    let (to_ship, bought, done) = (VecDeque::new(), HashMap::new(), Done::default());
    let mut play = Play { stage, plan, to_ship, bought, done };
    let mut rest = &plan.invoices[..];
    let mut last = Time(0);
    while let Some(first) = rest.first() {
        let until = first.at();
        play.go_on_to(until)?;
        let count = match first {
            Invoice::Cancel(cancel) => {
                play.give_back(cancel)?;
                1
            }
            Invoice::Sale(_) => {
                let sales = side_by_side(rest);
                play.sell(&sales)?;
                sales.len()
            }
        };
        last = last.max(until).max(rest[count - 1].at());
        rest = &rest[count..];
        play.stage.tidy_up()?;
        let played = plan.invoices.len() - rest.len();
        if played / TELL_EACH != (played - count) / TELL_EACH {
            eprint!("\r{played} of {} invoices", plan.invoices.len());
        }
    }
    play.go_on_to(last.plus(LAST_DAYS * DAY))?;
    play.stage.settle_with_channels()?;
    play.stage.tidy_up()?;
    play.stage.release()?;
    eprintln!();
    Ok(play.done)
}

/// The sales at the head of the rest that may be played together: nothing is shipped or credited between them that
/// one of them could depend on.
fn side_by_side(rest: &[Invoice]) -> Vec<&Sale> {
    let mut sales: Vec<&Sale> = Vec::new();
    for invoice in rest.iter().take(TOGETHER) {
        let Invoice::Sale(sale) = invoice else { break };
        if sales.first().is_some_and(|first| sale.at > first.at.plus(DAY / 2)) {
            break;
        }
        sales.push(sale);
    }
    sales
}

impl Play<'_> {
    /// Everything that happens until an instant: shipments and timers, a day at a time. Within a day no two of them
    /// concern the same order, so they go side by side.
    fn go_on_to(&mut self, until: Time) -> Result<()> {
        loop {
            let ship = self.to_ship.front().map(|(at, ..)| *at);
            let next = ship.into_iter().chain(self.stage.next_due()?).min();
            let Some(next) = next.filter(|next| *next <= until) else { break };
            let until = until.min(next.plus(DAY / 2));
            self.stage.clock.move_to(next);
            let due = self.stage.due(until)?;
            let count = self.to_ship.iter().take_while(|(at, ..)| *at <= until).count();
            let shipments: Vec<_> = self.to_ship.drain(..count).collect();
            let stage = &*self.stage;
            let ships = try_join_all(shipments.iter().map(|(at, number, order)| stage.ship(*at, number, *order)));
            let rings = try_join_all(due.iter().map(|timer| stage.ring(timer)));
            store::wait(try_join(ships, rings))?;
        }
        self.stage.clock.move_to(until);
        Ok(())
    }

    fn sell(&mut self, sales: &[&Sale]) -> Result<()> {
        self.stage.goods(sales, &self.plan.titles)?;
        let buyers = self.stage.buyers(sales)?;
        let quotations = self.stage.quote(sales, &buyers)?;
        self.stage.receive(sales, &quotations)?;
        let placed = self.stage.accept(sales, &quotations)?;
        self.stage.pay(sales, &placed)?;
        for (sale, placed) in sales.iter().zip(placed) {
            let order = placed.orders[0];
            self.to_ship.push_back((sale.at.plus(DAY), sale.number.clone(), order));
            self.note(sale, order);
        }
        Ok(())
    }

    fn note(&mut self, sale: &Sale, order: Id<kinds::Order>) {
        self.done.orders += 1;
        self.done.skus.extend(sale.lines.iter().map(|line| line.code.clone()));
        if sale.customer.is_empty() {
            self.done.guest_orders += 1;
            return;
        }
        self.done.registered.insert(sale.customer.clone());
        for (n, line) in (1..).zip(&sale.lines) {
            let of = self.bought.entry((sale.customer.clone(), line.code.clone())).or_default();
            of.push(Bought { order, n, left: line.units, pence: line.pence });
        }
    }

    /// A credit note: what that customer bought of each code, latest purchase first, at the price he paid.
    fn give_back(&mut self, cancel: &Cancel) -> Result<()> {
        let mut refunds: BTreeMap<Id<kinds::Order>, BTreeMap<i64, i64>> = BTreeMap::new();
        for (code, units) in &cancel.lines {
            let mut wanted = *units;
            let bought = self.bought.get_mut(&(cancel.customer.clone(), code.clone()));
            for purchase in bought.into_iter().flat_map(|bought| bought.iter_mut().rev()) {
                let take = purchase.left.min(wanted);
                if take > 0 {
                    purchase.left -= take;
                    wanted -= take;
                    *refunds.entry(purchase.order).or_default().entry(purchase.n).or_default() += take;
                    self.done.refunded_minor += take * purchase.pence;
                }
            }
            self.done.refunded_lines += u64::from(wanted < *units);
            self.done.refunded_units += units - wanted;
            self.done.unmatched_units += wanted;
        }
        let stage = &*self.stage;
        let grant = async |(order, lines): (Id<kinds::Order>, BTreeMap<i64, i64>)| {
            let lines = lines.into_iter().map(|(n, units)| Ok((n, Units::new(units)?))).collect::<Result<Vec<_>>>()?;
            stage.refund(cancel, order, lines).await
        };
        store::wait(try_join_all(refunds.into_iter().map(grant)))?;
        self.stage.settle_with_channels()
    }
}
