//! What documents say against what was posted for them, leg by leg. Each statement puts the legs that must be there
//! beside the legs that are there and keeps what differs: in the amount, in the accounts, in the instant.

use super::clerk::Clerk;
use crate::outside::{outside, owner_of, shown};
use kernel::{Result, Time, kinds::Order};
use store::{Statement, across};

/// Says what differs. A row is: cause, about, account, owner, currency, due, booked, when it was due, when booked.
pub(super) fn compare(clerk: &mut Clerk, event: &str, cause: &str, sql: &'static Statement) -> Result<()> {
    clerk.each(sql, &[], |row, page| {
        let (cause, about) = (outside(cause, row.get(0)?), row.get::<i64>(1)?);
        let (account, owner, currency): (String, i64, String) = (row.get(2)?, row.get(3)?, row.get(4)?);
        let (due, booked): (i64, i64) = (row.get(5)?, row.get(6)?);
        let when: (Option<Time>, Option<Time>) = (row.get(7)?, row.get(8)?);
        let owner = owner_of(&account, owner);
        let what = match when {
            (Some(was), Some(at)) if due == booked => {
                format!("The posting {event} of {cause} is of {at}, what it is for happened at {was}.")
            }
            _ => format!(
                "For {event} of {cause} the documents move {account} of {owner} by {due} {currency}, the ledger by \
                 {booked}."
            ),
        };
        let about = (about != 0).then(|| shown::<Order>(about));
        page.say(what, [cause].into_iter().chain(about));
        Ok(())
    })
}

/// Every part of a payment that succeeded stands in its order's escrow, and nothing else does.
pub(super) fn pay(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "with paid (home, id, ord, currency, amount, at) as (
             select p.home, p.id, t.ord, p.currency, t.amount, p.ended_at
             from payment_payment p
             join payment_part t on t.home = p.home and t.payment = p.id
             where p.state = 'succeeded'
         ), side (home, cause, about, account, owner, currency, due, booked, due_at, booked_at) as (
             select home, id, ord, 'channel', 0, currency, amount, 0, at, cast(null as bigint) from paid
             union all
             select home, id, ord, 'escrow', ord, currency, -amount, 0, at, null from paid
             union all
             select e.home, e.cause, e.about, l.account, case when l.account = 'channel' then 0 else l.owner end,
                 l.currency, 0, l.amount, null, e.at
             from ledger_entry e
             join ledger_leg l on l.home = e.home and l.entry = e.id
             where e.event = 'pay'
         )
         select cause, about, account, owner, currency, cast(sum(due) as bigint), cast(sum(booked) as bigint),
             max(due_at), max(booked_at)
         from side
         group by home, cause, about, account, owner, currency
         having sum(due) <> sum(booked) or max(due_at) <> max(booked_at)"
    );
    compare(clerk, "pay", "pay", sql)?;
    one_channel_account(clerk)?;
    clerk.count(across!("select count(*) from payment_part"))
}

/// All money of one channel stands in one account.
fn one_channel_account(clerk: &mut Clerk) -> Result<()> {
    let sql = across!(
        "select p.channel, min(l.owner), max(l.owner)
         from payment_payment p
         join ledger_entry e on e.home = p.home and e.cause = p.id and e.event in ('pay', 'pay_late')
         join ledger_leg l on l.home = e.home and l.entry = e.id and l.account = 'channel'
         group by p.channel
         having min(l.owner) <> max(l.owner)"
    );
    clerk.each(sql, &[], |row, page| {
        let (channel, first, last): (String, i64, i64) = (row.get(0)?, row.get(1)?, row.get(2)?);
        page.say(format!("The money of channel {channel} stands in several accounts, {first} to {last}."), []);
        Ok(())
    })
}

/// Money that came late stands apart and goes back at once.
pub(super) fn late(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "with side (home, cause, about, account, owner, currency, due, booked, due_at, booked_at) as (
             select home, payment, 0, 'channel', 0, currency, amount, 0, at, cast(null as bigint) from payment_late
             union all
             select home, payment, 0, 'unmatched', payment, currency, -amount, 0, at, null from payment_late
             union all
             select e.home, e.cause, e.about, l.account, case when l.account = 'channel' then 0 else l.owner end,
                 l.currency, 0, l.amount, null, e.at
             from ledger_entry e
             join ledger_leg l on l.home = e.home and l.entry = e.id
             where e.event = 'pay_late'
         )
         select cause, about, account, owner, currency, cast(sum(due) as bigint), cast(sum(booked) as bigint),
             max(due_at), max(booked_at)
         from side
         group by home, cause, about, account, owner, currency
         having sum(due) <> sum(booked) or max(due_at) <> max(booked_at)"
    );
    compare(clerk, "pay_late", "pay", sql)?;
    let sql = across!(
        "with side (home, cause, about, account, owner, currency, due, booked, due_at, booked_at) as (
             select home, id, 0, 'unmatched', payment, currency, amount, 0, created_at, cast(null as bigint)
             from payment_refund
             where document is null
             union all
             select home, id, 0, 'refund_transit', id, currency, -amount, 0, created_at, null
             from payment_refund
             where document is null
             union all
             select e.home, e.cause, e.about, l.account, l.owner, l.currency, 0, l.amount, null, e.at
             from ledger_entry e
             join ledger_leg l on l.home = e.home and l.entry = e.id
             where e.event = 'refund_late'
         )
         select cause, about, account, owner, currency, cast(sum(due) as bigint), cast(sum(booked) as bigint),
             max(due_at), max(booked_at)
         from side
         group by home, cause, about, account, owner, currency
         having sum(due) <> sum(booked) or max(due_at) <> max(booked_at)"
    );
    compare(clerk, "refund_late", "prf", sql)?;
    clerk.count(across!("select count(*) from payment_late"))
}

/// Every refund document took its money from where the order's money stood, and owes it to the buyer.
pub(super) fn refund(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "with side (home, cause, about, account, owner, currency, due, booked, due_at, booked_at) as (
             select home, id, ord,
                 case stage when 'before_settle' then 'shop_pending' when 'after_settle' then 'shop_available'
                     else 'escrow' end,
                 case when stage in ('before_settle', 'after_settle') then shop else ord end,
                 currency, amount - commission_back, 0, granted_at, cast(null as bigint)
             from aftersale_refund
             union all
             select home, id, ord, 'commission', 0, currency, commission_back, 0, granted_at, null
             from aftersale_refund
             union all
             select d.home, d.id, d.ord, 'refund_transit', r.id, r.currency, -r.amount, 0, d.granted_at, null
             from aftersale_refund d
             join payment_refund r on r.home = d.home and r.document = d.id
             union all
             select e.home, e.cause, e.about, l.account, l.owner, l.currency, 0, l.amount, null, e.at
             from ledger_entry e
             join ledger_leg l on l.home = e.home and l.entry = e.id
             where e.event = 'refund'
         )
         select cause, about, account, owner, currency, cast(sum(due) as bigint), cast(sum(booked) as bigint),
             max(due_at), max(booked_at)
         from side
         group by home, cause, about, account, owner, currency
         having sum(due) <> sum(booked) or max(due_at) <> max(booked_at)"
    );
    compare(clerk, "refund", "rfd", sql)?;
    clerk.count(across!("select count(*) from aftersale_refund"))
}

/// What a channel says it has given back is owed to nobody any more.
pub(super) fn refunded(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "with back (home, id, ord, currency, amount, at) as (
             select r.home, r.id, coalesce(d.ord, 0), r.currency, r.amount, r.ended_at
             from payment_refund r
             left join aftersale_refund d on d.home = r.home and d.id = r.document
             where r.state = 'done'
         ), side (home, cause, about, account, owner, currency, due, booked, due_at, booked_at) as (
             select home, id, ord, 'refund_transit', id, currency, amount, 0, at, cast(null as bigint) from back
             union all
             select home, id, ord, 'channel', 0, currency, -amount, 0, at, null from back
             union all
             select e.home, e.cause, e.about, l.account, case when l.account = 'channel' then 0 else l.owner end,
                 l.currency, 0, l.amount, null, e.at
             from ledger_entry e
             join ledger_leg l on l.home = e.home and l.entry = e.id
             where e.event = 'refunded'
         )
         select cause, about, account, owner, currency, cast(sum(due) as bigint), cast(sum(booked) as bigint),
             max(due_at), max(booked_at)
         from side
         group by home, cause, about, account, owner, currency
         having sum(due) <> sum(booked) or max(due_at) <> max(booked_at)"
    );
    compare(clerk, "refunded", "prf", sql)?;
    clerk.count(across!("select count(*) from payment_refund"))
}

/// With a confirmed order its escrow became the shop's, less commission; refunds since then have given some of the
/// commission back, so what was taken is what the order says plus that.
pub(super) fn confirm(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "with later (home, ord, amount, back) as (
             select home, ord, sum(amount), sum(commission_back)
             from aftersale_refund
             where stage in ('before_settle', 'after_settle')
             group by home, ord
         ), done (home, id, shop, currency, kept, commission, at) as (
             select o.home, o.id, o.shop, o.currency, o.amount - o.refunded + coalesce(r.amount, 0),
                 o.commission + coalesce(r.back, 0), o.completed_at
             from order_order o
             left join later r on r.home = o.home and r.ord = o.id
             where o.completed_at is not null
         ), side (home, cause, about, account, owner, currency, due, booked, due_at, booked_at) as (
             select home, id, id, 'escrow', id, currency, kept, 0, at, cast(null as bigint) from done
             union all
             select home, id, id, 'shop_pending', shop, currency, commission - kept, 0, at, null from done
             union all
             select home, id, id, 'commission', 0, currency, -commission, 0, at, null from done
             union all
             select e.home, e.cause, e.about, l.account, l.owner, l.currency, 0, l.amount, null, e.at
             from ledger_entry e
             join ledger_leg l on l.home = e.home and l.entry = e.id
             where e.event = 'confirm'
         )
         select cause, about, account, owner, currency, cast(sum(due) as bigint), cast(sum(booked) as bigint),
             max(due_at), max(booked_at)
         from side
         group by home, cause, about, account, owner, currency
         having sum(due) <> sum(booked) or max(due_at) <> max(booked_at)"
    );
    compare(clerk, "confirm", "ord", sql)?;
    clerk.count(across!("select count(*) from order_order where completed_at is not null"))
}

/// With a settled order its money became the shop's to have, less what is held back.
pub(super) fn settle(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "with later (home, ord, amount, back) as (
             select home, ord, sum(amount), sum(commission_back)
             from aftersale_refund
             where stage = 'after_settle'
             group by home, ord
         ), done (home, id, shop, currency, net, reserve, at) as (
             select o.home, o.id, o.shop, o.currency,
                 o.amount - o.refunded - o.commission + coalesce(r.amount, 0) - coalesce(r.back, 0),
                 coalesce(s.reserve, 0), o.settled_at
             from order_order o
             left join later r on r.home = o.home and r.ord = o.id
             left join payout_settlement s on s.home = o.home and s.ord = o.id
             where o.settled_at is not null
         ), side (home, cause, about, account, owner, currency, due, booked, due_at, booked_at) as (
             select home, id, id, 'shop_pending', shop, currency, net, 0, at, cast(null as bigint) from done
             union all
             select home, id, id, 'shop_available', shop, currency, reserve - net, 0, at, null from done
             union all
             select home, id, id, 'shop_reserve', shop, currency, -reserve, 0, at, null from done
             union all
             select e.home, e.cause, e.about, l.account, l.owner, l.currency, 0, l.amount, null, e.at
             from ledger_entry e
             join ledger_leg l on l.home = e.home and l.entry = e.id
             where e.event = 'settle'
         )
         select cause, about, account, owner, currency, cast(sum(due) as bigint), cast(sum(booked) as bigint),
             max(due_at), max(booked_at)
         from side
         group by home, cause, about, account, owner, currency
         having sum(due) <> sum(booked) or max(due_at) <> max(booked_at)"
    );
    compare(clerk, "settle", "ord", sql)?;
    clerk.count(across!("select count(*) from order_order where settled_at is not null"))
}
