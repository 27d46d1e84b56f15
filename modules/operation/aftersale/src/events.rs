//! What cases and refunds say happened to them. The sequence number is the case's or the refund's version.

use crate::{Ground, Kind, Stage};
use kernel::{Currency, Id, Time, kinds};
use serde::{Deserialize, Serialize};

/// Somebody wants something back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Which case.
    pub case: Id<kinds::Case>,
    /// Of which order.
    pub order: Id<kinds::Order>,
    /// Who sold.
    pub shop: Id<kinds::Shop>,
    /// Who bought.
    pub buyer: Id<kinds::Party>,
    /// What is wanted.
    pub kind: Kind,
    /// Why.
    pub reason: String,
    /// Until when the seller answers.
    pub answer_by: Time,
}
store::event!(Asked, "aftersale.asked", 1, |asked| asked.case);

/// Yes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Granted {
    /// Which case.
    pub case: Id<kinds::Case>,
    /// Of which order.
    pub order: Id<kinds::Order>,
    /// Who sold.
    pub shop: Id<kinds::Shop>,
    /// Who bought.
    pub buyer: Id<kinds::Party>,
    /// What was wanted.
    pub kind: Kind,
    /// On what ground.
    pub ground: Ground,
}
store::event!(Granted, "aftersale.granted", 1, |granted| granted.case);

/// No.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Which case.
    pub case: Id<kinds::Case>,
    /// Of which order.
    pub order: Id<kinds::Order>,
    /// Who sold.
    pub shop: Id<kinds::Shop>,
    /// Who bought.
    pub buyer: Id<kinds::Party>,
    /// On what ground.
    pub ground: Ground,
}
store::event!(Refused, "aftersale.refused", 1, |refused| refused.case);

/// The operator has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Escalated {
    /// Which case.
    pub case: Id<kinds::Case>,
    /// Of which order.
    pub order: Id<kinds::Order>,
    /// Who sold.
    pub shop: Id<kinds::Shop>,
    /// Who bought.
    pub buyer: Id<kinds::Party>,
    /// Until when the operator rules.
    pub rule_by: Time,
}
store::event!(Escalated, "aftersale.escalated", 1, |escalated| escalated.case);

/// Whoever asked does not want it any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawn {
    /// Which case.
    pub case: Id<kinds::Case>,
    /// Of which order.
    pub order: Id<kinds::Order>,
    /// Who sold.
    pub shop: Id<kinds::Shop>,
    /// Who bought.
    pub buyer: Id<kinds::Party>,
}
store::event!(Withdrawn, "aftersale.withdrawn", 1, |withdrawn| withdrawn.case);

/// What it was about was settled in another way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Closed {
    /// Which case.
    pub case: Id<kinds::Case>,
    /// Of which order.
    pub order: Id<kinds::Order>,
    /// Who sold.
    pub shop: Id<kinds::Shop>,
    /// Who bought.
    pub buyer: Id<kinds::Party>,
}
store::event!(Closed, "aftersale.closed", 1, |closed| closed.case);

/// The money is back with the buyer: the channel says so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refunded {
    /// Which refund.
    pub refund: Id<kinds::Refund>,
    /// Under which case.
    pub case: Id<kinds::Case>,
    /// Of which order.
    pub order: Id<kinds::Order>,
    /// Who sold.
    pub shop: Id<kinds::Shop>,
    /// All of it, minor units.
    pub amount: i64,
    /// Of which the order's lines.
    pub goods: i64,
    /// Of which the order's charges.
    pub charges: i64,
    /// What the market gave back of its commission.
    pub commission_back: i64,
    /// Of which currency.
    pub currency: Currency,
    /// Where the money lay.
    pub stage: Stage,
}
store::event!(Refunded, "aftersale.refunded", 1, |refunded| refunded.refund);
