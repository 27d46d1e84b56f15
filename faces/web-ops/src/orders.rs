//! `/ops/orders`: every order, newest first.

use crate::desk::{self, Desk};
use askama::Template;
use axum::{Router, routing::get};
use door::App;
use kernel::Page;
use merchant::Slug;
use order::State;
use views::{
    OrderCard,
    ops::{self, OrderFilter},
};
use web::{Reply, Visit, page};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/ops/orders", get(orders))
}

/// Orders on one page.
const ORDERS: usize = 30;

#[derive(Template)]
#[template(path = "ops_orders.html")]
struct Orders {
    v: Visit,
    desk: Desk,
    state: Option<State>,
    shop: String,
    is_unknown_shop: bool,
    page: Page<OrderCard>,
}

impl Orders {
    /// The pills: a state's word, nothing for all, and its name.
    fn pills(&self) -> Vec<(&'static str, String)> {
        let all = ("", self.v.say("ops-all").to_owned());
        let states = State::ALL.iter().map(|state| (state.word(), self.v.word("order-state", state.word())));
        std::iter::once(all).chain(states).collect()
    }

    fn is_shown(&self, word: &str) -> bool {
        self.state.map_or("", State::word) == word
    }

    fn is_filtered(&self) -> bool {
        self.state.is_some() || !self.shop.is_empty()
    }
}

async fn orders(v: Visit) -> Reply {
    let state = State::of(&v.query("state"));
    let shop = v.query("shop").trim().to_owned();
    let (cursor, lang, slug) = (desk::cursor(&v)?, v.locale(), shop.parse::<Slug>().ok());
    let has_shop = !shop.is_empty();
    let asked = desk::open(&v, "/ops/orders", move |read, _| {
        let found = match &slug {
            Some(slug) => merchant::shop_by_slug(read, slug)?,
            None => None,
        };
        if has_shop && found.is_none() {
            return Ok(None);
        }
        let filter = OrderFilter { state, shop: found.map(|shop| shop.id) };
        ops::orders(read, filter, cursor, ORDERS, lang).map(Some)
    });
    let (desk, found) = asked.await?;
    let is_unknown_shop = found.is_none();
    let none = Page { items: Vec::new(), next: None };
    let found = found.unwrap_or(none);
    page(&v.clone(), &Orders { v, desk, state, shop, is_unknown_shop, page: found })
}
