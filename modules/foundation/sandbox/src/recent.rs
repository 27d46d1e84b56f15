//! What a list of the provider's doings is made of: what it was last asked for, what it told of it, which mischief waits.

use crate::{
    Mischief, Sending,
    wire::{CallbackKind, PaymentState},
};
use kernel::{Id, Money, Time, kinds};

/// A payment with the messages about it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recent {
    /// The merchant's number.
    pub number: String,
    /// The provider's name for it.
    pub reference: Id<kinds::SandboxPayment>,
    /// What the buyer is to pay, or has paid.
    pub amount: Money,
    /// Where it stands; one whose time is over reads as closed.
    pub state: PaymentState,
    /// When the merchant opened it.
    pub created_at: Time,
    /// The messages about it and its refunds, the newest first.
    pub messages: Vec<Message>,
}

/// A message to the merchant, and how far it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Message {
    /// What it tells.
    pub kind: CallbackKind,
    /// The merchant's number of what it is about.
    pub number: String,
    /// When it happened.
    pub at: Time,
    /// Where it stands.
    pub sending: Sending,
    /// How often it was sent.
    pub tries: i64,
    /// When it is to be sent next.
    pub due_at: Option<Time>,
    /// Whether its next sending is signed wrongly.
    pub forged: bool,
}

/// A mischief that waits for something to happen to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Waiting {
    /// For which payment or transfer; none for whatever comes next.
    pub number: Option<String>,
    /// What goes wrong.
    pub what: Mischief,
    /// By how much to delay.
    pub millis: i64,
    /// How many times still.
    pub times: i64,
}
