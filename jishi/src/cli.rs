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
    /// Open the market: its pages, its API and its workers, on one address.
    Serve(Serve),
    /// Make a market with made-up shops, goods, people and five weeks of trade, and open it.
    Demo(Demo),
    /// Serve the trial payment provider alone.
    Sandbox(Sandbox),
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
    /// Look at and change the market's settings.
    Settings(Settings),
}

/// Which database.
#[derive(Args, Debug, Clone)]
pub struct Database {
    /// The database: sqlite:PATH, sqlite::memory: or postgres://USER@HOST:PORT/NAME. Made and migrated where empty.
    #[arg(long, env = "JISHI_DB", default_value = DB, value_name = "ADDRESS")]
    pub db: String,
}

/// Where the market is where nothing is said.
const DB: &str = "sqlite:jishi.sqlite";

/// How the market is served. Every option may also stand in the configuration file under the same name with
/// underscores; a flag goes before the environment, the environment before the file.
#[derive(Args, Debug, Default, Clone)]
pub struct Serve {
    /// A TOML file with any of these options.
    #[arg(long, env = "JISHI_CONFIG", value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The database: sqlite:PATH or postgres://USER@HOST:PORT/NAME, made and migrated where empty [default:
    /// sqlite:jishi.sqlite].
    #[arg(long, env = "JISHI_DB", value_name = "ADDRESS")]
    pub db: Option<String>,
    /// Where to listen [default: 127.0.0.1:8080].
    #[arg(long, env = "JISHI_LISTEN", value_name = "ADDRESS:PORT")]
    pub listen: Option<String>,
    /// The address that people type, such as https://market.example [default: the listening address].
    #[arg(long, env = "JISHI_PUBLIC", value_name = "URL")]
    pub public: Option<String>,
    /// Addresses or networks of proxies whose X-Forwarded-* headers are believed, with commas between them.
    #[arg(long, env = "JISHI_TRUSTED_PROXIES", value_name = "NETWORKS")]
    pub trusted_proxies: Option<String>,
    /// The bearer token that opens /metrics to others than this machine.
    #[arg(long, env = "JISHI_METRICS_TOKEN", value_name = "TOKEN")]
    pub metrics_token: Option<String>,
    /// The base URL of a trial payment provider elsewhere [default: one of its own, at /sandbox].
    #[arg(long, env = "JISHI_SANDBOX_URL", value_name = "URL")]
    pub sandbox_url: Option<String>,
    /// The token that opens the provider's mischief page to others than this machine.
    #[arg(long, env = "JISHI_MISCHIEF_TOKEN", value_name = "TOKEN")]
    pub mischief_token: Option<String>,
    /// Report as JSON; nothing else on standard output.
    #[arg(long)]
    pub json: bool,
}

/// A made-up market. It keeps its database: started again, it goes on where it was.
#[derive(Args, Debug, Default, Clone)]
pub struct Demo {
    /// Where its chance comes from: the same seed makes the same market.
    #[arg(long, default_value_t = 1, value_name = "NUMBER")]
    pub seed: u64,
    /// How it is served; its database is sqlite:jishi-demo.sqlite where none is named, and one that holds another
    /// market is refused.
    #[command(flatten)]
    pub serve: Serve,
}

/// The trial payment provider alone.
#[derive(Args, Debug, Clone)]
pub struct Sandbox {
    /// Which database holds its books.
    #[command(flatten)]
    pub database: Database,
    /// Where to listen.
    #[arg(long, env = "JISHI_SANDBOX_LISTEN", default_value = "127.0.0.1:8090", value_name = "ADDRESS:PORT")]
    pub listen: std::net::SocketAddr,
    /// The address by which browsers reach it [default: the listening address].
    #[arg(long, env = "JISHI_SANDBOX_PUBLIC", value_name = "URL")]
    pub public: Option<String>,
    /// Where the market takes its messages.
    #[arg(long, default_value = "http://127.0.0.1:8080/callbacks/sandbox", value_name = "URL")]
    pub notify: String,
    /// To whom buyers pay, as the cashier's page says it.
    #[arg(long, default_value = "jishi", value_name = "NAME")]
    pub merchant: String,
    /// The token that opens the mischief page to others than this machine.
    #[arg(long, env = "JISHI_MISCHIEF_TOKEN", value_name = "TOKEN")]
    pub mischief_token: Option<String>,
    /// Report as JSON; nothing else on standard output.
    #[arg(long)]
    pub json: bool,
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

/// The market's settings.
#[derive(Args, Debug)]
pub struct Settings {
    /// What to do with them.
    #[command(subcommand)]
    pub verb: SettingsVerb,
    /// Which database, which must be there.
    #[arg(long, env = "JISHI_DB", default_value = DB, value_name = "ADDRESS", global = true)]
    pub db: String,
    /// Report as JSON; nothing else on standard output.
    #[arg(long, global = true)]
    pub json: bool,
}

/// What is done with a setting.
#[derive(Subcommand, Debug)]
pub enum SettingsVerb {
    /// Print every setting as it is in force.
    List,
    /// Print one setting.
    Get {
        /// Its key, as the list prints it.
        key: String,
    },
    /// Change one setting from now on; what is under way keeps the value it began with.
    Set {
        /// Its key, as the list prints it.
        key: String,
        /// Its new value.
        #[arg(allow_hyphen_values = true)]
        value: String,
    },
    /// Give one setting its default back.
    Reset {
        /// Its key, as the list prints it.
        key: String,
    },
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
