//! Counts for badges, which nobody reads beyond two digits.

use kernel::Result;
use serde::Serialize;
use store::{Read, Statement, Val};

/// A count that is exact up to 99.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, schemars::JsonSchema)]
pub struct Count {
    /// How many; at most 99.
    pub n: i64,
    /// Whether there are more.
    pub more: bool,
}

impl Count {
    /// The most that is counted.
    pub const MAX: i64 = 99;

    /// From a count that stopped at one too many.
    pub(crate) fn of(found: i64) -> Count {
        Count { n: found.min(Count::MAX), more: found > Count::MAX }
    }

    /// What a statement counts that stops at a hundred.
    pub(crate) fn ask(read: &mut Read, statement: &'static Statement, values: &[Val]) -> Result<Count> {
        read.one(statement, values, |row| row.get(0)).map(Count::of)
    }
}
