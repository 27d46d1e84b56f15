//! Parcels, their waybills and their tracks. [L4]

use super::clerk::Clerk;
use crate::outside::shown;
use jiff::tz::TimeZone;
use kernel::{
    Result, Time,
    kinds::{Order, Parcel},
};
use store::across;

/// A parcel is its order's shop's, has one waybill of its carrier and year, and its track is as long as it says.
pub(super) fn parcels_left_with_their_order(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select p.id, p.handed_at, p.tracks, coalesce(t.rows, 0), coalesce(t.last, 0), p.last_scan_at, t.scan_at,
             coalesce(w.year, 0), coalesce(w.labels, 0), case when o.id is null then 0 else 1 end, p.version, e.seq
         from delivery_parcel p
         left join order_order o on o.home = p.home and o.id = p.ord and o.shop = p.shop
         left join (
             select parcel, count(*) as rows, max(n) as last,
                 max(case when correction is null then carrier_at end) as scan_at
             from delivery_track
             group by parcel
         ) t on t.parcel = p.id
         left join (
             select parcel, carrier, number, max(year) as year, count(*) as labels
             from delivery_waybill
             group by parcel, carrier, number
         ) w on w.parcel = p.id and w.carrier = p.carrier and w.number = p.waybill
         left join (
             select root, max(seq) as seq from store_event where name like 'delivery.%' group by root
         ) e on e.root = p.id"
    );
    clerk.each(sql, &[], |row, page| {
        let parcel = shown::<Parcel>(row.get(0)?);
        let at = |place: usize| row.get::<i64>(place);
        let handed_at = Time(at(1)?);
        let (tracks, rows, last) = (at(2)?, at(3)?, at(4)?);
        let (scan, latest): (Option<i64>, Option<i64>) = (row.get(5)?, row.get(6)?);
        let (year, labels, is_its_shops) = (at(7)?, at(8)?, row.get::<bool>(9)?);
        if (tracks, tracks) != (rows, last) || scan != latest {
            let what = format!("Parcel {parcel} has {tracks} scans, its track {rows}, the last numbered {last}.");
            page.say(what, [parcel.clone()]);
        }
        if labels != 1 || handed_at.day(&TimeZone::UTC).number() / 10_000 != year || !is_its_shops {
            let what = format!("Parcel {parcel} has {labels} waybills of {year}, or is of another shop's order.");
            page.say(what, [parcel.clone()]);
        }
        let (version, told): (i64, Option<i64>) = (at(10)?, row.get(11)?);
        if told.unwrap_or(1) > version {
            page.say(format!("Parcel {parcel} is in version {version}, its events say {told:?}."), [parcel]);
        }
        Ok(())
    })?;
    each_left_with_a_change(clerk)?;
    clerk.count(across!("select count(*) from delivery_parcel"))
}

/// Whenever an order says that units went out, one parcel was handed over, and the other way round.
fn each_left_with_a_change(clerk: &mut Clerk) -> Result<()> {
    let sql = across!(
        "with side (ord, at, changes, parcels) as (
             select ord, at, 1, 0 from order_change where what in ('ship_part', 'ship_all')
             union all
             select ord, handed_at, 0, 1 from delivery_parcel
         )
         select ord, at, sum(changes), sum(parcels)
         from side
         group by ord, at
         having sum(changes) <> sum(parcels)"
    );
    clerk.each(sql, &[], |row, page| {
        let (order, at) = (shown::<Order>(row.get(0)?), row.get::<Time>(1)?);
        let (changes, parcels): (i64, i64) = (row.get(2)?, row.get(3)?);
        page.say(format!("Order {order} went out {changes} times at {at}, with {parcels} parcels."), [order]);
        Ok(())
    })
}
