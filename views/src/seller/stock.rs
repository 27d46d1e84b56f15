//! What lies on a shop's shelves, variant by variant.

use crate::set::{PAGE_MAX, bounded, in_order};
use catalog::{SkuState, Tracking};
use kernel::{Cursor, Id, Locale, Page, Result, kinds};
use serde::Serialize;
use store::{Read, Row, across, args, packed};

/// A variant with everything that lies of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct SkuStock {
    /// The variant.
    pub sku: Id<kinds::Sku>,
    /// Of which listing.
    pub listing: Id<kinds::Listing>,
    /// The shop's own name of it.
    pub code: String,
    /// What the listing is called; empty while nothing is written.
    pub title: String,
    /// What tells the variant apart; none where nothing is written.
    pub option: Option<String>,
    /// Where the listing's first picture lies; none where it has none.
    pub picture: Option<String>,
    /// Whether the variant is on sale.
    pub state: SkuState,
    /// Whether stock is counted.
    pub tracking: Tracking,
    /// What is counted, as people say it.
    pub unit: String,
    /// How many of the smallest quantity make one such unit.
    pub unit_scale: i64,
    /// Good units over all places.
    pub on_hand: i64,
    /// Of these, promised.
    pub reserved: i64,
    /// Of these, free.
    pub free: i64,
    /// Place by place; empty where nothing ever came in.
    pub shelves: Vec<Shelf>,
}

/// What lies in one place in one condition.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Shelf {
    /// Where.
    pub warehouse: Id<kinds::Warehouse>,
    /// What its people call the place.
    pub name: String,
    /// In which condition.
    pub condition: stock::Condition,
    /// How many lie there.
    pub on_hand: i64,
    /// Of these, promised.
    pub reserved: i64,
    /// Of these, free.
    pub free: i64,
}

/// A shop's variants with their stock, those of the newest goods first.
///
/// # Errors
/// What the engine says.
pub fn stock(
    read: &mut Read,
    shop: Id<kinds::Shop>,
    after: Option<Cursor>,
    limit: usize,
    lang: Locale,
) -> Result<Page<SkuStock>> {
    let limit = bounded(limit);
    let Cursor { sort, id } = after.unwrap_or(Cursor { sort: i64::MAX, id: 0 });
    let sql = across!(
        "select k.listing, k.id
         from catalog_shop_listing s
         join catalog_sku k on k.home = s.listing % 4096 and k.listing = s.listing
         where s.home = $1 and s.shop = $2 and s.listing <= $3 and (s.listing < $3 or k.id < $4)
         order by s.listing desc, k.id desc
         limit $5"
    );
    let rows: Vec<(Id<kinds::Listing>, Id<kinds::Sku>)> =
        read.all(sql, args![shop.home(), shop, sort, id, limit + 1], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let page = Page::of(rows, limit, |(listing, sku)| Cursor { sort: listing.raw(), id: sku.raw() });
    let ids: Vec<_> = page.items.into_iter().map(|(_, sku)| sku).collect();
    Ok(Page { items: of_skus(read, shop, &ids, lang)?, next: page.next })
}

/// A shop's variants of this code, as it is written; at most a hundred.
///
/// # Errors
/// What the engine says.
pub fn stock_by_code(read: &mut Read, shop: Id<kinds::Shop>, code: &str, lang: Locale) -> Result<Vec<SkuStock>> {
    let sql = across!(
        "select k.id
         from catalog_sku k
         join catalog_listing l on l.home = k.home and l.id = k.listing
         where k.code = $1 and l.shop = $2
         order by k.id desc
         limit $3"
    );
    let ids: Vec<Id<kinds::Sku>> = read.all(sql, args![code, shop, PAGE_MAX], |row| row.get(0))?;
    of_skus(read, shop, &ids, lang)
}

fn of_skus(read: &mut Read, shop: Id<kinds::Shop>, ids: &[Id<kinds::Sku>], lang: Locale) -> Result<Vec<SkuStock>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = across!(
        "select k.id, k.listing, k.code,
             (select t.text
              from catalog_text t
              where t.home = k.home and t.thing = k.listing and t.field = 'title'
              order by case t.lang when $3 then 0 else 1 end, t.lang
              limit 1),
             (select o.text
              from catalog_text o
              where o.home = k.home and o.thing = k.id and o.field = 'option'
              order by case o.lang when $3 then 0 else 1 end, o.lang
              limit 1),
             (select p.address
              from catalog_picture p
              where p.home = k.home and p.listing = k.listing
              order by p.n
              limit 1),
             k.state, k.tracking, k.unit, k.unit_scale, v.warehouse, coalesce(h.name, ''), v.condition, v.on_hand,
             v.reserved
         from ids($1) w
         join catalog_sku k on k.home = w.id % 4096 and k.id = w.id
         left join stock_level v on v.home = k.home and v.sku = k.id and v.owner = $2
         left join stock_warehouse h on h.home = v.warehouse % 4096 and h.id = v.warehouse
         order by k.id, v.warehouse, v.condition"
    );
    let mut rows: Vec<SkuStock> = Vec::with_capacity(ids.len());
    read.each(sql, args![packed(ids), shop, lang], |row| {
        let sku = row.get(0)?;
        if rows.last().is_none_or(|last| last.sku != sku) {
            rows.push(sku_row(row)?);
        }
        if let (Some(last), Some(shelf)) = (rows.last_mut(), shelf(row)?) {
            if shelf.condition == stock::Condition::Good {
                last.on_hand += shelf.on_hand;
                last.reserved += shelf.reserved;
                last.free += shelf.free;
            }
            last.shelves.push(shelf);
        }
        Ok(())
    })?;
    Ok(in_order(ids, rows, |row| row.sku))
}

fn sku_row(row: &Row) -> Result<SkuStock> {
    Ok(SkuStock {
        sku: row.get(0)?,
        listing: row.get(1)?,
        code: row.get(2)?,
        title: row.get::<Option<String>>(3)?.unwrap_or_default(),
        option: row.get(4)?,
        picture: row.get(5)?,
        state: row.get(6)?,
        tracking: row.get(7)?,
        unit: row.get(8)?,
        unit_scale: row.get(9)?,
        on_hand: 0,
        reserved: 0,
        free: 0,
        shelves: Vec::new(),
    })
}

fn shelf(row: &Row) -> Result<Option<Shelf>> {
    let Some(warehouse) = row.get(10)? else {
        return Ok(None);
    };
    let (on_hand, reserved): (i64, i64) = (row.get(13)?, row.get(14)?);
    let (name, condition, free) = (row.get(11)?, row.get(12)?, on_hand - reserved);
    Ok(Some(Shelf { warehouse, name, condition, on_hand, reserved, free }))
}
