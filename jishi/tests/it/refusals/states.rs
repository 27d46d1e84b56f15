//! What cannot be done as things stand: too much, twice, too late, too early, to the wrong thing.

use super::{Ordered, Street, ordered, paid, shipped, street};
use flows::quote::Quote;
use kernel::{Currency, Id, Kind, Money, Result, Text, Units, kinds};
use order::State;
use quotation::State as Quoted;
use testkit::{Checkout, Market, Person, checkout, cny, days, hours, minutes};

testkit::stories![
    a_cart_and_an_order_hold_so_many_lines_and_no_more,
    a_quotation_holds_so_many_lines_and_no_more,
    a_line_holds_so_many_units_and_no_more,
    a_total_comes_to_so_much_and_no_more,
    an_address_of_another_is_none,
    a_total_that_was_not_seen_is_not_taken,
    another_currency_is_not_mixed_in,
    a_frozen_shop_sells_nothing_new_and_what_it_sold_goes_on,
    what_is_not_on_sale_is_not_sold,
    a_trade_is_paid_once_and_by_its_buyer,
    no_more_is_shipped_than_was_sold,
    an_order_is_confirmed_once_and_not_before_it_was_sent,
    no_more_goes_back_than_was_bought,
    a_case_is_decided_once,
    a_quotation_is_answered_once_and_in_time,
];

fn a_cart_and_an_order_hold_so_many_lines_and_no_more(market: &Market) -> Result<()> {
    let Street { tea, anna, .. } = street(market);
    let tea = tea.stock(500);
    let lines = |count: usize| vec![(tea.sku, 1); count];
    market.refuses("too_many", || anna.buys(&lines(121)));
    market.refuses("too_many", || anna.buys(&lines(10_000)));
    market.refuses("no_lines", || anna.buys(&[]));
    let placed = anna.buys(&lines(120))?;
    assert_eq!((market.lines(placed.orders[0]).len(), placed.amount), (120, cny(120 * 88_00)));
    let put = |n: i64| {
        let (buyer, units) = (anna.id, Units::new(1)?);
        let sku = Id::from_raw(tea.sku.raw() + (n << 40));
        let put = cart::Put { sku, listing: tea.listing, shop: tea.shop, units, seen_price: cny(88_00) };
        market.acts(move |tx| {
            let limits = flows::register::cart_limits(&market::settings(tx)?);
            cart::put(tx, buyer, put, limits)
        })
    };
    (0..120).try_for_each(put)?;
    market.refuses("too_many", || put(120));
    // More of what is in it is no line more.
    put(119)
}

fn quote_of(street: &Street, lines: usize, units: i64, unit_price: i64) -> Result<Quote> {
    let line = flows::quote::QuoteLine { sku: street.tea.sku, units: Units::new(units)?, unit_price };
    Ok(Quote { shop: street.shop.id, buyer: street.anna.id, currency: Currency::CNY, lines: vec![line; lines] })
}

fn offers(street: &Street, quote: Quote) -> Result<Id<kinds::Quotation>> {
    flows::quote::offer(street.shop.market().store(), &street.shop.cx(), quote).wait()
}

fn a_quotation_holds_so_many_lines_and_no_more(market: &Market) -> Result<()> {
    let street = street(market);
    market.refuses("too_many", || offers(&street, quote_of(&street, 5_001, 1, 75_00)?));
    market.refuses("quotation_empty", || offers(&street, quote_of(&street, 0, 1, 75_00)?));
    let quotation = offers(&street, quote_of(&street, 5_000, 1, 75_00)?)?;
    let offered = market.asks(move |read| quotation::quotation(read, quotation))?;
    assert_eq!((offered.lines.len(), offered.head.total), (5_000, 5_000 * 75_00));
    Ok(())
}

fn a_line_holds_so_many_units_and_no_more(market: &Market) -> Result<()> {
    let street = street(market);
    let Street { shop, tea, anna } = &street;
    for units in [0, -1, i64::MIN] {
        market.refuses("out_of_range", || anna.buys(&[(tea.sku, units)]));
        market.refuses("out_of_range", || shop.quotes(anna, &[(tea.sku, units, 75_00)]));
        market.refuses("out_of_range", || shop.receives(shop.id, &[(tea.sku, units)]));
    }
    for units in [1_000_001, i64::MAX] {
        market.refuses("too_large", || anna.buys(&[(tea.sku, units)]));
        market.refuses("too_large", || shop.quotes(anna, &[(tea.sku, units, 75_00)]));
        market.refuses("too_large", || shop.receives(shop.id, &[(tea.sku, units)]));
    }
    // A million is a number like others, and there is not so much tea; two lines of it are more than one may be.
    market.refuses("out_of_stock", || anna.buys(&[(tea.sku, 1_000_000)]));
    market.refuses("too_large", || anna.buys(&[(tea.sku, 600_000), (tea.sku, 600_000)]));
    market.refuses("out_of_range", || shop.counts(shop.id, tea.sku, -1));
    anna.buys(&[(tea.sku, 3)])?;
    market.refuses("below_reserved", || shop.counts(shop.id, tea.sku, 2));
    // Where the market sets a lower limit, that one holds.
    market.set("line_units_max", "10");
    market.refuses("too_large", || anna.buys(&[(tea.sku, 11)]));
    market.refuses("too_large", || shop.quotes(anna, &[(tea.sku, 11, 75_00)]));
    anna.buys(&[(tea.sku, 10)]).map(drop)
}

fn a_total_comes_to_so_much_and_no_more(market: &Market) -> Result<()> {
    const MOST: i64 = 10_000_000_000_000;
    let street = street(market);
    let Street { shop, tea, anna } = &street;
    for minor in [0, -1, i64::MIN] {
        market.refuses("out_of_range", || shop.prices(tea.sku, cny(minor)));
    }
    market.refuses("too_large", || shop.prices(tea.sku, cny(MOST + 1)));
    market.refuses("too_large", || shop.prices(tea.sku, cny(i64::MAX)));
    for price in [MOST, MOST / 2 + 1, MOST / 2] {
        market.later(minutes(1))?;
        shop.prices(tea.sku, cny(price))?;
        // Also where the sum would leave 64 bits.
        market.refuses("too_large", || anna.buys(&[(tea.sku, 1_000_000)]));
        market.refuses("too_large", || anna.buys(&[(tea.sku, 1), (tea.sku, 2)]));
    }
    for price in [i64::MAX, MOST + 1] {
        market.refuses("too_large", || offers(&street, quote_of(&street, 1, 1, price)?));
        market.refuses("too_large", || offers(&street, quote_of(&street, 2, 1_000_000, price)?));
    }
    market.refuses("too_large", || offers(&street, quote_of(&street, 3, 1, MOST / 2)?));
    market.refuses("out_of_range", || offers(&street, quote_of(&street, 1, 1, -1)?));
    // Sending is part of the total.
    shop.takes_for_sending(cny(1), None);
    market.refuses("too_large", || anna.buys(&[(tea.sku, 2)]));
    shop.takes_for_sending(cny(0), None);
    assert_eq!(anna.buys(&[(tea.sku, 2)])?.amount, cny(MOST));
    Ok(())
}

fn sends_to(person: &Person, address: Id<kinds::Address>, wish: &Checkout) -> Result<flows::checkout::Placed> {
    person.checks_out(Checkout { address: Some(address), ..wish.clone() })
}

fn an_address_of_another_is_none(market: &Market) -> Result<()> {
    let Street { tea, anna, .. } = street(market);
    let bert = market.buyer("bert").id;
    let form = identity::AddressForm {
        name: Text::new("Bert")?,
        phone: Text::new("13900000000")?,
        country: Text::new("CN")?,
        region: None,
        postal: None,
        lines: Text::new("a secret place")?,
    };
    let home = |owner| {
        let form = form.clone();
        market.acts(move |tx| identity::add_address(tx, owner, &form))
    };
    let (berts, annas) = (home(bert)?, home(anna.id)?);
    let wish = checkout(&[(tea.sku, 1)])?;
    let theirs = market.refuses("not_found", || sends_to(&anna, berts, &wish));
    let none = market.refuses("not_found", || sends_to(&anna, Id::from_raw(berts.raw() + (1 << 40)), &wish));
    // Outside they read alike, inside one is written down.
    assert_eq!(theirs.to_string(), none.to_string());
    assert_eq!((theirs.kind(), none.kind()), (Some(Kind::Hidden), Some(Kind::Missing)));
    market.refuses("not_found", || sends_to(&market.anyone(), annas, &wish));
    market.refuses("required", || anna.checks_out(Checkout { recipient: None, ..wish.clone() }));
    sends_to(&anna, annas, &wish).map(drop)
}

fn a_total_that_was_not_seen_is_not_taken(market: &Market) -> Result<()> {
    let Street { tea, anna, .. } = street(market);
    let sees = |seen: Money| Checkout { seen: Some(seen), ..checkout(&[(tea.sku, 2)]).expect("two units") };
    for minor in [i64::MIN, -176_00, 0, 1, 175_99] {
        market.refuses("price_changed", || anna.checks_out(sees(cny(minor))));
    }
    // More than it costs was seen: the lower price is taken.
    for minor in [176_00, 176_01, i64::MAX] {
        assert_eq!(anna.checks_out(sees(cny(minor)))?.amount, cny(176_00));
    }
    Ok(())
}

fn another_currency_is_not_mixed_in(market: &Market) -> Result<()> {
    let street = street(market);
    let Street { shop, tea, anna } = &street;
    let sees = |seen: Money| Checkout { seen: Some(seen), ..checkout(&[(tea.sku, 1)]).expect("one unit") };
    let dollars = Money::new(88_00, Currency::USD);
    market.refuses("price_missing", || anna.checks_out(sees(dollars)));
    market.refuses("currency_mismatch", || shop.prices(tea.sku, dollars));
    let quote = quote_of(&street, 1, 1, 75_00)?;
    market.refuses("currency_mismatch", || offers(&street, Quote { currency: Currency::USD, ..quote }));
    // Of a shop that trades in another currency, nothing is bought together with this one's.
    let abroad = market.shop_in("tea-abroad", Currency::USD);
    let cup = abroad.sells("cup", dollars).stock(5);
    market.refuses("price_missing", || anna.buys(&[(tea.sku, 1), (cup.sku, 1)]));
    market.refuses("price_missing", || anna.buys(&[(cup.sku, 1)]));
    let both = Checkout { seen: Some(dollars), ..checkout(&[(tea.sku, 1), (cup.sku, 1)])? };
    market.refuses("price_missing", || anna.checks_out(both));
    let placed = anna.checks_out(Checkout { seen: Some(dollars), ..checkout(&[(cup.sku, 1)])? })?;
    assert_eq!(placed.amount, dollars);
    Ok(())
}

fn a_frozen_shop_sells_nothing_new_and_what_it_sold_goes_on(market: &Market) -> Result<()> {
    let Ordered { shop, tea, anna, placed } = paid(market);
    let waiting = anna.buys(&[(tea.sku, 1)])?;
    let quote = shop.quotes(&anna, &[(tea.sku, 1, 75_00)])?;
    let listed = market.asks(move |read| catalog::head(read, tea.listing))?;
    let draft = shop.drafts_goods(shop.id, "puer", listed.category)?;
    shop.prices(shop.adds_sku(draft, "puer-1")?, cny(10_00))?;
    market.operator().freezes(shop.id)?;
    market.refuses("wrong_state", || market.operator().freezes(shop.id));
    market.refuses("shop_frozen", || anna.buys(&[(tea.sku, 1)]));
    market.refuses("shop_frozen", || market.guest_buys("gina@example.com", &[(tea.sku, 1)]));
    market.refuses("shop_frozen", || anna.accepts(quote));
    market.refuses("shop_frozen", || shop.quotes(&anna, &[(tea.sku, 1, 75_00)]));
    market.refuses("shop_frozen", || shop.drafts_quote(&anna, &[(tea.sku, 1, 75_00)]));
    market.refuses("shop_frozen", || shop.submits_goods(draft));
    market.refuses("shop_frozen", || shop.imports(shop.id, "cup", cny(10_00)));
    market.refuses("shop_frozen", || market.operator().imports(shop.id, "cup", cny(10_00)));
    shop.delists(tea.listing)?;
    market.refuses("shop_frozen", || shop.lists(tea.listing));
    // What was ordered before is paid, sent, received and given back as if nothing were.
    anna.pays(waiting.trade)?;
    let order = placed.orders[0];
    shop.ships_part(order, &[(1, 2)])?;
    anna.asks_back(order, &[(1, 1)], "changed_mind")?;
    shop.ships(waiting.orders[0])?;
    anna.confirms(order)?;
    shop.gives_back(order, &[(1, 1)])?;
    shop.receives(shop.id, &[(tea.sku, 1)])?;
    let case = anna.asks_back(waiting.orders[0], &[], "damaged")?.case;
    market.later(hours(48))?;
    assert_eq!(market.case(case).state, aftersale::State::Granted);
    market.later(days(8))?;
    assert_eq!((market.order(order).state, market.order(waiting.orders[0]).state), (State::Completed, State::Closed));
    market.operator().unfreezes(shop.id)?;
    shop.lists(tea.listing)?;
    anna.buys(&[(tea.sku, 1)]).map(drop)
}

fn what_is_not_on_sale_is_not_sold(market: &Market) -> Result<()> {
    let Street { shop, tea, anna } = street(market);
    let cup = shop.sells("cup", cny(10_00)).stock(5);
    let quote = shop.quotes(&anna, &[(tea.sku, 1, 75_00)])?;
    let unknown = Id::from_raw(tea.sku.raw() + (1 << 40));
    for lines in [vec![(unknown, 1)], vec![(cup.sku, 1), (unknown, 1)]] {
        market.refuses("unknown_sku", || anna.buys(&lines));
    }
    market.refuses("unknown_sku", || shop.quotes(&anna, &[(unknown, 1, 75_00)]));
    market.refuses("unknown_sku", || shop.receives(shop.id, &[(unknown, 1)]));
    market.refuses("unknown_sku", || shop.prices(unknown, cny(1_00)));
    shop.delists(tea.listing)?;
    market.refuses("listing_not_listed", || anna.buys(&[(cup.sku, 1), (tea.sku, 1)]));
    market.refuses("listing_not_listed", || anna.accepts(quote));
    shop.lists(tea.listing)?;
    let sku = tea.sku;
    let switch = |state| market.acts(move |tx| catalog::switch_sku(tx, sku, state));
    switch(catalog::SkuState::Off)?;
    market.refuses("sku_delisted", || anna.buys(&[(tea.sku, 1)]));
    market.refuses("sku_delisted", || anna.accepts(quote));
    switch(catalog::SkuState::OnSale)?;
    // Another shop's goods are unknown to this one, whatever it wants to do with them.
    let rival = market.shop("china-house");
    market.refuses("unknown_sku", || rival.quotes(&anna, &[(tea.sku, 1, 75_00)]));
    market.refuses("unknown_sku", || rival.receives(rival.id, &[(tea.sku, 1)]));
    market.refuses("unknown_sku", || rival.counts(rival.id, tea.sku, 1));
    anna.accepts(quote).map(drop)
}

fn a_trade_is_paid_once_and_by_its_buyer(market: &Market) -> Result<()> {
    let Ordered { tea, anna, placed, .. } = ordered(market);
    let bert = market.buyer("bert");
    market.refuses("not_found", || bert.opens_payment(placed.trade));
    market.refuses("not_found", || anna.opens_payment(Id::from_raw(placed.trade.raw() + (1 << 40))));
    let elsewhere = store::wait(flows::pay::pay(market.flows(), &anna.cx(), placed.trade, "another")).map(drop);
    market.refuses("not_found", || elsewhere);
    anna.pays(placed.trade)?;
    market.refuses("already_paid", || anna.opens_payment(placed.trade));
    market.refuses("wrong_state", || anna.cancels(placed.trade));
    let dropped = anna.buys(&[(tea.sku, 1)])?;
    anna.cancels(dropped.trade)?;
    market.refuses("order_closed", || anna.opens_payment(dropped.trade));
    market.refuses("wrong_state", || anna.cancels(dropped.trade));
    let forgotten = anna.buys(&[(tea.sku, 1)])?;
    market.later(minutes(30))?;
    market.refuses("order_closed", || anna.opens_payment(forgotten.trade));
    // What was paid for and given back whole was paid all the same.
    anna.asks_back(placed.orders[0], &[], "changed_mind")?;
    market.refuses("already_paid", || anna.opens_payment(placed.trade));
    Ok(())
}

fn no_more_is_shipped_than_was_sold(market: &Market) -> Result<()> {
    let Ordered { shop, tea, anna, placed } = ordered(market);
    let order = placed.orders[0];
    market.refuses("wrong_state", || shop.ships(order));
    anna.pays(placed.trade)?;
    let ships = |order, lines: &[(i64, i64)], waybill: &str| {
        let lines = lines.iter().map(|(line, units)| Ok((*line, Units::new(*units)?))).collect::<Result<_>>()?;
        let (carrier, waybill) = ("sf".to_owned(), waybill.to_owned());
        let shipment = flows::ship::Shipment { order, lines, carrier, waybill };
        flows::ship::ship(market.store(), &shop.cx(), shipment).wait()
    };
    for lines in [&[(1, 4)][..], &[(1, 2), (1, 2)], &[(1, 1_000_000)]] {
        market.refuses("nothing_to_ship", || ships(order, lines, "SF1"));
    }
    for lines in [&[(2, 1)][..], &[(0, 1)], &[(-1, 1)], &[(i64::MAX, 1)]] {
        market.refuses("unknown_line", || ships(order, lines, "SF1"));
    }
    ships(order, &[(1, 1)], "SF1")?;
    let other = anna.has_bought(&[(tea.sku, 1)])?.orders[0];
    for (order, waybill) in [(order, "SF1"), (other, "SF1"), (other, " sf 1 ")] {
        market.refuses("waybill_used", || ships(order, &[], waybill));
    }
    for waybill in ["", " ", "SF/1", "SF\u{0}1", &"1".repeat(65)] {
        market.refuses("malformed", || ships(order, &[], waybill));
    }
    market.refuses("nothing_to_ship", || ships(order, &[(1, 3)], "SF2"));
    // What was given back before it was sent is not sent.
    anna.asks_back(order, &[(1, 1)], "changed_mind")?;
    market.refuses("nothing_to_ship", || ships(order, &[(1, 2)], "SF2"));
    ships(order, &[], "SF2")?;
    market.refuses("wrong_state", || ships(order, &[], "SF3"));
    market.refuses("nothing_to_ship", || ships(order, &[(1, 1)], "SF3"));
    anna.asks_back(other, &[], "changed_mind")?;
    market.refuses("wrong_state", || ships(other, &[], "SF3"));
    Ok(())
}

fn an_order_is_confirmed_once_and_not_before_it_was_sent(market: &Market) -> Result<()> {
    let Ordered { shop, anna, placed, .. } = ordered(market);
    let order = placed.orders[0];
    let no = || {
        market.refuses("wrong_state", || anna.confirms(order));
        market.refuses("wrong_state", || anna.extends(order));
    };
    no();
    anna.pays(placed.trade)?;
    no();
    shop.ships_part(order, &[(1, 1)])?;
    no();
    shop.ships(order)?;
    anna.extends(order)?;
    market.refuses("already_extended", || anna.extends(order));
    anna.confirms(order)?;
    no();
    market.later(days(8))?;
    no();
    Ok(())
}

fn no_more_goes_back_than_was_bought(market: &Market) -> Result<()> {
    let Ordered { shop, anna, placed, .. } = ordered(market);
    let order = placed.orders[0];
    market.refuses("wrong_state", || anna.asks_back(order, &[], "changed_mind"));
    market.refuses("wrong_state", || shop.gives_back(order, &[]));
    anna.pays(placed.trade)?;
    shop.ships_part(order, &[(1, 2)])?;
    for lines in [&[(1, 4)][..], &[(1, 1_000_000)]] {
        market.refuses("refund_exceeds_units", || anna.asks_back(order, lines, "damaged"));
        market.refuses("refund_exceeds_units", || shop.gives_back(order, lines));
    }
    for lines in [&[(2, 1)][..], &[(0, 1)], &[(-1, 1)], &[(1, 1), (7, 1)]] {
        market.refuses("line_unknown", || anna.asks_back(order, lines, "damaged"));
        market.refuses("line_unknown", || shop.gives_back(order, lines));
    }
    market.refuses("line_doubled", || anna.asks_back(order, &[(1, 1), (1, 1)], "damaged"));
    market.refuses("line_doubled", || shop.gives_back(order, &[(1, 1), (1, 1)]));
    market.refuses("out_of_range", || anna.asks_back(order, &[(1, 0)], "damaged"));
    market.refuses("reason_unknown", || anna.asks_back(order, &[(1, 1)], "because"));
    shop.gives_back(order, &[(1, 2)])?;
    market.refuses("refund_exceeds_units", || shop.gives_back(order, &[(1, 2)]));
    shop.gives_back(order, &[(1, 1)])?;
    for again in [&[][..], &[(1, 1)]] {
        let no = shop.gives_back(order, again).expect_err("everything is back");
        assert!(["wrong_state", "refund_exceeds_units", "no_lines"].contains(&no.code()), "{no}");
    }
    market.later(minutes(1))?;
    assert_eq!(market.balance(ledger::Account::Channel), 0);
    Ok(())
}

fn a_case_is_decided_once(market: &Market) -> Result<()> {
    let Ordered { shop, anna, placed, .. } = shipped(market);
    let (order, operator) = (placed.orders[0], market.operator());
    let asks = || Ok::<_, kernel::Error>(anna.asks_back(order, &[(1, 1)], "damaged")?.case);
    let withdrawn = asks()?;
    market.refuses("case_open", asks);
    market.refuses("wrong_state", || operator.rules(withdrawn, true));
    anna.withdraws_case(withdrawn)?;
    let agreed = asks()?;
    shop.agrees(agreed)?;
    let ruled = asks()?;
    shop.disagrees(ruled)?;
    market.refuses("case_decided", || shop.agrees(ruled));
    market.refuses("case_decided", || shop.disagrees(ruled));
    operator.rules(ruled, false)?;
    for case in [withdrawn, agreed, ruled] {
        market.refuses("case_decided", || shop.agrees(case));
        market.refuses("case_decided", || shop.disagrees(case));
        market.refuses("case_decided", || anna.withdraws_case(case));
        market.refuses("case_decided", || operator.rules(case, true));
        market.refuses("case_decided", || operator.rules(case, false));
    }
    let unknown = Id::from_raw(agreed.raw() + (1 << 40));
    market.refuses("not_found", || shop.agrees(unknown));
    market.refuses("not_found", || operator.rules(unknown, true));
    Ok(())
}

fn a_quotation_is_answered_once_and_in_time(market: &Market) -> Result<()> {
    let Street { shop, tea, anna } = street(market);
    let quotes = || shop.quotes(&anna, &[(tea.sku, 1, 75_00)]);
    let draft = shop.drafts_quote(&anna, &[(tea.sku, 1, 75_00)])?;
    market.refuses("quotation_not_open", || anna.accepts(draft));
    market.refuses("quotation_not_open", || anna.declines(draft));
    market.refuses("quotation_not_open", || shop.withdraws_quote(draft));
    let (accepted, declined, withdrawn) = (quotes()?, quotes()?, quotes()?);
    anna.accepts(accepted)?;
    anna.declines(declined)?;
    shop.withdraws_quote(withdrawn)?;
    let late = quotes()?;
    market.later(days(7) - 1)?;
    assert_eq!(market.quotation(late).state, Quoted::Sent);
    market.later(1)?;
    assert_eq!(market.quotation(late).state, Quoted::Expired);
    for ended in [accepted, declined, withdrawn, late] {
        market.refuses("quotation_not_open", || anna.accepts(ended));
        market.refuses("quotation_not_open", || anna.declines(ended));
        market.refuses("quotation_not_open", || shop.withdraws_quote(ended));
        market.refuses("quotation_not_draft", || shop.sends_quote(ended));
    }
    // A timer that has not rung yet keeps nothing open.
    let over = quotes()?;
    market.acts(move |tx| tx.drop_timer(quotation::EXPIRE, over.raw(), over.home()))?;
    market.later(days(7))?;
    assert_eq!(market.quotation(over).state, Quoted::Sent);
    market.refuses("quotation_expired", || anna.accepts(over));
    shop.withdraws_quote(over)
}
