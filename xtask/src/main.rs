//! The workshop: `tidy` holds the laws of the house, `new-module` writes a room's skeleton, `map` draws the house.
//!
//! It knows no crate of ours and reads the tree as text, so it works while half of the house is being rebuilt.

mod laws;
mod map;
mod migration;
mod new_module;
mod place;
mod rust_file;
mod sql;
mod tidy;
mod tree;

use anyhow::{Context, Result, bail};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

const HELP: &str = "\
cargo xtask tidy                        hold the tree against the laws; exit 1 where one is broken
cargo xtask tidy --laws                 say what the laws are
cargo xtask new-module <layer> <room>   write a room's skeleton and name it in the workspace
cargo xtask map                         write docs/map.md: crates, arrows, tables";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    run(&words).unwrap_or_else(|error| {
        eprintln!("xtask: {error:#}");
        ExitCode::from(2)
    })
}

fn run(words: &[&str]) -> Result<ExitCode> {
    match words {
        ["tidy"] => return tidy::run(&root()?),
        ["tidy", "--laws"] => laws::LAWS.iter().for_each(|(law, text)| println!("{law:>2}  {text}")),
        ["new-module", layer, room] => new_module::run(&root()?, layer, room)?,
        ["map"] => map::run(&root()?)?,
        ["help" | "--help" | "-h"] => println!("{HELP}"),
        _ => bail!("what shall be done?\n{HELP}"),
    }
    Ok(ExitCode::SUCCESS)
}

/// The folder of the workspace, from wherever inside it the command was given.
fn root() -> Result<PathBuf> {
    let here = std::env::current_dir().context("no current folder")?;
    let is_root = |folder: &&Path| {
        std::fs::read_to_string(folder.join("Cargo.toml")).is_ok_and(|manifest| manifest.contains("[workspace]"))
    };
    let root = here.ancestors().find(is_root).context("no Cargo.toml with [workspace] here or above")?;
    Ok(root.to_path_buf())
}
