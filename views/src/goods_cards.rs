//! Goods as they stand in the lists of those who work with them: on sale or not, with their state and their stock.

use crate::{cards::ShopLabel, set::in_order};
use catalog::State;
use kernel::{Currency, Id, Locale, Money, Result, Time, kinds};
use serde::Serialize;
use std::collections::BTreeMap;
use store::{Read, Row, across, args, packed};

/// A listing in a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct GoodsCard {
    /// The listing.
    pub id: Id<kinds::Listing>,
    /// Who sells it.
    pub shop: ShopLabel,
    /// Where it stands.
    pub state: State,
    /// Whether the market keeps it off sale.
    pub barred: bool,
    /// Counts its changes; a review is of one version.
    pub version: i64,
    /// When it was written down.
    pub made_at: Time,
    /// What it is called; empty while nothing is written.
    pub title: String,
    /// Where its first picture lies; none where it has none.
    pub picture: Option<String>,
    /// How many variants it has.
    pub skus: i64,
    /// The prices in force over all its variants, by currency; empty while none is set.
    pub prices: Vec<PriceRange>,
    /// Good units over all its variants and places.
    pub on_hand: i64,
    /// Of these, promised.
    pub reserved: i64,
    /// Of these, free.
    pub free: i64,
}

/// From the lowest to the highest price.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct PriceRange {
    /// The lowest.
    pub from: Money,
    /// The highest; the same where there is one price.
    pub to: Money,
}

/// The cards of these listings, in their order, in two statements.
pub(crate) fn goods_cards(
    read: &mut Read,
    ids: &[Id<kinds::Listing>],
    now: Time,
    lang: Locale,
) -> Result<Vec<GoodsCard>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let packed = packed(ids);
    let mut prices = price_ranges(read, &packed, now)?;
    let sql = across!(
        "select l.id, l.shop, s.slug, s.name, l.state, l.barred, l.version, l.made_at,
             (select t.text
              from catalog_text t
              where t.home = l.home and t.thing = l.id and t.field = 'title'
              order by case t.lang when $2 then 0 else 1 end, t.lang
              limit 1),
             (select p.address
              from catalog_picture p
              where p.home = l.home and p.listing = l.id
              order by p.n
              limit 1),
             (select cast(count(*) as bigint) from catalog_sku k where k.home = l.home and k.listing = l.id),
             (select cast(coalesce(sum(v.on_hand), 0) as bigint)
              from catalog_sku k
              join stock_level v on v.home = k.home and v.sku = k.id
              where k.home = l.home and k.listing = l.id and v.condition = 'good'),
             (select cast(coalesce(sum(v.reserved), 0) as bigint)
              from catalog_sku k
              join stock_level v on v.home = k.home and v.sku = k.id
              where k.home = l.home and k.listing = l.id and v.condition = 'good')
         from ids($1) w
         join catalog_listing l on l.home = w.id % 4096 and l.id = w.id
         join merchant_shop s on s.home = l.shop % 4096 and s.id = l.shop"
    );
    let mut cards = read.all(sql, args![packed, lang], card)?;
    for card in &mut cards {
        card.prices = prices.remove(&card.id).unwrap_or_default();
    }
    Ok(in_order(ids, cards, |card| card.id))
}

/// A card without its prices.
fn card(row: &Row) -> Result<GoodsCard> {
    let (on_hand, reserved): (i64, i64) = (row.get(11)?, row.get(12)?);
    Ok(GoodsCard {
        id: row.get(0)?,
        shop: ShopLabel { id: row.get(1)?, slug: row.get(2)?, name: row.get(3)? },
        state: row.get(4)?,
        barred: row.get(5)?,
        version: row.get(6)?,
        made_at: row.get(7)?,
        title: row.get::<Option<String>>(8)?.unwrap_or_default(),
        picture: row.get(9)?,
        skus: row.get(10)?,
        prices: Vec::new(),
        on_hand,
        reserved,
        free: on_hand - reserved,
    })
}

fn price_ranges(read: &mut Read, packed: &str, now: Time) -> Result<BTreeMap<Id<kinds::Listing>, Vec<PriceRange>>> {
    let sql = across!(
        "select k.listing, p.currency, min(p.amount), max(p.amount)
         from ids($1) w
         join catalog_sku k on k.home = w.id % 4096 and k.listing = w.id
         join catalog_price p on p.home = k.home and p.sku = k.id and p.list = 1 and p.from_time <= $2
             and not exists (
                 select 1
                 from catalog_price q
                 where q.home = p.home and q.sku = p.sku and q.list = p.list and q.currency = p.currency
                     and q.from_qty = p.from_qty and q.from_time <= $2
                     and (q.from_time > p.from_time or (q.from_time = p.from_time and q.version > p.version))
             )
         group by k.listing, p.currency
         order by k.listing, p.currency"
    );
    let mut ranges: BTreeMap<_, Vec<PriceRange>> = BTreeMap::new();
    read.each(sql, args![packed, now], |row| {
        let currency: Currency = row.get(1)?;
        let range = PriceRange { from: Money::new(row.get(2)?, currency), to: Money::new(row.get(3)?, currency) };
        ranges.entry(row.get(0)?).or_default().push(range);
        Ok(())
    })?;
    Ok(ranges)
}
