//! The command line as clap reads it.

use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// jishi runs a whole online marketplace on one database.
#[derive(Parser, Debug)]
#[command(name = "jishi", version, about, long_about = None, after_help = EXITS)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXITS: &str = "Exit codes: 0 all is well, 1 there are findings or refused lines, 2 it could not run.";

/// What the program does.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Bring foreign files in.
    Import(Import),
    /// Replay a wholesaler's invoices through the market, in their own time.
    Replay(Replay),
    /// Prove the books of the whole database: money, stock, orders, events, audit log.
    Check(Check),
    /// Take things out in open formats.
    Export(Export),
    /// Print a thing by its id: an order with its timeline, lines, postings, movements and refunds.
    Show(Show),
}

/// Which database.
#[derive(Args, Debug, Clone)]
pub struct Database {
    /// The database: sqlite:PATH, sqlite::memory: or postgres://USER@HOST:PORT/NAME. Made and migrated where empty.
    #[arg(long, env = "JISHI_DB", default_value = "sqlite:jishi.sqlite", value_name = "ADDRESS")]
    pub db: String,
}

/// What to bring in.
#[derive(Args, Debug)]
pub struct Import {
    /// What kind of file.
    #[command(subcommand)]
    pub what: ImportWhat,
}

/// The kinds of file that can be brought in.
#[derive(Subcommand, Debug)]
pub enum ImportWhat {
    /// Goods of a shop, from CSV or JSON Lines, plain or gzip, read by a map of fields.
    Goods(ImportGoods),
}

/// Goods of a shop.
#[derive(Args, Debug)]
pub struct ImportGoods {
    /// The file: .csv or .jsonl, also with .gz behind it.
    pub file: PathBuf,
    /// The map that says which field is what; maps/sample.toml explains each entry.
    #[arg(long, value_name = "FILE")]
    pub map: PathBuf,
    /// The shop's name in addresses; opened by hand where it is not there.
    #[arg(long, value_name = "SLUG")]
    pub shop: String,
    /// Which database.
    #[command(flatten)]
    pub database: Database,
    /// Report as JSON; nothing else on standard output.
    #[arg(long)]
    pub json: bool,
    /// Write refused lines here, as JSON Lines.
    #[arg(long, value_name = "FILE")]
    pub refused: Option<PathBuf>,
}

/// A wholesaler's invoices.
#[derive(Args, Debug)]
pub struct Replay {
    /// The file of invoice lines: CSV, also with .gz behind it.
    pub file: PathBuf,
    /// The shop's name in addresses.
    #[arg(long, default_value = "online-retail", value_name = "SLUG")]
    pub shop: String,
    /// Read only so many lines.
    #[arg(long, value_name = "LINES")]
    pub lines: Option<u64>,
    /// Which database.
    #[command(flatten)]
    pub database: Database,
    /// Report as JSON; nothing else on standard output.
    #[arg(long)]
    pub json: bool,
}

/// The books.
#[derive(Args, Debug)]
pub struct Check {
    /// Which database.
    #[command(flatten)]
    pub database: Database,
    /// Report as JSON; nothing else on standard output.
    #[arg(long)]
    pub json: bool,
}

/// What to take out.
#[derive(Args, Debug)]
pub struct Export {
    /// What.
    #[command(subcommand)]
    pub what: ExportWhat,
}

/// What can be taken out.
#[derive(Subcommand, Debug)]
pub enum ExportWhat {
    /// The sealed audit log as JSON Lines: each batch's rows, then its root, so that anyone can verify the chain.
    Audit(ExportAudit),
}

/// The audit log.
#[derive(Args, Debug)]
pub struct ExportAudit {
    /// Where to write; standard output where nothing is said.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Which database.
    #[command(flatten)]
    pub database: Database,
}

/// One thing.
#[derive(Args, Debug)]
pub struct Show {
    /// Its id, such as ord_01J8Z….
    pub id: String,
    /// Which database.
    #[command(flatten)]
    pub database: Database,
    /// Print as JSON; nothing else on standard output.
    #[arg(long)]
    pub json: bool,
}
