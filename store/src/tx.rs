//! What an act and a question hold in their hands.

use crate::{Into, Statement, Trouble, Val, engine::Session, insert, store::Env};
use kernel::{Actor, Cx, Error, Home, Id, Result, Time};
use std::ops::{Deref, DerefMut};

/// A question to the database. It has no way to change anything.
pub struct Read<'s> {
    pub(crate) session: &'s mut Session,
}

impl Read<'_> {
    /// The one row of the answer.
    ///
    /// # Errors
    /// Broken where there is none or more than one.
    pub fn one<T>(
        &mut self,
        statement: &'static Statement,
        values: &[Val],
        map: impl FnMut(&crate::Row<'_>) -> Result<T>,
    ) -> Result<T> {
        let found = self.opt(statement, values, map)?;
        found.ok_or_else(|| Error::broken(format!("no row from {}", statement.place)))
    }

    /// The row of the answer, if there is one.
    ///
    /// # Errors
    /// Broken where there is more than one.
    pub fn opt<T>(
        &mut self,
        statement: &'static Statement,
        values: &[Val],
        mut map: impl FnMut(&crate::Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let mut found = None;
        self.session.query(statement, values, &mut |row| {
            if found.is_some() {
                return Err(Error::broken(format!("more than one row from {}", statement.place)));
            }
            found = Some(map(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// All rows of an answer that is bounded by its parent or by a limit.
    ///
    /// # Errors
    /// What the engine or `map` says.
    pub fn all<T>(
        &mut self,
        statement: &'static Statement,
        values: &[Val],
        mut map: impl FnMut(&crate::Row<'_>) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut found = Vec::new();
        self.session.query(statement, values, &mut |row| {
            found.push(map(row)?);
            Ok(())
        })?;
        Ok(found)
    }

    /// Hands over row by row, keeping none.
    ///
    /// # Errors
    /// What the engine or `each` says.
    pub fn each(
        &mut self,
        statement: &'static Statement,
        values: &[Val],
        mut each: impl FnMut(&crate::Row<'_>) -> Result<()>,
    ) -> Result<()> {
        self.session.query(statement, values, &mut |row| each(row))
    }

    /// The rows of a text put together at run time, for plans and the schema's own tables. Never for acts.
    ///
    /// # Errors
    /// What the engine or `each` says.
    pub fn ask(&mut self, text: &str, mut each: impl FnMut(&crate::Row<'_>) -> Result<()>) -> Result<()> {
        self.session.ask(text, &mut |row| each(row))
    }

    /// Prepares a statement without running it.
    ///
    /// # Errors
    /// What the engine says of the text.
    pub fn prepare(&mut self, statement: &'static Statement) -> Result<()> {
        self.session.prepare(statement)
    }

    /// Whether the engine is SQLite; for the few tests that must know.
    pub fn is_sqlite(&self) -> bool {
        self.session.is_lite()
    }
}

/// An act in the making: the transaction, who acts, and the time it is. There is no commit here.
pub struct Tx<'s> {
    pub(crate) read: Read<'s>,
    pub(crate) env: &'s Env,
    pub(crate) cx: &'s Cx,
    pub(crate) now: Time,
    pub(crate) subject: i64,
    pub(crate) after: Vec<Box<dyn FnOnce() + Send>>,
}

impl<'s> Deref for Tx<'s> {
    type Target = Read<'s>;
    fn deref(&self) -> &Read<'s> {
        &self.read
    }
}
impl DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.read
    }
}

impl Tx<'_> {
    /// The instant of the act.
    pub fn now(&self) -> Time {
        self.now
    }

    /// Who acts.
    pub fn actor(&self) -> &Actor {
        &self.cx.actor
    }

    /// The request that asked for the act.
    pub fn cx(&self) -> &Cx {
        self.cx
    }

    /// What an act says that was overtaken: another has changed what this one had read. It is taken back and runs again,
    /// and reads anew. For a compare-and-set that found another version than the one it was decided on.
    pub fn overtaken(&mut self) -> Error {
        self.read.session.trouble = Some(Trouble::Conflict);
        Trouble::Conflict.say("another act changed what this one had read")
    }

    /// A new id in a home.
    ///
    /// # Errors
    /// Broken where the process may not mint any more (its lease ran out).
    pub fn id<K>(&mut self, home: Home) -> Result<Id<K>> {
        self.env.mint.next(self.now, home)
    }

    /// A home for a new root.
    pub fn new_home(&mut self) -> Home {
        Home::of(i64::from(self.env.draw(rand::RngCore::next_u32)))
    }

    /// Thirty-two bytes that nobody can guess.
    pub fn secret(&mut self) -> [u8; 32] {
        self.env.draw(crate::store::secret)
    }

    /// Names the main subject of the act, for its audit row.
    pub fn about<K>(&mut self, id: Id<K>) {
        self.subject = id.raw();
    }

    /// Runs a statement that changes rows; answers how many.
    ///
    /// # Errors
    /// What the engine says. "No row" is no error: it is the answer that decides refusals.
    pub fn exec(&mut self, statement: &'static Statement, values: &[Val]) -> Result<u64> {
        self.read.session.exec(statement, values)
    }

    /// The row that a statement holds until the act ends and answers as it is; an update that sets a column to itself.
    /// Holding changes nothing, so an act that only held something leaves no trace.
    ///
    /// # Errors
    /// Broken where there is more than one, and what the engine says.
    pub fn hold<T>(
        &mut self,
        statement: &'static Statement,
        values: &[Val],
        map: impl FnMut(&crate::Row<'_>) -> Result<T>,
    ) -> Result<Option<T>> {
        let before = self.read.session.changed;
        let held = self.read.opt(statement, values, map);
        self.read.session.changed = before;
        held
    }

    /// Puts many rows into a table in few statements.
    ///
    /// # Errors
    /// What the engine says.
    pub fn insert_all(&mut self, into: &'static Into, rows: &[Vec<Val>]) -> Result<()> {
        insert::in_chunks(into, rows, |statement, values| self.read.session.exec(statement, values))
    }

    /// Runs after the commit, and only then: wakes workers, drops caches.
    pub fn after_commit(&mut self, hook: impl FnOnce() + Send + 'static) {
        self.after.push(Box::new(hook));
    }
}
