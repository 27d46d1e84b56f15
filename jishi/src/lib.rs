//! The program: its command line, and how the rooms, flows and adapters are wired together.

pub mod check;
pub mod cli;
pub mod demo;
pub mod export;
pub mod import;
pub mod open;
pub mod replay;
pub mod sandbox;
pub mod serve;
pub mod settings;
pub mod show;

use clap::Parser;
use std::{io::Write, process::ExitCode};

/// Writes to standard output; whoever stopped reading has heard enough.
pub(crate) fn say(text: &str) -> kernel::Result<()> {
    match writeln!(std::io::stdout(), "{}", text.trim_end()) {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(kernel::Error::broken(error)),
        _ => Ok(()),
    }
}

/// Lines of the log go to standard error; `RUST_LOG` says how many.
pub(crate) fn logging() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env().unwrap_or_else(|_| "warn".into());
    // A second server in one process, as tests have, keeps the first one's.
    let _ = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init();
}

/// Runs the program on the process's own arguments: 0 where all is well, 1 where there are findings, 2 where it could
/// not run.
pub fn run() -> ExitCode {
    let asked = cli::Cli::parse();
    let ended = match asked.command {
        cli::Command::Serve(command) => serve::run(&command),
        cli::Command::Demo(command) => serve::trial::run(&command),
        cli::Command::Sandbox(command) => sandbox::run(&command),
        cli::Command::Import(command) => import::run(&command),
        cli::Command::Replay(command) => replay::run(&command),
        cli::Command::Check(command) => check::run(&command),
        cli::Command::Export(command) => export::run(&command),
        cli::Command::Show(command) => show::run(&command),
        cli::Command::Settings(command) => settings::run(&command),
    };
    match ended {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            // At the terminal a breakage explains itself: whoever sits there has the database in his hands.
            match error {
                kernel::Error::Broken(error) => eprintln!("jishi: {error}"),
                refused @ kernel::Error::Refused(_) => eprintln!("jishi: {refused}"),
            }
            ExitCode::from(2)
        }
    }
}
