//! What shops were paid, from orders to the bank. [$3]

use super::clerk::Clerk;
use crate::outside::shown;
use kernel::{
    Result,
    kinds::{Fold, Order, Payout, Shop},
};
use store::across;

/// Every settled order has its settlement and no other has one; it says what stayed paid then, and when.
pub(super) fn settlements_are_of_their_order(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "with later (home, ord, amount, back) as (
             select home, ord, sum(amount), sum(commission_back)
             from aftersale_refund
             where stage = 'after_settle'
             group by home, ord
         ), side (home, ord, gross, settled, commission, kept, at, noted_at, due_on, noted_on) as (
             select o.home, o.id, o.amount - o.refunded + coalesce(r.amount, 0), 0,
                 o.commission + coalesce(r.back, 0), 0, o.settled_at, 0, o.settle_on, 0
             from order_order o
             left join later r on r.home = o.home and r.ord = o.id
             where o.settled_at is not null
             union all
             select s.home, s.ord, 0, s.net + s.commission + s.reserve, 0, s.commission, 0, s.settled_at, 0, s.settle_on
             from payout_settlement s
             join order_order o on o.home = s.home and o.id = s.ord and o.shop = s.shop and o.currency = s.currency
                 and o.settle_zone = s.zone
         )
         select ord, cast(sum(gross) as bigint), cast(sum(settled) as bigint), cast(sum(commission) as bigint),
             cast(sum(kept) as bigint)
         from side
         group by home, ord
         having sum(gross) <> sum(settled) or sum(commission) <> sum(kept) or sum(at) <> sum(noted_at)
             or sum(due_on) <> sum(noted_on)"
    );
    clerk.each(sql, &[], |row, page| {
        let order = shown::<Order>(row.get(0)?);
        let (gross, settled): (i64, i64) = (row.get(1)?, row.get(2)?);
        let (commission, kept): (i64, i64) = (row.get(3)?, row.get(4)?);
        page.say(
            format!(
                "Order {order} brought {gross} with {commission} commission; its settlement says {settled} with {kept}, \
                 or differs in shop, currency or date."
            ),
            [order],
        );
        Ok(())
    })?;
    let sql = across!("select ord from payout_settlement where gross <> net + commission + reserve");
    clerk.each(sql, &[], |row, page| {
        let order = shown::<Order>(row.get(0)?);
        page.say(format!("The parts of the settlement of order {order} are not what it brought."), [order]);
        Ok(())
    })?;
    clerk.count(across!("select count(*) from payout_settlement"))
}

/// A settlement came home with a fold of its shop from its home, a fold went out with a payout of its shop that did
/// not fail, and the events of a payout tell how often it changed.
pub(super) fn folds_are_of_their_payout(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select s.ord, s.fold
         from payout_settlement s
         left join payout_fold f on f.id = s.fold and f.shop = s.shop and f.source = s.home and f.currency = s.currency
         where s.fold is not null and f.id is null"
    );
    clerk.each(sql, &[], |row, page| {
        let ids = [shown::<Order>(row.get(0)?), shown::<Fold>(row.get(1)?)];
        page.say(format!("The money of order {} came home with {}, which is not of its shop.", ids[0], ids[1]), ids);
        Ok(())
    })?;
    let sql = across!(
        "select f.id, f.payout, f.shop
         from payout_fold f
         left join payout_payout p on p.home = f.home and p.id = f.payout and p.shop = f.shop
             and p.currency = f.currency and p.state <> 'failed'
         where f.payout is not null and p.id is null"
    );
    clerk.each(sql, &[], |row, page| {
        let ids = [shown::<Fold>(row.get(0)?), shown::<Payout>(row.get(1)?), shown::<Shop>(row.get(2)?)];
        page.say(format!("{} went out with {}, which is not of shop {} or failed.", ids[0], ids[1], ids[2]), ids);
        Ok(())
    })?;
    payouts_moved_as_told(clerk)?;
    clerk.count(across!("select count(*) from payout_payout"))
}

fn payouts_moved_as_told(clerk: &mut Clerk) -> Result<()> {
    let sql = across!(
        "select p.id, p.state, p.version, e.seq
         from payout_payout p
         left join merchant_shop s on s.home = p.home and s.id = p.shop and s.currency = p.currency
         left join (
             select root, max(seq) as seq from store_event where name like 'payout.%' group by root
         ) e on e.root = p.id
         where p.version <> case p.state when 'sent' then 2 else coalesce(e.seq, 0) end
           or (p.state in ('asked', 'sent')) <> (p.ended_at is null)
           or (p.state in ('asked', 'sent')) <> (p.ask_at is not null)
           or s.id is null"
    );
    clerk.each(sql, &[], |row, page| {
        let payout = shown::<Payout>(row.get(0)?);
        let (state, version, told): (String, i64, Option<i64>) = (row.get(1)?, row.get(2)?, row.get(3)?);
        page.say(
            format!(
                "Payout {payout} is {state} in version {version}, its events say {told:?}; or its end, its next asking \
                 or its shop's currency does not fit."
            ),
            [payout],
        );
        Ok(())
    })
}
