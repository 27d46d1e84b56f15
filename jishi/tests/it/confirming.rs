//! The end of escrow: by the buyer's word or by the clock.

use kernel::Result;
use ledger::Account;
use order::State;
use testkit::{Market, Person, Placed, Shop, cny, days, minutes};

testkit::stories![
    an_order_confirms_itself_ten_days_after_it_was_shipped,
    a_buyer_takes_three_more_days_once,
    only_the_buyer_confirms,
    what_is_not_shipped_cannot_be_confirmed,
    an_order_waits_for_its_case,
];

fn a_shipped_order(market: &Market) -> Result<(Shop, Person, Placed)> {
    let shop = market.shop("tea-house");
    let longjing = shop.sells("longjing", cny(88_00)).stock(3);
    let anna = market.buyer("anna");
    let placed = anna.has_bought(&[(longjing.sku, 2)])?;
    shop.ships(placed.orders[0])?;
    Ok((shop, anna, placed))
}

fn an_order_confirms_itself_ten_days_after_it_was_shipped(market: &Market) -> Result<()> {
    let (_, _, placed) = a_shipped_order(market)?;
    let order = placed.orders[0];
    market.later(days(10) - 1)?;
    assert_eq!(market.order(order).state, State::Shipped);
    market.later(1)?;
    assert_eq!((market.order(order).state, market.owes(Account::Escrow)), (State::Completed, 0));
    let change = market.latest_change(order);
    assert_eq!((change.why.as_str(), change.actor.as_str()), ("time_over", "timer"));
    Ok(())
}

fn a_buyer_takes_three_more_days_once(market: &Market) -> Result<()> {
    let (shop, anna, placed) = a_shipped_order(market)?;
    let order = placed.orders[0];
    market.refuses("not_found", || shop.extends(order));
    market.later(days(9))?;
    anna.extends(order)?;
    market.refuses("already_extended", || anna.extends(order));
    market.later(days(4) - 1)?;
    assert_eq!(market.order(order).state, State::Shipped);
    market.later(1)?;
    assert_eq!(market.order(order).state, State::Completed);
    market.refuses("wrong_state", || anna.extends(order));
    Ok(())
}

fn only_the_buyer_confirms(market: &Market) -> Result<()> {
    let (shop, anna, placed) = a_shipped_order(market)?;
    let order = placed.orders[0];
    let stranger = market.stranger();
    market.refuses("not_found", || stranger.confirms(order));
    market.refuses("not_found", || shop.confirms(order));
    market.refuses("not_found", || market.operator().confirms(order));
    market.refuses("login_needed", || market.anyone().confirms(order));
    let key = anna.key(&[]);
    market.refuses("permission_missing", || key.confirms(order));
    anna.key(&[identity::Permission::Buy]).confirms(order)?;
    assert_eq!(market.order(order).state, State::Completed);
    market.refuses("wrong_state", || anna.confirms(order));
    Ok(())
}

fn what_is_not_shipped_cannot_be_confirmed(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let longjing = shop.sells("longjing", cny(88_00)).stock(3);
    let anna = market.buyer("anna");
    let placed = anna.buys(&[(longjing.sku, 2)])?;
    market.refuses("wrong_state", || anna.confirms(placed.orders[0]));
    anna.pays(placed.trade)?;
    market.refuses("wrong_state", || anna.confirms(placed.orders[0]));
    shop.ships_part(placed.orders[0], &[(1, 1)])?;
    market.refuses("wrong_state", || anna.confirms(placed.orders[0]));
    market.refuses("wrong_state", || anna.extends(placed.orders[0]));
    Ok(())
}

fn an_order_waits_for_its_case(market: &Market) -> Result<()> {
    let (shop, anna, placed) = a_shipped_order(market)?;
    let order = placed.orders[0];
    market.later(days(9))?;
    let case = anna.asks_back(order, &[(1, 1)], "not_as_described")?.case;
    shop.disagrees(case)?;
    market.later(days(3))?;
    assert_eq!(market.order(order).state, State::Shipped);
    market.operator().rules(case, false)?;
    market.later(days(3) + minutes(1))?;
    assert_eq!(market.order(order).state, State::Completed);
    Ok(())
}
