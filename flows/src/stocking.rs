//! Goods come into a shop's stock, and counts are put right by hand. [L1]

use crate::access;
use identity::Permission;
use kernel::{Cx, Id, Result, Units, error::Common, kinds};
use serde::{Deserialize, Serialize};
use stock::{Cause, Condition, Demand, Place};
use store::{Act, Answer, Store, Tx};

/// Goods that come in.
#[derive(Clone, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Into whose stock.
    pub shop: Id<kinds::Shop>,
    /// What and how many.
    pub lines: Vec<(Id<kinds::Sku>, Units)>,
}

/// The most lines of one receipt.
const LINES_MAX: usize = 5_000;

/// Goods come into the shop's main warehouse.
///
/// # Errors
/// `permission_missing`, `no_warehouse`, `too_many`, `unknown_sku` for another shop's goods.
pub fn receive(store: &Store, cx: &Cx, receipt: Receipt) -> Answer<()> {
    store.write(Act::new("stock.receive", cx).over(&receipt), move |tx| {
        access::shop(tx, receipt.shop, Permission::ShopStock)?;
        if receipt.lines.len() > LINES_MAX {
            return Err(Common::TooManyThings { most: LINES_MAX as i64 }.at("lines"));
        }
        let place = Place { warehouse: stock::main_of(tx, receipt.shop)?.id, owner: receipt.shop };
        let lines = receipt.lines.iter().map(|(sku, units)| (*sku, place, units.get()));
        for (sku, place, units) in stock::total_per_sku(lines) {
            must_sell(tx, receipt.shop, sku)?;
            let demand = Demand { sku, place, units: Units::new(units)? };
            stock::receive(tx, demand, Condition::Good, Cause::Receive, 0)?;
        }
        Ok(())
    })
}

/// A count by hand: so many lie there.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "StockCount")]
pub struct Count {
    /// In whose stock.
    pub shop: Id<kinds::Shop>,
    /// Of what.
    pub sku: Id<kinds::Sku>,
    /// How many good ones lie in the main warehouse.
    pub on_hand: i64,
}

/// Puts the number on hand right.
///
/// # Errors
/// `permission_missing`, `below_reserved`, `out_of_range`, `unknown_sku` for another shop's goods.
pub fn correct(store: &Store, cx: &Cx, count: Count) -> Answer<()> {
    store.write(Act::new("stock.correct", cx).over(&count), move |tx| {
        access::shop(tx, count.shop, Permission::ShopStock)?;
        must_sell(tx, count.shop, count.sku)?;
        let place = Place { warehouse: stock::main_of(tx, count.shop)?.id, owner: count.shop };
        stock::correct(tx, count.sku, place, Condition::Good, count.on_hand)
    })
}

/// A shop's people touch only the shop's goods; another's are unknown to them.
fn must_sell(tx: &mut Tx, shop: Id<kinds::Shop>, sku: Id<kinds::Sku>) -> Result<()> {
    if catalog::shop_of(tx, sku)? == Some(shop) {
        return Ok(());
    }
    Err(catalog::Refusal::UnknownSku.into())
}
