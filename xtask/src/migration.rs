//! A migration's statements with their comments, which carry the data classes, the queries an index serves and the
//! mark of a reference table.

use crate::{place, sql};
use std::collections::BTreeMap;

/// One `.sql` file of a room or of the store.
pub struct Migration {
    /// Relative to the root, with `/`.
    pub path: String,
    /// The word that its tables begin with.
    pub owner: String,
    /// In the order of the file.
    pub statements: Vec<Statement>,
}

/// From its first line to the `;` at a line's end.
pub struct Statement {
    /// Where its first word stands.
    pub line: usize,
    /// Its words, without comments.
    pub words: Vec<String>,
    /// Comments above it and on its lines, in order.
    pub comments: Vec<String>,
    /// What it is, as far as the laws ask.
    pub what: What,
}

/// The kinds of statement that migrations hold.
pub enum What {
    /// `create table`.
    Table(Table),
    /// `create index`, `create unique index`.
    Index {
        /// The table it is on.
        table: String,
        /// Its columns, if it is unique.
        unique: Option<Vec<String>>,
    },
    /// `alter table … add column …`.
    AddColumn {
        /// The table that grows wider.
        table: String,
        /// The new column.
        column: Column,
    },
    /// Anything else.
    Other,
}

/// A table as its `create` line and its items say.
pub struct Table {
    /// Its name.
    pub name: String,
    /// Small and whole on every node, so without a home: `-- reference` on the create line.
    pub is_reference: bool,
    /// In order.
    pub columns: Vec<Column>,
    /// The columns of each primary key and unique constraint, with the line and whether it is the primary key.
    pub keys: Vec<Key>,
    /// Lines that hold more than one item.
    pub crowded: Vec<usize>,
}

/// A primary key or a unique constraint.
pub struct Key {
    /// Where it stands.
    pub line: usize,
    /// Whether it is the primary one.
    pub is_primary: bool,
    /// Its columns.
    pub columns: Vec<String>,
}

/// A column with its comment.
pub struct Column {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub line: usize,
    /// `bigint not null check (…)`.
    pub rest: Vec<String>,
    /// `internal: why`.
    pub comment: String,
}

impl Migration {
    /// Reads a file's text.
    pub fn new(path: &str, text: &str) -> Migration {
        let owner = place::table_owner(path).unwrap_or_default();
        Migration { path: path.to_owned(), owner, statements: statements(text) }
    }

    /// The tables it creates.
    pub fn tables(&self) -> impl Iterator<Item = (&Statement, &Table)> {
        self.statements.iter().filter_map(|statement| match &statement.what {
            What::Table(table) => Some((statement, table)),
            _ => None,
        })
    }
}

/// Every table by name; the value says whether it is a reference table.
pub fn known_tables(migrations: &[Migration]) -> BTreeMap<&str, bool> {
    let tables = migrations.iter().flat_map(Migration::tables);
    tables.map(|(_, table)| (table.name.as_str(), table.is_reference)).collect()
}

/// A line without its comment, and the comment.
struct Line<'a> {
    number: usize,
    code: &'a str,
    comment: &'a str,
}

fn statements(text: &str) -> Vec<Statement> {
    let mut found = Vec::new();
    let mut lines: Vec<Line> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let (code, comment) = split_comment(line);
        lines.push(Line { number: at + 1, code, comment });
        if code.ends_with(';') {
            found.push(statement(&std::mem::take(&mut lines)));
        }
    }
    if lines.iter().any(|line| !line.code.is_empty()) {
        found.push(statement(&lines));
    }
    found
}

fn split_comment(line: &str) -> (&str, &str) {
    let is_outside = |at: &usize| line[..*at].matches('\'').count().is_multiple_of(2);
    match line.match_indices("--").map(|(at, _)| at).find(is_outside) {
        Some(at) => (line[..at].trim(), line[at + 2..].trim()),
        None => (line.trim(), ""),
    }
}

fn statement(lines: &[Line]) -> Statement {
    let first = lines.iter().position(|line| !line.code.is_empty()).unwrap_or(0);
    let code: Vec<&str> = lines.iter().map(|line| line.code).collect();
    let words = sql::words(code.join("\n").trim_end_matches(';'));
    let comments = lines.iter().filter(|line| !line.comment.is_empty()).map(|line| line.comment.to_owned()).collect();
    let starts = |expected: &[&str]| words.iter().map(String::as_str).take(expected.len()).eq(expected.iter().copied());
    let what = if starts(&["create", "table"]) {
        What::Table(table(&words, &lines[first..]))
    } else if starts(&["create", "index"]) || starts(&["create", "unique", "index"]) {
        index(&words)
    } else if starts(&["alter", "table"]) {
        added_column(&words, &lines[first..]).unwrap_or(What::Other)
    } else {
        What::Other
    };
    Statement { line: lines.get(first).map_or(1, |line| line.number), words, comments, what }
}

fn index(words: &[String]) -> What {
    let after_on = words.iter().position(|word| word == "on").map_or(words.len(), |at| at + 1);
    let table = words.get(after_on).cloned().unwrap_or_default();
    let unique = (words.get(1).map(String::as_str) == Some("unique")).then(|| names_in_brackets(&words[after_on..]));
    What::Index { table, unique }
}

fn added_column(words: &[String], lines: &[Line]) -> Option<What> {
    let add = words.iter().position(|word| word == "add")?;
    let skip = if words.get(add + 1).is_some_and(|word| word == "column") { 2 } else { 1 };
    let name = words.get(add + skip).filter(|name| *name != "constraint")?;
    let comment: Vec<&str> = lines.iter().map(|line| line.comment).filter(|comment| !comment.is_empty()).collect();
    let column = Column {
        name: name.clone(),
        line: lines.first()?.number,
        rest: words[add + skip + 1..].to_vec(),
        comment: comment.join(" "),
    };
    Some(What::AddColumn { table: words.get(2)?.clone(), column })
}

/// What stands between two commas of a table's brackets.
#[derive(Default)]
struct Item {
    line: usize,
    code: String,
    comment: String,
}

fn table(words: &[String], lines: &[Line]) -> Table {
    let is_reference = lines.first().is_some_and(|line| line.comment.starts_with("reference"));
    let name = words.get(2).cloned().unwrap_or_default();
    let mut table = Table { name, is_reference, columns: Vec::new(), keys: Vec::new(), crowded: Vec::new() };
    for item in items(lines) {
        if table.columns.last().is_some_and(|column| column.line == item.line) {
            table.crowded.push(item.line);
        }
        read_item(&mut table, item);
    }
    table
}

/// Splits at the commas of the outermost brackets; a comment belongs to the last item that has code on its line.
fn items(lines: &[Line]) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let (mut depth, mut is_open) = (0, false);
    for line in lines {
        for sign in line.code.chars() {
            match sign {
                '(' => depth += 1,
                ')' => depth -= 1,
                ',' if depth == 1 => is_open = false,
                _ => {}
            }
            let is_outermost_bracket = (sign == '(' && depth == 1) || depth == 0;
            if is_outermost_bracket || (sign == ',' && depth == 1) || (sign.is_whitespace() && !is_open) {
                continue;
            }
            if !is_open {
                items.push(Item { line: line.number, ..Item::default() });
                is_open = true;
            }
            if let Some(item) = items.last_mut() {
                item.code.push(sign);
            }
        }
        if let Some(item) = items.last_mut().filter(|_| !line.code.is_empty()) {
            item.code.push(' ');
            item.comment.push_str(line.comment);
        }
    }
    items
}

fn read_item(table: &mut Table, item: Item) {
    let mut words = sql::words(&item.code);
    if words.first().is_some_and(|word| word == "constraint") {
        words.drain(..2.min(words.len()));
    }
    let line = item.line;
    match words.first().map(String::as_str) {
        Some("primary") => {
            table.keys.push(Key { line, is_primary: true, columns: names_in_brackets(&words) });
        }
        Some("unique") => {
            table.keys.push(Key { line, is_primary: false, columns: names_in_brackets(&words) });
        }
        None | Some("check" | "foreign") => {}
        Some(_) => {
            let name = words.remove(0);
            let has = |word: &str| words.iter().any(|found| found == word);
            if has("primary") || has("unique") {
                table.keys.push(Key { line, is_primary: has("primary"), columns: vec![name.clone()] });
            }
            table.columns.push(Column { name, line, rest: words, comment: item.comment });
        }
    }
}

fn names_in_brackets(words: &[String]) -> Vec<String> {
    let inside = words.iter().skip_while(|word| *word != "(").skip(1).take_while(|word| *word != ")");
    inside.filter(|word| *word != ",").cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
-- What lies on the shelf.
create table stock_level (
    home bigint not null, -- internal: the listing's
    sku bigint not null, -- internal: what
    on_hand bigint not null check (on_hand >= 0), -- internal: pieces; never -- below zero
    note text, -- personal: null where nobody wrote one
    check (
        on_hand < 10
    ),
    primary key (home, sku),
    constraint stock_level_note unique (home, note)
);
create index stock_level_by_note on stock_level (home, note); -- serves find
alter table stock_level add column age bigint not null; -- internal: days
create table stock_word ( -- reference
    word text not null primary key -- public: it
);
";

    #[test]
    fn a_table_is_read_with_its_comments() {
        let migration = Migration::new("modules/operation/stock/migrations/0001_open.sql", TEXT);
        let (statement, table) = migration.tables().next().expect("the text has a table");
        assert_eq!((statement.line, table.name.as_str(), table.is_reference), (2, "stock_level", false));
        let columns: Vec<_> = table.columns.iter().map(|column| (column.name.as_str(), column.line)).collect();
        assert_eq!(columns, [("home", 3), ("sku", 4), ("on_hand", 5), ("note", 6)]);
        assert_eq!(table.columns[2].comment, "internal: pieces; never -- below zero");
        let keys: Vec<_> = table.keys.iter().map(|key| (key.is_primary, key.columns.join(" "))).collect();
        assert_eq!(keys, [(true, "home sku".to_owned()), (false, "home note".to_owned())]);
    }

    #[test]
    fn other_statements_are_told_apart() {
        let migration = Migration::new("modules/operation/stock/migrations/0001_open.sql", TEXT);
        let whats: Vec<_> = migration.statements.iter().map(|statement| &statement.what).collect();
        assert!(matches!(whats[1], What::Index { table, unique: None } if table == "stock_level"));
        assert!(
            matches!(whats[2], What::AddColumn { table, column } if table == "stock_level" && column.name == "age")
        );
        assert!(matches!(whats[3], What::Table(table) if table.is_reference && table.keys.len() == 1));
        assert_eq!(migration.statements[1].comments, ["serves find"]);
    }

    #[test]
    fn two_columns_on_one_line_are_seen() {
        let migration =
            Migration::new("store/migrations/1.sql", "create table store_a (\n  a bigint, b bigint -- internal\n);");
        let (_, table) = migration.tables().next().expect("the text has a table");
        assert_eq!(table.crowded, [2]);
    }
}
