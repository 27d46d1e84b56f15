//! Law 6: words that may not stand in the code.

use crate::{
    rust_file::{self, RustFile, is_ident, is_punct},
    tidy::Finding,
    tree::Tree,
};
use proc_macro2::{Delimiter, TokenTree};
use std::collections::BTreeSet;

const EMPTY_FOLDERS: [&str; 5] = ["utils", "util", "helpers", "helper", "misc"];
const EMPTY_ENDINGS: [&str; 5] = ["Manager", "Helper", "Util", "Service", "Handler"];
const UNFINISHED_MACROS: [&str; 3] = ["todo", "unimplemented", "dbg"];
/// Written in two parts, or this file would find itself.
const LATER: [&str; 2] = [concat!("TO", "DO"), concat!("FIX", "ME")];

/// Looks at tokens, comments and paths.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = folders(tree);
    for file in &tree.rust {
        findings.extend(later(file));
        if file.tokens.is_none() {
            let why = "what cannot be read cannot be held against any law";
            findings.push(finding(file, 1, "this file does not read as Rust".to_owned(), why, "let it compile"));
        }
        file.walk(|tokens, at| findings.extend(judge(file, tokens, at)));
    }
    findings
}

fn judge(file: &RustFile, tokens: &[TokenTree], at: usize) -> Option<Finding> {
    let TokenTree::Ident(ident) = &tokens[at] else { return ignored(file, tokens, at) };
    let (name, line) = (ident.to_string(), rust_file::line(&tokens[at]));
    let type_name = tokens.get(at + 1).map(ToString::to_string).unwrap_or_default();
    if ["struct", "enum", "trait", "type", "union"].contains(&name.as_str()) {
        let ending = EMPTY_ENDINGS.iter().find(|ending| type_name.ends_with(**ending))?;
        let what = format!("type {type_name} is called a {ending}");
        return Some(finding(file, line, what, "the word says nothing of the trade", "name it by what it is or does"));
    }
    if file.in_test(line) {
        return None;
    }
    let is_call = at > 0 && is_punct(tokens.get(at - 1), '.') && is_unit(tokens, at + 1);
    if name == "unwrap" && is_call {
        let why = "a panic without a reason tells the night shift nothing";
        return Some(finding(file, line, "unwrap()".to_owned(), why, "use `?`, or `expect` with why it cannot fail"));
    }
    if UNFINISHED_MACROS.contains(&name.as_str()) && is_punct(tokens.get(at + 1), '!') {
        return Some(finding(file, line, format!("{name}!"), "nothing is left for later", "write it, or leave it out"));
    }
    None
}

fn ignored(file: &RustFile, tokens: &[TokenTree], at: usize) -> Option<Finding> {
    let attribute = rust_file::group(tokens, at + 1, Delimiter::Bracket).filter(|_| is_punct(tokens.get(at), '#'))?;
    let first = attribute.stream().into_iter().next();
    let why = "a test that does not run proves nothing";
    is_ident(first.as_ref(), "ignore").then(|| {
        finding(file, rust_file::line(&tokens[at]), "an ignored test".to_owned(), why, "let it run, or drop it")
    })
}

fn is_unit(tokens: &[TokenTree], at: usize) -> bool {
    rust_file::group(tokens, at, Delimiter::Parenthesis).is_some_and(|group| group.stream().is_empty())
}

fn later(file: &RustFile) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (at, text) in file.text.lines().enumerate().filter(|(at, _)| !file.in_test(at + 1)) {
        let mut words = text.split(|sign: char| !sign.is_alphanumeric());
        if let Some(word) = words.find(|word| LATER.contains(word)) {
            let what = format!("a {word}");
            findings.push(finding(file, at + 1, what, "nothing is left for later", "do it now, or file it"));
        }
    }
    findings
}

fn folders(tree: &Tree) -> Vec<Finding> {
    let mut seen = BTreeSet::new();
    let mut findings = Vec::new();
    for file in &tree.rust {
        let parts = file.path.trim_end_matches(".rs").split('/');
        if let Some(name) =
            parts.into_iter().find(|part| EMPTY_FOLDERS.contains(part)).filter(|name| seen.insert(*name))
        {
            let why = "a drawer without a subject fills with everything";
            findings.push(finding(file, 1, format!("a place named {name}"), why, "name it after its one subject"));
        }
    }
    findings
}

fn finding(file: &RustFile, line: usize, what: String, why: &'static str, mend: &str) -> Finding {
    Finding { path: file.path.clone(), line, law: 6, what, why, mend: mend.to_owned() }
}
