//! How things stand: a frozen shop sells nothing, a variant off sale is bought by nobody, on neither face.

use super::{Visitor, calls, nothing_changes, session};
use crate::{
    refusals::access::stage::{self, Stage},
    serving,
};
use kernel::{Id, Result, kinds};
use serde_json::json;
use testkit::Market;

testkit::stories![a_frozen_shop_sells_nothing, a_variant_off_sale_is_not_bought];

/// What everybody tries who would still like to have the tea.
fn nobody_buys(market: &Market, stage: &mut Stage, code: &str, stop: impl FnOnce(&Stage)) {
    let address = Id::<kinds::Address>::from_raw(stage::address(stage)).to_string();
    let quotation = Id::<kinds::Quotation>::from_raw(stage::open_quote(stage)).to_string();
    stage::in_cart(stage);
    stop(stage);
    market.works().unwrap();
    let running = serving::up(market);
    let (anna, token) = (Visitor::person(&running, &stage.anna), session(&stage.anna));
    let sku = stage.tea.sku.to_string();
    let recipient = serde_json::to_value(testkit::recipient()).unwrap();
    let lines = json!([{ "sku": sku, "units": 1 }]);
    for (method, path, body) in [
        ("POST", "/trades".to_owned(), Some(json!({ "lines": lines, "recipient": recipient }))),
        ("PUT", format!("/cart/{sku}"), Some(json!({ "units": 3 }))),
        ("POST", format!("/quotations/{quotation}/accept"), None),
    ] {
        let (said, problem) = nothing_changes(market, || calls(&running, &token, method, &path, body.as_ref()));
        assert_eq!((said.status, problem["code"].as_str()), (409, Some(code)), "{path}: {problem}");
    }
    let line = format!("{sku} 1");
    let guests = [
        ("contact.email", "g@example.com"),
        ("recipient.name", "g"),
        ("recipient.phone", "1"),
        ("recipient.country", "CN"),
        ("recipient.lines", "x"),
    ];
    let guests = [&[("line", line.as_str()), ("seen", "88.00 CNY")], &guests[..]].concat();
    let nobody = Visitor::nobody(&running);
    for (visitor, path, fields) in [
        (&anna, "/cart/lines".to_owned(), &[("sku", sku.as_str()), ("units", "1")][..]),
        (&anna, "/cart/lines/set".to_owned(), &[("sku", &sku), ("units", "1")]),
        (&anna, "/checkout".to_owned(), &[("line", &line), ("address", &address), ("seen", "88.00 CNY")]),
        (&anna, format!("/quotations/{quotation}/accept"), &[]),
        (&nobody, "/checkout".to_owned(), &guests),
    ] {
        let said = nothing_changes(market, || visitor.sends(&path, fields));
        assert_eq!(said.status, 409, "{path}: {} {}", said.location, said.body);
        assert!(said.body.contains("role=\"alert\"") || said.body.contains("wrong-page"), "{path}: {}", said.body);
    }
    // What was there before can still be looked at, and says what it is.
    for path in ["/cart", "/checkout", &format!("/checkout?sku={sku}&units=1"), &format!("/quotations/{quotation}")] {
        let said = nothing_changes(market, || anna.gets(path));
        assert!(matches!(said.status, 200 | 303), "{path}: {} {}", said.status, said.body);
    }
    drop(running);
    market.works().unwrap();
}

fn a_frozen_shop_sells_nothing(market: &Market) -> Result<()> {
    let (mut stage, _) = Stage::set(market, stage::nothing);
    nobody_buys(market, &mut stage, "shop_frozen", |stage| market.operator().freezes(stage.shop.id).unwrap());
    // Nor does its owner open it again by himself, on either face.
    let running = serving::up(market);
    let (owner, token) = (Visitor::person(&running, stage.shop.person()), session(stage.shop.person()));
    let shop = stage.shop.id;
    let said = nothing_changes(market, || owner.sends("/seller/tea-house/open", &[]));
    assert!((400..500).contains(&said.status), "{} {}", said.status, said.location);
    let said = nothing_changes(market, || owner.sends(&format!("/ops/shops/{shop}/unfreeze"), &[("why", "please")]));
    assert_eq!(said.status, 403);
    let open = format!("/seller/shops/{shop}/open");
    let (said, problem) = nothing_changes(market, || calls(&running, &token, "POST", &open, None));
    assert_eq!(said.status, 409, "{problem}");
    let unfreeze = format!("/operator/shops/{shop}/unfreeze");
    let (said, problem) =
        nothing_changes(market, || calls(&running, &token, "POST", &unfreeze, Some(&json!({ "why": "x" }))));
    assert_eq!(said.status, 403, "{problem}");
    drop(running);
    market.works()
}

fn a_variant_off_sale_is_not_bought(market: &Market) -> Result<()> {
    let (mut stage, _) = Stage::set(market, stage::nothing);
    nobody_buys(market, &mut stage, "sku_delisted", |stage| {
        stage.shop.switches(stage.tea.sku, catalog::SkuState::Off).unwrap();
    });
    Ok(())
}
