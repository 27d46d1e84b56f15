//! `jishi settings`: what an operator may change without a programmer, at a terminal.

use crate::{cli, open};
use cli::SettingsVerb;
use kernel::{Actor, Cx, Error, Result, SalesChannel, SystemClock};
use market::Settings;
use serde::Serialize;
use std::sync::Arc;
use store::Store;

/// One setting as it is in force.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
struct Setting {
    key: &'static str,
    value: String,
    default: String,
}

/// Lists, answers or changes settings.
///
/// # Errors
/// `unknown_setting`, a value that does not fit, and what the database says.
pub fn run(command: &cli::Settings) -> Result<bool> {
    let market = open::existing(&command.db, Arc::new(SystemClock))?.market;
    let store = &market.store;
    match &command.verb {
        SettingsVerb::List => {
            let settings = all(store)?;
            if command.json {
                print(&settings)?;
            } else {
                let width = Settings::KEYS.iter().map(|key| key.len()).max().unwrap_or(0);
                let line = |one: &Setting| format!("{:width$}  {}{}\n", one.key, one.value, note(one));
                crate::say(&settings.iter().map(line).collect::<String>())?;
            }
        }
        SettingsVerb::Get { key } => tell(command.json, &one(store, key)?)?,
        SettingsVerb::Set { key, value } => {
            flows::settings::change(store, &cx(store), key.clone(), value.clone()).wait()?;
            tell(command.json, &one(store, key)?)?;
        }
        SettingsVerb::Reset { key } => {
            flows::settings::reset(store, &cx(store), key.clone()).wait()?;
            tell(command.json, &one(store, key)?)?;
        }
    }
    Ok(true)
}

/// Says beside a value which one the market would have had.
fn note(setting: &Setting) -> String {
    if setting.value == setting.default { String::new() } else { format!("  (default {})", setting.default) }
}

fn tell(json: bool, setting: &Setting) -> Result<()> {
    if json { print(setting) } else { crate::say(&setting.value) }
}

fn print(what: &impl Serialize) -> Result<()> {
    crate::say(&serde_json::to_string_pretty(what).map_err(Error::broken)?)
}

fn all(store: &Store) -> Result<Vec<Setting>> {
    let now = store.read(market::settings).wait()?.list();
    let defaults = Settings::default().list();
    let beside = |((key, value), (_, default))| Setting { key, value, default };
    Ok(now.into_iter().zip(defaults).map(beside).collect())
}

fn one(store: &Store, key: &str) -> Result<Setting> {
    let found = all(store)?.into_iter().find(|setting| setting.key == key);
    found.ok_or_else(|| market::Refusal::UnknownSetting { key: key.chars().take(60).collect() }.into())
}

/// Whoever has the database in his hands at a terminal acts for the market itself.
fn cx(store: &Store) -> Cx {
    let request = format!("settings {}", store.clock().now());
    Cx::new(Actor::System("settings"), request).through(SalesChannel::Import)
}
