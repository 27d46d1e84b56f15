use super::*;
use kernel::{Actor, Cx, SetClock, Time};
use std::sync::Arc;
use store::{Act, Config, Store};

fn market() -> Store {
    let clock = Arc::new(SetClock::at(Time(1_800_000_000_000)));
    Store::open(Config::new("sqlite::memory:", clock), &[SCHEMA]).unwrap()
}

fn write(store: &Store, act: impl FnMut(&mut Tx) -> Result<()> + Send + 'static) -> Result<()> {
    store.write(Act::new("test", &Cx::new(Actor::System("test"), "r1")), act).wait()
}

#[test]
fn a_new_market_has_the_defaults_and_a_change_stands_over_them() {
    let market = market();
    let fresh = market.read(settings).wait().unwrap();
    assert_eq!(fresh, Settings::default());
    assert_eq!((fresh.settle_days, fresh.commission_bp.get()), (7, 500));

    write(&market, |tx| {
        change(tx, "settle_reserve_bp", "0")?;
        change(tx, "zone", "Europe/London")?;
        change(tx, "settle_days", " 3")?;
        Ok(())
    })
    .unwrap_err();
    assert_eq!(market.read(settings).wait().unwrap(), fresh, "one bad value takes back the whole act");

    write(&market, |tx| change(tx, "settle_reserve_bp", "0")).unwrap();
    write(&market, |tx| change(tx, "settle_reserve_bp", "250")).unwrap();
    assert_eq!(market.read(settings).wait().unwrap().settle_reserve_bp.get(), 250);
    write(&market, |tx| reset(tx, "settle_reserve_bp")).unwrap();
    assert_eq!(market.read(settings).wait().unwrap(), fresh);
}

#[test]
fn every_setting_reads_what_it_writes() {
    let mut copy = Settings::default();
    for (key, value) in Settings::default().list() {
        copy.set(key, &value).unwrap();
    }
    assert_eq!(copy, Settings::default());
    assert_eq!(copy.list().iter().map(|(key, _)| *key).collect::<Vec<_>>(), Settings::KEYS);
}

#[test]
fn a_value_that_does_not_fit_is_refused_by_name() {
    let cases = [
        ("colour", "red", "unknown_setting"),
        ("close_unpaid_minutes", "0", "out_of_range"),
        ("close_unpaid_minutes", "thirty", "malformed"),
        ("close_unpaid_minutes", "99999999999999999999", "malformed"),
        ("commission_bp", "10001", "out_of_range"),
        ("commission_bp", "-1", "out_of_range"),
        ("settle_reserve_bp", "5001", "out_of_range"),
        ("line_units_max", "1000001", "out_of_range"),
        ("total_max", "10000000000001", "out_of_range"),
        ("currency", "cny", "malformed"),
        ("currency", "XXX", "malformed"),
        ("zone", "Mars/Olympus", "malformed"),
        ("language", "fr", "malformed"),
        ("payout_schedule", "hourly", "malformed"),
        ("once_hours", "1", "out_of_range"),
        ("demo", "1", "malformed"),
        ("past_until", "soon", "malformed"),
        ("public_address", "market.example", "malformed"),
        ("public_address", "https://", "malformed"),
        ("public_address", "https://market.example/path", "malformed"),
        ("public_address", "javascript:alert(1)", "malformed"),
        ("name", "  ", "required"),
        ("name", "a\u{7}b", "not_text"),
    ];
    let before = Settings::default();
    for (key, value, code) in cases {
        let mut settings = before.clone();
        assert_eq!(settings.set(key, value).unwrap_err().code(), code, "{key} = {value}");
        assert_eq!(settings, before);
    }
    assert!(Settings::default().set("name", &"茶".repeat(60)).is_ok());
    assert_eq!(Settings::default().set("name", &"茶".repeat(61)).unwrap_err().code(), "too_long");
}

#[test]
fn an_unknown_key_changes_nothing_and_cannot_be_reset() {
    let market = market();
    assert_eq!(write(&market, |tx| change(tx, "colour", "red")).unwrap_err().code(), "unknown_setting");
    assert_eq!(write(&market, |tx| reset(tx, "colour")).unwrap_err().code(), "unknown_setting");
}

#[test]
fn settlement_counts_calendar_days_where_the_market_is() {
    let mut settings = Settings::default();
    let late: Time = "2009-12-01T17:30:00Z".parse().unwrap();
    let due = settings.settles(late).unwrap();
    assert_eq!((due.day.number(), due.at.to_string()), (20_091_209, "2009-12-08T16:00:00Z".to_owned()));

    settings.set("zone", "UTC").unwrap();
    assert_eq!(settings.settles(late).unwrap().day.number(), 20_091_208);

    // The clocks go forward in between, and a day is still a day.
    settings.set("zone", "Europe/London").unwrap();
    let spring: Time = "2010-03-27T12:00:00Z".parse().unwrap();
    assert_eq!(settings.settles(spring).unwrap().at.to_string(), "2010-04-02T23:00:00Z");
}

#[test]
fn codes_are_the_snake_case_of_their_names() {
    for (name, code, _) in Refusal::ALL {
        assert_eq!(kernel::error::snake_case(name), *code);
    }
}
