//! The map: which field of a foreign file means what. Users write it, so what it says wrong is refused with the name
//! and the line, and nothing in it is guessed.

use crate::Refusal;
use kernel::{Currency, Locale, Result};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// How a file is laid out and what its fields mean. `maps/sample.toml` explains it field by field.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// How lines are written.
    pub format: Format,
    /// What separates the cells of a CSV: one ASCII sign, a comma where nothing is said.
    #[serde(default = "comma")]
    pub delimiter: char,
    /// The language of the words in the file.
    pub language: Locale,
    /// The fields that every good has.
    pub fields: Fields,
    /// What a good costs; left out, the goods come in without a price.
    pub price: Option<Price>,
    /// Where in the tree they go.
    pub category: Category,
    /// What else is known of them.
    #[serde(default)]
    pub attributes: Attributes,
    #[serde(skip)]
    lines: Vec<usize>,
}

/// How the lines of a file are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// One JSON object on each line.
    Jsonl,
    /// Cells, the first line naming the columns.
    Csv,
}

/// Which field holds what. In JSONL a name with points looks into objects: `maker.name`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fields {
    /// The file's own key of the good.
    pub key: Spanned<String>,
    /// Its name.
    pub title: Spanned<String>,
    /// Its brand.
    pub brand: Option<Spanned<String>>,
    /// The maker's name of the model.
    pub model: Option<Spanned<String>>,
    /// More words.
    pub description: Option<Spanned<String>>,
    /// One or several bar-code numbers.
    pub gtin: Option<Spanned<String>>,
    /// How many there are.
    pub stock: Option<Spanned<String>>,
}

/// How the price is written.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// Which field holds it.
    pub field: Spanned<String>,
    /// In which unit the number is.
    pub unit: PriceUnit,
    /// In which currency.
    pub currency: Currency,
}

/// Which unit a price is written in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PriceUnit {
    /// Cents, fen: whole numbers.
    Minor,
    /// Dollars, yuan: as many decimals as the currency has, at most.
    Major,
}

/// Where the goods go: a constant path, which a field may lengthen.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Category {
    /// From the top of the tree down.
    pub path: Vec<String>,
    /// The field whose value chooses a category below `path`.
    pub field: Option<Spanned<String>>,
    /// What each value of the field means, as a path below `path`; a value that is not here stays at `path`. Without
    /// this table each value is a category of its own.
    pub known: Option<BTreeMap<String, Vec<String>>>,
}

/// Which fields are attributes, and of which type.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attributes {
    /// The object that holds them (JSONL); left out, they stand beside the other fields.
    pub inside: Option<String>,
    /// The beginning of a field's name → the type of its values. The longest that fits counts.
    #[serde(default)]
    pub prefix: BTreeMap<String, Kind>,
    /// A field's name → the unit of its values.
    #[serde(default)]
    pub unit: BTreeMap<String, String>,
    /// Fields named one by one; these go before the prefixes.
    #[serde(default)]
    pub field: Vec<AttributeField>,
}

/// One attribute named in the map.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttributeField {
    /// The field's name.
    pub field: Spanned<String>,
    /// The type of its values.
    pub kind: Kind,
    /// What people read; made from the field's name where nothing is said.
    pub name: Option<String>,
}

/// The type of an attribute's values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Words.
    Text,
    /// A number.
    Number,
    /// Yes or no.
    Flag,
}

fn comma() -> char {
    ','
}

impl Map {
    /// Reads a map.
    ///
    /// # Errors
    /// `unknown_map_field` and `map_malformed`, both with the line.
    pub fn parse(text: &str) -> Result<Map> {
        let lines: Vec<usize> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        let mut map: Map = toml::from_str(text).map_err(|error| refusal(&error, &lines))?;
        map.lines = lines;
        let why = map.contradiction();
        match why {
            Some(why) => Err(Refusal::MapMalformed { why: why.to_owned(), line: 1 }.into()),
            None => Ok(map),
        }
    }

    fn contradiction(&self) -> Option<&'static str> {
        let empty = |path: &[String]| path.is_empty() || path.iter().any(|name| name.trim().is_empty());
        let known = self.category.known.iter().flat_map(BTreeMap::values);
        if !self.delimiter.is_ascii() || matches!(self.delimiter, '"' | '\r' | '\n') {
            return Some("delimiter is one ASCII sign other than a quote or a line break");
        }
        if empty(&self.category.path) || known.into_iter().any(|path| empty(path)) {
            return Some("a category's path names at least one category, and none of its names is empty");
        }
        if self.category.known.is_some() && self.category.field.is_none() {
            return Some("category.known needs category.field");
        }
        if self.format == Format::Csv && self.attributes.inside.is_some() {
            return Some("attributes.inside is for JSONL: the cells of a CSV stand side by side");
        }
        None
    }

    /// Every field of the file that the map names, with the map's line.
    pub(crate) fn named(&self) -> impl Iterator<Item = (&str, i64)> {
        let Fields { key, title, brand, model, description, gtin, stock } = &self.fields;
        let several = [brand, model, description, gtin, stock, &self.category.field];
        let several = several.into_iter().flatten().chain(self.price.iter().map(|price| &price.field));
        let attributes = self.attributes.field.iter().map(|attribute| &attribute.field);
        let all = [key, title].into_iter().chain(several).chain(attributes);
        all.map(|name| (name.get_ref().as_str(), line_of(&self.lines, name.span().start)))
    }

    /// What kind of attribute a field is and what people call it; none where the map says nothing of it.
    pub(crate) fn attribute(&self, field: &str) -> Option<(Kind, String)> {
        let Attributes { prefix, field: named, .. } = &self.attributes;
        if let Some(named) = named.iter().find(|named| named.field.get_ref() == field) {
            let name = named.name.clone().unwrap_or_else(|| crate::clean::label(field));
            return Some((named.kind, name));
        }
        let fitting = prefix.iter().filter(|(prefix, _)| field.starts_with(prefix.as_str()));
        let (prefix, kind) = fitting.max_by_key(|(prefix, _)| prefix.len())?;
        Some((*kind, crate::clean::label(&field[prefix.len()..])))
    }
}

/// The line, from 1, on which the byte at `at` stands; `starts` are the bytes at which lines begin.
fn line_of(starts: &[usize], at: usize) -> i64 {
    starts.partition_point(|start| *start <= at) as i64
}

fn refusal(error: &toml::de::Error, lines: &[usize]) -> Refusal {
    let line = line_of(lines, error.span().map_or(0, |span| span.start));
    let unknown = error.message().strip_prefix("unknown field `").and_then(|rest| rest.split_once('`'));
    match unknown {
        Some((name, _)) => Refusal::UnknownMapField { name: name.chars().take(100).collect(), line },
        None => Refusal::MapMalformed { why: error.message().to_owned(), line },
    }
}
