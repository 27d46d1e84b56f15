//! Who asks, read from a request before anything else.

use crate::{App, Refusal, metrics::RequestId, problem};
use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, header, request::Parts},
};
use kernel::{Actor, Cx, Error, Id, Locale, Result, SalesChannel, error::Common, kinds};
use market::Settings;
use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
};

/// The cookie that holds a session's token.
pub const SESSION_COOKIE: &str = "jishi_session";

/// The longest `Idempotency-Key`.
const KEY_CHARS_MAX: usize = 200;

/// A request's own facts.
#[derive(Clone)]
pub struct Asked {
    /// The market.
    pub app: App,
    /// What flows are told: who, through which door, under which key, in which language.
    pub cx: Cx,
    /// The session by which he came, if he came by one.
    pub session: Option<Id<kinds::Session>>,
    /// The settings in force.
    pub settings: Arc<Settings>,
    /// From where.
    pub address: IpAddr,
    /// The address asked for, with its query.
    pub uri: String,
}

impl Asked {
    /// Reads who asks from a page's cookie.
    ///
    /// # Errors
    /// What the database says.
    pub async fn by_cookie(parts: &mut Parts, app: &App) -> Result<Asked> {
        let token = cookie(&parts.headers, SESSION_COOKIE).map(str::to_owned);
        let mut asked = Asked::anyone(parts, app, SalesChannel::Web).await?;
        if let Some(token) = token {
            asked.by_session(token).await?;
        }
        Ok(asked)
    }

    /// Reads who asks from `Authorization: Bearer …`, a session's token or an API key's.
    ///
    /// # Errors
    /// `login_needed` for a token that opens nothing, `idempotency_key_malformed`.
    pub async fn by_bearer(parts: &mut Parts, app: &App) -> Result<Asked> {
        let mut asked = Asked::anyone(parts, app, SalesChannel::Api).await?;
        if let Some(token) = bearer(&parts.headers) {
            let (token, now) = (token.to_owned(), app.now());
            if token.starts_with("key_") {
                let found = app.store().read(move |read| identity::key(read, &token, now)).await?;
                asked.cx.actor = found.ok_or(Common::LoginNeeded)?;
            } else {
                asked.by_session(token).await?;
                asked.session.ok_or(Common::LoginNeeded)?;
            }
        }
        asked.cx.key = idempotency_key(&parts.headers)?;
        Ok(asked)
    }

    async fn anyone(parts: &mut Parts, app: &App, channel: SalesChannel) -> Result<Asked> {
        let settings = app.settings().await?;
        let request = parts.extensions.get::<RequestId>().map_or_else(|| app.request_id(), |id| id.0.clone());
        let mut cx = Cx::new(Actor::Anyone, request).through(channel);
        cx.locale = locale_of(&parts.headers, parts.uri.query()).unwrap_or(settings.language);
        let peer = ConnectInfo::<SocketAddr>::from_request_parts(parts, app).await;
        let peer = peer.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |peer| peer.0.ip());
        let address = app.options().proxies.client(peer, &parts.headers);
        let uri = parts.uri.path_and_query().map_or("/", |uri| uri.as_str()).to_owned();
        Ok(Asked { app: app.clone(), cx, session: None, settings, address, uri })
    }

    async fn by_session(&mut self, token: String) -> Result<()> {
        let now = self.app.now();
        let open = self.app.store().read(move |read| identity::session(read, &token, now)).await?;
        if let Some(session) = open {
            self.cx.actor = session.actor();
            self.session = Some(session.id);
        }
        Ok(())
    }

    /// The same request under a key of the page's own.
    #[must_use]
    pub fn with_key(mut self, key: Option<String>) -> Asked {
        self.cx.key = key;
        self
    }

    /// The sentence for an error, in the asker's language and the market's zone.
    pub fn message(&self, error: &Error) -> String {
        problem::message(self.cx.locale, &self.settings.zone, self.app.now(), error)
    }

    /// What is said of an error to a program.
    pub fn problem(&self, error: &Error) -> problem::Problem {
        problem::Problem::of(self.cx.locale, &self.settings.zone, self.app.now(), &self.cx.request, error)
    }
}

/// The value of a cookie, if the request carries it.
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(found, _)| *found == name).map(|(_, value)| value)
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// # Errors
/// `idempotency_key_malformed`.
fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let key = value.to_str().map_err(|_| Refusal::IdempotencyKeyMalformed)?;
    if key.is_empty() || key.len() > KEY_CHARS_MAX || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Refusal::IdempotencyKeyMalformed.into());
    }
    Ok(Some(key.to_owned()))
}

/// The language asked for: by `?lang=`, by the cookie that an earlier choice left, by `Accept-Language`; none where
/// nothing that the market speaks is asked for.
pub fn locale_of(headers: &HeaderMap, query: Option<&str>) -> Option<Locale> {
    let asked = query.unwrap_or_default().split('&').find_map(|pair| pair.strip_prefix("lang="));
    let chosen = asked.or_else(|| cookie(headers, "jishi_lang")).and_then(|tag| tag.parse().ok());
    chosen.or_else(|| accepted(headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?))
}

/// The first language by weight that the market speaks.
fn accepted(header: &str) -> Option<Locale> {
    let mut wished: Vec<(u32, usize, Locale)> = Vec::new();
    for (at, part) in header.split(',').take(20).enumerate() {
        let (tag, weight) = part.split_once(';').unwrap_or((part, "q=1"));
        let tag = tag.trim().split('-').next().unwrap_or_default().to_ascii_lowercase();
        let weight = weight.trim().strip_prefix("q=").and_then(|q| q.parse::<f32>().ok()).unwrap_or(0.0);
        if let (Ok(locale), true) = (tag.parse(), weight > 0.0) {
            wished.push((1_000 - (weight.min(1.0) * 1_000.0) as u32, at, locale));
        }
    }
    wished.into_iter().min_by_key(|(weight, at, _)| (*weight, *at)).map(|(_, _, locale)| locale)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(accept: &str, cookie: &str, query: &str) -> Option<Locale> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, accept.parse().unwrap());
        headers.insert(header::COOKIE, cookie.parse().unwrap());
        locale_of(&headers, Some(query))
    }

    #[test]
    fn the_nearest_choice_decides_the_language() {
        assert_eq!(asked("en-GB,en;q=0.9,zh;q=0.8", "", ""), Some(Locale::En));
        assert_eq!(asked("fr, zh-TW;q=0.5, en;q=0.4", "", ""), Some(Locale::Zh));
        assert_eq!(asked("en", "a=b; jishi_lang=zh", ""), Some(Locale::Zh));
        assert_eq!(asked("en", "jishi_lang=zh", "x=1&lang=en"), Some(Locale::En));
        assert_eq!(asked("fr, *;q=0.1", "", "lang=xx"), None);
    }

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, "xjishi_session=no; jishi_session=yes".parse().unwrap());
        assert_eq!(cookie(&headers, SESSION_COOKIE), Some("yes"));
        assert_eq!(cookie(&headers, "session"), None);
    }
}
