//! A trade from the first order to the shop's money.

use kernel::Result;
use ledger::Account;
use order::State;
use testkit::{Market, cny, days, minutes};

testkit::stories![
    a_trade_goes_from_the_shelf_to_the_shops_bank_account,
    a_trade_over_two_shops_is_paid_once_and_settled_apart,
    sending_costs_a_fee_up_to_an_amount,
    a_price_that_rose_since_it_was_seen_is_refused_and_one_that_fell_is_taken,
];

fn a_trade_goes_from_the_shelf_to_the_shops_bank_account(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    shop.has_bank_account();
    let longjing = shop.sells("longjing", cny(88_00)).stock(3);
    let anna = market.buyer("anna");
    let placed = anna.buys(&[(longjing.sku, 2)])?;
    let order = placed.orders[0];
    assert_eq!((placed.amount, longjing.available()), (cny(176_00), 1));
    anna.pays(placed.trade)?;
    assert_eq!((market.order(order).state, market.owes(Account::Escrow)), (State::Paid, 176_00));
    shop.ships(order)?;
    assert_eq!((market.order(order).state, longjing.on_hand()), (State::Shipped, 1));
    anna.confirms(order)?;
    // Five per cent for the market, the rest for the shop in seven days.
    assert_eq!((market.owes(Account::Commission), market.owes(Account::ShopPending)), (8_80, 167_20));
    market.later(days(7))?;
    // Of this a tenth is held back for thirty days.
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::ShopReserve)), (150_48, 16_72));
    shop.asks_payout()?;
    market.later(minutes(1))?;
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::Bank)), (0, 150_48));
    market.later(days(30))?;
    assert_eq!((market.owes(Account::ShopReserve), market.owes(Account::ShopAvailable)), (0, 16_72));
    shop.asks_payout()?;
    market.later(minutes(1))?;
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::PayoutTransit)), (0, 0));
    assert_eq!((market.balance(Account::Channel), market.owes(Account::Bank)), (176_00, 167_20));
    Ok(())
}

fn a_trade_over_two_shops_is_paid_once_and_settled_apart(market: &Market) -> Result<()> {
    let (tea, china) = (market.shop("tea-house"), market.shop("china-house"));
    let longjing = tea.sells("longjing", cny(88_00)).stock(3);
    let cup = china.sells("cup", cny(9_99)).stock(10);
    let anna = market.buyer("anna");
    let placed = anna.has_bought(&[(longjing.sku, 1), (cup.sku, 3)])?;
    assert_eq!((placed.orders.len(), placed.amount), (2, cny(117_97)));
    for order in &placed.orders {
        let shop = if market.order(*order).shop == tea.id { &tea } else { &china };
        shop.ships(*order)?;
        anna.confirms(*order)?;
    }
    // 88.00 and 29.97: each commission is rounded by itself, half up.
    assert_eq!((market.owes(Account::Commission), market.owes(Account::ShopPending)), (4_40 + 1_50, 83_60 + 28_47));
    market.later(days(8))?;
    assert_eq!(market.owes(Account::ShopPending), 0);
    Ok(())
}

fn sending_costs_a_fee_up_to_an_amount(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    shop.takes_for_sending(cny(8_00), Some(cny(99_00)));
    let longjing = shop.sells("longjing", cny(33_00)).stock(9);
    let anna = market.buyer("anna");
    assert_eq!(anna.buys(&[(longjing.sku, 2)])?.amount, cny(74_00));
    assert_eq!(anna.buys(&[(longjing.sku, 3)])?.amount, cny(99_00));
    Ok(())
}

fn a_price_that_rose_since_it_was_seen_is_refused_and_one_that_fell_is_taken(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let longjing = shop.sells("longjing", cny(88_00)).stock(9);
    let anna = market.buyer("anna");
    let sees =
        |seen| testkit::Checkout { seen: Some(seen), ..testkit::checkout(&[(longjing.sku, 1)]).expect("one unit") };
    market.later(days(1))?;
    shop.prices(longjing.sku, cny(90_00))?;
    market.refuses("price_changed", || anna.checks_out(sees(cny(88_00))));
    assert_eq!(anna.checks_out(sees(cny(90_00)))?.amount, cny(90_00));
    assert_eq!(anna.checks_out(sees(cny(95_00)))?.amount, cny(90_00));
    Ok(())
}
