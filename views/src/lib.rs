//! Questions that read several rooms: [`books`] proves that they agree, [`order_page`] tells an order from placing to
//! payout and shows any other thing; [`mine`], [`cart`], [`seller`], [`ops`] and [`people`] are the lists that a buyer,
//! a shop's people and the market's people work with. They never write, and nothing is decided on what they say.

pub mod books;
mod cards;
pub mod cart;
mod case_cards;
mod count;
pub mod goods;
mod goods_cards;
pub mod mine;
pub mod ops;
pub mod order_page;
mod outside;
pub mod people;
mod quotation_cards;
pub mod seller;
mod set;

pub use cards::{CardLine, Deadline, DeadlineKind, OrderCard, ShopLabel, order_cards};
pub use case_cards::{CaseCard, CaseLine};
pub use count::Count;
pub use goods_cards::{GoodsCard, PriceRange};
pub use quotation_cards::QuotationCard;

#[cfg(test)]
mod tests;
