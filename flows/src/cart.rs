//! What is put into a cart and taken out of it. The price is the one in force, never one that was sent. [B1]

use crate::{access, register::cart_limits, register::unkeyed};
use ::cart::Put;
use identity::{Contact, Secret, Token};
use kernel::{Actor, Cx, Id, Result, Units, error::Common, kinds};
use store::{Act, Answer, Store};

/// So many of a SKU, in all, in the actor's own cart. Answers how many lines it has.
///
/// # Errors
/// `login_needed`, `unknown_sku`, `listing_not_listed`, `sku_delisted`, `price_missing`, `shop_frozen`, `too_many`,
/// `too_large`.
pub fn put(store: &Store, cx: &Cx, sku: Id<kinds::Sku>, units: Units) -> Answer<i64> {
    store.write(Act::new("cart.put", cx).over(&(sku, units)), move |tx| {
        let buyer = access::own(tx)?;
        let settings = market::settings(tx)?;
        let (now, locale) = (tx.now(), tx.cx().locale);
        let offer = catalog::offer(tx, sku, now, locale)?;
        let shop = merchant::require_open(tx, offer.shop)?;
        let seen_price = catalog::require_sellable(&offer, units, shop.currency)?;
        let put = Put { sku, listing: offer.listing, shop: offer.shop, units, seen_price };
        ::cart::put(tx, buyer, put, cart_limits(&settings))?;
        ::cart::size(tx, buyer)
    })
}

/// A line leaves the actor's cart.
///
/// # Errors
/// `login_needed`, `not_in_cart`.
pub fn remove(store: &Store, cx: &Cx, sku: Id<kinds::Sku>) -> Answer<()> {
    store.write(Act::new("cart.remove", cx).over(&sku), move |tx| {
        let buyer = access::own(tx)?;
        ::cart::remove(tx, buyer, sku)
    })
}

/// A line is kept for later and not bought with the others.
///
/// # Errors
/// `login_needed`, `not_in_cart`, `too_many`.
pub fn save_for_later(store: &Store, cx: &Cx, sku: Id<kinds::Sku>) -> Answer<()> {
    store.write(Act::new("cart.save", cx).over(&sku), move |tx| {
        let buyer = access::own(tx)?;
        let settings = market::settings(tx)?;
        ::cart::save_for_later(tx, buyer, sku, cart_limits(&settings))
    })
}

/// Whoever has not logged in gets a cart of his own as a guest: the session that opens it, shown once. It lasts as long
/// as a guest's link, because it becomes one when he buys.
///
/// # Errors
/// `not_found` for whoever is somebody already.
pub fn begin_as_guest(store: &Store, cx: &Cx) -> Result<Token<kinds::Session>> {
    if cx.actor != Actor::Anyone {
        return Err(Common::NotFound.into());
    }
    let secret = Secret::new(store.secret());
    let shown = secret.clone();
    let begun = store.write(Act::new("cart.begin", &unkeyed(cx)), move |tx| {
        let locale = tx.cx().locale;
        let guest = identity::guest(tx, &Contact::default(), locale)?;
        let days = market::settings(tx)?.guest_link_days;
        identity::open_session(tx, guest, &secret, days)
    });
    Ok(Token::new(begun.wait()?, shown))
}
