//! Statements are literals that register themselves: injection is impossible by type, and one test can prepare every
//! statement of the program on both engines.

use kernel::Id;
use std::{fmt::Write, sync::OnceLock};

/// One SQL text of the program, written for PostgreSQL's placeholders.
#[derive(Debug)]
pub struct Statement {
    written: &'static str,
    /// Where it stands, for findings.
    pub place: &'static str,
    /// Whether it may look over several homes.
    pub across: bool,
    text: OnceLock<String>,
    lite: OnceLock<String>,
}

impl Statement {
    /// Used by [`crate::sql!`] and [`crate::across!`].
    #[doc(hidden)]
    pub const fn new(written: &'static str, place: &'static str, across: bool) -> Statement {
        Statement { written, place, across, text: OnceLock::new(), lite: OnceLock::new() }
    }

    /// The text for PostgreSQL: as written, with `ids($n)` written out.
    pub fn text(&self) -> &str {
        self.text.get_or_init(|| written_out(self.written))
    }

    /// Whether it changes rows, also where it answers some.
    pub(crate) fn changes(&self) -> bool {
        !self.written.trim_start().starts_with("select")
    }

    /// The text for SQLite, where `$2 … $1` would bind in order of appearance.
    pub fn lite(&self) -> &str {
        self.lite.get_or_init(|| numbered(self.text()))
    }
}

/// `$1` → `?1`, outside of quotes (the texts of the program hold no `$` inside quotes).
pub(crate) fn numbered(text: &str) -> String {
    text.replace('$', "?")
}

/// The engines share no way of handing over a list. So the ids of a page go over as one text, [`packed`], and a statement
/// that says `from ids($1) w` has a table of them with the column `id`, in which the text is cut up again.
fn written_out(text: &str) -> String {
    let mut pieces = text.split("ids($");
    let mut out = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (number, rest) = piece.split_once(')').unwrap_or((piece, ""));
        // Writing into a text cannot fail.
        let _ = write!(
            out,
            "(with recursive cut (id, rest) as (
               select cast(substr(${number}, 1, {DIGITS}) as bigint), substr(${number}, {DIGITS} + 1)
               union all
               select cast(substr(rest, 1, {DIGITS}) as bigint), substr(rest, {DIGITS} + 1)
               from cut
               where rest <> '')
             select id from cut){rest}"
        );
    }
    out
}

/// How many digits an id has at most: it is below 2^63.
const DIGITS: usize = 19;

/// Ids as a statement's `ids($1)` cuts them up: at least one, each equally wide.
pub fn packed<K>(ids: &[Id<K>]) -> String {
    let mut text = String::with_capacity(ids.len() * DIGITS);
    for id in ids {
        // Writing into a text cannot fail.
        let _ = write!(text, "{:0DIGITS$}", id.raw());
    }
    text
}

#[doc(hidden)]
pub struct Registered(pub &'static Statement);
inventory::collect!(Registered);

/// Every statement of the program.
pub fn statements() -> impl Iterator<Item = &'static Statement> {
    inventory::iter::<Registered>.into_iter().map(|registered| registered.0)
}

/// A statement on rows of one home, or on reference tables.
#[macro_export]
macro_rules! sql {
    ($text:literal) => {
        $crate::__statement!($text, false)
    };
}

/// A statement that looks over all homes. Nothing is decided on what it says.
#[macro_export]
macro_rules! across {
    ($text:literal) => {
        $crate::__statement!($text, true)
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __statement {
    ($text:literal, $across:literal) => {{
        static STATEMENT: $crate::Statement = $crate::Statement::new($text, concat!(file!(), ":", line!()), $across);
        $crate::reexport::inventory::submit! { $crate::__Registered(&STATEMENT) }
        &STATEMENT
    }};
}

#[doc(hidden)]
pub use Registered as __Registered;

#[cfg(test)]
mod tests {
    use super::*;
    use kernel::kinds::Order;

    #[test]
    fn ids_are_packed_equally_wide() {
        let ids: [Id<Order>; 2] = [Id::from_raw(i64::MAX), Id::from_raw(7)];
        assert_eq!(packed(&ids), "92233720368547758070000000000000000007");
    }

    #[test]
    fn only_a_list_of_ids_is_written_out() {
        assert_eq!(
            written_out("select id from ledger_entry where id = $1"),
            "select id from ledger_entry where id = $1"
        );
        let out = written_out("select w.id from ids($12) w where w.id > $1");
        assert!(
            out.starts_with("select w.id from (with recursive cut") && out.ends_with("cut) w where w.id > $1"),
            "{out}"
        );
        assert!(out.contains("substr($12, 1, 19)") && !out.contains("ids("), "{out}");
    }
}
