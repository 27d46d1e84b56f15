//! What waits for the market's people.

use crate::count::Count;
use kernel::{Result, Time};
use serde::Serialize;
use store::{Read, across, args};

/// What waits, each counted up to 99.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "MarketWork")]
pub struct Home {
    /// Shops that were handed in or are being looked at.
    pub shops: Count,
    /// Goods to review.
    pub goods: Count,
    /// Cases that wait for a ruling.
    pub cases: Count,
    /// When the first of them should be ruled on; none where there is none.
    pub rule_by: Option<Time>,
    /// Payments that a channel does not bring to an end.
    pub payments: Count,
    /// Refunds that a channel does not bring to an end, or has refused.
    pub refunds: Count,
    /// Money that came and that no trade wants, not yet given back.
    pub late_money: Count,
    /// Events whose reactions have not run.
    pub events: Count,
    /// Of the first hundred of them, those whose reactions failed before.
    pub events_failed: Count,
    /// Timers whose time has come and that have not run.
    pub timers: Count,
}

/// What waits for the market's people; nine statements that stop at a hundred.
///
/// # Errors
/// What the engine says.
pub fn home(read: &mut Read, now: Time) -> Result<Home> {
    let shops = across!(
        "select cast(count(*) as bigint)
         from (select id from merchant_shop where state in ('submitted', 'in_review') limit 100) waiting"
    );
    let goods = across!(
        "select cast(count(*) as bigint)
         from (select id from catalog_listing where state = 'in_review' limit 100) waiting"
    );
    let (cases, rule_by) = cases(read)?;
    let (events, events_failed) = events(read)?;
    Ok(Home {
        shops: Count::ask(read, shops, args![])?,
        goods: Count::ask(read, goods, args![])?,
        cases,
        rule_by,
        payments: payments(read)?,
        refunds: refunds(read)?,
        late_money: late_money(read)?,
        events,
        events_failed,
        timers: timers(read, now)?,
    })
}

fn cases(read: &mut Read) -> Result<(Count, Option<Time>)> {
    let waiting = aftersale::waiting_for_operator(read, None, 100)?.items;
    let first = waiting.first().and_then(|case| case.answer_by);
    Ok((Count::of(waiting.len() as i64), first))
}

fn payments(read: &mut Read) -> Result<Count> {
    let sql = across!(
        "select cast(count(*) as bigint)
         from (select id from payment_payment where ask_at is not null and asks >= 5 limit 100) stuck"
    );
    Count::ask(read, sql, args![])
}

fn refunds(read: &mut Read) -> Result<Count> {
    let sql = across!(
        "select cast(count(*) as bigint)
         from (select id
               from payment_refund
               where state = 'failed' or (ask_at is not null and asks >= 5)
               limit 100) stuck"
    );
    Count::ask(read, sql, args![])
}

fn late_money(read: &mut Read) -> Result<Count> {
    let sql = across!(
        "select cast(count(*) as bigint)
         from (select payment from payment_late where refunded < amount limit 100) late"
    );
    Count::ask(read, sql, args![])
}

fn events(read: &mut Read) -> Result<(Count, Count)> {
    let sql = across!(
        "select tries
         from store_event
         where done_at is null
         order by id
         limit 100"
    );
    let tries: Vec<i64> = read.all(sql, args![], |row| row.get(0))?;
    let failed = tries.iter().filter(|tries| **tries > 0).count();
    Ok((Count::of(tries.len() as i64), Count::of(failed as i64)))
}

fn timers(read: &mut Read, now: Time) -> Result<Count> {
    let sql = across!(
        "select cast(count(*) as bigint)
         from (select subject from store_timer where state = 0 and due_at <= $1 limit 100) overdue"
    );
    Count::ask(read, sql, args![now])
}
