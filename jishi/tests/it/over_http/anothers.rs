//! Another's order, address, quotation, shop: outside they are not there, page and interface alike, and inside it is
//! written down who tried.

use super::{Visitor, calls, nothing_changes, session};
use crate::{
    refusals::access::stage::{self, Stage},
    serving,
};
use jishi::serve::Running;
use kernel::{Id, Result, kinds};
use serde_json::json;
use testkit::{Market, Person};

testkit::stories![
    anothers_pages_are_not_there,
    anothers_forms_lead_nowhere,
    anothers_things_are_not_there_for_programs,
    a_shop_is_nobodys_but_its_peoples,
    the_markets_desk_is_not_there_for_others,
];

/// What belongs to Anna.
struct Hers {
    stage: Stage,
    bert: Person,
    order: String,
    trade: String,
    unpaid: String,
    case: String,
    quotation: String,
    address: String,
}

fn hers(market: &Market) -> Hers {
    let (mut stage, _) = Stage::set(market, stage::nothing);
    let case = Id::<kinds::Case>::from_raw(stage::case(&mut stage)).to_string();
    let quotation = Id::<kinds::Quotation>::from_raw(stage::open_quote(&mut stage)).to_string();
    let address = Id::<kinds::Address>::from_raw(stage::address(&mut stage)).to_string();
    let unpaid = Id::<kinds::Trade>::from_raw(stage::unpaid_trade(&mut stage)).to_string();
    let (order, trade) = (stage.order().to_string(), stage.placed.trade.to_string());
    let bert = market.buyer("bert");
    market.works().unwrap();
    Hers { stage, bert, order, trade, unpaid, case, quotation, address }
}

/// What a page says went wrong, without what differs from one request to the next.
fn wrong(body: &str) -> &str {
    let section = body.split_once("<section class=\"wrong-page\">").map(|(_, rest)| rest);
    section.and_then(|rest| rest.split("</section>").next()).unwrap_or("no such page")
}

/// Another buyer, a guest, a shop's owner.
fn others(hers: &Hers, running: &Running) -> Vec<(Person, Visitor)> {
    let others = [hers.bert.clone(), hers.stage.gina.clone(), hers.stage.rival.person().clone()];
    others.into_iter().map(|person| (person.clone(), Visitor::person(running, &person))).collect()
}

/// How often an act was refused because the thing was another's.
fn tried(market: &Market) -> i64 {
    let counted = market.asks(|read| {
        let mut count = 0;
        read.ask("select count(*) from store_audit where outcome = 'forbidden'", |row| {
            count = row.get(0)?;
            Ok(())
        })?;
        Ok(count)
    });
    counted.unwrap()
}

fn anothers_pages_are_not_there(market: &Market) -> Result<()> {
    let hers = hers(market);
    let running = serving::up(market);
    let made_up = |of: &str| of.replace(|c: char| c.is_ascii_digit(), "7");
    let anna = Visitor::person(&running, &hers.stage.anna);
    let others = others(&hers, &running);
    let Hers { order, trade, unpaid, quotation, .. } = &hers;
    for (path, id) in [
        (format!("/orders/{order}"), order),
        (format!("/orders/{order}/refund"), order),
        (format!("/trades/{trade}"), trade),
        (format!("/trades/{unpaid}/pay"), unpaid),
        (format!("/quotations/{quotation}"), quotation),
    ] {
        assert!([200, 303].contains(&anna.gets(&path).status), "{path} is there for her");
        for (_, other) in &others {
            let said = nothing_changes(market, || other.gets(&path));
            assert_eq!(said.status, 404, "{path}");
            let nowhere = other.gets(&path.replace(id.as_str(), &made_up(id)));
            assert_eq!((nowhere.status, wrong(&nowhere.body)), (404, wrong(&said.body)), "{path} is told apart");
        }
        let nobody = Visitor::nobody(&running).gets(&path);
        assert_eq!((nobody.status, nobody.location.starts_with("/login?next=%2F")), (303, true), "{path}");
    }
    drop(running);
    market.works()
}

fn anothers_forms_lead_nowhere(market: &Market) -> Result<()> {
    let hers = hers(market);
    let running = serving::up(market);
    let others = others(&hers, &running);
    let Hers { order, unpaid, case, quotation, address, .. } = &hers;
    let sku = hers.stage.tea.sku.to_string();
    let line = format!("{sku} 1");
    let bought = [
        ("line", line.as_str()),
        ("address", address.as_str()),
        ("seen", "88.00 CNY"),
        ("contact.email", "x@example.com"),
    ];
    for (path, fields) in [
        (format!("/orders/{order}/confirm"), &[][..]),
        (format!("/orders/{order}/extend"), &[]),
        (format!("/orders/{order}/cases/{case}/withdraw"), &[]),
        (format!("/orders/{order}/refund"), &[("units.1", "1"), ("reason", "damaged")]),
        (format!("/trades/{unpaid}/pay"), &[("channel", "sandbox")]),
        (format!("/trades/{unpaid}/cancel"), &[]),
        (format!("/quotations/{quotation}/accept"), &[]),
        (format!("/quotations/{quotation}/decline"), &[]),
        ("/account/addresses/remove".to_owned(), &[("address", address)]),
        ("/checkout".to_owned(), &bought),
    ] {
        let before = tried(market);
        for (_, other) in &others {
            let said = nothing_changes(market, || other.sends(&path, fields));
            assert_eq!(said.status, 404, "{path}: {}", said.body);
        }
        // A refund's lines are read before anything is done.
        if !path.ends_with("/refund") {
            assert!(tried(market) > before, "{path}: nobody wrote down that it was tried");
        }
        let nobody = nothing_changes(market, || Visitor::nobody(&running).sends(&path, fields));
        assert!(matches!(nobody.status, 303 | 404), "{path}: {} {}", nobody.status, nobody.location);
        assert!(nobody.status == 404 || nobody.location.starts_with("/login"), "{path}: {}", nobody.location);
    }
    drop(running);
    market.works()
}

fn anothers_things_are_not_there_for_programs(market: &Market) -> Result<()> {
    let hers = hers(market);
    let running = serving::up(market);
    let Hers { order, trade, unpaid, case, quotation, address, .. } = &hers;
    let lines = json!([{ "sku": hers.stage.tea.sku.to_string(), "units": 1 }]);
    let tries = [
        ("GET", format!("/orders/{order}"), None),
        ("GET", format!("/trades/{trade}"), None),
        ("GET", format!("/quotations/{quotation}"), None),
        ("POST", format!("/orders/{order}/confirm"), None),
        ("POST", format!("/orders/{order}/extend"), None),
        ("POST", format!("/trades/{unpaid}/payments"), Some(json!({ "channel": "sandbox" }))),
        ("POST", format!("/trades/{unpaid}/cancel"), None),
        ("POST", format!("/cases/{case}/withdraw"), None),
        ("POST", format!("/quotations/{quotation}/accept"), None),
        ("POST", format!("/quotations/{quotation}/decline"), None),
        ("DELETE", format!("/addresses/{address}"), None),
        ("POST", "/trades".to_owned(), Some(json!({ "lines": lines, "address": address }))),
    ];
    for person in [hers.bert.clone(), hers.stage.gina.clone(), hers.stage.rival.person().clone()] {
        let token = session(&person);
        for (method, path, body) in &tries {
            let (said, problem) = nothing_changes(market, || calls(&running, &token, method, path, body.as_ref()));
            assert_eq!((said.status, problem["code"].as_str()), (404, Some("not_found")), "{method} {path}: {problem}");
        }
    }
    let made_up = session(&hers.stage.anna).replace(['1', '2', '3'], "4");
    for (method, path, body) in &tries {
        let (said, problem) = nothing_changes(market, || calls(&running, &made_up, method, path, body.as_ref()));
        assert_eq!((said.status, problem["code"].as_str()), (401, Some("login_needed")), "{method} {path}");
    }
    assert!(tried(market) >= 8);
    drop(running);
    market.works()
}

fn a_shop_is_nobodys_but_its_peoples(market: &Market) -> Result<()> {
    let hers = hers(market);
    let running = serving::up(market);
    let Hers { order, case, quotation, stage, .. } = &hers;
    let (listing, sku) = (stage.tea.listing.to_string(), stage.tea.sku.to_string());
    let pages = [
        "",
        "/orders",
        "/goods",
        "/goods/new",
        "/stock",
        "/refunds",
        "/quotations",
        "/quotations/new",
        "/money",
        "/settings",
        "/find?q=a",
    ];
    let mut pages: Vec<String> = pages.iter().map(|page| format!("/seller/tea-house{page}")).collect();
    pages.extend(
        [("orders", order), ("quotations", quotation), ("goods", &listing), ("stock", &sku)]
            .map(|(of, id)| format!("/seller/tea-house/{of}/{id}")),
    );
    let acts: [(String, &[(&str, &str)]); 9] = [
        (format!("orders/{order}/ship"), &[("carrier", "sf"), ("waybill", "1")]),
        (format!("orders/{order}/refund"), &[("whole", "1"), ("reason", "agreed")]),
        (format!("refunds/{case}/agree"), &[]),
        (format!("quotations/{quotation}/withdraw"), &[]),
        (format!("goods/{listing}/delist"), &[]),
        (format!("stock/{sku}/correct"), &[("on_hand", "1")]),
        ("money/payout".to_owned(), &[("amount", "1")]),
        ("settings/freight".to_owned(), &[("fee", "1")]),
        (
            "settings/staff".to_owned(),
            &[("login", "anna@example.com"), ("permission", "shop.money"), ("granted", "yes")],
        ),
    ];
    let rival = stage.rival.person();
    for person in [stage.anna.clone(), rival.clone()] {
        let visitor = Visitor::person(&running, &person);
        for path in &pages {
            let said = nothing_changes(market, || visitor.gets(path));
            assert_eq!(said.status, 404, "{path}");
            assert!(!said.body.contains("longjing"), "{path}");
        }
        for (act, fields) in &acts {
            let said = nothing_changes(market, || visitor.sends(&format!("/seller/tea-house/{act}"), fields));
            assert_eq!(said.status, 404, "{act}: {}", said.body);
        }
    }
    // Nor by way of one's own shop.
    let visitor = Visitor::person(&running, rival);
    for (of, id) in [("orders", order), ("quotations", quotation), ("goods", &listing), ("stock", &sku)] {
        assert_eq!(visitor.gets(&format!("/seller/china-house/{of}/{id}")).status, 404, "{of}");
    }
    for (act, fields) in acts.iter().filter(|(act, _)| act.contains('_')) {
        let said = nothing_changes(market, || visitor.sends(&format!("/seller/china-house/{act}"), fields));
        // That the goods are there is nobody's secret; whose they are decides.
        assert!([403, 404].contains(&said.status), "{act} by way of one's own shop: {}", said.body);
    }
    drop(running);
    market.works()
}

fn the_markets_desk_is_not_there_for_others(market: &Market) -> Result<()> {
    let hers = hers(market);
    let running = serving::up(market);
    let shop = hers.stage.shop.id;
    let acts = [
        (format!("/ops/shops/{shop}/freeze"), &[("why", "x")][..]),
        (format!("/ops/cases/{}/rule", hers.case), &[("verdict", "refuse"), ("words", "x")]),
        ("/ops/settings/settle_days".to_owned(), &[("settle_days", "1")]),
    ];
    for person in [hers.stage.anna.clone(), hers.stage.shop.person().clone()] {
        let visitor = Visitor::person(&running, &person);
        for path in [
            "/ops",
            "/ops/shops",
            "/ops/goods",
            "/ops/orders",
            "/ops/cases",
            "/ops/ledger",
            "/ops/audit",
            "/ops/settings",
            "/ops/timers",
            "/ops/outbox",
            "/ops/stuck",
            "/ops/find?q=a",
        ] {
            let said = nothing_changes(market, || visitor.gets(path));
            assert_eq!(said.status, 404, "{path}");
        }
        for (path, fields) in &acts {
            let said = nothing_changes(market, || visitor.sends(path, fields));
            assert!([403, 404].contains(&said.status), "{path}: {} {}", said.status, said.body);
        }
    }
    drop(running);
    market.works()
}
