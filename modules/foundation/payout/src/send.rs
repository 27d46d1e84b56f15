//! The way of a payout through the bank: sent, then done or failed.

use crate::{
    Move, Payout, Refusal, State,
    event::{Done, Failed},
    find::find,
    fold::let_go_of_folds,
    worker::first_ask,
};
use kernel::{Id, Result, Time, kinds};
use store::{Tx, args, sql};

/// Notes that the bank has taken a payout on; false where it is further already.
///
/// # Errors
/// `not_found`.
pub fn sent(tx: &mut Tx, payout: Id<kinds::Payout>, bank_ref: &str) -> Result<bool> {
    let found = find(tx, payout)?;
    if found.state.after(Move::Send).is_none() {
        return Ok(false);
    }
    let ask_at = Some(first_ask(tx.now()));
    go(tx, &found, Move::Send, Change { bank_ref: Some(bank_ref), ask_at, ..Change::default() })?;
    Ok(true)
}

/// Records that the shop's bank account has the money; false where we knew.
///
/// # Errors
/// `not_found`; `wrong_state` where the bank had said that it failed.
pub fn done(tx: &mut Tx, payout: Id<kinds::Payout>, bank_ref: &str) -> Result<bool> {
    let found = find(tx, payout)?;
    if found.state == State::Done {
        return Ok(false);
    }
    let ended_at = Some(tx.now());
    let change = Change { bank_ref: Some(bank_ref), ended_at, ..Change::default() };
    let version = go(tx, &found, Move::Finish, change)?;
    tx.about(payout);
    tx.emit(&Done { payout, shop: found.shop, amount: found.amount }, version)?;
    Ok(true)
}

/// Records that the bank could not pay; the caller posts the money back to the shop's balance in the same act, and the
/// next payout takes its folds. False where we knew.
///
/// # Errors
/// `not_found`; `wrong_state` where the bank had said that it was done.
pub fn failed(tx: &mut Tx, payout: Id<kinds::Payout>, code: &str) -> Result<bool> {
    let found = find(tx, payout)?;
    if found.state == State::Failed {
        return Ok(false);
    }
    let ended_at = Some(tx.now());
    let version = go(tx, &found, Move::Fail, Change { failure: Some(code), ended_at, ..Change::default() })?;
    let_go_of_folds(tx, payout)?;
    tx.about(payout);
    tx.emit(&Failed { payout, shop: found.shop, amount: found.amount, code: code.to_owned() }, version)?;
    Ok(true)
}

#[derive(Default)]
struct Change<'a> {
    bank_ref: Option<&'a str>,
    failure: Option<&'a str>,
    ended_at: Option<Time>,
    ask_at: Option<Time>,
}

/// Moves a payout by compare-and-set; answers its new version.
fn go(tx: &mut Tx, found: &Payout, step: Move, change: Change) -> Result<i64> {
    let wrong = Refusal::WrongState { state: found.state.word() };
    let Some(next) = found.state.after(step) else {
        return Err(wrong.into());
    };
    let sql = sql!(
        "update payout_payout
         set state = $4, bank_ref = coalesce($5, bank_ref), failure = $6, ended_at = $7, asks = 0, ask_at = $8,
             version = version + 1
         where home = $1 and id = $2 and state = $3
         returning version"
    );
    let Change { bank_ref, failure, ended_at, ask_at } = change;
    let values = args![found.id.home(), found.id, found.state, next, bank_ref, failure, ended_at, ask_at];
    let moved = tx.opt(sql, values, |row| row.get(0))?;
    moved.ok_or_else(|| wrong.into())
}
