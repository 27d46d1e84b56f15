//! The whole tree as tidy sees it: Rust files, migrations, folders; and what cargo says of the crates.

use crate::{migration::Migration, rust_file::RustFile};
use anyhow::{Context, Result, bail};
use serde::Deserialize;
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Every file that a law reads.
#[derive(Default)]
pub struct Tree {
    /// In the order of their paths.
    pub rust: Vec<RustFile>,
    /// In the order of their paths.
    pub migrations: Vec<Migration>,
}

impl Tree {
    /// Reads everything below the root but what is built, hidden or fetched.
    ///
    /// # Errors
    /// A file or folder that cannot be read.
    pub fn read(root: &Path) -> Result<Tree> {
        let mut paths = Vec::new();
        collect(root, &mut paths)?;
        paths.sort();
        let mut tree = Tree::default();
        for path in paths {
            let bytes = fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            tree.add(&name, &String::from_utf8_lossy(&bytes));
        }
        Ok(tree)
    }

    /// Takes a file in by its path: Rust, or a migration.
    pub fn add(&mut self, path: &str, text: &str) {
        if path.ends_with(".rs") {
            self.rust.push(RustFile::new(path, text));
        } else if path.ends_with(".sql") && path.contains("/migrations/") {
            self.migrations.push(Migration::new(path, text));
        }
    }
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let entry = entry?;
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_foreign = name.starts_with('.') || name == "target" || name == "node_modules";
        let kind = entry.file_type()?;
        if kind.is_dir() && !is_foreign {
            collect(&entry.path(), paths)?;
        } else if kind.is_file() && (name.ends_with(".rs") || name.ends_with(".sql")) {
            paths.push(entry.path());
        }
    }
    Ok(())
}

/// What `cargo metadata` says.
#[derive(Deserialize)]
pub struct Metadata {
    /// Ours and the registry's.
    pub packages: Vec<Package>,
    workspace_root: String,
}

/// A crate.
#[derive(Deserialize)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// An SPDX expression.
    pub license: Option<String>,
    /// Where it comes from; nothing for a crate on this disk.
    pub source: Option<String>,
    manifest_path: String,
    /// As its manifest declares them.
    pub dependencies: Vec<Dependency>,
}

/// A line of a manifest.
#[derive(Deserialize)]
pub struct Dependency {
    /// The crate's own name, not what it is renamed to.
    pub name: String,
    /// Nothing for a normal one, else `dev` or `build`.
    pub kind: Option<String>,
    path: Option<String>,
}

impl Metadata {
    /// Asks cargo.
    ///
    /// # Errors
    /// Cargo's own words where it cannot read the manifests.
    pub fn ask(root: &Path) -> Result<Metadata> {
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        let mut command = Command::new(cargo);
        // One platform only: what other platforms would add is not fetched for a look at licences.
        command.args(["metadata", "--format-version", "1", "--filter-platform", "x86_64-unknown-linux-gnu"]);
        let output = command.current_dir(root).output().context("cargo does not start")?;
        if !output.status.success() {
            let words = String::from_utf8_lossy(&output.stderr);
            bail!("{}", words.split_whitespace().collect::<Vec<_>>().join(" "));
        }
        serde_json::from_slice(&output.stdout).context("cargo metadata is not what it was")
    }

    /// The folder of one of our crates relative to the root; nothing for a foreign one.
    pub fn folder<'a>(&'a self, package: &'a Package) -> Option<&'a str> {
        let folder = package.manifest_path.strip_suffix("/Cargo.toml")?;
        package.source.is_none().then(|| self.relative(folder)).flatten()
    }

    /// The folder a dependency points at, if it is one of ours.
    pub fn target<'a>(&'a self, dependency: &'a Dependency) -> Option<&'a str> {
        self.relative(dependency.path.as_deref()?)
    }

    fn relative<'a>(&self, path: &'a str) -> Option<&'a str> {
        path.strip_prefix(self.workspace_root.as_str())?.strip_prefix('/')
    }
}
