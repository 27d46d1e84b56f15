//! A shop stops or begins to sell, and all its goods leave the index or come back: a few at a time, because a shop may
//! have twenty thousand of them. What a sweep has not reached yet is left out by whoever shows goods.

use kernel::{Id, Result, kinds};
use store::{Tx, args, sql};

/// Begins to look over a shop's listings, from the first on, also where a sweep is under way.
///
/// # Errors
/// What the engine says.
pub fn begin_sweep(tx: &mut Tx, shop: Id<kinds::Shop>) -> Result<()> {
    let sql = sql!(
        "insert into search_sweep (home, shop, after)
         values ($1, $2, 0)
         on conflict (shop, home) do update
         set after = 0"
    );
    tx.exec(sql, args![shop.home(), shop])?;
    Ok(())
}

/// Takes a shop's sweep in hand and answers the last listing that it has looked at; none where no sweep is under way.
/// Until the act ends nobody begins it anew, so what the act reads of the shop afterwards is what the sweep is for.
///
/// # Errors
/// What the engine says.
pub fn hold_sweep(tx: &mut Tx, shop: Id<kinds::Shop>) -> Result<Option<Id<kinds::Listing>>> {
    let sql = sql!(
        "update search_sweep
         set after = after
         where home = $1 and shop = $2
         returning after"
    );
    tx.opt(sql, args![shop.home(), shop], |row| row.get(0))
}

/// A sweep has come to a listing.
///
/// # Errors
/// What the engine says.
pub fn sweep_on(tx: &mut Tx, shop: Id<kinds::Shop>, to: Id<kinds::Listing>) -> Result<()> {
    let sql = sql!(
        "update search_sweep
         set after = $3
         where home = $1 and shop = $2"
    );
    tx.exec(sql, args![shop.home(), shop, to])?;
    Ok(())
}

/// A sweep has come to the end.
///
/// # Errors
/// What the engine says.
pub fn end_sweep(tx: &mut Tx, shop: Id<kinds::Shop>) -> Result<()> {
    let sql = sql!(
        "delete from search_sweep
         where home = $1 and shop = $2"
    );
    tx.exec(sql, args![shop.home(), shop])?;
    Ok(())
}
