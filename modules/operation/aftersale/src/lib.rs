//! After the sale [S1]: cases, in which somebody wants something back, and refunds, the documents by which money goes.
//!
//! Owns cases with their lines and words, and refunds with their lines and parts, in the buyer's home; and the list
//! of reasons, which is data.
//! Verbs on cases: [`ask`], [`open_granted`], [`grant`], [`refuse`], [`to_operator`], [`say`], [`withdraw`], [`close`].
//! Verbs on refunds: [`record_refund`], [`refund_sent`], [`refund_done`], [`refund_failed`].
//! Reads: [`case`], [`cases_of_order`], [`words_of`], [`refund`], [`refunds_of_order`], [`reasons`], and the operator's
//! list [`waiting_for_operator`].
//! Events: `aftersale.asked`, `.granted`, `.refused`, `.escalated`, `.withdrawn`, `.closed`, and `.refunded` when the
//! money is there. Timer: [`ANSWER`].
//! Refusals: [`Refusal`], and the kernel's.
//!
//! What it refuses to know: who may ask or decide, how much a line is worth (pricing reckons it from the order's
//! ledger), how much of it is left (the order counts it), and how money moves (payment and ledger).

mod decide;
mod events;
mod find;
mod open;
mod refund;
mod refusal;
mod state;
mod worker;

pub use decide::{close, grant, refuse, say, to_operator, withdraw};
pub use events::{Asked, Closed, Escalated, Granted, Refunded, Refused, Withdrawn};
pub use find::{Case, Head, Words, case, cases_of_order, has_open_case, head, reasons, words_of};
pub use open::{ANSWER, Line, New, ask, open_granted};
pub use refund::{
    NewRefund, Part, Refund, RefundHead, RefundLine, record_refund, refund, refund_done, refund_failed, refund_sent,
    refunds_of_order,
};
pub use refusal::Refusal;
pub use state::{Bearer, Ground, Happening, Kind, LineKind, RefundHappening, RefundState, Side, Stage, State};
pub use worker::waiting_for_operator;

/// The room's tables.
pub const SCHEMA: store::Schema = store::Schema {
    room: "aftersale",
    steps: &[include_str!("../migrations/0001_open.sql"), include_str!("../migrations/0002_lists.sql")],
};

#[cfg(test)]
mod tests;
