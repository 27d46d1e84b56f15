//! How a setting's value is read from text, held against its bounds, and written back.

use crate::settings::{PayoutSchedule, PublicAddress, Zone};
use kernel::{BasisPoints, Currency, Locale, Result, Text, error::Common};
use std::ops::RangeInclusive;

/// A type that a setting can have.
pub(crate) trait Value: Sized {
    /// From the operator's text or the database's. `within` bounds numbers; the other types bound themselves.
    fn read(text: &str, within: RangeInclusive<i64>) -> Result<Self>;

    /// As [`Value::read`] reads it.
    fn write(&self) -> String;
}

impl Value for i64 {
    fn read(text: &str, within: RangeInclusive<i64>) -> Result<Self> {
        let number = text.parse().map_err(|_| Common::Malformed { expected: "a whole number" })?;
        if within.contains(&number) {
            return Ok(number);
        }
        Err(Common::OutOfRange { least: *within.start(), most: *within.end() }.into())
    }

    fn write(&self) -> String {
        self.to_string()
    }
}

impl Value for bool {
    fn read(text: &str, _: RangeInclusive<i64>) -> Result<Self> {
        text.parse().map_err(|_| Common::Malformed { expected: "true or false" }.into())
    }

    fn write(&self) -> String {
        self.to_string()
    }
}

impl Value for BasisPoints {
    fn read(text: &str, within: RangeInclusive<i64>) -> Result<Self> {
        BasisPoints::new(i64::read(text, within)?)
    }

    fn write(&self) -> String {
        self.get().to_string()
    }
}

impl<const MAX: usize> Value for Text<MAX> {
    fn read(text: &str, _: RangeInclusive<i64>) -> Result<Self> {
        Text::new(text)
    }

    fn write(&self) -> String {
        self.to_string()
    }
}

impl Value for Currency {
    fn read(text: &str, _: RangeInclusive<i64>) -> Result<Self> {
        text.parse()
    }

    fn write(&self) -> String {
        self.to_string()
    }
}

impl Value for Locale {
    fn read(text: &str, _: RangeInclusive<i64>) -> Result<Self> {
        text.parse()
    }

    fn write(&self) -> String {
        self.to_string()
    }
}

impl Value for Zone {
    fn read(text: &str, _: RangeInclusive<i64>) -> Result<Self> {
        text.parse()
    }

    fn write(&self) -> String {
        self.name().to_owned()
    }
}

impl Value for PayoutSchedule {
    fn read(text: &str, _: RangeInclusive<i64>) -> Result<Self> {
        PayoutSchedule::of(text).ok_or_else(|| Common::Malformed { expected: "off, daily or weekly" }.into())
    }

    fn write(&self) -> String {
        self.word().to_owned()
    }
}

/// How nothing is written, since a row has to say something.
const NONE: &str = "none";

impl Value for Option<PublicAddress> {
    fn read(text: &str, _: RangeInclusive<i64>) -> Result<Self> {
        if text == NONE { Ok(None) } else { text.parse().map(Some) }
    }

    fn write(&self) -> String {
        self.as_ref().map_or_else(|| NONE.to_owned(), ToString::to_string)
    }
}
