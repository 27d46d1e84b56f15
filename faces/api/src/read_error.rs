//! What the readers of JSON and of queries say against a value, as refusals of ours.

use door::Refusal;
use kernel::{Error, error::Common};

/// What serde says against a value, as a refusal: a field that the type does not know, one that is missing, one that
/// does not fit. What a type of ours says of itself (`too_long most=60`) keeps its own code.
pub(crate) fn said(words: &str, field: Option<String>) -> Error {
    let quoted = || words.split('`').nth(1).unwrap_or_default().to_owned();
    let inside = |name: String| match &field {
        Some(field) => format!("{field}.{name}"),
        None => name,
    };
    if words.starts_with("unknown field") {
        return unknown(&quoted());
    }
    if words.starts_with("missing field") {
        return Common::Required.at(inside(quoted()));
    }
    let error = own_code(words).unwrap_or_else(|| Common::Malformed { expected: FORM }.into());
    match field {
        Some(field) => error.at(field),
        None => error,
    }
}

/// What a value should look like, where the type itself says nothing nearer.
const FORM: &str = "the form that the document describes";

/// A field that nobody knows.
pub(crate) fn unknown(field: &str) -> Error {
    Refusal::UnknownField { field: field.chars().take(60).collect() }.into()
}

/// A refusal that a type of the kernel said while it was read, told again with its code and figures.
fn own_code(words: &str) -> Option<Error> {
    let mut parts = words.split(" at line ").next()?.split_whitespace();
    let code = parts.next()?;
    let facts: Vec<(&str, i64)> = parts
        .filter_map(|part| part.split_once('='))
        .filter_map(|(name, value)| Some((name, value.parse().ok()?)))
        .collect();
    let fact = |name: &str| facts.iter().find(|(found, _)| *found == name).map(|(_, value)| *value);
    let error = match code {
        "required" => Common::Required,
        "not_text" => Common::NotText,
        "too_long" => Common::TooLong { most: fact("most")? },
        "too_large" => Common::TooLarge { most: fact("most")? },
        "out_of_range" => Common::OutOfRange { least: fact("least")?, most: fact("most")? },
        "id_malformed" => Common::IdMalformed { expected: "an id" },
        "cursor_malformed" => Common::CursorMalformed,
        _ => return None,
    };
    Some(error.into())
}
