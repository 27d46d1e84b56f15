//! Lists are read page by page, by key and never by count.

use crate::{Error, error::Common};
use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};
use std::{fmt, str::FromStr};

/// One page of a list.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(rename = "PageOf{T}")]
pub struct Page<T> {
    /// At most as many as were asked for.
    pub items: Vec<T>,
    /// Where the next page begins; none at the end.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// From `limit + 1` rows: the one too many proves that there is a next page. `key` names the last row kept.
    pub fn of(mut rows: Vec<T>, limit: usize, key: impl Fn(&T) -> Cursor) -> Page<T> {
        let more = rows.len() > limit;
        rows.truncate(limit);
        let next = if more { rows.last().map(key) } else { None };
        Page { items: rows, next }
    }
}

/// Where a page begins: the sort key and the id of the last row seen. Opaque outside.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Cursor {
    /// The value that the list is sorted by.
    pub sort: i64,
    /// The id that breaks ties.
    pub id: i64,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let check = (self.sort ^ self.id.rotate_left(17)) as u16;
        write!(f, "{:016x}{:016x}{check:04x}", self.sort, self.id)
    }
}

impl FromStr for Cursor {
    type Err = Error;

    /// # Errors
    /// `cursor_malformed` for anything that [`fmt::Display`] did not write.
    fn from_str(text: &str) -> Result<Cursor, Error> {
        let malformed = || Error::from(Common::CursorMalformed);
        if text.len() != 36 || !text.is_ascii() {
            return Err(malformed());
        }
        let number = |part: &str| u64::from_str_radix(part, 16).map(|n| n as i64).map_err(|_| malformed());
        let cursor = Cursor { sort: number(&text[..16])?, id: number(&text[16..32])? };
        if cursor.to_string() == text { Ok(cursor) } else { Err(malformed()) }
    }
}

impl Serialize for Cursor {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Cursor {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_reads_back_and_a_made_up_one_is_refused() {
        let cursor = Cursor { sort: -5, id: i64::MAX };
        assert_eq!(cursor.to_string().parse::<Cursor>().unwrap(), cursor);
        for bad in ["", "x", &"0".repeat(35), &format!("{}1", "0".repeat(35)), &"é".repeat(18)] {
            assert!(bad.parse::<Cursor>().is_err(), "{bad}");
        }
    }

    #[test]
    fn the_row_too_many_makes_the_next_page() {
        let key = |n: &i64| Cursor { sort: *n, id: *n };
        assert_eq!(Page::of(vec![1, 2, 3], 2, key).next, Some(Cursor { sort: 2, id: 2 }));
        assert_eq!(Page::of(vec![1, 2], 2, key).next, None);
    }
}
