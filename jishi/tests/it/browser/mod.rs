//! What people do in a real Chromium, with nothing but the pages: one whole thread of trade, at the width of a phone and
//! of a desk, in both languages.

mod people;
mod story;
mod window;

use kernel::Locale;

#[test]
fn a_whole_trade_on_a_phone_in_chinese() {
    story::tell(390, Locale::Zh);
}

#[test]
fn a_whole_trade_on_a_phone_in_english() {
    story::tell(390, Locale::En);
}

#[test]
fn a_whole_trade_at_a_desk_in_chinese() {
    story::tell(1_440, Locale::Zh);
}

#[test]
fn a_whole_trade_at_a_desk_in_english() {
    story::tell(1_440, Locale::En);
}
