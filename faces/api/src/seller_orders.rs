//! A shop's daily work: orders to ship, refunds to decide, offers to make.

use crate::{
    answers::{Limit, Made, OfCase, OfOrder, OfParcel, OfQuotation, OfShop, Paged},
    call::Call,
    may,
    op::{self, Op, chapter},
    orders::NOT_GIVEN_BACK,
    shown::OrderShown,
};
use delivery::Scan;
use flows::{
    quote::{self, Quote},
    refund::{self, RefundWish, Refunding},
    ship::{self, Shipment},
};
use identity::Permission;
use kernel::{Cursor, Money, Page, Result, kinds};
use quotation::Quotation;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use views::{
    CaseCard, OrderCard, QuotationCard,
    order_page::{Settlement, order_page_in_full},
    seller::{self, Tab},
};

pub(crate) fn operations() -> Vec<Op> {
    [
        chapter("seller: orders", order_operations()),
        chapter("seller: refunds", refund_operations()),
        chapter("seller: quotations", quotation_operations()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn order_operations() -> Vec<Op> {
    vec![
        op::get("listShopOrders", "/seller/shops/{shop}/orders", list).does("A shop's orders, latest first."),
        op::get("getShopOrder", "/seller/orders/{order}", show)
            .does("An order of a shop's, with where it goes and what it brings."),
        op::post("shipOrder", "/seller/shipments", ship_it)
            .does("Hands an order over to a carrier, whole or in part.")
            .refuses(&["wrong_state", "nothing_to_ship", "unknown_line", "waybill_used"]),
        op::act("recordScan", "/seller/parcels/{parcel}/scans", scanned)
            .does("Records what a carrier says of a parcel; the same scan again changes nothing.")
            .refuses(&["scan_in_future"]),
    ]
}

fn refund_operations() -> Vec<Op> {
    vec![
        op::get("listShopCases", "/seller/shops/{shop}/cases", cases)
            .does("What a shop has to decide, the most urgent first."),
        op::act("agreeToCase", "/seller/cases/{case}/agree", agree).does("Says yes: the money goes back.").refuses(&[
            "case_decided",
            "refund_exceeds_units",
            "refund_exceeds_paid",
            "wrong_state",
        ]),
        op::act("refuseCase", "/seller/cases/{case}/refuse", refuse)
            .does("Says no: the case goes to the market, which decides.")
            .refuses(&["case_decided"]),
        op::post("grantRefund", "/seller/refunds", grant)
            .does("Gives money back of the shop's own accord.")
            .refuses(NOT_GIVEN_BACK),
    ]
}

const NOT_QUOTED: &[&str] =
    &["unknown_sku", "currency_mismatch", "shop_frozen", "shop_not_open", "quotation_empty", "not_found"];

fn quotation_operations() -> Vec<Op> {
    vec![
        op::get("listShopQuotations", "/seller/shops/{shop}/quotations", quotations)
            .does("A shop's offers, latest first; its drafts are among them."),
        op::get("getShopQuotation", "/seller/quotations/{quotation}", quotation_shown)
            .does("An offer of a shop's, with its lines."),
        op::post("draftQuotation", "/seller/quotations", draft)
            .does("Drafts an offer to one buyer; nobody but the shop sees it.")
            .refuses(NOT_QUOTED),
        op::post("offerQuotation", "/seller/quotations/offers", offer)
            .does("Drafts an offer and puts it before its buyer in one act.")
            .refuses(NOT_QUOTED),
        op::act("sendQuotation", "/seller/quotations/{quotation}/send", send)
            .does("Puts a draft before its buyer.")
            .refuses(&["quotation_not_draft", "quotation_empty"]),
        op::act("withdrawQuotation", "/seller/quotations/{quotation}/withdraw", withdraw)
            .does("Takes an offer back.")
            .refuses(&["quotation_not_open"]),
    ]
}

/// Which orders.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Which {
    /// Only these; all where nothing is said.
    tab: Option<Tab>,
    /// Where the page begins: the `next` of the page before; none for the first one.
    cursor: Option<Cursor>,
    /// How many.
    #[serde(default)]
    limit: Limit,
}

async fn list(call: Call<OfShop, Which>) -> Result<Page<OrderCard>> {
    let (shop, lang) = (call.path.shop, call.lang());
    let Which { tab, cursor, limit: Limit(limit) } = call.query;
    let tab = tab.unwrap_or(Tab::All);
    call.read(move |read, actor| {
        may::in_shop(read, actor, shop, Permission::ShopOrders)?;
        seller::orders(read, shop, tab, cursor, limit, lang)
    })
    .await
}

/// An order as its shop sees it.
#[derive(Serialize, JsonSchema)]
struct ShopsOrder {
    /// The order.
    #[serde(flatten)]
    order: OrderShown,
    /// What the market keeps of it, from confirmation on.
    commission: Money,
    /// What it brought, once it is settled.
    settlement: Option<Settlement>,
}

async fn show(call: Call<OfOrder>) -> Result<ShopsOrder> {
    let id = call.path.order;
    call.read(move |read, actor| {
        let head = order::order(read, id)?;
        may::in_shop_hidden(read, actor, head.shop, Permission::ShopOrders)?;
        let mut page = order_page_in_full(read, id)?;
        let settlement = page.settlement.take();
        Ok(ShopsOrder { order: OrderShown::of(page), commission: head.money(head.commission), settlement })
    })
    .await
}

async fn ship_it(call: Call<(), (), Shipment>) -> Result<Made<kinds::Parcel>> {
    ship::ship(call.asked.app.store(), &call.asked.cx, call.body).await.map(Made)
}

async fn scanned(call: Call<OfParcel, (), Scan>) -> Result<()> {
    ship::scanned(call.asked.app.store(), &call.asked.cx, call.path.parcel, call.body).await
}

async fn cases(call: Call<OfShop, Paged>) -> Result<Page<CaseCard>> {
    let (shop, cursor, limit) = (call.path.shop, call.query.cursor, call.query.limit.0);
    call.read(move |read, actor| {
        may::in_shop(read, actor, shop, Permission::ShopRefunds)?;
        seller::cases(read, shop, cursor, limit)
    })
    .await
}

async fn agree(call: Call<OfCase>) -> Result<Refunding> {
    refund::agree(call.store(), call.cx(), call.path.case).await
}

async fn refuse(call: Call<OfCase>) -> Result<()> {
    refund::refuse(call.store(), call.cx(), call.path.case).await
}

async fn grant(call: Call<(), (), RefundWish>) -> Result<Refunding> {
    refund::grant(call.asked.app.store(), &call.asked.cx, call.body).await
}

/// Which offers.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct WhichOffers {
    /// Only those in this state; all where nothing is said.
    state: Option<quotation::State>,
    /// Where the page begins: the `next` of the page before; none for the first one.
    cursor: Option<Cursor>,
    /// How many.
    #[serde(default)]
    limit: Limit,
}

async fn quotations(call: Call<OfShop, WhichOffers>) -> Result<Page<QuotationCard>> {
    let shop = call.path.shop;
    let WhichOffers { state, cursor, limit: Limit(limit) } = call.query;
    call.read(move |read, actor| {
        may::in_shop(read, actor, shop, Permission::ShopQuotations)?;
        seller::quotations(read, shop, state, cursor, limit)
    })
    .await
}

async fn quotation_shown(call: Call<OfQuotation>) -> Result<Quotation> {
    let id = call.path.quotation;
    call.read(move |read, actor| {
        let found = quotation::quotation(read, id)?;
        may::in_shop_hidden(read, actor, found.head.shop, Permission::ShopQuotations)?;
        Ok(found)
    })
    .await
}

async fn draft(call: Call<(), (), Quote>) -> Result<Made<kinds::Quotation>> {
    quote::draft(call.asked.app.store(), &call.asked.cx, call.body).await.map(Made)
}

async fn offer(call: Call<(), (), Quote>) -> Result<Made<kinds::Quotation>> {
    quote::offer(call.asked.app.store(), &call.asked.cx, call.body).await.map(Made)
}

async fn send(call: Call<OfQuotation>) -> Result<()> {
    quote::send(call.store(), call.cx(), call.path.quotation).await
}

async fn withdraw(call: Call<OfQuotation>) -> Result<()> {
    quote::withdraw(call.store(), call.cx(), call.path.quotation).await
}
