//! Types and pure rules of the shelf.

use kernel::{Id, Time, Units, kinds};
use serde::Serialize;

store::codes! {
    /// In what condition goods are; only good ones are sold.
    pub enum Condition {
        /// As new.
        Good = "good",
        /// Flawed.
        Damaged = "damaged",
        /// Waiting for a check.
        Quarantine = "quarantine",
        /// Recalled or expired.
        Blocked = "blocked",
    }
}

store::codes! {
    /// Why the number on hand changed.
    pub enum Cause {
        /// Goods came in.
        Receive = "receive",
        /// Goods went out to a buyer.
        Ship = "ship",
        /// Goods came back.
        Return = "return",
        /// Somebody counted and put it right.
        Adjust = "adjust",
    }
}

/// Where goods lie and whose they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Place {
    /// The warehouse.
    pub warehouse: Id<kinds::Warehouse>,
    /// The shop that owns them.
    pub owner: Id<kinds::Shop>,
}

/// So many units of a SKU.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Demand {
    /// Which SKU; its home is the listing's.
    pub sku: Id<kinds::Sku>,
    /// From where.
    pub place: Place,
    /// How many.
    pub units: Units,
}

/// What lies in one place, in one condition.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Level {
    /// Which SKU.
    pub sku: Id<kinds::Sku>,
    /// Where and whose.
    pub place: Place,
    /// In what condition.
    pub condition: Condition,
    /// Units that lie there.
    pub on_hand: i64,
    /// Units that are promised.
    pub reserved: i64,
}

impl Level {
    /// Units that can still be promised.
    pub fn free(&self) -> i64 {
        if self.condition == Condition::Good { self.on_hand - self.reserved } else { 0 }
    }
}

/// One change of what lies on hand.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Movement {
    /// Which SKU.
    pub sku: Id<kinds::Sku>,
    /// The number within its level.
    pub n: i64,
    /// Why.
    pub cause: Cause,
    /// In is positive, out is negative.
    pub units: i64,
    /// On hand after it.
    pub after: i64,
    /// When.
    pub at: Time,
}

/// Units promised to a holder.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Reservation {
    /// Which SKU.
    pub sku: Id<kinds::Sku>,
    /// Where and whose.
    pub place: Place,
    /// As reserved.
    pub units: i64,
    /// Of these, gone out.
    pub shipped: i64,
    /// Of these, given back to the shelf.
    pub released: i64,
}

/// Sums what several lines ask of the same SKU, in order of id: lines that each pass alone must not oversell
/// together, and locks are taken in one order everywhere.
pub fn total_per_sku(
    lines: impl IntoIterator<Item = (Id<kinds::Sku>, Place, i64)>,
) -> Vec<(Id<kinds::Sku>, Place, i64)> {
    let mut lines: Vec<_> = lines.into_iter().collect();
    lines.sort_by_key(|(sku, place, _)| (sku.home(), *sku, place.warehouse));
    lines.dedup_by(|next, kept| {
        let same = next.0 == kept.0 && next.1 == kept.1;
        if same {
            kept.2 = kept.2.saturating_add(next.2);
        }
        same
    });
    lines
}
