//! Quantities that are none, prices that nobody asked the buyer for, fields that nobody knows.

use super::{Visitor, calls, nothing_changes, session};
use crate::{
    refusals::access::stage::{self, Stage},
    serving,
};
use kernel::Result;
use serde_json::{Value, json};
use testkit::Market;

testkit::stories![
    what_is_no_quantity_is_refused_by_programs,
    what_is_no_quantity_is_refused_on_pages,
    nobody_names_his_own_price,
];

fn recipient() -> Value {
    serde_json::to_value(testkit::recipient()).unwrap()
}

fn no_quantities() -> Vec<Value> {
    let more_than_there_is: Value = serde_json::from_str("99999999999999999999999999").unwrap();
    vec![
        json!(0),
        json!(-1),
        json!(i64::MAX),
        json!(i64::MIN),
        more_than_there_is,
        json!(1.5),
        json!("1"),
        json!(null),
        json!([1]),
        json!(true),
    ]
}

fn what_is_no_quantity_is_refused_by_programs(market: &Market) -> Result<()> {
    let (stage, _) = Stage::set(market, stage::nothing);
    market.works()?;
    let running = serving::up(market);
    let (anna, owner) = (session(&stage.anna), session(stage.shop.person()));
    let (sku, shop, order) = (stage.tea.sku.to_string(), stage.shop.id.to_string(), stage.order().to_string());
    for units in no_quantities() {
        let lines = json!([{ "sku": sku, "units": units }]);
        let quote = json!({ "shop": shop, "buyer": stage.anna.id.to_string(), "currency": "CNY",
            "lines": [{ "sku": sku, "units": units, "unit_price": 1 }] });
        let price = json!({ "price": { "minor": 100, "currency": "CNY" }, "from": units });
        for (token, method, path, body) in [
            (&anna, "POST", "/trades".to_owned(), json!({ "lines": lines, "recipient": recipient() })),
            (&anna, "POST", "/purchases/preview".to_owned(), json!({ "lines": lines })),
            (&anna, "PUT", format!("/cart/{sku}"), json!({ "units": units })),
            (
                &anna,
                "POST",
                "/refunds".to_owned(),
                json!({ "order": order, "lines": [[1, units]], "reason": "changed_mind" }),
            ),
            (&owner, "POST", "/seller/receipts".to_owned(), json!({ "shop": shop, "lines": [[sku, units]] })),
            (&owner, "POST", "/seller/quotations/offers".to_owned(), quote),
            (
                &owner,
                "POST",
                "/seller/shipments".to_owned(),
                json!({ "order": order, "lines": [[1, units]], "carrier": "sf", "waybill": "1" }),
            ),
            (&owner, "PUT", format!("/seller/skus/{sku}/price"), price),
        ] {
            let (said, problem) = nothing_changes(market, || calls(&running, token, method, &path, Some(&body)));
            assert!((400..500).contains(&said.status), "{path} with {units}: {} {problem}", said.status);
            assert!(
                problem["code"].is_string() && said.header("content-type") == "application/problem+json",
                "{problem}"
            );
        }
    }
    for (lines, code) in [(json!([]), "no_lines"), (json!(vec![json!({ "sku": sku, "units": 1 }); 10_000]), "")] {
        let body = json!({ "lines": lines, "recipient": recipient() });
        let (said, problem) = nothing_changes(market, || calls(&running, &anna, "POST", "/trades", Some(&body)));
        assert!(
            (400..500).contains(&said.status) && problem["code"].as_str().is_some_and(|said| said.contains(code)),
            "{problem}"
        );
    }
    drop(running);
    market.works()
}

fn what_is_no_quantity_is_refused_on_pages(market: &Market) -> Result<()> {
    let (mut stage, _) = Stage::set(market, stage::nothing);
    stage::in_cart(&mut stage);
    stage::address(&mut stage);
    market.works()?;
    let running = serving::up(market);
    let (anna, owner) = (Visitor::person(&running, &stage.anna), Visitor::person(&running, stage.shop.person()));
    let (sku, order) = (stage.tea.sku.to_string(), stage.order());
    for units in [
        "",
        "0",
        "-1",
        "1.5",
        "1e3",
        "x",
        "+",
        "9223372036854775807",
        "-9223372036854775808",
        "99999999999999999999999999",
    ] {
        let line = format!("{sku} {units}");
        let address = [
            ("line", line.as_str()),
            ("seen", "88.00 CNY"),
            ("recipient.name", "a"),
            ("recipient.phone", "1"),
            ("recipient.country", "CN"),
            ("recipient.lines", "x"),
        ];
        for (visitor, path, fields) in [
            (&anna, "/cart/lines".to_owned(), &[("sku", sku.as_str()), ("units", units)][..]),
            (&anna, "/cart/lines/set".to_owned(), &[("sku", &sku), ("units", units)]),
            (&anna, "/checkout".to_owned(), &address),
            (&anna, format!("/orders/{order}/refund"), &[("units.1", units), ("reason", "changed_mind")]),
            (&owner, format!("/seller/tea-house/stock/{sku}/receive"), &[("units", units)]),
            (
                &owner,
                format!("/seller/tea-house/orders/{order}/ship"),
                &[("carrier", "sf"), ("waybill", "1"), ("ship.1", if units.is_empty() { "0" } else { units })],
            ),
        ] {
            let said = nothing_changes(market, || visitor.sends(&path, fields));
            assert!((400..500).contains(&said.status), "{path} with {units:?}: {} {}", said.status, said.location);
            assert!(said.body.contains("role=\"alert\"") || said.body.contains("wrong-page"), "{path}: {}", said.body);
        }
        let looked = nothing_changes(market, || anna.gets(&format!("/checkout?sku={sku}&units={units}")));
        assert!(looked.status < 500, "{units}: {}", looked.body);
    }
    drop(running);
    market.works()
}

fn nobody_names_his_own_price(market: &Market) -> Result<()> {
    let (mut stage, _) = Stage::set(market, stage::nothing);
    let address = kernel::Id::<kernel::kinds::Address>::from_raw(stage::address(&mut stage)).to_string();
    market.works()?;
    let running = serving::up(market);
    let (token, anna) = (session(&stage.anna), Visitor::person(&running, &stage.anna));
    let sku = stage.tea.sku.to_string();
    let line = json!({ "sku": sku, "units": 1 });
    let whole = json!({ "lines": [line], "recipient": recipient() });
    let cent = json!({ "minor": 1, "currency": "CNY" });
    for field in ["price", "amount", "total", "discount", "freight", "state", "paid", "buyer", "shop", "id", "colour"] {
        for (inside, pointer) in [("the order", ""), ("a line", "/lines/0"), ("the recipient", "/recipient")] {
            let mut body = whole.clone();
            body.pointer_mut(pointer).unwrap()[field] = cent.clone();
            let (said, problem) = nothing_changes(market, || calls(&running, &token, "POST", "/trades", Some(&body)));
            let here = format!("{field} in {inside}: {problem}");
            assert_eq!((said.status, problem["code"].as_str()), (422, Some("unknown_field")), "{here}");
            assert!(problem["facts"]["field"].as_str().is_some_and(|said| said.contains(field)), "{here}");
        }
        let line = format!("{sku} 1");
        let fields = [("line", line.as_str()), ("address", &address), ("seen", "88.00 CNY"), (field, "0.01")];
        let said = nothing_changes(market, || anna.sends("/checkout", &fields));
        assert_eq!(said.status, 422, "{field}: {}", said.location);
        let said =
            nothing_changes(market, || anna.sends("/cart/lines", &[("sku", &sku), ("units", "1"), (field, "0.01")]));
        assert_eq!(said.status, 422, "{field}: {}", said.location);
    }
    // The total that one has seen decides nothing: a lower one is refused, whatever was hoped for.
    for seen in [json!({ "minor": 1, "currency": "CNY" }), json!({ "minor": -88_00, "currency": "CNY" })] {
        let mut body = whole.clone();
        body["seen"] = seen;
        let (said, problem) = nothing_changes(market, || calls(&running, &token, "POST", "/trades", Some(&body)));
        assert_eq!((said.status, problem["code"].as_str()), (409, Some("price_changed")), "{problem}");
    }
    let line = format!("{sku} 1");
    for seen in ["0.01 CNY", "0.00 CNY", "-88.00 CNY"] {
        let fields = [("line", line.as_str()), ("address", &address), ("seen", seen)];
        let said = nothing_changes(market, || anna.sends("/checkout", &fields));
        assert!([409, 422].contains(&said.status), "{seen}: {} {}", said.status, said.location);
    }
    let (said, placed) = calls(&running, &token, "POST", "/trades", Some(&whole));
    assert_eq!((said.status, placed["amount"]["minor"].as_i64()), (201, Some(88_00)), "{placed}");
    drop(running);
    market.works()
}
