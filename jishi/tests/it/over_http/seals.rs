//! A form counts only where it comes from a page of ours, as it was shown to this very visitor in this very session.

use super::{Visitor, fresh_key, nothing_changes};
use crate::{
    refusals::access::stage::{self, Stage},
    serving,
};
use jishi::serve::Running;
use testkit::{Market, PASSWORD};

struct Set {
    market: Market,
    running: Running,
    stage: Stage,
}

fn set() -> Set {
    let market = Market::new();
    let (mut stage, _) = Stage::set(&market, stage::nothing);
    stage::shipped_order(&mut stage);
    market.works().unwrap();
    let running = serving::up(&market);
    Set { market, running, stage }
}

/// Who sends a form, where to, and what stands in it.
type Sent = (Visitor, String, Vec<(&'static str, String)>);

/// Acts of each sort of page, that Anna, the owner and the operator may do.
fn acts(set: &Set) -> Vec<Sent> {
    let Set { running, stage, market } = set;
    let (order, sku) = (stage.order(), stage.tea.sku.to_string());
    let comes = |person| Visitor::person(running, person);
    vec![
        (comes(&stage.anna), format!("/orders/{order}/confirm"), vec![]),
        (comes(&stage.anna), "/cart/lines".to_owned(), vec![("sku", sku.clone()), ("units", "1".to_owned())]),
        (comes(&stage.anna), "/logout".to_owned(), vec![]),
        (
            comes(stage.shop.person()),
            format!("/seller/tea-house/stock/{sku}/correct"),
            vec![("on_hand", "7".to_owned())],
        ),
        (
            comes(&market.operator()),
            format!("/ops/shops/{}/freeze", stage.shop.id),
            vec![("why", "a reason".to_owned())],
        ),
        (
            Visitor::nobody(running),
            "/register".to_owned(),
            vec![
                ("login", "eve@example.com".to_owned()),
                ("name", "Eve".to_owned()),
                ("password", "long enough 1".to_owned()),
            ],
        ),
    ]
}

#[test]
fn a_form_without_the_pages_token_is_refused() {
    let set = set();
    let stranger = Visitor::person(&set.running, &set.market.stranger()).client.token("/login");
    let nobodys = Visitor::nobody(&set.running).client.token("/login");
    assert!(stranger.len() == 32 && nobodys.len() == 32 && stranger != nobodys);
    for (visitor, path, fields) in acts(&set) {
        let own = visitor.client.token("/login");
        for token in [
            None,
            Some(""),
            Some("0"),
            Some(stranger.as_str()),
            Some(nobodys.as_str()),
            Some(&own[1..]),
            Some(&own.to_uppercase()),
        ] {
            let key = fresh_key();
            let mut sent: Vec<(&str, &str)> = token.iter().map(|token| ("_csrf", *token)).collect();
            sent.push(("_key", &key));
            sent.extend(fields.iter().map(|(name, value)| (*name, value.as_str())));
            let said = nothing_changes(&set.market, || visitor.client.posts(&path, &sent));
            assert_eq!(said.status, 403, "{path} with {token:?}: {}", said.body);
        }
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let said = visitor.sends(&path, &fields);
        assert_eq!(said.status, 303, "{path} with its token: {}", said.body);
    }
}

#[test]
fn another_site_sends_the_cookies_alone_and_that_is_not_enough() {
    let set = set();
    for (visitor, path, fields) in acts(&set) {
        visitor.gets("/login");
        let cookie = format!(
            "jishi_session={}; jishi_visit={}",
            visitor.client.cookie("jishi_session"),
            visitor.client.cookie("jishi_visit")
        );
        let body: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", value.replace(' ', "+"))).collect();
        let body = body.join("&");
        // As a page of another site's can have a browser send it: by a form, or by a script that asks nobody first.
        for kind in ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data; boundary=x"] {
            let headers = [
                ("cookie", cookie.as_str()),
                ("content-type", kind),
                ("origin", "https://evil.example"),
                ("referer", "https://evil.example/"),
            ];
            let said =
                nothing_changes(&set.market, || super::asks(&set.running, "POST", &path, &headers, body.as_bytes()));
            assert!(matches!(said.status, 403 | 415), "{path} as {kind}: {}", said.status);
        }
        // Nor does the interface know a cookie.
        let headers = [("cookie", cookie.as_str()), ("content-type", "application/json")];
        let said = super::asks(&set.running, "GET", "/api/v1/me", &headers, b"");
        assert_eq!(said.status, 401, "{}", said.body);
        for header in ["access-control-allow-origin", "access-control-allow-credentials"] {
            assert_eq!(visitor.gets("/").header(header), "");
            assert_eq!(said.header(header), "");
        }
    }
}

#[test]
fn a_form_from_before_logging_in_or_out_is_stale() {
    let set = set();
    let visitor = Visitor::nobody(&set.running);
    let before = visitor.client.token("/login");
    assert_eq!(visitor.client.logs_in("anna@example.com", PASSWORD).status, 303);
    let during = visitor.client.token("/login");
    assert_ne!(before, during);
    let adds = |token: &str| {
        let (key, sku) = (fresh_key(), set.stage.tea.sku.to_string());
        visitor.client.posts("/cart/lines", &[("_csrf", token), ("_key", &key), ("sku", &sku), ("units", "1")]).status
    };
    assert_eq!(nothing_changes(&set.market, || adds(&before)), 403);
    assert_eq!(adds(&during), 303);
    assert_eq!(visitor.sends("/logout", &[]).status, 303);
    assert_eq!(nothing_changes(&set.market, || adds(&during)), 403);
}

#[test]
fn looking_at_an_address_does_nothing_there() {
    let set = set();
    for (visitor, path, fields) in acts(&set) {
        let token = visitor.client.token("/login");
        let query: Vec<String> =
            fields.iter().map(|(name, value)| format!("{name}={}", value.replace(' ', "+"))).collect();
        let address = format!("{path}?_csrf={token}&{}", query.join("&"));
        for method in ["GET", "HEAD"] {
            let cookie = format!(
                "jishi_session={}; jishi_visit={}",
                visitor.client.cookie("jishi_session"),
                visitor.client.cookie("jishi_visit")
            );
            let said = nothing_changes(&set.market, || {
                super::asks(&set.running, method, &address, &[("cookie", &cookie)], b"")
            });
            let is_page = path == "/register";
            assert_eq!(said.status, if is_page { 200 } else { 405 }, "{method} {path}");
            assert!(is_page || said.header("allow").contains("POST"), "{method} {path}: {:?}", said.headers);
        }
        if path != "/register" {
            let said = visitor.gets(&address);
            assert!(said.body.contains("<h1>"), "whoever comes to {path} is shown a page: {}", said.body);
        }
        for method in ["PUT", "DELETE", "PATCH"] {
            let said = nothing_changes(&set.market, || super::asks(&set.running, method, &path, &[], b""));
            assert_eq!(said.status, 405, "{method} {path}");
        }
    }
}
