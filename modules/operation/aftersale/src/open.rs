//! Opening cases.

use crate::{Asked, Granted, Ground, Kind, LineKind, Refusal, Side, State};
use kernel::{Error, Id, Result, Text, Time, Units, error::Common, kinds};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use store::{Read, Tx, Val, args, into, sql};

/// The timer of a case that waits for its seller. Whether silence grants it or calls the operator, a flow decides.
pub const ANSWER: &str = "case.answer";

/// What of an order a case is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Line {
    /// Goods or a charge; each counts its own numbers.
    pub kind: LineKind,
    /// The number of the order's line or charge.
    pub n: i64,
    /// How many of the line; 0: money only, and always for a charge.
    pub units: i64,
}

impl Line {
    /// So many units of a line.
    pub fn goods(n: i64, units: Units) -> Line {
        Line { kind: LineKind::Goods, n, units: units.get() }
    }

    /// A charge.
    pub fn charge(n: i64) -> Line {
        Line { kind: LineKind::Charge, n, units: 0 }
    }
}

/// A case to be opened.
#[derive(Clone, Debug)]
pub struct New {
    /// Of which order; the case lives in its home.
    pub ord: Id<kinds::Order>,
    /// Who sold.
    pub shop: Id<kinds::Shop>,
    /// Who bought.
    pub buyer: Id<kinds::Party>,
    /// What is wanted.
    pub kind: Kind,
    /// One of [`crate::reasons`].
    pub reason: String,
    /// Each line or charge once; the flow has checked that the order has so many left.
    pub lines: Vec<Line>,
    /// What the buyer wrote to it.
    pub words: Option<Text<2000>>,
}

/// Opens a case that the seller answers until an instant.
///
/// # Errors
/// `required` without lines, `malformed` for a line named twice, `reason_unknown`, `case_open`.
pub fn ask(tx: &mut Tx, new: &New, answer_by: Time) -> Result<Id<kinds::Case>> {
    let case = write(tx, new, State::Asked, Some(answer_by), None)?;
    claim(tx, new, case)?;
    tx.set_timer(ANSWER, case.raw(), case.home(), answer_by)?;
    let New { ord: order, shop, buyer, kind, .. } = *new;
    tx.emit(&Asked { case, order, shop, buyer, kind, reason: new.reason.clone(), answer_by }, 1)?;
    Ok(case)
}

/// Opens a case that is granted in the same breath: before shipping, or of the seller's own accord. It never waits,
/// so it stands beside a case that does.
///
/// # Errors
/// `required` without lines, `malformed` for a line named twice, `reason_unknown`.
pub fn open_granted(tx: &mut Tx, new: &New, ground: Ground) -> Result<Id<kinds::Case>> {
    let case = write(tx, new, State::Granted, None, Some(ground))?;
    let New { ord: order, shop, buyer, kind, .. } = *new;
    tx.emit(&Granted { case, order, shop, buyer, kind, ground }, 1)?;
    Ok(case)
}

fn write(
    tx: &mut Tx,
    new: &New,
    state: State,
    answer_by: Option<Time>,
    ground: Option<Ground>,
) -> Result<Id<kinds::Case>> {
    check_lines(&new.lines)?;
    check_reason(tx, &new.reason, new.kind)?;
    let home = new.ord.home();
    let id = tx.id::<kinds::Case>(home)?;
    let (now, by) = (tx.now(), tx.actor().party());
    let (decided_at, decided_by) = (ground.map(|_| now), ground.and(by));
    let sql = sql!(
        "insert into aftersale_case
           (home, id, ord, shop, buyer, kind, state, reason, asked_by, asked_at, answer_by,
            escalated_by, escalated_at, decided_by, decided_at, ground, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, null, null, $12, $13, $14, 1)"
    );
    let New { ord, shop, buyer, kind, .. } = *new;
    let reason = &new.reason;
    let values =
        args![home, id, ord, shop, buyer, kind, state, reason, by, now, answer_by, decided_by, decided_at, ground];
    tx.exec(sql, values)?;
    let row = |line: &Line| -> Vec<Val> { args![home, id, line.kind, line.n, line.units].to_vec() };
    let rows: Vec<_> = new.lines.iter().map(row).collect();
    tx.insert_all(into!("aftersale_case_line", "home, case_id, kind, n, units" => "$1, $2, $3, $4, $5"), &rows)?;
    write_words(tx, id, 1, Side::Buyer, new.words.as_ref())?;
    Ok(id)
}

fn check_lines(lines: &[Line]) -> Result<()> {
    if lines.is_empty() {
        return Err(Common::Required.into());
    }
    let distinct: BTreeSet<_> = lines.iter().map(|line| (line.kind, line.n)).collect();
    let charges_count_nothing = lines.iter().all(|line| line.kind == LineKind::Goods || line.units == 0);
    if distinct.len() < lines.len() || !charges_count_nothing || lines.iter().any(|line| line.units < 0) {
        return Err(Common::Malformed { expected: "each line once, and units of goods only" }.into());
    }
    Ok(())
}

fn check_reason(read: &mut Read, reason: &str, kind: Kind) -> Result<()> {
    let sql = sql!("select active from aftersale_reason where code = $1 and kind = $2");
    let active: Option<bool> = read.opt(sql, args![reason, kind], |row| row.get(0))?;
    if active == Some(true) {
        return Ok(());
    }
    Err(Refusal::ReasonUnknown { reason: reason.chars().take(60).collect() }.into())
}

/// Takes every line for this case, or refuses with the one that is taken.
fn claim(tx: &mut Tx, new: &New, case: Id<kinds::Case>) -> Result<()> {
    let sql = sql!(
        "insert into aftersale_open (home, ord, kind, n, case_id)
         select home, cast($2 as bigint), kind, n, case_id
         from aftersale_case_line
         where home = $1 and case_id = $3
         order by kind, n
         on conflict (ord, kind, n, home) do nothing"
    );
    if tx.exec(sql, args![case.home(), new.ord, case])? == new.lines.len() as u64 {
        return Ok(());
    }
    let sql = sql!(
        "select o.kind, o.n, o.case_id
         from aftersale_case_line l
         join aftersale_open o on o.home = l.home and o.kind = l.kind and o.n = l.n
         where l.home = $1 and l.case_id = $2 and o.ord = $3 and o.case_id <> l.case_id
         order by o.kind, o.n
         limit 1"
    );
    let taken = tx.opt(sql, args![case.home(), case, new.ord], |row| {
        let (kind, line, case): (LineKind, _, _) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(Refusal::CaseOpen { kind: kind.word(), line, case })
    })?;
    Err(taken.map_or_else(|| Error::broken("a line was taken and is not"), Error::from))
}

pub(crate) fn write_words(
    tx: &mut Tx,
    case: Id<kinds::Case>,
    n: i64,
    side: Side,
    words: Option<&Text<2000>>,
) -> Result<()> {
    if let Some(words) = words {
        let sql = sql!(
            "insert into aftersale_words (home, case_id, n, side, words)
             values ($1, $2, $3, $4, $5)"
        );
        tx.exec(sql, args![case.home(), case, n, side, words])?;
    }
    Ok(())
}
