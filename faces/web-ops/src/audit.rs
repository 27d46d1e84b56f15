//! `/ops/audit`: who did what, and what was forbidden; newest first.

use crate::desk::{self, Desk};
use askama::Template;
use axum::{Router, routing::get};
use door::App;
use kernel::{Id, Page, kinds};
use store::Outcome;
use views::ops::{self, AuditFilter, AuditRow};
use web::{Reply, Visit, page};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/ops/audit", get(audit))
}

/// Rows on one page.
const ROWS: usize = 50;

#[derive(Template)]
#[template(path = "ops_audit.html")]
struct Audit {
    v: Visit,
    desk: Desk,
    page: Page<AuditRow>,
}

impl Audit {
    /// The filters that are set: the query's name and what it says.
    fn set(&self) -> Vec<(&'static str, String)> {
        let all = ["actor", "act", "outcome", "subject"].map(|name| (name, self.v.query(name)));
        all.into_iter().filter(|(_, value)| !value.is_empty()).collect()
    }

    /// A row's thing as a filter says it, whatever its kind.
    fn subject(&self, row: &AuditRow) -> String {
        row.subject.map(|raw| raw.to_string()).unwrap_or_default()
    }
}

/// The raw id behind what somebody typed: an outside id of any kind, or the number itself.
pub(crate) fn raw_id(typed: &str) -> Option<i64> {
    if let Ok(raw) = typed.parse::<i64>() {
        return Some(raw);
    }
    // Every kind has the same digits behind its prefix, so one kind reads them all.
    let (_, digits) = typed.split_once('_')?;
    format!("pty_{digits}").parse::<Id<kinds::Party>>().ok().map(Id::raw)
}

async fn audit(v: Visit) -> Reply {
    let said = |name: &str| Some(v.query(name)).filter(|value| !value.is_empty());
    let (actor, subject) = (said("actor"), said("subject"));
    let filter = AuditFilter {
        // What is no id leads to nothing rather than to everything.
        actor: actor.map(|typed| raw_id(&typed).unwrap_or(-1)),
        subject: subject.map(|typed| raw_id(&typed).unwrap_or(-1)),
        act: said("act"),
        outcome: said("outcome").and_then(|word| Outcome::of(&word)),
    };
    let cursor = desk::cursor(&v)?;
    let (desk, found) = desk::open(&v, "/ops/audit", move |read, _| ops::audit(read, &filter, cursor, ROWS)).await?;
    page(&v.clone(), &Audit { v, desk, page: found })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_any_kind_is_read_as_its_number() {
        let order = Id::<kinds::Order>::from_raw(1_234_567_890_123);
        assert_eq!(raw_id(&order.to_string()), Some(order.raw()));
        assert_eq!(raw_id("42"), Some(42));
        assert_eq!(raw_id("ord_nonsense"), None);
        assert_eq!(raw_id("nonsense"), None);
    }
}
