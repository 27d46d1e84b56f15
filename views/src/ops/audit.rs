//! The audit log as people read it: newest first.

use crate::{outside::outside, set::bounded};
use kernel::{Cursor, Id, Page, Result, Time, kinds};
use serde::Serialize;
use store::{Outcome, Read, Row, Statement, Val, across, args};

/// A row of the audit log.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct AuditRow {
    /// The row.
    pub id: Id<kinds::Audit>,
    /// When.
    pub at: Time,
    /// What was done.
    pub act: String,
    /// What sort of actor, or the market's part.
    pub actor: String,
    /// Who, as shown outside; none for the market itself and for nobody.
    pub who: Option<String>,
    /// The raw id of what it was done to; the act says of which kind. None where nothing was named.
    pub subject: Option<i64>,
    /// Whether it was done or forbidden.
    pub outcome: Outcome,
    /// Why it was forbidden; empty when done.
    pub code: String,
    /// The request it belongs to.
    pub request: String,
    /// The batch whose root covers it; none until it is sealed.
    pub seal: Option<i64>,
}

/// Which rows; everything that is named must fit.
#[derive(Clone, Default, Debug)]
pub struct AuditFilter {
    /// What one person did, or one key: the raw id.
    pub actor: Option<i64>,
    /// What was done to one thing: its raw id.
    pub subject: Option<i64>,
    /// One act, by its name.
    pub act: Option<String>,
    /// What was done, or what was forbidden.
    pub outcome: Option<Outcome>,
}

/// How many rows a page looks through for what no index leads to.
const LOOKED_THROUGH: usize = 2_000;

/// The audit log, newest first. An index leads to an actor and to a subject; the act and the outcome are looked for
/// among the rows it leads to, or among all, at most 2,000 a page: then a page may be short and still have a next one.
///
/// # Errors
/// What the engine says.
pub fn audit(read: &mut Read, filter: &AuditFilter, after: Option<Cursor>, limit: usize) -> Result<Page<AuditRow>> {
    let limit = bounded(limit);
    let before = after.map_or(i64::MAX, |cursor| cursor.id);
    let looks =
        filter.act.is_some() || filter.outcome.is_some() || (filter.actor.is_some() && filter.subject.is_some());
    let most = if looks { LOOKED_THROUGH } else { limit + 1 };
    let (statement, values) = led_by(filter, before, most);
    let (mut rows, mut seen, mut end) = (Vec::new(), 0, None);
    read.each(statement, &values, |row| {
        seen += 1;
        if rows.len() <= limit {
            let row = audit_row(row)?;
            end = Some(Cursor { sort: row.0.id.raw(), id: row.0.id.raw() });
            if fits(filter, &row) {
                rows.push(row.0);
            }
        }
        Ok(())
    })?;
    let page = Page::of(rows, limit, |row| Cursor { sort: row.id.raw(), id: row.id.raw() });
    let end = if looks && seen == LOOKED_THROUGH { end } else { None };
    Ok(Page { next: page.next.or(end), ..page })
}

/// The statement of the index that leads nearest.
fn led_by(filter: &AuditFilter, before: i64, most: usize) -> (&'static Statement, Vec<Val>) {
    if let Some(subject) = filter.subject {
        let sql = across!(
            "select id, at, act, actor, actor_id, subject, outcome, code, request, seal
             from store_audit
             where subject <> 0 and subject = $1 and id < $2
             order by id desc
             limit $3"
        );
        return (sql, args![subject, before, most].to_vec());
    }
    if let Some(actor) = filter.actor {
        let sql = across!(
            "select id, at, act, actor, actor_id, subject, outcome, code, request, seal
             from store_audit
             where home = $1 and actor_id <> 0 and actor_id = $2 and id < $3
             order by id desc
             limit $4"
        );
        return (sql, args![Id::<kinds::Party>::from_raw(actor).home(), actor, before, most].to_vec());
    }
    let sql = across!(
        "select id, at, act, actor, actor_id, subject, outcome, code, request, seal
         from store_audit
         where id < $1
         order by id desc
         limit $2"
    );
    (sql, args![before, most].to_vec())
}

/// A row, with the raw id of who acted.
fn audit_row(row: &Row) -> Result<(AuditRow, i64)> {
    let (actor, actor_id, subject): (String, i64, i64) = (row.get(3)?, row.get(4)?, row.get(5)?);
    let who = (actor_id != 0).then(|| outside(if actor == "key" { "key" } else { "pty" }, actor_id));
    let found = AuditRow {
        id: row.get(0)?,
        at: row.get(1)?,
        act: row.get(2)?,
        actor,
        who,
        subject: (subject != 0).then_some(subject),
        outcome: row.get(6)?,
        code: row.get(7)?,
        request: row.get(8)?,
        seal: row.get(9)?,
    };
    Ok((found, actor_id))
}

fn fits(filter: &AuditFilter, (row, actor): &(AuditRow, i64)) -> bool {
    filter.actor.is_none_or(|wanted| wanted == *actor)
        && filter.subject.is_none_or(|wanted| row.subject == Some(wanted))
        && filter.act.as_ref().is_none_or(|wanted| *wanted == row.act)
        && filter.outcome.is_none_or(|wanted| wanted == row.outcome)
}
