//! The page that says that something is not there, not allowed, not now.

use crate::Visit;
use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use door::{problem, words};
use kernel::{Error, Locale};

/// What went wrong, on a page of its own.
#[derive(Template)]
#[template(path = "plain.html")]
pub struct Plain<'a> {
    /// Who reads it.
    pub v: &'a Visit,
    /// The status as a number.
    pub status: u16,
    /// What it is called.
    pub title: String,
    /// What is wrong and what to do.
    pub detail: String,
}

impl<'a> Plain<'a> {
    /// The page of an error.
    pub fn of(v: &'a Visit, error: &Error) -> Plain<'a> {
        let status = problem::status(error).as_u16();
        Plain { v, status, title: words::say(v.locale(), title(status)), detail: v.asked.message(error) }
    }
}

fn title(status: u16) -> &'static str {
    match status {
        404 => "wrong-missing",
        403 => "wrong-forbidden",
        429 | 503 => "wrong-busy",
        500 => "wrong-broken",
        _ => "wrong-request",
    }
}

/// The same where not even the database answers: nothing is read for it.
#[derive(Template)]
#[template(path = "bare.html")]
struct Bare {
    lang: &'static str,
    title: String,
    detail: String,
    again: String,
}

pub(crate) fn without_database(locale: Locale, error: &Error) -> Response {
    let status = match problem::status(error) {
        status if status.is_server_error() => status,
        _ => StatusCode::SERVICE_UNAVAILABLE,
    };
    let bare = Bare {
        lang: if locale == Locale::Zh { "zh-CN" } else { "en" },
        title: words::say(locale, "wrong-busy"),
        detail: words::say(locale, "wrong-busy-detail"),
        again: words::say(locale, "wrong-again"),
    };
    (status, Html(bare.render().unwrap_or_default())).into_response()
}
