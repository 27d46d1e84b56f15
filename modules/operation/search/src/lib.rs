//! Finding goods by words and by lists: a table of words that lead to listings, the same on both databases.
//!
//! Words are cut by [`words`]: Latin letters and digits as they stand between spaces, Chinese as pairs of neighbouring
//! characters. What was stored and what is asked are cut by the same rules, so a title finds its goods. Lists stand in
//! the same table under marks ([`Mark`]): all goods, a category with everything below it, a shop.
//!
//! Verbs: [`hold`], then [`index`] or [`remove`]; [`begin_sweep`], [`hold_sweep`], [`sweep_on`], [`end_sweep`] for a shop
//! whose goods come or go together. Reads: [`find`]. No events: what is found is a copy of what the catalogue says.
//!
//! It refuses to know what a listing is, whether a shop is open, and who asks.

mod find;
mod index;
mod price;
mod sweep;
pub mod words;

pub use find::{Sort, TERMS_MAX, Term, find, terms};
pub use index::{Entry, Held, Mark, WORDS_MAX, hold, index, remove};
pub use price::price_key;
pub use sweep::{begin_sweep, end_sweep, hold_sweep, sweep_on};

/// The room's tables.
pub const SCHEMA: store::Schema =
    store::Schema { room: "search", steps: &[include_str!("../migrations/0001_open.sql")] };

#[cfg(test)]
mod tests;
