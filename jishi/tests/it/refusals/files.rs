//! Files that people bring: what cannot be read is said with its line, the rest comes in, and nothing comes in twice.

use jishi::{
    cli::{Database, ImportGoods},
    import::{self, Report},
};
use kernel::{Currency, Result};
use std::{collections::BTreeMap, fs, path::PathBuf};
use tempfile::TempDir;
use testkit::{Engine, Market, tell};

/// A test of each story on the engines that a second process can open.
macro_rules! imports {
    ($($story:ident),+ $(,)?) => {
        $(mod $story {
            #[test]
            fn into_a_file() {
                super::tell(super::Engine::Lite, super::$story);
            }

            #[test]
            fn into_a_server() {
                super::tell(super::Engine::Postgres, super::$story);
            }
        })+
    };
}

imports![
    lines_that_are_no_good_are_left_out_with_their_number_and_the_others_come_in,
    a_file_that_cannot_be_read_changes_nothing,
    a_map_that_does_not_fit_changes_nothing,
    a_second_run_changes_nothing,
    an_import_that_was_killed_goes_on_where_it_was,
    a_newer_file_changes_what_differs,
    a_shop_that_may_not_sell_takes_no_goods,
];

const MAP: &str = r#"
format = "csv"
language = "en"

[fields]
key = "sku"
title = "name"

[price]
field = "price"
unit = "major"
currency = "CNY"

[category]
path = ["Food", "Tea"]
"#;

const HEADER: &str = "sku,name,price\n";

/// A folder with a map and a file of goods.
struct Desk(TempDir);

impl Desk {
    fn new() -> Desk {
        let desk = Desk(tempfile::tempdir().expect("there is room for a folder"));
        desk.map(MAP);
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn map(&self, text: &str) {
        fs::write(self.path("map.toml"), text).expect("there is room for a file");
    }

    fn goods(&self, bytes: impl AsRef<[u8]>) {
        fs::write(self.path("goods.csv"), bytes).expect("there is room for a file");
    }

    fn import(&self, market: &Market) -> Result<Report> {
        self.import_into(market, "tea-house")
    }

    fn import_into(&self, market: &Market, slug: &str) -> Result<Report> {
        import::goods(&ImportGoods {
            file: self.path("goods.csv"),
            map: self.path("map.toml"),
            shop: slug.to_owned(),
            database: Database { db: market.url().to_owned() },
            json: true,
            refused: Some(self.path("refused.jsonl")),
        })
    }

    /// The lines that were refused, each with its code.
    fn refused(&self) -> Vec<(u64, String)> {
        let text = fs::read_to_string(self.path("refused.jsonl")).expect("what was refused is written down");
        let line = |line: &str| {
            let line: serde_json::Value = serde_json::from_str(line).expect("each line is JSON");
            (line["line"].as_u64().expect("it has a number"), line["code"].as_str().expect("it has a code").to_owned())
        };
        text.lines().map(line).collect()
    }
}

fn rows(numbers: std::ops::Range<u32>) -> String {
    numbers.map(|n| format!("T-{n},Tea number {n},{}.50\n", n + 1)).collect()
}

/// Made, changed and the same.
fn came(report: &Report) -> (u64, u64, u64) {
    (report.made, report.changed, report.same)
}

fn listings(market: &Market) -> i64 {
    let count = store::across!("select count(*) from catalog_listing");
    super::well(market.asks(move |read| read.one(count, store::args![], |row| row.get(0))))
}

fn lines_that_are_no_good_are_left_out_with_their_number_and_the_others_come_in(market: &Market) -> Result<()> {
    let desk = Desk::new();
    let mut file = HEADER.as_bytes().to_vec();
    let mut line = 1;
    let mut bad = Vec::new();
    let mut write = |bytes: &[u8], code: Option<&str>| {
        file.extend_from_slice(bytes);
        file.push(b'\n');
        line += 1;
        bad.extend(code.map(|code| (line, code.to_owned())));
    };
    write("G-1,Longjing,88.00".as_bytes(), None);
    write(b"B-1,Too few cells", Some("wrong_cell_count"));
    write(b"B-2,Too,many,cells", Some("wrong_cell_count"));
    write(b"B-3,\xff\xfe no UTF-8,1.00", Some("not_utf8"));
    write("B-4,Prix en lettres,dix".as_bytes(), Some("malformed"));
    write(b"B-5,For nothing,0.00", Some("no_price"));
    write(b"B-6,Less than nothing,-1.00", Some("no_price"));
    write(b"B-7,No price,", Some("no_price"));
    write(b"B-8,A third of a fen,1.333", Some("malformed"));
    write(b"B-9,Dear,99999999999999999999", Some("too_large"));
    write(b"B-10,,1.00", Some("required"));
    write(b",No key,1.00", Some("required"));
    write(b"B-11,A NUL \0 in it,1.00", Some("not_text"));
    write(format!("B-12,{},1.00", "x".repeat(301)).as_bytes(), Some("too_long"));
    write(format!("{},A long key,1.00", "k".repeat(201)).as_bytes(), Some("too_long"));
    write(format!("B-13,{},1.00", "endless ".repeat(400_000)).as_bytes(), Some("line_too_long"));
    write("G-2,\"普洱, 三年\",\"1,20\"".as_bytes(), Some("malformed"));
    write("G-3,\"He said \"\"tea\"\"\",1.20".as_bytes(), None);
    write(b"", None);
    write(b"G-4,Crlf,1.20\r", None);
    write(b"B-14,\"Never closed,1.00", Some("unclosed_quote"));
    write("G-5,<script>'; drop table order_order; --</script>,1.20".as_bytes(), None);
    desk.goods(&file);
    let report = desk.import(market)?;
    let mut refused = desk.refused();
    refused.sort_unstable();
    assert_eq!(refused, bad);
    assert_eq!((came(&report), listings(market)), ((4, 0, 0), 4));
    let counted: BTreeMap<String, u64> = bad.iter().fold(BTreeMap::new(), |mut counted, (_, code)| {
        *counted.entry(code.clone()).or_default() += 1;
        counted
    });
    assert_eq!(report.refused, counted);
    Ok(())
}

fn a_file_that_cannot_be_read_changes_nothing(market: &Market) -> Result<()> {
    let desk = Desk::new();
    market.refuses("file_unreadable", || desk.import(market));
    let utf16 = |begin: [u8; 2], order: fn(u16) -> [u8; 2]| {
        let text = format!("{HEADER}{}", rows(0..3));
        begin.into_iter().chain(text.encode_utf16().flat_map(order)).collect::<Vec<u8>>()
    };
    for bytes in [utf16([0xff, 0xfe], u16::to_le_bytes), utf16([0xfe, 0xff], u16::to_be_bytes)] {
        desk.goods(bytes);
        market.refuses("wrong_encoding", || desk.import(market));
    }
    // A code page of old has no mark: its header may be read, its letters not.
    desk.goods([HEADER.as_bytes(), b"T-1,Th\xe9 vert,1.00\n"].concat());
    assert_eq!(desk.import(market)?.refused, BTreeMap::from([("not_utf8".to_owned(), 1)]));
    desk.goods([b"sku,n\xe4me,price\n", rows(0..3).as_bytes()].concat());
    market.refuses("header_unreadable", || desk.import(market));
    desk.goods([b"\"sku,name,price\n", rows(0..3).as_bytes()].concat());
    market.refuses("header_unreadable", || desk.import(market));
    desk.goods("x".repeat(3 << 20));
    market.refuses("header_unreadable", || desk.import(market));
    desk.goods("sku,name,price,name\nT-1,a,1.00,b\n");
    market.refuses("column_twice", || desk.import(market));
    fs::remove_file(desk.path("goods.csv")).expect("it is there");
    fs::create_dir(desk.path("goods.csv")).expect("there is room for a folder");
    let no = market.refuses("file_unreadable", || desk.import(market).and_then(only_refused));
    assert!(!no.to_string().is_empty());
    Ok(())
}

/// A folder opens like a file on some systems and is unreadable from its first byte.
fn only_refused(report: Report) -> Result<()> {
    assert_eq!(came(&report), (0, 0, 0));
    Err(intake::Refusal::FileUnreadable { why: format!("{:?}", report.refused) }.into())
}

fn a_map_that_does_not_fit_changes_nothing(market: &Market) -> Result<()> {
    let desk = Desk::new();
    desk.goods(HEADER.to_owned() + &rows(0..3));
    let maps = [
        ("unknown_map_field", MAP.replace("language = ", "tongue = \"en\"\nlanguage = ")),
        ("unknown_map_field", MAP.replace("title = ", "titel = \"name\"\ntitle = ")),
        ("unknown_map_field", MAP.replace("[category]", "[discount]\nfield = \"price\"\n[category]")),
        ("unknown_column", MAP.replace("\"name\"", "\"title\"")),
        ("unknown_column", MAP.replace("\"price\"", "\"Price\"")),
        ("map_malformed", MAP.replace("title = \"name\"", "")),
        ("map_malformed", MAP.replace("\"CNY\"", "\"XXX\"")),
        ("map_malformed", MAP.replace("\"major\"", "\"dozen\"")),
        ("map_malformed", MAP.replace("\"csv\"", "\"xlsx\"")),
        ("map_malformed", MAP.replace("[\"Food\", \"Tea\"]", "[]")),
        ("map_malformed", MAP.replace("key = ", "key = = ")),
        ("map_malformed", String::new()),
        ("map_malformed", HEADER.to_owned()),
    ];
    for (code, map) in maps {
        desk.map(&map);
        let no = market.refuses(code, || desk.import(market));
        assert!(no.to_string().contains("line="), "{no} does not say where");
    }
    fs::write(desk.path("map.toml"), b"format = \"csv\" # \xff").expect("there is room for a file");
    market.refuses("file_unreadable", || desk.import(market));
    fs::remove_file(desk.path("map.toml")).expect("it is there");
    market.refuses("file_unreadable", || desk.import(market));
    desk.map(MAP);
    for slug in ["", "Tea House", "../tea"] {
        market.refuses("malformed", || desk.import_into(market, slug));
    }
    desk.import(market).map(drop)
}

fn a_second_run_changes_nothing(market: &Market) -> Result<()> {
    let desk = Desk::new();
    desk.goods(HEADER.to_owned() + &rows(0..250));
    let first = desk.import(market)?;
    assert_eq!((first.read, came(&first), first.shop_opened), (250, (250, 0, 0), true));
    let before = market.fingerprint();
    let second = desk.import(market)?;
    assert_eq!((second.read, came(&second), second.shop_opened), (250, (0, 0, 250), false));
    assert_eq!(market.fingerprint(), before);
    assert_eq!(listings(market), 250);
    Ok(())
}

fn an_import_that_was_killed_goes_on_where_it_was(market: &Market) -> Result<()> {
    let desk = Desk::new();
    let whole = HEADER.to_owned() + &rows(0..250);
    // It died in the middle of a line.
    let at = whole.match_indices('\n').nth(120).expect("there are as many lines").0 + 7;
    desk.goods(&whole[..at]);
    let first = desk.import(market)?;
    assert_eq!((came(&first), first.refused.values().sum::<u64>()), ((120, 0, 0), 1));
    desk.goods(&whole);
    let second = desk.import(market)?;
    assert_eq!((came(&second), second.refused.len()), ((130, 0, 120), 0));
    assert_eq!(listings(market), 250);
    // Each is there once, and once more changes nothing.
    let before = market.fingerprint();
    assert_eq!(came(&desk.import(market)?), (0, 0, 250));
    assert_eq!(market.fingerprint(), before);
    Ok(())
}

fn a_newer_file_changes_what_differs(market: &Market) -> Result<()> {
    let desk = Desk::new();
    desk.goods(HEADER.to_owned() + &rows(0..50));
    desk.import(market)?;
    let newer = rows(0..60).replace("T-7,Tea number 7,", "T-7,Tea number seven,").replace(",31.50", ",31.00");
    desk.goods(HEADER.to_owned() + &newer);
    assert_eq!(came(&desk.import(market)?), (10, 2, 48));
    // The same good twice in one file is one good, as its last line has it.
    desk.goods(HEADER.to_owned() + "T-7,first,1.00\nT-7,second,2.00\nT-7,second,2.00\n");
    assert_eq!(came(&desk.import(market)?), (0, 2, 1));
    assert_eq!(listings(market), 60);
    // Another shop's goods of the same keys are its own.
    assert_eq!(came(&desk.import_into(market, "china-house")?), (1, 1, 1));
    assert_eq!(listings(market), 61);
    Ok(())
}

fn a_shop_that_may_not_sell_takes_no_goods(market: &Market) -> Result<()> {
    let desk = Desk::new();
    desk.goods(HEADER.to_owned() + &rows(0..3));
    let shop = market.shop("tea-house");
    market.operator().freezes(shop.id)?;
    market.shop_in("tea-abroad", Currency::USD);
    market.applicant("rice-house", 4);
    let refuses = |slug: &str, code: &str| {
        let report = desk.import_into(market, slug)?;
        assert_eq!((came(&report), report.refused), ((0, 0, 0), BTreeMap::from([(code.to_owned(), 3)])), "{slug}");
        Ok::<_, kernel::Error>(())
    };
    // Asked by the operator's hand, a shop has its first warehouse, also before it opens.
    refuses("rice-house", "shop_not_open")?;
    let before = market.fingerprint();
    refuses("rice-house", "shop_not_open")?;
    refuses("tea-house", "shop_frozen")?;
    refuses("tea-abroad", "currency_mismatch")?;
    assert_eq!((market.fingerprint(), listings(market)), (before, 0));
    desk.map(&MAP.replace("CNY", "USD"));
    assert_eq!(came(&desk.import_into(market, "tea-abroad")?), (3, 0, 0));
    Ok(())
}
