//! What moves a shop through its life. Each move writes who, when and why.

use crate::{Refusal, ShopClosed, ShopFrozen, ShopMove, ShopOpened, ShopState, ShopUnfrozen, find, paper};
use kernel::{Id, Money, Result, Text, Time, error::Common, kinds, time::DAY};
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::{Tx, args, sql};

/// How long a shop that was turned down waits before it is handed in again (governance, M1–M2).
const AGAIN_AFTER: i64 = 30 * DAY;

/// What a review comes to.
#[derive(Clone, Debug, Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[schemars(rename = "ShopVerdict")]
pub enum Verdict {
    /// Accepted, with another deposit than the kind's where the reviewer says so.
    Approve {
        /// None for the kind's own.
        deposit: Option<Money>,
    },
    /// To be corrected and handed in again.
    Return {
        /// What is wrong.
        why: Text<500>,
    },
    /// Turned down.
    Refuse {
        /// The reasons and the clause.
        why: Text<500>,
    },
}

/// A contract as it was shown to whoever signs.
#[derive(Clone, Debug, Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contract {
    /// The version of the text.
    pub version: Text<40>,
    /// The whole text; its hash is kept.
    pub text: String,
}

/// Hands a shop in for review, for the first time or again.
///
/// # Errors
/// `wrong_state`, `paper_missing`, `paper_expired`, `too_soon`, `not_found`.
pub fn submit(tx: &mut Tx, id: Id<kinds::Shop>) -> Result<()> {
    let shop = find::shop(tx, id)?;
    let now = tx.now();
    if shop.state == ShopState::Refused {
        let from = last_change(tx, id, shop.version)?.plus(AGAIN_AFTER);
        if now < from {
            return Err(Refusal::TooSoon { from }.into());
        }
    }
    paper::must_be_complete(tx, shop.merchant, shop.kind, now)?;
    step(tx, id, ShopMove::Submit, None).map(drop)
}

fn last_change(tx: &mut Tx, shop: Id<kinds::Shop>, version: i64) -> Result<Time> {
    let sql = sql!(
        "select at
         from merchant_shop_change
         where home = $1 and shop = $2 and n = $3"
    );
    tx.one(sql, args![shop.home(), shop, version], |row| row.get(0))
}

/// Takes a shop up for review, so that others see that somebody looks.
///
/// # Errors
/// `wrong_state`, `not_found`.
pub fn begin_review(tx: &mut Tx, shop: Id<kinds::Shop>) -> Result<()> {
    step(tx, shop, ShopMove::BeginReview, None).map(drop)
}

/// Ends a review; takes the shop up first where nobody did.
///
/// # Errors
/// `wrong_state`, `not_found`; `currency_mismatch` or `out_of_range` for a deposit.
pub fn review(tx: &mut Tx, id: Id<kinds::Shop>, verdict: &Verdict) -> Result<()> {
    let shop = find::shop(tx, id)?;
    if shop.state == ShopState::Submitted {
        begin_review(tx, id)?;
    }
    let (step_to, why) = match verdict {
        Verdict::Approve { .. } => (ShopMove::Approve, None),
        Verdict::Return { why } => (ShopMove::Return, Some(&**why)),
        Verdict::Refuse { why } => (ShopMove::Refuse, Some(&**why)),
    };
    step(tx, id, step_to, why)?;
    if let Verdict::Approve { deposit: Some(deposit) } = verdict {
        set_deposit(tx, id, shop.deposit_due, *deposit)?;
    }
    Ok(())
}

fn set_deposit(tx: &mut Tx, shop: Id<kinds::Shop>, usual: Money, deposit: Money) -> Result<()> {
    usual.plus(deposit)?;
    if deposit.minor < 0 {
        return Err(Common::OutOfRange { least: 0, most: i64::MAX }.into());
    }
    let sql = sql!(
        "update merchant_shop
         set deposit_due = $3
         where home = $1 and id = $2"
    );
    tx.exec(sql, args![shop.home(), shop, deposit.minor])?;
    Ok(())
}

/// Signs the contract for a shop. Where no deposit is due, that is done too.
///
/// # Errors
/// `wrong_state`, `already_signed`, `not_found`.
pub fn sign(tx: &mut Tx, id: Id<kinds::Shop>, by: Id<kinds::Party>, contract: &Contract) -> Result<()> {
    let shop = find::shop(tx, id)?;
    step(tx, id, ShopMove::Sign, None)?;
    let hash = Sha256::digest(&contract.text).to_vec();
    let sql = sql!(
        "insert into merchant_contract (home, merchant, shop, version, text_hash, signed_by, signed_at, channel)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict do nothing"
    );
    let (now, channel) = (tx.now(), tx.cx().channel.code());
    let merchant = shop.merchant;
    if tx.exec(sql, args![merchant.home(), merchant, id, contract.version, hash, by, now, channel])? == 0 {
        return Err(Refusal::AlreadySigned.into());
    }
    if shop.deposit_due.minor == 0 {
        step(tx, id, ShopMove::PayDeposit, Some("no deposit is due"))?;
    }
    Ok(())
}

/// Notes that deposit was paid, whole or in parts; answers whether it is complete now.
///
/// # Errors
/// `wrong_state`, `deposit_exceeds_due`, `currency_mismatch`, `out_of_range`, `not_found`.
pub fn deposit_paid(tx: &mut Tx, id: Id<kinds::Shop>, amount: Money) -> Result<bool> {
    let shop = find::shop(tx, id)?;
    let rest = shop.deposit_due.minus(shop.deposit_paid)?;
    rest.plus(amount)?;
    if amount.minor <= 0 {
        return Err(Common::OutOfRange { least: 1, most: rest.minor }.into());
    }
    let sql = sql!(
        "update merchant_shop
         set deposit_paid = deposit_paid + $3
         where home = $1 and id = $2 and state = $4 and deposit_paid + $3 <= deposit_due"
    );
    if tx.exec(sql, args![id.home(), id, amount.minor, ShopState::ContractSigned])? == 0 {
        return match shop.state {
            ShopState::ContractSigned => Err(Refusal::DepositExceedsDue { rest }.into()),
            other => Err(Refusal::WrongState { state: other.word() }.into()),
        };
    }
    let paid = find::shop(tx, id)?;
    let is_complete = paid.deposit_paid == paid.deposit_due;
    if is_complete {
        step(tx, id, ShopMove::PayDeposit, None)?;
    }
    Ok(is_complete)
}

/// Opens a shop whose deposit is paid.
///
/// # Errors
/// `wrong_state`, `not_found`.
pub fn open(tx: &mut Tx, id: Id<kinds::Shop>) -> Result<()> {
    let merchant = find::shop(tx, id)?.merchant;
    let version = step(tx, id, ShopMove::Open, None)?;
    tx.emit(&ShopOpened { merchant, shop: id }, version)
}

/// Stops a shop: it sells nothing until it is let go on.
///
/// # Errors
/// `wrong_state`, `not_found`.
pub fn freeze(tx: &mut Tx, shop: Id<kinds::Shop>, why: &Text<500>) -> Result<()> {
    let version = step(tx, shop, ShopMove::Freeze, Some(why))?;
    tx.emit(&ShopFrozen { shop }, version)
}

/// Lets a frozen shop go on.
///
/// # Errors
/// `wrong_state`, `not_found`.
pub fn unfreeze(tx: &mut Tx, shop: Id<kinds::Shop>, why: &Text<500>) -> Result<()> {
    let version = step(tx, shop, ShopMove::Unfreeze, Some(why))?;
    tx.emit(&ShopUnfrozen { shop }, version)
}

/// Stops a shop for good; what is under way is finished first.
///
/// # Errors
/// `wrong_state`, `not_found`.
pub fn begin_closing(tx: &mut Tx, shop: Id<kinds::Shop>, why: &Text<500>) -> Result<()> {
    step(tx, shop, ShopMove::BeginClosing, Some(why)).map(drop)
}

/// Ends a closing shop. That nothing is under way is asked by the flow, which knows orders.
///
/// # Errors
/// `wrong_state`, `not_found`.
pub fn close(tx: &mut Tx, shop: Id<kinds::Shop>, why: &Text<500>) -> Result<()> {
    let version = step(tx, shop, ShopMove::Close, Some(why))?;
    tx.emit(&ShopClosed { shop }, version)
}

/// One move, by compare-and-set, with its change row; answers the shop's version after it.
pub(crate) fn step(tx: &mut Tx, id: Id<kinds::Shop>, step: ShopMove, why: Option<&str>) -> Result<i64> {
    let from = find::shop(tx, id)?.state;
    let wrong = Refusal::WrongState { state: from.word() };
    let Some(to) = from.after(step) else {
        return Err(wrong.into());
    };
    let sql = sql!(
        "update merchant_shop
         set state = $4, version = version + 1
         where home = $1 and id = $2 and state = $3
         returning version"
    );
    let moved: Option<i64> = tx.opt(sql, args![id.home(), id, from, to], |row| row.get(0))?;
    let Some(version) = moved else {
        return Err(wrong.into());
    };
    let sql = sql!(
        "insert into merchant_shop_change (home, shop, n, from_state, to_state, step, why, actor, actor_id, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    );
    let (now, actor, actor_id) = (tx.now(), tx.actor().word(), tx.actor().raw());
    tx.exec(sql, args![id.home(), id, version, from, to, step, why, actor, actor_id, now])?;
    tx.about(id);
    Ok(version)
}
