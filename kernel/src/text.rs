//! Text from outside, bounded before it goes anywhere.

use crate::{Error, error::Common};
use serde::{Deserialize, Serialize};
use std::ops::Deref;

/// A text of 1 to `MAX` characters without control characters (line breaks and tabs excepted), trimmed at both ends.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Text<const MAX: usize>(String);

impl<const MAX: usize> Text<MAX> {
    /// # Errors
    /// `required` when nothing is left after trimming, `too_long`, `not_text` for control characters.
    pub fn new(text: &str) -> Result<Self, Error> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Common::Required.into());
        }
        if text.chars().nth(MAX).is_some() {
            return Err(Common::TooLong { most: MAX as i64 }.into());
        }
        if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
            return Err(Common::NotText.into());
        }
        Ok(Text(text.to_owned()))
    }

    /// The owned text.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl<const MAX: usize> Deref for Text<MAX> {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}
impl<const MAX: usize> TryFrom<String> for Text<MAX> {
    type Error = Error;
    fn try_from(text: String) -> Result<Self, Error> {
        Text::new(&text)
    }
}
impl<const MAX: usize> From<Text<MAX>> for String {
    fn from(text: Text<MAX>) -> String {
        text.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_trimmed_and_bounded_in_characters() {
        assert_eq!(&*Text::<3>::new("  龙井茶 ").unwrap(), "龙井茶");
        assert_eq!(Text::<3>::new("龙井茶叶").unwrap_err().code(), "too_long");
        assert_eq!(Text::<3>::new(" \n ").unwrap_err().code(), "required");
        assert_eq!(Text::<9>::new("a\0b").unwrap_err().code(), "not_text");
        assert_eq!(Text::<9>::new("\u{1b}[31m").unwrap_err().code(), "not_text");
    }
}
