//! Money goes back after the buyer had confirmed: from the shop's pots, and the market's commission with it.

use crate::refunds::{Bought, arrives, shipped};
use kernel::Result;
use ledger::Account;
use order::State;
use testkit::{Market, cny, days, minutes};

testkit::stories![
    after_confirmation_it_comes_from_what_waits_to_be_settled,
    after_settlement_it_comes_from_what_is_free,
    after_the_payout_the_shop_owes_it,
    an_order_given_back_whole_settles_to_nothing,
    what_sending_cost_stays_with_the_shop_once_it_has_sent,
    what_sending_cost_comes_back_with_all_that_was_not_sent,
];

fn after_confirmation_it_comes_from_what_waits_to_be_settled(market: &Market) -> Result<()> {
    let Bought { shop, anna, order, .. } = shipped(market)?;
    anna.confirms(order)?;
    let case = anna.asks_back(order, &[(1, 1)], "damaged")?.case;
    shop.agrees(case)?;
    assert_eq!((market.owes(Account::ShopPending), market.owes(Account::Commission)), (83_60, 4_40));
    arrives(market, 88_00)?;
    market.later(days(7))?;
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::ShopReserve)), (75_24, 8_36));
    Ok(())
}

fn after_settlement_it_comes_from_what_is_free(market: &Market) -> Result<()> {
    let Bought { shop, anna, order, .. } = shipped(market)?;
    anna.confirms(order)?;
    market.later(days(8))?;
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::ShopReserve)), (150_48, 16_72));
    shop.gives_back(order, &[(1, 1)])?;
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::Commission)), (66_88, 4_40));
    assert_eq!(market.order(order).state, State::Completed);
    arrives(market, 88_00)
}

fn after_the_payout_the_shop_owes_it(market: &Market) -> Result<()> {
    let Bought { shop, anna, order, .. } = shipped(market)?;
    shop.has_bank_account();
    anna.confirms(order)?;
    market.later(days(8))?;
    shop.asks_payout()?;
    market.later(minutes(1))?;
    shop.gives_back(order, &[])?;
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::Commission)), (-167_20, 0));
    // Asking brings the shop's money home first; from there on a refusal changes nothing.
    flows::payout::gather(market.flows(), shop.id)?;
    market.refuses("payout_below_minimum", || {
        flows::payout::ask(market.flows(), &shop.cx(), flows::payout::PayoutWish { shop: shop.id, amount: None })
    });
    arrives(market, 0)?;
    // What was held back covers a tenth of it when it is set free.
    market.later(days(30))?;
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::ShopReserve)), (-150_48, 0));
    Ok(())
}

fn an_order_given_back_whole_settles_to_nothing(market: &Market) -> Result<()> {
    let Bought { shop, anna, order, .. } = shipped(market)?;
    anna.confirms(order)?;
    shop.gives_back(order, &[])?;
    assert_eq!((market.owes(Account::ShopPending), market.owes(Account::Commission)), (0, 0));
    market.later(days(40))?;
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::ShopReserve)), (0, 0));
    market.refuses("refund_exceeds_units", || anna.asks_back(order, &[(1, 1)], "damaged"));
    Ok(())
}

fn what_sending_cost_stays_with_the_shop_once_it_has_sent(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    shop.takes_for_sending(cny(8_00), None);
    let tea = shop.sells("longjing", cny(88_00)).stock(3);
    let anna = market.buyer("anna");
    let order = anna.has_bought(&[(tea.sku, 1)])?.orders[0];
    shop.ships(order)?;
    shop.gives_back(order, &[])?;
    assert_eq!((market.order(order).state, market.owes(Account::Escrow)), (State::Shipped, 8_00));
    market.later(days(10))?;
    assert_eq!((market.owes(Account::ShopPending), market.owes(Account::Commission)), (8_00, 0));
    Ok(())
}

fn what_sending_cost_comes_back_with_all_that_was_not_sent(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    shop.takes_for_sending(cny(8_00), None);
    let tea = shop.sells("longjing", cny(88_00)).stock(3);
    let anna = market.buyer("anna");
    let order = anna.has_bought(&[(tea.sku, 2)])?.orders[0];
    anna.asks_back(order, &[(1, 1)], "changed_mind")?;
    assert_eq!(market.owes(Account::Escrow), 96_00);
    anna.asks_back(order, &[(1, 1)], "changed_mind")?;
    assert_eq!((market.order(order).state, market.owes(Account::Escrow)), (State::Closed, 0));
    arrives(market, 0)
}
