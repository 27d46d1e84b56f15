//! What the program says at a terminal: its exit codes, its words, and the settings.

use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::Arc,
};

/// Runs the program to its end.
fn runs(db: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jishi"));
    command.args(words).args(["--db", &format!("sqlite:{}", db.display())]).env_remove("JISHI_DB");
    command.output().expect("the program starts")
}

/// Its exit code and what it said on either stream.
fn said(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("it speaks in UTF-8").trim_end().to_owned();
    (output.status.code().expect("it ends by itself"), text(&output.stdout), text(&output.stderr))
}

fn json_of(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|no| panic!("{no}: {output:?}"))
}

/// A database that holds an empty market.
fn empty_market(folder: &Path) -> PathBuf {
    let path = folder.join("market.sqlite");
    drop(open(&path));
    path
}

fn open(path: &Path) -> jishi::open::Opened {
    let clock = Arc::new(kernel::SystemClock);
    jishi::open::open(&format!("sqlite:{}", path.display()), clock).expect("a market can be opened")
}

/// Which acts stand in a market's audit log.
fn acts(path: &Path) -> Vec<String> {
    let market = open(path).market;
    let asked = market.store.read(|read| {
        let mut acts = Vec::new();
        read.ask("select act from store_audit order by id", |row| {
            acts.push(row.get(0)?);
            Ok(())
        })?;
        Ok(acts)
    });
    asked.wait().expect("the log can be read")
}

#[test]
fn whoever_looks_at_a_path_where_nothing_is_is_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mistyped.sqlite");
    for words in [
        &["check"][..],
        &["show", "ord_0000000000000"],
        &["export", "audit"],
        &["settings", "list"],
        &["settings", "set", "confirm_days", "12"],
    ] {
        let (code, out, told) = said(&runs(&path, words));
        assert_eq!((code, out.as_str()), (2, ""), "{words:?}");
        assert!(told.starts_with("jishi: there is no database at ") && told.contains("mistyped.sqlite"), "{told}");
        assert!(!path.exists(), "{words:?} made one");
    }
}

#[test]
fn settings_are_listed_changed_and_given_back() {
    let folder = tempfile::tempdir().unwrap();
    let market = empty_market(folder.path());
    let settings = |words: &[&str]| runs(&market, &[&["settings"], words].concat());
    let all = json_of(&settings(&["list", "--json"]));
    let keys: Vec<_> = all.as_array().unwrap().iter().map(|one| one["key"].as_str().unwrap()).collect();
    assert_eq!(keys, market::Settings::KEYS);
    assert_eq!(said(&settings(&["get", "confirm_days"])), (0, "10".to_owned(), String::new()));
    assert_eq!(said(&settings(&["set", "confirm_days", "12"])), (0, "12".to_owned(), String::new()));
    let expected = json!({ "key": "confirm_days", "value": "12", "default": "10" });
    assert_eq!(json_of(&settings(&["get", "confirm_days", "--json"])), expected);
    let (code, listed, _) = said(&settings(&["list"]));
    let line = listed.lines().find(|line| line.starts_with("confirm_days ")).unwrap();
    assert_eq!((code, line.ends_with("12  (default 10)")), (0, true), "{line}");
    assert_eq!(json_of(&settings(&["reset", "confirm_days", "--json"]))["value"], "10");
    assert_eq!(acts(&market), ["setting.change", "setting.reset"]);
    let (code, checked, _) = said(&runs(&market, &["check"]));
    assert_eq!((code, checked.ends_with("The books are clean.")), (0, true), "{checked}");
}

#[test]
fn a_setting_that_there_is_not_or_a_value_that_does_not_fit_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let market = empty_market(folder.path());
    let settings = |words: &[&str]| said(&runs(&market, &[&["settings"], words].concat()));
    let before = settings(&["list"]);
    for (words, told) in [
        (&["get", "confirm_day"][..], "unknown_setting"),
        (&["set", "confirm_day", "12"], "unknown_setting"),
        (&["reset", "confirm_day"], "unknown_setting"),
        (&["set", "confirm_days", "0"], "out_of_range at confirm_days"),
        (&["set", "confirm_days", "-1"], "out_of_range at confirm_days"),
        (&["set", "confirm_days", "soon"], "malformed at confirm_days"),
        (&["set", "name", ""], "required at name"),
    ] {
        let (code, out, said) = settings(words);
        assert_eq!((code, out.as_str()), (2, ""), "{words:?}: {said}");
        assert!(said.starts_with(&format!("jishi: {told}")), "{words:?}: {said}");
    }
    assert_eq!(settings(&["list"]), before);
}
