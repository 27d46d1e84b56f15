//! Finding goods and looking at them: lists by words, by category and by shop, the page of a listing, the tree of
//! categories, the front of a shop. A list is a search for words and marks, then the cards of what was found; whatever
//! its length, a handful of statements.

mod card;
mod find;
mod page;
mod parts;
mod shop;
mod tree;

pub use card::{CARDS_MAX, Card, CardShop, cards};
pub use find::{Query, find, related};
pub use page::{GoodsPage, WhyNot, page};
pub use parts::{Free, Picture, Sku, Stated, StatedValue};
pub use search::Sort;
pub use shop::{Freight, ShopFront, front_of, shop_front};
pub use tree::{Crumb, Node, categories, chain};
