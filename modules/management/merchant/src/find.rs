//! Reads of merchants and shops.

use crate::{MerchantKind, Refusal, ShopMove, ShopState, Slug};
use kernel::{Currency, Id, Money, Result, Time, error::Common, kinds};
use serde::Serialize;
use store::{Read, Row, args, sql};

/// A legal entity; its name and papers lie apart.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Merchant {
    /// Which.
    pub id: Id<kinds::Merchant>,
    /// What sort.
    pub kind: MerchantKind,
    /// Who applied.
    pub applicant: Id<kinds::Party>,
    /// When.
    pub applied_at: Time,
}

/// A shop.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Shop {
    /// Which.
    pub id: Id<kinds::Shop>,
    /// Who owns it.
    pub merchant: Id<kinds::Merchant>,
    /// The merchant's sort.
    pub kind: MerchantKind,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What it trades in.
    pub currency: Currency,
    /// Where it stands.
    pub state: ShopState,
    /// What must be paid before it opens.
    pub deposit_due: Money,
    /// What was paid of it before it opened.
    pub deposit_paid: Money,
    /// The count of its changes.
    pub version: i64,
    /// When it was applied for.
    pub applied_at: Time,
}

/// A change of a shop's state.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "ShopChangeRow")]
pub struct Change {
    /// From where.
    pub from: ShopState,
    /// Where to.
    pub to: ShopState,
    /// By what.
    pub step: ShopMove,
    /// The reason given.
    pub why: Option<String>,
    /// What sort of actor.
    pub actor: String,
    /// Who; 0 for the system.
    pub actor_id: i64,
    /// When.
    pub at: Time,
}

/// A merchant.
///
/// # Errors
/// `not_found`.
pub fn merchant(read: &mut Read, id: Id<kinds::Merchant>) -> Result<Merchant> {
    let sql = sql!(
        "select kind, applicant, applied_at
         from merchant_entity
         where home = $1 and id = $2"
    );
    let found = read.opt(sql, args![id.home(), id], |row| {
        Ok(Merchant { id, kind: row.get(0)?, applicant: row.get(1)?, applied_at: row.get(2)? })
    })?;
    found.ok_or_else(|| Common::NotFound.into())
}

/// A merchant's name in the papers.
///
/// # Errors
/// `not_found`.
pub fn legal_name(read: &mut Read, merchant: Id<kinds::Merchant>) -> Result<String> {
    let sql = sql!(
        "select name
         from merchant_legal_name
         where home = $1 and merchant = $2"
    );
    let found = read.opt(sql, args![merchant.home(), merchant], |row| row.get(0))?;
    found.ok_or_else(|| Common::NotFound.into())
}

/// The shops of a merchant, oldest first.
///
/// # Errors
/// What the engine says.
pub fn shops_of(read: &mut Read, merchant: Id<kinds::Merchant>) -> Result<Vec<Id<kinds::Shop>>> {
    let sql = sql!(
        "select shop
         from merchant_owned_shop
         where home = $1 and merchant = $2
         order by shop
         limit 1000"
    );
    read.all(sql, args![merchant.home(), merchant], |row| row.get(0))
}

/// A shop.
///
/// # Errors
/// `not_found`.
pub fn shop(read: &mut Read, id: Id<kinds::Shop>) -> Result<Shop> {
    let sql = sql!(
        "select id, merchant, kind, slug, name, currency, state, deposit_due, deposit_paid, version, applied_at
         from merchant_shop
         where home = $1 and id = $2"
    );
    let found = read.opt(sql, args![id.home(), id], of_row)?;
    found.ok_or_else(|| Common::NotFound.into())
}

/// The shop of a slug, if there is one.
///
/// # Errors
/// What the engine says.
pub fn shop_by_slug(read: &mut Read, slug: &Slug) -> Result<Option<Shop>> {
    let sql = sql!(
        "select shop
         from merchant_slug
         where home = $1 and slug = $2"
    );
    let id: Option<Id<kinds::Shop>> = read.opt(sql, args![slug.home(), slug], |row| row.get(0))?;
    id.map(|id| shop(read, id)).transpose()
}

/// A shop that sells.
///
/// # Errors
/// `shop_frozen`, `shop_not_open`, `not_found`.
pub fn require_open(read: &mut Read, id: Id<kinds::Shop>) -> Result<Shop> {
    let shop = shop(read, id)?;
    match shop.state {
        ShopState::Open => Ok(shop),
        ShopState::Frozen => Err(Refusal::ShopFrozen.into()),
        other => Err(Refusal::ShopNotOpen { state: other.word() }.into()),
    }
}

/// What happened to a shop, oldest first, at most the first 1,000 changes.
///
/// # Errors
/// What the engine says.
pub fn changes(read: &mut Read, shop: Id<kinds::Shop>) -> Result<Vec<Change>> {
    let sql = sql!(
        "select from_state, to_state, step, why, actor, actor_id, at
         from merchant_shop_change
         where home = $1 and shop = $2
         order by n
         limit 1000"
    );
    read.all(sql, args![shop.home(), shop], |row| {
        Ok(Change {
            from: row.get(0)?,
            to: row.get(1)?,
            step: row.get(2)?,
            why: row.get(3)?,
            actor: row.get(4)?,
            actor_id: row.get(5)?,
            at: row.get(6)?,
        })
    })
}

fn of_row(row: &Row<'_>) -> Result<Shop> {
    let currency: Currency = row.get(5)?;
    Ok(Shop {
        id: row.get(0)?,
        merchant: row.get(1)?,
        kind: row.get(2)?,
        slug: row.get(3)?,
        name: row.get(4)?,
        currency,
        state: row.get(6)?,
        deposit_due: Money::new(row.get(7)?, currency),
        deposit_paid: Money::new(row.get(8)?, currency),
        version: row.get(9)?,
        applied_at: row.get(10)?,
    })
}
