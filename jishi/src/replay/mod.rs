//! `jishi replay FILE`: a wholesaler's invoices go through the market as people's acts would: each invoice a quotation
//! that is accepted, paid, shipped, confirmed and settled, each credit note a refund that the seller grants, all at
//! the times of the data.
//!
//! Every act carries a key made of the invoice's number, so a replay that was killed and started again does nothing
//! twice and ends at the same figures.

mod figures;
mod lines;
mod plan;
mod run;
mod stage;

pub use figures::{Ledger, Report};
pub use lines::{Fault, Line, read};
pub use plan::{Cancel, Invoice, Plan, Sale, Tally};

use crate::cli;
use kernel::{Result, SetClock, Time};
use std::{path::Path, sync::Arc, time::Instant};

/// Replays a file and prints what the market looks like afterwards.
///
/// # Errors
/// `file_unreadable`, `header_unreadable`, and what the database says.
pub fn run(command: &cli::Replay) -> Result<bool> {
    let report = replay(&command.file, &command.shop, &command.database.db, command.lines)?;
    if command.json {
        crate::say(&serde_json::to_string_pretty(&report).map_err(kernel::Error::broken)?)?;
    } else {
        crate::say(&report.in_words())?;
    }
    Ok(true)
}

/// The replay itself.
///
/// # Errors
/// As [`run`].
pub fn replay(file: &Path, shop: &str, db: &str, most: Option<u64>) -> Result<Report> {
    let began = Instant::now();
    let plan = Plan::read(file, most)?;
    let start = plan.invoices.first().map_or(Time(0), |invoice| invoice.at());
    let clock = Arc::new(SetClock::at(start));
    let mut stage = stage::Stage::open(db, clock, shop)?;
    let done = run::play(&mut stage, &plan)?;
    let mut report = figures::report(&stage, &plan, &done)?;
    report.seconds = began.elapsed().as_secs_f64();
    Ok(report)
}
