//! The same for what shops get and give: reserves set free, folds, payouts, deposits, debts.

use super::{clerk::Clerk, postings::compare};
use crate::outside::shown;
use kernel::{Result, kinds::Entry};
use store::across;

/// What was held back of an order became the shop's to have when its timer was taken, in time or early, and not before.
pub(super) fn reserve_released(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "with free (home, ord, shop, currency, reserve, at) as (
             select s.home, s.ord, s.shop, s.currency, s.reserve, t.ran_at
             from payout_settlement s
             join store_timer t on t.home = s.home and t.subject = s.ord and t.kind = 'order.release_reserve'
             where t.state = 1
         ), side (home, cause, about, account, owner, currency, due, booked, due_at, booked_at) as (
             select home, ord, ord, 'shop_reserve', shop, currency, reserve, 0, at, cast(null as bigint) from free
             union all
             select home, ord, ord, 'shop_available', shop, currency, -reserve, 0, at, null from free
             union all
             select e.home, e.cause, e.about, l.account, l.owner, l.currency, 0, l.amount, null, e.at
             from ledger_entry e
             join ledger_leg l on l.home = e.home and l.entry = e.id
             where e.event = 'release_reserve'
         )
         select cause, about, account, owner, currency, cast(sum(due) as bigint), cast(sum(booked) as bigint),
             max(due_at), max(booked_at)
         from side
         group by home, cause, about, account, owner, currency
         having sum(due) <> sum(booked) or max(due_at) <> max(booked_at)"
    );
    compare(clerk, "release_reserve", "ord", sql)?;
    clerk.count(across!("select count(*) from payout_settlement where reserve > 0"))
}

/// A fold left the buyers' home and arrived in the shop's. Its number stands in the entries' part.
pub(super) fn fold(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "with side (event, home, cause, part, account, owner, currency, due, booked, due_at, booked_at) as (
             select 'fold_out', source, shop, id, 'shop_available', shop, currency, amount, 0, folded_at,
                 cast(null as bigint)
             from payout_fold
             union all
             select 'fold_out', source, shop, id, 'fold_transit', shop, currency, -amount, 0, folded_at, null
             from payout_fold
             union all
             select 'fold_in', home, shop, id, 'fold_transit', shop, currency, amount, 0, folded_at, null
             from payout_fold
             union all
             select 'fold_in', home, shop, id, 'shop_available', shop, currency, -amount, 0, folded_at, null
             from payout_fold
             union all
             select e.event, e.home, e.cause, e.part, l.account, l.owner, l.currency, 0, l.amount, null, e.at
             from ledger_entry e
             join ledger_leg l on l.home = e.home and l.entry = e.id
             where e.event in ('fold_out', 'fold_in')
         )
         select part, 0, account, owner, currency, cast(sum(due) as bigint), cast(sum(booked) as bigint),
             max(due_at), max(booked_at)
         from side
         group by event, home, cause, part, account, owner, currency
         having sum(due) <> sum(booked) or max(due_at) <> max(booked_at)"
    );
    compare(clerk, "fold", "fld", sql)?;
    clerk.count(across!("select count(*) from payout_fold"))
}

/// A payout left the shop's balance when it was asked for; then the bank paid it, or it came back.
pub(super) fn payout(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "with side (event, home, cause, about, account, owner, currency, due, booked, due_at, booked_at) as (
             select 'payout', home, id, 0, 'shop_available', shop, currency, amount, 0, asked_at,
                 cast(null as bigint)
             from payout_payout
             union all
             select 'payout', home, id, 0, 'payout_transit', id, currency, -amount, 0, asked_at, null
             from payout_payout
             union all
             select case state when 'done' then 'payout_done' else 'payout_failed' end, home, id, 0,
                 'payout_transit', id, currency, amount, 0, ended_at, null
             from payout_payout
             where state in ('done', 'failed')
             union all
             select case state when 'done' then 'payout_done' else 'payout_failed' end, home, id, 0,
                 case state when 'done' then 'bank' else 'shop_available' end,
                 case state when 'done' then 0 else shop end, currency, -amount, 0, ended_at, null
             from payout_payout
             where state in ('done', 'failed')
             union all
             select e.event, e.home, e.cause, e.about, l.account, l.owner, l.currency, 0, l.amount, null, e.at
             from ledger_entry e
             join ledger_leg l on l.home = e.home and l.entry = e.id
             where e.event in ('payout', 'payout_done', 'payout_failed')
         )
         select cause, about, account, owner, currency, cast(sum(due) as bigint), cast(sum(booked) as bigint),
             max(due_at), max(booked_at)
         from side
         group by event, home, cause, about, account, owner, currency
         having sum(due) <> sum(booked) or max(due_at) <> max(booked_at)"
    );
    compare(clerk, "payout", "out", sql)?;
    clerk.count(across!("select count(*) from payout_payout"))
}

/// What a shop paid as its deposit before it opened is what the ledger took in.
pub(super) fn deposit(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "with side (home, shop, account, owner, currency, due, booked) as (
             select home, id, 'channel', 0, currency, deposit_paid, 0 from merchant_shop
             union all
             select home, id, 'shop_deposit', id, currency, -deposit_paid, 0 from merchant_shop
             union all
             select e.home, e.cause, l.account, case when l.account = 'channel' then 0 else l.owner end,
                 l.currency, 0, l.amount
             from ledger_entry e
             join ledger_leg l on l.home = e.home and l.entry = e.id
             where e.event = 'deposit_in'
         )
         select shop, 0, account, owner, currency, cast(sum(due) as bigint), cast(sum(booked) as bigint),
             cast(null as bigint), cast(null as bigint)
         from side
         group by home, shop, account, owner, currency
         having sum(due) <> sum(booked)"
    );
    compare(clerk, "deposit_in", "shp", sql)?;
    clerk.count(across!("select count(*) from merchant_shop where deposit_paid > 0"))
}

/// A debt is covered from one shop's deposit, in that shop's home, and what is left of it the shop owes.
pub(super) fn debt(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select e.id
         from ledger_entry e
         join ledger_leg l on l.home = e.home and l.entry = e.id
         where e.event = 'cover_debt'
         group by e.home, e.id, e.cause
         having min(l.owner) <> max(l.owner)
             or min(l.owner) % 4096 <> e.home
             or e.cause % 4096 <> e.home
             or sum(case
                 when l.account = 'shop_available' and l.amount < 0 then 0
                 when l.account in ('shop_deposit', 'shop_receivable') and l.amount > 0 then 0
                 else 1
             end) > 0"
    );
    clerk.each(sql, &[], |row, page| {
        let entry = shown::<Entry>(row.get(0)?);
        page.say(
            format!("Entry {entry} covers a debt by other accounts than one shop's deposit and what it owes."),
            [entry],
        );
        Ok(())
    })?;
    clerk.count(across!("select count(*) from ledger_entry where event = 'cover_debt'"))
}
