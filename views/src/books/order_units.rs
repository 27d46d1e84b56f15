//! What went out of each line and what came back of it, against parcels and refund documents. [L4, S1]

use super::clerk::Clerk;
use crate::outside::shown;
use kernel::{Result, kinds::Order};
use store::across;

/// As many units of a line went out as its parcels hold, and as much of it came back as its refund documents say, of
/// which no more is tax than it had.
pub(super) fn lines_have_their_parcels_and_refunds(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "with side (ord, n, shipped, packed, returned, units, refunded, amount, allowed, agreed, tax, back) as (
             select ord, n, shipped, 0, returned, 0, refunded, 0, allowed, 0, tax, 0
             from order_line
             where shipped > 0 or returned > 0 or refunded > 0 or allowed > 0
             union all
             select p.ord, l.n, 0, l.units, 0, 0, 0, 0, 0, 0, 0, 0
             from delivery_parcel p
             join delivery_parcel_line l on l.home = p.home and l.parcel = p.id
             union all
             select r.ord, l.n, 0, 0, 0, l.units, 0, l.amount, 0, case when l.units = 0 then l.amount else 0 end, 0,
                 l.tax
             from aftersale_refund r
             join aftersale_refund_line l on l.home = r.home and l.refund = r.id
             where l.kind = 'goods'
         )
         select ord, n, cast(sum(shipped) as bigint), cast(sum(packed) as bigint), cast(sum(returned) as bigint),
             cast(sum(units) as bigint), cast(sum(refunded) as bigint), cast(sum(amount) as bigint),
             cast(sum(allowed) as bigint), cast(sum(agreed) as bigint), cast(sum(tax) as bigint),
             cast(sum(back) as bigint)
         from side
         group by ord, n
         having sum(shipped) <> sum(packed) or sum(returned) <> sum(units) or sum(refunded) <> sum(amount)
             or sum(allowed) <> sum(agreed) or sum(back) > sum(tax)"
    );
    clerk.each(sql, &[], |row, page| {
        let order = shown::<Order>(row.get(0)?);
        let n: i64 = row.get(1)?;
        let at = |place: usize| row.get::<i64>(place);
        let pairs = [
            ("units shipped, its parcels hold", at(2)?, at(3)?),
            ("units returned, its refund documents have", at(4)?, at(5)?),
            ("given back, its refund documents say", at(6)?, at(7)?),
            ("given back by agreement, its refund documents say", at(8)?, at(9)?),
        ];
        for (what, line, others) in pairs.into_iter().filter(|(_, line, others)| line != others) {
            page.say(format!("Line {n} of order {order} has {line} {what} {others}."), [order.clone()]);
        }
        let (tax, back) = (at(10)?, at(11)?);
        if back > tax {
            page.say(format!("Line {n} of order {order} gave back {back} of a tax of {tax}."), [order]);
        }
        Ok(())
    })?;
    clerk.count(across!("select count(*) from delivery_parcel_line"))
}

/// As much of a charge came back as refund documents say.
pub(super) fn charges_have_their_refunds(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "with side (ord, n, refunded, amount, tax, back) as (
             select ord, n, refunded, 0, tax, 0
             from order_charge
             union all
             select r.ord, l.n, 0, l.amount, 0, l.tax
             from aftersale_refund r
             join aftersale_refund_line l on l.home = r.home and l.refund = r.id
             where l.kind = 'charge'
         )
         select ord, n, cast(sum(refunded) as bigint), cast(sum(amount) as bigint)
         from side
         group by ord, n
         having sum(refunded) <> sum(amount) or sum(back) > sum(tax)"
    );
    clerk.each(sql, &[], |row, page| {
        let order = shown::<Order>(row.get(0)?);
        let (n, refunded, documents): (i64, i64, i64) = (row.get(1)?, row.get(2)?, row.get(3)?);
        page.say(
            format!(
                "Charge {n} of order {order} has {refunded} given back, its refund documents say {documents}; or more \
                 tax than it had."
            ),
            [order],
        );
        Ok(())
    })?;
    clerk.count(across!("select count(*) from order_charge"))
}
