//! What an operation is given: who asks, and what for.

use crate::{no::No, read_error};
use axum::{
    body::{Body, Bytes},
    extract::{FromRequestParts, Path, Query, Request},
    http::{HeaderMap, Method, Uri, header, request::Parts},
};
use door::{App, Asked, BODY_MAX, Refusal};
use kernel::{Actor, Cx, Error, Id, Locale, Result, Time, error::Common, kinds};
use read_error::{said, unknown};
use serde::de::DeserializeOwned;
use std::any::TypeId;
use store::{Read, Store};

/// The shortest `Idempotency-Key` of somebody who is nobody yet. All of them share one space of keys, and whoever sends
/// another's key with the same request is answered like him: so it must be one that cannot be guessed, such as a UUID.
pub(crate) const ANYONES_KEY_CHARS_MIN: usize = 22;

/// A request to an operation. `()` stands for nothing.
pub(crate) struct Call<P = (), Q = (), B = ()> {
    /// Who asks.
    pub asked: Asked,
    /// What stood in the path.
    pub path: P,
    /// What stood in the query.
    pub query: Q,
    /// The body.
    pub body: B,
}

impl<P, Q, B> Call<P, Q, B> {
    /// The market.
    pub fn app(&self) -> &App {
        &self.asked.app
    }

    /// Its database.
    pub fn store(&self) -> &Store {
        self.asked.app.store()
    }

    /// What flows are told.
    pub fn cx(&self) -> &Cx {
        &self.asked.cx
    }

    /// The language of the answer.
    pub fn lang(&self) -> Locale {
        self.asked.cx.locale
    }

    /// The market's present instant.
    pub fn now(&self) -> Time {
        self.asked.app.now()
    }

    /// Reads something for the actor, who is handed in: what he may see is asked in the same breath.
    pub async fn read<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&mut Read, &Actor) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let actor = self.asked.cx.actor.clone();
        self.store().read(move |read| ask(read, &actor)).await
    }

    /// Reads something of the actor's own.
    pub async fn read_own<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&mut Read, Id<kinds::Party>) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.read(move |read, actor| {
            let own = actor.party().ok_or(Common::LoginNeeded)?;
            identity::acts_for(read, actor, own)?;
            ask(read, own)
        })
        .await
    }
}

/// Reads a request; what is wrong with it is said in the asker's language.
pub(crate) async fn read<P, Q, B>(app: &App, request: Request) -> Result<(Asked, Call<P, Q, B>), No>
where
    P: DeserializeOwned + Send + 'static,
    Q: DeserializeOwned + 'static,
    B: DeserializeOwned + 'static,
{
    let (mut parts, body) = request.into_parts();
    let asked = match Asked::by_bearer(&mut parts, app).await {
        Ok(asked) => asked,
        Err(error) => return Err(No::nobody(app, &parts, error).await),
    };
    let parsed = match key_is_safe(&asked) {
        Ok(()) => parsed(&mut parts, app, body).await,
        Err(no) => Err(no),
    };
    match parsed {
        Ok((path, query, body)) => Ok((asked.clone(), Call { asked, path, query, body })),
        Err(error) => Err(No::of(&asked, error)),
    }
}

fn key_is_safe(asked: &Asked) -> Result<()> {
    let is_short = asked.cx.key.as_ref().is_some_and(|key| key.len() < ANYONES_KEY_CHARS_MIN);
    if asked.cx.actor == Actor::Anyone && is_short { Err(Refusal::IdempotencyKeyMalformed.into()) } else { Ok(()) }
}

async fn parsed<P, Q, B>(parts: &mut Parts, app: &App, body: Body) -> Result<(P, Q, B)>
where
    P: DeserializeOwned + Send + 'static,
    Q: DeserializeOwned + 'static,
    B: DeserializeOwned + 'static,
{
    let path = path(parts, app).await?;
    let query = query(parts.uri.query().unwrap_or_default())?;
    // What comes with a question is no part of it.
    let body = if parts.method == Method::GET { Body::empty() } else { body };
    let most = BODY_MAX as i64;
    let bytes = axum::body::to_bytes(body, BODY_MAX).await.map_err(|_| Refusal::BodyTooLarge { most })?;
    Ok((path, query, json(&parts.headers, &bytes)?))
}

fn nothing<T: DeserializeOwned + 'static>() -> Option<T> {
    if TypeId::of::<T>() == TypeId::of::<()>() { serde_json::from_str("null").ok() } else { None }
}

/// What does not read as what the path wants leads nowhere.
async fn path<P: DeserializeOwned + Send + 'static>(parts: &mut Parts, app: &App) -> Result<P> {
    if let Some(nothing) = nothing() {
        return Ok(nothing);
    }
    let found = Path::<P>::from_request_parts(parts, app).await;
    found.map(|Path(path)| path).map_err(|_| Common::NotFound.into())
}

/// What the extractor says before the field and the fault.
const QUERY_WORDS: &str = "Failed to deserialize query string: ";

fn query<Q: DeserializeOwned + 'static>(text: &str) -> Result<Q> {
    // `lang` is read by the door.
    let kept: Vec<&str> = text.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("lang=")).collect();
    if let Some(nothing) = nothing() {
        return match kept.first() {
            Some(pair) => Err(unknown(pair.split('=').next().unwrap_or_default())),
            None => Ok(nothing),
        };
    }
    let uri: Uri = format!("/?{}", kept.join("&")).parse().map_err(Error::broken)?;
    let read = Query::<Q>::try_from_uri(&uri).map_err(|no| {
        let words = no.body_text();
        let words = words.strip_prefix(QUERY_WORDS).unwrap_or(&words);
        match words.split_once(": ") {
            Some((field, words)) => {
                said(words, Some(field.to_owned()).filter(|field| !words.contains(&format!("`{field}`"))))
            }
            None => said(words, None),
        }
    });
    read.map(|Query(query)| query)
}

fn json<B: DeserializeOwned + 'static>(headers: &HeaderMap, bytes: &Bytes) -> Result<B> {
    if let Some(nothing) = nothing() {
        // An empty object is what many clients send for nothing.
        let is_object_of_nothing = |value: serde_json::Value| value.as_object().is_some_and(serde_json::Map::is_empty);
        let is_empty =
            bytes.iter().all(u8::is_ascii_whitespace) || serde_json::from_slice(bytes).is_ok_and(is_object_of_nothing);
        let why = || Refusal::BodyMalformed { why: "this operation takes no body".to_owned() };
        return if is_empty { Ok(nothing) } else { Err(why().into()) };
    }
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
        return Err(Refusal::UnsupportedMediaType { expected: "application/json" }.into());
    }
    // A list of values in the right order would read as an object, and mean another one after a field is added.
    if bytes.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|first| *first != b'{') {
        return Err(Refusal::BodyMalformed { why: "the body is no JSON object".to_owned() }.into());
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let read = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let at = error.path().to_string();
        let error = error.into_inner();
        match error.is_data() {
            true => said(&error.to_string(), Some(at).filter(|at| at != ".")),
            false => Refusal::BodyMalformed { why: error.to_string() }.into(),
        }
    })?;
    reader.end().map_err(|error| Refusal::BodyMalformed { why: error.to_string() })?;
    Ok(read)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answers::Paged;
    use identity::AddressForm;

    fn refused<T>(said: Result<T>) -> String {
        said.err().map(|no| no.to_string()).unwrap_or_default()
    }

    #[test]
    fn what_is_wrong_in_a_query_is_said_of_its_field() {
        let asked = |text: &str| refused(query::<Paged>(text));
        assert_eq!(asked("limit=5&lang=zh"), "");
        assert_eq!(asked("limit=0"), "out_of_range at limit least=1 most=100");
        assert_eq!(asked("limit=ten"), "malformed at limit expected=the form that the document describes");
        assert_eq!(asked("cursor=x"), "cursor_malformed at cursor");
        assert_eq!(asked("colour=red"), "unknown_field field=colour");
        assert_eq!(refused(query::<()>("colour=red")), "unknown_field field=colour");
    }

    fn sent<B: DeserializeOwned + 'static>(body: &str) -> Result<B> {
        let headers =
            HeaderMap::from_iter([(header::CONTENT_TYPE, "application/json; charset=utf-8".parse().unwrap())]);
        json(&headers, &Bytes::copy_from_slice(body.as_bytes()))
    }

    #[test]
    fn what_is_wrong_in_a_body_is_said_of_its_field() {
        let asked = |name: &str, more: &str| {
            let text = format!(r#"{{"name": {name}, "phone": "1", "country": "CN", "lines": "1 Road"{more}}}"#);
            refused(sent::<AddressForm>(&text))
        };
        assert_eq!(asked(r#""Anna""#, ""), "");
        assert_eq!(asked(r#""Anna""#, r#", "price": 1"#), "unknown_field field=price");
        assert_eq!(asked(r#""""#, ""), "required at name");
        assert_eq!(asked(&format!("{:?}", "x".repeat(101)), ""), "too_long at name most=100");
        assert_eq!(asked("7", ""), "malformed at name expected=the form that the document describes");
        assert_eq!(refused(sent::<AddressForm>("{}")), "required at name");
        assert!(refused(sent::<AddressForm>("{")).starts_with("body_malformed"));
        assert!(refused(sent::<()>("[1]")).starts_with("body_malformed"));
        assert!(sent::<()>("{}").is_ok() && sent::<()>("").is_ok());
        let none = json::<AddressForm>(&HeaderMap::new(), &Bytes::new());
        assert_eq!(refused(none), "unsupported_media_type expected=application/json");
    }
}
