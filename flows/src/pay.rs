//! Paying: intend and commit, call the channel, record what it says. The browser's return proves nothing; only a
//! signed callback or an answer to our own question does. [$1 $2]

use crate::{Market, access, close_unpaid, postings, timers};
use kernel::{Actor, Cx, Error, Id, Money, Result, SalesChannel, Time, error::Common, kinds};
use payment::{ChannelError, Notice, NoticeKind, Outcome, channel::Wish};
use serde::{Deserialize, Serialize};
use store::{Act, Answer, Store, Tx};

/// A payment that waits for its buyer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Paying {
    /// The payment.
    pub payment: Id<kinds::Payment>,
    /// How much.
    pub amount: Money,
    /// Where the buyer pays, if the channel has a page for it.
    pub cashier: Option<String>,
}

/// Opens a payment of a trade at a channel; none where there is nothing to pay, and the trade is paid with this.
///
/// # Errors
/// `already_paid`, `order_closed`, `not_found` for another's trade or an unknown channel. Where the channel gave no
/// answer the payment stands all the same: the worker asks again.
pub async fn pay(market: &Market, cx: &Cx, trade: Id<kinds::Trade>, channel: &str) -> Result<Option<Paying>> {
    pay_and_return(market, cx, trade, channel, None).await
}

/// As [`pay`], telling the channel to which page (an absolute address) the buyer goes back.
///
/// # Errors
/// As [`pay`].
pub async fn pay_and_return(
    market: &Market,
    cx: &Cx,
    trade: Id<kinds::Trade>,
    channel: &str,
    return_to: Option<String>,
) -> Result<Option<Paying>> {
    let channel = market.channel(channel)?;
    let Some((payment, amount)) = intend(&market.store, cx, trade, channel.code()).await? else {
        return Ok(None);
    };
    let expires_at = market.store.read(move |read| payment::find(read, payment)).await?.expires_at;
    let opened = channel.create(Wish { number: payment.to_string(), amount, expires_at, return_to }).await;
    match opened {
        Ok(opened) => {
            record_sent(&market.store, cx, payment, opened.channel_ref).await?;
            Ok(Some(Paying { payment, amount, cashier: opened.cashier }))
        }
        Err(ChannelError::Unknown(_)) => Ok(Some(Paying { payment, amount, cashier: None })),
        Err(ChannelError::Refused(code)) => {
            record_failed(&market.store, cx, payment, code.clone()).await?;
            Err(payment::Refusal::ChannelRefused { code }.into())
        }
    }
}

fn intend(
    store: &Store,
    cx: &Cx,
    trade: Id<kinds::Trade>,
    channel: &'static str,
) -> Answer<Option<(Id<kinds::Payment>, Money)>> {
    store.write(Act::new("payment.intend", cx).over(&(trade, channel)), move |tx| {
        let head = order::trade(tx, trade)?;
        access::buyer(tx, head.buyer)?;
        let orders = order::orders_of_trade(tx, trade)?;
        must_be_unpaid(&orders)?;
        if head.amount.minor == 0 {
            take(tx, trade, &orders)?;
            return Ok(None);
        }
        let parts: Vec<_> =
            orders.iter().filter(|order| order.amount > 0).map(|order| (order.id, order.amount)).collect();
        let expires_at = orders.iter().map(|order| order.close_at).min().unwrap_or_else(|| tx.now());
        let payment = payment::intend(tx, trade, &parts, channel, head.amount, expires_at)?;
        Ok(Some((payment, head.amount)))
    })
}

fn must_be_unpaid(orders: &[order::Order]) -> Result<()> {
    if close_unpaid::is_unpaid(orders) {
        return Ok(());
    }
    let closed = orders.iter().any(|order| order.state == order::State::Closed && order.paid_at.is_none());
    Err(if closed { order::Refusal::OrderClosed.into() } else { order::Refusal::AlreadyPaid.into() })
}

fn record_sent(store: &Store, cx: &Cx, payment: Id<kinds::Payment>, channel_ref: String) -> Answer<bool> {
    store.write(Act::new("payment.sent", cx), move |tx| payment::sent(tx, payment, &channel_ref))
}

fn record_failed(store: &Store, cx: &Cx, payment: Id<kinds::Payment>, code: String) -> Answer<bool> {
    store.write(Act::new("payment.failed", cx), move |tx| payment::fail(tx, payment, &code))
}

/// A channel tells something of itself: raw bytes, whose signature is proven before anything is believed. The same
/// message again has no effect.
///
/// # Errors
/// `signature_invalid`, `stale_timestamp`, `merchant_mismatch`, `amount_mismatch`, `currency_mismatch`, `not_found`.
pub fn notified(market: &Market, channel: &str, headers: &[(String, String)], raw: &[u8]) -> Result<Answer<()>> {
    let (channel, notice) = heard(market, channel, headers, raw)?;
    Ok(record(&market.store, channel, notice, None))
}

/// As [`notified`], recorded as of the instant that the channel names: for a replay, whose payments lie in the past.
///
/// # Errors
/// As [`notified`].
pub fn notified_of_the_past(
    market: &Market,
    channel: &str,
    headers: &[(String, String)],
    raw: &[u8],
) -> Result<Answer<()>> {
    let (channel, notice) = heard(market, channel, headers, raw)?;
    let at = Some(notice.at);
    Ok(record(&market.store, channel, notice, at))
}

/// What a channel says, once its signature is proven.
fn heard(market: &Market, channel: &str, headers: &[(String, String)], raw: &[u8]) -> Result<(&'static str, Notice)> {
    let channel = market.channel(channel)?;
    let notice = channel.read_callback(headers, raw, market.store.clock().now())?;
    Ok((channel.code(), notice))
}

/// Records what a channel said of a payment or a refund, whether it told by itself or was asked.
pub(crate) fn record(store: &Store, channel: &'static str, notice: Notice, at: Option<Time>) -> Answer<()> {
    let cx = Cx::new(Actor::System("channel"), format!("{channel} {}", notice.event)).through(SalesChannel::Api);
    let cx = at.into_iter().fold(cx, Cx::at);
    let act = Act::new("payment.notified", &cx)
        .keyed(format!("{channel} {} {} {:?}", notice.event, notice.number, notice.kind));
    // Said again of another amount it is no repetition, and must not be answered as one.
    let act = act.over(&notice.amount);
    store.write(act, move |tx| match &notice.kind {
        NoticeKind::Paid => paid(tx, channel, &notice),
        NoticeKind::Closed => payment::close(tx, notice.payment()?).map(drop).or_else(already_known),
        NoticeKind::Refunded => refunded(tx, channel, &notice),
        NoticeKind::RefundFailed(code) => refund_failed(tx, &notice, code),
    })
}

/// A closing that comes after the money is no news.
fn already_known(error: Error) -> Result<()> {
    if error.code() == "already_paid" { Ok(()) } else { Err(error) }
}

fn paid(tx: &mut Tx, channel: &'static str, notice: &Notice) -> Result<()> {
    let id = notice.payment()?;
    let found = payment::find(tx, id)?;
    same_channel(&found, channel)?;
    let trade = found.trade;
    let outcome = payment::succeed(tx, id, notice.amount, &notice.channel_ref, |tx| {
        let orders = order::orders_of_trade(tx, trade)?;
        if !close_unpaid::is_unpaid(&orders) {
            return Ok(false);
        }
        take(tx, trade, &orders)?;
        let parts = orders.iter().map(|order| (order.id, order.money(order.amount)));
        let parts: Vec<_> = parts.filter(|(_, amount)| amount.minor > 0).collect();
        postings::pay(tx, id, channel, &parts)?;
        Ok(true)
    })?;
    if let Outcome::Late(_) = outcome {
        // Nobody waits for this money any more: it goes back by itself.
        let refund = payment::refund_late(tx, id)?;
        postings::pay_late(tx, id, channel, refund, notice.amount)?;
    }
    Ok(())
}

/// The trade is paid: its orders go on, and nobody closes them and takes their stock back.
fn take(tx: &mut Tx, trade: Id<kinds::Trade>, orders: &[order::Order]) -> Result<()> {
    for order in orders {
        order::mark_paid(tx, order)?;
    }
    tx.drop_timer(timers::CLOSE_UNPAID, trade.raw(), trade.home())
}

fn refunded(tx: &mut Tx, channel: &'static str, notice: &Notice) -> Result<()> {
    let id = notice.refund()?;
    let found = payment::find_refund(tx, id)?;
    same_channel(&payment::find(tx, found.payment)?, channel)?;
    if !payment::refund_done(tx, id, notice.amount, &notice.channel_ref)? {
        return Ok(());
    }
    let Some(document) = found.document else {
        return postings::refunded(tx, id, channel, None, notice.amount);
    };
    let head = aftersale::refund(tx, document)?.head;
    postings::refunded(tx, id, channel, Some(head.ord), notice.amount)?;
    let all = payment::refunds_for(tx, document)?;
    if all.iter().all(|refund| refund.state == payment::RefundState::Done) {
        aftersale::refund_done(tx, document)?;
    }
    Ok(())
}

/// The channel cannot: the money is still owed and stays in transit until somebody decides another way.
fn refund_failed(tx: &mut Tx, notice: &Notice, code: &str) -> Result<()> {
    let id = notice.refund()?;
    let document = payment::find_refund(tx, id)?.document;
    if payment::refund_failed(tx, id, code)?
        && let Some(document) = document
    {
        aftersale::refund_failed(tx, document)?;
    }
    Ok(())
}

/// A channel speaks only of its own payments.
fn same_channel(payment: &payment::Payment, channel: &str) -> Result<()> {
    if payment.channel == channel { Ok(()) } else { Err(Common::NotFound.into()) }
}
