//! Giving money back by the way it came: intended, accepted, done or failed.

use crate::{
    Refund, RefundMove, Refusal, State,
    event::{RefundFailed, Refunded},
    find::{find, find_refund},
    pay::{agree, made_up_of},
    worker::first_refund_ask,
};
use kernel::{Id, Money, Result, Time, kinds};
use store::{Tx, args, sql};

/// Decides, under a refund document, that part of a payment goes back, by order; notes the asking of the channel.
///
/// # Errors
/// `not_found`, `currency_mismatch`, `parts_do_not_sum`; `wrong_state` where the payment took no money;
/// `refund_exceeds_paid` where less is left, of the payment or of an order's part; `refund_exists` where the document
/// has asked for money of this payment before.
pub fn intend_refund(
    tx: &mut Tx,
    payment: Id<kinds::Payment>,
    document: Id<kinds::Refund>,
    parts: &[(Id<kinds::Order>, i64)],
    amount: Money,
) -> Result<Id<kinds::PaymentRefund>> {
    made_up_of(amount, parts)?;
    let sql = sql!(
        "update payment_payment
         set refunded = refunded + $3
         where home = $1 and id = $2 and currency = $4 and state = 'succeeded' and captured - refunded >= $3"
    );
    if tx.exec(sql, args![payment.home(), payment, amount.minor, amount.currency])? == 0 {
        return Err(why_not(tx, payment, amount)?.into());
    }
    for (order, share) in parts {
        take_part(tx, payment, *order, Money::new(*share, amount.currency))?;
    }
    note_refund(tx, payment, Some(document), amount)
}

fn why_not(tx: &mut Tx, payment: Id<kinds::Payment>, amount: Money) -> Result<Refusal> {
    let found = find(tx, payment)?;
    found.amount.same_currency(amount)?;
    if found.state != State::Succeeded {
        return Ok(Refusal::WrongState { state: found.state.word() });
    }
    Ok(Refusal::RefundExceedsPaid { left: Money::new(found.captured - found.refunded, amount.currency) })
}

fn take_part(tx: &mut Tx, payment: Id<kinds::Payment>, order: Id<kinds::Order>, share: Money) -> Result<()> {
    let sql = sql!(
        "update payment_part
         set refunded = refunded + $4
         where home = $1 and payment = $2 and ord = $3 and amount - refunded >= $4"
    );
    if tx.exec(sql, args![payment.home(), payment, order, share.minor])? == 1 {
        return Ok(());
    }
    // An order that has no part in the payment has nothing left of it either.
    let left = sql!(
        "select amount - refunded
         from payment_part
         where home = $1 and payment = $2 and ord = $3"
    );
    let left = tx.opt(left, args![payment.home(), payment, order], |row| row.get(0))?.unwrap_or(0);
    Err(Refusal::RefundExceedsPaid { left: Money::new(left, share.currency) }.into())
}

/// Writes down the asking itself.
pub(crate) fn note_refund(
    tx: &mut Tx,
    payment: Id<kinds::Payment>,
    document: Option<Id<kinds::Refund>>,
    amount: Money,
) -> Result<Id<kinds::PaymentRefund>> {
    let home = payment.home();
    let refund = tx.id::<kinds::PaymentRefund>(home)?;
    let now = tx.now();
    let sql = sql!(
        "insert into payment_refund
             (home, id, payment, document, currency, amount, state, channel_ref, failure, created_at, ended_at, asks, ask_at)
         values ($1, $2, $3, $4, $5, $6, 'intended', null, null, $7, null, 0, $8)
         on conflict do nothing"
    );
    // The channel is asked at once: somebody waits for his money.
    let ask_at = now;
    let values = args![home, refund, payment, document, amount.currency, amount.minor, now, ask_at];
    if tx.exec(sql, values)? == 0 {
        return Err(Refusal::RefundExists.into());
    }
    Ok(refund)
}

/// Notes that the channel takes the refund on; false where it is further already.
///
/// # Errors
/// `not_found`.
pub fn refund_accepted(tx: &mut Tx, refund: Id<kinds::PaymentRefund>, channel_ref: &str) -> Result<bool> {
    let found = find_refund(tx, refund)?;
    if found.state.after(RefundMove::Accept).is_none() {
        return Ok(false);
    }
    let ask_at = Some(first_refund_ask(tx.now()));
    go(tx, &found, RefundMove::Accept, Change { channel_ref: Some(channel_ref), ask_at, ..Change::default() })?;
    Ok(true)
}

/// Records that the money is back with the buyer; false where we knew.
///
/// # Errors
/// `not_found`, `currency_mismatch`, `amount_mismatch`; `wrong_state` where the channel had said that it failed.
pub fn refund_done(tx: &mut Tx, refund: Id<kinds::PaymentRefund>, back: Money, channel_ref: &str) -> Result<bool> {
    let found = find_refund(tx, refund)?;
    agree(found.amount, back)?;
    if found.state == crate::RefundState::Done {
        return Ok(false);
    }
    let ended_at = Some(tx.now());
    go(tx, &found, RefundMove::Finish, Change { channel_ref: Some(channel_ref), ended_at, ..Change::default() })?;
    let version = next_version(tx, found.payment)?;
    let Refund { payment, document, amount, .. } = found;
    tx.emit(&Refunded { payment, refund, document, amount }, version)?;
    Ok(true)
}

/// Records that the channel cannot give the money back; it is still owed. False where we knew.
///
/// # Errors
/// `not_found`; `wrong_state` where the channel had said that it was done.
pub fn refund_failed(tx: &mut Tx, refund: Id<kinds::PaymentRefund>, code: &str) -> Result<bool> {
    let found = find_refund(tx, refund)?;
    if found.state == crate::RefundState::Failed {
        return Ok(false);
    }
    let ended_at = Some(tx.now());
    go(tx, &found, RefundMove::Fail, Change { failure: Some(code), ended_at, ..Change::default() })?;
    let version = next_version(tx, found.payment)?;
    let Refund { payment, document, amount, .. } = found;
    tx.emit(&RefundFailed { payment, refund, document, amount, code: code.to_owned() }, version)?;
    Ok(true)
}

/// Asks the channel once more for a refund that failed.
///
/// # Errors
/// `not_found`; `wrong_state` where it did not fail.
pub fn refund_again(tx: &mut Tx, refund: Id<kinds::PaymentRefund>) -> Result<()> {
    let found = find_refund(tx, refund)?;
    let ask_at = Some(tx.now());
    go(tx, &found, RefundMove::Again, Change { ask_at, ..Change::default() })
}

#[derive(Default)]
struct Change<'a> {
    channel_ref: Option<&'a str>,
    failure: Option<&'a str>,
    ended_at: Option<Time>,
    ask_at: Option<Time>,
}

/// Moves a refund by compare-and-set.
fn go(tx: &mut Tx, found: &Refund, step: RefundMove, change: Change) -> Result<()> {
    let wrong = Refusal::WrongState { state: found.state.word() };
    let Some(next) = found.state.after(step) else {
        return Err(wrong.into());
    };
    let sql = sql!(
        "update payment_refund
         set state = $4, channel_ref = coalesce($5, channel_ref), failure = $6, ended_at = $7, asks = 0, ask_at = $8
         where home = $1 and id = $2 and state = $3"
    );
    let Change { channel_ref, failure, ended_at, ask_at } = change;
    let values = args![found.id.home(), found.id, found.state, next, channel_ref, failure, ended_at, ask_at];
    if tx.exec(sql, values)? == 1 { Ok(()) } else { Err(wrong.into()) }
}

fn next_version(tx: &mut Tx, payment: Id<kinds::Payment>) -> Result<i64> {
    let sql = sql!(
        "update payment_payment
         set version = version + 1
         where home = $1 and id = $2
         returning version"
    );
    tx.one(sql, args![payment.home(), payment], |row| row.get(0))
}
