//! Payments: what was asked of a payment channel, what it answered, and what goes back.
//!
//! **Owns** `payment_payment` (one attempt to pay a trade), `payment_part` (which order its money is for),
//! `payment_refund` (one asking to give money back) and `payment_late` (money that no trade wants). All of them live
//! in the buyer's home.
//!
//! **Order of work**: [`intend`] and commit, call the [`Channel`], record with [`sent`], [`succeed`], [`close`] or
//! [`fail`]. A time-out is never a failure: [`due`] names what the worker asks next, by our number, until the channel
//! says what happened. Refunds go the same way: [`intend_refund`], [`refund_accepted`], [`refund_done`].
//!
//! **Guarantees**: refunded ≤ captured ≤ authorised ≤ amount, refunded ≤ amount for every order's part, a payment
//! takes money once, and whatever comes a second time has no effect.
//!
//! **Events**: `payment.succeeded`, `payment.closed`, `payment.failed`, `payment.unmatched`, `payment.refunded`,
//! `payment.refund_failed`.
//!
//! **Refusals**: [`Refusal`], and the kernel's `currency_mismatch` and `not_found`.
//!
//! **Refuses to know** accounts, what an order holds, why money goes back, how a channel speaks, and whether a trade
//! still wants money: that the caller answers, in the same act.

pub mod channel;
pub mod event;
mod find;
mod late;
mod pay;
mod refund;
mod refusal;
mod state;
mod worker;

pub use channel::{Channel, ChannelError, Notice, NoticeKind};
pub use find::{Asking, Part, Payment, Refund, find, find_refund, late_of, of_trade, parts, refunds_for, refunds_of};
pub use late::{Late, Why, refund_late, unmatched};
pub use pay::{Outcome, close, fail, intend, sent, succeed};
pub use refund::{intend_refund, refund_accepted, refund_again, refund_done, refund_failed};
pub use refusal::Refusal;
pub use state::{Move, RefundMove, RefundState, State};
pub use worker::{asked, due, due_refunds, refund_asked, told};

/// The room's tables.
pub const SCHEMA: store::Schema = store::Schema {
    room: "payment",
    steps: &[include_str!("../migrations/0001_open.sql"), include_str!("../migrations/0002_lists.sql")],
};

#[cfg(test)]
mod tests;
