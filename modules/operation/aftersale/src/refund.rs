//! Refunds: the documents by which money goes back, and how far it has come.

use crate::{Bearer, Head, LineKind, RefundHappening, RefundState, Refunded, Refusal, Stage, State, find};
use kernel::{Currency, Error, Id, Result, Time, error::Common, kinds};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Read, Row, Tx, Val, args, into, sql};

/// What goes back of a line or a charge.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct RefundLine {
    /// Goods or a charge; each counts its own numbers.
    pub kind: LineKind,
    /// The number of the order's line or charge.
    pub n: i64,
    /// How many of the line; 0: money only, and always for a charge.
    pub units: i64,
    /// Minor units, tax included.
    pub amount: i64,
    /// The tax in it.
    pub tax: i64,
}

/// By which way a part of it goes back.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Part {
    /// The payment it was part of; none: an offer bore it.
    pub payment: Option<Id<kinds::Payment>>,
    /// Who had borne it.
    pub bearer: Bearer,
    /// Minor units.
    pub amount: i64,
}

/// A refund to be recorded.
#[derive(Clone, Debug)]
pub struct NewRefund {
    /// Under which case, which was granted.
    pub case: Id<kinds::Case>,
    /// Of all its amounts: the order's.
    pub currency: Currency,
    /// Each line or charge once.
    pub lines: Vec<RefundLine>,
    /// Their amounts sum to the lines'.
    pub parts: Vec<Part>,
    /// What the market gives back of its commission.
    pub commission_back: i64,
    /// Where the order's money lies.
    pub stage: Stage,
}

/// A refund without its lines and parts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefundHead {
    /// Which one.
    pub id: Id<kinds::Refund>,
    /// Under which case.
    pub case: Id<kinds::Case>,
    /// Of which order.
    pub ord: Id<kinds::Order>,
    /// Who sold.
    pub shop: Id<kinds::Shop>,
    /// Of all its amounts.
    pub currency: Currency,
    /// All of it, minor units.
    pub amount: i64,
    /// Of which the order's lines.
    pub goods: i64,
    /// Of which the order's charges.
    pub charges: i64,
    /// What the market gives back of its commission.
    pub commission_back: i64,
    /// Where the order's money lay.
    pub stage: Stage,
    /// When it was granted.
    pub granted_at: Time,
    /// By whom; none: the market itself.
    pub granted_by: Option<Id<kinds::Party>>,
    /// How far the money has come.
    pub state: RefundState,
    /// Counts its changes.
    pub version: i64,
}

/// All of a refund.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refund {
    /// Sums and state.
    pub head: RefundHead,
    /// What goes back of each line.
    pub lines: Vec<RefundLine>,
    /// By which ways.
    pub parts: Vec<Part>,
}

/// Records what goes back under a granted case. That it is no more than was paid, the order and the payment see to
/// in the same act.
///
/// # Errors
/// `not_found`, `case_not_granted`, `required` without lines; broken where the parts do not sum to the lines.
pub fn record_refund(tx: &mut Tx, new: &NewRefund) -> Result<Id<kinds::Refund>> {
    let Head { ord, shop, state, .. } = find::head(tx, new.case)?;
    if state != State::Granted {
        return Err(Refusal::CaseNotGranted { state: state.word() }.into());
    }
    if new.lines.is_empty() {
        return Err(Common::Required.into());
    }
    let of = |kind| sum(new.lines.iter().filter(|line| line.kind == kind).map(|line| line.amount));
    let (goods, charges) = (of(LineKind::Goods)?, of(LineKind::Charge)?);
    let amount = sum([goods, charges])?;
    if sum(new.parts.iter().map(|part| part.amount))? != amount {
        return Err(Error::broken(format!("the parts of a refund under {} are not its lines", new.case)));
    }
    let home = new.case.home();
    let id = tx.id::<kinds::Refund>(home)?;
    let (now, by, granted) = (tx.now(), tx.actor().party(), RefundState::Granted);
    let NewRefund { case, currency, commission_back, stage, .. } = *new;
    let sql = sql!(
        "insert into aftersale_refund
           (home, id, case_id, ord, shop, currency, amount, goods, charges, commission_back, stage,
            granted_at, granted_by, state, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 1)"
    );
    let values =
        args![home, id, case, ord, shop, currency, amount, goods, charges, commission_back, stage, now, by, granted];
    tx.exec(sql, values)?;
    write_rows(tx, id, new)?;
    Ok(id)
}

/// The channel was asked, for the first time or again after it had failed.
///
/// # Errors
/// `not_found`, `refund_already_sent`.
pub fn refund_sent(tx: &mut Tx, id: Id<kinds::Refund>) -> Result<()> {
    step(tx, id, RefundHappening::Send).map(drop)
}

/// The channel says that the buyer has it.
///
/// # Errors
/// `not_found`, `refund_not_sent`.
pub fn refund_done(tx: &mut Tx, id: Id<kinds::Refund>) -> Result<()> {
    let RefundHead {
        case, ord: order, shop, amount, goods, charges, commission_back, currency, stage, version, ..
    } = step(tx, id, RefundHappening::Finish)?;
    let refunded = Refunded { refund: id, case, order, shop, amount, goods, charges, commission_back, currency, stage };
    tx.emit(&refunded, version)
}

/// The channel says that it cannot be done.
///
/// # Errors
/// `not_found`, `refund_not_sent`.
pub fn refund_failed(tx: &mut Tx, id: Id<kinds::Refund>) -> Result<()> {
    step(tx, id, RefundHappening::Fail).map(drop)
}

/// A refund with its lines and parts.
///
/// # Errors
/// `not_found`.
pub fn refund(read: &mut Read, id: Id<kinds::Refund>) -> Result<Refund> {
    let head = refund_head(read, id)?;
    let sql = sql!(
        "select kind, n, units, amount, tax
         from aftersale_refund_line
         where home = $1 and refund = $2
         order by kind desc, n"
    );
    let lines = read.all(sql, args![id.home(), id], |row| line_of(row, 0))?;
    let sql = sql!(
        "select payment, bearer, amount
         from aftersale_refund_part
         where home = $1 and refund = $2
         order by n"
    );
    let parts = read.all(sql, args![id.home(), id], |row| part_of(row, 0))?;
    Ok(Refund { head, lines, parts })
}

/// All refunds of an order with their lines and parts, oldest first.
///
/// # Errors
/// What the engine says.
pub fn refunds_of_order(read: &mut Read, ord: Id<kinds::Order>) -> Result<Vec<Refund>> {
    let sql = sql!(
        "select id, case_id, ord, shop, currency, amount, goods, charges, commission_back, stage,
           granted_at, granted_by, state, version
         from aftersale_refund
         where home = $1 and ord = $2
         order by id"
    );
    let heads = read.all(sql, args![ord.home(), ord], head_of)?;
    if heads.is_empty() {
        return Ok(Vec::new());
    }
    let sql = sql!(
        "select l.refund, l.kind, l.n, l.units, l.amount, l.tax
         from aftersale_refund r
         join aftersale_refund_line l on l.home = r.home and l.refund = r.id
         where r.home = $1 and r.ord = $2
         order by l.refund, l.kind desc, l.n"
    );
    let mut lines: BTreeMap<Id<kinds::Refund>, Vec<RefundLine>> = BTreeMap::new();
    read.each(sql, args![ord.home(), ord], |row| {
        lines.entry(row.get(0)?).or_default().push(line_of(row, 1)?);
        Ok(())
    })?;
    let sql = sql!(
        "select p.refund, p.payment, p.bearer, p.amount
         from aftersale_refund r
         join aftersale_refund_part p on p.home = r.home and p.refund = r.id
         where r.home = $1 and r.ord = $2
         order by p.refund, p.n"
    );
    let mut parts: BTreeMap<Id<kinds::Refund>, Vec<Part>> = BTreeMap::new();
    read.each(sql, args![ord.home(), ord], |row| {
        parts.entry(row.get(0)?).or_default().push(part_of(row, 1)?);
        Ok(())
    })?;
    let whole = |head: RefundHead| {
        let (lines, parts) = (lines.remove(&head.id), parts.remove(&head.id));
        Refund { lines: lines.unwrap_or_default(), parts: parts.unwrap_or_default(), head }
    };
    Ok(heads.into_iter().map(whole).collect())
}

fn write_rows(tx: &mut Tx, id: Id<kinds::Refund>, new: &NewRefund) -> Result<()> {
    let home = id.home();
    let line = |line: &RefundLine| -> Vec<Val> {
        args![home, id, line.kind, line.n, line.units, line.amount, line.tax].to_vec()
    };
    let lines: Vec<_> = new.lines.iter().map(line).collect();
    let into = into!(
        "aftersale_refund_line", "home, refund, kind, n, units, amount, tax" => "$1, $2, $3, $4, $5, $6, $7"
    );
    tx.insert_all(into, &lines)?;
    let part =
        |(n, part): (i64, &Part)| -> Vec<Val> { args![home, id, n, part.payment, part.bearer, part.amount].to_vec() };
    let parts: Vec<_> = (1..).zip(&new.parts).map(part).collect();
    let into = into!(
        "aftersale_refund_part", "home, refund, n, payment, bearer, amount" => "$1, $2, $3, $4, $5, $6"
    );
    tx.insert_all(into, &parts)
}

fn step(tx: &mut Tx, id: Id<kinds::Refund>, happening: RefundHappening) -> Result<RefundHead> {
    let before = refund_head(tx, id)?;
    let no = |state: RefundState| -> Error {
        let state = state.word();
        match happening {
            RefundHappening::Send => Refusal::RefundAlreadySent { state }.into(),
            RefundHappening::Finish | RefundHappening::Fail => Refusal::RefundNotSent { state }.into(),
        }
    };
    let next = before.state.after(happening).ok_or_else(|| no(before.state))?;
    let sql = sql!(
        "update aftersale_refund
         set state = $3, version = version + 1
         where home = $1 and id = $2 and state = $4"
    );
    if tx.exec(sql, args![id.home(), id, next, before.state])? == 0 {
        return Err(no(refund_head(tx, id)?.state));
    }
    refund_head(tx, id)
}

fn refund_head(read: &mut Read, id: Id<kinds::Refund>) -> Result<RefundHead> {
    let sql = sql!(
        "select id, case_id, ord, shop, currency, amount, goods, charges, commission_back, stage,
           granted_at, granted_by, state, version
         from aftersale_refund
         where home = $1 and id = $2"
    );
    read.opt(sql, args![id.home(), id], head_of)?.ok_or_else(|| Error::from(Common::NotFound))
}

fn sum(amounts: impl IntoIterator<Item = i64>) -> Result<i64> {
    let sum: i128 = amounts.into_iter().map(i128::from).sum();
    i64::try_from(sum).map_err(|_| Common::AmountOverflow.into())
}

fn head_of(row: &Row<'_>) -> Result<RefundHead> {
    Ok(RefundHead {
        id: row.get(0)?,
        case: row.get(1)?,
        ord: row.get(2)?,
        shop: row.get(3)?,
        currency: row.get(4)?,
        amount: row.get(5)?,
        goods: row.get(6)?,
        charges: row.get(7)?,
        commission_back: row.get(8)?,
        stage: row.get(9)?,
        granted_at: row.get(10)?,
        granted_by: row.get(11)?,
        state: row.get(12)?,
        version: row.get(13)?,
    })
}

fn line_of(row: &Row<'_>, at: usize) -> Result<RefundLine> {
    Ok(RefundLine {
        kind: row.get(at)?,
        n: row.get(at + 1)?,
        units: row.get(at + 2)?,
        amount: row.get(at + 3)?,
        tax: row.get(at + 4)?,
    })
}

fn part_of(row: &Row<'_>, at: usize) -> Result<Part> {
    Ok(Part { payment: row.get(at)?, bearer: row.get(at + 1)?, amount: row.get(at + 2)? })
}
