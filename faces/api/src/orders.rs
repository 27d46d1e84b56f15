//! What was bought: following orders, confirming them, wanting something back.

use crate::{
    answers::{Items, Limit, OfCase, OfOrder},
    call::Call,
    op::{self, Op, chapter},
    shown::OrderShown,
};
use flows::{
    confirm,
    refund::{self, RefundWish, Refunding},
};
use kernel::{Cursor, Page, Result};
use schemars::JsonSchema;
use serde::Deserialize;
use views::{
    OrderCard,
    mine::{self, Counts, Group},
    order_page::order_page_in_full,
};

/// What a refund may be refused for, whoever asks.
pub(crate) const NOT_GIVEN_BACK: &[&str] = &[
    "wrong_state",
    "refund_exceeds_units",
    "refund_exceeds_paid",
    "reason_unknown",
    "case_open",
    "unknown_line",
    "line_unknown",
    "no_lines",
];

pub(crate) fn operations() -> Vec<Op> {
    let mut all = chapter(
        "orders",
        vec![
            op::get("listOrders", "/orders", list).does("The asker's orders, newest first."),
            op::get("countOrders", "/orders/counts", counts).does("How many orders stand in each group, up to 99."),
            op::get("getOrder", "/orders/{order}", show)
                .does("An order of the asker's, from placing to the last refund."),
            op::act("confirmOrder", "/orders/{order}/confirm", confirm_it)
                .does("The goods are there: the money leaves escrow.")
                .refuses(&["wrong_state"]),
            op::act("extendOrder", "/orders/{order}/extend", extend)
                .does("Takes more time before the order confirms itself, once.")
                .refuses(&["wrong_state", "already_extended"]),
        ],
    );
    all.extend(chapter(
        "refunds",
        vec![
            op::get("listRefundReasons", "/refund-reasons", reasons).does("The codes of reasons for a kind of case."),
            op::post("askRefund", "/refunds", ask)
                .does("Asks for money back. What has not gone out is given back at once; for the rest the shop has its time to answer.")
                .refuses(NOT_GIVEN_BACK),
            op::act("withdrawCase", "/cases/{case}/withdraw", withdraw)
                .does("Takes a case of the asker's back.")
                .refuses(&["case_decided"]),
        ],
    ));
    all
}

/// Which orders.
#[derive(Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Which {
    /// Only these; all where nothing is said.
    group: Option<Group>,
    /// Where the page begins: the `next` of the page before; none for the first one.
    cursor: Option<Cursor>,
    /// How many.
    #[serde(default)]
    limit: Limit,
}

async fn list(call: Call<(), Which>) -> Result<Page<OrderCard>> {
    let lang = call.lang();
    let Which { group, cursor, limit: Limit(limit) } = call.query;
    let group = group.unwrap_or(Group::All);
    call.read_own(move |read, own| mine::orders(read, own, group, cursor, limit, lang)).await
}

async fn counts(call: Call) -> Result<Counts> {
    call.read_own(mine::counts).await
}

async fn show(call: Call<OfOrder>) -> Result<OrderShown> {
    let id = call.path.order;
    call.read(move |read, actor| {
        let buyer = order::order(read, id)?.buyer;
        identity::acts_for(read, actor, buyer)?;
        order_page_in_full(read, id).map(OrderShown::of)
    })
    .await
}

async fn confirm_it(call: Call<OfOrder>) -> Result<()> {
    confirm::confirm(call.store(), call.cx(), call.path.order).await
}

async fn extend(call: Call<OfOrder>) -> Result<()> {
    confirm::extend(call.store(), call.cx(), call.path.order).await
}

/// Of which kind of case.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct OfKind {
    /// The kind; giving money back alone where nothing is said.
    kind: Option<aftersale::Kind>,
}

async fn reasons(call: Call<(), OfKind>) -> Result<Items<String>> {
    let kind = call.query.kind.unwrap_or(aftersale::Kind::RefundOnly);
    call.store().read(move |read| Ok(Items { items: aftersale::reasons(read, kind)? })).await
}

async fn ask(call: Call<(), (), RefundWish>) -> Result<Refunding> {
    refund::ask(call.asked.app.store(), &call.asked.cx, call.body).await
}

async fn withdraw(call: Call<OfCase>) -> Result<()> {
    refund::withdraw(call.store(), call.cx(), call.path.case).await
}
