//! What is refused, and that nothing has changed afterwards: by whom it is tried ([`access`]), over which wire it comes
//! ([`callbacks`]), what a request holds ([`input`], [`texts`]), how things stand ([`states`], [`shops_and_people`],
//! [`keeping`], [`writing`]), under which key it comes ([`keys`]), at the same time as what ([`race`]), out of which file ([`files`]), and while
//! the database itself says no ([`database`]).

pub(crate) mod access;
mod callbacks;
mod database;
mod files;
mod input;
mod keeping;
mod keys;
mod race;
mod shops_and_people;
mod states;
mod texts;
mod writing;

use std::path::PathBuf;
use testkit::{Market, Ordered, Street, ordered, paid, shipped, street, well};

/// A row of the audit log.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Audited {
    act: String,
    actor: String,
    actor_id: i64,
    outcome: String,
    code: String,
}

/// The audit log, the oldest row first.
fn audit(market: &Market) -> Vec<Audited> {
    let rows = market.asks(|read| {
        let mut rows = Vec::new();
        read.ask("select act, actor, actor_id, outcome, code from store_audit order by id", |row| {
            let (act, actor, actor_id) = (row.get(0)?, row.get(1)?, row.get(2)?);
            rows.push(Audited { act, actor, actor_id, outcome: row.get(3)?, code: row.get(4)? });
            Ok(())
        })?;
        Ok(rows)
    });
    well(rows)
}

/// The sources of the flows, each with its path.
fn sources_of_flows() -> Vec<(PathBuf, String)> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../flows/src");
    let mut sources = Vec::new();
    let mut folders = vec![folder];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("the tree can be read") {
            let path = entry.expect("the tree can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let text = std::fs::read_to_string(&path).expect("sources are text");
                sources.push((path, text));
            }
        }
    }
    sources
}
