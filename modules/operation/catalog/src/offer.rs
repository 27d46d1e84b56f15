//! What pricing and checkout need to know of a SKU, in one indexed statement.

use crate::{Refusal, SkuState, State, Tracking};
use kernel::{BasisPoints, Currency, Id, Locale, Money, Result, Time, Units, kinds};
use serde::Serialize;
use store::{Read, Row, args, sql};

/// A price from a quantity on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Tier {
    /// From how many of the smallest quantity on one line.
    pub from_qty: i64,
    /// For the SKU's `price_per` of the smallest quantity.
    pub price: Money,
}

/// A SKU as it is offered at an instant.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Offer {
    /// Which SKU.
    pub sku: Id<kinds::Sku>,
    /// The shop's own name of it.
    pub code: String,
    /// Of which listing.
    pub listing: Id<kinds::Listing>,
    /// Who sells it.
    pub shop: Id<kinds::Shop>,
    /// The product it is, where the market knows it.
    pub spu: Option<Id<kinds::Spu>>,
    /// Its brand.
    pub brand: Option<Id<kinds::Brand>>,
    /// Where it belongs.
    pub category: Id<kinds::Category>,
    /// What the market takes of it; none means the market's default.
    pub commission: Option<BasisPoints>,
    /// What it is called, in the language asked for or else in another; empty while nothing is written.
    pub title: String,
    /// What tells it apart from its siblings, as people read it.
    pub option: Option<String>,
    /// What is counted, as people say it.
    pub unit: String,
    /// How many of the smallest quantity make one such unit.
    pub unit_scale: i64,
    /// Prices are for so many of the smallest quantity.
    pub price_per: i64,
    /// Whether stock is counted.
    pub tracking: Tracking,
    /// Whether the variant is on sale.
    pub sku_state: SkuState,
    /// Where the listing stands.
    pub state: State,
    /// The prices in force, by currency and quantity.
    pub prices: Vec<Tier>,
}

impl Offer {
    /// The price in force for a quantity: that of the largest break which the quantity reaches.
    ///
    /// # Errors
    /// `price_missing`.
    pub fn price(&self, units: Units, currency: Currency) -> Result<Money> {
        let reached = self.prices.iter().filter(|tier| tier.price.currency == currency && tier.from_qty <= units.get());
        let best = reached.max_by_key(|tier| tier.from_qty);
        Ok(best.ok_or(Refusal::PriceMissing { sku: self.sku })?.price)
    }

    /// Whether it can be bought, at a listed price or an agreed one.
    pub fn is_listed(&self) -> bool {
        self.sku_state == SkuState::OnSale && self.state == State::Listed
    }
}

/// Refuses what is not on sale. Enough for a quotation, which has prices of its own.
///
/// # Errors
/// `listing_not_listed`, `sku_delisted`.
pub fn require_listed(offer: &Offer) -> Result<()> {
    if offer.state != State::Listed {
        return Err(Refusal::ListingNotListed { listing: offer.listing }.into());
    }
    if offer.sku_state != SkuState::OnSale {
        return Err(Refusal::SkuDelisted { sku: offer.sku }.into());
    }
    Ok(())
}

/// Refuses what cannot be bought at a listed price; answers the price.
///
/// # Errors
/// `listing_not_listed`, `sku_delisted`, `price_missing`.
pub fn require_sellable(offer: &Offer, units: Units, currency: Currency) -> Result<Money> {
    require_listed(offer)?;
    offer.price(units, currency)
}

/// A SKU as it is offered at an instant, on sale or not.
///
/// # Errors
/// `unknown_sku`.
pub fn offer(read: &mut Read, sku: Id<kinds::Sku>, at: Time, lang: Locale) -> Result<Offer> {
    // One row per price in force; of two set for one instant the later version counts.
    let sql = sql!(
        "select k.id, k.code, k.state, k.unit, k.unit_scale, k.price_per, k.tracking,
           l.id, l.shop, l.spu, l.brand, l.category, l.state, c.commission_folded_bp,
           (select t.text
            from catalog_text t
            where t.home = $1 and t.thing = l.id and t.field = 'title'
            order by case t.lang when $4 then 0 else 1 end, t.lang
            limit 1),
           (select o.text
            from catalog_text o
            where o.home = $1 and o.thing = k.id and o.field = 'option'
            order by case o.lang when $4 then 0 else 1 end, o.lang
            limit 1),
           p.from_qty, p.amount, p.currency
         from catalog_sku k
         join catalog_listing l on l.home = k.home and l.id = k.listing
         join catalog_category c on c.id = l.category
         left join catalog_price p on p.home = k.home and p.sku = k.id and p.list = 1 and p.from_time <= $3
           and not exists (
             select 1
             from catalog_price q
             where q.home = p.home and q.sku = p.sku and q.list = p.list and q.currency = p.currency
               and q.from_qty = p.from_qty and q.from_time <= $3
               and (q.from_time > p.from_time or (q.from_time = p.from_time and q.version > p.version))
           )
         where k.home = $1 and k.id = $2
         order by p.currency, p.from_qty"
    );
    let mut found: Option<Offer> = None;
    read.each(sql, args![sku.home(), sku, at, lang], |row| {
        let offer = match &mut found {
            Some(offer) => offer,
            None => found.insert(offer_row(row)?),
        };
        if let Some(from_qty) = row.get(16)? {
            offer.prices.push(Tier { from_qty, price: Money::new(row.get(17)?, row.get(18)?) });
        }
        Ok(())
    })?;
    found.ok_or_else(|| Refusal::UnknownSku.into())
}

fn offer_row(row: &Row) -> Result<Offer> {
    Ok(Offer {
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
    })
}

/// Several SKUs, in the order asked for.
///
/// # Errors
/// `unknown_sku` said of the place in the list.
pub fn offers(read: &mut Read, skus: &[Id<kinds::Sku>], at: Time, lang: Locale) -> Result<Vec<Offer>> {
    let one =
        |(n, sku): (usize, &Id<kinds::Sku>)| offer(read, *sku, at, lang).map_err(|no| no.at(format!("skus[{n}]")));
    skus.iter().enumerate().map(one).collect()
}
