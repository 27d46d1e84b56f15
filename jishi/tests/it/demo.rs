//! The demo market: made by its people's acts, clean in its books, everything there that was promised, and the same
//! again from the same seed.

use jishi::demo::{self, Built, DemoClock, Found, PASSWORD, Wish};
use kernel::{Actor, Clock, Cx, Result, Time, time::DAY};
use std::{collections::BTreeMap, sync::Arc};
use store::{Config, Store};
use testkit::{Engine, Market};

/// A Thursday afternoon in Shanghai.
const UNTIL: Time = Time(1_774_512_000_000);

const WISH: Wish = Wish { seed: 7, until: UNTIL };

/// Named numbers, and titles: what a market comes to.
type Figures = BTreeMap<String, i64>;

struct Demo {
    store: Store,
    built: Built,
    figures: Figures,
    titles: Vec<String>,
}

/// Makes the demo market at an address.
fn make(url: &str) -> Demo {
    let clock = Arc::new(DemoClock::running());
    let store = Store::open(Config::new(url, clock.clone()), flows::ROOMS).unwrap();
    let opened = jishi::open::wire(store.clone());
    assert_eq!(demo::state_of(&store).unwrap(), Found::Empty);
    let mut told = Vec::new();
    let built = demo::build(&opened, &clock, WISH, |line| told.push(line.to_owned())).unwrap();
    assert_eq!(clock.now(), UNTIL, "the clock stands where the past ends");
    assert!(told.len() >= 4);
    let (figures, titles) = store.read(figures).wait().unwrap();
    Demo { store, built, figures, titles }
}

const QUESTIONS: [&str; 13] = [
    "select 'order ' || state, count(*) from order_order group by state",
    "select 'orders settled', count(*) from order_order where settled_at is not null",
    "select 'orders cost', cast(sum(amount) as bigint) from order_order",
    "select 'refunded after settlement', count(*) from aftersale_refund where stage = 'after_settle'",
    "select 'refunded before shipping', count(*) from aftersale_refund where stage = 'before_ship'",
    "select 'scan ' || state, count(*) from delivery_track group by state",
    "select 'balance ' || account, cast(sum(amount) as bigint) from ledger_balance group by account",
    "select 'case ' || state, count(*) from aftersale_case group by state",
    "select 'quotation ' || state, count(*) from quotation_quotation group by state",
    "select 'payout ' || state, count(*) from payout_payout group by state",
    "select 'shop ' || state, count(*) from merchant_shop group by state",
    "select 'listing ' || state, count(*) from catalog_listing group by state",
    "select 'party ' || kind, count(*) from identity_party group by kind",
];

fn figures(read: &mut store::Read) -> Result<(Figures, Vec<String>)> {
    let (mut figures, mut titles) = (Figures::new(), Vec::new());
    for question in QUESTIONS {
        read.ask(question, |row| {
            figures.insert(row.get(0)?, row.get(1)?);
            Ok(())
        })?;
    }
    read.ask(
        "select lang || ' ' || field || ' ' || text from catalog_text where field in ('title', 'description')",
        |row| {
            titles.push(row.get(0)?);
            Ok(())
        },
    )?;
    titles.sort();
    Ok((figures, titles))
}

/// What must be there, and how often at least.
const PROMISED: [(&str, i64); 29] = [
    ("order unpaid", 4),
    ("order paid", 12),
    ("order part_shipped", 3),
    ("order shipped", 15),
    ("order completed", 70),
    ("order closed", 15),
    ("orders settled", 50),
    ("refunded after settlement", 3),
    ("refunded before shipping", 6),
    ("scan picked_up", 50),
    ("scan out_for_delivery", 50),
    ("scan signed", 50),
    ("case asked", 3),
    ("case with_operator", 2),
    ("case refused", 2),
    ("case granted", 10),
    ("case withdrawn", 1),
    ("quotation draft", 1),
    ("quotation sent", 1),
    ("quotation accepted", 1),
    ("quotation declined", 1),
    ("quotation withdrawn", 1),
    ("quotation expired", 1),
    ("payout done", 1),
    ("payout asked", 1),
    ("shop open", 6),
    ("shop submitted", 1),
    ("listing in_review", 2),
    ("party guest", 3),
];

fn holds(demo: &Demo) {
    let report = views::books::check(&demo.store, UNTIL, |_| {}).unwrap();
    assert!(report.is_clean(), "{:#?}", report.findings);
    for (name, least) in PROMISED {
        let there = demo.figures.get(name).copied().unwrap_or_default();
        assert!(there >= least, "{name}: {there}, and {least} were promised");
    }
    assert_eq!(demo.built.goods, 240);
    assert_eq!(demo.built.shops, 7);
    assert!(demo.built.orders >= 150, "{}", demo.built.orders);
    assert_eq!(demo::state_of(&demo.store).unwrap(), Found::Demo);
}

#[test]
fn the_demo_market_holds_what_it_promises_and_is_the_same_from_the_same_seed() {
    let first = make("sqlite::memory:");
    holds(&first);
    let second = make("sqlite::memory:");
    assert_eq!(first.titles, second.titles);
    assert_eq!(first.figures, second.figures);
    assert_eq!(first.built, second.built);
}

#[test]
fn the_demo_market_is_the_same_on_a_server() {
    let Some(market) = Market::on(Engine::Postgres) else {
        return testkit::skip_postgres();
    };
    // The template's one act is to lower what hashing costs, so this database is somebody's already.
    assert_eq!(demo::state_of(market.store()).unwrap(), Found::Other);
    let name = format!("{}_demo", market.url().rsplit('/').next().unwrap());
    let _ = store::databases::remove(market.url(), &name);
    store::databases::make(market.url(), &name, None).unwrap();
    let demo = make(&store::databases::address(market.url(), &name));
    holds(&demo);
    let in_memory = make("sqlite::memory:");
    assert_eq!((&demo.titles, &demo.figures), (&in_memory.titles, &in_memory.figures));
    drop(demo);
    store::databases::remove(market.url(), &name).unwrap();
}

#[test]
fn everybody_of_the_demo_market_logs_in_with_the_password_that_is_printed() {
    let demo = make("sqlite::memory:");
    let cx = Cx::new(Actor::Anyone, "log-in");
    for person in &demo.built.people {
        let typed = identity::Password::typed(person.password);
        let log_in = flows::register::log_in(&demo.store, &cx, person.login.parse().unwrap(), &typed);
        log_in.unwrap_or_else(|no| panic!("{}: {no}", person.login));
    }
    assert!(demo.built.people.iter().all(|person| person.password == PASSWORD));
    for role in ["admin", "finance", "owner", "staff", "applicant", "buyer"] {
        assert!(demo.built.people.iter().any(|person| person.role == role), "{role}");
    }
}

#[test]
fn every_picture_of_the_demo_market_can_be_drawn_and_every_listing_is_written_in_both_languages() {
    let demo = make("sqlite::memory:");
    let ask = |question: &'static str| {
        let ask = move |read: &mut store::Read| {
            let mut rows: Vec<String> = Vec::new();
            read.ask(question, |row| {
                rows.push(row.get(0)?);
                Ok(())
            })?;
            Ok(rows)
        };
        demo.store.read(ask).wait().unwrap()
    };
    let addresses = ask("select address from catalog_picture");
    assert!(addresses.len() >= 480, "{}", addresses.len());
    for address in addresses {
        let name = address.strip_prefix("/pictures/").unwrap();
        assert!(pictures::Picture::of_file_name(name).is_some(), "{name}");
    }
    let count = |lang| demo.titles.iter().filter(|text| text.starts_with(lang)).count();
    assert_eq!((count("zh title"), count("en title")), (240, 240));
    assert_eq!((count("zh description"), count("en description")), (240, 240));
    let parcels = ask("select address from catalog_picture where address like '/pictures/parcel-%'");
    assert!(parcels.is_empty(), "everything that is sold has a picture of its own kind");
}

#[test]
fn after_its_past_a_demo_market_goes_with_the_machine() {
    let clock = DemoClock::running();
    let now = clock.now();
    clock.move_by(DAY);
    assert!(clock.now() >= now.plus(DAY));
}
