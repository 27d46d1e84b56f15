//! What the catalogue says has happened. The number of each is the listing's version.

use kernel::{Id, Money, Time, kinds};
use serde::{Deserialize, Serialize};

/// A listing can be bought.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Listed {
    /// Which.
    pub listing: Id<kinds::Listing>,
    /// Whose.
    pub shop: Id<kinds::Shop>,
}
store::event!(Listed, "catalog.listed", 1, |listed| listed.listing);

/// A listing cannot be bought any more, for now or for good.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Delisted {
    /// Which.
    pub listing: Id<kinds::Listing>,
    /// Whose.
    pub shop: Id<kinds::Shop>,
    /// The rule that was cited, if one was.
    pub rule: Option<String>,
}
store::event!(Delisted, "catalog.delisted", 1, |delisted| delisted.listing);

/// The market would not list it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Refused {
    /// Which.
    pub listing: Id<kinds::Listing>,
    /// Whose.
    pub shop: Id<kinds::Shop>,
    /// The rule that was cited, if one was.
    pub rule: Option<String>,
}
store::event!(Refused, "catalog.refused", 1, |refused| refused.listing);

/// A listing on sale says something else than before.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Edited {
    /// Which.
    pub listing: Id<kinds::Listing>,
    /// Whose.
    pub shop: Id<kinds::Shop>,
}
store::event!(Edited, "catalog.edited", 1, |edited| edited.listing);

/// A SKU costs something else, from `from_time` on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct PriceChanged {
    /// Of which listing.
    pub listing: Id<kinds::Listing>,
    /// Which SKU.
    pub sku: Id<kinds::Sku>,
    /// The new price, for the SKU's `price_per` of the smallest quantity.
    pub price: Money,
    /// From how many on one line.
    pub from_qty: i64,
    /// From when.
    pub from_time: Time,
}
store::event!(PriceChanged, "catalog.price_changed", 1, |changed| changed.listing);
