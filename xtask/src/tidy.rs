//! `cargo xtask tidy`: every law over the whole tree, each finding with its reason and the way out.

use crate::{
    laws,
    tree::{Metadata, Tree},
};
use anyhow::Result;
use std::{fmt, path::Path, process::ExitCode};

/// One place where a law is broken.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Finding {
    /// Relative to the root.
    pub path: String,
    /// From 1.
    pub line: usize,
    /// Its number in [`laws::LAWS`].
    pub law: u8,
    /// What is there.
    pub what: String,
    /// Why it may not be.
    pub why: &'static str,
    /// What to do instead.
    pub mend: String,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Finding { path, line, law, what, why, mend } = self;
        write!(f, "{path}:{line}: law {law}: {what}; {why}; {mend}")
    }
}

/// Prints the findings; fails if there is one.
///
/// # Errors
/// A tree that cannot be read.
pub fn run(root: &Path) -> Result<ExitCode> {
    let findings = findings(root)?;
    findings.iter().for_each(|finding| println!("{finding}"));
    if findings.is_empty() {
        println!("tidy: the laws hold");
        return Ok(ExitCode::SUCCESS);
    }
    println!("tidy: {} findings; `cargo xtask tidy --laws` says what the laws are", findings.len());
    Ok(ExitCode::FAILURE)
}

/// Every finding of every law, by path and line.
///
/// # Errors
/// A tree that cannot be read.
pub fn findings(root: &Path) -> Result<Vec<Finding>> {
    let tree = Tree::read(root)?;
    let mut findings = laws::of_text(&tree);
    match Metadata::ask(root) {
        Ok(metadata) => findings.extend(laws::of_crates(&metadata)),
        Err(error) => findings.push(Finding {
            path: "Cargo.toml".to_owned(),
            line: 1,
            law: 1,
            what: format!("cargo cannot read the workspace: {error:#}"),
            why: "without its answer neither arrows nor licences are known",
            mend: "mend the manifests".to_owned(),
        }),
    }
    findings.sort();
    Ok(findings)
}
