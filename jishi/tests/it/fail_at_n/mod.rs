//! A story of every act, told with each of its statements failing, panicking, and each commit's answer lost. The first
//! word of each is the act's own name; that the story does it is looked up in the audit log.

mod buying;
mod goods;
mod money;
mod people;
mod refunds;
mod selling;
mod shops;
mod worker;

use kernel::{Id, Result, kinds};
use testkit::{Goods, Market, Person, Placed, Shop, cny, days};

/// What most stories stand on: a shop with three tins of tea, and a buyer.
struct Street {
    shop: Shop,
    tea: Goods,
    anna: Person,
}

/// The same, and two of the tins ordered.
struct Ordered {
    shop: Shop,
    anna: Person,
    placed: Placed,
}

impl Ordered {
    fn order(&self) -> Id<kinds::Order> {
        self.placed.orders[0]
    }
}

fn street(market: &Market) -> Street {
    let shop = market.shop("tea-house");
    let tea = shop.sells("longjing", cny(88_00)).stock(3);
    Street { anna: market.buyer("anna"), shop, tea }
}

/// What a story stands on is told unharmed, so it works.
fn well<T>(result: Result<T>) -> T {
    result.expect("what a story stands on works")
}

fn ordered(market: &Market) -> Ordered {
    let Street { shop, tea, anna } = street(market);
    let placed = well(anna.buys(&[(tea.sku, 2)]));
    Ordered { shop, anna, placed }
}

fn paid(market: &Market) -> Ordered {
    let street = ordered(market);
    well(street.anna.pays(street.placed.trade));
    well(market.works());
    street
}

fn shipped(market: &Market) -> Ordered {
    let street = paid(market);
    well(street.shop.ships(street.order()));
    well(market.works());
    street
}

fn settled(market: &Market) -> Ordered {
    let street = shipped(market);
    street.shop.has_bank_account();
    well(street.anna.confirms(street.order()));
    well(market.later(days(8)));
    street
}
