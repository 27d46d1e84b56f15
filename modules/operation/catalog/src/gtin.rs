//! Bar-code numbers: EAN-8, UPC-12, EAN-13 and GTIN-14 are one number space of 14 digits (GS1 General Specifications,
//! section 7.9: weights 3 and 1 from the right, the sum made up to ten).

/// The number as 14 digits, where its check digit fits. One that does not fit is doubtful, which is a warning and
/// never a refusal: real catalogues are full of them.
pub fn sound(text: &str) -> Option<String> {
    let is_digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits || !matches!(text.len(), 8 | 12 | 13 | 14) || text.bytes().all(|byte| byte == b'0') {
        return None;
    }
    let weighted =
        text.bytes().rev().zip([1, 3].into_iter().cycle()).map(|(byte, weight)| u32::from(byte - b'0') * weight);
    (weighted.sum::<u32>() % 10 == 0).then(|| format!("{text:0>14}"))
}

/// Whether the check digit fits.
pub fn is_sound(text: &str) -> bool {
    sound(text).is_some()
}
