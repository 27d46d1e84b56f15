//! Reading forms whose fields are numbered or named by what the page was made of.

use kernel::{Cursor, Error, Result, Text, error::Common};
use web::{Fields, Typed, Visit};

/// A bounded text of a field whose name is put together.
///
/// # Errors
/// `required`, `too_long`, `not_text`.
pub(crate) fn text<const MAX: usize>(fields: &Fields, name: &str) -> Result<Text<MAX>> {
    Text::new(fields.get(name)).map_err(|no| no.at(name.to_owned()))
}

/// A whole number of a field whose name is put together; none where nothing was typed.
///
/// # Errors
/// `malformed`.
pub(crate) fn number(fields: &Fields, name: &str) -> Result<Option<i64>> {
    let typed = fields.get(name).trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let malformed = |_| Error::from(Common::Malformed { expected: "a whole number" }).at(name.to_owned());
    typed.parse().map(Some).map_err(malformed)
}

/// Where a list begins, as the address says.
///
/// # Errors
/// `cursor_malformed`.
pub(crate) fn cursor(v: &Visit) -> Result<Option<Cursor>> {
    let asked = v.query("cursor");
    if asked.is_empty() { Ok(None) } else { asked.parse().map(Some) }
}

/// A refusal whose flow names no field, said of the field that it is about.
pub(crate) fn said_of(no: Error, fields: &[(&str, &'static str)]) -> Error {
    match fields.iter().find(|(code, _)| *code == no.code()) {
        Some((_, field)) => no.at(*field),
        None => no,
    }
}

/// How a page that says no is sent: its status, and the form with what was typed.
///
/// # Errors
/// What no form can mend.
pub(crate) fn refused(v: &Visit, fields: Fields, no: Error) -> Result<(axum::http::StatusCode, Typed)> {
    let typed = Typed::refused(v, fields, no)?;
    Ok((typed.status.unwrap_or_default(), typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_is_said_of_its_field() {
        let no = said_of(Common::NotText.into(), &[("not_text", "slug")]);
        assert_eq!(no.to_string(), "not_text at slug");
        let no = said_of(Common::NotText.into(), &[("slug_taken", "slug")]);
        assert_eq!(no.to_string(), "not_text");
    }
}
