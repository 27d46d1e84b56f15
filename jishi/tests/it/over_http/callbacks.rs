//! What is posted in a payment channel's name, as the bytes of a request: believed only where it is the channel's word,
//! about a payment of ours and its very amount, and counted once. And a trade that is paid already is not paid again.

use super::{Visitor, asks, calls, nothing_changes, session};
use crate::serving::{self, Answered};
use jishi::{open::provider_keys, serve::Running};
use kernel::{Currency, Id, Money, Result, kinds};
use ledger::Account;
use order::State;
use sandbox::{
    Keys, Mischief, SIGNATURE_HEADER,
    wire::{Callback, CallbackKind},
};
use serde_json::{Value, json};
use testkit::{Market, Ordered, cny, days, minutes, ordered};

testkit::stories![
    what_the_channel_did_not_sign_changes_nothing,
    another_amount_or_currency_changes_nothing,
    a_callback_that_comes_again_counts_once,
    a_callback_about_nothing_changes_nothing,
    a_trade_is_paid_once,
];

/// Posts a callback under a signature.
pub(super) fn posts(running: &Running, channel: &str, signature: &str, body: &[u8]) -> Answered {
    let headers = [(SIGNATURE_HEADER, signature), ("content-type", "application/json")];
    asks(running, "POST", &format!("/callbacks/{channel}"), &headers, body)
}

/// The channel itself says it now.
pub(super) fn says(market: &Market, running: &Running, callback: &Callback) -> Answered {
    let body = serde_json::to_vec(callback).unwrap();
    posts(running, "sandbox", &provider_keys().sign(market.now(), &body), &body)
}

/// That a payment was paid, as the channel would tell it.
pub(super) fn paid_at(market: &Market, payment: Id<kinds::Payment>, amount: Money) -> Callback {
    Callback {
        id: format!("event of {payment}"),
        merchant: provider_keys().merchant().to_owned(),
        kind: CallbackKind::Paid,
        payment: payment.to_string(),
        number: payment.to_string(),
        reference: "their-reference".to_owned(),
        amount,
        code: None,
        at: market.now(),
    }
}

/// An order of 264.00 that was paid at the provider, who will tell of it in two days by himself.
pub(super) fn paid_and_not_told(market: &Market) -> (Ordered, Id<kinds::Payment>, Running) {
    let street = ordered(market);
    market.provider_plays(Mischief::Delay, days(2)).unwrap();
    let payment = street.anna.opens_payment(street.placed.trade).unwrap().expect("there is something to pay");
    market.sandbox().pay(payment.to_string()).wait().unwrap();
    market.works().unwrap();
    (street, payment, serving::up(market))
}

fn is_unpaid(market: &Market, street: &Ordered) -> bool {
    market.order(street.order()).state == State::Unpaid && market.owes(Account::Escrow) == 0
}

#[track_caller]
fn refused(market: &Market, status: u16, code: &str, act: impl FnOnce() -> Answered) {
    let said = nothing_changes(market, act);
    let problem: Value = serde_json::from_str(&said.body).unwrap_or_default();
    assert_eq!((said.status, problem["code"].as_str()), (status, Some(code)), "{}", said.body);
    assert_eq!(said.header("content-type"), "application/problem+json");
}

fn what_the_channel_did_not_sign_changes_nothing(market: &Market) -> Result<()> {
    let (street, payment, running) = paid_and_not_told(market);
    let callback = paid_at(market, payment, cny(264_00));
    let body = serde_json::to_vec(&callback).unwrap();
    let (now, keys) = (market.now(), provider_keys());
    let good = keys.sign(now, &body);
    let less = serde_json::to_vec(&Callback { amount: cny(1), ..callback.clone() }).unwrap();
    for (what, signature, body) in [
        ("none", String::new(), &body),
        ("a word", "good".to_owned(), &body),
        ("another's", Keys::from_seed([8; 32]).sign(now, &body), &body),
        ("of another body", keys.sign(now, b"{}"), &body),
        ("of the body before it was changed", good.clone(), &less),
        ("one that is cut", good[..good.len() - 2].to_owned(), &body),
        ("one that is upside down", good.chars().rev().collect(), &body),
        ("a long one", good.repeat(100), &body),
    ] {
        let said = nothing_changes(market, || posts(&running, "sandbox", &signature, body));
        assert_eq!((said.status, said.body.contains("signature_invalid")), (401, true), "{what}: {}", said.body);
    }
    refused(market, 401, "signature_invalid", || asks(&running, "POST", "/callbacks/sandbox", &[], &body));
    for channel in ["another", "SANDBOX", "%73andbo%78x", "%ff", "sandbox%00"] {
        let said = nothing_changes(market, || posts(&running, channel, &good, &body));
        assert_eq!(said.status, 404, "{channel}: {}", said.body);
    }
    for away in [-minutes(6), minutes(6), days(400)] {
        let signature = keys.sign(now.plus(away), &body);
        let said = nothing_changes(market, || posts(&running, "sandbox", &signature, &body));
        assert_eq!((said.status, said.body.contains("stale_timestamp")), (422, true), "{away}: {}", said.body);
    }
    assert!(is_unpaid(market, &street));
    assert_eq!(posts(&running, "sandbox", &good, &body).status, 204);
    drop(running);
    market.works()?;
    assert_eq!((market.order(street.order()).state, market.owes(Account::Escrow)), (State::Paid, 264_00));
    Ok(())
}

fn another_amount_or_currency_changes_nothing(market: &Market) -> Result<()> {
    let (street, payment, running) = paid_and_not_told(market);
    let callback = paid_at(market, payment, cny(264_00));
    for minor in [0, 1, 263_99, 264_01, -264_00, i64::MAX, i64::MIN] {
        let other = Callback { amount: cny(minor), ..callback.clone() };
        refused(market, 422, "amount_mismatch", || says(market, &running, &other));
    }
    for currency in [Currency::USD, Currency::JPY] {
        let other = Callback { amount: Money::new(264_00, currency), ..callback.clone() };
        let said = nothing_changes(market, || says(market, &running, &other));
        assert!(said.status == 409 || said.status == 422, "{}", said.body);
        assert!(said.body.contains("currency_mismatch"), "{}", said.body);
    }
    let elsewhere = Callback { merchant: "m_000000000000".to_owned(), ..callback.clone() };
    let said = nothing_changes(market, || says(market, &running, &elsewhere));
    assert!(said.status >= 400 && said.status < 500 && said.body.contains("merchant_mismatch"), "{}", said.body);
    assert!(is_unpaid(market, &street));
    assert_eq!(says(market, &running, &callback).status, 204);
    drop(running);
    market.works()?;
    assert_eq!(market.order(street.order()).state, State::Paid);
    Ok(())
}

fn a_callback_that_comes_again_counts_once(market: &Market) -> Result<()> {
    let (street, payment, running) = paid_and_not_told(market);
    let callback = paid_at(market, payment, cny(264_00));
    let body = serde_json::to_vec(&callback).unwrap();
    let signature = provider_keys().sign(market.now(), &body);
    assert_eq!(posts(&running, "sandbox", &signature, &body).status, 204);
    market.works()?;
    nothing_changes(market, || {
        for _ in 0..5 {
            assert_eq!(posts(&running, "sandbox", &signature, &body).status, 204);
            assert_eq!(says(market, &running, &callback).status, 204);
        }
    });
    let after = Callback { amount: cny(1), ..callback.clone() };
    let said = nothing_changes(market, || says(market, &running, &after));
    assert_eq!(said.status, 409, "{}", said.body);
    let closed = Callback { kind: CallbackKind::Closed, id: "later".to_owned(), ..callback };
    assert_eq!(nothing_changes(market, || says(market, &running, &closed)).status, 204);
    assert_eq!((market.order(street.order()).state, market.owes(Account::Escrow)), (State::Paid, 264_00));
    drop(running);
    Ok(())
}

fn a_callback_about_nothing_changes_nothing(market: &Market) -> Result<()> {
    let (street, payment, running) = paid_and_not_told(market);
    let callback = paid_at(market, payment, cny(264_00));
    let unknown = Id::<kinds::Payment>::from_raw(payment.raw() + (1 << 30));
    let other = paid_at(market, unknown, cny(264_00));
    refused(market, 404, "not_found", || says(market, &running, &other));
    let text = serde_json::to_string(&callback).unwrap();
    let long = format!("{}{}", text, " ".repeat(100_000));
    let bodies = [
        "",
        "{}",
        "null",
        "[]",
        "paid",
        &text[1..],
        &text.replace("26400", "26400.5"),
        &text.replace("payment.paid", "payment.lent"),
        "\u{feff}{}",
    ];
    for body in bodies {
        let signature = provider_keys().sign(market.now(), body.as_bytes());
        let said = nothing_changes(market, || posts(&running, "sandbox", &signature, body.as_bytes()));
        assert!((400..500).contains(&said.status) && said.body.contains("malformed"), "{body}: {}", said.body);
    }
    let binary = [0xFF, 0x00, 0xFE];
    let signature = provider_keys().sign(market.now(), &binary);
    let said = nothing_changes(market, || posts(&running, "sandbox", &signature, &binary));
    assert!((400..500).contains(&said.status), "{}", said.body);
    assert!(is_unpaid(market, &street) && long.len() > 100_000);
    drop(running);
    Ok(())
}

fn a_trade_is_paid_once(market: &Market) -> Result<()> {
    let street = testkit::paid(market);
    market.works()?;
    let running = serving::up(market);
    let (anna, token) = (Visitor::person(&running, &street.anna), session(&street.anna));
    let trade = street.placed.trade;
    for _ in 0..3 {
        let said = nothing_changes(market, || anna.sends(&format!("/trades/{trade}/pay"), &[("channel", "sandbox")]));
        // Whoever comes to the cashier again is led to what became of it.
        assert_eq!((said.status, said.location.as_str()), (303, format!("/trades/{trade}").as_str()));
        let (said, problem) = nothing_changes(market, || {
            calls(
                &running,
                &token,
                "POST",
                &format!("/trades/{trade}/payments"),
                Some(&json!({ "channel": "sandbox" })),
            )
        });
        assert_eq!((said.status, problem["code"].as_str()), (409, Some("already_paid")), "{problem}");
    }
    let said = nothing_changes(market, || anna.gets(&format!("/trades/{trade}/pay")));
    assert_eq!((said.status, said.location.as_str()), (303, format!("/trades/{trade}").as_str()));
    // Nor does the provider's own cashier take it twice.
    let payments = market.asks(move |read| payment::of_trade(read, trade))?;
    let cashier = format!("/sandbox/cashier/{}/pay", payments[0].number());
    let said = nothing_changes(market, || {
        asks(&running, "POST", &cashier, &[("content-type", "application/x-www-form-urlencoded")], b"")
    });
    assert_eq!(said.status, 409, "{}", said.body);
    assert_eq!((payments.len(), market.owes(Account::Escrow)), (1, 264_00));
    drop(running);
    Ok(())
}
