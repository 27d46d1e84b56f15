//! `/ops/ledger`: from the trial balance down to an account, an entry and the order it is about. [$1]

use crate::desk::{self, Desk};
use askama::Template;
use axum::{Router, extract::Path, routing::get};
use door::App;
use kernel::{Currency, Id, Page, error::Common, kinds};
use ledger::Account;
use views::ops::{self, AccountRow, EntryPage, TrialBalance, TrialRow};
use web::{Reply, Visit, id_in_path, page};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/ops/ledger", get(trial))
        .route("/ops/ledger/{account}", get(account))
        .route("/ops/entries/{id}", get(entry))
}

/// Legs on one page.
const LEGS: usize = 50;

#[derive(Template)]
#[template(path = "ops_ledger.html")]
struct Trial {
    v: Visit,
    desk: Desk,
    trial: TrialBalance,
}

impl Trial {
    /// The accounts of one currency.
    fn rows(&self, currency: &Currency) -> Vec<&TrialRow> {
        self.trial.rows.iter().filter(|row| row.balance.currency == *currency).collect()
    }

    fn is_balanced(&self) -> bool {
        self.trial.totals.iter().all(|total| total.difference.minor == 0)
    }
}

async fn trial(v: Visit) -> Reply {
    let (desk, trial) = desk::open(&v, "/ops/ledger", |read, _| ops::trial_balance(read)).await?;
    page(&v.clone(), &Trial { v, desk, trial })
}

#[derive(Template)]
#[template(path = "ops_account.html")]
struct AccountPage {
    v: Visit,
    desk: Desk,
    account: Account,
    currency: Currency,
    is_of_one: bool,
    page: Page<AccountRow>,
}

async fn account(v: Visit, Path(word): Path<String>) -> Reply {
    let account = Account::of(&word).ok_or(Common::NotFound)?;
    let currency = match v.query("currency").as_str() {
        "" => v.asked.settings.currency,
        code => code.parse()?,
    };
    let owner = match v.query("owner").as_str() {
        "" => None,
        raw => Some(raw.parse::<i64>().map_err(|_| Common::NotFound)?),
    };
    let cursor = desk::cursor(&v)?;
    let asked = desk::open(&v, "/ops/ledger/{account}", move |read, _| {
        ops::account(read, (account, currency), owner, cursor, LEGS)
    });
    let (desk, found) = asked.await?;
    page(&v.clone(), &AccountPage { v, desk, account, currency, is_of_one: owner.is_some(), page: found })
}

#[derive(Template)]
#[template(path = "ops_entry.html")]
struct OneEntry {
    v: Visit,
    desk: Desk,
    entry: EntryPage,
}

async fn entry(v: Visit, Path(id): Path<String>) -> Reply {
    let id: Id<kinds::Entry> = id_in_path(&id)?;
    let (desk, entry) = desk::open(&v, "/ops/entries/{id}", move |read, _| ops::entry(read, id)).await?;
    page(&v.clone(), &OneEntry { v, desk, entry })
}
