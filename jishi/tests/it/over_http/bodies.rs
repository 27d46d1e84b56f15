//! Bodies of a kind that nothing here reads, and bodies without an end. Files come in by `jishi import` alone.

use super::{Visitor, asks, breakages, hears, nothing_changes, session, speaks, spelled};
use crate::{
    refusals::access::stage::{self, Stage},
    serving,
};
use jishi::serve::Running;
use std::{io::Write, net::TcpStream};
use testkit::Market;

/// How much is sent at most before the server must have said no: far more than it takes and than the line holds.
const ENDLESS: usize = 64 * 1024 * 1024;

fn set() -> (Market, Stage, Running) {
    let market = Market::new();
    let (stage, _) = Stage::set(&market, stage::nothing);
    market.works().unwrap();
    let running = serving::up(&market);
    (market, stage, running)
}

#[test]
fn a_file_is_taken_by_no_page_and_no_operation() {
    let (market, stage, running) = set();
    let owner = stage.shop.person();
    let (visitor, token) = (Visitor::person(&running, owner), session(owner));
    let csrf = visitor.client.token("/login");
    let bearer = format!("Bearer {token}");
    let csv = "code,price\nlongjing,1\n";
    let parts = format!(
        "--x\r\ncontent-disposition: form-data; name=\"_csrf\"\r\n\r\n{csrf}\r\n--x\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\ncontent-type: text/csv\r\n\r\n{csv}\r\n--x--\r\n"
    );
    for (kind, body) in [
        ("multipart/form-data; boundary=x", parts.as_str()),
        ("text/csv", csv),
        ("text/csv; charset=gb18030", csv),
        ("application/octet-stream", csv),
        ("application/xml", "<a/>"),
        ("", csv),
    ] {
        for page in ["goods/new", "settings/freight", "money/payout"] {
            let said = nothing_changes(&market, || {
                visitor.client.posts_raw(&format!("/seller/tea-house/{page}"), kind, body.as_bytes())
            });
            assert_eq!(said.status, 415, "{page} as {kind}: {}", said.body);
            assert!(said.body.contains("wrong-page"), "{page} as {kind}: {}", said.body);
        }
        for path in [format!("/api/v1/seller/shops/{}/goods", stage.shop.id), "/api/v1/seller/receipts".to_owned()] {
            let headers = [("authorization", bearer.as_str()), ("content-type", kind)];
            let said = nothing_changes(&market, || asks(&running, "POST", &path, &headers, body.as_bytes()));
            assert_eq!(said.status, 415, "{path} as {kind}: {}", said.body);
            assert!(said.body.contains("unsupported_media_type"), "{}", said.body);
        }
    }
}

#[test]
fn what_is_not_utf8_is_no_form_and_no_json() {
    let (market, stage, running) = set();
    let (visitor, token) = (Visitor::person(&running, &stage.anna), session(&stage.anna));
    let csrf = visitor.client.token("/login");
    // GB18030, Latin-1, half of a pair of UTF-16, and UTF-16 itself.
    for name in ["%C1%FA%BE%AE", "caf%E9", "%ED%A0%80", "%FF%FEa%00"] {
        let body = format!("_csrf={csrf}&_key=k&name={name}&phone=1&country=CN&lines=x");
        let form = "application/x-www-form-urlencoded";
        let said = nothing_changes(&market, || visitor.client.posts_raw("/account/addresses", form, body.as_bytes()));
        assert_eq!(said.status, 400, "{name}: {} {}", said.location, said.body);
    }
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    for name in [&b"\xC1\xFA"[..], b"caf\xE9", b"\xED\xA0\x80", b"\\ud800", b"\\udc00x", b"a\nb", b"\\x41"] {
        let body = [b"{\"phone\":\"1\",\"country\":\"CN\",\"lines\":\"x\",\"name\":\"", name, b"\"}"].concat();
        let said = nothing_changes(&market, || asks(&running, "POST", "/api/v1/addresses", &headers, &body));
        assert_eq!(said.status, 400, "{name:?}: {}", said.body);
        assert!(said.body.contains("body_malformed"), "{}", said.body);
    }
}

#[test]
fn a_body_that_does_not_end_is_cut_off() {
    let (market, stage, running) = set();
    let visitor = Visitor::person(&running, &stage.anna);
    let cookie = format!("cookie: jishi_session={}\r\n", visitor.client.cookie("jishi_session"));
    let bearer = format!("authorization: Bearer {}\r\n", session(&stage.anna));
    let form = "application/x-www-form-urlencoded";
    for (path, kind, who) in [
        ("/cart/lines", form, cookie.as_str()),
        ("/login", form, ""),
        ("/api/v1/trades", "application/json", &bearer),
        ("/callbacks/sandbox", "application/json", ""),
    ] {
        let mut wire = TcpStream::connect(running.served.address).unwrap();
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: market\r\n{who}content-type: {kind}\r\ntransfer-encoding: chunked\r\n\r\n"
        );
        wire.write_all(head.as_bytes()).unwrap();
        // One line without an end, as long as the server listens.
        let chunk = [&b"10000\r\n"[..], &vec![b'x'; 0x10000], b"\r\n"].concat();
        let sent = (0..ENDLESS / 0x10000).take_while(|_| wire.write_all(&chunk).is_ok()).count();
        assert!(sent < ENDLESS / 0x10000, "{path} listened to {ENDLESS} bytes");
        let said = hears(&mut wire);
        // A line that was closed under the writer may have lost the answer on its way.
        assert!(matches!(said.0, 413 | 0), "{path}: {}", said.1);
    }
    assert_eq!(visitor.gets("/orders").status, 200);
    market.check();
}

#[test]
fn a_body_that_is_too_long_is_refused() {
    let (market, stage, running) = set();
    let visitor = Visitor::person(&running, &stage.anna);
    let bearer = format!("Bearer {}", session(&stage.anna));
    let body = "x".repeat(300_000);
    let form = "application/x-www-form-urlencoded";
    for path in ["/cart/lines", "/login", "/checkout"] {
        let said = nothing_changes(&market, || visitor.client.posts_raw(path, form, body.as_bytes()));
        assert_eq!(said.status, 413, "{path}");
        assert!(said.body.contains("wrong-page"), "{path}: {}", said.body);
    }
    for (path, headers) in [
        ("/api/v1/trades", [("authorization", bearer.as_str()), ("content-type", "application/json")]),
        ("/callbacks/sandbox", [("x-nothing", ""), ("content-type", "application/json")]),
    ] {
        let said = nothing_changes(&market, || asks(&running, "POST", path, &headers, body.as_bytes()));
        assert_eq!((said.status, said.body.contains("body_too_large")), (413, true), "{path}: {}", said.body);
    }
    assert_eq!(breakages(&running), [""; 0]);
}

#[test]
fn json_that_is_deep_or_doubled_is_refused() {
    let (market, stage, running) = set();
    let bearer = format!("Bearer {}", session(&stage.anna));
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let deep = format!("{{\"lines\":{}{}}}", "[".repeat(100_000), "]".repeat(100_000));
    let objects = "{\"lines\":".repeat(20_000);
    let doubled = r#"{"name":"a","name":"b","phone":"1","country":"CN","lines":"x"}"#;
    let more = r#"{"name":"a","phone":"1","country":"CN","lines":"x"}{}"#;
    for (path, body) in [
        ("/api/v1/trades", deep.as_str()),
        ("/api/v1/trades", &objects),
        ("/api/v1/addresses", doubled),
        ("/api/v1/addresses", more),
    ] {
        let said = nothing_changes(&market, || asks(&running, "POST", path, &headers, body.as_bytes()));
        assert!(matches!(said.status, 400 | 422), "{}: {}", said.status, said.body);
    }
}

#[test]
fn what_is_no_http_is_not_answered_as_if_it_were() {
    let (market, _, running) = set();
    for bytes in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..],
        b"GET\r\n\r\n",
        b"GET / HTTP/1.1\r\nhost: a\r\nhost : b\r\n\r\n",
        b"POST /login HTTP/1.1\r\nhost: a\r\ncontent-length: -5\r\n\r\n",
        b"POST /login HTTP/1.1\r\nhost: a\r\ncontent-length: 99999999999999999999999\r\n\r\n",
    ] {
        let (status, said) = nothing_changes(&market, || speaks(&running, bytes));
        assert!(matches!(status, 0 | 400), "{said}");
    }
    // A body that two headers measure differently is where one request is smuggled inside another.
    let twice = b"POST /callbacks/sandbox HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\nconnection: close\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nhost: a\r\n\r\n";
    let (_, said) = speaks(&running, twice);
    assert!(said.matches("HTTP/1.1 ").count() <= 1, "{said}");
    let (status, _) = speaks(&running, &spelled("GET /healthz", "", ""));
    assert_eq!(status, 200);
}
