//! The port to the outside: what a bank that pays out can do. An adapter per bank implements it.
//!
//! Every call carries our number and may be made again under it with the same effect. No call is made inside an act.

use kernel::Money;
use std::{fmt, pin::Pin};

/// An answer on its way from a bank.
pub type Reply<'a, T> = Pin<Box<dyn Future<Output = Result<T, BankError>> + Send + 'a>>;

/// A bank that pays out.
pub trait Bank: Send + Sync {
    /// The code under which it is known.
    fn code(&self) -> &'static str;

    /// Pays money to an account; the same number again answers as the transfer stands.
    fn transfer(&self, transfer: Transfer) -> Reply<'_, Seen>;

    /// What the bank knows of a transfer.
    fn query(&self, number: String) -> Reply<'_, Seen>;
}

/// Money that a bank shall pay to an account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Transfer {
    /// Our number.
    pub number: String,
    /// The account, by the name that the market and the bank have agreed on; never its number.
    pub account: String,
    /// How much.
    pub amount: Money,
}

/// What a bank knows of a transfer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Seen {
    /// Nothing: it never heard of the number.
    Missing,
    /// It has taken it on.
    Sent {
        /// The bank's name for it.
        bank_ref: String,
    },
    /// The account has the money.
    Done {
        /// The bank's name for it.
        bank_ref: String,
    },
    /// It cannot.
    Failed {
        /// The bank's code.
        code: String,
    },
}

/// Why a bank gave no answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum BankError {
    /// Nobody knows whether it happened: a time-out, a broken line. Ask again under the same number.
    Unknown(String),
    /// The bank says no, with its code; asking again will not help.
    Refused(String),
}

impl fmt::Display for BankError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BankError::Unknown(why) => write!(f, "no answer: {why}"),
            BankError::Refused(code) => write!(f, "refused: {code}"),
        }
    }
}

impl std::error::Error for BankError {}
