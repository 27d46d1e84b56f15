//! What a shop's people write of its goods: in every language, with brand, attributes and picture, in one act. [G1]

use crate::access;
use catalog::{Edit, Facts, Field, Hand, NewListing, Picture, SkuState, Values};
use identity::Permission;
use kernel::{Cx, Id, Locale, Result, Text, kinds};
use serde::Serialize;
use store::{Act, Answer, Store, Tx};

/// All that a shop says of its goods.
#[derive(Clone, Debug, Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// Where they belong.
    pub category: Id<kinds::Category>,
    /// Their brand by its name, which is noted where nobody has named it yet.
    pub brand: Option<Text<100>>,
    /// What people read, by language; an empty text takes away what was written.
    pub texts: Vec<(Locale, Field, String)>,
    /// All that is known of them.
    pub values: Values,
    /// What they look like; none leaves the pictures as they are.
    pub pictures: Option<Vec<Picture>>,
}

impl Sheet {
    fn texts_in(&self, lang: Locale) -> impl Iterator<Item = (Field, &String)> {
        self.texts.iter().filter(move |(of, ..)| *of == lang).map(|(_, field, text)| (*field, text))
    }

    fn brand(&self, tx: &mut Tx) -> Result<Option<Id<kinds::Brand>>> {
        self.brand.as_ref().map(|name| catalog::brand(tx, name)).transpose()
    }

    /// What changes in one language.
    fn edit_in(&self, lang: Locale) -> Edit {
        let text = |text: &String| Some(text.clone()).filter(|text| !text.trim().is_empty());
        let texts = self.texts_in(lang).map(|(field, words)| (field, text(words))).collect();
        Edit { texts, ..Edit::default() }
    }
}

/// The languages other than the one.
fn others(lang: Locale) -> impl Iterator<Item = Locale> {
    [Locale::Zh, Locale::En].into_iter().filter(move |other| *other != lang)
}

/// A shop writes new goods down as a draft.
///
/// # Errors
/// `permission_missing`, and what the catalog room says of attributes, texts and pictures.
pub fn write(store: &Store, cx: &Cx, shop: Id<kinds::Shop>, sheet: Sheet) -> Answer<Id<kinds::Listing>> {
    store.write(Act::new("goods.write", cx).over(&(shop, &sheet)), move |tx| {
        access::shop(tx, shop, Permission::ShopGoods)?;
        let lang = tx.cx().locale;
        let written = sheet.texts_in(lang).filter(|(_, text)| !text.trim().is_empty());
        let new = NewListing {
            shop,
            spu: None,
            category: sheet.category,
            brand: sheet.brand(tx)?,
            lang,
            texts: written.map(|(field, text)| (field, text.clone())).collect(),
            values: sheet.values.clone(),
            pictures: sheet.pictures.clone().unwrap_or_default(),
        };
        let listing = catalog::make_listing(tx, &new)?;
        in_other_languages(tx, listing, &sheet, lang)?;
        Ok(listing)
    })
}

/// A shop writes its goods anew; what was on sale goes back to review.
///
/// # Errors
/// `permission_missing`, `unknown_listing`, `listing_changed`, and those of [`write`].
pub fn rewrite(store: &Store, cx: &Cx, listing: Id<kinds::Listing>, sheet: Sheet) -> Answer<()> {
    store.write(Act::new("goods.edit", cx).over(&(listing, &sheet)), move |tx| {
        let head = catalog::head(tx, listing)?;
        access::shop(tx, head.shop, Permission::ShopGoods)?;
        let lang = tx.cx().locale;
        let edit = Edit {
            facts: Some(Facts { category: sheet.category, values: sheet.values.clone() }),
            pictures: sheet.pictures.clone(),
            brand: Some(sheet.brand(tx)?),
            ..sheet.edit_in(lang)
        };
        catalog::edit(tx, listing, Hand::Shop, lang, &edit)?;
        in_other_languages(tx, listing, &sheet, lang)
    })
}

fn in_other_languages(tx: &mut Tx, listing: Id<kinds::Listing>, sheet: &Sheet, but: Locale) -> Result<()> {
    for lang in others(but) {
        let edit = sheet.edit_in(lang);
        if !edit.texts.is_empty() {
            catalog::edit(tx, listing, Hand::Shop, lang, &edit)?;
        }
    }
    Ok(())
}

/// A shop puts a variant on sale, or takes it off; the rest of its goods stays as it is.
///
/// # Errors
/// `permission_missing`, `unknown_sku`.
pub fn switch_sku(store: &Store, cx: &Cx, sku: Id<kinds::Sku>, state: SkuState) -> Answer<()> {
    store.write(Act::new("goods.switch", cx).over(&(sku, state)), move |tx| {
        let shop = catalog::shop_of(tx, sku)?.ok_or(catalog::Refusal::UnknownSku)?;
        access::shop(tx, shop, Permission::ShopGoods)?;
        catalog::switch_sku(tx, sku, state)
    })
}
