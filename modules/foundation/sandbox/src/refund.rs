//! Refunds: at any time after the payment, in any number of parts, never above it.

use crate::{
    LineKind, Refusal, Topic,
    callback::{News, tell},
    mischief::take,
    pay::{check_amount, check_number, find},
    statement::{book, fee_of},
    wire::{CallbackKind, NewRefund, PaymentState, Refund, RefundState},
};
use kernel::{Error, Home, Id, Money, Result, error::Common, kinds};
use store::{Read, Tx, args, sql};

/// The code of a refund that could not be made.
const CODE: &str = "account_closed";

/// Gives money back. The answer says that it is taken on; what came of it is told by a callback, or by a query. The
/// same number again answers as the refund stands.
///
/// # Errors
/// `not_found`, `malformed`, `out_of_range`, `currency_mismatch`, `not_paid`, `refund_exceeds_paid`; `number_reused`
/// where the number stands for another amount.
pub fn refund(tx: &mut Tx, new: &NewRefund) -> Result<Refund> {
    check_number(&new.number)?;
    check_amount(new.amount)?;
    let now = tx.now();
    let payment = find(tx, &new.payment, now)?;
    payment.amount.same_currency(new.amount)?;
    if !note(tx, new)? {
        let known = query_refund(tx, &new.payment, &new.number)?.ok_or(Common::NotFound)?;
        let same = known.amount == new.amount;
        return if same { Ok(known) } else { Err(Refusal::NumberReused { number: new.number.clone() }.into()) };
    }
    let fails = take(tx, Topic::Money, &new.payment)?.is_some();
    let before = take_from_payment(tx, new, fails)?;
    let (state, kind, code) = if fails {
        (RefundState::Failed, CallbackKind::RefundFailed, Some(CODE))
    } else {
        (RefundState::Done, CallbackKind::Refunded, None)
    };
    end(tx, new, state, code)?;
    let mut refund = query_refund(tx, &new.payment, &new.number)?.ok_or(Common::NotFound)?;
    if !fails {
        let back = new.amount.negated()?;
        // The fee goes back by the cumulative difference, so the parts of a refund give back the whole fee.
        let fee = fee_of(payment.amount.minor - before - new.amount.minor) - fee_of(payment.amount.minor - before);
        book(tx, LineKind::Refund, &new.payment, &new.number, &refund.reference, back, fee)?;
    }
    let Refund { number, reference, amount, .. } = &refund;
    tell(tx, &News { kind, payment: &new.payment, number, reference, amount: *amount, code })?;
    refund.state = RefundState::Accepted;
    refund.code = None;
    Ok(refund)
}

/// Writes the refund down; false where the number is known.
fn note(tx: &mut Tx, new: &NewRefund) -> Result<bool> {
    let home = Home::of_text(&new.payment);
    let reference = tx.id::<kinds::SandboxRefund>(home)?;
    let now = tx.now();
    let sql = sql!(
        "insert into sandbox_refund (home, payment, number, reference, currency, amount, state, code, at)
         values ($1, $2, $3, $4, $5, $6, 'accepted', null, $7)
         on conflict do nothing"
    );
    let Money { minor, currency } = new.amount;
    Ok(tx.exec(sql, args![home, new.payment, new.number, reference, currency, minor, now])? == 1)
}

/// Takes the amount from what is left of the payment, unless the refund fails; answers what had been given back before.
fn take_from_payment(tx: &mut Tx, new: &NewRefund, fails: bool) -> Result<i64> {
    let sql = sql!(
        "update sandbox_payment
         set refunded = refunded + $4
         where home = $1 and number = $2 and state = 'paid' and amount - refunded >= $3
         returning refunded - $4"
    );
    let taken = if fails { 0 } else { new.amount.minor };
    let home = Home::of_text(&new.payment);
    let before = tx.opt(sql, args![home, new.payment, new.amount.minor, taken], |row| row.get(0))?;
    before.map_or_else(|| Err(why_not(tx, new)), Ok)
}

fn why_not(tx: &mut Tx, new: &NewRefund) -> Error {
    let now = tx.now();
    match find(tx, &new.payment, now) {
        Err(error) => error,
        Ok(payment) if payment.state != PaymentState::Paid => Refusal::NotPaid.into(),
        Ok(payment) => {
            let left = Money::new(payment.amount.minor - payment.refunded, payment.amount.currency);
            Refusal::RefundExceedsPaid { left }.into()
        }
    }
}

fn end(tx: &mut Tx, new: &NewRefund, state: RefundState, code: Option<&str>) -> Result<()> {
    let sql = sql!(
        "update sandbox_refund
         set state = $4, code = $5
         where home = $1 and payment = $2 and number = $3"
    );
    tx.exec(sql, args![Home::of_text(&new.payment), new.payment, new.number, state, code])?;
    Ok(())
}

/// What is known of a refund.
///
/// # Errors
/// What the engine says.
pub fn query_refund(read: &mut Read, payment: &str, number: &str) -> Result<Option<Refund>> {
    let sql = sql!(
        "select reference, currency, amount, state, code, at
         from sandbox_refund
         where home = $1 and payment = $2 and number = $3"
    );
    read.opt(sql, args![Home::of_text(payment), payment, number], |row| {
        let reference: Id<kinds::SandboxRefund> = row.get(0)?;
        Ok(Refund {
            payment: payment.to_owned(),
            number: number.to_owned(),
            reference: reference.to_string(),
            state: row.get(3)?,
            amount: Money::new(row.get(2)?, row.get(1)?),
            code: row.get(4)?,
            at: row.get(5)?,
        })
    })
}
