//! What was typed into a form: read field by field, and given back with what is wrong.

use crate::{Visit, Wrong};
use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::header,
};
use door::{App, BODY_MAX, Refusal};
use kernel::{Currency, Error, Id, Money, Result, Text, Units, error::Common, id::Named};
use std::str::FromStr;

/// The field that carries the page's token.
const CSRF: &str = "_csrf";
/// The field that carries the form's one-time key.
const KEY: &str = "_key";

/// A form that was sent from a page of ours.
pub struct Posted {
    /// Who sent it; its `cx` carries the form's one-time key.
    pub visit: Visit,
    /// What was typed.
    pub fields: Fields,
}

impl FromRequest<App> for Posted {
    type Rejection = Wrong;

    async fn from_request(request: Request, app: &App) -> Result<Posted, Wrong> {
        use axum::extract::FromRequestParts;
        let (mut parts, body) = request.into_parts();
        let mut visit = Visit::from_request_parts(&mut parts, app).await?;
        let content_type = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !content_type.unwrap_or_default().starts_with("application/x-www-form-urlencoded") {
            return Err(Refusal::UnsupportedMediaType { expected: "application/x-www-form-urlencoded" }.into());
        }
        let bytes = read_body(body).await?;
        if !is_text(&bytes) {
            return Err(Refusal::BodyMalformed { why: "the fields are no UTF-8".to_owned() }.into());
        }
        let pairs = serde_urlencoded::from_bytes::<Vec<(String, String)>>(&bytes);
        let pairs = pairs.map_err(|error| Refusal::BodyMalformed { why: error.to_string() })?;
        let mut fields = Fields(pairs);
        if fields.take(CSRF).as_deref() != Some(&*visit.csrf) {
            return Err(Refusal::Csrf.into());
        }
        let key = fields.take(KEY).filter(|key| !key.is_empty() && key.len() <= 64);
        visit.asked = visit.asked.with_key(key);
        Ok(Posted { visit, fields })
    }
}

async fn read_body(body: axum::body::Body) -> Result<Bytes> {
    let most = BODY_MAX as i64;
    axum::body::to_bytes(body, BODY_MAX).await.map_err(|_| Refusal::BodyTooLarge { most }.into())
}

/// Whether what `%41` and its like stand for is UTF-8. Whoever reads on would put a mark in the place of what is not, and
/// keep another text than the one that was sent.
pub(crate) fn is_text(escaped: &[u8]) -> bool {
    let digit = |at: usize| escaped.get(at).and_then(|byte| char::from(*byte).to_digit(16));
    let mut plain = Vec::with_capacity(escaped.len());
    let mut at = 0;
    while let Some(byte) = escaped.get(at) {
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                plain.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                plain.push(*byte);
                at += 1;
            }
        }
    }
    std::str::from_utf8(&plain).is_ok()
}

/// What was typed, by field.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    fn take(&mut self, name: &str) -> Option<String> {
        let at = self.0.iter().position(|(field, _)| field == name)?;
        Some(self.0.remove(at).1)
    }

    /// The same without one field, such as a password, which no page gives back.
    #[must_use]
    pub fn without(&self, name: &str) -> Fields {
        Fields(self.0.iter().filter(|(field, _)| field != name).cloned().collect())
    }

    /// What was typed into a field; nothing where it is not there or empty.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }

    /// Every value of a field that may stand several times.
    pub fn each<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(field, _)| field == name).map(|(_, value)| value.as_str())
    }

    /// Whether a box was ticked.
    pub fn is_on(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// Refuses fields that the form does not have; a name may end in `*`.
    ///
    /// # Errors
    /// `unknown_field`.
    pub fn only(&self, names: &[&str]) -> Result<()> {
        let known = |field: &str| {
            names.iter().any(|name| match name.strip_suffix('*') {
                Some(beginning) => field.starts_with(beginning),
                None => *name == field,
            })
        };
        match self.0.iter().find(|(field, _)| !known(field)) {
            Some((field, _)) => Err(Refusal::UnknownField { field: field.chars().take(60).collect() }.into()),
            None => Ok(()),
        }
    }

    /// Anything that reads itself from a text.
    ///
    /// # Errors
    /// `required` for nothing, else what the type says, said of the field.
    pub fn parse<T: FromStr<Err = Error>>(&self, name: &'static str) -> Result<T> {
        self.optional(name)?.ok_or_else(|| Common::Required.at(name))
    }

    /// The same where nothing may be typed.
    ///
    /// # Errors
    /// What the type says, said of the field.
    pub fn optional<T: FromStr<Err = Error>>(&self, name: &'static str) -> Result<Option<T>> {
        let text = self.get(name).trim();
        if text.is_empty() {
            return Ok(None);
        }
        text.parse().map(Some).map_err(|no: Error| no.at(name))
    }

    /// A bounded text.
    ///
    /// # Errors
    /// `required`, `too_long`, `not_text`.
    pub fn text<const MAX: usize>(&self, name: &'static str) -> Result<Text<MAX>> {
        Text::new(self.get(name)).map_err(|no| no.at(name))
    }

    /// A bounded text that may be left out.
    ///
    /// # Errors
    /// `too_long`, `not_text`.
    pub fn text_or_none<const MAX: usize>(&self, name: &'static str) -> Result<Option<Text<MAX>>> {
        if self.get(name).trim().is_empty() { Ok(None) } else { self.text(name).map(Some) }
    }

    /// An id.
    ///
    /// # Errors
    /// `required`, `id_malformed`.
    pub fn id<K: Named>(&self, name: &'static str) -> Result<Id<K>> {
        self.parse(name)
    }

    /// A whole number.
    ///
    /// # Errors
    /// `required`, `malformed`.
    pub fn number(&self, name: &'static str) -> Result<i64> {
        let text = self.get(name).trim();
        if text.is_empty() {
            return Err(Common::Required.at(name));
        }
        text.parse().map_err(|_| Common::Malformed { expected: "a whole number" }.at(name))
    }

    /// A number of units, 1 or more.
    ///
    /// # Errors
    /// `required`, `malformed`, `out_of_range`, `too_large`.
    pub fn units(&self, name: &'static str) -> Result<Units> {
        Units::new(self.number(name)?).map_err(|no| no.at(name))
    }

    /// An amount in a currency, such as `12.30`.
    ///
    /// # Errors
    /// `required`, `malformed`, `too_large`.
    pub fn money(&self, name: &'static str, currency: Currency) -> Result<Money> {
        let text = self.get(name).trim();
        if text.is_empty() {
            return Err(Common::Required.at(name));
        }
        Money::parse(text, currency).map_err(|no| no.at(name))
    }
}

/// A form as it stands on a page: what was typed, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    fields: Fields,
    error: Option<(String, String)>,
    /// The status of the refusal, 200 where there is none.
    pub status: Option<axum::http::StatusCode>,
}

impl Typed {
    /// A form that nobody has filled in yet, with these values in its fields.
    pub fn fresh<const N: usize>(values: [(&str, String); N]) -> Typed {
        let fields = values.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        Typed { fields: Fields(fields), ..Typed::default() }
    }

    /// The same from a list.
    pub fn with(values: Vec<(String, String)>) -> Typed {
        Typed { fields: Fields(values), ..Typed::default() }
    }

    /// The same with these values in the fields into which nothing was typed: those of the page's other forms.
    #[must_use]
    pub fn under(mut self, values: Vec<(String, String)>) -> Typed {
        let typed: std::collections::BTreeSet<String> = self.fields.0.iter().map(|(name, _)| name.clone()).collect();
        self.fields.0.extend(values.into_iter().filter(|(name, _)| !typed.contains(name)));
        self
    }

    /// A form that was refused: what was typed stays, and the sentence stands beside its field.
    ///
    /// # Errors
    /// The error itself where no form can mend it: breakage, a missing log-in, another's thing.
    pub fn refused(visit: &Visit, fields: Fields, error: Error) -> Result<Typed> {
        use kernel::Kind;
        match error.kind() {
            Some(
                Kind::Invalid | Kind::Conflict | Kind::TooLarge | Kind::TooMany | Kind::Unavailable | Kind::Missing,
            ) => {}
            Some(Kind::Hidden | Kind::Unauthenticated | Kind::Forbidden) | None => return Err(error),
        }
        let message = visit.asked.message(&error);
        let status = Some(door::problem::status(&error));
        let field = match error {
            Error::Refused(refused) => refused.field.map(std::borrow::Cow::into_owned),
            Error::Broken(_) => None,
        };
        Ok(Typed { fields, error: Some((field.unwrap_or_default(), message)), status })
    }

    /// What stands in a field.
    pub fn value(&self, name: &str) -> &str {
        self.fields.get(name)
    }

    /// Whether a choice is taken.
    pub fn is(&self, name: &str, value: &str) -> bool {
        self.fields.each(name).any(|taken| taken == value)
    }

    /// What is wrong with a field.
    pub fn error(&self, name: &str) -> Option<&str> {
        self.error.as_ref().filter(|(field, _)| field == name).map(|(_, message)| message.as_str())
    }

    /// What is wrong with the form, and with which field.
    pub fn trouble(&self) -> Option<(&str, &str)> {
        self.error.as_ref().map(|(field, message)| (field.as_str(), message.as_str()))
    }
}

/// An id that is a part of a page's address: where it is none, no page is there.
///
/// # Errors
/// `not_found`.
pub fn id_in_path<K: Named>(text: &str) -> Result<Id<K>> {
    text.parse().map_err(|_: Error| Common::NotFound.into())
}

/// Where a form says to go on to, if that is a path of ours; else `otherwise`.
pub fn onward<'a>(next: &'a str, otherwise: &'a str) -> &'a str {
    let is_ours = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    if is_ours && next.chars().all(|c| c.is_ascii_graphic()) { next } else { otherwise }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_ours_are_gone_on_to() {
        assert_eq!(onward("/orders?state=paid", "/"), "/orders?state=paid");
        for bad in ["//evil.example", "https://evil.example", "/\\evil.example", "", "orders", "/a\nb"] {
            assert_eq!(onward(bad, "/"), "/", "{bad}");
        }
    }

    #[test]
    fn what_stands_for_no_character_is_no_text() {
        for text in ["", "name=a+b&c=%E9%BE%99%00", "%", "%4", "%zz", "100%25", "龙"] {
            assert!(is_text(text.as_bytes()), "{text}");
        }
        for other in ["%ff", "%ED%A0%80", "caf%E9", "a=%C1%FA"] {
            assert!(!is_text(other.as_bytes()), "{other}");
        }
    }

    #[test]
    fn a_field_that_the_form_does_not_have_is_refused() {
        let fields = Fields(vec![("name".into(), "a".into()), ("units.1".into(), "3".into())]);
        assert!(fields.only(&["name", "units.*"]).is_ok());
        assert_eq!(fields.only(&["name"]).unwrap_err().code(), "unknown_field");
        assert_eq!(fields.units("name").unwrap_err().to_string(), "malformed at name expected=a whole number");
    }
}
