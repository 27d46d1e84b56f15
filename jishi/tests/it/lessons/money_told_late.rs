//! Lessons about who says that money came: the channel alone, as often as it likes, and it comes once.

use super::{another_process, at_once, channel_keys};
use flows::worker;
use kernel::{Currency, Id, Money, Result, kinds};
use ledger::Account;
use order::State;
use sandbox::{
    Keys, Mischief, SIGNATURE_HEADER,
    wire::{Callback, CallbackKind},
};
use store::wait;
use testkit::{Market, Street, cny, days, hours, minutes, stories, street};

stories![everywhere:
    lesson_22_money_told_of_twice_is_captured_once,
    lesson_22_a_late_notice_revives_nothing,
    lesson_22_a_notice_for_the_other_payment_doubles_nothing,
    lesson_23_nobody_but_the_channel_says_that_an_order_is_paid,
];

stories![at_once: lesson_22_money_that_comes_while_an_order_closes_is_taken_or_goes_back];

/// What a payment took and gave back, and how often it was given back.
fn went(market: &Market, payment: Id<kinds::Payment>) -> Result<(i64, i64, usize)> {
    let refunds = market.asks(move |read| payment::refunds_of(read, payment))?.len();
    let found = market.payment(payment);
    Ok((found.captured, found.refunded, refunds))
}

/// Answers that were kept for requests that come again are forgotten: from now on the state of things decides.
fn forgets(market: &Market) -> Result<()> {
    while flows::worker::forget_answers(market.flows())? > 0 {}
    Ok(())
}

/// saleor/saleor#7399: the channel told of one capture several times, and twice the total was written down as captured.
fn lesson_22_money_told_of_twice_is_captured_once(market: &Market) -> Result<()> {
    let Street { tea, anna, .. } = street(market);
    let placed = anna.buys(&[(tea.sku, 2)])?;
    let payment = anna.opens_payment(placed.trade)?.expect("there is something to pay");
    market.provider_plays(Mischief::Double, 0)?;
    market.sandbox().pay(payment.to_string()).wait()?;
    let messages = market.sandbox().due(10).wait()?;
    assert_eq!(messages.len(), 2);
    let eight: Vec<_> = messages.iter().cycle().take(8).collect();
    at_once(&eight, |message| {
        let told = flows::pay::notified(market.flows(), "sandbox", &message.headers, &message.body);
        match told.and_then(|told| told.wait()) {
            Err(no) => assert_eq!(no.code(), "in_progress"),
            Ok(()) => assert_eq!(market.order(placed.orders[0]).state, State::Paid),
        }
    });
    assert_eq!((went(market, payment)?, market.owes(Account::Escrow)), ((176_00, 0, 0), 176_00));
    // Nobody answered the provider, so it tells again, for a day.
    market.later(hours(25))?;
    forgets(market)?;
    market.later(hours(25))?;
    assert_eq!((went(market, payment)?, market.owes(Account::Escrow)), ((176_00, 0, 0), 176_00));
    assert_eq!((market.balance(Account::Channel), market.owes(Account::Unmatched)), (176_00, 0));
    Ok(())
}

/// saleor/saleor PR 9504, its first case: while a refund was under way a late notice of the payment came and made an
/// order out of it, refunded as soon as it was there.
fn lesson_22_a_late_notice_revives_nothing(market: &Market) -> Result<()> {
    let Street { tea, anna, .. } = street(market);
    // Paid, given back whole, and only then told of.
    let placed = anna.buys(&[(tea.sku, 2)])?;
    market.provider_plays(Mischief::Delay, days(2))?;
    let payment = anna.pays(placed.trade)?.expect("there is something to pay");
    market.later(minutes(5))?;
    assert_eq!(market.order(placed.orders[0]).state, State::Paid);
    anna.asks_back(placed.orders[0], &[], "changed_mind")?;
    // Cancelled in one window and paid in the other, and only then told of.
    let cancelled = anna.buys(&[(tea.sku, 2)])?;
    let late = anna.opens_payment(cancelled.trade)?.expect("there is something to pay");
    anna.cancels(cancelled.trade)?;
    market.provider_plays(Mischief::Delay, days(2))?;
    market.sandbox().pay(late.to_string()).wait()?;
    market.later(minutes(5))?;
    for told_late in [false, true] {
        assert_eq!(
            (market.order(placed.orders[0]).state, went(market, payment)?),
            (State::Closed, (176_00, 176_00, 1))
        );
        assert_eq!((market.order(cancelled.orders[0]).state, went(market, late)?), (State::Closed, (0, 0, 1)));
        assert_eq!((tea.available(), market.owes(Account::Escrow), market.owes(Account::Unmatched)), (20, 0, 0));
        assert_eq!((market.owes(Account::RefundTransit), market.balance(Account::Channel)), (0, 0));
        if !told_late {
            market.later(hours(36))?;
            forgets(market)?;
            market.later(days(2))?;
        }
    }
    Ok(())
}

/// saleor/saleor PR 9504, its second case: a trade had two payments, the first given up and the second taken; a notice
/// for the first doubled what counted as captured.
fn lesson_22_a_notice_for_the_other_payment_doubles_nothing(market: &Market) -> Result<()> {
    let Street { shop, tea, anna } = street(market);
    let placed = anna.buys(&[(tea.sku, 2)])?;
    let first = anna.opens_payment(placed.trade)?.expect("there is something to pay");
    let second = anna.pays(placed.trade)?.expect("there is something to pay");
    market.provider_plays(Mischief::Double, 0)?;
    market.sandbox().pay(first.to_string()).wait()?;
    market.later(minutes(5))?;
    assert_eq!((went(market, first)?, went(market, second)?), ((0, 0, 1), (176_00, 0, 0)));
    assert_eq!((market.owes(Account::Escrow), market.balance(Account::Channel)), (176_00, 176_00));
    // The order goes on with the money it has, and no more than that can be given back.
    shop.ships(placed.orders[0])?;
    shop.gives_back(placed.orders[0], &[])?;
    market.later(minutes(5))?;
    assert_eq!((went(market, first)?, went(market, second)?), ((0, 0, 1), (176_00, 176_00, 1)));
    assert_eq!((market.order(placed.orders[0]).state, market.balance(Account::Channel)), (State::Closed, 0));
    Ok(())
}

/// saleor/saleor PR 9504 again, in the moment itself: the order closes for want of money while the money comes.
fn lesson_22_money_that_comes_while_an_order_closes_is_taken_or_goes_back(market: &Market) -> Result<()> {
    let tea = market.shop("tea-house").sells("longjing", cny(88_00)).stock(100);
    let anna = market.buyer("anna");
    let placed = (0..16).map(|_| {
        let placed = anna.buys(&[(tea.sku, 2)])?;
        let payment = anna.opens_payment(placed.trade)?.expect("there is something to pay");
        market.sandbox().pay(payment.to_string()).wait()?;
        Ok((placed.orders[0], payment))
    });
    let placed = placed.collect::<Result<Vec<_>>>()?;
    let (other, provider) = another_process(market, market.now().plus(minutes(31)))?;
    let messages = provider.due(100).wait()?;
    assert_eq!(messages.len(), 16);
    let everybody: Vec<_> = messages.iter().map(Some).chain([None]).collect();
    let told = at_once(&everybody, |message| match message {
        Some(message) => flows::pay::notified(&other, "sandbox", &message.headers, &message.body)?.wait(),
        None => wait(worker::ring_timers(&other)).map(drop),
    });
    told.into_iter().collect::<Result<()>>()?;
    market.later(hours(2))?;
    let mut paid = 0;
    for (order, payment) in &placed {
        match (market.order(*order).state, went(market, *payment)?) {
            (State::Paid, (176_00, 0, 0)) => paid += 1,
            (State::Closed, (0, 0, 1)) => {}
            between => panic!("{order} is {between:?}"),
        }
    }
    assert_eq!((tea.available(), market.owes(Account::Escrow)), (100 - 2 * paid, paid * 176_00));
    assert_eq!((market.owes(Account::RefundTransit), market.balance(Account::Channel)), (0, paid * 176_00));
    Ok(())
}

/// newbee-ltd/newbee-mall#100: `/paySuccess?orderNo=…` marked any order as paid, for whoever asked, without a log-in,
/// without the channel, without its being one's own order.
fn lesson_23_nobody_but_the_channel_says_that_an_order_is_paid(market: &Market) -> Result<()> {
    let Street { shop, tea, anna } = street(market);
    let placed = anna.buys(&[(tea.sku, 2)])?;
    let payment = anna.opens_payment(placed.trade)?.expect("there is something to pay");
    for (person, code) in [
        (&market.anyone(), "login_needed"),
        (&market.stranger(), "not_found"),
        (shop.person(), "not_found"),
        (&market.operator(), "not_found"),
    ] {
        market.refuses(code, || person.opens_payment(placed.trade));
    }
    // Whoever knows the payment's number, and what a message looks like, still has not the channel's key.
    let theirs = Keys::from_seed([8; 32]);
    let good = callback(market, payment, &channel_keys(), cny(176_00));
    let tells = |headers: &[(&str, String)], raw: &[u8], channel: &str| {
        let headers: Vec<_> = headers.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
        flows::pay::notified(market.flows(), channel, &headers, raw)?.wait()
    };
    let signed = |keys: &Keys, raw: &[u8]| [(SIGNATURE_HEADER, keys.sign(market.now(), raw))];
    market.refuses("signature_invalid", || tells(&[], &good, "sandbox"));
    market.refuses("signature_invalid", || {
        tells(&[(SIGNATURE_HEADER, "t=1,alg=ed25519,v1=00".into())], &good, "sandbox")
    });
    market.refuses("signature_invalid", || tells(&signed(&theirs, &good), &good, "sandbox"));
    // A true message of a payment of his own says nothing of another's.
    let bo = market.buyer("bo");
    let bos = bo.buys(&[(tea.sku, 1)])?;
    let own = bo.opens_payment(bos.trade)?.expect("there is something to pay");
    market.sandbox().pay(own.to_string()).wait()?;
    let true_one = market.sandbox().due(1).wait()?.remove(0);
    let header = [(SIGNATURE_HEADER, true_one.headers.last().expect("it is signed").1.clone())];
    let altered = String::from_utf8_lossy(&true_one.body).replace(&own.to_string(), &payment.to_string());
    market.refuses("signature_invalid", || tells(&header, altered.as_bytes(), "sandbox"));
    market.refuses("not_found", || tells(&header, &true_one.body, "alipay"));
    assert_eq!(market.order(placed.orders[0]).state, State::Unpaid);
    market.refuses("wrong_state", || shop.ships(placed.orders[0]));
    wrong_words_of_the_channel(market, payment, tells)?;
    market.hears()?;
    assert_eq!((market.order(bos.orders[0]).state, market.order(placed.orders[0]).state), (State::Paid, State::Unpaid));
    market.sandbox().pay(payment.to_string()).wait()?;
    market.hears()?;
    assert_eq!((market.order(placed.orders[0]).state, market.owes(Account::Escrow)), (State::Paid, 3 * 88_00));
    Ok(())
}

/// The channel itself must say the right thing, to the right merchant, now.
fn wrong_words_of_the_channel(
    market: &Market,
    payment: Id<kinds::Payment>,
    tells: impl Fn(&[(&str, String)], &[u8], &str) -> Result<()>,
) -> Result<()> {
    let keys = channel_keys();
    let refused = |code: &str, body: Vec<u8>, millis: i64| {
        let header = [(SIGNATURE_HEADER, keys.sign(market.now().plus(millis), &body))];
        market.refuses(code, || tells(&header, &body, "sandbox"));
    };
    refused("amount_mismatch", callback(market, payment, &keys, cny(1)), 0);
    refused("currency_mismatch", callback(market, payment, &keys, Money::new(176_00, Currency::USD)), 0);
    refused("merchant_mismatch", callback(market, payment, &Keys::from_seed([8; 32]), cny(176_00)), 0);
    refused("stale_timestamp", callback(market, payment, &keys, cny(176_00)), -hours(1));
    refused("stale_timestamp", callback(market, payment, &keys, cny(176_00)), hours(1));
    Ok(())
}

/// A message that a payment was paid.
fn callback(market: &Market, payment: Id<kinds::Payment>, keys: &Keys, amount: Money) -> Vec<u8> {
    let number = payment.to_string();
    let callback = Callback {
        id: "evt_1".to_owned(),
        merchant: keys.merchant().to_owned(),
        kind: CallbackKind::Paid,
        payment: number.clone(),
        number,
        reference: "ref_1".to_owned(),
        amount,
        code: None,
        at: market.now(),
    };
    serde_json::to_vec(&callback).expect("a callback is plain JSON")
}
