//! Law 4: a statement on rows with a home stays in it.

use super::{SqlText, sql_texts};
use crate::{migration, sql::Reach, tidy::Finding, tree::Tree};
use std::collections::BTreeMap;

const WHY: &str = "past one machine a statement without its home asks all of them";

/// Looks at every statement outside of tests.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let known = migration::known_tables(&tree.migrations);
    let mut findings = Vec::new();
    for file in &tree.rust {
        for statement in sql_texts(file).iter().filter(|statement| !file.in_test(statement.line)) {
            let wrong = judge(&file.path, statement, &known);
            findings.extend(wrong.into_iter().map(|(what, mend)| Finding {
                path: file.path.clone(),
                line: statement.line,
                law: 4,
                what,
                why: WHY,
                mend: mend.to_owned(),
            }));
        }
    }
    findings
}

fn judge(path: &str, statement: &SqlText, known: &BTreeMap<&str, bool>) -> Vec<(String, &'static str)> {
    let reach = Reach::of(&statement.text);
    let grows = |table: &str| known.get(table) == Some(&false);
    let mut wrong = Vec::new();
    if reach.moves_home && reach.tables().any(grows) {
        wrong.push(("a row's home is changed".to_owned(), "a home is for ever; write a new row"));
    }
    for (table, _) in reach.into.iter().filter(|(table, names_home)| !names_home && grows(table)) {
        wrong.push((format!("a row goes into {table} without its home"), "name the column home"));
    }
    let rows_of: Vec<&str> = reach.rows_of.iter().map(String::as_str).filter(|table| grows(table)).collect();
    if statement.is_across {
        if !may_look_across(path) {
            let what = "`across!` where something may be decided on it".to_owned();
            wrong
                .push((what, "say `home = $n` in `sql!`, or ask in views, store, testkit, jishi or a worker of flows"));
        }
    } else if reach.homes < rows_of.len() || !(rows_of.is_empty() || reach.home_given) {
        let what = format!("{} read or changed without a home each", rows_of.join(", "));
        wrong.push((what, "say `home = $n` of every table, or mark it `across!` where nothing is decided on it"));
    }
    wrong
}

fn may_look_across(path: &str) -> bool {
    let is_worker = path.ends_with("/worker.rs") || path.ends_with("/timers.rs");
    let at_home = ["views/", "store/", "testkit/", "jishi/"].iter().any(|folder| path.starts_with(folder));
    at_home || is_worker
}
