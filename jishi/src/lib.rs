//! The program: its command line, and how the rooms, flows and adapters are wired together.

pub mod check;
pub mod cli;
pub mod export;
pub mod import;
pub mod open;
pub mod replay;
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

/// Runs the program on the process's own arguments: 0 where all is well, 1 where there are findings, 2 where it could
/// not run.
pub fn run() -> ExitCode {
    let asked = cli::Cli::parse();
    let ended = match asked.command {
        cli::Command::Import(command) => import::run(&command),
        cli::Command::Replay(command) => replay::run(&command),
        cli::Command::Check(command) => check::run(&command),
        cli::Command::Export(command) => export::run(&command),
        cli::Command::Show(command) => show::run(&command),
    };
    match ended {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("jishi: {error}");
            ExitCode::from(2)
        }
    }
}
