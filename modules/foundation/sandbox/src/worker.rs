//! What goes out of the house by itself: the messages that are due, and the statement of a day. Both look over all
//! homes, and nothing is decided on them.

use crate::{Keys, Line, SIGNATURE_HEADER, wire::Callback};
use jiff::tz::TimeZone;
use kernel::{Day, Error, Id, Money, Result, Time, kinds};
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
