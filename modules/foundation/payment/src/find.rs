//! Reads of the room's own tables.

use crate::{Late, RefundState, State};
use kernel::{Currency, Id, Money, Result, Time, error::Common, kinds};
use store::{Read, Row, args, sql};

/// One attempt to pay a trade.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Payment {
    /// Our number at the channel is its outside form.
    pub id: Id<kinds::Payment>,
    /// What is paid.
    pub trade: Id<kinds::Trade>,
    /// The channel's code.
    pub channel: String,
    /// What is asked for.
    pub amount: Money,
    /// What the channel has promised.
    pub authorised: i64,
    /// What the channel has taken for this trade.
    pub captured: i64,
    /// What was decided to go back.
    pub refunded: i64,
    /// Where it stands.
    pub state: State,
    /// The channel's name for it.
    pub channel_ref: Option<String>,
    /// The channel's code for its no.
    pub failure: Option<String>,
    /// When it was intended.
    pub created_at: Time,
    /// From when on the channel is told to close it.
    pub expires_at: Time,
    /// When it succeeded, closed or failed.
    pub ended_at: Option<Time>,
    /// How often the channel was asked since the last change.
    pub asks: i64,
    /// Counts its changes.
    pub version: i64,
}

/// What a worker asks a channel about a payment that is due.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Asking {
    /// Whether the channel has heard of it is not known: create it, again under the same number.
    Create,
    /// Query it.
    Query,
    /// Close it at the channel, then query; what was paid meanwhile is recorded like any money.
    Close,
}

impl Payment {
    /// Our number at the channel.
    pub fn number(&self) -> String {
        self.id.to_string()
    }

    /// What is to be asked of the channel now.
    pub fn asking(&self, now: Time) -> Asking {
        match self.state {
            State::Created if now < self.expires_at => Asking::Create,
            State::Pending if now < self.expires_at => Asking::Query,
            _ => Asking::Close,
        }
    }
}

/// The share of an order in a payment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Part {
    /// The order.
    pub order: Id<kinds::Order>,
    /// Its share, in minor units of the payment's currency.
    pub amount: i64,
    /// Of that, decided to go back.
    pub refunded: i64,
}

/// One asking of a channel to give money back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refund {
    /// Our number at the channel is its outside form.
    pub id: Id<kinds::PaymentRefund>,
    /// Whose money goes back.
    pub payment: Id<kinds::Payment>,
    /// The document that decided it; none for money that came late.
    pub document: Option<Id<kinds::Refund>>,
    /// How much.
    pub amount: Money,
    /// Where it stands.
    pub state: RefundState,
    /// The channel's name for it.
    pub channel_ref: Option<String>,
    /// The channel's code for its no.
    pub failure: Option<String>,
    /// When it was intended.
    pub created_at: Time,
    /// When it was done or failed.
    pub ended_at: Option<Time>,
    /// How often the channel was asked.
    pub asks: i64,
}

impl Refund {
    /// Our number at the channel.
    pub fn number(&self) -> String {
        self.id.to_string()
    }
}

/// A payment by its id.
///
/// # Errors
/// `not_found`.
pub fn find(read: &mut Read, payment: Id<kinds::Payment>) -> Result<Payment> {
    let sql = sql!(
        "select id, trade, channel, currency, amount, authorised, captured, refunded, state, channel_ref, failure,
                created_at, expires_at, ended_at, asks, version
         from payment_payment
         where home = $1 and id = $2"
    );
    let found = read.opt(sql, args![payment.home(), payment], payment_row)?;
    found.ok_or_else(|| Common::NotFound.into())
}

/// The payments of a trade, oldest first; a trade has a handful.
///
/// # Errors
/// What the engine says.
pub fn of_trade(read: &mut Read, trade: Id<kinds::Trade>) -> Result<Vec<Payment>> {
    let sql = sql!(
        "select id, trade, channel, currency, amount, authorised, captured, refunded, state, channel_ref, failure,
                created_at, expires_at, ended_at, asks, version
         from payment_payment
         where home = $1 and trade = $2
         order by id"
    );
    read.all(sql, args![trade.home(), trade], payment_row)
}

/// A payment's shares by order.
///
/// # Errors
/// What the engine says.
pub fn parts(read: &mut Read, payment: Id<kinds::Payment>) -> Result<Vec<Part>> {
    let sql = sql!(
        "select ord, amount, refunded
         from payment_part
         where home = $1 and payment = $2
         order by ord"
    );
    read.all(sql, args![payment.home(), payment], |row| {
        Ok(Part { order: row.get(0)?, amount: row.get(1)?, refunded: row.get(2)? })
    })
}

/// A refund by its id.
///
/// # Errors
/// `not_found`.
pub fn find_refund(read: &mut Read, refund: Id<kinds::PaymentRefund>) -> Result<Refund> {
    let sql = sql!(
        "select id, payment, document, currency, amount, state, channel_ref, failure, created_at, ended_at, asks
         from payment_refund
         where home = $1 and id = $2"
    );
    let found = read.opt(sql, args![refund.home(), refund], refund_row)?;
    found.ok_or_else(|| Common::NotFound.into())
}

/// The refunds of a payment, oldest first; bounded by the units that were bought with it.
///
/// # Errors
/// What the engine says.
pub fn refunds_of(read: &mut Read, payment: Id<kinds::Payment>) -> Result<Vec<Refund>> {
    let sql = sql!(
        "select id, payment, document, currency, amount, state, channel_ref, failure, created_at, ended_at, asks
         from payment_refund
         where home = $1 and payment = $2
         order by id"
    );
    read.all(sql, args![payment.home(), payment], refund_row)
}

/// The refunds that a document asked for, one per payment.
///
/// # Errors
/// What the engine says.
pub fn refunds_for(read: &mut Read, document: Id<kinds::Refund>) -> Result<Vec<Refund>> {
    let sql = sql!(
        "select id, payment, document, currency, amount, state, channel_ref, failure, created_at, ended_at, asks
         from payment_refund
         where home = $1 and document = $2
         order by id"
    );
    read.all(sql, args![document.home(), document], refund_row)
}

/// The money that came late under a payment's number.
///
/// # Errors
/// What the engine says.
pub fn late_of(read: &mut Read, payment: Id<kinds::Payment>) -> Result<Option<Late>> {
    let sql = sql!(
        "select payment, why, currency, amount, refunded, channel_ref, at
         from payment_late
         where home = $1 and payment = $2"
    );
    read.opt(sql, args![payment.home(), payment], |row| {
        Ok(Late {
            payment: row.get(0)?,
            why: row.get(1)?,
            amount: Money::new(row.get(3)?, row.get(2)?),
            refunded: row.get(4)?,
            channel_ref: row.get(5)?,
            at: row.get(6)?,
        })
    })
}

/// Columns in the order of [`find`].
pub(crate) fn payment_row(row: &Row) -> Result<Payment> {
    let currency: Currency = row.get(3)?;
    Ok(Payment {
        id: row.get(0)?,
        trade: row.get(1)?,
        channel: row.get(2)?,
        amount: Money::new(row.get(4)?, currency),
        authorised: row.get(5)?,
        captured: row.get(6)?,
        refunded: row.get(7)?,
        state: row.get(8)?,
        channel_ref: row.get(9)?,
        failure: row.get(10)?,
        created_at: row.get(11)?,
        expires_at: row.get(12)?,
        ended_at: row.get(13)?,
        asks: row.get(14)?,
        version: row.get(15)?,
    })
}

/// Columns in the order of [`find_refund`].
pub(crate) fn refund_row(row: &Row) -> Result<Refund> {
    Ok(Refund {
        id: row.get(0)?,
        payment: row.get(1)?,
        document: row.get(2)?,
        amount: Money::new(row.get(4)?, row.get(3)?),
        state: row.get(5)?,
        channel_ref: row.get(6)?,
        failure: row.get(7)?,
        created_at: row.get(8)?,
        ended_at: row.get(9)?,
        asks: row.get(10)?,
    })
}
