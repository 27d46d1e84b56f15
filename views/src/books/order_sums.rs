//! An order's head against its lines and charges. [B6, $1]

use super::clerk::Clerk;
use crate::outside::shown;
use kernel::{Result, kinds::Order};
use store::{Row, across};

/// A head is the sum of its lines and charges: amounts, units, taxes, what went back; and its commission is what the
/// rates of its lines come to on what stays paid, half up per line, once it was received.
pub(super) fn heads_are_the_sums_of_their_lines(clerk: &mut Clerk) -> Result<u64> {
    // The commission is reckoned on amounts below 10^14 only, where no product leaves 64 bits; a larger one is wrong
    // by every limit of the market and shows as a difference.
    let sql = across!(
        "select o.id, o.lines, o.units, o.shipped, o.cancelled, o.goods, o.charges, o.tax, o.refunded, o.amount,
             case when o.completed_at is null then 0 else 1 end, o.commission, o.rate_ppb,
             case when o.currency = o.shop_currency then 1 else 0 end,
             coalesce(l.lines, 0), coalesce(l.last, 0), cast(coalesce(l.units, 0) as bigint),
             cast(coalesce(l.shipped, 0) as bigint), cast(coalesce(l.cancelled, 0) as bigint),
             cast(coalesce(l.cash, 0) as bigint), cast(coalesce(l.tax, 0) as bigint),
             cast(coalesce(l.refunded, 0) as bigint), cast(coalesce(l.commission, 0) as bigint),
             coalesce(c.charges, 0), coalesce(c.last, 0), cast(coalesce(c.amount, 0) as bigint),
             cast(coalesce(c.tax, 0) as bigint), cast(coalesce(c.refunded, 0) as bigint),
             cast(coalesce(c.commission, 0) as bigint)
         from order_order o
         left join (
             select ord, count(*) as lines, max(n) as last, sum(units) as units, sum(shipped) as shipped,
                 sum(cancelled) as cancelled, sum(cash) as cash, sum(tax) as tax, sum(refunded) as refunded,
                 sum(case when cash - refunded between 0 and 100000000000000
                     then ((cash - refunded) * commission_bp * 2 + 10000) / 20000 else 0 end) as commission
             from order_line
             group by ord
         ) l on l.ord = o.id
         left join (
             select ord, count(*) as charges, max(n) as last, sum(amount) as amount, sum(tax) as tax,
                 sum(refunded) as refunded,
                 sum(case when amount - refunded between 0 and 100000000000000
                     then ((amount - refunded) * commission_bp * 2 + 10000) / 20000 else 0 end) as commission
             from order_charge
             group by ord
         ) c on c.ord = o.id"
    );
    clerk.each(sql, &[], |row, page| {
        let order = shown::<Order>(row.get(0)?);
        for (name, head, parts) in pairs(row)? {
            if head != parts {
                page.say(format!("Order {order}: {name} {head} in its head, {parts} by its parts."), [order.clone()]);
            }
        }
        Ok(())
    })?;
    clerk.count(across!("select count(*) from order_order"))
}

/// What the head says beside what its parts say.
fn pairs(row: &Row) -> Result<Vec<(&'static str, i64, i64)>> {
    let at = |place: usize| row.get::<i64>(place);
    let is_completed: bool = row.get(10)?;
    let one_currency: bool = row.get(13)?;
    let commission = if is_completed { at(22)? + at(28)? } else { 0 };
    let rate = if one_currency { 1_000_000_000 } else { at(12)? };
    Ok(vec![
        ("lines", at(1)?, at(14)?),
        ("number of the last line", at(1)?, at(15)?),
        ("units", at(2)?, at(16)?),
        ("units shipped", at(3)?, at(17)?),
        ("units cancelled", at(4)?, at(18)?),
        ("goods", at(5)?, at(19)?),
        ("charges", at(6)?, at(25)?),
        ("number of the last charge", at(23)?, at(24)?),
        ("tax", at(7)?, at(20)? + at(26)?),
        ("refunded", at(8)?, at(21)? + at(27)?),
        ("amount", at(9)?, at(5)? + at(6)?),
        ("commission", at(11)?, commission),
        ("rate per billion", at(12)?, rate),
    ])
}
