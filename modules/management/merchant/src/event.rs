//! What this room tells the others. Ids only.

use kernel::{Id, kinds};
use serde::{Deserialize, Serialize};

/// A merchant wants a shop.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Applied {
    /// Who.
    pub merchant: Id<kinds::Merchant>,
    /// Which shop.
    pub shop: Id<kinds::Shop>,
}
store::event!(Applied, "merchant.applied", 1, |applied| applied.shop);

/// A shop sells for the first time.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ShopOpened {
    /// Whose.
    pub merchant: Id<kinds::Merchant>,
    /// Which.
    pub shop: Id<kinds::Shop>,
}
store::event!(ShopOpened, "merchant.shop_opened", 1, |opened| opened.shop);

/// The market stopped a shop.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ShopFrozen {
    /// Which.
    pub shop: Id<kinds::Shop>,
}
store::event!(ShopFrozen, "merchant.shop_frozen", 1, |frozen| frozen.shop);

/// The market let a shop go on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ShopUnfrozen {
    /// Which.
    pub shop: Id<kinds::Shop>,
}
store::event!(ShopUnfrozen, "merchant.shop_unfrozen", 1, |unfrozen| unfrozen.shop);

/// A shop is gone, with nothing under way.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct ShopClosed {
    /// Which.
    pub shop: Id<kinds::Shop>,
}
store::event!(ShopClosed, "merchant.shop_closed", 1, |closed| closed.shop);
