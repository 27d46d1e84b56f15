//! Lessons about many shops in one market.

use flows::checkout::Placed;
use kernel::{Actor, Cursor, Id, Result, kinds};
use ledger::Account;
use order::{ChargeKind, State};
use std::collections::BTreeSet;
use testkit::{Market, Shop, cny, minutes, stories};

stories![everywhere:
    lesson_24_goods_of_several_shops_are_bought_and_paid_together,
    lesson_30_each_shops_order_has_its_freight,
    lesson_31_free_sending_is_judged_by_each_shops_own_goods,
    lesson_34_a_long_list_is_read_by_its_key_and_never_counted,
];

/// The order that a shop got of what was placed.
fn order_of(market: &Market, placed: &Placed, shop: &Shop) -> Id<kinds::Order> {
    let of_shop = placed.orders.iter().copied().find(|order| market.order(*order).shop == shop.id);
    of_shop.expect("the shop has a part in it")
}

/// saleor/saleor#1251 (2017) and #16187 (2024): goods of several sellers in one cart, asked for again and again, and
/// refused. Here every shop has its own order, and the buyer notices nothing of it.
fn lesson_24_goods_of_several_shops_are_bought_and_paid_together(market: &Market) -> Result<()> {
    let shops = ["tea-house", "china-house", "paper-house"].map(|slug| market.shop(slug));
    let prices = [88_00, 9_99, 1_50];
    let goods: Vec<_> =
        shops.iter().zip(prices).map(|(shop, price)| shop.sells("goods", cny(price)).stock(9)).collect();
    let anna = market.buyer("anna");
    let wanted: Vec<_> = goods.iter().map(|goods| (goods.sku, 2)).collect();
    let placed = anna.buys(&wanted)?;
    assert_eq!((placed.orders.len(), placed.amount), (3, cny(2 * (88_00 + 9_99 + 1_50))));
    let payment = anna.pays(placed.trade)?.expect("there is something to pay");
    let trade = placed.trade;
    assert_eq!(market.asks(move |read| payment::of_trade(read, trade))?.len(), 1);
    market.works()?;
    let orders: Vec<_> = shops.iter().map(|shop| order_of(market, &placed, shop)).collect();
    for ((shop, price), order) in shops.iter().zip(prices).zip(&orders) {
        assert_eq!((market.order(*order).amount, market.order(*order).state), (2 * price, State::Paid));
        // A shop sees its own part and nobody else's, and whoever works there deals with it alone.
        assert_eq!(seen_by(market, shop, &orders)?, BTreeSet::from([*order]));
        for others in orders.iter().filter(|other| *other != order) {
            market.refuses("not_found", || shop.ships(*others));
            market.refuses("not_found", || shop.gives_back(*others, &[]));
        }
    }
    // Each goes its own way: one arrives, one is given back in part, one comes to nothing.
    shops[0].ships(orders[0])?;
    anna.confirms(orders[0])?;
    anna.asks_back(orders[1], &[(1, 1)], "changed_mind")?;
    anna.asks_back(orders[2], &[], "changed_mind")?;
    let states: Vec<_> = orders.iter().map(|order| market.order(*order).state).collect();
    assert_eq!(states, [State::Completed, State::Paid, State::Closed]);
    assert_eq!((market.owes(Account::ShopPending), market.owes(Account::Commission)), (167_20, 8_80));
    assert_eq!((market.owes(Account::Escrow), market.payment(payment).refunded), (9_99, 9_99 + 3_00));
    Ok(())
}

/// Those of some orders that whoever keeps a shop may look at.
fn seen_by(market: &Market, shop: &Shop, orders: &[Id<kinds::Order>]) -> Result<BTreeSet<Id<kinds::Order>>> {
    let (actor, orders): (Actor, Vec<_>) = (shop.person().actor.clone(), orders.to_vec());
    market.asks(move |read| {
        let mut seen = BTreeSet::new();
        for id in orders {
            let found = order::order(read, id)?;
            if flows::may_see_order(read, &actor, &found).is_ok() {
                seen.insert(id);
            }
        }
        Ok(seen)
    })
}

/// getdokan/dokan#1690 and #878: split by seller, a sub-order lost what its sending cost, and the seller never had it.
fn lesson_30_each_shops_order_has_its_freight(market: &Market) -> Result<()> {
    let (tea, china) = (market.shop("tea-house"), market.shop("china-house"));
    tea.takes_for_sending(cny(8_00), None);
    china.takes_for_sending(cny(12_50), None);
    let (longjing, cup) = (tea.sells("longjing", cny(88_00)).stock(9), china.sells("cup", cny(10_00)).stock(9));
    let anna = market.buyer("anna");
    let placed = anna.has_bought(&[(longjing.sku, 1), (cup.sku, 3)])?;
    let (teas, chinas) = (order_of(market, &placed, &tea), order_of(market, &placed, &china));
    assert_eq!(placed.amount, cny(88_00 + 8_00 + 30_00 + 12_50));
    for (order, goods, fee) in [(teas, 88_00, 8_00), (chinas, 30_00, 12_50)] {
        let head = market.order(order);
        assert_eq!((head.goods, head.charges, head.amount), (goods, fee, goods + fee));
        let charges = market.asks(move |read| order::charges(read, order))?;
        let charges: Vec<_> =
            charges.iter().map(|charge| (charge.kind, charge.amount, charge.commission.get())).collect();
        assert_eq!(charges, [(ChargeKind::Freight, fee, 0)]);
    }
    // Sent in two parcels, it is still one freight; and it is the shop's, without commission.
    china.ships_part(chinas, &[(1, 1)])?;
    china.ships(chinas)?;
    anna.confirms(chinas)?;
    assert_eq!((market.owes(Account::ShopPending), market.owes(Account::Commission)), (28_50 + 12_50, 1_50));
    assert_eq!(market.owes(Account::Escrow), 96_00);
    // Of what was never sent it comes back.
    anna.asks_back(teas, &[], "changed_mind")?;
    assert_eq!((market.order(teas).refunded, market.owes(Account::Escrow)), (96_00, 0));
    market.later(minutes(5))?;
    assert_eq!(market.balance(Account::Channel), 42_50);
    Ok(())
}

/// getdokan/dokan#2778: free sending above an amount was judged by the whole cart, so that goods of one seller made
/// another seller's sending free.
fn lesson_31_free_sending_is_judged_by_each_shops_own_goods(market: &Market) -> Result<()> {
    let (tea, china) = (market.shop("tea-house"), market.shop("china-house"));
    tea.takes_for_sending(cny(8_00), Some(cny(50_00)));
    china.takes_for_sending(cny(6_00), Some(cny(50_00)));
    let (longjing, cup) = (tea.sells("longjing", cny(50_00)).stock(9), china.sells("cup", cny(24_99)).stock(9));
    let anna = market.buyer("anna");
    let fees = |placed: &Placed| [&tea, &china].map(|shop| market.order(order_of(market, placed, shop)).charges);
    // 50.00 and 49.98: the one is free, the other is not, whatever they come to together.
    let placed = anna.buys(&[(longjing.sku, 1), (cup.sku, 2)])?;
    assert_eq!((fees(&placed), placed.amount), ([0, 6_00], cny(50_00 + 49_98 + 6_00)));
    let placed = anna.buys(&[(longjing.sku, 1), (cup.sku, 3)])?;
    assert_eq!((fees(&placed), placed.amount), ([0, 0], cny(50_00 + 74_97)));
    // Nor do 30.00 of each make 60.00.
    let (oolong, bowl) = (tea.sells("oolong", cny(30_00)).stock(9), china.sells("bowl", cny(30_00)).stock(9));
    let placed = anna.buys(&[(oolong.sku, 1), (bowl.sku, 1)])?;
    assert_eq!((fees(&placed), placed.amount), ([8_00, 6_00], cny(60_00 + 14_00)));
    Ok(())
}

/// medusajs/medusa#14534: the admin's list of goods did not open with a million of them, because it counted them first;
/// #10504: with 130,000 not even ten came.
fn lesson_34_a_long_list_is_read_by_its_key_and_never_counted(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let tea = shop.sells("longjing", cny(88_00)).stock(100);
    let anna = market.buyer("anna");
    let buys = || Ok(anna.buys(&[(tea.sku, 1)])?.orders[0]);
    let mut expected = (0..45).map(|_| buys()).collect::<Result<Vec<_>>>()?;
    expected.reverse();
    market.works()?;
    let (mut read, mut pages, mut after) = (Vec::new(), Vec::new(), None::<Cursor>);
    loop {
        let (id, from) = (shop.id, after);
        let page = market.asks(move |read| merchant::orders(read, id, None, from, 20))?;
        pages.push(page.items.len());
        read.extend(page.items.iter().map(|line| line.id));
        // What comes meanwhile shifts nothing that is still to be read.
        buys()?;
        market.works()?;
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!((pages, read), (vec![20, 20, 5], expected));
    // No list anywhere skips rows that it has to read first; what is counted belongs to one order, payment or buyer, or
    // the counting ends at a limit.
    for statement in store::statements().filter(|statement| !statement.across) {
        let text = statement.text();
        assert!(!text.contains("offset"), "{}: {text}", statement.place);
        let bounded = ["ord = $", "trade = $", "buyer = $"].iter().any(|parent| text.contains(parent));
        assert!(!text.contains("count(") || bounded || counts_to_a_limit(text), "{}: {text}", statement.place);
    }
    Ok(())
}

/// Whether a statement is `select cast(count(*) as bigint) from (… limit 100) name` and counts nothing else: it reads no
/// more rows than the limit says, however long the list is.
fn counts_to_a_limit(text: &str) -> bool {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some(from) = text.strip_prefix("select cast(count(*) as bigint) from (") else { return false };
    let Some((rows, name)) = from.rsplit_once(") ") else { return false };
    let limit = rows.rsplit_once(" limit ").map_or("", |(_, limit)| limit);
    // What the last bracket closes is what the first one opened.
    let mut depth = 0;
    let is_one = rows.chars().all(|letter| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        depth >= 0
    });
    let is_number = !limit.is_empty() && limit.bytes().all(|digit| digit.is_ascii_digit());
    is_one && depth == 0 && is_number && !rows.contains("count(") && !name.contains(' ')
}

#[test]
fn only_what_ends_at_a_limit_may_be_counted() {
    let few = "select cast(count(*) as bigint)
               from (select id from a where (b = 1) limit 100) waiting";
    assert!(counts_to_a_limit(few));
    for much in [
        "select cast(count(*) as bigint) from a where b = $1 limit 100",
        "select cast(count(*) as bigint) from (select id from a) waiting",
        "select cast(count(*) as bigint) from (select id from a limit $1) waiting",
        "select cast(count(*) as bigint) from (select id from a limit 100) x, (select id from b limit 1) y",
        "select cast(count(*) as bigint) from (select count(*) from a limit 100) x",
        "select cast(count(*) as bigint) from (select id from a limit 100) x where exists (select 1 from b)",
        "select id from (select id from a limit 100) waiting where 1 < (select count(*) from b)",
    ] {
        assert!(!counts_to_a_limit(much), "{much}");
    }
}
