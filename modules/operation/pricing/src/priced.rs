//! What pricing answers.

use crate::{Facts, Price, PricePer, freight::Freight, price::sum};
use kernel::{BasisPoints, Currency, Error, Id, Money, Result, Units, error::Common, kinds};
use serde::{Deserialize, Serialize};

/// A line with its price.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PricedLine {
    /// The line's number in the trade for ever, from 1, by (shop, SKU, position).
    pub number: i64,
    /// The number by which the caller knows it.
    pub position: i64,
    /// Who sells it.
    pub shop: Id<kinds::Shop>,
    /// What is bought.
    pub sku: Id<kinds::Sku>,
    /// How much of it.
    pub quantity: Units,
    /// The regular or agreed price.
    pub unit_price: Money,
    /// For how many units that price is.
    pub per: PricePer,
    /// The commission rate, taken on [`Price::after_shop`].
    pub commission: BasisPoints,
    /// What it comes to.
    pub price: Price,
}

/// What a charge is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChargeKind {
    /// Sending the goods.
    Freight,
}

impl ChargeKind {
    /// As stored.
    pub const fn word(self) -> &'static str {
        match self {
            ChargeKind::Freight => "freight",
        }
    }
}

/// What an order costs beside its goods.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Charge {
    /// What it is for.
    pub kind: ChargeKind,
    /// What it comes to.
    pub price: Price,
    /// Whether commission is taken on it.
    pub commissionable: bool,
    /// At which rate; zero where none is taken.
    pub commission: BasisPoints,
}

/// Sums over the lines and charges of a shop or a trade.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Totals {
    /// Goods before any reduction.
    pub goods_gross: Money,
    /// What the buyer pays for the goods.
    pub goods: Money,
    /// Charges before any reduction.
    pub charges_gross: Money,
    /// What the buyer pays for the charges.
    pub charges: Money,
    /// How much of goods and charges is tax.
    pub tax: Money,
    /// What the buyer pays in all.
    pub pay: Money,
}

impl Totals {
    fn zero(currency: Currency) -> Totals {
        let zero = Money::zero(currency);
        Totals { goods_gross: zero, goods: zero, charges_gross: zero, charges: zero, tax: zero, pay: zero }
    }

    fn of(currency: Currency, lines: &[PricedLine], charges: &[Charge]) -> Result<Totals> {
        let goods = || lines.iter().map(|line| &line.price);
        let charged = || charges.iter().map(|charge| &charge.price);
        let both = || goods().chain(charged());
        Ok(Totals {
            goods_gross: sum(currency, goods().map(|price| price.gross))?,
            goods: sum(currency, goods().map(|price| price.cash))?,
            charges_gross: sum(currency, charged().map(|price| price.gross))?,
            charges: sum(currency, charged().map(|price| price.cash))?,
            tax: sum(currency, both().map(|price| price.tax.part))?,
            pay: sum(currency, both().map(|price| price.cash))?,
        })
    }

    fn plus(self, other: &Totals) -> Result<Totals> {
        Ok(Totals {
            goods_gross: self.goods_gross.plus(other.goods_gross)?,
            goods: self.goods.plus(other.goods)?,
            charges_gross: self.charges_gross.plus(other.charges_gross)?,
            charges: self.charges.plus(other.charges)?,
            tax: self.tax.plus(other.tax)?,
            pay: self.pay.plus(other.pay)?,
        })
    }
}

/// One shop's part, which becomes one order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PricedShop {
    /// The shop.
    pub shop: Id<kinds::Shop>,
    /// What it charges beside its goods.
    pub charges: Vec<Charge>,
    /// Its sums.
    pub totals: Totals,
}

/// What a little more in the cart would bring: '20.00 more: free freight'.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct NearMiss {
    /// Of whose goods.
    pub shop: Id<kinds::Shop>,
    /// How much more.
    pub more: Money,
    /// What it would bring.
    pub gain: Gain,
}

/// What a near miss would bring.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Gain {
    /// The shop's freight would be free.
    FreeFreight {
        /// The fee saved.
        saves: Money,
    },
}

/// Everything that a cart or a quotation comes to.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Priced {
    /// The one currency of all amounts.
    pub currency: Currency,
    /// The lines in the order of their numbers; a shop's lines stand together.
    pub lines: Vec<PricedLine>,
    /// The shops in the order of their lines.
    pub shops: Vec<PricedShop>,
    /// What a little more would bring.
    pub near_misses: Vec<NearMiss>,
    /// The sums over all shops.
    pub totals: Totals,
}

impl Priced {
    /// A shop's own lines.
    pub fn lines_of(&self, shop: Id<kinds::Shop>) -> &[PricedLine] {
        let from = self.lines.partition_point(|line| line.shop < shop);
        let to = self.lines.partition_point(|line| line.shop <= shop);
        &self.lines[from..to]
    }
}

/// Puts lines and charges together per shop and in all.
pub(crate) fn sum_up(lines: Vec<PricedLine>, freight: Vec<Freight>, facts: &Facts) -> Result<Priced> {
    let currency = facts.currency;
    let totals = Totals::zero(currency);
    let mut priced = Priced { currency, lines, shops: Vec::new(), near_misses: Vec::new(), totals };
    for Freight { shop, charge, near_miss } in freight {
        let charges: Vec<Charge> = charge.into_iter().collect();
        let totals = Totals::of(currency, priced.lines_of(shop), &charges)?;
        priced.totals = priced.totals.plus(&totals)?;
        priced.shops.push(PricedShop { shop, charges, totals });
        priced.near_misses.extend(near_miss);
    }
    let most = facts.limits.total_minor;
    if priced.totals.pay.minor > most {
        return Err(Error::from(Common::TooLarge { most }).at("total"));
    }
    Ok(priced)
}
