//! What a parcel says happened to it. The sequence number is its version.

use crate::State;
use kernel::{Id, Time, kinds};
use serde::{Deserialize, Serialize};

/// The carrier reported something new, perhaps late, or somebody corrected it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tracked {
    /// Which one.
    pub parcel: Id<kinds::Parcel>,
    /// Of which order.
    pub order: Id<kinds::Order>,
    /// Who sent it.
    pub shop: Id<kinds::Shop>,
    /// What this scan says.
    pub scan: State,
    /// When it happened, by the carrier's clock.
    pub carrier_at: Time,
    /// Where the parcel is, all scans considered.
    pub state: State,
}
store::event!(Tracked, "delivery.tracked", 1, |tracked| tracked.parcel);

/// The recipient has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// Which one.
    pub parcel: Id<kinds::Parcel>,
    /// Of which order.
    pub order: Id<kinds::Order>,
    /// Who sent it.
    pub shop: Id<kinds::Shop>,
    /// When, by the carrier's clock.
    pub signed_at: Time,
}
store::event!(Signed, "delivery.signed", 1, |signed| signed.parcel);
