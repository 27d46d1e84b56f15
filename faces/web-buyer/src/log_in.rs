//! `/login`, `/register`, `/logout`, `/guest/…`, `/theme`: coming in, going out, and in which colours.

use askama::Template;
use axum::{
    Router,
    extract::Path,
    http::HeaderMap,
    response::Response,
    routing::{get, post},
};
use door::{App, Refusal, SESSION_COOKIE};
use flows::register::{self, NewPerson};
use identity::{Login, Password, Token};
use kernel::{Actor, Error, Result, kinds};
use web::{Fields, Posted, Reply, Typed, Visit, end_session, keep_session, page, page_with};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/login", get(log_in).post(do_log_in))
        .route("/register", get(register_page).post(do_register))
        .route("/logout", post(log_out))
        .route("/guest/{token}", get(by_link))
        .route("/theme", post(turn_theme))
}

#[derive(Template)]
#[template(path = "log_in.html")]
struct LogIn {
    v: Visit,
    typed: Typed,
    next: String,
}

#[derive(Template)]
#[template(path = "register.html")]
struct Register {
    v: Visit,
    typed: Typed,
    next: String,
}

async fn log_in(v: Visit) -> Reply {
    let next = v.query("next");
    page(&v.clone(), &LogIn { v, typed: Typed::default(), next })
}

async fn do_log_in(headers: HeaderMap, Posted { visit: v, fields }: Posted) -> Reply {
    let next = fields.get("next").to_owned();
    match come_in(&v, &fields).await {
        Ok(token) => welcome(&v, &headers, token, web::onward(&next, "/account")).await,
        Err(no) => {
            let typed = Typed::refused(&v, fields.without("password"), as_typed(no))?;
            page_with(&v.clone(), typed.status.unwrap_or_default(), &LogIn { v, typed, next })
        }
    }
}

async fn come_in(v: &Visit, fields: &Fields) -> Result<Token<kinds::Session>> {
    fields.only(&["login", "password", "next"])?;
    let login: Login = fields.parse("login")?;
    let typed = Password::typed(fields.get("password"));
    let cx = v.asked.cx.clone();
    v.app().aside(move |app| register::log_in(app.store(), &cx, login, &typed)).await
}

/// A wrong log-in is a 401, which would lead to the very page that says it.
fn as_typed(no: Error) -> Error {
    match no {
        Error::Refused(mut refused) if refused.code == "login_failed" => {
            refused.kind = kernel::Kind::Invalid;
            refused.field = Some("password".into());
            Error::Refused(refused)
        }
        other => other,
    }
}

async fn register_page(v: Visit) -> Reply {
    let next = v.query("next");
    page(&v.clone(), &Register { v, typed: Typed::default(), next })
}

async fn do_register(headers: HeaderMap, Posted { visit: v, fields }: Posted) -> Reply {
    let next = fields.get("next").to_owned();
    let registered = match open_account(&v, &fields).await {
        Ok(()) => come_in(&v, &fields.without("name")).await,
        Err(no) => Err(no),
    };
    match registered {
        Ok(token) => welcome(&v, &headers, token, web::onward(&next, "/account")).await,
        Err(no) => {
            let typed = Typed::refused(&v, fields.without("password"), no)?;
            page_with(&v.clone(), typed.status.unwrap_or_default(), &Register { v, typed, next })
        }
    }
}

async fn open_account(v: &Visit, fields: &Fields) -> Result<()> {
    fields.only(&["login", "name", "password", "next"])?;
    let (login, name) = (fields.parse("login")?, fields.text("name")?);
    let password = Password::new(fields.get("password")).map_err(|no| no.at("password"))?;
    let person = NewPerson { login, name, password, locale: v.locale() };
    let cx = v.asked.cx.clone();
    v.app().aside(move |app| register::register(app.store(), &cx, person)).await.map(drop)
}

/// The browser keeps the session; what was in the cart before logging in is in it afterwards.
async fn welcome(v: &Visit, headers: &HeaderMap, token: Token<kinds::Session>, onward: &str) -> Reply {
    let now = v.app().now();
    let shown = token.to_string();
    let asked = shown.clone();
    let opened = v.app().store().read(move |read| identity::session(read, &asked, now)).await?;
    let before = door::cookie(headers, SESSION_COOKIE).and_then(|token| token.parse::<Token<kinds::Session>>().ok());
    if let (Some(session), Some(guest), Actor::Guest(_)) = (opened, before, &v.asked.cx.actor) {
        let mut cx = v.asked.cx.clone();
        (cx.actor, cx.key) = (session.actor(), None);
        register::bring_cart(v.app().store(), &cx, guest).await?;
    }
    let mut response = v.see(onward, "welcome");
    keep_session(&mut response, v.app(), &shown, v.asked.settings.session_days);
    Ok(response)
}

async fn log_out(Posted { visit: v, fields }: Posted) -> Reply {
    fields.only(&[])?;
    if let Some(session) = v.asked.session {
        register::log_out(v.app().store(), &v.asked.cx, session).await?;
    }
    let mut response = v.see("/", "logged-out");
    end_session(&mut response, v.app());
    Ok(response)
}

/// A guest comes back by the secret link that he was shown; the browser keeps it as his session.
async fn by_link(v: Visit, Path(token): Path<String>) -> Reply {
    let (now, asked) = (v.app().now(), token.clone());
    let session = v.app().store().read(move |read| identity::session(read, &asked, now)).await?;
    let is_guests = session.is_some_and(|session| matches!(session.actor(), Actor::Guest(_)));
    if !is_guests {
        return Err(Refusal::LinkSpent.into());
    }
    let mut response = v.see("/orders", "");
    keep_session(&mut response, v.app(), &token, v.asked.settings.guest_link_days);
    Ok(response)
}

async fn turn_theme(Posted { visit: v, fields }: Posted) -> Reply {
    fields.only(&["back"])?;
    let mut response: Response = v.see(web::onward(fields.get("back"), "/"), "");
    web::keep_theme(&mut response, v.app(), v.theme.turned());
    Ok(response)
}
