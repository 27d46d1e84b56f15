//! `/orders/…`: one order, its next act first, then where the goods and the money are and what happened.

use crate::{
    lines,
    pay::Share,
    told::{self, Paying, Story},
};
use askama::Template;
use axum::{
    Router,
    extract::Path,
    http::StatusCode,
    routing::{get, post},
};
use door::App;
use flows::{confirm as acts, refund};
use kernel::{Cx, Id, Money, Result, Time, Units, kinds};
use merchant::Shop;
use order::{Order, Recipient, State};
use std::collections::BTreeMap;
use store::Read;
use views::{
    OrderCard,
    cart::CartLine,
    order_page::{self, OrderPage},
};
use web::{Chip, Fields, Posted, Reply, Typed, Visit, id_in_path, page_with};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/orders/{id}", get(show))
        .route("/orders/{id}/confirm", post(confirm))
        .route("/orders/{id}/extend", post(extend))
        .route("/orders/{id}/cases/{case}/withdraw", post(withdraw))
}

/// What the page is made of.
pub(crate) struct Found {
    pub(crate) page: OrderPage,
    pub(crate) shop: Shop,
    pub(crate) known: BTreeMap<Id<kinds::Sku>, CartLine>,
    pub(crate) together: Vec<OrderCard>,
}

/// An order of the actor's own.
///
/// # Errors
/// `not_found` for another's as for none.
pub(crate) fn own(read: &mut Read, cx: &Cx, id: Id<kinds::Order>) -> Result<Order> {
    let order = order::order(read, id)?;
    identity::acts_for(read, &cx.actor, order.buyer)?;
    Ok(order)
}

fn found(read: &mut Read, cx: &Cx, id: Id<kinds::Order>, now: Time) -> Result<Found> {
    let order = own(read, cx, id)?;
    let page = order_page::order_page_in_full(read, id)?;
    let wanted = page.lines.iter().map(|line| Ok((line.line.sku, Units::new(line.line.units)?)));
    let known = lines::known(read, cx, &wanted.collect::<Result<Vec<_>>>()?, now)?;
    let together = match page.trade.orders {
        ..=1 => Vec::new(),
        _ => {
            let ids: Vec<_> = order::orders_of_trade(read, order.trade)?.iter().map(|order| order.id).collect();
            views::order_cards(read, &ids, cx.locale)?
        }
    };
    Ok(Found { shop: merchant::shop(read, order.shop)?, page, known, together })
}

/// A line of the order.
pub(crate) struct Line {
    href: String,
    title: String,
    option: Option<String>,
    picture: String,
    quantity: String,
    price: Money,
    per: String,
    cash: Money,
    shipped: Option<String>,
    back: Option<String>,
}

/// A parcel of the order.
struct Parcel {
    chip: Chip,
    carrier: String,
    waybill: String,
    pictures: Vec<(String, String)>,
    steps: Vec<(String, String, Time)>,
}

/// A case with what it led to.
struct Case {
    kind: String,
    chip: Chip,
    about: Vec<String>,
    reason: String,
    asked_at: Time,
    says: Option<String>,
    withdraw: Option<String>,
    refunds: Vec<(Chip, Money, Time)>,
}

#[derive(Template)]
#[template(path = "order.html")]
struct Page {
    v: Visit,
    typed: Typed,
    id: Id<kinds::Order>,
    trade: Id<kinds::Trade>,
    trade_orders: i64,
    chip: Chip,
    placed_at: Time,
    shop: Shop,
    headline: String,
    then: Option<String>,
    steps: Vec<told::Step>,
    state: &'static str,
    can_extend: bool,
    can_ask: bool,
    kept: Money,
    days_more: i64,
    parcels: Vec<Parcel>,
    lines: Vec<Line>,
    paying: Paying,
    guard: Option<String>,
    recipient: Option<Recipient>,
    cases: Vec<Case>,
    story: Vec<Story>,
    together: Vec<Share>,
}

async fn show(v: Visit, Path(id): Path<String>) -> Reply {
    answer(v, &id, Typed::default(), StatusCode::OK).await
}

async fn answer(v: Visit, id: &str, typed: Typed, status: StatusCode) -> Reply {
    v.party()?;
    let (id, cx, now) = (id_in_path::<kinds::Order>(id)?, v.asked.cx.clone(), v.now);
    let found = v.app().store().read(move |read| found(read, &cx, id, now)).await?;
    page_with(&v, status, &Page::of(&v, typed, found))
}

impl Page {
    fn of(v: &Visit, typed: Typed, found: Found) -> Page {
        let order = &found.page.order;
        let others = found.together.iter().filter(|card| card.id != order.id);
        Page {
            v: v.clone(),
            typed,
            id: order.id,
            trade: order.trade,
            trade_orders: found.page.trade.orders,
            chip: v.chip("order", order.state.word()),
            placed_at: order.placed_at,
            headline: told::headline(v, &found),
            then: told::then(v, &found),
            steps: told::steps(v, order),
            state: order.state.word(),
            can_extend: order.state == State::Shipped && !order.extended,
            can_ask: can_ask(&found.page),
            kept: order.money(order.amount - order.refunded),
            days_more: v.asked.settings.confirm_extension_days,
            parcels: found.page.parcels.iter().map(|parcel| parcel_of(v, &found, parcel)).collect(),
            lines: found.page.lines.iter().map(|line| line_of(v, &found, &line.line)).collect(),
            paying: told::paying(v, &found.page),
            guard: told::guard(v, &found),
            cases: found.page.cases.iter().rev().map(|case| case_of(v, &found, case)).collect(),
            story: told::story(v, &found),
            together: others.map(|card| Share::of(v, card)).collect(),
            recipient: found.page.recipient.clone(),
            shop: found.shop,
        }
    }
}

/// Whether there is something left that money could go back for.
fn can_ask(page: &OrderPage) -> bool {
    let is_paid = !matches!(page.order.state, State::Unpaid | State::Closed);
    is_paid && page.lines.iter().any(|line| line.line.returned < line.line.units)
}

/// A line with its picture and what has become of it.
pub(crate) fn line_of(v: &Visit, found: &Found, line: &order::Line) -> Line {
    let order = &found.page.order;
    let known = found.known.get(&line.sku);
    let (scale, unit) = known.map_or((1, ""), |known| (known.unit_scale, known.unit.as_str()));
    let say = |units: i64| lines::quantity(units, scale, unit);
    let is_part = order.paid_at.is_some() && line.shipped > 0 && line.shipped + line.cancelled < line.units;
    let back = (line.refunded > 0 || line.returned > 0).then(|| {
        let amount = v.money(&order.money(line.refunded));
        v.tell2("buy-line-back", "quantity", say(line.returned), "amount", amount)
    });
    Line {
        href: format!("/goods/{}", line.listing),
        title: lines::titled(v, &line.title),
        option: known.and_then(|known| known.option.clone()),
        picture: lines::picture(known.and_then(|known| known.picture.as_deref()), &line.title, line.listing),
        quantity: say(line.units),
        price: order.money(line.price),
        per: lines::per(line.price_per, scale, unit),
        cash: order.money(line.cash),
        shipped: is_part.then(|| v.tell("buy-line-shipped", "quantity", say(line.shipped))),
        back,
    }
}

fn parcel_of(v: &Visit, found: &Found, parcel: &order_page::Parcel) -> Parcel {
    let of_line = |n: i64| found.page.lines.iter().find(|line| line.line.n == n).map(|line| &line.line);
    let pictures = parcel.shipped.lines.iter().filter_map(|(n, units)| {
        let line = of_line(*n)?;
        let known = found.known.get(&line.sku);
        let (scale, unit) = known.map_or((1, ""), |known| (known.unit_scale, known.unit.as_str()));
        let own = known.and_then(|known| known.picture.as_deref());
        let title = format!("{} {}", lines::titled(v, &line.title), lines::quantity(units.get(), scale, unit));
        Some((lines::picture(own, &line.title, line.listing), title))
    });
    let word = |state: delivery::State| v.word("parcel-state", state.word());
    let track = parcel.track.iter().rev().map(|step| (word(step.state), step.place.clone(), step.carrier_at));
    let handed = (word(delivery::State::Created), found.shop.name.clone(), parcel.shipped.parcel.handed_at);
    Parcel {
        chip: v.chip("parcel", parcel.shipped.parcel.state.word()),
        carrier: told::named(v, "buy-carrier", &parcel.shipped.carrier),
        waybill: parcel.shipped.waybill.clone(),
        pictures: pictures.collect(),
        steps: track.chain([handed]).collect(),
    }
}

fn case_of(v: &Visit, found: &Found, case: &order_page::Case) -> Case {
    let line = |n: i64| found.page.lines.iter().find(|line| line.line.n == n).map(|line| &line.line);
    let about = case.lines.iter().map(|(kind, n, units)| match (kind, line(*n)) {
        (aftersale::LineKind::Goods, Some(line)) => {
            let known = found.known.get(&line.sku);
            let (scale, unit) = known.map_or((1, ""), |known| (known.unit_scale, known.unit.as_str()));
            format!("{} {}", lines::titled(v, &line.title), lines::quantity(*units, scale, unit))
        }
        _ => v.say("buy-freight").to_owned(),
    });
    let refunds = found.page.refunds.iter().filter(|refund| refund.case == case.id);
    let is_open = case.decided_at.is_none();
    Case {
        kind: v.word("buy-case-kind", case.kind.word()),
        chip: v.chip("case", case.state.word()),
        about: about.collect(),
        reason: told::named(v, "buy-reason", &case.reason),
        asked_at: case.asked_at,
        says: told::case_says(v, case),
        withdraw: is_open.then(|| format!("/orders/{}/cases/{}/withdraw", found.page.order.id, case.id)),
        refunds: refunds
            .map(|refund| (v.chip("refund", refund.state.word()), refund.amount, refund.granted_at))
            .collect(),
    }
}

async fn confirm(Path(id): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    let done = match only_order(&v, &id, &fields) {
        Ok(order) => acts::confirm(v.app().store(), &v.asked.cx, order).await,
        Err(no) => Err(no),
    };
    done_or_refused(v, &id, fields, done, "buy-confirmed").await
}

async fn extend(Path(id): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    let done = match only_order(&v, &id, &fields) {
        Ok(order) => acts::extend(v.app().store(), &v.asked.cx, order).await,
        Err(no) => Err(no),
    };
    done_or_refused(v, &id, fields, done, "buy-extended").await
}

async fn withdraw(Path((id, case)): Path<(String, String)>, Posted { visit: v, fields }: Posted) -> Reply {
    let done = take_back(&v, &id, &case, &fields).await;
    done_or_refused(v, &id, fields, done, "buy-withdrawn").await
}

/// The case must be one of the order that the address names.
async fn take_back(v: &Visit, id: &str, case: &str, fields: &Fields) -> Result<()> {
    let order = only_order(v, id, fields)?;
    let case: Id<kinds::Case> = id_in_path(case)?;
    let head = v.app().store().read(move |read| aftersale::head(read, case)).await?;
    if head.ord != order {
        return Err(kernel::error::Common::NotFound.into());
    }
    refund::withdraw(v.app().store(), &v.asked.cx, case).await
}

fn only_order(v: &Visit, id: &str, fields: &Fields) -> Result<Id<kinds::Order>> {
    v.party()?;
    fields.only(&[])?;
    id_in_path(id)
}

/// Back to the order; where the act was refused, the order as it is now with the reason on top.
async fn done_or_refused(v: Visit, id: &str, fields: Fields, done: Result<()>, said: &str) -> Reply {
    match done {
        Ok(()) => Ok(v.see(&format!("/orders/{id}"), said)),
        Err(no) => {
            let typed = Typed::refused(&v, fields, no)?;
            let status = typed.status.unwrap_or_default();
            answer(v, id, typed, status).await
        }
    }
}
