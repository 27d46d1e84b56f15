//! Asking for a payout.

use crate::{Reason, Refusal, State, event::Asked, fold::take_folds, hold::hold_of, worker::first_ask};
use kernel::{Id, Money, Result, kinds};
use store::{Tx, args, sql};

/// What is asked for, and what decides it.
#[derive(Clone, Copy, Debug)]
pub struct Wish {
    /// Whose money.
    pub shop: Id<kinds::Shop>,
    /// To which bank account.
    pub account: Id<kinds::BankAccount>,
    /// How much.
    pub amount: Money,
    /// The least that is paid out, in minor units: a setting of the market.
    pub minimum: i64,
    /// What the shop has free, in minor units, as the ledger says in the same act.
    pub available: i64,
    /// Why.
    pub reason: Reason,
}

/// Notes that money shall be paid out, before the bank hears of it, and takes up the folds that no payout has. The
/// caller moves the money out of the shop's balance in the same act.
///
/// # Errors
/// `payout_below_minimum`, `balance_short`, `payout_held`.
pub fn ask(tx: &mut Tx, wish: &Wish) -> Result<Id<kinds::Payout>> {
    let Wish { shop, account, amount, minimum, available, reason } = *wish;
    let minimum = minimum.max(1);
    if amount.minor < minimum {
        return Err(Refusal::PayoutBelowMinimum { minimum: Money::new(minimum, amount.currency) }.into());
    }
    if amount.minor > available {
        return Err(Refusal::BalanceShort { available: Money::new(available, amount.currency) }.into());
    }
    let now = tx.now();
    if let Some(hold) = hold_of(tx, shop, now)? {
        return Err(Refusal::PayoutHeld { reason: hold.reason, until: hold.until }.into());
    }
    let home = shop.home();
    let payout = tx.id::<kinds::Payout>(home)?;
    let asked_by = tx.actor().party().map_or(0, Id::raw);
    let sql = sql!(
        "insert into payout_payout
             (home, id, shop, account, currency, amount, state, reason, asked_by, bank_ref, failure, asked_at, ended_at,
              asks, ask_at, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, null, null, $10, null, 0, $11, 1)"
    );
    let values = args![
        home,
        payout,
        shop,
        account,
        amount.currency,
        amount.minor,
        State::Asked,
        reason,
        asked_by,
        now,
        first_ask(now)
    ];
    tx.exec(sql, values)?;
    take_folds(tx, shop, payout, amount.currency)?;
    tx.about(payout);
    tx.emit(&Asked { payout, shop, amount }, 1)?;
    Ok(payout)
}
