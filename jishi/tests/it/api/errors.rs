//! `docs/errors.md`: every code with its status and its words, as programs and their authors look them up.

use crate::codes::refusals;
use door::{problem, words};
use kernel::{Error, Kind, Locale, Refused};
use std::{collections::BTreeMap, fmt::Write, path::Path};

/// Set to write the list anew instead of holding it against the one that is kept.
const UPDATE: &str = "JISHI_UPDATE_DOCS";

const HEAD: &str = "\
# Refusals

Every “no” of the market carries a stable code; over the API it is the `code` of an `application/problem+json`. One
condition has one code everywhere. `{ $name }` stands for a figure of the refusal, which `facts` holds by that name.
This list is made from the sources; a test keeps it so.

| Code | Status | Kind | English | 中文 |
|---|---|---|---|---|
";

fn list() -> String {
    let mut codes: BTreeMap<&'static str, Kind> = BTreeMap::new();
    let of_door = door::Refusal::ALL.iter().map(|(_, code, kind)| (*code, *kind));
    for (code, kind) in refusals().map(|(_, _, code, kind)| (code, kind)).chain(of_door) {
        // Another's thing reads outside exactly like one that there is not.
        codes.entry(code).or_insert(if kind == Kind::Hidden { Kind::Missing } else { kind });
    }
    let mut text = HEAD.to_owned();
    for (code, kind) in codes {
        let error = Error::Refused(Box::new(Refused { code, kind, facts: Vec::new(), field: None }));
        let status = problem::status(&error).as_u16();
        let kind = serde_json::to_value(kind).unwrap();
        let [english, chinese] = [Locale::En, Locale::Zh].map(|locale| said(locale, code));
        writeln!(text, "| `{code}` | {status} | {} | {english} | {chinese} |", kind.as_str().unwrap()).unwrap();
    }
    let broken = Error::broken("nothing that is told");
    let (status, code) = (problem::status(&broken).as_u16(), broken.code());
    let [english, chinese] = [Locale::En, Locale::Zh].map(|locale| said(locale, code));
    writeln!(text, "| `{code}` | {status} | breakage | {english} | {chinese} |").unwrap();
    text
}

/// A code's words with the names of their figures.
fn said(locale: Locale, code: &str) -> String {
    let id = format!("refusal-{}", code.replace('_', "-"));
    assert!(words::has(locale, &id), "{code} has no words");
    // A figure that is not told stands as its name.
    let words = words::tell(locale, &id, &[]);
    words.replace('|', "\\|").replace('\n', " ")
}

#[test]
fn every_code_stands_in_the_list() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/errors.md");
    let made = list();
    if std::env::var_os(UPDATE).is_some() {
        std::fs::write(&path, made).unwrap();
        return;
    }
    assert!(
        std::fs::read_to_string(&path).unwrap_or_default() == made,
        "docs/errors.md is another one; {UPDATE}=1 writes it"
    );
}
