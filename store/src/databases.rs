//! Whole databases of a PostgreSQL server, made, copied and removed: for tests and tools, never for acts. What makes a
//! database is no act of the market, so none of this goes through a [`crate::Store`].

use kernel::{Error, Result, error::Common};
use postgres::{Client, NoTls, error::SqlState};

/// The longest name that PostgreSQL keeps whole.
const NAME_MAX: usize = 63;

/// The address of another database on the server of `server`.
pub fn address(server: &str, name: &str) -> String {
    let host = server.find("://").map_or(0, |at| at + 3);
    let (before, options) = server.split_at(server[host..].find('?').map_or(server.len(), |at| host + at));
    let end = before[host..].find('/').map_or(before.len(), |at| host + at);
    format!("{}/{name}{options}", &before[..end])
}

/// Makes a database: a copy of `template`, which nobody may be connected to, or an empty one.
///
/// # Errors
/// `malformed` for a name that is no plain word; broken with what the server says, also where the name is taken.
pub fn make(server: &str, name: &str, template: Option<&str>) -> Result<()> {
    let source = checked(template.unwrap_or("template0"))?;
    run(server, &format!("create database {} template {source}", checked(name)?)).map_err(Error::broken)
}

/// Gives a database another name; false where that name is taken.
///
/// # Errors
/// As [`make`].
pub fn rename(server: &str, name: &str, to: &str) -> Result<bool> {
    match run(server, &format!("alter database {} rename to {}", checked(name)?, checked(to)?)) {
        Ok(()) => Ok(true),
        Err(error) if error.code() == Some(&SqlState::DUPLICATE_DATABASE) => Ok(false),
        Err(error) => Err(Error::broken(error)),
    }
}

/// Whether the server has a database of this name.
///
/// # Errors
/// As [`make`].
pub fn exists(server: &str, name: &str) -> Result<bool> {
    let mut client = Client::connect(server, NoTls).map_err(Error::broken)?;
    let rows = client.query("select 1 from pg_database where datname = $1", &[&name]).map_err(Error::broken)?;
    Ok(!rows.is_empty())
}

/// Removes a database with all that is in it, whoever is connected to it; none is no error.
///
/// # Errors
/// As [`make`].
pub fn remove(server: &str, name: &str) -> Result<()> {
    run(server, &format!("drop database if exists {} with (force)", checked(name)?)).map_err(Error::broken)
}

fn run(server: &str, text: &str) -> Result<(), postgres::Error> {
    Client::connect(server, NoTls)?.batch_execute(text)
}

/// Names go into the text, because the server takes no placeholders here.
fn checked(name: &str) -> Result<&str> {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if (1..=NAME_MAX).contains(&name.len()) && name.bytes().all(plain) {
        return Ok(name);
    }
    Err(Common::Malformed { expected: "up to 63 small letters, digits and underscores" }.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_another_database_of_the_same_server() {
        let other = |server| address(server, "other");
        assert_eq!(other("postgres://me:pw@host:5/one"), "postgres://me:pw@host:5/other");
        assert_eq!(other("postgres://me@host"), "postgres://me@host/other");
        assert_eq!(other("postgres://me@host/one?sslmode=disable"), "postgres://me@host/other?sslmode=disable");
        assert_eq!(other("postgres://me@host?host=/tmp"), "postgres://me@host/other?host=/tmp");
    }

    #[test]
    fn a_name_that_is_no_plain_word_is_refused() {
        for name in ["", "a b", "a;drop", "\"a\"", &"a".repeat(64)] {
            assert_eq!(checked(name).unwrap_err().code(), "malformed", "{name}");
        }
    }
}
