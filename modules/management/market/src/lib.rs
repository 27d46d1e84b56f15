//! The market's settings: everything an operator may change without a programmer.
//!
//! It owns one reference table of (key, value) rows. What has no row has the default of [`Settings`], where each
//! default stands with its source and each bound beside it. Verb: [`change`], [`reset`]. Read: [`settings`].
//!
//! What is absent: no rule of trade is applied here. Whoever needs a setting is handed it by the flow, so rooms know
//! numbers and not where they come from. No setting is a secret.

mod refusal;
mod settings;
mod value;

pub use refusal::Refusal;
pub use settings::{Due, PAST_MILLIS, PayoutSchedule, PublicAddress, Settings, Zone};

use kernel::{Error, Result};
use store::{Read, Tx, args, sql};

/// The room's table.
pub const SCHEMA: store::Schema =
    store::Schema { room: "market", steps: &[include_str!("../migrations/0001_open.sql")] };

/// The settings in force: one select of a small reference table.
///
/// # Errors
/// Broken where a row no longer fits its bounds; `jishi check` and this say which.
pub fn settings(read: &mut Read) -> Result<Settings> {
    let mut settings = Settings::default();
    let sql = sql!("select key, value from market_setting");
    read.each(sql, args![], |row| {
        let (key, value): (String, String) = (row.get(0)?, row.get(1)?);
        settings.set(&key, &value).map_err(|no| Error::broken(format!("setting {key}: {no}")))
    })?;
    Ok(settings)
}

/// Changes one setting; the act's audit row says who did and when.
///
/// # Errors
/// `unknown_setting`; `out_of_range`, `malformed`, `too_long`, `required` or `not_text` for a value that does not fit.
pub fn change(tx: &mut Tx, key: &str, value: &str) -> Result<()> {
    let mut changed = Settings::default();
    changed.set(key, value)?;
    let stored = changed.list().into_iter().find(|(known, _)| *known == key);
    let (key, value) = stored.expect("set knows a key only if list does");
    let sql = sql!(
        "insert into market_setting (key, value)
         values ($1, $2)
         on conflict (key) do update
         set value = excluded.value"
    );
    tx.exec(sql, args![key, value])?;
    Ok(())
}

/// Gives a setting its default back.
///
/// # Errors
/// `unknown_setting`.
pub fn reset(tx: &mut Tx, key: &str) -> Result<()> {
    if !Settings::KEYS.contains(&key) {
        return Err(Refusal::UnknownSetting { key: key.chars().take(60).collect() }.into());
    }
    tx.exec(sql!("delete from market_setting where key = $1"), args![key])?;
    Ok(())
}

#[cfg(test)]
mod tests;
