//! `/seller/{slug}/goods`: what the shop sells, and putting it on sale and off.

use crate::{
    desk::{self, Desk},
    form, goods_form,
};
use askama::Template;
use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};
use catalog::State;
use door::App;
use flows::list_goods;
use identity::Permission;
use kernel::{Id, Page, Result, kinds};
use views::{GoodsCard, seller};
use web::{Posted, Reply, Typed, Visit, id_in_path, page_with};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/seller/{slug}/goods", get(goods)).route("/seller/{slug}/goods/{listing}/{step}", post(step))
}

/// Goods on one page.
const GOODS: usize = 20;

#[derive(Template)]
#[template(path = "seller_goods.html")]
struct Goods {
    v: Visit,
    desk: Desk,
    typed: Typed,
    state: Option<State>,
    page: Page<GoodsCard>,
}

impl Goods {
    /// The tabs: a state's word, nothing for all, and how many there are where somebody has to do something.
    fn tabs(&self) -> [(&'static str, String, String); 6] {
        let waits = &self.desk.waits;
        let tab = |state: State, count: String| (state.word(), self.v.word("listing-state", state.word()), count);
        [
            ("", self.v.say("seller-all").to_owned(), String::new()),
            tab(State::Listed, String::new()),
            tab(State::InReview, desk::badge(&waits.goods_in_review)),
            tab(State::Refused, desk::badge(&waits.goods_refused)),
            tab(State::Draft, desk::badge(&waits.goods_draft)),
            tab(State::Delisted, String::new()),
        ]
    }

    fn is_shown(&self, word: &str) -> bool {
        self.state.map_or("", State::word) == word
    }
}

async fn goods(v: Visit, Path(slug): Path<String>) -> Reply {
    show(v, &slug, Typed::default()).await
}

async fn show(v: Visit, slug: &str, typed: Typed) -> Reply {
    let state = State::of(&v.query("state"));
    let (cursor, now, lang) = (form::cursor(&v)?, v.now, v.locale());
    let asked = desk::open(&v, slug, Some(Permission::ShopGoods), move |read, desk| {
        seller::goods(read, desk.shop.id, state, cursor, GOODS, (now, lang))
    });
    let (desk, page) = asked.await?;
    let status = typed.status.unwrap_or_default();
    page_with(&v.clone(), status, &Goods { v, desk, typed, state, page })
}

/// What the editor asks for leads back to it; so does what was not handed in, for that is where it is mended.
async fn step(
    Path((slug, listing, step)): Path<(String, String, String)>,
    Posted { visit: v, fields }: Posted,
) -> Reply {
    let id = id_in_path::<kinds::Listing>(&listing)?;
    fields.only(&[])?;
    desk::shop(&v, &slug).await?;
    let in_editor = v.query("from") == "editor";
    match do_step(&v, id, &step).await {
        Ok(said) if in_editor => Ok(v.see(&format!("/seller/{slug}/goods/{listing}"), said)),
        Ok(said) => Ok(v.see(&format!("/seller/{slug}/goods"), said)),
        Err(no) => {
            let (_, typed) = form::refused(&v, fields, no)?;
            match in_editor || step == "submit" {
                true => goods_form::show(v, &slug, &listing, typed).await,
                false => show(v, &slug, typed).await,
            }
        }
    }
}

async fn do_step(v: &Visit, listing: Id<kinds::Listing>, step: &str) -> Result<&'static str> {
    let (store, cx) = (v.app().store(), &v.asked.cx);
    match step {
        "list" => list_goods::list(store, cx, listing).await.map(|()| "goods-listed"),
        "delist" => list_goods::delist(store, cx, listing).await.map(|()| "goods-delisted"),
        "submit" => list_goods::submit(store, cx, listing).await.map(|()| "goods-submitted"),
        _ => Err(kernel::error::Common::NotFound.into()),
    }
}
