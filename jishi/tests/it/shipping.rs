//! Goods go out: whole, in parts, and what is left is cancelled.

use identity::Permission;
use kernel::Result;
use ledger::Account;
use order::State;
use testkit::{Goods, Market, Person, Placed, Shop, cny, days, minutes};

testkit::stories![
    a_shop_ships_in_parts_and_the_clock_starts_with_the_last,
    what_a_shop_cannot_send_is_cancelled_and_the_rest_goes_on,
    an_order_cancelled_bit_by_bit_closes,
    no_more_goes_out_than_was_bought,
    only_the_shops_people_ship,
    a_frozen_shop_ships_what_it_has_sold,
];

fn three_cups_paid(market: &Market) -> Result<(Shop, Goods, Person, Placed)> {
    let shop = market.shop("china-house");
    let cup = shop.sells("cup", cny(10_00)).stock(5);
    let anna = market.buyer("anna");
    let placed = anna.has_bought(&[(cup.sku, 3)])?;
    Ok((shop, cup, anna, placed))
}

fn a_shop_ships_in_parts_and_the_clock_starts_with_the_last(market: &Market) -> Result<()> {
    let (shop, cup, _, placed) = three_cups_paid(market)?;
    let order = placed.orders[0];
    shop.ships_part(order, &[(1, 2)])?;
    assert_eq!((market.order(order).state, cup.on_hand(), cup.available()), (State::PartShipped, 3, 2));
    market.later(days(20))?;
    assert_eq!(market.order(order).state, State::PartShipped);
    shop.ships(order)?;
    assert_eq!((market.order(order).state, cup.on_hand(), cup.available()), (State::Shipped, 2, 2));
    market.later(days(10))?;
    assert_eq!(market.order(order).state, State::Completed);
    Ok(())
}

fn what_a_shop_cannot_send_is_cancelled_and_the_rest_goes_on(market: &Market) -> Result<()> {
    let (shop, cup, anna, placed) = three_cups_paid(market)?;
    let order = placed.orders[0];
    shop.ships_part(order, &[(1, 2)])?;
    // One unit has not gone out, so its money comes back at once.
    let refunding = anna.asks_back(order, &[(1, 1)], "changed_mind")?;
    assert!(refunding.refund.is_some());
    let found = market.order(order);
    assert_eq!((found.state, found.refunded, found.cancelled), (State::Shipped, 10_00, 1));
    assert_eq!((cup.on_hand(), cup.available(), market.owes(Account::Escrow)), (3, 3, 20_00));
    market.refuses("wrong_state", || shop.ships(order));
    market.later(days(10))?;
    assert_eq!(market.order(order).state, State::Completed);
    assert_eq!((market.owes(Account::Commission), market.owes(Account::ShopPending)), (1_00, 19_00));
    Ok(())
}

fn an_order_cancelled_bit_by_bit_closes(market: &Market) -> Result<()> {
    let (_, cup, anna, placed) = three_cups_paid(market)?;
    let order = placed.orders[0];
    for left in [2, 1, 0] {
        anna.asks_back(order, &[(1, 1)], "changed_mind")?;
        assert_eq!((market.owes(Account::Escrow), cup.available()), (left * 10_00, 5 - left));
    }
    assert_eq!(market.order(order).state, State::Closed);
    market.refuses("wrong_state", || anna.asks_back(order, &[(1, 1)], "changed_mind"));
    market.later(minutes(5))?;
    assert_eq!((market.balance(Account::Channel), market.owes(Account::RefundTransit)), (0, 0));
    Ok(())
}

fn no_more_goes_out_than_was_bought(market: &Market) -> Result<()> {
    let (shop, _, _, placed) = three_cups_paid(market)?;
    let order = placed.orders[0];
    market.refuses("nothing_to_ship", || shop.ships_part(order, &[(1, 4)]));
    market.refuses("unknown_line", || shop.ships_part(order, &[(2, 1)]));
    market.refuses("nothing_to_ship", || shop.ships_part(order, &[(1, 2), (1, 2)]));
    shop.ships_part(order, &[(1, 2)])?;
    market.refuses("nothing_to_ship", || shop.ships_part(order, &[(1, 2)]));
    shop.ships(order)?;
    market.refuses("wrong_state", || shop.ships(order));
    Ok(())
}

fn only_the_shops_people_ship(market: &Market) -> Result<()> {
    let (shop, _, anna, placed) = three_cups_paid(market)?;
    let order = placed.orders[0];
    let other = market.shop("tea-house");
    market.refuses("not_found", || anna.ships(order));
    market.refuses("not_found", || other.ships(order));
    market.refuses("not_found", || market.operator().ships(order));
    market.refuses("login_needed", || market.anyone().ships(order));
    let packer = shop.staff("lin", &[Permission::ShopGoods, Permission::ShopRefunds]);
    market.refuses("not_found", || packer.ships(order));
    let key = shop.key(&[Permission::ShopRefunds]);
    market.refuses("not_found", || key.ships(order));
    let packer = shop.staff("mei", &[Permission::ShopOrders]);
    packer.ships_part(order, &[(1, 1)])?;
    shop.key(&[Permission::ShopOrders]).ships(order)?;
    assert_eq!(market.order(order).state, State::Shipped);
    Ok(())
}

fn a_frozen_shop_ships_what_it_has_sold(market: &Market) -> Result<()> {
    let (shop, cup, anna, placed) = three_cups_paid(market)?;
    market.operator().freezes(shop.id)?;
    market.refuses("shop_frozen", || anna.buys(&[(cup.sku, 1)]));
    shop.ships(placed.orders[0])?;
    assert_eq!(market.order(placed.orders[0]).state, State::Shipped);
    Ok(())
}
