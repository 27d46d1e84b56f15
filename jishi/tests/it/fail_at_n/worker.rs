//! What goes on by itself.

use super::{ordered, paid, well};
use flows::{timers, worker};
use store::across;
use testkit::{Market, days, fail_at_n, minutes};

#[test]
fn event_deliver() {
    fail_at_n("event.deliver", |market| drop(ordered(market)), |market, ()| market.works());
}

#[test]
fn event_put_off() {
    // An event whose body does not fit its name: its reaction breaks each time.
    let given = |market: &Market| {
        ordered(market);
        let broken =
            market.acts(|tx| tx.exec(across!("update store_event set body = '{}' where done_at is null"), &[]));
        assert!(well(broken) > 0);
    };
    fail_at_n("event.put_off", given, |market, ()| market.works());
}

#[test]
fn timer_give_up() {
    // A timer that comes too late: the trade has been paid.
    let given = |market: &Market| {
        let street = paid(market);
        let (trade, due) = (street.placed.trade, market.order(street.order()).close_at);
        well(market.acts(move |tx| tx.set_timer(timers::CLOSE_UNPAID, trade.raw(), trade.home(), due)));
        well(market.later(minutes(29)));
    };
    fail_at_n("timer.give_up", given, |market, ()| market.later(minutes(2)));
}

#[test]
fn timer_put_off() {
    // A timer that nobody knows: whoever rings it breaks each time.
    let given = |market: &Market| {
        let trade = paid(market).placed.trade;
        well(market.acts(move |tx| {
            let now = tx.now();
            tx.set_timer("nobody.knows", trade.raw(), trade.home(), now)
        }));
    };
    fail_at_n("timer.put_off", given, |market, ()| market.works());
}

#[test]
fn forget_answers() {
    let given = |market: &Market| {
        ordered(market);
        well(market.later(days(3)));
    };
    fail_at_n("once.forget", given, |market, ()| worker::forget_answers(market.flows()).map(drop));
}

#[test]
fn seal_audit() {
    let given = |market: &Market| {
        paid(market);
        well(market.later(minutes(1)));
    };
    fail_at_n("audit.seal", given, |market, ()| worker::seal_audit(market.flows()).map(drop));
}
