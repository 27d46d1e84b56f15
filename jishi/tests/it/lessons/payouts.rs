//! Lessons about a shop's money: how it is shared, how it comes to the bank, and what a refund does to it.

use super::{another_process, at_once};
use flows::worker;
use kernel::{Actor, Id, Result, kinds};
use ledger::Account;
use store::wait;
use testkit::{Market, Person, Shop, cny, days, hours, minutes, stories};

stories![everywhere:
    lesson_26_money_becomes_free_and_is_paid_out_without_anybodys_watching,
    lesson_26_by_its_schedule_the_market_pays_all_that_becomes_free,
    lesson_26_what_could_not_go_today_goes_another_day,
    lesson_27_the_two_shares_are_what_was_paid,
    lesson_28_a_refund_comes_off_what_a_shop_can_have,
    lesson_29_a_payout_names_the_orders_it_is_made_of,
    lesson_29_also_orders_of_a_buyer_who_shares_the_shops_home,
];

stories![at_once: lesson_26_a_refund_in_the_same_moment_stops_no_settlement];

/// Somebody buys for an amount, and has it.
fn earns(shop: &Shop, buyer: &Person, price: i64) -> Result<Id<kinds::Order>> {
    let goods = shop.sells(&format!("goods at {price} for {}", buyer.id), cny(price)).stock(1);
    let order = buyer.has_bought(&[(goods.sku, 1)])?.orders[0];
    shop.ships(order)?;
    buyer.confirms(order)?;
    Ok(order)
}

/// Without a holdback, which would only blur the figures.
fn without_reserve(market: &Market) {
    market.set("settle_reserve_bp", "0");
}

fn payout_of(market: &Market, id: Id<kinds::Payout>) -> Result<(i64, payout::State)> {
    let found = market.asks(move |read| payout::find(read, id))?;
    Ok((found.amount.minor, found.state))
}

/// spree/spree#13323 and PR 14606: a marketplace whose sellers were credited and never paid: the sweep had no schedule,
/// and sellers who were to be paid on demand had nothing to demand it with.
fn lesson_26_money_becomes_free_and_is_paid_out_without_anybodys_watching(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    shop.has_bank_account();
    let anna = market.buyer("anna");
    let goods = shop.sells("longjing", cny(100_00)).stock(1);
    let order = anna.has_bought(&[(goods.sku, 1)])?.orders[0];
    shop.ships(order)?;
    // Nobody does anything: it confirms itself after ten days, is settled seven days later, and what was held back of
    // it is free after thirty more.
    market.later(days(10))?;
    assert_eq!((market.owes(Account::Commission), market.owes(Account::ShopPending)), (5_00, 95_00));
    market.later(days(7))?;
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::ShopReserve)), (85_50, 9_50));
    // The shop asks once; that the bank does not answer, and then cannot, is not for it to watch either.
    market.wire_is_cut(&[testkit::Cut::After, testkit::Cut::Before]);
    let first = shop.asks_payout()?;
    market.later(hours(1))?;
    assert_eq!(payout_of(market, first)?, (85_50, payout::State::Done));
    assert_eq!((market.owes(Account::PayoutTransit), market.owes(Account::Bank)), (0, 85_50));
    market.later(days(30))?;
    market.provider_plays(sandbox::Mischief::Fail, 0)?;
    let second = shop.asks_payout()?;
    market.later(hours(1))?;
    assert_eq!(payout_of(market, second)?, (9_50, payout::State::Failed));
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::Bank)), (9_50, 85_50));
    let third = shop.asks_payout()?;
    market.later(hours(1))?;
    assert_eq!(payout_of(market, third)?, (9_50, payout::State::Done));
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::Bank)), (0, 95_00));
    Ok(())
}

/// spree/spree PR 14606 again: the schedule itself. A shop whose money becomes free after its last sale is paid as well
/// as one that sells on.
fn lesson_26_by_its_schedule_the_market_pays_all_that_becomes_free(market: &Market) -> Result<()> {
    market.set("payout_schedule", "daily");
    let (shop, other) = (market.shop("tea-house"), market.shop("china-house"));
    shop.has_bank_account();
    other.has_bank_account();
    earns(&shop, &market.buyer("anna"), 100_00)?;
    market.later(days(7))?;
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::Bank)), (85_50, 0));
    market.later(days(1))?;
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::Bank)), (0, 85_50));
    // What was held back of it is free thirty days later, and nobody has bought anything meanwhile.
    market.later(days(31))?;
    assert_eq!((market.owes(Account::ShopReserve), market.owes(Account::ShopAvailable)), (0, 0));
    assert_eq!((market.owes(Account::Bank), market.owes(Account::PayoutTransit)), (95_00, 0));
    // By the week it is Monday: the story began on one, and this is a Friday.
    market.set("payout_schedule", "weekly");
    without_reserve(market);
    earns(&other, &market.buyer("bo"), 20_00)?;
    market.later(days(9))?;
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::Bank)), (19_00, 95_00));
    market.later(days(1))?;
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::Bank)), (0, 114_00));
    Ok(())
}

/// spree/spree PR 14606 again: whoever was passed over once, because he had no account yet or it was too little, was
/// never looked at again.
fn lesson_26_what_could_not_go_today_goes_another_day(market: &Market) -> Result<()> {
    market.set("payout_schedule", "daily");
    without_reserve(market);
    let (shop, other) = (market.shop("tea-house"), market.shop("china-house"));
    earns(&shop, &market.buyer("anna"), 100_00)?;
    market.later(days(12))?;
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::Bank)), (95_00, 0));
    shop.has_bank_account();
    market.later(days(4))?;
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::Bank)), (0, 95_00));
    // Less than the least that is paid out waits for more.
    other.has_bank_account();
    earns(&other, &market.buyer("bo"), 1_00)?;
    market.later(days(12))?;
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::Bank)), (95, 95_00));
    earns(&other, &market.buyer("carla"), 1_00)?;
    market.later(days(12))?;
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::Bank)), (0, 95_00 + 1_90));
    Ok(())
}

/// spree/spree PR 14606 again: what is to happen by itself must not be lost because something else happened to the same
/// order in the same moment.
fn lesson_26_a_refund_in_the_same_moment_stops_no_settlement(market: &Market) -> Result<()> {
    without_reserve(market);
    let shop = market.shop("tea-house");
    let tea = shop.sells("longjing", cny(88_00)).stock(100);
    let anna = market.buyer("anna");
    let orders = (0..12).map(|_| {
        let order = anna.has_bought(&[(tea.sku, 4)])?.orders[0];
        shop.ships(order)?;
        anna.confirms(order)?;
        Ok(order)
    });
    let orders = orders.collect::<Result<Vec<_>>>()?;
    let (clock, _) = another_process(market, market.now().plus(days(8)))?;
    let everybody: Vec<_> = orders.iter().map(Some).chain([None]).collect();
    let told = at_once(&everybody, |order| match order {
        Some(order) => (0..3).try_for_each(|_| shop.gives_back(**order, &[(1, 1)]).map(drop)),
        None => wait(worker::ring_timers(&clock)).map(drop),
    });
    told.into_iter().collect::<Result<()>>()?;
    market.later(days(8))?;
    assert_eq!((market.owes(Account::ShopPending), market.owes(Account::ShopAvailable)), (0, 12 * 83_60));
    assert_eq!((market.owes(Account::Commission), market.owes(Account::RefundTransit)), (12 * 4_40, 0));
    Ok(())
}

/// getdokan/dokan PR 3324: of 6.45 at 30 % both shares were rounded by themselves, 1.93 and 4.51, and a cent was nobody's.
/// One is rounded, and the other is the rest.
fn lesson_27_the_two_shares_are_what_was_paid(market: &Market) -> Result<()> {
    market.set("commission_bp", "3000");
    let shop = market.shop("tea-house");
    shop.has_bank_account();
    let anna = market.buyer("anna");
    let shares = [(6_45, 1_94), (12_90, 3_87), (5, 2), (4, 1), (1, 0), (99_99, 30_00), (33_33, 10_00)];
    let (mut paid, mut kept) = (0, 0);
    for (price, commission) in shares {
        let order = earns(&shop, &anna, price)?;
        (paid, kept) = (paid + price, kept + commission);
        assert_eq!((market.order(order).commission, market.owes(Account::Commission)), (commission, kept));
        assert_eq!(market.owes(Account::ShopPending), paid - kept);
    }
    // Line by line, too, and back again: what a part of a refund gives back is the difference of two commissions.
    let tea = shop.sells("longjing", cny(6_45)).stock(3);
    let order = anna.has_bought(&[(tea.sku, 2), (tea.sku, 1)])?.orders[0];
    shop.ships(order)?;
    anna.confirms(order)?;
    assert_eq!((market.order(order).commission, market.owes(Account::Commission)), (3_87 + 1_94, kept + 5_81));
    for (line, commission) in [(1, 3_88), (2, 1_94), (1, 0)] {
        shop.gives_back(order, &[(line, 1)])?;
        assert_eq!((market.order(order).commission, market.owes(Account::Commission)), (commission, kept + commission));
    }
    assert_eq!(market.owes(Account::ShopPending), paid - kept);
    // And what is held back is cut off, not rounded: to the bank goes all of it.
    market.later(days(8))?;
    shop.asks_payout()?;
    market.later(days(31))?;
    shop.asks_payout()?;
    market.later(hours(1))?;
    assert_eq!((market.owes(Account::Bank), market.owes(Account::Commission)), (paid - kept, kept));
    assert_eq!(market.balance(Account::Channel), paid);
    Ok(())
}

/// getdokan/dokan#905 (2020), #1575 (2022), #2091 (2023): the operator refunded an order, the market's commission went to
/// nothing, and the seller's balance stayed as it was and could be withdrawn.
fn lesson_28_a_refund_comes_off_what_a_shop_can_have(market: &Market) -> Result<()> {
    without_reserve(market);
    let shop = market.shop("tea-house");
    shop.has_bank_account();
    let (anna, bo) = (market.buyer("anna"), market.buyer("bo"));
    let (annas, bos) = (earns(&shop, &anna, 100_00)?, earns(&shop, &bo, 60_00)?);
    market.later(days(8))?;
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::Commission)), (95_00 + 57_00, 8_00));
    // The shop says no, the operator says yes: it is the shop's money all the same.
    let case = anna.asks_back(annas, &[], "not_as_described")?.case;
    shop.disagrees(case)?;
    market.operator().rules(case, true)?;
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::Commission)), (57_00, 3_00));
    let first = shop.asks_payout()?;
    market.later(minutes(5))?;
    assert_eq!(payout_of(market, first)?, (57_00, payout::State::Done));
    assert_eq!((market.owes(Account::ShopAvailable), market.balance(Account::Channel)), (0, 60_00));
    // Paid out already, it is owed, and the next sale pays it before anything is free.
    shop.gives_back(bos, &[])?;
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::Commission)), (-57_00, 0));
    assert_eq!(shop.asks_payout().expect_err("nothing is free").code(), "payout_below_minimum");
    earns(&shop, &anna, 200_00)?;
    market.later(days(8))?;
    assert_eq!(market.owes(Account::ShopAvailable), 190_00 - 57_00);
    let second = shop.asks_payout()?;
    market.later(minutes(5))?;
    assert_eq!(payout_of(market, second)?, (133_00, payout::State::Done));
    assert_eq!((market.owes(Account::Bank), market.owes(Account::ShopAvailable)), (190_00, 0));
    // 200.00 stayed paid: 10.00 of it is the market's and 190.00 the shop's.
    assert_eq!((market.balance(Account::Channel), market.owes(Account::Commission)), (200_00, 10_00));
    Ok(())
}

/// getdokan/dokan#1588 and #1970: a withdrawal was an amount and nothing more; nobody could say which orders it paid and
/// which it did not.
fn lesson_29_a_payout_names_the_orders_it_is_made_of(market: &Market) -> Result<()> {
    without_reserve(market);
    let shop = market.shop("tea-house");
    shop.has_bank_account();
    let buyers = ["anna", "bo", "carla"].map(|name| market.buyer(name));
    let early = [(0, 100_00), (1, 60_00), (0, 20_00)].map(|(buyer, price)| earns(&shop, &buyers[buyer], price));
    let early = early.into_iter().collect::<Result<Vec<_>>>()?;
    market.later(days(8))?;
    let first = shop.asks_payout()?;
    let late = [(2, 10_00), (1, 40_00)].map(|(buyer, price)| earns(&shop, &buyers[buyer], price));
    let late = late.into_iter().collect::<Result<Vec<_>>>()?;
    market.later(days(8))?;
    let second = shop.asks_payout()?;
    market.later(minutes(5))?;
    let expected = |orders: &[Id<kinds::Order>], figures: &[(i64, i64)]| {
        let mut rows: Vec<_> = orders.iter().zip(figures).map(|(order, (gross, net))| (*order, *gross, *net)).collect();
        rows.sort();
        rows
    };
    assert_eq!(made_of(market, first)?, expected(&early, &[(100_00, 95_00), (60_00, 57_00), (20_00, 19_00)]));
    assert_eq!(made_of(market, second)?, expected(&late, &[(10_00, 9_50), (40_00, 38_00)]));
    assert_eq!((payout_of(market, first)?.0, payout_of(market, second)?.0), (171_00, 47_50));
    // And from the order to the payout that brought it to the bank.
    for (order, payout) in [(early[1], first), (late[1], second)] {
        let page = market.asks(move |read| views::order_page::order_page(read, order))?;
        assert_eq!(page.settlement.and_then(|settlement| settlement.payout), Some(payout));
    }
    // A payout that the bank could not make leaves its orders to the next.
    let last = earns(&shop, &buyers[2], 30_00)?;
    market.later(days(8))?;
    market.provider_plays(sandbox::Mischief::Fail, 0)?;
    let failed = shop.asks_payout()?;
    market.later(minutes(5))?;
    let third = shop.asks_payout()?;
    market.later(minutes(5))?;
    assert_eq!((made_of(market, failed)?, made_of(market, third)?), (vec![], vec![(last, 30_00, 28_50)]));
    assert_eq!(market.owes(Account::Bank), 171_00 + 47_50 + 28_50);
    Ok(())
}

/// The orders that a payout is made of, each with what stayed paid of it and what of that is the shop's.
fn made_of(market: &Market, payout: Id<kinds::Payout>) -> Result<Vec<(Id<kinds::Order>, i64, i64)>> {
    market.asks(move |read| {
        let mut rows = Vec::new();
        for fold in payout::folds_of(read, payout)? {
            let settled = payout::settled_in(read, &fold)?;
            // Where nothing else happened to the shop's money, a fold is its orders and nothing more.
            assert_eq!(settled.iter().map(|settled| settled.net).sum::<i64>(), fold.amount.minor);
            rows.extend(settled.iter().map(|settled| (settled.order, settled.gross, settled.net)));
        }
        rows.sort();
        Ok(rows)
    })
}

/// getdokan/dokan#1970 again, where it was easily missed: money of a buyer whose home is the shop's own never travels, and
/// his orders must be named all the same.
fn lesson_29_also_orders_of_a_buyer_who_shares_the_shops_home(market: &Market) -> Result<()> {
    without_reserve(market);
    let shop = market.shop("tea-house");
    shop.has_bank_account();
    let home = shop.id.home();
    // One buyer in four thousand: guests come until one lives there.
    let neighbour = market.acts(move |tx| {
        let locale = tx.cx().locale;
        loop {
            let guest = identity::guest(tx, &identity::Contact::default(), locale)?;
            if guest.home() == home {
                return Ok(guest);
            }
        }
    })?;
    let near = earns(&shop, &market.person(Actor::Guest(neighbour)), 100_00)?;
    let far = earns(&shop, &market.buyer("anna"), 50_00)?;
    market.later(days(8))?;
    let payout = shop.asks_payout()?;
    let mut expected = [(near, 100_00, 95_00), (far, 50_00, 47_50)];
    expected.sort();
    assert_eq!((payout_of(market, payout)?.0, made_of(market, payout)?.as_slice()), (142_50, &expected[..]));
    Ok(())
}
