//! The console of the operator: what waits for the market's people, and everything they look after.
//!
//! Each file is a place of the console and its addresses. [`pages`] is the one table of who may open what, [`desk`]
//! shows who stands where and what waits; a page reads a view, an act does a flow and leads on. Whoever is none of the
//! market's people finds nothing at these addresses.

mod audit;
mod cases;
mod desk;
mod find;
mod goods;
mod home;
mod ledger;
mod order;
mod orders;
mod pages;
mod set_up;
mod settings;
mod shop;
mod shops;
mod stuck;
mod things;
mod work;

use axum::Router;
use door::App;

/// Every page of the operator's console, and the page that sets a market up.
pub fn router() -> Router<App> {
    Router::new()
        .merge(home::router())
        .merge(shops::router())
        .merge(shop::router())
        .merge(goods::router())
        .merge(orders::router())
        .merge(order::router())
        .merge(cases::router())
        .merge(stuck::router())
        .merge(ledger::router())
        .merge(work::router())
        .merge(audit::router())
        .merge(settings::router())
        .merge(find::router())
        .merge(things::router())
        .merge(set_up::router())
}
