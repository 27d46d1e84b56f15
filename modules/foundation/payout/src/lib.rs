//! Payouts: a shop's free money on its way to its bank account, and which orders make it up.
//!
//! **Owns** `payout_payout` (asked → sent → done | failed), `payout_settlement` (what an order brought when its money
//! became free), `payout_fold` (a shop's money of one buyers' home brought into its own) and `payout_hold`. From a
//! payout the way leads over its folds to the orders: [`folds_of`], [`settled_in`].
//!
//! **Order of work**: [`ask`] and commit, call the [`Bank`], record with [`sent`], [`done`] or [`failed`]. What the
//! bank leaves unsaid stays open; [`due`] names what the worker asks next, by our number. A payout that failed lets go
//! of its folds, and the next one takes them; the money itself the caller posts back in the same act.
//!
//! **Events**: `payout.asked`, `payout.done`, `payout.failed`.
//!
//! **Refusals**: [`Refusal`], and the kernel's `not_found`.
//!
//! **Refuses to know** balances (the caller hands in what the ledger says in the same act), who may ask, what a level
//! of trust earns, and what an order holds.

mod ask;
pub mod bank;
pub mod event;
mod find;
mod fold;
mod hold;
mod refusal;
mod send;
mod state;
mod worker;

pub use ask::{Wish, ask};
pub use bank::{Bank, BankError};
pub use find::{Payout, find, of_shop};
pub use fold::{Fold, Settlement, fold, folds_of, free_folds, settle, settled_in, settlement_of, unfolded};
pub use hold::{Hold, hold, hold_of, lift};
pub use refusal::Refusal;
pub use send::{done, failed, sent};
pub use state::{Move, Reason, State};
pub use worker::{asked, due, with_reserve};

/// The room's tables.
pub const SCHEMA: store::Schema = store::Schema {
    room: "payout",
    steps: &[include_str!("../migrations/0001_open.sql"), include_str!("../migrations/0002_lists.sql")],
};

#[cfg(test)]
mod tests;
