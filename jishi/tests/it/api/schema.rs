//! Whether an answer is what the document says of it: as much of JSON Schema as the document uses.

use serde_json::Value;

/// Holds a value against a schema of a document.
///
/// # Errors
/// What does not fit, and where.
pub(super) fn fits(document: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    if let Some(reference) = schema["$ref"].as_str() {
        let pointer = reference.trim_start_matches('#');
        let there = document.pointer(pointer).ok_or_else(|| format!("{reference} leads nowhere"))?;
        fits(document, there, value, at)?;
    }
    let each = |name: &str| schema[name].as_array().map(Vec::as_slice).unwrap_or_default();
    for all in each("allOf") {
        fits(document, all, value, at)?;
    }
    for either in ["anyOf", "oneOf"] {
        let ways = each(either);
        let no: Vec<String> = ways.iter().filter_map(|way| fits(document, way, value, at).err()).collect();
        if !ways.is_empty() && no.len() == ways.len() {
            return Err(format!("{at} fits none: {}", no.join("; ")));
        }
    }
    let is_known_word = schema["enum"].as_array().is_none_or(|words| words.contains(value));
    let is_the_one = schema.get("const").is_none_or(|only| only == value);
    if !is_known_word || !is_the_one || !has_type(&schema["type"], value) {
        return Err(format!("{at}: {value} does not fit {schema}"));
    }
    match value {
        Value::Object(_) => object(document, schema, value, at),
        Value::Array(items) => array(document, schema, items, at),
        _ => Ok(()),
    }
}

fn has_type(kinds: &Value, value: &Value) -> bool {
    let is = |kind: &str| match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    };
    match kinds {
        Value::String(kind) => is(kind),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).any(is),
        _ => true,
    }
}

fn object(document: &Value, schema: &Value, value: &Value, at: &str) -> Result<(), String> {
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(name).is_none() {
            return Err(format!("{at}.{name} is missing"));
        }
    }
    let properties = schema["properties"].as_object();
    for (name, field) in value.as_object().into_iter().flatten() {
        let at = format!("{at}.{name}");
        match (properties.and_then(|all| all.get(name)), &schema["additionalProperties"]) {
            (Some(known), _) => fits(document, known, field, &at)?,
            (None, Value::Bool(false)) => return Err(format!("{at} is not described")),
            (None, more @ Value::Object(_)) => fits(document, more, field, &at)?,
            // A part of an `allOf` describes a part of the fields.
            (None, _) => {}
        }
    }
    Ok(())
}

fn array(document: &Value, schema: &Value, items: &[Value], at: &str) -> Result<(), String> {
    let first = schema["prefixItems"].as_array().map(Vec::as_slice).unwrap_or_default();
    for (n, item) in items.iter().enumerate() {
        let at = format!("{at}[{n}]");
        match (first.get(n), &schema["items"]) {
            (Some(own), _) => fits(document, own, item, &at)?,
            (None, every @ Value::Object(_)) => fits(document, every, item, &at)?,
            (None, _) => {}
        }
    }
    Ok(())
}

/// Whether every field of an answer is described, so that no program must guess.
pub(super) fn describes(document: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let Value::Object(fields) = value else { return Vec::new() };
    let mut known = Vec::new();
    names(document, schema, &mut known);
    fields.keys().filter(|name| !known.contains(name)).cloned().collect()
}

fn names(document: &Value, schema: &Value, known: &mut Vec<String>) {
    if let Some(there) =
        schema["$ref"].as_str().and_then(|reference| document.pointer(reference.trim_start_matches('#')))
    {
        names(document, there, known);
    }
    known.extend(schema["properties"].as_object().into_iter().flatten().map(|(name, _)| name.clone()));
    for ways in ["allOf", "anyOf", "oneOf"] {
        schema[ways].as_array().into_iter().flatten().for_each(|way| names(document, way, known));
    }
}
