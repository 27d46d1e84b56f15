//! Where a person works, for whoever shows him the doors he may go through.

use crate::cards::ShopLabel;
use identity::{Permission, Scope};
use kernel::{Id, Result, kinds};
use merchant::ShopState;
use serde::Serialize;
use store::{Read, across, args, packed};

/// What a person does in the market beside buying.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Work {
    /// The shops in which he may do something, by their name.
    pub shops: Vec<Workplace>,
    /// The legal entities whose papers or bank accounts are his business.
    pub merchants: Vec<Id<kinds::Merchant>>,
    /// What he may do as one of the market's people; empty where he is none.
    pub market: Vec<Permission>,
}

/// A shop in which a person works.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Workplace {
    /// Which.
    #[serde(flatten)]
    pub shop: ShopLabel,
    /// Whose it is.
    pub merchant: Id<kinds::Merchant>,
    /// Where it stands.
    pub state: ShopState,
    /// What he may do there.
    pub permissions: Vec<Permission>,
}

/// Where a person works; two statements, however many shops.
///
/// # Errors
/// What the engine says.
pub fn work(read: &mut Read, person: Id<kinds::Party>) -> Result<Work> {
    let grants = identity::grants(read, person)?;
    let mut work = Work { shops: Vec::new(), merchants: Vec::new(), market: Vec::new() };
    let mut places: Vec<(Id<kinds::Shop>, Vec<Permission>)> = Vec::new();
    for (scope, permissions) in grants {
        match scope {
            Scope::Market => work.market = permissions.iter().collect(),
            Scope::Merchant(merchant) => work.merchants.push(merchant),
            Scope::Shop(shop) => places.push((shop, permissions.iter().collect())),
            Scope::Warehouse(_) | Scope::Organisation(_) => {}
        }
    }
    work.shops = workplaces(read, places)?;
    Ok(work)
}

fn workplaces(read: &mut Read, places: Vec<(Id<kinds::Shop>, Vec<Permission>)>) -> Result<Vec<Workplace>> {
    if places.is_empty() {
        return Ok(Vec::new());
    }
    let sql = across!(
        "select s.id, s.slug, s.name, s.merchant, s.state
         from ids($1) w
         join merchant_shop s on s.home = w.id % 4096 and s.id = w.id
         order by s.name, s.id"
    );
    let ids: Vec<_> = places.iter().map(|(shop, _)| *shop).collect();
    read.all(sql, args![packed(&ids)], |row| {
        let shop = ShopLabel { id: row.get(0)?, slug: row.get(1)?, name: row.get(2)? };
        let may = places.iter().find(|(place, _)| *place == shop.id);
        let permissions = may.map(|(_, may)| may.clone()).unwrap_or_default();
        Ok(Workplace { shop, merchant: row.get(3)?, state: row.get(4)?, permissions })
    })
}
