//! What is left of a person's words where they only need to be recognised.

use order::Recipient;

/// The country and region stay, the name keeps its first character, the phone its last digits; all else goes.
pub(super) fn masked(recipient: Recipient) -> Recipient {
    let Recipient { name, phone, country, region, postal, lines, note } = recipient;
    Recipient {
        name: masked_name(&name),
        phone: last_digits(&phone),
        country,
        region,
        postal: hidden(&postal),
        lines: hidden(&lines),
        note: hidden(&note),
    }
}

/// The first character of a name; nothing of an empty one.
pub(crate) fn masked_name(name: &str) -> String {
    let hidden = if name.is_empty() { "" } else { "**" };
    name.chars().take(1).chain(hidden.chars()).collect()
}

/// The last four of a phone that is longer than eight; nothing of a shorter one.
fn last_digits(phone: &str) -> String {
    let length = phone.chars().count();
    let kept = if length > 8 { 4 } else { 0 };
    let hidden = if length > 0 { "****" } else { "" };
    hidden.chars().chain(phone.chars().skip(length - kept)).collect()
}

fn hidden(text: &str) -> String {
    if text.is_empty() { String::new() } else { "****".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_masked_recipient_is_recognised_and_cannot_be_visited() {
        let recipient = Recipient {
            name: "张三".to_owned(),
            phone: "13812345678".to_owned(),
            country: "CN".to_owned(),
            region: "CN-ZJ".to_owned(),
            postal: "310000".to_owned(),
            lines: "龙井路 1 号".to_owned(),
            note: String::new(),
        };
        let masked = masked(recipient);
        assert_eq!((masked.name.as_str(), masked.phone.as_str()), ("张**", "****5678"));
        assert_eq!((masked.country.as_str(), masked.region.as_str()), ("CN", "CN-ZJ"));
        assert_eq!([masked.postal, masked.lines, masked.note], ["****", "****", ""]);
        assert_eq!(last_digits("12345678"), "****");
        assert_eq!(last_digits(""), "");
    }
}
