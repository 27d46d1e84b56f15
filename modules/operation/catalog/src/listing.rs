//! Writing a listing down and changing what it says.

use crate::{
    Field, Hand, Picture, Reason, State, Step, Values, Verb,
    change::{self, Head, advance, head},
    event, product, text, tree, value,
};
use kernel::{Id, Locale, Result, Text, error::Common, kinds};
use serde::Serialize;
use store::{Tx, Val, args, into, sql};

/// The most pictures of one listing.
pub const PICTURES_MAX: usize = 50;

/// A listing to be.
#[derive(Clone, Debug, Serialize)]
pub struct NewListing {
    /// Who sells it.
    pub shop: Id<kinds::Shop>,
    /// The product it is, where the market knows it.
    pub spu: Option<Id<kinds::Spu>>,
    /// Where it belongs.
    pub category: Id<kinds::Category>,
    /// Its brand.
    pub brand: Option<Id<kinds::Brand>>,
    /// In which language the texts are.
    pub lang: Locale,
    /// What people read.
    pub texts: Vec<(Field, String)>,
    /// What is known of it.
    pub values: Values,
    /// What it looks like, the first one first.
    pub pictures: Vec<Picture>,
}

/// A change of what a listing says; what is left out stays.
#[derive(Clone, Default, Debug)]
pub struct Edit {
    /// Texts in one language, each put in the place of the old one; `None` takes one away.
    pub texts: Vec<(Field, Option<String>)>,
    /// Another place in the tree and all that is known there, instead of what was.
    pub facts: Option<Facts>,
    /// All pictures, instead of the ones before.
    pub pictures: Option<Vec<Picture>>,
    /// Another brand, or none.
    pub brand: Option<Option<Id<kinds::Brand>>>,
    /// Another product, or none.
    pub spu: Option<Option<Id<kinds::Spu>>>,
}

/// Where goods belong and what is known of them; the category says which attributes there are.
#[derive(Clone, PartialEq, Debug)]
pub struct Facts {
    /// Where they belong.
    pub category: Id<kinds::Category>,
    /// All that is known.
    pub values: Values,
}

/// Writes a listing down as a draft, without a SKU.
///
/// # Errors
/// `unknown_category`, `unknown_brand`, `unknown_spu`, `unknown_attribute`, `wrong_attribute_type`, `unknown_choice`,
/// `too_many`, and what bounds say of texts.
pub fn make_listing(tx: &mut Tx, new: &NewListing) -> Result<Id<kinds::Listing>> {
    let chain = tree::chain(tx, new.category)?;
    let values = value::fit_all(tx, &chain, &new.values)?;
    let texts = fit_texts(&new.texts)?;
    check_pictures(&new.pictures)?;
    points_at_something(tx, new.brand, new.spu)?;
    let home = tx.new_home();
    let id = tx.id(home)?;
    let NewListing { shop, spu, category, brand, lang, pictures, .. } = new;
    let (shop, spu, category, brand) = (*shop, *spu, *category, *brand);
    insert(tx, &Head { id, shop, spu, category, brand, state: State::Draft, barred: false, version: 1 })?;
    change::note(tx, id, 1, Verb::Made, &Reason::default())?;
    let texts: Vec<_> = texts.iter().map(|(field, text)| (field.word(), text.as_str())).collect();
    text::write(tx, home, id.raw(), *lang, &texts)?;
    value::write(tx, home, id.raw(), &values)?;
    write_pictures(tx, id, *lang, pictures)?;
    tx.about(id);
    Ok(id)
}

/// Puts a listing's row into its home and into its shop's list.
pub(crate) fn insert(tx: &mut Tx, head: &Head) -> Result<()> {
    let Head { id, shop, spu, category, brand, state, barred, version } = head;
    let now = tx.now();
    let sql = sql!(
        "insert into catalog_listing (home, id, shop, spu, category, brand, state, barred, version, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
    );
    tx.exec(sql, args![id.home(), id, shop, spu, category, brand, state, barred, version, now])?;
    let sql = sql!(
        "insert into catalog_shop_listing (home, shop, listing)
         values ($1, $2, $3)"
    );
    tx.exec(sql, args![shop.home(), shop, id])?;
    Ok(())
}

/// Changes what a listing says. Done by its shop, it goes back to review, off sale where it was on; done by the
/// market, its state stays.
///
/// # Errors
/// `unknown_listing`, `listing_changed`, and those of [`make_listing`].
pub fn edit(tx: &mut Tx, id: Id<kinds::Listing>, hand: Hand, lang: Locale, edit: &Edit) -> Result<()> {
    let before = head(tx, id)?;
    let mut after = before.clone();
    after.brand = edit.brand.unwrap_or(before.brand);
    after.spu = edit.spu.unwrap_or(before.spu);
    points_at_something(tx, edit.brand.flatten(), edit.spu.flatten())?;
    if let Some(Facts { category, values }) = &edit.facts {
        let chain = tree::chain(tx, *category)?;
        let values = value::fit_all(tx, &chain, values)?;
        value::rewrite(tx, id.home(), id.raw(), &values)?;
        after.category = *category;
    }
    rewrite_texts(tx, id, lang, &edit.texts)?;
    if let Some(pictures) = &edit.pictures {
        check_pictures(pictures)?;
        remove_pictures(tx, id)?;
        write_pictures(tx, id, lang, pictures)?;
    }
    rewritten(tx, hand, before, after)
}

/// The end of every change of what a listing says: its new state, its version, and the event for whoever shows it.
pub(crate) fn rewritten(tx: &mut Tx, hand: Hand, before: Head, mut after: Head) -> Result<()> {
    if hand == Hand::Shop {
        after.state = before.after(Step::Rewrite)?;
    }
    let version = advance(tx, &after, Verb::Edited, &Reason::default())?;
    let Head { id: listing, shop, .. } = after;
    tx.about(listing);
    match (before.state, after.state) {
        (State::Listed, State::Listed) => tx.emit(&event::Edited { listing, shop }, version),
        (State::Listed, _) => tx.emit(&event::Delisted { listing, shop, rule: None }, version),
        _ => Ok(()),
    }
}

fn fit_texts(texts: &[(Field, String)]) -> Result<Vec<(Field, String)>> {
    texts.iter().map(|(field, text)| Ok((*field, field.fit(text)?))).collect()
}

/// Puts texts in the place of the ones before; nothing in the place of what is left empty.
pub(crate) fn rewrite_texts(
    tx: &mut Tx,
    id: Id<kinds::Listing>,
    lang: Locale,
    texts: &[(Field, Option<String>)],
) -> Result<()> {
    let mut fitting = Vec::with_capacity(texts.len());
    for (field, text) in texts {
        text::remove(tx, id.home(), id.raw(), lang, field.word())?;
        if let Some(text) = text {
            fitting.push((field.word(), field.fit(text)?));
        }
    }
    let fitting: Vec<_> = fitting.iter().map(|(field, text)| (*field, text.as_str())).collect();
    text::write(tx, id.home(), id.raw(), lang, &fitting)
}

fn points_at_something(tx: &mut Tx, brand: Option<Id<kinds::Brand>>, spu: Option<Id<kinds::Spu>>) -> Result<()> {
    if let Some(brand) = brand {
        product::brand_name(tx, brand)?;
    }
    if let Some(spu) = spu {
        product::spu(tx, spu)?;
    }
    Ok(())
}

fn check_pictures(pictures: &[Picture]) -> Result<()> {
    if pictures.len() > PICTURES_MAX {
        return Err(Common::TooManyThings { most: PICTURES_MAX as i64 }.into());
    }
    let is_address = |address: &Text<2000>| {
        let is_ours = address.starts_with('/') && !address.starts_with("//");
        (is_ours || address.starts_with("https://")) && !address.contains(char::is_whitespace)
    };
    if pictures.iter().all(|picture| is_address(&picture.address)) {
        return Ok(());
    }
    Err(Common::Malformed { expected: "https://… or a path that begins with /" }.into())
}

fn remove_pictures(tx: &mut Tx, id: Id<kinds::Listing>) -> Result<()> {
    let sql = sql!(
        "delete from catalog_picture
         where home = $1 and listing = $2"
    );
    tx.exec(sql, args![id.home(), id])?;
    text::remove_alts(tx, id.home(), id.raw())
}

fn write_pictures(tx: &mut Tx, id: Id<kinds::Listing>, lang: Locale, pictures: &[Picture]) -> Result<()> {
    let home = id.home();
    let numbered = || (1_i64..).zip(pictures);
    let rows: Vec<Vec<Val>> = numbered().map(|(n, picture)| args![home, id, n, picture.address].to_vec()).collect();
    tx.insert_all(into!("catalog_picture", "home, listing, n, address" => "$1, $2, $3, $4"), &rows)?;
    let alts: Vec<_> = numbered().map(|(n, picture)| (format!("alt.{n}"), &*picture.alt)).collect();
    let alts: Vec<_> = alts.iter().map(|(field, alt)| (field.as_str(), *alt)).collect();
    text::write(tx, home, id.raw(), lang, &alts)
}
