//! What pricing is told: the lines, the facts about the sale, and what is in force at that moment.

use crate::{FreightRule, Refusal};
use kernel::{BasisPoints, Currency, Error, Id, Money, Result, SalesChannel, Units, error::Common, kinds};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// One line of a cart or a quotation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// The caller's own number of the line, unique within the call; it comes back in [`crate::PricedLine`].
    pub position: i64,
    /// Who sells it.
    pub shop: Id<kinds::Shop>,
    /// What is bought.
    pub sku: Id<kinds::Sku>,
    /// How much of it, in the SKU's own unit.
    pub quantity: Units,
    /// The regular price, or under [`Basis::Agreed`] the seller's.
    pub unit_price: Money,
    /// For how many units that price is.
    pub per: PricePer,
    /// The commission rate of the goods' category.
    pub commission: BasisPoints,
}

/// For how many units a price is meant: grams are priced by the hundred or the thousand.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "i64", into = "i64")]
pub enum PricePer {
    /// Each unit.
    One,
    /// A hundred units.
    Hundred,
    /// A thousand units.
    Thousand,
}

impl PricePer {
    /// The number of units.
    pub const fn units(self) -> i64 {
        match self {
            PricePer::One => 1,
            PricePer::Hundred => 100,
            PricePer::Thousand => 1_000,
        }
    }
}

impl TryFrom<i64> for PricePer {
    type Error = Error;
    fn try_from(units: i64) -> Result<PricePer> {
        match units {
            1 => Ok(PricePer::One),
            100 => Ok(PricePer::Hundred),
            1_000 => Ok(PricePer::Thousand),
            found => Err(Refusal::PriceScaleUnknown { found }.into()),
        }
    }
}
impl From<PricePer> for i64 {
    fn from(per: PricePer) -> i64 {
        per.units()
    }
}

/// Where the prices of the lines come from.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Basis {
    /// From the price list.
    Regular,
    /// From the seller, in a quotation to one buyer (T1).
    Agreed,
}

/// How much one call may price. Settings of the market; the constants are their defaults.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// The most lines.
    pub lines: i64,
    /// The most units on one line.
    pub line_units: i64,
    /// The most to pay in all, in minor units.
    pub total_minor: i64,
}

impl Limits {
    /// For a cart: 120 lines.
    pub const CART: Limits = Limits { lines: 120, line_units: 1_000_000, total_minor: 10_000_000_000_000 };
    /// For a quotation: 5,000 lines.
    pub const QUOTATION: Limits = Limits { lines: 5_000, ..Limits::CART };
}

/// What is true of the sale as a whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Facts {
    /// The one currency of the trade.
    pub currency: Currency,
    /// Which storefront of the market the buyer stands in.
    pub storefront: i64,
    /// Through which kind of door he came.
    pub channel: SalesChannel,
    /// Where the lines' prices come from.
    pub basis: Basis,
    /// How much may be priced in one call.
    pub limits: Limits,
    /// The switch `commission_on_freight`: none is off, the default; a rate is on (R9).
    pub commission_on_freight: Option<BasisPoints>,
}

/// What shops and market have in force at this moment.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct InForce {
    /// What each shop asks for sending; a shop that is not named asks nothing.
    pub freight: BTreeMap<Id<kinds::Shop>, FreightRule>,
}

/// Refuses what cannot be priced at all, before anything is worked out.
pub(crate) fn check(lines: &[Line], facts: &Facts) -> Result<()> {
    if lines.is_empty() {
        return Err(Refusal::NoLines.into());
    }
    let limits = &facts.limits;
    if lines.len() as i64 > limits.lines {
        return Err(Common::TooManyThings { most: limits.lines }.into());
    }
    let mut positions = BTreeSet::new();
    for (at, line) in lines.iter().enumerate() {
        if !positions.insert(line.position) {
            let doubled = Refusal::PositionDoubled { position: line.position };
            return Err(Error::from(doubled).at(format!("lines[{at}].position")));
        }
        if line.quantity.get() > limits.line_units {
            let too_large = Common::TooLarge { most: limits.line_units };
            return Err(Error::from(too_large).at(format!("lines[{at}].quantity")));
        }
        check_amount(line.unit_price, facts.currency).map_err(|error| error.at(format!("lines[{at}].unit_price")))?;
    }
    Ok(())
}

/// Refuses an amount of another currency or below zero.
pub(crate) fn check_amount(amount: Money, currency: Currency) -> Result<()> {
    Money::zero(currency).same_currency(amount)?;
    if amount.minor < 0 {
        return Err(Refusal::AmountNegative.into());
    }
    Ok(())
}
