//! What an order is made of.

use crate::State;
use kernel::{BasisPoints, Currency, Id, Money, Time, Units, kinds};
use serde::{Deserialize, Serialize};

/// A trade about to be placed: everything that was decided about it, prices included.
#[derive(Clone, Debug)]
pub struct NewTrade {
    /// The party that buys.
    pub buyer: Id<kinds::Party>,
    /// The quotation it accepts.
    pub quotation: Option<Id<kinds::Quotation>>,
    /// The currency of everything in it.
    pub currency: Currency,
    /// Until when it must be paid.
    pub close_at: Time,
    /// One per shop.
    pub orders: Vec<NewOrder>,
}

/// A shop's part of a trade about to be placed.
#[derive(Clone, Debug)]
pub struct NewOrder {
    /// The shop.
    pub shop: Id<kinds::Shop>,
    /// In which currency the shop is paid.
    pub shop_currency: Currency,
    /// Shop currency per trade currency, locked, in parts per billion.
    pub rate_ppb: i64,
    /// At least one.
    pub lines: Vec<NewLine>,
    /// Freight, fees, tax.
    pub charges: Vec<NewCharge>,
    /// Where it goes; none where nothing is sent.
    pub recipient: Option<Recipient>,
}

/// The tax part of an amount; all zero while the market has no tax.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Tax {
    /// Minor units.
    pub amount: i64,
    /// Of which tax.
    pub code: String,
    /// Its rate in basis points.
    pub rate_bp: i64,
    /// Whether the amount it belongs to holds it.
    pub included: bool,
}

/// A line about to be placed.
#[derive(Clone, Debug)]
pub struct NewLine {
    /// What is sold.
    pub listing: Id<kinds::Listing>,
    /// Which variant.
    pub sku: Id<kinds::Sku>,
    /// Where it is reserved; 0 for goods of which no stock is kept.
    pub warehouse: Id<kinds::Warehouse>,
    /// Copied.
    pub title: String,
    /// How many.
    pub units: Units,
    /// The price is for so many units: 1, 100 or 1,000.
    pub price_per: i64,
    /// Per `price_per` units, minor units.
    pub price: i64,
    /// What the buyer pays for the line, minor units.
    pub cash: i64,
    /// Of the cash.
    pub tax: Tax,
    /// The commission rate in force.
    pub commission: BasisPoints,
    /// How the price came about; the rows sum to the cash, the first is the gross price.
    pub price_rows: Vec<PriceRow>,
}

/// One step of how a line's price came about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct PriceRow {
    /// The stage of pricing.
    pub stage: String,
    /// The offer's id, 0 where none made it.
    pub offer: i64,
    /// Its version.
    pub offer_version: i64,
    /// What it adds, negative for what it takes.
    pub amount: i64,
    /// Who bears it.
    pub borne_by: String,
}

store::codes! {
    /// What a charge is for.
    pub enum ChargeKind {
        /// Sending it.
        Freight = "freight",
        /// Gift wrapping, a surcharge.
        Fee = "fee",
        /// Tax on top of the prices.
        Tax = "tax",
    }
}

/// A charge about to be placed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewCharge {
    /// For what.
    pub kind: ChargeKind,
    /// Minor units.
    pub amount: i64,
    /// Of the amount.
    pub tax: Tax,
    /// Zero where no commission is taken on it.
    pub commission: BasisPoints,
}

/// Where an order goes. Personal.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recipient {
    /// Name.
    pub name: String,
    /// Phone.
    pub phone: String,
    /// ISO 3166 country.
    pub country: String,
    /// Code of the region, empty where the country has none.
    pub region: String,
    /// Postal code.
    pub postal: String,
    /// As given.
    pub lines: String,
    /// What the buyer wrote to the shop.
    pub note: String,
}

/// A trade.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Trade {
    /// Its id.
    pub id: Id<kinds::Trade>,
    /// Who buys.
    pub buyer: Id<kinds::Party>,
    /// What he pays.
    pub amount: Money,
    /// How many orders it has.
    pub orders: i64,
    /// When.
    pub placed_at: Time,
}

/// An order's head.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Order {
    /// Its id.
    pub id: Id<kinds::Order>,
    /// The trade it is part of.
    pub trade: Id<kinds::Trade>,
    /// Who buys.
    pub buyer: Id<kinds::Party>,
    /// Who sells.
    pub shop: Id<kinds::Shop>,
    /// Where it stands.
    pub state: State,
    /// The currency of its amounts.
    pub currency: Currency,
    /// What the lines cost.
    pub goods: i64,
    /// Freight, fees and tax.
    pub charges: i64,
    /// Of all, tax.
    pub tax: i64,
    /// Goods and charges.
    pub amount: i64,
    /// Of the amount, granted back.
    pub refunded: i64,
    /// What the platform keeps as commission, from confirmation on.
    pub commission: i64,
    /// Over all lines.
    pub units: i64,
    /// Gone out.
    pub shipped: i64,
    /// Taken back before they went out.
    pub cancelled: i64,
    /// How many changes there were.
    pub version: i64,
    /// When it was placed.
    pub placed_at: Time,
    /// Until when it may be paid.
    pub close_at: Time,
    /// When it was paid.
    pub paid_at: Option<Time>,
    /// When the last unit went out.
    pub shipped_at: Option<Time>,
    /// When it confirms itself.
    pub confirm_at: Option<Time>,
    /// Whether the buyer took more time.
    pub extended: bool,
    /// When it was confirmed.
    pub completed_at: Option<Time>,
    /// The business date of settlement.
    pub settle_on: Option<i64>,
    /// When it was settled.
    pub settled_at: Option<Time>,
    /// When it was closed.
    pub closed_at: Option<Time>,
}

impl Order {
    /// An amount of the order's, with its currency.
    pub const fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }
}

/// A line of an order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "OrderLine")]
pub struct Line {
    /// Its number.
    pub n: i64,
    /// What was sold.
    pub listing: Id<kinds::Listing>,
    /// Which variant.
    pub sku: Id<kinds::Sku>,
    /// Where it was reserved; 0 for goods of which no stock is kept.
    pub warehouse: Id<kinds::Warehouse>,
    /// As it was called.
    pub title: String,
    /// How many.
    pub units: i64,
    /// The price is for so many units.
    pub price_per: i64,
    /// Per `price_per` units.
    pub price: i64,
    /// Price by units.
    pub gross: i64,
    /// What the buyer pays.
    pub cash: i64,
    /// Of it, tax.
    pub tax: i64,
    /// The commission rate in force.
    pub commission: BasisPoints,
    /// Units gone out.
    pub shipped: i64,
    /// Units taken back before they went out.
    pub cancelled: i64,
    /// Units whose money was granted back.
    pub returned: i64,
    /// Of the cash, granted back as an agreed sum on goods that stay.
    pub allowed: i64,
    /// Of the cash, granted back, the agreed sums included.
    pub refunded: i64,
}

/// A charge of an order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "OrderCharge")]
pub struct Charge {
    /// Its number.
    pub n: i64,
    /// For what.
    pub kind: ChargeKind,
    /// Minor units.
    pub amount: i64,
    /// Of it, tax.
    pub tax: i64,
    /// The commission rate on it.
    pub commission: BasisPoints,
    /// Granted back.
    pub refunded: i64,
}

/// Something that happened to an order.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Change {
    /// The order's version after it.
    pub n: i64,
    /// The event.
    pub what: String,
    /// The state before.
    pub was: String,
    /// The state after.
    pub became: String,
    /// What sort of actor.
    pub actor: String,
    /// Who, a raw id; 0 for the market itself.
    pub actor_id: i64,
    /// When.
    pub at: Time,
    /// A reason's code.
    pub why: String,
}
