//! The cart as its buyer sees it: each line at the price in force now, what is in the way of buying it, and what all
//! that can be bought comes to, reckoned by the same function by which checkout reckons it.

mod offers;

use crate::cards::ShopLabel;
use catalog::Tracking;
use kernel::{Currency, Cx, Error, Id, Money, Result, Time, Units, kinds};
use market::Settings;
use merchant::ShopState;
use offers::Offered;
use pricing::{Basis, Charge, Limits, NearMiss, Price, Priced, Totals};
use serde::Serialize;
use std::collections::BTreeMap;
use store::Read;

/// A cart, or what is about to be bought.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct CartPage {
    /// The one currency of what is bought in one go.
    pub currency: Currency,
    /// What is to be bought, by shop; the shops in the order in which their first line was put.
    pub shops: Vec<CartShop>,
    /// What is kept for later.
    pub saved: Vec<CartLine>,
    /// What all lines come to that can be bought; none where there is no such line, or they cannot be bought in one go.
    pub totals: Option<Totals>,
    /// What a little more would bring.
    pub near_misses: Vec<NearMiss>,
    /// Why what can be bought line by line cannot be bought in one go: the code of the refusal that checkout would say.
    pub refused: Option<&'static str>,
}

/// A shop's part of a cart.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct CartShop {
    /// The shop.
    pub shop: ShopLabel,
    /// Its lines, in the order they were put.
    pub lines: Vec<CartLine>,
    /// What the shop charges beside its goods, with how that came about.
    pub charges: Vec<Charge>,
    /// What its lines come to that can be bought; none where none can.
    pub totals: Option<Totals>,
}

/// A line of a cart.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct CartLine {
    /// What is wanted.
    pub sku: Id<kinds::Sku>,
    /// Of which listing.
    pub listing: Id<kinds::Listing>,
    /// Of which shop.
    pub shop: ShopLabel,
    /// What it is called; empty while nothing is written.
    pub title: String,
    /// What tells the variant apart; none where nothing is written.
    pub option: Option<String>,
    /// Where the listing's first picture lies; none where it has none.
    pub picture: Option<String>,
    /// How many of the smallest quantity.
    pub units: Units,
    /// What is counted, as people say it.
    pub unit: String,
    /// How many of the smallest quantity make one such unit.
    pub unit_scale: i64,
    /// The price is for so many of the smallest quantity.
    pub price_per: i64,
    /// The price in force for so many; none where there is none in the cart's currency.
    pub unit_price: Option<Money>,
    /// The price when the line was put; none for what never was in a cart.
    pub seen_price: Option<Money>,
    /// How many can be promised now; none where no stock is kept.
    pub free: Option<i64>,
    /// What is in the way of buying it; empty where nothing is.
    pub troubles: Vec<Trouble>,
    /// What the line comes to, with its price ledger; none while something is in the way, and for what is kept for
    /// later.
    pub price: Option<Price>,
}

/// What is in the way of buying a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum Trouble {
    /// The shop was stopped by the market.
    ShopFrozen,
    /// The shop does not sell, or not any more.
    ShopNotOpen {
        /// Where it stands.
        state: ShopState,
    },
    /// The goods, or this variant of them, are not on sale any more.
    Delisted,
    /// There is no price for so many in this currency.
    PriceMissing,
    /// None is left.
    SoldOut,
    /// Fewer are left than are wanted.
    FewerLeft {
        /// How many.
        left: i64,
    },
    /// More are wanted than one line may have.
    TooMany {
        /// The most.
        most: i64,
    },
}

/// A line that is wanted, before anything is known of it.
struct Wanted {
    sku: Id<kinds::Sku>,
    units: Units,
    seen_price: Option<Money>,
    saved: bool,
}

/// A buyer's cart, in the market's currency or the one named; five statements, however many lines. `cx` is whoever
/// asks: his language, his door.
///
/// # Errors
/// What the engine says.
pub fn cart(
    read: &mut Read,
    cx: &Cx,
    buyer: Id<kinds::Party>,
    currency: Option<Currency>,
    now: Time,
) -> Result<CartPage> {
    let wanted = |line: cart::Line| Wanted {
        sku: line.sku,
        units: line.units,
        seen_price: Some(line.seen_price),
        saved: line.saved,
    };
    let wanted = cart::lines(read, buyer)?.into_iter().map(wanted).collect();
    page(read, cx, wanted, currency, now)
}

/// What these SKUs would come to, whether they are in a cart or not: the page before the order is placed. A SKU that
/// there is not is left out.
///
/// # Errors
/// What the engine says.
pub fn preview(
    read: &mut Read,
    cx: &Cx,
    lines: &[(Id<kinds::Sku>, Units)],
    currency: Option<Currency>,
    now: Time,
) -> Result<CartPage> {
    let wanted = |(sku, units): &(_, _)| Wanted { sku: *sku, units: *units, seen_price: None, saved: false };
    page(read, cx, lines.iter().map(wanted).collect(), currency, now)
}

fn page(read: &mut Read, cx: &Cx, wanted: Vec<Wanted>, currency: Option<Currency>, now: Time) -> Result<CartPage> {
    let settings = market::settings(read)?;
    let currency = currency.unwrap_or(settings.currency);
    let skus: Vec<_> = wanted.iter().map(|line| line.sku).collect();
    let offered = offers::offered(read, &skus, now, cx.locale)?;
    let mut taken: BTreeMap<Id<kinds::Sku>, i64> = BTreeMap::new();
    let (mut lines, mut saved, mut goods) = (Vec::new(), Vec::new(), Vec::new());
    for wish in &wanted {
        let Some(found) = offered.get(&wish.sku) else { continue };
        let before = if wish.saved { 0 } else { *taken.get(&wish.sku).unwrap_or(&0) };
        let line = line(wish, found, before, currency, &settings);
        if wish.saved {
            saved.push(line);
            continue;
        }
        taken.insert(wish.sku, before + wish.units.get());
        if let (true, Some(price)) = (line.troubles.is_empty(), line.unit_price) {
            goods.push((lines.len(), for_sale(wish, found, price)));
        }
        lines.push(line);
    }
    let (places, goods): (Vec<usize>, Vec<pricing::Goods>) = goods.into_iter().unzip();
    let priced = if goods.is_empty() { Ok(None) } else { reckon(read, cx, &goods, currency, &settings).map(Some) };
    let (priced, refused) = match priced {
        Ok(priced) => (priced, None),
        Err(Error::Refused(no)) => (None, Some(no.code)),
        Err(broken) => return Err(broken),
    };
    for line in priced.iter().flat_map(|priced| &priced.lines) {
        lines[places[line.position as usize]].price = Some(line.price.clone());
    }
    Ok(put_together(currency, lines, saved, priced, refused))
}

/// What checkout would say these goods come to.
fn reckon(
    read: &mut Read,
    cx: &Cx,
    goods: &[pricing::Goods],
    currency: Currency,
    settings: &Settings,
) -> Result<Priced> {
    let limits =
        Limits { lines: settings.cart_lines_max, line_units: settings.line_units_max, total_minor: settings.total_max };
    let sale = pricing::Sale {
        currency,
        storefront: cx.storefront,
        channel: cx.channel,
        basis: Basis::Regular,
        limits,
        commission: settings.commission_bp,
    };
    let shops: Vec<_> = goods.iter().map(|goods| goods.shop).collect();
    let freight = offers::freight(read, &shops)?;
    pricing::sell(goods, &sale, |shop| Ok(freight.get(&shop).copied()))
}

fn for_sale(wish: &Wanted, found: &Offered, unit_price: Money) -> pricing::Goods {
    let offer = &found.offer;
    pricing::Goods {
        shop: offer.shop,
        sku: offer.sku,
        quantity: wish.units,
        unit_price,
        price_per: offer.price_per,
        commission: offer.commission,
    }
}

/// A line before it is priced. `before` is how many earlier lines want of the same SKU.
fn line(wish: &Wanted, found: &Offered, before: i64, currency: Currency, settings: &Settings) -> CartLine {
    let offer = &found.offer;
    let unit_price = offer.price(wish.units, currency).ok();
    let free = (offer.tracking == Tracking::Tracked).then_some(found.free);
    let mut troubles = Vec::new();
    match found.shop_state {
        ShopState::Open => {}
        ShopState::Frozen => troubles.push(Trouble::ShopFrozen),
        state => troubles.push(Trouble::ShopNotOpen { state }),
    }
    if !offer.is_listed() {
        troubles.push(Trouble::Delisted);
    }
    if unit_price.is_none() {
        troubles.push(Trouble::PriceMissing);
    }
    if wish.units.get() > settings.line_units_max {
        troubles.push(Trouble::TooMany { most: settings.line_units_max });
    }
    match free.map(|free| free - before) {
        Some(left) if left <= 0 => troubles.push(Trouble::SoldOut),
        Some(left) if left < wish.units.get() => troubles.push(Trouble::FewerLeft { left }),
        _ => {}
    }
    CartLine {
        sku: offer.sku,
        listing: offer.listing,
        shop: found.shop.clone(),
        title: offer.title.clone(),
        option: offer.option.clone(),
        picture: found.picture.clone(),
        units: wish.units,
        unit: offer.unit.clone(),
        unit_scale: offer.unit_scale,
        price_per: offer.price_per,
        unit_price,
        seen_price: wish.seen_price,
        free,
        troubles,
        price: None,
    }
}

fn put_together(
    currency: Currency,
    lines: Vec<CartLine>,
    saved: Vec<CartLine>,
    priced: Option<Priced>,
    refused: Option<&'static str>,
) -> CartPage {
    let mut shops: Vec<CartShop> = Vec::new();
    for line in lines {
        match shops.iter_mut().find(|shop| shop.shop.id == line.shop.id) {
            Some(shop) => shop.lines.push(line),
            None => {
                let shop = line.shop.clone();
                shops.push(CartShop { shop, lines: vec![line], charges: Vec::new(), totals: None });
            }
        }
    }
    let mut page = CartPage { currency, shops, saved, totals: None, near_misses: Vec::new(), refused };
    if let Some(priced) = priced {
        for part in priced.shops {
            if let Some(shop) = page.shops.iter_mut().find(|shop| shop.shop.id == part.shop) {
                (shop.charges, shop.totals) = (part.charges, Some(part.totals));
            }
        }
        (page.totals, page.near_misses) = (Some(priced.totals), priced.near_misses);
    }
    page
}
