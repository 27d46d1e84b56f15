//! A no on its way out, as problem+json.

use axum::{
    Json,
    http::{HeaderName, HeaderValue, header, request::Parts},
    response::{IntoResponse, Response},
};
use door::{App, Asked, Problem};
use jiff::tz::TimeZone;
use kernel::{Error, Locale};

/// A refusal or a breakage, said in the asker's language.
pub(crate) struct No(Problem);

impl No {
    /// What is said to somebody who was recognised.
    pub fn of(asked: &Asked, error: Error) -> No {
        if let Error::Broken(cause) = &error {
            tracing::error!(request = asked.cx.request, %cause, "an operation broke");
        }
        No(asked.problem(&error))
    }

    /// What is said where it was not read who asks, or could not be.
    pub async fn nobody(app: &App, parts: &Parts, error: Error) -> No {
        let mut parts = parts.clone();
        // Whatever is wrong with these is what is being said.
        for header in [header::AUTHORIZATION, HeaderName::from_static("idempotency-key")] {
            parts.headers.remove(header);
        }
        if let Ok(asked) = Asked::by_bearer(&mut parts, app).await {
            return No::of(&asked, error);
        }
        let locale = door::locale_of(&parts.headers, parts.uri.query()).unwrap_or(Locale::En);
        No(Problem::of(locale, &TimeZone::UTC, app.now(), "", &error))
    }
}

impl IntoResponse for No {
    fn into_response(self) -> Response {
        let status = axum::http::StatusCode::from_u16(self.0.status).unwrap_or_default();
        let mut response = (status, Json(&self.0)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if status.as_u16() == 503 {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("5"));
        }
        if status.as_u16() == 401 {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
