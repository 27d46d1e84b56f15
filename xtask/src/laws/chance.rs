//! Law 9: time and chance are given.

use crate::{
    rust_file::{self, is_ident, is_path},
    tidy::Finding,
    tree::Tree,
};
use proc_macro2::TokenTree;

/// What asks the machine.
const ASKING: [(&str, &str); 8] = [
    ("SystemTime", "now"),
    ("Instant", "now"),
    ("Timestamp", "now"),
    ("Zoned", "now"),
    ("thread", "sleep"),
    ("rand", "rng"),
    ("rand", "random"),
    ("rand", "thread_rng"),
];

/// Who may ask for what; an empty word allows everything. How long a request took is told of the machine and not of the
/// market: nothing is decided on it, and the market's clock, which a demo or a replay may turn, would tell it wrong.
const ALLOWED: [(&str, &str); 5] = [
    ("store/", ""),
    ("kernel/src/time.rs", ""),
    ("jishi/src/", ""),
    ("jishi/tests/", "Instant::now"),
    ("faces/door/src/metrics.rs", "Instant::now"),
];

/// Looks at every path expression, tests too: a test that sleeps is slow and still guesses.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in &tree.rust {
        file.walk(|tokens, at| {
            let Some(asked) = asked(tokens, at) else { return };
            let may =
                |(place, word): &(&str, &str)| file.path.starts_with(place) && (word.is_empty() || *word == asked);
            if !ALLOWED.iter().any(may) {
                findings.push(Finding {
                    path: file.path.clone(),
                    line: rust_file::line(&tokens[at]),
                    law: 9,
                    what: format!("{asked} asks the machine"),
                    why: "a year of trade must replay in minutes, and a failure must run again",
                    mend: "take the time from tx.now(), ids from tx.id(), chance from tx.secret() or a seed".to_owned(),
                });
            }
        });
    }
    findings
}

fn asked(tokens: &[TokenTree], at: usize) -> Option<String> {
    if is_ident(tokens.get(at), "OsRng") {
        return Some("OsRng".to_owned());
    }
    let (left, right) = ASKING.iter().find(|(left, right)| is_path(tokens, at, left, right))?;
    Some(format!("{left}::{right}"))
}
