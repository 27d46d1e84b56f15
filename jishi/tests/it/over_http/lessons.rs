//! Lessons about pages and about what is posted: who says that an order is paid, and whether a seller finds his way.
//! Whose they were stands in docs/lessons.md.

use super::{
    Visitor, asks,
    callbacks::{paid_and_not_told, paid_at, posts, says},
    calls, html, nothing_changes, session,
};
use crate::{
    refusals::access::stage::{self, Stage},
    serving,
};
use jishi::open::provider_keys;
use kernel::Result;
use ledger::Account;
use order::State;
use sandbox::Mischief;
use serde_json::json;
use std::{sync::Barrier, thread};
use testkit::{Market, Street, cny, days, minutes, street};

testkit::stories![
    lesson_22_money_told_of_twice_over_http_is_captured_once,
    lesson_22_a_late_notice_over_http_revives_nothing,
    lesson_23_no_address_of_the_market_makes_an_order_paid,
    lesson_33_a_seller_comes_from_the_application_to_the_sale,
    lesson_33_a_shop_that_has_set_no_freight_sells,
    lesson_33_the_market_sees_every_seller,
    lesson_33_what_is_refused_reaches_the_seller,
];

/// saleor/saleor#7399 over the wire: the same notice in eight requests at once, and again afterwards.
fn lesson_22_money_told_of_twice_over_http_is_captured_once(market: &Market) -> Result<()> {
    let (street, payment, running) = paid_and_not_told(market);
    let body = serde_json::to_vec(&paid_at(market, payment, cny(264_00))).unwrap();
    let signature = provider_keys().sign(market.now(), &body);
    let start = Barrier::new(8);
    let tells = || {
        start.wait();
        posts(&running, "sandbox", &signature, &body).status
    };
    let told: Vec<u16> = thread::scope(|scope| {
        let all: Vec<_> = (0..8).map(|_| scope.spawn(tells)).collect();
        all.into_iter().map(|one| one.join().expect("nobody panics")).collect()
    });
    // Whoever came while the first was being written down comes again.
    assert!(told.iter().all(|status| matches!(status, 204 | 409)) && told.contains(&204), "{told:?}");
    market.works()?;
    assert_eq!(nothing_changes(market, || posts(&running, "sandbox", &signature, &body).status), 204);
    let found = market.payment(payment);
    assert_eq!((found.captured, found.refunded, market.owes(Account::Escrow)), (264_00, 0, 264_00));
    assert_eq!(market.order(street.order()).state, State::Paid);
    drop(running);
    Ok(())
}

/// saleor/saleor PR 9504 over the wire: the order was cancelled, and the notice of its payment comes late.
fn lesson_22_a_late_notice_over_http_revives_nothing(market: &Market) -> Result<()> {
    let (ordered, payment, running) = paid_and_not_told(market);
    let visitor = Visitor::person(&running, &ordered.anna);
    let cancelled = visitor.sends(&format!("/trades/{}/cancel", ordered.placed.trade), &[]);
    assert_eq!(cancelled.status, 303, "{}", cancelled.body);
    for _ in 0..3 {
        assert_eq!(says(market, &running, &paid_at(market, payment, cny(264_00))).status, 204);
    }
    market.works()?;
    assert_eq!((market.order(ordered.order()).state, ordered.tea.available()), (State::Closed, 20));
    let found = market.payment(payment);
    let refunds = market.asks(move |read| payment::refunds_of(read, payment))?.len();
    assert_eq!((found.captured, refunds, market.owes(Account::Escrow)), (0, 1, 0));
    let page = visitor.gets(&format!("/trades/{}", ordered.placed.trade));
    assert_eq!(page.status, 200, "{}", page.body);
    drop(running);
    market.later(minutes(2))?;
    assert_eq!((market.owes(Account::RefundTransit), market.balance(Account::Channel)), (0, 0));
    Ok(())
}

/// newbee-mall#100: an address that anybody could call marked any order as paid.
fn lesson_23_no_address_of_the_market_makes_an_order_paid(market: &Market) -> Result<()> {
    let Street { anna, tea, .. } = street(market);
    let placed = anna.buys(&[(tea.sku, 3)])?;
    market.provider_plays(Mischief::Delay, days(2))?;
    let payment = anna.opens_payment(placed.trade)?.expect("there is something to pay");
    let (trade, order) = (placed.trade, placed.orders[0]);
    let (stranger, operator) = (market.stranger(), market.operator());
    let people = [&anna, &stranger, &operator];
    market.works()?;
    let running = serving::up(market);
    let body = serde_json::to_vec(&paid_at(market, payment, cny(264_00))).unwrap();
    let fields = [("state", "paid"), ("status", "success"), ("paid", "1"), ("channel", "sandbox")];
    for person in people {
        let (visitor, token) = (Visitor::person(&running, person), session(person));
        let bearer = format!("Bearer {token}");
        for path in ["paySuccess", "pay/success", "paid", "return", "notify", "payments", "pay?status=success&paid=1"] {
            for path in [format!("/trades/{trade}/{path}"), format!("/orders/{order}/{path}")] {
                let said = nothing_changes(market, || visitor.gets(&path));
                assert!(matches!(said.status, 200 | 303 | 404), "{path}: {}", said.status);
                let said = nothing_changes(market, || visitor.sends(&path, &fields));
                assert!((400..500).contains(&said.status), "{path}: {} {}", said.status, said.location);
                let body = json!({ "channel": "sandbox", "state": "paid" });
                let (said, _) = nothing_changes(market, || calls(&running, &token, "POST", &path, Some(&body)));
                assert!((400..500).contains(&said.status), "{path}: {}", said.body);
            }
        }
        let returned =
            nothing_changes(market, || visitor.gets(&format!("/trades/{trade}?status=success&paid=1&state=paid")));
        assert!(matches!(returned.status, 200 | 404));
        // A session is no signature, whoever's it is.
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        let said = nothing_changes(market, || asks(&running, "POST", "/callbacks/sandbox", &headers, &body));
        assert_eq!(said.status, 401, "{}", said.body);
    }
    assert_eq!((market.order(order).state, market.owes(Account::Escrow)), (State::Unpaid, 0));
    drop(running);
    market.works()
}

/// The form of a page with these fields, filled in, sent.
fn fills(visitor: &Visitor, page: &str, action: &str, typed: &[(&str, &str)]) -> serving::Answered {
    let shown = visitor.gets(page);
    let form = html::forms(&shown.body).into_iter().find(|form| form.posts && form.action == action);
    let mut form = form.unwrap_or_else(|| panic!("{page} has no form to {action}: {}", shown.body));
    for (name, value) in typed {
        match form.fields.iter_mut().find(|(known, _)| known == name) {
            Some((_, kept)) => (*value).clone_into(kept),
            // A box or a choice that the page offers in more than one way.
            None => form.fields.push(((*name).to_owned(), (*value).to_owned())),
        }
    }
    let fields: Vec<_> = form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    visitor.client.posts(action, &fields)
}

#[track_caller]
fn leads_on(said: &serving::Answered) -> String {
    assert_eq!(said.status, 303, "{}", said.body);
    said.location.split('?').next().unwrap_or_default().to_owned()
}

const PAPERS: [(&str, &str); 7] = [
    ("legal_name", "张三"),
    ("id_card_number", "11010519491231002X"),
    ("id_card_country", "CN"),
    ("id_card_issuer", "公安局"),
    ("name", "米店"),
    ("slug", "rice-house"),
    ("currency", "CNY"),
];

/// mercurjs/vendor-panel#308: a seller could not get past the setting up of freight. Here the whole way is walked by
/// pages alone, and freight stands nowhere in it.
fn lesson_33_a_seller_comes_from_the_application_to_the_sale(market: &Market) -> Result<()> {
    let tea = market.shop("tea-house").sells("longjing", cny(88_00)).stock(1);
    let (zhang, operator) = (market.buyer("zhang"), market.operator());
    market.works()?;
    let running = serving::up(market);
    let (seller, ops) = (Visitor::person(&running, &zhang), Visitor::person(&running, &operator));
    let console = leads_on(&fills(&seller, "/sell/apply?kind=personal", "/sell/apply", &PAPERS));
    assert_eq!(console, "/seller/rice-house");
    assert_eq!(leads_on(&fills(&seller, &console, "/seller/rice-house/submit", &[])), console);
    let shop =
        market.asks(|read| merchant::shop_by_slug(read, &"rice-house".parse()?))?.expect("it was applied for").id;
    let page = format!("/ops/shops/{shop}");
    assert_eq!(ops.sends(&format!("{page}/review"), &[("verdict", "approve")]).status, 303);
    assert_eq!(leads_on(&fills(&seller, &console, "/seller/rice-house/sign", &[("read", "1")])), console);
    let due = market.asks(move |read| merchant::shop(read, shop))?.deposit_due;
    let due = door::format::typed(due);
    let paid = ops.sends(&format!("{page}/deposit"), &[("amount", &due), ("channel", "sandbox")]);
    assert_eq!(paid.status, 303, "{}", paid.body);
    assert_eq!(leads_on(&fills(&seller, &console, "/seller/rice-house/open", &[])), console);
    // From the first goods to the first order.
    let listing = tea.listing;
    let category = market.asks(move |read| catalog::head(read, listing))?.category;
    let written = seller.sends(
        "/seller/rice-house/goods/new",
        &[("category", &category.to_string()), ("title_zh", "五常大米"), ("title_en", "Wuchang rice")],
    );
    let goods = leads_on(&written);
    let added = seller.sends(&format!("{goods}/skus"), &[("code", "rice-5"), ("price", "60.00")]);
    assert_eq!(added.status, 303, "{}", added.body);
    assert_eq!(seller.sends(&format!("{goods}/submit"), &[]).status, 303);
    let rice = goods.rsplit('/').next().unwrap_or_default().to_owned();
    let reviewed = fills(
        &ops,
        &format!("/ops/goods/{rice}"),
        &format!("/ops/goods/{rice}/review"),
        &[("verdict", "approve"), ("why", ""), ("rule", "")],
    );
    assert_eq!(reviewed.status, 303, "{}", reviewed.body);
    let head = catalog_skus(market, &rice);
    let received = seller.sends(&format!("/seller/rice-house/stock/{head}/receive"), &[("units", "10")]);
    assert_eq!(received.status, 303, "{}", received.body);
    let anna = market.buyer("anna");
    let address = anna.notes_address(testkit::address_of("Anna")?)?.to_string();
    let buyer = Visitor::person(&running, &anna);
    let line = format!("{head} 1");
    let bought = buyer.sends("/checkout", &[("line", &line), ("address", &address), ("seen", "60.00 CNY")]);
    assert!(leads_on(&bought).starts_with("/trades/"), "{}", bought.location);
    drop(running);
    market.works()
}

/// The first variant of a listing.
fn catalog_skus(market: &Market, listing: &str) -> String {
    let listing = listing.parse().unwrap();
    market.asks(move |read| catalog::listing(read, listing)).unwrap().skus[0].id.to_string()
}

/// The same from the other side: freight is a matter of a fee, which is none until one is set.
fn lesson_33_a_shop_that_has_set_no_freight_sells(market: &Market) -> Result<()> {
    let Street { shop, tea, anna } = street(market);
    let address = anna.notes_address(testkit::address_of("Anna")?)?.to_string();
    market.works()?;
    let running = serving::up(market);
    let (buyer, seller) = (Visitor::person(&running, &anna), Visitor::person(&running, shop.person()));
    let line = format!("{} 1", tea.sku);
    let buys = |seen: &str| buyer.sends("/checkout", &[("line", &line), ("address", &address), ("seen", seen)]);
    assert_eq!(buys("88.00 CNY").status, 303);
    let freight = "/seller/tea-house/settings/freight";
    let wrong = nothing_changes(market, || seller.sends(freight, &[("fee", "eight"), ("free_over", "100.00")]));
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("id=\"fee-wrong\"") && wrong.body.contains("value=\"eight\""), "{}", wrong.body);
    assert!(wrong.body.contains("value=\"100.00\""), "what was right stays: {}", wrong.body);
    assert_eq!(seller.sends(freight, &[("fee", "8.00"), ("free_over", "")]).status, 303);
    let stale = nothing_changes(market, || buys("88.00 CNY"));
    assert_eq!(stale.status, 409, "{}", stale.body);
    assert_eq!(buys("96.00 CNY").status, 303);
    drop(running);
    market.works()
}

/// mercurjs/mercur#175: the market's own desk showed no sellers.
fn lesson_33_the_market_sees_every_seller(market: &Market) -> Result<()> {
    let opened: Vec<_> = (0..30).map(|n| market.shop(&format!("house-{n}")).id.to_string()).collect();
    let waits: Vec<_> = (0..3).map(|n| market.applicant(&format!("silk-{n}"), 1).1.shop.to_string()).collect();
    market.works()?;
    let running = serving::up(market);
    let operator = market.operator();
    let (ops, token) = (Visitor::person(&running, &operator), session(&operator));
    let mut waiting =
        vec!["/ops/shops".to_owned(), "/ops/shops?state=open".to_owned(), "/ops/shops?state=submitted".to_owned()];
    let (mut seen, mut pages) = (std::collections::BTreeSet::new(), String::new());
    while let Some(path) = waiting.pop() {
        if seen.insert(path.clone()) && seen.len() < 60 {
            let said = ops.gets(&path);
            assert_eq!(said.status, 200, "{path}");
            waiting.extend(html::links(&said.body).into_iter().filter(|link| link.starts_with("/ops/shops?")));
            pages += &said.body;
        }
    }
    for shop in opened.iter().chain(&waits) {
        assert!(pages.contains(shop.as_str()), "{shop} stands on no page of the market's desk");
        assert_eq!(ops.gets(&format!("/ops/shops/{shop}")).status, 200);
    }
    let (said, _) = calls(&running, &token, "GET", "/operator/shops", None);
    assert_eq!(said.status, 200, "{}", said.body);
    drop(running);
    market.works()
}

/// mercurjs/mercur#1359: what the market refused never reached the seller. Here it stands on the seller's page, with why.
fn lesson_33_what_is_refused_reaches_the_seller(market: &Market) -> Result<()> {
    let (mut stage, _) = Stage::set(market, stage::nothing);
    let listing = kernel::Id::<kernel::kinds::Listing>::from_raw(stage::listing_in_review(&mut stage));
    let (zhang, applied) = market.applicant("silk-house", 1);
    market.works()?;
    let running = serving::up(market);
    let (ops, owner, zhangs) = (
        Visitor::person(&running, &market.operator()),
        Visitor::person(&running, stage.shop.person()),
        Visitor::person(&running, &zhang),
    );
    let why = "the picture shows another tea";
    let review = format!("/ops/goods/{listing}/review");
    let blank = nothing_changes(market, || {
        ops.sends(&review, &[("verdict", "refuse"), ("version", "1"), ("why", ""), ("rule", "")])
    });
    assert_eq!(blank.status, 422, "a refusal says why: {}", blank.body);
    let said = fills(
        &ops,
        &format!("/ops/goods/{listing}"),
        &review,
        &[("verdict", "refuse"), ("why", why), ("rule", "pictures 3")],
    );
    assert_eq!(said.status, 303, "{}", said.body);
    let page = owner.gets(&format!("/seller/tea-house/goods/{listing}")).body;
    assert!(page.contains(why) && page.contains("pictures 3"), "{page}");
    assert!(owner.gets("/seller/tea-house").body.contains("/seller/tea-house/goods?state=refused"));
    assert!(owner.gets("/seller/tea-house/goods?state=refused").body.contains(&listing.to_string()));
    let words = "the identity card has expired";
    let said = ops.sends(&format!("/ops/shops/{}/review", applied.shop), &[("verdict", "return"), ("why", words)]);
    assert_eq!(said.status, 303, "{}", said.body);
    assert!(zhangs.gets("/seller/silk-house").body.contains(words));
    // And he can mend it and hand it in again.
    let again = fills(&zhangs, "/seller/silk-house", "/seller/silk-house/submit", &[]);
    assert_eq!(again.status, 303, "{}", again.body);
    drop(running);
    market.works()
}
