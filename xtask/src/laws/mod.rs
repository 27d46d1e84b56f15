//! The laws of the house, one file each. A law reads the tree and answers with findings.

mod arrows;
mod chance;
mod homes;
mod licences;
mod refusals;
mod schema;
mod sizes;
mod stories;
mod tables;
mod words;

use crate::{
    rust_file::{self, RustFile},
    tidy::Finding,
    tree::{Metadata, Tree},
};

/// Number and text of every law.
pub const LAWS: [(u8, &str); 11] = [
    (
        1,
        "Down only: a crate knows what stands above it, never beside or below; drivers in store, HTTP clients in adapters, web frameworks in faces, which do not know each other.",
    ),
    (2, "No doors between rooms: SQL in a room names only its own tables, and every table is made by a migration."),
    (
        3,
        "Migrations: growing tables have a home in every key; columns have a data class, indices a query; no foreign keys or triggers.",
    ),
    (
        4,
        "One home: a statement on rows with a home says `home = $n`, or is marked `across!` where nothing is decided on it.",
    ),
    (5, "Sizes: file 500 lines, function 60, lib.rs 150, tests apart."),
    (6, "Words: no unwrap outside tests, nothing left for later, no names that say nothing."),
    (7, "The kernel stays small: 1,500 lines, tests apart."),
    (8, "Every act of flows is proven to leave nothing behind when it fails at any statement."),
    (9, "Time, ids and chance are given: only store, kernel/time.rs and the binary ask the machine."),
    (10, "One condition has one code: the snake_case of its name, of one kind everywhere."),
    (11, "Dependencies come from crates.io under a licence that asks for nothing but its text."),
];

/// The laws that are read from files.
pub fn of_text(tree: &Tree) -> Vec<Finding> {
    let laws = [
        tables::check,
        schema::check,
        homes::check,
        sizes::check,
        words::check,
        stories::check,
        chance::check,
        refusals::check,
    ];
    laws.iter().flat_map(|check| check(tree)).collect()
}

/// The laws that are read from what cargo knows.
pub fn of_crates(metadata: &Metadata) -> Vec<Finding> {
    let mut findings = arrows::check(metadata);
    findings.extend(licences::check(metadata));
    findings
}

/// A statement of the program: `sql!`, `across!` or `into!`.
struct SqlText {
    line: usize,
    is_across: bool,
    text: String,
}

fn sql_texts(file: &RustFile) -> Vec<SqlText> {
    let mut found = Vec::new();
    for call in file.macros(&["sql", "across", "into"]) {
        let strings: Vec<String> = rust_file::strings(call.body).into_iter().map(|(text, _)| text).collect();
        let text = match (call.name.as_str(), strings.as_slice()) {
            (_, []) => continue,
            ("into", [table, columns, ..]) => format!("insert into {table} ({columns}) values ()"),
            (_, strings) => strings.concat(),
        };
        found.push(SqlText { line: call.line, is_across: call.name == "across", text });
    }
    found
}

#[cfg(test)]
mod tests;
