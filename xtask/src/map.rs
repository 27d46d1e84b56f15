//! `cargo xtask map`: docs/map.md, the house as it stands: crates, arrows, tables.

use crate::{
    migration::{Migration, What},
    place,
    rust_file::RustFile,
    tree::{Metadata, Package, Tree},
};
use anyhow::{Context, Result};
use std::{collections::BTreeMap, fmt::Write, fs, path::Path};

/// Writes docs/map.md.
///
/// # Errors
/// Cargo or the disk does not answer.
pub fn run(root: &Path) -> Result<()> {
    let text = draw(&Tree::read(root)?, &Metadata::ask(root)?)?;
    fs::create_dir_all(root.join("docs"))?;
    fs::write(root.join("docs/map.md"), text).context("docs/map.md cannot be written")
}

fn draw(tree: &Tree, metadata: &Metadata) -> Result<String> {
    let mut map = "# Map\nWritten by `cargo xtask map` from the tree; not edited by hand.\n\n## Crates\n".to_owned();
    map += "Each may know what stands in its last column, and nothing else of ours.\n\n";
    map += "| folder | kind | what it is | knows |\n|---|---|---|---|\n";
    let mut ours: Vec<_> =
        metadata.packages.iter().filter_map(|package| Some((metadata.folder(package)?, package))).collect();
    ours.sort_unstable_by_key(|(folder, _)| *folder);
    for (folder, package) in ours {
        let kind = place::kind(folder).map(|kind| kind.to_string()).unwrap_or_default();
        let (words, knows) = (first_sentence(tree, folder), knows(metadata, package));
        writeln!(map, "| {folder} | {kind} | {words} | {knows} |")?;
    }
    map += "\n## Tables\n";
    for (owner, tables) in tables(&tree.migrations) {
        writeln!(map, "\n**{owner}**\n\n| table | columns | rows |\n|---|---|---|")?;
        for (name, (columns, is_reference)) in tables {
            let rows = if is_reference { "reference, whole on every node" } else { "by home" };
            writeln!(map, "| {name} | {columns} | {rows} |")?;
        }
    }
    Ok(map)
}

fn first_sentence(tree: &Tree, folder: &str) -> String {
    let is_entry = |path: &str| matches!(path.strip_prefix(folder), Some("/src/lib.rs" | "/src/main.rs"));
    tree.rust.iter().find(|file| is_entry(&file.path)).map(RustFile::first_sentence).unwrap_or_default()
}

fn knows(metadata: &Metadata, package: &Package) -> String {
    let ours = package.dependencies.iter().filter(|dependency| metadata.target(dependency).is_some());
    let mut names: Vec<String> = ours
        .map(|dependency| match &dependency.kind {
            Some(kind) => format!("{} ({kind})", dependency.name),
            None => dependency.name.clone(),
        })
        .collect();
    names.sort_unstable();
    names.join(", ")
}

/// By owner and name: how many columns after all steps, and whether it is a reference table.
fn tables(migrations: &[Migration]) -> BTreeMap<&str, BTreeMap<&str, (usize, bool)>> {
    let mut owners: BTreeMap<&str, BTreeMap<&str, (usize, bool)>> = BTreeMap::new();
    for migration in migrations {
        let tables = owners.entry(&migration.owner).or_default();
        for statement in &migration.statements {
            match &statement.what {
                What::Table(table) => {
                    tables.insert(&table.name, (table.columns.len(), table.is_reference));
                }
                What::AddColumn { table, .. } => {
                    if let Some((columns, _)) = tables.get_mut(table.as_str()) {
                        *columns += 1;
                    }
                }
                What::Index { .. } | What::Other => {}
            }
        }
    }
    owners
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_counted_over_all_steps() {
        let text = "create table stock_level (\n  home bigint, -- internal\n  n bigint -- internal\n);\n";
        let more = "alter table stock_level add column m bigint; -- internal: null until known\n";
        let path = "modules/operation/stock/migrations/0001_open.sql";
        let migrations = [Migration::new(path, text), Migration::new(path, more)];
        assert_eq!(tables(&migrations)["stock"]["stock_level"], (3, false));
    }

    #[test]
    fn this_workspace_can_be_drawn() -> Result<()> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask stands in the workspace")?;
        let map = draw(&Tree::read(root)?, &Metadata::ask(root)?)?;
        assert!(map.contains("\n| kernel | kernel | "), "{map}");
        Ok(())
    }
}
