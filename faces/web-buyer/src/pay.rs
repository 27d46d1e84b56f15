//! `/trades/…`: the market's cashier, and what became of a payment.

use crate::lines;
use askama::Template;
use axum::{
    Router,
    extract::Path,
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use door::App;
use flows::{close_unpaid, pay as acts};
use kernel::{Actor, Cx, Error, Id, Result, Time, kinds};
use order::State;
use store::Read;
use views::OrderCard;
use web::{Chip, Fields, Posted, Reply, Typed, Visit, id_in_path, page, page_with};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/trades/{id}", get(result))
        .route("/trades/{id}/pay", get(cashier).post(pay))
        .route("/trades/{id}/cancel", post(cancel))
}

/// Where a trade stands with its payment.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Standing {
    /// Nobody has paid, and no channel was asked.
    Unpaid,
    /// A channel was asked and has not said that it has the money.
    Waiting,
    /// The last channel that was asked said no.
    Failed,
    /// Paid.
    Paid,
    /// Not paid in time, or cancelled.
    Closed,
}

/// A trade as its buyer sees it.
pub(crate) struct Bought {
    head: order::Trade,
    cards: Vec<OrderCard>,
    standing: Standing,
    close_at: Time,
}

/// A trade of the actor's own.
///
/// # Errors
/// `not_found` for another's as for none.
fn bought(read: &mut Read, cx: &Cx, id: Id<kinds::Trade>) -> Result<Bought> {
    let head = order::trade(read, id)?;
    identity::acts_for(read, &cx.actor, head.buyer)?;
    let orders = order::orders_of_trade(read, id)?;
    let payments = payment::of_trade(read, id)?;
    let ids: Vec<_> = orders.iter().map(|order| order.id).collect();
    let cards = views::order_cards(read, &ids, cx.locale)?;
    let close_at = orders.iter().map(|order| order.close_at).min().unwrap_or(head.placed_at);
    Ok(Bought { standing: standing(&orders, &payments), head, cards, close_at })
}

fn standing(orders: &[order::Order], payments: &[payment::Payment]) -> Standing {
    if orders.iter().any(|order| order.state == State::Closed && order.paid_at.is_none()) {
        return Standing::Closed;
    }
    if orders.iter().any(|order| order.state != State::Unpaid) {
        return Standing::Paid;
    }
    match payments.last().map(|payment| payment.state) {
        Some(payment::State::Created | payment::State::Pending | payment::State::Succeeded) => Standing::Waiting,
        Some(payment::State::Failed) => Standing::Failed,
        Some(payment::State::Closed) | None => Standing::Unpaid,
    }
}

async fn find(v: &Visit, id: &str) -> Result<Bought> {
    // Nobody learns by a log-in page which trades there are: it comes before anything is looked for.
    v.party()?;
    let (id, cx) = (id_in_path::<kinds::Trade>(id)?, v.asked.cx.clone());
    v.app().store().read(move |read| bought(read, &cx, id)).await
}

/// An order of a trade as a template shows it.
pub(crate) struct Share {
    /// Its address.
    pub(crate) href: String,
    /// Who sells.
    pub(crate) shop: String,
    /// Its state.
    pub(crate) chip: Chip,
    /// Pictures of what it holds, at most four.
    pub(crate) pictures: Vec<String>,
    /// How many units.
    pub(crate) units: i64,
    /// What it costs.
    pub(crate) total: kernel::Money,
}

impl Share {
    /// A card as a share.
    pub(crate) fn of(v: &Visit, card: &OrderCard) -> Share {
        let picture = |line: &views::CardLine| lines::picture(line.picture.as_deref(), &line.title, line.listing);
        Share {
            href: format!("/orders/{}", card.id),
            shop: card.shop.name.clone(),
            chip: v.chip("order", card.state.word()),
            pictures: card.lines.iter().map(picture).collect(),
            units: card.units,
            total: card.total,
        }
    }
}

#[derive(Template)]
#[template(path = "pay.html")]
struct Cashier {
    v: Visit,
    typed: Typed,
    trade: Id<kinds::Trade>,
    amount: kernel::Money,
    close_at: Time,
    left: Option<String>,
    shares: Vec<Share>,
    channels: Vec<(String, String)>,
    waiting: bool,
}

impl Cashier {
    fn of(v: &Visit, typed: Typed, found: &Bought) -> Cashier {
        let channels = v.app().market().channels.iter();
        let named = |code: &str| (code.to_owned(), v.word("buy-channel", code));
        Cashier {
            v: v.clone(),
            typed,
            trade: found.head.id,
            amount: found.head.amount,
            close_at: found.close_at,
            left: v.left(&found.close_at),
            shares: found.cards.iter().map(|card| Share::of(v, card)).collect(),
            channels: channels.map(|channel| named(channel.code())).collect(),
            waiting: found.standing == Standing::Waiting,
        }
    }
}

async fn cashier(v: Visit, Path(id): Path<String>) -> Reply {
    let found = find(&v, &id).await?;
    if matches!(found.standing, Standing::Paid | Standing::Closed) {
        return Ok(v.see(&format!("/trades/{}", found.head.id), ""));
    }
    let first = v.app().market().channels.first().map(|channel| channel.code().to_owned());
    let typed = Typed::fresh([("channel", first.unwrap_or_default())]);
    page(&v, &Cashier::of(&v, typed, &found))
}

async fn pay(Path(id): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    match open(&v, &id, &fields).await {
        Ok(response) => Ok(response),
        Err(no) if matches!(no.code(), "already_paid" | "order_closed") => Ok(v.see(&format!("/trades/{id}"), "")),
        Err(no) => {
            let typed = Typed::refused(&v, fields, no)?;
            let found = find(&v, &id).await?;
            page_with(&v, typed.status.unwrap_or_default(), &Cashier::of(&v, typed, &found))
        }
    }
}

/// Opens a payment and leads to the channel's cashier, or to what became of it where the channel has none.
async fn open(v: &Visit, id: &str, fields: &Fields) -> Result<Response> {
    fields.only(&["channel"])?;
    v.party()?;
    let trade: Id<kinds::Trade> = id_in_path(id)?;
    let channel = fields.text::<40>("channel")?;
    let here = format!("/trades/{trade}");
    let back = format!("{}{here}", v.app().options().public);
    let paying = acts::pay_and_return(v.app().market(), &v.asked.cx, trade, &channel, Some(back)).await?;
    let cashier = paying.and_then(|paying| paying.cashier);
    Ok(v.see(cashier.as_deref().unwrap_or(&here), ""))
}

#[derive(Template)]
#[template(path = "trade.html")]
struct Outcome {
    v: Visit,
    typed: Typed,
    trade: Id<kinds::Trade>,
    amount: kernel::Money,
    close_at: Time,
    left: Option<String>,
    standing: &'static str,
    shares: Vec<Share>,
    is_guest: bool,
}

async fn result(v: Visit, Path(id): Path<String>) -> Reply {
    outcome(v, &id, Typed::default(), StatusCode::OK).await
}

async fn outcome(v: Visit, id: &str, typed: Typed, status: StatusCode) -> Reply {
    let found = find(&v, id).await?;
    let standing = match found.standing {
        Standing::Unpaid => "unpaid",
        Standing::Waiting => "waiting",
        Standing::Failed => "failed",
        Standing::Paid => "paid",
        Standing::Closed => "closed",
    };
    let shown = Outcome {
        v: v.clone(),
        typed,
        trade: found.head.id,
        amount: found.head.amount,
        close_at: found.close_at,
        left: v.left(&found.close_at),
        standing,
        shares: found.cards.iter().map(|card| Share::of(&v, card)).collect(),
        is_guest: matches!(v.asked.cx.actor, Actor::Guest(_)),
    };
    page_with(&v, status, &shown)
}

async fn cancel(Path(id): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    match end(&v, &id, &fields).await {
        Ok(()) => Ok(v.see(&format!("/trades/{id}"), "buy-cancelled")),
        Err(no) => {
            let typed = Typed::refused(&v, fields, no)?;
            let status = typed.status.unwrap_or_default();
            outcome(v, &id, typed, status).await
        }
    }
}

async fn end(v: &Visit, id: &str, fields: &Fields) -> Result<(), Error> {
    fields.only(&[])?;
    v.party()?;
    close_unpaid::cancel(v.app().store(), &v.asked.cx, id_in_path(id)?).await
}
