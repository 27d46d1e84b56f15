//! How a no is said outside: one way to a status, to a sentence, and to problem+json (RFC 9457).

use crate::{
    format,
    words::{self, Told},
};
use axum::http::StatusCode;
use jiff::tz::TimeZone;
use kernel::{Error, Fact, Kind, Locale, Refused, Time};
use serde::Serialize;
use std::collections::BTreeMap;

/// The HTTP status of a refusal or a breakage.
pub fn status(error: &Error) -> StatusCode {
    match error.code() {
        "method_not_allowed" => return StatusCode::METHOD_NOT_ALLOWED,
        "unsupported_media_type" => return StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "body_malformed" => return StatusCode::BAD_REQUEST,
        _ => {}
    }
    match error.kind() {
        Some(Kind::Missing | Kind::Hidden) => StatusCode::NOT_FOUND,
        Some(Kind::Unauthenticated) => StatusCode::UNAUTHORIZED,
        Some(Kind::Forbidden) => StatusCode::FORBIDDEN,
        Some(Kind::Conflict) => StatusCode::CONFLICT,
        Some(Kind::Invalid) => StatusCode::UNPROCESSABLE_ENTITY,
        Some(Kind::TooLarge) => StatusCode::PAYLOAD_TOO_LARGE,
        Some(Kind::TooMany) => StatusCode::TOO_MANY_REQUESTS,
        Some(Kind::Unavailable) => StatusCode::SERVICE_UNAVAILABLE,
        None => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The sentence that a person reads: what is wrong, then how to mend it.
pub fn message(locale: Locale, zone: &TimeZone, now: Time, error: &Error) -> String {
    let Error::Refused(refused) = error else {
        return words::say(locale, "refusal-broken");
    };
    let id = format!("refusal-{}", refused.code.replace('_', "-"));
    let told: Vec<(&str, Told)> =
        refused.facts.iter().map(|(name, fact)| (*name, told(locale, zone, now, fact))).collect();
    words::tell(locale, &id, &told)
}

fn told(locale: Locale, zone: &TimeZone, now: Time, fact: &Fact) -> Told {
    match fact {
        Fact::Number(number) => (*number).into(),
        Fact::Text(text) => text.clone().into_owned().into(),
        Fact::Money(money) => format::money(*money).into(),
        Fact::Time(time) => format::time(locale, zone, now, *time).into(),
    }
}

/// A refusal or breakage as `application/problem+json`.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Problem {
    /// Where the code is explained.
    #[serde(rename = "type")]
    pub about: String,
    /// The code again, as a name that may be shown to people who debug.
    pub title: String,
    /// The status, again.
    pub status: u16,
    /// What is wrong and how to mend it, in the language asked for.
    pub detail: String,
    /// The stable code.
    pub code: String,
    /// Which input it is about, where it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The figures and names of the refusal.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, Fact>,
    /// The request's id, to be told to whoever looks into it.
    pub request: String,
}

impl Problem {
    /// What is said of an error. A breakage says nothing but that it is one.
    pub fn of(locale: Locale, zone: &TimeZone, now: Time, request: &str, error: &Error) -> Problem {
        let code = error.code().to_owned();
        let (field, facts) = match error {
            Error::Refused(refused) => parts(refused),
            Error::Broken(_) => (None, BTreeMap::new()),
        };
        Problem {
            about: format!("/errors#{code}"),
            title: code.replace('_', " "),
            status: status(error).as_u16(),
            detail: message(locale, zone, now, error),
            code,
            field,
            facts,
            request: request.to_owned(),
        }
    }
}

fn parts(refused: &Refused) -> (Option<String>, BTreeMap<String, Fact>) {
    let facts = refused.facts.iter().map(|(name, fact)| ((*name).to_owned(), fact.clone())).collect();
    (refused.field.clone().map(std::borrow::Cow::into_owned), facts)
}
