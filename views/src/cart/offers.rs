//! What is known now of the SKUs of a cart, in one statement each for the goods and the freight. The catalogue's own
//! read asks SKU by SKU, which is right for an order and too much for a page.

use crate::cards::ShopLabel;
use catalog::{Offer, Tier};
use kernel::{Currency, Id, Locale, Money, Result, Time, kinds};
use merchant::ShopState;
use pricing::FreightRule;
use std::collections::BTreeMap;
use store::{Read, Row, Statement, across, args, packed};

/// A SKU as it is offered, with what the other rooms know of it.
pub(super) struct Offered {
    pub(super) offer: Offer,
    pub(super) shop: ShopLabel,
    pub(super) shop_state: ShopState,
    pub(super) picture: Option<String>,
    /// Good units on the shelf that goods are taken from, less what is promised.
    pub(super) free: i64,
}

/// Several SKUs as they are offered at an instant, on sale or not; the prices by the same rule as [`catalog::offer`].
pub(super) fn offered(
    read: &mut Read,
    skus: &[Id<kinds::Sku>],
    at: Time,
    lang: Locale,
) -> Result<BTreeMap<Id<kinds::Sku>, Offered>> {
    let mut found: BTreeMap<Id<kinds::Sku>, Offered> = BTreeMap::new();
    if skus.is_empty() {
        return Ok(found);
    }
    read.each(offers_of_skus(), args![packed(skus), at, lang], |row| {
        let sku = row.get(0)?;
        let offered = match found.entry(sku) {
            std::collections::btree_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::btree_map::Entry::Vacant(new) => new.insert(offered_row(row)?),
        };
        if let Some(from_qty) = row.get(21)? {
            offered.offer.prices.push(Tier { from_qty, price: Money::new(row.get(22)?, row.get(23)?) });
        }
        Ok(())
    })?;
    Ok(found)
}

/// A row per price in force; of two set for one instant the later version counts.
fn offers_of_skus() -> &'static Statement {
    across!(
        "select k.id, k.code, k.state, k.unit, k.unit_scale, k.price_per, k.tracking,
             l.id, l.shop, l.spu, l.brand, l.category, l.state, c.commission_folded_bp,
             (select t.text
              from catalog_text t
              where t.home = l.home and t.thing = l.id and t.field = 'title'
              order by case t.lang when $3 then 0 else 1 end, t.lang
              limit 1),
             (select o.text
              from catalog_text o
              where o.home = k.home and o.thing = k.id and o.field = 'option'
              order by case o.lang when $3 then 0 else 1 end, o.lang
              limit 1),
             (select i.address
              from catalog_picture i
              where i.home = l.home and i.listing = l.id
              order by i.n
              limit 1),
             s.slug, s.name, s.state,
             coalesce((select v.on_hand - v.reserved
                       from stock_warehouse h
                       join stock_level v on v.home = k.home and v.sku = k.id and v.warehouse = h.id
                           and v.owner = l.shop and v.condition = 'good'
                       where h.home = l.shop % 4096 and h.shop = l.shop and h.main = 1
                       limit 1), 0),
             p.from_qty, p.amount, p.currency
         from (select distinct id from ids($1) i) w
         join catalog_sku k on k.home = w.id % 4096 and k.id = w.id
         join catalog_listing l on l.home = k.home and l.id = k.listing
         join catalog_category c on c.id = l.category
         join merchant_shop s on s.home = l.shop % 4096 and s.id = l.shop
         left join catalog_price p on p.home = k.home and p.sku = k.id and p.list = 1 and p.from_time <= $2
             and not exists (
                 select 1
                 from catalog_price q
                 where q.home = p.home and q.sku = p.sku and q.list = p.list and q.currency = p.currency
                     and q.from_qty = p.from_qty and q.from_time <= $2
                     and (q.from_time > p.from_time or (q.from_time = p.from_time and q.version > p.version))
             )
         order by k.id, p.currency, p.from_qty"
    )
}

fn offered_row(row: &Row) -> Result<Offered> {
    let offer = Offer {
        sku: row.get(0)?,
        code: row.get(1)?,
        sku_state: row.get(2)?,
        unit: row.get(3)?,
        unit_scale: row.get(4)?,
        price_per: row.get(5)?,
        tracking: row.get(6)?,
        listing: row.get(7)?,
        shop: row.get(8)?,
        spu: row.get(9)?,
        brand: row.get(10)?,
        category: row.get(11)?,
        state: row.get(12)?,
        commission: row.get(13)?,
        title: row.get::<Option<String>>(14)?.unwrap_or_default(),
        option: row.get(15)?,
        prices: Vec::new(),
    };
    let shop = ShopLabel { id: offer.shop, slug: row.get(17)?, name: row.get(18)? };
    Ok(Offered { offer, shop, shop_state: row.get(19)?, picture: row.get(16)?, free: row.get(20)? })
}

/// What these shops take for sending; a shop that is not there takes nothing.
pub(super) fn freight(read: &mut Read, shops: &[Id<kinds::Shop>]) -> Result<BTreeMap<Id<kinds::Shop>, FreightRule>> {
    let sql = across!(
        "select f.shop, f.currency, f.fee, f.free_over
         from (select distinct id from ids($1) i) w
         join delivery_freight f on f.home = w.id % 4096 and f.shop = w.id"
    );
    let rules = read.all(sql, args![packed(shops)], |row| {
        let (currency, over): (Currency, Option<i64>) = (row.get(1)?, row.get(3)?);
        let free_over = over.map(|minor| Money::new(minor, currency));
        Ok((row.get(0)?, FreightRule { fee: Money::new(row.get(2)?, currency), free_over }))
    })?;
    Ok(rules.into_iter().collect())
}
