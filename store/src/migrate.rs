//! Schemas are owned by rooms and brought up step by step; each step runs once, in one transaction.

use crate::{Read, args, engine::Session, sql, write::roll_back};
use kernel::{Error, Result, Time};
use sha2::{Digest, Sha256};

/// The schema of a room: its steps in order, in PostgreSQL's spelling. A step never changes after its release.
#[derive(Clone, Copy, Debug)]
pub struct Schema {
    /// The room, which is the prefix of its tables.
    pub room: &'static str,
    /// The steps.
    pub steps: &'static [&'static str],
}

/// Brings the store's own schema and the rooms' up to date.
pub(crate) fn run(session: &mut Session, schemas: &[Schema], now: Time) -> Result<()> {
    let table = "create table if not exists store_migration (
        room text not null, step bigint not null, hash blob not null, at bigint not null, primary key (room, step)
    );";
    session.batch(&translate(table, session.is_lite()))?;
    for schema in [crate::SCHEMA].iter().chain(schemas) {
        for (step, text) in (1..).zip(schema.steps) {
            let begin = if session.is_lite() { "begin immediate" } else { "begin; lock table store_migration" };
            session.batch(begin)?;
            let ran = one(session, schema.room, step, text, now).and_then(|()| session.batch("commit"));
            ran.inspect_err(|_| roll_back(session))?;
        }
    }
    Ok(())
}

fn one(session: &mut Session, room: &str, step: i64, text: &str, now: Time) -> Result<()> {
    let hash = Sha256::digest(text).to_vec();
    let mut known = None;
    let sql = sql!("select hash from store_migration where room = $1 and step = $2");
    session.query(sql, args![room, step], &mut |row| {
        known = Some(row.get::<Vec<u8>>(0)?);
        Ok(())
    })?;
    match known {
        Some(known) if known == hash => Ok(()),
        Some(_) => Err(Error::broken(format!("step {step} of {room} is not the one this database was made with"))),
        None => {
            session.batch(&translate(text, session.is_lite()))?;
            let sql = sql!("insert into store_migration (room, step, hash, at) values ($1, $2, $3, $4)");
            session.exec(sql, args![room, step, hash, now])?;
            Ok(())
        }
    }
}

/// From PostgreSQL's spelling to the engine's. On SQLite keys and indices lose their leading home, because a
/// composite key costs a sixth more processor there, and tables are strict.
fn translate(text: &str, lite: bool) -> String {
    let bare: Vec<&str> = text.lines().map(|line| line.split("--").next().unwrap_or("").trim_end()).collect();
    let bare = bare.join("\n");
    if !lite {
        return replace_word(&bare, "blob", "bytea");
    }
    let statements = bare.split_inclusive(';').map(|statement| {
        let lower = statement.trim_start();
        if lower.starts_with("create table") {
            let body = statement.replace("primary key (home, ", "primary key (");
            let body = replace_word(&body.replace("double precision", "real"), "bigint", "integer");
            let ends = if has_rowid(&body) { "strict" } else { "strict, without rowid" };
            body.trim_end().strip_suffix(';').map_or(body.clone(), |body| format!("{body} {ends};"))
        } else if lower.starts_with("create index") && lower.ends_with(" (id);") {
            // The row number is that index already.
            String::new()
        } else if lower.starts_with("create index") || lower.starts_with("create unique index") {
            statement.replace("(home, ", "(")
        } else {
            statement.replace("bigint", "integer")
        }
    });
    statements.collect()
}

/// Whether the table's key is its row number: then the row is found by it alone. A table with any other key is its own
/// index, so that a row is written once and not twice.
fn has_rowid(create: &str) -> bool {
    !create.contains("primary key (") || create.contains("primary key (id)")
}

fn replace_word(text: &str, from: &str, to: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(from) {
        let is_word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
        let (before, after) = (&rest[..at], &rest[at + from.len()..]);
        let inside = is_word(before.chars().next_back()) || is_word(after.chars().next());
        out.push_str(before);
        out.push_str(if inside { from } else { to });
        rest = after;
    }
    out + rest
}

/// The names of all tables, in order.
///
/// # Errors
/// What the engine says.
pub fn tables(read: &mut Read) -> Result<Vec<String>> {
    let text = if read.is_sqlite() {
        "select name from sqlite_master where type = 'table' and name not like 'sqlite%' order by name"
    } else {
        "select table_name::text from information_schema.tables where table_schema = current_schema() order by table_name"
    };
    let mut names = Vec::new();
    read.ask(text, |row| {
        names.push(row.get(0)?);
        Ok(())
    })?;
    names.sort();
    Ok(names)
}

/// A table's columns with their types, in order.
///
/// # Errors
/// What the engine says.
pub fn column_list(read: &mut Read, table: &str) -> Result<Vec<(String, String)>> {
    if !table.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_') {
        return Err(Error::broken(format!("{table:?} is no table's name")));
    }
    let text = if read.is_sqlite() {
        format!("select name, lower(type) from pragma_table_info('{table}') order by cid")
    } else {
        format!(
            "select column_name::text, data_type::text from information_schema.columns
             where table_schema = current_schema() and table_name = '{table}' order by ordinal_position"
        )
    };
    let mut columns = Vec::new();
    read.ask(&text, |row| {
        columns.push((row.get(0)?, row.get(1)?));
        Ok(())
    })?;
    Ok(columns)
}
