//! Law 2: SQL names the tables of its own room, and no table that no migration makes.

use super::sql_texts;
use crate::{
    migration, place,
    rust_file::RustFile,
    sql::{self, Reach},
    tidy::Finding,
    tree::Tree,
};
use std::collections::BTreeSet;

const WHY: &str = "two rooms that share a table cannot change apart";

/// Looks at every statement and every table's name.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = names(tree);
    let known = migration::known_tables(&tree.migrations);
    for file in &tree.rust {
        let owner = place::table_owner(&file.path);
        let made_here = made_here(file);
        for statement in sql_texts(file) {
            let finding = |what, mend: &str| Finding {
                path: file.path.clone(),
                line: statement.line,
                law: 2,
                what,
                why: WHY,
                mend: mend.to_owned(),
            };
            for table in Reach::of(&statement.text).tables() {
                let is_stand_in = made_here.contains(table) && file.in_test(statement.line);
                if !is_stand_in && owner.as_ref().is_some_and(|owner| !is_owned(table, owner)) {
                    let what = format!("this statement names {table}, which is another's");
                    findings.push(finding(what, "take the value as an argument from a flow, or ask in a view"));
                } else if !known.contains_key(table) && !made_here.contains(table) {
                    let what = format!("no migration makes a table {table}");
                    findings.push(finding(what, "create it in the room's migrations, or mend its name"));
                }
            }
        }
    }
    findings
}

/// The tables that a file's own literals make: the store's list of migrations, and what its tests stand on.
fn made_here(file: &RustFile) -> BTreeSet<String> {
    let mut tables = BTreeSet::new();
    for (text, _) in file.strings().iter().filter(|(text, _)| text.contains("create table")) {
        let words: Vec<String> = sql::words(text);
        let words = words.iter().filter(|word| !["if", "not", "exists"].contains(&word.as_str()));
        let words: Vec<&String> = words.collect();
        let made = words.windows(3).filter(|three| *three[0] == "create" && *three[1] == "table");
        tables.extend(made.map(|three| three[2].clone()));
    }
    tables
}

fn names(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for migration in &tree.migrations {
        for (statement, table) in migration.tables() {
            if !is_owned(&table.name, &migration.owner) {
                findings.push(Finding {
                    path: migration.path.clone(),
                    line: statement.line,
                    law: 2,
                    what: format!("table {} is not named after its owner", table.name),
                    why: WHY,
                    mend: format!("call it {}_…", migration.owner),
                });
            }
        }
    }
    findings
}

fn is_owned(table: &str, owner: &str) -> bool {
    table.strip_prefix(owner).is_some_and(|rest| rest.starts_with('_'))
}
