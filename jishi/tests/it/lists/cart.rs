//! The cart's page says what checkout will take.

use kernel::{Id, Money, Result, Units, kinds};
use testkit::{Goods, Market, Person, checkout, cny};
use views::cart::{CartPage, Trouble};

testkit::stories![
    the_preview_of_a_cart_is_what_checkout_takes,
    what_is_in_the_way_of_buying_is_said_line_by_line,
    a_sku_twice_is_counted_together,
    what_cannot_be_bought_in_one_go_is_said,
];

fn puts(market: &Market, buyer: &Person, goods: &Goods, units: i64, seen_price: Money) -> Result<()> {
    let (buyer, sku, listing, shop) = (buyer.id, goods.sku, goods.listing, goods.shop);
    market.acts(move |tx| {
        let put = cart::Put { sku, listing, shop, units: Units::new(units)?, seen_price };
        let limits = flows::register::cart_limits(&market::settings(tx)?);
        cart::put(tx, buyer, put, limits)
    })
}

fn saves(market: &Market, buyer: &Person, sku: Id<kinds::Sku>) -> Result<()> {
    let buyer = buyer.id;
    market.acts(move |tx| {
        let limits = flows::register::cart_limits(&market::settings(tx)?);
        cart::save_for_later(tx, buyer, sku, limits)
    })
}

fn looks(market: &Market, buyer: &Person) -> Result<CartPage> {
    let (cx, id, now) = (buyer.cx(), buyer.id, market.now());
    market.asks(move |read| views::cart::cart(read, &cx, id, None, now))
}

fn previews(market: &Market, buyer: &Person, lines: &[(Id<kinds::Sku>, i64)]) -> Result<CartPage> {
    let lines: Vec<_> = lines.iter().map(|(sku, units)| Ok((*sku, Units::new(*units)?))).collect::<Result<_>>()?;
    let (cx, now) = (buyer.cx(), market.now());
    market.asks(move |read| views::cart::preview(read, &cx, &lines, None, now))
}

fn the_preview_of_a_cart_is_what_checkout_takes(market: &Market) -> Result<()> {
    let (tea, china) = (market.shop("tea-house"), market.shop("china-house"));
    tea.takes_for_sending(cny(10_00), Some(cny(200_00)));
    china.takes_for_sending(cny(12_00), None);
    let longjing = tea.sells("longjing", cny(88_00)).stock(9);
    let cup = china.sells("cup", cny(25_50)).stock(9);
    let later = china.sells("pot", cny(99_00)).stock(9);
    let anna = market.buyer("anna");
    for (goods, units) in [(&longjing, 2), (&cup, 3), (&later, 1)] {
        puts(market, &anna, goods, units, cny(1_00))?;
    }
    saves(market, &anna, later.sku)?;
    let page = looks(market, &anna)?;
    assert_eq!(
        page.saved.iter().map(|line| (line.sku, line.price.is_some())).collect::<Vec<_>>(),
        [(later.sku, false)]
    );
    let totals = page.totals.expect("both lines can be bought");
    assert_eq!((totals.goods, totals.charges), (cny(252_50), cny(22_00)));
    assert_eq!(page.near_misses.iter().map(|miss| miss.more).collect::<Vec<_>>(), [cny(24_00)]);
    let wanted = [(longjing.sku, 2), (cup.sku, 3)];
    let ahead = previews(market, &anna, &wanted)?;
    assert_eq!(ahead.totals, page.totals);
    let placed = anna.checks_out(flows::checkout::Checkout { seen: Some(totals.pay), ..checkout(&wanted)? })?;
    assert_eq!(placed.amount, totals.pay);
    for id in placed.orders {
        let order = market.order(id);
        let part = page.shops.iter().find(|shop| shop.shop.id == order.shop).expect("each shop has its part");
        assert_eq!(part.totals.map(|totals| totals.pay), Some(order.money(order.amount)));
        let stored = market.asks(move |read| order::price_ledger(read, id))?;
        let shown = part.lines[0].price.as_ref().expect("it was priced").ledger.iter();
        let shown: Vec<_> = shown.map(|row| (row.stage.word().to_owned(), row.amount.minor)).collect();
        assert_eq!(stored.into_iter().map(|(_, row)| (row.stage, row.amount)).collect::<Vec<_>>(), shown);
    }
    // What was bought has left the cart; what was kept for later has not.
    let rest = looks(market, &anna)?;
    assert_eq!((rest.shops.len(), rest.saved.len(), rest.totals), (0, 1, None));
    Ok(())
}

fn what_is_in_the_way_of_buying_is_said_line_by_line(market: &Market) -> Result<()> {
    let (shop, frozen) = (market.shop("tea-house"), market.shop("china-house"));
    let good = shop.sells("good", cny(10_00)).stock(5);
    let few = shop.sells("few", cny(10_00)).stock(2);
    let gone = shop.sells("gone", cny(10_00));
    let off = shop.sells("off", cny(10_00)).stock(5);
    let ordered = shop.sells_to_order("ordered", cny(10_00));
    let cup = frozen.sells("cup", cny(10_00)).stock(5);
    let anna = market.buyer("anna");
    for goods in [&good, &few, &gone, &off, &ordered, &cup] {
        puts(market, &anna, goods, 3, cny(9_00))?;
    }
    shop.delists(off.listing)?;
    market.operator().freezes(frozen.id)?;
    let page = looks(market, &anna)?;
    let lines: Vec<_> = page.shops.iter().flat_map(|shop| &shop.lines).collect();
    let of = |goods: &Goods| lines.iter().find(|line| line.sku == goods.sku).expect("it is in the cart");
    assert_eq!(of(&good).troubles, []);
    assert_eq!((of(&good).unit_price, of(&good).seen_price), (Some(cny(10_00)), Some(cny(9_00))));
    assert_eq!(of(&few).troubles, [Trouble::FewerLeft { left: 2 }]);
    assert_eq!(of(&gone).troubles, [Trouble::SoldOut]);
    assert_eq!(of(&off).troubles, [Trouble::Delisted]);
    assert_eq!((of(&ordered).troubles.len(), of(&ordered).free), (0, None));
    assert_eq!(of(&cup).troubles, [Trouble::ShopFrozen]);
    // Only what can be bought is summed.
    assert_eq!(page.totals.map(|totals| totals.pay), Some(cny(60_00)));
    let (cx, id, now) = (anna.cx(), anna.id, market.now());
    let dollars = market.asks(move |read| views::cart::cart(read, &cx, id, Some(kernel::Currency::USD), now))?;
    assert!(
        dollars.shops.iter().flat_map(|shop| &shop.lines).all(|line| line.troubles.contains(&Trouble::PriceMissing))
    );
    assert_eq!(dollars.totals, None);
    Ok(())
}

fn a_sku_twice_is_counted_together(market: &Market) -> Result<()> {
    let tea = market.shop("tea-house").sells("longjing", cny(88_00)).stock(3);
    let anna = market.buyer("anna");
    let page = previews(market, &anna, &[(tea.sku, 2), (tea.sku, 2)])?;
    let troubles: Vec<_> = page.shops[0].lines.iter().map(|line| line.troubles.clone()).collect();
    assert_eq!(troubles, [vec![], vec![Trouble::FewerLeft { left: 1 }]]);
    market.refuses("out_of_stock", || anna.buys(&[(tea.sku, 2), (tea.sku, 2)]));
    assert_eq!(previews(market, &anna, &[])?.shops.len(), 0);
    Ok(())
}

fn what_cannot_be_bought_in_one_go_is_said(market: &Market) -> Result<()> {
    let tea = market.shop("tea-house").sells("longjing", cny(88_00)).stock(30);
    let anna = market.buyer("anna");
    market.set("total_max", "100000");
    let page = previews(market, &anna, &[(tea.sku, 20)])?;
    assert_eq!((page.totals, page.refused), (None, Some("too_large")));
    market.refuses("too_large", || anna.buys(&[(tea.sku, 20)]));
    Ok(())
}
