//! What happens to an order after it was placed. Each verb is a compare-and-set on the order's row: who comes second
//! is judged by what the first has left.

use crate::{Closed, Completed, Event, Extended, Order, Paid, Refusal, Settled, Shipped, State, find};
use kernel::{Day, Id, Result, Time, kinds};
use store::{Tx, args, sql};

/// Writes the row that keeps who, when and why.
pub(crate) fn note_change(
    tx: &mut Tx,
    order: Id<kinds::Order>,
    n: i64,
    what: &str,
    was: State,
    became: State,
    why: &str,
) -> Result<()> {
    let (actor, actor_id, now) = (tx.actor().word(), tx.actor().raw(), tx.now());
    let sql = sql!(
        "insert into order_change (home, ord, n, what, was, became, actor, actor_id, at, why)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    );
    tx.exec(sql, args![order.home(), order, n, what, was, became, actor, actor_id, now, why])?;
    tx.about(order);
    Ok(())
}

/// The state after an event, or the refusal that names the state it is in.
pub(crate) fn after(order: &Order, event: Event) -> Result<State> {
    let refusal = || Refusal::WrongState { state: order.state.word() }.into();
    order.state.after(event).ok_or_else(refusal)
}

/// What becomes of whoever came second. Where the order has changed since he read it, his act runs again and is judged
/// by what the order is now; otherwise he is told the state that it is in.
pub(crate) fn moved_on(tx: &mut Tx, order: &Order) -> kernel::Error {
    unless_overtaken(tx, order, Refusal::WrongState { state: order.state.word() })
}

/// A refusal that holds only where the order is still as it was read; otherwise the act runs again.
pub(crate) fn unless_overtaken(tx: &mut Tx, order: &Order, refusal: Refusal) -> kernel::Error {
    match find::order(tx, order.id) {
        Ok(now) if now.version == order.version => refusal.into(),
        Ok(_) => tx.overtaken(),
        Err(error) => error,
    }
}

/// The payment arrived.
///
/// # Errors
/// `already_paid`, `order_closed`.
pub fn mark_paid(tx: &mut Tx, order: &Order) -> Result<()> {
    let became = order.state.after(Event::Pay).ok_or(match order.state {
        State::Closed => Refusal::OrderClosed,
        _ => Refusal::AlreadyPaid,
    })?;
    let sql = sql!(
        "update order_order
         set state = $4, paid_at = $5, version = version + 1
         where home = $1 and id = $2 and version = $3"
    );
    let (id, now) = (order.id, tx.now());
    if tx.exec(sql, args![id.home(), id, order.version, became, now])? == 0 {
        return Err(moved_on(tx, order));
    }
    let n = order.version + 1;
    note_change(tx, id, n, Event::Pay.word(), order.state, became, "")?;
    let Order { shop, buyer, currency, amount, .. } = *order;
    tx.emit(&Paid { order: id, shop, buyer, currency, amount }, n)
}

/// Not paid in time, or cancelled before payment.
///
/// # Errors
/// `wrong_state`.
pub fn close(tx: &mut Tx, order: &Order, why: &str) -> Result<()> {
    let became = after(order, Event::Close)?;
    end(tx, order, Event::Close, became, why)
}

/// Moves to closed and says so.
pub(crate) fn end(tx: &mut Tx, order: &Order, event: Event, became: State, why: &str) -> Result<()> {
    let sql = sql!(
        "update order_order
         set state = $4, closed_at = $5, version = version + 1
         where home = $1 and id = $2 and version = $3"
    );
    let (id, now) = (order.id, tx.now());
    if tx.exec(sql, args![id.home(), id, order.version, became, now])? == 0 {
        return Err(moved_on(tx, order));
    }
    let n = order.version + 1;
    note_change(tx, id, n, event.word(), order.state, became, why)?;
    tx.emit(&Closed { order: id, shop: order.shop, buyer: order.buyer, why: why.to_owned() }, n)
}

/// Units of some lines went out; `confirm_at` is when the order confirms itself once the last has gone.
/// Answers the state it is in now.
///
/// # Errors
/// `wrong_state`, `unknown_line`, `nothing_to_ship` with how many units of the line are left.
pub fn ship(tx: &mut Tx, order: &Order, lines: &[(i64, i64)], confirm_at: Time) -> Result<State> {
    let id = order.id;
    for (n, units) in lines {
        let sql = sql!(
            "update order_line
             set shipped = shipped + $4
             where home = $1 and ord = $2 and n = $3 and shipped + cancelled + $4 <= units and $4 > 0"
        );
        if tx.exec(sql, args![id.home(), id, n, units])? == 0 {
            let line = find::line(tx, id, *n)?.ok_or(Refusal::UnknownLine { line: *n })?;
            let left = line.units - line.shipped - line.cancelled;
            return Err(unless_overtaken(tx, order, Refusal::NothingToShip { line: *n, left }));
        }
    }
    let units: i64 = lines.iter().map(|(_, units)| units).sum();
    let whole = order.shipped + order.cancelled + units == order.units;
    let event = if whole { Event::ShipAll } else { Event::ShipPart };
    let became = after(order, event)?;
    let now = tx.now();
    let (shipped_at, confirm_at) = if whole { (Some(now), Some(confirm_at)) } else { (None, None) };
    let sql = sql!(
        "update order_order
         set state = $4, shipped = shipped + $5, shipped_at = $6, confirm_at = $7, version = version + 1
         where home = $1 and id = $2 and version = $3"
    );
    if tx.exec(sql, args![id.home(), id, order.version, became, units, shipped_at, confirm_at])? == 0 {
        return Err(moved_on(tx, order));
    }
    let n = order.version + 1;
    note_change(tx, id, n, event.word(), order.state, became, "")?;
    tx.emit(&Shipped { order: id, shop: order.shop, buyer: order.buyer, units, whole }, n)?;
    Ok(became)
}

/// The buyer takes more time, once.
///
/// # Errors
/// `already_extended`, `wrong_state`.
pub fn extend(tx: &mut Tx, order: &Order, confirm_at: Time) -> Result<()> {
    if order.state != State::Shipped {
        return Err(Refusal::WrongState { state: order.state.word() }.into());
    }
    let sql = sql!(
        "update order_order
         set extended = 1, confirm_at = $4, version = version + 1
         where home = $1 and id = $2 and version = $3 and extended = 0"
    );
    let id = order.id;
    if tx.exec(sql, args![id.home(), id, order.version, confirm_at])? == 0 {
        return Err(if order.extended { Refusal::AlreadyExtended.into() } else { moved_on(tx, order) });
    }
    let n = order.version + 1;
    note_change(tx, id, n, "extend", order.state, order.state, "")?;
    tx.emit(&Extended { order: id, shop: order.shop, buyer: order.buyer, confirm_at: confirm_at.0 }, n)
}

/// Received. `commission` is what the platform keeps of what stays paid; `settle_on` is the business date on which
/// the shop may have the rest, in `zone`.
///
/// # Errors
/// `wrong_state`.
pub fn confirm(tx: &mut Tx, order: &Order, commission: i64, settle_on: Day, zone: &str, why: &str) -> Result<()> {
    let became = after(order, Event::Confirm)?;
    let sql = sql!(
        "update order_order
         set state = $4, completed_at = $5, commission = $6, settle_on = $7, settle_zone = $8, version = version + 1
         where home = $1 and id = $2 and version = $3"
    );
    let (id, now, settle_on) = (order.id, tx.now(), settle_on.number());
    if tx.exec(sql, args![id.home(), id, order.version, became, now, commission, settle_on, zone])? == 0 {
        return Err(moved_on(tx, order));
    }
    let n = order.version + 1;
    note_change(tx, id, n, Event::Confirm.word(), order.state, became, why)?;
    let kept = order.amount - order.refunded;
    let Order { shop, buyer, currency, .. } = *order;
    tx.emit(&Completed { order: id, shop, buyer, currency, kept, commission, settle_on }, n)
}

/// The shop may have its money; answers what it is due: what stays paid less commission.
///
/// # Errors
/// `wrong_state` unless it is completed and not settled yet.
pub fn settle(tx: &mut Tx, order: &Order) -> Result<i64> {
    let sql = sql!(
        "update order_order
         set settled_at = $4, version = version + 1
         where home = $1 and id = $2 and version = $3 and state = 'completed' and settled_at is null"
    );
    let (id, now) = (order.id, tx.now());
    if tx.exec(sql, args![id.home(), id, order.version, now])? == 0 {
        return Err(moved_on(tx, order));
    }
    let n = order.version + 1;
    note_change(tx, id, n, "settle", order.state, order.state, "")?;
    let net = order.amount - order.refunded - order.commission;
    let Order { shop, buyer, currency, .. } = *order;
    tx.emit(&Settled { order: id, shop, buyer, currency, net }, n)?;
    Ok(net)
}
