//! The doors for machines beside the interface: whether the process lives and the database answers, what is counted,
//! and what payment channels tell.

use crate::no::No;
use axum::{
    Router,
    body::Bytes,
    extract::{ConnectInfo, Path, Request, State, rejection::PathRejection},
    http::{HeaderMap, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use door::{App, BODY_MAX, Refusal};
use kernel::{Error, Result};
use std::net::SocketAddr;

pub(crate) fn routes() -> Router<App> {
    Router::new()
        .route("/healthz", get(|| async { "alive\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .route("/callbacks/{channel}", post(told))
        .route("/errors", get(errors))
}

/// Every code with its status and its words: where the `type` of a problem leads.
async fn errors() -> Response {
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], include_str!("../../../docs/errors.md")).into_response()
}

/// Whether the database answers.
async fn ready(State(app): State<App>, request: Request) -> Response {
    match app.store().read(market::settings).await {
        Ok(_) => "ready\n".into_response(),
        Err(error) => No::nobody(&app, &request.into_parts().0, error).await.into_response(),
    }
}

/// What is counted, for the machine itself and for whoever has the token; for everybody else there is nothing here.
async fn metrics(State(app): State<App>, request: Request) -> Response {
    let parts = request.into_parts().0;
    let text = if may_see(&app, &parts) { counted(&app).await } else { Err(Refusal::NoSuchRoute.into()) };
    match text {
        Ok(text) => {
            let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
            ([(header::CONTENT_TYPE, kind)], text).into_response()
        }
        Err(error) => No::nobody(&app, &parts, error).await.into_response(),
    }
}

async fn counted(app: &App) -> Result<String> {
    let now = app.now();
    let waits = app.store().read(move |read| views::ops::home(read, now)).await?;
    let metrics = app.metrics();
    metrics.events_waiting.set(counted_to_a_hundred(waits.events));
    metrics.timers_overdue.set(counted_to_a_hundred(waits.timers));
    Ok(metrics.text())
}

/// Nobody counts beyond a hundred: that so many wait is what there is to know.
fn counted_to_a_hundred(count: views::Count) -> i64 {
    count.n + i64::from(count.more)
}

fn may_see(app: &App, parts: &Parts) -> bool {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    let client = peer.map(|peer| app.options().proxies.client(peer, &parts.headers).to_canonical());
    if client.is_some_and(|client| client.is_loopback()) {
        return true;
    }
    let said = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let said = said.and_then(|value| value.split_once(' ')).filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
    match (said, &app.options().metrics_token) {
        (Some((_, said)), Some(token)) => is_same(said.trim().as_bytes(), token.as_bytes()),
        _ => false,
    }
}

/// Compares in the same time wherever the first difference is.
fn is_same(said: &[u8], token: &[u8]) -> bool {
    said.len() == token.len() && said.iter().zip(token).fold(0, |differing, (a, b)| differing | (a ^ b)) == 0
}

/// A payment channel tells something of itself. 204 says that it is recorded and need not be told again.
async fn told(
    State(app): State<App>,
    part: std::result::Result<Path<String>, PathRejection>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    // What is no text is no channel of ours.
    let channel = part.map(|Path(channel)| channel).unwrap_or_default();
    let most = BODY_MAX as i64;
    let heard = match axum::body::to_bytes(body, BODY_MAX).await {
        Ok(raw) => heard(&app, &channel, &parts.headers, &raw).await,
        Err(_) => Err(Refusal::BodyTooLarge { most }.into()),
    };
    match heard {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => {
            if let Error::Refused(no) = &error {
                tracing::warn!(channel, code = no.code, "a callback was refused");
            }
            No::nobody(&app, &parts, error).await.into_response()
        }
    }
}

async fn heard(app: &App, channel: &str, headers: &HeaderMap, raw: &Bytes) -> Result<()> {
    let text = |(name, value): (&header::HeaderName, &header::HeaderValue)| {
        Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))
    };
    let headers: Vec<_> = headers.iter().filter_map(text).collect();
    flows::pay::notified(app.market(), channel, &headers, raw)?.await
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_token_is_the_same_or_another() {
        assert!(super::is_same(b"token", b"token"));
        assert!(!super::is_same(b"token", b"tokem"));
        assert!(!super::is_same(b"toke", b"token"));
    }
}
