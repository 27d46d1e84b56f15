//! Payouts and deposits.

use super::{Ordered, settled, well};
use testkit::{Market, cny, days, fail_at_n, minutes};

#[test]
fn fold() {
    fail_at_n("payout.fold", settled, |market, Ordered { shop, .. }| flows::payout::gather(market.flows(), shop.id));
}

#[test]
fn ask() {
    fail_at_n("payout.ask", settled, |market, Ordered { shop, .. }| {
        shop.asks_payout()?;
        market.works()
    });
}

#[test]
fn record() {
    let given = |market: &Market| {
        let street = settled(market);
        well(street.shop.asks_payout());
    };
    fail_at_n("payout.record", given, |market, ()| market.later(minutes(1)));
}

#[test]
fn record_of_a_failed_transfer() {
    let given = |market: &Market| {
        let street = settled(market);
        well(street.shop.asks_payout());
        well(market.provider_plays(sandbox::Mischief::Fail, 0));
    };
    fail_at_n("payout.record", given, |market, ()| market.later(minutes(1)));
}

/// A shop that owes: paid out, then everything is given back.
fn indebted(market: &Market) -> Ordered {
    let street = settled(market);
    well(street.shop.asks_payout());
    well(market.later(minutes(1)));
    well(street.shop.gives_back(street.order(), &[]));
    well(market.later(days(1)));
    market.operator();
    street
}

#[test]
fn cover_debts() {
    fail_at_n("payout.cover_debts", indebted, |market, Ordered { shop, .. }| {
        flows::payout::cover_debts(market.flows(), &market.operator().cx(), shop.id)
    });
}

#[test]
fn release_early() {
    fail_at_n("payout.release_early", indebted, |market, Ordered { shop, .. }| {
        flows::payout::cover_debts(market.flows(), &market.operator().cx(), shop.id)
    });
}

#[test]
fn deposit() {
    let given = |market: &Market| market.applicant("tea-house", 3).1;
    fail_at_n("shop.deposit", given, |market, applied| {
        market.operator().records_deposit(applied.shop, cny(400_00))?;
        market.operator().records_deposit(applied.shop, cny(600_00)).map(drop)
    });
}
