//! Law 11: where dependencies come from and what they ask for.

use crate::{
    tidy::Finding,
    tree::{Metadata, Package},
};
use std::collections::BTreeSet;

/// Licences that ask for nothing but their own text.
const ALLOWED: [&str; 15] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-1-Clause",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    // Of data, not of programs: docs/adr/0013.
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// What a crate may ask for besides where only tests use it, so that nobody ships it: that changes of its own files stay
/// open (docs/adr/0014).
const ALLOWED_OF_TESTS: [&str; 1] = ["MPL-2.0"];

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Looks at every crate that the build may use.
pub fn check(metadata: &Metadata) -> Vec<Finding> {
    let shipped = shipped(metadata);
    let wrong = metadata.packages.iter().filter_map(|package| Some((package, judge(metadata, &shipped, package)?)));
    wrong.map(|(package, (what, why))| finding(package, what, why)).collect()
}

/// The names of all crates that ours need for more than their tests, directly or through others.
fn shipped(metadata: &Metadata) -> BTreeSet<&str> {
    let ours = metadata.packages.iter().filter(|package| metadata.folder(package).is_some());
    let mut names: BTreeSet<&str> = ours.map(|package| package.name.as_str()).collect();
    let mut waiting: Vec<&str> = names.iter().copied().collect();
    while let Some(name) = waiting.pop() {
        let of_name = metadata.packages.iter().filter(|package| package.name == name);
        let needs =
            of_name.flat_map(|package| &package.dependencies).filter(|need| need.kind.as_deref() != Some("dev"));
        waiting.extend(needs.map(|need| need.name.as_str()).filter(|need| names.insert(need)));
    }
    names
}

fn judge(metadata: &Metadata, shipped: &BTreeSet<&str>, package: &Package) -> Option<(String, &'static str)> {
    if metadata.folder(package).is_some() {
        return None;
    }
    if package.source.as_deref() != Some(REGISTRY) {
        let from = package.source.as_deref().unwrap_or("a folder outside the workspace");
        return Some((format!("it comes from {from}"), "only crates.io keeps what it gave yesterday"));
    }
    let licence = package.license.as_deref().unwrap_or_default();
    let why = "whoever ships jishi must be able to keep its terms";
    let of_tests = !shipped.contains(package.name.as_str()) && ALLOWED_OF_TESTS.contains(&licence);
    (!is_allowed(licence) && !of_tests).then(|| (format!("its licence is {licence:?}"), why))
}

/// Reads an SPDX expression: `or` needs one side, `and` both; `/` is an old `or`.
pub fn is_allowed(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    any(&words, &mut at) && at == words.len()
}

fn any(words: &[&str], at: &mut usize) -> bool {
    let mut holds = all(words, at);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        // Both sides are read, even where the first decides.
        holds |= all(words, at);
    }
    holds
}

fn all(words: &[&str], at: &mut usize) -> bool {
    let mut holds = one(words, at);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        holds &= one(words, at);
    }
    holds
}

fn one(words: &[&str], at: &mut usize) -> bool {
    if words.get(*at) == Some(&"(") {
        *at += 1;
        let holds = any(words, at);
        *at += 1;
        return holds;
    }
    let end = if words.get(*at + 1) == Some(&"WITH") { *at + 3 } else { *at + 1 };
    let name = words.get(*at..end).unwrap_or_default().join(" ");
    *at = end;
    ALLOWED.contains(&name.as_str())
}

fn finding(package: &Package, what: String, why: &'static str) -> Finding {
    Finding {
        path: "Cargo.lock".to_owned(),
        line: 1,
        law: 11,
        what: format!("crate {} {}: {what}", package.name, package.version),
        why,
        mend: "choose another crate, or write an ADR and extend xtask/src/laws/licences.rs".to_owned(),
    }
}
