//! Lessons about stock: what lies there is sold once.

use super::{at_once, figure, orders, said};
use kernel::{Cursor, Fact, Id, Result, Units, kinds};
use ledger::Account;
use order::State;
use std::collections::BTreeMap;
use testkit::{Goods, Market, Person, cny, minutes, stories};

stories![everywhere:
    lesson_01_lines_on_the_same_goods_are_counted_together,
    lesson_03_what_stands_in_a_cart_is_counted_again_at_checkout,
];

stories![at_once:
    lesson_02_the_loser_of_a_race_keeps_nothing,
    lesson_03_many_who_check_out_and_pay_at_once_get_what_there_is,
    lesson_04_two_doors_to_the_last_piece_let_one_through,
    lesson_05_changes_of_one_shelf_at_once_are_all_counted,
];

/// medusajs/medusa#16502: two lines of one cart drew on the same stock; each was held against what lay there, both
/// passed, and together they took more than there was.
fn lesson_01_lines_on_the_same_goods_are_counted_together(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let tea = shop.sells("longjing", cny(88_00)).stock(3);
    let cup = shop.sells("cup", cny(9_99)).stock(9);
    let anna = market.buyer("anna");
    let no = market.refuses("out_of_stock", || anna.buys(&[(tea.sku, 2), (cup.sku, 1), (tea.sku, 2)]));
    let kernel::Error::Refused(refused) = no else { panic!("{no}") };
    assert_eq!(refused.facts, [("sku", Fact::from(tea.sku)), ("available", Fact::Number(3))]);
    // The same goods at two agreed prices are the same goods.
    let quotation = shop.quotes(&anna, &[(tea.sku, 2, 80_00), (tea.sku, 2, 70_00)])?;
    market.refuses("out_of_stock", || anna.accepts(quotation));
    let placed = anna.buys(&[(tea.sku, 2), (cup.sku, 1), (tea.sku, 1)])?;
    assert_eq!((placed.amount, market.lines(placed.orders[0]).len()), (cny(3 * 88_00 + 9_99), 3));
    assert_eq!((tea.available(), tea.on_hand(), cup.available()), (0, 3, 8));
    // What one promise for both lines holds goes back as one, and out as one.
    anna.cancels(placed.trade)?;
    assert_eq!((tea.available(), cup.available()), (3, 9));
    let placed = anna.has_bought(&[(tea.sku, 2), (tea.sku, 1)])?;
    shop.ships(placed.orders[0])?;
    assert_eq!((tea.available(), tea.on_hand()), (0, 0));
    Ok(())
}

/// medusajs/medusa#16825: of those who raced for the last piece the loser kept an order, without stock and without a
/// payment, that nothing ever took away.
fn lesson_02_the_loser_of_a_race_keeps_nothing(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let (cup, last) = (shop.sells("cup", cny(9_99)).stock(100), shop.sells("longjing", cny(88_00)).stock(1));
    let people: Vec<_> = (0..20).map(|n| market.buyer(&format!("buyer-{n}"))).collect();
    let told = at_once(&people, |person| person.buys(&[(cup.sku, 2), (last.sku, 1)]));
    assert_eq!(said(&told), BTreeMap::from([("done", 1), ("out_of_stock", 19)]));
    for (person, told) in people.iter().zip(&told) {
        let his = orders_of(market, person)?;
        assert_eq!(his, told.as_ref().map_or(Vec::new(), |placed| placed.orders.clone()));
    }
    // Neither an order, nor a promise, nor a clock that runs, nor a word to anybody is left of the others.
    assert_eq!((last.available(), cup.available(), orders(market)?), (0, 98, 1));
    assert_eq!(figure(market, "select count(*) from stock_reservation")?, 2);
    assert_eq!(figure(market, "select count(*) from store_timer where kind = 'trade.close'")?, 1);
    assert_eq!(figure(market, "select count(*) from store_event where name = 'order.placed'")?, 1);
    let (winner, placed) =
        people.iter().zip(&told).find_map(|(person, told)| Some((person, told.as_ref().ok()?))).expect("one won");
    winner.pays(placed.trade)?;
    market.later(minutes(31))?;
    assert_eq!((market.order(placed.orders[0]).state, market.owes(Account::Escrow)), (State::Paid, 88_00 + 2 * 9_99));
    Ok(())
}

fn orders_of(market: &Market, person: &Person) -> Result<Vec<Id<kinds::Order>>> {
    let buyer = person.id;
    let page = market.asks(move |read| order::orders_of_buyer(read, buyer, None::<Cursor>, 10))?;
    Ok(page.items.iter().map(|order| order.id).collect())
}

/// vendurehq/vendure#1738: five of twenty stood in one buyer's cart when another bought all twenty; the first checked
/// out all the same and stock went below zero. Reported in 2022, closed in 2026.
fn lesson_03_what_stands_in_a_cart_is_counted_again_at_checkout(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let tea = shop.sells("longjing", cny(88_00)).stock(20);
    let (anna, bo) = (market.buyer("anna"), market.buyer("bo"));
    puts_into_cart(market, &anna, &tea, 5)?;
    bo.has_bought(&[(tea.sku, 20)])?;
    market.refuses("out_of_stock", || anna.buys(&[(tea.sku, 5)]));
    assert_eq!((in_cart(market, &anna)?, tea.available(), tea.on_hand()), (vec![5], 0, 20));
    // Nor may some of it be gone.
    shop.receives(shop.id, &[(tea.sku, 7)])?;
    bo.has_bought(&[(tea.sku, 3)])?;
    market.refuses("out_of_stock", || anna.buys(&[(tea.sku, 5)]));
    assert_eq!(anna.buys(&[(tea.sku, 4)])?.amount, cny(4 * 88_00));
    assert_eq!((in_cart(market, &anna)?, tea.available(), tea.on_hand()), (vec![], 0, 27));
    Ok(())
}

fn puts_into_cart(market: &Market, buyer: &Person, goods: &Goods, units: i64) -> Result<()> {
    let (buyer, units) = (buyer.id, Units::new(units)?);
    let Goods { sku, listing, shop, .. } = *goods;
    let put = cart::Put { sku, listing, shop, units, seen_price: cny(88_00) };
    let limits = cart::Limits { lines_max: 120, saved_max: 120, units_max: 1_000_000 };
    market.acts(move |tx| cart::put(tx, buyer, put, limits))
}

fn in_cart(market: &Market, buyer: &Person) -> Result<Vec<i64>> {
    let buyer = buyer.id;
    let lines = market.asks(move |read| cart::lines(read, buyer))?;
    Ok(lines.iter().map(|line| line.units.get()).collect())
}

/// vendurehq/vendure PR 4930 (of #1738): stock was looked at in one transaction and taken in another, after payment, so
/// that those who came together were all let through.
fn lesson_03_many_who_check_out_and_pay_at_once_get_what_there_is(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let tea = shop.sells("longjing", cny(88_00)).stock(50);
    let people: Vec<_> = (0..24).map(|n| market.buyer(&format!("buyer-{n}"))).collect();
    let told = at_once(&people, |person| person.has_bought(&[(tea.sku, 3)]));
    assert_eq!(said(&told), BTreeMap::from([("done", 16), ("out_of_stock", 8)]));
    assert_eq!((tea.available(), tea.on_hand(), orders(market)?), (2, 50, 16));
    market.works()?;
    assert_eq!(market.owes(Account::Escrow), 16 * 3 * 88_00);
    let placed: Vec<_> = told.iter().flatten().map(|placed| placed.orders[0]).collect();
    let shipped = at_once(&placed, |order| shop.ships(*order));
    assert_eq!((said(&shipped), tea.on_hand(), tea.available()), (BTreeMap::from([("done", 16)]), 2, 2));
    Ok(())
}

/// saleor/saleor#543: two checkouts that ran side by side both took the last unit. Here one comes through the cart and
/// the other through a quotation.
fn lesson_04_two_doors_to_the_last_piece_let_one_through(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let (anna, bo) = (market.buyer("anna"), market.buyer("bo"));
    for n in 0..12 {
        let last = shop.sells(&format!("tea {n}"), cny(88_00)).stock(1);
        let quotation = shop.quotes(&anna, &[(last.sku, 1, 80_00)])?;
        let told = at_once(&[true, false], |accepts| match accepts {
            true => anna.accepts(quotation),
            false => bo.buys(&[(last.sku, 1)]),
        });
        assert_eq!(said(&told), BTreeMap::from([("done", 1), ("out_of_stock", 1)]));
        assert_eq!((last.available(), last.on_hand(), orders(market)?), (0, 1, n + 1));
        // The loser's quotation stands as it stood.
        let expected = if told[0].is_ok() { quotation::State::Accepted } else { quotation::State::Sent };
        assert_eq!(market.quotation(quotation).state, expected);
    }
    Ok(())
}

/// macrozheng/mall#185, #353, #376, #885 and macrozheng/mall-swarm#87: the count of locked pieces was read, raised and
/// written back, so that of two changes one was lost, and orders paid later took the stock below zero.
fn lesson_05_changes_of_one_shelf_at_once_are_all_counted(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let tea = shop.sells("longjing", cny(88_00)).stock(100);
    let people: Vec<_> = (0..8).map(|n| market.buyer(&format!("buyer-{n}"))).collect();
    // Each: three rounds of one coming in and three being promised; the second promise is taken back.
    let told = at_once(&people, |person| {
        let round = |n: i64| {
            shop.receives(shop.id, &[(tea.sku, 1)])?;
            let placed = person.buys(&[(tea.sku, 3)])?;
            if n == 1 {
                person.cancels(placed.trade)?;
            }
            Ok(placed)
        };
        (0..3).map(round).collect::<Result<Vec<_>>>()
    });
    assert_eq!(said(&told), BTreeMap::from([("done", 8)]));
    assert_eq!((tea.on_hand(), tea.available()), (100 + 24, 100 + 24 - 2 * 8 * 3));
    let kept: Vec<_> = told.iter().flatten().flat_map(|placed| [placed[0].clone(), placed[2].clone()]).collect();
    for (at, placed) in kept.iter().enumerate() {
        people[at / 2].pays(placed.trade)?;
    }
    let shipped = at_once(&kept, |placed| shop.ships(placed.orders[0]));
    assert_eq!((said(&shipped), tea.on_hand(), tea.available()), (BTreeMap::from([("done", 16)]), 76, 76));
    // Every step of it is written down, and each begins where the one before ended.
    let sku = tea.sku;
    let mut moved = market.asks(move |read| stock::movements_of(read, sku, 100))?;
    moved.sort_by_key(|movement| movement.n);
    assert_eq!(moved.iter().map(|movement| movement.n).collect::<Vec<_>>(), (1..=1 + 24 + 16).collect::<Vec<_>>());
    let mut lies = 0;
    for movement in moved {
        lies += movement.units;
        assert_eq!(movement.after, lies);
    }
    Ok(())
}
