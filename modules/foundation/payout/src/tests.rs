#![allow(clippy::inconsistent_digit_grouping, reason = "amounts read as yuan and fen")]

use crate::*;
use kernel::{Actor, Currency, Cx, Home, Id, Money, Result, Time, kinds, time::HOUR, time::MINUTE, time::SetClock};
use serde::{Serialize, de::DeserializeOwned};
use std::sync::Arc;
use store::{Act, Config, Read, Store, Tx};

const START: Time = Time(1_700_000_000_000);

/// A market with nothing but payouts, and a clock that is moved.
struct Room {
    store: Store,
    clock: Arc<SetClock>,
}

impl Room {
    fn open() -> Room {
        let clock = Arc::new(SetClock::at(START));
        let store = Store::open(Config::new("sqlite::memory:", clock.clone()), &[crate::SCHEMA]).unwrap();
        Room { store, clock }
    }

    fn act<T, F>(&self, run: F) -> Result<T>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: FnMut(&mut Tx) -> Result<T> + Send + 'static,
    {
        let cx = Cx::new(Actor::Person(seller()), "r1");
        self.store.write(Act::new("test", &cx), run).wait()
    }

    fn ask_for<T: Send + 'static>(&self, ask: impl FnOnce(&mut Read) -> Result<T> + Send + 'static) -> T {
        self.store.read(ask).wait().unwrap()
    }

    fn asked(&self, minor: i64) -> Result<Id<kinds::Payout>> {
        self.act(move |tx| ask(tx, &wish(minor)))
    }

    fn settled(&self, n: i64, buyer: i64) -> Settlement {
        let settlement = settlement(n, buyer);
        let new = settlement.clone();
        assert!(self.act(move |tx| settle(tx, &new)).unwrap());
        settlement
    }

    fn folded(&self, buyer: i64, minor: i64) -> Id<kinds::Fold> {
        self.act(move |tx| fold(tx, shop(), Home::of(buyer), cny(minor))).unwrap()
    }

    fn find(&self, payout: Id<kinds::Payout>) -> Payout {
        self.ask_for(move |read| find(read, payout))
    }

    fn due(&self) -> Vec<State> {
        let now = self.store.clock().now();
        self.ask_for(move |read| due(read, now, 9)).into_iter().map(|payout| payout.state).collect()
    }

    fn events(&self) -> Vec<String> {
        let now = self.store.clock().now();
        let events = self.ask_for(move |read| store::pending_events(read, now, 100));
        events.into_iter().map(|event| format!("{} {}", event.name, event.seq)).collect()
    }

    /// The orders that make up a payout.
    fn orders_of(&self, payout: Id<kinds::Payout>) -> Vec<Id<kinds::Order>> {
        self.ask_for(move |read| {
            let mut orders = Vec::new();
            for fold in folds_of(read, payout)? {
                orders.extend(settled_in(read, &fold)?.into_iter().map(|settled| settled.order));
            }
            Ok(orders)
        })
    }
}

fn seller() -> Id<kinds::Party> {
    Id::assemble(1, 1, Home::of(3))
}
fn shop() -> Id<kinds::Shop> {
    Id::assemble(1, 2, Home::of(5))
}
fn account() -> Id<kinds::BankAccount> {
    Id::assemble(1, 3, Home::of(5))
}
fn order(n: i64, buyer: i64) -> Id<kinds::Order> {
    Id::assemble(2, n, Home::of(buyer))
}
fn cny(minor: i64) -> Money {
    Money::new(minor, Currency::CNY)
}

fn wish(minor: i64) -> Wish {
    let (shop, account, amount) = (shop(), account(), cny(minor));
    Wish { shop, account, amount, minimum: 1_00, available: 500_00, reason: Reason::Asked }
}

fn settlement(n: i64, buyer: i64) -> Settlement {
    Settlement {
        order: order(n, buyer),
        shop: shop(),
        currency: Currency::CNY,
        gross: 100_00,
        commission: 5_00,
        reserve: 9_50,
        net: 85_50,
        settle_on: 20_231_121,
        zone: "Asia/Shanghai".into(),
        settled_at: START,
        fold: None,
    }
}

#[track_caller]
fn refused<T: std::fmt::Debug>(result: Result<T>, code: &str) {
    assert_eq!(result.unwrap_err().code(), code);
}

#[test]
fn a_code_is_the_snake_case_of_its_name() {
    for (name, code, _) in Refusal::ALL {
        assert_eq!(*code, kernel::error::snake_case(name));
    }
}

#[test]
fn a_payout_is_asked_sent_and_done_once() {
    let room = Room::open();
    let payout = room.asked(100_00).unwrap();
    let found = room.find(payout);
    assert_eq!((payout.home(), found.state, found.amount), (shop().home(), State::Asked, cny(100_00)));
    assert_eq!((found.asked_by, found.account), (Some(seller()), account()));
    assert!(room.act(move |tx| sent(tx, payout, "sbt_1")).unwrap());
    assert!(!room.act(move |tx| sent(tx, payout, "sbt_1")).unwrap());
    assert!(room.act(move |tx| done(tx, payout, "sbt_1")).unwrap());
    assert!(!room.act(move |tx| done(tx, payout, "sbt_1")).unwrap());
    refused(room.act(move |tx| failed(tx, payout, "account_closed")), "wrong_state");
    assert!(!room.act(move |tx| sent(tx, payout, "sbt_1")).unwrap());
    let found = room.find(payout);
    assert_eq!((found.state, found.bank_ref.as_deref(), found.ended_at), (State::Done, Some("sbt_1"), Some(START)));
    assert_eq!(room.events(), ["payout.asked 1", "payout.done 3"]);
    refused(room.act(|tx| done(tx, Id::assemble(9, 9, Home::of(5)), "r")), "not_found");
}

#[test]
fn a_payout_stays_between_the_minimum_and_what_is_free() {
    let room = Room::open();
    refused(room.asked(99), "payout_below_minimum");
    refused(room.asked(500_01), "balance_short");
    refused(room.act(|tx| ask(tx, &Wish { minimum: 0, ..wish(0) })), "payout_below_minimum");
    refused(room.act(|tx| ask(tx, &Wish { available: -3, ..wish(1_00) })), "balance_short");
    assert!(room.events().is_empty());
    room.asked(1_00).unwrap();
    room.asked(500_00).unwrap();
}

#[test]
fn a_held_shop_is_paid_nothing_until_the_hold_ends() {
    let room = Room::open();
    room.act(|tx| hold(tx, shop(), "account_cooling", START.plus(48 * HOUR))).unwrap();
    room.act(|tx| hold(tx, shop(), "owner_changed", START.plus(2 * HOUR))).unwrap();
    refused(room.asked(1_00), "payout_held");
    let stands = room.ask_for(|read| hold_of(read, shop(), START)).unwrap();
    assert_eq!((stands.reason.as_str(), stands.placed_by), ("owner_changed", Some(seller())));
    room.clock.move_by(2 * HOUR);
    room.asked(1_00).unwrap();
    room.act(|tx| hold(tx, shop(), "ring_flag", START.plus(48 * HOUR))).unwrap();
    refused(room.asked(1_00), "payout_held");
    assert!(room.act(|tx| lift(tx, shop())).unwrap());
    assert!(!room.act(|tx| lift(tx, shop())).unwrap());
    room.asked(1_00).unwrap();
}

#[test]
fn an_order_is_settled_once_and_its_parts_make_it_up() {
    let room = Room::open();
    let settled = room.settled(1, 7);
    let again = settled.clone();
    assert!(
        !room
            .act(move |tx| settle(tx, &Settlement { gross: 1, net: 1, commission: 0, reserve: 0, ..again.clone() }))
            .unwrap()
    );
    assert_eq!(room.ask_for(|read| settlement_of(read, order(1, 7))), Some(settled));
    assert_eq!(room.ask_for(|read| settlement_of(read, order(2, 7))), None);
    refused(room.act(|tx| settle(tx, &Settlement { net: 85_51, ..settlement(2, 7) })), "parts_do_not_sum");
    let wide = || Settlement { gross: i64::MAX, net: i64::MAX, ..settlement(2, 7) };
    refused(room.act(move |tx| settle(tx, &wide())), "parts_do_not_sum");
    let below = || Settlement { commission: -5_00, net: 95_50, ..settlement(2, 7) };
    refused(room.act(move |tx| settle(tx, &below())), "out_of_range");
}

#[test]
fn a_payout_shows_which_orders_make_it_up() {
    let room = Room::open();
    for (n, buyer) in [(1, 7), (2, 7), (3, 8)] {
        room.settled(n, buyer);
    }
    let first = room.folded(7, 171_00);
    room.folded(8, 85_50);
    assert_eq!(room.ask_for(|read| free_folds(read, shop())).len(), 2);
    room.settled(4, 7);
    let payout = room.asked(256_50).unwrap();
    assert_eq!(room.orders_of(payout), [order(1, 7), order(2, 7), order(3, 8)]);
    let folds = room.ask_for(move |read| folds_of(read, payout));
    assert_eq!((folds[0].id, folds[0].source, folds[0].amount), (first, Home::of(7), cny(171_00)));

    // A refund after settlement left less than the order brought, and another one more than that.
    room.folded(7, 85_50 - 100_00);
    let next = room.asked(1_00).unwrap();
    assert_eq!(room.orders_of(next), [order(4, 7)]);
    refused(room.act(|tx| fold(tx, shop(), Home::of(7), cny(0))), "out_of_range");
}

#[test]
fn a_failed_payout_leaves_its_orders_to_the_next() {
    let room = Room::open();
    room.settled(1, 7);
    room.folded(7, 85_50);
    let payout = room.asked(85_50).unwrap();
    assert!(room.act(move |tx| failed(tx, payout, "account_closed")).unwrap());
    assert!(!room.act(move |tx| failed(tx, payout, "account_closed")).unwrap());
    refused(room.act(move |tx| done(tx, payout, "r")), "wrong_state");
    assert_eq!(room.find(payout).failure.as_deref(), Some("account_closed"));
    assert!(room.orders_of(payout).is_empty());
    let next = room.asked(85_50).unwrap();
    assert_eq!(room.orders_of(next), [order(1, 7)]);
    assert_eq!(room.events(), ["payout.asked 1", "payout.failed 2", "payout.asked 1"]);
}

#[test]
fn the_bank_is_asked_until_it_says() {
    let room = Room::open();
    let payout = room.asked(1_00).unwrap();
    assert!(room.due().is_empty());
    room.clock.move_by(10_000);
    assert_eq!(room.due(), [State::Asked]);
    room.act(move |tx| sent(tx, payout, "sbt_1")).unwrap();
    assert!(room.due().is_empty());
    room.clock.move_by(10_000);
    assert_eq!(room.due(), [State::Sent]);
    room.act(move |tx| asked(tx, payout)).unwrap();
    room.clock.move_by(MINUTE - 1);
    assert!(room.due().is_empty());
    room.clock.move_by(1);
    assert_eq!(room.due(), [State::Sent]);
    room.act(move |tx| done(tx, payout, "sbt_1")).unwrap();
    room.clock.move_by(100 * HOUR);
    assert!(room.due().is_empty());
}

#[test]
fn a_shops_payouts_are_read_page_by_page() {
    let room = Room::open();
    let asked: Vec<_> = (0..5).map(|_| room.asked(1_00).unwrap()).collect();
    let mut seen = Vec::new();
    let mut from = None;
    loop {
        let page = room.ask_for(move |read| of_shop(read, shop(), from, 2));
        seen.extend(page.items.into_iter().map(|payout| payout.id));
        from = page.next;
        if from.is_none() {
            break;
        }
    }
    seen.reverse();
    assert_eq!(seen, asked);
}
