//! Reads of quotations.

use crate::State;
use kernel::{Currency, Cursor, Error, Id, Page, Result, Time, Units, error::Common, kinds};
use serde::Serialize;
use store::{Read, Row, args, sql};

/// A quotation without its lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[schemars(rename = "QuotationHead")]
pub struct Head {
    /// Which one.
    pub id: Id<kinds::Quotation>,
    /// Who offers.
    pub shop: Id<kinds::Shop>,
    /// To whom.
    pub buyer: Id<kinds::Party>,
    /// Of all its amounts.
    pub currency: Currency,
    /// Where it stands.
    pub state: State,
    /// How many lines it has.
    pub lines: i64,
    /// Their sum, minor units.
    pub total: i64,
    /// Who drafted it; none: the market itself.
    pub made_by: Option<Id<kinds::Party>>,
    /// When it was drafted.
    pub made_at: Time,
    /// When it was sent.
    pub sent_at: Option<Time>,
    /// The first instant too late to accept it.
    pub expires_at: Option<Time>,
    /// What it became.
    pub trade: Option<Id<kinds::Trade>>,
    /// Counts its changes.
    pub version: i64,
}

/// A line as stored.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
#[schemars(rename = "QuotationLine")]
pub struct Line {
    /// 1, 2, 3 …
    pub n: i64,
    /// Which goods.
    pub listing: Id<kinds::Listing>,
    /// Which variant of them.
    pub sku: Id<kinds::Sku>,
    /// How many.
    pub units: Units,
    /// Price of `price_per` units, minor units.
    pub unit_price: i64,
    /// The price is for so many units.
    pub price_per: i64,
    /// What the line costs, minor units.
    pub amount: i64,
    /// The goods' name as offered.
    pub title: String,
}

/// All of a quotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub struct Quotation {
    /// Parties, state, total.
    pub head: Head,
    /// In order of their number; as many as [`crate::Limits::lines_max`] allowed when they were written.
    pub lines: Vec<Line>,
    /// What the seller wrote to it. Personal: never into a log or an event.
    #[serde(skip)]
    pub note: Option<String>,
}

/// A quotation with its lines and its note.
///
/// # Errors
/// `not_found`.
pub fn quotation(read: &mut Read, id: Id<kinds::Quotation>) -> Result<Quotation> {
    let head = head(read, id)?;
    let sql = sql!(
        "select n, listing, sku, units, unit_price, price_per, amount, title
         from quotation_line
         where home = $1 and quotation = $2
         order by n"
    );
    let lines = read.all(sql, args![id.home(), id], |row| {
        Ok(Line {
            n: row.get(0)?,
            listing: row.get(1)?,
            sku: row.get(2)?,
            units: row.get(3)?,
            unit_price: row.get(4)?,
            price_per: row.get(5)?,
            amount: row.get(6)?,
            title: row.get(7)?,
        })
    })?;
    let sql = sql!("select note from quotation_note where home = $1 and quotation = $2");
    let note = read.opt(sql, args![id.home(), id], |row| row.get(0))?;
    Ok(Quotation { head, lines, note })
}

/// A quotation without its lines.
///
/// # Errors
/// `not_found`.
pub fn head(read: &mut Read, id: Id<kinds::Quotation>) -> Result<Head> {
    let sql = sql!(
        "select id, shop, buyer, currency, state, lines, total, made_by, made_at, sent_at, expires_at, trade, version
         from quotation_quotation
         where home = $1 and id = $2"
    );
    read.opt(sql, args![id.home(), id], head_of)?.ok_or_else(|| Error::from(Common::NotFound))
}

/// The quotations that a buyer may see, latest first: drafts are the seller's.
///
/// # Errors
/// What the engine says.
pub fn of_buyer(read: &mut Read, buyer: Id<kinds::Party>, cursor: Option<Cursor>, limit: usize) -> Result<Page<Head>> {
    let before = cursor.map_or(i64::MAX, |cursor| cursor.id);
    let sql = sql!(
        "select id, shop, buyer, currency, state, lines, total, made_by, made_at, sent_at, expires_at, trade, version
         from quotation_quotation
         where home = $1 and buyer = $2 and id < $3 and state <> 'draft'
         order by id desc
         limit $4"
    );
    let heads = read.all(sql, args![buyer.home(), buyer, before, limit + 1], head_of)?;
    Ok(Page::of(heads, limit, |head| Cursor { sort: head.made_at.0, id: head.id.raw() }))
}

fn head_of(row: &Row<'_>) -> Result<Head> {
    Ok(Head {
        id: row.get(0)?,
        shop: row.get(1)?,
        buyer: row.get(2)?,
        currency: row.get(3)?,
        state: row.get(4)?,
        lines: row.get(5)?,
        total: row.get(6)?,
        made_by: row.get(7)?,
        made_at: row.get(8)?,
        sent_at: row.get(9)?,
        expires_at: row.get(10)?,
        trade: row.get(11)?,
        version: row.get(12)?,
    })
}
