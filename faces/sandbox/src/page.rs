//! What the pages share: their language, their headers, their stylesheet, and the page for what there is not.

use crate::{Provider, Shared, api};
use askama::Template;
use axum::{
    Router,
    extract::{Request, State},
    http::{
        HeaderMap, HeaderName, StatusCode,
        header::{
            CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
            X_FRAME_OPTIONS,
        },
    },
    response::{Html, IntoResponse, Response},
    routing::get,
};
use door::words::{self, Told};
use kernel::{Error, Locale};

/// No script, nothing from elsewhere, in no frame. The origin is told to ourselves only, which is how a form of ours is
/// known from one of another site's.
pub(crate) const GUARDS: [(HeaderName, &str); 4] = [
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (X_FRAME_OPTIONS, "DENY"),
    (REFERRER_POLICY, "same-origin"),
];

pub(crate) fn routes() -> Router<Shared> {
    Router::new().route("/sandbox.css", get(stylesheet))
}

async fn stylesheet() -> Response {
    let headers = [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, "max-age=300")];
    (headers, include_str!("../static/sandbox.css")).into_response()
}

/// The words of a page, and where its files are.
#[derive(Clone, Copy)]
pub(crate) struct Words {
    pub locale: Locale,
    /// From the page's address to the mount: a `../` for each step below it.
    pub root: &'static str,
}

impl Words {
    /// The language asked for, or the provider's own.
    pub fn asked(provider: &Provider, headers: &HeaderMap, query: Option<&str>, root: &'static str) -> Words {
        let locale = door::locale_of(headers, query).unwrap_or(provider.language);
        Words { locale, root }
    }

    /// A message.
    pub fn say(&self, id: &str) -> String {
        words::say(self.locale, id)
    }

    /// A message with one variable.
    pub fn tell(&self, id: &str, name: &str, told: impl Into<Told>) -> String {
        words::tell(self.locale, id, &[(name, told.into())])
    }

    /// The other language.
    pub fn other(&self) -> Locale {
        match self.locale {
            Locale::Zh => Locale::En,
            Locale::En => Locale::Zh,
        }
    }
}

/// A page on its way out.
pub(crate) fn show(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => (status, [(CACHE_CONTROL, "no-store")], Html(html)).into_response(),
        Err(error) => {
            tracing::error!(%error, "the trial provider broke");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A page that says one thing.
#[derive(Template)]
#[template(path = "notice.html")]
struct Notice {
    w: Words,
    title: String,
    text: String,
}

/// A page for what there is not, what is not allowed, or what broke: `<id>-title` and `<id>-text` are its messages.
pub(crate) fn notice(w: Words, status: StatusCode, id: &str) -> Response {
    let (title, text) = (w.say(&format!("{id}-title")), w.say(&format!("{id}-text")));
    show(status, &Notice { w, title, text })
}

/// A page for an error that no page has words of its own for.
pub(crate) fn broken(w: Words, error: &Error) -> Response {
    if let Error::Broken(error) = error {
        tracing::error!(%error, "the trial provider broke");
    }
    notice(w, door::problem::status(error), "sandbox-broken")
}

/// Whatever has no route.
pub(crate) async fn no_such_page(State(provider): State<Shared>, request: Request) -> Response {
    let path = request.uri().path();
    if path.starts_with("/v1/") {
        return api::no_such_route();
    }
    let root = match path.matches('/').count() {
        0 | 1 => "",
        2 => "../",
        3 => "../../",
        _ => "../../../",
    };
    let w = Words::asked(&provider, request.headers(), request.uri().query(), root);
    notice(w, StatusCode::NOT_FOUND, "sandbox-missing")
}
