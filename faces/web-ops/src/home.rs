//! `/ops`: what waits, the most urgent first, and the figures beside it.

use crate::desk::{self, Desk, badge};
use askama::Template;
use axum::{Router, routing::get};
use door::App;
use kernel::{Money, Time};
use ledger::Account;
use views::{
    Count,
    ops::{self, TrialBalance},
};
use web::{Chip, Reply, Visit, page};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/ops", get(home))
}

/// Something that waits: how many, what, what follows, until when, and where it is done.
struct Task {
    count: String,
    what: String,
    detail: String,
    chip: Option<Chip>,
    href: &'static str,
}

/// Whether a part of the market runs as it should.
struct Part {
    name: String,
    detail: String,
    chip: Chip,
    href: &'static str,
}

#[derive(Template)]
#[template(path = "ops_home.html")]
struct Today {
    v: Visit,
    desk: Desk,
    tasks: Vec<Task>,
    parts: Vec<Part>,
    money: Option<TrialBalance>,
}

impl Today {
    /// What stands on the accounts that people ask for first, each currency for itself.
    fn pots(&self) -> Vec<(Account, Money)> {
        const ASKED: [Account; 5] = [
            Account::Escrow,
            Account::ShopPending,
            Account::ShopAvailable,
            Account::RefundTransit,
            Account::Commission,
        ];
        let rows = self.money.iter().flat_map(|money| &money.rows);
        let asked = rows.filter(|row| ASKED.contains(&row.account));
        // They are all liabilities or income: what stands there is shown as people say it, not as a credit.
        asked.map(|row| (row.account, Money::new(-row.balance.minor, row.balance.currency))).collect()
    }

    fn balances(&self) -> Option<bool> {
        self.money.as_ref().map(|money| money.totals.iter().all(|total| total.difference.minor == 0))
    }
}

async fn home(v: Visit) -> Reply {
    let (desk, money) =
        desk::open(
            &v,
            "/ops",
            |read, desk| {
                if desk.opens("/ops/ledger") { ops::trial_balance(read).map(Some) } else { Ok(None) }
            },
        )
        .await?;
    let (tasks, parts) = (tasks(&v, &desk), parts(&v, &desk));
    page(&v.clone(), &Today { v, desk, tasks, parts, money })
}

/// What stands still costs money by the hour, a case has its day, a review keeps somebody waiting.
fn tasks(v: &Visit, desk: &Desk) -> Vec<Task> {
    let waits = &desk.waits;
    let all: [(Count, &str, &'static str); 8] = [
        (waits.cases, "cases", "/ops/cases"),
        (waits.payments, "payments", "/ops/stuck"),
        (waits.refunds, "refunds", "/ops/stuck"),
        (waits.late_money, "late", "/ops/stuck"),
        (waits.timers, "timers", "/ops/timers"),
        (waits.events_failed, "events", "/ops/outbox?failed=1"),
        (waits.shops, "shops", "/ops/shops?state=waiting"),
        (waits.goods, "goods", "/ops/goods"),
    ];
    let waiting = all
        .into_iter()
        .filter(|(count, _, href)| count.n > 0 && desk.opens(href.split('?').next().unwrap_or_default()));
    let task = |(count, word, href): (Count, &str, &'static str)| Task {
        count: badge(&count),
        what: v.word("ops-task", word),
        detail: v.word("ops-task-detail", word),
        chip: if word == "cases" { waits.rule_by.map(|by| deadline(v, &by)) } else { None },
        href,
    };
    waiting.map(task).collect()
}

/// How long is left, in the tone of its urgency.
pub(crate) fn deadline(v: &Visit, by: &Time) -> Chip {
    match v.left(by) {
        Some(left) => Chip { tone: "warn", word: v.tell("ops-left", "left", left) },
        None => Chip { tone: "bad", word: v.say("ops-overdue").to_owned() },
    }
}

fn parts(v: &Visit, desk: &Desk) -> Vec<Part> {
    let waits = &desk.waits;
    let part = |href: &'static str, word: &str, waiting: Count, trouble: Count| Part {
        name: v.word("ops-part", word),
        detail: v.tell(&format!("ops-part-detail-{word}"), "n", said(&waiting)),
        chip: match trouble.n {
            0 => Chip { tone: "ok", word: v.say("ops-good").to_owned() },
            _ => Chip { tone: "warn", word: v.tell("ops-look", "n", said(&trouble)) },
        },
        href,
    };
    let stuck = desk::sum(&[waits.payments, waits.refunds, waits.late_money]);
    let parts = [
        part("/ops/outbox", "outbox", waits.events, waits.events_failed),
        part("/ops/timers", "timers", waits.timers, waits.timers),
        part("/ops/stuck", "channels", stuck, stuck),
    ];
    parts.into_iter().filter(|part| desk.opens(part.href)).collect()
}

fn said(count: &Count) -> String {
    if count.n == 0 { "0".to_owned() } else { badge(count) }
}
