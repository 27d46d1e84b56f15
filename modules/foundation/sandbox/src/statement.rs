//! The provider's statement: what it books when money moves, and what a line of its file says.

use kernel::{BasisPoints, Home, Money, Result, Time, money::share_half_up};
use store::{Tx, args, sql};

/// What the provider keeps of a payment, in hundredths of a percent, half up; it goes back with a refund.
pub const FEE_BASIS_POINTS: i64 = 60;

/// The first line of the file.
pub const CSV_HEADER: &str = "time,kind,payment,number,reference,currency,amount_minor,fee_minor";

store::codes! {
    /// What moved.
    pub enum LineKind {
        /// A buyer paid.
        Pay = "pay",
        /// A buyer got money back.
        Refund = "refund",
        /// Money went to a bank account.
        Transfer = "transfer",
    }
}

/// One line of the statement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// When.
    pub at: Time,
    /// What moved.
    pub kind: LineKind,
    /// The merchant's number of the payment, or of the transfer.
    pub payment: String,
    /// The merchant's number of what moved.
    pub number: String,
    /// The provider's name for it.
    pub reference: String,
    /// Into the merchant's account positive, out of it negative.
    pub amount: Money,
    /// What the provider keeps, in minor units; negative where it gives it back.
    pub fee: i64,
}

impl Line {
    /// As a line of the file, without its end. No field needs quotes: numbers and references are plain words.
    pub fn csv(&self) -> String {
        let Line { at, kind, payment, number, reference, amount, fee } = self;
        let Money { minor, currency } = amount;
        format!("{at},{},{payment},{number},{reference},{currency},{minor},{fee}", kind.word())
    }
}

/// The fee on an amount.
pub(crate) fn fee_of(minor: i64) -> i64 {
    let rate = BasisPoints::new(FEE_BASIS_POINTS).expect("60 is between 0 and 10,000");
    share_half_up(minor, rate)
}

/// Books a movement.
pub(crate) fn book(
    tx: &mut Tx,
    kind: LineKind,
    payment: &str,
    number: &str,
    reference: &str,
    amount: Money,
    fee: i64,
) -> Result<()> {
    let sql = sql!(
        "insert into sandbox_statement (home, kind, payment, number, reference, currency, amount, fee, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    );
    let Money { minor, currency } = amount;
    let now = tx.now();
    tx.exec(sql, args![Home::of_text(payment), kind, payment, number, reference, currency, minor, fee, now])?;
    Ok(())
}
