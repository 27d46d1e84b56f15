//! What the market owes a shop, what is on its way to it, and how it came about.

use crate::set::bounded;
use kernel::{Currency, Cursor, Error, Id, Money, Page, Result, Time, kinds};
use ledger::{Account, Nature};
use serde::Serialize;
use store::{Read, across, args};

/// A shop's money at a glance.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct ShopMoney {
    /// Its accounts: what is pending, available, held back, put down as a deposit, owed.
    pub pots: Vec<Pot>,
    /// What buyers have paid and not confirmed, less what went back, by currency.
    pub escrow: Vec<Money>,
}

/// One of a shop's accounts in one currency.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Pot {
    /// Which.
    pub account: Account,
    /// All of it: what the market owes the shop, or what the shop owes on `shop_receivable`.
    pub amount: Money,
    /// Of that, what lies in the shop's own home, where a payout can take it.
    pub folded: Money,
    /// Of that, what still lies in the homes of its buyers; the next payout gathers it.
    pub unfolded: Money,
}

/// What an order brought its shop.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Settlement {
    /// Which order.
    pub order: Id<kinds::Order>,
    /// What stayed paid.
    pub gross: Money,
    /// Of that, the market's.
    pub commission: Money,
    /// Of that, held back.
    pub reserve: Money,
    /// Of that, free.
    pub net: Money,
    /// When.
    pub settled_at: Time,
    /// With which fold it came home; none until then.
    pub fold: Option<Id<kinds::Fold>>,
    /// With which payout it went out; none until then.
    pub payout: Option<Id<kinds::Payout>>,
}

/// A shop's money; two statements.
///
/// # Errors
/// What the engine says.
pub fn money(read: &mut Read, shop: Id<kinds::Shop>) -> Result<ShopMoney> {
    let sql = across!(
        "select account, currency, cast(sum(amount) as bigint),
             cast(sum(case when home = $2 then amount else 0 end) as bigint)
         from ledger_balance
         where owner = $1
         group by account, currency
         order by account, currency"
    );
    let pots = read.all(sql, args![shop, shop.home()], |row| {
        let (account, currency): (Account, Currency) = (row.get(0)?, row.get(1)?);
        // What the market owes stands on the credit side, which is below zero.
        let sign = if account.nature() == Nature::Asset { 1 } else { -1 };
        let (all, home): (i64, i64) = (row.get(2)?, row.get(3)?);
        let signed = |minor: i64| Money::new(sign * minor, currency);
        Ok(Pot { account, amount: signed(all), folded: signed(home), unfolded: signed(all - home) })
    })?;
    Ok(ShopMoney { pots, escrow: escrow(read, shop)? })
}

/// By the shop's own list of the orders that are not confirmed.
fn escrow(read: &mut Read, shop: Id<kinds::Shop>) -> Result<Vec<Money>> {
    let sql = across!(
        "select b.currency, cast(-sum(b.amount) as bigint)
         from merchant_shop_order s
         join ledger_balance b on b.home = s.ord % 4096 and b.owner = s.ord and b.account = 'escrow'
         where s.home = $1 and s.shop = $2 and s.state in ('paid', 'part_shipped', 'shipped')
         group by b.currency
         order by b.currency"
    );
    read.all(sql, args![shop.home(), shop], |row| Ok(Money::new(row.get(1)?, row.get(0)?)))
}

/// A shop's payouts, latest first.
///
/// # Errors
/// What the engine says.
pub fn payouts(
    read: &mut Read,
    shop: Id<kinds::Shop>,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Page<payout::Payout>> {
    payout::of_shop(read, shop, after, bounded(limit))
}

/// What a shop's orders brought it, latest settled first.
///
/// # Errors
/// What the engine says.
pub fn settlements(
    read: &mut Read,
    shop: Id<kinds::Shop>,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Page<Settlement>> {
    let limit = bounded(limit);
    let Cursor { sort, id } = after.unwrap_or(Cursor { sort: i64::MAX, id: i64::MAX });
    let sql = across!(
        "select s.ord, s.currency, s.gross, s.commission, s.reserve, s.net, s.settled_at, s.fold, f.payout
         from payout_settlement s
         left join payout_fold f on f.home = s.shop % 4096 and f.id = s.fold
         where s.shop = $1 and (s.settled_at, s.ord) < ($2, $3)
         order by s.settled_at desc, s.ord desc
         limit $4"
    );
    let rows = read.all(sql, args![shop, sort, id, limit + 1], |row| {
        let currency: Currency = row.get(1)?;
        let money = |at| Ok::<_, Error>(Money::new(row.get(at)?, currency));
        Ok(Settlement {
            order: row.get(0)?,
            gross: money(2)?,
            commission: money(3)?,
            reserve: money(4)?,
            net: money(5)?,
            settled_at: row.get(6)?,
            fold: row.get(7)?,
            payout: row.get(8)?,
        })
    })?;
    Ok(Page::of(rows, limit, |last| Cursor { sort: last.settled_at.0, id: last.order.raw() }))
}
