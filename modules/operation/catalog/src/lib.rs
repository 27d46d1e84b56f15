//! The catalogue: the category tree with its typed attributes, brands, standard products, and what each shop sells of
//! them. [G1]
//!
//! What a shop sells is a **listing**, the root with its SKUs and prices; an **SPU** is a root of its own without
//! either, and many listings may point at one. A listing is written as a draft, reviewed, listed, delisted: see
//! [`State`]. Each of its changes is a version with a row that says who, when and why.
//!
//! Verbs: [`add_category`], [`set_commission`], [`add_attribute`], [`add_choice`], [`set_word`], [`brand`],
//! [`make_spu`], [`make_listing`], [`edit`], [`add_sku`], [`switch_sku`], [`set_price`], [`submit`], [`review`],
//! [`list`], [`delist`], [`put_goods`]. Reads: [`offer`], [`offers`], [`listing`], [`listings_of_shop`],
//! [`changes_of`], [`prices_of`], [`sought`]. Events: `catalog.listed`, `catalog.delisted`, `catalog.refused`, `catalog.edited`,
//! `catalog.price_changed`.
//!
//! It refuses to know how many there are, who may write, whether a shop is open, and what a buyer pays in the end.

mod change;
pub mod event;
mod find;
pub mod gtin;
mod known;
mod listing;
mod offer;
mod product;
mod put;
mod refusal;
mod review;
mod sku;
mod sought;
mod state;
mod text;
mod tree;
mod value;

pub use change::{Head, head};
pub use find::{Change, Entry, Listing, PriceRow, Sku, changes_of, listing, listings_of_shop, prices_of, shop_of};
pub use known::Known;
pub use listing::{Edit, Facts, NewListing, PICTURES_MAX, edit, make_listing};
pub use offer::{Offer, Tier, offer, offers, require_listed, require_sellable};
pub use product::{NewSpu, Spu, brand, brand_name, make_spu, spu, spu_of_gtin};
pub use put::{Done, GTINS_MAX, GoodsAttribute, NewGoods, Put, by_key, is_put, put_goods};
pub use refusal::Refusal;
pub use review::{Verdict, delist, list, review, submit};
pub use sku::{Measure, NewSku, PRICE_MAX, add_sku, set_price, switch_sku};
pub use sought::{Sought, listings_after, sought};
pub use state::{Hand, Reason, SkuState, State, Step, Tracking, Verb};
pub use text::{Field, Picture, Written};
pub use tree::{
    Attribute, Category, DEPTH_MAX, Kind, NewAttribute, Thing, add_attribute, add_category, add_choice, attribute,
    attributes_of, categories, category, chain, set_commission, set_word, word,
};
pub use value::{Stated, VALUE_CHARS_MAX, VALUES_MAX, Value, Values};

/// The room's tables.
pub const SCHEMA: store::Schema = store::Schema {
    room: "catalog",
    steps: &[include_str!("../migrations/0001_open.sql"), include_str!("../migrations/0002_lists.sql")],
};

#[cfg(test)]
mod tests;
