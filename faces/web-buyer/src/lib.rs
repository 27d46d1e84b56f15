//! The market as buyers see it: finding goods, buying and paying them, following orders.
//!
//! Each file is a place of the market and its addresses. A page reads a view, an act does a flow and leads on; neither
//! decides anything by itself.

mod account;
mod cart;
mod categories;
mod checkout;
mod goods;
mod home;
mod lines;
mod log_in;
mod order;
mod orders;
mod pay;
mod pictures;
mod quotations;
mod refunds;
mod search;
mod shop;
mod told;

use axum::Router;
use door::App;

/// Every page of the market.
pub fn router() -> Router<App> {
    Router::new()
        .merge(log_in::router())
        .merge(account::router())
        .merge(home::router())
        .merge(categories::router())
        .merge(search::router())
        .merge(goods::router())
        .merge(shop::router())
        .merge(pictures::router())
        .merge(cart::router())
        .merge(checkout::router())
        .merge(pay::router())
        .merge(orders::router())
        .merge(order::router())
        .merge(refunds::router())
        .merge(quotations::router())
}
