//! What comes over the wire in a channel's name: believed only where it is the channel's own word, fresh, meant for us,
//! about a payment of ours and about its very amount; and counted once, however often it comes.

use super::{Ordered, audit, ordered, paid};
use kernel::{Currency, Id, Money, Result, Time, kinds};
use ledger::Account;
use order::State;
use sandbox::{
    Alg, Keys, SIGNATURE_HEADER,
    wire::{Callback, CallbackKind},
};
use testkit::{Market, cny, days, minutes};

testkit::stories![
    what_is_not_signed_by_the_channel_is_not_believed,
    both_kinds_of_signature_are_believed,
    what_was_signed_too_long_ago_or_in_the_future_is_not_believed,
    another_amount_currency_or_merchant_is_refused,
    a_message_about_another_payment_is_refused,
    a_message_that_says_nothing_is_refused,
    a_message_that_comes_again_counts_once,
    a_message_that_comes_again_after_days_counts_once,
    a_closing_after_the_money_is_no_news,
    money_for_a_closed_payment_goes_back,
    a_refund_that_is_not_known_is_refused,
    a_refund_counts_once_and_stands,
];

/// In milliseconds; signatures count whole ones.
const SECOND: i64 = 1_000;

/// The provider's own keys, as the market of a story knows them.
fn keys() -> Keys {
    Keys::from_seed([7; 32])
}

type Headers = Vec<(String, String)>;

fn hands_over(market: &Market, headers: &Headers, body: &[u8]) -> Result<()> {
    flows::pay::notified(market.flows(), "sandbox", headers, body)?.wait()
}

fn signature(keys: &Keys, at: Time, body: &[u8]) -> Headers {
    vec![(SIGNATURE_HEADER.to_owned(), keys.sign(at, body))]
}

fn bytes(callback: &Callback) -> Vec<u8> {
    serde_json::to_vec(callback).expect("a callback can be written down")
}

/// The provider itself says it now.
fn says(market: &Market, callback: &Callback) -> Result<()> {
    let body = bytes(callback);
    hands_over(market, &signature(&keys(), market.now(), &body), &body)
}

fn about(market: &Market, kind: CallbackKind, number: String, amount: Money) -> Callback {
    Callback {
        id: format!("event of {number}"),
        merchant: keys().merchant().to_owned(),
        kind,
        payment: number.clone(),
        number,
        reference: "their-reference".to_owned(),
        amount,
        code: None,
        at: market.now(),
    }
}

/// An order of 264.00 that was paid at the provider, and what the provider has to say of it, not said yet.
fn paid_at_the_provider(market: &Market) -> Result<(Ordered, Callback)> {
    let street = ordered(market);
    let payment = street.anna.opens_payment(street.placed.trade)?.expect("there is something to pay");
    market.sandbox().pay(payment.to_string()).wait()?;
    let due = market.sandbox().due(10).wait()?;
    let callback = serde_json::from_slice(&due[0].body).expect("the provider writes callbacks");
    Ok((street, callback))
}

fn is_paid(market: &Market, street: &Ordered) -> bool {
    let escrow = market.owes(Account::Escrow);
    let paid = market.order(street.order()).state == State::Paid;
    assert_eq!(escrow, if paid { 264_00 } else { 0 });
    paid
}

fn what_is_not_signed_by_the_channel_is_not_believed(market: &Market) -> Result<()> {
    let (street, callback) = paid_at_the_provider(market)?;
    let (now, body) = (market.now(), bytes(&callback));
    let true_one = signature(&keys(), now, &body);
    let header = |value: String| vec![(SIGNATURE_HEADER.to_owned(), value)];
    let less = bytes(&Callback { amount: cny(1), ..callback.clone() });
    let longer = [&body[..], b" "].concat();
    let other_keys = Keys::from_seed([8; 32]);
    let later = true_one[0].1.replace(&format!("t={}", now.0 / SECOND), &format!("t={}", now.0 / SECOND + 1));
    let tries: [(&str, Headers, &[u8]); 10] = [
        ("no signature", vec![], &body),
        ("an empty one", header(String::new()), &body),
        ("no signature at all", header("good".to_owned()), &body),
        ("another's", signature(&other_keys, now, &body), &body),
        (
            "another's, of the other kind",
            signature(&other_keys.clone().signing_with(Alg::HmacSha256), now, &body),
            &body,
        ),
        ("one of another body", signature(&keys(), now, b"{}"), &body),
        ("one of the body before it was changed", true_one.clone(), &less),
        ("one of the body before it grew", true_one.clone(), &longer),
        ("one at another time", header(later), &body),
        ("one that names the other kind", header(true_one[0].1.replace("ed25519", "hmac-sha256")), &body),
    ];
    for (what, headers, body) in &tries {
        let no = market.refuses("signature_invalid", || hands_over(market, headers, body));
        assert_eq!(no.kind(), Some(kernel::Kind::Unauthenticated), "{what}");
    }
    market.refuses("not_found", || flows::pay::notified(market.flows(), "another", &true_one, &body).map(drop));
    assert!(!is_paid(market, &street));
    hands_over(market, &true_one, &body)?;
    assert!(is_paid(market, &street));
    Ok(())
}

fn both_kinds_of_signature_are_believed(market: &Market) -> Result<()> {
    let Ordered { anna, tea, .. } = ordered(market);
    for (alg, escrow) in Alg::ALL.iter().zip([88_00, 176_00]) {
        let placed = anna.buys(&[(tea.sku, 1)])?;
        let payment = anna.opens_payment(placed.trade)?.expect("there is something to pay");
        market.sandbox().pay(payment.to_string()).wait()?;
        let body = bytes(&about(market, CallbackKind::Paid, payment.to_string(), cny(88_00)));
        hands_over(market, &signature(&keys().signing_with(*alg), market.now(), &body), &body)?;
        assert_eq!((market.order(placed.orders[0]).state, market.owes(Account::Escrow)), (State::Paid, escrow));
    }
    Ok(())
}

fn what_was_signed_too_long_ago_or_in_the_future_is_not_believed(market: &Market) -> Result<()> {
    for signed in [-1, 1] {
        let street = if signed < 0 { paid_at_the_provider(market)? } else { again(market)? };
        let (_, callback) = &street;
        let body = bytes(callback);
        let at = |millis: i64| signature(&keys(), market.now().plus(signed * millis), &body);
        for millis in [minutes(5) + SECOND, minutes(6), days(1), days(10_000)] {
            market.refuses("stale_timestamp", || hands_over(market, &at(millis), &body));
        }
        // A time beyond all clocks is no time at all.
        let header = format!("t={},alg=ed25519,v1=00", i64::MAX);
        let beyond = vec![(SIGNATURE_HEADER.to_owned(), header)];
        market.refuses("signature_invalid", || hands_over(market, &beyond, &body));
        hands_over(market, &at(minutes(5)), &body)?;
        assert_eq!(market.order(street.0.order()).state, State::Paid);
    }
    Ok(())
}

/// One more order of the same street, paid at the provider.
fn again(market: &Market) -> Result<(Ordered, Callback)> {
    let shop = market.shop("china-house");
    let tea = shop.sells("cup", cny(88_00)).stock(20);
    let anna = market.buyer("bert");
    let placed = anna.buys(&[(tea.sku, 3)])?;
    let payment = anna.opens_payment(placed.trade)?.expect("there is something to pay");
    market.sandbox().pay(payment.to_string()).wait()?;
    let callback = about(market, CallbackKind::Paid, payment.to_string(), cny(264_00));
    Ok((Ordered { shop, tea, anna, placed }, callback))
}

fn another_amount_currency_or_merchant_is_refused(market: &Market) -> Result<()> {
    let (street, callback) = paid_at_the_provider(market)?;
    for minor in [0, 1, 263_99, 264_01, -264_00, i64::MAX, i64::MIN] {
        market.refuses("amount_mismatch", || says(market, &Callback { amount: cny(minor), ..callback.clone() }));
    }
    for currency in [Currency::USD, Currency::JPY] {
        let amount = Money::new(264_00, currency);
        market.refuses("currency_mismatch", || says(market, &Callback { amount, ..callback.clone() }));
    }
    for merchant in ["", "m_000000000000", &keys().merchant().to_uppercase()] {
        let merchant = merchant.to_owned();
        market.refuses("merchant_mismatch", || says(market, &Callback { merchant, ..callback.clone() }));
    }
    assert!(!is_paid(market, &street));
    says(market, &callback)?;
    assert!(is_paid(market, &street));
    // Nor can the same number say something else afterwards.
    market.refuses("idempotency_key_reused", || says(market, &Callback { amount: cny(1), ..callback }));
    Ok(())
}

fn a_message_about_another_payment_is_refused(market: &Market) -> Result<()> {
    let (street, callback) = paid_at_the_provider(market)?;
    let cheap = street.anna.buys(&[(street.tea.sku, 1)])?;
    let cheap = street.anna.opens_payment(cheap.trade)?.expect("there is something to pay").to_string();
    // The cheap payment's money for the dear order, and the other way round.
    let (dear, due) = (callback.number.clone(), callback.amount);
    market.refuses("amount_mismatch", || says(market, &Callback { amount: cny(88_00), ..callback.clone() }));
    market.refuses("amount_mismatch", || says(market, &Callback { number: cheap.clone(), ..callback.clone() }));
    let unknown = Id::<kinds::Payment>::from_raw(street.placed.trade.raw() + (1 << 30)).to_string();
    market.refuses("not_found", || says(market, &about(market, CallbackKind::Paid, unknown.clone(), due)));
    market.refuses("not_found", || says(market, &about(market, CallbackKind::Closed, unknown.clone(), due)));
    let damaged = format!("{}{}", &dear[..dear.len() - 1], if dear.ends_with('0') { '1' } else { '0' });
    for number in ["", "1", "pay_", &damaged, &street.placed.trade.to_string(), &"x".repeat(10_000)] {
        let number = number.to_owned();
        market.refuses("id_malformed", || says(market, &Callback { number, ..callback.clone() }));
    }
    assert!(!is_paid(market, &street));
    Ok(())
}

fn a_message_that_says_nothing_is_refused(market: &Market) -> Result<()> {
    let (street, callback) = paid_at_the_provider(market)?;
    let text = String::from_utf8(bytes(&callback)).expect("JSON is text");
    let unknown_kind = text.replace("payment.paid", "payment.lent");
    let fraction = text.replace("26400", "26400.5");
    let huge = text.replace("26400", "99999999999999999999");
    for body in ["", "{}", "null", "[]", "paid", &text[..text.len() - 1], &unknown_kind, &fraction, &huge] {
        let headers = signature(&keys(), market.now(), body.as_bytes());
        market.refuses("malformed", || hands_over(market, &headers, body.as_bytes()));
    }
    let no_text = [&text.as_bytes()[..10], &[0xff, 0xfe, 0x00], &text.as_bytes()[10..]].concat();
    let headers = signature(&keys(), market.now(), &no_text);
    market.refuses("malformed", || hands_over(market, &headers, &no_text));
    // A channel may say more one day than it does today.
    let more = text.replacen('{', r#"{"since":"tomorrow","#, 1);
    hands_over(market, &signature(&keys(), market.now(), more.as_bytes()), more.as_bytes())?;
    assert!(is_paid(market, &street));
    Ok(())
}

fn counted(market: &Market) -> usize {
    audit(market).iter().filter(|row| (row.act.as_str(), row.outcome.as_str()) == ("payment.notified", "done")).count()
}

fn a_message_that_comes_again_counts_once(market: &Market) -> Result<()> {
    let (street, callback) = paid_at_the_provider(market)?;
    says(market, &callback)?;
    let before = (market.fingerprint(), counted(market));
    assert_eq!(before.1, 1);
    for _ in 0..5 {
        says(market, &callback)?;
        says(market, &Callback { id: "another name for the same".to_owned(), ..callback.clone() })?;
    }
    assert_eq!((market.fingerprint(), counted(market)), before);
    assert!(is_paid(market, &street));
    Ok(())
}

fn a_message_that_comes_again_after_days_counts_once(market: &Market) -> Result<()> {
    let (street, callback) = paid_at_the_provider(market)?;
    let body = bytes(&callback);
    let once = signature(&keys(), market.now(), &body);
    hands_over(market, &once, &body)?;
    market.later(days(3))?;
    // The very same bytes are too old, and signed anew they are no news, though the first answer is forgotten.
    assert!(flows::worker::forget_answers(market.flows())? > 0);
    let before = market.fingerprint();
    market.refuses("stale_timestamp", || hands_over(market, &once, &body));
    says(market, &callback)?;
    market.refuses("amount_mismatch", || says(market, &Callback { amount: cny(1), ..callback.clone() }));
    assert_eq!((market.fingerprint(), counted(market)), (before, 1));
    assert!(is_paid(market, &street));
    Ok(())
}

fn a_closing_after_the_money_is_no_news(market: &Market) -> Result<()> {
    let (street, callback) = paid_at_the_provider(market)?;
    says(market, &callback)?;
    let before = market.fingerprint();
    says(market, &Callback { kind: CallbackKind::Closed, ..callback })?;
    assert_eq!(market.fingerprint(), before);
    assert!(is_paid(market, &street));
    Ok(())
}

fn money_for_a_closed_payment_goes_back(market: &Market) -> Result<()> {
    let (street, callback) = paid_at_the_provider(market)?;
    street.anna.cancels(street.placed.trade)?;
    for _ in 0..3 {
        says(market, &callback)?;
    }
    assert_eq!((market.order(street.order()).state, street.tea.available()), (State::Closed, 20));
    assert_eq!((market.owes(Account::Escrow), market.owes(Account::RefundTransit)), (0, 264_00));
    market.later(minutes(1))?;
    assert_eq!((market.balance(Account::Channel), market.owes(Account::RefundTransit)), (0, 0));
    // Told once more, it is not given back once more.
    says(market, &callback)?;
    market.later(minutes(1))?;
    assert_eq!((market.balance(Account::Channel), market.owes(Account::RefundTransit)), (0, 0));
    Ok(())
}

fn a_refund_that_is_not_known_is_refused(market: &Market) -> Result<()> {
    let street = paid(market);
    let payment = well_known(market, &street);
    let unknown = Id::<kinds::PaymentRefund>::from_raw(street.placed.trade.raw() + (1 << 30)).to_string();
    for kind in [CallbackKind::Refunded, CallbackKind::RefundFailed] {
        market.refuses("not_found", || says(market, &about(market, kind, unknown.clone(), cny(88_00))));
        market.refuses("id_malformed", || says(market, &about(market, kind, payment.clone(), cny(88_00))));
        market.refuses("id_malformed", || says(market, &about(market, kind, "rfd".to_owned(), cny(88_00))));
    }
    Ok(())
}

/// The number of the payment of an order.
fn well_known(market: &Market, street: &Ordered) -> String {
    let trade = street.placed.trade;
    super::well(market.asks(move |read| payment::of_trade(read, trade)))[0].number()
}

fn a_refund_counts_once_and_stands(market: &Market) -> Result<()> {
    let street = paid(market);
    let document = street.anna.asks_back(street.order(), &[(1, 1)], "changed_mind")?.refund.expect("it goes at once");
    let refund = market.asks(move |read| payment::refunds_for(read, document))?[0].id.to_string();
    let done = about(market, CallbackKind::Refunded, refund, cny(88_00));
    for minor in [0, 87_99, 88_01, 264_00, -88_00] {
        market.refuses("amount_mismatch", || says(market, &Callback { amount: cny(minor), ..done.clone() }));
    }
    let pounds = Money::new(88_00, Currency::GBP);
    market.refuses("currency_mismatch", || says(market, &Callback { amount: pounds, ..done.clone() }));
    // The worker asks the provider for it, and the provider tells what came of it.
    market.works()?;
    assert_eq!((market.balance(Account::Channel), market.owes(Account::RefundTransit)), (176_00, 0));
    let before = market.fingerprint();
    for _ in 0..3 {
        says(market, &done)?;
    }
    assert_eq!(market.fingerprint(), before);
    let failed = Callback { kind: CallbackKind::RefundFailed, code: Some("account_closed".to_owned()), ..done };
    market.refuses("wrong_state", || says(market, &failed));
    Ok(())
}
