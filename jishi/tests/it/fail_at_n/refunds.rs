//! Money that goes back.

use super::{Ordered, paid, settled, shipped, well};
use kernel::{Id, kinds};
use testkit::{Cut, Market, fail_at_n, hours, minutes};

/// A case of one of the tins, with the seller.
fn asked(market: &Market) -> (Ordered, Id<kinds::Case>) {
    let street = shipped(market);
    let case = well(street.anna.asks_back(street.order(), &[(1, 1)], "damaged")).case;
    (street, case)
}

/// The same case, with the operator.
fn refused(market: &Market) -> (Ordered, Id<kinds::Case>) {
    let (street, case) = asked(market);
    well(street.shop.disagrees(case));
    market.operator();
    (street, case)
}

#[test]
fn ask_before_shipping() {
    fail_at_n("refund.ask", paid, |market, street| {
        street.anna.asks_back(street.order(), &[], "changed_mind")?;
        market.works()
    });
}

#[test]
fn ask_after_shipping() {
    fail_at_n("refund.ask", shipped, |market, street| {
        street.anna.asks_back(street.order(), &[(1, 1)], "damaged")?;
        market.works()
    });
}

#[test]
fn grant_after_settlement() {
    fail_at_n("refund.grant", settled, |market, street| {
        street.shop.gives_back(street.order(), &[(1, 1)])?;
        market.works()
    });
}

#[test]
fn agree() {
    fail_at_n("refund.agree", asked, |market, (street, case)| {
        street.shop.agrees(*case)?;
        market.works()
    });
}

#[test]
fn refuse() {
    fail_at_n("refund.refuse", asked, |market, (street, case)| {
        street.shop.disagrees(*case)?;
        market.works()
    });
}

#[test]
fn rule() {
    fail_at_n("refund.rule", refused, |market, (_, case)| {
        market.operator().rules(*case, true)?;
        market.works()
    });
}

/// A case of both tins, with the operator.
fn refused_for_two(market: &Market) -> (Ordered, Id<kinds::Case>) {
    let street = shipped(market);
    let case = well(street.anna.asks_back(street.order(), &[(1, 2)], "damaged")).case;
    well(street.shop.disagrees(case));
    market.operator();
    (street, case)
}

#[test]
fn rule_in_part() {
    fail_at_n("refund.rule", refused_for_two, |market, (_, case)| {
        market.operator().rules_in_part(*case, 1, 1)?;
        market.works()
    });
}

#[test]
fn rule_against_the_buyer() {
    fail_at_n("refund.rule", refused, |market, (_, case)| {
        market.operator().rules(*case, false)?;
        market.works()
    });
}

#[test]
fn withdraw() {
    fail_at_n("refund.withdraw", asked, |market, (street, case)| {
        street.anna.withdraws_case(*case)?;
        market.works()
    });
}

#[test]
fn silence() {
    let given = |market: &Market| {
        asked(market);
        well(market.later(hours(48) - minutes(1)));
    };
    fail_at_n("timer.ring", given, |market, ()| market.later(minutes(2)));
}

/// Both tins given back before they were sent, the channel not asked yet.
fn given_back(market: &Market) {
    let street = paid(market);
    well(street.anna.asks_back(street.order(), &[], "changed_mind"));
}

#[test]
fn refund_is_accepted() {
    fail_at_n("refund.accepted", given_back, |market, ()| market.later(minutes(1)));
}

#[test]
fn refund_is_asked_about() {
    fail_at_n("refund.asked", given_back, |market, ()| {
        market.wire_is_cut(&[Cut::After]);
        market.later(minutes(2))
    });
}
