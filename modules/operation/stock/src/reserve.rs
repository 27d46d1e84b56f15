//! Promises: made at order, turned into parcels at shipping, given back when the order ends.

use crate::{Cause, Condition, Demand, Refusal, find, take_in::movement};
use kernel::{Id, Result, Time, kinds};
use store::{Tx, Val, args, into, sql};

/// Promises every demand to its holder until `expires_at`, or none of them. A holder names each SKU once, and all
/// demands stand in order of (home, id), whoever holds them: see [`crate::total_per_sku`].
///
/// # Errors
/// `out_of_stock` with the SKU and how many could be had.
pub fn reserve(tx: &mut Tx, demands: &[(Id<kinds::Order>, Demand)], expires_at: Option<Time>) -> Result<()> {
    let mut rows = Vec::with_capacity(demands.len());
    for (holder, Demand { sku, place, units }) in demands {
        // One conditional statement decides; two buyers of the last unit meet on this row.
        let sql = sql!(
            "update stock_level
             set reserved = reserved + $5
             where home = $1 and sku = $2 and warehouse = $3 and owner = $4 and condition = 'good'
               and on_hand - reserved >= $5"
        );
        let values = args![sku.home(), sku, place.warehouse, place.owner, units];
        if tx.exec(sql, values)? == 0 {
            let available = find::available(tx, *sku, *place)?;
            return Err(Refusal::OutOfStock { sku: *sku, available }.into());
        }
        let good = Condition::Good;
        let row =
            args![sku.home(), sku, holder, place.warehouse, place.owner, good, units, 0_i64, 0_i64, "open", expires_at];
        rows.push(row.to_vec());
    }
    tx.insert_all(
        into!(
            "stock_reservation",
            "home, sku, holder, warehouse, owner, condition, units, shipped, released, state, expires_at"
                => "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11"
        ),
        &rows,
    )
}

/// Gives units of a promise back to the shelf. Demands as for [`reserve`].
///
/// # Errors
/// `not_reserved` where the holder does not hold that many.
pub fn release(tx: &mut Tx, holder: Id<kinds::Order>, demands: &[Demand]) -> Result<()> {
    for demand in demands {
        let sql = sql!(
            "update stock_reservation
             set released = released + $6,
               state = case when shipped + released + $6 = units then 'done' else 'open' end
             where home = $1 and sku = $2 and holder = $3 and warehouse = $4 and owner = $5 and condition = 'good'
               and shipped + released + $6 <= units"
        );
        use_up(tx, sql, holder, demand)?;
        let Demand { sku, place, units } = demand;
        let sql = sql!(
            "update stock_level
             set reserved = reserved - $5
             where home = $1 and sku = $2 and warehouse = $3 and owner = $4 and condition = 'good'
               and reserved >= $5"
        );
        if tx.exec(sql, args![sku.home(), sku, place.warehouse, place.owner, units])? == 0 {
            return Err(Refusal::NotReserved { sku: *sku }.into());
        }
    }
    Ok(())
}

/// Units of a promise go out of the door. Demands as for [`reserve`].
///
/// # Errors
/// `not_reserved` where the holder does not hold that many.
pub fn ship(tx: &mut Tx, holder: Id<kinds::Order>, demands: &[Demand]) -> Result<()> {
    let mut movements: Vec<Vec<Val>> = Vec::with_capacity(demands.len());
    for demand in demands {
        let sql = sql!(
            "update stock_reservation
             set shipped = shipped + $6,
               state = case when shipped + released + $6 = units then 'done' else 'open' end
             where home = $1 and sku = $2 and holder = $3 and warehouse = $4 and owner = $5 and condition = 'good'
               and shipped + released + $6 <= units"
        );
        use_up(tx, sql, holder, demand)?;
        let Demand { sku, place, units } = demand;
        let sql = sql!(
            "update stock_level
             set on_hand = on_hand - $5, reserved = reserved - $5, moves = moves + 1
             where home = $1 and sku = $2 and warehouse = $3 and owner = $4 and condition = 'good'
               and reserved >= $5
             returning moves, on_hand"
        );
        let values = args![sku.home(), sku, place.warehouse, place.owner, units];
        let moved = tx.opt(sql, values, |row| Ok((row.get::<i64>(0)?, row.get::<i64>(1)?)))?;
        let (n, after) = moved.ok_or(Refusal::NotReserved { sku: *sku })?;
        let (actor, now, out) = (tx.actor().raw(), tx.now(), -units.get());
        let good = Condition::Good;
        movements.push(
            args![sku.home(), sku, place.warehouse, place.owner, good, n, Cause::Ship, holder, out, after, actor, now]
                .to_vec(),
        );
    }
    tx.insert_all(movement(), &movements)
}

fn use_up(tx: &mut Tx, sql: &'static store::Statement, holder: Id<kinds::Order>, demand: &Demand) -> Result<()> {
    let Demand { sku, place, units } = demand;
    let values = args![sku.home(), sku, holder, place.warehouse, place.owner, units];
    if tx.exec(sql, values)? == 0 {
        return Err(Refusal::NotReserved { sku: *sku }.into());
    }
    Ok(())
}
