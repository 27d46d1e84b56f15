//! Law 3: what a migration must say beside what the databases ask for.

use crate::{
    migration::{self, Column, Migration, Statement, Table, What},
    tidy::Finding,
    tree::Tree,
};
use std::collections::BTreeMap;

const CLASSES: [&str; 4] = ["public", "internal", "personal", "sensitive"];

/// What no migration may hold: the words, and why.
const FORBIDDEN: [(&[&str], &str); 7] = [
    (&["references"], "no key crosses a home; `jishi check` looks for dangling ids"),
    (&["foreign", "key"], "no key crosses a home; `jishi check` looks for dangling ids"),
    (&["trigger"], "what happens is written in the verb, where it can be read"),
    (&["sequence"], "a sequence is one counter for all nodes; ids come from the Tx"),
    (&["serial"], "a sequence is one counter for all nodes; ids come from the Tx"),
    (&["bigserial"], "a sequence is one counter for all nodes; ids come from the Tx"),
    (&["autoincrement"], "a sequence is one counter for all nodes; ids come from the Tx"),
];

/// Holds every migration against the law.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let known = migration::known_tables(&tree.migrations);
    tree.migrations.iter().flat_map(|migration| check_one(migration, &known)).collect()
}

fn check_one(migration: &Migration, known: &BTreeMap<&str, bool>) -> Vec<Finding> {
    let mut report = Report { path: &migration.path, findings: Vec::new() };
    for statement in &migration.statements {
        for (words, why) in FORBIDDEN {
            if statement.words.windows(words.len()).any(|window| window == words) {
                report.add(statement.line, format!("`{}` in a migration", words.join(" ")), why, "leave it out");
            }
        }
        match &statement.what {
            What::Table(table) => check_table(&mut report, statement.line, table),
            What::Index { table, unique } => {
                let grows = known.get(table.as_str()).is_some_and(|is_reference| !is_reference);
                check_index(&mut report, statement, unique.as_deref().filter(|_| grows));
            }
            What::AddColumn { column, .. } => check_column(&mut report, column),
            What::Other => {}
        }
    }
    report.findings
}

struct Report<'a> {
    path: &'a str,
    findings: Vec<Finding>,
}

impl Report<'_> {
    fn add(&mut self, line: usize, what: String, why: &'static str, mend: &str) {
        self.findings.push(Finding { path: self.path.to_owned(), line, law: 3, what, why, mend: mend.to_owned() });
    }
}

fn check_table(report: &mut Report, line: usize, table: &Table) {
    let name = &table.name;
    for crowded in &table.crowded {
        report.add(
            *crowded,
            format!("{name} has two columns on one line"),
            "each column has its own comment",
            "break the line",
        );
    }
    table.columns.iter().for_each(|column| check_column(report, column));
    if !table.keys.iter().any(|key| key.is_primary) {
        report.add(line, format!("{name} has no primary key"), "a row that has no name cannot be corrected", "add one");
    }
    if table.is_reference {
        return;
    }
    let is_home = |column: &Column| column.name == "home" && column.rest.starts_with(&words("bigint not null"));
    if !table.columns.iter().any(is_home) {
        report.add(
            line,
            format!("{name} grows and has no `home bigint not null`"),
            "without its home a row cannot move to another machine",
            "add the column, or say `-- reference` on the create line of a small shared table",
        );
    }
    for key in table.keys.iter().filter(|key| !key.columns.iter().any(|column| column == "home")) {
        report.add(
            key.line,
            format!("a key of {name} is without home"),
            HOME_IN_KEY,
            "put home into it, first if it can be",
        );
    }
}

const HOME_IN_KEY: &str = "no machine can see what is unique on all of them";

fn check_index(report: &mut Report, statement: &Statement, unique: Option<&[String]>) {
    if !statement.comments.iter().any(|comment| comment.starts_with("serves ")) {
        report.add(
            statement.line,
            "this index does not say which query it serves".to_owned(),
            "every index is paid for at every write",
            "write `-- serves <function>` behind it, or drop it",
        );
    }
    if unique.is_some_and(|columns| !columns.iter().any(|column| column == "home")) {
        report.add(statement.line, "a unique index is without home".to_owned(), HOME_IN_KEY, "put home into it");
    }
}

fn check_column(report: &mut Report, column: &Column) {
    let name = &column.name;
    let shapes = ["bigint", "text", "double precision", "blob"].map(words);
    if !shapes.iter().any(|shape| column.rest.starts_with(shape)) {
        report.add(
            column.line,
            format!("column {name} has a type of its own"),
            "five shapes mean the same on both engines",
            "use bigint, text, double precision (never for money) or blob",
        );
    }
    let class = column.comment.split(|sign: char| !sign.is_alphanumeric()).next().unwrap_or_default();
    if !CLASSES.contains(&class) {
        report.add(
            column.line,
            format!("column {name} has no data class"),
            "export, erasure and logs go by the class",
            "begin its comment with public, internal, personal or sensitive",
        );
    }
    let may_be_null =
        !column.rest.windows(2).any(|pair| pair == words("not null")) && !column.rest.contains(&"primary".to_owned());
    if may_be_null && !column.comment.contains(':') {
        report.add(
            column.line,
            format!("column {name} may be null and does not say what null means"),
            "a null without a meaning is read differently by everybody",
            "write `not null`, or say it: `-- internal: null until …`",
        );
    }
}

fn words(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}
