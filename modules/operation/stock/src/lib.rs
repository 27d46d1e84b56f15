//! Stock: how many units of which SKU lie in which warehouse, who they are promised to, and every reason they changed.
//!
//! Verbs: [`open_warehouse`], [`receive`], [`correct`], [`reserve`], [`release`], [`ship`].
//! Refusals: [`Refusal`]. Events: none of its own; the flows say what happened to the order.
//!
//! It refuses to know what a SKU is or costs, who buys, and what an order is: a holder is a number.

mod find;
mod level;
mod refusal;
mod reserve;
mod take_in;
mod warehouse;

#[cfg(test)]
mod tests;

pub use find::{available, movements_of, of_sku, reservations_of};
pub use level::{Cause, Condition, Demand, Level, Movement, Place, Reservation, total_per_sku};
pub use refusal::Refusal;
pub use reserve::{release, reserve, ship};
pub use take_in::{correct, receive};
pub use warehouse::{Warehouse, main_of, open_warehouse};

/// The room's tables.
pub const SCHEMA: store::Schema = store::Schema {
    room: "stock",
    steps: &[
        include_str!("../migrations/0001_open.sql"),
        include_str!("../migrations/0002_lists.sql"),
        include_str!("../migrations/0003_documents.sql"),
    ],
};
