//! `/ops/settings`: everything that is changed of the market without a programmer.

use crate::desk::{self, Desk};
use askama::Template;
use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};
use door::App;
use kernel::Result;
use market::Settings;
use web::{Fields, Posted, Reply, Typed, Visit, page_with};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/ops/settings", get(settings))
        .route("/ops/settings/{key}", post(change))
        .route("/ops/settings/{key}/reset", post(reset))
}

/// A setting: its key, what is in force, what would be.
struct Setting {
    key: &'static str,
    value: String,
    default: String,
}

#[derive(Template)]
#[template(path = "ops_settings.html")]
struct SettingsPage {
    v: Visit,
    desk: Desk,
    typed: Typed,
    settings: Vec<Setting>,
}

impl SettingsPage {
    /// The choices of a setting that has few; empty where it is typed.
    fn choices(&self, setting: &Setting) -> Vec<(&'static str, String)> {
        let words: &[&'static str] = match setting.key {
            "language" => &["zh", "en"],
            "payout_schedule" => &["off", "daily", "weekly"],
            "demo" => &["true", "false"],
            _ => &[],
        };
        words.iter().map(|word| (*word, self.v.word("ops-setting-value", word))).collect()
    }

    /// What stands in the field: what was typed and refused, else what is in force.
    fn value<'a>(&'a self, setting: &'a Setting) -> &'a str {
        if self.typed.trouble().is_some_and(|(field, _)| field == setting.key) {
            return self.typed.value(setting.key);
        }
        &setting.value
    }

    fn kind(&self, setting: &Setting) -> &'static str {
        let is_number = setting.default.parse::<i64>().is_ok();
        if is_number { "number" } else { "text" }
    }
}

async fn settings(v: Visit) -> Reply {
    show(v, Typed::default()).await
}

async fn show(v: Visit, typed: Typed) -> Reply {
    let (desk, now) = desk::open(&v, "/ops/settings", |read, _| market::settings(read)).await?;
    let defaults = Settings::default().list();
    let beside = |((key, value), (_, default))| Setting { key, value, default };
    let settings = now.list().into_iter().zip(defaults).map(beside).collect();
    let status = typed.status.unwrap_or_default();
    page_with(&v.clone(), status, &SettingsPage { v, desk, typed, settings })
}

async fn answered(v: Visit, fields: Fields, done: Result<()>, key: &str, said: &str) -> Reply {
    match done {
        Ok(()) => {
            v.app().settings_changed();
            Ok(v.see(&format!("/ops/settings?said={said}#{key}"), ""))
        }
        Err(no) => {
            let typed = desk::refused(&v, fields, no)?;
            show(v, typed).await
        }
    }
}

async fn change(Path(key): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    fields.only(&[key.as_str()])?;
    let value = fields.get(&key).trim().to_owned();
    let done = flows::settings::change(v.app().store(), &v.asked.cx, key.clone(), value).await;
    answered(v, fields, done, &key, "ops-setting-changed").await
}

async fn reset(Path(key): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    fields.only(&[])?;
    let done = flows::settings::reset(v.app().store(), &v.asked.cx, key.clone()).await;
    answered(v, fields, done, &key, "ops-setting-reset").await
}
