//! What a quotation says happened to it. The sequence number is its version.

use kernel::{Currency, Id, Time, kinds};
use serde::{Deserialize, Serialize};

/// It is before the buyer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sent {
    /// Which one.
    pub quotation: Id<kinds::Quotation>,
    /// Who offers.
    pub shop: Id<kinds::Shop>,
    /// To whom.
    pub buyer: Id<kinds::Party>,
    /// For how much, minor units.
    pub total: i64,
    /// Of which currency.
    pub currency: Currency,
    /// The first instant too late.
    pub expires_at: Time,
}
store::event!(Sent, "quotation.sent", 1, |sent| sent.quotation);

/// The buyer took it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Accepted {
    /// Which one.
    pub quotation: Id<kinds::Quotation>,
    /// Who offered.
    pub shop: Id<kinds::Shop>,
    /// Who took it.
    pub buyer: Id<kinds::Party>,
    /// What it became.
    pub trade: Id<kinds::Trade>,
    /// For how much, minor units.
    pub total: i64,
    /// Of which currency.
    pub currency: Currency,
}
store::event!(Accepted, "quotation.accepted", 1, |accepted| accepted.quotation);

/// The buyer said no.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declined {
    /// Which one.
    pub quotation: Id<kinds::Quotation>,
    /// Who offered.
    pub shop: Id<kinds::Shop>,
    /// Who said no.
    pub buyer: Id<kinds::Party>,
}
store::event!(Declined, "quotation.declined", 1, |declined| declined.quotation);

/// The seller took it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// Which one.
    pub quotation: Id<kinds::Quotation>,
    /// Who took it back.
    pub shop: Id<kinds::Shop>,
    /// Who had been offered it.
    pub buyer: Id<kinds::Party>,
}
store::event!(Withdrawn, "quotation.withdrawn", 1, |withdrawn| withdrawn.quotation);

/// Nobody said anything in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Expired {
    /// Which one.
    pub quotation: Id<kinds::Quotation>,
    /// Who had offered.
    pub shop: Id<kinds::Shop>,
    /// Who had been offered it.
    pub buyer: Id<kinds::Party>,
}
store::event!(Expired, "quotation.expired", 1, |expired| expired.quotation);
