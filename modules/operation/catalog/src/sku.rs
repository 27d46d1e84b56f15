//! The variants of a listing.

use crate::{
    Hand, Refusal, SkuState, State, Tracking, Values, Verb,
    change::{self, head},
    event,
    listing::rewritten,
    text, tree, value,
};
use kernel::{Error, Id, Locale, Money, Result, Text, Time, error::Common, kinds, quantity::LINE_UNITS_MAX};
use serde::{Deserialize, Serialize};
use store::{Tx, args, sql};

/// The most minor units that a price may have.
pub const PRICE_MAX: i64 = 10_000_000_000_000;

/// How a variant is counted and priced.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// What is counted, as people say it.
    pub unit: Text<20>,
    /// How many of the smallest quantity make one such unit: 1, or 1000 for kg sold by the gram.
    pub unit_scale: i64,
    /// The price is for 1, 100 or 1,000 of the smallest quantity.
    pub price_per: i64,
    /// Whether stock is counted.
    pub tracking: Tracking,
}

impl Default for Measure {
    /// Pieces, priced one by one, their stock counted.
    fn default() -> Measure {
        let unit = Text::new("piece").expect("five letters are a text");
        Measure { unit, unit_scale: 1, price_per: 1, tracking: Tracking::Tracked }
    }
}

impl Measure {
    /// # Errors
    /// `out_of_range`, `malformed`.
    pub(crate) fn check(&self) -> Result<()> {
        if !(1..=LINE_UNITS_MAX).contains(&self.unit_scale) {
            return Err(Error::from(Common::OutOfRange { least: 1, most: LINE_UNITS_MAX }).at("unit_scale"));
        }
        if !matches!(self.price_per, 1 | 100 | 1000) {
            return Err(Error::from(Common::Malformed { expected: "1, 100 or 1000" }).at("price_per"));
        }
        Ok(())
    }
}

/// A variant to be; it is on sale as soon as its listing is.
#[derive(Clone, Debug, Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSku {
    /// The shop's own name of it, once in the listing.
    pub code: Text<200>,
    /// What tells it apart, as people read it: "red, 42". None where there is but one variant.
    pub option: Option<(Locale, Text<200>)>,
    /// What tells it apart, typed.
    pub values: Values,
    /// How it is counted and priced.
    pub measure: Measure,
}

/// Adds a variant to a listing; by its shop's hand that is a change to review.
///
/// # Errors
/// `unknown_listing`, `sku_code_taken`, `listing_changed`, `unknown_attribute`, `wrong_attribute_type`,
/// `unknown_choice`, `out_of_range`, `malformed`.
pub fn add_sku(tx: &mut Tx, listing: Id<kinds::Listing>, hand: Hand, new: &NewSku) -> Result<Id<kinds::Sku>> {
    new.measure.check()?;
    let before = head(tx, listing)?;
    let chain = tree::chain(tx, before.category)?;
    let values = value::fit_all(tx, &chain, &new.values)?;
    let id = tx.id(listing.home())?;
    insert(tx, listing, id, &new.code, &new.measure)?;
    if let Some((lang, option)) = &new.option {
        text::write(tx, listing.home(), id.raw(), *lang, &[("option", option)])?;
    }
    value::write(tx, listing.home(), id.raw(), &values)?;
    let after = before.clone();
    rewritten(tx, hand, before, after)?;
    Ok(id)
}

/// # Errors
/// `sku_code_taken`.
pub(crate) fn insert(
    tx: &mut Tx,
    listing: Id<kinds::Listing>,
    id: Id<kinds::Sku>,
    code: &Text<200>,
    measure: &Measure,
) -> Result<()> {
    let home = listing.home();
    let (now, state) = (tx.now(), SkuState::OnSale);
    let Measure { unit, unit_scale, price_per, tracking } = measure;
    let sql = sql!(
        "insert into catalog_sku (home, id, listing, code, state, unit, unit_scale, price_per, tracking, made_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (listing, code, home) do nothing"
    );
    let values = args![home, id, listing, code, state, unit, unit_scale, price_per, tracking, now];
    if tx.exec(sql, values)? == 0 {
        return Err(Refusal::SkuCodeTaken { code: code.to_string() }.into());
    }
    Ok(())
}

/// Puts a variant on sale or takes it off.
///
/// # Errors
/// `unknown_sku`.
pub fn switch_sku(tx: &mut Tx, sku: Id<kinds::Sku>, state: SkuState) -> Result<()> {
    let sql = sql!(
        "update catalog_sku
         set state = $3
         where home = $1 and id = $2
         returning listing"
    );
    let listing = tx.opt(sql, args![sku.home(), sku, state], |row| row.get(0))?;
    let listing = listing.ok_or(Refusal::UnknownSku)?;
    let head = change::bump(tx, listing, Verb::Switched)?;
    tx.about(listing);
    if head.state != State::Listed {
        return Ok(());
    }
    tx.emit(&event::Edited { listing, shop: head.shop }, head.version)
}

/// Says what a variant costs from a quantity and an instant on. The prices before stay as they were; of two set for
/// one instant the later counts.
///
/// # Errors
/// `unknown_sku`, `out_of_range` for nothing and less, `too_large`, `price_in_the_past`.
pub fn set_price(tx: &mut Tx, sku: Id<kinds::Sku>, price: Money, from_qty: i64, from_time: Time) -> Result<()> {
    check_price(price)?;
    if !(1..=LINE_UNITS_MAX).contains(&from_qty) {
        return Err(Error::from(Common::OutOfRange { least: 1, most: LINE_UNITS_MAX }).at("from_qty"));
    }
    if from_time < tx.now() {
        return Err(Refusal::PriceInThePast { now: tx.now() }.into());
    }
    let sql = sql!(
        "select listing
         from catalog_sku
         where home = $1 and id = $2"
    );
    let listing = tx.opt(sql, args![sku.home(), sku], |row| row.get(0))?.ok_or(Refusal::UnknownSku)?;
    let version = change::bump(tx, listing, Verb::Priced)?.version;
    insert_price(tx, sku, price, from_qty, from_time, version)?;
    tx.about(listing);
    tx.emit(&event::PriceChanged { listing, sku, price, from_qty, from_time }, version)
}

/// # Errors
/// `out_of_range`, `too_large`.
pub(crate) fn check_price(price: Money) -> Result<()> {
    match price.minor {
        ..=0 => Err(Error::from(Common::OutOfRange { least: 1, most: PRICE_MAX }).at("price")),
        1..=PRICE_MAX => Ok(()),
        _ => Err(Error::from(Common::TooLarge { most: PRICE_MAX }).at("price")),
    }
}

pub(crate) fn insert_price(
    tx: &mut Tx,
    sku: Id<kinds::Sku>,
    price: Money,
    from_qty: i64,
    from_time: Time,
    version: i64,
) -> Result<()> {
    let (actor, actor_id) = (tx.actor().word(), tx.actor().raw());
    let sql = sql!(
        "insert into catalog_price
           (home, sku, list, channel, storefront, currency, from_qty, from_time, version, amount, actor, actor_id)
         values ($1, $2, 1, -1, 1, $3, $4, $5, $6, $7, $8, $9)"
    );
    let Money { minor, currency } = price;
    tx.exec(sql, args![sku.home(), sku, currency, from_qty, from_time, version, minor, actor, actor_id])?;
    Ok(())
}
