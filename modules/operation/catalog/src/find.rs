//! Reads of the room's own tables.

use crate::{
    SkuState, State, Tracking, Verb,
    change::{Head, head},
    product, text, value,
};
use kernel::{Cursor, Id, Locale, Money, Page, Result, Time, kinds};
use serde::Serialize;
use store::{Read, args, sql};

/// A listing with everything it says.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Listing {
    /// Its own row.
    #[serde(flatten)]
    pub head: Head,
    /// What its brand is called.
    pub brand_name: Option<String>,
    /// Its texts in every language.
    pub texts: Vec<text::Written>,
    /// What its shop says of it.
    pub values: Vec<value::Stated>,
    /// Where its pictures lie, the first one first; their words are the texts `alt.1`, `alt.2` …
    pub pictures: Vec<String>,
    /// Its variants, by code.
    pub skus: Vec<Sku>,
}

/// A variant of a listing.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Sku {
    /// Its id.
    pub id: Id<kinds::Sku>,
    /// The shop's own name of it.
    pub code: String,
    /// Whether it is on sale.
    pub state: SkuState,
    /// What is counted, as people say it.
    pub unit: String,
    /// How many of the smallest quantity make one such unit.
    pub unit_scale: i64,
    /// Prices are for so many of the smallest quantity.
    pub price_per: i64,
    /// Whether stock is counted.
    pub tracking: Tracking,
    /// What tells it apart, in every language.
    pub options: Vec<text::Written>,
    /// What tells it apart, typed.
    pub values: Vec<value::Stated>,
}

/// A line of a shop's list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Entry {
    /// Which listing.
    pub listing: Id<kinds::Listing>,
    /// Where it stands.
    pub state: State,
    /// Counts its changes.
    pub version: i64,
    /// What it is called; empty while nothing is written.
    pub title: String,
}

/// One change of a listing.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Change {
    /// The version that it made.
    pub version: i64,
    /// What was done.
    pub verb: Verb,
    /// When.
    pub at: Time,
    /// What sort of actor, or the market's part.
    pub actor: String,
    /// Who, 0 for the market itself.
    pub actor_id: i64,
    /// The reason given.
    pub why: Option<String>,
    /// The rule that was cited.
    pub rule: Option<String>,
}

/// One price that was set.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PriceRow {
    /// The price.
    pub price: Money,
    /// From how many on one line.
    pub from_qty: i64,
    /// From when.
    pub from_time: Time,
    /// The listing's version that set it.
    pub version: i64,
    /// What sort of actor set it.
    pub actor: String,
    /// Who, 0 for the market itself.
    pub actor_id: i64,
}

/// A listing with everything it says, on sale or not.
///
/// # Errors
/// `unknown_listing`.
pub fn listing(read: &mut Read, id: Id<kinds::Listing>) -> Result<Listing> {
    let head = head(read, id)?;
    let brand_name = head.brand.map(|brand| product::brand_name(read, brand)).transpose()?;
    let texts = text::of(read, id.home(), id.raw())?;
    let values = value::of(read, id.home(), id.raw())?;
    let sql = sql!(
        "select address
         from catalog_picture
         where home = $1 and listing = $2
         order by n"
    );
    let pictures = read.all(sql, args![id.home(), id], |row| row.get(0))?;
    Ok(Listing { head, brand_name, texts, values, pictures, skus: skus_of(read, id)? })
}

fn skus_of(read: &mut Read, id: Id<kinds::Listing>) -> Result<Vec<Sku>> {
    let sql = sql!(
        "select id, code, state, unit, unit_scale, price_per, tracking
         from catalog_sku
         where home = $1 and listing = $2
         order by code"
    );
    let mut skus = read.all(sql, args![id.home(), id], |row| {
        let (code, state, unit) = (row.get(1)?, row.get(2)?, row.get(3)?);
        let (unit_scale, price_per, tracking) = (row.get(4)?, row.get(5)?, row.get(6)?);
        let (options, values) = (Vec::new(), Vec::new());
        Ok(Sku { id: row.get(0)?, code, state, unit, unit_scale, price_per, tracking, options, values })
    })?;
    for sku in &mut skus {
        sku.options = text::of(read, id.home(), sku.id.raw())?;
        sku.values = value::of(read, id.home(), sku.id.raw())?;
    }
    Ok(skus)
}

/// A shop's listings, newest first.
///
/// # Errors
/// What the engine says.
pub fn listings_of_shop(
    read: &mut Read,
    shop: Id<kinds::Shop>,
    cursor: Option<Cursor>,
    limit: usize,
    lang: Locale,
) -> Result<Page<Entry>> {
    let before = cursor.map_or(i64::MAX, |cursor| cursor.id);
    let sql = sql!(
        "select listing
         from catalog_shop_listing
         where home = $1 and shop = $2 and listing < $3
         order by listing desc
         limit $4"
    );
    let ids: Vec<Id<kinds::Listing>> = read.all(sql, args![shop.home(), shop, before, limit + 1], |row| row.get(0))?;
    let mut entries = Vec::with_capacity(ids.len());
    for id in ids {
        let sql = sql!(
            "select l.id, l.state, l.version,
               (select t.text
                from catalog_text t
                where t.home = $1 and t.thing = l.id and t.field = 'title'
                order by case t.lang when $3 then 0 else 1 end, t.lang
                limit 1)
             from catalog_listing l
             where l.home = $1 and l.id = $2"
        );
        entries.extend(read.opt(sql, args![id.home(), id, lang], |row| {
            let title = row.get::<Option<String>>(3)?.unwrap_or_default();
            Ok(Entry { listing: row.get(0)?, state: row.get(1)?, version: row.get(2)?, title })
        })?);
    }
    Ok(Page::of(entries, limit, |entry| Cursor { sort: entry.listing.raw(), id: entry.listing.raw() }))
}

/// What happened to a listing, latest first.
///
/// # Errors
/// What the engine says.
pub fn changes_of(read: &mut Read, id: Id<kinds::Listing>, limit: usize) -> Result<Vec<Change>> {
    let sql = sql!(
        "select n, verb, at, actor, actor_id, why, rule
         from catalog_change
         where home = $1 and listing = $2
         order by n desc
         limit $3"
    );
    read.all(sql, args![id.home(), id, limit], |row| {
        let (at, actor, actor_id) = (row.get(2)?, row.get(3)?, row.get(4)?);
        let (why, rule) = (row.get(5)?, row.get(6)?);
        Ok(Change { version: row.get(0)?, verb: row.get(1)?, at, actor, actor_id, why, rule })
    })
}

/// Every price that was set for a SKU, the latest set first.
///
/// # Errors
/// What the engine says.
pub fn prices_of(read: &mut Read, sku: Id<kinds::Sku>, limit: usize) -> Result<Vec<PriceRow>> {
    let sql = sql!(
        "select amount, currency, from_qty, from_time, version, actor, actor_id
         from catalog_price
         where home = $1 and sku = $2
         order by version desc, currency, from_qty
         limit $3"
    );
    read.all(sql, args![sku.home(), sku, limit], |row| {
        let price = Money::new(row.get(0)?, row.get(1)?);
        let (from_qty, from_time, version) = (row.get(2)?, row.get(3)?, row.get(4)?);
        Ok(PriceRow { price, from_qty, from_time, version, actor: row.get(5)?, actor_id: row.get(6)? })
    })
}

/// Whose a SKU is; none where there is no such SKU.
///
/// # Errors
/// What the engine says.
pub fn shop_of(read: &mut Read, sku: Id<kinds::Sku>) -> Result<Option<Id<kinds::Shop>>> {
    let sql = sql!(
        "select l.shop
         from catalog_sku k
         join catalog_listing l on l.home = k.home and l.id = k.listing
         where k.home = $1 and k.id = $2"
    );
    read.opt(sql, args![sku.home(), sku], |row| row.get(0))
}
