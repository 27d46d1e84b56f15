//! `/ops/shops`: the market's shops by where they stand.

use crate::desk::{self, Desk, badge};
use askama::Template;
use axum::{Router, routing::get};
use door::App;
use kernel::Page;
use merchant::{Shop, ShopState};
use views::ops;
use web::{Reply, Visit, page};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/ops/shops", get(shops))
}

/// Shops on one page.
const SHOPS: usize = 30;

#[derive(Template)]
#[template(path = "ops_shops.html")]
struct Shops {
    v: Visit,
    desk: Desk,
    state: Option<ShopState>,
    page: Page<Shop>,
}

impl Shops {
    /// The tabs: a state's word, nothing for all, its name, and how many wait there.
    fn tabs(&self) -> Vec<(&'static str, String, String)> {
        const TABS: [ShopState; 8] = [
            ShopState::Submitted,
            ShopState::InReview,
            ShopState::Returned,
            ShopState::Approved,
            ShopState::ContractSigned,
            ShopState::Open,
            ShopState::Frozen,
            ShopState::Refused,
        ];
        let tab = |state: ShopState| {
            let count = if state == ShopState::Submitted { badge(&self.desk.waits.shops) } else { String::new() };
            (state.word(), self.v.word("shop-state", state.word()), count)
        };
        let all = ("", self.v.say("ops-all").to_owned(), String::new());
        std::iter::once(all).chain(TABS.into_iter().map(tab)).collect()
    }

    fn is_shown(&self, word: &str) -> bool {
        self.state.map_or("", ShopState::word) == word
    }
}

async fn shops(v: Visit) -> Reply {
    let state = match v.query("state").as_str() {
        "waiting" => Some(ShopState::Submitted),
        word => ShopState::of(word),
    };
    let cursor = desk::cursor(&v)?;
    let asked = desk::open(&v, "/ops/shops", move |read, _| ops::shops(read, state, cursor, SHOPS));
    let (desk, shops) = asked.await?;
    page(&v.clone(), &Shops { v, desk, state, page: shops })
}
