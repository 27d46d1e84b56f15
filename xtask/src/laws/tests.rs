//! Each law on made-up snippets: what it finds and what it lets pass.

use super::*;

const SHELF: (&str, &str) = (
    "modules/operation/stock/migrations/0001_open.sql",
    "create table stock_level (\n    home bigint not null, -- internal\n    sku bigint not null, -- internal: what\n    \
     primary key (home, sku)\n);\ncreate table stock_unit ( -- reference\n    word text not null, -- public\n    \
     primary key (word)\n);\n",
);

fn tree(files: &[(&str, &str)]) -> Tree {
    let mut tree = Tree::default();
    files.iter().for_each(|(path, text)| tree.add(path, text));
    tree
}

/// The findings of all text laws as `line law what`.
fn found(files: &[(&str, &str)]) -> Vec<String> {
    let findings = of_text(&tree(files));
    findings.into_iter().map(|finding| format!("{} {} {}", finding.line, finding.law, finding.what)).collect()
}

/// The same for one file beside the shelf's tables.
fn found_in(path: &str, text: &str) -> Vec<String> {
    found(&[SHELF, (path, text)])
}

#[track_caller]
fn holds(path: &str, text: &str) {
    assert_eq!(found_in(path, text), [""; 0], "{path}: {text}");
}

#[track_caller]
fn breaks(path: &str, text: &str, expected: &str) {
    assert_eq!(found_in(path, text), [expected], "{path}: {text}");
}

const ROOM: &str = "modules/operation/stock/src/find.rs";
const CART: &str = "modules/operation/cart/src/find.rs";

#[test]
fn law_2_a_room_names_its_own_tables_only() {
    holds(ROOM, "fn a() { sql!(\"select sku from stock_level where home = $1\"); }");
    holds("views/src/shelf.rs", "fn a() { sql!(\"select sku from stock_level where home = $1\"); }");
    let stranger = "fn a() {\n    sql!(\"select sku from stock_level where home = $1\");\n}";
    breaks(CART, stranger, "2 2 this statement names stock_level, which is another's");
    breaks("store/src/outbox.rs", stranger, "2 2 this statement names stock_level, which is another's");
    breaks(
        ROOM,
        "fn a() { sql!(\"delete from stock_lever where home = $1\"); }",
        "1 2 no migration makes a table stock_lever",
    );
    breaks(
        ROOM,
        "fn a() { into!(\"cart_line\", \"home\" => \"$1\"); }",
        "1 2 this statement names cart_line, which is another's",
    );
    let stand_in =
        "const A: &str = \"create table if not exists jar_lid (…)\"; fn a() { sql!(\"select 1 from jar_lid\"); }";
    holds("store/src/tests.rs", stand_in);
    breaks("store/src/outbox.rs", stand_in, "1 2 this statement names jar_lid, which is another's");
    let table = "create table shelf_level ( -- reference\n    a text not null primary key -- public\n);";
    let path = "modules/operation/cart/migrations/0001_open.sql";
    breaks(path, table, "1 2 table shelf_level is not named after its owner");
}

#[test]
fn law_3_a_migration_says_what_the_database_does_not_ask_for() {
    let path = "modules/operation/cart/migrations/0001_open.sql";
    let table = |items: &str| format!("create table cart_line (\n{items}\n);");
    let home = "home bigint not null, -- internal\n";
    let cases = [
        ("n bigint not null, -- internal\nprimary key (n)", "1 3 cart_line grows and has no `home bigint not null`"),
        ("n bigint not null -- internal", "1 3 cart_line has no primary key"),
        ("home bigint, -- internal: null\nprimary key (home)", "1 3 cart_line grows and has no `home bigint not null`"),
        ("n smallint not null, -- internal\nprimary key (home)", "3 3 column n has a type of its own"),
        ("n bigint not null, -- of the line\nprimary key (home)", "3 3 column n has no data class"),
        ("n bigint not null,\nprimary key (home)", "3 3 column n has no data class"),
        ("n bigint, -- internal\nprimary key (home)", "3 3 column n may be null and does not say what null means"),
        ("n bigint not null unique, -- internal\nprimary key (home)", "3 3 a key of cart_line is without home"),
        (
            "a text not null, b text not null, -- public\nprimary key (home)",
            "3 3 cart_line has two columns on one line",
        ),
        ("n bigint not null references cart (n), -- internal\nprimary key (home)", "1 3 `references` in a migration"),
    ];
    for (items, expected) in cases {
        let is_about_home = expected.contains("grows");
        let text = table(&format!("{}{items}", if is_about_home { "" } else { home }));
        assert!(found(&[(path, &text)]).contains(&expected.to_owned()), "{text}\n{:?}", found(&[(path, &text)]));
    }
    holds(path, &table(&format!("{home}n bigint, -- internal: null until counted\nprimary key (home, n)")));
}

#[test]
fn law_3_an_index_serves_a_query_and_a_unique_one_has_a_home() {
    let path = "modules/operation/stock/migrations/0002_more.sql";
    holds(path, "create index stock_level_sku on stock_level (home, sku); -- serves find::level");
    holds(path, "create unique index stock_unit_word on stock_unit (word); -- serves find::unit");
    let silent = "1 3 this index does not say which query it serves";
    breaks(path, "create index stock_level_sku on stock_level (home, sku);", silent);
    let unique = "create unique index stock_level_sku on stock_level (sku); -- serves find";
    breaks(path, unique, "1 3 a unique index is without home");
    breaks(path, "create sequence stock_number;", "1 3 `sequence` in a migration");
    let column = "alter table stock_level add column age bigint not null;";
    breaks(path, column, "1 3 column age has no data class");
}

#[test]
fn law_4_a_statement_stays_in_one_home() {
    let of = |macro_name: &str, text: &str| format!("fn a() {{ {macro_name}!({text:?}); }}");
    holds(ROOM, &of("sql", "update stock_level set sku = $3 where home = $1 and sku = $2"));
    holds(ROOM, &of("sql", "select word from stock_unit"));
    holds(ROOM, &of("sql", "insert into stock_level (home, sku) values ($1, $2) on conflict do nothing"));
    holds("views/src/shelf.rs", &of("across", "select count(*) from stock_level"));
    holds("flows/src/worker.rs", &of("across", "select sku from stock_level limit 9"));
    holds(ROOM, &format!("#[cfg(test)]\nmod tests {{ {} }}", of("sql", "select sku from stock_level")));
    let silent = "1 4 stock_level read or changed without a home each";
    breaks(ROOM, &of("sql", "select sku from stock_level where sku = $1"), silent);
    let joined = "select 1 from stock_level a join stock_level b on b.sku = a.sku where a.home = $1";
    breaks(ROOM, &of("sql", joined), "1 4 stock_level, stock_level read or changed without a home each");
    let homeless = "insert into stock_level (sku) values ($1)";
    breaks(ROOM, &of("sql", homeless), "1 4 a row goes into stock_level without its home");
    let single = "fn a() { into!(\"stock_level\", \"sku\" => \"$1\"); }";
    breaks(ROOM, single, "1 4 a row goes into stock_level without its home");
    let moved = "update stock_level set home = $2 where home = $1";
    breaks(ROOM, &of("sql", moved), "1 4 a row's home is changed");
    let across = "1 4 `across!` where something may be decided on it";
    breaks(ROOM, &of("across", "select sku from stock_level"), across);
    breaks("flows/src/pay.rs", &of("across", "select sku from stock_level"), across);
}

#[test]
fn law_5_long_files_and_functions_are_found_but_not_in_tests() {
    let long = format!("fn long() {{\n{}}}\n", "    a();\n".repeat(59));
    breaks(ROOM, &long, "1 5 function long of 61 lines, at most 60");
    holds(ROOM, &long.replacen("    a();\n", "", 1));
    holds("modules/operation/stock/src/tests.rs", &long);
    holds(ROOM, &format!("#[cfg(test)]\nmod tests {{\n{long}}}\n"));
    breaks(ROOM, &"const A: u8 = 1;\n".repeat(501), "1 5 file of 501 lines, at most 500");
    let lib = "modules/operation/stock/src/lib.rs";
    breaks(lib, &"const A: u8 = 1;\n".repeat(151), "1 5 file of 151 lines, at most 150");
}

#[test]
fn law_6_words_that_may_not_stand() {
    breaks(ROOM, "fn a() { b().unwrap(); }", "1 6 unwrap()");
    breaks(ROOM, "fn a() { todo!() }", "1 6 todo!");
    breaks(ROOM, concat!("// TO", "DO: more\n"), concat!("1 6 a TO", "DO"));
    breaks(ROOM, "struct PriceManager;", "1 6 type PriceManager is called a Manager");
    breaks(ROOM, "#[cfg(test)]\nmod tests {\n    #[test]\n    #[ignore]\n    fn a() {}\n}", "4 6 an ignored test");
    breaks(ROOM, "fn a() { (", "1 6 this file does not read as Rust");
    breaks("modules/operation/stock/src/utils/a.rs", "", "1 6 a place named utils");
    holds(ROOM, "/// `a.unwrap()`\nfn a() { b().unwrap_or(1); let utils = \"unwrap()\"; }");
    holds("jishi/tests/it/main.rs", "fn a() { b().unwrap(); }");
}

#[test]
fn law_7_the_kernel_stays_small() {
    let text = "const A: u8 = 1;\n".repeat(400);
    let files: Vec<_> = ["a", "b", "c", "d"].map(|name| (format!("kernel/src/{name}.rs"), &text)).into();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert_eq!(found(&files), ["1 7 the kernel has 1600 lines of at most 1500"]);
    assert_eq!(found(&files[..3]), [""; 0]);
}

#[test]
fn law_8_every_act_has_its_story() {
    let act = ("flows/src/pay.rs", "fn pay() {\n    store.write(Act::new(\"pay\", cx), run);\n}");
    let story = ("jishi/tests/it/fail_at_n.rs", "const STORIES: [&str; 1] = [\"pay\"];");
    assert_eq!(found(&[act, story]), [""; 0]);
    assert_eq!(found(&[act]), ["2 8 act \"pay\" has no fail-at-n story"]);
    let nameless = ("flows/src/pay.rs", "fn pay(name: &'static str) { Act::new(name, cx); }");
    assert_eq!(found(&[nameless, story]), ["1 8 an act without a literal name"]);
}

#[test]
fn law_9_time_and_chance_are_given() {
    let asks = "fn a() { let at = std::time::SystemTime::now(); }";
    breaks(ROOM, asks, "1 9 SystemTime::now asks the machine");
    breaks(ROOM, "#[test]\nfn a() { thread::sleep(b); }", "2 9 thread::sleep asks the machine");
    breaks("jishi/tests/it/a.rs", "fn a() { thread::sleep(b); Instant::now(); }", "1 9 thread::sleep asks the machine");
    let measures = "fn a() { let began = Instant::now(); }";
    holds("faces/door/src/metrics.rs", measures);
    breaks("faces/door/src/session.rs", measures, "1 9 Instant::now asks the machine");
    breaks("faces/door/src/metrics.rs", asks, "1 9 SystemTime::now asks the machine");
    holds("store/src/mint.rs", asks);
    holds("kernel/src/time.rs", asks);
    holds(ROOM, "fn a(tx: &Tx) { tx.now(); }");
}

#[test]
fn law_10_a_code_is_its_name_and_has_one_kind() {
    let refusals =
        |inside: &str| format!("kernel::refusals! {{\n    /// No.\n    pub enum Refusal {{\n{inside}\n    }}\n}}");
    holds(
        ROOM,
        &refusals("/// No.\nOutOfStock { available: i64 } => Conflict \"out_of_stock\",\nGone => Missing \"gone\","),
    );
    holds(ROOM, &refusals("NotFound => Missing \"not_found\",\nNotYours => Hidden \"not_found\","));
    breaks(ROOM, &refusals("OutOfStock => Conflict \"sold_out\","), "4 10 OutOfStock has the code sold_out");
    let here = refusals("Gone => Missing \"gone\",");
    let there = refusals("Gone => Conflict \"gone\",");
    let expected = format!("4 10 gone is Conflict here and Missing in {ROOM}");
    assert_eq!(found(&[(ROOM, &here), (CART, &there)]), [expected]);
}

/// A workspace as cargo would describe it: folder, then the folders and crates it depends on (`dev:` before a dev one).
fn metadata(crates: &[(&str, &[&str])]) -> Metadata {
    let dependency = |text: &&str| {
        let (kind, name) = text.strip_prefix("dev:").map_or((None, *text), |name| (Some("dev"), name));
        let ours = name.contains('/').then(|| format!("/w{name}"));
        serde_json::json!({ "name": name, "kind": kind, "path": ours })
    };
    let packages: Vec<_> = crates
        .iter()
        .map(|(folder, needs)| {
            let needs: Vec<_> = needs.iter().map(dependency).collect();
            let manifest = format!("/w/{folder}/Cargo.toml");
            serde_json::json!({
                "name": folder, "version": "1.0.0", "license": null, "source": null,
                "manifest_path": manifest, "dependencies": needs,
            })
        })
        .collect();
    let value = serde_json::json!({ "packages": packages, "workspace_root": "/w" });
    serde_json::from_value(value).expect("the shape of cargo metadata")
}

#[test]
fn law_1_arrows_go_down_only() {
    let cases: &[(&str, &str, bool)] = &[
        ("store", "/kernel", true),
        ("kernel", "/store", false),
        ("modules/operation/stock", "/store", true),
        ("modules/operation/stock", "/modules/operation/cart", false),
        ("modules/operation/stock", "dev:/testkit", false),
        ("modules/operation/pricing", "/kernel", true),
        ("modules/operation/pricing", "/store", false),
        ("flows", "/modules/operation/pricing", true),
        ("flows", "/views", false),
        ("views", "/flows", false),
        ("faces/web", "/faces/api", false),
        ("faces/web", "/flows", true),
        ("adapters/sandbox", "/modules/foundation/payment", true),
        ("testkit", "/adapters/sandbox", true),
        ("jishi", "dev:/testkit", true),
        ("jishi", "/testkit", false),
        ("xtask", "/kernel", false),
        ("store", "rusqlite", true),
        ("jishi", "dev:rusqlite", false),
        ("flows", "ureq", false),
        ("adapters/alipay", "ureq", true),
        ("jishi", "dev:ureq", true),
        ("jishi", "ureq", false),
        ("flows", "dev:ureq", false),
        ("faces/web", "axum", true),
        ("jishi", "axum", true),
        ("modules/operation/stock", "axum", false),
        ("flows", "axum", false),
        ("faces/web-ops", "askama", true),
        ("views", "askama", false),
        ("faces/door", "fluent-bundle", true),
        ("faces/web", "fluent-bundle", false),
        ("faces/sandbox", "tokio", true),
        ("adapters/sandbox", "tokio", true),
        ("jishi", "tokio", true),
        ("flows", "tokio", false),
        ("flows", "dev:tokio", true),
        ("jishi", "dev:fantoccini", true),
        ("jishi", "fantoccini", false),
        ("faces/web", "dev:fantoccini", false),
        ("cellar", "serde", false),
    ];
    for (folder, needs, is_right) in cases {
        let findings = arrows::check(&metadata(&[(folder, &[needs])]));
        assert_eq!(findings.is_empty(), *is_right, "{folder} → {needs}: {findings:?}");
    }
}

#[test]
fn law_1_faces_share_the_door_and_do_not_know_each_other() {
    let cases: &[(&str, &[&str], &[&str])] = &[
        ("faces/door", &["/kernel", "/store", "/flows", "/views"], &["/faces/web", "/faces/pictures"]),
        ("faces/pictures", &["/kernel"], &["/store", "/faces/door", "axum", "askama"]),
        ("faces/web", &["/faces/door", "/faces/pictures", "/views"], &["/faces/web-buyer", "/faces/api"]),
        ("faces/web-buyer", &["/faces/web", "/faces/door", "/faces/pictures"], &["/faces/web-ops", "/faces/api"]),
        ("faces/web-seller", &["/faces/web", "/faces/door", "/faces/pictures"], &["/faces/web-buyer"]),
        ("faces/web-ops", &["/faces/web", "/faces/door", "/faces/pictures"], &["/faces/web-seller"]),
        ("faces/api", &["/faces/door", "/faces/pictures"], &["/faces/web", "/adapters/sandbox"]),
        (
            "faces/sandbox",
            &["/faces/door", "/adapters/sandbox", "/modules/foundation/sandbox"],
            &["/faces/web", "/adapters/alipay"],
        ),
        ("jishi", &["/faces/web-ops", "/faces/pictures", "/faces/sandbox"], &[]),
        ("testkit", &[], &["/faces/door"]),
    ];
    for (face, may, may_not) in cases {
        let known = |needs: &str| arrows::check(&metadata(&[(face, &[needs])]));
        may.iter().for_each(|needs| assert_eq!(known(needs), [], "{face} → {needs}"));
        may_not.iter().for_each(|needs| assert_eq!(known(needs).len(), 1, "{face} → {needs}"));
    }
    let told = &arrows::check(&metadata(&[("faces/api", &["/faces/web"])]))[0].to_string();
    assert!(told.contains("faces do not know each other"), "{told}");
}

const REGISTRY: &str = "registry+https://github.com/rust-lang/crates.io-index";

#[test]
fn law_11_licences_are_read_as_expressions() {
    for fine in [
        "MIT",
        "MIT OR Apache-2.0",
        "MIT/Apache-2.0",
        "(MIT OR GPL-3.0) AND Unicode-3.0",
        "Apache-2.0 WITH LLVM-exception OR X",
    ] {
        assert!(licences::is_allowed(fine), "{fine}");
    }
    for bad in ["", "GPL-3.0", "MIT AND GPL-3.0", "MIT OR", "Apache-2.0 WITH Strings-exception"] {
        assert!(!licences::is_allowed(bad), "{bad}");
    }
}

#[test]
fn law_11_what_only_tests_use_may_keep_its_files_open() {
    let told = |kind: Option<&str>, licence: &str| {
        let on = |name: &str, kind: Option<&str>| serde_json::json!([{ "name": name, "kind": kind, "path": null }]);
        let value = serde_json::json!({ "workspace_root": "/w", "packages": [
            { "name": "jishi", "version": "1.0.0", "license": "MIT", "source": null,
              "manifest_path": "/w/jishi/Cargo.toml", "dependencies": on("steers", kind) },
            { "name": "steers", "version": "1.0.0", "license": "MIT", "source": REGISTRY,
              "manifest_path": "/r/steers/Cargo.toml", "dependencies": on("wire", None) },
            { "name": "wire", "version": "1.0.0", "license": licence, "source": REGISTRY,
              "manifest_path": "/r/wire/Cargo.toml", "dependencies": [] },
        ]});
        let metadata: Metadata = serde_json::from_value(value).expect("the shape of cargo metadata");
        licences::check(&metadata).len()
    };
    assert_eq!(told(Some("dev"), "MPL-2.0"), 0);
    assert_eq!(told(Some("dev"), "GPL-3.0"), 1);
    assert_eq!(told(None, "MPL-2.0"), 1);
    assert_eq!(told(Some("build"), "MPL-2.0"), 1);
    assert_eq!(told(None, "MIT"), 0);
}

#[test]
fn law_11_dependencies_come_from_the_registry() {
    let package = |source: &str, licence: &str| {
        let value = serde_json::json!({ "workspace_root": "/w", "packages": [{
            "name": "tea", "version": "1.0.0", "license": licence, "source": source,
            "manifest_path": "/r/tea/Cargo.toml", "dependencies": [],
        }]});
        let metadata: Metadata = serde_json::from_value(value).expect("the shape of cargo metadata");
        licences::check(&metadata).len()
    };
    assert_eq!(package(REGISTRY, "MIT"), 0);
    assert_eq!(package(REGISTRY, "AGPL-3.0"), 1);
    assert_eq!(package("git+https://example.org/tea", "MIT"), 1);
}

#[test]
fn a_finding_reads_as_a_sentence() {
    let findings = of_text(&tree(&[(ROOM, "fn a() { b().unwrap(); }")]));
    let expected = "modules/operation/stock/src/find.rs:1: law 6: unwrap(); a panic without a reason tells the night shift \
                    nothing; use `?`, or `expect` with why it cannot fail";
    assert_eq!(findings[0].to_string(), expected);
}
