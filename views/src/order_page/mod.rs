//! An order as a person wants to see it: what was bought, what has become of it, where the money and the goods went.

mod ask;
pub(crate) mod mask;
mod render;
mod show;
mod table;
mod things;

use crate::outside::{outside, owner_of};
use kernel::{Id, Money, Result, Time, kinds};
use ledger::Account;
use order::{Charge, Order, PriceRow, Recipient, Trade};
use serde::Serialize;
use store::Read;

pub use render::render;
pub use show::show;

#[cfg(test)]
pub(crate) use {show::columns_of, things::all};

/// All that is known of one order. Ids are in their outside form, amounts in minor units beside their currency.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct OrderPage {
    /// Its head.
    pub order: Order,
    /// What it is part of.
    pub trade: Trade,
    /// What was bought, each with how its price came about.
    pub lines: Vec<Line>,
    /// Freight, fees, tax.
    pub charges: Vec<Charge>,
    /// Where it goes; masked unless the page was asked for in full.
    pub recipient: Option<Recipient>,
    /// What happened to it, oldest first.
    pub timeline: Vec<Change>,
    /// How it was paid, and what the channels were asked to give back of it.
    pub payments: Vec<Payment>,
    /// Who wanted something back.
    pub cases: Vec<Case>,
    /// What goes back.
    pub refunds: Vec<Refund>,
    /// What left the shop.
    pub parcels: Vec<Parcel>,
    /// What it holds, or held, on the shelves.
    pub reservations: Vec<Reservation>,
    /// What left the shelves for it, or came back.
    pub movements: Vec<Movement>,
    /// What was posted about it.
    pub entries: Vec<Entry>,
    /// What it brought the shop, once it is settled.
    pub settlement: Option<Settlement>,
}

/// A line with its price ledger.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "OrderPageLine")]
pub struct Line {
    /// The line.
    #[serde(flatten)]
    pub line: order::Line,
    /// How its price came about.
    pub prices: Vec<PriceRow>,
}

/// Something that happened to the order.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "OrderChange")]
pub struct Change {
    /// The order's version after it.
    pub n: i64,
    /// The event.
    pub what: String,
    /// The state before.
    pub was: String,
    /// The state after.
    pub became: String,
    /// What sort of actor.
    pub actor: String,
    /// Who; none for the market itself.
    pub who: Option<String>,
    /// When.
    pub at: Time,
    /// A reason's code.
    pub why: String,
}

/// A payment of the order's trade, as far as it is this order's.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "OrderPayment")]
pub struct Payment {
    /// The payment.
    pub id: Id<kinds::Payment>,
    /// The channel's code.
    pub channel: String,
    /// Where it stands.
    pub state: payment::State,
    /// Of the whole trade.
    pub amount: Money,
    /// Of this order.
    pub part: i64,
    /// Of the part, decided to go back.
    pub part_refunded: i64,
    /// When it was intended.
    pub created_at: Time,
    /// When it succeeded, closed or failed.
    pub ended_at: Option<Time>,
    /// What the channel was asked to give back for this order, or of late money.
    pub refunds: Vec<PaymentRefund>,
}

/// One asking of a channel to give money back.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
pub struct PaymentRefund {
    /// The asking.
    pub id: Id<kinds::PaymentRefund>,
    /// The refund document; none for money that came late.
    pub document: Option<Id<kinds::Refund>>,
    /// How much.
    pub amount: i64,
    /// How far it has come.
    pub state: payment::RefundState,
    /// When it was decided.
    pub created_at: Time,
    /// When it was done or failed.
    pub ended_at: Option<Time>,
}

/// An after-sales case.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "OrderCase")]
pub struct Case {
    /// The case.
    pub id: Id<kinds::Case>,
    /// What is wanted.
    pub kind: aftersale::Kind,
    /// Where it stands.
    pub state: aftersale::State,
    /// Why it was opened.
    pub reason: String,
    /// When.
    pub asked_at: Time,
    /// Until when whoever has it decides.
    pub answer_by: Option<Time>,
    /// When it ended.
    pub decided_at: Option<Time>,
    /// On what it was granted or refused.
    pub ground: Option<aftersale::Ground>,
    /// What it is about: goods or charge, number, units.
    pub lines: Vec<(aftersale::LineKind, i64, i64)>,
}

/// A refund document.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "OrderRefund")]
pub struct Refund {
    /// The document.
    pub id: Id<kinds::Refund>,
    /// Under which case.
    pub case: Id<kinds::Case>,
    /// All of it.
    pub amount: Money,
    /// What the market gives back of its commission.
    pub commission_back: i64,
    /// Where the order's money lay.
    pub stage: aftersale::Stage,
    /// How far the money has come.
    pub state: aftersale::RefundState,
    /// When it was granted.
    pub granted_at: Time,
    /// What goes back of each line or charge.
    pub lines: Vec<RefundLine>,
}

/// What goes back of a line or charge.
#[derive(Clone, Copy, Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "OrderRefundLine")]
pub struct RefundLine {
    /// Goods or a charge; each counts its own numbers.
    pub kind: aftersale::LineKind,
    /// The number of the order's line or charge.
    pub n: i64,
    /// How many of the line.
    pub units: i64,
    /// Minor units.
    pub amount: i64,
}

/// A parcel with its track.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "OrderParcel")]
pub struct Parcel {
    /// What is in it and on its label.
    #[serde(flatten)]
    pub shipped: delivery::Shipped,
    /// What was heard of it, by the carrier's time.
    pub track: Vec<delivery::Step>,
}

/// What the order holds, or held, of a SKU.
#[derive(Clone, Copy, Debug, Serialize, schemars::JsonSchema)]
pub struct Reservation {
    /// Of which.
    pub sku: Id<kinds::Sku>,
    /// Where.
    pub warehouse: Id<kinds::Warehouse>,
    /// As reserved.
    pub units: i64,
    /// Of these, gone out.
    pub shipped: i64,
    /// Of these, back on the shelf.
    pub released: i64,
    /// When it ends, unless the order is paid.
    pub expires_at: Option<Time>,
}

/// A change of what lies on hand.
#[derive(Clone, Copy, Debug, Serialize, schemars::JsonSchema)]
pub struct Movement {
    /// Of which.
    pub sku: Id<kinds::Sku>,
    /// Where.
    pub warehouse: Id<kinds::Warehouse>,
    /// Its number there.
    pub n: i64,
    /// Why.
    pub cause: stock::Cause,
    /// In is positive, out is negative.
    pub units: i64,
    /// On hand after it.
    pub after: i64,
    /// When.
    pub at: Time,
}

/// What was posted.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "OrderEntry")]
pub struct Entry {
    /// The entry.
    pub id: Id<kinds::Entry>,
    /// Which row of the table of postings.
    pub event: String,
    /// When.
    pub at: Time,
    /// Its legs.
    pub legs: Vec<Leg>,
}

/// One side of an entry.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "OrderLeg")]
pub struct Leg {
    /// The account.
    pub account: Account,
    /// Whose, as shown outside.
    pub owner: String,
    /// Debit positive, credit negative.
    pub amount: Money,
}

/// What the order brought its shop, and how it came to the bank.
#[derive(Clone, Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "OrderSettlement")]
pub struct Settlement {
    /// What stayed paid.
    pub gross: Money,
    /// Of that, the market's.
    pub commission: i64,
    /// Of that, held back.
    pub reserve: i64,
    /// Of that, free.
    pub net: i64,
    /// When.
    pub settled_at: Time,
    /// With which fold it came home.
    pub fold: Option<Id<kinds::Fold>>,
    /// With which payout it went out.
    pub payout: Option<Id<kinds::Payout>>,
}

/// An order's page, with its recipient masked: for whoever only needs to recognise him.
///
/// # Errors
/// `not_found`.
pub fn order_page(read: &mut Read, id: Id<kinds::Order>) -> Result<OrderPage> {
    let page = order_page_in_full(read, id)?;
    Ok(OrderPage { recipient: page.recipient.map(mask::masked), ..page })
}

/// An order's page with its recipient as given: for the buyer himself and for whoever packs the parcel. Sixteen
/// statements, however long the order.
///
/// # Errors
/// `not_found`.
pub fn order_page_in_full(read: &mut Read, id: Id<kinds::Order>) -> Result<OrderPage> {
    let order = order::order(read, id)?;
    let trade = order::trade(read, order.trade)?;
    let mut prices = order::price_ledger(read, id)?.into_iter().peekable();
    let with_prices = |line: order::Line| {
        let mut own = Vec::new();
        while let Some((_, row)) = prices.next_if(|(n, _)| *n <= line.n) {
            own.push(row);
        }
        Line { line, prices: own }
    };
    let lines = order::lines(read, id)?.into_iter().map(with_prices).collect();
    let timeline = order::changes(read, id)?.into_iter().map(change).collect();
    let refunds = ask::refunds(read, id)?;
    Ok(OrderPage {
        lines,
        charges: order::charges(read, id)?,
        recipient: order::recipient(read, id)?,
        timeline,
        payments: ask::payments(read, &order, &refunds)?,
        cases: ask::cases(read, id)?,
        refunds,
        parcels: ask::parcels(read, id)?,
        reservations: ask::reservations(read, id)?,
        movements: ask::movements(read, id)?,
        entries: ledger::entries_about(read, id)?.into_iter().map(entry).collect(),
        settlement: ask::settlement(read, id)?,
        order,
        trade,
    })
}

fn change(change: order::Change) -> Change {
    let order::Change { n, what, was, became, actor, actor_id, at, why } = change;
    let prefix = if actor == "key" { "key" } else { "pty" };
    let who = (actor_id != 0).then(|| outside(prefix, actor_id));
    Change { n, what, was, became, actor, who, at, why }
}

fn entry(entry: ledger::Entry) -> Entry {
    let leg = |leg: ledger::Leg| Leg {
        account: leg.account,
        owner: owner_of(leg.account.word(), leg.owner),
        amount: leg.amount,
    };
    Entry { id: entry.id, event: entry.event, at: entry.at, legs: entry.legs.into_iter().map(leg).collect() }
}
