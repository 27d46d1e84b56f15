//! Somebody looks at a page.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use door::{
    App, Asked, SESSION_COOKIE, format,
    words::{self, Told},
};
use kernel::{Actor, Id, Locale, Money, Result, Time, error::Common, kinds};
use sha2::{Digest, Sha256};

use crate::{Chip, Wrong};

/// The cookie that tells browsers apart that have no session, so that a form of one is none of another's.
const VISIT_COOKIE: &str = "jishi_visit";

/// What the top of a page says of who visits.
#[derive(Clone, Debug, Default)]
pub struct Who {
    /// How he is called; none for whoever has not logged in.
    pub name: Option<String>,
    /// Whether he is a guest, known by a cookie or a secret link alone.
    pub is_guest: bool,
    /// How many lines his cart has.
    pub cart: i64,
}

/// Which colours were chosen; the system's where nothing was.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Theme {
    /// As the system says.
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The other one; whoever has not chosen sees dark first.
    #[must_use]
    pub const fn turned(self) -> Theme {
        match self {
            Theme::Dark => Theme::Light,
            Theme::Light | Theme::System => Theme::Dark,
        }
    }
}

/// A page's reader and everything the templates say to him.
#[derive(Clone)]
pub struct Visit {
    /// The request.
    pub asked: Asked,
    /// Who.
    pub who: Who,
    /// In which colours.
    pub theme: Theme,
    /// What a form of this page carries, so that no other site can send it.
    pub csrf: String,
    /// The page's instant, one for everything on it.
    pub now: Time,
    /// The message of what was just done, by its id.
    pub said: Option<String>,
    fresh_cookie: Option<String>,
}

impl FromRequestParts<App> for Visit {
    type Rejection = Wrong;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Visit, Wrong> {
        let asked = Asked::by_cookie(parts, app).await?;
        Visit::of(asked, &parts.headers).await.map_err(Wrong::from)
    }
}

impl Visit {
    /// The visit of a request.
    ///
    /// # Errors
    /// What the database says.
    pub async fn of(asked: Asked, headers: &HeaderMap) -> Result<Visit> {
        let actor = asked.cx.actor.clone();
        let who = match actor {
            Actor::Person(party) | Actor::Guest(party) => {
                let is_guest = matches!(actor, Actor::Guest(_));
                asked.app.store().read(move |read| who(read, party, is_guest)).await?
            }
            _ => Who::default(),
        };
        let theme = match door::cookie(headers, "jishi_theme") {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::System,
        };
        let known = door::cookie(headers, VISIT_COOKIE).filter(|value| value.len() == 32).map(str::to_owned);
        let fresh_cookie = known.is_none().then(|| hexadecimal(&asked.app.store().secret()[..16]));
        let secret = known.or_else(|| fresh_cookie.clone()).unwrap_or_default();
        // The session is part of it: a form filled in before logging in or out is stale afterwards.
        let session = door::cookie(headers, SESSION_COOKIE).unwrap_or_default();
        let csrf = hexadecimal(&Sha256::digest(format!("form {secret} {session}"))[..16]);
        let query = query_text(&asked.uri);
        let said = query.split('&').find_map(|pair| pair.strip_prefix("said=")).map(|id| format!("said-{id}"));
        let said = said.filter(|id| words::has(asked.cx.locale, id));
        let now = asked.app.now();
        Ok(Visit { asked, who, theme, csrf, now, said, fresh_cookie })
    }

    /// The market behind the page.
    pub fn app(&self) -> &App {
        &self.asked.app
    }

    /// The language of the page.
    pub fn locale(&self) -> Locale {
        self.asked.cx.locale
    }

    /// The page's `lang`.
    pub fn lang(&self) -> &'static str {
        match self.locale() {
            Locale::Zh => "zh-CN",
            Locale::En => "en",
        }
    }

    /// The page's `data-theme`; nothing where the system decides.
    pub fn shade(&self) -> Option<&'static str> {
        match self.theme {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        }
    }

    /// The first character of the name, for the round mark beside it.
    pub fn initial(&self) -> String {
        self.who.name.iter().flat_map(|name| name.chars().next()).collect()
    }

    /// What the market calls itself.
    pub fn market_name(&self) -> &str {
        &self.asked.settings.name
    }

    /// Whether this is a demo market.
    pub fn is_demo(&self) -> bool {
        self.app().options().demo
    }

    /// The party that visits.
    ///
    /// # Errors
    /// `login_needed`.
    pub fn party(&self) -> Result<Id<kinds::Party>> {
        self.asked.cx.actor.party().ok_or_else(|| Common::LoginNeeded.into())
    }

    /// The person that visits; a guest is none.
    ///
    /// # Errors
    /// `login_needed`.
    pub fn person(&self) -> Result<Id<kinds::Party>> {
        match self.asked.cx.actor {
            Actor::Person(person) => Ok(person),
            _ => Err(Common::LoginNeeded.into()),
        }
    }

    /// The path asked for, without its query.
    pub fn path(&self) -> &str {
        self.asked.uri.split('?').next().unwrap_or("/")
    }

    /// The same address in another language.
    pub fn in_language(&self, tag: &str) -> String {
        self.with("lang", tag)
    }

    /// The same address with one parameter of its query set to something else; paging begins anew.
    pub fn with(&self, name: &str, value: &str) -> String {
        let query = query_text(&self.asked.uri);
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        let kept = pairs.into_iter().filter(|(key, _)| key != name && key != "said" && key != "cursor");
        let mut pairs: Vec<(String, String)> = kept.collect();
        if !value.is_empty() {
            pairs.push((name.to_owned(), value.to_owned()));
        }
        let query = serde_urlencoded::to_string(&pairs).unwrap_or_default();
        if query.is_empty() { self.path().to_owned() } else { format!("{}?{query}", self.path()) }
    }

    /// The value of a parameter of the query; nothing where it is not there.
    pub fn query(&self, name: &str) -> String {
        let query = query_text(&self.asked.uri);
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).unwrap_or_default();
        pairs.into_iter().find(|(key, _)| key == name).map(|(_, value)| value).unwrap_or_default()
    }

    /// One parameter as a query.
    pub fn query_of(&self, name: &str, value: &str) -> String {
        serde_urlencoded::to_string([(name, value)]).unwrap_or_default()
    }

    /// `page` where a link leads to the page that is shown, for `aria-current`.
    pub fn current(&self, path: &str) -> &'static str {
        if self.path() == path { "page" } else { "false" }
    }

    /// The address of a file of the house: stylesheet, script, icons.
    pub fn asset(&self, name: &str) -> String {
        crate::assets::address(name)
    }

    /// A fresh key for a form, so that sending it twice has one effect.
    pub fn form_key(&self) -> String {
        hexadecimal(&self.app().store().secret()[..16])
    }

    /// A message of the catalogue.
    pub fn say(&self, id: &'static str) -> &'static str {
        words::plain(self.locale(), id)
    }

    /// A message whose id is put together, such as a state's.
    pub fn word(&self, of: &str, word: &str) -> String {
        words::say(self.locale(), &format!("{of}-{}", word.replace(['_', '.'], "-")))
    }

    /// What was just done.
    pub fn said(&self) -> Option<String> {
        self.said.as_ref().map(|id| words::say(self.locale(), id))
    }

    /// A message with one variable.
    pub fn tell(&self, id: &str, name: &str, value: impl Into<Told>) -> String {
        words::tell(self.locale(), id, &[(name, value.into())])
    }

    /// A message with two variables.
    pub fn tell2(&self, id: &str, a: &str, one: impl Into<Told>, b: &str, two: impl Into<Told>) -> String {
        words::tell(self.locale(), id, &[(a, one.into()), (b, two.into())])
    }

    /// A message that counts: `$n`.
    pub fn n(&self, id: &str, n: impl Into<Told>) -> String {
        self.tell(id, "n", n)
    }

    /// An amount on one line.
    pub fn money(&self, money: &Money) -> String {
        format::money(*money)
    }

    /// The pieces of an amount, for the price part.
    pub fn pieces(&self, money: &Money) -> format::Pieces {
        format::pieces(*money)
    }

    /// A count with its thousands apart.
    pub fn count(&self, number: &i64) -> String {
        format::count(*number)
    }

    /// A rate in hundredths of a percent.
    pub fn percent(&self, basis_points: &i64) -> String {
        format::percent(*basis_points)
    }

    /// An instant with its day.
    pub fn time(&self, time: &Time) -> String {
        format::time(self.locale(), &self.asked.settings.zone, self.now, *time)
    }

    /// A day.
    pub fn date(&self, time: &Time) -> String {
        format::date(self.locale(), &self.asked.settings.zone, self.now, *time)
    }

    /// A day with its weekday.
    pub fn weekday(&self, time: &Time) -> String {
        format::weekday(self.locale(), &self.asked.settings.zone, *time)
    }

    /// An instant for `<time datetime>`.
    pub fn machine(&self, time: &Time) -> String {
        format::machine(*time)
    }

    /// How long until an instant; nothing once it has passed.
    pub fn left(&self, until: &Time) -> Option<String> {
        format::left(self.locale(), self.now, *until)
    }

    /// A span of minutes, as a deadline says it.
    pub fn minutes(&self, n: &i64) -> String {
        let end = Time(n.saturating_mul(kernel::time::MINUTE));
        format::left(self.locale(), Time(0), end).unwrap_or_default()
    }

    /// The chip of a state: `of` says what is in it (`order`, `case`, `shop` …), `state` is its word.
    pub fn chip(&self, of: &str, state: &str) -> Chip {
        crate::chip(self.locale(), of, state)
    }

    /// To another page after something was done, with the message `said-<said>` on it.
    pub fn see(&self, path: &str, said: &str) -> Response {
        let join = if path.contains('?') { '&' } else { '?' };
        let location = if said.is_empty() { path.to_owned() } else { format!("{path}{join}said={said}") };
        let location = HeaderValue::from_str(&location).unwrap_or(HeaderValue::from_static("/"));
        (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response()
    }

    /// The cookies that a page leaves with a browser that had none.
    pub(crate) fn leave_cookies(&self, response: &mut Response) {
        if let Some(value) = &self.fresh_cookie {
            set_cookie(response, self.app(), VISIT_COOKIE, value, 365);
        }
        let query = query_text(&self.asked.uri);
        if query.split('&').any(|pair| pair.starts_with("lang=")) {
            set_cookie(response, self.app(), "jishi_lang", self.locale().tag(), 365);
        }
    }
}

/// What stands behind the `?` of an address.
fn query_text(uri: &str) -> &str {
    uri.split_once('?').map_or("", |(_, query)| query)
}

fn who(read: &mut store::Read, party: Id<kinds::Party>, is_guest: bool) -> Result<Who> {
    let cart = cart::size(read, party)?;
    let name = if is_guest { None } else { identity::contact(read, party)?.name };
    Ok(Who { name: name.map(kernel::Text::into_string), is_guest, cart })
}

/// Lets the browser keep a session for `days`.
pub fn keep_session(response: &mut Response, app: &App, token: &str, days: i64) {
    set_cookie(response, app, SESSION_COOKIE, token, days);
}

/// Lets the browser forget its session.
pub fn end_session(response: &mut Response, app: &App) {
    set_cookie(response, app, SESSION_COOKIE, "", 0);
}

/// Lets the browser keep the chosen colours.
pub fn keep_theme(response: &mut Response, app: &App, theme: Theme) {
    let word = if theme == Theme::Dark { "dark" } else { "light" };
    set_cookie(response, app, "jishi_theme", word, 365);
}

fn set_cookie(response: &mut Response, app: &App, name: &str, value: &str, days: i64) {
    let secure = if app.options().is_secure() { "; Secure" } else { "" };
    let seconds = days * 86_400;
    let cookie = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    if let Ok(value) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        out.push(char::from_digit(u32::from(byte >> 4), 16).unwrap_or('0'));
        out.push(char::from_digit(u32::from(byte & 15), 16).unwrap_or('0'));
        out
    })
}
