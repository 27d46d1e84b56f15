//! Goods come into the catalogue: written by a shop, reviewed by the operator, listed; or imported by the operator's
//! hand and listed at once. [G1]

use crate::access;
use catalog::{Hand, Known, NewGoods, NewListing, NewSku, Put, Reason, Verdict};
use identity::Permission;
use kernel::{Cx, Id, Money, Result, Units, kinds};
use store::{Act, Answer, Store};

/// A shop drafts a listing.
///
/// # Errors
/// `permission_missing`, and what the catalog room says of attributes and texts.
pub fn draft(store: &Store, cx: &Cx, new: NewListing) -> Answer<Id<kinds::Listing>> {
    store.write(Act::new("goods.draft", cx).over(&new), move |tx| {
        access::shop(tx, new.shop, Permission::ShopGoods)?;
        catalog::make_listing(tx, &new)
    })
}

/// A shop adds a variant.
///
/// # Errors
/// `permission_missing`, `not_found`.
pub fn add_sku(store: &Store, cx: &Cx, listing: Id<kinds::Listing>, new: NewSku) -> Answer<Id<kinds::Sku>> {
    store.write(Act::new("goods.add_sku", cx).over(&(listing, &new)), move |tx| {
        let head = catalog::head(tx, listing)?;
        access::shop(tx, head.shop, Permission::ShopGoods)?;
        catalog::add_sku(tx, listing, Hand::Shop, &new)
    })
}

/// A shop sets a price from a quantity on, from now on.
///
/// # Errors
/// `permission_missing`, `out_of_range`, `currency_mismatch`, `unknown_sku`.
pub fn set_price(store: &Store, cx: &Cx, sku: Id<kinds::Sku>, price: Money, from: Units) -> Answer<()> {
    store.write(Act::new("goods.price", cx).over(&(sku, price, from)), move |tx| {
        let shop = catalog::shop_of(tx, sku)?.ok_or(catalog::Refusal::UnknownSku)?;
        access::shop(tx, shop, Permission::ShopGoods)?;
        in_its_currency(&merchant::shop(tx, shop)?, price)?;
        let now = tx.now();
        catalog::set_price(tx, sku, price, from.get(), now)
    })
}

/// A shop hands a draft in for review.
///
/// # Errors
/// `permission_missing`, what is missing, `wrong_state`.
pub fn submit(store: &Store, cx: &Cx, listing: Id<kinds::Listing>) -> Answer<()> {
    store.write(Act::new("goods.submit", cx).over(&listing), move |tx| {
        let head = catalog::head(tx, listing)?;
        access::shop(tx, head.shop, Permission::ShopGoods)?;
        merchant::require_open(tx, head.shop)?;
        catalog::submit(tx, listing)
    })
}

/// The operator reviews it.
///
/// # Errors
/// `permission_missing`, `listing_changed`, `wrong_state`.
pub fn review(store: &Store, cx: &Cx, listing: Id<kinds::Listing>, verdict: Verdict) -> Answer<()> {
    store.write(Act::new("goods.review", cx).over(&(listing, &verdict)), move |tx| {
        access::operator(tx, Permission::MarketReviewGoods)?;
        catalog::review(tx, listing, &verdict)
    })
}

/// A shop puts reviewed goods on sale again.
///
/// # Errors
/// `permission_missing`, `listing_barred`, `wrong_state`, `shop_frozen`.
pub fn list(store: &Store, cx: &Cx, listing: Id<kinds::Listing>) -> Answer<()> {
    store.write(Act::new("goods.list", cx).over(&listing), move |tx| {
        let head = catalog::head(tx, listing)?;
        access::shop(tx, head.shop, Permission::ShopGoods)?;
        merchant::require_open(tx, head.shop)?;
        catalog::list(tx, listing, Hand::Shop)
    })
}

/// A shop takes goods off sale.
///
/// # Errors
/// `permission_missing`, `wrong_state`.
pub fn delist(store: &Store, cx: &Cx, listing: Id<kinds::Listing>) -> Answer<()> {
    store.write(Act::new("goods.delist", cx).over(&listing), move |tx| {
        let head = catalog::head(tx, listing)?;
        access::shop(tx, head.shop, Permission::ShopGoods)?;
        catalog::delist(tx, listing, Hand::Shop, &Reason::default())
    })
}

/// Goods from a file, several in one act: made, changed or found the same. Listed at once by the operator's hand;
/// from a shop's own they go to review.
///
/// # Errors
/// `permission_missing`, and of the first record that the catalog room refuses its refusal, with its place.
pub fn import(store: &Store, cx: &Cx, shop: Id<kinds::Shop>, goods: Vec<NewGoods>, known: Known) -> Answer<Vec<Put>> {
    store.write(Act::new("goods.import", cx).over(&(shop, &goods)), move |tx| {
        let actor = tx.actor().clone();
        let by_hand = identity::has(tx, &actor, Permission::MarketImport, identity::Scope::Market)?;
        if !by_hand {
            access::shop(tx, shop, Permission::ShopGoods)?;
        }
        let seller = merchant::require_open(tx, shop)?;
        let hand = if by_hand { Hand::Market } else { Hand::Shop };
        let put = |(at, goods): (usize, &NewGoods)| {
            let in_its_currency = goods.price.map_or(Ok(()), |price| in_its_currency(&seller, price));
            let put = in_its_currency.and_then(|()| catalog::put_goods(tx, &known, shop, goods, hand));
            put.map_err(|no| no.at(format!("goods[{at}]")))
        };
        goods.iter().enumerate().map(put).collect()
    })
}

/// What a shop sells costs what the shop trades in: it is paid, settled and paid out in one currency.
fn in_its_currency(shop: &merchant::Shop, price: Money) -> Result<()> {
    Money::zero(shop.currency).same_currency(price)
}
