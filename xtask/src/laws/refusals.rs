//! Law 10: one condition, one code, one kind.

use crate::{
    rust_file::{self, MacroCall, is_punct},
    tidy::Finding,
    tree::Tree,
};
use proc_macro2::{Delimiter, TokenTree};
use std::collections::BTreeMap;

/// Names that say inside more than the code may say outside.
const EXCEPTIONS: [(&str, &str); 4] = [
    ("NotYours", "not_found"),
    ("TooManyThings", "too_many"),
    ("KeyReused", "idempotency_key_reused"),
    ("AmountOverflow", "too_large"),
];

const WHY: &str = "whoever reads the code outside must know the condition";

struct Refusal {
    variant: String,
    kind: String,
    code: String,
    line: usize,
}

/// Looks at every `refusals!`.
pub fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut kinds: BTreeMap<String, (String, String)> = BTreeMap::new();
    for file in &tree.rust {
        let declared = file.macros(&["refusals"]).into_iter().flat_map(refusals);
        for refusal in declared.filter(|refusal| !file.in_test(refusal.line)) {
            let Refusal { variant, kind, code, line } = refusal;
            let mut add = |what, mend| {
                findings.push(Finding { path: file.path.clone(), line, law: 10, what, why: WHY, mend });
            };
            let expected = snake_case(&variant);
            if code != expected && !EXCEPTIONS.contains(&(variant.as_str(), code.as_str())) {
                add(format!("{variant} has the code {code}"), format!("call it {expected}, or the variant otherwise"));
            }
            let (first, place) = kinds.entry(code.clone()).or_insert_with(|| (kind.clone(), file.path.clone()));
            if outside(first) != outside(&kind) {
                add(
                    format!("{code} is {kind} here and {first} in {place}"),
                    "give both one kind, or two codes".to_owned(),
                );
            }
        }
    }
    findings
}

/// A hidden thing reads outside like a missing one.
fn outside(kind: &str) -> &str {
    if kind == "Hidden" { "Missing" } else { kind }
}

/// `Variant { facts } => Kind "code"`, wherever it stands in the macro.
fn refusals(call: MacroCall) -> Vec<Refusal> {
    let mut found = Vec::new();
    for token in call.body {
        let TokenTree::Group(group) = token else { continue };
        let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
        found.extend((0..tokens.len()).filter_map(|at| refusal(&tokens, at)));
    }
    found
}

fn refusal(tokens: &[TokenTree], at: usize) -> Option<Refusal> {
    let TokenTree::Ident(variant) = &tokens[at] else { return None };
    let arrow = if rust_file::group(tokens, at + 1, Delimiter::Brace).is_some() { at + 2 } else { at + 1 };
    let TokenTree::Ident(kind) = tokens.get(arrow + 2)? else { return None };
    let (code, _) = rust_file::strings(tokens.get(arrow + 3)?.clone().into()).pop()?;
    let is_arrow = is_punct(tokens.get(arrow), '=') && is_punct(tokens.get(arrow + 1), '>');
    let (variant, kind) = (variant.to_string(), kind.to_string());
    is_arrow.then(|| Refusal { variant, kind, code, line: rust_file::line(&tokens[at]) })
}

fn snake_case(name: &str) -> String {
    let mut code = String::new();
    for sign in name.chars() {
        if sign.is_ascii_uppercase() && !code.is_empty() {
            code.push('_');
        }
        code.push(sign.to_ascii_lowercase());
    }
    code
}
