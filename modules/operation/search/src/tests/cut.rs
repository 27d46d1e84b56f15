//! How texts are cut into words.

use crate::words::{CHARS_MAX, asked, stored};
use proptest::prelude::*;

#[test]
fn texts_are_cut_by_rule() {
    let table: &[(&str, &[&str])] = &[
        ("", &[]),
        ("  !?—。、 ", &[]),
        ("HP Pavilion", &["hp", "pavilion"]),
        ("dv7-1211ea", &["dv7", "1211ea"]),
        ("43.2 cm (17\") 1440 x 900.", &["43.2", "cm", "17", "1440", "x", "900"]),
        ("Intel® Core™2 Duo", &["intel", "core", "2", "duo"]),
        ("Café CAFE cafe\u{301}", &["cafe"]),
        ("ＡＢＣ１２３　ｘ", &["abc123", "x"]),
        ("茶", &["茶"]),
        ("龙井", &["龙井"]),
        ("龙井茶叶", &["龙井", "井茶", "茶叶"]),
        ("明前龙井 250g 罐装", &["明前", "前龙", "龙井", "250g", "罐装"]),
        ("iPhone手机壳", &["iphone", "手机", "机壳"]),
        ("帐篷·双人", &["帐篷", "双人"]),
        ("お茶 녹차", &["お茶", "녹차"]),
        ("tea TEA Tea", &["tea"]),
    ];
    for (text, words) in table {
        assert_eq!(asked(text), *words, "{text}");
    }
}

#[test]
fn what_is_stored_has_each_chinese_character_too() {
    assert_eq!(stored("龙井茶 8g"), ["龙井", "井茶", "龙", "井", "茶", "8g"]);
    assert_eq!(stored("茶"), ["茶"]);
}

#[test]
fn an_endless_word_is_cut_the_same_when_stored_and_when_asked() {
    let endless = "x".repeat(500);
    assert_eq!(stored(&endless), ["x".repeat(CHARS_MAX)]);
    assert_eq!(asked(&endless), stored(&endless));
}

proptest! {
    #[test]
    fn a_text_is_found_by_itself(text in "\\PC{0,60}") {
        let stored = stored(&text);
        for word in asked(&text) {
            prop_assert!(stored.contains(&word), "{} of {}", word, text);
        }
    }

    #[test]
    fn words_are_short_and_hold_no_mark_and_no_line_break(text in any::<String>()) {
        for word in stored(&text) {
            prop_assert!(!word.is_empty() && word.chars().count() <= CHARS_MAX);
            prop_assert!(!word.contains(['*', ':', '\n', '\r', ' ']));
        }
    }
}
