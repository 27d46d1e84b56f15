//! The OpenAPI 3.1 document, made from the operations.

use crate::{
    call::ANYONES_KEY_CHARS_MIN,
    codes,
    op::Op,
    permissions::{self, Who},
};
use axum::{
    Router,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use door::App;
use schemars::{Schema, SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
};

/// `GET /openapi.json`.
pub(crate) fn route(document: &Value) -> Router<App> {
    let text: Arc<str> = document.to_string().into();
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    let tag = format!("\"{:016x}\"", hasher.finish());
    Router::new().route("/openapi.json", get(move |headers: HeaderMap| async move { answer(&text, &tag, &headers) }))
}

fn answer(text: &Arc<str>, tag: &str, headers: &HeaderMap) -> Response {
    let known = headers.get(header::IF_NONE_MATCH).and_then(|known| known.to_str().ok()).unwrap_or_default();
    let about = [(header::ETAG, tag), (header::CACHE_CONTROL, "public, max-age=300")];
    if known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag) {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    (about, [(header::CONTENT_TYPE, "application/json")], text.to_string()).into_response()
}

/// What the document says of itself.
const ABOUT: &str = "\
The market for programs. Every page of the market is made of these operations.

**Who asks** is said by `Authorization: Bearer …`: a session's token (`logIn`, a guest's from `checkout` or \
`beginAsGuest`) or an API key (`makeApiKey`). Each operation says who may call it. Another's thing answers 404 like one \
that there is not.

**Amounts** are whole minor units with their currency. **Instants** are milliseconds since 1970-01-01 UTC. **Ids** are \
texts with the prefix of their kind.

**Lists** come in pages: `items`, and `next` where there is more, which is handed back as `cursor`.

**Refusals** are `application/problem+json` (RFC 9457) with a stable `code`, the `field` that it is about, and the \
figures in `facts`; `docs/errors.md` lists them all. `detail` is a sentence for people, in the language of `lang` or \
`Accept-Language`.

**Again.** Whatever changes something takes an `Idempotency-Key`: the same request under the same key is done once, and \
answered again for at least a day; another request under it is refused. Keys are the asker's own. What shows a \
secret shows another one when it is asked again.

**What may change** inside v1: operations, answer fields and words of enumerations are added. Unknown request fields are \
refused.";

/// The document of these operations.
pub(crate) fn of(operations: &[Op]) -> Value {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut generator = settings.into_generator();
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for op in operations {
        let method = op.method.as_str().to_ascii_lowercase();
        paths.entry(&op.path).or_default().insert(method, operation(op, &mut generator));
    }
    generator.subschema_for::<kernel::Fact>();
    let mut schemas = generator.take_definitions(true);
    schemas.insert("Problem".to_owned(), problem());
    let responses: Map<String, Value> = operations.iter().flat_map(alone).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "jishi",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "The market for programs",
            "description": ABOUT,
            "license": { "name": env!("CARGO_PKG_LICENSE"), "identifier": env!("CARGO_PKG_LICENSE") },
        },
        "servers": [{ "url": "/" }],
        "tags": tags(operations),
        "paths": paths,
        "components": {
            "schemas": schemas,
            "parameters": shared_parameters(),
            "responses": responses,
            "securitySchemes": {
                "session": { "type": "http", "scheme": "bearer", "description": "A session's token, of a person or a guest" },
                "apiKey": { "type": "http", "scheme": "bearer", "description": "An API key, `key_…`" },
            },
        },
    })
}

/// What each chapter is about.
const CHAPTERS: &[(&str, &str)] = &[
    ("accounts", "Coming in and going out, who one is, where things are sent, keys for programs"),
    ("goods", "Finding goods, and the shops that sell them"),
    ("cart", "What one means to buy"),
    ("trades", "Buying, paying, cancelling"),
    ("orders", "What was bought, until it is confirmed"),
    ("refunds", "Wanting something back"),
    ("quotations", "Offers at agreed prices, as their buyer sees them"),
    ("seller: shops", "Coming to sell, and what keeps a shop going"),
    ("seller: goods", "What a shop sells"),
    ("seller: stock", "What lies on a shop's shelves"),
    ("seller: orders", "Orders to ship"),
    ("seller: refunds", "Refunds to decide"),
    ("seller: quotations", "Offers to one buyer at agreed prices"),
    ("seller: money", "What a shop has earned, and how it gets it"),
    ("operator: shops", "Shops to review and to look after"),
    ("operator: goods", "Goods to review"),
    ("operator: orders", "Everybody's orders, and the cases that came to the market"),
    ("operator: books", "The ledger, what waits, and the audit log"),
];

fn tags(operations: &[Op]) -> Vec<Value> {
    let mut tags: Vec<&str> = operations.iter().map(|op| op.tag).collect();
    tags.dedup();
    let about = |tag| CHAPTERS.iter().find(|(chapter, _)| *chapter == tag).map(|(_, about)| *about);
    tags.into_iter().map(|tag| json!({ "name": tag, "description": about(tag) })).collect()
}

fn shared_parameters() -> Value {
    let key = format!(
        "Under which key the request is done once. Printable ASCII. Whoever has not logged in shares his space of keys \
         with all others who have not, and sends one of at least {ANYONES_KEY_CHARS_MIN} characters that nobody can \
         guess, such as a random UUID."
    );
    json!({
        "lang": {
            "name": "lang", "in": "query", "description": "The language of the answer's words",
            "schema": { "type": "string", "enum": ["zh", "en"] },
        },
        "idempotencyKey": {
            "name": "Idempotency-Key", "in": "header", "description": key,
            "schema": { "type": "string", "minLength": 1, "maxLength": 200 },
        },
    })
}

fn operation(op: &Op, generator: &mut SchemaGenerator) -> Value {
    let who = permissions::who(op.id).unwrap_or_else(|| panic!("{} stands in no table of permissions", op.id));
    let mut parameters = parameters(op, generator);
    parameters.push(json!({ "$ref": "#/components/parameters/lang" }));
    if !op.is_read() {
        parameters.push(json!({ "$ref": "#/components/parameters/idempotencyKey" }));
    }
    let mut said = json!({
        "operationId": op.id,
        "summary": op.summary,
        "description": format!("Who may: {}", who.sentence()),
        "tags": [op.tag],
        "parameters": parameters,
        "responses": responses(op, who, generator),
        "security": security(who),
    });
    if let Some(body) = op.body {
        said["requestBody"] =
            json!({ "required": true, "content": { "application/json": { "schema": body(generator) } } });
    }
    said
}

fn security(who: Who) -> Value {
    match who {
        Who::Anyone => json!([{}, { "session": [] }, { "apiKey": [] }]),
        Who::Nobody => json!([{}]),
        Who::InSession | Who::InPerson => json!([{ "session": [] }]),
        _ => json!([{ "session": [] }, { "apiKey": [] }]),
    }
}

/// The fields of path and query, one by one.
fn parameters(op: &Op, generator: &mut SchemaGenerator) -> Vec<Value> {
    let mut all = Vec::new();
    for (place, schema) in [("path", op.parameters), ("query", op.query)] {
        let Some(schema) = schema else { continue };
        let schema = schema(generator);
        let required: BTreeSet<&str> = names(&schema, "required").collect();
        let fields = schema.get("properties").and_then(Value::as_object);
        for (name, schema) in fields.into_iter().flatten() {
            let mut schema = present(schema.clone());
            let description = schema.as_object_mut().and_then(|schema| schema.remove("description"));
            let mut parameter = json!({ "name": name, "in": place, "schema": schema });
            if let Some(description) = description {
                parameter["description"] = description;
            }
            if required.contains(name.as_str()) {
                parameter["required"] = true.into();
            }
            all.push(parameter);
        }
    }
    all
}

fn names<'a>(schema: &'a Schema, of: &str) -> impl Iterator<Item = &'a str> {
    schema.get(of).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str)
}

/// A parameter is there or left out: there is no null in an address.
fn present(mut schema: Value) -> Value {
    let is_null = |one: &Value| one.get("type").is_some_and(|kind| kind == "null");
    if let Some(Value::Array(either)) = schema.get_mut("anyOf") {
        either.retain(|one| !is_null(one));
        if let [only] = either.as_slice() {
            let only = only.clone();
            let description = schema.get("description").cloned();
            schema = only;
            if let (Some(description), Some(schema)) = (description, schema.as_object_mut()) {
                schema.insert("description".to_owned(), description);
            }
        }
    }
    if let Some(Value::Array(kinds)) = schema.get_mut("type") {
        kinds.retain(|kind| kind != "null");
        if let [only] = kinds.as_slice() {
            schema["type"] = only.clone();
        }
    }
    if let Some(Value::Array(words)) = schema.get_mut("enum") {
        words.retain(|word| !word.is_null());
    }
    schema
}

/// Codes that reading a query may bring.
const OF_QUERIES: &[&str] = &["malformed", "out_of_range", "id_malformed", "cursor_malformed", "too_long"];

/// Codes that reading a body, and what flows hold against it, may bring.
const OF_BODIES: &[&str] = &[
    "body_malformed",
    "unsupported_media_type",
    "malformed",
    "required",
    "too_long",
    "not_text",
    "out_of_range",
    "too_large",
    "too_many",
    "id_malformed",
    "currency_mismatch",
];

/// Every code that an operation can say, by its status.
fn codes_of(op: &Op, who: Who) -> BTreeMap<u16, BTreeSet<&'static str>> {
    let mut codes: Vec<&'static str> =
        vec!["login_needed", "unknown_field", "idempotency_key_malformed", "unavailable"];
    codes.extend(op.refusals);
    if op.query.is_some() {
        codes.extend(OF_QUERIES);
    }
    if op.body.is_some() {
        codes.extend(OF_BODIES);
    }
    if !op.is_read() {
        codes.extend(["body_malformed", "body_too_large", "idempotency_key_reused", "in_progress"]);
    }
    if who.says_forbidden() {
        codes.push("permission_missing");
    }
    if who.says_missing() || op.parameters.is_some() {
        codes.push("not_found");
    }
    let mut by_status: BTreeMap<u16, BTreeSet<_>> = BTreeMap::from([(500, BTreeSet::from(["broken"]))]);
    for code in codes {
        let status = codes::status_of(code).unwrap_or_else(|| panic!("{}: nobody says {code}", op.id));
        by_status.entry(status.as_u16()).or_default().insert(code);
    }
    by_status
}

fn responses(op: &Op, who: Who, generator: &mut SchemaGenerator) -> Value {
    let mut well = json!({ "description": op.status.canonical_reason().unwrap_or_default() });
    if let Some(answer) = op.answer {
        well["content"] = json!({ "application/json": { "schema": answer(generator) } });
    }
    let mut responses = Map::from_iter([(op.status.as_str().to_owned(), well)]);
    for (status, codes) in codes_of(op, who) {
        let said = match codes.first() {
            Some(code) if codes.len() == 1 => json!({ "$ref": format!("#/components/responses/{code}") }),
            _ => refusal(status, &codes),
        };
        responses.insert(status.to_string(), said);
    }
    Value::Object(responses)
}

/// What an operation says with a status of its own: told once for all operations.
fn alone(op: &Op) -> Vec<(String, Value)> {
    let codes = permissions::who(op.id).map(|who| codes_of(op, who)).unwrap_or_default();
    let single = codes.into_iter().filter(|(_, codes)| codes.len() == 1);
    let named = |(status, codes): (u16, BTreeSet<&'static str>)| {
        codes.first().map(|code| ((*code).to_owned(), refusal(status, &codes)))
    };
    single.filter_map(named).collect()
}

fn refusal(status: u16, codes: &BTreeSet<&'static str>) -> Value {
    let reason = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    let code = json!({ "properties": { "code": { "type": "string", "enum": codes } } });
    let schema = json!({ "allOf": [{ "$ref": "#/components/schemas/Problem" }, code] });
    json!({
        "description": reason.unwrap_or_default(),
        "content": { "application/problem+json": { "schema": schema } },
    })
}

/// A no, as `door::Problem` is written.
fn problem() -> Value {
    json!({
        "type": "object",
        "description": "Why something did not happen (RFC 9457)",
        "properties": {
            "type": { "type": "string", "format": "uri-reference", "description": "Where the code is explained" },
            "title": { "type": "string", "description": "The code again, in words for people who debug" },
            "status": { "type": "integer", "description": "The status, again" },
            "detail": { "type": "string", "description": "What is wrong and how to mend it, in the language asked for" },
            "code": { "type": "string", "description": "The stable code" },
            "field": { "type": "string", "description": "Which input it is about, such as `lines[3].units`" },
            "facts": {
                "type": "object",
                "description": "The figures and names of the refusal",
                "additionalProperties": { "$ref": "#/components/schemas/Fact" },
            },
            "request": { "type": "string", "description": "The request's id, to be told to whoever looks into it" },
        },
        "required": ["type", "title", "status", "detail", "code", "request"],
    })
}
