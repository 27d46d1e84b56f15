//! Handing parcels over.

use crate::{Refusal, State, Waybill, waybill};
use kernel::{Id, Result, Units, error::Common, kinds};
use std::collections::BTreeMap;
use store::{Read, Tx, Val, args, into, sql};

/// The most parcels of one order: a bound for what an order's page reads, far above any real split.
pub const PARCELS_MAX: i64 = 1_000;

/// A parcel that a shop hands over.
#[derive(Clone, Debug)]
pub struct New {
    /// Of which order.
    pub ord: Id<kinds::Order>,
    /// Who sends it.
    pub shop: Id<kinds::Shop>,
    /// Numbers of the order's lines, with how many units of each; the order has checked that so many are left.
    pub lines: Vec<(i64, Units)>,
    /// The carrier and its number.
    pub waybill: Waybill,
}

/// Opens a parcel, handed over now. Tells nobody: the order says that it was shipped.
///
/// # Errors
/// `required` without lines, `too_large` for more units of a line than a line may have, `too_many` parcels,
/// `waybill_used`.
pub fn ship(tx: &mut Tx, new: &New) -> Result<Id<kinds::Parcel>> {
    let lines = summed(&new.lines)?;
    let home = new.ord.home();
    if count(tx, new.ord)? >= PARCELS_MAX {
        return Err(Common::TooManyThings { most: PARCELS_MAX }.into());
    }
    let id = tx.id::<kinds::Parcel>(home)?;
    if !waybill::take(tx, &new.waybill, id)? {
        return Err(Refusal::WaybillUsed { waybill: new.waybill.to_string() }.into());
    }
    let now = tx.now();
    let sql = sql!(
        "insert into delivery_parcel
           (home, id, ord, shop, carrier, waybill, state, handed_at, last_scan_at, tracks, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, null, 0, 1)"
    );
    let (carrier, number) = (new.waybill.carrier(), new.waybill.number());
    tx.exec(sql, args![home, id, new.ord, new.shop, carrier, number, State::Created, now])?;
    let row = |(n, units)| -> Vec<Val> { args![home, id, n, units].to_vec() };
    let rows: Vec<_> = lines.into_iter().map(row).collect();
    tx.insert_all(into!("delivery_parcel_line", "home, parcel, n, units" => "$1, $2, $3, $4"), &rows)?;
    Ok(id)
}

/// One entry per line, however often it was named.
fn summed(lines: &[(i64, Units)]) -> Result<BTreeMap<i64, Units>> {
    let mut sums: BTreeMap<i64, Units> = BTreeMap::new();
    for (n, units) in lines {
        let before = sums.get(n).map_or(0, |units| units.get());
        sums.insert(*n, Units::new(before + units.get())?);
    }
    if sums.is_empty() { Err(Common::Required.into()) } else { Ok(sums) }
}

fn count(read: &mut Read, ord: Id<kinds::Order>) -> Result<i64> {
    let sql = sql!("select cast(count(*) as bigint) from delivery_parcel where home = $1 and ord = $2");
    read.one(sql, args![ord.home(), ord], |row| row.get(0))
}
