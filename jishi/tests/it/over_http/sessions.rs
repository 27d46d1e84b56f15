//! Sessions: over once somebody has logged out, a new one with each log-in, in cookies that scripts do not see.

use super::{Visitor, asks, calls, fresh_key, nothing_changes, session};
use crate::{
    refusals::access::stage::{self, Stage},
    serving,
};
use jishi::serve::{Config, beside};
use serde_json::json;
use testkit::{Market, PASSWORD, days};

#[test]
fn after_logging_out_the_session_opens_no_page() {
    let market = Market::new();
    let (stage, _) = Stage::set(&market, stage::nothing);
    let running = serving::up(&market);
    let visitor = Visitor::nobody(&running);
    assert_eq!(visitor.client.logs_in("anna@example.com", PASSWORD).location, "/account?said=welcome");
    let token = visitor.client.cookie("jishi_session");
    let page = format!("/orders/{}", stage.order());
    assert_eq!(visitor.gets(&page).status, 200);
    let said = visitor.sends("/logout", &[]);
    assert_eq!((said.status, visitor.client.cookie("jishi_session").as_str()), (303, ""));
    // Whoever kept the cookie has nothing of it.
    visitor.client.keeps("jishi_session", &token);
    for path in [&page, "/orders", "/account"] {
        let said = visitor.gets(path);
        assert_eq!((said.status, said.location.starts_with("/login?")), (303, true), "{path}: {}", said.location);
    }
    let key = fresh_key();
    let form = [("_csrf", visitor.client.token("/login")), ("_key", key)];
    let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let said = nothing_changes(&market, || visitor.client.posts(&format!("{page}/confirm"), &form));
    assert_eq!((said.status, said.location.starts_with("/login?")), (303, true));
    // Nor does the same token say anything to the interface.
    let (said, problem) = calls(&running, &token, "GET", "/me", None);
    assert_eq!((said.status, problem["code"].as_str()), (401, Some("login_needed")));
}

#[test]
fn after_logging_out_the_token_opens_nothing() {
    let market = Market::new();
    let (stage, _) = Stage::set(&market, stage::nothing);
    let running = serving::up(&market);
    let anna = json!({ "login": "anna@example.com", "password": PASSWORD });
    let (said, shown) = calls(&running, &session(&market.stranger()), "POST", "/sessions", Some(&anna));
    assert_eq!(said.status, 201, "{shown}");
    let token = shown["token"].as_str().unwrap();
    let order = format!("/orders/{}", stage.order());
    assert_eq!(calls(&running, token, "GET", &order, None).0.status, 200);
    assert_eq!(calls(&running, token, "DELETE", "/sessions/current", None).0.status, 204);
    for (method, path) in [("GET", order.as_str()), ("GET", "/me"), ("GET", "/cart"), ("DELETE", "/sessions/current")] {
        let (said, problem) = nothing_changes(&market, || calls(&running, token, method, path, None));
        assert_eq!((said.status, problem["code"].as_str()), (401, Some("login_needed")), "{method} {path}");
        assert_eq!(said.header("www-authenticate"), "Bearer");
    }
    let visitor = Visitor::nobody(&running);
    visitor.client.keeps("jishi_session", token);
    assert_eq!(visitor.gets("/orders").status, 303);
}

#[test]
fn a_session_that_is_too_old_opens_nothing() {
    let market = Market::new();
    let (stage, _) = Stage::set(&market, stage::nothing);
    let visitor_of = |running| Visitor::person(running, &stage.anna);
    let running = serving::up(&market);
    let (visitor, token) = (visitor_of(&running), session(&stage.anna));
    assert_eq!(visitor.gets("/orders").status, 200);
    drop(running);
    market.later(days(31)).unwrap();
    let running = serving::up(&market);
    assert_eq!(calls(&running, &token, "GET", "/me", None).0.status, 401);
    let old = Visitor::nobody(&running);
    old.client.keeps("jishi_session", &token);
    assert_eq!(old.gets("/orders").status, 303);
}

#[test]
fn who_logs_in_gets_a_session_that_nobody_knew_before() {
    let market = Market::new();
    let (stage, _) = Stage::set(&market, stage::nothing);
    let running = serving::up(&market);
    // Somebody plants the session of a guest of his in another's browser.
    let planted = session(&stage.gina);
    let visitor = Visitor::nobody(&running);
    visitor.client.keeps("jishi_session", &planted);
    assert_eq!(visitor.client.logs_in("anna@example.com", PASSWORD).status, 303);
    let hers = visitor.client.cookie("jishi_session");
    assert_ne!(hers, planted);
    assert_eq!(visitor.gets(&format!("/orders/{}", stage.order())).status, 200);
    let planter = Visitor::nobody(&running);
    planter.client.keeps("jishi_session", &planted);
    assert_eq!(planter.gets(&format!("/orders/{}", stage.order())).status, 404);
    // A word that somebody made up is never taken as a session, nor is his own, once he logs in again.
    for made_up in ["nonsense", "ses_1", &"x".repeat(5_000)] {
        visitor.client.keeps("jishi_session", made_up);
        assert_eq!(visitor.gets("/orders").status, 303);
        assert_eq!(visitor.client.logs_in("anna@example.com", PASSWORD).status, 303);
        let again = visitor.client.cookie("jishi_session");
        assert!(again != made_up && again != hers);
    }
}

#[test]
fn cookies_are_for_this_site_and_no_script() {
    let market = Market::new();
    market.buyer("anna");
    let listen = "127.0.0.1:0".parse().unwrap();
    for public in ["http://market.example", "https://market.example"] {
        let config = Config { public: Some(public.to_owned()), ..Config::new(market.url(), listen) };
        let running = beside(&config, market.store().clone(), market.shared_clock(), false).unwrap();
        let visitor = Visitor::nobody(&running);
        let mut cookies: Vec<String> = Vec::new();
        let mut left = |said: &serving::Answered| {
            let values = said.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap().to_owned());
            cookies.extend(values);
        };
        left(&visitor.gets("/?lang=en"));
        left(&visitor.client.logs_in("anna@example.com", PASSWORD));
        left(&visitor.sends("/theme", &[("back", "/")]));
        left(&visitor.sends("/logout", &[]));
        let names: Vec<&str> = cookies.iter().map(|line| line.split('=').next().unwrap()).collect();
        for name in ["jishi_session", "jishi_visit", "jishi_lang", "jishi_theme"] {
            assert!(names.contains(&name), "{name} is not among {names:?}");
        }
        for line in &cookies {
            for flag in ["; HttpOnly", "; SameSite=Lax", "; Path=/"] {
                assert!(line.contains(flag), "{line} has no {flag}");
            }
            assert_eq!(line.contains("; Secure"), public.starts_with("https"), "{line}");
            assert!(!line.contains("Domain"), "{line}");
        }
        let secure = asks(&running, "GET", "/", &[], b"");
        assert_eq!(!secure.header("strict-transport-security").is_empty(), public.starts_with("https"));
    }
}
