//! What a shop's people see of it. Whoever asks has shown what he may see; every read is of one shop and names it.

mod attributes;
mod goods;
mod home;
mod money;
mod orders;
mod packing;
mod people;
mod stock;

pub use attributes::{AttributeField, attributes};
pub use goods::goods;
pub use home::{Home, home};
pub use money::{Pot, Settlement, ShopMoney, money, payouts, settlements};
pub(crate) use orders::keys as order_keys;
pub use orders::{Tab, cases, orders, quotations};
pub use packing::{Variant, variants};
pub use people::{Colleague, people};
pub use stock::{Shelf, SkuStock, stock, stock_by_code};
