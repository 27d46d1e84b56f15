//! `/ops/stuck`: money that has come to a stop between the market and a channel.

use crate::desk::{self, Desk};
use askama::Template;
use axum::{Router, routing::get};
use door::App;
use kernel::Page;
use views::ops::{self, LateMoney, StuckPayment, StuckRefund};
use web::{Reply, Visit, page};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/ops/stuck", get(stuck))
}

/// Rows on one page.
const ROWS: usize = 30;

/// What has stopped; one of the three sorts at a time.
enum Stopped {
    Payments(Page<StuckPayment>),
    Refunds(Page<StuckRefund>),
    Late(Page<LateMoney>),
}

#[derive(Template)]
#[template(path = "ops_stuck.html")]
struct Stuck {
    v: Visit,
    desk: Desk,
    tab: &'static str,
    stopped: Stopped,
}

impl Stuck {
    fn is_shown(&self, word: &str) -> bool {
        self.tab == word
    }

    /// The tabs: word, name, how many.
    fn tabs(&self) -> [(&'static str, &'static str, String); 3] {
        let waits = &self.desk.waits;
        [
            ("payments", self.v.say("ops-task-payments"), desk::badge(&waits.payments)),
            ("refunds", self.v.say("ops-task-refunds"), desk::badge(&waits.refunds)),
            ("late", self.v.say("ops-task-late"), desk::badge(&waits.late_money)),
        ]
    }
}

async fn stuck(v: Visit) -> Reply {
    let tab = match v.query("tab").as_str() {
        "refunds" => "refunds",
        "late" => "late",
        _ => "payments",
    };
    let cursor = desk::cursor(&v)?;
    let asked = desk::open(&v, "/ops/stuck", move |read, _| match tab {
        "refunds" => ops::stuck_refunds(read, cursor, ROWS).map(Stopped::Refunds),
        "late" => ops::late_money(read, cursor, ROWS).map(Stopped::Late),
        _ => ops::stuck_payments(read, cursor, ROWS).map(Stopped::Payments),
    });
    let (desk, stopped) = asked.await?;
    page(&v.clone(), &Stuck { v, desk, tab, stopped })
}
