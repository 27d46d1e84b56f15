//! What most stories stand on: a street with one shop that sells tea, and somebody who buys there.

use crate::{Goods, Market, Person, Placed, Shop, cny, market::must};
use kernel::{Id, Result, kinds};

/// A shop with twenty tins of tea at 88.00, and a buyer.
pub struct Street {
    /// The shop.
    pub shop: Shop,
    /// What it sells.
    pub tea: Goods,
    /// Who buys.
    pub anna: Person,
}

/// The same, and three of the tins ordered.
pub struct Ordered {
    /// The shop.
    pub shop: Shop,
    /// What it sells.
    pub tea: Goods,
    /// Who has bought.
    pub anna: Person,
    /// What she has bought.
    pub placed: Placed,
}

impl Ordered {
    /// The one order.
    pub fn order(&self) -> Id<kinds::Order> {
        self.placed.orders[0]
    }
}

/// The street as it is before anything happens.
///
/// # Panics
/// Where it cannot be built.
#[track_caller]
pub fn street(market: &Market) -> Street {
    let shop = market.shop("tea-house");
    let tea = shop.sells("longjing", cny(88_00)).stock(20);
    Street { anna: market.buyer("anna"), shop, tea }
}

/// Three tins are ordered.
///
/// # Panics
/// Where they cannot be.
#[track_caller]
pub fn ordered(market: &Market) -> Ordered {
    let Street { shop, tea, anna } = street(market);
    let placed = well(anna.buys(&[(tea.sku, 3)]));
    Ordered { shop, tea, anna, placed }
}

/// The three tins are paid for.
///
/// # Panics
/// Where they cannot be.
#[track_caller]
pub fn paid(market: &Market) -> Ordered {
    let street = ordered(market);
    well(street.anna.pays(street.placed.trade));
    well(market.works());
    street
}

/// The three tins are on their way.
///
/// # Panics
/// Where they cannot be sent.
#[track_caller]
pub fn shipped(market: &Market) -> Ordered {
    let street = paid(market);
    well(street.shop.ships(street.order()));
    well(market.works());
    street
}

/// What a story stands on is told unharmed, so it works.
///
/// # Panics
/// Where it does not.
#[track_caller]
pub fn well<T>(result: Result<T>) -> T {
    must("what a story stands on works, but", result)
}
