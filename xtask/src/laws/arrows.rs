//! Law 1: who may know whom.

use crate::{
    place::{self, Kind},
    tidy::Finding,
    tree::{Dependency, Metadata, Package},
};

/// Whom a crate may know. What is not named on its line stands beside or below it.
const ARROWS: [(Kind, &[Kind]); 12] = {
    use Kind::{Adapter, Face, Flows, Jishi, Kernel, PureRoom, Room, Rulekit, Store, Testkit, Views, Xtask};
    [
        (Kernel, &[]),
        (Rulekit, &[Kernel]),
        (Store, &[Kernel]),
        (PureRoom, &[Kernel]),
        (Room, &[Kernel, Store]),
        (Adapter, &[Kernel, Store, PureRoom, Room]),
        (Flows, &[Kernel, Rulekit, Store, PureRoom, Room]),
        (Views, &[Kernel, Store, PureRoom, Room]),
        (Face, &[Kernel, Store, PureRoom, Room, Flows, Views]),
        (Testkit, &[Kernel, Rulekit, Store, PureRoom, Room, Flows, Views, Adapter]),
        (Jishi, &[Kernel, Rulekit, Store, PureRoom, Room, Flows, Views, Adapter, Face]),
        (Xtask, &[]),
    ]
};

/// Registry crates that belong to one kind of place.
const GUARDED: [(&[&str], Kind, &str); 3] = [
    (
        &["rusqlite", "libsqlite3-sys", "postgres", "postgres-types", "tokio-postgres", "sqlx", "diesel"],
        Kind::Store,
        "the store is the only door to the database",
    ),
    (
        &["reqwest", "ureq", "isahc", "attohttpc", "curl", "hyper-util", "lettre"],
        Kind::Adapter,
        "the outside world is spoken to in adapters, never inside a write",
    ),
    (
        &["axum", "axum-extra", "hyper", "tower", "tower-http", "actix-web", "warp", "rocket", "poem"],
        Kind::Face,
        "only faces know the web",
    ),
];

/// Holds the manifests against both tables.
pub fn check(metadata: &Metadata) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in &metadata.packages {
        let Some(folder) = metadata.folder(package) else { continue };
        match place::kind(folder) {
            Some(kind) => {
                let wrong = package.dependencies.iter().filter_map(|dependency| judge(metadata, kind, dependency));
                findings.extend(wrong.map(|(what, why)| finding(folder, what, why)));
            }
            None => {
                findings.push(finding(folder, no_place(package), "whoever lists the folders sees the architecture"))
            }
        }
    }
    findings
}

fn judge(metadata: &Metadata, kind: Kind, dependency: &Dependency) -> Option<(String, &'static str)> {
    let name = &dependency.name;
    if let Some(folder) = metadata.target(dependency) {
        let other = place::kind(folder)?;
        return (!may_know(kind, other, dependency))
            .then(|| (format!("{kind} knows {name} ({other})"), "arrows go down only"));
    }
    let (_, owner, why) = GUARDED.iter().find(|(names, _, _)| names.contains(&name.as_str()))?;
    (*owner != kind).then(|| (format!("{kind} uses {name}"), *why))
}

fn may_know(kind: Kind, other: Kind, dependency: &Dependency) -> bool {
    let is_dev = dependency.kind.as_deref() == Some("dev");
    let allowed = ARROWS.iter().find(|(from, _)| *from == kind).map_or(&[][..], |(_, to)| to);
    allowed.contains(&other) || (kind == Kind::Jishi && other == Kind::Testkit && is_dev)
}

fn no_place(package: &Package) -> String {
    format!("crate {} has no place in the house", package.name)
}

fn finding(folder: &str, what: String, why: &'static str) -> Finding {
    Finding {
        path: format!("{folder}/Cargo.toml"),
        line: 1,
        law: 1,
        what,
        why,
        mend: "let a flow hand the value in, or write an ADR and add the arrow to xtask/src/laws/arrows.rs".to_owned(),
    }
}
