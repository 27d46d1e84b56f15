//! Tables that need no map.

use std::io::Write;

fn rows(text: &[u8]) -> Vec<Result<Vec<String>, &'static str>> {
    crate::table(text, &["a", "b"]).unwrap().map(|row| row.map_err(|line| line.code)).collect()
}

#[test]
fn rows_are_cut_as_csv_says() {
    let text = b"a,b\r\n1,\"x, \"\"y\"\"\"\r\n\n\"two\nlines\",2\n3\nlast,4";
    let expected: Vec<Result<Vec<String>, &str>> = vec![
        Ok(vec!["1".into(), "x, \"y\"".into()]),
        Ok(vec!["two\nlines".into(), "2".into()]),
        Ok(vec!["3".into()]),
        Ok(vec!["last".into(), "4".into()]),
    ];
    assert_eq!(rows(text), expected);
}

#[test]
fn one_bad_line_costs_itself_only() {
    let mut text = b"a,b\n1,2\n\xff,3\n".to_vec();
    text.write_all(&vec![b'x'; crate::LINE_BYTES_MAX + 2]).unwrap();
    text.write_all(b"\n4,5\n\"never closed,6\n").unwrap();
    let codes: Vec<_> = rows(&text).into_iter().map(|row| row.map(|cells| cells.len())).collect();
    assert_eq!(codes, [Ok(2), Err("not_utf8"), Err("line_too_long"), Ok(2), Err("unclosed_quote")]);
}

#[test]
fn another_header_is_refused() {
    assert_eq!(crate::table(&b"a,c\n"[..], &["a", "b"]).err().unwrap().code(), "header_unreadable");
    assert_eq!(crate::table(&b""[..], &["a", "b"]).err().unwrap().code(), "header_unreadable");
}
