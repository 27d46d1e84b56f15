//! Every act of every flow, tried by everybody. The table says who may; the list of acts is read from the sources, so
//! an act that nobody put into the table fails the test.

mod own;
mod people;
pub(crate) mod stage;
mod table;

use super::{Audited, audit, sources_of_flows};
use identity::Permission;
use kernel::{Error, Result};
use people::{WHO, everybody};
use stage::Stage;
use std::collections::BTreeSet;
use table::Row;
use testkit::{Engine, Market, Person};

/// Tries the acts of each group on each engine.
macro_rules! tried_by_everybody {
    ($($group:ident),+ $(,)?) => {
        $(mod $group {
            #[test]
            fn sqlite() {
                super::tries(testkit::Engine::Memory, super::table::$group());
            }

            #[test]
            fn postgres() {
                super::tries(testkit::Engine::Postgres, super::table::$group());
            }
        })+

        fn whole_table() -> Vec<Row> {
            [$(table::$group()),+].into_iter().flatten().collect()
        }
    };
}

tried_by_everybody![people_acts, buying, selling, refunds, quotations, shops, goods, stocks, money, market_acts];

fn tries(engine: Engine, rows: Vec<Row>) {
    for row in rows {
        let Some(market) = Market::on(engine) else {
            return testkit::skip_postgres();
        };
        assert_eq!(row.said.split(' ').count(), WHO.len(), "{}: one answer for each of {WHO:?}", row.act);
        nobody_else_may(&market, &row);
        // Who may is told by the same rules on both engines, so on the slower one a single one tries.
        let most = if engine == Engine::Postgres { 1 } else { WHO.len() };
        for (at, _) in answers(&row).filter(|(_, answer)| *answer == ".").take(most) {
            let market = Market::on(engine).expect("the engine was at hand a moment ago");
            this_one_may(&market, &row, at);
        }
    }
}

fn answers(row: &Row) -> impl Iterator<Item = (usize, &'static str)> + use<> {
    row.said.split(' ').enumerate()
}

/// All who may not, one after the other in one market: nothing changes, and what is forbidden is written down once.
fn nobody_else_may(market: &Market, row: &Row) {
    let (stage, thing) = Stage::set(market, row.given);
    let everybody = everybody(&stage, row.needs);
    let before = market.fingerprint();
    for (at, answer) in answers(row).filter(|(_, answer)| *answer != ".") {
        let here = format!("{} by {} ({})", row.act, WHO[at], thing);
        let (code, kind) = table::meaning(answer);
        let heard = audit(market).len();
        let no = refused(&here, (row.does)(&everybody[at], &stage, thing));
        assert_eq!((no.code(), no.kind()), (code, Some(kind)), "{here}: {no}");
        assert_eq!(market.fingerprint(), before, "{here} was refused, and something changed all the same");
        let written = audit(market).split_off(heard);
        let expected: Vec<_> =
            kind.is_audited().then(|| forbidden(row.act, &everybody[at], code)).into_iter().collect();
        assert_eq!(written, expected, "{here}");
    }
}

fn refused(here: &str, said: Result<()>) -> Error {
    said.err().unwrap_or_else(|| panic!("{here} was done"))
}

fn forbidden(act: &str, person: &Person, code: &str) -> Audited {
    Audited {
        act: act.to_owned(),
        actor: person.actor.word().to_owned(),
        actor_id: person.actor.raw(),
        outcome: "forbidden".to_owned(),
        code: code.to_owned(),
    }
}

/// One who may: it is done, something has changed, and it is written down as his.
fn this_one_may(market: &Market, row: &Row, at: usize) {
    let (stage, thing) = Stage::set(market, row.given);
    let person = &everybody(&stage, row.needs)[at];
    let here = format!("{} by {}", row.act, WHO[at]);
    let (before, heard) = (market.fingerprint(), audit(market).len());
    if let Err(no) = (row.does)(person, &stage, thing) {
        panic!("{here}: {no}");
    }
    assert_ne!(market.fingerprint(), before, "{here} was done, and nothing changed");
    let written = audit(market).split_off(heard);
    let his = |row: &&Audited| (row.actor.as_str(), row.actor_id) == (person.actor.word(), person.actor.raw());
    let done = written.iter().filter(his).filter(|found| found.act == row.act && found.outcome == "done");
    assert_eq!(done.count(), 1, "{here}: {written:?}");
}

/// The names of all acts in the sources of the flows.
fn acts_of_flows() -> BTreeSet<String> {
    let mut acts = BTreeSet::new();
    for (path, text) in sources_of_flows() {
        for (at, begin) in text.match_indices("Act::new(") {
            let argument = text[at + begin.len()..].trim_start();
            let name = match argument.strip_prefix('"') {
                Some(rest) => rest.split('"').next().unwrap_or_default(),
                None if argument.starts_with("store::seal::ACT,") => store::seal::ACT,
                None => panic!("{}: an act whose name cannot be read: {argument:.60}", path.display()),
            };
            acts.insert(name.to_owned());
        }
    }
    assert!(acts.len() > 50, "the sources of the flows hold more acts than {acts:?}");
    acts
}

#[test]
fn every_act_stands_in_the_table() {
    let tried: BTreeSet<_> = whole_table().iter().map(|row| row.act.to_owned()).collect();
    let own: BTreeSet<_> = own::MARKETS_OWN.iter().map(|(act, _)| (*act).to_owned()).collect();
    assert_eq!(tried.intersection(&own).collect::<Vec<_>>(), Vec::<&String>::new());
    assert_eq!(acts_of_flows(), tried.union(&own).cloned().collect());
}

/// Its buyer, the shop's people for orders and the market's see an order; to everybody else there is none.
fn tries_to_see_an_order(engine: Engine) {
    for needs in [Permission::Buy, Permission::ShopOrders, Permission::MarketOrders] {
        let Some(market) = Market::on(engine) else {
            return testkit::skip_postgres();
        };
        let (stage, _) = Stage::set(&market, stage::nothing);
        let order = market.order(stage.placed.orders[0]);
        for (who, person) in WHO.iter().zip(everybody(&stage, needs)) {
            let (actor, order) = (person.actor.clone(), order.clone());
            let seen = market.asks(move |read| flows::may_see_order(read, &actor, &order));
            let may = ["buyer", "owner", "staff", "operator", "key"].contains(who);
            assert_eq!(seen.is_ok(), may, "{who}, where it needs {needs:?}");
            assert!(may || seen.is_err_and(|no| no.code() == "not_found"), "{who} is told that there is an order");
        }
    }
}

#[test]
fn an_order_is_seen_by_those_whom_it_concerns_sqlite() {
    tries_to_see_an_order(Engine::Memory);
}

#[test]
fn an_order_is_seen_by_those_whom_it_concerns_postgres() {
    tries_to_see_an_order(Engine::Postgres);
}
