//! Transfers to bank accounts.

use crate::{
    LineKind, Refusal, Topic,
    mischief::take,
    pay::{check_amount, check_number},
    statement::book,
    wire::{NewTransfer, Transfer, TransferState},
};
use kernel::{Home, Id, Money, Result, error::Common, kinds};
use store::{Read, Tx, args, sql};

/// The code of a transfer that could not be made.
const CODE: &str = "account_closed";

/// Pays money out to a bank account; the same number again answers as the transfer stands.
///
/// # Errors
/// `malformed`, `out_of_range`; `number_reused` where the number stands for another amount or account.
pub fn transfer(tx: &mut Tx, new: &NewTransfer) -> Result<Transfer> {
    check_number(&new.number)?;
    check_number(&new.account)?;
    check_amount(new.amount)?;
    if let Some(known) = query_transfer(tx, &new.number)? {
        return as_asked(new, known);
    }
    let fails = take(tx, Topic::Money, &new.number)?.is_some();
    let (state, code) = if fails { (TransferState::Failed, Some(CODE)) } else { (TransferState::Done, None) };
    let home = Home::of_text(&new.number);
    let reference = tx.id::<kinds::SandboxTransfer>(home)?;
    let now = tx.now();
    let sql = sql!(
        "insert into sandbox_transfer (home, number, reference, account, currency, amount, state, code, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         on conflict do nothing"
    );
    let Money { minor, currency } = new.amount;
    let values = args![home, new.number, reference, new.account, currency, minor, state, code, now];
    let noted = tx.exec(sql, values)? == 1;
    if noted && !fails {
        let out = new.amount.negated()?;
        book(tx, LineKind::Transfer, &new.number, &new.number, &reference.to_string(), out, 0)?;
    }
    let known = query_transfer(tx, &new.number)?.ok_or(Common::NotFound)?;
    as_asked(new, known)
}

fn as_asked(new: &NewTransfer, known: Transfer) -> Result<Transfer> {
    if known.amount == new.amount && known.account == new.account {
        return Ok(known);
    }
    Err(Refusal::NumberReused { number: new.number.clone() }.into())
}

/// What is known of a transfer.
///
/// # Errors
/// What the engine says.
pub fn query_transfer(read: &mut Read, number: &str) -> Result<Option<Transfer>> {
    let sql = sql!(
        "select reference, account, currency, amount, state, code, at
         from sandbox_transfer
         where home = $1 and number = $2"
    );
    read.opt(sql, args![Home::of_text(number), number], |row| {
        let reference: Id<kinds::SandboxTransfer> = row.get(0)?;
        Ok(Transfer {
            number: number.to_owned(),
            reference: reference.to_string(),
            account: row.get(1)?,
            state: row.get(4)?,
            amount: Money::new(row.get(3)?, row.get(2)?),
            code: row.get(5)?,
            at: row.get(6)?,
        })
    })
}
