//! Reads goods out of foreign files, line by line, by a map that the file's owner writes.
//!
//! It owns no table and changes nothing: a file goes in, [`Record`]s and [`RefusedLine`]s come out, one by one, so a
//! file of any size is read in the memory of one line. [`Map::parse`] reads the map, [`open`] the file (plain or
//! gzip, told by its first bytes), [`read`] hands out the records.
//!
//! What is absent: no database, no category that must exist, no bounds on how long a title may be. What the
//! catalogue takes is the catalogue's to say; here stands only what can be told from the file alone.

mod clean;
mod map;
mod open;
mod pieces;
mod record;
mod refusal;
mod rows;
mod table;

pub use map::{Attributes, Category, Fields, Format, Kind, Map, Price, PriceUnit};
pub use open::open;
pub use pieces::LINE_BYTES_MAX;
pub use refusal::{Refusal, RefusedLine, Warning};
pub use rows::{Records, read};
pub use table::{Table, table};

use kernel::{Locale, Money};

/// One good as a file describes it.
#[derive(Clone, PartialEq, Debug)]
pub struct Record {
    /// The line it begins on, from 1; a CSV's header is line 1.
    pub line: u64,
    /// The file's own key of the good; the second reading of a file finds it by this.
    pub key: String,
    /// Its name.
    pub title: String,
    /// The brand, where the file has one.
    pub brand: Option<String>,
    /// The maker's name of the model, where the file has one.
    pub model: Option<String>,
    /// More words about it.
    pub description: Option<String>,
    /// Bar-code numbers that are sound; doubtful ones are left out and stand in `warnings`.
    pub gtins: Vec<String>,
    /// What one costs; none where the map names no price.
    pub price: Option<Money>,
    /// The category, from the top of the tree down.
    pub category: Vec<String>,
    /// How many there are, where the map says which field counts them.
    pub stock: Option<i64>,
    /// The typed attributes, sorted by code; an attribute with several values stands there several times.
    pub attributes: Vec<Attribute>,
    /// In which language the words are.
    pub language: Locale,
    /// What a person should look at, though nothing is refused for it.
    pub warnings: Vec<Warning>,
}

/// One value of one attribute.
#[derive(Clone, PartialEq, Debug)]
pub struct Attribute {
    /// The field's name in the file: stable, so a second import means the same attribute.
    pub code: String,
    /// What people read.
    pub name: String,
    /// The unit that the value is in, where the map says one.
    pub unit: Option<String>,
    /// The value.
    pub value: Value,
}

/// A value with its type.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// Words.
    Text(String),
    /// A number; never money.
    Number(f64),
    /// Yes or no.
    Flag(bool),
}

#[cfg(test)]
mod tests;
