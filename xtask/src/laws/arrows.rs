//! Law 1: who may know whom.

use crate::{
    place::{self, Kind},
    tidy::Finding,
    tree::{Dependency, Metadata, Package},
};

/// Whom a crate may know. What is not named on its line stands beside or below it.
const ARROWS: [(Kind, &[Kind]); 13] = {
    use Kind::{Adapter, Face, Flows, Jishi, Kernel, PureFace, PureRoom, Room, Rulekit, Store, Testkit, Views, Xtask};
    [
        (Kernel, &[]),
        (Rulekit, &[Kernel]),
        (Store, &[Kernel]),
        (PureRoom, &[Kernel]),
        (Room, &[Kernel, Store]),
        (Adapter, &[Kernel, Store, PureRoom, Room]),
        (Flows, &[Kernel, Rulekit, Store, PureRoom, Room]),
        (Views, &[Kernel, Store, PureRoom, Room]),
        (PureFace, &[Kernel]),
        (Face, &[Kernel, Store, PureRoom, Room, Flows, Views]),
        (Testkit, &[Kernel, Rulekit, Store, PureRoom, Room, Flows, Views, Adapter]),
        (Jishi, &[Kernel, Rulekit, Store, PureRoom, Room, Flows, Views, Adapter, PureFace, Face]),
        (Xtask, &[]),
    ]
};

/// Arrows between single crates that [`ARROWS`] does not let pass by their kinds: from, to.
const SINGLE: [(&str, &[&str]); 6] = [
    ("faces/web", &["faces/door", "faces/pictures"]),
    ("faces/web-buyer", &["faces/web", "faces/door", "faces/pictures"]),
    ("faces/web-seller", &["faces/web", "faces/door", "faces/pictures"]),
    ("faces/web-ops", &["faces/web", "faces/door", "faces/pictures"]),
    ("faces/api", &["faces/door", "faces/pictures"]),
    ("faces/sandbox", &["faces/door", "adapters/sandbox"]),
];

/// Where a guarded crate of the registry may be used.
#[derive(Clone, Copy)]
enum Use {
    /// In crates of this kind, by their tests too.
    In(Kind),
    /// In this crate alone.
    Alone(&'static str),
    /// By the tests of crates of this kind.
    TestsOf(Kind),
    /// By everybody's tests.
    Tests,
}

struct Guard {
    names: &'static [&'static str],
    uses: &'static [Use],
    why: &'static str,
}

/// Crates of the registry that belong to one kind of place.
const GUARDED: [Guard; 7] = [
    Guard {
        names: &["rusqlite", "libsqlite3-sys", "postgres", "postgres-types", "tokio-postgres", "sqlx", "diesel"],
        uses: &[Use::In(Kind::Store)],
        why: "the store is the only door to the database",
    },
    Guard {
        names: &["reqwest", "ureq", "isahc", "attohttpc", "curl", "hyper-util", "lettre"],
        uses: &[Use::In(Kind::Adapter), Use::TestsOf(Kind::Jishi)],
        why: "the outside world is spoken to in adapters, never inside a write; a served market only by tests",
    },
    Guard {
        names: &["axum", "axum-extra", "hyper", "tower", "tower-http", "actix-web", "warp", "rocket", "poem"],
        uses: &[Use::In(Kind::Face), Use::In(Kind::Jishi)],
        why: "only faces know the web, and the binary mounts the faces on one address",
    },
    Guard {
        names: &["askama", "askama_web", "tera", "minijinja", "maud", "handlebars"],
        uses: &[Use::In(Kind::Face)],
        why: "only faces write pages",
    },
    Guard {
        names: &["fluent", "fluent-bundle", "fluent-syntax", "fluent-templates"],
        uses: &[Use::Alone("faces/door")],
        why: "there is one catalogue of messages, and the door reads it",
    },
    Guard {
        names: &["tokio", "async-std", "smol"],
        uses: &[Use::In(Kind::Face), Use::In(Kind::Adapter), Use::In(Kind::Jishi), Use::Tests],
        why: "only what waits for the outside is asynchronous; what decides runs straight through",
    },
    Guard {
        names: &["fantoccini", "thirtyfour"],
        uses: &[Use::TestsOf(Kind::Jishi)],
        why: "a browser is driven by tests, and they stand in one place",
    },
];

/// Holds the manifests against the tables.
pub fn check(metadata: &Metadata) -> Vec<Finding> {
    let mut findings = Vec::new();
    for package in &metadata.packages {
        let Some(folder) = metadata.folder(package) else { continue };
        match place::kind(folder) {
            Some(kind) => {
                let from = Crate { folder, kind };
                let wrong = package.dependencies.iter().filter_map(|dependency| judge(metadata, from, dependency));
                findings.extend(wrong.map(|(what, why)| finding(folder, what, why)));
            }
            None => {
                findings.push(finding(folder, no_place(package), "whoever lists the folders sees the architecture"))
            }
        }
    }
    findings
}

/// Who knows somebody.
#[derive(Clone, Copy)]
struct Crate<'a> {
    folder: &'a str,
    kind: Kind,
}

fn judge(metadata: &Metadata, from: Crate, dependency: &Dependency) -> Option<(String, &'static str)> {
    let (name, kind) = (&dependency.name, from.kind);
    if let Some(folder) = metadata.target(dependency) {
        let other = place::kind(folder)?;
        return (!may_know(from, folder, other, dependency))
            .then(|| (format!("{kind} knows {name} ({other})"), why_not(kind, other)));
    }
    let guard = GUARDED.iter().find(|guard| guard.names.contains(&name.as_str()))?;
    (!guard.uses.iter().any(|allowed| allowed.covers(from, dependency)))
        .then(|| (format!("{kind} uses {name}"), guard.why))
}

fn may_know(from: Crate, folder: &str, other: Kind, dependency: &Dependency) -> bool {
    let allowed = ARROWS.iter().find(|(kind, _)| *kind == from.kind).map_or(&[][..], |(_, to)| to);
    let single = SINGLE.iter().find(|(one, _)| *one == from.folder).map_or(&[][..], |(_, to)| to);
    let by_tests = from.kind == Kind::Jishi && other == Kind::Testkit && is_dev(dependency);
    allowed.contains(&other) || single.contains(&folder) || by_tests
}

fn why_not(kind: Kind, other: Kind) -> &'static str {
    match (kind, other) {
        (Kind::PureFace, _) => "what only draws is a function of what it is given",
        (Kind::Face, Kind::Face | Kind::PureFace) => {
            "faces do not know each other: what all share stands in door, what pages share in web"
        }
        (Kind::Face, Kind::Adapter) => "a face calls flows, which ask the outside; only the sandbox shows its own",
        _ => "arrows go down only",
    }
}

impl Use {
    fn covers(self, from: Crate, dependency: &Dependency) -> bool {
        match self {
            Use::In(kind) => kind == from.kind,
            Use::Alone(folder) => folder == from.folder,
            Use::TestsOf(kind) => kind == from.kind && is_dev(dependency),
            Use::Tests => is_dev(dependency),
        }
    }
}

fn is_dev(dependency: &Dependency) -> bool {
    dependency.kind.as_deref() == Some("dev")
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
