//! `jishi check`: the books over the whole database.

use crate::{cli, open};
use kernel::{Result, SystemClock, Time};
use std::sync::Arc;

/// Proves the books; false where there are findings.
///
/// # Errors
/// What opening and reading the database says.
pub fn run(command: &cli::Check) -> Result<bool> {
    let opened = open::open(&command.database.db, Arc::new(SystemClock))?;
    let now = latest(&opened)?;
    let report = views::books::check(&opened.market.store, now, |book| eprintln!("checking {book}"))?;
    if command.json {
        println!("{}", serde_json::to_string_pretty(&report).map_err(kernel::Error::broken)?);
    } else {
        for (book, rows) in &report.checked {
            println!("{rows:>10}  {book}");
        }
        for finding in &report.findings {
            println!("{}: {}\n    look at {}", finding.book, finding.what, finding.ids.join(", "));
        }
        println!("{}", if report.findings.is_empty() { "The books are clean." } else { "The books do not agree." });
    }
    Ok(report.findings.is_empty())
}

/// The market's own now. A replayed market lives in the time of its data: what is overdue there is measured against
/// the latest act, not against the machine's clock.
fn latest(opened: &open::Opened) -> Result<Time> {
    let sql = store::across!("select max(at) from store_audit");
    let last: Option<i64> = opened.market.store.read(move |read| read.one(sql, store::args![], |row| row.get(0))).wait()?;
    Ok(last.map_or_else(|| opened.market.store.clock().now(), Time))
}
