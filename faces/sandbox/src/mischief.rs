//! The page where things are made to go wrong: for whoever sits at the machine, or has the token.

use crate::{
    Provider, Shared, act,
    page::{self, Words},
};
use askama::Template;
use axum::{
    Form, Router,
    extract::{ConnectInfo, Query, Request, State, rejection::FormRejection},
    http::{
        HeaderMap, StatusCode, Uri,
        header::{AUTHORIZATION, HOST, LOCATION, ORIGIN, SET_COOKIE},
        request::Parts,
    },
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use door::format;
use kernel::{Cursor, Page, Result, error::Common};
use sandbox::{Message, Mischief, Recent, Sending, Waiting, wire::PaymentState};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::net::SocketAddr;

/// Payments on a page.
const ROWS: usize = 20;

/// The longest delay: a week.
const SECONDS_MAX: i64 = 7 * 86_400;

/// The most times that something goes wrong in a row.
const TIMES_MAX: i64 = 1_000;

/// The cookie of whoever gave the token.
const COOKIE: &str = "sandbox_mischief";

/// What others send who stand between the browser and us.
const FORWARDED: [&str; 4] = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip"];

pub(crate) fn routes(provider: &Shared) -> Router<Shared> {
    Router::new()
        .route("/mischief", get(see).post(order))
        .route_layer(middleware::from_fn_with_state(provider.clone(), guarded))
        .route("/mischief/enter", post(enter).get(to_page))
}

/// Lets through who may: everybody else sees a page that says why not.
async fn guarded(State(provider): State<Shared>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let may = is_here(&parts) || has_token(&provider, &parts.headers);
    let ours = parts.method.is_safe() || is_ours(&parts.headers);
    if may && ours {
        return next.run(Request::from_parts(parts, body)).await;
    }
    let w = Words::asked(&provider, &parts.headers, parts.uri.query(), "");
    shut(&provider, w)
}

/// Whether the request comes from this machine. A proxy stands on this machine too, and a page of another site may
/// find a name that leads here: so nothing may have been forwarded, and the name asked for must be the machine's own.
fn is_here(parts: &Parts) -> bool {
    let near = |peer: &ConnectInfo<SocketAddr>| peer.0.ip().to_canonical().is_loopback();
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    let forwarded = FORWARDED.iter().any(|name| parts.headers.contains_key(*name));
    peer.is_some_and(near) && !forwarded && host(&parts.headers).is_some_and(is_own_name)
}

fn host(headers: &HeaderMap) -> Option<&str> {
    headers.get(HOST)?.to_str().ok()
}

fn is_own_name(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

fn has_token(provider: &Provider, headers: &HeaderMap) -> bool {
    let Some(token) = &provider.token else { return false };
    let bearer = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    let by_bearer = bearer.is_some_and(|given| same(given, token));
    by_bearer || door::cookie(headers, COOKIE).is_some_and(|given| same(given, &pass(token)))
}

/// What the cookie holds instead of the token itself.
fn pass(token: &str) -> String {
    let hash = Sha256::new().chain_update("sandbox mischief ").chain_update(token).finalize();
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether two secrets are the same. Their hashes are compared, so the time it takes says nothing about them.
fn same(given: &str, expected: &str) -> bool {
    Sha256::digest(given) == Sha256::digest(expected)
}

/// Whether a form is one of ours: browsers say from which site it came; who is no browser says nothing.
fn is_ours(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").map(|site| site.to_str().unwrap_or_default());
    if site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return false;
    }
    let Some(origin) = headers.get(ORIGIN) else { return true };
    let origin = origin.to_str().ok().and_then(|origin| origin.split_once("://"));
    origin.is_some_and(|(_, origin)| host(headers) == Some(origin))
}

#[derive(Template)]
#[template(path = "shut.html")]
struct Shut {
    w: Words,
    has_token: bool,
}

fn shut(provider: &Provider, w: Words) -> Response {
    page::show(StatusCode::FORBIDDEN, &Shut { w, has_token: provider.token.is_some() })
}

/// Whoever changes the language where the token was asked for is asked again.
async fn to_page(uri: Uri) -> Response {
    let lang = door::locale_of(&HeaderMap::new(), uri.query());
    let query = lang.map(|lang| format!("?lang={lang}")).unwrap_or_default();
    (StatusCode::SEE_OTHER, [(LOCATION, format!("../mischief{query}"))]).into_response()
}

#[derive(Deserialize)]
struct Entering {
    token: String,
}

/// Takes the token once and leaves a cookie, so that it stands in no address.
async fn enter(
    State(provider): State<Shared>,
    headers: HeaderMap,
    uri: Uri,
    form: std::result::Result<Form<Entering>, FormRejection>,
) -> Response {
    let w = Words::asked(&provider, &headers, uri.query(), "../");
    let given = form.map(|Form(entering)| entering.token).unwrap_or_default();
    match &provider.token {
        Some(token) if is_ours(&headers) && same(&given, token) => {
            let secure = if provider.public.starts_with("https://") { "; Secure" } else { "" };
            let cookie = format!("{COOKIE}={}; HttpOnly; SameSite=Strict; Path=/{secure}", pass(token));
            let back = format!("../mischief?lang={}", w.locale);
            (StatusCode::SEE_OTHER, [(LOCATION, back), (SET_COOKIE, cookie)]).into_response()
        }
        _ => shut(&provider, w),
    }
}

/// A payment in the list, in words.
struct Row {
    number: String,
    amount: String,
    state: PaymentState,
    created: String,
    messages: Vec<Line>,
}

/// A message in the list, in words.
struct Line {
    kind: String,
    number: String,
    sending: Sending,
    sent: String,
    due: Option<String>,
    forged: bool,
}

/// A mischief that waits, in words.
struct Order {
    number: String,
    what: Mischief,
    seconds: Option<i64>,
    times: i64,
}

#[derive(Template)]
#[template(path = "mischief.html")]
struct Doings {
    w: Words,
    rows: Vec<Row>,
    orders: Vec<Order>,
    next: Option<Cursor>,
    /// What was wrong with the form, in words.
    wrong: Option<String>,
    notify: String,
}

impl Doings {
    /// What can be ordered, in the order of the list.
    fn all(&self) -> &'static [Mischief] {
        Mischief::ALL
    }
}

#[derive(Deserialize)]
struct Asked {
    after: Option<String>,
}

async fn see(
    State(provider): State<Shared>,
    headers: HeaderMap,
    uri: Uri,
    asked: std::result::Result<Query<Asked>, axum::extract::rejection::QueryRejection>,
) -> Response {
    let w = Words::asked(&provider, &headers, uri.query(), "");
    // A place in the list that the list did not give out is its beginning.
    let after = asked.ok().and_then(|Query(asked)| asked.after).and_then(|after| after.parse().ok());
    doings(&provider, w, StatusCode::OK, after, None).await
}

async fn doings(
    provider: &Provider,
    w: Words,
    status: StatusCode,
    after: Option<Cursor>,
    wrong: Option<String>,
) -> Response {
    let now = provider.now();
    let read = provider.store.read(move |read| {
        let page = sandbox::recent(read, now, after, ROWS)?;
        Ok((page, sandbox::waiting_mischief(read)?))
    });
    let (Page { items, next }, waiting) = match read.await {
        Ok(read) => read,
        Err(error) => return page::broken(w, &error),
    };
    let rows = items.into_iter().map(|payment| row(provider, w, payment)).collect();
    let orders = waiting.into_iter().map(waits).collect();
    page::show(status, &Doings { w, rows, orders, next, wrong, notify: provider.notify.clone() })
}

fn row(provider: &Provider, w: Words, payment: Recent) -> Row {
    let now = provider.now();
    let instant = |at| format::time(w.locale, &provider.zone, now, at);
    let line = |message: Message| Line {
        kind: w.say(&format!("sandbox-told-{}", message.kind.word().replace('.', "-"))),
        number: message.number,
        sending: message.sending,
        sent: w.tell("sandbox-sent-times", "times", message.tries),
        due: message.due_at.map(instant),
        forged: message.forged,
    };
    Row {
        number: payment.number,
        amount: format::money(payment.amount),
        state: payment.state,
        created: instant(payment.created_at),
        messages: payment.messages.into_iter().map(line).collect(),
    }
}

fn waits(waiting: Waiting) -> Order {
    let Waiting { number, what, millis, times } = waiting;
    let seconds = (what == Mischief::Delay).then_some(millis / 1_000);
    Order { number: number.unwrap_or_default(), what, seconds, times }
}

/// What the form says. Texts, so that what is no number is told in words.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Ordered {
    #[serde(default)]
    number: String,
    what: String,
    #[serde(default)]
    seconds: String,
    #[serde(default)]
    times: String,
}

async fn order(
    State(provider): State<Shared>,
    headers: HeaderMap,
    uri: Uri,
    form: std::result::Result<Form<Ordered>, FormRejection>,
) -> Response {
    let w = Words::asked(&provider, &headers, uri.query(), "");
    let ordered = match form {
        Ok(Form(form)) => make(&provider, form).await,
        Err(_) => Err(Common::Malformed { expected: "the form of this page" }.into()),
    };
    match ordered {
        Ok(()) => {
            let back = format!("mischief?lang={}", w.locale);
            (StatusCode::SEE_OTHER, [(LOCATION, back)]).into_response()
        }
        Err(error) if error.kind().is_some() => {
            let wrong = w.say("sandbox-form-wrong");
            doings(&provider, w, door::problem::status(&error), None, Some(wrong)).await
        }
        Err(error) => page::broken(w, &error),
    }
}

async fn make(provider: &Provider, form: Ordered) -> Result<()> {
    let malformed = Common::Malformed { expected: "a mischief" };
    let what = Mischief::of(&form.what).ok_or(malformed)?;
    let seconds = within(&form.seconds, 0, SECONDS_MAX)?;
    let times = within(&form.times, 1, TIMES_MAX)?;
    let number = Some(form.number).filter(|number| !number.is_empty());
    number.as_deref().map_or(Ok(()), sandbox::check_number)?;
    let ordered = act("sandbox.mischief", number.as_deref().unwrap_or("next"));
    let make = move |tx: &mut store::Tx| {
        sandbox::make_mischief(tx, number.as_deref(), what, seconds.saturating_mul(1_000), times)
    };
    provider.store.write(ordered, make).await
}

/// A number from a field; what is left empty is `usual`.
fn within(text: &str, usual: i64, most: i64) -> Result<i64> {
    let text = text.trim();
    let number = if text.is_empty() { Some(usual) } else { text.parse().ok() };
    let number = number.filter(|number| (0..=most).contains(number));
    number.ok_or_else(|| Common::OutOfRange { least: 0, most }.into())
}
