//! Shipping and confirming.

use super::{Ordered, paid, shipped, well};
use testkit::{Market, days, fail_at_n, hours, minutes};

#[test]
fn ship() {
    fail_at_n("order.ship", paid, |market, street| {
        street.shop.ships_part(street.order(), &[(1, 1)])?;
        street.shop.ships(street.order())?;
        market.works()
    });
}

#[test]
fn track() {
    let given = |market: &Market| {
        let street = paid(market);
        let parcel = well(street.shop.ships(street.order()));
        (street, parcel)
    };
    fail_at_n("delivery.track", given, |market, (street, parcel)| {
        street.shop.hears_scan(*parcel, delivery::State::PickedUp)?;
        street.shop.hears_scan(*parcel, delivery::State::Signed)?;
        market.works()
    });
}

#[test]
fn confirm() {
    fail_at_n("order.confirm", shipped, |market, street: &Ordered| {
        street.anna.confirms(street.order())?;
        market.works()
    });
}

#[test]
fn extend() {
    fail_at_n("order.extend", shipped, |market, street: &Ordered| {
        street.anna.extends(street.order())?;
        market.works()
    });
}

#[test]
fn an_order_confirms_itself() {
    let given = |market: &Market| {
        shipped(market);
        well(market.later(days(10) - minutes(1)));
    };
    fail_at_n("timer.ring", given, |market, ()| market.later(minutes(2)));
}

#[test]
fn an_order_is_settled() {
    let given = |market: &Market| {
        let street = shipped(market);
        well(street.anna.confirms(street.order()));
        well(market.later(days(6) + hours(13) + minutes(59)));
    };
    fail_at_n("timer.ring", given, |market, ()| market.later(minutes(2)));
}

#[test]
fn what_was_held_back_is_set_free() {
    let given = |market: &Market| {
        let street = shipped(market);
        well(street.anna.confirms(street.order()));
        well(market.later(days(36) + hours(13) + minutes(59)));
    };
    fail_at_n("timer.ring", given, |market, ()| market.later(minutes(2)));
}

#[test]
fn an_unpaid_order_closes() {
    let given = |market: &Market| {
        super::ordered(market);
        well(market.later(minutes(29)));
    };
    fail_at_n("timer.ring", given, |market, ()| market.later(minutes(2)));
}
