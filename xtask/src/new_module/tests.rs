use super::*;
use crate::tidy;
use std::process::Command;

#[test]
fn the_manifest_names_the_room_whatever_its_shape() {
    let one_line = "[workspace]\nmembers = [\"kernel\"]\n\n[workspace.dependencies]\nanyhow = \"1\"\n";
    let expected = "[workspace]\nmembers = [\"kernel\", \"modules/operation/tea\"]\n\n[workspace.dependencies]\n\
                    tea = { path = \"modules/operation/tea\" }\nanyhow = \"1\"\n";
    assert_eq!(named(one_line, "tea", "modules/operation/tea").unwrap(), expected);

    let many_lines = "members = [\n    \"kernel\",\n    \"modules/a/b\",\n]\n[workspace.dependencies]\n\
                      b = { path = \"modules/a/b\" }\nanyhow = \"1\"\n";
    let expected = "members = [\n    \"kernel\",\n    \"modules/a/b\",\n    \"modules/a/c\",\n]\n[workspace.dependencies]\n\
                    b = { path = \"modules/a/b\" }\nc = { path = \"modules/a/c\" }\nanyhow = \"1\"\n";
    assert_eq!(named(many_lines, "c", "modules/a/c").unwrap(), expected);
    assert!(named(many_lines, "anyhow", "modules/a/anyhow").is_err(), "a crate's name is taken once");
}

#[test]
fn a_room_needs_a_layer_and_a_word() {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), "cellar", "tea").is_err());
    assert!(run(folder.path(), "operation", "Tea").is_err());
    assert!(run(folder.path(), "operation", "../tea").is_err());
}

/// A workspace of new rooms alone, on the kernel and the store of this tree.
fn workspace(folder: &Path) {
    let root = root();
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let (head, rest) = manifest.split_once("members = [").expect("the root manifest lists members");
    let (_, rest) = rest.split_once(']').expect("the list has an end");
    let rest = rest.replace("default-members = [\"jishi\"]", "");
    let here = |name: &str| format!("{name} = {{ path = {:?} }}", root.join(name));
    let rest = rest.replace("kernel = { path = \"kernel\" }", &here("kernel"));
    let rest = rest.replace("store = { path = \"store\" }", &here("store"));
    fs::write(folder.join("Cargo.toml"), format!("{head}members = []{rest}")).unwrap();
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask stands in the workspace")
}

#[test]
fn a_new_room_compiles_passes_its_test_and_is_tidy() {
    let folder = tempfile::tempdir().unwrap();
    workspace(folder.path());
    run(folder.path(), "operation", "tea-house").unwrap();
    assert!(run(folder.path(), "operation", "tea-house").is_err(), "nothing is written over");

    // The kernel and the store lie outside of this workspace, which is law 11's business elsewhere.
    let ours = |text: &String| !text.contains("it comes from a folder outside the workspace");
    let findings = tidy::findings(folder.path()).unwrap();
    let findings: Vec<String> = findings.iter().map(ToString::to_string).filter(ours).collect();
    assert_eq!(findings, [""; 0]);

    // The target folder of the tests themselves: what the room needs is built there already.
    let target = std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), Into::into);
    let mut cargo = Command::new(env!("CARGO"));
    cargo
        .args(["test", "--offline", "--package", "tea-house"])
        .current_dir(folder.path())
        .env("CARGO_TARGET_DIR", target);
    let output = cargo.output().unwrap();
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && !words.contains("warning: `tea-house`"), "{words}");
}
