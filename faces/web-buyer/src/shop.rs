//! `/shops/{slug}`: the front of a shop.

use crate::search::{Asked, Pill, sorts};
use askama::Template;
use axum::{Router, extract::Path, routing::get};
use door::App;
use kernel::{Cursor, error::Common};
use merchant::{ShopState, Slug};
use views::goods::{Freight, Query, ShopFront};
use web::{GoodsCard, Reply, Visit, page};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/shops/{slug}", get(shop))
}

#[derive(Template)]
#[template(path = "shop.html")]
struct Front {
    v: Visit,
    shop: ShopFront,
    initial: String,
    freight: String,
    /// Why nothing is sold there; none: it is open.
    stopped: Option<String>,
    sorts: Vec<Pill>,
    cards: Vec<GoodsCard>,
    next: Option<Cursor>,
    canonical: String,
}

async fn shop(v: Visit, Path(slug): Path<String>) -> Reply {
    let slug: Slug = slug.parse().map_err(|_| Common::NotFound)?;
    let asked = Asked::of(&v)?;
    let (query, now, lang) = (asked.query(), v.now, v.locale());
    let read = move |read: &mut store::Read| {
        let shop = views::goods::shop_front(read, &slug)?;
        let query = Query { shop: Some(shop.id), ..query };
        let found = views::goods::find(read, &query, now, lang)?;
        Ok((shop, found))
    };
    let (shop, found) = v.app().store().read(read).await?;
    let front = Front {
        initial: initial(&shop.name),
        freight: freight(&v, shop.freight),
        stopped: stopped(&v, shop.state),
        sorts: sorts(&v, asked.sort),
        cards: found.items.into_iter().map(GoodsCard::from).collect(),
        next: found.next,
        canonical: format!("{}/shops/{}", v.app().options().public, shop.slug),
        shop,
        v,
    };
    page(&front.v.clone(), &front)
}

/// The first character of a name, for the round mark beside it.
pub(crate) fn initial(name: &str) -> String {
    name.chars().find(|c| c.is_alphanumeric()).into_iter().flat_map(char::to_uppercase).collect()
}

/// What a shop takes for sending, in a sentence.
pub(crate) fn freight(v: &Visit, freight: Option<Freight>) -> String {
    match freight {
        Some(Freight { fee, free_over: Some(over) }) if fee.minor > 0 => {
            v.tell2("freight-free-over", "fee", v.money(&fee), "over", v.money(&over))
        }
        Some(Freight { fee, free_over: None }) if fee.minor > 0 => v.tell("freight-flat", "fee", v.money(&fee)),
        _ => v.say("freight-free").to_owned(),
    }
}

fn stopped(v: &Visit, state: ShopState) -> Option<String> {
    match state {
        ShopState::Open => None,
        ShopState::Frozen => Some(v.say("goods-why-shop-frozen").to_owned()),
        _ => Some(v.say("goods-why-shop-not-open").to_owned()),
    }
}
