//! Asking the bank for what it has not told. A time-out is never a failure.
//!
//! The list of what is due looks over all homes, so nothing is decided on it: every verb reads its row again.

use crate::{
    Payout,
    find::{find, payout_row},
};
use kernel::{
    Id, Result, Time, kinds,
    time::{HOUR, MINUTE},
};
use store::{Read, Tx, across, args, sql};

/// Waits between two askings; the last one repeats.
const WAITS: [i64; 6] = [10_000, MINUTE, 10 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR];

pub(crate) fn first_ask(now: Time) -> Time {
    now.plus(WAITS[0])
}

/// The payouts that the bank is to be asked about, the longest due first. One that is asked is transferred (again under
/// its number), one that is sent is queried.
///
/// # Errors
/// What the engine says.
pub fn due(read: &mut Read, now: Time, limit: i64) -> Result<Vec<Payout>> {
    let sql = across!(
        "select id, shop, account, currency, amount, state, reason, asked_by, bank_ref, failure, asked_at, ended_at,
                asks, version
         from payout_payout
         where ask_at <= $1
         order by ask_at, id
         limit $2"
    );
    read.all(sql, args![now, limit], payout_row)
}

/// Settled orders of a shop of whose money something was held back, the earliest settled first; what was set free
/// since is among them.
///
/// # Errors
/// What the engine says.
pub fn with_reserve(read: &mut Read, shop: Id<kinds::Shop>, limit: i64) -> Result<Vec<Id<kinds::Order>>> {
    let sql = across!(
        "select ord
         from payout_settlement
         where shop = $1 and reserve > 0
         order by settled_at, ord
         limit $2"
    );
    read.all(sql, args![shop, limit], |row| row.get(0))
}

/// Notes that the bank was asked about a payout and had nothing new, so that the next asking comes later.
///
/// # Errors
/// `not_found`.
pub fn asked(tx: &mut Tx, payout: Id<kinds::Payout>) -> Result<()> {
    let found = find(tx, payout)?;
    let at = usize::try_from(found.asks + 1).unwrap_or(0).min(WAITS.len() - 1);
    let next = tx.now().plus(WAITS[at]);
    let sql = sql!(
        "update payout_payout
         set asks = asks + 1, ask_at = $4
         where home = $1 and id = $2 and asks = $3 and ask_at is not null"
    );
    tx.exec(sql, args![payout.home(), payout, found.asks, next])?;
    Ok(())
}
