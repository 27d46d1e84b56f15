//! The mischief page: who gets in, and what it does.

use super::world::*;
use kernel::time::MINUTE;
use payment::State;

#[test]
fn only_the_machine_itself_gets_in_without_a_token() {
    let world = World::open();
    assert_eq!(world.get("/mischief").status, 200);
    let port = world.at.port();
    assert_eq!(world.asks("GET", "/mischief", &[("Host", &*format!("localhost:{port}"))], b"").status, 200);
    let strangers: [(&str, &str); 5] = [
        ("Host", "evil.example"),
        ("Host", "127.0.0.1.evil.example"),
        ("X-Forwarded-For", "203.0.113.9"),
        ("Forwarded", "for=203.0.113.9"),
        ("X-Real-IP", "203.0.113.9"),
    ];
    for stranger in strangers {
        let reply = world.asks("GET", "/mischief", &[stranger], b"");
        assert_eq!(reply.status, 403, "{stranger:?}");
        assert!(reply.text().contains("This page is not open to all") && !reply.text().contains("<form"));
    }
    assert_eq!(world.form("/mischief/enter", "token=").status, 403);
}

#[test]
fn the_token_opens_it_from_elsewhere_and_stands_in_no_address() {
    let world = World::with_token(Some("open sesame"));
    let far = ("X-Forwarded-For", "203.0.113.9");
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    let shut = world.asks("GET", "/mischief", &[far], b"");
    assert!(shut.status == 403 && shut.text().contains("name=\"token\""));
    assert_eq!(world.asks("POST", "/mischief/enter", &[far, form], b"token=wrong").status, 403);
    let entered = world.asks("POST", "/mischief/enter?lang=en", &[far, form], b"token=open+sesame");
    assert_eq!((entered.status, entered.header("location")), (303, Some("../mischief?lang=en")));
    let cookie = entered.header("set-cookie").unwrap();
    assert!(cookie.contains("HttpOnly; SameSite=Strict") && !cookie.contains("sesame"), "{cookie}");
    let cookie = ("Cookie", cookie.split(';').next().unwrap());
    assert_eq!(world.asks("GET", "/mischief", &[far, cookie], b"").status, 200);
    assert_eq!(world.asks("GET", "/mischief", &[far, ("Authorization", "Bearer open sesame")], b"").status, 200);
    assert_eq!(world.asks("GET", "/mischief", &[far, ("Cookie", "sandbox_mischief=open sesame")], b"").status, 403);
}

#[test]
fn a_form_of_another_site_orders_nothing() {
    let world = World::open();
    let form = ("Content-Type", "application/x-www-form-urlencoded");
    let own = format!("http://{}", world.at);
    for (header, status) in [
        (("Sec-Fetch-Site", "cross-site"), 403),
        (("Sec-Fetch-Site", "same-site"), 403),
        (("Origin", "https://evil.example"), 403),
        (("Origin", "null"), 403),
        (("Sec-Fetch-Site", "same-origin"), 303),
        (("Origin", &*own), 303),
    ] {
        let reply = world.asks("POST", "/mischief", &[form, header], b"what=delay&times=0");
        assert_eq!(reply.status, status, "{header:?}");
    }
}

#[test]
fn what_is_ordered_waits_in_the_list_and_happens() {
    let world = World::open();
    let (payment, path) = world.paying();
    let ordered = world.form("/mischief?lang=en", &format!("number={payment}&what=delay&seconds=600&times=1"));
    assert_eq!((ordered.status, ordered.header("location")), (303, Some("mischief?lang=en")));
    let page = world.get("/mischief").text();
    assert!(page.contains("once more · 600 s late") && page.contains("No callbacks yet"), "{page}");
    world.form(&format!("{path}/pay"), "");
    assert_eq!(world.deliver(), 0);
    let page = world.get("/mischief").text();
    assert!(page.contains("Callback: paid") && page.contains("goes out today, 02:10"), "{page}");
    assert!(page.contains("Nothing is ordered"), "{page}");
    world.clock.move_by(10 * MINUTE);
    assert_eq!(world.deliver(), 1);
    assert_eq!(world.state(payment), State::Succeeded);
    assert!(world.get("/mischief").text().contains("sent once"));
    assert_eq!(world.form("/mischief", "what=lose").status, 303);
    assert_eq!(world.form("/mischief", "what=lose&times=0").status, 303);
    world.paid();
    assert_eq!(world.deliver(), 1, "it was taken back");
}

#[test]
fn a_form_that_says_nonsense_orders_nothing() {
    let world = World::open();
    for body in [
        "",
        "what=explode",
        "what=delay&seconds=-1",
        "what=delay&seconds=604801",
        "what=delay&seconds=1e3",
        "what=lose&times=1001",
        "what=lose&number=%22%3E%3Cscript%3E",
        "what=lose&number=%00",
        "what=lose&number=%FF",
        "what=lose&price=1",
    ] {
        let reply = world.form("/mischief", body);
        assert_eq!(reply.status, 422, "{body}");
        assert!(reply.text().contains("Nothing was ordered.") && !reply.text().contains("<script"), "{body}");
    }
    assert_eq!(world.get("/mischief?after=nonsense").status, 200);
}

#[test]
fn old_payments_are_on_the_next_page() {
    let world = World::open();
    for number in 0..21 {
        let body = format!(
            r#"{{"number":"pay-{number:02}","amount":{{"minor":1,"currency":"JPY"}},"expires_at":{}}}"#,
            START.plus(MINUTE).0
        );
        assert_eq!(world.signed("POST", "/v1/payments", body.as_bytes()).status, 200);
        world.clock.move_by(1);
    }
    let page = world.get("/mischief").text();
    assert!(page.contains("pay-20") && page.contains("pay-01") && !page.contains("pay-00"));
    let next = page.split("?after=").nth(1).unwrap().split('&').next().unwrap();
    let page = world.get(&format!("/mischief?after={next}")).text();
    assert!(page.contains("pay-00") && !page.contains("pay-01") && !page.contains("?after="));
}
