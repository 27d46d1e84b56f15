//! `/goods/{listing}`: the page of goods.

mod gallery;
mod variant;

use crate::shop::{freight, initial};
use askama::Template;
use axum::{Router, extract::Path, routing::get};
use door::App;
use gallery::{Drawing, Gallery, gallery};
use identity::{Permission, Scope};
use kernel::{Actor, Id, Result, kinds};
use store::Read;
use variant::{Chosen, Variant, chosen, variants};
use views::goods::{GoodsPage, Stated, StatedValue, WhyNot};
use web::{Chip, GoodsCard, Reply, Visit, id_in_path, page};

/// How many of the goods of the same category stand below.
const RELATED: usize = 6;
/// How many facts stand open; the rest unfolds.
const FACTS_OPEN: usize = 12;
/// The longest description for search engines, in characters.
const META_CHARS: usize = 160;

pub(crate) fn router() -> Router<App> {
    Router::new().route("/goods/{listing}", get(goods))
}

#[derive(Template)]
#[template(path = "goods.html")]
struct Goods {
    v: Visit,
    goods: GoodsPage,
    title: String,
    gallery: Gallery,
    variants: Vec<Variant>,
    /// The variant that is looked at; none: there is none to see.
    chosen: Option<Chosen>,
    /// Why nothing of it can be bought.
    why_not: Option<String>,
    /// Where it stands, for those who see it though buyers do not.
    inside: Option<Chip>,
    facts: Vec<(String, String)>,
    more_facts: Vec<(String, String)>,
    shop_initial: String,
    freight: String,
    related: Vec<GoodsCard>,
    meta: String,
    canonical: String,
}

async fn goods(v: Visit, Path(listing): Path<String>) -> Reply {
    let listing: Id<kinds::Listing> = id_in_path(&listing)?;
    let (actor, now, lang) = (v.asked.cx.actor.clone(), v.now, v.locale());
    let read = move |read: &mut Read| {
        let inside = is_inside(read, &actor, listing)?;
        let goods = views::goods::page(read, listing, inside, now, lang)?;
        let related = match goods.categories.last() {
            Some(category) => views::goods::related(read, listing, category.id, RELATED, now, lang)?,
            None => Vec::new(),
        };
        Ok((goods, related))
    };
    let (goods, related) = v.app().store().read(read).await?;
    let related = related.into_iter().map(GoodsCard::from).collect();
    let goods = Goods::of(v, goods, related);
    page(&goods.v.clone(), &goods)
}

/// Whether somebody sees goods that buyers do not: he works on them in their shop, or lets them through.
fn is_inside(read: &mut Read, actor: &Actor, listing: Id<kinds::Listing>) -> Result<bool> {
    if !matches!(actor, Actor::Person(_)) {
        return Ok(false);
    }
    let head = match catalog::head(read, listing) {
        Err(no) if no.code() == "unknown_listing" => return Ok(false),
        head => head?,
    };
    Ok(identity::has(read, actor, Permission::ShopGoods, Scope::Shop(head.shop))?
        || identity::has(read, actor, Permission::MarketReviewGoods, Scope::Market)?)
}

impl Goods {
    fn can_buy(&self) -> bool {
        self.chosen.as_ref().is_some_and(|chosen| chosen.can_buy)
    }

    /// Whether description and facts stand side by side on the desk.
    fn is_short(&self) -> bool {
        self.goods.description.is_some() && !self.facts.is_empty() && self.more_facts.is_empty()
    }

    fn of(v: Visit, goods: GoodsPage, related: Vec<GoodsCard>) -> Goods {
        let title = match goods.categories.last() {
            Some(category) if goods.title.is_empty() => category.name.clone(),
            _ => goods.title.clone(),
        };
        let drawing = Drawing::of(&goods);
        let taken = variant::taken(&goods, &v.query("sku"));
        let chosen = taken.map(|sku| chosen(&v, &goods, sku));
        let mut facts = facts(&v, &goods, taken.map_or(&[], |sku| &sku.values));
        let more_facts = if facts.len() > FACTS_OPEN + 2 { facts.split_off(FACTS_OPEN) } else { Vec::new() };
        Goods {
            gallery: gallery(&v, &goods, &title, &drawing, taken),
            variants: variants(&goods, &drawing, taken),
            why_not: why_not(&v, &goods, chosen.as_ref()),
            inside: (!is_seen(&goods)).then(|| v.chip("listing", goods.state.word())),
            facts,
            more_facts,
            shop_initial: initial(&goods.shop.name),
            freight: freight(&v, goods.shop.freight),
            related,
            meta: meta(&v, &goods, &title, chosen.as_ref()),
            canonical: format!("{}/goods/{}", v.app().options().public, goods.listing),
            chosen,
            title,
            goods,
            v,
        }
    }
}

/// Whether buyers see it.
fn is_seen(goods: &GoodsPage) -> bool {
    matches!(goods.state, catalog::State::Listed | catalog::State::Delisted)
}

/// Why it cannot be bought. That one variant is sold out while others are not, its own chip says.
fn why_not(v: &Visit, goods: &GoodsPage, chosen: Option<&Chosen>) -> Option<String> {
    let is_said_by_chip = goods.why_not == Some(WhyNot::SoldOut) && chosen.is_some();
    goods.why_not.filter(|_| !is_said_by_chip).map(|why| v.word("goods-why", why.word()))
}

/// What is said of goods and of a variant of them, attribute by attribute; several values of one stand together.
fn facts(v: &Visit, goods: &GoodsPage, of_variant: &[Stated]) -> Vec<(String, String)> {
    let mut facts: Vec<(String, String)> = Vec::new();
    facts.extend(goods.brand.iter().map(|brand| (v.say("goods-brand").to_owned(), brand.clone())));
    facts.extend(goods.model.iter().map(|model| (v.say("goods-model").to_owned(), model.clone())));
    let mut last = "";
    for stated in goods.values.iter().chain(of_variant) {
        let said = said(v, stated);
        match facts.last_mut() {
            Some((_, values)) if last == stated.code => {
                values.push_str(v.say("goods-list-comma"));
                values.push_str(&said);
            }
            _ => facts.push((stated.name.clone(), said)),
        }
        last = &stated.code;
    }
    facts
}

fn said(v: &Visit, stated: &Stated) -> String {
    let value = match &stated.value {
        StatedValue::Text(text) => text.clone(),
        StatedValue::Number(number) => number.to_string(),
        StatedValue::Flag(true) => v.say("goods-yes").to_owned(),
        StatedValue::Flag(false) => v.say("goods-no").to_owned(),
    };
    match &stated.unit {
        Some(unit) => format!("{value} {unit}"),
        None => value,
    }
}

/// What search engines show: its own words, or else what it is, what it costs and who sells it.
fn meta(v: &Visit, goods: &GoodsPage, title: &str, chosen: Option<&Chosen>) -> String {
    let own = goods.description.as_deref().unwrap_or_default();
    let words = own.split_whitespace().collect::<Vec<_>>().join(" ");
    if !words.is_empty() {
        return words.chars().take(META_CHARS).collect();
    }
    let price = chosen.and_then(|chosen| chosen.price.as_ref()).map(|price| v.money(price));
    let parts = [Some(title.to_owned()), price, Some(goods.shop.name.clone())];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
