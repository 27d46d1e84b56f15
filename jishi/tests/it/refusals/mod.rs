//! What is refused, and that nothing has changed afterwards: by whom it is tried ([`access`]), over which wire it comes
//! ([`callbacks`]), what a request holds ([`input`], [`texts`]), how things stand ([`states`], [`shops_and_people`]),
//! under which key it comes ([`keys`]), at the same time as what ([`race`]), out of which file ([`files`]), and while
//! the database itself says no ([`database`]).

mod access;
mod callbacks;
mod database;
mod files;
mod input;
mod keys;
mod race;
mod shops_and_people;
mod states;
mod texts;

use kernel::{Id, Result, kinds};
use std::path::PathBuf;
use testkit::{Goods, Market, Person, Placed, Shop, cny};

/// A shop with tins of tea, and a buyer.
struct Street {
    shop: Shop,
    tea: Goods,
    anna: Person,
}

fn street(market: &Market) -> Street {
    let shop = market.shop("tea-house");
    let tea = shop.sells("longjing", cny(88_00)).stock(20);
    Street { anna: market.buyer("anna"), shop, tea }
}

/// The same, and three of the tins ordered.
struct Ordered {
    shop: Shop,
    tea: Goods,
    anna: Person,
    placed: Placed,
}

impl Ordered {
    fn order(&self) -> Id<kinds::Order> {
        self.placed.orders[0]
    }
}

fn ordered(market: &Market) -> Ordered {
    let Street { shop, tea, anna } = street(market);
    let placed = well(anna.buys(&[(tea.sku, 3)]));
    Ordered { shop, tea, anna, placed }
}

/// The three tins paid for.
fn paid(market: &Market) -> Ordered {
    let street = ordered(market);
    well(street.anna.pays(street.placed.trade));
    well(market.works());
    street
}

/// The three tins on their way.
fn shipped(market: &Market) -> Ordered {
    let street = paid(market);
    well(street.shop.ships(street.order()));
    well(market.works());
    street
}

/// What a story stands on works.
#[track_caller]
fn well<T>(result: Result<T>) -> T {
    match result {
        Ok(done) => done,
        Err(no) => panic!("what a story stands on works, but: {no}"),
    }
}

/// A row of the audit log.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Audited {
    act: String,
    actor: String,
    actor_id: i64,
    outcome: String,
    code: String,
}

/// The audit log, the oldest row first.
fn audit(market: &Market) -> Vec<Audited> {
    let rows = market.asks(|read| {
        let mut rows = Vec::new();
        read.ask("select act, actor, actor_id, outcome, code from store_audit order by id", |row| {
            let (act, actor, actor_id) = (row.get(0)?, row.get(1)?, row.get(2)?);
            rows.push(Audited { act, actor, actor_id, outcome: row.get(3)?, code: row.get(4)? });
            Ok(())
        })?;
        Ok(rows)
    });
    well(rows)
}

/// The sources of the flows, each with its path.
fn sources_of_flows() -> Vec<(PathBuf, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../flows/src");
    let mut sources = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the tree can be read") {
            let path = entry.expect("the tree can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(&path).expect("sources are text");
                sources.push((path, text));
            }
        }
    }
    sources
}
