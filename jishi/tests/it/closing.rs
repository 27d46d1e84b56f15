//! Orders that nobody pays, and money that comes too late.

use kernel::Result;
use ledger::Account;
use order::State;
use sandbox::Mischief;
use testkit::{Market, cny, hours, minutes};

testkit::stories![
    an_unpaid_order_closes_after_thirty_minutes_and_its_stock_goes_back,
    a_buyer_cancels_what_he_has_not_paid,
    a_payment_after_closing_is_refunded,
    a_payment_whose_message_is_late_counts_when_the_channel_is_asked,
    a_payment_whose_message_is_lost_counts_all_the_same,
    a_paid_order_does_not_close,
    a_second_payment_is_refunded,
    a_closed_order_cannot_be_paid,
];

fn an_unpaid_order_closes_after_thirty_minutes_and_its_stock_goes_back(market: &Market) -> Result<()> {
    let longjing = market.shop("tea-house").sells("longjing", cny(88_00)).stock(3);
    let order = market.buyer("anna").buys(&[(longjing.sku, 2)])?.orders[0];
    market.later(minutes(30) - 1)?;
    assert_eq!((market.order(order).state, longjing.available()), (State::Unpaid, 1));
    market.later(1)?;
    assert_eq!((market.order(order).state, longjing.available()), (State::Closed, 3));
    let change = market.latest_change(order);
    assert_eq!((change.why.as_str(), change.actor.as_str()), ("not_paid_in_time", "timer"));
    Ok(())
}

fn a_buyer_cancels_what_he_has_not_paid(market: &Market) -> Result<()> {
    let longjing = market.shop("tea-house").sells("longjing", cny(88_00)).stock(3);
    let anna = market.buyer("anna");
    let placed = anna.buys(&[(longjing.sku, 2)])?;
    let stranger = market.stranger();
    market.refuses("not_found", || stranger.cancels(placed.trade));
    market.refuses("login_needed", || market.anyone().cancels(placed.trade));
    anna.cancels(placed.trade)?;
    assert_eq!((market.order(placed.orders[0]).state, longjing.available()), (State::Closed, 3));
    market.refuses("wrong_state", || anna.cancels(placed.trade));
    market.later(hours(1))
}

fn a_payment_after_closing_is_refunded(market: &Market) -> Result<()> {
    let longjing = market.shop("tea-house").sells("longjing", cny(88_00)).stock(3);
    let anna = market.buyer("anna");
    let placed = anna.buys(&[(longjing.sku, 2)])?;
    let payment = anna.opens_payment(placed.trade)?.expect("there is something to pay");
    market.later(minutes(20))?;
    // The buyer changes his mind in one window and pays in the other.
    anna.cancels(placed.trade)?;
    market.sandbox().pay(payment.to_string()).wait()?;
    market.hears()?;
    assert_eq!((market.order(placed.orders[0]).state, longjing.available()), (State::Closed, 3));
    assert_eq!((market.owes(Account::RefundTransit), market.owes(Account::Unmatched)), (176_00, 0));
    market.later(minutes(1))?;
    assert_eq!((market.owes(Account::RefundTransit), market.balance(Account::Channel)), (0, 0));
    assert_eq!(market.payment(payment).captured, 0);
    Ok(())
}

fn a_payment_whose_message_is_late_counts_when_the_channel_is_asked(market: &Market) -> Result<()> {
    let longjing = market.shop("tea-house").sells("longjing", cny(88_00)).stock(3);
    let anna = market.buyer("anna");
    let placed = anna.buys(&[(longjing.sku, 2)])?;
    market.provider_plays(Mischief::Delay, hours(2))?;
    anna.pays(placed.trade)?;
    assert_eq!(market.order(placed.orders[0]).state, State::Unpaid);
    market.later(minutes(5))?;
    assert_eq!(market.order(placed.orders[0]).state, State::Paid);
    // The message itself, when it comes, changes nothing.
    market.later(hours(3))?;
    assert_eq!((market.order(placed.orders[0]).state, market.owes(Account::Escrow)), (State::Paid, 176_00));
    Ok(())
}

fn a_payment_whose_message_is_lost_counts_all_the_same(market: &Market) -> Result<()> {
    let longjing = market.shop("tea-house").sells("longjing", cny(88_00)).stock(3);
    let anna = market.buyer("anna");
    let placed = anna.buys(&[(longjing.sku, 2)])?;
    market.provider_plays(Mischief::Lose, 0)?;
    market.later(minutes(29))?;
    let payment = anna.pays(placed.trade)?.expect("there is something to pay");
    // Asked at the last moment, the channel says that it has the money: before or after the clock strikes, it counts
    // or it goes back, but it is never lost.
    market.later(minutes(2))?;
    let order = market.order(placed.orders[0]);
    let kept = market.owes(Account::Escrow);
    assert_eq!(market.balance(Account::Channel) - market.owes(Account::RefundTransit), kept);
    assert_eq!((order.state == State::Paid, market.payment(payment).captured == 176_00), (kept > 0, kept > 0));
    Ok(())
}

fn a_paid_order_does_not_close(market: &Market) -> Result<()> {
    let longjing = market.shop("tea-house").sells("longjing", cny(88_00)).stock(3);
    let anna = market.buyer("anna");
    let placed = anna.has_bought(&[(longjing.sku, 2)])?;
    market.later(hours(2))?;
    assert_eq!((market.order(placed.orders[0]).state, longjing.available()), (State::Paid, 1));
    market.refuses("wrong_state", || anna.cancels(placed.trade));
    Ok(())
}

fn a_second_payment_is_refunded(market: &Market) -> Result<()> {
    let longjing = market.shop("tea-house").sells("longjing", cny(88_00)).stock(3);
    let anna = market.buyer("anna");
    let placed = anna.buys(&[(longjing.sku, 2)])?;
    let first = anna.opens_payment(placed.trade)?.expect("there is something to pay");
    let second = anna.opens_payment(placed.trade)?.expect("there is something to pay");
    for payment in [first, second] {
        market.sandbox().pay(payment.to_string()).wait()?;
    }
    market.later(minutes(1))?;
    assert_eq!((market.owes(Account::Escrow), market.balance(Account::Channel)), (176_00, 176_00));
    assert_eq!(market.payment(first).captured + market.payment(second).captured, 176_00);
    market.refuses("already_paid", || anna.opens_payment(placed.trade));
    Ok(())
}

fn a_closed_order_cannot_be_paid(market: &Market) -> Result<()> {
    let longjing = market.shop("tea-house").sells("longjing", cny(88_00)).stock(3);
    let anna = market.buyer("anna");
    let placed = anna.buys(&[(longjing.sku, 2)])?;
    market.later(minutes(31))?;
    market.refuses("order_closed", || anna.opens_payment(placed.trade));
    Ok(())
}
