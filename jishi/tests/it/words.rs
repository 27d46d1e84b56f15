//! Every message that code and templates name is there, in every language.

use door::words;
use kernel::Locale;
use std::{fs, path::Path};

/// How a message is asked for by its id, up to the id's first character.
const ASKING: [&str; 7] =
    [".say(\"", ".tell(\"", ".tell2(\"", ".n(\"", "say(locale, \"", "tell(locale, \"", "plain(locale, \""];

#[test]
fn every_message_that_is_named_is_in_the_catalogue() {
    let faces = Path::new(env!("CARGO_MANIFEST_DIR")).join("../faces");
    let mut named = Vec::new();
    visit(&faces, &mut |path, text| {
        for asking in ASKING {
            for (at, _) in text.match_indices(asking) {
                let id = text[at + asking.len()..].split('"').next().unwrap();
                named.push((path.to_owned(), id.to_owned()));
            }
        }
    });
    assert!(named.len() > 500, "only {} messages found: does the test still look where they are?", named.len());
    let missing = |(path, id): &(String, String)| {
        let there = [Locale::Zh, Locale::En].iter().all(|locale| words::has(*locale, id));
        (!there).then(|| format!("{path}: {id}"))
    };
    assert_eq!(named.iter().filter_map(missing).collect::<Vec<_>>(), Vec::<String>::new());
}

/// Sources and templates of the faces, tests left out.
fn visit(folder: &Path, each: &mut impl FnMut(&str, &str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            if name != "tests" {
                visit(&path, each);
            }
        } else if (name.ends_with(".rs") || name.ends_with(".html")) && name != "tests.rs" && name != "words.rs" {
            each(&path.display().to_string(), &fs::read_to_string(&path).unwrap());
        }
    }
}
