//! The ledger by itself: entries, the balances that they moved, and what may never be owed. [$1]

use super::clerk::Clerk;
use crate::outside::{owner_of, shown};
use kernel::{Result, kinds::Entry};
use store::across;

/// Each entry has the legs that it says, numbered without a gap, which sum to zero per currency; one document causes
/// an event once, in as many parts as it says; and somebody knows what the event means.
pub(super) fn entries_sum_to_zero(clerk: &mut Clerk) -> Result<u64> {
    legs_are_all_there(clerk)?;
    legs_sum_to_zero(clerk)?;
    parts_are_numbered(clerk)?;
    events_are_known(clerk)?;
    clerk.count(across!("select count(*) from ledger_leg"))
}

fn legs_are_all_there(clerk: &mut Clerk) -> Result<()> {
    let sql = across!(
        "select e.id, e.legs, count(l.n), coalesce(max(l.n), 0)
         from ledger_entry e
         left join ledger_leg l on l.home = e.home and l.entry = e.id
         group by e.home, e.id, e.legs
         having count(l.n) <> e.legs or coalesce(max(l.n), 0) <> e.legs or e.legs < 2"
    );
    clerk.each(sql, &[], |row, page| {
        let entry = shown::<Entry>(row.get(0)?);
        let (says, found, last): (i64, i64, i64) = (row.get(1)?, row.get(2)?, row.get(3)?);
        page.say(format!("Entry {entry} says it has {says} legs; it has {found}, the last numbered {last}."), [entry]);
        Ok(())
    })?;
    let sql = across!(
        "select l.entry, l.n
         from ledger_leg l
         left join ledger_entry e on e.home = l.home and e.id = l.entry
         where e.id is null"
    );
    clerk.each(sql, &[], |row, page| {
        let entry = shown::<Entry>(row.get(0)?);
        let n: i64 = row.get(1)?;
        page.say(format!("Leg {n} belongs to entry {entry}, which does not exist."), [entry]);
        Ok(())
    })
}

fn legs_sum_to_zero(clerk: &mut Clerk) -> Result<()> {
    let sql = across!(
        "select entry, currency, cast(sum(amount) as bigint)
         from ledger_leg
         group by home, entry, currency
         having sum(amount) <> 0"
    );
    clerk.each(sql, &[], |row, page| {
        let entry = shown::<Entry>(row.get(0)?);
        let (currency, sum): (String, i64) = (row.get(1)?, row.get(2)?);
        page.say(format!("The legs of entry {entry} in {currency} sum to {sum}, not to zero."), [entry]);
        Ok(())
    })
}

/// Folds and deposits are told apart by the number of what they are about, all others are counted from zero.
fn parts_are_numbered(clerk: &mut Clerk) -> Result<()> {
    let sql = across!(
        "select min(id), event, cast(min(part) as bigint), cast(max(part) as bigint), count(*)
         from ledger_entry
         where event not in ('fold_out', 'fold_in', 'deposit_in')
         group by home, cause, event
         having min(part) <> 0 or max(part) <> count(*) - 1
         union all
         select id, event, part, part, 1
         from ledger_entry
         where event in ('fold_out', 'fold_in', 'deposit_in') and part % 4096 <> cause % 4096"
    );
    clerk.each(sql, &[], |row, page| {
        let (entry, event): (i64, String) = (row.get(0)?, row.get(1)?);
        let (first, last, count): (i64, i64, i64) = (row.get(2)?, row.get(3)?, row.get(4)?);
        let entry = shown::<Entry>(entry);
        page.say(
            format!("The {count} entries {event} beginning with {entry} are numbered {first} to {last}."),
            [entry],
        );
        Ok(())
    })
}

fn events_are_known(clerk: &mut Clerk) -> Result<()> {
    let sql = across!(
        "select id, event, about
         from ledger_entry
         where event not in ('pay', 'pay_late', 'refund_late', 'refund', 'refunded', 'confirm', 'settle',
             'release_reserve', 'fold_out', 'fold_in', 'payout', 'payout_done', 'payout_failed', 'deposit_in',
             'cover_debt')
           or (event in ('fold_out', 'fold_in', 'deposit_in', 'cover_debt') and about <> 0)"
    );
    clerk.each(sql, &[], |row, page| {
        let entry = shown::<Entry>(row.get(0)?);
        let (event, about): (String, i64) = (row.get(1)?, row.get(2)?);
        page.say(format!("Entry {entry} is a {event} about {about}, which no table of postings knows."), [entry]);
        Ok(())
    })
}

/// A balance is the sum of its legs and knows how many there are; no legs are without a balance.
pub(super) fn balances_are_the_sum_of_their_legs(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "with side (home, account, owner, currency, stands, stand_legs, sums, legs) as (
             select home, account, owner, currency, amount, legs, 0, 0
             from ledger_balance
             union all
             select home, account, owner, currency, 0, 0, sum(amount), count(*)
             from ledger_leg
             group by home, account, owner, currency
         )
         select account, owner, currency, home, cast(sum(stands) as bigint), cast(sum(sums) as bigint),
             cast(sum(stand_legs) as bigint), cast(sum(legs) as bigint)
         from side
         group by home, account, owner, currency
         having sum(stands) <> sum(sums) or sum(stand_legs) <> sum(legs)"
    );
    clerk.each(sql, &[], |row, page| {
        let (account, owner, currency): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (home, stands, sums): (i64, i64, i64) = (row.get(3)?, row.get(4)?, row.get(5)?);
        let (counted, legs): (i64, i64) = (row.get(6)?, row.get(7)?);
        let id = owner_of(&account, owner);
        page.say(
            format!(
                "The balance {account} of {id} in home {home} is {stands} {currency} of {counted} legs; the legs are \
                 {legs} and sum to {sums}."
            ),
            [id],
        );
        Ok(())
    })?;
    clerk.count(across!("select count(*) from ledger_balance"))
}

/// Nothing is owed below zero. A shop's sub-balance in a home may stand below zero until it is folded, so its pots are
/// asked over all homes; what it may have can fall below zero only by refunds after settlement.
pub(super) fn nothing_is_owed_below_zero(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select account, owner, currency, amount, 0
         from ledger_balance
         where (account in ('escrow', 'shop_deposit', 'payout_transit', 'refund_transit', 'unmatched', 'tax')
             and amount > 0)
           or (account = 'shop_receivable' and amount < 0)
         union all
         select account, owner, currency, cast(sum(amount) as bigint), 0
         from ledger_balance
         where account in ('shop_pending', 'shop_reserve')
         group by account, owner, currency
         having sum(amount) > 0
         union all
         select 'shop_available', b.owner, b.currency, b.amount, coalesce(r.amount, 0)
         from (
             select owner, currency, cast(sum(amount) as bigint) as amount
             from ledger_balance
             where account = 'shop_available'
             group by owner, currency
         ) b
         left join (
             select shop, currency, cast(sum(amount - commission_back) as bigint) as amount
             from aftersale_refund
             where stage = 'after_settle'
             group by shop, currency
         ) r on r.shop = b.owner and r.currency = b.currency
         where b.amount > coalesce(r.amount, 0)"
    );
    clerk.each(sql, &[], |row, page| {
        let (account, owner, currency): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (amount, allowed): (i64, i64) = (row.get(3)?, row.get(4)?);
        let id = owner_of(&account, owner);
        let what =
            format!("{account} of {id} stands at {amount} {currency}, on the wrong side by more than {allowed}.");
        page.say(what, [id]);
        Ok(())
    })?;
    clerk.count(across!("select count(*) from ledger_balance"))
}

/// What left one home arrived in another.
pub(super) fn folds_arrive(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select owner, currency, cast(sum(amount) as bigint)
         from ledger_balance
         where account = 'fold_transit'
         group by owner, currency
         having sum(amount) <> 0"
    );
    clerk.each(sql, &[], |row, page| {
        let shop = owner_of("fold_transit", row.get(0)?);
        let (currency, sum): (String, i64) = (row.get(1)?, row.get(2)?);
        page.say(format!("{sum} {currency} of shop {shop} are still on their way between homes."), [shop]);
        Ok(())
    })?;
    clerk.count(across!("select count(*) from ledger_balance where account = 'fold_transit'"))
}
