//! The buyer has his goods, by his word or by the clock: escrow ends, the shop is owed the money. [$1]

use crate::{access, postings, timers};
use kernel::{Cx, Id, Money, Result, kinds, time::DAY};
use order::Order;
use store::{Act, Answer, Store, Tx};

/// The buyer confirms.
///
/// # Errors
/// `wrong_state` unless it was shipped whole, `not_found` for another's.
pub fn confirm(store: &Store, cx: &Cx, order: Id<kinds::Order>) -> Answer<()> {
    store.write(Act::new("order.confirm", cx).over(&order), move |tx| {
        let order = order::order(tx, order)?;
        access::buyer(tx, order.buyer)?;
        tx.drop_timer(timers::CONFIRM, order.id.raw(), order.id.home())?;
        receive(tx, &order, "")
    })
}

/// The buyer takes more time, once.
///
/// # Errors
/// `already_extended`, `wrong_state`, `not_found`.
pub fn extend(store: &Store, cx: &Cx, order: Id<kinds::Order>) -> Answer<()> {
    store.write(Act::new("order.extend", cx).over(&order), move |tx| {
        let order = order::order(tx, order)?;
        access::buyer(tx, order.buyer)?;
        let settings = market::settings(tx)?;
        let from = order.confirm_at.unwrap_or_else(|| tx.now());
        let until = from.plus(settings.confirm_extension_days * DAY);
        order::extend(tx, &order, until)?;
        tx.set_timer(timers::CONFIRM, order.id.raw(), order.id.home(), until)
    })
}

/// The buyer said nothing for long enough.
pub(crate) fn when_time_is_over(tx: &mut Tx, order: Id<kinds::Order>) -> Result<()> {
    access::market(tx)?;
    let order = order::order(tx, order)?;
    // While a case is open the clock of confirmation stands: the case's end sets it going again.
    if aftersale::has_open_case(tx, order.id)? {
        let settings = market::settings(tx)?;
        let again = tx.now().plus(settings.confirm_extension_days.max(1) * DAY);
        return tx.set_timer(timers::CONFIRM, order.id.raw(), order.id.home(), again);
    }
    receive(tx, &order, "time_over")
}

fn receive(tx: &mut Tx, order: &Order, why: &str) -> Result<()> {
    let settings = market::settings(tx)?;
    let kept = order.amount - order.refunded;
    let commission = commission(tx, order)?;
    // T+N is counted in business dates of the market's zone, once, here.
    let settle_on = tx.now().day(&settings.zone).plus_days(settings.settle_days);
    order::confirm(tx, order, commission, settle_on, settings.zone.name(), why)?;
    postings::confirm(tx, order, kept, commission)?;
    let settle_at = settle_on.start(&settings.zone)?.max(tx.now());
    tx.set_timer(timers::SETTLE, order.id.raw(), order.id.home(), settle_at)
}

/// The platform's commission: of what stays paid per line and commissionable charge, half up.
fn commission(tx: &mut Tx, order: &Order) -> Result<i64> {
    let lines = order::lines(tx, order.id)?;
    let charges = order::charges(tx, order.id)?;
    let of = |paid: i64, rate| pricing::commission(Money::new(paid, order.currency), rate).minor;
    let lines = lines.iter().map(|line| of(line.cash - line.refunded, line.commission));
    let charges = charges.iter().map(|charge| of(charge.amount - charge.refunded, charge.commission));
    Ok(lines.chain(charges).sum())
}
