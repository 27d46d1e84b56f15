//! The bodies that go between the provider and its merchant, as JSON. Requests refuse unknown fields, answers may grow.

use kernel::{Money, Time};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

store::codes! {
    /// Where a payment stands at the provider.
    pub enum PaymentState {
        /// It waits for the buyer.
        Open = "open",
        /// The buyer has paid.
        Paid = "paid",
        /// No money is taken for it.
        Closed = "closed",
    }
}

store::codes! {
    /// Where a refund stands at the provider.
    pub enum RefundState {
        /// Taken on; what comes of it is told by a callback or a query.
        Accepted = "accepted",
        /// The buyer has it.
        Done = "done",
        /// The buyer's account takes nothing.
        Failed = "failed",
    }
}

store::codes! {
    /// Where a bank transfer stands.
    pub enum TransferState {
        /// The account has it.
        Done = "done",
        /// The account takes nothing.
        Failed = "failed",
    }
}

store::codes! {
    /// What a callback tells.
    pub enum CallbackKind {
        /// The buyer has paid.
        Paid = "payment.paid",
        /// No money is taken any more.
        Closed = "payment.closed",
        /// The buyer has his money back.
        Refunded = "refund.done",
        /// The buyer could not be given his money back.
        RefundFailed = "refund.failed",
    }
}

/// A payment to be opened.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewPayment {
    /// The merchant's number: 1 to 64 letters, digits, underscores and hyphens.
    pub number: String,
    /// What the buyer is to pay.
    pub amount: Money,
    /// From when on no money is taken.
    pub expires_at: Time,
    /// Where the buyer goes back to, an `http` or `https` address; the first one given for a number stays.
    #[serde(default)]
    pub return_to: Option<String>,
}

/// A payment as the provider knows it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Payment {
    /// The merchant's number.
    pub number: String,
    /// The provider's name for it.
    pub reference: String,
    /// Where it stands.
    pub state: PaymentState,
    /// What the buyer is to pay, or has paid.
    pub amount: Money,
    /// Of that, given back, in minor units.
    pub refunded: i64,
    /// From when on no money is taken.
    pub expires_at: Time,
    /// When the buyer paid.
    pub paid_at: Option<Time>,
    /// Where the buyer goes back to.
    #[serde(default)]
    pub return_to: Option<String>,
    /// The page where the buyer pays; none where the provider serves no pages.
    #[serde(default)]
    pub cashier: Option<String>,
}

/// A refund to be made.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewRefund {
    /// The merchant's number of the payment.
    pub payment: String,
    /// The merchant's number of the refund.
    pub number: String,
    /// How much goes back.
    pub amount: Money,
}

/// A refund as the provider knows it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Refund {
    /// The merchant's number of the payment.
    pub payment: String,
    /// The merchant's number of the refund.
    pub number: String,
    /// The provider's name for it.
    pub reference: String,
    /// Where it stands.
    pub state: RefundState,
    /// How much goes back.
    pub amount: Money,
    /// Why it failed.
    pub code: Option<String>,
    /// When it was decided.
    pub at: Time,
}

/// A transfer to a bank account to be made.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewTransfer {
    /// The merchant's number.
    pub number: String,
    /// The merchant's name for the account.
    pub account: String,
    /// How much.
    pub amount: Money,
}

/// A transfer as the provider knows it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Transfer {
    /// The merchant's number.
    pub number: String,
    /// The provider's name for it.
    pub reference: String,
    /// The merchant's name for the account.
    pub account: String,
    /// Where it stands.
    pub state: TransferState,
    /// How much.
    pub amount: Money,
    /// Why it failed.
    pub code: Option<String>,
    /// When it was decided.
    pub at: Time,
}

/// Why a request was not done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct No {
    /// Stable, snake_case.
    pub code: String,
    /// The facts, by name.
    #[serde(default)]
    pub facts: BTreeMap<String, serde_json::Value>,
}

/// What the provider tells of itself.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Callback {
    /// The message's own name; one that comes again bears the same.
    pub id: String,
    /// For whom it is.
    pub merchant: String,
    /// What happened.
    pub kind: CallbackKind,
    /// The merchant's number of the payment.
    pub payment: String,
    /// The merchant's number of what it is about: the payment or the refund.
    pub number: String,
    /// The provider's name for what it is about.
    pub reference: String,
    /// How much.
    pub amount: Money,
    /// Why it failed.
    pub code: Option<String>,
    /// When it happened.
    pub at: Time,
}
