//! What a shop's people write of goods.

use crate::Person;
use catalog::{Field, Picture, SkuState};
use flows::write_goods::{self, Sheet};
use kernel::{Id, Locale, Result, Text, kinds};

/// A sheet of goods of this title, in both languages, with a brand and a picture.
///
/// # Errors
/// What is said of bounds.
pub fn sheet(category: Id<kinds::Category>, title: &str) -> Result<Sheet> {
    let picture = Picture { address: Text::new("/pictures/1")?, alt: Text::new(title)? };
    Ok(Sheet {
        category,
        brand: Some(Text::new("Lion Peak")?),
        texts: vec![
            (Locale::Zh, Field::Title, title.to_owned()),
            (Locale::Zh, Field::Description, "明前".to_owned()),
            (Locale::En, Field::Title, format!("{title} in English")),
        ],
        values: Vec::new(),
        pictures: Some(vec![picture]),
    })
}

impl Person {
    /// Writes new goods down.
    ///
    /// # Errors
    /// What the flow says.
    pub fn writes_goods(&self, shop: Id<kinds::Shop>, sheet: Sheet) -> Result<Id<kinds::Listing>> {
        write_goods::write(self.market().store(), &self.cx(), shop, sheet).wait()
    }

    /// Writes goods anew.
    ///
    /// # Errors
    /// What the flow says.
    pub fn rewrites_goods(&self, listing: Id<kinds::Listing>, sheet: Sheet) -> Result<()> {
        write_goods::rewrite(self.market().store(), &self.cx(), listing, sheet).wait()
    }

    /// Puts a variant on sale, or takes it off.
    ///
    /// # Errors
    /// What the flow says.
    pub fn switches(&self, sku: Id<kinds::Sku>, state: SkuState) -> Result<()> {
        write_goods::switch_sku(self.market().store(), &self.cx(), sku, state).wait()
    }
}
