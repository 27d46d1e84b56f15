//! `/quotations`: what shops offered to the buyer alone, and his yes or no.

use crate::{lines, orders::cursor};
use askama::Template;
use axum::{
    Router,
    extract::Path,
    http::StatusCode,
    routing::{get, post},
};
use door::App;
use flows::quote as acts;
use kernel::{Cursor, Cx, Error, Id, Money, Result, Time, error::Common, kinds};
use merchant::Shop;
use quotation::{Quotation, State};
use std::collections::BTreeMap;
use store::Read;
use views::{QuotationCard, cart::CartLine, mine};
use web::{Chip, Fields, Posted, Reply, Typed, Visit, id_in_path, page, page_with};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/quotations", get(list))
        .route("/quotations/{id}", get(show))
        .route("/quotations/{id}/accept", post(accept))
        .route("/quotations/{id}/decline", post(decline))
}

/// How many cards a page has.
const SHOWN: usize = 20;

/// A quotation on the list.
struct Card {
    href: String,
    shop: String,
    title: String,
    lines: i64,
    chip: Chip,
    total: Money,
    sent_at: Option<Time>,
    until: Option<Time>,
}

#[derive(Template)]
#[template(path = "quotations.html")]
struct List {
    v: Visit,
    cards: Vec<Card>,
    shown: usize,
    next: Option<Cursor>,
}

async fn list(v: Visit) -> Reply {
    let (party, after) = (v.party()?, cursor(&v)?);
    let found = v.app().store().read(move |read| mine::quotations(read, party, after, SHOWN)).await?;
    let cards: Vec<_> = found.items.iter().map(|card| of_card(&v, card)).collect();
    page(&v, &List { v: v.clone(), shown: cards.len(), cards, next: found.next })
}

/// The state as it is at this instant: nobody has to have marked it as expired yet.
fn state_now(v: &Visit, state: State, expires_at: Option<Time>) -> State {
    if state == State::Sent && expires_at.is_some_and(|until| until <= v.now) { State::Expired } else { state }
}

fn of_card(v: &Visit, card: &QuotationCard) -> Card {
    let state = state_now(v, card.state, card.expires_at);
    Card {
        href: format!("/quotations/{}", card.id),
        shop: card.shop.name.clone(),
        title: lines::titled(v, card.title.as_deref().unwrap_or_default()),
        lines: card.line_count,
        chip: v.chip("quotation", state.word()),
        total: card.total,
        sent_at: card.sent_at,
        until: card.expires_at.filter(|_| state == State::Sent),
    }
}

/// A quotation with its shop and what the catalogue knows of its goods.
struct Found {
    quotation: Quotation,
    shop: Shop,
    known: BTreeMap<Id<kinds::Sku>, CartLine>,
}

fn found(read: &mut Read, cx: &Cx, id: Id<kinds::Quotation>, now: Time) -> Result<Found> {
    let head = quotation::head(read, id)?;
    identity::acts_for(read, &cx.actor, head.buyer)?;
    if head.state == State::Draft {
        // What the seller still writes is nobody's but his.
        return Err(Common::NotFound.into());
    }
    let quotation = quotation::quotation(read, id)?;
    let wanted: Vec<_> = quotation.lines.iter().map(|line| (line.sku, line.units)).collect();
    let known = lines::known(read, cx, &wanted, now)?;
    Ok(Found { shop: merchant::shop(read, head.shop)?, known, quotation })
}

/// A line as the table shows it.
struct Row {
    href: String,
    title: String,
    option: Option<String>,
    picture: String,
    quantity: String,
    price: Money,
    per: String,
    amount: Money,
}

#[derive(Template)]
#[template(path = "quotation.html")]
struct Detail {
    v: Visit,
    typed: Typed,
    id: Id<kinds::Quotation>,
    shop: Shop,
    chip: Chip,
    is_open: bool,
    sent_at: Option<Time>,
    until: Option<Time>,
    left: Option<String>,
    rows: Vec<Row>,
    total: Money,
    note: Option<String>,
    trade: Option<Id<kinds::Trade>>,
    minutes: i64,
}

impl Detail {
    fn of(v: &Visit, typed: Typed, found: Found) -> Detail {
        let head = &found.quotation.head;
        let state = state_now(v, head.state, head.expires_at);
        let row = |line: &quotation::Line| {
            let known = found.known.get(&line.sku);
            let (scale, unit) = known.map_or((1, ""), |known| (known.unit_scale, known.unit.as_str()));
            Row {
                href: format!("/goods/{}", line.listing),
                title: lines::titled(v, &line.title),
                option: known.and_then(|known| known.option.clone()),
                picture: lines::picture(known.and_then(|known| known.picture.as_deref()), &line.title, line.listing),
                quantity: lines::quantity(line.units.get(), scale, unit),
                price: Money::new(line.unit_price, head.currency),
                per: lines::per(line.price_per, scale, unit),
                amount: Money::new(line.amount, head.currency),
            }
        };
        Detail {
            v: v.clone(),
            typed,
            id: head.id,
            chip: v.chip("quotation", state.word()),
            is_open: state == State::Sent,
            sent_at: head.sent_at,
            until: head.expires_at.filter(|_| state == State::Sent),
            left: head.expires_at.and_then(|until| v.left(&until)),
            rows: found.quotation.lines.iter().map(row).collect(),
            total: Money::new(head.total, head.currency),
            note: found.quotation.note.clone(),
            trade: head.trade,
            minutes: v.asked.settings.close_unpaid_minutes,
            shop: found.shop,
        }
    }
}

async fn show(v: Visit, Path(id): Path<String>) -> Reply {
    answer(v, &id, Typed::default(), StatusCode::OK).await
}

async fn answer(v: Visit, id: &str, typed: Typed, status: StatusCode) -> Reply {
    v.party()?;
    let (id, cx, now) = (id_in_path::<kinds::Quotation>(id)?, v.asked.cx.clone(), v.now);
    let found = v.app().store().read(move |read| found(read, &cx, id, now)).await?;
    page_with(&v, status, &Detail::of(&v, typed, found))
}

async fn accept(Path(id): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    let taken = match only(&v, &id, &fields) {
        Ok(quotation) => acts::accept(v.app().store(), &v.asked.cx, quotation).await,
        Err(no) => Err(no),
    };
    match taken {
        Ok(placed) => Ok(v.see(&format!("/trades/{}/pay", placed.trade), "")),
        Err(no) => refused(v, &id, fields, no).await,
    }
}

async fn decline(Path(id): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    let done = match only(&v, &id, &fields) {
        Ok(quotation) => acts::decline(v.app().store(), &v.asked.cx, quotation).await,
        Err(no) => Err(no),
    };
    match done {
        Ok(()) => Ok(v.see(&format!("/quotations/{id}"), "buy-declined")),
        Err(no) => refused(v, &id, fields, no).await,
    }
}

fn only(v: &Visit, id: &str, fields: &Fields) -> Result<Id<kinds::Quotation>> {
    v.party()?;
    fields.only(&[])?;
    id_in_path(id)
}

async fn refused(v: Visit, id: &str, fields: Fields, no: Error) -> Reply {
    let typed = Typed::refused(&v, fields, no)?;
    let status = typed.status.unwrap_or_default();
    answer(v, id, typed, status).await
}
