//! What should have been done by now: events delivered, timers rung, channels asked, audit rows sealed. [D3]

use super::clerk::Clerk;
use crate::outside::{outside, shown};
use kernel::{
    Result, Time,
    kinds::{Audit, Event},
    time::MINUTE,
};
use store::{across, args, seal};

/// How late something may be: workers pause, clocks differ, a busy market catches up.
const GRACE: i64 = 10 * MINUTE;

/// Every event of more than ten minutes ago has had its reactions.
pub(super) fn events_are_delivered(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select id, name, at, tries
         from store_event
         where done_at is null and at < $1
         order by id"
    );
    let late = clerk.now.plus(-GRACE);
    clerk.each(sql, args![late], |row, page| {
        let (event, name) = (shown::<Event>(row.get(0)?), row.get::<String>(1)?);
        let (at, tries): (Time, i64) = (row.get(2)?, row.get(3)?);
        page.say(format!("{name} of {at} still waits for its reactions after {tries} tries."), [event]);
        Ok(())
    })?;
    clerk.count(across!("select count(*) from store_event where done_at is null"))
}

/// Every timer that was due more than ten minutes ago has rung.
pub(super) fn timers_have_rung(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select subject, kind, due_at, tries
         from store_timer
         where state = 0 and due_at < $1
         order by due_at"
    );
    let late = clerk.now.plus(-GRACE);
    clerk.each(sql, args![late], |row, page| {
        let (subject, kind): (i64, String) = (row.get(0)?, row.get(1)?);
        let (due, tries): (Time, i64) = (row.get(2)?, row.get(3)?);
        let subject = outside(subject_of(&kind), subject);
        page.say(format!("Timer {kind} of {subject} was due at {due} and failed {tries} times."), [subject]);
        Ok(())
    })?;
    clerk.count(across!("select count(*) from store_timer where state = 0"))
}

/// The prefix of what a timer is about.
fn subject_of(kind: &str) -> &'static str {
    match kind {
        "trade.close" => "trd",
        "quotation.expire" => "quo",
        "case.answer" => "cas",
        "shop.payout" | "shop.index" => "shp",
        "listing.index" => "lst",
        _ if kind.starts_with("order.") => "ord",
        _ => "",
    }
}

/// Every channel and bank that owes an answer was asked when it was time.
pub(super) fn channels_and_banks_were_asked(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select 'pay', id, ask_at, asks from payment_payment where ask_at < $1
         union all
         select 'prf', id, ask_at, asks from payment_refund where ask_at < $1
         union all
         select 'out', id, ask_at, asks from payout_payout where ask_at < $1"
    );
    let late = clerk.now.plus(-GRACE);
    clerk.each(sql, args![late], |row, page| {
        let id = outside(&row.get::<String>(0)?, row.get(1)?);
        let (at, asks): (Time, i64) = (row.get(2)?, row.get(3)?);
        page.say(format!("{id} was to be asked about at {at}, after {asks} times, and was not."), [id]);
        Ok(())
    })?;
    clerk.count(across!(
        "select (select count(*) from payment_payment where ask_at is not null)
           + (select count(*) from payment_refund where ask_at is not null)
           + (select count(*) from payout_payout where ask_at is not null)"
    ))
}

/// Whatever ends by itself has a timer that waits for it, or nothing would end it.
pub(super) fn every_open_thing_has_its_timer(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "with open (home, kind, prefix, subject, due) as (
             select home, 'trade.close', 'trd', trade, cast(null as bigint) from order_order where state = 'unpaid'
             union all
             select home, 'order.confirm', 'ord', id, null from order_order where state = 'shipped'
             union all
             select home, 'order.settle', 'ord', id, null from order_order
             where state = 'completed' and settled_at is null
             union all
             select home, 'quotation.expire', 'quo', id, expires_at from quotation_quotation where state = 'sent'
             union all
             select home, 'case.answer', 'cas', id, answer_by from aftersale_case where state = 'asked'
         )
         select o.kind, o.prefix, o.subject
         from open o
         left join store_timer t on t.home = o.home and t.subject = o.subject and t.kind = o.kind and t.state = 0
         where t.subject is null or t.due_at <> o.due
         union all
         select 'order.release_reserve', 'ord', s.ord
         from payout_settlement s
         left join store_timer t on t.home = s.home and t.subject = s.ord and t.kind = 'order.release_reserve'
         where s.reserve > 0 and t.subject is null"
    );
    clerk.each(sql, &[], |row, page| {
        let (kind, prefix): (String, String) = (row.get(0)?, row.get(1)?);
        let subject = outside(&prefix, row.get(2)?);
        page.say(format!("{subject} waits for its timer {kind}, which is not set or for another time."), [subject]);
        Ok(())
    })?;
    clerk.count(across!("select count(*) from order_order where state in ('unpaid', 'shipped', 'completed')"))
}

/// No sealed audit row was changed, added or taken away, and none of more than ten minutes ago is unsealed. The rows of
/// sealing itself wait for company.
pub(super) fn the_audit_chain_holds(clerk: &mut Clerk) -> Result<u64> {
    for broken in seal::verify(clerk.read())? {
        let what = format!("Seal {} of the audit log is broken: {}.", broken.number, broken.why);
        clerk.page().say(what, []);
    }
    let sql = across!(
        "select id, at
         from store_audit
         where seal is null and at < $1 and act <> $2
         order by id"
    );
    let late = clerk.now.plus(-GRACE);
    clerk.each(sql, args![late, seal::ACT], |row, page| {
        let (id, at) = (shown::<Audit>(row.get(0)?), row.get::<Time>(1)?);
        page.say(format!("Audit row {id} of {at} is not sealed."), [id]);
        Ok(())
    })?;
    clerk.count(across!("select count(*) from store_audit"))
}
