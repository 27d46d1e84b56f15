//! Where a request says it comes from, where it wants to go afterwards, and addresses that nobody would type.

use super::{Visitor, asks, breakages, nothing_changes, says_nothing_of_its_inside, session, speaks, spelled};
use crate::{
    refusals::access::stage::{self, Stage},
    serving,
};
use jishi::serve::{Config, Running, beside};
use std::{
    io::{Read, Write},
    net::TcpStream,
};
use testkit::{Market, PASSWORD};

#[test]
fn nobody_is_led_to_another_site() {
    let market = Market::new();
    market.buyer("anna");
    let running = serving::up(&market);
    for next in [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\\\evil.example",
        "javascript:alert(1)",
        "/%0d%0aset-cookie:a=b",
        "/\r\nset-cookie: a=b",
        "http:evil.example",
        " //evil.example",
        "/\t/evil.example",
        "///evil.example",
        "evil.example",
    ] {
        let visitor = Visitor::nobody(&running);
        let said = visitor.sends("/login", &[("login", "anna@example.com"), ("password", PASSWORD), ("next", next)]);
        assert_eq!(said.status, 303, "{}", said.body);
        let is_ours =
            said.location.starts_with('/') && !said.location.starts_with("//") && !said.location.contains("\\");
        assert!(is_ours && !said.location.contains('\r'), "{next} leads to {}", said.location);
        for (path, field) in [("/theme", "back"), ("/account/addresses", "next")] {
            let fields = [("name", "a"), ("phone", "1"), ("country", "CN"), ("lines", "x"), (field, next)];
            let fields = if path == "/theme" { &fields[4..] } else { &fields[..] };
            let said = visitor.sends(path, fields);
            assert!(
                said.location.starts_with('/') && !said.location.starts_with("//"),
                "{path}: {next} leads to {}",
                said.location
            );
        }
        // Nor does the page that asks for the password say it in an address that a person would follow.
        let typed = super::html::encoded(next.as_bytes());
        let page = visitor.gets(&format!("/login?next={typed}")).body;
        assert!(!page.contains(&format!("href=\"{next}")), "{next}");
    }
    let asked = Visitor::nobody(&running).gets("/orders?x=//evil.example");
    assert!(asked.location.starts_with("/login?next=%2Forders"), "{}", asked.location);
}

#[test]
fn the_name_that_is_asked_for_decides_nothing() {
    let market = Market::new();
    let (stage, _) = Stage::set(&market, stage::nothing);
    let listen = "127.0.0.1:0".parse().unwrap();
    let config = Config { public: Some("https://market.example".to_owned()), ..Config::new(market.url(), listen) };
    let running = beside(&config, market.store().clone(), market.shared_clock(), false).unwrap();
    let goods = format!("/goods/{}", stage.tea.listing);
    let forged = "host: evil.example\r\nx-forwarded-host: evil.example\r\nforwarded: host=evil.example\r\nx-original-url: /ops\r\nx-rewrite-url: /ops\r\n";
    for path in ["/", &goods, "/orders", "/login", "/nowhere", "/shops/tea-house", "/openapi.json", "/api/v1/market"] {
        let request = format!("GET {path} HTTP/1.1\r\nconnection: close\r\n{forged}\r\n");
        let (status, said) = speaks(&running, request.as_bytes());
        assert!(status < 500 && status > 0, "{path}: {said}");
        assert!(!said.contains("evil.example"), "{path}: {said}");
    }
    let absolute =
        format!("GET http://evil.example{goods} HTTP/1.1\r\nhost: evil.example\r\nconnection: close\r\n\r\n");
    assert!(!speaks(&running, absolute.as_bytes()).1.contains("evil.example"));
    let home = asks(&running, "GET", "/", &[], b"");
    assert!(home.body.contains("https://market.example/"), "{}", home.body);
}

/// Asks for the counters, with what a proxy would say.
fn counters(running: &Running, from: &str, forwarded: &str) -> u16 {
    let socket = |text: &str| format!("{text}:0").parse::<std::net::SocketAddr>().unwrap();
    assert!(socket(from).ip().is_loopback());
    asks(running, "GET", "/metrics", &[("x-forwarded-for", forwarded)], b"").status
}

#[test]
fn only_a_trusted_proxy_says_for_whom_it_asks() {
    let market = Market::new();
    let listen = "127.0.0.1:0".parse().unwrap();
    let served = |proxies: &str, token: Option<&str>| {
        let config = Config {
            proxies: proxies.parse().unwrap(),
            metrics_token: token.map(str::to_owned),
            ..Config::new(market.url(), listen)
        };
        beside(&config, market.store().clone(), market.shared_clock(), false).unwrap()
    };
    // Nobody is trusted: what is said is not heard, so the machine itself is still the machine itself.
    let alone = served("", None);
    assert_eq!(counters(&alone, "127.0.0.1", "9.9.9.9"), 200);
    let behind = served("127.0.0.1", Some("secret word"));
    for (forwarded, status) in [
        ("9.9.9.9", 404),
        ("127.0.0.1, 9.9.9.9", 404),
        ("::1, 9.9.9.9", 404),
        ("9.9.9.9, 127.0.0.1", 404),
        ("::ffff:9.9.9.9", 404),
    ] {
        assert_eq!(counters(&behind, "127.0.0.1", forwarded), status, "{forwarded}");
    }
    let with = |word: &str| {
        asks(&behind, "GET", "/metrics", &[("x-forwarded-for", "9.9.9.9"), ("authorization", word)], b"").status
    };
    assert_eq!(with("Bearer secret word"), 200);
    for word in ["Bearer secret", "Bearer", "secret word", "Bearer secret word1", "Basic secret word"] {
        assert_eq!(with(word), 404, "{word}");
    }
}

#[test]
fn addresses_without_an_end_are_answered() {
    let market = Market::new();
    let (stage, _) = Stage::set(&market, stage::nothing);
    let running = serving::up(&market);
    let visitor = Visitor::person(&running, &stage.anna);
    let long = "x".repeat(20_000);
    let many: Vec<String> = (0..1_000).map(|n| format!("p{n}=v{n}")).collect();
    let same = "q=a&".repeat(1_000);
    for query in [
        long.clone(),
        format!("q={long}"),
        many.join("&"),
        same,
        "&".repeat(5_000),
        "=".repeat(5_000),
        format!("lang={long}"),
        format!("said={long}"),
        format!("cursor={long}"),
    ] {
        for path in
            ["/", "/search", "/orders", "/cart", "/login", "/categories", "/api/v1/goods", "/api/v1/orders", "/nowhere"]
        {
            let said = nothing_changes(&market, || visitor.gets(&format!("{path}?{query}")));
            assert!(said.status < 500, "{path}: {}", said.body);
        }
    }
    for path in [
        format!("/{long}"),
        format!("/orders/{long}"),
        format!("/shops/{long}"),
        "/a".repeat(5_000),
        format!("/api/v1/{long}"),
        format!("/seller/{long}/orders/{long}"),
    ] {
        assert_eq!(nothing_changes(&market, || visitor.gets(&path)).status, 404);
    }
    let endless = "x".repeat(1_000_000);
    let (status, said) = speaks(&running, &spelled(&format!("GET /{endless}"), "", ""));
    assert!(matches!(status, 0 | 400 | 414 | 431), "{}", &said[..said.len().min(200)]);
    let heads = format!("x-long: {endless}\r\n");
    let (status, said) = speaks(&running, &spelled("GET /", &heads, ""));
    assert!(matches!(status, 0 | 400 | 431), "{}", &said[..said.len().min(200)]);
    let cookies = format!("cookie: {}\r\n", "a=b; ".repeat(1_000));
    assert_eq!(speaks(&running, &spelled("GET /", &cookies, "")).0, 200);
    assert_eq!(breakages(&running), [""; 0]);
}

#[test]
fn what_is_badly_encoded_leads_nowhere() {
    let market = Market::new();
    let (stage, _) = Stage::set(&market, stage::nothing);
    market.works().unwrap();
    let running = serving::up(&market);
    let session = session(&stage.anna);
    let cookie = format!("cookie: jishi_session={session}\r\nauthorization: Bearer {session}\r\n");
    for bad in [
        "%",
        "%2",
        "%zz",
        "%ff",
        "%ED%A0%80",
        "%00",
        "%0d%0a",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e",
        "..",
        "%252e",
        "%u0041",
        "%E9%BE%99",
    ] {
        for path in [
            "/",
            "/orders/",
            "/goods/",
            "/shops/",
            "/category/",
            "/trades/",
            "/guest/",
            "/setup/",
            "/pictures/",
            "/static/x/",
            "/seller/",
            "/ops/orders/",
            "/api/v1/",
            "/api/v1/orders/",
            "/api/v1/shops/by-slug/",
            "/callbacks/",
            "/sandbox/cashier/",
        ] {
            let (status, said) =
                nothing_changes(&market, || speaks(&running, &spelled(&format!("GET {path}{bad}"), &cookie, "")));
            let is_a_door_for_posts = path == "/callbacks/" && !bad.contains('/');
            let expected: &[u16] = if is_a_door_for_posts { &[404, 405] } else { &[404] };
            assert!(expected.contains(&status), "{path}{bad}: {said}");
            says_nothing_of_its_inside(&said);
            let is_page = !path.starts_with("/api") && !["/callbacks/", "/pictures/", "/static/x/"].contains(&path);
            assert!(!is_page || said.contains("<h1"), "{path}{bad}: {said}");
            let is_problem = path.starts_with("/api") || is_a_door_for_posts;
            assert!(!is_problem || said.contains("application/problem+json"), "{path}{bad}: {said}");
        }
        for path in [
            "/search?q=",
            "/orders?cursor=",
            "/orders?state=",
            "/login?next=",
            "/?lang=",
            "/?said=",
            "/checkout?sku=",
            "/api/v1/goods?q=",
            "/api/v1/orders?cursor=",
        ] {
            let (status, said) = speaks(&running, &spelled(&format!("GET {path}{bad}"), &cookie, ""));
            assert!(status > 0 && status < 500, "{path}{bad}: {said}");
            says_nothing_of_its_inside(&said);
        }
    }
    assert_eq!(breakages(&running), [""; 0]);
}

#[test]
fn a_method_that_nobody_knows_fills_no_memory() {
    let market = Market::new();
    let running = serving::up(&market);
    for n in 0..50 {
        let (status, said) = speaks(&running, &spelled(&format!("BREW{n} /login"), "", ""));
        assert_eq!(status, 405, "{said}");
        let (status, said) = speaks(&running, &spelled(&format!("BREW{n} /nowhere/{n}"), "", ""));
        assert!(matches!(status, 404 | 405), "{said}");
    }
    let text = running.served.app.metrics().text();
    assert!(!text.contains("BREW"), "whoever makes methods up makes labels up: {text}");
    let trace = speaks(&running, &spelled("TRACE /", "x-secret: word\r\n", ""));
    assert!(trace.0 == 405 && !trace.1.contains("x-secret"), "{}", trace.1);
    assert!(matches!(speaks(&running, &spelled("CONNECT evil.example:443", "", "")).0, 0 | 400 | 404 | 405));
}

#[test]
fn who_sends_slowly_keeps_nobody_waiting() {
    let market = Market::new();
    let (stage, _) = Stage::set(&market, stage::nothing);
    let running = serving::up(&market);
    // Two hundred that begin and do not end.
    let slow: Vec<TcpStream> = (0..200)
        .map(|n| {
            let mut wire = TcpStream::connect(running.served.address).unwrap();
            let begun = if n % 2 == 0 { "GET / HTTP/1.1\r\nhost: a\r\n" } else { "POST /login HTTP/1.1\r\nhost: a\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: 100\r\n\r\na" };
            wire.write_all(begun.as_bytes()).unwrap();
            wire
        })
        .collect();
    let visitor = Visitor::person(&running, &stage.anna);
    for _ in 0..20 {
        assert_eq!(visitor.gets("/orders").status, 200);
    }
    for mut wire in slow {
        wire.shutdown(std::net::Shutdown::Write).unwrap();
        let mut said = Vec::new();
        let _ = wire.read_to_end(&mut said);
    }
    assert_eq!(visitor.gets("/orders").status, 200);
}
