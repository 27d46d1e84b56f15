//! Quotations [T1]: a seller offers lines at agreed unit prices to one buyer.
//!
//! Owns the quotation with its lines and the seller's note to it, in the buyer's home.
//! Verbs: [`draft`], [`set_lines`], [`set_note`], [`send`], [`accept`], [`decline`], [`withdraw`], [`expire`].
//! Reads: [`quotation`], [`head`], [`of_buyer`].
//! Events: `quotation.sent`, `.accepted`, `.declined`, `.withdrawn`, `.expired`. Timer: [`EXPIRE`].
//! Refusals: [`Refusal`], and the kernel's `not_found`, `too_many`, `too_large`, `out_of_range`.
//!
//! What it refuses to know: who may see a quotation (flows compare the two parties), whether the goods are there,
//! what an order is. Accepting only records the trade that the flow opens in the same act.

mod events;
mod find;
mod line;
mod refusal;
mod state;
mod verbs;

pub use events::{Accepted, Declined, Expired, Sent, Withdrawn};
pub use find::{Head, Line, Quotation, head, of_buyer, quotation};
pub use line::{Limits, NewLine, PRICE_PER, amount};
pub use refusal::Refusal;
pub use state::{Happening, State};
pub use verbs::{EXPIRE, New, accept, decline, draft, expire, send, set_lines, set_note, withdraw};

/// The room's tables.
pub const SCHEMA: store::Schema = store::Schema {
    room: "quotation",
    steps: &[include_str!("../migrations/0001_open.sql"), include_str!("../migrations/0002_lists.sql")],
};

#[cfg(test)]
mod tests;
