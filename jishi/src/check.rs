//! `jishi check`: the books over the whole database.

use crate::{cli, open};
use kernel::{Result, SystemClock, Time};
use std::sync::Arc;

/// Proves the books; false where there are findings.
///
/// # Errors
/// What opening and reading the database says.
pub fn run(command: &cli::Check) -> Result<bool> {
    let opened = open::existing(&command.database.db, Arc::new(SystemClock))?;
    let now = latest(&opened.market.store)?;
    let report = views::books::check(&opened.market.store, now, |book| eprintln!("checking {book}"))?;
    if command.json {
        crate::say(&serde_json::to_string_pretty(&report).map_err(kernel::Error::broken)?)?;
    } else {
        let rows = report.checked.iter().map(|(book, rows)| format!("{rows:>10}  {book}\n"));
        let findings = report.findings.iter().map(|finding| {
            let ids = finding.ids.join(", ");
            let look = if ids.is_empty() { String::new() } else { format!("    look at {ids}\n") };
            format!("{}: {}\n{look}", finding.book, finding.what)
        });
        let clean = report.findings.is_empty();
        let verdict = if clean { "The books are clean." } else { "The books do not agree." };
        crate::say(&(rows.chain(findings).collect::<String>() + verdict))?;
    }
    Ok(report.findings.is_empty())
}

/// The market's own now. A replayed market lives in the time of its data: what is overdue there is measured against
/// the latest act, not against the machine's clock.
///
/// # Errors
/// What the database says.
pub fn latest(store: &store::Store) -> Result<Time> {
    let sql = store::across!("select max(at) from store_audit");
    let last: Option<i64> = store.read(move |read| read.one(sql, store::args![], |row| row.get(0))).wait()?;
    Ok(last.map_or_else(|| store.clock().now(), Time))
}
