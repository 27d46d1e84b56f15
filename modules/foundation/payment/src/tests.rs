#![allow(clippy::inconsistent_digit_grouping, reason = "amounts read as yuan and fen")]

use crate::{channel::fresh, event::*, *};
use kernel::{Actor, Currency, Cx, Home, Id, Kind, Money, Result, Time, kinds, time::MINUTE, time::SetClock};
use serde::{Serialize, de::DeserializeOwned};
use std::sync::Arc;
use store::{Act, Config, Read, Store, Tx, args};

const START: Time = Time(1_700_000_000_000);

/// A market with nothing but payments, and a clock that is moved.
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
        let cx = Cx::new(Actor::System("test"), "r1");
        self.store.write(Act::new("test", &cx), run).wait()
    }

    fn ask<T: Send + 'static>(&self, ask: impl FnOnce(&mut Read) -> Result<T> + Send + 'static) -> T {
        self.store.read(ask).wait().unwrap()
    }

    /// A payment of 100.00 for two orders of 60.00 and 40.00.
    fn intended(&self) -> Id<kinds::Payment> {
        let expires = self.clock_now().plus(30 * MINUTE);
        self.act(move |tx| intend(tx, trade(), &orders(), "sandbox", cny(100_00), expires)).unwrap()
    }

    fn paid(&self) -> Id<kinds::Payment> {
        let payment = self.intended();
        assert_eq!(self.pay(payment, cny(100_00), true).unwrap(), Outcome::Paid);
        payment
    }

    fn pay(&self, payment: Id<kinds::Payment>, money: Money, wanted: bool) -> Result<Outcome> {
        self.act(move |tx| succeed(tx, payment, money, "ref", |_| Ok(wanted)))
    }

    fn refund(
        &self,
        payment: Id<kinds::Payment>,
        n: i64,
        parts: &[(Id<kinds::Order>, i64)],
    ) -> Result<Id<kinds::PaymentRefund>> {
        let parts = parts.to_vec();
        let amount = cny(parts.iter().map(|(_, share)| share).sum());
        self.act(move |tx| intend_refund(tx, payment, document(n), &parts, amount))
    }

    fn find(&self, payment: Id<kinds::Payment>) -> Payment {
        self.ask(move |read| find(read, payment))
    }

    fn find_refund(&self, refund: Id<kinds::PaymentRefund>) -> Refund {
        self.ask(move |read| find_refund(read, refund))
    }

    fn events(&self) -> Vec<String> {
        let now = self.clock_now();
        let events = self.ask(move |read| store::pending_events(read, now, 100));
        events.into_iter().map(|event| format!("{} {}", event.name, event.seq)).collect()
    }

    fn clock_now(&self) -> Time {
        self.store.clock().now()
    }
}

fn home() -> Home {
    Home::of(77)
}
fn trade() -> Id<kinds::Trade> {
    Id::assemble(1, 1, home())
}
fn order(n: i64) -> Id<kinds::Order> {
    Id::assemble(1, n, home())
}
fn document(n: i64) -> Id<kinds::Refund> {
    Id::assemble(2, n, home())
}
fn orders() -> [(Id<kinds::Order>, i64); 2] {
    [(order(1), 60_00), (order(2), 40_00)]
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
fn a_payment_is_intended_sent_and_paid_once() {
    let room = Room::open();
    let payment = room.intended();
    assert_eq!(payment.home(), home());
    let found = room.find(payment);
    assert_eq!((found.state, found.amount, found.captured), (State::Created, cny(100_00), 0));
    assert!(room.act(move |tx| sent(tx, payment, "sbx_1")).unwrap());
    assert!(!room.act(move |tx| sent(tx, payment, "sbx_2")).unwrap());
    assert_eq!(room.find(payment).channel_ref.as_deref(), Some("sbx_1"));

    assert_eq!(room.pay(payment, cny(100_00), true).unwrap(), Outcome::Paid);
    let found = room.find(payment);
    assert_eq!((found.state, found.authorised, found.captured), (State::Succeeded, 100_00, 100_00));
    assert_eq!(found.ended_at, Some(START));
    let again = room.act(move |tx| succeed(tx, payment, cny(100_00), "ref", |_| panic!("a second time"))).unwrap();
    assert_eq!(again, Outcome::Already);
    assert_eq!(room.events(), ["payment.succeeded 3"]);
    assert!(!room.act(move |tx| sent(tx, payment, "sbx_3")).unwrap(), "an answer that comes after the callback");
    assert_eq!(room.ask(|read| of_trade(read, trade())), [room.find(payment)]);
    let parts = room.ask(move |read| parts(read, payment));
    assert_eq!(parts.iter().map(|part| (part.order, part.amount)).collect::<Vec<_>>(), orders());
}

#[test]
fn parts_make_up_the_amount() {
    let room = Room::open();
    for (parts, code) in [
        (vec![(order(1), 60_00)], "parts_do_not_sum"),
        (vec![], "parts_do_not_sum"),
        (vec![(order(1), 100_00), (order(2), 0)], "out_of_range"),
        (vec![(order(1), 101_00), (order(2), -1_00)], "out_of_range"),
    ] {
        refused(room.act(move |tx| intend(tx, trade(), &parts, "sandbox", cny(100_00), START)), code);
    }
    refused(room.act(|tx| intend(tx, trade(), &[], "sandbox", cny(0), START)), "parts_do_not_sum");
}

#[test]
fn another_amount_or_currency_is_refused_and_changes_nothing() {
    let room = Room::open();
    let payment = room.intended();
    let before = room.find(payment);
    refused(room.pay(payment, cny(99_99), true), "amount_mismatch");
    refused(room.pay(payment, Money::new(100_00, Currency::USD), true), "currency_mismatch");
    refused(room.pay(Id::assemble(9, 9, home()), cny(1), true), "not_found");
    assert_eq!(room.find(payment), before);
    assert!(room.events().is_empty());
}

#[test]
fn a_claim_that_is_refused_takes_the_payment_back_with_it() {
    let room = Room::open();
    let payment = room.intended();
    let broken = room.act(move |tx| succeed(tx, payment, cny(100_00), "ref", |_| Err(Refusal::AlreadyPaid.into())));
    refused(broken, "already_paid");
    assert_eq!(room.find(payment).state, State::Created);
}

#[test]
fn a_payment_after_closing_is_late_and_goes_back_once() {
    let room = Room::open();
    let payment = room.intended();
    assert!(room.act(move |tx| close(tx, payment)).unwrap());
    assert!(!room.act(move |tx| close(tx, payment)).unwrap());
    let outcome = room.act(move |tx| succeed(tx, payment, cny(100_00), "ref", |_| panic!("closed"))).unwrap();
    assert_eq!(outcome, Outcome::Late(Why::AfterClosing));
    assert_eq!(room.pay(payment, cny(100_00), true).unwrap(), Outcome::Already);
    assert_eq!(room.find(payment).captured, 0);

    let refund = room.act(move |tx| refund_late(tx, payment)).unwrap();
    refused(room.act(move |tx| refund_late(tx, payment)), "refund_exceeds_paid");
    let late = room.ask(move |read| late_of(read, payment)).unwrap();
    assert_eq!((late.amount, late.refunded, late.channel_ref.as_str()), (cny(100_00), 100_00, "ref"));
    let found = room.find_refund(refund);
    assert_eq!((found.document, found.amount, found.state), (None, cny(100_00), RefundState::Intended));
    assert!(room.act(move |tx| refund_done(tx, refund, cny(100_00), "r")).unwrap());
    assert_eq!(room.events(), ["payment.closed 2", "payment.unmatched 3", "payment.refunded 4"]);
    refused(room.refund(payment, 1, &[(order(1), 1)]), "wrong_state");
}

#[test]
fn of_two_payments_of_a_trade_the_second_is_late() {
    let room = Room::open();
    let (first, second) = (room.intended(), room.intended());
    assert_eq!(room.pay(first, cny(100_00), true).unwrap(), Outcome::Paid);
    assert_eq!(room.pay(second, cny(100_00), false).unwrap(), Outcome::Late(Why::SecondPayment));
    assert_eq!(room.find(second).state, State::Closed);
    let third = room.act(|tx| intend(tx, trade(), &orders(), "sandbox", cny(100_00), START));
    refused(third, "already_paid");
    refused(room.act(move |tx| close(tx, first)), "already_paid");
    refused(room.act(move |tx| fail(tx, first, "no_funds")), "already_paid");
}

#[test]
fn money_for_a_trade_that_closed_is_late_though_its_payment_was_open() {
    let room = Room::open();
    let payment = room.intended();
    assert_eq!(room.pay(payment, cny(100_00), false).unwrap(), Outcome::Late(Why::AfterClosing));
    assert_eq!(room.find(payment).state, State::Closed);
    assert_eq!(room.events(), ["payment.unmatched 2"]);
    assert!(room.ask(|read| due(read, Time(i64::MAX), 9)).is_empty());
}

#[test]
fn money_of_another_amount_is_put_aside_and_uses_up_the_number() {
    let room = Room::open();
    let payment = room.intended();
    let other = Money::new(7_00, Currency::USD);
    refused(room.act(move |tx| unmatched(tx, payment, cny(0), "r", Why::WrongAmount)), "out_of_range");
    assert!(room.act(move |tx| unmatched(tx, payment, other, "r", Why::WrongAmount)).unwrap());
    assert!(!room.act(move |tx| unmatched(tx, payment, other, "r", Why::WrongAmount)).unwrap());
    assert_eq!(room.find(payment).state, State::Failed);
    let refund = room.act(move |tx| refund_late(tx, payment)).unwrap();
    assert_eq!(room.find_refund(refund).amount, other);
    let paid = room.paid();
    refused(room.act(move |tx| unmatched(tx, paid, cny(1), "r", Why::WrongAmount)), "already_paid");
    refused(room.act(move |tx| refund_late(tx, paid)), "not_found");
}

#[test]
fn a_payment_that_the_channel_refuses_has_failed() {
    let room = Room::open();
    let payment = room.intended();
    assert!(room.act(move |tx| fail(tx, payment, "no_funds")).unwrap());
    assert!(!room.act(move |tx| fail(tx, payment, "no_funds")).unwrap());
    assert_eq!(room.find(payment).failure.as_deref(), Some("no_funds"));
    assert_eq!(room.pay(payment, cny(100_00), true).unwrap(), Outcome::Late(Why::AfterClosing));
    assert_eq!(room.events(), ["payment.failed 2", "payment.unmatched 3"]);
}

#[test]
fn refunds_stay_within_what_was_paid_for_each_order() {
    let room = Room::open();
    let payment = room.paid();
    let first = room.refund(payment, 1, &[(order(1), 50_00)]).unwrap();
    refused(room.refund(payment, 2, &[(order(1), 10_01)]), "refund_exceeds_paid");
    refused(room.refund(payment, 2, &[(order(3), 1)]), "refund_exceeds_paid");
    refused(room.refund(payment, 2, &[(order(1), 10_00), (order(2), 40_01)]), "refund_exceeds_paid");
    refused(room.refund(payment, 1, &[(order(2), 1)]), "refund_exists");
    let usd = Money::new(1, Currency::USD);
    let other = room.act(move |tx| intend_refund(tx, payment, document(2), &[(order(2), 1)], usd));
    refused(other, "currency_mismatch");
    room.refund(payment, 2, &[(order(1), 10_00), (order(2), 40_00)]).unwrap();
    refused(room.refund(payment, 3, &[(order(2), 1)]), "refund_exceeds_paid");
    assert_eq!(room.find(payment).refunded, 100_00);
    assert_eq!(room.ask(move |read| parts(read, payment)).iter().map(|part| part.refunded).sum::<i64>(), 100_00);
    assert_eq!(room.ask(move |read| refunds_of(read, payment)).len(), 2);
    assert_eq!(room.ask(|read| refunds_for(read, document(1)))[0].id, first);
}

#[test]
fn an_unpaid_payment_gives_nothing_back() {
    let room = Room::open();
    let payment = room.intended();
    refused(room.refund(payment, 1, &[(order(1), 1)]), "wrong_state");
    refused(room.refund(Id::assemble(9, 9, home()), 1, &[(order(1), 1)]), "not_found");
}

#[test]
fn a_refund_accepted_is_not_done_and_one_done_is_done_once() {
    let room = Room::open();
    let payment = room.paid();
    let refund = room.refund(payment, 1, &[(order(1), 50_00)]).unwrap();
    assert!(room.act(move |tx| refund_accepted(tx, refund, "sbr_1")).unwrap());
    assert!(!room.act(move |tx| refund_accepted(tx, refund, "sbr_1")).unwrap());
    assert_eq!(room.find_refund(refund).state, RefundState::Accepted);
    refused(room.act(move |tx| refund_done(tx, refund, cny(49_99), "sbr_1")), "amount_mismatch");
    assert!(room.act(move |tx| refund_done(tx, refund, cny(50_00), "sbr_1")).unwrap());
    assert!(!room.act(move |tx| refund_done(tx, refund, cny(50_00), "sbr_1")).unwrap());
    refused(room.act(move |tx| refund_failed(tx, refund, "card_closed")), "wrong_state");
    refused(room.act(move |tx| refund_again(tx, refund)), "wrong_state");
    assert_eq!(room.events(), ["payment.succeeded 2", "payment.refunded 3"]);
}

#[test]
fn a_refund_that_failed_may_be_asked_for_again() {
    let room = Room::open();
    let payment = room.paid();
    let refund = room.refund(payment, 1, &[(order(1), 50_00)]).unwrap();
    assert!(room.act(move |tx| refund_failed(tx, refund, "card_closed")).unwrap());
    assert!(!room.act(move |tx| refund_failed(tx, refund, "card_closed")).unwrap());
    refused(room.act(move |tx| refund_done(tx, refund, cny(50_00), "r")), "wrong_state");
    assert!(room.ask(|read| due_refunds(read, Time(i64::MAX), 9)).is_empty());
    room.act(move |tx| refund_again(tx, refund)).unwrap();
    let now = room.clock_now();
    assert_eq!(room.ask(move |read| due_refunds(read, now, 9)).len(), 1);
    assert!(room.act(move |tx| refund_done(tx, refund, cny(50_00), "r")).unwrap());
    assert_eq!(room.find(payment).refunded, 50_00, "owed money stays counted while it is on its way");
}

#[test]
fn the_worker_asks_what_the_state_calls_for() {
    let room = Room::open();
    let payment = room.intended();
    let dues = |room: &Room| {
        let now = room.clock_now();
        let found = room.ask(move |read| due(read, now, 9));
        found.iter().map(|payment| payment.asking(now)).collect::<Vec<_>>()
    };
    assert!(dues(&room).is_empty());
    room.clock.move_by(5_000);
    assert_eq!(dues(&room), [Asking::Create]);
    room.act(move |tx| sent(tx, payment, "sbx_1")).unwrap();
    assert!(dues(&room).is_empty());
    room.clock.move_by(5_000);
    assert_eq!(dues(&room), [Asking::Query]);
    room.act(move |tx| asked(tx, payment)).unwrap();
    room.clock.move_by(29_999);
    assert!(dues(&room).is_empty());
    room.clock.move_by(30 * MINUTE);
    assert_eq!(dues(&room), [Asking::Close]);
    room.act(move |tx| close(tx, payment)).unwrap();
    assert_eq!(dues(&room), [Asking::Close], "the channel is yet to be told");
    room.act(move |tx| told(tx, payment)).unwrap();
    assert!(dues(&room).is_empty());
    let open = room.intended();
    refused(room.act(move |tx| told(tx, open)), "wrong_state");
}

#[test]
fn a_refund_is_asked_about_until_it_is_done() {
    let room = Room::open();
    let payment = room.paid();
    let refund = room.refund(payment, 1, &[(order(1), 50_00)]).unwrap();
    let due_in = |room: &Room, millis: i64| {
        room.clock.move_by(millis);
        let now = room.clock_now();
        room.ask(move |read| due_refunds(read, now, 9)).len()
    };
    assert_eq!(due_in(&room, 0), 1, "somebody waits for his money: the channel is asked at once");
    room.act(move |tx| refund_accepted(tx, refund, "r").map(drop)).unwrap();
    assert_eq!(due_in(&room, 9_999), 0);
    assert_eq!(due_in(&room, 1), 1);
    room.act(move |tx| refund_asked(tx, refund)).unwrap();
    assert_eq!(due_in(&room, MINUTE - 1), 0);
    assert_eq!(due_in(&room, 1), 1);
    room.act(move |tx| refund_done(tx, refund, cny(50_00), "r")).unwrap();
    assert_eq!(due_in(&room, 1_000 * MINUTE), 0);
}

#[test]
fn events_carry_ids_and_amounts() {
    let room = Room::open();
    let payment = room.paid();
    let events = room.ask(|read| store::pending_events(read, START, 9));
    let event: Succeeded = events[0].as_event().unwrap().unwrap();
    assert_eq!(event, Succeeded { payment, trade: trade(), amount: cny(100_00) });
    assert_eq!(events[0].home, home());
}

#[test]
fn a_message_is_believed_for_five_minutes() {
    for (age, good) in
        [(0, true), (5 * MINUTE, true), (-5 * MINUTE, true), (5 * MINUTE + 1, false), (-5 * MINUTE - 1, false)]
    {
        assert_eq!(fresh(START, START.plus(age)).is_ok(), good, "{age}");
    }
    let error = fresh(Time(i64::MIN), START).unwrap_err();
    assert_eq!((error.code(), error.kind()), ("stale_timestamp", Some(Kind::Invalid)));
}

#[test]
fn the_tables_hold_no_more_refunded_than_paid() {
    let room = Room::open();
    let payment = room.paid();
    let over = room.act(move |tx| {
        let sql = store::sql!("update payment_payment set refunded = captured + 1 where home = $1 and id = $2");
        tx.exec(sql, args![payment.home(), payment])
    });
    refused(over, "broken");
}
