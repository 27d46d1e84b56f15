//! An order as its buyer and as its shop see it. Neither is shown what is the other's: a shop not what was bought in
//! other shops in the same breath, a buyer not what the market earns and who of the shop's people did what.

use kernel::{Id, Money, Time, kinds};
use order::{ChargeKind, PriceRow, Recipient, State};
use schemars::JsonSchema;
use serde::Serialize;
use views::order_page::{self, OrderPage, Parcel};

/// An order.
#[derive(Serialize, JsonSchema)]
pub(crate) struct OrderShown {
    /// The order.
    id: Id<kinds::Order>,
    /// The trade it is part of.
    trade: Id<kinds::Trade>,
    /// Who buys.
    buyer: Id<kinds::Party>,
    /// Who sells.
    shop: Id<kinds::Shop>,
    /// Where it stands.
    state: State,
    /// What its lines cost.
    goods: Money,
    /// Freight, fees and tax.
    charges_total: Money,
    /// All of it.
    amount: Money,
    /// Of the amount, granted back.
    refunded: Money,
    /// How many changes there were.
    version: i64,
    /// When it was placed.
    placed_at: Time,
    /// Until when it may be paid.
    pay_by: Time,
    /// When it was paid.
    paid_at: Option<Time>,
    /// When the last unit went out.
    shipped_at: Option<Time>,
    /// When it confirms itself.
    confirms_at: Option<Time>,
    /// Whether the buyer took more time.
    extended: bool,
    /// When it was confirmed.
    completed_at: Option<Time>,
    /// When it was closed.
    closed_at: Option<Time>,
    /// What was bought.
    lines: Vec<LineShown>,
    /// Freight, fees, tax, one by one.
    charges: Vec<ChargeShown>,
    /// Where it goes; none where nothing is sent.
    recipient: Option<Recipient>,
    /// What happened to it, oldest first.
    timeline: Vec<ChangeShown>,
    /// How it was paid.
    payments: Vec<PaymentShown>,
    /// Who wanted something back.
    cases: Vec<order_page::Case>,
    /// What goes back.
    refunds: Vec<RefundShown>,
    /// What left the shop.
    parcels: Vec<Parcel>,
}

/// A line of an order.
#[derive(Serialize, JsonSchema)]
pub(crate) struct LineShown {
    /// Its number.
    n: i64,
    /// What was sold.
    listing: Id<kinds::Listing>,
    /// Which variant.
    sku: Id<kinds::Sku>,
    /// As it was called.
    title: String,
    /// How many.
    units: i64,
    /// The price is for so many units.
    price_per: i64,
    /// Per `price_per` units.
    price: Money,
    /// What the buyer pays for the line.
    cash: Money,
    /// Units gone out.
    shipped: i64,
    /// Units taken back before they went out.
    cancelled: i64,
    /// Units whose money was granted back.
    returned: i64,
    /// Of the cash, granted back.
    refunded: Money,
    /// How the price came about.
    prices: Vec<PriceRow>,
}

/// A charge of an order.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ChargeShown {
    /// Its number.
    n: i64,
    /// For what.
    kind: ChargeKind,
    /// How much.
    amount: Money,
    /// Granted back.
    refunded: Money,
}

/// Something that happened to an order.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ChangeShown {
    /// The order's version after it.
    n: i64,
    /// The event.
    what: String,
    /// The state before; empty for the first.
    was: String,
    /// The state after.
    became: String,
    /// What sort of actor.
    actor: String,
    /// When.
    at: Time,
    /// A reason's code; empty where there is none.
    why: String,
}

/// A payment, as far as it is this order's.
#[derive(Serialize, JsonSchema)]
pub(crate) struct PaymentShown {
    /// The payment.
    id: Id<kinds::Payment>,
    /// The channel's code.
    channel: String,
    /// Where it stands.
    state: payment::State,
    /// How much of it is for this order.
    part: Money,
    /// Of the part, decided to go back.
    part_refunded: Money,
    /// When it was intended.
    created_at: Time,
    /// When it succeeded, closed or failed.
    ended_at: Option<Time>,
}

/// A refund document.
#[derive(Serialize, JsonSchema)]
pub(crate) struct RefundShown {
    /// The document.
    id: Id<kinds::Refund>,
    /// Under which case.
    case: Id<kinds::Case>,
    /// All of it.
    amount: Money,
    /// How far the money has come.
    state: aftersale::RefundState,
    /// When it was granted.
    granted_at: Time,
    /// What goes back of each line or charge.
    lines: Vec<order_page::RefundLine>,
}

impl OrderShown {
    /// What of an order's page both sides may see.
    pub fn of(page: OrderPage) -> OrderShown {
        let head = page.order;
        let money = |minor: i64| Money::new(minor, head.currency);
        OrderShown {
            id: head.id,
            trade: head.trade,
            buyer: head.buyer,
            shop: head.shop,
            state: head.state,
            goods: money(head.goods),
            charges_total: money(head.charges),
            amount: money(head.amount),
            refunded: money(head.refunded),
            version: head.version,
            placed_at: head.placed_at,
            pay_by: head.close_at,
            paid_at: head.paid_at,
            shipped_at: head.shipped_at,
            confirms_at: head.confirm_at,
            extended: head.extended,
            completed_at: head.completed_at,
            closed_at: head.closed_at,
            lines: page.lines.into_iter().map(|line| line_shown(line, money)).collect(),
            charges: page.charges.into_iter().map(|charge| charge_shown(&charge, money)).collect(),
            recipient: page.recipient,
            timeline: page.timeline.into_iter().map(change_shown).collect(),
            payments: page.payments.into_iter().map(|payment| payment_shown(payment, money)).collect(),
            cases: page.cases,
            refunds: page.refunds.into_iter().map(refund_shown).collect(),
            parcels: page.parcels,
        }
    }
}

fn line_shown(shown: order_page::Line, money: impl Fn(i64) -> Money) -> LineShown {
    let order_page::Line { line, prices } = shown;
    LineShown {
        n: line.n,
        listing: line.listing,
        sku: line.sku,
        title: line.title,
        units: line.units,
        price_per: line.price_per,
        price: money(line.price),
        cash: money(line.cash),
        shipped: line.shipped,
        cancelled: line.cancelled,
        returned: line.returned,
        refunded: money(line.refunded),
        prices,
    }
}

fn charge_shown(charge: &order::Charge, money: impl Fn(i64) -> Money) -> ChargeShown {
    let (amount, refunded) = (money(charge.amount), money(charge.refunded));
    ChargeShown { n: charge.n, kind: charge.kind, amount, refunded }
}

fn change_shown(change: order_page::Change) -> ChangeShown {
    let order_page::Change { n, what, was, became, actor, at, why, .. } = change;
    ChangeShown { n, what, was, became, actor, at, why }
}

fn payment_shown(payment: order_page::Payment, money: impl Fn(i64) -> Money) -> PaymentShown {
    let order_page::Payment { id, channel, state, part, part_refunded, created_at, ended_at, .. } = payment;
    PaymentShown { id, channel, state, part: money(part), part_refunded: money(part_refunded), created_at, ended_at }
}

fn refund_shown(refund: order_page::Refund) -> RefundShown {
    let order_page::Refund { id, case, amount, state, granted_at, lines, .. } = refund;
    RefundShown { id, case, amount, state, granted_at, lines }
}
