//! The parts of a listing's page, each in one statement for all its variants.

use catalog::{SkuState, Tier, Tracking};
use kernel::{Currency, Id, Locale, Money, Result, Time, kinds};
use serde::Serialize;
use std::collections::HashMap;
use store::{Read, Row, args, sql};

/// A picture of goods.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "GoodsPicture")]
pub struct Picture {
    /// Where it lies.
    pub address: String,
    /// What it shows; empty where nobody said.
    pub alt: String,
}

/// What can be had of a variant.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Free {
    /// So many of the smallest quantity lie there and are promised to nobody.
    Units(i64),
    /// It is made when it is ordered.
    MadeToOrder,
    /// There is nothing to count.
    Uncounted,
}

impl Free {
    /// Whether any can be had.
    pub const fn is_any(self) -> bool {
        !matches!(self, Free::Units(..=0))
    }
}

/// A variant of goods.
#[derive(Clone, PartialEq, Debug, Serialize, schemars::JsonSchema)]
pub struct Sku {
    /// Which.
    pub id: Id<kinds::Sku>,
    /// The shop's own name of it.
    pub code: String,
    /// Whether it is on sale.
    pub state: SkuState,
    /// What tells it apart, as people read it; none: nothing is written.
    pub option: Option<String>,
    /// What tells it apart, typed.
    pub values: Vec<Stated>,
    /// What is counted, as people say it.
    pub unit: String,
    /// How many of the smallest quantity make one such unit.
    pub unit_scale: i64,
    /// Prices are for so many of the smallest quantity.
    pub price_per: i64,
    /// What can be had.
    pub free: Free,
    /// The prices in force in the shop's currency, by quantity.
    pub prices: Vec<Tier>,
}

impl Sku {
    /// Whether it can be bought: on sale, priced, and there.
    pub fn is_sold(&self) -> bool {
        self.state == SkuState::OnSale && !self.prices.is_empty() && self.free.is_any()
    }
}

/// A value of an attribute, as people read it.
#[derive(Clone, PartialEq, Debug, Serialize, schemars::JsonSchema)]
pub struct Stated {
    /// The attribute's stable name.
    pub code: String,
    /// What people read for the attribute.
    pub name: String,
    /// The value.
    pub value: StatedValue,
    /// The unit of a number.
    pub unit: Option<String>,
}

/// A value with its type.
#[derive(Clone, PartialEq, Debug, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatedValue {
    /// Words, of a choice those of the language.
    Text(String),
    /// A number; never money.
    Number(f64),
    /// Yes or no.
    Flag(bool),
}

/// The texts of a listing by field: in the language asked for, or else in another.
pub(super) fn texts(read: &mut Read, id: Id<kinds::Listing>, lang: Locale) -> Result<HashMap<String, String>> {
    let sql = sql!(
        "select field, text
         from catalog_text
         where home = $1 and thing = $2
         order by field, case lang when $3 then 1 else 0 end, lang"
    );
    // Of two languages of a field the one asked for comes last and stays.
    let rows: Vec<(String, String)> =
        read.all(sql, args![id.home(), id, lang], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.into_iter().collect())
}

pub(super) fn pictures(
    read: &mut Read,
    id: Id<kinds::Listing>,
    texts: &mut HashMap<String, String>,
) -> Result<Vec<Picture>> {
    let sql = sql!(
        "select n, address
         from catalog_picture
         where home = $1 and listing = $2
         order by n"
    );
    read.all(sql, args![id.home(), id], |row| {
        let alt = texts.remove(&format!("alt.{}", row.get::<i64>(0)?)).unwrap_or_default();
        Ok(Picture { address: row.get(1)?, alt })
    })
}

/// What a listing and its variants say of attributes, by the raw id of the thing that says it.
pub(super) fn values(read: &mut Read, id: Id<kinds::Listing>, lang: Locale) -> Result<HashMap<i64, Vec<Stated>>> {
    let sql = sql!(
        "with thing (id) as (
           select $2
           union all
           select k.id
           from catalog_sku k
           where k.home = $1 and k.listing = $2
         )
         select v.thing, a.code, a.unit, v.text, v.number, v.flag,
           (select w.text
            from catalog_word w
            where w.kind = 'attribute' and w.thing = a.id and w.field = 'name'
            order by case w.lang when $3 then 0 else 1 end, w.lang
            limit 1),
           (select w.text
            from catalog_word w
            where a.kind = 'choice' and w.kind = 'attribute' and w.thing = a.id and w.field = 'choice.' || v.text
            order by case w.lang when $3 then 0 else 1 end, w.lang
            limit 1)
         from thing t
         join catalog_value v on v.home = $1 and v.thing = t.id
         join catalog_attribute a on a.id = v.attribute
         order by v.thing, a.id, v.n"
    );
    let mut by_thing: HashMap<i64, Vec<Stated>> = HashMap::new();
    read.each(sql, args![id.home(), id, lang], |row| {
        by_thing.entry(row.get(0)?).or_default().push(stated(row)?);
        Ok(())
    })?;
    Ok(by_thing)
}

fn stated(row: &Row) -> Result<Stated> {
    let (code, unit): (String, _) = (row.get(1)?, row.get(2)?);
    let name = row.get::<Option<String>>(6)?.unwrap_or_else(|| code.clone());
    let value = match (row.get::<Option<String>>(3)?, row.get::<Option<f64>>(4)?) {
        (Some(text), _) => StatedValue::Text(row.get::<Option<String>>(7)?.unwrap_or(text)),
        (None, Some(number)) => StatedValue::Number(number),
        (None, None) => StatedValue::Flag(row.get(5)?),
    };
    Ok(Stated { code, name, value, unit })
}

/// The variants of a listing, on sale or not, by code, with what lies in the shop's main warehouse.
pub(super) fn skus(read: &mut Read, id: Id<kinds::Listing>, shop: Id<kinds::Shop>, lang: Locale) -> Result<Vec<Sku>> {
    let sql = sql!(
        "select k.id, k.code, k.state, k.unit, k.unit_scale, k.price_per, k.tracking,
           (select t.text
            from catalog_text t
            where t.home = $1 and t.thing = k.id and t.field = 'option'
            order by case t.lang when $5 then 0 else 1 end, t.lang
            limit 1),
           (select v.on_hand - v.reserved
            from stock_level v
            join stock_warehouse h on h.home = $3 and h.shop = $4 and h.main = 1 and h.id = v.warehouse
            where v.home = $1 and v.sku = k.id and v.owner = $4 and v.condition = 'good')
         from catalog_sku k
         where k.home = $1 and k.listing = $2
         order by k.code"
    );
    read.all(sql, args![id.home(), id, shop.home(), shop, lang], |row| {
        let free = match row.get(6)? {
            Tracking::Tracked => Free::Units(row.get::<Option<i64>>(8)?.unwrap_or(0)),
            Tracking::MadeToOrder => Free::MadeToOrder,
            Tracking::NoStock => Free::Uncounted,
        };
        let (code, state, unit) = (row.get(1)?, row.get(2)?, row.get(3)?);
        let (unit_scale, price_per, option) = (row.get(4)?, row.get(5)?, row.get(7)?);
        let (values, prices) = (Vec::new(), Vec::new());
        Ok(Sku { id: row.get(0)?, code, state, option, values, unit, unit_scale, price_per, free, prices })
    })
}

/// The prices in force of all variants of a listing.
pub(super) fn prices(
    read: &mut Read,
    id: Id<kinds::Listing>,
    currency: Currency,
    now: Time,
) -> Result<HashMap<Id<kinds::Sku>, Vec<Tier>>> {
    let sql = sql!(
        "select p.sku, p.from_qty, p.amount
         from catalog_sku k
         join catalog_price p on p.home = $1 and p.sku = k.id and p.list = 1 and p.currency = $3 and p.from_time <= $4
         where k.home = $1 and k.listing = $2
         order by p.sku, p.from_qty, p.from_time, p.version"
    );
    let mut by_sku: HashMap<Id<kinds::Sku>, Vec<Tier>> = HashMap::new();
    read.each(sql, args![id.home(), id, currency, now], |row| {
        let tiers = by_sku.entry(row.get(0)?).or_default();
        let tier = Tier { from_qty: row.get(1)?, price: Money::new(row.get(2)?, currency) };
        // Of the prices from one quantity the latest is in force, and they come in that order.
        match tiers.last_mut() {
            Some(last) if last.from_qty == tier.from_qty => *last = tier,
            _ => tiers.push(tier),
        }
        Ok(())
    })?;
    Ok(by_sku)
}
