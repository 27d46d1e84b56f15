//! Asking channels for what they have not told: when, and about what. A time-out is never a failure.
//!
//! The lists of what is due look over all homes, so nothing is decided on them: every verb reads its row again.

use crate::{
    Payment, Refund, Refusal, State,
    find::{find, find_refund, payment_row, refund_row},
};
use kernel::{Id, Result, Time, kinds, time::HOUR, time::MINUTE};
use store::{Read, Tx, across, args, sql};

/// Waits between two askings about a payment; the last one repeats.
const PAYMENT_WAITS: [i64; 5] = [5_000, 30_000, 2 * MINUTE, 5 * MINUTE, 15 * MINUTE];
/// Waits between two askings about a refund; the last one repeats. Channels want ten seconds at least.
const REFUND_WAITS: [i64; 6] = [10_000, MINUTE, 10 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR];

pub(crate) fn first_ask(now: Time) -> Time {
    now.plus(PAYMENT_WAITS[0])
}

pub(crate) fn first_refund_ask(now: Time) -> Time {
    now.plus(REFUND_WAITS[0])
}

fn wait(waits: &[i64], asks: i64) -> i64 {
    let at = usize::try_from(asks).unwrap_or(0).min(waits.len() - 1);
    waits[at]
}

/// When a payment is asked about after `asks` times: by the schedule, but not past its expiry, where it is closed.
fn next_ask(asks: i64, now: Time, expires_at: Time) -> Time {
    let next = now.plus(wait(&PAYMENT_WAITS, asks));
    if now < expires_at { next.min(expires_at) } else { next }
}

/// The payments that a channel is to be asked about, the longest due first; [`Payment::asking`] says what.
///
/// # Errors
/// What the engine says.
pub fn due(read: &mut Read, now: Time, limit: i64) -> Result<Vec<Payment>> {
    let sql = across!(
        "select id, trade, channel, currency, amount, authorised, captured, refunded, state, channel_ref, failure,
                created_at, expires_at, ended_at, asks, version
         from payment_payment
         where ask_at <= $1
         order by ask_at, id
         limit $2"
    );
    read.all(sql, args![now, limit], payment_row)
}

/// The refunds that a channel is to be asked about, the longest due first, each with its payment's channel. One that
/// is intended is asked for (again under its number), one that is accepted is queried.
///
/// # Errors
/// What the engine says.
pub fn due_refunds(read: &mut Read, now: Time, limit: i64) -> Result<Vec<(Refund, String)>> {
    let sql = across!(
        "select r.id, r.payment, r.document, r.currency, r.amount, r.state, r.channel_ref, r.failure, r.created_at,
                r.ended_at, r.asks, p.channel
         from payment_refund r
         join payment_payment p on p.home = r.home and p.id = r.payment
         where r.ask_at <= $1
         order by r.ask_at, r.id
         limit $2"
    );
    read.all(sql, args![now, limit], |row| Ok((refund_row(row)?, row.get(11)?)))
}

/// Notes that the channel was asked about a payment and had nothing new, so that the next asking comes later.
///
/// # Errors
/// `not_found`.
pub fn asked(tx: &mut Tx, payment: Id<kinds::Payment>) -> Result<()> {
    let found = find(tx, payment)?;
    let next = next_ask(found.asks + 1, tx.now(), found.expires_at);
    let sql = sql!(
        "update payment_payment
         set asks = asks + 1, ask_at = $4
         where home = $1 and id = $2 and asks = $3 and ask_at is not null"
    );
    tx.exec(sql, args![payment.home(), payment, found.asks, next])?;
    Ok(())
}

/// Notes that the channel knows of the closing, so that it is not asked any more.
///
/// # Errors
/// `wrong_state` for a payment that is not closed.
pub fn told(tx: &mut Tx, payment: Id<kinds::Payment>) -> Result<()> {
    let sql = sql!(
        "update payment_payment
         set ask_at = null
         where home = $1 and id = $2 and state = 'closed'"
    );
    if tx.exec(sql, args![payment.home(), payment])? == 1 {
        return Ok(());
    }
    let state: State = find(tx, payment)?.state;
    Err(Refusal::WrongState { state: state.word() }.into())
}

/// Notes that the channel was asked about a refund and had nothing new.
///
/// # Errors
/// `not_found`.
pub fn refund_asked(tx: &mut Tx, refund: Id<kinds::PaymentRefund>) -> Result<()> {
    let found = find_refund(tx, refund)?;
    let next = tx.now().plus(wait(&REFUND_WAITS, found.asks + 1));
    let sql = sql!(
        "update payment_refund
         set asks = asks + 1, ask_at = $4
         where home = $1 and id = $2 and asks = $3 and ask_at is not null"
    );
    tx.exec(sql, args![refund.home(), refund, found.asks, next])?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payment_is_asked_about_ever_less_often_but_at_its_expiry() {
        let expires = Time(30 * MINUTE);
        assert_eq!(next_ask(0, Time(0), expires), Time(5_000));
        assert_eq!(next_ask(4, Time(0), expires), Time(15 * MINUTE));
        assert_eq!(next_ask(9, Time(20 * MINUTE), expires), expires);
        assert_eq!(next_ask(9, expires, expires), Time(45 * MINUTE));
    }
}
