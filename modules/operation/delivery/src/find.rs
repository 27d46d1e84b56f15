//! Reads of parcels.

use crate::{Correction, State};
use kernel::{Error, Id, Result, Time, Units, error::Common, kinds};
use serde::Serialize;
use std::collections::BTreeMap;
use store::{Read, Row, args, sql};

/// A parcel without its lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Parcel {
    /// Which one.
    pub id: Id<kinds::Parcel>,
    /// Of which order.
    pub ord: Id<kinds::Order>,
    /// Who sent it.
    pub shop: Id<kinds::Shop>,
    /// Where it is.
    pub state: State,
    /// When the shop handed it over.
    pub handed_at: Time,
    /// The carrier's time of the latest scan.
    pub last_scan_at: Option<Time>,
    /// How many rows its track has.
    pub tracks: i64,
    /// Counts its changes.
    pub version: i64,
}

/// A parcel with what is on its label and in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Shipped {
    /// The parcel.
    pub parcel: Parcel,
    /// The carrier's code.
    pub carrier: String,
    /// The carrier's number.
    pub waybill: String,
    /// Numbers of the order's lines, with how many units of each.
    pub lines: Vec<(i64, Units)>,
}

/// One row of a parcel's track.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Step {
    /// In which order it was heard.
    pub n: i64,
    /// What was said.
    pub state: State,
    /// When it happened, by the carrier's clock.
    pub carrier_at: Time,
    /// When we heard of it.
    pub heard_at: Time,
    /// A town or a station; empty where none was said.
    pub place: String,
    /// Why somebody set the state by hand; none: the carrier said it.
    pub correction: Option<Correction>,
}

/// A parcel with its lines.
///
/// # Errors
/// `not_found`.
pub fn parcel(read: &mut Read, id: Id<kinds::Parcel>) -> Result<Shipped> {
    let sql = sql!(
        "select id, ord, shop, state, handed_at, last_scan_at, tracks, version, carrier, waybill
         from delivery_parcel
         where home = $1 and id = $2"
    );
    let mut shipped = read.opt(sql, args![id.home(), id], shipped_of)?.ok_or_else(|| Error::from(Common::NotFound))?;
    let sql = sql!("select n, units from delivery_parcel_line where home = $1 and parcel = $2 order by n");
    shipped.lines = read.all(sql, args![id.home(), id], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(shipped)
}

/// The parcels of an order with their lines, in the order they were handed over.
///
/// # Errors
/// What the engine says.
pub fn parcels_of_order(read: &mut Read, ord: Id<kinds::Order>) -> Result<Vec<Shipped>> {
    let sql = sql!(
        "select id, ord, shop, state, handed_at, last_scan_at, tracks, version, carrier, waybill
         from delivery_parcel
         where home = $1 and ord = $2
         order by id"
    );
    let mut parcels = read.all(sql, args![ord.home(), ord], shipped_of)?;
    if parcels.is_empty() {
        return Ok(parcels);
    }
    let sql = sql!(
        "select l.parcel, l.n, l.units
         from delivery_parcel p
         join delivery_parcel_line l on l.home = p.home and l.parcel = p.id
         where p.home = $1 and p.ord = $2
         order by l.parcel, l.n"
    );
    let mut lines: BTreeMap<Id<kinds::Parcel>, Vec<(i64, Units)>> = BTreeMap::new();
    read.each(sql, args![ord.home(), ord], |row| {
        lines.entry(row.get(0)?).or_default().push((row.get(1)?, row.get(2)?));
        Ok(())
    })?;
    for shipped in &mut parcels {
        shipped.lines = lines.remove(&shipped.parcel.id).unwrap_or_default();
    }
    Ok(parcels)
}

/// All that was heard of a parcel, by the carrier's time.
///
/// # Errors
/// What the engine says.
pub fn track_of(read: &mut Read, parcel: Id<kinds::Parcel>) -> Result<Vec<Step>> {
    let sql = sql!(
        "select n, state, carrier_at, heard_at, place, correction
         from delivery_track
         where home = $1 and parcel = $2
         order by carrier_at, n"
    );
    read.all(sql, args![parcel.home(), parcel], |row| {
        Ok(Step {
            n: row.get(0)?,
            state: row.get(1)?,
            carrier_at: row.get(2)?,
            heard_at: row.get(3)?,
            place: row.get(4)?,
            correction: row.get(5)?,
        })
    })
}

/// Whether a carrier has seen any parcel of an order: what a silent seller's case turns on [S1].
///
/// # Errors
/// What the engine says.
pub fn has_scan(read: &mut Read, ord: Id<kinds::Order>) -> Result<bool> {
    let sql = sql!(
        "select id
         from delivery_parcel
         where home = $1 and ord = $2 and last_scan_at is not null
         limit 1"
    );
    let found: Option<Id<kinds::Parcel>> = read.opt(sql, args![ord.home(), ord], |row| row.get(0))?;
    Ok(found.is_some())
}

pub(crate) fn head(read: &mut Read, id: Id<kinds::Parcel>) -> Result<Parcel> {
    let sql = sql!(
        "select id, ord, shop, state, handed_at, last_scan_at, tracks, version
         from delivery_parcel
         where home = $1 and id = $2"
    );
    read.opt(sql, args![id.home(), id], parcel_of)?.ok_or_else(|| Error::from(Common::NotFound))
}

fn parcel_of(row: &Row<'_>) -> Result<Parcel> {
    Ok(Parcel {
        id: row.get(0)?,
        ord: row.get(1)?,
        shop: row.get(2)?,
        state: row.get(3)?,
        handed_at: row.get(4)?,
        last_scan_at: row.get(5)?,
        tracks: row.get(6)?,
        version: row.get(7)?,
    })
}

fn shipped_of(row: &Row<'_>) -> Result<Shipped> {
    Ok(Shipped { parcel: parcel_of(row)?, carrier: row.get(8)?, waybill: row.get(9)?, lines: Vec::new() })
}
