//! Law 8: every act of flows has its fail-at-n story.

use crate::{
    rust_file::{self, RustFile, is_path},
    tidy::Finding,
    tree::Tree,
};
use proc_macro2::{Delimiter, TokenTree};
use std::collections::BTreeSet;

const STORIES: &str = "jishi/tests/it/fail_at_n";
const WHY: &str = "an act that fails half-way must leave nothing behind, at every statement";

/// Holds the names given to `Act::new` in flows against the literals of the stories.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let is_story = |file: &&RustFile| file.path.starts_with(STORIES);
    let told: BTreeSet<String> =
        tree.rust.iter().filter(is_story).flat_map(RustFile::strings).map(|(text, _)| text).collect();
    let mut findings = Vec::new();
    for file in tree.rust.iter().filter(|file| file.path.starts_with("flows/src/")) {
        file.walk(|tokens, at| {
            if !is_path(tokens, at, "Act", "new") || file.in_test(rust_file::line(&tokens[at])) {
                return;
            }
            let (what, mend) = match act_name(tokens, at + 4) {
                Some(name) if told.contains(&name) => return,
                Some(name) => (format!("act {name:?} has no fail-at-n story"), format!("tell it in {STORIES}.rs")),
                None => ("an act without a literal name".to_owned(), "write its name as a literal".to_owned()),
            };
            let line = rust_file::line(&tokens[at]);
            findings.push(Finding { path: file.path.clone(), line, law: 8, what, why: WHY, mend });
        });
    }
    findings
}

fn act_name(tokens: &[TokenTree], at: usize) -> Option<String> {
    let arguments = rust_file::group(tokens, at, Delimiter::Parenthesis)?.stream();
    let first = arguments.into_iter().next()?;
    rust_file::strings(first.into()).into_iter().next().map(|(name, _)| name)
}
