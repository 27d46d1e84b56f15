//! Goods come in, and counts are put right by hand.

use crate::{Cause, Condition, Demand, Place, Refusal};
use kernel::{Id, Result, error::Common, kinds};
use store::{Tx, args, into, sql};

/// Units of a SKU come in for a document (a receipt's or refund's raw id, 0 for none).
///
/// # Errors
/// What the engine says.
pub fn receive(tx: &mut Tx, demand: Demand, condition: Condition, cause: Cause, document: i64) -> Result<()> {
    let Demand { sku, place, units } = demand;
    let fresh = sql!(
        "insert into stock_level (home, sku, warehouse, owner, condition, on_hand, reserved, moves)
         values ($1, $2, $3, $4, $5, 0, 0, 0)
         on conflict (sku, warehouse, owner, condition, home) do nothing"
    );
    if change(tx, sku, place, condition, units.get(), cause, document)? {
        return Ok(());
    }
    tx.exec(fresh, args![sku.home(), sku, place.warehouse, place.owner, condition])?;
    change(tx, sku, place, condition, units.get(), cause, document)?;
    Ok(())
}

/// A count by hand: the number on hand becomes `on_hand`, and the difference is a movement.
///
/// # Errors
/// `out_of_range` below zero, `below_reserved` under what is promised.
pub fn correct(tx: &mut Tx, sku: Id<kinds::Sku>, place: Place, condition: Condition, on_hand: i64) -> Result<()> {
    let most = kernel::quantity::LINE_UNITS_MAX * 1_000;
    if !(0..=most).contains(&on_hand) {
        return Err(Common::OutOfRange { least: 0, most }.into());
    }
    let sql = sql!(
        "select on_hand, reserved
         from stock_level
         where home = $1 and sku = $2 and warehouse = $3 and owner = $4 and condition = $5"
    );
    let values = args![sku.home(), sku, place.warehouse, place.owner, condition];
    let level = tx.opt(sql, values, |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)))?;
    let (before, reserved) = level.unwrap_or((0, 0));
    if on_hand < reserved {
        return Err(Refusal::BelowReserved { on_hand, reserved }.into());
    }
    if level.is_none() {
        let sql = sql!(
            "insert into stock_level (home, sku, warehouse, owner, condition, on_hand, reserved, moves)
             values ($1, $2, $3, $4, $5, 0, 0, 0)
             on conflict (sku, warehouse, owner, condition, home) do nothing"
        );
        tx.exec(sql, args![sku.home(), sku, place.warehouse, place.owner, condition])?;
    }
    if on_hand != before && !change(tx, sku, place, condition, on_hand - before, Cause::Adjust, 0)? {
        return Err(Refusal::BelowReserved { on_hand, reserved }.into());
    }
    Ok(())
}

/// Changes the number on hand and writes the movement; false where there is no such level or it would fall under
/// what is promised.
fn change(
    tx: &mut Tx,
    sku: Id<kinds::Sku>,
    place: Place,
    condition: Condition,
    units: i64,
    cause: Cause,
    document: i64,
) -> Result<bool> {
    let sql = sql!(
        "update stock_level
         set on_hand = on_hand + $6, moves = moves + 1
         where home = $1 and sku = $2 and warehouse = $3 and owner = $4 and condition = $5
           and on_hand + $6 >= reserved
         returning moves, on_hand"
    );
    let values = args![sku.home(), sku, place.warehouse, place.owner, condition, units];
    let moved = tx.opt(sql, values, |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)))?;
    let Some((n, after)) = moved else {
        return Ok(false);
    };
    let (actor, now) = (tx.actor().raw(), tx.now());
    let row =
        args![sku.home(), sku, place.warehouse, place.owner, condition, n, cause, document, units, after, actor, now];
    tx.insert_all(movement(), &[row.to_vec()])?;
    Ok(true)
}

/// The table of movements with its columns.
pub(crate) fn movement() -> &'static store::Into {
    into!(
        "stock_movement",
        "home, sku, warehouse, owner, condition, n, cause, document, units, after, actor, at"
            => "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12"
    )
}
