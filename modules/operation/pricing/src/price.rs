//! One amount and how it came about. A line of goods and a charge are priced by the same type, so they have
//! the same ledger and the same way back.

use crate::Tax;
use kernel::{Currency, Id, Money, Result, kinds};
use serde::{Deserialize, Serialize};

/// The step of pricing that wrote a row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// The price list.
    Regular,
    /// The seller's word in a quotation.
    Agreed,
    /// The shop's freight rule.
    Freight,
}

impl Stage {
    /// As stored.
    pub const fn word(self) -> &'static str {
        match self {
            Stage::Regular => "regular",
            Stage::Agreed => "agreed",
            Stage::Freight => "freight",
        }
    }
}

/// Who gives what the buyer does not pay.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Bearer {
    /// The shop itself: it simply receives less.
    Shop,
    /// The market: it pays the shop what the buyer saves.
    Platform,
    /// The shop's supplier.
    Supplier,
    /// The owner of the brand.
    Brand,
}

impl Bearer {
    /// As stored.
    pub const fn word(self) -> &'static str {
        match self {
            Bearer::Shop => "shop",
            Bearer::Platform => "platform",
            Bearer::Supplier => "supplier",
            Bearer::Brand => "brand",
        }
    }
}

/// An offer as it stood when it was applied.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct OfferVersion {
    /// The offer.
    pub id: Id<kinds::Offer>,
    /// Which of its versions.
    pub version: i64,
}

/// A row of the price ledger.
///
/// The first row opens the price and is above zero or zero; each later one takes something away and is below.
/// The rows of a price sum to its cash. An offer that two bear writes a row for each, so that every bearer's
/// part is exact.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "PriceLedgerRow")]
pub struct Row {
    /// The step that wrote it.
    pub stage: Stage,
    /// Which offer made it, where one did.
    pub offer: Option<OfferVersion>,
    /// What it adds or takes away.
    pub amount: Money,
    /// Who gives it; none for the row that opens.
    pub borne_by: Option<Bearer>,
}

/// An amount with its ledger.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Price {
    /// What it would cost without any reduction.
    pub gross: Money,
    /// What the buyer pays.
    pub cash: Money,
    /// How much of the cash is tax.
    pub tax: Tax,
    /// How the one became the other, in the order of the stages.
    pub ledger: Vec<Row>,
}

impl Price {
    /// Opens a price; `gross` is zero or more.
    pub(crate) fn open(stage: Stage, gross: Money) -> Price {
        let row = Row { stage, offer: None, amount: gross, borne_by: None };
        Price { gross, cash: gross, tax: Tax::none(gross.currency), ledger: vec![row] }
    }

    /// Takes `minor` away, at most what is left (R6), and writes it down. Nothing taken is not written.
    pub(crate) fn lower(&mut self, stage: Stage, offer: Option<OfferVersion>, minor: i64, bearer: Bearer) {
        let taken = minor.clamp(0, self.cash.minor);
        if taken == 0 {
            return;
        }
        self.cash.minor -= taken;
        let amount = Money::new(-taken, self.gross.currency);
        self.ledger.push(Row { stage, offer, amount, borne_by: Some(bearer) });
    }

    /// What a bearer gives on this price: zero or more.
    pub fn given_by(&self, bearer: Bearer) -> Money {
        let rows = self.ledger.iter().filter(|row| row.borne_by == Some(bearer));
        Money::new(-rows.map(|row| row.amount.minor).sum::<i64>(), self.gross.currency)
    }

    /// What the shop is due before commission: the price less what the shop itself gives. What others give
    /// instead of the buyer counts as paid. Free freight is judged on it (R7) and commission taken on it (R9).
    pub fn after_shop(&self) -> Money {
        Money::new(self.gross.minor - self.given_by(Bearer::Shop).minor, self.gross.currency)
    }

    /// Whether the ledger explains the cash: it opens at the gross amount, and its rows sum to the cash.
    pub fn balances(&self) -> bool {
        let opens = self.ledger.first().is_some_and(|row| row.amount == self.gross);
        let sum: i128 = self.ledger.iter().map(|row| i128::from(row.amount.minor)).sum();
        opens && sum == i128::from(self.cash.minor)
    }
}

/// The sum of amounts that are all of one currency.
///
/// # Errors
/// `currency_mismatch`, `too_large`.
pub(crate) fn sum(currency: Currency, amounts: impl IntoIterator<Item = Money>) -> Result<Money> {
    amounts.into_iter().try_fold(Money::zero(currency), Money::plus)
}
