//! A program that finds operations by their ids in the document that it is served.

use super::schema::{describes, fits};
use jishi::serve::Running;
use serde_json::Value;
use std::collections::BTreeMap;
use ureq::{Agent, http::Request};

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answered {
    pub status: u16,
    pub body: Value,
    pub kind: String,
}

impl Answered {
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }
}

/// How an operation is called.
#[derive(Clone, Debug)]
struct Way {
    method: String,
    path: String,
}

/// A program at a market.
pub(crate) struct Program {
    agent: Agent,
    base: String,
    ways: BTreeMap<String, Way>,
    document: Value,
}

impl Program {
    /// A program that has read the market's document.
    pub fn at(running: &Running) -> Program {
        let config = Agent::config_builder().http_status_as_error(false).max_redirects(0);
        let (agent, base) = (config.build().into(), crate::serving::address(running));
        let mut program = Program { agent, base, ways: BTreeMap::new(), document: Value::Null };
        let document = program.sends("GET", "/openapi.json", &[], None).body;
        for (path, methods) in document["paths"].as_object().expect("the document has paths") {
            for (method, operation) in methods.as_object().expect("a path has methods") {
                let id = operation["operationId"].as_str().expect("every operation has an id").to_owned();
                let way = Way { method: method.to_uppercase(), path: path.clone() };
                assert!(program.ways.insert(id, way).is_none(), "{path}: an id stands there twice");
            }
        }
        program.document = document;
        program
    }

    /// Holds an answer of an operation against what the document says of it, status, code and every field.
    pub fn answers_as_described(&self, id: &str, said: &Answered) {
        if let Some(no) = self.misdescribed(id, said) {
            panic!("{no}\n{:#}", said.body);
        }
    }

    /// What of an answer is another than the document says.
    pub fn misdescribed(&self, id: &str, said: &Answered) -> Option<String> {
        let way = &self.ways[id];
        let operation = &self.document["paths"][&way.path][way.method.to_lowercase()];
        let mut response = &operation["responses"][said.status.to_string()];
        if !response.is_object() {
            return Some(format!("{id} answered {} {}, which is not described", said.status, said.code()));
        }
        if let Some(reference) = response["$ref"].as_str() {
            response = self.document.pointer(reference.trim_start_matches('#')).expect("references lead somewhere");
        }
        let Some((kind, content)) = response["content"].as_object().and_then(|content| content.iter().next()) else {
            return (said.body != "").then(|| format!("{id} answers nothing"));
        };
        if !said.kind.starts_with(kind.as_str()) {
            return Some(format!("{id}: {} is no {kind}", said.kind));
        }
        let schema = &content["schema"];
        if let Err(no) = fits(&self.document, schema, &said.body, id) {
            return Some(no.to_string());
        }
        let more = describes(&self.document, schema, &said.body);
        (!more.is_empty()).then(|| format!("{id}: fields that nobody described: {more:?}"))
    }

    /// The operations that there are.
    pub fn operations(&self) -> impl Iterator<Item = &str> {
        self.ways.keys().map(String::as_str)
    }

    /// Calls an operation.
    pub fn calls(&self, id: &str, token: Option<&str>, path: &[(&str, String)], body: Option<&Value>) -> Answered {
        let way = self.ways.get(id).unwrap_or_else(|| panic!("there is no operation {id}"));
        let filled = path.iter().fold(way.path.clone(), |filled, (name, value)| {
            assert!(filled.contains(&format!("{{{name}}}")), "{id} has no {name} in its path");
            filled.replace(&format!("{{{name}}}"), value)
        });
        assert!(!filled.contains('{'), "{id} lacks something of its path: {filled}");
        let bearer = token.map(|token| format!("Bearer {token}"));
        let headers: Vec<(&str, &str)> = bearer.iter().map(|bearer| ("authorization", bearer.as_str())).collect();
        self.sends(&way.method, &filled, &headers, body)
    }

    /// Sends a request as it is.
    pub fn sends(&self, method: &str, path: &str, headers: &[(&str, &str)], body: Option<&Value>) -> Answered {
        let mut request = Request::builder().method(method).uri(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if body.is_some() {
            request = request.header("content-type", "application/json");
        }
        let text = body.map(Value::to_string).unwrap_or_default();
        let mut response = self.agent.run(request.body(text).unwrap()).unwrap();
        let kind = response.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let (status, kind) = (response.status().as_u16(), kind.to_owned());
        let text = response.body_mut().read_to_string().unwrap_or_default();
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Answered { status, body, kind }
    }
}
