#![allow(clippy::inconsistent_digit_grouping, reason = "amounts read as yuan and fen")]

use crate::{wire::*, *};
use kernel::{Actor, Currency, Cx, Money, Result, Time, time::DAY, time::HOUR, time::MINUTE, time::SetClock};
use serde::{Serialize, de::DeserializeOwned};
use std::sync::Arc;
use store::{Act, Config, Read, Store, Tx};

/// 2023-11-14T22:13:20Z.
const START: Time = Time(1_700_000_000_000);

/// The provider alone, and a clock that is moved.
struct Provider {
    store: Store,
    clock: Arc<SetClock>,
    keys: Keys,
}

impl Provider {
    fn open() -> Provider {
        let clock = Arc::new(SetClock::at(START));
        let store = Store::open(Config::new("sqlite::memory:", clock.clone()), &[crate::SCHEMA]).unwrap();
        Provider { store, clock, keys: Keys::from_seed([1; 32]) }
    }

    fn act<T, F>(&self, run: F) -> Result<T>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: FnMut(&mut Tx) -> Result<T> + Send + 'static,
    {
        let cx = Cx::new(Actor::System("test"), "r1");
        self.store.write(Act::new("test", &cx), run).wait()
    }

    fn ask<T: Send + 'static>(&self, ask: impl FnOnce(&mut Read) -> Result<T> + Send + 'static) -> T {
        self.store.read(ask).wait().unwrap()
    }

    fn create(&self, number: &'static str, minor: i64) -> Result<Payment> {
        let expires_at = self.now().plus(30 * MINUTE);
        self.act(move |tx| create(tx, &new_payment(number, minor, expires_at)))
    }

    fn pay(&self, number: &'static str) -> Result<Payment> {
        self.act(move |tx| pay(tx, number))
    }

    fn paid(&self, number: &'static str, minor: i64) {
        self.create(number, minor).unwrap();
        self.pay(number).unwrap();
    }

    fn refund(&self, number: &'static str, minor: i64) -> Result<Refund> {
        let new = NewRefund { payment: "pay_1".into(), number: number.into(), amount: cny(minor) };
        self.act(move |tx| refund(tx, &new))
    }

    fn mischief(&self, number: Option<&'static str>, what: Mischief, millis: i64, times: i64) {
        self.act(move |tx| make_mischief(tx, number, what, millis, times)).unwrap();
    }

    fn now(&self) -> Time {
        self.store.clock().now()
    }

    fn due(&self) -> Vec<Outbound> {
        let (now, keys) = (self.now(), self.keys.clone());
        self.ask(move |read| due_callbacks(read, &keys, now, 99))
    }

    /// What is due, believed or not.
    fn heard(&self) -> Vec<(bool, Callback)> {
        let verifier = self.keys.verifier();
        let read = |out: &Outbound| {
            let header = &out.headers.iter().find(|(name, _)| name == SIGNATURE_HEADER).unwrap().1;
            (verifier.check(header, &out.body).is_some(), serde_json::from_slice(&out.body).unwrap())
        };
        self.due().iter().map(read).collect()
    }

    fn answer_all(&self, ok: bool) {
        for out in self.due() {
            assert!(self.act(move |tx| callback_answered(tx, out.id, ok)).unwrap());
        }
    }

    fn lines(&self) -> Vec<String> {
        let day = self.now().day(&jiff::tz::TimeZone::UTC);
        self.ask(move |read| {
            let mut lines = Vec::new();
            statement(read, day, |line| {
                lines.push(line.csv());
                Ok(())
            })?;
            Ok(lines)
        })
    }
}

fn new_payment(number: &str, minor: i64, expires_at: Time) -> NewPayment {
    NewPayment { number: number.into(), amount: cny(minor), expires_at, return_to: None }
}

fn cny(minor: i64) -> Money {
    Money::new(minor, Currency::CNY)
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
fn the_same_number_is_the_same_payment() {
    let provider = Provider::open();
    let first = provider.create("pay_1", 500).unwrap();
    assert_eq!(first.state, PaymentState::Open);
    provider.clock.move_by(1);
    assert_eq!(provider.create("pay_1", 500).unwrap(), first);
    refused(provider.create("pay_1", 501), "number_reused");
    refused(provider.create("", 1), "malformed");
    refused(provider.create("*", 1), "malformed");
    refused(provider.create("pay_2", 0), "out_of_range");
    refused(provider.create("pay_2", 10_000_000_000_001), "out_of_range");
}

#[test]
fn the_way_back_is_a_web_address_and_the_first_one_stays() {
    let provider = Provider::open();
    let create = |number: &'static str, back: Option<&'static str>| {
        let new = new_payment(number, 500, START.plus(MINUTE));
        provider.act(move |tx| create(tx, &NewPayment { return_to: back.map(str::to_owned), ..new.clone() }))
    };
    for bad in [
        "",
        "javascript:alert(1)",
        "//shop.example/",
        "https://",
        "https:///x",
        "http://shop.example@evil.example/",
        "https://shop.example/\"onclick=",
        "https://shop.example/a b",
        "https://shop.example/\u{7}",
        "https://店.example/",
        "data:text/html,x",
    ] {
        refused(create("pay_1", Some(bad)), "malformed");
    }
    assert_eq!(create("pay_1", None).unwrap().return_to, None);
    let back = Some("https://shop.example/orders/1?paid=1#top");
    assert_eq!(create("pay_1", back).unwrap().return_to.as_deref(), back);
    assert_eq!(create("pay_1", Some("https://evil.example/")).unwrap().return_to.as_deref(), back);
    assert_eq!(create("pay_1", None).unwrap().return_to.as_deref(), back);
}

#[test]
fn what_was_done_last_is_listed_page_by_page() {
    let provider = Provider::open();
    for number in ["pay_1", "pay_2", "pay_3"] {
        provider.create(number, 500).unwrap();
        provider.clock.move_by(1_000);
    }
    provider.mischief(Some("pay_2"), Mischief::Forge, 0, 1);
    provider.mischief(None, Mischief::Delay, 60_000, 2);
    provider.pay("pay_1").unwrap();
    provider.pay("pay_2").unwrap();
    let now = provider.now();
    let first = provider.ask(move |read| recent(read, now, None, 2));
    let numbers = |page: &kernel::Page<Recent>| page.items.iter().map(|it| it.number.clone()).collect::<Vec<_>>();
    assert_eq!(numbers(&first), ["pay_3", "pay_2"]);
    assert!(first.items[0].messages.is_empty());
    let [told] = &first.items[1].messages[..] else { panic!("{first:?}") };
    assert!((told.kind, told.sending, told.tries, told.forged) == (CallbackKind::Paid, Sending::Waiting, 0, true));
    let after = first.next;
    let second = provider.ask(move |read| recent(read, now, after, 2));
    assert_eq!((numbers(&second), second.next), (vec!["pay_1".to_owned()], None));
    assert_eq!(second.items[0].messages[0].due_at, Some(now.plus(MINUTE)));
    let waiting = provider.ask(waiting_mischief);
    let [waiting] = &waiting[..] else { panic!("{waiting:?}") };
    assert_eq!((&waiting.number, waiting.what, waiting.millis, waiting.times), (&None, Mischief::Delay, MINUTE, 1));
}

#[test]
fn a_payment_is_paid_once_and_told() {
    let provider = Provider::open();
    provider.create("pay_1", 500).unwrap();
    refused(provider.pay("pay_9"), "not_found");
    let paid = provider.pay("pay_1").unwrap();
    assert_eq!((paid.state, paid.paid_at), (PaymentState::Paid, Some(START)));
    refused(provider.pay("pay_1"), "already_paid");
    let heard = provider.heard();
    assert_eq!(heard.len(), 1);
    let (good, callback) = &heard[0];
    assert!(good);
    assert_eq!((callback.kind, callback.number.as_str(), callback.amount), (CallbackKind::Paid, "pay_1", cny(500)));
    assert_eq!((&callback.merchant[..], &callback.reference), (provider.keys.merchant(), &paid.reference));
    provider.answer_all(true);
    assert!(provider.due().is_empty());
}

#[test]
fn nobody_pays_what_is_closed_or_over() {
    let provider = Provider::open();
    provider.create("pay_1", 500).unwrap();
    for _ in 0..2 {
        let closed = provider.act(|tx| close(tx, "pay_1")).unwrap();
        assert_eq!(closed.state, PaymentState::Closed);
    }
    refused(provider.pay("pay_1"), "payment_closed");
    assert_eq!(provider.heard().iter().map(|(_, callback)| callback.kind).collect::<Vec<_>>(), [CallbackKind::Closed]);
    provider.create("pay_2", 500).unwrap();
    provider.clock.move_by(30 * MINUTE);
    refused(provider.pay("pay_2"), "payment_closed");
    let now = provider.now();
    let seen = provider.ask(move |read| query(read, "pay_2", now)).unwrap();
    assert_eq!(seen.state, PaymentState::Closed);
    refused(provider.act(|tx| close(tx, "pay_3")), "not_found");
}

#[test]
fn closing_what_is_paid_says_that_it_is_paid() {
    let provider = Provider::open();
    provider.paid("pay_1", 500);
    assert_eq!(provider.act(|tx| close(tx, "pay_1")).unwrap().state, PaymentState::Paid);
}

#[test]
fn a_refund_is_taken_on_first_and_done_afterwards() {
    let provider = Provider::open();
    provider.paid("pay_1", 500);
    provider.answer_all(true);
    assert_eq!(provider.refund("prf_1", 200).unwrap().state, RefundState::Accepted);
    assert_eq!(provider.refund("prf_1", 200).unwrap().state, RefundState::Done, "the same again stands as it stands");
    refused(provider.refund("prf_1", 201), "number_reused");
    refused(provider.refund("prf_2", 301), "refund_exceeds_paid");
    provider.clock.move_by(400 * DAY);
    provider.refund("prf_2", 300).unwrap();
    refused(provider.refund("prf_3", 1), "refund_exceeds_paid");
    let heard = provider.heard();
    let told: Vec<_> = heard.iter().map(|(_, callback)| (callback.kind, callback.number.as_str())).collect();
    assert_eq!(told, [(CallbackKind::Refunded, "prf_1"), (CallbackKind::Refunded, "prf_2")]);
    assert_eq!(provider.ask(|read| query_refund(read, "pay_1", "prf_3")), None);
}

#[test]
fn what_is_not_paid_does_not_go_back() {
    let provider = Provider::open();
    refused(provider.refund("prf_1", 1), "not_found");
    provider.create("pay_1", 500).unwrap();
    refused(provider.refund("prf_1", 1), "not_paid");
    provider.pay("pay_1").unwrap();
    let other = NewRefund { payment: "pay_1".into(), number: "prf_1".into(), amount: Money::new(1, Currency::USD) };
    refused(provider.act(move |tx| refund(tx, &other)), "currency_mismatch");
    refused(provider.refund("prf_1", 0), "out_of_range");
}

#[test]
fn a_refund_fails_on_demand_and_its_money_stays() {
    let provider = Provider::open();
    provider.paid("pay_1", 500);
    provider.mischief(None, Mischief::Fail, 0, 1);
    assert_eq!(provider.refund("prf_1", 500).unwrap().state, RefundState::Accepted);
    let seen = provider.ask(|read| query_refund(read, "pay_1", "prf_1")).unwrap();
    assert_eq!((seen.state, seen.code.as_deref()), (RefundState::Failed, Some("account_closed")));
    assert_eq!(provider.heard()[1].1.kind, CallbackKind::RefundFailed);
    provider.refund("prf_2", 500).unwrap();
    assert_eq!(provider.lines().len(), 2);
}

#[test]
fn a_transfer_is_made_once_and_fails_on_demand() {
    let provider = Provider::open();
    let send = |number: &str, minor: i64| {
        let new = NewTransfer { number: number.into(), account: "bnk_1".into(), amount: cny(minor) };
        provider.act(move |tx| transfer(tx, &new))
    };
    let first = send("out_1", 100).unwrap();
    assert_eq!(first.state, TransferState::Done);
    assert_eq!(send("out_1", 100).unwrap(), first);
    refused(send("out_1", 101), "number_reused");
    refused(send("out 1", 100), "malformed");
    refused(send("out_2", -1), "out_of_range");
    provider.mischief(None, Mischief::Fail, 0, 1);
    assert_eq!(send("out_2", 100).unwrap().code.as_deref(), Some("account_closed"));
    assert_eq!(provider.ask(|read| query_transfer(read, "out_1")), Some(first));
    assert_eq!(provider.ask(|read| query_transfer(read, "out_3")), None);
    assert_eq!(provider.lines().len(), 1);
}

#[test]
fn a_message_that_nobody_takes_comes_again_for_a_day() {
    let provider = Provider::open();
    provider.paid("pay_1", 500);
    let first = provider.due();
    let mut waits = Vec::new();
    provider.answer_all(false);
    while provider.now() < START.plus(3 * DAY) {
        provider.clock.move_by(15_000);
        if !provider.due().is_empty() {
            waits.push(provider.now().0 - START.0);
            let again = provider.due();
            assert_eq!(again[0].body, first[0].body);
            assert_ne!(again[0].headers, first[0].headers, "it is signed anew, so that it is fresh");
            provider.answer_all(false);
        }
    }
    assert_eq!(waits.len(), 15);
    assert_eq!(&waits[..4], [15_000, 30_000, 60_000, 4 * MINUTE]);
    assert_eq!(*waits.last().unwrap(), 24 * HOUR + 4 * MINUTE);
    let id = first[0].id;
    assert!(!provider.act(move |tx| callback_answered(tx, id, true)).unwrap());
}

#[test]
fn messages_are_delayed_doubled_lost_and_forged_on_demand() {
    let provider = Provider::open();
    provider.mischief(Some("pay_1"), Mischief::Double, 0, 1);
    provider.paid("pay_1", 500);
    let heard = provider.heard();
    assert_eq!(heard.len(), 2);
    assert_eq!(heard[0].1.id, heard[1].1.id);
    provider.answer_all(true);

    provider.mischief(None, Mischief::Lose, 0, 1);
    provider.paid("pay_2", 500);
    assert!(provider.due().is_empty());
    let now = provider.now();
    assert_eq!(provider.ask(move |read| query(read, "pay_2", now)).unwrap().state, PaymentState::Paid);

    provider.mischief(None, Mischief::Forge, 0, 1);
    provider.paid("pay_3", 500);
    assert!(!provider.heard()[0].0);
    provider.answer_all(true);

    provider.mischief(Some("pay_4"), Mischief::Delay, HOUR, 1);
    provider.paid("pay_4", 500);
    provider.clock.move_by(HOUR - 1);
    assert!(provider.due().is_empty());
    provider.clock.move_by(1);
    assert!(provider.heard()[0].0);
    provider.answer_all(true);
    provider.paid("pay_5", 500);
    assert_eq!(provider.heard().len(), 1, "mischief ends after so many times");
}

#[test]
fn a_reordered_message_is_overtaken() {
    let provider = Provider::open();
    provider.mischief(Some("pay_1"), Mischief::Reorder, 0, 1);
    provider.paid("pay_1", 500);
    provider.refund("prf_1", 500).unwrap();
    let mut order = Vec::new();
    for _ in 0..2 {
        order.extend(provider.heard().into_iter().map(|(_, callback)| callback.kind));
        provider.answer_all(true);
        provider.clock.move_by(MINUTE);
    }
    assert_eq!(order, [CallbackKind::Refunded, CallbackKind::Paid]);
}

#[test]
fn mischief_is_measured() {
    let provider = Provider::open();
    refused(provider.act(|tx| make_mischief(tx, None, Mischief::Delay, -1, 1)), "out_of_range");
    refused(provider.act(|tx| make_mischief(tx, None, Mischief::Delay, 1, -1)), "out_of_range");
    refused(provider.act(|tx| make_mischief(tx, Some("*"), Mischief::Delay, 1, 1)), "malformed");
}

#[test]
fn the_statement_holds_what_moved_and_gives_the_whole_fee_back() {
    let provider = Provider::open();
    provider.paid("pay_1", 99_99);
    provider.refund("prf_1", 33_33).unwrap();
    provider.refund("prf_2", 66_66).unwrap();
    let lines = provider.lines();
    assert_eq!(lines.len(), 3);
    let fields: Vec<Vec<&str>> = lines.iter().map(|line| line.split(',').collect()).collect();
    assert_eq!(fields[0].len(), CSV_HEADER.split(',').count());
    assert_eq!(fields[0][..4], ["2023-11-14T22:13:20Z", "pay", "pay_1", "pay_1"]);
    assert_eq!(fields[0][5..], ["CNY", "9999", "60"]);
    assert_eq!(fields[1][1..4], ["refund", "pay_1", "prf_1"]);
    let sum = |at: usize| fields.iter().map(|line| line[at].parse::<i64>().unwrap()).sum::<i64>();
    assert_eq!((sum(6), sum(7)), (0, 0));
    provider.clock.move_by(DAY);
    assert!(provider.lines().is_empty());
}

#[test]
fn requests_refuse_unknown_fields() {
    let good = r#"{"number":"pay_1","amount":{"minor":1,"currency":"CNY"},"expires_at":5}"#;
    assert!(serde_json::from_str::<NewPayment>(good).is_ok());
    assert!(serde_json::from_str::<NewPayment>(&good.replace(":5}", r#":5,"price":1}"#)).is_err());
}
