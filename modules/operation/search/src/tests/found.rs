//! What the index finds, and that it forgets.

use crate::{Entry, Mark, Sort, find, hold, index, price_key, remove, terms};
use kernel::{Actor, Currency, Cursor, Cx, Home, Id, Money, Result, SetClock, Time, kinds};
use std::sync::Arc;
use store::{Act, Config, Store, Tx};

const NOTHING: [i64; 0] = [];

fn store() -> Store {
    let clock = Arc::new(SetClock::at(Time(1_772_416_800_000)));
    Store::open(Config::new("sqlite::memory:".to_owned(), clock), &[crate::SCHEMA]).unwrap()
}

fn acts(store: &Store, act: impl FnMut(&mut Tx) -> Result<()> + Send + 'static) {
    store.write(Act::new("test", &Cx::new(Actor::System("test"), "test")), act).wait().unwrap();
}

fn listing(n: i64) -> Id<kinds::Listing> {
    Id::assemble(n, 0, Home::of(n))
}

fn shop(n: i64) -> Id<kinds::Shop> {
    Id::assemble(n, 1, Home::of(n))
}

fn category(n: i64) -> Id<kinds::Category> {
    Id::assemble(n, 2, Home::of(n))
}

fn entry(title: &str, yuan: i64) -> Entry {
    Entry {
        shop: shop(1),
        categories: vec![category(2), category(1)],
        price: Some(Money::new(yuan * 100, Currency::CNY)),
        texts: vec![title.to_owned()],
    }
}

fn put(store: &Store, n: i64, entry: Entry) {
    acts(store, move |tx| {
        let held = hold(tx, listing(n))?;
        index(tx, &held, &entry)
    });
}

fn found(store: &Store, text: Option<&'static str>, marks: &[Mark], sort: Sort) -> Vec<i64> {
    let terms = terms(text, marks);
    let page = store.read(move |read| find(read, &terms, sort, None, 100)).wait().unwrap();
    page.items.into_iter().map(|id| (1..100).find(|n| listing(*n) == id).unwrap()).collect()
}

#[test]
fn all_words_of_a_question_must_be_there() {
    let store = store();
    put(&store, 1, entry("明前龙井茶 250g", 88));
    put(&store, 2, entry("龙井村虾仁", 30));
    put(&store, 3, entry("Tea pot 龙井", 120));
    let by = |text| found(&store, Some(text), &[], Sort::Newest);
    assert_eq!(by("龙井"), [3, 2, 1]);
    assert_eq!(by("龙井茶"), [1]);
    assert_eq!(by("茶"), [1]);
    assert_eq!(by("TEA 龙井"), [3]);
    assert_eq!(by("tea shrimp"), NOTHING);
    assert_eq!(by("te"), NOTHING, "a part of a word is another word");
    assert_eq!(by("?!"), NOTHING, "a question without a word finds nothing");
    assert_eq!(found(&store, None, &[], Sort::Newest), [3, 2, 1]);
}

#[test]
fn lists_are_words_too() {
    let store = store();
    put(&store, 1, entry("a", 3));
    put(&store, 2, Entry { shop: shop(2), ..entry("b", 1) });
    put(&store, 3, Entry { categories: vec![category(3), category(1)], ..entry("c", 2) });
    let of = |marks: &[Mark]| found(&store, None, marks, Sort::Newest);
    assert_eq!(of(&[Mark::Category(category(1))]), [3, 2, 1]);
    assert_eq!(of(&[Mark::Category(category(3))]), [3]);
    assert_eq!(of(&[Mark::Category(category(2)), Mark::Shop(shop(2))]), [2]);
    assert_eq!(found(&store, Some("*"), &[], Sort::Newest), NOTHING, "nobody asks for a mark by typing it");
}

#[test]
fn prices_sort_both_ways_and_currencies_stay_apart() {
    let store = store();
    put(&store, 1, entry("a", 30));
    put(&store, 2, entry("a", 10));
    put(&store, 3, entry("a", 20));
    put(&store, 4, Entry { price: None, ..entry("a", 0) });
    put(&store, 5, Entry { price: Some(Money::new(1, Currency::USD)), ..entry("a", 0) });
    assert_eq!(found(&store, Some("a"), &[], Sort::PriceUp), [2, 3, 1, 5]);
    assert_eq!(found(&store, Some("a"), &[], Sort::PriceDown), [5, 1, 3, 2]);
    assert_eq!(found(&store, Some("a"), &[], Sort::Newest), [5, 4, 3, 2, 1]);
    let most = Some(Money::new(10_000_000_000_000, Currency::CNY));
    assert!(price_key(most) < price_key(Some(Money::new(1, Currency::GBP))));
}

#[test]
fn pages_follow_each_other_in_every_order() {
    let store = store();
    for n in 1..=9 {
        put(&store, n, entry("a b", n % 3 + 1));
    }
    for sort in Sort::ALL {
        let whole = found(&store, Some("a b"), &[], *sort);
        let mut pages = Vec::new();
        let mut after: Option<Cursor> = None;
        loop {
            let page = store.read(move |read| find(read, &terms(Some("b a"), &[]), *sort, after, 2)).wait().unwrap();
            assert!(page.items.len() <= 2);
            pages.extend(page.items);
            match page.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        assert_eq!(pages, whole.into_iter().map(listing).collect::<Vec<_>>(), "{sort:?}");
    }
}

#[test]
fn what_is_indexed_anew_is_not_found_by_its_old_words() {
    let store = store();
    put(&store, 1, entry("green tea", 10));
    put(&store, 2, entry("green tea", 20));
    put(&store, 1, entry("black tea", 30));
    assert_eq!(found(&store, Some("green"), &[], Sort::Newest), [2]);
    assert_eq!(found(&store, Some("black"), &[], Sort::Newest), [1]);
    assert_eq!(found(&store, Some("tea"), &[], Sort::PriceUp), [2, 1]);
    acts(&store, |tx| {
        let held = hold(tx, listing(1))?;
        remove(tx, &held)
    });
    assert_eq!(found(&store, None, &[], Sort::Newest), [2]);
    let rows = store.read(|read| {
        let sql = store::across!("select (select count(*) from search_word), (select sum(count) from search_listing)");
        read.one(sql, &[], |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)))
    });
    assert_eq!(rows.wait().unwrap(), (6, 6));
}

#[test]
fn more_terms_than_there_is_room_for_are_left_out() {
    assert_eq!(terms(Some("a b c d e f g h i j"), &[Mark::Shop(shop(1))]).len(), crate::TERMS_MAX);
    assert!(terms(Some("…"), &[Mark::Shop(shop(1))]).is_empty());
}

#[test]
fn every_order_is_served_by_an_index() {
    let store = store();
    let plans = store.read(|read| {
        let mut plans = Vec::new();
        for statement in store::statements().filter(|statement| statement.text().contains("order by w.")) {
            read.ask(&format!("explain query plan {}", statement.lite()), |row| {
                plans.push(row.get::<String>(3)?);
                Ok(())
            })?;
        }
        Ok(plans)
    });
    let plans = plans.wait().unwrap();
    assert_eq!(plans.iter().filter(|step| step.starts_with("SEARCH w")).count(), 3, "{plans:#?}");
    assert!(plans.iter().all(|step| !step.starts_with("SCAN") && !step.contains("TEMP B-TREE")), "{plans:#?}");
    assert_eq!(plans.iter().filter(|step| step.contains("search_word_price")).count(), 2, "{plans:#?}");
}
