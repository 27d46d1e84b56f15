use super::*;
use kernel::{
    Actor, Currency, Cx, Error, Home, Id, Result, Text, Time, Units, error, kinds,
    time::{DAY, SetClock},
};
use std::sync::Arc;
use store::{Act, Config, Store, Tx};

const LIMITS: Limits = Limits { lines_max: 5_000, units_max: 1_000_000, total_max: 10_000_000_000_000 };
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
        self.store.write(Act::new("test", &Cx::new(Actor::System("test"), "r1")), run).wait()
    }

    fn drafted(&self, lines: Vec<NewLine>) -> Id<kinds::Quotation> {
        let new = new(lines);
        self.act(move |tx| draft(tx, &new, LIMITS)).unwrap()
    }

    fn sent(&self) -> Id<kinds::Quotation> {
        let id = self.drafted(vec![line(3, 250), line(10, 99)]);
        self.act(move |tx| send(tx, id, NOON.plus(7 * DAY))).unwrap();
        id
    }

    fn read(&self, id: Id<kinds::Quotation>) -> Quotation {
        self.store.read(move |read| quotation(read, id)).wait().unwrap()
    }

    fn events(&self) -> Vec<String> {
        let pending = self.store.read(|read| store::pending_events(read, Time(i64::MAX), 100)).wait().unwrap();
        pending.into_iter().map(|event| event.name).collect()
    }

    fn waiting_timers(&self) -> usize {
        self.store.read(|read| store::due_timers(read, Time(i64::MAX), 100)).wait().unwrap().len()
    }
}

fn id<K>(n: i64) -> Id<K> {
    Id::assemble(30_000_000_000, n, Home::of(77))
}

fn new(lines: Vec<NewLine>) -> New {
    New { shop: id(1), buyer: id(2), currency: Currency::GBP, lines }
}

fn line(units: i64, unit_price: i64) -> NewLine {
    NewLine {
        listing: id(3),
        sku: id(4),
        units: Units::new(units).unwrap(),
        unit_price,
        price_per: 1,
        title: Text::new("White cherry lights").unwrap(),
    }
}

fn code<T: std::fmt::Debug>(refused: Result<T>) -> &'static str {
    refused.unwrap_err().code()
}

#[test]
fn every_pair_of_state_and_happening_has_its_answer() {
    use {Happening as H, State as S};
    let allowed = [
        (S::Draft, H::Send, S::Sent),
        (S::Sent, H::Accept, S::Accepted),
        (S::Sent, H::Decline, S::Declined),
        (S::Sent, H::Withdraw, S::Withdrawn),
        (S::Sent, H::Expire, S::Expired),
    ];
    for state in State::ALL {
        for happening in Happening::ALL {
            let expected = allowed.iter().find(|(from, with, _)| (from, with) == (state, happening));
            assert_eq!(state.after(*happening), expected.map(|(_, _, to)| *to), "{state:?} {happening:?}");
        }
    }
}

#[test]
fn a_quotation_is_drafted_sent_and_accepted() {
    let room = Room::new();
    let quotation = room.sent();
    let seen = room.read(quotation);
    assert_eq!((seen.head.state, seen.head.total, seen.head.lines), (State::Sent, 750 + 990, 2));
    assert_eq!(quotation.home(), Home::of(77), "it lives with its buyer");
    assert_eq!(seen.lines.iter().map(|line| (line.n, line.amount)).collect::<Vec<_>>(), [(1, 750), (2, 990)]);
    assert_eq!(room.waiting_timers(), 1);

    let accepted = room.act(move |tx| Ok(accept(tx, quotation, id(9))?.version)).unwrap();
    assert_eq!((accepted, room.read(quotation).head.trade), (3, Some(id(9))));
    assert_eq!((room.events(), room.waiting_timers()), (vec!["quotation.sent".into(), "quotation.accepted".into()], 0));
    assert_eq!(code(room.act(move |tx| accept(tx, quotation, id(10)).map(drop))), "quotation_not_open");
    assert_eq!(room.read(quotation).head.trade, Some(id(9)));
}

#[test]
fn the_instant_of_expiry_is_too_late_even_before_the_timer_ran() {
    let room = Room::new();
    let quotation = room.sent();
    room.clock.move_by(7 * DAY - 1);
    assert!(!room.act(move |tx| expire(tx, quotation)).unwrap(), "a timer that is early does nothing");
    room.clock.move_by(1);
    assert_eq!(code(room.act(move |tx| accept(tx, quotation, id(9)).map(drop))), "quotation_expired");
    assert!(room.act(move |tx| expire(tx, quotation)).unwrap());
    assert!(!room.act(move |tx| expire(tx, quotation)).unwrap(), "a timer that comes twice does nothing");
    assert_eq!(room.read(quotation).head.state, State::Expired);
    assert_eq!(room.events(), ["quotation.sent", "quotation.expired"]);
}

#[test]
fn a_decided_quotation_stays_decided() {
    let room = Room::new();
    let (declined, withdrawn) = (room.sent(), room.sent());
    room.act(move |tx| decline(tx, declined)).unwrap();
    room.act(move |tx| withdraw(tx, withdrawn)).unwrap();
    assert_eq!((room.read(declined).head.state, room.read(withdrawn).head.state), (State::Declined, State::Withdrawn));
    assert_eq!(room.waiting_timers(), 0);
    for quotation in [declined, withdrawn] {
        assert_eq!(code(room.act(move |tx| decline(tx, quotation))), "quotation_not_open");
        assert_eq!(code(room.act(move |tx| withdraw(tx, quotation))), "quotation_not_open");
        assert_eq!(code(room.act(move |tx| accept(tx, quotation, id(9)).map(drop))), "quotation_not_open");
        assert_eq!(code(room.act(move |tx| send(tx, quotation, NOON.plus(9 * DAY)))), "quotation_not_draft");
        assert_eq!(code(room.act(move |tx| set_lines(tx, quotation, &[], LIMITS))), "quotation_not_draft");
    }
}

#[test]
fn only_a_draft_with_lines_is_sent_and_only_into_the_future() {
    let room = Room::new();
    let quotation = room.drafted(Vec::new());
    assert_eq!(code(room.act(move |tx| send(tx, quotation, NOON.plus(1)))), "quotation_empty");
    room.act(move |tx| set_lines(tx, quotation, &[line(1, 5), line(2, 7)], LIMITS)).unwrap();
    room.act(move |tx| set_lines(tx, quotation, &[line(2, 7)], LIMITS)).unwrap();
    room.act(move |tx| set_note(tx, quotation, Some(&Text::new("as agreed on the phone")?))).unwrap();
    let seen = room.read(quotation);
    assert_eq!((seen.head.total, seen.lines.len(), seen.note.as_deref()), (14, 1, Some("as agreed on the phone")));
    assert_eq!(code(room.act(move |tx| send(tx, quotation, NOON))), "expiry_passed");
    assert_eq!(code(room.act(move |tx| accept(tx, quotation, id(9)).map(drop))), "quotation_not_open");
    assert_eq!(code(room.act(|tx| send(tx, id(404), NOON.plus(1)))), "not_found");
    assert_eq!(code(room.act(|tx| accept(tx, id(404), id(9)).map(drop))), "not_found");
}

#[test]
fn limits_are_named_with_the_line_they_broke() {
    let small = Limits { lines_max: 2, units_max: 10, total_max: 1_000 };
    let mut odd = line(1, 1);
    odd.price_per = 7;
    let cases: [(Vec<NewLine>, &str); 6] = [
        (vec![line(1, 1), line(1, 1), line(1, 1)], "too_many most=2"),
        (vec![line(1, 1), line(11, 1)], "too_large at lines[1].units most=10"),
        (vec![line(1, -1)], "out_of_range at lines[0].unit_price least=0 most=1000"),
        (vec![line(1, 999), line(1, 2)], "too_large most=1000"),
        (vec![line(10, i64::MAX)], "too_large at lines[0].unit_price"),
        (vec![odd], "malformed at lines[0].price_per expected=1, 100 or 1000"),
    ];
    let room = Room::new();
    for (lines, expected) in cases {
        let new = new(lines);
        let refused: Error = room.act(move |tx| draft(tx, &new, small)).unwrap_err();
        assert_eq!(refused.to_string(), expected);
    }
    let exactly = new(vec![line(10, 99), line(1, 10)]);
    assert!(room.act(move |tx| draft(tx, &exactly, small)).is_ok());
}

#[test]
fn an_amount_is_rounded_half_up_once_per_line() {
    let units = |n| Units::new(n).unwrap();
    for (n, price, per, expected) in [(3, 250, 1, 750), (150, 333, 100, 500), (1, 5, 1_000, 0), (500, 1, 1_000, 1)] {
        assert_eq!(amount(units(n), price, per).unwrap(), expected, "{n} at {price} per {per}");
    }
}

#[test]
fn five_thousand_lines_fit_and_read_back_in_order() {
    let room = Room::new();
    let quotation = room.drafted((1..=5_000).map(|n| line(1, n)).collect());
    let seen = room.read(quotation);
    assert_eq!((seen.lines.len(), seen.head.total), (5_000, 5_000 * 5_001 / 2));
    assert!((1..).zip(&seen.lines).all(|(n, line)| (line.n, line.unit_price) == (n, n)));
}

#[test]
fn a_buyer_sees_what_was_sent_page_by_page_and_no_drafts() {
    let room = Room::new();
    let mut sent: Vec<_> = (0..3).map(|_| room.sent()).collect();
    room.drafted(vec![line(1, 1)]);
    sent.reverse();
    let first = room.store.read(|read| of_buyer(read, id(2), None, 2)).wait().unwrap();
    let cursor = first.next;
    let rest = room.store.read(move |read| of_buyer(read, id(2), cursor, 2)).wait().unwrap();
    let seen: Vec<_> = first.items.iter().chain(&rest.items).map(|head| head.id).collect();
    assert_eq!((seen, rest.next), (sent, None));
    assert!(room.store.read(|read| of_buyer(read, id(5), None, 2)).wait().unwrap().items.is_empty());
}

#[test]
fn codes_are_the_snake_case_of_their_names() {
    for (name, code, _) in Refusal::ALL {
        assert_eq!(error::snake_case(name), *code);
    }
}
