//! Files as people really send them.

mod table;

use crate::{LINE_BYTES_MAX, Map, Record, RefusedLine, Value, clean, open, open::unpacked, read};
use flate2::{Compression, write::GzEncoder};
use kernel::{Currency, Money};
use proptest::prelude::*;
use std::{
    fs::OpenOptions,
    io::{Cursor, Read, Write},
    path::{Path, PathBuf},
};

const TEA: &str = r#"
format = "csv"
language = "en"
[fields]
key = "sku"
title = "name"
gtin = "code"
stock = "count"
[price]
field = "price"
unit = "major"
currency = "CNY"
[category]
path = ["Tea"]
[attributes.prefix]
n_ = "number"
b_ = "flag"
"#;

const HEADER: &str = "sku,name,code,count,price,n_weight,b_organic\n";

const LAMP: &str = r#"
format = "jsonl"
language = "en"
[fields]
key = "id"
title = "name"
brand = "maker.name"
gtin = "ean"
[price]
field = "price"
unit = "minor"
currency = "USD"
[category]
path = ["Lamps"]
field = "kind"
[attributes]
inside = "facts"
[attributes.prefix]
t_ = "text"
t_exact_ = "number"
"#;

/// Stands for the catalogue's check.
fn even(gtin: &str) -> bool {
    gtin.len() == 13 && gtin.ends_with(['0', '2', '4', '6', '8'])
}

fn map(text: &str) -> Map {
    Map::parse(text).unwrap()
}

fn all(map_text: &str, input: impl Read) -> Vec<Result<Record, RefusedLine>> {
    read(input, map(map_text), even).unwrap().collect()
}

fn csv(rows: &str) -> Vec<Result<Record, RefusedLine>> {
    all(TEA, format!("{HEADER}{rows}").as_bytes())
}

fn json(line: &str) -> Result<Record, RefusedLine> {
    let mut found = all(LAMP, line.as_bytes());
    assert_eq!(found.len(), 1, "{line}");
    found.remove(0)
}

/// What became of each line: the key of a good, or the code it was refused with.
fn outcome(found: &[Result<Record, RefusedLine>]) -> Vec<(u64, &str)> {
    let outcome = |one: &'_ Result<Record, RefusedLine>| match one {
        Ok(record) => (record.line, record.key.clone()),
        Err(refused) => (refused.line, refused.code.to_owned()),
    };
    found.iter().map(outcome).map(|(line, word)| (line, &*word.leak())).collect()
}

#[test]
fn a_row_becomes_a_record() {
    let found = csv("T-1, Longjing ,6901234567892 4006381333931,12,88.00,50.5,yes\n");
    let record = found[0].as_ref().unwrap();
    assert_eq!((record.line, &*record.key, &*record.title), (2, "T-1", "Longjing"));
    assert_eq!(record.price, Some(Money::new(8800, Currency::CNY)));
    assert_eq!((record.stock, &record.category), (Some(12), &vec!["Tea".to_owned()]));
    assert_eq!(record.gtins, ["6901234567892"]);
    assert_eq!(record.warnings.iter().map(|w| w.code).collect::<Vec<_>>(), ["doubtful_gtin"]);
    let attributes: Vec<_> = record.attributes.iter().map(|a| (&*a.code, &*a.name, a.value.clone())).collect();
    assert_eq!(attributes, [("b_organic", "Organic", Value::Flag(true)), ("n_weight", "Weight", Value::Number(50.5))]);
}

#[test]
fn the_sample_map_reads_the_table_that_it_explains() {
    let text = std::fs::read_to_string(root().join("maps/sample.toml")).unwrap();
    let table: Vec<_> = text.lines().filter_map(|line| line.strip_prefix("#     ")).collect();
    let found = all(&text, table.join("\n").as_bytes());
    let record = found[0].as_ref().unwrap();
    assert_eq!(found.len(), 1);
    assert_eq!(record.category, ["Food", "Tea", "Green"]);
    assert_eq!(
        record.attributes.iter().map(|a| &*a.name).collect::<Vec<_>>(),
        ["Colour of the leaf", "Organic", "Weight"]
    );
    assert_eq!(record.attributes[2].unit.as_deref(), Some("g"));
    assert_eq!(record.brand.as_deref(), Some("West Lake"));
}

#[test]
fn a_quote_that_never_closes_costs_its_own_line_only() {
    let found = csv("T-1,\"Longjing,,,1,,\nT-2,Biluochun,,,1,,\nT-3,Maofeng,,,1,,");
    assert_eq!(outcome(&found), [(2, "unclosed_quote"), (3, "T-2"), (4, "T-3")]);
}

#[test]
fn broken_lines_are_refused_where_they_stand() {
    let rows = "T-1,a,,,1\nT-2,a,,,1,,,\nT-3,a,,,1,,\n,a,,,1,,\nT-5,,,,1,,\n\nT-7,5\" disk,,,1,,\nT-8,a\rb,,,1,,\n";
    let found = csv(rows);
    let expected = [
        (2, "wrong_cell_count"),
        (3, "wrong_cell_count"),
        (4, "T-3"),
        (5, "required"),
        (6, "required"),
        (8, "T-7"),
        (9, "malformed_csv"),
    ];
    assert_eq!(outcome(&found), expected);
}

#[test]
fn a_quoted_cell_may_hold_line_breaks_and_lines_are_still_counted() {
    let found = csv("T-1,\"two\nlines, \"\"quoted\"\"\",,,1,,\r\nT-2,a,,,1,,\r\n");
    assert_eq!(outcome(&found), [(2, "T-1"), (4, "T-2")]);
    assert_eq!(found[0].as_ref().unwrap().title, "two\nlines, \"quoted\"");
}

#[test]
fn bytes_of_another_encoding_are_refused_per_line() {
    let mut bytes = HEADER.as_bytes().to_vec();
    bytes.extend_from_slice(b"T-1,caf\xe9,,,1,,\nT-2,caf\xc3\xa9,,,1,,\nT-3,\xff\xfe,,,1,,\n");
    let found = all(TEA, &bytes[..]);
    assert_eq!(outcome(&found), [(2, "not_utf8"), (3, "T-2"), (4, "not_utf8")]);
    assert_eq!(found[0].as_ref().unwrap_err().detail, "byte 0xe9 at byte 8 of the line");
}

#[test]
fn a_file_in_utf_16_is_refused_whole() {
    for start in [b"\xff\xfes\0k\0u\0", b"\xfe\xff\0s\0k\0u"] {
        assert_eq!(read(&start[..], map(TEA), even).err().unwrap().code(), "wrong_encoding");
    }
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_do_not_matter() {
    let text = format!("\u{feff}{HEADER}T-1,a,,,1,,\n").replace('\n', "\r\n");
    assert_eq!(outcome(&all(TEA, text.as_bytes())), [(2, "T-1")]);
    let text = "\u{feff}{\"id\": 7, \"name\": \"a\", \"price\": 1}\r\n\r\n";
    assert_eq!(outcome(&all(LAMP, text.as_bytes())), [(1, "7")]);
}

#[test]
fn nul_bytes_are_no_text_and_old_control_characters_are_left_out() {
    let found = csv("T-1,a\0b,,,1,,\nT-2,a\u{99}b\u{1b}[31m,,,1,,\n");
    assert_eq!(outcome(&found), [(2, "not_text"), (3, "T-2")]);
    let record = found[1].as_ref().unwrap();
    assert_eq!((&*record.title, record.warnings[0].code), ("ab[31m", "control_characters"));
    assert_eq!(json(r#"{"id": "1", "name": "a\u0000", "price": 1}"#).unwrap_err().code, "not_text");
    assert_eq!(json("{\"id\": \"1\0\", \"name\": \"a\", \"price\": 1}").unwrap_err().code, "malformed_json");
}

#[test]
fn an_endless_line_is_refused_without_being_held() {
    let long = || std::io::repeat(b'x').take(10 << 20);
    let after = "\n{\"id\": \"2\", \"name\": \"a\", \"price\": 1}\n";
    let mut records = read(long().chain(after.as_bytes()), map(LAMP), even).unwrap();
    let found: Vec<_> = records.by_ref().collect();
    assert_eq!(outcome(&found), [(1, "line_too_long"), (2, "2")]);
    assert!(records.held() <= 2 * LINE_BYTES_MAX, "{}", records.held());
    assert_eq!(outcome(&all(LAMP, long())), [(1, "line_too_long")]);
    let quoted = format!("{HEADER}T-1,\"");
    let found = all(TEA, quoted.as_bytes().chain(long()).chain("\nT-2,a,,,1,,".as_bytes()));
    assert_eq!(outcome(&found), [(2, "line_too_long"), (3, "T-2")]);
}

#[test]
fn a_line_of_exactly_the_limit_is_read_and_one_byte_more_is_not() {
    for (spare, expected) in [(0, "1"), (1, "line_too_long")] {
        let line = r#"{"id": "1", "price": 1, "name": "a"}"#;
        let padded = format!("{line}{}\n", " ".repeat(LINE_BYTES_MAX - line.len() + spare));
        assert_eq!(outcome(&all(LAMP, padded.as_bytes())), [(1, expected)]);
    }
}

#[test]
fn an_empty_file_holds_nothing() {
    assert!(all(TEA, &b""[..]).is_empty());
    assert!(all(TEA, HEADER.as_bytes()).is_empty());
    assert!(all(LAMP, &b"\n\n  \n"[..]).is_empty());
}

fn packed(text: &str) -> Vec<u8> {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(text.as_bytes()).unwrap();
    packer.finish().unwrap()
}

#[test]
fn a_packed_file_reads_like_a_plain_one_and_says_where_it_is_cut() {
    let lines: String =
        (1..=2000).map(|n| format!("{{\"id\": {n}, \"name\": \"a\", \"price\": {}}}\n", n * 7919)).collect();
    let whole = packed(&lines);
    let found = all(LAMP, unpacked(Cursor::new(whole.clone())).unwrap());
    assert_eq!(found.iter().filter(|one| one.is_ok()).count(), 2000);
    let half = whole[..whole.len() / 2].to_vec();
    let found = all(LAMP, unpacked(Cursor::new(half)).unwrap());
    let (last, before) = found.split_last().unwrap();
    assert!(!before.is_empty() && before.iter().all(Result::is_ok));
    assert_eq!(last.as_ref().unwrap_err().code, "cut_short");
    assert_eq!(last.as_ref().unwrap_err().line, before.len() as u64 + 1);
    let mut damaged = whole;
    let middle = damaged.len() / 2;
    damaged[middle..middle + 8].fill(0xff);
    let found = all(LAMP, unpacked(Cursor::new(damaged)).unwrap());
    assert!(
        matches!(found.last(), Some(Err(refused)) if ["unreadable", "cut_short", "malformed_json"].contains(&refused.code))
    );
    let cut_in_header = unpacked(Cursor::new(vec![0x1f, 0x8b, 8])).unwrap();
    assert_eq!(outcome(&all(LAMP, cut_in_header)), [(1, "cut_short")]);
}

#[test]
fn a_file_that_is_not_there_is_refused() {
    assert_eq!(open(Path::new("/nowhere/at/all")).err().unwrap().code(), "file_unreadable");
}

#[test]
fn an_unknown_field_of_a_map_is_refused_with_its_name_and_line() {
    let cases = [
        (TEA.replace("gtin =", "ean ="), "unknown_map_field name=ean line=7"),
        (TEA.replace("[price]", "[prise]"), "unknown_map_field name=prise line=9"),
        (format!("{TEA}[attributes.units]\n"), "unknown_map_field name=units line=18"),
        (
            format!("{TEA}[[attributes.field]]\nfield = \"x\"\nkind = \"text\"\nunits = \"g\"\n"),
            "unknown_map_field name=units line=21",
        ),
    ];
    for (text, expected) in cases {
        assert_eq!(Map::parse(&text).unwrap_err().to_string(), expected);
    }
}

#[test]
fn a_map_that_contradicts_itself_is_refused() {
    let cases = [
        TEA.replace("\"CNY\"", "\"YUAN\""),
        TEA.replace("\"major\"", "\"cents\""),
        TEA.replace("\"csv\"", "\"xlsx\""),
        TEA.replace("language = \"en\"", ""),
        TEA.replace("[\"Tea\"]", "[]"),
        TEA.replace("[\"Tea\"]", "[\"Tea\", \" \"]"),
        TEA.replace("[\"Tea\"]", "[\"Tea\"]\nknown = {}"),
        TEA.replace("language", "delimiter = \"，\"\nlanguage"),
        format!("{TEA}[attributes]\ninside = \"x\"\n"),
        TEA.replace("[attributes.prefix]", "[attributes]\ninside = \"x\"\n[attributes.prefix]"),
        "format".to_owned(),
        String::new(),
    ];
    for text in cases {
        assert_eq!(Map::parse(&text).err().map(|no| no.code()), Some("map_malformed"), "{text}");
    }
}

#[test]
fn a_column_that_the_file_does_not_have_is_named_with_the_maps_line() {
    let no = read("sku,name,price,count\n".as_bytes(), map(TEA), even).err().unwrap();
    assert_eq!(no.to_string(), "unknown_column name=code line=7");
    let no = read("sku,name,name\n".as_bytes(), map(TEA), even).err().unwrap();
    assert_eq!(no.to_string(), "column_twice name=name");
    let no = read(&b"sku,na\xffme\n"[..], map(TEA), even).err().unwrap();
    assert_eq!(no.code(), "header_unreadable");
}

#[test]
fn prices_are_read_exactly_or_not_at_all() {
    let major = |price: &str| {
        csv(&format!("T-1,a,,,{price},,\n")).remove(0).map(|r| r.price.unwrap().minor).map_err(|no| no.code)
    };
    let cases = [
        ("88", Ok(8800)),
        ("88.5", Ok(8850)),
        ("0.01", Ok(1)),
        ("", Err("no_price")),
        ("0", Err("no_price")),
        ("-1", Err("no_price")),
        ("0.001", Err("malformed")),
        ("1e3", Err("malformed")),
        ("¥88", Err("malformed")),
        ("\"1,299.00\"", Err("malformed")),
        ("100000000000.00", Ok(10_000_000_000_000)),
        ("100000000000.01", Err("too_large")),
        ("99999999999999999999", Err("too_large")),
    ];
    for (price, expected) in cases {
        assert_eq!(major(price), expected, "{price}");
    }
    let minor = |price: &str| {
        let line = format!(r#"{{"id": "1", "name": "a", "price": {price}}}"#);
        json(&line).map(|record| record.price.unwrap().minor).map_err(|no| no.code)
    };
    let cases = [
        ("4995", Ok(4995)),
        ("4995.0", Ok(4995)),
        ("\"4995\"", Ok(4995)),
        ("49.95", Err("malformed")),
        ("null", Err("no_price")),
        ("[1]", Err("wrong_type")),
        ("99999999999999999999", Err("malformed")),
        ("\"99999999999999999999\"", Err("too_large")),
        ("true", Err("malformed")),
        ("0", Err("no_price")),
    ];
    for (price, expected) in cases {
        assert_eq!(minor(price), expected, "{price}");
    }
}

#[test]
fn an_attribute_of_another_type_than_the_map_says_is_refused() {
    let cases = [
        (r#"{"t_a": "x", "t_b": 5, "t_c": true, "t_d": null, "t_e": ""}"#, Ok(3)),
        (r#"{"t_a": ["x", "y", ""]}"#, Ok(2)),
        (r#"{"t_exact_a": "1.5e3", "t_exact_b": -2}"#, Ok(2)),
        (r#"{"t_exact_a": "inf"}"#, Err("wrong_type")),
        (r#"{"t_exact_a": "twelve"}"#, Err("wrong_type")),
        (r#"{"t_a": {"deep": 1}}"#, Err("wrong_type")),
        (r#"{"t_a": [["x"]]}"#, Err("wrong_type")),
        ("[]", Err("wrong_type")),
        ("null", Ok(0)),
    ];
    for (facts, expected) in cases {
        let line = format!(r#"{{"id": "1", "name": "a", "price": 1, "facts": {facts}}}"#);
        let found = json(&line).map(|record| record.attributes.len()).map_err(|no| no.code);
        assert_eq!(found, expected, "{facts}");
    }
    let stock = |count: &str| csv(&format!("T-1,a,,{count},1,,\n")).remove(0).map(|r| r.stock).map_err(|no| no.code);
    assert_eq!(
        [stock("0"), stock(""), stock("-1"), stock("many")],
        [Ok(Some(0)), Ok(None), Err("out_of_range"), Err("wrong_type")]
    );
}

#[test]
fn what_the_map_says_nothing_of_is_left_out_aloud() {
    let record = json(r#"{"id": "1", "name": "a", "price": 1, "facts": {"x_a": 1}, "more": 2}"#).unwrap();
    assert_eq!((record.attributes.len(), record.warnings[0].code), (0, "attribute_skipped"));
}

#[test]
fn fields_inside_objects_are_found_and_a_value_opens_a_category() {
    let record =
        json(r#"{"id": "1", "name": "a", "price": 1, "kind": "Desk lamp", "maker": {"name": "Anglepoise"}}"#).unwrap();
    assert_eq!((record.brand.as_deref(), &*record.category.join("/")), (Some("Anglepoise"), "Lamps/Desk lamp"));
    assert_eq!(json(r#"{"id": "1", "name": "a", "price": 1}"#).unwrap().category, ["Lamps"]);
}

#[test]
fn what_is_no_object_is_refused() {
    for line in ["[1]", "12", "{\"id\": }", "{\"id\": \"1\"", "nonsense", &format!("{}1", "[".repeat(500))] {
        assert_eq!(json(line).unwrap_err().code, "malformed_json", "{line}");
    }
}

#[test]
fn labels_read_like_words() {
    let cases = [
        ("thermal_design_power__tdp_", "Thermal design power (tdp)"),
        ("display_diagonal", "Display diagonal"),
        ("master__outer__case_width", "Master outer case width"),
        ("颜色", "颜色"),
        ("__", "__"),
        ("4g", "4g"),
    ];
    for (code, expected) in cases {
        assert_eq!(clean::label(code), expected);
    }
}

/// Hands out its bytes in crumbs, as a slow disk or a packed file does.
struct Crumbs<'a>(&'a [u8], usize);

impl Read for Crumbs<'_> {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let count = self.1.min(into.len()).min(self.0.len());
        into[..count].copy_from_slice(&self.0[..count]);
        self.0 = &self.0[count..];
        Ok(count)
    }
}

proptest! {
    #[test]
    fn what_a_csv_writer_writes_is_read_back(
        rows in prop::collection::vec(("[a-z0-9]{1,5}", "[a-z\", \n\r;']{0,12}"), 0..20), crumb in 1..40_usize
    ) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["sku", "name", "code", "count", "price", "n_weight", "b_organic"]).unwrap();
        for (key, title) in &rows {
            writer.write_record([key, &format!("x{title}"), "", "", "1", "", ""]).unwrap();
        }
        let bytes = writer.into_inner().unwrap();
        let found = all(TEA, Crumbs(&bytes, crumb));
        prop_assert_eq!(found.len(), rows.len());
        for (found, (key, title)) in found.iter().zip(&rows) {
            let record = found.as_ref().unwrap();
            let written = format!("x{title}");
            prop_assert_eq!((&*record.key, &*record.title), (&**key, written.trim()));
        }
    }

    #[test]
    fn no_bytes_make_it_fall_and_lines_are_told_in_order(
        bytes in prop::collection::vec(prop::sample::select(b"a\",\n\r\0\xff{}1:[] ".to_vec()), 0..300), crumb in 1..40_usize
    ) {
        let lines = 2 + bytes.iter().filter(|byte| **byte == b'\n').count() as u64;
        let table: Vec<u8> = HEADER.bytes().chain(bytes.iter().copied()).collect();
        for found in [all(TEA, Crumbs(&table, crumb)), all(LAMP, Crumbs(&bytes, crumb))] {
            let told: Vec<_> = found.iter().map(|one| one.as_ref().map_or_else(|no| no.line, |good| good.line)).collect();
            prop_assert!(told.is_sorted_by(|one, other| one < other) && told.iter().all(|line| *line <= lines), "{:?}", told);
            let codes = found.iter().filter_map(|one| one.as_ref().err()).all(|no| RefusedLine::CODES.contains(&no.code));
            prop_assert!(codes);
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

/// A file of the shared data beside the tree; says so where there is none.
fn shared(path: &str) -> Option<PathBuf> {
    let file = root().join("../shared/data").join(path);
    if file.exists() {
        return Some(file);
    }
    let line = format!("skipped: {path} is not beside the tree");
    println!("{line}");
    if let Ok(list) = std::env::var("JISHI_SKIPPED") {
        let mut list = OpenOptions::new().create(true).append(true).open(list).unwrap();
        writeln!(list, "{line}").unwrap();
    }
    None
}

#[test]
fn every_good_of_a_real_catalogue_is_read() {
    let Some(file) = shared("electronics/products.jsonl.gz") else { return };
    let text = std::fs::read_to_string(root().join("maps/electronics.toml")).unwrap();
    let is_digits = |gtin: &str| gtin.len() >= 12 && gtin.bytes().all(|byte| byte.is_ascii_digit());
    let (mut goods, mut attributes, mut dearest, mut cheapest) = (0, 0, 0, i64::MAX);
    let (mut processors, mut without_description, mut warnings) = (0, 0, Vec::new());
    for record in read(open(&file).unwrap(), map(&text), is_digits).unwrap() {
        let record = record.unwrap();
        let price = record.price.unwrap();
        assert_eq!((price.currency, record.category.first().map(String::as_str)), (Currency::USD, Some("Electronics")));
        goods += 1;
        attributes += record.attributes.len();
        dearest = dearest.max(price.minor);
        cheapest = cheapest.min(price.minor);
        processors += usize::from(record.category.last().is_some_and(|name| name == "Processors"));
        without_description += usize::from(record.description.is_none());
        warnings.extend(record.warnings.iter().map(|warning| warning.code));
    }
    assert_eq!((goods, attributes, cheapest, dearest), (19_406, 371_405, 95, 4_351_995));
    assert_eq!((processors, without_description), (461, 721));
    warnings.sort_unstable();
    warnings.dedup();
    assert_eq!(warnings, ["control_characters", "doubtful_gtin"]);
}
