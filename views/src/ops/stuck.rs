//! Money that has come to a stop between the market and a channel, for a person to look after.

use crate::set::bounded;
use kernel::{Currency, Cursor, Id, Money, Page, Result, Time, kinds};
use payment::{RefundState, State};
use serde::Serialize;
use store::{Read, across, args};

/// A payment about which its channel was asked five times or more without an end.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct StuckPayment {
    /// The payment; its outside form is our number at the channel.
    pub id: Id<kinds::Payment>,
    /// What is paid.
    pub trade: Id<kinds::Trade>,
    /// The channel's code.
    pub channel: String,
    /// How much.
    pub amount: Money,
    /// Where it stands.
    pub state: State,
    /// When it was intended.
    pub created_at: Time,
    /// How often the channel was asked.
    pub asks: i64,
    /// When it is asked next.
    pub ask_at: Option<Time>,
}

/// A refund that its channel has refused, or about which it was asked five times or more without an end.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct StuckRefund {
    /// The asking; its outside form is our number at the channel.
    pub id: Id<kinds::PaymentRefund>,
    /// Whose money goes back.
    pub payment: Id<kinds::Payment>,
    /// The refund that decided it; none for money that came late.
    pub document: Option<Id<kinds::Refund>>,
    /// How much.
    pub amount: Money,
    /// Where it stands.
    pub state: RefundState,
    /// The channel's code for its no; none where it said none.
    pub failure: Option<String>,
    /// When it was intended.
    pub created_at: Time,
    /// How often the channel was asked.
    pub asks: i64,
    /// When it is asked next; none where it is not any more.
    pub ask_at: Option<Time>,
}

/// Money that a channel took and that no trade wants, not wholly given back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct LateMoney {
    /// By which payment it came.
    pub payment: Id<kinds::Payment>,
    /// Why it is not wanted.
    pub why: payment::Why,
    /// How much.
    pub amount: Money,
    /// Of that, on its way back or there.
    pub refunded: Money,
    /// The channel's name for it.
    pub channel_ref: String,
    /// When it came.
    pub at: Time,
}

/// The payments that do not come to an end, latest first.
///
/// # Errors
/// What the engine says.
pub fn stuck_payments(read: &mut Read, after: Option<Cursor>, limit: usize) -> Result<Page<StuckPayment>> {
    let limit = bounded(limit);
    let before = after.map_or(i64::MAX, |cursor| cursor.id);
    let sql = across!(
        "select id, trade, channel, amount, currency, state, created_at, asks, ask_at
         from payment_payment
         where ask_at is not null and asks >= 5 and id < $1
         order by id desc
         limit $2"
    );
    let rows = read.all(sql, args![before, limit + 1], |row| {
        Ok(StuckPayment {
            id: row.get(0)?,
            trade: row.get(1)?,
            channel: row.get(2)?,
            amount: Money::new(row.get(3)?, row.get(4)?),
            state: row.get(5)?,
            created_at: row.get(6)?,
            asks: row.get(7)?,
            ask_at: row.get(8)?,
        })
    })?;
    Ok(Page::of(rows, limit, |last| Cursor { sort: last.id.raw(), id: last.id.raw() }))
}

/// The refunds that do not come to an end or were refused, latest first.
///
/// # Errors
/// What the engine says.
pub fn stuck_refunds(read: &mut Read, after: Option<Cursor>, limit: usize) -> Result<Page<StuckRefund>> {
    let limit = bounded(limit);
    let before = after.map_or(i64::MAX, |cursor| cursor.id);
    let sql = across!(
        "select id, payment, document, amount, currency, state, failure, created_at, asks, ask_at
         from payment_refund
         where (state = 'failed' or (ask_at is not null and asks >= 5)) and id < $1
         order by id desc
         limit $2"
    );
    let rows = read.all(sql, args![before, limit + 1], |row| {
        Ok(StuckRefund {
            id: row.get(0)?,
            payment: row.get(1)?,
            document: row.get(2)?,
            amount: Money::new(row.get(3)?, row.get(4)?),
            state: row.get(5)?,
            failure: row.get(6)?,
            created_at: row.get(7)?,
            asks: row.get(8)?,
            ask_at: row.get(9)?,
        })
    })?;
    Ok(Page::of(rows, limit, |last| Cursor { sort: last.id.raw(), id: last.id.raw() }))
}

/// The money that no trade wants, latest first.
///
/// # Errors
/// What the engine says.
pub fn late_money(read: &mut Read, after: Option<Cursor>, limit: usize) -> Result<Page<LateMoney>> {
    let limit = bounded(limit);
    let before = after.map_or(i64::MAX, |cursor| cursor.id);
    let sql = across!(
        "select payment, why, currency, amount, refunded, channel_ref, at
         from payment_late
         where refunded < amount and payment < $1
         order by payment desc
         limit $2"
    );
    let rows = read.all(sql, args![before, limit + 1], |row| {
        let currency: Currency = row.get(2)?;
        Ok(LateMoney {
            payment: row.get(0)?,
            why: row.get(1)?,
            amount: Money::new(row.get(3)?, currency),
            refunded: Money::new(row.get(4)?, currency),
            channel_ref: row.get(5)?,
            at: row.get(6)?,
        })
    })?;
    Ok(Page::of(rows, limit, |last| Cursor { sort: last.payment.raw(), id: last.payment.raw() }))
}
