//! What a shop sells: writing goods down, their variants and prices, on sale and off; and what lies on the shelves.

use crate::{
    answers::{Limit, Made, OfListing, OfShop, OfSku, Paged},
    call::Call,
    may,
    op::{self, Op, chapter},
};
use catalog::{NewSku, SkuState, State};
use flows::{
    list_goods,
    stocking::{self, Count, Receipt},
    write_goods::{self, Sheet},
};
use identity::Permission;
use kernel::{Cursor, Money, Page, Result, Units, kinds};
use schemars::JsonSchema;
use serde::Deserialize;
use views::{
    GoodsCard,
    seller::{self, SkuStock},
};

const NOT_WRITTEN: &[&str] = &[
    "unknown_category",
    "unknown_attribute",
    "unknown_choice",
    "wrong_attribute_type",
    "unknown_brand",
    "listing_changed",
    "unknown_listing",
];

const NOT_CHANGED: &[&str] =
    &["unknown_listing", "listing_state_forbids", "listing_changed", "shop_frozen", "shop_not_open"];

pub(crate) fn operations() -> Vec<Op> {
    let mut all = chapter("seller: goods", goods_operations());
    all.extend(chapter(
        "seller: stock",
        vec![
            op::get("listStock", "/seller/shops/{shop}/stock", stock).does("A shop's variants with what lies of them."),
            op::act("receiveStock", "/seller/receipts", receive)
                .does("Goods come into a shop's main warehouse.")
                .refuses(&["no_warehouse", "unknown_sku"]),
            op::put("correctStock", "/seller/counts", correct)
                .does("Puts the number on hand right after a count.")
                .refuses(&["no_warehouse", "below_reserved", "unknown_sku"]),
        ],
    ));
    all
}

fn goods_operations() -> Vec<Op> {
    vec![
        op::get("listOwnGoods", "/seller/shops/{shop}/goods", list).does("What a shop sells, newest first."),
        op::post("writeGoods", "/seller/shops/{shop}/goods", write)
            .does("Writes new goods down as a draft.")
            .refuses(NOT_WRITTEN),
        op::put("rewriteGoods", "/seller/goods/{listing}", rewrite)
            .does("Writes goods anew; what was on sale goes back to review.")
            .refuses(NOT_WRITTEN),
        op::post("addSku", "/seller/goods/{listing}/skus", add_sku).does("Adds a variant.").refuses(&[
            "unknown_listing",
            "sku_code_taken",
            "listing_changed",
            "unknown_attribute",
            "wrong_attribute_type",
            "unknown_choice",
        ]),
        op::put("setPrice", "/seller/skus/{sku}/price", price)
            .does("Sets a variant's price from a quantity on, from now on.")
            .refuses(&["unknown_sku", "currency_mismatch", "listing_changed"]),
        op::put("switchSku", "/seller/skus/{sku}/state", switch)
            .does("Puts a variant on sale or takes it off.")
            .refuses(&["unknown_sku", "listing_changed"]),
        op::act("submitGoods", "/seller/goods/{listing}/submit", submit).does("Hands a draft in for review.").refuses(
            &[
                "unknown_listing",
                "listing_state_forbids",
                "listing_changed",
                "title_missing",
                "sku_missing",
                "attribute_missing",
                "shop_frozen",
                "shop_not_open",
            ],
        ),
        op::act("listGoods", "/seller/goods/{listing}/list", put_on_sale)
            .does("Puts reviewed goods on sale again.")
            .refuses(&[
                "unknown_listing",
                "listing_state_forbids",
                "listing_changed",
                "listing_barred",
                "title_missing",
                "sku_missing",
                "attribute_missing",
                "shop_frozen",
                "shop_not_open",
            ]),
        op::act("delistGoods", "/seller/goods/{listing}/delist", take_off_sale)
            .does("Takes goods off sale.")
            .refuses(NOT_CHANGED),
    ]
}

/// Which goods.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Which {
    /// Only those in this state; all where nothing is said.
    state: Option<State>,
    /// Where the page begins: the `next` of the page before; none for the first one.
    cursor: Option<Cursor>,
    /// How many.
    #[serde(default)]
    limit: Limit,
}

async fn list(call: Call<OfShop, Which>) -> Result<Page<GoodsCard>> {
    let (shop, here) = (call.path.shop, (call.now(), call.lang()));
    let Which { state, cursor, limit: Limit(limit) } = call.query;
    call.read(move |read, actor| {
        may::in_shop(read, actor, shop, Permission::ShopGoods)?;
        seller::goods(read, shop, state, cursor, limit, here)
    })
    .await
}

async fn write(call: Call<OfShop, (), Sheet>) -> Result<Made<kinds::Listing>> {
    write_goods::write(call.asked.app.store(), &call.asked.cx, call.path.shop, call.body).await.map(Made)
}

async fn rewrite(call: Call<OfListing, (), Sheet>) -> Result<()> {
    write_goods::rewrite(call.asked.app.store(), &call.asked.cx, call.path.listing, call.body).await
}

async fn add_sku(call: Call<OfListing, (), NewSku>) -> Result<Made<kinds::Sku>> {
    list_goods::add_sku(call.asked.app.store(), &call.asked.cx, call.path.listing, call.body).await.map(Made)
}

/// A price.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewPrice {
    /// How much, in the currency of the shop.
    price: Money,
    /// From how many units on.
    #[serde(default = "one")]
    from: Units,
}

fn one() -> Units {
    Units::new(1).expect("one unit is a quantity")
}

async fn price(call: Call<OfSku, (), NewPrice>) -> Result<()> {
    let NewPrice { price, from } = call.body;
    list_goods::set_price(call.asked.app.store(), &call.asked.cx, call.path.sku, price, from).await
}

/// Whether a variant shall be on sale.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Switch {
    /// On sale or not.
    state: SkuState,
}

async fn switch(call: Call<OfSku, (), Switch>) -> Result<()> {
    write_goods::switch_sku(call.store(), call.cx(), call.path.sku, call.body.state).await
}

async fn submit(call: Call<OfListing>) -> Result<()> {
    list_goods::submit(call.store(), call.cx(), call.path.listing).await
}

async fn put_on_sale(call: Call<OfListing>) -> Result<()> {
    list_goods::list(call.store(), call.cx(), call.path.listing).await
}

async fn take_off_sale(call: Call<OfListing>) -> Result<()> {
    list_goods::delist(call.store(), call.cx(), call.path.listing).await
}

async fn stock(call: Call<OfShop, Paged>) -> Result<Page<SkuStock>> {
    let (shop, lang) = (call.path.shop, call.lang());
    let (cursor, limit) = (call.query.cursor, call.query.limit.0);
    call.read(move |read, actor| {
        may::in_shop(read, actor, shop, Permission::ShopStock)?;
        seller::stock(read, shop, cursor, limit, lang)
    })
    .await
}

async fn receive(call: Call<(), (), Receipt>) -> Result<()> {
    stocking::receive(call.asked.app.store(), &call.asked.cx, call.body).await
}

async fn correct(call: Call<(), (), Count>) -> Result<()> {
    stocking::correct(call.store(), call.cx(), call.body).await
}
