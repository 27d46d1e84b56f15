//! What is done with quotations.

use crate::{
    Accepted, Declined, Expired, Head, Limits, NewLine, Refusal, Sent, Withdrawn,
    find::head,
    line,
    state::{Happening, State},
};
use kernel::{Currency, Id, Result, Text, Time, kinds};
use store::{Tx, Val, args, into, sql};

/// The timer that calls [`expire`].
pub const EXPIRE: &str = "quotation.expire";

/// A quotation to be drafted.
#[derive(Clone, Debug)]
pub struct New {
    /// Who offers.
    pub shop: Id<kinds::Shop>,
    /// To whom.
    pub buyer: Id<kinds::Party>,
    /// Of all its amounts.
    pub currency: Currency,
    /// What is offered; may still be empty.
    pub lines: Vec<NewLine>,
}

/// Opens a draft in the buyer's home.
///
/// # Errors
/// `too_many` lines; `too_large`, `out_of_range` or `malformed` for a line, with its place.
pub fn draft(tx: &mut Tx, new: &New, limits: Limits) -> Result<Id<kinds::Quotation>> {
    let amounts = line::amounts(&new.lines, limits)?;
    let home = new.buyer.home();
    let id = tx.id::<kinds::Quotation>(home)?;
    let total: i64 = amounts.iter().sum();
    let (now, by, lines) = (tx.now(), tx.actor().party(), new.lines.len());
    let sql = sql!(
        "insert into quotation_quotation
           (home, id, shop, buyer, currency, state, lines, total, made_by, made_at, sent_at, expires_at, trade, version)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, null, null, null, 1)"
    );
    tx.exec(sql, args![home, id, new.shop, new.buyer, new.currency, State::Draft, lines, total, by, now])?;
    write_lines(tx, id, &new.lines, &amounts)?;
    Ok(id)
}

/// Puts other lines into a draft.
///
/// # Errors
/// As [`draft`]; `not_found`, `quotation_not_draft`.
pub fn set_lines(tx: &mut Tx, id: Id<kinds::Quotation>, lines: &[NewLine], limits: Limits) -> Result<()> {
    let amounts = line::amounts(lines, limits)?;
    let total: i64 = amounts.iter().sum();
    let sql = sql!(
        "update quotation_quotation
         set lines = $3, total = $4, version = version + 1
         where home = $1 and id = $2 and state = 'draft'"
    );
    if tx.exec(sql, args![id.home(), id, lines.len(), total])? == 0 {
        return Err(not_draft(tx, id));
    }
    tx.exec(sql!("delete from quotation_line where home = $1 and quotation = $2"), args![id.home(), id])?;
    write_lines(tx, id, lines, &amounts)
}

/// Writes the seller's words to a draft, or takes them away.
///
/// # Errors
/// `not_found`, `quotation_not_draft`.
pub fn set_note(tx: &mut Tx, id: Id<kinds::Quotation>, note: Option<&Text<2000>>) -> Result<()> {
    let sql = sql!(
        "update quotation_quotation
         set version = version + 1
         where home = $1 and id = $2 and state = 'draft'"
    );
    if tx.exec(sql, args![id.home(), id])? == 0 {
        return Err(not_draft(tx, id));
    }
    tx.exec(sql!("delete from quotation_note where home = $1 and quotation = $2"), args![id.home(), id])?;
    if let Some(note) = note {
        let sql = sql!("insert into quotation_note (home, quotation, note) values ($1, $2, $3)");
        tx.exec(sql, args![id.home(), id, note])?;
    }
    Ok(())
}

/// Puts a draft before the buyer, until an instant.
///
/// # Errors
/// `not_found`, `quotation_not_draft`, `quotation_empty`, `expiry_passed`.
pub fn send(tx: &mut Tx, id: Id<kinds::Quotation>, expires_at: Time) -> Result<()> {
    let now = tx.now();
    if expires_at <= now {
        return Err(Refusal::ExpiryPassed { now }.into());
    }
    let sql = sql!(
        "update quotation_quotation
         set state = $3, sent_at = $4, expires_at = $5, version = version + 1
         where home = $1 and id = $2 and state = $6 and lines > 0"
    );
    let (from, to) = Happening::Send.moves();
    if tx.exec(sql, args![id.home(), id, to, now, expires_at, from])? == 0 {
        return Err(not_draft(tx, id));
    }
    let Head { shop, buyer, total, currency, version, .. } = head(tx, id)?;
    tx.set_timer(EXPIRE, id.raw(), id.home(), expires_at)?;
    tx.emit(&Sent { quotation: id, shop, buyer, total, currency, expires_at }, version)
}

/// The buyer takes it; the flow has opened, or opens in the same act, the trade it becomes.
///
/// # Errors
/// `not_found`, `quotation_not_open`, `quotation_expired`.
pub fn accept(tx: &mut Tx, id: Id<kinds::Quotation>, trade: Id<kinds::Trade>) -> Result<Head> {
    let now = tx.now();
    // The deadline is asked in the same statement: whether the timer has run yet decides nothing.
    let sql = sql!(
        "update quotation_quotation
         set state = $3, trade = $4, version = version + 1
         where home = $1 and id = $2 and state = $5 and expires_at > $6"
    );
    let (from, to) = Happening::Accept.moves();
    if tx.exec(sql, args![id.home(), id, to, trade, from, now])? == 0 {
        return Err(not_open(tx, id));
    }
    let accepted = head(tx, id)?;
    let Head { shop, buyer, total, currency, version, .. } = accepted;
    tx.drop_timer(EXPIRE, id.raw(), id.home())?;
    tx.emit(&Accepted { quotation: id, shop, buyer, trade, total, currency }, version)?;
    Ok(accepted)
}

/// The buyer says no.
///
/// # Errors
/// `not_found`, `quotation_not_open`.
pub fn decline(tx: &mut Tx, id: Id<kinds::Quotation>) -> Result<()> {
    let Head { shop, buyer, version, .. } = ended(tx, id, Happening::Decline)?;
    tx.emit(&Declined { quotation: id, shop, buyer }, version)
}

/// The seller takes it back.
///
/// # Errors
/// `not_found`, `quotation_not_open`.
pub fn withdraw(tx: &mut Tx, id: Id<kinds::Quotation>) -> Result<()> {
    let Head { shop, buyer, version, .. } = ended(tx, id, Happening::Withdraw)?;
    tx.emit(&Withdrawn { quotation: id, shop, buyer }, version)
}

/// Called by the timer: ends a quotation that nobody answered. False where it was decided before, or where its time
/// is not over; a timer that comes twice or too early does no harm.
///
/// # Errors
/// What the engine says.
pub fn expire(tx: &mut Tx, id: Id<kinds::Quotation>) -> Result<bool> {
    let now = tx.now();
    let sql = sql!(
        "update quotation_quotation
         set state = $3, version = version + 1
         where home = $1 and id = $2 and state = $4 and expires_at <= $5"
    );
    let (from, to) = Happening::Expire.moves();
    if tx.exec(sql, args![id.home(), id, to, from, now])? == 0 {
        return Ok(false);
    }
    let Head { shop, buyer, version, .. } = head(tx, id)?;
    tx.emit(&Expired { quotation: id, shop, buyer }, version)?;
    Ok(true)
}

/// Moves what is before the buyer to its end, and drops the timer.
fn ended(tx: &mut Tx, id: Id<kinds::Quotation>, happening: Happening) -> Result<Head> {
    let (from, to) = happening.moves();
    let sql = sql!(
        "update quotation_quotation
         set state = $3, version = version + 1
         where home = $1 and id = $2 and state = $4"
    );
    if tx.exec(sql, args![id.home(), id, to, from])? == 0 {
        return Err(not_open(tx, id));
    }
    tx.drop_timer(EXPIRE, id.raw(), id.home())?;
    head(tx, id)
}

fn write_lines(tx: &mut Tx, id: Id<kinds::Quotation>, lines: &[NewLine], amounts: &[i64]) -> Result<()> {
    let row = |((n, line), amount): ((i64, &NewLine), &i64)| -> Vec<Val> {
        args![id.home(), id, n, line.listing, line.sku, line.units, line.unit_price, line.price_per, amount, line.title]
            .to_vec()
    };
    let rows: Vec<_> = (1..).zip(lines).zip(amounts).map(row).collect();
    let into = into!(
        "quotation_line", "home, quotation, n, listing, sku, units, unit_price, price_per, amount, title"
            => "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10"
    );
    tx.insert_all(into, &rows)
}

/// Why a draft was not changed or sent; a draft that was refused can only have been empty.
fn not_draft(tx: &mut Tx, id: Id<kinds::Quotation>) -> kernel::Error {
    match head(tx, id) {
        Ok(Head { state: State::Draft, .. }) => Refusal::QuotationEmpty.into(),
        Ok(Head { state, .. }) => Refusal::QuotationNotDraft { state: state.word() }.into(),
        Err(no) => no,
    }
}

/// Why a quotation was not answered.
fn not_open(tx: &mut Tx, id: Id<kinds::Quotation>) -> kernel::Error {
    match head(tx, id) {
        Ok(Head { state: State::Sent, expires_at: Some(until), .. }) => Refusal::QuotationExpired { until }.into(),
        Ok(Head { state, .. }) => Refusal::QuotationNotOpen { state: state.word() }.into(),
        Err(no) => no,
    }
}
