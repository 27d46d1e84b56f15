//! Payments: opened by the merchant, paid by the buyer, or closed.

use crate::{
    LineKind, Refusal,
    callback::{News, tell},
    statement::{book, fee_of},
    wire::{CallbackKind, NewPayment, Payment, PaymentState},
};
use kernel::{Home, Id, Money, Result, Time, error::Common, kinds};
use store::{Read, Tx, args, sql};

/// The most minor units that one payment or transfer may be.
const AMOUNT_MAX: i64 = 10_000_000_000_000;

/// The longest address to go back to.
const RETURN_MAX: usize = 2_000;

/// Refuses a merchant's number that is no plain word.
///
/// # Errors
/// `malformed`.
pub fn check_number(number: &str) -> Result<()> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    if (1..=64).contains(&number.len()) && number.bytes().all(plain) {
        return Ok(());
    }
    Err(Common::Malformed { expected: "1 to 64 letters, digits, underscores and hyphens" }.into())
}

pub(crate) fn check_amount(amount: Money) -> Result<()> {
    if (1..=AMOUNT_MAX).contains(&amount.minor) {
        return Ok(());
    }
    Err(Common::OutOfRange { least: 1, most: AMOUNT_MAX }.into())
}

/// Refuses an address that is no plain web address: it becomes a link on the cashier's page.
fn check_return(address: &str) -> Result<()> {
    let rest = address.strip_prefix("https://").or_else(|| address.strip_prefix("http://")).unwrap_or_default();
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let plain = |byte: u8| byte.is_ascii_graphic() && !b"\"'<>\\^`{|}".contains(&byte);
    // A name before an `@` would show one host and lead to another.
    if !host.is_empty() && !host.contains('@') && address.len() <= RETURN_MAX && address.bytes().all(plain) {
        return Ok(());
    }
    Err(Common::Malformed { expected: "an http or https address" }.into())
}

/// Opens a payment.
///
/// # Errors
/// `malformed`, `out_of_range`; `number_reused` where the number stands for another amount.
pub fn create(tx: &mut Tx, new: &NewPayment) -> Result<Payment> {
    check_number(&new.number)?;
    check_amount(new.amount)?;
    new.return_to.as_deref().map_or(Ok(()), check_return)?;
    let home = Home::of_text(&new.number);
    let reference = tx.id::<kinds::SandboxPayment>(home)?;
    let now = tx.now();
    let sql = sql!(
        "insert into sandbox_payment
             (home, number, reference, currency, amount, refunded, state, created_at, expires_at, paid_at, return_to)
         values ($1, $2, $3, $4, $5, 0, 'open', $6, $7, null, $8)
         on conflict do nothing"
    );
    let Money { minor, currency } = new.amount;
    tx.exec(sql, args![home, new.number, reference, currency, minor, now, new.expires_at, new.return_to])?;
    let mut known = find(tx, &new.number, now)?;
    if known.amount != new.amount {
        return Err(Refusal::NumberReused { number: new.number.clone() }.into());
    }
    if known.return_to.is_none() && new.return_to.is_some() {
        learn_return(tx, new)?;
        known.return_to.clone_from(&new.return_to);
    }
    Ok(known)
}

/// The merchant says where to go back to only when it asks again: the first time it asked, nobody heard the answer.
fn learn_return(tx: &mut Tx, new: &NewPayment) -> Result<()> {
    let sql = sql!(
        "update sandbox_payment
         set return_to = $3
         where home = $1 and number = $2 and return_to is null"
    );
    tx.exec(sql, args![Home::of_text(&new.number), new.number, new.return_to])?;
    Ok(())
}

/// What is known of a payment; one whose time is over reads as closed.
///
/// # Errors
/// What the engine says.
pub fn query(read: &mut Read, number: &str, now: Time) -> Result<Option<Payment>> {
    let sql = sql!(
        "select reference, currency, amount, refunded, state, expires_at, paid_at, return_to
         from sandbox_payment
         where home = $1 and number = $2"
    );
    read.opt(sql, args![Home::of_text(number), number], |row| {
        let reference: Id<kinds::SandboxPayment> = row.get(0)?;
        let (state, expires_at): (PaymentState, Time) = (row.get(4)?, row.get(5)?);
        let over = state == PaymentState::Open && expires_at <= now;
        Ok(Payment {
            number: number.to_owned(),
            reference: reference.to_string(),
            state: if over { PaymentState::Closed } else { state },
            amount: Money::new(row.get(2)?, row.get(1)?),
            refunded: row.get(3)?,
            expires_at,
            paid_at: row.get(6)?,
            return_to: row.get(7)?,
            cashier: None,
        })
    })
}

/// A payment that must be there.
pub(crate) fn find(read: &mut Read, number: &str, now: Time) -> Result<Payment> {
    query(read, number, now)?.ok_or_else(|| Common::NotFound.into())
}

/// The buyer pays. The merchant is told by a callback.
///
/// # Errors
/// `not_found`, `payment_closed`, `already_paid`.
pub fn pay(tx: &mut Tx, number: &str) -> Result<Payment> {
    let now = tx.now();
    let sql = sql!(
        "update sandbox_payment
         set state = 'paid', paid_at = $3
         where home = $1 and number = $2 and state = 'open' and expires_at > $3"
    );
    let changed = tx.exec(sql, args![Home::of_text(number), number, now])?;
    let payment = find(tx, number, now)?;
    if changed == 0 {
        let paid = payment.state == PaymentState::Paid;
        return Err(if paid { Refusal::AlreadyPaid } else { Refusal::PaymentClosed }.into());
    }
    book(tx, LineKind::Pay, number, number, &payment.reference, payment.amount, fee_of(payment.amount.minor))?;
    tell(tx, &news(CallbackKind::Paid, &payment))?;
    Ok(payment)
}

/// Closes a payment that waits; one that is paid stays paid, and the answer says so.
///
/// # Errors
/// `not_found`.
pub fn close(tx: &mut Tx, number: &str) -> Result<Payment> {
    let sql = sql!(
        "update sandbox_payment
         set state = 'closed'
         where home = $1 and number = $2 and state = 'open'"
    );
    let changed = tx.exec(sql, args![Home::of_text(number), number])?;
    let now = tx.now();
    let payment = find(tx, number, now)?;
    if changed == 1 {
        tell(tx, &news(CallbackKind::Closed, &payment))?;
    }
    Ok(payment)
}

fn news(kind: CallbackKind, payment: &Payment) -> News<'_> {
    let Payment { number, reference, amount, .. } = payment;
    News { kind, payment: number, number, reference, amount: *amount, code: None }
}
