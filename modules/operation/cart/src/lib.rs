//! Carts [B6]: what buyers and guests mean to buy.
//!
//! Owns the lines of a cart, in the buyer's home: (SKU, units, price seen, when), each in the cart or saved for later.
//! Verbs: [`put`], [`remove`], [`save_for_later`], [`clear_bought`], [`merge`]. Read: [`lines`].
//! Events: none; a cart promises nothing. Refusals: [`Refusal`], and the kernel's `too_many`, `too_large`.
//!
//! What it refuses to know: today's price, whether there is stock, whether the goods are still sold. Each view asks
//! again and says what changed.

mod merge;
mod refusal;
mod verbs;

pub use merge::{Merged, merge};
pub use refusal::Refusal;
pub use verbs::{Limits, Line, Put, clear_bought, lines, put, remove, save_for_later, size};

/// The room's tables.
pub const SCHEMA: store::Schema = store::Schema { room: "cart", steps: &[include_str!("../migrations/0001_open.sql")] };

#[cfg(test)]
mod tests;
