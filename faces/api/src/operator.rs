//! The market's own people: shops and goods to review, orders and refunds to look after.

use crate::{
    answers::{Limit, OfCase, OfListing, OfOrder, OfShop, Paged},
    call::Call,
    may,
    op::{self, Op, chapter},
};
use flows::{list_goods, open_shop, refund};
use identity::{Permission, Scope};
use kernel::{Cursor, Id, Money, Page, Result, Text, Units, error::Common, kinds};
use merchant::{Shop, ShopState, Verdict};
use order::State;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use views::{
    CaseCard, GoodsCard, OrderCard,
    ops::{self, Home, OrderFilter, ShopReview},
    order_page::{self, OrderPage},
};

pub(crate) fn operations() -> Vec<Op> {
    [
        chapter("operator: shops", shop_operations()),
        chapter("operator: goods", goods_operations()),
        chapter("operator: orders", order_operations()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn shop_operations() -> Vec<Op> {
    vec![
        op::get("getMarketWork", "/operator/work", work)
            .does("What waits for the market's people, each counted up to 99."),
        op::get("listShops", "/operator/shops", shops).does("The market's shops, the latest applied for first."),
        op::get("getShopReview", "/operator/shops/{shop}", shop).does("A shop with everything that a review asks for."),
        op::act("reviewShop", "/operator/shops/{shop}/review", review_shop)
            .does("Approves an application, sends it back or turns it down.")
            .refuses(&["wrong_state", "not_found"]),
        op::act("recordDeposit", "/operator/shops/{shop}/deposits", deposit)
            .does("Records that a shop's deposit arrived through a channel.")
            .refuses(&["wrong_state", "deposit_exceeds_due", "currency_mismatch", "not_found"]),
        op::act("freezeShop", "/operator/shops/{shop}/freeze", freeze)
            .does("Nothing new is sold there; what was sold goes on.")
            .refuses(&["wrong_state", "not_found"]),
        op::act("unfreezeShop", "/operator/shops/{shop}/unfreeze", unfreeze)
            .does("The shop sells again.")
            .refuses(&["wrong_state", "not_found"]),
    ]
}

fn goods_operations() -> Vec<Op> {
    vec![
        op::get("listGoodsToReview", "/operator/goods", goods).does("Goods that wait for a review, the oldest first."),
        op::act("reviewGoods", "/operator/goods/{listing}/review", review_goods)
            .does("Lists goods or refuses them, as they were in the version that was looked at.")
            .refuses(&["unknown_listing", "listing_changed", "listing_state_forbids"]),
    ]
}

fn order_operations() -> Vec<Op> {
    vec![
        op::get("listMarketOrders", "/operator/orders", orders).does("The market's orders, newest first."),
        op::get("getMarketOrder", "/operator/orders/{order}", order_shown)
            .does("An order with its postings and everything else that is known of it; whoever receives it is masked."),
        op::get("listMarketCases", "/operator/cases", cases)
            .does("The cases that wait for a ruling, the most urgent first."),
        op::act("ruleOnCase", "/operator/cases/{case}/ruling", rule)
            .does("Decides a case that came to the market.")
            .refuses(&["case_decided", "wrong_state", "refund_exceeds_units", "refund_exceeds_paid", "line_unknown"]),
    ]
}

/// What waits is nobody's secret among the market's people, whatever each may do.
async fn work(call: Call) -> Result<Home> {
    let now = call.now();
    call.read(move |read, actor| {
        let mut works_here = false;
        for permission in Permission::ALL.iter().filter(|permission| permission.fits(identity::ScopeKind::Market)) {
            works_here = works_here || identity::has(read, actor, *permission, Scope::Market)?;
        }
        match (works_here, actor) {
            (true, _) => ops::home(read, now),
            (false, kernel::Actor::Anyone | kernel::Actor::Guest(_)) => Err(Common::LoginNeeded.into()),
            (false, _) => Err(Common::PermissionMissing { permission: "market" }.into()),
        }
    })
    .await
}

/// Which shops.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WhichShops {
    /// Only those in this state; all where nothing is said.
    state: Option<ShopState>,
    /// Where the page begins: the `next` of the page before; none for the first one.
    cursor: Option<Cursor>,
    /// How many.
    #[serde(default)]
    limit: Limit,
}

async fn shops(call: Call<(), WhichShops>) -> Result<Page<Shop>> {
    let WhichShops { state, cursor, limit: Limit(limit) } = call.query;
    call.read(move |read, actor| {
        may::in_market(read, actor, Permission::MarketReviewShops)?;
        ops::shops(read, state, cursor, limit)
    })
    .await
}

async fn shop(call: Call<OfShop>) -> Result<ShopReview> {
    let shop = call.path.shop;
    call.read(move |read, actor| {
        may::in_market(read, actor, Permission::MarketReviewShops)?;
        ops::shop(read, shop)
    })
    .await
}

async fn review_shop(call: Call<OfShop, (), Verdict>) -> Result<()> {
    open_shop::review(call.asked.app.store(), &call.asked.cx, call.path.shop, call.body).await
}

/// A deposit that arrived.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Deposit {
    /// Through which channel, by its code.
    channel: Text<40>,
    /// How much.
    amount: Money,
}

/// How far a deposit is paid.
#[derive(Serialize, JsonSchema)]
struct Deposited {
    /// Whether all of it is there.
    complete: bool,
}

async fn deposit(call: Call<OfShop, (), Deposit>) -> Result<Deposited> {
    let Deposit { channel, amount } = call.body;
    let app = &call.asked.app;
    let channel = app.market().channel(&channel).map_err(|no| no.at("channel"))?.code();
    let complete = open_shop::deposit_arrived(app.store(), &call.asked.cx, call.path.shop, channel, amount).await?;
    Ok(Deposited { complete })
}

/// Why.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Why {
    /// In words.
    why: Text<500>,
}

async fn freeze(call: Call<OfShop, (), Why>) -> Result<()> {
    open_shop::freeze(call.asked.app.store(), &call.asked.cx, call.path.shop, call.body.why).await
}

async fn unfreeze(call: Call<OfShop, (), Why>) -> Result<()> {
    open_shop::unfreeze(call.asked.app.store(), &call.asked.cx, call.path.shop, call.body.why).await
}

async fn goods(call: Call<(), Paged>) -> Result<Page<GoodsCard>> {
    let (cursor, limit, now, lang) = (call.query.cursor, call.query.limit.0, call.now(), call.lang());
    call.read(move |read, actor| {
        may::in_market(read, actor, Permission::MarketReviewGoods)?;
        ops::goods_queue(read, cursor, limit, now, lang)
    })
    .await
}

async fn review_goods(call: Call<OfListing, (), catalog::Verdict>) -> Result<()> {
    list_goods::review(call.asked.app.store(), &call.asked.cx, call.path.listing, call.body).await
}

/// Which orders.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WhichOrders {
    /// Only those in this state.
    state: Option<State>,
    /// Only those of this shop.
    shop: Option<Id<kinds::Shop>>,
    /// Where the page begins: the `next` of the page before; none for the first one.
    cursor: Option<Cursor>,
    /// How many.
    #[serde(default)]
    limit: Limit,
}

async fn orders(call: Call<(), WhichOrders>) -> Result<Page<OrderCard>> {
    let WhichOrders { state, shop, cursor, limit: Limit(limit) } = call.query;
    let lang = call.lang();
    call.read(move |read, actor| {
        may::in_market(read, actor, Permission::MarketOrders)?;
        ops::orders(read, OrderFilter { state, shop }, cursor, limit, lang)
    })
    .await
}

async fn order_shown(call: Call<OfOrder>) -> Result<OrderPage> {
    let id = call.path.order;
    call.read(move |read, actor| {
        may::in_market(read, actor, Permission::MarketOrders)?;
        order_page::order_page(read, id)
    })
    .await
}

async fn cases(call: Call<(), Paged>) -> Result<Page<CaseCard>> {
    let (cursor, limit) = (call.query.cursor, call.query.limit.0);
    call.read(move |read, actor| {
        may::in_market(read, actor, Permission::MarketRefunds)?;
        ops::cases(read, cursor, limit)
    })
    .await
}

/// The market's word on a case.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Ruling {
    /// Whether the buyer gets his money.
    granted: bool,
    /// For how many units of which of the case's lines; empty for the case as it stands.
    #[serde(default)]
    lines: Vec<(i64, Units)>,
    /// Why.
    words: Option<Text<2000>>,
}

async fn rule(call: Call<OfCase, (), Ruling>) -> Result<()> {
    let Ruling { granted, lines, words } = call.body;
    let ruling = refund::Ruling { case: call.path.case, granted, lines, words };
    refund::rule(call.asked.app.store(), &call.asked.cx, ruling).await
}
