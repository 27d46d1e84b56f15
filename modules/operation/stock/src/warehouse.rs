//! Places that hold stock.

use crate::Refusal;
use kernel::{Id, Result, kinds};
use store::{Read, Tx, args, sql};

/// A place that holds stock.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Warehouse {
    /// Its id, in the shop's home.
    pub id: Id<kinds::Warehouse>,
    /// As its people call it.
    pub name: String,
}

/// Opens a warehouse of a shop; the first one is the main one.
///
/// # Errors
/// What the engine says.
pub fn open_warehouse(tx: &mut Tx, shop: Id<kinds::Shop>, name: &str) -> Result<Id<kinds::Warehouse>> {
    let main = main_of(tx, shop).is_err();
    let id = tx.id(shop.home())?;
    let sql = sql!(
        "insert into stock_warehouse (home, id, shop, name, main)
         values ($1, $2, $3, $4, $5)"
    );
    tx.exec(sql, args![shop.home(), id, shop, name, main])?;
    Ok(id)
}

/// The warehouse that a shop's goods are taken from.
///
/// # Errors
/// `no_warehouse` where it has none yet.
pub fn main_of(read: &mut Read, shop: Id<kinds::Shop>) -> Result<Warehouse> {
    let sql = sql!(
        "select id, name
         from stock_warehouse
         where home = $1 and shop = $2 and main = 1"
    );
    let found = read.opt(sql, args![shop.home(), shop], |row| Ok(Warehouse { id: row.get(0)?, name: row.get(1)? }))?;
    found.ok_or_else(|| Refusal::NoWarehouse.into())
}
