//! `cargo xtask new-module <layer> <room>`: a room that compiles, passes its test and tidy, to be rewritten into
//! what the trade needs.

use crate::place::LAYERS;
use anyhow::{Context, Result, ensure};
use std::{fs, path::Path};

/// Path in the room and text. `ROOM` stands for the crate's name, `TABLE` for the word its tables begin with.
const SKELETON: [(&str, &str); 7] = [
    ("Cargo.toml", include_str!("../skeleton/Cargo.toml.in")),
    ("migrations/0001_open.sql", include_str!("../skeleton/open.sql.in")),
    ("src/lib.rs", include_str!("../skeleton/lib.rs.in")),
    ("src/enter.rs", include_str!("../skeleton/enter.rs.in")),
    ("src/find.rs", include_str!("../skeleton/find.rs.in")),
    ("src/refusal.rs", include_str!("../skeleton/refusal.rs.in")),
    ("src/tests.rs", include_str!("../skeleton/tests.rs.in")),
];

/// Writes the room and names it in the workspace's manifest.
///
/// # Errors
/// A layer that is none, a name that is no room's, a room that is there already, a manifest of another shape.
pub fn run(root: &Path, layer: &str, room: &str) -> Result<()> {
    ensure!(LAYERS.contains(&layer), "the layers are {}", LAYERS.join(", "));
    let is_word = room.starts_with(|sign: char| sign.is_ascii_lowercase())
        && room.chars().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '-');
    ensure!(is_word, "a room is named by a word of the trade in small letters: {room:?} is none");
    let manifest = root.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).context("no Cargo.toml at the root")?;
    let path = format!("modules/{layer}/{room}");
    let text = named(&text, room, &path)?;
    let folder = root.join(&path);
    ensure!(!folder.exists(), "{path} is there already");
    write_room(&folder, room)?;
    fs::write(manifest, text).context("Cargo.toml cannot be written")?;
    println!("{path} written; its table, verb and refusal are an example: put the room's own in their place");
    Ok(())
}

fn write_room(folder: &Path, room: &str) -> Result<()> {
    for (name, text) in SKELETON {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().context("every file of a room has a folder")?)?;
        let text = text.replace("ROOM", room).replace("TABLE", &room.replace('-', "_"));
        fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display()))?;
    }
    Ok(())
}

/// The workspace's manifest with the room among its members and dependencies.
fn named(manifest: &str, room: &str, path: &str) -> Result<String> {
    let is_taken = manifest.lines().any(|line| line.split(['=', '.']).next().map(str::trim) == Some(room));
    ensure!(!is_taken, "the workspace knows a crate {room} already");
    let (before, rest) = manifest.split_once("members = [").context("Cargo.toml has no `members = [`")?;
    let (members, after) = rest.split_once(']').context("Cargo.toml's members have no end")?;
    let members = if members.contains("\"modules/*/*\"") {
        members.to_owned()
    } else if members.contains('\n') {
        format!("{},\n    \"{path}\",\n", members.trim_end().trim_end_matches(','))
    } else if members.trim().is_empty() {
        format!("\"{path}\"")
    } else {
        format!("{}, \"{path}\"", members.trim_end().trim_end_matches(','))
    };
    let heading = "[workspace.dependencies]\n";
    let (between, dependencies) = after.split_once(heading).context("Cargo.toml has no [workspace.dependencies]")?;
    let line = format!("{room} = {{ path = \"{path}\" }}\n");
    Ok(format!("{before}members = [{members}]{between}{heading}{}", after_the_rooms(dependencies, &line)))
}

/// Puts the line behind the last room's, or first where there is no room yet.
fn after_the_rooms(dependencies: &str, line: &str) -> String {
    let mut at = 0;
    let mut end = 0;
    for found in dependencies.split_inclusive('\n') {
        end += found.len();
        if found.contains("path = \"modules/") {
            at = end;
        }
    }
    let (before, after) = dependencies.split_at(at);
    format!("{before}{line}{after}")
}

#[cfg(test)]
mod tests;
