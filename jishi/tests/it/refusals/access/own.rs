//! Acts that the market does by itself, and why nobody else can.

use super::super::{Audited, Ordered, audit, shipped, well};
use store::{Timer, across};
use testkit::{Cut, Market, days, minutes};

/// Each with how it comes about. None of them takes the actor of a request, but the two that end what its
/// `payment.intend` began.
pub const MARKETS_OWN: [(&str, &str); 17] = [
    ("payment.sent", "ends what payment.intend began, whoever did that; or the worker learns of it"),
    ("payment.failed", "ends what payment.intend began, whoever did that"),
    ("payment.notified", "a channel says it, and its signature is proven first; or the channel was asked"),
    ("payment.asked", "the worker asked a channel"),
    ("payment.closed", "the worker asked a channel"),
    ("refund.accepted", "the worker asked a channel"),
    ("refund.asked", "the worker asked a channel"),
    ("payout.fold", "a shop's own money comes into the shop's own home"),
    ("payout.release_early", "what is held back of a shop covers what the shop owes, once payout.cover_debts may"),
    ("payout.record", "the worker asked the bank"),
    ("timer.ring", "a timer is taken only as it was set"),
    ("timer.give_up", "a timer is taken only as it was set"),
    ("timer.put_off", "a timer that broke comes again"),
    ("event.deliver", "an event is delivered only as it was written"),
    ("event.put_off", "an event that broke comes again"),
    ("audit.seal", "rows are sealed as they are"),
    ("once.forget", "only answers older than the setting are forgotten"),
];

/// Who the market is when it acts by itself.
const OURSELVES: [&str; 5] = ["worker", "timer", "channel", "bank", "payout"];

/// A life in which each of the market's own acts is done.
fn tell_everything(market: &Market) {
    let Ordered { shop, tea, anna, placed } = shipped(market);
    let order = placed.orders[0];
    shop.has_bank_account();
    well(shop.gives_back(order, &[(1, 1)]));
    market.wire_is_cut(&[Cut::Before]);
    well(market.later(minutes(2)));
    let refused = well(anna.buys(&[(tea.sku, 1)]));
    market.wire_is_cut(&[Cut::Refused("not_today")]);
    assert!(anna.opens_payment(refused.trade).is_err_and(|no| no.code() == "channel_refused"));
    let closing = well(anna.buys(&[(tea.sku, 1)]));
    well(anna.opens_payment(closing.trade));
    let paid = well(anna.has_bought(&[(tea.sku, 1)]));
    let (trade, due) = (paid.trade, market.order(paid.orders[0]).close_at);
    // One timer that comes too late, and one that nobody knows.
    well(market.acts(move |tx| {
        tx.set_timer(flows::timers::CLOSE_UNPAID, trade.raw(), trade.home(), due)?;
        tx.set_timer("nobody.knows", trade.raw(), trade.home(), due)
    }));
    well(market.later(minutes(31)));
    well(anna.confirms(order));
    well(market.later(days(8)));
    well(shop.asks_payout());
    well(market.later(minutes(1)));
    // The shop has its money, and then owes it.
    well(shop.gives_back(order, &[]));
    well(market.later(days(1)));
    well(flows::payout::cover_debts(market.flows(), &market.operator().cx(), shop.id));
    // An event whose body does not fit its name.
    well(anna.buys(&[(tea.sku, 1)]));
    well(market.acts(|tx| tx.exec(across!("update store_event set body = '{}' where done_at is null"), &[])));
    well(market.works());
    well(flows::worker::forget_answers(market.flows()));
    well(flows::worker::seal_audit(market.flows()));
}

#[test]
fn what_the_market_does_by_itself_nobody_else_does() {
    let market = Market::new();
    tell_everything(&market);
    let log = audit(&market);
    for (act, why) in MARKETS_OWN {
        let mut rows = log.iter().filter(|row| row.act == act).peekable();
        assert!(rows.peek().is_some(), "{act} was not done, so nothing is known of it");
        for row in rows {
            let began = |begun: &Audited| begun.act == "payment.intend" && begun.actor_id == row.actor_id;
            let ends = ["payment.sent", "payment.failed"].contains(&act) && log.iter().any(began);
            assert!(ends || OURSELVES.contains(&row.actor.as_str()), "{row:?}, but: {why}");
        }
    }
}

#[test]
fn a_timer_that_nobody_set_does_nothing() {
    let market = Market::new();
    let street = shipped(&market);
    let (order, trade, now) = (street.order(), street.placed.trade, market.now());
    let before = market.fingerprint();
    for (kind, subject, home) in [
        (flows::timers::CONFIRM, order.raw(), order.home()),
        (flows::timers::SETTLE, order.raw(), order.home()),
        (flows::timers::RELEASE_RESERVE, order.raw(), order.home()),
        (flows::timers::CLOSE_UNPAID, trade.raw(), trade.home()),
        (flows::timers::ANSWER, order.raw(), order.home()),
    ] {
        let made_up = Timer { home, subject, kind: kind.to_owned(), due_at: now, tries: 0 };
        assert!(!well(store::wait(flows::timers::ring(market.flows(), &made_up, now))), "{kind}");
        assert_eq!(market.fingerprint(), before, "{kind}");
    }
}

#[test]
fn a_shops_money_only_ever_comes_home_to_the_shop() {
    let market = Market::new();
    let Ordered { shop, anna, placed, .. } = shipped(&market);
    well(anna.confirms(placed.orders[0]));
    well(market.later(days(8)));
    let before = market.figures();
    // Whoever calls for it moves nothing out of the shop's pot.
    well(flows::payout::gather(market.flows(), shop.id));
    assert_eq!(market.figures(), before);
}
