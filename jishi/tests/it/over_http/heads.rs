//! What every answer says beside its body, and what is asked for the head alone.

use super::{
    Visitor, asks, breakages, nothing_changes, says_nothing_of_its_inside, session,
    walk::{pages, street},
};
use crate::{
    refusals::access::stage::{self, Stage},
    serving,
};
use testkit::Market;

#[track_caller]
fn is_guarded(here: &str, said: &serving::Answered) {
    let policy = said.header("content-security-policy");
    for word in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"] {
        assert!(policy.contains(word), "{here}: {word} is not in {policy}");
    }
    assert!(!policy.contains("unsafe"), "{here}: {policy}");
    assert_eq!(said.header("x-content-type-options"), "nosniff", "{here}");
    assert_eq!(said.header("x-frame-options"), "DENY", "{here}");
    assert_eq!(said.header("referrer-policy"), "same-origin", "{here}");
    assert!(said.headers.get("server").is_none() && said.headers.get("x-powered-by").is_none(), "{here}");
}

#[test]
fn every_page_says_what_a_browser_may_do_with_it() {
    let market = Market::new();
    let set = street(&market);
    let mut looked_at = 0;
    for (who, visitor, begin) in &set.people {
        for path in pages(visitor, begin).keys() {
            let said = visitor.gets(path);
            let here = format!("{who} on {path}");
            is_guarded(&here, &said);
            assert_eq!(said.header("cache-control"), "no-store", "{here}: one person's page is kept by nobody");
            assert!(
                !said.body.contains(" style=\"") && !said.body.contains("<script>"),
                "{here}: the policy forbids it"
            );
            assert!(!said.body.contains(" onclick=") && !said.body.contains("javascript:"), "{here}");
            looked_at += 1;
        }
    }
    assert!(looked_at > 60, "only {looked_at} pages were looked at");
    let nobody = Visitor::nobody(&set.running);
    let sandbox = "/sandbox/cashier/pay_1";
    for path in [
        "/nowhere",
        "/orders",
        "/orders/nonsense",
        "/logout",
        "/static/x/y",
        "/sell/apply",
        sandbox,
        "/%ff",
        "/login?next=a&next=b",
    ] {
        is_guarded(path, &nobody.gets(path));
    }
    is_guarded("a refused form", &nobody.client.posts("/login", &[("login", "a")]));
    assert_eq!(breakages(&set.running), [""; 0]);
}

#[test]
fn every_answer_of_the_interface_is_kept_from_browsers() {
    let market = Market::new();
    let (stage, _) = Stage::set(&market, stage::nothing);
    let running = serving::up(&market);
    let bearer = format!("Bearer {}", session(&stage.anna));
    let order = format!("/api/v1/orders/{}", stage.order());
    for path in ["/api/v1/me", "/api/v1/orders", &order, "/api/v1/nowhere", "/openapi.json", "/healthz", "/readyz"] {
        let said = asks(&running, "GET", path, &[("authorization", &bearer)], b"");
        assert_eq!(said.header("x-content-type-options"), "nosniff", "{path}");
        assert!(!said.header("content-type").starts_with("text/html"), "{path}");
        assert!(said.header("x-request-id").starts_with("req_"), "{path}");
        assert!(said.headers.get("set-cookie").is_none(), "{path}");
    }
}

#[test]
fn the_head_alone_is_the_head_of_the_page() {
    let market = Market::new();
    let (stage, _) = Stage::set(&market, stage::nothing);
    let running = serving::up(&market);
    let token = session(&stage.anna);
    let (cookie, bearer) = (format!("jishi_session={token}"), format!("Bearer {token}"));
    let headers = [("cookie", cookie.as_str()), ("authorization", bearer.as_str())];
    let goods = format!("/goods/{}", stage.tea.listing);
    let order = format!("/orders/{}", stage.order());
    let api = format!("/api/v1{order}");
    for path in [
        "/",
        "/login",
        "/cart",
        "/orders",
        &goods,
        &order,
        "/nowhere",
        "/orders/nonsense",
        "/logout",
        "/api/v1/me",
        &api,
        "/api/v1/nowhere",
        "/openapi.json",
        "/healthz",
        "/ops",
        "/seller/tea-house",
    ] {
        let (whole, head) = nothing_changes(&market, || {
            (asks(&running, "GET", path, &headers, b""), asks(&running, "HEAD", path, &headers, b""))
        });
        assert_eq!((head.status, head.body.as_str()), (whole.status, ""), "{path}");
        assert_eq!(head.header("content-type"), whole.header("content-type"), "{path}");
        assert_eq!(head.header("content-security-policy"), whole.header("content-security-policy"), "{path}");
    }
    assert_eq!(breakages(&running), [""; 0]);
}

#[test]
fn a_breakage_says_nothing_but_that_it_is_one() {
    let market = Market::new();
    let (stage, _) = Stage::set(&market, stage::nothing);
    market.works().unwrap();
    let running = serving::up(&market);
    let (visitor, token) = (Visitor::person(&running, &stage.anna), session(&stage.anna));
    let (sku, listing) = (stage.tea.sku, stage.tea.listing);
    // A row that no program of ours would write.
    let spoils = market.acts(move |tx| {
        let home = listing.home();
        tx.exec(
            store::sql!("update catalog_listing set state = 'spoilt' where id = $1 and home = $2"),
            store::args![listing, home],
        )
    });
    if spoils.is_err() {
        // The database itself refuses such a row, so nothing can break here.
        return;
    }
    for path in [format!("/goods/{listing}"), format!("/checkout?sku={sku}&units=1")] {
        let said = visitor.gets(&path);
        says_nothing_of_its_inside(&said.body);
        assert!(!said.body.contains("spoilt"), "{path}: {}", said.body);
    }
    let bearer = format!("Bearer {token}");
    let said = asks(&running, "GET", &format!("/api/v1/goods/{listing}"), &[("authorization", &bearer)], b"");
    says_nothing_of_its_inside(&said.body);
    assert!(!said.body.contains("spoilt"), "{}", said.body);
}
