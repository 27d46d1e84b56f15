//! What a shop's people see is their shop's, and all of it.

use super::{Told, told, whole};
use catalog::State as GoodsState;
use kernel::{Id, Locale, Result, kinds};
use ledger::Account;
use testkit::{Market, cny, days};
use views::seller::{self, Tab};

testkit::stories![
    a_shops_home_counts_what_waits,
    a_shops_orders_stand_in_their_tabs,
    a_shops_goods_and_stock_are_its_own,
    a_shop_sees_what_it_has_to_decide,
    a_shops_money_adds_up,
];

fn a_shops_home_counts_what_waits(market: &Market) -> Result<()> {
    let Told { shop, anna, tea, case, .. } = told(market)?;
    let other = market.shop("china-house");
    shop.quotes(&anna, &[(tea.sku, 1, 1_00)])?;
    shop.drafts_quote(&anna, &[(tea.sku, 1, 1_00)])?;
    let by_the_shop = shop.person().imports(shop.id, "keemun", cny(10_00))?;
    let gone = shop.sells("gone", cny(10_00)).stock(2);
    shop.person().counts(shop.id, gone.sku, 0)?;
    market.works()?;
    let (ours, theirs) = (shop.id, other.id);
    let home = market.asks(move |read| seller::home(read, ours))?;
    assert_eq!((home.to_ship.n, home.cases.n, home.quotations.n, home.quotation_drafts.n), (2, 1, 1, 1));
    let listing = by_the_shop.listing;
    let state = market.asks(move |read| catalog::listing(read, listing))?.head.state;
    let waiting = if state == GoodsState::InReview { home.goods_in_review } else { home.goods_draft };
    assert_eq!((waiting.n, home.goods_refused.n, home.out_of_stock.n), (1, 0, 1));
    assert_eq!(home.answer_by, market.case(case).answer_by);
    let quiet = market.asks(move |read| seller::home(read, theirs))?;
    assert_eq!((quiet.to_ship.n, quiet.cases.n, quiet.quotations.n, quiet.out_of_stock.n), (0, 0, 0, 0));
    Ok(())
}

fn a_shops_orders_stand_in_their_tabs(market: &Market) -> Result<()> {
    let Told { shop, anna, orders, .. } = told(market)?;
    let other = market.shop("china-house");
    let foreign = anna.buys(&[(other.sells("cup", cny(5_00)).stock(1).sku, 1)])?.orders;
    market.works()?;
    let [closed, completed, shipped, part, paid, unpaid] = orders[..] else { panic!("six orders were placed") };
    let of = |shop: Id<kinds::Shop>, tab| {
        let cards = whole(market, move |read, after, limit| seller::orders(read, shop, tab, after, limit, Locale::Zh))?;
        assert!(cards.iter().all(|card| card.shop.id == shop));
        Ok::<_, kernel::Error>(cards.iter().map(|card| card.id).collect::<Vec<_>>())
    };
    assert_eq!(of(shop.id, Tab::All)?, [unpaid, paid, part, shipped, completed, closed]);
    assert_eq!(of(shop.id, Tab::ToShip)?, [paid, part]);
    assert_eq!(of(shop.id, Tab::Unpaid)?, [unpaid]);
    assert_eq!(of(shop.id, Tab::Shipped)?, [shipped]);
    assert_eq!(of(shop.id, Tab::Completed)?, [completed]);
    assert_eq!(of(shop.id, Tab::Closed)?, [closed]);
    assert_eq!(of(other.id, Tab::All)?, foreign);
    let id = shop.id;
    let page = market.asks(move |read| seller::orders(read, id, Tab::ToShip, None, 10, Locale::Zh))?;
    assert!(page.items.iter().all(|card| card.buyer_name.ends_with("**") && card.paid_at.is_some()));
    Ok(())
}

fn a_shops_goods_and_stock_are_its_own(market: &Market) -> Result<()> {
    let (shop, other) = (market.shop("tea-house"), market.shop("china-house"));
    let goods: Vec<_> = (1..=5).map(|n| shop.sells(&format!("tea {n}"), cny(n * 10_00)).stock(n)).collect();
    let cup = other.sells("cup", cny(5_00)).stock(7);
    shop.delists(goods[0].listing)?;
    market.buyer("anna").buys(&[(goods[4].sku, 2)])?;
    let now = market.now();
    let of = |shop: Id<kinds::Shop>, state| {
        whole(market, move |read, after, limit| seller::goods(read, shop, state, after, limit, (now, Locale::Zh)))
    };
    let all = of(shop.id, None)?;
    let newest_first: Vec<_> = goods.iter().rev().map(|goods| goods.listing).collect();
    assert_eq!(all.iter().map(|card| card.id).collect::<Vec<_>>(), newest_first);
    let first = &all[0];
    assert_eq!((first.title.as_str(), first.on_hand, first.reserved, first.free), ("tea 5", 5, 2, 3));
    assert_eq!((first.prices[0].from, first.prices[0].to, first.skus), (cny(50_00), cny(50_00), 1));
    assert_eq!(of(shop.id, Some(GoodsState::Listed))?.len(), 4);
    assert_eq!(of(shop.id, Some(GoodsState::Delisted))?[0].id, goods[0].listing);
    let shelves = |shop: Id<kinds::Shop>| {
        whole(market, move |read, after, limit| seller::stock(read, shop, after, limit, Locale::Zh))
    };
    let rows = shelves(shop.id)?;
    assert_eq!(
        rows.iter().map(|row| row.sku).collect::<Vec<_>>(),
        goods.iter().rev().map(|goods| goods.sku).collect::<Vec<_>>()
    );
    assert_eq!((rows[0].on_hand, rows[0].reserved, rows[0].free, rows[0].shelves.len()), (5, 2, 3, 1));
    assert_eq!(shelves(other.id)?.iter().map(|row| row.sku).collect::<Vec<_>>(), [cup.sku]);
    let (ours, theirs, code) = (shop.id, other.id, rows[1].code.clone());
    let wanted = code.clone();
    let found = market.asks(move |read| seller::stock_by_code(read, ours, &wanted, Locale::Zh))?;
    assert!(found.iter().any(|row| row.sku == rows[1].sku));
    let foreign = market.asks(move |read| seller::stock_by_code(read, theirs, &code, Locale::Zh))?;
    assert!(foreign.iter().all(|row| row.sku == cup.sku));
    Ok(())
}

fn a_shop_sees_what_it_has_to_decide(market: &Market) -> Result<()> {
    let Told { shop, anna, tea, case, orders } = told(market)?;
    let other = market.shop("china-house");
    let quote = shop.quotes(&anna, &[(tea.sku, 3, 50_00)])?;
    market.works()?;
    let waiting =
        |shop: Id<kinds::Shop>| whole(market, move |read, after, limit| seller::cases(read, shop, after, limit));
    let cases = waiting(shop.id)?;
    assert_eq!(
        cases.iter().map(|card| (card.id, card.order, card.amount)).collect::<Vec<_>>(),
        [(case, orders[2], cny(88_00))]
    );
    assert_eq!(cases[0].lines[0].title.as_deref(), Some("longjing"));
    assert!(waiting(other.id)?.is_empty());
    let quoted = |shop: Id<kinds::Shop>, state| {
        whole(market, move |read, after, limit| seller::quotations(read, shop, state, after, limit))
    };
    assert_eq!(quoted(shop.id, None)?.iter().map(|card| card.id).collect::<Vec<_>>(), [quote]);
    assert_eq!(quoted(shop.id, Some(quotation::State::Accepted))?.len(), 0);
    assert!(quoted(other.id, None)?.is_empty());
    // The amount that was shown is the amount that goes back.
    let refund = shop.agrees(case)?.refund.expect("it was granted");
    let page = market.asks(move |read| views::order_page::order_page(read, orders[2]))?;
    let granted = page.refunds.iter().find(|found| found.id == refund).expect("there is a document");
    assert_eq!(granted.amount, cases[0].amount);
    Ok(())
}

fn a_shops_money_adds_up(market: &Market) -> Result<()> {
    let Told { shop, orders, .. } = told(market)?;
    let other = market.shop("china-house");
    shop.has_bank_account();
    let id = shop.id;
    let pot = |account| {
        let money = market.asks(move |read| seller::money(read, id))?;
        Ok::<_, kernel::Error>(money.pots.iter().find(|pot| pot.account == account).copied())
    };
    let escrow = market.asks(move |read| seller::money(read, id))?.escrow;
    assert_eq!(escrow, [cny(market.owes(Account::Escrow))]);
    let pending = pot(Account::ShopPending)?.expect("an order was confirmed");
    assert_eq!(pending.amount, cny(market.owes(Account::ShopPending)));
    market.later(days(8))?;
    let available = pot(Account::ShopAvailable)?.expect("it was settled");
    assert_eq!(
        (available.folded.minor + available.unfolded.minor, available.amount),
        (available.amount.minor, cny(market.owes(Account::ShopAvailable)))
    );
    assert_eq!(pot(Account::ShopReserve)?.map(|pot| pot.amount), Some(cny(market.owes(Account::ShopReserve))));
    let payout = shop.asks_payout()?;
    market.works()?;
    let paid = whole(market, move |read, after, limit| seller::payouts(read, id, after, limit))?;
    assert_eq!(paid.iter().map(|paid| paid.id).collect::<Vec<_>>(), [payout]);
    let settled = whole(market, move |read, after, limit| seller::settlements(read, id, after, limit))?;
    assert!(settled.iter().any(|row| row.order == orders[1] && row.payout == Some(payout)));
    assert!(settled.iter().all(|row| row.gross.minor == row.commission.minor + row.reserve.minor + row.net.minor));
    let theirs = other.id;
    assert!(whole(market, move |read, after, limit| seller::settlements(read, theirs, after, limit))?.is_empty());
    assert!(market.asks(move |read| seller::money(read, theirs))?.escrow.is_empty());
    Ok(())
}
