//! The port to the outside: what every payment channel can do. An adapter per channel implements it.
//!
//! Every call carries our number and may be made again under it with the same effect. No call is made inside an act.

use crate::Refusal;
use kernel::{Error, Id, Money, Time, kinds};
use std::{fmt, pin::Pin};

/// An answer on its way from a channel.
pub type Reply<'a, T> = Pin<Box<dyn Future<Output = Result<T, ChannelError>> + Send + 'a>>;

/// A payment channel.
pub trait Channel: Send + Sync {
    /// The code under which payments name it.
    fn code(&self) -> &'static str;

    /// Opens a payment at the channel; the same number again answers as the first time.
    fn create(&self, wish: Wish) -> Reply<'_, Opened>;

    /// What the channel knows of a payment.
    fn query(&self, number: String) -> Reply<'_, Seen>;

    /// Tells the channel to take no money for a payment any more. Where it already has the money it says so.
    fn close(&self, number: String) -> Reply<'_, Seen>;

    /// Asks for money to be given back; the same number again answers as the first time.
    fn refund(&self, wish: RefundWish) -> Reply<'_, RefundSeen>;

    /// What the channel knows of a refund.
    fn query_refund(&self, payment: String, number: String) -> Reply<'_, RefundSeen>;

    /// Reads what the channel sent of itself: the signature over the raw bytes first, then its age, then whether it is
    /// meant for us. It says nothing about whether the market knows the number or agrees on the amount.
    ///
    /// # Errors
    /// `signature_invalid`, `stale_timestamp`, `merchant_mismatch`; `malformed` for signed bytes that say nothing.
    fn read_callback(&self, headers: &[(String, String)], raw: &[u8], now: Time) -> kernel::Result<Notice>;
}

/// Why a channel gave no answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ChannelError {
    /// Nobody knows whether it happened: a time-out, a broken line. Ask again under the same number.
    Unknown(String),
    /// The channel says no, with its code; asking again will not help.
    Refused(String),
}

impl fmt::Display for ChannelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ChannelError::Unknown(why) => write!(f, "no answer: {why}"),
            ChannelError::Refused(code) => write!(f, "refused: {code}"),
        }
    }
}

impl std::error::Error for ChannelError {}

/// A payment that the channel shall open.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Wish {
    /// Our number.
    pub number: String,
    /// What the buyer is to pay.
    pub amount: Money,
    /// Until when the channel may take it.
    pub expires_at: Time,
    /// The page where the buyer goes back to, whatever came of it.
    pub return_to: Option<String>,
}

/// A payment that the channel has opened.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Opened {
    /// The channel's name for it.
    pub channel_ref: String,
    /// Where the buyer pays, if the channel has a page for it.
    pub cashier: Option<String>,
}

/// What a channel knows of a payment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Seen {
    /// Nothing: it never heard of the number.
    Missing,
    /// It waits for the buyer.
    Open,
    /// It has the money.
    Paid {
        /// How much.
        amount: Money,
        /// The channel's name for it.
        channel_ref: String,
        /// When it was paid.
        at: Time,
    },
    /// It takes no money for it.
    Closed,
}

/// Money that the channel shall give back.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RefundWish {
    /// Our number of the refund.
    pub number: String,
    /// Our number of the payment.
    pub payment: String,
    /// How much.
    pub amount: Money,
}

/// What a channel knows of a refund.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum RefundSeen {
    /// Nothing: it never heard of the number.
    Missing,
    /// It will do it.
    Accepted {
        /// The channel's name for it.
        channel_ref: String,
    },
    /// The money is back.
    Done {
        /// How much.
        amount: Money,
        /// The channel's name for it.
        channel_ref: String,
    },
    /// It cannot.
    Failed {
        /// The channel's code.
        code: String,
    },
}

/// What a channel told of itself, its signature proven.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Notice {
    /// The channel's name for this message; the same again means nothing new.
    pub event: String,
    /// What happened.
    pub kind: NoticeKind,
    /// Our number: of the payment, or of the refund where it is about one.
    pub number: String,
    /// How much.
    pub amount: Money,
    /// The channel's name for the payment or refund.
    pub channel_ref: String,
    /// When it happened.
    pub at: Time,
}

/// What a notice is about.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum NoticeKind {
    /// The channel has the money.
    Paid,
    /// It takes no money any more.
    Closed,
    /// Money is back with the buyer.
    Refunded,
    /// Money could not be given back, with the channel's code.
    RefundFailed(String),
}

impl Notice {
    /// The payment that a paid or closed notice is about.
    ///
    /// # Errors
    /// `id_malformed` for a number that is none of ours.
    pub fn payment(&self) -> Result<Id<kinds::Payment>, Error> {
        self.number.parse()
    }

    /// The refund that a refund's notice is about.
    ///
    /// # Errors
    /// `id_malformed` for a number that is none of ours.
    pub fn refund(&self) -> Result<Id<kinds::PaymentRefund>, Error> {
        self.number.parse()
    }
}

/// How old or how far ahead a signed message may be.
pub const WINDOW: i64 = 5 * kernel::time::MINUTE;

/// Whether a message signed at `signed` may be believed at `now`.
///
/// # Errors
/// `stale_timestamp` outside [`WINDOW`], on either side.
pub fn fresh(signed: Time, now: Time) -> Result<(), Error> {
    match now.0.checked_sub(signed.0) {
        Some(age) if (-WINDOW..=WINDOW).contains(&age) => Ok(()),
        _ => Err(Refusal::StaleTimestamp.into()),
    }
}
