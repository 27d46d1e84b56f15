//! Statements are literals that register themselves: injection is impossible by type, and one test can prepare every
//! statement of the program on both engines.

use std::sync::OnceLock;

/// One SQL text of the program, written for PostgreSQL's placeholders.
#[derive(Debug)]
pub struct Statement {
    text: &'static str,
    /// Where it stands, for findings.
    pub place: &'static str,
    /// Whether it may look over several homes.
    pub across: bool,
    lite: OnceLock<String>,
}

impl Statement {
    /// Used by [`crate::sql!`] and [`crate::across!`].
    #[doc(hidden)]
    pub const fn new(text: &'static str, place: &'static str, across: bool) -> Statement {
        Statement { text, place, across, lite: OnceLock::new() }
    }

    /// The text as written.
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// Whether it changes rows, also where it answers some.
    pub(crate) fn changes(&self) -> bool {
        !self.text.trim_start().starts_with("select")
    }

    /// The text for SQLite, where `$2 … $1` would bind in order of appearance.
    pub fn lite(&self) -> &str {
        self.lite.get_or_init(|| numbered(self.text))
    }
}

/// `$1` → `?1`, outside of quotes (the texts of the program hold no `$` inside quotes).
pub(crate) fn numbered(text: &str) -> String {
    text.replace('$', "?")
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
