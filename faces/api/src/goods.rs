//! Goods as everybody may find them, and the shops that sell them.

use crate::{
    answers::{Items, Limit, OfCategory, OfListing, OfShop, OfSlug},
    call::Call,
    op::{self, Op, chapter},
};
use identity::{Permission, Scope};
use kernel::{Currency, Cursor, Id, Locale, Page, Result, error::Common, kinds};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use views::{
    goods::{self, Card, GoodsPage, Node, Query, ShopFront, Sort},
    seller::{self, AttributeField},
};

pub(crate) fn operations() -> Vec<Op> {
    chapter(
        "goods",
        vec![
            op::get("getMarket", "/market", market).does("The market itself: its name, its currency, how one can pay."),
            op::get("findGoods", "/goods", find).does("Goods that are on sale, by words, category and shop."),
            op::get("getGoods", "/goods/{listing}", one).does(
                "Goods with their variants, prices and stock. What is not on sale yet is seen by its shop alone.",
            ),
            op::get("listCategories", "/categories", categories).does("The whole tree of categories."),
            op::get("listAttributes", "/categories/{category}/attributes", attributes)
                .does("What goods of a category are described by."),
            op::get("getShop", "/shops/{shop}", shop).does("A shop that has opened."),
            op::get("getShopBySlug", "/shops/by-slug/{slug}", shop_by_slug).does("A shop, by its name in addresses."),
        ],
    )
}

/// The market itself.
#[derive(Serialize, JsonSchema)]
struct MarketShown {
    /// Its name.
    name: String,
    /// What it trades in.
    currency: Currency,
    /// The language of whoever asks for none.
    language: Locale,
    /// The zone in which it counts days, by its IANA name.
    zone: String,
    /// The codes of the channels by which one can pay.
    channels: Vec<String>,
    /// For how many minutes an order waits to be paid.
    pay_minutes: i64,
}

async fn market(call: Call) -> Result<MarketShown> {
    let settings = &call.asked.settings;
    Ok(MarketShown {
        name: settings.name.to_string(),
        currency: settings.currency,
        language: settings.language,
        zone: settings.zone.name().to_owned(),
        channels: call.app().market().channels.iter().map(|channel| channel.code().to_owned()).collect(),
        pay_minutes: settings.close_unpaid_minutes,
    })
}

/// What is looked for; nothing at all means all goods.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Wanted {
    /// Words as a person types them; all must be there.
    #[schemars(length(max = 200))]
    words: Option<String>,
    /// Only goods of this category and those below it.
    category: Option<Id<kinds::Category>>,
    /// Only goods of this shop.
    shop: Option<Id<kinds::Shop>>,
    /// In which order; the newest first where nothing is said.
    sort: Option<Sort>,
    /// Where the page begins: the `next` of the page before; none for the first one.
    cursor: Option<Cursor>,
    /// How many; at most sixty are answered.
    #[serde(default)]
    limit: Limit,
}

/// The most characters of words.
const WORDS_MAX: usize = 200;

async fn find(call: Call<(), Wanted>) -> Result<Page<Card>> {
    let (now, lang) = (call.now(), call.lang());
    let Wanted { words, category, shop, sort, cursor, limit: Limit(limit) } = call.query;
    if words.as_ref().is_some_and(|words| words.chars().nth(WORDS_MAX).is_some()) {
        return Err(Common::TooLong { most: WORDS_MAX as i64 }.at("words"));
    }
    let query = Query { words, category, shop, sort: sort.unwrap_or(Sort::Newest), cursor, limit };
    call.asked.app.store().read(move |read| goods::find(read, &query, now, lang)).await
}

async fn one(call: Call<OfListing>) -> Result<GoodsPage> {
    let (now, lang, listing) = (call.now(), call.lang(), call.path.listing);
    call.read(move |read, actor| {
        let shop = match catalog::head(read, listing) {
            Ok(head) => Some(head.shop),
            Err(no) if no.code() == "unknown_listing" => None,
            Err(no) => return Err(no),
        };
        let inside = match shop {
            Some(shop) => {
                identity::has(read, actor, Permission::ShopGoods, Scope::Shop(shop))?
                    || identity::has(read, actor, Permission::MarketReviewGoods, Scope::Market)?
            }
            None => false,
        };
        goods::page(read, listing, inside, now, lang)
    })
    .await
}

async fn categories(call: Call) -> Result<Items<Node>> {
    let lang = call.lang();
    call.store().read(move |read| Ok(Items { items: goods::categories(read, lang)? })).await
}

async fn attributes(call: Call<OfCategory>) -> Result<Items<AttributeField>> {
    let (lang, category) = (call.lang(), call.path.category);
    call.store().read(move |read| Ok(Items { items: seller::attributes(read, category, lang)? })).await
}

async fn shop(call: Call<OfShop>) -> Result<ShopFront> {
    let shop = call.path.shop;
    call.store().read(move |read| goods::front_of(read, shop)).await
}

async fn shop_by_slug(call: Call<OfSlug>) -> Result<ShopFront> {
    let slug = call.path.slug.parse().map_err(|_| Common::NotFound)?;
    call.store().read(move |read| goods::shop_front(read, &slug)).await
}
