//! The index of goods follows what the catalogue and the shops say. Each listing is read as it is now, so an event that
//! comes twice, late or out of order does no harm.
//!
//! A shop that stops or begins to sell may have twenty thousand goods, too many for one act. So its goods are indexed
//! anew a hundred at a time, by a timer that sets itself again; what shows goods asks for the shop's state too, and
//! leaves out at once what the sweep has not come to.

use crate::timers;
use catalog::State;
use kernel::{Id, Result, kinds};
use merchant::ShopState;
use store::Tx;

/// How many listings of a shop share an act.
const SWEEP: usize = 100;

/// Lets a listing be found by what it says now, or not at all where it cannot be bought.
pub(crate) fn index(tx: &mut Tx, listing: Id<kinds::Listing>) -> Result<()> {
    // Held before it is read, so that of two acts at once the second sees all that the first saw.
    let held = search::hold(tx, listing)?;
    let head = catalog::head(tx, listing)?;
    let shop = merchant::shop(tx, head.shop)?;
    if head.state != State::Listed || shop.state != ShopState::Open {
        return search::remove(tx, &held);
    }
    let now = tx.now();
    let sought = catalog::sought(tx, listing, shop.currency, now)?;
    if let Some(at) = sought.price_changes_at {
        tx.set_timer(timers::INDEX, listing.raw(), listing.home(), at)?;
    }
    let (categories, price, texts) = (sought.categories, sought.price, sought.texts);
    search::index(tx, &held, &search::Entry { shop: shop.id, categories, price, texts })
}

/// A shop has stopped or begun to sell.
pub(crate) fn begin_sweep(tx: &mut Tx, shop: Id<kinds::Shop>) -> Result<()> {
    let now = tx.now();
    // The timer first: a sweep that rings takes them in this order too.
    tx.set_timer(timers::SWEEP, shop.raw(), shop.home(), now)?;
    search::begin_sweep(tx, shop)
}

/// The next of its goods.
pub(crate) fn sweep(tx: &mut Tx, shop: Id<kinds::Shop>) -> Result<()> {
    let Some(from) = search::hold_sweep(tx, shop)? else {
        return Ok(());
    };
    let listings = catalog::listings_after(tx, shop, from, SWEEP)?;
    for listing in &listings {
        index(tx, *listing)?;
    }
    match listings.last().filter(|_| listings.len() == SWEEP) {
        None => search::end_sweep(tx, shop),
        Some(last) => {
            let now = tx.now();
            tx.set_timer(timers::SWEEP, shop.raw(), shop.home(), now)?;
            search::sweep_on(tx, shop, *last)
        }
    }
}
