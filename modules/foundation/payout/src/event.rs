//! What this room tells. The root of every event is the payout.

use kernel::{Id, Money, kinds};
use serde::{Deserialize, Serialize};

/// Money left a shop's balance for its bank account.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Asked {
    /// The payout.
    pub payout: Id<kinds::Payout>,
    /// Whose money it is.
    pub shop: Id<kinds::Shop>,
    /// How much.
    pub amount: Money,
}
store::event!(Asked, "payout.asked", 1, |event| event.payout);

/// The shop's bank account has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Done {
    /// The payout.
    pub payout: Id<kinds::Payout>,
    /// Whose money it is.
    pub shop: Id<kinds::Shop>,
    /// How much.
    pub amount: Money,
}
store::event!(Done, "payout.done", 1, |event| event.payout);

/// The bank could not; the money is back in the shop's balance.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Failed {
    /// The payout.
    pub payout: Id<kinds::Payout>,
    /// Whose money it is.
    pub shop: Id<kinds::Shop>,
    /// How much.
    pub amount: Money,
    /// The bank's code.
    pub code: String,
}
store::event!(Failed, "payout.failed", 1, |event| event.payout);
