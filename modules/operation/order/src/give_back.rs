//! Money of an order granted back, line by line and unit by unit: never more than was paid, whatever the order of
//! requests.

use crate::{Event, Order, Refunded, Refusal, State, change, find};
use kernel::{Result, Time};
use store::{Tx, args, sql};

/// What is given back of a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct LineBack {
    /// The line.
    pub n: i64,
    /// Units whose money goes back; 0 for an agreed sum on goods that stay.
    pub units: i64,
    /// Of these, units that had not gone out and now never will.
    pub cancelled: i64,
    /// Minor units.
    pub amount: i64,
}

/// What is given back of a charge.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ChargeBack {
    /// The charge.
    pub n: i64,
    /// Minor units.
    pub amount: i64,
}

/// What a refund does to an order.
#[derive(Clone, Debug)]
pub struct Back {
    /// Of the lines.
    pub lines: Vec<LineBack>,
    /// Of the charges.
    pub charges: Vec<ChargeBack>,
    /// Commission that the platform gives back, after confirmation.
    pub commission: i64,
    /// When the order confirms itself, should this refund make it wholly shipped.
    pub confirm_at: Time,
    /// Why, a reason's code.
    pub why: String,
}

/// Grants money back. Closes the order where nothing of it is left before it was received, and counts it as shipped
/// where all that is still wanted has gone out. Answers the state it is in now.
///
/// # Errors
/// `wrong_state` for an unpaid or closed order, `unknown_line`, `refund_exceeds_units`, `refund_exceeds_paid` with what
/// is left of the line.
pub fn give_back(tx: &mut Tx, order: &Order, back: &Back) -> Result<State> {
    if matches!(order.state, State::Unpaid | State::Closed) {
        return Err(Refusal::WrongState { state: order.state.word() }.into());
    }
    for line in &back.lines {
        take_from_line(tx, order, *line)?;
    }
    for charge in &back.charges {
        take_from_charge(tx, order, *charge)?;
    }
    let lines = back.lines.iter();
    let amount = lines.clone().map(|line| line.amount).chain(back.charges.iter().map(|charge| charge.amount)).sum();
    let (units, cancelled) =
        lines.fold((0, 0), |(units, cancelled), line| (units + line.units, cancelled + line.cancelled));
    let became = next_state(order, amount, cancelled);
    let event = match became {
        State::Closed => Event::RefundAll.word(),
        State::Shipped if order.state != State::Shipped => Event::CancelRest.word(),
        _ => "refund",
    };
    let id = order.id;
    let n = move_order(tx, order, back, amount, cancelled, became)?;
    change::note_change(tx, id, n, event, order.state, became, &back.why)?;
    let Order { shop, buyer, currency, .. } = *order;
    tx.emit(&Refunded { order: id, shop, buyer, currency, amount, units }, n)?;
    if became == State::Closed {
        tx.emit(&crate::Closed { order: id, shop, buyer, why: back.why.clone() }, n)?;
    }
    Ok(became)
}

/// The state that a refund leads to: mostly the same.
fn next_state(order: &Order, amount: i64, cancelled: i64) -> State {
    let nothing_left =
        order.refunded + amount == order.amount && order.cancelled + cancelled + order.shipped == order.units;
    let all_cancelled = order.cancelled + cancelled == order.units;
    let rest_cancelled = cancelled > 0 && order.cancelled + cancelled + order.shipped == order.units;
    let event = match order.state {
        State::Paid | State::PartShipped | State::Shipped if nothing_left || all_cancelled => Event::RefundAll,
        State::PartShipped if rest_cancelled => Event::CancelRest,
        _ => return order.state,
    };
    order.state.after(event).unwrap_or(order.state)
}

fn move_order(tx: &mut Tx, order: &Order, back: &Back, amount: i64, cancelled: i64, became: State) -> Result<i64> {
    let now = tx.now();
    let newly_shipped = became == State::Shipped && order.state != State::Shipped;
    let shipped_at = if newly_shipped { Some(now) } else { order.shipped_at };
    let confirm_at = if newly_shipped { Some(back.confirm_at) } else { order.confirm_at };
    let closed_at = (became == State::Closed).then_some(now);
    let sql = sql!(
        "update order_order
         set state = $4, refunded = refunded + $5, cancelled = cancelled + $6, commission = commission - $7,
           shipped_at = $8, confirm_at = $9, closed_at = $10, version = version + 1
         where home = $1 and id = $2 and version = $3
           and refunded + $5 <= amount and cancelled + $6 + shipped <= units and commission >= $7"
    );
    let id = order.id;
    let values = args![
        id.home(),
        id,
        order.version,
        became,
        amount,
        cancelled,
        back.commission,
        shipped_at,
        confirm_at,
        closed_at
    ];
    if tx.exec(sql, values)? == 0 {
        return Err(change::moved_on(tx, order));
    }
    Ok(order.version + 1)
}

fn take_from_line(tx: &mut Tx, order: &Order, back: LineBack) -> Result<()> {
    let sql = sql!(
        "update order_line
         set returned = returned + $4, cancelled = cancelled + $5, refunded = refunded + $6,
           allowed = allowed + case when $4 = 0 then $6 else 0 end
         where home = $1 and ord = $2 and n = $3
           and returned + $4 <= units and shipped + cancelled + $5 <= units and refunded + $6 <= cash
           and $4 >= $5 and $5 >= 0 and $6 >= 0"
    );
    let LineBack { n, units, cancelled, amount } = back;
    if tx.exec(sql, args![order.id.home(), order.id, n, units, cancelled, amount])? == 0 {
        let line = find::line(tx, order.id, n)?.ok_or(Refusal::UnknownLine { line: n })?;
        let left = line.units - line.returned;
        let refusal = if units > left {
            Refusal::RefundExceedsUnits { left }
        } else {
            Refusal::RefundExceedsPaid { line: n, left: line.cash - line.refunded }
        };
        return Err(change::unless_overtaken(tx, order, refusal));
    }
    Ok(())
}

fn take_from_charge(tx: &mut Tx, order: &Order, back: ChargeBack) -> Result<()> {
    let sql = sql!(
        "update order_charge
         set refunded = refunded + $4
         where home = $1 and ord = $2 and n = $3 and refunded + $4 <= amount and $4 >= 0"
    );
    if tx.exec(sql, args![order.id.home(), order.id, back.n, back.amount])? == 0 {
        return Err(change::unless_overtaken(tx, order, Refusal::RefundExceedsPaid { line: -back.n, left: 0 }));
    }
    Ok(())
}
