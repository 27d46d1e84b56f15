//! How a listing comes on sale and goes off: asked for by its shop, judged by the market.

use crate::{
    Field, Hand, Reason, Refusal, State, Step, Verb,
    change::{Head, advance, head},
    event, tree,
};
use kernel::{Id, Result, kinds};
use serde::Serialize;
use std::collections::BTreeSet;
use store::{Read, Tx, args, sql};

/// What the market says to a listing in review.
#[derive(Clone, Debug, Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "GoodsVerdict")]
pub struct Verdict {
    /// The version that was looked at: what was rewritten meanwhile is not judged unseen.
    pub version: i64,
    /// Whether it may be sold.
    pub approved: bool,
    /// Why, and by which rule.
    pub reason: Reason,
}

/// Asks for review. The listing has a title, a SKU on sale and every attribute that its category asks for.
///
/// # Errors
/// `unknown_listing`, `listing_state_forbids`, `title_missing`, `sku_missing`, `attribute_missing`, `listing_changed`.
pub fn submit(tx: &mut Tx, id: Id<kinds::Listing>) -> Result<()> {
    let before = head(tx, id)?;
    let state = before.after(Step::Submit)?;
    is_complete(tx, &before)?;
    advance(tx, &Head { state, ..before }, Verb::Submitted, &Reason::default())?;
    tx.about(id);
    Ok(())
}

/// The market's word on a listing in review.
///
/// # Errors
/// `unknown_listing`, `listing_changed`, `listing_state_forbids`, and what bounds say of the reason.
pub fn review(tx: &mut Tx, id: Id<kinds::Listing>, verdict: &Verdict) -> Result<()> {
    let before = head(tx, id)?;
    if before.version != verdict.version {
        return Err(Refusal::ListingChanged { version: before.version }.into());
    }
    if before.state != State::InReview {
        let step = if verdict.approved { Step::Approve } else { Step::Refuse };
        return Err(Refusal::ListingStateForbids { state: before.state.word(), step: step.word() }.into());
    }
    let (listing, shop) = (id, before.shop);
    tx.about(id);
    if verdict.approved {
        let state = before.after(Step::Approve)?;
        let version = advance(tx, &Head { state, barred: false, ..before }, Verb::Listed, &verdict.reason)?;
        return tx.emit(&event::Listed { listing, shop }, version);
    }
    let state = before.after(Step::Refuse)?;
    let version = advance(tx, &Head { state, ..before }, Verb::Refused, &verdict.reason)?;
    tx.emit(&event::Refused { listing, shop, rule: verdict.reason.rule.clone() }, version)
}

/// Puts a listing on sale: again after it was taken off, or for the first time where the market lists it by its own
/// hand, without review.
///
/// # Errors
/// `unknown_listing`, `listing_barred`, `listing_state_forbids`, `title_missing`, `sku_missing`, `attribute_missing`,
/// `listing_changed`.
pub fn list(tx: &mut Tx, id: Id<kinds::Listing>, hand: Hand) -> Result<()> {
    let before = head(tx, id)?;
    if hand == Hand::Shop && before.barred {
        return Err(Refusal::ListingBarred.into());
    }
    let by_hand = hand == Hand::Market && before.state == State::Draft;
    let state = before.after(if by_hand { Step::Approve } else { Step::List })?;
    is_complete(tx, &before)?;
    let (listing, shop) = (id, before.shop);
    let version = advance(tx, &Head { state, barred: false, ..before }, Verb::Listed, &Reason::default())?;
    tx.about(id);
    tx.emit(&event::Listed { listing, shop }, version)
}

/// Takes a listing off sale. Done by the market, only the market lists it again, or a review of what its shop mends.
///
/// # Errors
/// `unknown_listing`, `listing_state_forbids`, `listing_changed`, and what bounds say of the reason.
pub fn delist(tx: &mut Tx, id: Id<kinds::Listing>, hand: Hand, reason: &Reason) -> Result<()> {
    let before = head(tx, id)?;
    let state = before.after(Step::Delist)?;
    let (listing, shop, barred) = (id, before.shop, hand == Hand::Market);
    let version = advance(tx, &Head { state, barred, ..before }, Verb::Delisted, reason)?;
    tx.about(id);
    tx.emit(&event::Delisted { listing, shop, rule: reason.rule.clone() }, version)
}

/// Whether a listing has what goods on sale need.
fn is_complete(read: &mut Read, head: &Head) -> Result<()> {
    let (id, home, title) = (head.id, head.id.home(), Field::Title);
    let sql = sql!(
        "select 1
         from catalog_text
         where home = $1 and thing = $2 and field = $3
         limit 1"
    );
    read.opt(sql, args![home, id, title], |_| Ok(()))?.ok_or(Refusal::TitleMissing)?;
    let sql = sql!(
        "select id
         from catalog_sku
         where home = $1 and listing = $2 and state = 'on_sale'"
    );
    let skus: Vec<Id<kinds::Sku>> = read.all(sql, args![home, id], |row| row.get(0))?;
    if skus.is_empty() {
        return Err(Refusal::SkuMissing.into());
    }
    let chain = tree::chain(read, head.category)?;
    let required = tree::required_in(read, &chain)?;
    if required.is_empty() {
        return Ok(());
    }
    let (of_variants, of_all): (Vec<_>, Vec<_>) = required.into_iter().partition(|attribute| attribute.is_variant);
    has_all(read, id.home(), id.raw(), &of_all)?;
    for sku in skus {
        has_all(read, id.home(), sku.raw(), &of_variants)?;
    }
    Ok(())
}

fn has_all(read: &mut Read, home: kernel::Home, thing: i64, required: &[tree::Attribute]) -> Result<()> {
    let sql = sql!(
        "select distinct attribute
         from catalog_value
         where home = $1 and thing = $2"
    );
    let given: Vec<Id<kinds::Attribute>> = read.all(sql, args![home, thing], |row| row.get(0))?;
    none_missing(required, &given.into_iter().collect())
}

/// # Errors
/// `attribute_missing`.
pub(crate) fn none_missing(required: &[tree::Attribute], given: &BTreeSet<Id<kinds::Attribute>>) -> Result<()> {
    match required.iter().find(|attribute| !given.contains(&attribute.id)) {
        Some(missing) => Err(Refusal::AttributeMissing { code: missing.code.clone() }.into()),
        None => Ok(()),
    }
}
