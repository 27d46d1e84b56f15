//! Reads of cases.

use crate::{Ground, Kind, Line, Side, State};
use kernel::{Error, Id, Result, Time, error::Common, kinds};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Read, Row, args, sql};

/// A case without its lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Which one.
    pub id: Id<kinds::Case>,
    /// Of which order.
    pub ord: Id<kinds::Order>,
    /// Who sold.
    pub shop: Id<kinds::Shop>,
    /// Who bought.
    pub buyer: Id<kinds::Party>,
    /// What is wanted.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// Why it was opened.
    pub reason: String,
    /// Who opened it; none: the market itself.
    pub asked_by: Option<Id<kinds::Party>>,
    /// When.
    pub asked_at: Time,
    /// Until when the one who has it decides.
    pub answer_by: Option<Time>,
    /// Who called the operator; none: nobody, or a timer.
    pub escalated_by: Option<Id<kinds::Party>>,
    /// When.
    pub escalated_at: Option<Time>,
    /// Who ended it; none: open, or the market itself.
    pub decided_by: Option<Id<kinds::Party>>,
    /// When.
    pub decided_at: Option<Time>,
    /// On what it was granted or refused.
    pub ground: Option<Ground>,
    /// Counts its changes.
    pub version: i64,
}

/// A case with what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// Parties, state, who decided.
    pub head: Head,
    /// Goods and charges.
    pub lines: Vec<Line>,
}

/// What somebody wrote in a case. Personal: never into a log or an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The case's version they came with.
    pub n: i64,
    /// Who wrote them.
    pub side: Side,
    /// The words.
    pub words: String,
}

/// A case with its lines.
///
/// # Errors
/// `not_found`.
pub fn case(read: &mut Read, id: Id<kinds::Case>) -> Result<Case> {
    let head = head(read, id)?;
    let sql = sql!(
        "select kind, n, units
         from aftersale_case_line
         where home = $1 and case_id = $2
         order by kind desc, n"
    );
    let lines = read.all(sql, args![id.home(), id], |row| line_of(row, 0))?;
    Ok(Case { head, lines })
}

/// A case without its lines.
///
/// # Errors
/// `not_found`.
pub fn head(read: &mut Read, id: Id<kinds::Case>) -> Result<Head> {
    let sql = sql!(
        "select id, ord, shop, buyer, kind, state, reason, asked_by, asked_at, answer_by,
           escalated_by, escalated_at, decided_by, decided_at, ground, version
         from aftersale_case
         where home = $1 and id = $2"
    );
    read.opt(sql, args![id.home(), id], head_of)?.ok_or_else(|| Error::from(Common::NotFound))
}

/// All cases of an order with their lines, oldest first.
///
/// # Errors
/// What the engine says.
pub fn cases_of_order(read: &mut Read, ord: Id<kinds::Order>) -> Result<Vec<Case>> {
    let sql = sql!(
        "select id, ord, shop, buyer, kind, state, reason, asked_by, asked_at, answer_by,
           escalated_by, escalated_at, decided_by, decided_at, ground, version
         from aftersale_case
         where home = $1 and ord = $2
         order by id"
    );
    let heads = read.all(sql, args![ord.home(), ord], head_of)?;
    if heads.is_empty() {
        return Ok(Vec::new());
    }
    let sql = sql!(
        "select l.case_id, l.kind, l.n, l.units
         from aftersale_case c
         join aftersale_case_line l on l.home = c.home and l.case_id = c.id
         where c.home = $1 and c.ord = $2
         order by l.case_id, l.kind desc, l.n"
    );
    let mut lines: BTreeMap<Id<kinds::Case>, Vec<Line>> = BTreeMap::new();
    read.each(sql, args![ord.home(), ord], |row| {
        lines.entry(row.get(0)?).or_default().push(line_of(row, 1)?);
        Ok(())
    })?;
    let with_lines = |head: Head| Case { lines: lines.remove(&head.id).unwrap_or_default(), head };
    Ok(heads.into_iter().map(with_lines).collect())
}

/// What people wrote in a case, in order.
///
/// # Errors
/// What the engine says.
pub fn words_of(read: &mut Read, id: Id<kinds::Case>) -> Result<Vec<Words>> {
    let sql = sql!("select n, side, words from aftersale_words where home = $1 and case_id = $2 order by n");
    read.all(sql, args![id.home(), id], |row| Ok(Words { n: row.get(0)?, side: row.get(1)?, words: row.get(2)? }))
}

/// The codes that a case of a kind may be opened for.
///
/// # Errors
/// What the engine says.
pub fn reasons(read: &mut Read, kind: Kind) -> Result<Vec<String>> {
    let sql = sql!("select code from aftersale_reason where kind = $1 and active = 1 order by code");
    read.all(sql, args![kind], |row| row.get(0))
}

pub(crate) fn head_of(row: &Row<'_>) -> Result<Head> {
    Ok(Head {
        id: row.get(0)?,
        ord: row.get(1)?,
        shop: row.get(2)?,
        buyer: row.get(3)?,
        kind: row.get(4)?,
        state: row.get(5)?,
        reason: row.get(6)?,
        asked_by: row.get(7)?,
        asked_at: row.get(8)?,
        answer_by: row.get(9)?,
        escalated_by: row.get(10)?,
        escalated_at: row.get(11)?,
        decided_by: row.get(12)?,
        decided_at: row.get(13)?,
        ground: row.get(14)?,
        version: row.get(15)?,
    })
}

fn line_of(row: &Row<'_>, at: usize) -> Result<Line> {
    Ok(Line { kind: row.get(at)?, n: row.get(at + 1)?, units: row.get(at + 2)? })
}

/// Whether a case of the order waits for somebody.
///
/// # Errors
/// What the engine says.
pub fn has_open_case(read: &mut Read, ord: Id<kinds::Order>) -> Result<bool> {
    let sql = sql!(
        "select n
         from aftersale_open
         where home = $1 and ord = $2
         limit 1"
    );
    Ok(read.opt(sql, args![ord.home(), ord], |row| row.get::<i64>(0))?.is_some())
}
