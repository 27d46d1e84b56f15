//! The ledger: accounts and entries whose legs sum to zero. Written once, only ever reversed, never edited. [$1]
//!
//! Verbs: [`post`]. Reads: [`balance`], [`entries_about`]. Refusals: [`Refusal`].
//!
//! It refuses to know what an order, a shop or a payment is: an owner is a number, an event is a word.

mod account;
mod find;
mod post;
mod worker;

#[cfg(test)]
mod tests;

pub use account::{Account, Nature};
pub use find::{balance, entries_about, hold, shop_pots};
pub use post::{Draft, Entry, Leg, Refusal, post};
pub use worker::homes_of;

/// The room's tables.
pub const SCHEMA: store::Schema = store::Schema {
    room: "ledger",
    steps: &[include_str!("../migrations/0001_open.sql"), include_str!("../migrations/0002_lists.sql")],
};
