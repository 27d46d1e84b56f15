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

fn refusals() -> impl Iterator<Item = (&'static str, &'static str, &'static str, Kind)> {
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

#[test]
fn whoever_refuses_is_held_against_these_rules() {
    let known: BTreeSet<_> = WHO.iter().map(|(who, _)| (*who).to_owned()).collect();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the crate lies in the tree");
    let crates = rooms(&root.join("modules")).into_iter().chain([root.join("kernel"), root.join("flows")]);
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
    let files = entries(sources).into_iter().filter(|path| path.extension().is_some_and(|end| end == "rs"));
    let mut texts = files.map(|file| std::fs::read_to_string(file).expect("sources are text"));
    texts
        .any(|text| text.lines().any(|line| line.starts_with("refusals! {") || line.starts_with("kernel::refusals! {")))
}
