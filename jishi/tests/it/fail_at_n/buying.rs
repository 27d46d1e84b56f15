//! Ordering and paying.

use super::{Ordered, Street, ordered, street, well};
use kernel::{Id, Result, kinds};
use store::Fault;
use testkit::{Cut, Engine, Market, days, fail_at_n, fail_at_n_on, minutes};

#[test]
fn checkout() {
    fail_at_n("order.checkout", street, |market, Street { tea, anna, .. }: &Street| {
        anna.buys(&[(tea.sku, 2)])?;
        market.works()
    });
}

#[test]
fn checkout_on_a_file() {
    fail_at_n_on(Engine::Lite, &[Fault::Error, Fault::Panic], "order.checkout", street, |market, street: &Street| {
        street.anna.buys(&[(street.tea.sku, 2)])?;
        market.works()
    });
}

#[test]
fn lost_commits_on_a_server() {
    fail_at_n_on(Engine::Postgres, &[Fault::LostCommit], "payment.notified", ordered, |market, street: &Ordered| {
        street.anna.pays(street.placed.trade)?;
        market.works()
    });
}

#[test]
fn checkout_of_a_guest() {
    fail_at_n("order.checkout", street, |market, Street { tea, .. }: &Street| {
        market.guest_buys("gina@example.com", &[(tea.sku, 2)]).map(drop)
    });
}

#[test]
fn cancel_unpaid() {
    let given = |market: &Market| {
        let street = ordered(market);
        well(street.anna.opens_payment(street.placed.trade));
        street
    };
    fail_at_n("order.cancel_unpaid", given, |market, Ordered { anna, placed, .. }| {
        anna.cancels(placed.trade)?;
        market.works()
    });
}

#[test]
fn intend_payment() {
    fail_at_n("payment.intend", ordered, |_, Ordered { anna, placed, .. }| anna.opens_payment(placed.trade).map(drop));
}

#[test]
fn payment_is_sent() {
    // The channel's first answer is lost, so the worker asks again and learns that the payment stands.
    fail_at_n("payment.sent", ordered, |market, Ordered { anna, placed, .. }| {
        market.wire_is_cut(&[Cut::After]);
        anna.opens_payment(placed.trade)?;
        market.later(minutes(1))
    });
}

#[test]
fn payment_is_refused_by_the_channel() {
    fail_at_n("payment.failed", ordered, |market, Ordered { anna, placed, .. }| {
        market.wire_is_cut(&[Cut::Refused("not_today")]);
        let said = anna.opens_payment(placed.trade);
        market.wire_is_cut(&[]);
        match said {
            Err(no) if no.code() == "channel_refused" => Ok(()),
            other => other.map(drop),
        }
    });
}

#[test]
fn payment_is_notified() {
    fail_at_n("payment.notified", ordered, |market, Ordered { anna, placed, .. }| {
        anna.pays(placed.trade)?;
        market.works()
    });
}

#[test]
fn payment_is_notified_too_late() {
    // The trade was cancelled in one window and paid in another, and the channel's message is on its way.
    let given = |market: &Market| {
        let Ordered { anna, placed, .. } = ordered(market);
        let payment = well(anna.opens_payment(placed.trade)).expect("there is something to pay");
        well(anna.cancels(placed.trade));
        well(market.sandbox().pay(payment.to_string()).wait());
    };
    fail_at_n("payment.notified", given, |market, ()| market.later(minutes(1)));
}

#[test]
fn payment_is_asked_about() {
    let given = |market: &Market| {
        let Ordered { anna, placed, .. } = ordered(market);
        well(anna.opens_payment(placed.trade))
    };
    fail_at_n("payment.asked", given, |market, _| market.later(minutes(1)));
}

#[test]
fn payment_closes_at_the_channel() {
    let given = |market: &Market| {
        let Ordered { anna, placed, .. } = ordered(market);
        well(anna.opens_payment(placed.trade));
        well(market.later(minutes(29)));
    };
    fail_at_n("payment.closed", given, |market, ()| market.later(minutes(2)));
}

/// An offer of two tins at a lower price.
fn quoted(market: &Market) -> (Street, Id<kinds::Quotation>) {
    let street = street(market);
    let quote = well(street.shop.quotes(&street.anna, &[(street.tea.sku, 2, 75_00)]));
    (street, quote)
}

#[test]
fn quotation_draft() {
    fail_at_n("quotation.draft", street, |_, Street { shop, tea, anna }: &Street| {
        shop.drafts_quote(anna, &[(tea.sku, 2, 75_00)]).map(drop)
    });
}

#[test]
fn quotation_send() {
    let given = |market: &Market| {
        let street = street(market);
        let draft = well(street.shop.drafts_quote(&street.anna, &[(street.tea.sku, 2, 75_00)]));
        (street, draft)
    };
    fail_at_n("quotation.send", given, |market, (street, draft)| {
        street.shop.sends_quote(*draft)?;
        market.works()
    });
}

#[test]
fn quotation_offer() {
    fail_at_n("quotation.offer", street, |market, Street { shop, tea, anna }: &Street| {
        shop.quotes(anna, &[(tea.sku, 2, 75_00), (tea.sku, 1, 70_00)])?;
        market.works()
    });
}

#[test]
fn quotation_accept() {
    fail_at_n("quotation.accept", quoted, |market, (street, quote)| {
        street.anna.accepts(*quote)?;
        market.works()
    });
}

#[test]
fn quotation_decline() {
    fail_at_n("quotation.decline", quoted, |market, (street, quote)| {
        street.anna.declines(*quote)?;
        market.works()
    });
}

#[test]
fn quotation_withdraw() {
    fail_at_n("quotation.withdraw", quoted, |market, (street, quote)| {
        street.shop.withdraws_quote(*quote)?;
        market.works()
    });
}

#[test]
fn quotation_expires() {
    let given = |market: &Market| {
        quoted(market);
        well(market.later(days(7) - minutes(1)));
    };
    fail_at_n("timer.ring", given, |market, ()| -> Result<()> { market.later(minutes(2)) });
}
