//! The market's books and what its workers have before them.

use crate::{
    answers::{Limit, OfEntry, Paged},
    call::Call,
    may,
    op::{self, Op, chapter},
};
use identity::Permission;
use kernel::{Currency, Cursor, Page, Result};
use ledger::Account;
use schemars::JsonSchema;
use serde::Deserialize;
use store::Outcome;
use views::ops::{self, AccountRow, AuditFilter, AuditRow, EntryPage, TimerRow, TrialBalance, WaitingEvent};

pub(crate) fn operations() -> Vec<Op> {
    chapter(
        "operator: books",
        vec![
            op::get("getTrialBalance", "/operator/trial-balance", trial_balance)
                .does("What stands on every account; each currency sums to zero."),
            op::get("listAccountRows", "/operator/accounts/{account}/{currency}", account)
                .does("What moved an account, newest first; or that of one owner alone."),
            op::get("getEntry", "/operator/entries/{entry}", entry).does("An entry with its legs and what caused it."),
            op::get("listTimers", "/operator/timers", timers).does("The timers that wait, the first due first."),
            op::get("listWaitingEvents", "/operator/outbox", outbox)
                .does("The events whose reactions have not run, oldest first."),
            op::get("listAuditRows", "/operator/audit", audit).does("The audit log, newest first."),
        ],
    )
}

async fn trial_balance(call: Call) -> Result<TrialBalance> {
    call.read(|read, actor| {
        may::in_market(read, actor, Permission::MarketMoney)?;
        ops::trial_balance(read)
    })
    .await
}

/// Which account.
#[derive(Deserialize, JsonSchema)]
struct OfAccount {
    /// The account.
    account: Account,
    /// In this currency.
    currency: Currency,
}

/// Which of its rows.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WhichRows {
    /// Only those of this owner: `owner_raw` of an entry's leg.
    owner: Option<i64>,
    /// Where the page begins: the `next` of the page before; none for the first one.
    cursor: Option<Cursor>,
    /// How many.
    #[serde(default)]
    limit: Limit,
}

async fn account(call: Call<OfAccount, WhichRows>) -> Result<Page<AccountRow>> {
    let which = (call.path.account, call.path.currency);
    let WhichRows { owner, cursor, limit: Limit(limit) } = call.query;
    call.read(move |read, actor| {
        may::in_market(read, actor, Permission::MarketMoney)?;
        ops::account(read, which, owner, cursor, limit)
    })
    .await
}

async fn entry(call: Call<OfEntry>) -> Result<EntryPage> {
    let id = call.path.entry;
    call.read(move |read, actor| {
        may::in_market(read, actor, Permission::MarketMoney)?;
        ops::entry(read, id)
    })
    .await
}

async fn timers(call: Call<(), Paged>) -> Result<Page<TimerRow>> {
    let (cursor, limit) = (call.query.cursor, call.query.limit.0);
    call.read(move |read, actor| {
        may::in_market(read, actor, Permission::MarketAudit)?;
        ops::timers(read, cursor, limit)
    })
    .await
}

/// Which events.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WhichEvents {
    /// Only those whose reactions failed before.
    #[serde(default)]
    failed: bool,
    /// Where the page begins: the `next` of the page before; none for the first one.
    cursor: Option<Cursor>,
    /// How many.
    #[serde(default)]
    limit: Limit,
}

async fn outbox(call: Call<(), WhichEvents>) -> Result<Page<WaitingEvent>> {
    let WhichEvents { failed, cursor, limit: Limit(limit) } = call.query;
    call.read(move |read, actor| {
        may::in_market(read, actor, Permission::MarketAudit)?;
        ops::outbox(read, failed, cursor, limit)
    })
    .await
}

/// Which rows of the audit log; everything that is named must fit.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WhichAudit {
    /// What one person or key did: the raw id.
    actor: Option<i64>,
    /// What was done to one thing: its raw id.
    subject: Option<i64>,
    /// One act, by its name.
    #[schemars(length(max = 100))]
    act: Option<String>,
    /// What was done, or what was forbidden.
    outcome: Option<Outcome>,
    /// Where the page begins: the `next` of the page before; none for the first one.
    cursor: Option<Cursor>,
    /// How many.
    #[serde(default)]
    limit: Limit,
}

async fn audit(call: Call<(), WhichAudit>) -> Result<Page<AuditRow>> {
    let WhichAudit { actor, subject, act, outcome, cursor, limit: Limit(limit) } = call.query;
    let filter = AuditFilter { actor, subject, act, outcome };
    let asked = call.asked;
    let who = asked.cx.actor.clone();
    asked
        .app
        .store()
        .read(move |read| {
            may::in_market(read, &who, Permission::MarketAudit)?;
            ops::audit(read, &filter, cursor, limit)
        })
        .await
}
