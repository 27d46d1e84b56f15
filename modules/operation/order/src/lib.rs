//! Orders: one trade is what a buyer buys in one go, one order is a shop's part of it. Lines keep the price they were
//! placed at and how it came about; every change keeps who, when and why. [B6]
//!
//! Verbs: [`place`], [`mark_paid`], [`close`], [`ship`], [`confirm`], [`extend`], [`settle`], [`give_back`].
//! Events: `order.placed`, `order.paid`, `order.shipped`, `order.extended`, `order.completed`, `order.refunded`,
//! `order.settled`, `order.closed`. Refusals: [`Refusal`].
//!
//! It refuses to know what a price should be, where money is, what lies on a shelf and who may do what.

mod change;
mod event;
mod find;
mod give_back;
mod place;
mod refusal;
mod state;
mod types;

#[cfg(test)]
mod tests;

pub use change::{close, confirm, extend, mark_paid, settle, ship};
pub use event::{Closed, Completed, Extended, Paid, Placed, Refunded, Settled, Shipped};
pub use find::{changes, charges, lines, order, orders_of_buyer, orders_of_trade, price_ledger, recipient, trade};
pub use give_back::{Back, ChargeBack, LineBack, give_back};
pub use place::place;
pub use refusal::Refusal;
pub use state::{Event, State};
pub use types::{
    Change, Charge, ChargeKind, Line, NewCharge, NewLine, NewOrder, NewTrade, Order, PriceRow, Recipient, Tax, Trade,
};

/// The room's tables.
pub const SCHEMA: store::Schema = store::Schema {
    room: "order",
    steps: &[include_str!("../migrations/0001_open.sql"), include_str!("../migrations/0002_lists.sql")],
};
