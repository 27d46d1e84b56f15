use crate::*;
use kernel::{Actor, Currency, Cx, Home, Id, Money, SetClock, Time, kinds};
use std::sync::Arc;
use store::{Act, Config, Store};

fn store() -> Store {
    let mut config = Config::new("sqlite::memory:", Arc::new(SetClock::at(Time(1_800_000_000_000))));
    config.seed = Some(1);
    Store::open(config, &[SCHEMA]).unwrap()
}

fn post_it(store: &Store, draft: Draft) -> kernel::Result<()> {
    let act = Act::new("test", &Cx::new(Actor::System("test"), "r"));
    store.write(act, move |tx| post(tx, draft.clone())).wait()
}

const ORDER: Id<kinds::Order> = Id::from_raw(4096 * 3 + 7);

fn yuan(minor: i64) -> Money {
    Money::new(minor, Currency::CNY)
}

fn paid(minor: i64) -> Draft {
    Draft::new("pay", ORDER).about(ORDER).debit(Account::Channel, 1, yuan(minor)).credit(
        Account::Escrow,
        ORDER.raw(),
        yuan(minor),
    )
}

#[test]
fn an_entry_moves_its_balances_and_is_found_again() {
    let store = store();
    post_it(&store, paid(500)).unwrap();
    post_it(&store, paid(200).part(1)).unwrap();
    let escrow = |read: &mut store::Read| balance(read, Account::Escrow, ORDER.raw(), Currency::CNY, Home::of(7));
    assert_eq!(store.read(escrow).wait().unwrap(), yuan(-700));
    let entries = store.read(|read| entries_about(read, ORDER)).wait().unwrap();
    assert_eq!(entries.iter().map(|entry| entry.legs.len()).collect::<Vec<_>>(), [2, 2]);
}

#[test]
fn an_entry_that_does_not_balance_is_refused() {
    let store = store();
    let crooked = paid(500).debit(Account::ChannelFee, 1, yuan(1));
    assert_eq!(post_it(&store, crooked).unwrap_err().code(), "unbalanced_entry");
    let two_currencies = Draft::new("pay", ORDER).debit(Account::Channel, 1, yuan(5)).credit(
        Account::Escrow,
        1,
        Money::new(5, Currency::JPY),
    );
    assert_eq!(post_it(&store, two_currencies).unwrap_err().code(), "unbalanced_entry");
    assert_eq!(store.read(|read| entries_about(read, ORDER)).wait().unwrap(), []);
}

#[test]
fn an_event_is_posted_once() {
    let store = store();
    post_it(&store, paid(500)).unwrap();
    assert_eq!(post_it(&store, paid(500)).unwrap_err().code(), "entry_exists");
}

#[test]
fn an_entry_of_nothing_writes_nothing() {
    let store = store();
    post_it(&store, paid(0)).unwrap();
    assert_eq!(store.read(|read| entries_about(read, ORDER)).wait().unwrap(), []);
}
