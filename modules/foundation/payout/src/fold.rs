//! What makes up a payout: settlements of orders, folded home by home into the shop's own.

use crate::Refusal;
use kernel::{Currency, Home, Id, Money, Result, Time, error::Common, kinds};
use store::{Read, Row, Tx, args, sql};

/// What an order brought its shop when its money became free. Amounts are minor units of `currency`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Settlement {
    /// The order.
    pub order: Id<kinds::Order>,
    /// Whose money it is.
    pub shop: Id<kinds::Shop>,
    /// Of every amount.
    pub currency: Currency,
    /// Goods and freight, less what went back before.
    pub gross: i64,
    /// Of that, what the market keeps.
    pub commission: i64,
    /// Of that, what is held back.
    pub reserve: i64,
    /// Of that, what became free.
    pub net: i64,
    /// The day it was due, as [`kernel::Day::number`] writes it.
    pub settle_on: i64,
    /// Whose calendar that day is of, by its IANA name.
    pub zone: String,
    /// When it was done; given by the act.
    pub settled_at: Time,
    /// With which fold its money came to the shop's home; given by the fold.
    pub fold: Option<Id<kinds::Fold>>,
}

/// A shop's money of one buyers' home, brought into the shop's own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fold {
    /// Its id, in the shop's home.
    pub id: Id<kinds::Fold>,
    /// Whose money it is.
    pub shop: Id<kinds::Shop>,
    /// The buyers' home that it came from.
    pub source: Home,
    /// Into the shop's home positive; below zero where refunds were more than what was settled.
    pub amount: Money,
    /// When.
    pub folded_at: Time,
    /// The payout that it is part of.
    pub payout: Option<Id<kinds::Payout>>,
}

/// Records that an order's money became free, once; false where it was recorded before. The instant is the act's, and
/// a new settlement is in no fold, whatever the argument says of either.
///
/// # Errors
/// `parts_do_not_sum` where net is not gross less commission and reserve; `out_of_range` for an amount below zero.
pub fn settle(tx: &mut Tx, settlement: &Settlement) -> Result<bool> {
    let Settlement { order, shop, currency, gross, commission, reserve, net, settle_on, zone, .. } = settlement;
    if [gross, commission, reserve, net].into_iter().any(|amount| *amount < 0) {
        return Err(Common::OutOfRange { least: 0, most: i64::MAX }.into());
    }
    // Widened, so that absurd amounts are refused and do not wrap.
    if i128::from(*net) + i128::from(*commission) + i128::from(*reserve) != i128::from(*gross) {
        let parts = net.saturating_add(*commission).saturating_add(*reserve);
        return Err(Refusal::PartsDoNotSum { amount: Money::new(*gross, *currency), parts }.into());
    }
    let sql = sql!(
        "insert into payout_settlement
             (home, ord, shop, currency, gross, commission, reserve, net, settle_on, zone, settled_at, fold)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, null)
         on conflict do nothing"
    );
    let now = tx.now();
    let values = args![order.home(), order, shop, currency, gross, commission, reserve, net, settle_on, zone, now];
    Ok(tx.exec(sql, values)? == 1)
}

/// Records that a shop's money of one buyers' home, all that the ledger has of it there, was moved into the shop's
/// own home, and notes which settled orders came with it. The caller moves the balance in the same act.
///
/// # Errors
/// `out_of_range` for nothing.
pub fn fold(tx: &mut Tx, shop: Id<kinds::Shop>, source: Home, amount: Money) -> Result<Id<kinds::Fold>> {
    if amount.minor == 0 {
        return Err(Common::OutOfRange { least: 1, most: i64::MAX }.into());
    }
    let home = shop.home();
    let fold = tx.id::<kinds::Fold>(home)?;
    let now = tx.now();
    let sql = sql!(
        "insert into payout_fold (home, id, shop, source, currency, amount, folded_at, payout)
         values ($1, $2, $3, $4, $5, $6, $7, null)"
    );
    tx.exec(sql, args![home, fold, shop, source, amount.currency, amount.minor, now])?;
    let sql = sql!(
        "update payout_settlement
         set fold = $4
         where home = $1 and shop = $2 and currency = $3 and fold is null"
    );
    tx.exec(sql, args![source, shop, amount.currency, fold])?;
    Ok(fold)
}

/// What a shop's orders brought in a home and no fold has named yet.
///
/// # Errors
/// What the engine says.
pub fn unfolded(read: &mut Read, shop: Id<kinds::Shop>, home: Home, currency: Currency) -> Result<Money> {
    let sql = sql!(
        "select cast(coalesce(sum(net), 0) as bigint)
         from payout_settlement
         where home = $1 and shop = $2 and currency = $3 and fold is null"
    );
    read.one(sql, args![home, shop, currency], |row| Ok(Money::new(row.get(0)?, currency)))
}

/// Puts the folds that no payout has into one.
pub(crate) fn take_folds(
    tx: &mut Tx,
    shop: Id<kinds::Shop>,
    payout: Id<kinds::Payout>,
    currency: Currency,
) -> Result<()> {
    let sql = sql!(
        "update payout_fold
         set payout = $4
         where home = $1 and shop = $2 and currency = $3 and payout is null"
    );
    tx.exec(sql, args![shop.home(), shop, currency, payout])?;
    Ok(())
}

/// Leaves a failed payout's folds to the next.
pub(crate) fn let_go_of_folds(tx: &mut Tx, payout: Id<kinds::Payout>) -> Result<()> {
    let sql = sql!(
        "update payout_fold
         set payout = null
         where home = $1 and payout = $2"
    );
    tx.exec(sql, args![payout.home(), payout])?;
    Ok(())
}

/// The folds that make up a payout; at most one per home for every time that the shop's money was folded.
///
/// # Errors
/// What the engine says.
pub fn folds_of(read: &mut Read, payout: Id<kinds::Payout>) -> Result<Vec<Fold>> {
    let sql = sql!(
        "select id, shop, source, currency, amount, folded_at, payout
         from payout_fold
         where home = $1 and payout = $2
         order by id"
    );
    read.all(sql, args![payout.home(), payout], fold_row)
}

/// The folds of a shop that no payout has yet: what its next payout would be made of.
///
/// # Errors
/// What the engine says.
pub fn free_folds(read: &mut Read, shop: Id<kinds::Shop>) -> Result<Vec<Fold>> {
    let sql = sql!(
        "select id, shop, source, currency, amount, folded_at, payout
         from payout_fold
         where home = $1 and shop = $2 and payout is null
         order by id"
    );
    read.all(sql, args![shop.home(), shop], fold_row)
}

/// The orders whose money came with a fold.
///
/// # Errors
/// What the engine says.
pub fn settled_in(read: &mut Read, fold: &Fold) -> Result<Vec<Settlement>> {
    let sql = sql!(
        "select ord, shop, currency, gross, commission, reserve, net, settle_on, zone, settled_at, fold
         from payout_settlement
         where home = $1 and fold = $2
         order by ord"
    );
    read.all(sql, args![fold.source, fold.id], settlement_row)
}

/// What an order brought, if its money has become free.
///
/// # Errors
/// What the engine says.
pub fn settlement_of(read: &mut Read, order: Id<kinds::Order>) -> Result<Option<Settlement>> {
    let sql = sql!(
        "select ord, shop, currency, gross, commission, reserve, net, settle_on, zone, settled_at, fold
         from payout_settlement
         where home = $1 and ord = $2"
    );
    read.opt(sql, args![order.home(), order], settlement_row)
}

fn fold_row(row: &Row) -> Result<Fold> {
    Ok(Fold {
        id: row.get(0)?,
        shop: row.get(1)?,
        source: row.get(2)?,
        amount: Money::new(row.get(4)?, row.get(3)?),
        folded_at: row.get(5)?,
        payout: row.get(6)?,
    })
}

fn settlement_row(row: &Row) -> Result<Settlement> {
    Ok(Settlement {
        order: row.get(0)?,
        shop: row.get(1)?,
        currency: row.get(2)?,
        gross: row.get(3)?,
        commission: row.get(4)?,
        reserve: row.get(5)?,
        net: row.get(6)?,
        settle_on: row.get(7)?,
        zone: row.get(8)?,
        settled_at: row.get(9)?,
        fold: row.get(10)?,
    })
}
