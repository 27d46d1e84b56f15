//! What stands beside the operations: what there is not, the doors for machines, keys that nobody can guess.

use super::client::Program;
use crate::serving;
use serde_json::json;
use testkit::{Market, cny};

#[test]
fn what_there_is_not_is_said_as_a_problem() {
    let market = Market::new();
    let running = serving::up(&market);
    let program = Program::at(&running);
    for (method, path, status, code) in [
        ("GET", "/api/v1", 404, "no_such_route"),
        ("GET", "/api/v1/", 404, "no_such_route"),
        ("GET", "/api/v1/nothing/of/that/name", 404, "no_such_route"),
        ("GET", "/api/v1/orders/nonsense/nowhere", 404, "no_such_route"),
        ("DELETE", "/api/v1/market", 405, "method_not_allowed"),
        ("GET", "/callbacks/sandbox", 405, "method_not_allowed"),
        ("GET", "/api/v1/shops/nonsense", 404, "not_found"),
        ("GET", "/api/v1/goods?colour=red", 422, "unknown_field"),
        ("GET", "/api/v1/goods?limit=0", 422, "out_of_range"),
        ("GET", "/api/v1/goods?cursor=x", 422, "cursor_malformed"),
        ("GET", "/api/v1/orders", 401, "login_needed"),
    ] {
        let said = program.sends(method, path, &[], None);
        assert_eq!((said.status, said.code()), (status, code), "{method} {path}: {:?}", said.body);
        assert_eq!(said.kind, "application/problem+json", "{method} {path}");
        assert!(said.body["request"].as_str().is_some_and(|request| request.starts_with("req_")), "{:?}", said.body);
    }
    let made_up = program.sends("GET", "/api/v1/market", &[("authorization", "Bearer nonsense")], None);
    assert_eq!((made_up.status, made_up.code()), (401, "login_needed"));
}

#[test]
fn a_body_is_read_strictly() {
    let market = Market::new();
    let running = serving::up(&market);
    let program = Program::at(&running);
    let registers = |body: &serde_json::Value| program.calls("registerAccount", None, &[], Some(body));
    let whole = json!({ "login": "anna@example.com", "name": "Anna", "password": "long enough 1" });
    let mut more = whole.clone();
    more["price"] = json!(1);
    let said = registers(&more);
    assert_eq!((said.status, said.code(), &said.body["facts"]["field"]), (422, "unknown_field", &json!("price")));
    let said = registers(&json!({ "login": "anna@example.com" }));
    assert_eq!((said.status, said.code(), &said.body["field"]), (422, "required", &json!("name")));
    let said = registers(&json!(["anna@example.com", "Anna", "long enough 1", null]));
    assert_eq!((said.status, said.code()), (400, "body_malformed"), "an array is no object: {:?}", said.body);
    let said = program.sends("POST", "/api/v1/accounts", &[("content-type", "text/plain")], None);
    assert_eq!((said.status, said.code()), (415, "unsupported_media_type"));
    let said = program.sends("POST", "/api/v1/accounts", &[("content-type", "application/json")], None);
    assert_eq!((said.status, said.code()), (400, "body_malformed"));
    let huge = json!({ "login": "x".repeat(300_000), "name": "Anna", "password": "long enough 1" });
    assert_eq!((registers(&huge).status, registers(&huge).body["code"].as_str()), (413, Some("body_too_large")));
    assert_eq!(registers(&whole).status, 201);
}

#[test]
fn the_document_is_known_by_its_tag() {
    let market = Market::new();
    let running = serving::up(&market);
    let url = format!("{}/openapi.json", serving::address(&running));
    let first = ureq::get(&url).call().unwrap();
    let tag = first.headers().get("etag").unwrap().to_str().unwrap().to_owned();
    let again = ureq::get(&url).header("if-none-match", &tag).call().unwrap();
    assert_eq!(again.status().as_u16(), 304);
}

#[test]
fn machines_are_told_how_the_market_is() {
    let market = Market::new();
    let running = serving::up(&market);
    let program = Program::at(&running);
    assert_eq!(program.sends("GET", "/healthz", &[], None).body, json!("alive\n"));
    assert_eq!(program.sends("GET", "/readyz", &[], None).body, json!("ready\n"));
    let counted = program.sends("GET", "/metrics", &[], None);
    let text = counted.body.as_str().unwrap();
    assert_eq!(counted.status, 200);
    for name in ["jishi_requests_total", "jishi_events_waiting", "jishi_timers_overdue"] {
        assert!(text.contains(name), "{name}: {text}");
    }
}

#[test]
fn a_callback_that_proves_nothing_is_refused() {
    let market = Market::new();
    let running = serving::up(&market);
    let program = Program::at(&running);
    let before = market.fingerprint();
    let said = program.sends("POST", "/callbacks/sandbox", &[], Some(&json!({ "event": "paid" })));
    assert_eq!((said.status, said.code()), (401, "signature_invalid"), "{:?}", said.body);
    let said = program.sends("POST", "/callbacks/nobody", &[], Some(&json!({})));
    assert_eq!((said.status, said.code()), (404, "not_found"), "{:?}", said.body);
    assert_eq!(market.fingerprint(), before);
}

#[test]
fn whoever_is_nobody_yet_sends_a_key_that_cannot_be_guessed() {
    let market = Market::new();
    let tea = market.shop("tea-house").sells("longjing", cny(88_00)).stock(5);
    let running = serving::up(&market);
    let program = Program::at(&running);
    let lines = json!([{ "sku": tea.sku.to_string(), "units": 1 }]);
    let wish = json!({ "lines": lines, "recipient": serde_json::to_value(testkit::recipient()).unwrap() });
    let buys = |key: &str, wish: &serde_json::Value| {
        program.sends("POST", "/api/v1/trades", &[("idempotency-key", key)], Some(wish))
    };
    let said = buys("1", &wish);
    assert_eq!((said.status, said.code()), (422, "idempotency_key_malformed"));
    let key = "018f3c5e-7a52-7c1f-9d8e-1f7c7a1f2b3c";
    let (first, again) = (buys(key, &wish), buys(key, &wish));
    assert_eq!((first.status, again.status), (201, 201), "{:?}", first.body);
    assert_eq!(first.body["trade"], again.body["trade"], "the same request is done once");
    assert_eq!(tea.available(), 4);
    let other = json!({ "lines": [{ "sku": tea.sku.to_string(), "units": 2 }], "recipient": wish["recipient"] });
    let said = buys(key, &other);
    assert_eq!((said.status, said.code()), (409, "idempotency_key_reused"));
}
