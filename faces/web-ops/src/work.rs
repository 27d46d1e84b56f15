//! `/ops/timers`, `/ops/outbox`: what the market's own worker has before it.

use crate::desk::{self, Desk};
use askama::Template;
use axum::{Router, routing::get};
use door::App;
use kernel::Page;
use views::ops::{self, TimerRow, WaitingEvent};
use web::{Reply, Visit, page};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/ops/timers", get(timers)).route("/ops/outbox", get(outbox))
}

/// Rows on one page.
const ROWS: usize = 50;

#[derive(Template)]
#[template(path = "ops_timers.html")]
struct Timers {
    v: Visit,
    desk: Desk,
    page: Page<TimerRow>,
}

impl Timers {
    fn is_overdue(&self, timer: &TimerRow) -> bool {
        timer.due_at <= self.v.now
    }
}

async fn timers(v: Visit) -> Reply {
    let cursor = desk::cursor(&v)?;
    let (desk, found) = desk::open(&v, "/ops/timers", move |read, _| ops::timers(read, cursor, ROWS)).await?;
    page(&v.clone(), &Timers { v, desk, page: found })
}

#[derive(Template)]
#[template(path = "ops_outbox.html")]
struct Outbox {
    v: Visit,
    desk: Desk,
    failed: bool,
    page: Page<WaitingEvent>,
}

async fn outbox(v: Visit) -> Reply {
    let (failed, cursor) = (!v.query("failed").is_empty(), desk::cursor(&v)?);
    let asked = desk::open(&v, "/ops/outbox", move |read, _| ops::outbox(read, failed, cursor, ROWS));
    let (desk, found) = asked.await?;
    page(&v.clone(), &Outbox { v, desk, failed, page: found })
}
