//! A database for one market, gone with it.

use kernel::Result;
use sha2::{Digest, Sha256};
use std::{
    io::Write,
    sync::{
        OnceLock,
        atomic::{AtomicU64, Ordering},
    },
};
use store::{Config, Schema, Store, databases};
use tempfile::TempDir;

/// Where a PostgreSQL server stands: the address of a superuser's database.
const SERVER: &str = "JISHI_TEST_POSTGRES";
/// The file that is told which stories could not run here.
const SKIPPED: &str = "JISHI_SKIPPED";

/// What a market's database runs on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// SQLite in memory: the fastest, one connection.
    Memory,
    /// SQLite in a file: the writer's thread with its group commit, and readers beside it.
    Lite,
    /// PostgreSQL, several connections at once.
    Postgres,
}

/// A database that is removed when this is dropped, also by a panic.
pub(crate) struct Database {
    pub url: String,
    _kept: Kept,
}

enum Kept {
    Nothing,
    Folder(#[allow(dead_code, reason = "it is held for its drop alone")] TempDir),
    Named { server: String, name: String },
}

impl Drop for Kept {
    fn drop(&mut self) {
        if let Kept::Named { server, name } = self {
            // A database that stays behind harms nobody, and a panic while panicking would hide the first one.
            let _ = databases::remove(server, name);
        }
    }
}

impl Engine {
    /// A new database, empty or migrated to `schemas`; none where the engine is not at hand.
    ///
    /// # Errors
    /// What the engine says.
    pub(crate) fn database(self, schemas: &[Schema]) -> Result<Option<Database>> {
        let (url, kept) = match self {
            Engine::Memory => ("sqlite::memory:".to_owned(), Kept::Nothing),
            Engine::Lite => {
                let folder = tempfile::tempdir().map_err(kernel::Error::broken)?;
                (format!("sqlite:{}", folder.path().join("market.db").display()), Kept::Folder(folder))
            }
            Engine::Postgres => match server() {
                Some(server) => copy_of_template(server, schemas)?,
                None => return Ok(None),
            },
        };
        Ok(Some(Database { url, _kept: kept }))
    }
}

fn server() -> Option<String> {
    std::env::var(SERVER).ok().filter(|server| !server.is_empty())
}

/// Says that a story could not run because there is no PostgreSQL.
pub fn skip_postgres() {
    skip(&format!("PostgreSQL is not at hand ({SERVER})"));
}

/// Says that a story could not run, and why, where people and the check before a merge see it.
///
/// # Panics
/// Where the file that is to hear of it cannot be written.
pub fn skip(why: &str) {
    let line = format!("skipped: {why}");
    println!("{line}");
    let Some(path) = std::env::var_os(SKIPPED) else { return };
    let file = std::fs::OpenOptions::new().append(true).create(true).open(path);
    let told = file.and_then(|mut file| writeln!(file, "{line}"));
    told.expect("whoever names a file for what was skipped lets us write to it");
}

fn copy_of_template(server: String, schemas: &[Schema]) -> Result<(String, Kept)> {
    static COPIES: AtomicU64 = AtomicU64::new(0);
    let template = template(&server, schemas)?;
    let copy = COPIES.fetch_add(1, Ordering::Relaxed);
    let name = format!("{template}_{}_{copy}", std::process::id());
    // A process of the same number may have been killed here.
    databases::remove(&server, &name)?;
    databases::make(&server, &name, Some(&template))?;
    Ok((databases::address(&server, &name), Kept::Named { server, name }))
}

/// The migrated database that all others are copied from: made once for each state of the migrations, whichever of
/// several processes comes first.
fn template(server: &str, schemas: &[Schema]) -> Result<String> {
    static READY: OnceLock<String> = OnceLock::new();
    if let Some(ready) = READY.get() {
        return Ok(ready.clone());
    }
    let name = format!("jishi_test_{}", hash_of(schemas));
    if !databases::exists(server, &name)? {
        let draft = format!("{name}_draft_{}_{:?}", std::process::id(), std::thread::current().id());
        let draft: String = draft.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
        let draft = draft.to_ascii_lowercase();
        databases::remove(server, &draft)?;
        databases::make(server, &draft, None)?;
        let config = Config::new(databases::address(server, &draft), crate::market::clock());
        drop(Store::open(config, schemas)?);
        if !databases::rename(server, &draft, &name)? {
            databases::remove(server, &draft)?;
        }
    }
    Ok(READY.get_or_init(|| name).clone())
}

fn hash_of(schemas: &[Schema]) -> String {
    let mut hash = Sha256::new();
    for schema in [store::SCHEMA].iter().chain(schemas) {
        hash.update(schema.room);
        schema.steps.iter().for_each(|step| hash.update(step));
    }
    hash.finalize().iter().take(5).map(|byte| format!("{byte:02x}")).collect()
}
