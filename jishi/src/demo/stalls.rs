//! What the demo market is made of, read from the files beside this one: shops with their goods, and people.

use kernel::{Error, Result};
use serde::Deserialize;

/// A code with its words in Chinese and English.
pub(super) type Choice = (String, String, String);

/// A shop, its corner of the category tree, and its goods.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Stall {
    pub shop: ShopWords,
    pub top: Top,
    pub choices: Choices,
    pub leaves: Vec<Leaf>,
}

/// A shop and its people.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ShopWords {
    pub slug: String,
    pub name: String,
    pub brand: String,
    pub legal_name: String,
    pub owner: String,
    pub staff: String,
    /// Fee and the amount from which it is free, in fen; none: sending costs nothing.
    pub freight: Option<(i64, i64)>,
}

/// The top category of a shop's goods.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Top {
    pub code: String,
    pub words: (String, String),
}

/// What attributes may be.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Choices {
    pub colours: Vec<Choice>,
    pub origins: Vec<Choice>,
    pub materials: Vec<Material>,
}

/// A material: code, words, and a sentence of it in each language.
#[derive(Deserialize)]
pub(super) struct Material(pub String, pub String, pub String, pub String, pub String);

/// A leaf category with its goods.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Leaf {
    pub code: String,
    pub words: (String, String),
    pub origin: String,
    pub colours: Vec<String>,
    /// Code, words, and the price in per cent of the goods'.
    #[serde(default)]
    pub sizes: Vec<(String, String, String, i64)>,
    /// Which goods, counted from 0, come in one size only.
    #[serde(default)]
    pub one_size: Vec<usize>,
    pub closings: Vec<(String, String)>,
    pub goods: Vec<Item>,
}

/// Goods: names, price in fen, weight in grams, material, a sentence in each language.
#[derive(Deserialize)]
pub(super) struct Item(pub String, pub String, pub i64, pub i64, pub String, pub String, pub String);

impl Stall {
    pub(super) fn colour(&self, code: &str) -> Option<&Choice> {
        self.choices.colours.iter().find(|colour| colour.0 == code)
    }

    pub(super) fn material(&self, code: &str) -> Option<&Material> {
        self.choices.materials.iter().find(|material| material.0 == code)
    }
}

/// Who buys, and where they live.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Folk {
    /// Name, the part of the e-mail before the @, language.
    pub buyers: Vec<(String, String, kernel::Locale)>,
    /// Region, postal code, city in Chinese and English.
    pub places: Vec<(String, String, String, String)>,
    pub streets: Vec<(String, String)>,
    pub notes: Vec<String>,
}

/// Every shop.
///
/// # Errors
/// Broken where one of the files does not read, which the tests would have told.
pub(super) fn stalls() -> Result<Vec<Stall>> {
    let files = [
        include_str!("stalls/outdoor.toml"),
        include_str!("stalls/tea.toml"),
        include_str!("stalls/kitchen.toml"),
        include_str!("stalls/wear.toml"),
        include_str!("stalls/digital.toml"),
        include_str!("stalls/home.toml"),
    ];
    files.into_iter().map(|text| toml::from_str(text).map_err(Error::broken)).collect()
}

/// Everybody who buys.
///
/// # Errors
/// As [`stalls`].
pub(super) fn folk() -> Result<Folk> {
    toml::from_str(include_str!("people.toml")).map_err(Error::broken)
}
