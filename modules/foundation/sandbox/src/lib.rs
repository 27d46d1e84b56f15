//! The trial payment provider: a small real one, with its own books, so that a market can be run and tested whole.
//!
//! **Owns** payments, refunds and bank transfers under its merchant's numbers, the messages that it sends of itself,
//! its statement, and the mischief that it makes on demand (late, doubled, reordered, lost and forged messages,
//! refunds and transfers that fail).
//!
//! **Verbs**: [`create`], [`pay`], [`close`], [`refund`], [`transfer`]; the same number again is the same thing and
//! answers as it stands, with other parameters it is refused. Refunds know no window: any time after the payment.
//! [`due_callbacks`] are signed with [`Keys`], which are handed in and never stored, and come again by a schedule of
//! 24 hours until [`callback_answered`] says that they were taken. [`statement`] is its file of a day, [`recent`] what
//! it was last asked for. A request is believed by [`Keys::check_request`].
//!
//! **Refusals**: [`Refusal`], and the kernel's `not_found`, `malformed`, `currency_mismatch`, `out_of_range`.
//!
//! **Refuses to know** what a number stands for: orders, shops and markets are nothing to it.

mod callback;
mod keys;
mod mischief;
mod pay;
mod recent;
mod refund;
mod refusal;
mod statement;
mod transfer;
pub mod wire;
mod worker;

pub use callback::{Sending, callback_answered};
pub use keys::{Alg, Keys, MerchantKeys, SIGNATURE_HEADER, Verifier};
pub use mischief::{Mischief, Topic, make_mischief};
pub use pay::{check_number, close, create, pay, query};
pub use recent::{Message, Recent, Waiting};
pub use refund::{query_refund, refund};
pub use refusal::Refusal;
pub use statement::{CSV_HEADER, FEE_BASIS_POINTS, Line, LineKind};
pub use transfer::{query_transfer, transfer};
pub use worker::{Outbound, due_callbacks, recent, statement, waiting_mischief};

/// The room's tables.
pub const SCHEMA: store::Schema = store::Schema {
    room: "sandbox",
    steps: &[include_str!("../migrations/0001_open.sql"), include_str!("../migrations/0002_way_back.sql")],
};

#[cfg(test)]
mod tests;
