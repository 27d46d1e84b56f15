//! `/setup/{token}`: the first start, while nobody runs the market.

use askama::Template;
use axum::{Router, extract::Path, routing::get};
use door::App;
use flows::{
    register::{self, NewPerson},
    set_up::{self, SetUp},
};
use identity::{Login, Password, Token};
use kernel::{Currency, Error, Result, error::Common, kinds};
use web::{Fields, Posted, Reply, Typed, Visit, keep_session, page_with};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/setup/{token}", get(form).post(done))
}

#[derive(Template)]
#[template(path = "ops_set_up.html")]
struct Form {
    v: Visit,
    typed: Typed,
    token: String,
}

impl Form {
    fn languages(&self) -> [(&'static str, String); 2] {
        ["zh", "en"].map(|tag| (tag, self.v.word("ops-setting-value", tag)))
    }
}

/// Whether the link is the one that was printed, and still good. Whoever guesses learns nothing from the time it takes.
async fn is_good(v: &Visit, token: &str) -> Result<()> {
    let Some(secret) = &v.app().options().set_up else { return Err(Common::NotFound.into()) };
    if !is_same(token.as_bytes(), secret.as_bytes()) || !v.app().store().read(set_up::is_needed).await? {
        return Err(Common::NotFound.into());
    }
    Ok(())
}

/// Compares every byte, however early they differ.
fn is_same(one: &[u8], other: &[u8]) -> bool {
    let differ = one.iter().zip(other).fold(0, |differ, (a, b)| differ | (a ^ b));
    one.len() == other.len() && differ == 0
}

async fn form(v: Visit, Path(token): Path<String>) -> Reply {
    is_good(&v, &token).await?;
    let settings = v.asked.settings.clone();
    let typed = Typed::fresh([
        ("currency", settings.currency.to_string()),
        ("zone", settings.zone.to_string()),
        ("language", v.locale().tag().to_owned()),
        ("public_address", v.app().options().public.clone()),
    ]);
    page_with(&v.clone(), typed.status.unwrap_or_default(), &Form { v, typed, token })
}

async fn done(Path(token): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    is_good(&v, &token).await?;
    match set_up(&v, &fields).await {
        Ok(session) => {
            v.app().settings_changed();
            let mut response = v.see("/ops", "ops-set-up");
            keep_session(&mut response, v.app(), &session.to_string(), v.asked.settings.session_days);
            Ok(response)
        }
        Err(no) => {
            let typed = Typed::refused(&v, fields.without("password"), no)?;
            page_with(&v.clone(), typed.status.unwrap_or_default(), &Form { v, typed, token })
        }
    }
}

/// Sets the market up and logs its first operator in.
async fn set_up(v: &Visit, fields: &Fields) -> Result<Token<kinds::Session>> {
    let (wish, login, typed) =
        (wish(v, fields)?, fields.parse::<Login>("login")?, Password::typed(fields.get("password")));
    let cx = v.asked.cx.clone();
    v.app()
        .aside(move |app| {
            set_up::set_up(app.store(), &cx, wish).map_err(said_of)?;
            register::log_in(app.store(), &cx, login, &typed)
        })
        .await
}

fn wish(v: &Visit, fields: &Fields) -> Result<SetUp> {
    fields.only(&["person", "login", "password", "name", "currency", "zone", "language", "public_address"])?;
    let password = Password::new(fields.get("password")).map_err(|no| no.at("password"))?;
    let locale = v.locale();
    let operator = NewPerson { login: fields.parse("login")?, name: fields.text("person")?, password, locale };
    Ok(SetUp {
        operator,
        name: fields.text("name")?,
        currency: fields.parse::<Currency>("currency")?,
        zone: fields.parse("zone")?,
        language: fields.parse("language")?,
        public_address: fields.optional("public_address")?,
    })
}

fn said_of(no: Error) -> Error {
    if no.code() == "login_taken" { no.at("login") } else { no }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_very_token_is_the_same() {
        assert!(is_same(b"abc", b"abc"));
        for other in ["", "ab", "abcd", "abd"] {
            assert!(!is_same(other.as_bytes(), b"abc"), "{other}");
        }
    }
}
