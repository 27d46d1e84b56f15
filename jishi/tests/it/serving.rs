//! A market of the testkit's with its faces on an address of this machine, and a client that is no browser: it keeps
//! cookies, reads a page's form token, and follows nothing by itself.

use jishi::serve::{Config, Running, beside};
use std::{cell::RefCell, collections::BTreeMap};
use testkit::Market;
use ureq::{
    Agent,
    http::{HeaderMap, Response},
};

/// Serves a market of the testkit's until the answer is dropped.
pub(crate) fn up(market: &Market) -> Running {
    let listen = "127.0.0.1:0".parse().unwrap();
    beside(&Config::new(market.url(), listen), market.store().clone(), market.shared_clock(), false).unwrap()
}

/// Its address.
pub(crate) fn address(running: &Running) -> String {
    format!("http://{}", running.served.address)
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answered {
    /// The status.
    pub status: u16,
    /// Where to go on to.
    pub location: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: String,
}

impl Answered {
    /// The value of a header; nothing where it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// An answer with its body.
pub(crate) fn answered(mut response: Response<ureq::Body>) -> Answered {
    let body = response.body_mut().read_to_string().unwrap_or_default();
    let headers = response.headers().clone();
    let location = headers.get("location").and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    Answered { status: response.status().as_u16(), location, headers, body }
}

/// A client with cookies of its own.
pub(crate) struct Client {
    agent: Agent,
    base: String,
    cookies: RefCell<BTreeMap<String, String>>,
}

impl Client {
    /// A client of a market that has not been there yet.
    pub fn of(running: &Running) -> Client {
        // No line is kept: the server may close one while it is taken up again.
        let config = Agent::config_builder().http_status_as_error(false).max_redirects(0).max_idle_connections(0);
        Client { agent: config.build().into(), base: address(running), cookies: RefCell::default() }
    }

    /// Looks at a page.
    pub fn gets(&self, path: &str) -> Answered {
        let request = self.agent.get(format!("{}{path}", self.base)).header("cookie", self.cookie_line());
        self.hears(request.call().unwrap())
    }

    /// Sends a form as it stands on a page: with that page's token and a key of its own.
    pub fn sends(&self, page: &str, path: &str, fields: &[(&str, &str)]) -> Answered {
        let token = self.token(page);
        let key = format!("{:p}{}", self, self.cookies.borrow().len());
        let mut all = vec![("_csrf", token.as_str()), ("_key", key.as_str())];
        all.extend_from_slice(fields);
        self.posts(path, &all)
    }

    /// Sends fields as they are.
    pub fn posts(&self, path: &str, fields: &[(&str, &str)]) -> Answered {
        let request = self.agent.post(format!("{}{path}", self.base)).header("cookie", self.cookie_line());
        self.hears(request.send_form(fields.iter().copied()).unwrap())
    }

    /// Sends bytes as they are, under a content type.
    pub fn posts_raw(&self, path: &str, kind: &str, body: &[u8]) -> Answered {
        let request = self.agent.post(format!("{}{path}", self.base)).header("cookie", self.cookie_line());
        self.hears(request.header("content-type", kind).send(body).unwrap())
    }

    /// Logs in with a log-in and its password.
    pub fn logs_in(&self, login: &str, password: &str) -> Answered {
        self.sends("/login", "/login", &[("login", login), ("password", password), ("next", "")])
    }

    /// The token of the forms of a page.
    pub fn token(&self, page: &str) -> String {
        let body = self.gets(page).body;
        let after = body.split_once("name=\"_csrf\" value=\"").map(|(_, after)| after);
        after.and_then(|after| after.split('"').next()).unwrap_or_default().to_owned()
    }

    /// Forgets or sets a cookie by hand.
    pub fn keeps(&self, name: &str, value: &str) {
        self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> String {
        self.cookies.borrow().get(name).cloned().unwrap_or_default()
    }

    fn cookie_line(&self) -> String {
        let pairs: Vec<String> = self.cookies.borrow().iter().map(|(name, value)| format!("{name}={value}")).collect();
        pairs.join("; ")
    }

    fn hears(&self, response: Response<ureq::Body>) -> Answered {
        for line in response.headers().get_all("set-cookie") {
            let pair = line.to_str().unwrap().split(';').next().unwrap_or_default();
            if let Some((name, value)) = pair.split_once('=') {
                self.cookies.borrow_mut().insert(name.to_owned(), value.to_owned());
            }
        }
        answered(response)
    }
}
