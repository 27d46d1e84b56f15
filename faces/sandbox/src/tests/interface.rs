//! The interface as a program meets it: signatures, refusals, the statement.

use super::world::*;
use crate::api::BODY_MAX;
use kernel::time::MINUTE;
use sandbox::{
    CSV_HEADER, SIGNATURE_HEADER,
    wire::{Payment, PaymentState},
};
use std::collections::BTreeSet;

const NEW: &str = r#"{"number":"pay_1","amount":{"minor":500,"currency":"CNY"},"expires_at":1772420400000}"#;

fn created(world: &World) -> Payment {
    let reply = world.signed("POST", "/v1/payments", NEW.as_bytes());
    assert_eq!(reply.status, 200, "{}", reply.text());
    serde_json::from_slice(&reply.body).unwrap()
}

#[test]
fn a_request_is_done_only_as_it_was_signed() {
    let world = World::open();
    let keys = world.provider.keys.merchant_keys();
    let says = |signature: &str, target: &str, body: &str| {
        let reply = world.asks("POST", target, &[(SIGNATURE_HEADER, signature)], body.as_bytes());
        (reply.status, reply.code())
    };
    let no = |status: u16, code: &str| (status, code.to_owned());
    let good = keys.sign(START, "POST", "/v1/payments", NEW.as_bytes());
    assert_eq!(world.asks("POST", "/v1/payments", &[], NEW.as_bytes()).code(), "signature_invalid");
    assert_eq!(says("nonsense", "/v1/payments", NEW), no(401, "signature_invalid"));
    assert_eq!(says(&good, "/v1/payments", &NEW.replace("500", "100")), no(401, "signature_invalid"));
    assert_eq!(says(&good, "/v1/payments?x=1", NEW), no(401, "signature_invalid"));
    assert_eq!(says(&good, "/v1/refunds", NEW), no(401, "signature_invalid"));
    let callback = world.provider.keys.sign(START, NEW.as_bytes());
    assert_eq!(says(&callback, "/v1/payments", NEW), no(401, "signature_invalid"));
    let old = keys.sign(START.plus(-6 * MINUTE), "POST", "/v1/payments", NEW.as_bytes());
    assert_eq!(says(&old, "/v1/payments", NEW), no(422, "stale_timestamp"));
    assert_eq!(world.signed("GET", "/v1/payments/pay_1", b"").code(), "not_found", "nothing was opened by any of it");
    assert_eq!(says(&good, "/v1/payments", NEW).0, 200);
    assert_eq!(says(&good, "/v1/payments", NEW).0, 200, "replayed it answers as the first time");
    world.clock.move_by(5 * MINUTE + 1_000);
    assert_eq!(says(&good, "/v1/payments", NEW), no(422, "stale_timestamp"));
}

#[test]
fn a_payment_answers_with_its_cashier() {
    let world = World::open();
    let payment = created(&world);
    assert_eq!((payment.state, payment.return_to.as_deref()), (PaymentState::Open, None));
    assert_eq!(payment.cashier.as_deref(), Some(&*format!("http://{}/cashier/pay_1", world.at)));
    let asked: Payment = serde_json::from_slice(&world.signed("GET", "/v1/payments/pay_1", b"").body).unwrap();
    assert_eq!(asked, payment);
    assert_eq!(world.get("/healthz").text(), "ok");
}

#[test]
fn hostile_words_are_refused_in_every_field() {
    let world = World::open();
    created(&world);
    let long = "x".repeat(65);
    let bad = ["", "*", "a b", "<script>", "' or 1=1 --", "../x", "\\u0000", "付", &long];
    for word in bad {
        let bodies = [
            ("/v1/payments", NEW.replace("pay_1", word)),
            (
                "/v1/refunds",
                format!(r#"{{"payment":"pay_1","number":"{word}","amount":{{"minor":1,"currency":"CNY"}}}}"#),
            ),
            ("/v1/refunds", format!(r#"{{"payment":"{word}","number":"r1","amount":{{"minor":1,"currency":"CNY"}}}}"#)),
            (
                "/v1/transfers",
                format!(r#"{{"number":"{word}","account":"a","amount":{{"minor":1,"currency":"CNY"}}}}"#),
            ),
            (
                "/v1/transfers",
                format!(r#"{{"number":"t1","account":"{word}","amount":{{"minor":1,"currency":"CNY"}}}}"#),
            ),
        ];
        for (target, body) in bodies {
            let reply = world.signed("POST", target, body.as_bytes());
            assert_eq!((reply.status, reply.code()), (422, "malformed".to_owned()), "{target} {body}");
        }
    }
    for part in ["%00", "%FF", "%3Cscript%3E", "a%2Fb", &long] {
        let reply = world.signed("GET", &format!("/v1/payments/{part}"), b"");
        assert_eq!((reply.status, reply.code()), (404, "not_found".to_owned()), "{part}");
        assert_eq!(world.signed("GET", &format!("/v1/payments/pay_1/refunds/{part}"), b"").status, 404);
    }
    for back in ["javascript:alert(1)", "//evil.example", "http://a@evil.example/"] {
        let body = NEW.replace("pay_1", "pay_2").replacen('{', &format!(r#"{{"return_to":"{back}","#), 1);
        assert_eq!(world.signed("POST", "/v1/payments", body.as_bytes()).code(), "malformed", "{back}");
    }
}

#[test]
fn bodies_that_say_nothing_are_refused() {
    let world = World::open();
    let unknown = NEW.replacen('{', r#"{"price":1,"#, 1);
    let deep = "[".repeat(10_000);
    for body in [&b""[..], b"[]", b"null", b"\xff\xfe\x00", b"{", unknown.as_bytes(), deep.as_bytes()] {
        let reply = world.signed("POST", "/v1/payments", body);
        assert_eq!((reply.status, reply.code()), (400, "body_malformed".to_owned()), "{body:?}");
    }
    for minor in ["0", "-1", "10000000000001", "9223372036854775807"] {
        let reply = world.signed("POST", "/v1/payments", NEW.replace("500", minor).as_bytes());
        assert_eq!(reply.code(), "out_of_range", "{minor}");
    }
    for body in [NEW.replace("CNY", "XXX"), NEW.replace("500", "5.5"), NEW.replace("500", "9223372036854775808")] {
        assert_eq!(world.signed("POST", "/v1/payments", body.as_bytes()).code(), "body_malformed", "{body}");
    }
    let huge = vec![b' '; 1 << 20];
    let target = "/v1/payments";
    let signature = world.provider.keys.merchant_keys().sign(START, "POST", target, &huge);
    let reply = world.asks("POST", target, &[(SIGNATURE_HEADER, &signature)], &huge);
    assert_eq!((reply.status, reply.code()), (413, "body_too_large".to_owned()));
    let reply = world.signed("POST", target, &vec![b' '; BODY_MAX]);
    assert_eq!(reply.code(), "body_malformed", "as long as may be");
}

#[test]
fn what_there_is_not_is_said_in_the_words_of_who_asks() {
    let world = World::open();
    let reply = world.signed("GET", "/v1/nothing", b"");
    assert_eq!((reply.status, reply.code()), (404, "no_such_route".to_owned()));
    let reply = world.signed("DELETE", "/v1/payments/pay_1", b"");
    assert_eq!((reply.status, reply.code()), (405, "method_not_allowed".to_owned()));
    for path in ["/", "/nothing", "/a/b", "/a/b/c", "/cashier/", "/..%2f"] {
        let reply = world.get(path);
        assert_eq!(reply.status, 404, "{path}");
        assert!(reply.text().contains("No such page"), "{path}: {}", reply.text());
    }
}

#[test]
fn the_statement_of_a_day_is_a_file() {
    let world = World::open();
    let (payment, _) = world.paid();
    let reply = world.signed("GET", "/v1/statements/2026-03-02", b"");
    assert_eq!(reply.status, 200);
    assert_eq!(reply.header("content-type"), Some("text/csv; charset=utf-8"));
    assert_eq!(reply.header("content-disposition"), Some("attachment; filename=\"statement-2026-03-02.csv\""));
    let text = reply.text();
    let lines: Vec<&str> = text.split_terminator("\r\n").collect();
    assert_eq!(lines.len(), 2, "{text}");
    assert_eq!(lines[0], CSV_HEADER);
    assert!(lines[1].starts_with(&format!("2026-03-02T02:00:00Z,pay,{payment},{payment},sbx_")), "{text}");
    assert_eq!(world.signed("GET", "/v1/statements/2026-03-03", b"").text(), format!("{CSV_HEADER}\r\n"));
    assert_eq!(world.get("/v1/statements/2026-03-02").status, 401);
    for day in ["2026-02-30", "2026-3-2", "today", "2026-03-02T00", "%FF"] {
        let reply = world.signed("GET", &format!("/v1/statements/{day}"), b"");
        assert_eq!((reply.status, reply.code()), (422, "malformed".to_owned()), "{day}");
    }
}

#[test]
fn every_answer_is_guarded() {
    let world = World::open();
    let (_, path) = world.paying();
    for path in [&*path, "/mischief", "/nothing", "/sandbox.css", "/v1/nothing", "/healthz"] {
        let reply = world.get(path);
        let policy = reply.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'") && !policy.contains("unsafe"), "{policy}");
        assert_eq!(reply.header("x-content-type-options"), Some("nosniff"), "{path}");
        let html = reply.text();
        let inline: BTreeSet<_> = ["<script", "<style", " style=", " onclick"].into_iter().collect();
        assert!(inline.iter().all(|inline| !html.contains(*inline)), "{path}");
    }
}

#[test]
fn it_may_be_mounted_below_a_path() {
    let world = World::open();
    let (base, market) = world.mounted_below("/pay/sandbox");
    let (cx, trade) = world.trade();
    let back = Some(BACK.to_owned());
    let paying = store::wait(flows::pay::pay_and_return(&market, &cx, trade, "sandbox", back)).unwrap().unwrap();
    let cashier = paying.cashier.unwrap();
    assert_eq!(cashier, format!("{base}/cashier/{}", paying.payment));
    let (at, path) = cashier.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let at = at.parse().unwrap();
    let page = ask(at, "GET", &format!("/{path}"), &[], b"").text();
    assert!(page.contains("href=\"../sandbox.css\"") && page.contains("Waiting for payment"), "{page}");
    assert_eq!(ask(at, "GET", "/pay/sandbox/sandbox.css", &[], b"").status, 200);
    assert_eq!(
        ask(at, "POST", &format!("/{path}/pay"), &[], b"").header("location").unwrap(),
        format!("../{}?lang=en", paying.payment)
    );
    assert_eq!(ask(at, "GET", "/pay/sandbox/v1/nothing", &[], b"").code(), "no_such_route");
    assert_eq!(ask(at, "GET", "/pay/sandbox/mischief", &[], b"").status, 200);
    assert_eq!(world.deliver(), 1);
    assert_eq!(world.state(paying.payment), payment::State::Succeeded);
}
