//! A market for stories: opened in one line, its people act in the words of the trade, time moves by a call, and the
//! same story runs on both databases.
//!
//! ```
//! use testkit::{Market, cny, days};
//!
//! let market = Market::new();
//! let shop = market.shop("tea-house");
//! let longjing = shop.sells("longjing", cny(88_00)).stock(3);
//! let anna = market.buyer("anna");
//! let placed = anna.buys(&[(longjing.sku, 2)])?;
//! anna.pays(placed.trade)?;
//! shop.ships(placed.orders[0])?;
//! anna.confirms(placed.orders[0])?;
//! market.later(days(7))?;
//! market.check();
//! # Ok::<(), kernel::Error>(())
//! ```
//!
//! [`stories!`] makes a test of a story on each engine, [`fail_at_n`] tells it with every statement failing in turn.
//! What people ask comes back as a `Result`, so that a refusal can be held against its code; what a story stands on
//! ([`Market::shop`], [`Market::buyer`], [`Goods::stock`]) panics where it does not work.

mod database;
mod fail_at_n;
mod figures;
mod fingerprint;
mod goods;
mod keeping;
mod look;
mod market;
mod opening;
mod operator;
mod person;
mod sheet;
mod shop;
mod street;
mod time;
mod wire;

#[cfg(test)]
mod tests;

pub use crate::{
    database::{Engine, skip, skip_postgres},
    fail_at_n::{fail_at_n, fail_at_n_on},
    figures::Figures,
    goods::Goods,
    keeping::{address_of, trademark},
    market::Market,
    operator::set_up,
    person::{PASSWORD, Person, checkout, recipient},
    sheet::sheet,
    shop::Shop,
    street::{Ordered, Street, ordered, paid, shipped, street, well},
    time::{days, hours, minutes},
    wire::Cut,
};

pub use flows::checkout::{Checkout, Placed};

use kernel::{Currency, Money, Result};

/// So many fen.
pub fn cny(minor: i64) -> Money {
    Money::new(minor, Currency::CNY)
}

/// Tells a story on an engine and checks the books afterwards; says so where the engine is not at hand.
///
/// # Panics
/// Where the story does, where something in it is refused that it did not expect, and where the books do not hold.
pub fn tell(engine: Engine, story: fn(&Market) -> Result<()>) {
    let Some(market) = Market::on(engine) else {
        return skip_postgres();
    };
    if let Err(no) = story(&market) {
        panic!("the story ended with: {no}");
    }
    market.check();
}

/// A test of each story: in memory and on PostgreSQL; `everywhere:` also in a file; `at_once:` on the engines alone that
/// several threads or processes write to, a file and PostgreSQL. The stories themselves are plain functions beside it:
///
/// ```
/// testkit::stories![goods_that_are_bought_are_held];
///
/// fn goods_that_are_bought_are_held(market: &testkit::Market) -> kernel::Result<()> {
///     let tea = market.shop("tea-house").sells("longjing", testkit::cny(88_00)).stock(3);
///     market.buyer("anna").buys(&[(tea.sku, 2)])?;
///     assert_eq!(tea.available(), 1);
///     Ok(())
/// }
/// ```
#[macro_export]
macro_rules! stories {
    (@ $story:ident: $($test:ident on $engine:ident),+) => {
        mod $story {
            $(#[test]
            fn $test() {
                $crate::tell($crate::Engine::$engine, super::$story);
            })+
        }
    };
    (everywhere: $($story:ident),+ $(,)?) => {
        $($crate::stories!(@ $story: in_memory on Memory, in_a_file on Lite, on_a_server on Postgres);)+
    };
    (at_once: $($story:ident),+ $(,)?) => {
        $($crate::stories!(@ $story: in_a_file on Lite, on_a_server on Postgres);)+
    };
    ($($story:ident),+ $(,)?) => {
        $($crate::stories!(@ $story: sqlite on Memory, postgres on Postgres);)+
    };
}
