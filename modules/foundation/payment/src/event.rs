//! What this room tells. The root of every event is the payment.

use crate::Why;
use kernel::{Id, Money, kinds};
use serde::{Deserialize, Serialize};

/// The channel has the money, and the trade took it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Succeeded {
    /// The payment.
    pub payment: Id<kinds::Payment>,
    /// What it was for.
    pub trade: Id<kinds::Trade>,
    /// What was taken.
    pub amount: Money,
}
store::event!(Succeeded, "payment.succeeded", 1, |event| event.payment);

/// No money is taken for it any more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Closed {
    /// The payment.
    pub payment: Id<kinds::Payment>,
    /// What it was for.
    pub trade: Id<kinds::Trade>,
}
store::event!(Closed, "payment.closed", 1, |event| event.payment);

/// The channel will not take money for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Failed {
    /// The payment.
    pub payment: Id<kinds::Payment>,
    /// What it was for.
    pub trade: Id<kinds::Trade>,
    /// The channel's code.
    pub code: String,
}
store::event!(Failed, "payment.failed", 1, |event| event.payment);

/// Money came that no trade wants.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unmatched {
    /// The payment under whose number it came.
    pub payment: Id<kinds::Payment>,
    /// What that payment was for.
    pub trade: Id<kinds::Trade>,
    /// What came.
    pub amount: Money,
    /// Why nobody wants it.
    pub why: Why,
}
store::event!(Unmatched, "payment.unmatched", 1, |event| event.payment);

/// The channel has given money back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refunded {
    /// Whose money it was.
    pub payment: Id<kinds::Payment>,
    /// Our asking.
    pub refund: Id<kinds::PaymentRefund>,
    /// The document that decided it; none for money that came late.
    pub document: Option<Id<kinds::Refund>>,
    /// How much.
    pub amount: Money,
}
store::event!(Refunded, "payment.refunded", 1, |event| event.payment);

/// The channel cannot give money back; it is still owed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RefundFailed {
    /// Whose money it was.
    pub payment: Id<kinds::Payment>,
    /// Our asking.
    pub refund: Id<kinds::PaymentRefund>,
    /// The document that decided it; none for money that came late.
    pub document: Option<Id<kinds::Refund>>,
    /// How much.
    pub amount: Money,
    /// The channel's code.
    pub code: String,
}
store::event!(RefundFailed, "payment.refund_failed", 1, |event| event.payment);
