//! The console of a shop: how one comes to sell here, and what a shop's people do day by day.
//!
//! Each file is a place of the console and its addresses. [`desk`] shows who stands where and may do what; a page reads
//! a view, an act does a flow and leads on. Whoever does not work in a shop finds nothing at its addresses.

mod desk;
mod form;
mod goods;
mod goods_form;
mod home;
mod money;
mod one_order;
mod one_quotation;
mod opening;
mod order_acts;
mod orders;
mod papers;
mod quotations;
mod refunds;
mod sell;
mod settings;
mod sheet;
mod sku;
mod stock;

use axum::Router;
use door::App;

/// Every page of the merchant's console, and the page that leads to it.
pub fn router() -> Router<App> {
    Router::new()
        .merge(sell::router())
        .merge(home::router())
        .merge(opening::router())
        .merge(goods::router())
        .merge(goods_form::router())
        .merge(sku::router())
        .merge(stock::router())
        .merge(orders::router())
        .merge(one_order::router())
        .merge(order_acts::router())
        .merge(refunds::router())
        .merge(quotations::router())
        .merge(one_quotation::router())
        .merge(money::router())
        .merge(settings::router())
}
