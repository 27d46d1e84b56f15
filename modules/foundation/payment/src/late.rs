//! Money that a channel took and that no trade wants. It never counts as captured; it goes back.

use crate::{Move, Payment, Refusal, event::Unmatched, find::find, pay::Change, pay::go, refund::note_refund};
use kernel::{Id, Money, Result, Time, error::Common, kinds};
use store::{Tx, args, sql};

store::codes! {
    /// Why nobody wants it.
    pub enum Why {
        /// The payment or its trade had closed before.
        AfterClosing = "after_closing",
        /// The trade had been paid by another payment.
        SecondPayment = "second_payment",
        /// It is not the amount, or not the currency, that was asked for.
        WrongAmount = "wrong_amount",
    }
}

/// Money that came late.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Late {
    /// Under which payment's number.
    pub payment: Id<kinds::Payment>,
    /// Why nobody wants it.
    pub why: Why,
    /// What came.
    pub amount: Money,
    /// Of that, decided to go back.
    pub refunded: i64,
    /// The channel's name for it.
    pub channel_ref: String,
    /// When we learnt of it.
    pub at: Time,
}

/// Records money that does not fit what was asked for, as a channel's own file or an operator's query shows it. A
/// payment that was still open has failed with this: its number is used up. False where the money is known already.
///
/// # Errors
/// `not_found`; `already_paid` where the payment itself took its money, since a number is paid once;
/// `out_of_range` for nothing or less.
pub fn unmatched(tx: &mut Tx, payment: Id<kinds::Payment>, came: Money, channel_ref: &str, why: Why) -> Result<bool> {
    if came.minor <= 0 {
        return Err(Common::OutOfRange { least: 1, most: i64::MAX }.into());
    }
    let found = find(tx, payment)?;
    if found.captured > 0 {
        return Err(Refusal::AlreadyPaid.into());
    }
    set_aside(tx, &found, came, channel_ref, why)
}

/// Puts money aside, once per payment, and ends a payment that was open.
pub(crate) fn set_aside(tx: &mut Tx, found: &Payment, came: Money, channel_ref: &str, why: Why) -> Result<bool> {
    let (home, now) = (found.id.home(), tx.now());
    let sql = sql!(
        "insert into payment_late (home, payment, why, currency, amount, refunded, channel_ref, at)
         values ($1, $2, $3, $4, $5, 0, $6, $7)
         on conflict do nothing"
    );
    if tx.exec(sql, args![home, found.id, why, came.currency, came.minor, channel_ref, now])? == 0 {
        return Ok(false);
    }
    let version = if found.state.is_open() {
        let step = if why == Why::WrongAmount { Move::Fail } else { Move::Close };
        go(tx, found, step, Change { channel_ref: Some(channel_ref), failure: Some(why.word()), ..Change::ended(now) })?
    } else {
        settle_with_channel(tx, found, channel_ref)?
    };
    tx.emit(&Unmatched { payment: found.id, trade: found.trade, amount: came, why }, version)?;
    Ok(true)
}

/// A channel that has the money needs no telling to close.
fn settle_with_channel(tx: &mut Tx, found: &Payment, channel_ref: &str) -> Result<i64> {
    let sql = sql!(
        "update payment_payment
         set channel_ref = $3, ask_at = null, version = version + 1
         where home = $1 and id = $2
         returning version"
    );
    tx.one(sql, args![found.id.home(), found.id, channel_ref], |row| row.get(0))
}

/// Decides that late money goes back, all of it, and notes the asking of the channel.
///
/// # Errors
/// `not_found` where no money came late; `refund_exceeds_paid` the second time.
pub fn refund_late(tx: &mut Tx, payment: Id<kinds::Payment>) -> Result<Id<kinds::PaymentRefund>> {
    let sql = sql!(
        "update payment_late
         set refunded = amount
         where home = $1 and payment = $2 and refunded = 0
         returning amount, currency"
    );
    let taken = tx.opt(sql, args![payment.home(), payment], |row| Ok(Money::new(row.get(0)?, row.get(1)?)))?;
    match taken {
        Some(amount) => note_refund(tx, payment, None, amount),
        None => {
            let late = crate::late_of(tx, payment)?.ok_or(Common::NotFound)?;
            Err(Refusal::RefundExceedsPaid { left: Money::zero(late.amount.currency) }.into())
        }
    }
}
