//! Codes are public: one condition has one code everywhere, and one code has one kind.

use kernel::{Kind, error::snake_case};
use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

type Refusals = &'static [(&'static str, &'static str, Kind)];

/// Whatever says no, and where it says it.
const WHO: [(&str, Refusals); 17] = [
    ("kernel", kernel::error::Common::ALL),
    ("aftersale", aftersale::Refusal::ALL),
    ("cart", cart::Refusal::ALL),
    ("catalog", catalog::Refusal::ALL),
    ("delivery", delivery::Refusal::ALL),
    ("identity", identity::Refusal::ALL),
    ("intake", intake::Refusal::ALL),
    ("ledger", ledger::Refusal::ALL),
    ("market", market::Refusal::ALL),
    ("merchant", merchant::Refusal::ALL),
    ("order", order::Refusal::ALL),
    ("payment", payment::Refusal::ALL),
    ("payout", payout::Refusal::ALL),
    ("pricing", pricing::Refusal::ALL),
    ("quotation", quotation::Refusal::ALL),
    ("sandbox", sandbox::Refusal::ALL),
    ("stock", stock::Refusal::ALL),
];

/// Names that say inside more than their code may say outside.
const EXCEPTIONS: [(&str, &str); 4] = [
    ("NotYours", "not_found"),
    ("TooManyThings", "too_many"),
    ("KeyReused", "idempotency_key_reused"),
    ("AmountOverflow", "too_large"),
];

pub(crate) fn refusals() -> impl Iterator<Item = (&'static str, &'static str, &'static str, Kind)> {
    let of_one =
        |(who, all): (&'static str, Refusals)| all.iter().map(move |(name, code, kind)| (who, *name, *code, *kind));
    WHO.into_iter().flat_map(of_one)
}

#[test]
fn a_code_is_the_snake_case_of_its_name() {
    let wrong = |(_, name, code, _): &(&str, &str, &str, Kind)| {
        snake_case(name) != *code && !EXCEPTIONS.contains(&(name, code))
    };
    assert_eq!(refusals().filter(wrong).collect::<Vec<_>>(), []);
}

#[test]
fn a_code_has_one_kind_everywhere() {
    let mut kinds: BTreeMap<&str, (Kind, &str)> = BTreeMap::new();
    for (who, _, code, kind) in refusals() {
        // Another's thing reads outside exactly like one that there is not.
        let outside = if kind == Kind::Hidden { Kind::Missing } else { kind };
        let (first, place) = *kinds.entry(code).or_insert((outside, who));
        assert_eq!(first, outside, "{code} of {who} is another kind than in {place}");
    }
}

#[test]
fn every_exception_is_still_one() {
    for exception in EXCEPTIONS {
        assert!(refusals().any(|(_, name, code, _)| (name, code) == exception), "{exception:?}");
    }
}

/// Codes that are said outside without being an enum's: a breakage, and what a proxy may say in our name.
const BESIDE: [&str; 2] = ["broken", "too_many_requests"];

#[test]
fn every_code_is_told_in_every_language_and_no_other_is() {
    let of_faces = codes_of_faces();
    let codes = refusals().map(|(_, _, code, _)| code).chain(BESIDE).chain(of_faces.iter().map(String::as_str));
    let expected: BTreeSet<_> = codes.map(|code| format!("refusal-{}", code.replace('_', "-"))).collect();
    for language in ["zh", "en"] {
        let path = root().join(format!("faces/door/words/{language}/refusals.ftl"));
        let text = std::fs::read_to_string(&path).expect("there are messages for refusals");
        let messages: Vec<_> = text.lines().filter_map(message).collect();
        let once: BTreeSet<_> = messages.iter().map(|id| (*id).to_owned()).collect();
        assert_eq!(once.difference(&expected).collect::<Vec<_>>(), [""; 0], "{language} tells of no code");
        assert_eq!(expected.difference(&once).collect::<Vec<_>>(), [""; 0], "{language} does not tell of these");
        assert_eq!(messages.len(), once.len(), "{language} tells one of them twice");
    }
}

/// The codes that faces declare, read from their sources: `Csrf => Forbidden "csrf",`.
fn codes_of_faces() -> Vec<String> {
    let code = |line: &str| {
        let (_, declared) = line.split_once(" => ")?;
        Some(declared.strip_suffix("\",")?.split_once(" \"")?.1.to_owned())
    };
    let sources = entries(&root().join("faces")).into_iter().map(|face| face.join("src"));
    let texts = sources.flat_map(|sources| refusing(&sources));
    let codes: Vec<_> = texts.flat_map(|text| text.lines().filter_map(code).collect::<Vec<_>>()).collect();
    assert!(codes.iter().any(|code| code == "csrf"), "the door's refusals are found");
    codes
}

/// The id of the message that begins on this line, if one does.
fn message(line: &str) -> Option<&str> {
    let (id, _) = line.split_once('=')?;
    let is_id = id.starts_with(|first: char| first.is_ascii_alphabetic());
    is_id.then(|| id.trim_end())
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate lies in the tree")
}

#[test]
fn whoever_refuses_is_held_against_these_rules() {
    let known: BTreeSet<_> = WHO.iter().map(|(who, _)| (*who).to_owned()).collect();
    let crates = rooms(&root().join("modules")).into_iter().chain([root().join("kernel"), root().join("flows")]);
    let refusing = crates.filter(|folder| declares_refusals(&folder.join("src")));
    let refusing: BTreeSet<_> = refusing.filter_map(|folder| Some(folder.file_name()?.to_str()?.to_owned())).collect();
    assert_eq!(refusing, known);
}

fn rooms(modules: &Path) -> Vec<PathBuf> {
    entries(modules).iter().flat_map(|layer| entries(layer)).collect()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("the tree can be read");
    entries.map(|entry| entry.expect("the tree can be read").path()).collect()
}

fn declares_refusals(sources: &Path) -> bool {
    !refusing(sources).is_empty()
}

/// The sources of a crate that declare refusals.
fn refusing(sources: &Path) -> Vec<String> {
    let files = entries(sources).into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs"));
    let texts = files.map(|file| std::fs::read_to_string(file).expect("sources are text"));
    let begins = |line: &str| line.starts_with("refusals! {") || line.starts_with("kernel::refusals! {");
    texts.filter(|text| text.lines().any(begins)).collect()
}
