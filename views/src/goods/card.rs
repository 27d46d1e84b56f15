//! What a list shows of goods: a handful of statements for a whole page of them.

use super::tree::paths;
use kernel::{Currency, Id, Locale, Money, Result, Time, kinds};
use serde::Serialize;
use std::collections::HashMap;
use store::{Read, Row, across, args, packed};

/// The most cards of a page.
pub const CARDS_MAX: usize = 60;

/// A shop as a card names it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct CardShop {
    /// Which.
    pub id: Id<kinds::Shop>,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// Goods in a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Card {
    /// Which.
    pub listing: Id<kinds::Listing>,
    /// What they are called; empty while nothing is written.
    pub title: String,
    /// Who sells them.
    pub shop: CardShop,
    /// Where they belong.
    pub category: Id<kinds::Category>,
    /// What that is called.
    pub category_name: String,
    /// The same with everything above it: `Home / Lamps`.
    pub category_path: String,
    /// The lowest price; none: none is set, or nothing is on sale.
    pub price_from: Option<Money>,
    /// Whether variants or quantities differ in price.
    pub price_varies: bool,
    /// What the price is for: so many of the smallest quantity.
    pub price_per: i64,
    /// How many of the smallest quantity make one unit.
    pub unit_scale: i64,
    /// What is counted, as people say it.
    pub unit: String,
    /// Where the first picture lies; none: there is none.
    pub picture: Option<String>,
    /// What the first picture shows, in words.
    pub picture_alt: Option<String>,
    /// Whether a variant can be had now.
    pub in_stock: bool,
    /// How many variants are on sale.
    pub sku_count: i64,
    /// The variant, where there is but one.
    pub single_sku: Option<Id<kinds::Sku>>,
}

/// Cards of listings, in the order asked for, at most sixty; what is not on sale any more is left out.
///
/// # Errors
/// What the engine says.
pub fn cards(read: &mut Read, listings: &[Id<kinds::Listing>], now: Time, lang: Locale) -> Result<Vec<Card>> {
    if listings.is_empty() {
        return Ok(Vec::new());
    }
    let listings = &listings[..listings.len().min(CARDS_MAX)];
    let asked = packed(listings);
    let mut heads = heads(read, &asked, lang)?;
    let mut categories: Vec<_> = heads.values().map(|card| card.category).collect();
    categories.sort_unstable();
    categories.dedup();
    if !categories.is_empty() {
        let paths = paths(read, &categories, lang)?;
        for card in heads.values_mut() {
            card.category_path = paths.get(&card.category).cloned().unwrap_or_default();
        }
    }
    for (listing, offered) in offered(read, &asked, now)? {
        if let Some(card) = heads.get_mut(&listing) {
            offered.onto(card);
        }
    }
    Ok(listings.iter().filter_map(|id| heads.remove(id)).collect())
}

/// `cross join` here and below: SQLite, which knows nothing of how many there are, then takes the tables in the order
/// in which they are written, the few that are asked for first; for PostgreSQL it is a join like any other.
fn heads(read: &mut Read, asked: &str, lang: Locale) -> Result<HashMap<Id<kinds::Listing>, Card>> {
    let sql = across!(
        "select l.id, l.category, s.id, s.slug, s.name,
           (select t.text
            from catalog_text t
            where t.home = l.home and t.thing = l.id and t.field = 'title'
            order by case t.lang when $1 then 0 else 1 end, t.lang
            limit 1),
           (select w.text
            from catalog_word w
            where w.kind = 'category' and w.thing = l.category and w.field = 'name'
            order by case w.lang when $1 then 0 else 1 end, w.lang
            limit 1),
           (select p.address
            from catalog_picture p
            where p.home = l.home and p.listing = l.id and p.n = 1),
           (select t.text
            from catalog_text t
            where t.home = l.home and t.thing = l.id and t.field = 'alt.1'
            order by case t.lang when $1 then 0 else 1 end, t.lang
            limit 1)
         from ids($2) a
         cross join catalog_listing l
         cross join merchant_shop s
         where l.home = a.id % 4096 and l.id = a.id and l.state = 'listed'
           and s.home = l.shop % 4096 and s.id = l.shop and s.state = 'open'"
    );
    Ok(read.all(sql, args![lang, asked], head)?.into_iter().map(|card| (card.listing, card)).collect())
}

fn head(row: &Row) -> Result<Card> {
    Ok(Card {
        listing: row.get(0)?,
        category: row.get(1)?,
        shop: CardShop { id: row.get(2)?, slug: row.get(3)?, name: row.get(4)? },
        title: row.get::<Option<String>>(5)?.unwrap_or_default(),
        category_name: row.get::<Option<String>>(6)?.unwrap_or_default(),
        category_path: String::new(),
        picture: row.get(7)?,
        picture_alt: row.get(8)?,
        price_from: None,
        price_varies: false,
        price_per: 1,
        unit_scale: 1,
        unit: String::new(),
        in_stock: false,
        sku_count: 0,
        single_sku: None,
    })
}

/// What the variants of a listing come to.
struct Offered {
    skus: i64,
    first: Id<kinds::Sku>,
    lowest: Option<Money>,
    varies: bool,
    in_stock: bool,
    unit: String,
    unit_scale: i64,
    price_per: i64,
}

impl Offered {
    fn onto(self, card: &mut Card) {
        card.sku_count = self.skus;
        card.single_sku = Some(self.first).filter(|_| self.skus == 1);
        card.price_from = self.lowest;
        card.price_varies = self.varies;
        card.in_stock = self.in_stock;
        card.unit = self.unit;
        card.unit_scale = self.unit_scale;
        card.price_per = self.price_per;
    }
}

/// The variants on sale of each listing in one row. The price of one is that of the fewest that are sold of it, and it
/// varies too where more cost less. Listing and shop are asked for one by one, which both engines do by their keys,
/// whatever they think of the sizes of tables.
fn offered(read: &mut Read, asked: &str, now: Time) -> Result<Vec<(Id<kinds::Listing>, Offered)>> {
    let sql = across!(
        "with sku (home, listing, id, unit, unit_scale, price_per, tracking, shop) as (
           select k.home, k.listing, k.id, k.unit, k.unit_scale, k.price_per, k.tracking,
             (select l.shop
              from catalog_listing l
              where l.home = k.home and l.id = k.listing)
           from ids($2) a
           cross join catalog_sku k
           where k.home = a.id % 4096 and k.listing = a.id and k.state = 'on_sale'
         ),
         sold (home, listing, id, unit, unit_scale, price_per, tracking, shop, currency) as (
           select n.home, n.listing, n.id, n.unit, n.unit_scale, n.price_per, n.tracking, n.shop,
             (select s.currency
              from merchant_shop s
              where s.home = n.shop % 4096 and s.id = n.shop)
           from sku n
         ),
         priced (listing, id, unit, unit_scale, price_per, currency, amount, tiers, has) as (
           select n.listing, n.id, n.unit, n.unit_scale, n.price_per, n.currency,
             (select p.amount
              from catalog_price p
              where p.home = n.home and p.sku = n.id and p.list = 1 and p.currency = n.currency and p.from_time <= $1
              order by p.from_qty, p.from_time desc, p.version desc
              limit 1),
             (select count(distinct p.from_qty)
              from catalog_price p
              where p.home = n.home and p.sku = n.id and p.list = 1 and p.currency = n.currency and p.from_time <= $1),
             case when n.tracking <> 'tracked' then 1 else (
               select count(*)
               from stock_level v
               join stock_warehouse h on h.home = n.shop % 4096 and h.id = v.warehouse and h.main = 1
               where v.home = n.home and v.sku = n.id and v.owner = n.shop and v.condition = 'good'
                 and v.on_hand > v.reserved
             ) end
           from sold n
         )
         select listing, count(*), min(id), min(amount), max(amount), max(tiers), max(has),
           min(unit), min(unit_scale), min(price_per), min(currency)
         from priced
         group by listing"
    );
    read.all(sql, args![now, asked], offered_row)
}

fn offered_row(row: &Row) -> Result<(Id<kinds::Listing>, Offered)> {
    let currency: Currency = row.get(10)?;
    let (least, most): (Option<i64>, Option<i64>) = (row.get(3)?, row.get(4)?);
    let offered = Offered {
        skus: row.get(1)?,
        first: row.get(2)?,
        lowest: least.map(|minor| Money::new(minor, currency)),
        varies: least != most || row.get::<i64>(5)? > 1,
        in_stock: row.get::<i64>(6)? > 0,
        unit: row.get(7)?,
        unit_scale: row.get(8)?,
        price_per: row.get(9)?,
    };
    Ok((row.get(0)?, offered))
}
