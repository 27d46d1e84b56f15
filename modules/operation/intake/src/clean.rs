//! Makes text out of what a file holds.

use crate::{Warning, refusal::Fault};

/// Text without control characters, trimmed; none where nothing is left. A NUL means that this is no text at all;
/// other control characters are remains of old code pages, dropped with a warning.
pub(crate) fn text(field: &str, raw: &str, warnings: &mut Vec<Warning>) -> Result<Option<String>, Fault> {
    if raw.contains('\0') {
        return Err(Fault::new("not_text", format!("{field} holds a NUL byte")));
    }
    let is_odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    let odd = raw.chars().filter(|c| is_odd(*c)).count();
    if odd == 0 {
        let trimmed = raw.trim();
        return Ok((!trimmed.is_empty()).then(|| trimmed.to_owned()));
    }
    let detail = format!("{field}: {odd} control characters left out");
    warnings.push(Warning { code: "control_characters", detail });
    let kept: String = raw.chars().filter(|c| !is_odd(*c)).collect();
    let trimmed = kept.trim();
    Ok((!trimmed.is_empty()).then(|| trimmed.to_owned()))
}

/// A number as people write it: digits, a point, an exponent; never `inf` or `nan`.
pub(crate) fn number(raw: &str) -> Option<f64> {
    let plain = raw.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'-' | b'+' | b'e' | b'E'));
    raw.parse::<f64>().ok().filter(|number| plain && number.is_finite())
}

/// Yes or no as tables write it.
pub(crate) fn flag(raw: &str) -> Option<bool> {
    match raw.to_lowercase().as_str() {
        "true" | "yes" | "y" | "1" | "是" => Some(true),
        "false" | "no" | "n" | "0" | "否" => Some(false),
        _ => None,
    }
}

/// What a person reads for a field's name: `thermal_design_power__tdp_` → `Thermal design power (tdp)`.
pub(crate) fn label(code: &str) -> String {
    let bracketed = code.strip_suffix('_').and_then(|rest| rest.rsplit_once("__"));
    let spelled = match bracketed {
        Some((before, inside)) if !before.is_empty() && !inside.is_empty() => format!("{before} ({inside})"),
        _ => code.to_owned(),
    };
    let words: Vec<_> = spelled.split(['_', ' ']).filter(|word| !word.is_empty()).collect();
    let words = words.join(" ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => code.to_owned(),
    }
}
