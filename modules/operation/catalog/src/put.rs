//! Goods from outside: one call makes or changes one item, and a second one with the same goods changes nothing.

use crate::{
    Field, Hand, Known, Measure, Reason, State, Step, Value, Values, Verb,
    change::{self, Head, head},
    event,
    listing::{self, rewrite_texts},
    product::{self, NewSpu},
    review::none_missing,
    sku::{self, check_price},
    text,
    tree::{self, NewAttribute},
    value,
};
use kernel::{Error, Home, Id, Locale, Money, Result, Text, Units, error::Common, kinds};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use store::{Read, Tx, args, sql};

/// The most bar-code numbers of one good.
pub const GTINS_MAX: usize = 200;

/// One good as its file describes it.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct NewGoods {
    /// The file's own key of it.
    pub key: String,
    /// In which language the words are.
    pub lang: Locale,
    /// Its name.
    pub title: String,
    /// Its brand.
    pub brand: Option<String>,
    /// The maker's name of it.
    pub model: Option<String>,
    /// More words.
    pub description: Option<String>,
    /// Where it belongs, by name from the top of the tree.
    pub category: Vec<String>,
    /// What is known of it; the order does not matter, but that of several values of one attribute does.
    pub attributes: Vec<GoodsAttribute>,
    /// Its bar-code numbers; doubtful ones mean nothing.
    pub gtins: Vec<String>,
    /// What it costs from one piece on, from now on; none leaves the prices as they are.
    pub price: Option<Money>,
    /// How it is counted and priced.
    pub measure: Measure,
}

/// One value of one attribute of goods.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct GoodsAttribute {
    /// The attribute's stable name.
    pub code: String,
    /// What people read for it; used where the attribute is new.
    pub name: String,
    /// The unit; used where the attribute is new.
    pub unit: Option<String>,
    /// The value.
    pub value: Value,
}

/// What became of goods.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Put {
    /// Their listing.
    pub listing: Id<kinds::Listing>,
    /// Their one SKU.
    pub sku: Id<kinds::Sku>,
    /// What was done.
    pub done: Done,
}

store::codes! {
    /// What was done with goods from outside.
    pub enum Done {
        /// They are new.
        Made = "made",
        /// They differed from what was there.
        Changed = "changed",
        /// They did not.
        Same = "same",
    }
}

/// Where imported goods stand.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Source {
    listing: Id<kinds::Listing>,
    sku: Id<kinds::Sku>,
    hash: Vec<u8>,
}

/// Goods held against every bound and turned into ids.
struct Ready {
    key: Text<200>,
    lang: Locale,
    texts: Vec<(Field, Option<String>)>,
    category: Id<kinds::Category>,
    brand: Option<Id<kinds::Brand>>,
    model: Text<300>,
    gtins: Vec<String>,
    values: Values,
    price: Option<Money>,
    measure: Measure,
    hash: Vec<u8>,
}

/// Makes or changes one good of a shop. By the market's hand it is listed, and categories and attributes that are
/// missing are made; by a shop's it goes to review and must fit the tree as it is.
///
/// A refusal comes before anything of the good is written, so an act that puts many may note it and go on.
///
/// # Errors
/// `required`, `too_long`, `not_text`, `too_many`, `out_of_range`, `too_large`, `malformed`, each said of the field;
/// `unknown_category`, `unknown_attribute`, `unknown_choice`, `wrong_attribute_type`, `attribute_missing`.
pub fn put_goods(tx: &mut Tx, known: &Known, shop: Id<kinds::Shop>, goods: &NewGoods, hand: Hand) -> Result<Put> {
    let hash = hash_of(goods)?;
    let found = source(tx, shop, &goods.key)?;
    if let Some(Source { listing, sku, .. }) = found.as_ref().filter(|found| found.hash == hash) {
        return Ok(Put { listing: *listing, sku: *sku, done: Done::Same });
    }
    let ready = make_ready(tx, known, goods, hand, hash)?;
    match found {
        None => make(tx, shop, &ready, hand),
        Some(found) => change(tx, shop, &found, &ready, hand),
    }
}

/// Whether goods are there already just as they are given, so that no act is needed.
///
/// # Errors
/// What the engine says.
pub fn is_put(read: &mut Read, shop: Id<kinds::Shop>, goods: &NewGoods) -> Result<bool> {
    let hash = hash_of(goods)?;
    Ok(source(read, shop, &goods.key)?.is_some_and(|found| found.hash == hash))
}

/// The listing and SKU that a key of a shop's file became.
///
/// # Errors
/// What the engine says.
pub fn by_key(
    read: &mut Read,
    shop: Id<kinds::Shop>,
    key: &str,
) -> Result<Option<(Id<kinds::Listing>, Id<kinds::Sku>)>> {
    Ok(source(read, shop, key)?.map(|found| (found.listing, found.sku)))
}

fn source(read: &mut Read, shop: Id<kinds::Shop>, key: &str) -> Result<Option<Source>> {
    let key = key.trim();
    let sql = sql!(
        "select listing, sku, hash
         from catalog_source
         where home = $1 and shop = $2 and key = $3"
    );
    read.opt(sql, args![source_home(shop, key), shop, key], |row| {
        Ok(Source { listing: row.get(0)?, sku: row.get(1)?, hash: row.get(2)? })
    })
}

fn source_home(shop: Id<kinds::Shop>, key: &str) -> Home {
    Home::of_text(&format!("{}/{key}", shop.raw()))
}

/// SHA-256 of the goods in canonical form: JSON with the fields in the order of the struct, attributes by code.
fn hash_of(goods: &NewGoods) -> Result<Vec<u8>> {
    let mut canonical = goods.clone();
    canonical.attributes.sort_by(|one, other| one.code.cmp(&other.code));
    let text = serde_json::to_vec(&canonical).map_err(Error::broken)?;
    Ok(Sha256::digest(&text).to_vec())
}

fn make_ready(tx: &mut Tx, known: &Known, goods: &NewGoods, hand: Hand, hash: Vec<u8>) -> Result<Ready> {
    let key: Text<200> = bounded(&goods.key, "key")?;
    let title = Field::Title.fit(&goods.title)?;
    let model = goods.model.as_deref().map(|model| Field::Model.fit(model)).transpose()?;
    let description = goods.description.as_deref().map(|words| Field::Description.fit(words)).transpose()?;
    let brand = goods.brand.as_deref().map(|name| bounded::<100>(name, "brand")).transpose()?;
    let path = goods.category.iter().map(|name| bounded(name, "category")).collect::<Result<Vec<_>>>()?;
    goods.price.map_or(Ok(()), check_price)?;
    goods.measure.check()?;
    value::few_enough(goods.attributes.len())?;
    if goods.gtins.len() > GTINS_MAX {
        return Err(Error::from(Common::TooManyThings { most: GTINS_MAX as i64 }).at("gtins"));
    }
    let chain = known.chain(tx, &path, hand, goods.lang)?;
    let values = fit_values(tx, known, goods, &chain, hand)?;
    let category = *chain.first().ok_or(crate::Refusal::UnknownCategory)?;
    let brand = brand.map(|name| known.brand(tx, &name)).transpose()?;
    let model_or_title = Text::new(model.as_deref().unwrap_or(&title))?;
    let texts = vec![(Field::Title, Some(title)), (Field::Model, model), (Field::Description, description)];
    let (lang, gtins, price, measure) = (goods.lang, goods.gtins.clone(), goods.price, goods.measure.clone());
    Ok(Ready { key, lang, texts, category, brand, model: model_or_title, gtins, values, price, measure, hash })
}

fn bounded<const MAX: usize>(text: &str, field: &'static str) -> Result<Text<MAX>> {
    Text::new(text).map_err(|no| no.at(field))
}

fn fit_values(
    tx: &mut Tx,
    known: &Known,
    goods: &NewGoods,
    chain: &[Id<kinds::Category>],
    hand: Hand,
) -> Result<Values> {
    let mut values = Vec::with_capacity(goods.attributes.len());
    for GoodsAttribute { code, name, unit, value } in &goods.attributes {
        let attribute = known.attribute(tx, chain, code, hand, || {
            let unit = unit.as_deref().map(|unit| bounded(unit, "unit")).transpose()?;
            let (kind, code) = (value.kind(), bounded(code, "attributes")?);
            let new = NewAttribute { code, kind, unit, required: false, is_variant: false };
            Ok((new, goods.lang, bounded(name, "attributes")?))
        })?;
        values.push((attribute.id, value::fit(tx, &attribute, value)?));
    }
    // Goods from outside have one SKU, so what tells variants apart stands on the listing like the rest.
    let required = tree::required_in(tx, chain)?;
    let given: BTreeSet<_> = values.iter().map(|(attribute, _)| *attribute).collect();
    none_missing(&required, &given)?;
    Ok(values)
}

fn make(tx: &mut Tx, shop: Id<kinds::Shop>, ready: &Ready, hand: Hand) -> Result<Put> {
    let spu = spu_of(tx, ready, hand)?;
    let home = tx.new_home();
    let id = tx.id(home)?;
    let state = if hand == Hand::Market { State::Listed } else { State::InReview };
    let Ready { category, brand, .. } = *ready;
    let sku = tx.id(home)?;
    insert_source(tx, shop, ready, id, sku)?;
    listing::insert(tx, &Head { id, shop, spu, category, brand, state, barred: false, version: 1 })?;
    change::note(tx, id, 1, Verb::Made, &Reason::default())?;
    sku::insert(tx, id, sku, &ready.key, &ready.measure)?;
    if let Some(price) = ready.price {
        let now = tx.now();
        sku::insert_price(tx, sku, price, 1, now, 1)?;
    }
    let texts = ready.texts.iter().filter_map(|(field, text)| Some((field.word(), text.as_deref()?)));
    text::write(tx, home, id.raw(), ready.lang, &texts.collect::<Vec<_>>())?;
    value::write(tx, home, id.raw(), &ready.values)?;
    if state == State::Listed {
        tx.emit(&event::Listed { listing: id, shop }, 1)?;
    }
    tx.about(id);
    Ok(Put { listing: id, sku, done: Done::Made })
}

/// The first thing written of new goods: of two imports of the same file at once, one is told here.
fn insert_source(
    tx: &mut Tx,
    shop: Id<kinds::Shop>,
    ready: &Ready,
    listing: Id<kinds::Listing>,
    sku: Id<kinds::Sku>,
) -> Result<()> {
    let sql = sql!(
        "insert into catalog_source (home, shop, key, listing, sku, hash)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (shop, key, home) do nothing"
    );
    let values = args![source_home(shop, &ready.key), shop, ready.key, listing, sku, ready.hash];
    if tx.exec(sql, values)? == 0 {
        return Err(Common::InProgress.into());
    }
    Ok(())
}

fn change(tx: &mut Tx, shop: Id<kinds::Shop>, found: &Source, ready: &Ready, hand: Hand) -> Result<Put> {
    let Source { listing: id, sku, .. } = *found;
    let before = head(tx, id)?;
    let mut after = before.clone();
    (after.category, after.brand) = (ready.category, ready.brand);
    after.spu = spu_of(tx, ready, hand)?;
    after.state = match (hand, before.state) {
        // What the market refused or somebody took off stays so until somebody says otherwise.
        (Hand::Market, State::Draft | State::InReview) => before.after(Step::Approve)?,
        (Hand::Market, state) => state,
        (Hand::Shop, _) => match before.after(Step::Rewrite)? {
            State::Draft => State::Draft.after(Step::Submit).unwrap_or(State::InReview),
            state => state,
        },
    };
    // First what may be refused, then the rest.
    let version = change::advance(tx, &after, Verb::Edited, &Reason::default())?;
    rewrite_texts(tx, id, ready.lang, &ready.texts)?;
    value::rewrite(tx, id.home(), id.raw(), &ready.values)?;
    rewrite_measure(tx, sku, &ready.measure)?;
    match (before.state, after.state) {
        (State::Listed, State::Listed) => tx.emit(&event::Edited { listing: id, shop }, version)?,
        (State::Listed, _) => tx.emit(&event::Delisted { listing: id, shop, rule: None }, version)?,
        (_, State::Listed) => tx.emit(&event::Listed { listing: id, shop }, version)?,
        _ => {}
    }
    reprice(tx, id, sku, ready, version)?;
    let sql = sql!(
        "update catalog_source
         set hash = $4
         where home = $1 and shop = $2 and key = $3"
    );
    tx.exec(sql, args![source_home(shop, &ready.key), shop, ready.key, ready.hash])?;
    tx.about(id);
    Ok(Put { listing: id, sku, done: Done::Changed })
}

fn spu_of(tx: &mut Tx, ready: &Ready, hand: Hand) -> Result<Option<Id<kinds::Spu>>> {
    let Ready { brand, category, ref model, ref gtins, .. } = *ready;
    let new = NewSpu { brand, category, model: model.clone(), gtins: gtins.clone(), values: Vec::new() };
    product::spu_for(tx, hand, &new)
}

fn rewrite_measure(tx: &mut Tx, sku: Id<kinds::Sku>, measure: &Measure) -> Result<()> {
    let Measure { unit, unit_scale, price_per, tracking } = measure;
    let sql = sql!(
        "update catalog_sku
         set unit = $3, unit_scale = $4, price_per = $5, tracking = $6
         where home = $1 and id = $2"
    );
    tx.exec(sql, args![sku.home(), sku, unit, unit_scale, price_per, tracking])?;
    Ok(())
}

/// Sets the price from now on, where it differs from the one in force.
fn reprice(tx: &mut Tx, listing: Id<kinds::Listing>, sku: Id<kinds::Sku>, ready: &Ready, version: i64) -> Result<()> {
    let Some(price) = ready.price else {
        return Ok(());
    };
    let now = tx.now();
    let in_force = crate::offer(tx, sku, now, ready.lang)?.price(Units::new(1)?, price.currency).ok();
    if in_force == Some(price) {
        return Ok(());
    }
    sku::insert_price(tx, sku, price, 1, now, version)?;
    tx.emit(&event::PriceChanged { listing, sku, price, from_qty: 1, from_time: now }, version)
}
