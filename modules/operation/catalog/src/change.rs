//! How a listing changes: by one version at a time, each with a row that says who, when and why.

use crate::{Reason, Refusal, State, Step, Verb};
use kernel::{Id, Result, Text, kinds};
use serde::Serialize;
use store::{Read, Tx, args, sql};

/// A listing's own row.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Head {
    /// Its id.
    pub id: Id<kinds::Listing>,
    /// Whose it is.
    pub shop: Id<kinds::Shop>,
    /// The product it is, where the market knows it.
    pub spu: Option<Id<kinds::Spu>>,
    /// Where it belongs.
    pub category: Id<kinds::Category>,
    /// Its brand.
    pub brand: Option<Id<kinds::Brand>>,
    /// Where it stands.
    pub state: State,
    /// Whether only the market may list it again.
    pub barred: bool,
    /// Counts its changes.
    pub version: i64,
}

impl Head {
    /// # Errors
    /// `listing_state_forbids`.
    pub(crate) fn after(&self, step: Step) -> Result<State> {
        let forbids = || Refusal::ListingStateForbids { state: self.state.word(), step: step.word() };
        Ok(self.state.after(step).ok_or_else(forbids)?)
    }
}

/// A listing's own row.
///
/// # Errors
/// `unknown_listing`.
pub fn head(read: &mut Read, id: Id<kinds::Listing>) -> Result<Head> {
    let sql = sql!(
        "select id, shop, spu, category, brand, state, barred, version
         from catalog_listing
         where home = $1 and id = $2"
    );
    read.opt(sql, args![id.home(), id], head_row)?.ok_or_else(|| Refusal::UnknownListing.into())
}

fn head_row(row: &store::Row) -> Result<Head> {
    let (spu, category, brand) = (row.get(2)?, row.get(3)?, row.get(4)?);
    let (state, barred, version) = (row.get(5)?, row.get(6)?, row.get(7)?);
    Ok(Head { id: row.get(0)?, shop: row.get(1)?, spu, category, brand, state, barred, version })
}

/// Writes a head over the one that was read, one version on; answers the new version.
///
/// # Errors
/// `listing_changed` where somebody was faster.
pub(crate) fn advance(tx: &mut Tx, head: &Head, verb: Verb, reason: &Reason) -> Result<i64> {
    let Head { id, spu, category, brand, state, barred, version, .. } = head;
    let sql = sql!(
        "update catalog_listing
         set spu = $4, category = $5, brand = $6, state = $7, barred = $8, version = version + 1
         where home = $1 and id = $2 and version = $3"
    );
    if tx.exec(sql, args![id.home(), id, version, spu, category, brand, state, barred])? == 0 {
        return Err(Refusal::ListingChanged { version: *version }.into());
    }
    note(tx, *id, version + 1, verb, reason)?;
    Ok(version + 1)
}

/// One version on, whatever else changes meanwhile: for changes that do not depend on what the listing says.
/// Answers the head as it is now.
///
/// # Errors
/// `unknown_listing`.
pub(crate) fn bump(tx: &mut Tx, id: Id<kinds::Listing>, verb: Verb) -> Result<Head> {
    let sql = sql!(
        "update catalog_listing
         set version = version + 1
         where home = $1 and id = $2
         returning id, shop, spu, category, brand, state, barred, version"
    );
    let head = tx.opt(sql, args![id.home(), id], head_row)?.ok_or(Refusal::UnknownListing)?;
    note(tx, id, head.version, verb, &Reason::default())?;
    Ok(head)
}

/// # Errors
/// `too_long`, `not_text` or `required` of a reason.
pub(crate) fn note(tx: &mut Tx, id: Id<kinds::Listing>, version: i64, verb: Verb, reason: &Reason) -> Result<()> {
    let why = reason.why.as_deref().map(Text::<1000>::new).transpose().map_err(|no| no.at("why"))?;
    let rule = reason.rule.as_deref().map(Text::<100>::new).transpose().map_err(|no| no.at("rule"))?;
    let (now, actor, actor_id) = (tx.now(), tx.actor().word(), tx.actor().raw());
    let sql = sql!(
        "insert into catalog_change (home, listing, n, verb, at, actor, actor_id, why, rule)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    );
    tx.exec(sql, args![id.home(), id, version, verb, now, actor, actor_id, why, rule])?;
    Ok(())
}
