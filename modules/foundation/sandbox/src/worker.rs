//! What looks over all homes, and nothing is decided on it: the messages that are due, the statement of a day, and the
//! list of what was done last.

use crate::{
    Keys, Line, Message, Recent, SIGNATURE_HEADER, Waiting,
    mischief::NEXT,
    wire::{Callback, PaymentState},
};
use jiff::tz::TimeZone;
use kernel::{Cursor, Day, Error, Id, Money, Page, Result, Time, kinds};
use std::collections::HashMap;
use store::{Read, Row, across, args};

/// A message, signed and ready to be sent.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outbound {
    /// Of this sending, for [`crate::callback_answered`].
    pub id: Id<kinds::SandboxCallback>,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// The body's bytes, as signed.
    pub body: Vec<u8>,
}

/// The messages to be sent now, the longest due first, signed as of `now`. Sending the same one twice does no harm.
///
/// # Errors
/// What the engine says.
pub fn due_callbacks(read: &mut Read, keys: &Keys, now: Time, limit: i64) -> Result<Vec<Outbound>> {
    let sql = across!(
        "select id, event, kind, payment, number, reference, currency, amount, code, at, forged
         from sandbox_callback
         where due_at <= $1
         order by due_at, id
         limit $2"
    );
    read.all(sql, args![now, limit], |row| outbound(row, keys, now))
}

fn outbound(row: &Row, keys: &Keys, now: Time) -> Result<Outbound> {
    let event: Id<kinds::SandboxCallback> = row.get(1)?;
    let callback = Callback {
        id: event.to_string(),
        merchant: keys.merchant().to_owned(),
        kind: row.get(2)?,
        payment: row.get(3)?,
        number: row.get(4)?,
        reference: row.get(5)?,
        amount: Money::new(row.get(7)?, row.get(6)?),
        code: row.get(8)?,
        at: row.get(9)?,
    };
    let body = serde_json::to_vec(&callback).map_err(Error::broken)?;
    let forged: bool = row.get(10)?;
    // A forger signs what he did not get signed: here a body with a byte more than the one that is sent.
    let signature = if forged { keys.sign(now, &[&body[..], b" "].concat()) } else { keys.sign(now, &body) };
    let headers =
        vec![("Content-Type".to_owned(), "application/json".to_owned()), (SIGNATURE_HEADER.to_owned(), signature)];
    Ok(Outbound { id: row.get(0)?, headers, body })
}

/// Hands over the lines of a day (UTC), in order of time and number; nothing is kept in memory. Run again it says the same.
///
/// # Errors
/// What the engine or `each` says; `out_of_range` for a day beyond the calendar.
pub fn statement(read: &mut Read, day: Day, mut each: impl FnMut(&Line) -> Result<()>) -> Result<()> {
    let (from, to) = (day.start(&TimeZone::UTC)?, day.plus_days(1).start(&TimeZone::UTC)?);
    let sql = across!(
        "select at, kind, payment, number, reference, currency, amount, fee
         from sandbox_statement
         where at >= $1 and at < $2
         order by at, payment, number"
    );
    read.each(sql, args![from, to], |row| {
        each(&Line {
            at: row.get(0)?,
            kind: row.get(1)?,
            payment: row.get(2)?,
            number: row.get(3)?,
            reference: row.get(4)?,
            amount: Money::new(row.get(6)?, row.get(5)?),
            fee: row.get(7)?,
        })
    })
}

/// How many messages a page shows at most.
const MESSAGES: i64 = 500;

/// How many orders for mischief are shown at most.
const ORDERS: i64 = 100;

/// The payments that were opened last, with their messages.
///
/// # Errors
/// What the engine says.
pub fn recent(read: &mut Read, now: Time, after: Option<Cursor>, limit: usize) -> Result<Page<Recent>> {
    let sql = across!(
        "select number, reference, currency, amount, state, created_at, expires_at
         from sandbox_payment
         where created_at < $1 or (created_at = $1 and reference < $2)
         order by created_at desc, reference desc
         limit $3"
    );
    let Cursor { sort, id } = after.unwrap_or(Cursor { sort: i64::MAX, id: i64::MAX });
    let rows = i64::try_from(limit).unwrap_or(i64::MAX - 1) + 1;
    let payments = read.all(sql, args![sort, id, rows], |row| {
        let (state, expires_at): (PaymentState, Time) = (row.get(4)?, row.get(6)?);
        let over = state == PaymentState::Open && expires_at <= now;
        Ok(Recent {
            number: row.get(0)?,
            reference: row.get(1)?,
            amount: Money::new(row.get(3)?, row.get(2)?),
            state: if over { PaymentState::Closed } else { state },
            created_at: row.get(5)?,
            messages: Vec::new(),
        })
    })?;
    let key = |payment: &Recent| Cursor { sort: payment.created_at.0, id: payment.reference.raw() };
    let mut page = Page::of(payments, limit, key);
    add_messages(read, &mut page.items)?;
    Ok(page)
}

fn add_messages(read: &mut Read, payments: &mut [Recent]) -> Result<()> {
    let (Some(newest), Some(oldest)) = (payments.first(), payments.last()) else {
        return Ok(());
    };
    let sql = across!(
        "select told.payment, told.kind, told.number, told.at, told.state, told.tries, told.due_at, told.forged
         from sandbox_callback told
         join sandbox_payment paid on paid.home = told.home and paid.number = told.payment
         where paid.created_at >= $1 and paid.created_at <= $2
         order by told.id desc
         limit $3"
    );
    let mut of: HashMap<String, Vec<Message>> = HashMap::new();
    read.each(sql, args![oldest.created_at, newest.created_at, MESSAGES], |row| {
        let message = Message {
            kind: row.get(1)?,
            number: row.get(2)?,
            at: row.get(3)?,
            sending: row.get(4)?,
            tries: row.get(5)?,
            due_at: row.get(6)?,
            forged: row.get(7)?,
        };
        of.entry(row.get(0)?).or_default().push(message);
        Ok(())
    })?;
    for payment in payments {
        payment.messages = of.remove(&payment.number).unwrap_or_default();
    }
    Ok(())
}

/// The mischief that was ordered and has not been done yet.
///
/// # Errors
/// What the engine says.
pub fn waiting_mischief(read: &mut Read) -> Result<Vec<Waiting>> {
    let sql = across!(
        "select number, what, millis, times
         from sandbox_mischief
         where times > 0
         order by number, topic
         limit $1"
    );
    read.all(sql, args![ORDERS], |row| {
        let number: String = row.get(0)?;
        let number = (number != NEXT).then_some(number);
        Ok(Waiting { number, what: row.get(1)?, millis: row.get(2)?, times: row.get(3)? })
    })
}
