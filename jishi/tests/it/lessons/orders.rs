//! Lessons about orders: placed once, and announced if and only if they stand.

use super::{another_process, at_once, figure, orders};
use flows::worker;
use kernel::{Id, Result, kinds};
use std::collections::BTreeSet;
use store::{Fault, wait};
use testkit::{Market, Shop, checkout, cny, minutes, stories};

stories![everywhere:
    lesson_06_a_request_sent_again_is_the_same_order,
    lesson_07_what_did_not_happen_was_not_announced,
    lesson_08_an_event_comes_again_until_its_reaction_has_run,
];

stories![at_once: lesson_06_clicking_often_makes_one_order, lesson_08_an_event_outlives_the_process_that_announced_it];

/// woocommerce/woocommerce#14541 (2017) and #62659 (2025): one checkout made two orders, because the answer was slow
/// and the page sent it again.
fn lesson_06_a_request_sent_again_is_the_same_order(market: &Market) -> Result<()> {
    let tea = market.shop("tea-house").sells("longjing", cny(88_00)).stock(9);
    let anna = market.buyer("anna").under_key("cart 1");
    let placed = anna.buys(&[(tea.sku, 2)])?;
    assert_eq!(anna.buys(&[(tea.sku, 2)])?, placed);
    // Under the same key nothing else is asked for, and another's key is another key.
    market.refuses("idempotency_key_reused", || anna.buys(&[(tea.sku, 3)]));
    let other = market.buyer("bo").under_key("cart 1").buys(&[(tea.sku, 2)])?;
    assert_ne!(other.trade, placed.trade);
    assert_eq!((orders(market)?, tea.available()), (2, 5));
    // Whose answer was lost on the way from the database asks once and has it once.
    market.faults().set(Fault::LostCommit, 1);
    let lost = market.buyer("carla").buys(&[(tea.sku, 2)]);
    market.faults().clear();
    assert_eq!((lost?.amount, orders(market)?, tea.available()), (cny(176_00), 3, 3));
    Ok(())
}

/// woocommerce/woocommerce#14541 and #62659 again, the second request sent before the first was answered.
fn lesson_06_clicking_often_makes_one_order(market: &Market) -> Result<()> {
    let tea = market.shop("tea-house").sells("longjing", cny(88_00)).stock(99);
    let buyers = [market.buyer("anna"), market.anyone()];
    for (n, buyer) in (1..).zip(&buyers) {
        let buyer = buyer.under_key("cart 1");
        let told = at_once(&[(); 16], |()| buyer.checks_out(checkout(&[(tea.sku, 2)])?));
        let placed: BTreeSet<_> = told.iter().flatten().map(|placed| placed.trade).collect();
        let refused: BTreeSet<_> = told.iter().filter_map(|told| Some(told.as_ref().err()?.code())).collect();
        assert_eq!((placed.len(), refused.is_subset(&BTreeSet::from(["in_progress"]))), (1, true), "{refused:?}");
        let again = buyer.checks_out(checkout(&[(tea.sku, 2)])?)?;
        assert_eq!((placed.contains(&again.trade), orders(market)?, tea.available()), (true, n, 99 - 2 * n));
    }
    Ok(())
}

/// medusajs/medusa#15122: "order placed" was sent early in the checkout; a later step failed, the order was taken back,
/// and whoever had listened knew of an order that there was not.
fn lesson_07_what_did_not_happen_was_not_announced(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let tea = shop.sells("longjing", cny(88_00)).stock(9);
    let cup = market.shop("china-house").sells("cup", cny(9_99)).stock(1);
    let anna = market.buyer("anna");
    market.refuses("out_of_stock", || anna.buys(&[(tea.sku, 2), (cup.sku, 2)]));
    // Whichever of its statements fails: no order, no word of one.
    let mut harms = 0;
    let placed = loop {
        market.faults().set(Fault::Error, harms + 1);
        let told = anna.buys(&[(tea.sku, 2), (cup.sku, 1)]);
        market.faults().clear();
        if let Ok(placed) = told {
            break placed;
        }
        harms += 1;
        assert_eq!((orders(market)?, announced(market)?, tea.available(), cup.available()), (0, 0, 9, 1));
    };
    assert!(harms > 20, "checkout has more than {harms} statements");
    assert_eq!((placed.orders.len(), orders(market)?, announced(market)?), (2, 2, 2));
    market.works()?;
    let listed = listed(market, &shop)?;
    assert_eq!((listed.len(), placed.orders.contains(&listed[0].0)), (1, true));
    Ok(())
}

fn announced(market: &Market) -> Result<i64> {
    figure(market, "select count(*) from store_event where name = 'order.placed'")
}

/// How a shop sees its orders: a list that follows events and nothing else.
fn listed(market: &Market, shop: &Shop) -> Result<Vec<(Id<kinds::Order>, String)>> {
    let shop = shop.id;
    let page = market.asks(move |read| merchant::orders(read, shop, None, None, 200))?;
    Ok(page.items.into_iter().map(|line| (line.id, line.state)).collect())
}

/// medusajs/medusa#14357 and #4089: events lay in their queue and never reached their subscribers; one that failed was
/// not tried again.
fn lesson_08_an_event_comes_again_until_its_reaction_has_run(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let tea = shop.sells("longjing", cny(88_00)).stock(1_000);
    let anna = market.buyer("anna");
    market.works()?;
    for harm in 1.. {
        let placed = anna.buys(&[(tea.sku, 1)])?;
        market.faults().set(Fault::Error, harm);
        // The worker itself may have failed here; it is the next round that counts.
        let _ = market.works();
        let happened = market.faults().happened();
        market.faults().clear();
        anna.pays(placed.trade)?;
        market.later(minutes(2))?;
        assert_eq!(waiting(market)?, 0, "after a failure at statement {harm}");
        let listed = listed(market, &shop)?;
        assert_eq!((listed.len() as i64, listed[0].0, listed[0].1.as_str()), (harm, placed.orders[0], "paid"));
        if !happened {
            assert!(harm > 3, "a reaction has more than {harm} statements");
            return Ok(());
        }
    }
    Ok(())
}

fn waiting(market: &Market) -> Result<i64> {
    figure(market, "select count(*) from store_event where done_at is null")
}

/// medusajs/medusa#14357 again: the process that announced died before anybody had heard. Two others take over, and
/// each event is delivered by one of them.
fn lesson_08_an_event_outlives_the_process_that_announced_it(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let tea = shop.sells("longjing", cny(88_00)).stock(100);
    let anna = market.buyer("anna");
    let mut placed = BTreeSet::new();
    for _ in 0..40 {
        placed.extend(anna.buys(&[(tea.sku, 1)])?.orders);
    }
    assert!(waiting(market)? >= 40 && listed(market, &shop)?.is_empty());
    let others = [another_process(market, market.now())?.0, another_process(market, market.now())?.0];
    let told = at_once(&others, |process| -> Result<()> {
        while !wait(worker::round(process))?.is_idle() {}
        Ok(())
    });
    told.into_iter().collect::<Result<()>>()?;
    let heard: BTreeSet<_> = listed(market, &shop)?.into_iter().map(|(order, _)| order).collect();
    assert_eq!((waiting(market)?, heard == placed), (0, true));
    // Whoever was slower found it delivered and left it alone.
    assert_eq!(figure(market, "select count(*) from store_event where tries <> 1")?, 0);
    Ok(())
}
