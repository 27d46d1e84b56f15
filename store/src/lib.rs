//! The only door to the database: acts are written through [`Store::write`], questions asked through [`Store::read`].
//!
//! Two engines stand behind it, SQLite and PostgreSQL, with one SQL text for both. An act is one transaction: its
//! closure changes rooms, emits events, sets timers, and the store adds the audit row and the `once` row, commits,
//! and runs the closure again where a conflict or an unknown outcome asks for it.
//!
//! What is absent: no way to commit from inside an act, no way to write from a [`Read`], no network call in here,
//! and no knowledge of any room.

pub mod audit;
mod codes;
pub mod databases;
mod engine;
mod event;
mod fault;
mod insert;
mod lite;
mod migrate;
mod mint;
pub mod once;
mod outbox;
mod pg;
pub mod seal;
mod sql;
mod store;
mod timer;
mod tx;
mod value;
mod write;

#[cfg(test)]
mod tests;

pub use audit::Outcome;
pub use engine::Trouble;
pub use event::Event;
pub use fault::{Fault, Faults};
pub use insert::Into;
pub use migrate::{Schema, column_list, tables};
pub use outbox::{Delivery, deliver, pending_events};
#[doc(hidden)]
pub use sql::__Registered;
pub use sql::{Statement, packed, statements};
pub use store::{Answer, Config, Store, wait};
pub use timer::{Timer, due_timers, next_due};
pub use tx::{Read, Tx};
pub use value::{Col, FromCol, Row, ToVal, Val};
pub use write::Act;

#[doc(hidden)]
pub mod reexport {
    pub use inventory;
    pub use schemars;
    pub use serde;
}

/// The store's own tables.
pub const SCHEMA: Schema = Schema {
    room: "store",
    steps: &[include_str!("../migrations/0001_open.sql"), include_str!("../migrations/0002_lists.sql")],
};
