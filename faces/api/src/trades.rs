//! Buying: what stands in the cart becomes a trade, which is paid or cancelled as a whole.

use crate::{
    answers::OfTrade,
    call::Call,
    op::{self, Op, chapter},
};
use flows::{
    checkout::{self, Checkout, Placed},
    close_unpaid,
    pay::{self, Paying},
};
use kernel::{Actor, Error, Id, Money, Result, Text, Time, error::Common, kinds};
use order::{Order, State, Trade};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

const NOT_PLACED: &[&str] = &[
    "out_of_stock",
    "price_changed",
    "price_missing",
    "unknown_sku",
    "listing_not_listed",
    "sku_delisted",
    "shop_frozen",
    "shop_not_open",
    "currency_mismatch",
    "no_warehouse",
    "no_lines",
];

pub(crate) fn operations() -> Vec<Op> {
    chapter(
        "trades",
        vec![
            op::post("checkout", "/trades", place)
                .does("Places a trade at the prices in force; its stock is held until it is paid or its time is over. Whoever has not logged in buys as a new guest and is shown his token.")
                .refuses(NOT_PLACED),
            op::get("getTrade", "/trades/{trade}", show).does("A trade of the asker's, with its orders and payments."),
            op::post("payTrade", "/trades/{trade}/payments", pay_it)
                .does("Opens a payment at a channel. The buyer pays at the cashier's address; only what the channel says itself makes the trade paid.")
                .refuses(&["already_paid", "order_closed", "channel_refused"]),
            op::act("cancelTrade", "/trades/{trade}/cancel", cancel)
                .does("Cancels what is not paid.")
                .refuses(&["wrong_state", "already_paid"]),
        ],
    )
}

/// A trade that was placed.
#[derive(Serialize, JsonSchema)]
struct CheckedOut {
    /// The trade.
    #[serde(flatten)]
    placed: Placed,
    /// What opens the orders of a guest who has just become one: a session's token, shown once.
    guest_token: Option<String>,
}

async fn place(call: Call<(), (), Checkout>) -> Result<CheckedOut> {
    let (cx, wish) = (call.asked.cx.clone(), call.body);
    if cx.actor != Actor::Anyone {
        let placed = checkout::checkout(call.asked.app.store(), &cx, wish).await?;
        return Ok(CheckedOut { placed, guest_token: None });
    }
    let (placed, token) = call.asked.app.aside(move |app| checkout::checkout_as_guest(app.store(), &cx, wish)).await?;
    Ok(CheckedOut { placed, guest_token: Some(token.to_string()) })
}

/// A trade as its buyer sees it.
#[derive(Serialize, JsonSchema)]
struct TradeShown {
    /// The trade.
    trade: Trade,
    /// Its orders, one per shop.
    orders: Vec<OrderOfTrade>,
    /// Until when it may be paid.
    pay_by: Time,
    /// The attempts to pay it, oldest first.
    payments: Vec<PaymentOfTrade>,
}

/// An order of a trade.
#[derive(Serialize, JsonSchema)]
struct OrderOfTrade {
    /// The order.
    id: Id<kinds::Order>,
    /// Who sells.
    shop: Id<kinds::Shop>,
    /// Where it stands.
    state: State,
    /// What it costs.
    amount: Money,
}

/// An attempt to pay a trade.
#[derive(Serialize, JsonSchema)]
struct PaymentOfTrade {
    /// The payment.
    id: Id<kinds::Payment>,
    /// The channel's code.
    channel: String,
    /// Where it stands.
    state: payment::State,
    /// How much.
    amount: Money,
    /// When it was intended.
    created_at: Time,
    /// When it succeeded, closed or failed.
    ended_at: Option<Time>,
}

async fn show(call: Call<OfTrade>) -> Result<TradeShown> {
    let id = call.path.trade;
    call.read(move |read, actor| {
        let trade = order::trade(read, id)?;
        identity::acts_for(read, actor, trade.buyer)?;
        let orders = order::orders_of_trade(read, id)?;
        let pay_by = orders.iter().map(|order| order.close_at).min().unwrap_or(trade.placed_at);
        let payments = payment::of_trade(read, id)?.into_iter().map(payment_shown).collect();
        Ok(TradeShown { trade, orders: orders.iter().map(order_shown).collect(), pay_by, payments })
    })
    .await
}

fn order_shown(order: &Order) -> OrderOfTrade {
    OrderOfTrade { id: order.id, shop: order.shop, state: order.state, amount: order.money(order.amount) }
}

fn payment_shown(payment: payment::Payment) -> PaymentOfTrade {
    let payment::Payment { id, channel, state, amount, created_at, ended_at, .. } = payment;
    PaymentOfTrade { id, channel, state, amount, created_at, ended_at }
}

/// How a trade shall be paid.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PayBy {
    /// The channel's code, one of the market's.
    channel: Text<40>,
    /// The page to which the channel sends the buyer back: an absolute address.
    return_to: Option<Text<2000>>,
}

/// What the buyer has to do.
#[derive(Serialize, JsonSchema)]
struct ToPay {
    /// The payment that waits for him; none where there was nothing to pay, and the trade is paid with this.
    payment: Option<Paying>,
}

async fn pay_it(call: Call<OfTrade, (), PayBy>) -> Result<ToPay> {
    let return_to = call.body.return_to.as_ref().map(|address| {
        let is_web = address.starts_with("https://") || address.starts_with("http://");
        let no = || Error::from(Common::Malformed { expected: "an absolute address of the web" }).at("return_to");
        if is_web { Ok(address.to_string()) } else { Err(no()) }
    });
    let (market, cx) = (call.app().market(), call.cx());
    let payment = pay::pay_and_return(market, cx, call.path.trade, &call.body.channel, return_to.transpose()?).await?;
    Ok(ToPay { payment })
}

async fn cancel(call: Call<OfTrade>) -> Result<()> {
    close_unpaid::cancel(call.store(), call.cx(), call.path.trade).await
}
