//! While the database under a running server says no: locked or gone. Page and interface answer 503 with a clear text and
//! when to come again, nothing that was answered is lost, and the same request succeeds once the database is there again,
//! without a restart.

use super::{Visitor, asks, calls, fresh_key, says_nothing_of_its_inside, session};
use crate::{
    over_http::callbacks::{paid_at, posts},
    serving::Answered,
};
use jishi::{
    open::provider_keys,
    serve::{Config, Running, beside},
};
use kernel::{Actor, Cx, Result};
use order::State;
use serde_json::{Value, json};
use std::sync::mpsc;
use store::{Act, Store, across, args, databases};
use testkit::{Engine, Goods, Market, Person, cny};

/// The market served from a store of its own, opened in its own way.
pub(super) fn serves(market: &Market, change: impl FnOnce(&mut store::Config)) -> Running {
    let mut config = store::Config::new(market.url(), market.shared_clock());
    change(&mut config);
    let store = Store::open(config, flows::ROOMS).unwrap();
    let listen = "127.0.0.1:0".parse().unwrap();
    beside(&Config::new(market.url(), listen), store, market.shared_clock(), false).unwrap()
}

/// Tea, and somebody who buys it from a browser and by a program.
pub(super) struct Buying {
    pub tea: Goods,
    pub anna: Person,
    pub visitor: Visitor,
    pub token: String,
    csrf: String,
    address: String,
}

impl Buying {
    pub fn of(market: &Market, running: &Running, stock: i64) -> Buying {
        let tea = market.shop("tea-house").sells("longjing", cny(88_00)).stock(stock);
        let anna = market.buyer("anna");
        let address = anna.notes_address(testkit::address_of("Anna").unwrap()).unwrap().to_string();
        market.works().unwrap();
        let visitor = Visitor::person(running, &anna);
        let (csrf, token) = (visitor.client.token("/login"), session(&anna));
        assert_eq!(csrf.len(), 32);
        Buying { tea, anna, visitor, token, csrf, address }
    }

    /// Orders one from the page, as the same form each time under the same key.
    pub fn orders(&self, key: &str) -> Answered {
        let line = format!("{} 1", self.tea.sku);
        let seal = [("_csrf", self.csrf.as_str()), ("_key", key)];
        let fields = [("line", line.as_str()), ("address", self.address.as_str()), ("seen", "88.00 CNY")];
        self.visitor.client.posts("/checkout", &[&seal[..], &fields].concat())
    }

    /// Orders one by a program, under a key.
    pub fn places(&self, running: &Running, key: &str) -> (Answered, Value) {
        let wish = json!({ "lines": [{ "sku": self.tea.sku.to_string(), "units": 1 }], "address": self.address });
        let bearer = format!("Bearer {}", self.token);
        let headers =
            [("authorization", bearer.as_str()), ("idempotency-key", key), ("content-type", "application/json")];
        let said = asks(running, "POST", "/api/v1/trades", &headers, wish.to_string().as_bytes());
        let body = serde_json::from_str(&said.body).unwrap_or_default();
        (said, body)
    }
}

pub(super) fn orders(market: &Market) -> i64 {
    let count = across!("select count(*) from order_order");
    market.asks(move |read| read.one(count, args![], |row| row.get(0))).unwrap()
}

/// A page that says that it cannot be done now, and when to come again.
#[track_caller]
pub(super) fn page_is_busy(said: &Answered) {
    assert_eq!((said.status, said.header("retry-after")), (503, "5"), "{}", said.body);
    assert!(said.header("content-type").starts_with("text/html"), "{:?}", said.headers);
    assert!(said.body.contains("wrong-page") || said.body.contains("role=\"alert\""), "{}", said.body);
    assert!(!said.header("content-security-policy").is_empty());
    says_nothing_of_its_inside(&said.body);
}

/// The same, for a program.
#[track_caller]
pub(super) fn problem_is_busy((said, problem): &(Answered, Value)) {
    assert_eq!((said.status, said.header("retry-after")), (503, "5"), "{}", said.body);
    assert_eq!(problem["code"], "unavailable", "{problem}");
    assert!(problem["detail"].as_str().is_some_and(|detail| !detail.is_empty()), "{problem}");
    says_nothing_of_its_inside(&said.body);
}

/// Runs `meanwhile` while another process' act is under way, which began with `first`.
fn while_another_acts(market: &Market, first: Option<&'static store::Statement>, meanwhile: impl FnOnce()) {
    let (began, has_begun) = mpsc::channel();
    let (end, may_end) = mpsc::channel::<()>();
    let cx = Cx::new(Actor::System("another"), "another");
    let acting = market.store().write(Act::new("another.act", &cx), move |tx| {
        if let Some(first) = first {
            tx.exec(first, args![])?;
        }
        // Whoever waits for either end has gone only where the test has failed already.
        let _ = began.send(());
        let _ = may_end.recv();
        Ok(())
    });
    has_begun.recv().expect("the other act begins");
    meanwhile();
    drop(end);
    acting.wait().unwrap();
}

/// The same requests again, and once more: each is done once.
fn comes_back(market: &Market, running: &Running, buying: &Buying, keys: [&str; 2], before: i64) {
    let page = buying.orders(keys[0]);
    assert_eq!(page.status, 303, "{}", page.body);
    assert_eq!(buying.orders(keys[0]).location, page.location);
    let (said, placed) = buying.places(running, keys[1]);
    assert_eq!(said.status, 201, "{placed}");
    assert_eq!(buying.places(running, keys[1]).1, placed);
    assert_eq!(orders(market), before + 2);
}

#[test]
fn a_file_that_another_process_holds_is_locked_for_the_faces() {
    let market = Market::on(Engine::Lite).expect("SQLite is always at hand");
    let running = serves(&market, |config| config.busy_millis = 50);
    let buying = Buying::of(&market, &running, 20);
    let (page, program) = (fresh_key(), fresh_key());
    let callback = told_of(&market, &buying);
    while_another_acts(&market, None, || {
        page_is_busy(&buying.orders(&page));
        problem_is_busy(&buying.places(&running, &program));
        // A form's page and a button's page alike; what is only looked at is there.
        page_is_busy(&buying.visitor.sends("/cart/lines", &[("sku", &buying.tea.sku.to_string()), ("units", "1")]));
        page_is_busy(&Visitor::nobody(&running).client.logs_in("anna@example.com", testkit::PASSWORD));
        let told = posts(&running, "sandbox", &callback.0, &callback.1);
        assert_eq!((told.status, told.header("retry-after")), (503, "5"), "the channel tells again: {}", told.body);
        for path in ["/", "/cart", "/orders", "/checkout", "/readyz"] {
            let said = buying.visitor.gets(path);
            assert!(matches!(said.status, 200 | 303), "{path}: {}", said.body);
        }
        assert_eq!(calls(&running, &buying.token, "GET", "/orders", None).0.status, 200);
    });
    comes_back(&market, &running, &buying, [&page, &program], 1);
    assert_eq!(posts(&running, "sandbox", &callback.0, &callback.1).status, 204);
    drop(running);
    market.works().unwrap();
    let paid = market.figures().0.get("order paid").copied();
    assert_eq!((paid, buying.tea.available()), (Some(1), 17));
    market.check();
}

/// An order that was paid at the provider, and the provider's word of it.
fn told_of(market: &Market, buying: &Buying) -> (String, Vec<u8>) {
    let placed = buying.anna.buys(&[(buying.tea.sku, 1)]).unwrap();
    market.provider_plays(sandbox::Mischief::Delay, testkit::days(2)).unwrap();
    let payment = buying.anna.opens_payment(placed.trade).unwrap().expect("there is something to pay");
    market.sandbox().pay(payment.to_string()).wait().unwrap();
    assert_eq!(market.order(placed.orders[0]).state, State::Unpaid);
    let body = serde_json::to_vec(&paid_at(market, payment, cny(88_00))).unwrap();
    (provider_keys().sign(market.now(), &body), body)
}

#[test]
fn a_row_that_another_act_holds_is_locked_for_the_faces() {
    let Some(market) = Market::on(Engine::Postgres) else {
        return testkit::skip_postgres();
    };
    // How long one waits for a row is the server's setting, which the address may bear.
    let running = serves(&market, |config| config.url += "?options=-c%20lock_timeout%3D100");
    let buying = Buying::of(&market, &running, 20);
    let (page, program) = (fresh_key(), fresh_key());
    while_another_acts(&market, Some(across!("update stock_level set on_hand = on_hand")), || {
        page_is_busy(&buying.orders(&page));
        problem_is_busy(&buying.places(&running, &program));
        // Whatever does not want that row goes on.
        let cart = buying.visitor.sends("/cart/lines", &[("sku", &buying.tea.sku.to_string()), ("units", "1")]);
        assert_eq!(cart.status, 303, "{}", cart.body);
    });
    comes_back(&market, &running, &buying, [&page, &program], 0);
    drop(running);
    market.works().unwrap();
    market.check();
}

/// Ends every other connection to the market's database.
fn cuts_all_lines(market: &Market) -> Result<()> {
    let config = store::Config { readers: 1, ..store::Config::new(market.url(), market.shared_clock()) };
    // The offset keeps the server from ending itself while it still looks for the others.
    let text = "select count(pg_terminate_backend(pid))
                from (select pid
                      from pg_stat_activity
                      where datname = current_database() and pid <> pg_backend_pid()
                      offset 0) others";
    Store::open(config, flows::ROOMS)?.read(move |read| read.ask(text, |_| Ok(()))).wait()
}

#[test]
fn a_server_that_was_started_anew_is_served_from_as_if_nothing_had_been() {
    let Some(market) = Market::on(Engine::Postgres) else {
        return testkit::skip_postgres();
    };
    let running = serves(&market, |_| ());
    let buying = Buying::of(&market, &running, 100);
    for round in 0..5 {
        cuts_all_lines(&market).unwrap();
        // What is only looked at is read anew; an act may have been cut, and says so, and is sent again.
        assert_eq!(buying.visitor.gets("/orders").status, 200);
        assert_eq!(calls(&running, &buying.token, "GET", "/orders", None).0.status, 200);
        cuts_all_lines(&market).unwrap();
        let (page, program) = (fresh_key(), fresh_key());
        for _ in 0..3 {
            let said = buying.orders(&page);
            assert!(matches!(said.status, 303 | 503), "{}", said.body);
            let (said, problem) = buying.places(&running, &program);
            assert!(matches!(said.status, 201 | 503), "{problem}");
        }
        assert_eq!((buying.orders(&page).status, buying.places(&running, &program).0.status), (303, 201));
        assert_eq!(orders(&market), (round + 1) * 2);
    }
    drop(running);
    market.works().unwrap();
    market.check();
}

#[test]
fn a_database_that_is_gone_for_a_while_is_busy_and_loses_nothing() {
    let Some(market) = Market::on(Engine::Postgres) else {
        return testkit::skip_postgres();
    };
    let server = std::env::var("JISHI_TEST_POSTGRES").expect("the market stands on it");
    let name = market.url().rsplit('/').next().expect("an address has a name in it").to_owned();
    let kept = format!("{name}_faces");
    let running = serves(&market, |_| ());
    let buying = Buying::of(&market, &running, 20);
    let callback = told_of(&market, &buying);
    let (page, program) = (fresh_key(), fresh_key());
    // Nobody may be connected to what is copied: the workers come again at once, so this may take more than one try.
    databases::remove(&server, &kept).unwrap();
    let copied = (0..200).any(|_| {
        cuts_all_lines(&market).unwrap();
        databases::make(&server, &kept, Some(&name)).is_ok()
    });
    assert!(copied, "the database could not be put away");
    databases::remove(&server, &name).unwrap();
    for _ in 0..2 {
        page_is_busy(&buying.orders(&page));
        problem_is_busy(&buying.places(&running, &program));
        for path in ["/", "/orders", "/cart", "/login", "/goods/lst_1", "/seller/tea-house", "/ops", "/nowhere"] {
            let said = buying.visitor.gets(path);
            page_is_busy(&said);
        }
        let nobody = Visitor::nobody(&running);
        page_is_busy(&nobody.gets("/"));
        page_is_busy(&nobody.gets("/search?q=tea"));
        for path in ["/me", "/orders", "/goods", "/market"] {
            problem_is_busy(&calls(&running, &buying.token, "GET", path, None));
        }
        assert_eq!(posts(&running, "sandbox", &callback.0, &callback.1).status, 503);
        let ready = asks(&running, "GET", "/readyz", &[], b"");
        assert_eq!((ready.status, ready.header("retry-after")), (503, "5"));
        assert_eq!(asks(&running, "GET", "/healthz", &[], b"").status, 200);
        let cashier = asks(&running, "GET", "/sandbox/cashier/pay_1", &[], b"");
        assert!(matches!(cashier.status, 404 | 503), "{}", cashier.body);
    }
    assert!(databases::rename(&server, &kept, &name).unwrap());
    comes_back(&market, &running, &buying, [&page, &program], 1);
    assert_eq!(posts(&running, "sandbox", &callback.0, &callback.1).status, 204);
    assert_eq!(buying.visitor.gets("/orders").status, 200);
    assert_eq!(asks(&running, "GET", "/readyz", &[], b"").status, 200);
    drop(running);
    market.works().unwrap();
    assert_eq!(buying.tea.available(), 17);
    market.check();
}
