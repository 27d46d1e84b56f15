//! What holds of the document as a whole, and that it is the one that was looked at.

use crate::{document, operations, permissions};
use kernel::{Error, Locale, Time, error::Common};
use serde_json::Value;
use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

/// Set to write the document anew instead of holding it against the one that is kept.
const UPDATE: &str = "JISHI_UPDATE_DOCS";

#[test]
fn every_operation_stands_in_the_table_of_permissions_and_no_other_does() {
    let operations: Vec<_> = operations().iter().map(|op| op.id).collect();
    let table: Vec<_> = permissions::TABLE.iter().map(|(id, _)| *id).collect();
    let (set, kept): (BTreeSet<_>, BTreeSet<_>) = (operations.iter().collect(), table.iter().collect());
    assert_eq!(set.difference(&kept).collect::<Vec<_>>(), Vec::<&&&str>::new(), "nobody said who may");
    assert_eq!(kept.difference(&set).collect::<Vec<_>>(), Vec::<&&&str>::new(), "there is no such operation");
    assert_eq!((operations.len(), table.len()), (set.len(), kept.len()), "an id stands there twice");
}

#[test]
fn ids_are_camel_case_and_everything_is_described() {
    for op in operations() {
        let camel =
            op.id.starts_with(|c: char| c.is_ascii_lowercase()) && op.id.chars().all(|c| c.is_ascii_alphanumeric());
        assert!(camel, "{}", op.id);
        assert!(op.summary.ends_with('.') && !op.tag.is_empty(), "{} is not described", op.id);
    }
    let document = document();
    for tag in document["tags"].as_array().unwrap() {
        assert!(tag["description"].is_string(), "{tag}");
    }
    for (method, path, operation) in each(&document) {
        for (status, response) in operation["responses"].as_object().unwrap() {
            let there = response["$ref"].as_str().map(|reference| reference.trim_start_matches('#'));
            let response = there.map_or(response, |pointer| document.pointer(pointer).unwrap());
            let description = response["description"].as_str().unwrap_or_default();
            assert!(!description.is_empty(), "{method} {path} {status}");
        }
        for parameter in operation["parameters"].as_array().unwrap() {
            let is_said = parameter.get("$ref").is_some() || parameter.get("description").is_some();
            assert!(is_said, "{method} {path}: {parameter}");
        }
    }
}

fn each(document: &Value) -> Vec<(&str, &str, &Value)> {
    let paths = document["paths"].as_object().unwrap();
    let mut all = Vec::new();
    for (path, methods) in paths {
        for (method, operation) in methods.as_object().unwrap() {
            all.push((method.as_str(), path.as_str(), operation));
        }
    }
    all
}

#[test]
fn what_stands_in_a_path_is_a_parameter_and_the_other_way_round() {
    let document = document();
    for (method, path, operation) in each(&document) {
        let named: BTreeSet<&str> = path.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
        let parameters = operation["parameters"].as_array().unwrap();
        let in_path = parameters.iter().filter(|parameter| parameter["in"] == "path");
        let declared: BTreeSet<&str> = in_path.filter_map(|parameter| parameter["name"].as_str()).collect();
        assert_eq!(named, declared, "{method} {path}");
        let all_needed = parameters.iter().filter(|one| one["in"] == "path").all(|one| one["required"] == true);
        assert!(all_needed, "{method} {path}");
    }
}

#[test]
fn every_reference_leads_somewhere() {
    let document = document();
    let mut seen = BTreeMap::new();
    references(&document, &mut seen);
    assert!(seen.len() > 50, "{seen:?}");
    for reference in seen.keys() {
        let pointer = reference.strip_prefix('#').expect("everything is in one document");
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
    for name in document["components"]["schemas"].as_object().unwrap().keys() {
        let fits = name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
        assert!(fits, "{name}");
        // Two types of one name are told apart by a number that moves with the order of the operations.
        assert!(!name.ends_with(|c: char| c.is_ascii_digit()) || name.starts_with("Text_"), "{name} is named twice");
    }
}

fn references(value: &Value, seen: &mut BTreeMap<String, ()>) {
    match value {
        Value::Object(fields) => {
            if let Some(Value::String(reference)) = fields.get("$ref") {
                seen.insert(reference.clone(), ());
            }
            fields.values().for_each(|value| references(value, seen));
        }
        Value::Array(values) => values.iter().for_each(|value| references(value, seen)),
        _ => {}
    }
}

#[test]
fn a_problem_is_written_as_the_document_says() {
    let facts = Common::CurrencyMismatch { expected: "CNY".to_owned(), found: "GBP".to_owned() };
    let error: Error = Error::from(facts).at("price");
    let problem = door::Problem::of(Locale::En, &jiff::tz::TimeZone::UTC, Time(0), "r1", &error);
    let written = serde_json::to_value(problem).unwrap();
    let document = document();
    let schema = &document["components"]["schemas"]["Problem"];
    let described: BTreeSet<_> = schema["properties"].as_object().unwrap().keys().collect();
    assert_eq!(written.as_object().unwrap().keys().collect::<BTreeSet<_>>(), described);
}

#[test]
fn the_document_is_the_one_that_was_looked_at() {
    let made = format!("{}\n", serde_json::to_string_pretty(&document()).unwrap());
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/openapi.json");
    if std::env::var_os(UPDATE).is_some() {
        std::fs::write(&path, made).unwrap();
        return;
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == made, "docs/openapi.json is another one; look at the difference after {UPDATE}=1");
}
