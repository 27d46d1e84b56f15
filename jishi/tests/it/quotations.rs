//! Offers of a seller to one buyer.

use kernel::Result;
use order::State as OrderState;
use quotation::State;
use testkit::{Market, cny, days, minutes};

testkit::stories![
    an_accepted_quotation_is_an_unpaid_order_at_the_agreed_price,
    a_quotation_is_declined_or_withdrawn_once,
    a_quotation_expires_after_seven_days,
    a_draft_is_nobody_elses_business,
    a_quotation_that_cannot_be_served_is_not_accepted,
    a_quotation_binds_no_limit_for_people_but_those_of_quotations,
];

fn an_accepted_quotation_is_an_unpaid_order_at_the_agreed_price(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let longjing = shop.sells("longjing", cny(88_00)).stock(10);
    let anna = market.buyer("anna");
    let quote = shop.quotes(&anna, &[(longjing.sku, 4, 75_00), (longjing.sku, 1, 70_00)])?;
    assert_eq!(longjing.available(), 10);
    let stranger = market.stranger();
    market.refuses("not_found", || stranger.accepts(quote));
    market.refuses("not_found", || shop.accepts(quote));
    let placed = anna.accepts(quote)?;
    assert_eq!((placed.amount, longjing.available()), (cny(370_00), 5));
    assert_eq!(market.quotation(quote).state, State::Accepted);
    market.refuses("quotation_not_open", || anna.accepts(quote));
    // The usual rule holds: unpaid it closes, and the stock goes back.
    market.later(minutes(30))?;
    assert_eq!((market.order(placed.orders[0]).state, longjing.available()), (OrderState::Closed, 10));
    Ok(())
}

fn a_quotation_is_declined_or_withdrawn_once(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let longjing = shop.sells("longjing", cny(88_00)).stock(10);
    let anna = market.buyer("anna");
    let (one, other) =
        (shop.quotes(&anna, &[(longjing.sku, 4, 75_00)])?, shop.quotes(&anna, &[(longjing.sku, 1, 75_00)])?);
    let stranger = market.stranger();
    market.refuses("not_found", || stranger.declines(one));
    market.refuses("not_found", || anna.withdraws_quote(one));
    market.refuses("not_found", || shop.declines(one));
    anna.declines(one)?;
    shop.withdraws_quote(other)?;
    assert_eq!((market.quotation(one).state, market.quotation(other).state), (State::Declined, State::Withdrawn));
    for quote in [one, other] {
        market.refuses("quotation_not_open", || anna.accepts(quote));
        market.refuses("quotation_not_open", || anna.declines(quote));
        market.refuses("quotation_not_open", || shop.withdraws_quote(quote));
    }
    Ok(())
}

fn a_quotation_expires_after_seven_days(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let longjing = shop.sells("longjing", cny(88_00)).stock(10);
    let anna = market.buyer("anna");
    let quote = shop.quotes(&anna, &[(longjing.sku, 4, 75_00)])?;
    market.later(days(7) - 1)?;
    assert_eq!(market.quotation(quote).state, State::Sent);
    market.later(1)?;
    assert_eq!(market.quotation(quote).state, State::Expired);
    market.refuses("quotation_not_open", || anna.accepts(quote));
    Ok(())
}

fn a_draft_is_nobody_elses_business(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let longjing = shop.sells("longjing", cny(88_00)).stock(10);
    let anna = market.buyer("anna");
    let other = market.shop("china-house");
    market.refuses("permission_missing", || shop.by(&other).drafts_quote(&anna, &[(longjing.sku, 4, 75_00)]));
    market.refuses("unknown_sku", || other.drafts_quote(&anna, &[(longjing.sku, 4, 75_00)]));
    let draft = shop.drafts_quote(&anna, &[(longjing.sku, 4, 75_00)])?;
    market.refuses("not_found", || other.sends_quote(draft));
    market.refuses("not_found", || anna.sends_quote(draft));
    market.refuses("quotation_not_open", || anna.accepts(draft));
    shop.staff("lin", &[identity::Permission::ShopQuotations]).sends_quote(draft)?;
    market.refuses("quotation_not_draft", || shop.sends_quote(draft));
    anna.accepts(draft)?;
    Ok(())
}

fn a_quotation_that_cannot_be_served_is_not_accepted(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let longjing = shop.sells("longjing", cny(88_00)).stock(3);
    let anna = market.buyer("anna");
    let quote = shop.quotes(&anna, &[(longjing.sku, 2, 75_00), (longjing.sku, 2, 74_00)])?;
    market.refuses("out_of_stock", || anna.accepts(quote));
    shop.receives(shop.id, &[(longjing.sku, 1)])?;
    market.operator().freezes(shop.id)?;
    market.refuses("shop_frozen", || anna.accepts(quote));
    market.operator().unfreezes(shop.id)?;
    shop.delists(longjing.listing)?;
    market.refuses("listing_not_listed", || anna.accepts(quote));
    assert_eq!(market.quotation(quote).state, State::Sent);
    Ok(())
}

fn a_quotation_binds_no_limit_for_people_but_those_of_quotations(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let longjing = shop.sells("longjing", cny(88_00)).stock(1_000);
    let anna = market.buyer("anna");
    let lines = vec![(longjing.sku, 1, 1_00); 121];
    let wanted = vec![(longjing.sku, 1); 121];
    market.refuses("too_many", || anna.buys(&wanted));
    let quote = shop.quotes(&anna, &lines)?;
    assert_eq!(anna.accepts(quote)?.amount, cny(121_00));
    market.refuses("too_many", || shop.quotes(&anna, &vec![(longjing.sku, 1, 1_00); 5_001]));
    Ok(())
}
