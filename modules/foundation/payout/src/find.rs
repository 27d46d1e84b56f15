//! Reads of payouts.

use crate::{Reason, State};
use kernel::{Cursor, Id, Money, Page, Result, Time, error::Common, kinds};
use serde::Serialize;
use store::{Read, Row, args, sql};

/// Money on its way to a shop's bank account.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Payout {
    /// Our number at the bank is its outside form.
    pub id: Id<kinds::Payout>,
    /// Whose money it is.
    pub shop: Id<kinds::Shop>,
    /// To which bank account.
    pub account: Id<kinds::BankAccount>,
    /// How much.
    pub amount: Money,
    /// Where it stands.
    pub state: State,
    /// Why there is one.
    pub reason: Reason,
    /// Who asked; none for the market itself.
    pub asked_by: Option<Id<kinds::Party>>,
    /// The bank's name for it.
    pub bank_ref: Option<String>,
    /// The bank's code for its no.
    pub failure: Option<String>,
    /// When it was asked for.
    pub asked_at: Time,
    /// When it was done or failed.
    pub ended_at: Option<Time>,
    /// How often the bank was asked since the last change.
    pub asks: i64,
    /// Counts its changes.
    pub version: i64,
}

impl Payout {
    /// Our number at the bank.
    pub fn number(&self) -> String {
        self.id.to_string()
    }
}

/// A payout by its id.
///
/// # Errors
/// `not_found`.
pub fn find(read: &mut Read, payout: Id<kinds::Payout>) -> Result<Payout> {
    let sql = sql!(
        "select id, shop, account, currency, amount, state, reason, asked_by, bank_ref, failure, asked_at, ended_at,
                asks, version
         from payout_payout
         where home = $1 and id = $2"
    );
    let found = read.opt(sql, args![payout.home(), payout], payout_row)?;
    found.ok_or_else(|| Common::NotFound.into())
}

/// A shop's payouts, latest first, from a cursor on.
///
/// # Errors
/// What the engine says.
pub fn of_shop(read: &mut Read, shop: Id<kinds::Shop>, from: Option<Cursor>, limit: usize) -> Result<Page<Payout>> {
    let sql = sql!(
        "select id, shop, account, currency, amount, state, reason, asked_by, bank_ref, failure, asked_at, ended_at,
                asks, version
         from payout_payout
         where home = $1 and shop = $2 and id < $3
         order by id desc
         limit $4"
    );
    let before = from.map_or(i64::MAX, |cursor| cursor.id);
    let rows = read.all(sql, args![shop.home(), shop, before, limit + 1], payout_row)?;
    Ok(Page::of(rows, limit, |payout| Cursor { sort: payout.id.raw(), id: payout.id.raw() }))
}

/// Columns in the order of [`find`].
pub(crate) fn payout_row(row: &Row) -> Result<Payout> {
    let asked_by: i64 = row.get(7)?;
    Ok(Payout {
        id: row.get(0)?,
        shop: row.get(1)?,
        account: row.get(2)?,
        amount: Money::new(row.get(4)?, row.get(3)?),
        state: row.get(5)?,
        reason: row.get(6)?,
        asked_by: (asked_by != 0).then(|| Id::from_raw(asked_by)),
        bank_ref: row.get(8)?,
        failure: row.get(9)?,
        asked_at: row.get(10)?,
        ended_at: row.get(11)?,
        asks: row.get(12)?,
        version: row.get(13)?,
    })
}
