//! What is refused, again, as browsers and programs meet it over HTTP, and that nothing has changed afterwards: by whom it
//! is tried ([`anothers`], [`seals`], [`sessions`]), what a request holds ([`amounts`], [`forms`], [`bodies`], [`addresses`],
//! [`values`]), how things stand ([`states`], [`rush`]), over which wire money is told of ([`callbacks`]), while the
//! database says no ([`database`], [`room`]), and at the doors ([`doors`], [`heads`]). [`lessons`] are those of
//! docs/lessons.md that are about pages and callbacks.

mod addresses;
mod amounts;
mod anothers;
mod bodies;
mod callbacks;
mod database;
mod doors;
mod forms;
mod heads;
mod html;
mod lessons;
mod room;
mod rush;
mod seals;
mod sessions;
mod states;
mod values;
mod walk;

use crate::serving::{self, Answered, Client};
use identity::{Secret, Token};
use jishi::serve::Running;
use serde_json::Value;
use std::{
    io::{Read, Write},
    net::TcpStream,
    sync::atomic::{AtomicU64, Ordering},
};
use testkit::{Market, Person};
use ureq::{Agent, http::Request};

/// The token of a session of somebody's.
fn session(person: &Person) -> String {
    let party = person.id;
    let secret = Secret::new(person.market().store().secret());
    let shown = secret.clone();
    let opened = person.market().acts(move |tx| identity::open_session(tx, party, &secret, 30)).unwrap();
    Token::new(opened, shown).to_string()
}

/// A key for a form that no other form has.
fn fresh_key() -> String {
    static KEYS: AtomicU64 = AtomicU64::new(0);
    format!("form-{}", KEYS.fetch_add(1, Ordering::Relaxed))
}

/// Somebody with a browser.
struct Visitor {
    client: Client,
}

impl Visitor {
    /// Who has never been there.
    fn nobody(running: &Running) -> Visitor {
        Visitor { client: Client::of(running) }
    }

    /// Who has come in already.
    fn person(running: &Running, person: &Person) -> Visitor {
        let visitor = Visitor::nobody(running);
        visitor.client.keeps("jishi_session", &session(person));
        visitor
    }

    fn gets(&self, path: &str) -> Answered {
        self.client.gets(path)
    }

    /// Sends a form as a page of the market would, whatever fields it has.
    fn sends(&self, path: &str, fields: &[(&str, &str)]) -> Answered {
        let (token, key) = (self.client.token("/login"), fresh_key());
        let mut all = vec![("_csrf", token.as_str()), ("_key", key.as_str())];
        all.extend_from_slice(fields);
        self.client.posts(path, &all)
    }
}

/// Sends a request as it is.
fn asks(running: &Running, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answered {
    let config = Agent::config_builder().http_status_as_error(false).max_redirects(0);
    let agent: Agent = config.build().into();
    let mut request = Request::builder().method(method).uri(format!("{}{path}", serving::address(running)));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    serving::answered(agent.run(request.body(body).unwrap()).unwrap())
}

/// The same as a program does it, with a token and a JSON body.
fn calls(running: &Running, token: &str, method: &str, path: &str, body: Option<&Value>) -> (Answered, Value) {
    let bearer = format!("Bearer {token}");
    let mut headers = vec![("authorization", bearer.as_str())];
    let text = body.map(Value::to_string).unwrap_or_default();
    if body.is_some() {
        headers.push(("content-type", "application/json"));
    }
    let said = asks(running, method, &format!("/api/v1{path}"), &headers, text.as_bytes());
    let value = serde_json::from_str(&said.body).unwrap_or(Value::Null);
    (said, value)
}

/// Writes bytes to the server's address and reads until it hangs up; answers the status and everything.
fn speaks(running: &Running, bytes: &[u8]) -> (u16, String) {
    let mut wire = TcpStream::connect(running.served.address).unwrap();
    // Who is refused half-way may find the line closed; what was said before is there to be read.
    let _ = wire.write_all(bytes);
    hears(&mut wire)
}

fn hears(wire: &mut TcpStream) -> (u16, String) {
    let mut said = Vec::new();
    let _ = wire.read_to_end(&mut said);
    let said = String::from_utf8_lossy(&said).into_owned();
    let status = said.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    (status, said)
}

/// A request line with what the server must be told, and a body that has an end.
fn spelled(line: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("{line} HTTP/1.1\r\nhost: market\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n{body}")
        .into()
}

/// Nothing is different afterwards.
#[track_caller]
fn nothing_changes<T>(market: &Market, act: impl FnOnce() -> T) -> T {
    comes_to_rest(market);
    let before = market.fingerprint();
    let said = act();
    assert_eq!(market.fingerprint(), before, "something changed all the same");
    said
}

/// What was done before has had its consequences: the server's own workers would be at them still, and whatever they
/// change is no doing of the request that is looked at.
fn comes_to_rest(market: &Market) {
    let now = market.now();
    for _ in 0..10_000 {
        let waits = market.asks(move |read| views::ops::home(read, now)).unwrap();
        if (waits.events.n, waits.timers.n) == (0, 0) {
            return;
        }
        market.works().unwrap();
    }
    panic!("the market does not come to rest");
}

/// How often requests were answered with a status of 500 or more, by the server's own count.
fn breakages(running: &Running) -> Vec<String> {
    let text = running.served.app.metrics().text();
    let broken = |line: &&str| line.starts_with("jishi_requests_total") && line.contains("status=\"5");
    text.lines().filter(broken).map(str::to_owned).collect()
}

/// What no answer shows, whoever asks: how the program is built.
#[track_caller]
fn says_nothing_of_its_inside(body: &str) {
    for word in [
        "panicked at",
        "stack backtrace",
        "src/",
        ".rs:",
        "SQLITE_",
        "sqlite",
        "insert into ",
        "syntax error",
        "constraint failed",
        "duplicate key",
        "postgres",
        "Serde",
    ] {
        assert!(!body.contains(word), "{word}: {body}");
    }
}
