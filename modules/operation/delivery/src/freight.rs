//! What a shop takes for sending an order. Pricing reckons with it; this room only keeps it.

use kernel::{Id, Money, Result, error::Common, kinds};
use serde::{Deserialize, Serialize};
use store::{Read, Tx, args, sql};

/// A flat fee, or nothing for goods of an amount or more.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Freight {
    /// For every order.
    pub fee: Money,
    /// Goods of so much or more go free; none: never free.
    pub free_over: Option<Money>,
}

/// Sets a shop's freight rule; orders made before keep their price.
///
/// # Errors
/// `currency_mismatch` between the two amounts, `out_of_range` for one below zero.
pub fn set_freight(tx: &mut Tx, shop: Id<kinds::Shop>, freight: Freight) -> Result<()> {
    let Freight { fee, free_over } = freight;
    if let Some(over) = free_over {
        fee.same_currency(over)?;
    }
    let over = free_over.map(|money| money.minor);
    if fee.minor < 0 || over.is_some_and(|minor| minor < 0) {
        return Err(Common::OutOfRange { least: 0, most: i64::MAX }.into());
    }
    let now = tx.now();
    let sql = sql!(
        "insert into delivery_freight (home, shop, currency, fee, free_over, changed_at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (shop, home) do update
         set currency = excluded.currency, fee = excluded.fee, free_over = excluded.free_over,
           changed_at = excluded.changed_at"
    );
    tx.exec(sql, args![shop.home(), shop, fee.currency, fee.minor, over, now])?;
    Ok(())
}

/// A shop's freight rule; none where it set none, so sending costs nothing.
///
/// # Errors
/// What the engine says.
pub fn freight(read: &mut Read, shop: Id<kinds::Shop>) -> Result<Option<Freight>> {
    let sql = sql!(
        "select currency, fee, free_over
         from delivery_freight
         where home = $1 and shop = $2"
    );
    read.opt(sql, args![shop.home(), shop], |row| {
        let (currency, over): (_, Option<i64>) = (row.get(0)?, row.get(2)?);
        Ok(Freight { fee: Money::new(row.get(1)?, currency), free_over: over.map(|minor| Money::new(minor, currency)) })
    })
}
