//! What is heard of a parcel: late, twice, out of order. All of it is kept; the carrier's time orders it.

use crate::{Parcel, Refusal, Signed, State, Step, Tracked, find};
use kernel::{Id, Result, Text, Time, error::Common, kinds, time::DAY};
use serde::{Deserialize, Serialize};
use store::{Read, Tx, args, sql};

/// The most rows of one parcel's track: a carrier that repeats itself under ever new keys is cut off here.
pub const TRACKS_MAX: i64 = 1_000;

/// What a carrier says of a parcel.
#[derive(Clone, Debug, Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scan {
    /// What happened; never [`State::Created`].
    pub state: State,
    /// When, by the carrier's clock.
    pub carrier_at: Time,
    /// A town or a station, never a person.
    pub place: Option<Text<120>>,
    /// The carrier's own key of this scan, or a hash of it: the same scan comes with the same key.
    pub source_key: Text<160>,
}

store::codes! {
    /// Why somebody sets a parcel's state by hand.
    pub enum Correction {
        /// The carrier scanned another parcel under this number.
        WrongParcel = "wrong_parcel",
        /// Signed by somebody who is not the recipient.
        WrongRecipient = "wrong_recipient",
        /// Signed in the carrier's books, not at the door.
        NeverDelivered = "never_delivered",
        /// The carrier owned up to any other mistake.
        CarrierMistake = "carrier_mistake",
    }
}

/// What a scan did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Heard {
    /// False where it had been heard before.
    pub is_new: bool,
    /// Where the parcel is, all scans considered.
    pub state: State,
}

/// Keeps a scan and reckons the parcel's state anew.
///
/// # Errors
/// `not_found`, `malformed` for [`State::Created`], `scan_in_future`, `too_many`.
pub fn track(tx: &mut Tx, parcel: Id<kinds::Parcel>, scan: &Scan) -> Result<Heard> {
    let now = tx.now();
    if scan.state == State::Created {
        return Err(Common::Malformed { expected: "what a carrier reports" }.into());
    }
    if scan.carrier_at > now.plus(DAY) {
        return Err(Refusal::ScanInFuture { now }.into());
    }
    // Carriers repeat themselves often: what is known changes nothing, not even a version.
    if let Some(state) = known(tx, parcel, &scan.source_key)? {
        return Ok(Heard { is_new: false, state });
    }
    let before = entered(tx, parcel)?;
    let row = Row { state: scan.state, carrier_at: scan.carrier_at, place: scan.place.as_deref(), correction: None };
    if !append(tx, &before, &row, &scan.source_key)? {
        return Ok(Heard { is_new: false, state: before.state });
    }
    let state = reckoned(tx, &before, &row)?;
    Ok(Heard { is_new: true, state })
}

/// Sets a parcel's state by hand, from now on and for a named reason; the only way out of `signed`.
///
/// # Errors
/// `not_found`, `too_many`.
pub fn correct(tx: &mut Tx, parcel: Id<kinds::Parcel>, state: State, why: Correction) -> Result<()> {
    let now = tx.now();
    let before = entered(tx, parcel)?;
    // Behind all that is known already, even where a carrier's clock runs ahead.
    let carrier_at = before.last_scan_at.map_or(now, |last| last.max(now));
    let row = Row { state, carrier_at, place: None, correction: Some(why) };
    append(tx, &before, &row, &format!("correction {}", before.version))?;
    reckoned(tx, &before, &row).map(drop)
}

/// A row of the track to be written.
struct Row<'a> {
    state: State,
    carrier_at: Time,
    place: Option<&'a str>,
    correction: Option<Correction>,
}

/// Takes the parcel for this act, so that two scans of it never overlap; its version is the act's.
fn entered(tx: &mut Tx, parcel: Id<kinds::Parcel>) -> Result<Parcel> {
    let sql = sql!(
        "update delivery_parcel
         set version = version + 1
         where home = $1 and id = $2"
    );
    if tx.exec(sql, args![parcel.home(), parcel])? == 0 {
        return Err(Common::NotFound.into());
    }
    find::head(tx, parcel)
}

/// Puts a row behind the track; false where its key is there already.
fn append(tx: &mut Tx, parcel: &Parcel, row: &Row, source_key: &str) -> Result<bool> {
    let (home, now) = (parcel.id.home(), tx.now());
    let by = row.correction.and_then(|_| tx.actor().party());
    let place = row.place.unwrap_or("");
    let sql = sql!(
        "insert into delivery_track
           (home, parcel, n, state, carrier_at, heard_at, place, source_key, correction, corrected_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (home, parcel, source_key) do nothing"
    );
    let values = args![
        home,
        parcel.id,
        parcel.tracks + 1,
        row.state,
        row.carrier_at,
        now,
        place,
        source_key,
        row.correction,
        by,
    ];
    if tx.exec(sql, values)? == 0 {
        return Ok(false);
    }
    if parcel.tracks >= TRACKS_MAX {
        return Err(Common::TooManyThings { most: TRACKS_MAX }.into());
    }
    Ok(true)
}

/// Reckons the state from the whole track and tells of it.
fn reckoned(tx: &mut Tx, parcel: &Parcel, row: &Row) -> Result<State> {
    let steps = find::track_of(tx, parcel.id)?;
    let (state, since) = told(&steps, parcel.handed_at);
    let scans = steps.iter().filter(|step| step.correction.is_none());
    let last_scan_at = scans.map(|step| step.carrier_at).max();
    let sql = sql!(
        "update delivery_parcel
         set state = $3, last_scan_at = $4, tracks = tracks + 1
         where home = $1 and id = $2"
    );
    tx.exec(sql, args![parcel.id.home(), parcel.id, state, last_scan_at])?;
    let Parcel { id, ord: order, shop, version, .. } = *parcel;
    let (scan, carrier_at) = (row.state, row.carrier_at);
    tx.emit(&Tracked { parcel: id, order, shop, scan, carrier_at, state }, version)?;
    if state == State::Signed && parcel.state != State::Signed {
        tx.emit(&Signed { parcel: id, order, shop, signed_at: since }, version)?;
    }
    Ok(state)
}

/// The state that a track tells, and since when.
fn told(steps: &[Step], handed_at: Time) -> (State, Time) {
    steps.iter().fold((State::Created, handed_at), |(state, since), step| {
        let next = match step.correction {
            Some(_) => step.state,
            None => state.after(step.state).unwrap_or(state),
        };
        (next, if next == state { since } else { step.carrier_at })
    })
}

/// The parcel's state, if this scan is in its track already.
fn known(read: &mut Read, parcel: Id<kinds::Parcel>, source_key: &str) -> Result<Option<State>> {
    let sql = sql!(
        "select p.state
         from delivery_track t
         join delivery_parcel p on p.home = t.home and p.id = t.parcel
         where t.home = $1 and t.parcel = $2 and t.source_key = $3"
    );
    read.opt(sql, args![parcel.home(), parcel, source_key], |row| row.get(0))
}
