//! `/orders/…/refund`: asking for money back, by line and quantity.

use crate::{lines, order as orders};
use aftersale::Kind;
use askama::Template;
use axum::{Router, extract::Path, routing::get};
use door::App;
use flows::refund::{self, RefundWish};
use kernel::{Cx, Error, Id, Money, Result, Time, Units, error::Common, kinds};
use order::{Order, State};
use std::collections::BTreeMap;
use store::Read;
use views::cart::CartLine;
use web::{Fields, Posted, Reply, Typed, Visit, id_in_path, page, page_with};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/orders/{id}/refund", get(form).post(ask))
}

/// What an order says about giving money back.
struct Found {
    order: Order,
    lines: Vec<order::Line>,
    disputed: Vec<i64>,
    known: BTreeMap<Id<kinds::Sku>, CartLine>,
    cancel: Vec<String>,
    refund_only: Vec<String>,
}

fn found(read: &mut Read, cx: &Cx, id: Id<kinds::Order>, now: Time) -> Result<Found> {
    let order = orders::own(read, cx, id)?;
    if matches!(order.state, State::Unpaid | State::Closed) {
        return Err(order::Refusal::WrongState { state: order.state.word() }.into());
    }
    let lines = order::lines(read, id)?;
    let wanted = lines.iter().map(|line| Ok((line.sku, Units::new(line.units)?))).collect::<Result<Vec<_>>>()?;
    let cases = aftersale::cases_of_order(read, id)?;
    let open = cases.iter().filter(|case| case.head.decided_at.is_none()).flat_map(|case| &case.lines);
    Ok(Found {
        disputed: open.filter(|line| line.kind == aftersale::LineKind::Goods).map(|line| line.n).collect(),
        known: lines::known(read, cx, &wanted, now)?,
        cancel: aftersale::reasons(read, Kind::Cancel)?,
        refund_only: aftersale::reasons(read, Kind::RefundOnly)?,
        order,
        lines,
    })
}

/// How many units of a line never went out, and how many of those that did are not paid back: what has not gone out
/// goes back first, so a line of both offers the first alone.
fn left(line: &order::Line) -> (i64, i64) {
    let unsent = line.units - line.shipped - line.cancelled;
    (unsent, if unsent > 0 { 0 } else { line.units - line.returned })
}

/// A line that money may go back for.
struct Row {
    field: String,
    title: String,
    option: Option<String>,
    picture: String,
    most: i64,
    quantity: String,
    scaled: bool,
    cash: Money,
}

#[derive(Template)]
#[template(path = "refund.html")]
struct Form {
    v: Visit,
    typed: Typed,
    id: Id<kinds::Order>,
    of_sent: bool,
    both: bool,
    rows: Vec<Row>,
    disputed: bool,
    reasons: Vec<(String, String)>,
    hours: i64,
}

impl Form {
    fn of(v: &Visit, typed: Typed, found: &Found, of_sent: bool) -> Form {
        let offered = rows(v, found, of_sent);
        let other = rows(v, found, !of_sent);
        let codes = if of_sent { &found.refund_only } else { &found.cancel };
        let mut reasons = vec![(String::new(), v.say("buy-reason-choose").to_owned())];
        reasons.extend(codes.iter().map(|code| (code.clone(), crate::told::named(v, "buy-reason", code))));
        Form {
            v: v.clone(),
            typed,
            id: found.order.id,
            of_sent,
            both: !other.is_empty(),
            rows: offered,
            disputed: !found.disputed.is_empty(),
            reasons,
            hours: v.asked.settings.refund_answer_hours,
        }
    }
}

fn rows(v: &Visit, found: &Found, of_sent: bool) -> Vec<Row> {
    let row = |line: &order::Line| {
        let (unsent, sent) = left(line);
        let most = if of_sent { sent } else { unsent };
        let is_open = most > 0 && !(of_sent && found.disputed.contains(&line.n));
        let known = found.known.get(&line.sku);
        let (scale, unit) = known.map_or((1, ""), |known| (known.unit_scale, known.unit.as_str()));
        is_open.then(|| Row {
            field: format!("units.{}", line.n),
            title: lines::titled(v, &line.title),
            option: known.and_then(|known| known.option.clone()),
            picture: lines::picture(known.and_then(|known| known.picture.as_deref()), &line.title, line.listing),
            most,
            quantity: lines::quantity(most, scale, unit),
            scaled: scale > 1,
            cash: found.order.money(line.cash - line.refunded),
        })
    };
    found.lines.iter().filter_map(row).collect()
}

async fn find(v: &Visit, id: &str) -> Result<Found> {
    v.party()?;
    let (id, cx, now) = (id_in_path::<kinds::Order>(id)?, v.asked.cx.clone(), v.now);
    v.app().store().read(move |read| found(read, &cx, id, now)).await
}

/// Which units the form is about: `?of=sent`, or whichever there are.
fn of_sent(v: &Visit, found: &Found, asked: &str) -> bool {
    asked == "sent" || (asked.is_empty() && rows(v, found, false).is_empty())
}

async fn form(v: Visit, Path(id): Path<String>) -> Reply {
    let found = match find(&v, &id).await {
        Ok(found) => found,
        // Nothing is paid, or nothing is left: the order says so.
        Err(no) if no.code() == "wrong_state" => return Ok(v.see(&format!("/orders/{id}"), "")),
        Err(no) => return Err(no.into()),
    };
    let of_sent = of_sent(&v, &found, &v.query("of"));
    let whole = rows(&v, &found, of_sent).into_iter().map(|row| (row.field, row.most.to_string()));
    page(&v, &Form::of(&v, Typed::with(whole.collect()), &found, of_sent))
}

async fn ask(Path(id): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    match send(&v, &id, &fields).await {
        Ok(said) => Ok(v.see(&format!("/orders/{id}"), said)),
        Err(no) => again(v, &id, fields, no).await,
    }
}

async fn again(v: Visit, id: &str, fields: Fields, no: Error) -> Reply {
    let of = fields.get("of").to_owned();
    let typed = Typed::refused(&v, fields, no)?;
    let found = match find(&v, id).await {
        Ok(found) => found,
        Err(no) if no.code() == "wrong_state" => return Ok(v.see(&format!("/orders/{id}"), "")),
        Err(no) => return Err(no.into()),
    };
    let of_sent = of_sent(&v, &found, &of);
    page_with(&v, typed.status.unwrap_or_default(), &Form::of(&v, typed, &found, of_sent))
}

async fn send(v: &Visit, id: &str, fields: &Fields) -> Result<&'static str> {
    fields.only(&["of", "units.*", "reason", "words"])?;
    v.party()?;
    let order: Id<kinds::Order> = id_in_path(id)?;
    let cx = v.asked.cx.clone();
    let lines = v.app().store().read(move |read| {
        orders::own(read, &cx, order)?;
        order::lines(read, order)
    });
    let lines = chosen(fields, &lines.await?)?;
    let reason = fields.text::<60>("reason")?.into_string();
    let words = fields.text_or_none("words")?;
    let done = refund::ask(v.app().store(), &v.asked.cx, RefundWish { order, lines, reason, words }).await?;
    Ok(if done.refund.is_some() { "buy-refund-granted" } else { "buy-refund-asked" })
}

/// What was typed beside each line; nothing and 0 leave it out.
fn chosen(fields: &Fields, lines: &[order::Line]) -> Result<Vec<(i64, Units)>> {
    let mut chosen = Vec::new();
    for line in lines {
        let field = format!("units.{}", line.n);
        let text = fields.get(&field).trim();
        if text.is_empty() || text == "0" {
            continue;
        }
        let malformed = |_| Common::Malformed { expected: "a whole number" }.at(field.clone());
        let units = text.parse::<i64>().map_err(malformed)?;
        chosen.push((line.n, Units::new(units).map_err(|no| no.at(field.clone()))?));
    }
    if chosen.is_empty() {
        return Err(Common::Required.at("lines"));
    }
    Ok(chosen)
}
