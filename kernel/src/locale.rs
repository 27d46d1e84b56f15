//! The languages of the market.

use crate::{Error, error::Common};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// A language that the market's own words exist in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// Chinese, simplified.
    Zh,
    /// English.
    En,
}

impl Locale {
    /// The tag as stored and sent.
    pub const fn tag(self) -> &'static str {
        match self {
            Locale::Zh => "zh",
            Locale::En => "en",
        }
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl FromStr for Locale {
    type Err = Error;

    /// # Errors
    /// `malformed` for a language that the market does not speak.
    fn from_str(text: &str) -> Result<Locale, Error> {
        match text {
            "zh" => Ok(Locale::Zh),
            "en" => Ok(Locale::En),
            _ => Err(Common::Malformed { expected: "zh or en" }.into()),
        }
    }
}
