//! `/cart`: what somebody means to buy, at the prices in force now.

use crate::lines::{self, Row};
use askama::Template;
use axum::{
    Router,
    http::StatusCode,
    response::Response,
    routing::{get, post},
};
use door::App;
use flows::cart as acts;
use identity::Token;
use kernel::{Actor, Cx, Error, Id, Money, Result, Units, kinds};
use pricing::{Gain, Totals};
use views::cart::{CartLine, CartPage, CartShop};
use web::{Fields, Posted, Reply, Typed, Visit, keep_session, page_with};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/cart", get(cart))
        .route("/cart/lines", post(add))
        .route("/cart/lines/set", post(set))
        .route("/cart/lines/later", post(later))
        .route("/cart/lines/remove", post(remove))
}

/// A shop's part of the cart.
pub(crate) struct Part {
    /// Its name.
    pub(crate) name: String,
    /// Its name in addresses.
    pub(crate) slug: String,
    /// What is bought of it.
    pub(crate) rows: Vec<Row>,
    /// What its goods and their sending come to.
    pub(crate) totals: Option<Totals>,
    /// How much more would be sent free, and what the goods come to by then.
    pub(crate) missing: Option<(Money, i64)>,
}

#[derive(Template)]
#[template(path = "cart.html")]
struct Cart {
    v: Visit,
    typed: Typed,
    shops: Vec<Part>,
    dead: Vec<Row>,
    saved: Vec<Row>,
    totals: Option<Totals>,
    reduced: Option<Money>,
    freed: Option<Money>,
    refused: Option<&'static str>,
    count: usize,
}

async fn cart(v: Visit) -> Reply {
    show(v, Typed::default(), StatusCode::OK).await
}

async fn show(v: Visit, typed: Typed, status: StatusCode) -> Reply {
    let found = match v.asked.cx.actor.party() {
        Some(party) => {
            let (cx, now) = (v.asked.cx.clone(), v.now);
            Some(v.app().store().read(move |read| views::cart::cart(read, &cx, party, None, now)).await?)
        }
        None => None,
    };
    let page = found.map_or_else(|| Cart::empty(&v), |found| Cart::of(&v, &found));
    page_with(&v, status, &Cart { v: v.clone(), typed, ..page })
}

impl Cart {
    fn empty(v: &Visit) -> Cart {
        Cart {
            v: v.clone(),
            typed: Typed::default(),
            shops: Vec::new(),
            dead: Vec::new(),
            saved: Vec::new(),
            totals: None,
            reduced: None,
            freed: None,
            refused: None,
            count: 0,
        }
    }

    fn of(v: &Visit, found: &CartPage) -> Cart {
        let lines = || found.shops.iter().flat_map(|shop| &shop.lines);
        Cart {
            shops: parts(v, found),
            dead: lines().filter(|line| !lines::can_be_mended(line)).map(|line| Row::of(v, line)).collect(),
            saved: found.saved.iter().map(|line| Row::of(v, line)).collect(),
            totals: found.totals,
            reduced: reduced(found.totals.as_ref()),
            freed: freed(found.totals.as_ref()),
            refused: found.refused.map(|code| why_not_together(v, code)),
            count: lines().filter(|line| line.price.is_some()).count(),
            ..Cart::empty(v)
        }
    }
}

/// What can be bought, by shop.
pub(crate) fn parts(v: &Visit, found: &CartPage) -> Vec<Part> {
    let living = |shop: &CartShop| -> Vec<Row> {
        let lines = shop.lines.iter().filter(|line| lines::can_be_mended(line));
        lines.map(|line: &CartLine| Row::of(v, line)).collect()
    };
    let part = |shop: &CartShop| {
        let miss = found.near_misses.iter().find(|miss| miss.shop == shop.shop.id);
        let missing = miss.map(|miss| {
            let Gain::FreeFreight { .. } = miss.gain;
            (miss.more, shop.totals.map_or(0, |totals| totals.goods.minor))
        });
        let (name, slug) = (shop.shop.name.clone(), shop.shop.slug.clone());
        Part { name, slug, rows: living(shop), totals: shop.totals, missing }
    };
    found.shops.iter().map(part).filter(|part| !part.rows.is_empty()).collect()
}

/// What reductions take off the goods, as an amount below zero; none where there is none.
pub(crate) fn reduced(totals: Option<&Totals>) -> Option<Money> {
    totals.and_then(|totals| totals.goods.minus(totals.goods_gross).ok()).filter(|reduced| reduced.minor < 0)
}

/// What is not taken for sending, as an amount below zero; none where nothing is waived.
pub(crate) fn freed(totals: Option<&Totals>) -> Option<Money> {
    totals.and_then(|totals| totals.charges.minus(totals.charges_gross).ok()).filter(|freed| freed.minor < 0)
}

/// Why lines that can be bought one by one cannot be bought in one go.
pub(crate) fn why_not_together(v: &Visit, code: &str) -> &'static str {
    match code {
        "too_large" => v.say("buy-refused-too-large"),
        "too_many" => v.say("buy-refused-too-many"),
        "currency_mismatch" => v.say("buy-refused-currency"),
        _ => v.say("buy-refused-other"),
    }
}

/// What the page of the goods sends: put into the cart beside what is there, or bought at once without it.
async fn add(Posted { visit: v, fields }: Posted) -> Reply {
    match put_more(&v, &fields).await {
        Ok(response) => Ok(response),
        Err(no) => refused(v, fields, no).await,
    }
}

async fn put_more(v: &Visit, fields: &Fields) -> Result<Response> {
    fields.only(&["sku", "units", "go"])?;
    let (sku, units): (Id<kinds::Sku>, Units) = (fields.id("sku")?, fields.units("units")?);
    if fields.get("go") == "checkout" {
        return Ok(v.see(&format!("/checkout?sku={sku}&units={}", units.get()), ""));
    }
    let (cx, begun) = somebody(v).await?;
    let Some(party) = cx.actor.party() else { return Err(kernel::error::Common::LoginNeeded.into()) };
    let there = v.app().store().read(move |read| ::cart::lines(read, party)).await?;
    let there = there.iter().find(|line| line.sku == sku && !line.saved).map_or(0, |line| line.units.get());
    let units = Units::new(units.get().saturating_add(there)).map_err(|no| no.at("units"))?;
    match acts::put(v.app().store(), &cx, sku, units).await {
        Ok(_) => {}
        // The same form again, whose first sending has arrived: by then more was there, so it asks for another number.
        Err(no) if no.code() == "idempotency_key_reused" => {}
        Err(no) => return Err(no),
    }
    let mut response = v.see("/cart", "buy-added");
    if let Some(token) = begun {
        keep_session(&mut response, v.app(), &token, v.asked.settings.guest_link_days);
    }
    Ok(response)
}

/// Who puts something into a cart: whoever asks, or a guest that he becomes with this, whose session is handed back.
async fn somebody(v: &Visit) -> Result<(Cx, Option<String>)> {
    let mut cx = v.asked.cx.clone();
    if cx.actor != Actor::Anyone {
        return Ok((cx, None));
    }
    let asked = cx.clone();
    let token: Token<kinds::Session> = v.app().aside(move |app| acts::begin_as_guest(app.store(), &asked)).await?;
    let (shown, now) = (token.to_string(), v.app().now());
    let opened = shown.clone();
    let session = v.app().store().read(move |read| identity::session(read, &opened, now)).await?;
    cx.actor = session.map_or(Actor::Anyone, |session| session.actor());
    Ok((cx, Some(shown)))
}

async fn set(Posted { visit: v, fields }: Posted) -> Reply {
    let wanted = || -> Result<(Id<kinds::Sku>, Units)> {
        fields.only(&["sku", "units"])?;
        Ok((fields.id("sku")?, fields.units("units")?))
    };
    let done = match wanted() {
        Ok((sku, units)) => acts::put(v.app().store(), &v.asked.cx, sku, units).await.map(drop),
        Err(no) => Err(no),
    };
    done_or_refused(v, fields, done, "").await
}

async fn later(Posted { visit: v, fields }: Posted) -> Reply {
    let done = match only_sku(&fields) {
        Ok(sku) => acts::save_for_later(v.app().store(), &v.asked.cx, sku).await,
        Err(no) => Err(no),
    };
    done_or_refused(v, fields, done, "buy-saved").await
}

async fn remove(Posted { visit: v, fields }: Posted) -> Reply {
    let done = match only_sku(&fields) {
        Ok(sku) => acts::remove(v.app().store(), &v.asked.cx, sku).await,
        Err(no) => Err(no),
    };
    done_or_refused(v, fields, done, "buy-removed").await
}

fn only_sku(fields: &Fields) -> Result<Id<kinds::Sku>> {
    fields.only(&["sku"])?;
    fields.id("sku")
}

async fn done_or_refused(v: Visit, fields: Fields, done: Result<()>, said: &str) -> Reply {
    match done {
        Ok(()) => Ok(v.see("/cart", said)),
        Err(no) => refused(v, fields, no).await,
    }
}

/// The cart as it is, with what was wrong on top. Its forms stand once per line, so no message goes beside a field.
async fn refused(v: Visit, fields: Fields, no: Error) -> Reply {
    let typed = Typed::refused(&v, fields, no.at(""))?;
    let status = typed.status.unwrap_or_default();
    show(v, typed, status).await
}
