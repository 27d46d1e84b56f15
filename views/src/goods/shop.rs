//! A shop as buyers see it.

use kernel::{Currency, Id, Money, Result, Time, error::Common, kinds};
use merchant::{MerchantKind, ShopState, Slug};
use serde::Serialize;
use store::{Read, args, sql};

/// The front of a shop.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct ShopFront {
    /// Which.
    pub id: Id<kinds::Shop>,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
    /// What sort of merchant keeps it.
    pub kind: MerchantKind,
    /// What it trades in.
    pub currency: Currency,
    /// Where it stands: open, frozen, closing or closed.
    pub state: ShopState,
    /// When it opened.
    pub opened_at: Time,
    /// What it takes for sending; none: nothing.
    pub freight: Option<Freight>,
}

/// What a shop takes for sending an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "FreightShown")]
pub struct Freight {
    /// For every order.
    pub fee: Money,
    /// Goods of so much or more go free; none: never free.
    pub free_over: Option<Money>,
}

/// The front of the shop of a slug, which has opened once.
///
/// # Errors
/// `not_found`.
pub fn shop_front(read: &mut Read, slug: &Slug) -> Result<ShopFront> {
    let shop = merchant::shop_by_slug(read, slug)?.ok_or(Common::NotFound)?;
    front_of(read, shop.id)
}

/// The front of a shop that has opened once.
///
/// # Errors
/// `not_found`.
pub fn front_of(read: &mut Read, shop: Id<kinds::Shop>) -> Result<ShopFront> {
    let sql = sql!(
        "select s.id, s.slug, s.name, s.kind, s.currency, s.state,
           (select min(c.at)
            from merchant_shop_change c
            where c.home = $1 and c.shop = s.id and c.to_state = 'open'),
           f.fee, f.free_over, f.currency
         from merchant_shop s
         left join delivery_freight f on f.home = $1 and f.shop = s.id
         where s.home = $1 and s.id = $2"
    );
    let found = read.opt(sql, args![shop.home(), shop], |row| {
        let Some(opened_at) = row.get::<Option<Time>>(6)? else {
            return Ok(None);
        };
        let freight = match row.get::<Option<i64>>(7)? {
            None => None,
            Some(fee) => {
                let currency = row.get(9)?;
                let over: Option<i64> = row.get(8)?;
                Some(Freight { fee: Money::new(fee, currency), free_over: over.map(|over| Money::new(over, currency)) })
            }
        };
        let (id, slug, name, kind) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        Ok(Some(ShopFront { id, slug, name, kind, currency: row.get(4)?, state: row.get(5)?, opened_at, freight }))
    })?;
    found.flatten().ok_or_else(|| Common::NotFound.into())
}
