//! What the market's own worker has before it: timers and events.

use crate::{outside::outside, set::bounded};
use kernel::{Cursor, Id, Page, Result, Time, kinds};
use serde::Serialize;
use store::{Read, Row, across, args};

/// A timer that waits.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct TimerRow {
    /// What will be done.
    pub kind: String,
    /// What it is about, as shown outside; the bare number where nobody knows the kind.
    pub subject: String,
    /// The same as a number, for the cursor.
    #[serde(skip)]
    pub raw: i64,
    /// When.
    pub due_at: Time,
    /// How often it was begun and failed.
    pub tries: i64,
    /// Before this it is not tried again; none where it never failed.
    pub not_before: Option<Time>,
}

/// An event whose reactions have not run.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct WaitingEvent {
    /// The event.
    pub id: Id<kinds::Event>,
    /// `<room>.<past participle>`.
    pub name: String,
    /// What it happened to, as shown outside; the bare number where nobody knows the kind.
    pub root: String,
    /// The root's own count of its changes.
    pub seq: i64,
    /// Ids and amounts, as JSON.
    pub body: String,
    /// When it happened.
    pub at: Time,
    /// How often delivering it was begun.
    pub tries: i64,
    /// Whether its reactions failed before.
    pub failed: bool,
    /// Before this it is not tried again; none where it never was.
    pub not_before: Option<Time>,
}

/// No subject has more kinds of timer than this.
const KINDS_MAX: usize = 16;

/// The timers that wait, the first due first. A page is longer than asked for where its last subject has several timers
/// for one instant, so that no cursor parts them.
///
/// # Errors
/// What the engine says.
pub fn timers(read: &mut Read, after: Option<Cursor>, limit: usize) -> Result<Page<TimerRow>> {
    let limit = bounded(limit);
    let Cursor { sort, id } = after.unwrap_or(Cursor { sort: i64::MIN, id: 0 });
    let sql = across!(
        "select kind, subject, due_at, tries, not_before
         from store_timer
         where state = 0 and due_at >= $1 and (due_at > $1 or subject > $2)
         order by due_at, subject, kind
         limit $3"
    );
    let rows = read.all(sql, args![sort, id, limit + KINDS_MAX], timer)?;
    let key = |row: &TimerRow| Cursor { sort: row.due_at.0, id: row.raw };
    let last = rows.get(limit - 1).map(key);
    let ties = rows.iter().skip(limit).take_while(|row| Some(key(row)) == last).count();
    Ok(Page::of(rows, limit + ties, key))
}

fn timer(row: &Row) -> Result<TimerRow> {
    let (kind, raw): (String, i64) = (row.get(0)?, row.get(1)?);
    let prefix = match kind.as_str() {
        "trade.close" => "trd",
        "shop.payout" => "shp",
        quotation::EXPIRE => "quo",
        aftersale::ANSWER => "cas",
        kind if kind.starts_with("order.") => "ord",
        _ => "",
    };
    let (subject, not_before): (_, Time) = (outside(prefix, raw), row.get(4)?);
    let not_before = (not_before.0 > 0).then_some(not_before);
    Ok(TimerRow { kind, subject, raw, due_at: row.get(2)?, tries: row.get(3)?, not_before })
}

/// The events whose reactions have not run, oldest first; or those alone that failed before, of which a page looks
/// through at most a thousand waiting events.
///
/// # Errors
/// What the engine says.
pub fn outbox(read: &mut Read, failed: bool, after: Option<Cursor>, limit: usize) -> Result<Page<WaitingEvent>> {
    let limit = bounded(limit);
    let seen = after.map_or(0, |cursor| cursor.id);
    let sql = across!(
        "select id, name, root, seq, body, at, tries, not_before
         from store_event
         where done_at is null and id > $1
         order by id
         limit $2"
    );
    let most = if failed { LOOKED_THROUGH } else { limit + 1 };
    let mut rows = read.all(sql, args![seen, most], event)?;
    let key = |row: &WaitingEvent| Cursor { sort: row.id.raw(), id: row.id.raw() };
    if !failed {
        return Ok(Page::of(rows, limit, key));
    }
    let end = if rows.len() == LOOKED_THROUGH { rows.last().map(key) } else { None };
    rows.retain(|row| row.failed);
    let page = Page::of(rows, limit, key);
    Ok(Page { next: page.next.or(end), ..page })
}

/// How many events a page looks through for those that failed.
const LOOKED_THROUGH: usize = 1_000;

fn event(row: &Row) -> Result<WaitingEvent> {
    let (name, root): (String, i64) = (row.get(1)?, row.get(2)?);
    let (tries, not_before): (i64, Time) = (row.get(6)?, row.get(7)?);
    Ok(WaitingEvent {
        id: row.get(0)?,
        root: outside(root_of(&name), root),
        name,
        seq: row.get(3)?,
        body: row.get(4)?,
        at: row.get(5)?,
        tries,
        failed: tries > 0,
        not_before: (not_before.0 > 0).then_some(not_before),
    })
}

/// The prefix of what an event of a name happens to.
fn root_of(name: &str) -> &'static str {
    if name == "aftersale.refunded" {
        return "rfd";
    }
    match name.split('.').next().unwrap_or_default() {
        "identity" => "pty",
        "payment" => "pay",
        "payout" => "out",
        "merchant" => "shp",
        "aftersale" => "cas",
        "catalog" => "lst",
        "delivery" => "pcl",
        "order" => "ord",
        "quotation" => "quo",
        _ => "",
    }
}
