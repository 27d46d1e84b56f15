//! `/seller/{slug}/orders`: what was ordered from the shop.

use crate::{
    desk::{self, Desk},
    form,
};
use askama::Template;
use axum::{Router, extract::Path, routing::get};
use door::App;
use identity::Permission;
use kernel::Page;
use views::{
    OrderCard,
    seller::{self, Tab},
};
use web::{Reply, Visit, page};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/seller/{slug}/orders", get(orders))
}

/// Orders on one page.
const ORDERS: usize = 20;

#[derive(Template)]
#[template(path = "seller_orders.html")]
struct Orders {
    v: Visit,
    desk: Desk,
    tab: Tab,
    page: Page<OrderCard>,
}

impl Orders {
    fn tabs(&self) -> [(&'static str, String, String); 6] {
        [Tab::ToShip, Tab::Shipped, Tab::Unpaid, Tab::Completed, Tab::Closed, Tab::All].map(|tab| {
            let count = if tab == Tab::ToShip { desk::badge(&self.desk.waits.to_ship) } else { String::new() };
            (tab.word(), self.v.word("seller-tab", tab.word()), count)
        })
    }

    fn is_shown(&self, word: &str) -> bool {
        self.tab.word() == word
    }
}

async fn orders(v: Visit, Path(slug): Path<String>) -> Reply {
    let tab = Tab::of(&v.query("tab")).unwrap_or(Tab::ToShip);
    let (cursor, lang) = (form::cursor(&v)?, v.locale());
    let asked = desk::open(&v, &slug, Some(Permission::ShopOrders), move |read, desk| {
        seller::orders(read, desk.shop.id, tab, cursor, ORDERS, lang)
    });
    let (desk, orders) = asked.await?;
    page(&v.clone(), &Orders { v, desk, tab, page: orders })
}
