//! Quantities and rates that must not be mistaken for amounts.

use crate::{Error, error::Common};
use serde::{Deserialize, Serialize};

/// The most units one line may ask for; a setting may lower it.
pub const LINE_UNITS_MAX: i64 = 1_000_000;

/// A number of units on a line, 1 or more: pieces, or the SKU's smallest measure (grams for goods by weight).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct Units(i64);

impl Units {
    /// # Errors
    /// `out_of_range` for zero and below, `too_large` above a million.
    pub fn new(units: i64) -> Result<Units, Error> {
        match units {
            ..=0 => Err(Common::OutOfRange { least: 1, most: LINE_UNITS_MAX }.into()),
            1..=LINE_UNITS_MAX => Ok(Units(units)),
            _ => Err(Common::TooLarge { most: LINE_UNITS_MAX }.into()),
        }
    }

    /// The number.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl TryFrom<i64> for Units {
    type Error = Error;
    fn try_from(units: i64) -> Result<Units, Error> {
        Units::new(units)
    }
}
impl From<Units> for i64 {
    fn from(units: Units) -> i64 {
        units.0
    }
}

/// A rate in hundredths of a percent, 0 to 10,000.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub struct BasisPoints(i64);

impl BasisPoints {
    /// All of it: 100 %.
    pub const WHOLE: i64 = 10_000;
    /// None of it.
    pub const ZERO: BasisPoints = BasisPoints(0);

    /// # Errors
    /// `out_of_range` outside 0..=10,000.
    pub fn new(points: i64) -> Result<BasisPoints, Error> {
        if (0..=Self::WHOLE).contains(&points) {
            return Ok(BasisPoints(points));
        }
        Err(Common::OutOfRange { least: 0, most: Self::WHOLE }.into())
    }

    /// The number of hundredths of a percent.
    pub const fn get(self) -> i64 {
        self.0
    }
}

impl TryFrom<i64> for BasisPoints {
    type Error = Error;
    fn try_from(points: i64) -> Result<BasisPoints, Error> {
        BasisPoints::new(points)
    }
}
impl From<BasisPoints> for i64 {
    fn from(points: BasisPoints) -> i64 {
        points.0
    }
}
