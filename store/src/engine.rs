//! One connection to one of the two engines.

use crate::{
    Faults, Row, Statement, Val,
    value::{Each, trouble_of},
};
use kernel::{Error, Result, error::Common};
use postgres::fallible_iterator::FallibleIterator;
use std::{collections::HashMap, sync::Arc};

/// What went wrong in an engine; decides whether an act runs again and what its caller is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Trouble {
    /// The statement itself is at fault.
    Wrong,
    /// Another transaction was in the way: the act runs again.
    Conflict,
    /// The database is locked by somebody else.
    Locked,
    /// No room on the disk.
    Full,
    /// The connection or the file is gone.
    Gone,
}

impl Trouble {
    /// What the caller is told; a wrong statement stays a breakage.
    pub(crate) fn say(self, error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
        let reason = match self {
            Trouble::Wrong => return Error::broken(error),
            Trouble::Conflict => "busy",
            Trouble::Locked => "locked",
            Trouble::Full => "full",
            Trouble::Gone => "gone",
        };
        Common::Unavailable { reason }.into()
    }
}

/// One connection, with its prepared statements.
pub(crate) struct Session {
    link: Link,
    faults: Arc<Faults>,
    /// The last trouble, until it is taken: an act whose statement failed cannot succeed by swallowing the error.
    pub trouble: Option<Trouble>,
    /// Statements run, for figures.
    pub count: u64,
    /// Rows changed since the act began: an act that changed nothing leaves no trace.
    pub changed: u64,
    /// How to connect anew, while a question that may be asked again has not been answered a word yet.
    pub reopen: Option<Reopen>,
}

/// Opens the connection that takes a closed one's place.
pub(crate) type Reopen = Box<dyn FnOnce() -> Result<postgres::Client> + Send>;

enum Link {
    Lite(rusqlite::Connection),
    Pg { client: Box<postgres::Client>, prepared: HashMap<usize, postgres::Statement> },
}

impl Session {
    pub fn lite(connection: rusqlite::Connection, faults: Arc<Faults>) -> Session {
        connection.set_prepared_statement_cache_capacity(4096);
        Session::over(Link::Lite(connection), faults)
    }

    pub fn pg(client: postgres::Client, faults: Arc<Faults>) -> Session {
        let link = Link::Pg { client: Box::new(client), prepared: HashMap::new() };
        Session::over(link, faults)
    }

    fn over(link: Link, faults: Arc<Faults>) -> Session {
        Session { link, faults, trouble: None, count: 0, changed: 0, reopen: None }
    }

    fn before_statement(&mut self, values: &[Val]) -> Result<()> {
        self.count += 1;
        // PostgreSQL takes no NUL into a text, SQLite does: refused for both, so that both say the same.
        if values.iter().any(|value| matches!(value, Val::Text(text) if text.contains('\0'))) {
            return Err(Common::NotText.into());
        }
        if self.faults.strikes_statement() {
            self.trouble = Some(Trouble::Wrong);
            return Err(Error::broken("a failure was ordered for this statement"));
        }
        Ok(())
    }

    /// Runs a statement that changes rows; answers how many.
    pub fn exec(&mut self, statement: &'static Statement, values: &[Val]) -> Result<u64> {
        self.before_statement(values)?;
        let ran = match &mut self.link {
            Link::Lite(connection) => {
                let ran = connection
                    .prepare_cached(statement.lite())
                    .and_then(|mut ready| ready.execute(rusqlite::params_from_iter(values)));
                ran.map(|rows| rows as u64).map_err(|error| lite_trouble(&mut self.trouble, statement, error))
            }
            Link::Pg { client, prepared } => {
                let ran =
                    ready(client, prepared, statement).and_then(|ready| client.execute(&ready, &pg_values(values)));
                ran.map_err(|error| pg_trouble(&mut self.trouble, statement, error))
            }
        };
        ran.inspect(|rows| self.changed += rows)
    }

    /// Runs a statement that answers rows and hands each to `each`.
    pub fn query(&mut self, statement: &'static Statement, values: &[Val], each: Each<'_>) -> Result<()> {
        self.before_statement(values)?;
        self.asked(each, |session, each| session.query_once(statement, values, each))
    }

    /// A question that finds its connection closed before it was answered a word is asked again on a new one, once,
    /// where [`Session::reopen`] allows it: the server may have been started anew since the connection was last used.
    fn asked(&mut self, each: Each<'_>, mut ask: impl FnMut(&mut Session, Each<'_>) -> Result<()>) -> Result<()> {
        let mut answered = false;
        let outcome = ask(self, &mut |row| {
            answered = true;
            each(row)
        });
        let reopen = self.reopen.take();
        match reopen {
            Some(reopen) if outcome.is_err() && !answered && self.is_lost() => {
                self.link = Link::Pg { client: Box::new(reopen()?), prepared: HashMap::new() };
                self.trouble = None;
                ask(self, each)
            }
            _ => outcome,
        }
    }

    fn query_once(&mut self, statement: &'static Statement, values: &[Val], each: Each<'_>) -> Result<()> {
        let changes = statement.changes();
        let changed = &mut self.changed;
        let each: Each<'_> = &mut |row| {
            *changed += u64::from(changes);
            each(row)
        };
        match &mut self.link {
            Link::Lite(connection) => {
                let trouble = &mut self.trouble;
                let mut say = |error| lite_trouble(trouble, statement, error);
                let mut ready = connection.prepare_cached(statement.lite()).map_err(&mut say)?;
                let mut rows = ready.query(rusqlite::params_from_iter(values)).map_err(&mut say)?;
                while let Some(row) = rows.next().map_err(&mut say)? {
                    each(&Row::Lite(row))?;
                }
                Ok(())
            }
            Link::Pg { client, prepared } => {
                let trouble = &mut self.trouble;
                let mut say = |error| pg_trouble(trouble, statement, error);
                let ready = ready(client, prepared, statement).map_err(&mut say)?;
                let mut rows = client.query_raw(&ready, values).map_err(&mut say)?;
                while let Some(row) = rows.next().map_err(&mut say)? {
                    each(&Row::Pg(&row))?;
                }
                Ok(())
            }
        }
    }

    /// Runs plain text: transaction control and schema changes.
    pub fn batch(&mut self, text: &str) -> Result<()> {
        let (trouble, error): (_, Box<dyn std::error::Error + Send + Sync>) = match &mut self.link {
            Link::Lite(connection) => match connection.execute_batch(text) {
                Ok(()) => return Ok(()),
                Err(error) => (trouble_of(&error), error.into()),
            },
            Link::Pg { client, .. } => match client.batch_execute(text) {
                Ok(()) => return Ok(()),
                Err(error) => (pg_kind(&error), error.into()),
            },
        };
        self.trouble = Some(trouble);
        Err(trouble.say(error))
    }

    /// Commits; a lost answer is reported as a failure though the commit went through.
    pub fn commit(&mut self) -> Result<()> {
        self.batch("commit")?;
        if self.faults.loses_commit() {
            self.trouble = Some(Trouble::Gone);
            return Err(Trouble::Gone.say("the commit's answer was lost"));
        }
        Ok(())
    }

    /// Whether no transaction is open (SQLite closes it by itself when the disk is full).
    pub fn in_autocommit(&self) -> bool {
        match &self.link {
            Link::Lite(connection) => connection.is_autocommit(),
            Link::Pg { .. } => false,
        }
    }

    /// Whether the connection can never be used again.
    pub fn is_closed(&self) -> bool {
        match &self.link {
            Link::Lite(_) => false,
            Link::Pg { client, .. } => client.is_closed(),
        }
    }

    /// Whether the connection can never be used again, or was just told so by the server: the driver learns a moment
    /// after that word that the line is closed.
    pub fn is_lost(&self) -> bool {
        self.is_closed() || self.trouble == Some(Trouble::Gone)
    }

    /// Whether this is SQLite.
    pub fn is_lite(&self) -> bool {
        matches!(self.link, Link::Lite(_))
    }

    /// Prepares a text without running it; for the test that prepares everything.
    pub fn prepare(&mut self, statement: &'static Statement) -> Result<()> {
        match &mut self.link {
            Link::Lite(connection) => {
                connection.prepare_cached(statement.lite()).map(drop).map_err(|error| Error::broken(error.to_string()))
            }
            Link::Pg { client, .. } => {
                client.prepare(statement.text()).map(drop).map_err(|error| Error::broken(pg_words(&error)))
            }
        }
    }

    /// The rows of a text put together at run time: plans and the schema's own tables. Never for acts.
    pub fn ask(&mut self, text: &str, each: Each<'_>) -> Result<()> {
        self.asked(each, |session, each| session.ask_once(text, each))
    }

    fn ask_once(&mut self, text: &str, each: Each<'_>) -> Result<()> {
        match &mut self.link {
            Link::Lite(connection) => {
                let mut ready = connection.prepare(text).map_err(Error::broken)?;
                let mut rows = ready.raw_query();
                while let Some(row) = rows.next().map_err(Error::broken)? {
                    each(&Row::Lite(row))?;
                }
            }
            Link::Pg { client, .. } => {
                let trouble = &mut self.trouble;
                let say = |error| {
                    let kind = pg_kind(&error);
                    *trouble = Some(kind);
                    kind.say(pg_words(&error))
                };
                for row in client.query(text, &[]).map_err(say)? {
                    each(&Row::Pg(&row))?;
                }
            }
        }
        Ok(())
    }
}

fn ready(
    client: &mut postgres::Client,
    prepared: &mut HashMap<usize, postgres::Statement>,
    statement: &'static Statement,
) -> Result<postgres::Statement, postgres::Error> {
    let key = std::ptr::from_ref(statement) as usize;
    if let Some(ready) = prepared.get(&key) {
        return Ok(ready.clone());
    }
    let ready = client.prepare(statement.text())?;
    prepared.insert(key, ready.clone());
    Ok(ready)
}

fn pg_values(values: &[Val]) -> Vec<&(dyn postgres::types::ToSql + Sync)> {
    values.iter().map(|value| value as _).collect()
}

fn lite_trouble(trouble: &mut Option<Trouble>, statement: &Statement, error: rusqlite::Error) -> Error {
    let kind = trouble_of(&error);
    *trouble = Some(kind);
    kind.say(format!("{error} in {} ({})", statement.text(), statement.place))
}

fn pg_trouble(trouble: &mut Option<Trouble>, statement: &Statement, error: postgres::Error) -> Error {
    let kind = pg_kind(&error);
    *trouble = Some(kind);
    kind.say(format!("{} in {} ({})", pg_words(&error), statement.text(), statement.place))
}

fn pg_words(error: &postgres::Error) -> String {
    error.as_db_error().map_or_else(|| error.to_string(), |db| format!("{db} {}", db.detail().unwrap_or("")))
}

fn pg_kind(error: &postgres::Error) -> Trouble {
    use postgres::error::SqlState;
    let Some(code) = error.code() else {
        return Trouble::Gone;
    };
    match *code {
        SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED => Trouble::Conflict,
        SqlState::LOCK_NOT_AVAILABLE => Trouble::Locked,
        SqlState::DISK_FULL | SqlState::OUT_OF_MEMORY | SqlState::TOO_MANY_CONNECTIONS => Trouble::Full,
        SqlState::ADMIN_SHUTDOWN | SqlState::CRASH_SHUTDOWN | SqlState::CANNOT_CONNECT_NOW => Trouble::Gone,
        _ if code.code().starts_with("08") => Trouble::Gone,
        _ => Trouble::Wrong,
    }
}
