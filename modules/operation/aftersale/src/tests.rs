use super::*;
use kernel::{
    Actor, Currency, Cx, Home, Id, Result, Text, Time, Units, error, kinds,
    time::{DAY, HOUR, SetClock},
};
use std::sync::Arc;
use store::{Act, Config, Store, Tx};

const NOON: Time = Time(1_260_000_000_000);

struct Room {
    store: Store,
    clock: Arc<SetClock>,
}

impl Room {
    fn new() -> Room {
        let clock = Arc::new(SetClock::at(NOON));
        let store = Store::open(Config::new("sqlite::memory:", clock.clone()), &[SCHEMA]).unwrap();
        Room { store, clock }
    }

    fn act<T>(&self, run: impl FnMut(&mut Tx) -> Result<T> + Send + 'static) -> Result<T>
    where
        T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
    {
        self.store.write(Act::new("test", &Cx::new(Actor::Person(id(8)), "r1")), run).wait()
    }

    fn ask(&self, new: New) -> Result<Id<kinds::Case>> {
        self.act(move |tx| ask(tx, &new, NOON.plus(48 * HOUR)))
    }

    fn granted(&self) -> Id<kinds::Case> {
        let new = new(Kind::RefundOnly, vec![goods(1, 3), Line::charge(1)]);
        self.act(move |tx| open_granted(tx, &new, Ground::SellersChoice)).unwrap()
    }

    fn read(&self, id: Id<kinds::Case>) -> Case {
        self.store.read(move |read| case(read, id)).wait().unwrap()
    }

    fn state(&self, id: Id<kinds::Case>) -> State {
        self.read(id).head.state
    }

    fn waiting(&self, cursor: Option<kernel::Cursor>) -> kernel::Page<Head> {
        self.store.read(move |read| waiting_for_operator(read, cursor, 2)).wait().unwrap()
    }

    fn events(&self) -> Vec<store::Delivery> {
        self.store.read(|read| store::pending_events(read, Time(i64::MAX), 100)).wait().unwrap()
    }

    fn names(&self) -> Vec<String> {
        self.events().into_iter().map(|event| event.name).collect()
    }

    fn waiting_timers(&self) -> usize {
        self.store.read(|read| store::due_timers(read, Time(i64::MAX), 100)).wait().unwrap().len()
    }
}

fn id<K>(n: i64) -> Id<K> {
    Id::assemble(30_000_000_000, n, Home::of(77))
}

fn goods(n: i64, units: i64) -> Line {
    Line::goods(n, Units::new(units).unwrap())
}

fn new(kind: Kind, lines: Vec<Line>) -> New {
    let words = Some(Text::new("two of them leak").unwrap());
    New { ord: id(1), shop: id(2), buyer: id(3), kind, reason: "agreed".to_owned(), lines, words }
}

fn money_back(case: Id<kinds::Case>) -> NewRefund {
    let line = |kind, n, units, amount, tax| RefundLine { kind, n, units, amount, tax };
    let part = |payment, bearer, amount| Part { payment, bearer, amount };
    NewRefund {
        case,
        currency: Currency::CNY,
        lines: vec![line(LineKind::Goods, 1, 3, 90_00, 4_00), line(LineKind::Charge, 1, 0, 12_00, 0)],
        parts: vec![part(Some(id(20)), Bearer::Buyer, 82_00), part(None, Bearer::Platform, 20_00)],
        commission_back: 450,
        stage: Stage::BeforeSettle,
    }
}

fn code<T: std::fmt::Debug>(refused: Result<T>) -> &'static str {
    refused.unwrap_err().code()
}

#[test]
fn every_pair_of_state_and_happening_has_its_answer() {
    use {Happening as H, State as S};
    let allowed = [
        (S::Asked, H::Grant, S::Granted),
        (S::Asked, H::Refuse, S::Refused),
        (S::Asked, H::Escalate, S::WithOperator),
        (S::Asked, H::Withdraw, S::Withdrawn),
        (S::Asked, H::Close, S::Closed),
        (S::WithOperator, H::Grant, S::Granted),
        (S::WithOperator, H::Refuse, S::Refused),
        (S::WithOperator, H::Withdraw, S::Withdrawn),
        (S::WithOperator, H::Close, S::Closed),
    ];
    for state in State::ALL {
        for happening in Happening::ALL {
            let expected = allowed.iter().find(|(from, with, _)| (from, with) == (state, happening));
            assert_eq!(state.after(*happening), expected.map(|(_, _, to)| *to), "{state:?} {happening:?}");
        }
    }
}

#[test]
fn every_pair_of_refund_state_and_happening_has_its_answer() {
    use {RefundHappening as H, RefundState as S};
    let allowed = [
        (S::Granted, H::Send, S::Sent),
        (S::Failed, H::Send, S::Sent),
        (S::Sent, H::Finish, S::Done),
        (S::Sent, H::Fail, S::Failed),
    ];
    for state in RefundState::ALL {
        for happening in RefundHappening::ALL {
            let expected = allowed.iter().find(|(from, with, _)| (from, with) == (state, happening));
            assert_eq!(state.after(*happening), expected.map(|(_, _, to)| *to), "{state:?} {happening:?}");
        }
    }
}

#[test]
fn a_case_is_asked_and_granted() {
    let room = Room::new();
    let case = room.ask(new(Kind::RefundOnly, vec![goods(1, 2), Line::charge(1)])).unwrap();
    let seen = room.read(case);
    assert_eq!((case.home(), seen.head.state, seen.head.asked_by), (Home::of(77), State::Asked, Some(id(8))));
    assert_eq!(seen.head.answer_by, Some(NOON.plus(48 * HOUR)));
    assert_eq!(seen.lines, [goods(1, 2), Line::charge(1)]);
    assert_eq!(room.waiting_timers(), 1);

    room.clock.move_by(HOUR);
    let granted = room.act(move |tx| grant(tx, case, Ground::SellersChoice, None)).unwrap();
    assert_eq!((granted.state, granted.decided_at, granted.version), (State::Granted, Some(NOON.plus(HOUR)), 2));
    assert_eq!((granted.decided_by, granted.ground), (Some(id(8)), Some(Ground::SellersChoice)));
    assert_eq!((room.names(), room.waiting_timers()), (vec!["aftersale.asked".into(), "aftersale.granted".into()], 0));

    assert_eq!(code(room.act(move |tx| refuse(tx, case, Ground::Ruling, None))), "case_decided");
    assert_eq!(code(room.act(move |tx| withdraw(tx, case))), "case_decided");
    assert_eq!(code(room.act(move |tx| close(tx, case))), "case_decided");
    assert_eq!(code(room.act(move |tx| to_operator(tx, case, NOON))), "case_decided");
    assert_eq!(room.state(case), State::Granted);
}

#[test]
fn a_line_is_in_one_open_case_at_a_time() {
    let room = Room::new();
    let first = room.ask(new(Kind::RefundOnly, vec![goods(1, 1), goods(2, 1)])).unwrap();
    let refused = room.ask(new(Kind::Return, vec![goods(3, 1), goods(2, 5)])).unwrap_err();
    assert_eq!(refused.to_string(), format!("case_open kind=goods line=2 case={first}"));
    let cases = room.store.read(|read| cases_of_order(read, id(1))).wait().unwrap();
    assert_eq!(cases, [room.read(first)], "the refused one left nothing");

    let other = room.ask(new(Kind::Return, vec![goods(3, 1), Line::charge(2)])).unwrap();
    let mut elsewhere = new(Kind::Return, vec![goods(2, 1)]);
    elsewhere.ord = id(11);
    room.ask(elsewhere).unwrap();
    room.act(move |tx| withdraw(tx, first)).unwrap();
    let second = room.ask(new(Kind::Return, vec![goods(2, 5)])).unwrap();
    room.act(move |tx| close(tx, other)).unwrap();
    let states = [first, other, second].map(|case| room.state(case));
    assert_eq!(states, [State::Withdrawn, State::Closed, State::Asked]);
    room.granted();
}

#[test]
fn the_operator_sees_the_most_urgent_first_and_rules() {
    let room = Room::new();
    let cases = [3, 1, 2].map(|days| {
        let case = room.ask(new(Kind::RefundOnly, vec![goods(days, 1)])).unwrap();
        room.act(move |tx| to_operator(tx, case, NOON.plus(days * DAY))).unwrap();
        case
    });
    let asked = room.ask(new(Kind::RefundOnly, vec![goods(9, 1)])).unwrap();
    assert_eq!(room.waiting_timers(), 1, "only the one that the seller still has");

    let first = room.waiting(None);
    let rest = room.waiting(first.next);
    let seen: Vec<_> = first.items.iter().chain(&rest.items).map(|head| head.id).collect();
    assert_eq!((seen, rest.next), (vec![cases[1], cases[2], cases[0]], None));

    let words = Text::new("the film shows whole cups").unwrap();
    let one = cases[0];
    room.act(move |tx| refuse(tx, one, Ground::Ruling, Some(&words))).unwrap();
    assert_eq!(code(room.act(move |tx| to_operator(tx, one, NOON))), "case_decided");
    let written = room.store.read(move |read| words_of(read, one)).wait().unwrap();
    let written: Vec<_> = written.iter().map(|words| (words.n, words.side, words.words.as_str())).collect();
    assert_eq!(written, [(1, Side::Buyer, "two of them leak"), (3, Side::Operator, "the film shows whole cups")]);
    assert_eq!(room.waiting(None).items.len(), 2);
    assert_eq!(room.state(asked), State::Asked);
    let told: Vec<_> = room.events().into_iter().filter(|event| event.root == one.raw()).collect();
    let told: Vec<_> = told.iter().map(|event| (event.name.as_str(), event.seq)).collect();
    assert_eq!(told, [("aftersale.asked", 1), ("aftersale.escalated", 2), ("aftersale.refused", 3)]);
}

#[test]
fn a_case_may_be_granted_as_it_is_opened() {
    let room = Room::new();
    let case = room.granted();
    let head = room.read(case).head;
    assert_eq!((head.state, head.version, head.answer_by), (State::Granted, 1, None));
    assert_eq!((head.decided_at, head.decided_by), (Some(NOON), Some(id(8))));
    assert_eq!((room.names(), room.waiting_timers()), (vec!["aftersale.granted".into()], 0));
}

#[test]
fn odd_cases_are_refused() {
    let room = Room::new();
    let negative = Line { kind: LineKind::Goods, n: 1, units: -1 };
    let counted = Line { kind: LineKind::Charge, n: 1, units: 1 };
    let odd: [(Vec<Line>, &str); 4] = [
        (vec![], "required"),
        (vec![goods(1, 1), goods(1, 2)], "malformed"),
        (vec![negative], "malformed"),
        (vec![counted], "malformed"),
    ];
    for (lines, expected) in odd {
        assert_eq!(code(room.ask(new(Kind::Return, lines))), expected);
    }
    for reason in ["wrong_size", "'; drop table aftersale_case", ""] {
        let mut new = new(Kind::Cancel, vec![goods(1, 1)]);
        new.reason = reason.to_owned();
        assert_eq!(code(room.ask(new)), "reason_unknown");
    }
    let reasons = room.store.read(|read| reasons(read, Kind::Exchange)).wait().unwrap();
    assert_eq!(reasons, ["agreed", "damaged", "other", "wrong_goods", "wrong_size"]);
    assert_eq!(code(room.act(|tx| grant(tx, id(404), Ground::Silence, None))), "not_found");
    assert!(room.names().is_empty());
}

#[test]
fn a_refund_is_recorded_sent_and_done() {
    let room = Room::new();
    let case = room.granted();
    let new = money_back(case);
    let back = room.act(move |tx| record_refund(tx, &new)).unwrap();
    let read = move |room: &Room| room.store.read(move |read| refund(read, back)).wait().unwrap();
    let seen = read(&room);
    assert_eq!((seen.head.amount, seen.head.goods, seen.head.charges), (10_200, 90_00, 12_00));
    assert_eq!((seen.head.ord, seen.head.shop, seen.head.granted_by), (id(1), id(2), Some(id(8))));
    assert_eq!((seen.lines, seen.parts), (money_back(case).lines, money_back(case).parts));

    assert_eq!(code(room.act(move |tx| refund_done(tx, back))), "refund_not_sent");
    room.act(move |tx| refund_sent(tx, back)).unwrap();
    assert_eq!(code(room.act(move |tx| refund_sent(tx, back))), "refund_already_sent");
    room.act(move |tx| refund_failed(tx, back)).unwrap();
    room.act(move |tx| refund_sent(tx, back)).unwrap();
    assert_eq!(room.names(), ["aftersale.granted"], "nobody is told before the channel says so");
    room.act(move |tx| refund_done(tx, back)).unwrap();
    for again in [refund_sent, refund_failed, refund_done] {
        assert!(matches!(code(room.act(move |tx| again(tx, back))), "refund_already_sent" | "refund_not_sent"));
    }
    let told = room.events().pop().unwrap();
    let refunded: Refunded = told.as_event().unwrap().expect("the last event is the refund");
    assert_eq!((refunded.amount, refunded.commission_back, told.seq), (10_200, 450, 5));
    let listed = room.store.read(|read| refunds_of_order(read, id(1))).wait().unwrap();
    assert_eq!(listed, [read(&room)]);
}

#[test]
fn money_goes_back_only_under_a_granted_case_and_by_ways_that_add_up() {
    let room = Room::new();
    let asked = room.ask(new(Kind::RefundOnly, vec![goods(1, 1)])).unwrap();
    let refund = |new: NewRefund| room.act(move |tx| record_refund(tx, &new));
    assert_eq!(code(refund(money_back(asked))), "case_not_granted");
    assert_eq!(code(refund(money_back(id(404)))), "not_found");
    let case = room.granted();
    let mut empty = money_back(case);
    empty.lines.clear();
    assert_eq!(code(refund(empty)), "required");
    let mut short = money_back(case);
    short.parts.pop();
    assert_eq!(code(refund(short)), "broken");
    let mut huge = money_back(case);
    huge.lines.iter_mut().for_each(|line| line.amount = i64::MAX);
    assert_eq!(code(refund(huge)), "too_large");
    assert!(room.store.read(|read| refunds_of_order(read, id(1))).wait().unwrap().is_empty());
}

#[test]
fn codes_are_the_snake_case_of_their_names() {
    for (name, code, _) in Refusal::ALL {
        assert_eq!(error::snake_case(name), *code);
    }
}
