//! Quotations: what was offered, and that it was bought as offered. [T1]

use super::clerk::Clerk;
use crate::outside::shown;
use kernel::{
    Result,
    kinds::{Order, Quotation},
    money::round_half_up,
};
use store::across;

/// A quotation is the sum of its lines, each of which is its unit price times its units, half up; its events tell how
/// often it changed and when it was sent, its timer when it expires.
pub(super) fn sums(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select q.id, q.state, q.lines, q.total, q.version, coalesce(l.lines, 0), coalesce(l.last, 0),
             cast(coalesce(l.total, 0) as bigint), e.seq
         from quotation_quotation q
         left join (
             select quotation, count(*) as lines, max(n) as last, sum(amount) as total
             from quotation_line
             group by quotation
         ) l on l.quotation = q.id
         left join (
             select root, max(seq) as seq, min(at) as at from store_event where name like 'quotation.%' group by root
         ) e on e.root = q.id
         left join store_timer t on t.home = q.home and t.subject = q.id and t.kind = 'quotation.expire'
         where q.lines <> coalesce(l.lines, 0) or q.lines <> coalesce(l.last, 0) or q.total <> coalesce(l.total, 0)
           or (q.state = 'draft' and e.seq is not null)
           or (q.state <> 'draft' and (coalesce(e.seq, 0) <> q.version or e.at <> q.sent_at))
           or coalesce(t.due_at, 0) <> coalesce(q.expires_at, 0)"
    );
    clerk.each(sql, &[], |row, page| {
        let quotation = shown::<Quotation>(row.get(0)?);
        let state: String = row.get(1)?;
        let at = |place: usize| row.get::<i64>(place);
        page.say(
            format!(
                "Quotation {quotation}, {state}, says {} lines of {} in all in version {}; it has {}, the last numbered \
                 {}, of {} in all, and its events say version {:?}; or they or its timer say another instant.",
                at(2)?, at(3)?, at(4)?, at(5)?, at(6)?, at(7)?, row.get::<Option<i64>>(8)?
            ),
            [quotation],
        );
        Ok(())
    })?;
    lines_are_units_times_price(clerk)?;
    clerk.count(across!("select count(*) from quotation_line"))
}

fn lines_are_units_times_price(clerk: &mut Clerk) -> Result<()> {
    let sql = across!("select quotation, n, units, unit_price, price_per, amount from quotation_line");
    clerk.each(sql, &[], |row, page| {
        let (units, price, per): (i64, i64, i64) = (row.get(2)?, row.get(3)?, row.get(4)?);
        let due = round_half_up(i128::from(units) * i128::from(price), i128::from(per.max(1)));
        let amount: i64 = row.get(5)?;
        if due != i128::from(amount) {
            let (quotation, n) = (shown::<Quotation>(row.get(0)?), row.get::<i64>(1)?);
            page.say(
                format!(
                    "Line {n} of quotation {quotation}: {units} units at {price} for {per} are {due}, not {amount}."
                ),
                [quotation],
            );
        }
        Ok(())
    })
}

/// An accepted quotation became one order of its parties, line by line as it was offered; no other trade says that
/// it came from it.
pub(super) fn what_was_agreed_was_bought(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select q.id, o.id
         from quotation_quotation q
         left join order_trade t on t.home = q.home and t.id = q.trade and t.quotation = q.id
         left join order_order o on o.home = t.home and o.trade = t.id and o.buyer = q.buyer and o.shop = q.shop
             and o.currency = q.currency and o.goods = q.total and o.lines = q.lines and t.orders = 1
         where q.trade is not null and o.id is null
         union all
         select t.quotation, t.id
         from order_trade t
         left join quotation_quotation q on q.home = t.home and q.id = t.quotation and q.trade = t.id
         where t.quotation <> 0 and q.id is null"
    );
    clerk.each(sql, &[], |row, page| {
        let quotation = shown::<Quotation>(row.get(0)?);
        page.say(format!("Quotation {quotation} and the trade that came of it do not say the same."), [quotation]);
        Ok(())
    })?;
    lines_are_as_agreed(clerk)?;
    clerk.count(across!("select count(*) from quotation_quotation where trade is not null"))
}

fn lines_are_as_agreed(clerk: &mut Clerk) -> Result<()> {
    let sql = across!(
        "select q.id, o.id, a.n
         from quotation_quotation q
         join order_order o on o.home = q.home and o.trade = q.trade
         join quotation_line a on a.home = q.home and a.quotation = q.id
         left join order_line l on l.home = o.home and l.ord = o.id and l.n = a.n
         where l.n is null or l.sku <> a.sku or l.listing <> a.listing or l.units <> a.units
           or l.price <> a.unit_price or l.price_per <> a.price_per or l.cash <> a.amount"
    );
    clerk.each(sql, &[], |row, page| {
        let ids = [shown::<Quotation>(row.get(0)?), shown::<Order>(row.get(1)?)];
        let n: i64 = row.get(2)?;
        page.say(format!("Line {n} of order {} is not as quotation {} offered it.", ids[1], ids[0]), ids);
        Ok(())
    })
}
