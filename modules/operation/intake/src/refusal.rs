//! What cannot be read, and what only looks odd.

use serde::Serialize;

kernel::refusals! {
    /// Why a whole file or its map is refused. Single lines are refused as [`RefusedLine`].
    pub enum Refusal {
        /// The map says something that no map can say.
        UnknownMapField { name: String, line: i64 } => Invalid "unknown_map_field",
        /// The map does not read.
        MapMalformed { why: String, line: i64 } => Invalid "map_malformed",
        /// The map names a column that the file does not have; `line` is the map's.
        UnknownColumn { name: String, line: i64 } => Invalid "unknown_column",
        /// Two columns of the file have one name, so the map cannot tell them apart.
        ColumnTwice { name: String } => Invalid "column_twice",
        /// The first line of a CSV names no columns, or cannot be read.
        HeaderUnreadable { why: String } => Invalid "header_unreadable",
        /// The file is not in UTF-8, told by its first bytes.
        WrongEncoding { found: &'static str } => Invalid "wrong_encoding",
        /// The file cannot be opened.
        FileUnreadable { why: String } => Invalid "file_unreadable",
    }
}

/// A line that is no good, and why; reading goes on with the next line.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct RefusedLine {
    /// From 1.
    pub line: u64,
    /// Stable, for counting.
    pub code: &'static str,
    /// What a person needs to find and mend it.
    pub detail: String,
}

impl RefusedLine {
    /// Every code that a line is refused with.
    pub const CODES: &'static [&'static str] = &[
        "cut_short",
        "line_too_long",
        "malformed",
        "malformed_csv",
        "malformed_json",
        "no_price",
        "not_text",
        "not_utf8",
        "out_of_range",
        "required",
        "too_large",
        "unclosed_quote",
        "unreadable",
        "wrong_cell_count",
        "wrong_type",
    ];
}

/// Why one field makes its line no good; the line's number joins it further up.
pub(crate) struct Fault {
    pub code: &'static str,
    pub detail: String,
}

impl Fault {
    pub fn new(code: &'static str, detail: impl Into<String>) -> Fault {
        Fault { code, detail: detail.into() }
    }

    pub fn on(self, line: u64) -> RefusedLine {
        RefusedLine { line, code: self.code, detail: self.detail }
    }
}

/// Something a person should look at.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Warning {
    /// `doubtful_gtin`, `control_characters`, `attribute_skipped`.
    pub code: &'static str,
    /// Which field, which value.
    pub detail: String,
}
