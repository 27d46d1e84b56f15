//! Who goes through the books: one question after the other, each answered row by row, nothing kept but what is wrong.

use kernel::{Result, Time};
use serde::Serialize;
use store::{Read, Row, Statement, Val};

/// The most findings that one book tells in words; the rest is counted.
const TOLD_MAX: usize = 100;

/// Something that does not fit.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Finding {
    /// The book's code, which stays the same.
    pub book: &'static str,
    /// What does not fit with what, for a person.
    pub what: String,
    /// What to look at, as shown outside.
    pub ids: Vec<String>,
}

/// Goes through one book.
pub(crate) struct Clerk<'a, 's> {
    read: &'a mut Read<'s>,
    page: Page,
    /// The instant from which what is late is judged.
    pub now: Time,
}

/// What one book has brought to light so far.
pub(crate) struct Page {
    book: &'static str,
    findings: Vec<Finding>,
    untold: u64,
}

impl<'a, 's> Clerk<'a, 's> {
    pub fn new(read: &'a mut Read<'s>, now: Time, book: &'static str) -> Self {
        Clerk { read, now, page: Page { book, findings: Vec::new(), untold: 0 } }
    }

    /// Goes over the rows of an answer; what is wrong with a row is said on the page.
    pub fn each(
        &mut self,
        statement: &'static Statement,
        values: &[Val],
        mut judge: impl FnMut(&Row, &mut Page) -> Result<()>,
    ) -> Result<()> {
        let page = &mut self.page;
        self.read.each(statement, values, |row| judge(row, page))
    }

    /// How many rows a book is about.
    pub fn count(&mut self, statement: &'static Statement) -> Result<u64> {
        let rows: i64 = self.read.one(statement, &[], |row| row.get(0))?;
        Ok(u64::try_from(rows).unwrap_or(0))
    }

    /// A finding that needs no row.
    pub fn page(&mut self) -> &mut Page {
        &mut self.page
    }

    /// For what another part of the program finds out by itself.
    pub fn read(&mut self) -> &mut Read<'s> {
        self.read
    }

    /// All that was found.
    pub fn findings(self) -> Vec<Finding> {
        let Page { book, mut findings, untold } = self.page;
        if untold > 0 {
            findings.push(Finding { book, what: format!("and {untold} more of this book"), ids: Vec::new() });
        }
        findings
    }
}

impl Page {
    /// Says what is wrong and where to look.
    pub fn say(&mut self, what: String, ids: impl IntoIterator<Item = String>) {
        if self.findings.len() >= TOLD_MAX {
            self.untold += 1;
            return;
        }
        self.findings.push(Finding { book: self.book, what, ids: ids.into_iter().collect() });
    }
}
