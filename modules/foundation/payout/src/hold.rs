//! Holds: a shop's payouts stand still, its orders do not.

use kernel::{Id, Result, Time, kinds};
use store::{Read, Tx, args, sql};

/// A hold that stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hold {
    /// A code, such as `account_cooling`.
    pub reason: String,
    /// When it ends by itself.
    pub until: Time,
    /// Who placed it; none for the market itself.
    pub placed_by: Option<Id<kinds::Party>>,
    /// When it was placed.
    pub placed_at: Time,
}

/// Holds a shop's payouts until an instant, in the place of an earlier hold.
///
/// # Errors
/// What the engine says.
pub fn hold(tx: &mut Tx, shop: Id<kinds::Shop>, reason: &str, until: Time) -> Result<()> {
    let placed_by = tx.actor().party().map_or(0, Id::raw);
    let now = tx.now();
    let sql = sql!(
        "update payout_hold
         set reason = $3, until = $4, placed_by = $5, placed_at = $6
         where home = $1 and shop = $2"
    );
    let values = args![shop.home(), shop, reason, until, placed_by, now];
    if tx.exec(sql, values)? == 1 {
        return Ok(());
    }
    let sql = sql!(
        "insert into payout_hold (home, shop, reason, until, placed_by, placed_at)
         values ($1, $2, $3, $4, $5, $6)"
    );
    tx.exec(sql, values)?;
    Ok(())
}

/// Ends a hold now; false where none stands.
///
/// # Errors
/// What the engine says.
pub fn lift(tx: &mut Tx, shop: Id<kinds::Shop>) -> Result<bool> {
    let placed_by = tx.actor().party().map_or(0, Id::raw);
    let now = tx.now();
    let sql = sql!(
        "update payout_hold
         set until = $3, placed_by = $4, placed_at = $3
         where home = $1 and shop = $2 and until > $3"
    );
    Ok(tx.exec(sql, args![shop.home(), shop, now, placed_by])? == 1)
}

/// The hold that stands at an instant.
///
/// # Errors
/// What the engine says.
pub fn hold_of(read: &mut Read, shop: Id<kinds::Shop>, now: Time) -> Result<Option<Hold>> {
    let sql = sql!(
        "select reason, until, placed_by, placed_at
         from payout_hold
         where home = $1 and shop = $2 and until > $3"
    );
    read.opt(sql, args![shop.home(), shop, now], |row| {
        let placed_by: i64 = row.get(2)?;
        Ok(Hold {
            reason: row.get(0)?,
            until: row.get(1)?,
            placed_by: (placed_by != 0).then(|| Id::from_raw(placed_by)),
            placed_at: row.get(3)?,
        })
    })
}
