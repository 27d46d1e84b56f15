//! `jishi show ID`: one thing, for a person at a terminal or for a program.

use crate::{cli, open};
use kernel::{Error, Result, SystemClock};
use std::sync::Arc;

/// Prints a thing by its id.
///
/// # Errors
/// `id_malformed`, `not_found`, and what the database says.
pub fn run(command: &cli::Show) -> Result<bool> {
    let opened = open::existing(&command.database.db, Arc::new(SystemClock))?;
    let (id, json) = (command.id.clone(), command.json);
    let shown = opened.market.store.snapshot(move |read| {
        if !json && id.starts_with("ord_") {
            return Ok(views::order_page::render(&views::order_page::order_page(read, id.parse()?)?));
        }
        let value = views::order_page::show(read, &id)?;
        serde_json::to_string_pretty(&value).map_err(Error::broken)
    });
    crate::say(&shown.wait()?)?;
    Ok(true)
}
