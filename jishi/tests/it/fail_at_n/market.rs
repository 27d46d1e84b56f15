//! The market itself: set up once, and changed setting by setting.

use super::well;
use testkit::{Market, fail_at_n};

#[test]
fn set_up() {
    fail_at_n(
        "market.set_up",
        |_| (),
        |market, ()| {
            let wish = testkit::set_up("first@example.com")?;
            flows::set_up::set_up(market.store(), &market.anyone().cx(), wish).map(drop)
        },
    );
}

#[test]
fn change_a_setting() {
    fail_at_n(
        "setting.change",
        |market| drop(market.operator()),
        |market, ()| {
            let (key, value) = ("settle_days".to_owned(), "3".to_owned());
            flows::settings::change(market.store(), &market.operator().cx(), key, value).wait()
        },
    );
}

#[test]
fn reset_a_setting() {
    let given = |market: &Market| {
        drop(market.operator());
        well(market.acts(|tx| market::change(tx, "settle_days", "3")));
    };
    fail_at_n("setting.reset", given, |market, ()| {
        flows::settings::reset(market.store(), &market.operator().cx(), "settle_days".to_owned()).wait()
    });
}
