use super::*;
use kernel::{
    Actor, Currency, Cx, Home, Id, Money, Result, Text, Time, Units, error, kinds,
    time::{DAY, HOUR, MINUTE, SetClock},
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
        self.store.write(Act::new("test", &Cx::new(Actor::System("test"), "r1")), run).wait()
    }

    fn ship(&self, number: &str) -> Result<Id<kinds::Parcel>> {
        let new = new(number);
        self.act(move |tx| ship(tx, &new))
    }

    fn track(&self, parcel: Id<kinds::Parcel>, state: State, minutes: i64, key: &str) -> Result<Heard> {
        let scan = scan(state, minutes, key);
        self.act(move |tx| track(tx, parcel, &scan))
    }

    fn read(&self, id: Id<kinds::Parcel>) -> Shipped {
        self.store.read(move |read| parcel(read, id)).wait().unwrap()
    }

    fn has_scan(&self) -> bool {
        self.store.read(|read| has_scan(read, id(1))).wait().unwrap()
    }

    fn events(&self) -> Vec<store::Delivery> {
        self.store.read(|read| store::pending_events(read, Time(i64::MAX), 100)).wait().unwrap()
    }

    fn names(&self) -> Vec<String> {
        self.events().into_iter().map(|event| event.name).collect()
    }
}

fn id<K>(n: i64) -> Id<K> {
    Id::assemble(30_000_000_000, n, Home::of(77))
}

fn units(n: i64) -> Units {
    Units::new(n).unwrap()
}

fn new(number: &str) -> New {
    let waybill = Waybill::new("sf", number).unwrap();
    New { ord: id(1), shop: id(2), lines: vec![(1, units(2)), (3, units(1)), (1, units(4))], waybill }
}

fn scan(state: State, minutes: i64, key: &str) -> Scan {
    let place = Some(Text::new("杭州").unwrap());
    Scan { state, carrier_at: NOON.plus(minutes * MINUTE), place, source_key: Text::new(key).unwrap() }
}

fn code<T: std::fmt::Debug>(refused: Result<T>) -> &'static str {
    refused.unwrap_err().code()
}

#[test]
fn every_pair_of_state_and_scan_has_its_answer() {
    use State as S;
    for state in State::ALL {
        for scan in State::ALL {
            let expected = match (state, scan) {
                (_, S::Created) | (S::Signed | S::Returned, _) => None,
                (S::Returning, S::Signed) => Some(S::Returned),
                (S::Returning, S::Returning | S::Returned | S::Lost | S::Damaged) => Some(*scan),
                (S::Returning, _) => None,
                _ => Some(*scan),
            };
            assert_eq!(state.after(*scan), expected, "{state:?} {scan:?}");
        }
    }
}

#[test]
fn a_parcel_is_handed_over_and_signed() {
    let room = Room::new();
    let parcel = room.ship("SF 1000").unwrap();
    let seen = room.read(parcel);
    assert_eq!((parcel.home(), seen.parcel.state, seen.parcel.handed_at), (Home::of(77), State::Created, NOON));
    assert_eq!((seen.carrier.as_str(), seen.waybill.as_str()), ("sf", "SF1000"));
    assert_eq!(seen.lines, [(1, units(6)), (3, units(1))], "a line named twice is one line");
    assert!(!room.has_scan());

    let way = [State::PickedUp, State::InTransit, State::AtStation, State::OutForDelivery, State::Signed];
    for (minutes, state) in (1..).zip(way) {
        let heard = room.track(parcel, state, minutes, state.word()).unwrap();
        assert_eq!(heard, Heard { is_new: true, state });
    }
    assert!(room.has_scan());
    let events = room.events();
    assert_eq!(events.len(), 6);
    let signed: Signed = events[5].as_event().unwrap().expect("the last event is the signature");
    assert_eq!((signed.signed_at, events[5].seq), (NOON.plus(5 * MINUTE), 6));
    let listed = room.store.read(|read| parcels_of_order(read, id(1))).wait().unwrap();
    assert_eq!(listed, [room.read(parcel)]);
}

#[test]
fn scans_come_late_twice_and_out_of_order() {
    use State::{AtStation, InTransit, OutForDelivery, PickedUp, Signed};
    let scans = [(PickedUp, 1), (InTransit, 2), (AtStation, 3), (OutForDelivery, 4), (Signed, 5), (InTransit, 6)];
    // Every rotation of the scans, each heard twice, ends in the same place.
    for turn in 0..scans.len() {
        let room = Room::new();
        let parcel = room.ship("1").unwrap();
        for at in 0..scans.len() {
            let (state, minutes) = scans[(turn + at) % scans.len()];
            let key = format!("{}-{minutes}", state.word());
            assert!(room.track(parcel, state, minutes, &key).unwrap().is_new);
            let version = room.read(parcel).parcel.version;
            assert!(!room.track(parcel, state, minutes, &key).unwrap().is_new);
            assert_eq!(room.read(parcel).parcel.version, version);
        }
        let seen = room.read(parcel).parcel;
        assert_eq!((seen.state, seen.tracks), (Signed, 6), "turn {turn}");
        assert_eq!(seen.last_scan_at, Some(NOON.plus(6 * MINUTE)), "kept, though it moved nothing");
        let signed: Vec<crate::Signed> = room.events().iter().filter_map(|event| event.as_event().unwrap()).collect();
        assert_eq!(signed.iter().map(|signed| signed.signed_at).collect::<Vec<_>>(), [NOON.plus(5 * MINUTE)]);
    }
}

#[test]
fn signed_is_undone_only_by_a_named_correction() {
    let room = Room::new();
    let parcel = room.ship("1").unwrap();
    room.track(parcel, State::Signed, 5, "a").unwrap();
    assert_eq!(room.track(parcel, State::Lost, 6, "b").unwrap().state, State::Signed);
    room.clock.move_by(HOUR);
    room.act(move |tx| correct(tx, parcel, State::OutForDelivery, Correction::NeverDelivered)).unwrap();
    assert_eq!(room.read(parcel).parcel.state, State::OutForDelivery);
    let late = room.track(parcel, State::InTransit, 4, "c").unwrap();
    assert_eq!(late.state, State::OutForDelivery, "what is older than the correction does not undo it");
    assert_eq!(room.track(parcel, State::Signed, 90, "d").unwrap().state, State::Signed);
    let track = room.store.read(move |read| track_of(read, parcel)).wait().unwrap();
    let told: Vec<_> = track.iter().map(|step| (step.n, step.state.word(), step.correction.is_some())).collect();
    let expected = [
        (4, "in_transit", false),
        (1, "signed", false),
        (2, "lost", false),
        (3, "out_for_delivery", true),
        (5, "signed", false),
    ];
    assert_eq!(told, expected);
    assert_eq!(room.names().iter().filter(|name| *name == "delivery.signed").count(), 2);
}

#[test]
fn what_goes_back_is_returned_when_its_sender_signs() {
    let room = Room::new();
    let parcel = room.ship("1").unwrap();
    for (minutes, state) in (1..).zip([State::Refused, State::Returning, State::InTransit, State::Signed]) {
        room.track(parcel, state, minutes, state.word()).unwrap();
    }
    assert_eq!(room.read(parcel).parcel.state, State::Returned);
    assert!(!room.names().contains(&"delivery.signed".to_owned()));
}

#[test]
fn a_waybill_is_used_once_a_year_however_it_is_written() {
    let room = Room::new();
    let parcel = room.ship("ab-12").unwrap();
    let refused = room.ship(" AB -12 ").unwrap_err();
    assert_eq!(refused.to_string(), "waybill_used waybill=sf AB-12");
    let listed = room.store.read(|read| parcels_of_order(read, id(1))).wait().unwrap();
    assert_eq!(listed.len(), 1, "the refused one left nothing");

    let find = |at| {
        let waybill = Waybill::new("SF", "AB-12").unwrap();
        room.store.read(move |read| find_by_waybill(read, &waybill, at)).wait().unwrap()
    };
    assert_eq!(find(NOON), Some(parcel));
    room.clock.move_by(366 * DAY);
    let later = NOON.plus(366 * DAY);
    assert_eq!(find(later), Some(parcel), "it may be on its way over the new year");
    let second = room.ship("AB-12").unwrap();
    assert_eq!((find(later), find(NOON), find(NOON.plus(800 * DAY))), (Some(second), Some(parcel), None));
}

#[test]
fn what_is_no_waybill_is_refused() {
    let long = "1".repeat(65);
    for (carrier, number) in
        [("", "1"), ("s f", "1"), ("sf", ""), ("sf", "1/2"), ("sf", "一"), ("sf", &long), ("sf", " ")]
    {
        assert_eq!(code(Waybill::new(carrier, number)), "malformed", "{carrier:?} {number:?}");
    }
}

#[test]
fn odd_parcels_and_odd_scans_are_refused() {
    let room = Room::new();
    let parcel = room.ship("1").unwrap();
    let mut empty = new("2");
    empty.lines.clear();
    assert_eq!(code(room.act(move |tx| ship(tx, &empty))), "required");
    let mut huge = new("3");
    huge.lines = vec![(1, units(1_000_000)), (1, units(1))];
    assert_eq!(code(room.act(move |tx| ship(tx, &huge))), "too_large");
    assert_eq!(code(room.track(parcel, State::Created, 1, "a")), "malformed");
    assert_eq!(code(room.track(parcel, State::Signed, 24 * 60 + 1, "a")), "scan_in_future");
    assert_eq!(code(room.track(id(404), State::Signed, 1, "a")), "not_found");
    let correct = room.act(|tx| correct(tx, id(404), State::Lost, Correction::CarrierMistake));
    assert_eq!(code(correct), "not_found");
    assert!(!room.has_scan());
    assert!(room.names().is_empty());
}

#[test]
fn a_shop_sets_its_freight_and_sets_it_again() {
    let room = Room::new();
    let read = || room.store.read(|read| freight(read, id(2))).wait().unwrap();
    assert_eq!(read(), None);
    let cny = |minor| Money::new(minor, Currency::CNY);
    for rule in [
        Freight { fee: cny(12_00), free_over: Some(cny(99_00)) },
        Freight { fee: Money::new(5_00, Currency::GBP), free_over: None },
    ] {
        room.act(move |tx| set_freight(tx, id(2), rule)).unwrap();
        assert_eq!(read(), Some(rule));
    }
    let mixed = Freight { fee: cny(1), free_over: Some(Money::new(1, Currency::GBP)) };
    assert_eq!(code(room.act(move |tx| set_freight(tx, id(2), mixed))), "currency_mismatch");
    let negative = Freight { fee: cny(-1), free_over: None };
    assert_eq!(code(room.act(move |tx| set_freight(tx, id(2), negative))), "out_of_range");
}

#[test]
fn codes_are_the_snake_case_of_their_names() {
    for (name, code, _) in Refusal::ALL {
        assert_eq!(error::snake_case(name), *code);
    }
}
