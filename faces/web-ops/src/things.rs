//! `/ops/things/{id}`: whatever has no page of its own, as its rows have it, every id in them a link.

use crate::{
    desk::{self, Desk},
    find::place_of_id,
};
use askama::Template;
use axum::{Router, extract::Path, routing::get};
use door::App;
use kernel::{Error, error::Common};
use serde_json::{Map, Value};
use views::order_page;
use web::{Reply, Visit, page};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/ops/things/{id}", get(thing))
}

/// A cell: what it says, and where it leads.
struct Cell {
    text: String,
    href: Option<String>,
}

/// A part of a thing: its name, the names of its columns, its rows.
struct Part {
    name: String,
    columns: Vec<String>,
    rows: Vec<Vec<Cell>>,
}

#[derive(Template)]
#[template(path = "ops_thing.html")]
struct Thing {
    v: Visit,
    desk: Desk,
    id: String,
    own: Vec<(String, Cell)>,
    parts: Vec<Part>,
}

async fn thing(v: Visit, Path(id): Path<String>) -> Reply {
    let asked = id.clone();
    let (desk, shown) =
        desk::open(&v, "/ops/things/{id}", move |read, _| order_page::show(read, &asked).map_err(missing)).await?;
    let Value::Object(shown) = shown else { return Err(Common::NotFound.into()) };
    let (mut own, mut parts) = (Vec::new(), Vec::new());
    for (name, value) in shown {
        match value {
            Value::Object(row) => own.extend(row.into_iter().map(|(name, value)| (name, cell(&value)))),
            Value::Array(rows) if !rows.is_empty() => parts.push(part(name, rows)),
            _ => {}
        }
    }
    page(&v.clone(), &Thing { v, desk, id, own, parts })
}

/// An address that names nothing has no page.
fn missing(no: Error) -> Error {
    match no.code() {
        "id_malformed" | "malformed" => Common::NotFound.into(),
        _ => no,
    }
}

fn part(name: String, rows: Vec<Value>) -> Part {
    let rows: Vec<Map<String, Value>> = rows
        .into_iter()
        .filter_map(|row| match row {
            Value::Object(row) => Some(row),
            _ => None,
        })
        .collect();
    let columns: Vec<String> = rows.first().map(|row| row.keys().cloned().collect()).unwrap_or_default();
    let rows = rows.iter().map(|row| columns.iter().map(|name| cell(&row[name])).collect()).collect();
    Part { name, columns, rows }
}

fn cell(value: &Value) -> Cell {
    let text = match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let href = place_of_id(&text);
    Cell { text, href }
}
