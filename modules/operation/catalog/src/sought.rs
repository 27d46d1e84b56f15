//! What a listing is found by: its names and titles in every language, where it belongs, and what it costs.

use crate::change::{Head, head};
use kernel::{Currency, Id, Money, Result, Time, kinds};
use store::{Read, args, sql};

/// What a listing is found by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sought {
    /// Its own row.
    pub head: Head,
    /// Its category and those above, the nearest first.
    pub categories: Vec<Id<kinds::Category>>,
    /// Its brand, its titles, its models and the names of its categories, in every language.
    pub texts: Vec<String>,
    /// The lowest price in force of its variants on sale; none: none is set.
    pub price: Option<Money>,
    /// When another price comes into force; none: none is set for later.
    pub price_changes_at: Option<Time>,
}

/// What a listing is found by, with its price in a currency at an instant.
///
/// # Errors
/// `unknown_listing`.
pub fn sought(read: &mut Read, id: Id<kinds::Listing>, currency: Currency, at: Time) -> Result<Sought> {
    let head = head(read, id)?;
    let mut texts: Vec<String> = match head.brand {
        Some(brand) => vec![crate::brand_name(read, brand)?],
        None => Vec::new(),
    };
    let sql = sql!(
        "select text
         from catalog_text
         where home = $1 and thing = $2 and field in ('title', 'model')
         order by field desc, lang"
    );
    texts.extend(read.all(sql, args![id.home(), id], |row| row.get::<String>(0))?);
    let mut categories = Vec::new();
    for (category, name) in names_above(read, head.category)? {
        if categories.last() != Some(&category) {
            categories.push(category);
        }
        texts.extend(name);
    }
    let price = lowest_price(read, id, currency, at)?.map(|minor| Money::new(minor, currency));
    let price_changes_at = next_price(read, id, at)?;
    Ok(Sought { head, categories, texts, price, price_changes_at })
}

/// A category and those above, the nearest first, once for each language that it has a name in.
fn names_above(read: &mut Read, category: Id<kinds::Category>) -> Result<Vec<(Id<kinds::Category>, Option<String>)>> {
    let sql = sql!(
        "select a.id, w.text
         from (
           with recursive above (id, parent, depth) as (
             select id, parent, cast(0 as bigint)
             from catalog_category
             where id = $1
             union all
             select c.id, c.parent, b.depth + 1
             from above b
             join catalog_category c on c.id = b.parent
           )
           select id, depth
           from above
         ) a
         left join catalog_word w on w.kind = 'category' and w.thing = a.id and w.field = 'name'
         order by a.depth, w.lang"
    );
    read.all(sql, args![category], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Of each variant on sale the price for the fewest that are sold; of these the lowest.
fn lowest_price(read: &mut Read, id: Id<kinds::Listing>, currency: Currency, at: Time) -> Result<Option<i64>> {
    let sql = sql!(
        "select min((
           select p.amount
           from catalog_price p
           where p.home = $1 and p.sku = k.id and p.list = 1 and p.currency = $3 and p.from_time <= $4
           order by p.from_qty, p.from_time desc, p.version desc
           limit 1
         ))
         from catalog_sku k
         where k.home = $1 and k.listing = $2 and k.state = 'on_sale'"
    );
    read.one(sql, args![id.home(), id, currency, at], |row| row.get(0))
}

fn next_price(read: &mut Read, id: Id<kinds::Listing>, at: Time) -> Result<Option<Time>> {
    let sql = sql!(
        "select min(p.from_time)
         from catalog_sku k
         join catalog_price p on p.home = $1 and p.sku = k.id and p.from_time > $3
         where k.home = $1 and k.listing = $2"
    );
    read.one(sql, args![id.home(), id, at], |row| row.get(0))
}

/// The next listings of a shop, oldest first, on sale or not.
///
/// # Errors
/// What the engine says.
pub fn listings_after(
    read: &mut Read,
    shop: Id<kinds::Shop>,
    after: Id<kinds::Listing>,
    limit: usize,
) -> Result<Vec<Id<kinds::Listing>>> {
    let sql = sql!(
        "select listing
         from catalog_shop_listing
         where home = $1 and shop = $2 and listing > $3
         order by listing
         limit $4"
    );
    read.all(sql, args![shop.home(), shop, after, limit], |row| row.get(0))
}
