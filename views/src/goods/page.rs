//! Everything that the page of a listing shows.

use super::{
    parts::{self, Picture, Sku, Stated},
    shop::{ShopFront, front_of},
    tree::{Crumb, chain},
};
use catalog::{SkuState, State};
use kernel::{Id, Locale, Result, Time, error::Common, kinds};
use merchant::ShopState;
use serde::Serialize;
use store::Read;

/// A listing's page.
#[derive(Clone, PartialEq, Debug, Serialize, schemars::JsonSchema)]
pub struct GoodsPage {
    /// Which.
    pub listing: Id<kinds::Listing>,
    /// Where it stands.
    pub state: State,
    /// Counts its changes.
    pub version: i64,
    /// What it is called; empty while nothing is written.
    pub title: String,
    /// The maker's name of the model.
    pub model: Option<String>,
    /// More words.
    pub description: Option<String>,
    /// What its brand is called.
    pub brand: Option<String>,
    /// The way from the top of the tree to its category.
    pub categories: Vec<Crumb>,
    /// Its pictures, the first one first.
    pub pictures: Vec<Picture>,
    /// What its shop says of it.
    pub values: Vec<Stated>,
    /// Its variants, by code; those that are off sale only where the asker works there.
    pub skus: Vec<Sku>,
    /// Who sells it.
    pub shop: ShopFront,
    /// Why it cannot be bought; none: it can.
    pub why_not: Option<WhyNot>,
}

store::codes! {
    /// Why goods cannot be bought.
    pub enum WhyNot {
        /// They are not on sale.
        NotListed = "listing_not_listed",
        /// The market has stopped the shop.
        ShopFrozen = "shop_frozen",
        /// The shop does not sell any more.
        ShopNotOpen = "shop_not_open",
        /// No variant is on sale.
        NothingOnSale = "sku_delisted",
        /// No variant on sale has a price.
        NoPrice = "price_missing",
        /// None is left of any variant.
        SoldOut = "out_of_stock",
    }
}

/// The page of a listing. Buyers see what the market has let through, on sale or taken off; what its shop still writes
/// and what waits for review is seen by whoever works `inside`.
///
/// # Errors
/// `not_found`.
pub fn page(read: &mut Read, listing: Id<kinds::Listing>, inside: bool, now: Time, lang: Locale) -> Result<GoodsPage> {
    let head = match catalog::head(read, listing) {
        Err(no) if no.code() == "unknown_listing" => return Err(Common::NotFound.into()),
        head => head?,
    };
    if !inside && !matches!(head.state, State::Listed | State::Delisted) {
        return Err(Common::NotFound.into());
    }
    let shop = front_of(read, head.shop)?;
    let mut texts = parts::texts(read, listing, lang)?;
    let pictures = parts::pictures(read, listing, &mut texts)?;
    let mut values = parts::values(read, listing, lang)?;
    let mut prices = parts::prices(read, listing, shop.currency, now)?;
    let mut skus = parts::skus(read, listing, head.shop, lang)?;
    skus.retain(|sku| inside || sku.state == SkuState::OnSale);
    for sku in &mut skus {
        sku.values = values.remove(&sku.id.raw()).unwrap_or_default();
        sku.prices = prices.remove(&sku.id).unwrap_or_default();
    }
    let brand = head.brand.map(|brand| catalog::brand_name(read, brand)).transpose()?;
    let categories = chain(read, head.category, lang)?;
    Ok(GoodsPage {
        listing,
        state: head.state,
        version: head.version,
        title: texts.remove("title").unwrap_or_default(),
        model: texts.remove("model"),
        description: texts.remove("description"),
        brand,
        categories,
        pictures,
        values: values.remove(&listing.raw()).unwrap_or_default(),
        why_not: why_not(head.state, shop.state, &skus),
        skus,
        shop,
    })
}

fn why_not(state: State, shop: ShopState, skus: &[Sku]) -> Option<WhyNot> {
    let on_sale = || skus.iter().filter(|sku| sku.state == SkuState::OnSale);
    match shop {
        _ if state != State::Listed => Some(WhyNot::NotListed),
        ShopState::Frozen => Some(WhyNot::ShopFrozen),
        ShopState::Open if on_sale().next().is_none() => Some(WhyNot::NothingOnSale),
        ShopState::Open if on_sale().all(|sku| sku.prices.is_empty()) => Some(WhyNot::NoPrice),
        ShopState::Open if !on_sale().any(Sku::is_sold) => Some(WhyNot::SoldOut),
        ShopState::Open => None,
        _ => Some(WhyNot::ShopNotOpen),
    }
}
