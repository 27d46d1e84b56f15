//! `jishi export audit`: the sealed log, for whoever wants to verify it without this program.

use crate::{cli, open};
use kernel::{Error, Result, SystemClock};
use std::{
    fs::File,
    io::{BufWriter, Write, stdout},
    sync::Arc,
};

/// Writes the log.
///
/// # Errors
/// A file that cannot be written, and what the database says.
pub fn run(command: &cli::Export) -> Result<bool> {
    let cli::ExportWhat::Audit(command) = &command.what;
    let opened = open::existing(&command.database.db, Arc::new(SystemClock))?;
    let out: Box<dyn Write + Send> = match &command.out {
        Some(path) => Box::new(File::create(path).map_err(Error::broken)?),
        None => Box::new(stdout()),
    };
    let mut out = BufWriter::new(out);
    let exporting = opened.market.store.snapshot(move |read| {
        store::seal::export(read, |line| writeln!(out, "{line}").map_err(Error::broken))?;
        out.flush().map_err(Error::broken)
    });
    exporting.wait().map(|()| true)
}
