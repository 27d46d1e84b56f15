//! Lessons about money: what was paid can come back, to the last fen and no further.

use super::{at_once, figure, said};
use catalog::Measure;
use kernel::{Id, Money, Result, Text, kinds};
use ledger::Account;
use order::State;
use testkit::{Market, Shop, cny, minutes, stories};

stories![everywhere:
    lesson_11_a_fraction_does_not_stand_in_the_way_of_a_refund,
    lesson_12_several_returns_on_one_payment_add_up,
    lesson_16_a_quarter_of_19_99_is_5_00,
    lesson_21_a_full_refund_is_what_was_paid,
];

stories![at_once: lesson_12_returns_at_once_give_back_each_unit_once];

/// A shop's goods by an exact price: so much for a thousand of them.
fn priced_per_thousand(shop: &Shop, title: &str, price: Money) -> Result<Id<kinds::Sku>> {
    let measure = Measure { unit: Text::new("g")?, price_per: 1_000, ..Measure::default() };
    let put = shop.market().operator().imports_measured(shop.id, title, price, measure)?;
    shop.receives(shop.id, &[(put.sku, 1_000)])?;
    Ok(put.sku)
}

/// What the provider itself has given back of a trade's payments.
fn given_back(market: &Market, trade: Id<kinds::Trade>) -> Result<i64> {
    let now = market.now();
    market.asks(move |read| {
        let payments = payment::of_trade(read, trade)?;
        let known = payments.iter().map(|payment| sandbox::query(read, &payment.number(), now));
        Ok(known.collect::<Result<Vec<_>>>()?.iter().flatten().map(|payment| payment.refunded).sum())
    })
}

/// medusajs/medusa#13091: 87.957975 was rounded to 87.96 for the buyer and kept as it was for the books; to give 87.96
/// back was then refused as more than was captured.
fn lesson_11_a_fraction_does_not_stand_in_the_way_of_a_refund(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let one = priced_per_thousand(&shop, "87.95798 each", cny(87_957_98))?;
    let seven = priced_per_thousand(&shop, "14.2857 each", cny(14_285_70))?;
    let anna = market.buyer("anna");
    // Rounded once, on the line: from here on there is no fraction any more.
    let whole = anna.has_bought(&[(one, 1)])?;
    assert_eq!((whole.amount, market.lines(whole.orders[0])[0].cash), (cny(87_96), 87_96));
    anna.asks_back(whole.orders[0], &[], "changed_mind")?;
    assert_eq!(market.order(whole.orders[0]).state, State::Closed);
    // 7 × 14.2857 is 99.9999. Seven refunds of one each, none of which is a seventh of it, come to all of it.
    let placed = anna.has_bought(&[(seven, 7)])?;
    let order = placed.orders[0];
    assert_eq!(placed.amount, cny(100_00));
    shop.ships(order)?;
    let mut parts = Vec::new();
    for _ in 0..7 {
        let before = market.order(order).refunded;
        shop.gives_back(order, &[(1, 1)])?;
        parts.push(market.order(order).refunded - before);
    }
    assert_eq!(parts, [14_28, 14_29, 14_28, 14_29, 14_28, 14_29, 14_29]);
    assert_eq!((market.order(order).state, market.owes(Account::Escrow)), (State::Closed, 0));
    market.later(minutes(5))?;
    assert_eq!((given_back(market, whole.trade)?, given_back(market, placed.trade)?), (87_96, 100_00));
    assert_eq!((market.owes(Account::RefundTransit), market.balance(Account::Channel)), (0, 0));
    Ok(())
}

/// medusajs/medusa#13433: a second and a third return on one payment made the order's summary say something else than
/// what had gone back.
fn lesson_12_several_returns_on_one_payment_add_up(market: &Market) -> Result<()> {
    let (tea, china) = (market.shop("tea-house"), market.shop("china-house"));
    tea.takes_for_sending(cny(8_00), None);
    let (oolong, cup) = (tea.sells("oolong", cny(19_99)).stock(5), china.sells("cup", cny(30_00)).stock(1));
    let anna = market.buyer("anna");
    let placed = anna.buys(&[(oolong.sku, 5), (cup.sku, 1)])?;
    let payment = anna.pays(placed.trade)?.expect("there is something to pay");
    let of = |shop: &Shop| placed.orders.iter().copied().find(|order| market.order(*order).shop == shop.id);
    let (order, other) = (of(&tea).expect("an order of tea"), of(&china).expect("an order of china"));
    assert_eq!((market.order(order).amount, market.order(other).amount), (107_95, 30_00));
    adds_up(market, payment, order, 0)?;
    for returns in 1..=2 {
        anna.asks_back(order, &[(1, 1)], "changed_mind")?;
        adds_up(market, payment, order, returns)?;
    }
    tea.ships(order)?;
    tea.agrees(anna.asks_back(order, &[(1, 1)], "damaged")?.case)?;
    adds_up(market, payment, order, 3)?;
    anna.confirms(order)?;
    assert_eq!((market.owes(Account::ShopPending), market.owes(Account::Commission)), (45_98, 2_00));
    tea.agrees(anna.asks_back(order, &[(1, 1)], "damaged")?.case)?;
    adds_up(market, payment, order, 4)?;
    assert_eq!((market.owes(Account::ShopPending), market.owes(Account::Commission)), (26_99, 1_00));
    // The other order of the same payment has its own part.
    assert_eq!((market.order(other).refunded, market.owes(Account::Escrow)), (0, 30_00));
    anna.asks_back(other, &[], "changed_mind")?;
    assert_eq!(market.payment(payment).refunded, 4 * 19_99 + 30_00);
    market.later(minutes(5))?;
    assert_eq!((given_back(market, placed.trade)?, market.balance(Account::Channel)), (109_96, 137_95 - 109_96));
    adds_up_for(market, payment, order, 4, 109_96)
}

fn adds_up(market: &Market, payment: Id<kinds::Payment>, order: Id<kinds::Order>, returns: i64) -> Result<()> {
    adds_up_for(market, payment, order, returns, returns * 19_99)
}

/// Every place that says what went back of the order says the same: so many times 19.99.
fn adds_up_for(
    market: &Market,
    payment: Id<kinds::Payment>,
    order: Id<kinds::Order>,
    returns: i64,
    of_payment: i64,
) -> Result<()> {
    let back = returns * 19_99;
    let page = market.asks(move |read| views::order_page::order_page(read, order))?;
    let asked: Vec<_> = page.payments[0].refunds.iter().map(|refund| refund.amount).collect();
    assert_eq!(asked, vec![19_99; returns as usize]);
    assert_eq!((page.order.refunded, page.lines[0].line.refunded, page.lines[0].line.returned), (back, back, returns));
    assert_eq!((page.payments.len(), page.payments[0].part, page.payments[0].part_refunded), (1, 107_95, back));
    assert_eq!(page.refunds.iter().map(|refund| refund.amount.minor).sum::<i64>(), back);
    let found = market.payment(payment);
    assert_eq!((found.captured, found.refunded), (137_95, of_payment));
    Ok(())
}

/// medusajs/medusa#13433 again, all returns in the same moment.
fn lesson_12_returns_at_once_give_back_each_unit_once(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let tea = shop.sells("longjing", cny(88_00)).stock(5);
    let anna = market.buyer("anna");
    let placed = anna.has_bought(&[(tea.sku, 5)])?;
    let order = placed.orders[0];
    shop.ships(order)?;
    let told = at_once(&[(); 8], |()| shop.gives_back(order, &[(1, 2)]));
    let mut told = said(&told);
    assert_eq!(told.remove("done"), Some(2));
    // Whoever comes third finds one unit left, or that more would go back than was paid.
    assert!(told.keys().all(|code| ["refund_exceeds_units", "refund_exceeds_paid"].contains(code)), "{told:?}");
    assert_eq!((market.order(order).refunded, market.owes(Account::Escrow)), (4 * 88_00, 88_00));
    assert_eq!(figure(market, "select count(*) from aftersale_case")?, 2);
    shop.gives_back(order, &[(1, 1)])?;
    market.later(minutes(5))?;
    assert_eq!((given_back(market, placed.trade)?, market.balance(Account::Channel)), (5 * 88_00, 0));
    Ok(())
}

/// saleor/saleor#12040: 25 % of 19.99 was cut to 4.99 and left 15.00 to pay, not 14.99. Offers are still to come; here
/// the quarter is the market's commission, which is rounded half up as they will be, and the rest is the shop's.
fn lesson_16_a_quarter_of_19_99_is_5_00(market: &Market) -> Result<()> {
    market.set("commission_bp", "2500");
    let shop = market.shop("tea-house");
    let anna = market.buyer("anna");
    let mut taken = (0, 0);
    for (price, quarter) in [(19_99, 5_00), (19_98, 5_00), (19_97, 4_99), (2, 1), (1, 0)] {
        let tea = shop.sells(&format!("tea at {price}"), cny(price)).stock(1);
        let order = anna.has_bought(&[(tea.sku, 1)])?.orders[0];
        shop.ships(order)?;
        anna.confirms(order)?;
        taken = (taken.0 + quarter, taken.1 + price - quarter);
        assert_eq!((market.order(order).commission, market.owes(Account::Commission)), (quarter, taken.0));
        assert_eq!(market.owes(Account::ShopPending), taken.1);
    }
    Ok(())
}

/// PrestaShop/PrestaShop#40271: nine pieces at 13.9563 cost one amount on the invoice and another on the credit slip,
/// because the one rounded the line and the other each piece.
fn lesson_21_a_full_refund_is_what_was_paid(market: &Market) -> Result<()> {
    let (tea, china) = (market.shop("tea-house"), market.shop("china-house"));
    tea.takes_for_sending(cny(8_00), None);
    let anna = market.buyer("anna");
    let loose = priced_per_thousand(&tea, "13.9563 each", cny(13_956_30))?;
    let longjing = tea.sells("longjing", cny(88_00)).stock(9);
    let buys = || anna.has_bought(&[(loose, 9), (longjing.sku, 2)]);
    let paid = 125_61 + 2 * 88_00 + 8_00;
    // At once, and piece by piece in any order: what sending cost goes with the last of it.
    let placed = buys()?;
    assert_eq!(placed.amount, cny(paid));
    anna.asks_back(placed.orders[0], &[], "changed_mind")?;
    let pieces = buys()?;
    for lines in [vec![(1, 4)], vec![(2, 1), (1, 1)], vec![(1, 3)], vec![(2, 1)], vec![(1, 1)]] {
        anna.asks_back(pieces.orders[0], &lines, "changed_mind")?;
    }
    market.later(minutes(5))?;
    for placed in [placed, pieces] {
        let order = market.order(placed.orders[0]);
        assert_eq!((order.state, order.refunded, given_back(market, placed.trade)?), (State::Closed, paid, paid));
    }
    // After all was over, too, the shop and the market give back what they had.
    let loose = priced_per_thousand(&china, "13.9563 each", cny(13_956_30))?;
    let late = anna.has_bought(&[(loose, 9)])?;
    china.ships(late.orders[0])?;
    anna.confirms(late.orders[0])?;
    assert_eq!((market.owes(Account::ShopPending), market.owes(Account::Commission)), (119_33, 6_28));
    china.gives_back(late.orders[0], &[])?;
    market.later(minutes(5))?;
    assert_eq!((market.owes(Account::ShopPending), market.owes(Account::Commission)), (0, 0));
    assert_eq!((given_back(market, late.trade)?, market.balance(Account::Channel)), (125_61, 0));
    Ok(())
}
