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

/// Refuses a merchant's number that is no plain word.
pub(crate) fn check_number(number: &str) -> Result<()> {
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

/// Opens a payment.
///
/// # Errors
/// `malformed`, `out_of_range`; `number_reused` where the number stands for another amount.
pub fn create(tx: &mut Tx, new: &NewPayment) -> Result<Payment> {
    check_number(&new.number)?;
    check_amount(new.amount)?;
    let home = Home::of_text(&new.number);
    let reference = tx.id::<kinds::SandboxPayment>(home)?;
    let now = tx.now();
    let sql = sql!(
        "insert into sandbox_payment
             (home, number, reference, currency, amount, refunded, state, created_at, expires_at, paid_at)
         values ($1, $2, $3, $4, $5, 0, 'open', $6, $7, null)
         on conflict do nothing"
    );
    let Money { minor, currency } = new.amount;
    tx.exec(sql, args![home, new.number, reference, currency, minor, now, new.expires_at])?;
    let known = find(tx, &new.number, now)?;
    if known.amount == new.amount {
        return Ok(known);
    }
    Err(Refusal::NumberReused { number: new.number.clone() }.into())
}

/// What is known of a payment; one whose time is over reads as closed.
///
/// # Errors
/// What the engine says.
pub fn query(read: &mut Read, number: &str, now: Time) -> Result<Option<Payment>> {
    let sql = sql!(
        "select reference, currency, amount, refunded, state, expires_at, paid_at
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
