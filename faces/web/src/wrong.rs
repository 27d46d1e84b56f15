//! What a page answers, and the page that says what went wrong.

use crate::{Plain, Visit};
use askama::Template;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use door::{App, Asked, Refusal, problem};
use kernel::{Error, Kind};
use std::sync::Arc;

/// What a page answers.
pub type Reply = Result<Response, Wrong>;

/// An error on its way to the page that says it.
#[derive(Debug)]
pub struct Wrong(Error);

impl<E: Into<Error>> From<E> for Wrong {
    fn from(error: E) -> Wrong {
        Wrong(error.into())
    }
}

impl IntoResponse for Wrong {
    fn into_response(self) -> Response {
        let mut response = problem::status(&self.0).into_response();
        response.extensions_mut().insert(Arc::new(self.0));
        response
    }
}

/// A page from its template.
///
/// # Errors
/// A breakage where the template does not render.
pub fn page(visit: &Visit, template: &impl Template) -> Reply {
    page_with(visit, StatusCode::OK, template)
}

/// A page that says no: a form with what is wrong on it.
///
/// # Errors
/// A breakage where the template does not render.
pub fn page_with(visit: &Visit, status: StatusCode, template: &impl Template) -> Reply {
    let mut response = (status, Html(template.render().map_err(Error::broken)?)).into_response();
    visit.leave_cookies(&mut response);
    // A page shows one person's things; nobody between keeps it.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// For every address that leads nowhere.
pub async fn no_such_page() -> Wrong {
    Wrong::from(Refusal::NoSuchRoute)
}

/// The middleware around every page: errors become pages, and the browser is told what a page may do.
pub async fn dressed(State(app): State<App>, request: Request, next: Next) -> Response {
    let method = request.method().clone();
    // The handler takes the request with it; where something goes wrong, who asked is read again from these.
    let mut asked = Request::new(()).into_parts().0;
    asked.headers = request.headers().clone();
    asked.uri = request.uri().clone();
    asked.extensions = request.extensions().clone();
    let mut response = match crate::form::is_text(request.uri().path().as_bytes()) {
        true => next.run(request).await,
        // No route takes such a part of its address, so none is there.
        false => no_such_page().await.into_response(),
    };
    if let Some(error) = wrong_with(&mut response) {
        let allowed = response.headers_mut().remove(header::ALLOW);
        response = say(asked, &app, &method, &error).await;
        response.headers_mut().extend(allowed.map(|methods| (header::ALLOW, methods)));
    }
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().entry(header::RETRY_AFTER).or_insert(HeaderValue::from_static("5"));
    }
    protect(response.headers_mut(), &app);
    response
}

/// What went wrong, where an answer has no page of its own for it.
fn wrong_with(response: &mut Response) -> Option<Arc<Error>> {
    let is_other_method = response.status() == StatusCode::METHOD_NOT_ALLOWED;
    let said = response.extensions_mut().remove::<Arc<Error>>();
    said.or_else(|| is_other_method.then(|| Arc::new(Refusal::MethodNotAllowed.into())))
}

async fn say(mut parts: Parts, app: &App, method: &Method, error: &Error) -> Response {
    let headers = parts.headers.clone();
    let visit = match Asked::by_cookie(&mut parts, app).await {
        Ok(asked) => Visit::of(asked, &headers).await,
        Err(error) => Err(error),
    };
    let Ok(visit) = visit else {
        // The database itself does not answer: a page that needs nothing of it.
        let locale = door::locale_of(&headers, parts.uri.query()).unwrap_or(kernel::Locale::Zh);
        return crate::plain::without_database(locale, error);
    };
    if let Error::Broken(cause) = error {
        tracing::error!(request = visit.asked.cx.request, %cause, "a page broke");
    }
    if error.kind() == Some(Kind::Unauthenticated) {
        let back = if *method == Method::GET { visit.asked.uri.clone() } else { "/".to_owned() };
        let query = serde_urlencoded::to_string([("next", back)]).unwrap_or_default();
        return visit.see(&format!("/login?{query}"), "");
    }
    match page_with(&visit, problem::status(error), &Plain::of(&visit, error)) {
        Ok(response) => response,
        Err(_) => crate::plain::without_database(visit.locale(), error),
    }
}

/// What a page may load and who may frame it.
fn protect(headers: &mut HeaderMap, app: &App) {
    let cashiers = app.options().cashiers.join(" ");
    let policy = format!(
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: https:; font-src 'self'; \
         connect-src 'self'; manifest-src 'self'; form-action 'self' {cashiers}; frame-ancestors 'none'; base-uri 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.entry("content-security-policy").or_insert(policy);
    }
    headers.insert("referrer-policy", HeaderValue::from_static("same-origin"));
    headers.insert("x-frame-options", HeaderValue::from_static("DENY"));
    if app.options().is_secure() {
        headers.insert("strict-transport-security", HeaderValue::from_static("max-age=31536000"));
    }
}
