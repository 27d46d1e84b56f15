//! Reads of the room's own tables.

use crate::{Level, Movement, Place, Reservation};
use kernel::{Id, Result, kinds};
use store::{Read, Row, args, sql};

/// Units of a SKU that can be promised from a place.
///
/// # Errors
/// What the engine says.
pub fn available(read: &mut Read, sku: Id<kinds::Sku>, place: Place) -> Result<i64> {
    let sql = sql!(
        "select on_hand - reserved
         from stock_level
         where home = $1 and sku = $2 and warehouse = $3 and owner = $4 and condition = 'good'"
    );
    let found = read.opt(sql, args![sku.home(), sku, place.warehouse, place.owner], |row| row.get(0))?;
    Ok(found.unwrap_or(0))
}

/// Everything that lies of a SKU, by place and condition.
///
/// # Errors
/// What the engine says.
pub fn of_sku(read: &mut Read, sku: Id<kinds::Sku>) -> Result<Vec<Level>> {
    let sql = sql!(
        "select sku, warehouse, owner, condition, on_hand, reserved
         from stock_level
         where home = $1 and sku = $2
         order by warehouse, owner, condition"
    );
    read.all(sql, args![sku.home(), sku], |row| {
        let place = Place { warehouse: row.get(1)?, owner: row.get(2)? };
        let (condition, on_hand, reserved) = (row.get(3)?, row.get(4)?, row.get(5)?);
        Ok(Level { sku: row.get(0)?, place, condition, on_hand, reserved })
    })
}

/// What a holder was promised of some SKUs.
///
/// # Errors
/// What the engine says.
pub fn reservations_of(read: &mut Read, holder: Id<kinds::Order>, skus: &[Id<kinds::Sku>]) -> Result<Vec<Reservation>> {
    let mut found = Vec::with_capacity(skus.len());
    for sku in skus {
        let sql = sql!(
            "select sku, warehouse, owner, units, shipped, released
             from stock_reservation
             where home = $1 and holder = $2 and sku = $3
             order by warehouse, owner"
        );
        found.extend(read.all(sql, args![sku.home(), holder, sku], |row| {
            let place = Place { warehouse: row.get(1)?, owner: row.get(2)? };
            let (units, shipped, released) = (row.get(3)?, row.get(4)?, row.get(5)?);
            Ok(Reservation { sku: row.get(0)?, place, units, shipped, released })
        })?);
    }
    Ok(found)
}

/// The latest movements of a SKU, newest first.
///
/// # Errors
/// What the engine says.
pub fn movements_of(read: &mut Read, sku: Id<kinds::Sku>, limit: i64) -> Result<Vec<Movement>> {
    let sql = sql!(
        "select sku, n, cause, units, after, at
         from stock_movement
         where home = $1 and sku = $2
         order by at desc, n desc
         limit $3"
    );
    read.all(sql, args![sku.home(), sku, limit], movement)
}

fn movement(row: &Row) -> Result<Movement> {
    let (units, after, at) = (row.get(3)?, row.get(4)?, row.get(5)?);
    Ok(Movement { sku: row.get(0)?, n: row.get(1)?, cause: row.get(2)?, units, after, at })
}
