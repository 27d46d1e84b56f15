//! A shop's name in addresses.

use kernel::{Error, Home, error::Common};
use serde::{Deserialize, Serialize};
use std::{fmt, ops::Deref, str::FromStr};
use store::{ToVal, Val};

/// 3 to 40 small letters, digits and single hyphens between them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(try_from = "String")]
#[schemars(with = "String")]
pub struct Slug(String);

impl Slug {
    /// Where its uniqueness is kept.
    pub fn home(&self) -> Home {
        Home::of_text(&self.0)
    }
}

impl FromStr for Slug {
    type Err = Error;

    /// # Errors
    /// `malformed`.
    fn from_str(text: &str) -> Result<Slug, Error> {
        let plain = text.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-');
        let words = text.split('-').all(|word| !word.is_empty());
        if !plain || !words || !(3..=40).contains(&text.len()) {
            return Err(Common::Malformed { expected: "3 to 40 small letters, digits and single hyphens" }.into());
        }
        Ok(Slug(text.to_owned()))
    }
}

impl TryFrom<String> for Slug {
    type Error = Error;
    fn try_from(text: String) -> Result<Slug, Error> {
        text.parse()
    }
}

impl Deref for Slug {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}
impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
impl ToVal for Slug {
    fn to_val(&self) -> Val {
        self.0.to_val()
    }
}
