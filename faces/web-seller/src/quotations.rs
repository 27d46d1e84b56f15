//! `/seller/{slug}/quotations`: offers at agreed prices, and writing one.

use crate::{
    desk::{self, Desk},
    form,
};
use askama::Template;
use axum::{Router, extract::Path, routing::get};
use door::App;
use flows::quote::{self, Quote, QuoteLine};
use identity::{Login, Permission};
use kernel::{Error, Id, Money, Page, Result, Units, error::Common, kinds};
use merchant::Shop;
use quotation::State;
use store::Read;
use views::{QuotationCard, seller};
use web::{Fields, Posted, Reply, Typed, Visit, page, page_with};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/seller/{slug}/quotations", get(quotations))
        .route("/seller/{slug}/quotations/new", get(new).post(write))
}

/// Quotations on one page.
const QUOTATIONS: usize = 20;

#[derive(Template)]
#[template(path = "seller_quotations.html")]
struct Quotations {
    v: Visit,
    desk: Desk,
    state: Option<State>,
    page: Page<QuotationCard>,
}

impl Quotations {
    fn tabs(&self) -> Vec<(&'static str, String)> {
        let all = [("", self.v.say("seller-all").to_owned())];
        let states = State::ALL.iter().map(|state| (state.word(), self.v.word("quotation-state", state.word())));
        all.into_iter().chain(states).collect()
    }

    fn is_shown(&self, word: &str) -> bool {
        self.state.map_or("", State::word) == word
    }
}

async fn quotations(v: Visit, Path(slug): Path<String>) -> Reply {
    let (state, cursor) = (State::of(&v.query("state")), form::cursor(&v)?);
    let asked = desk::open(&v, &slug, Some(Permission::ShopQuotations), move |read, desk| {
        seller::quotations(read, desk.shop.id, state, cursor, QUOTATIONS)
    });
    let (desk, quotations) = asked.await?;
    page(&v.clone(), &Quotations { v, desk, state, page: quotations })
}

/// Lines on an empty form, and the most that one form takes; longer ones come over the API.
const LINES: usize = 5;
const LINES_MAX: usize = 100;

#[derive(Template)]
#[template(path = "seller_quotation_new.html")]
struct New {
    v: Visit,
    desk: Desk,
    typed: Typed,
    lines: usize,
}

impl New {
    fn more(&self) -> Option<String> {
        let more = (self.lines + 10).min(LINES_MAX);
        (more > self.lines).then(|| self.desk.path(&format!("/quotations/new?lines={more}")))
    }
}

async fn new(v: Visit, Path(slug): Path<String>) -> Reply {
    let lines = v.query("lines").parse().unwrap_or(LINES);
    show_new(v, &slug, lines, Typed::default()).await
}

async fn show_new(v: Visit, slug: &str, lines: usize, typed: Typed) -> Reply {
    let (desk, ()) = desk::open(&v, slug, Some(Permission::ShopQuotations), |_, _| Ok(())).await?;
    let status = typed.status.unwrap_or_default();
    page_with(&v.clone(), status, &New { v, desk, typed, lines: lines.clamp(1, LINES_MAX) })
}

async fn write(Path(slug): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    match do_write(&v, &slug, &fields).await {
        Ok(id) => Ok(v.see(&format!("/seller/{slug}/quotations/{id}"), "quotation-drafted")),
        Err(no) => {
            let lines = fields.get("lines").parse().unwrap_or(LINES);
            let (_, typed) = form::refused(&v, fields, as_typed(no))?;
            show_new(v, &slug, lines, typed).await
        }
    }
}

/// A line as it was typed.
struct Line {
    at: usize,
    code: String,
    units: Units,
    unit_price: i64,
}

async fn do_write(v: &Visit, slug: &str, fields: &Fields) -> Result<Id<kinds::Quotation>> {
    fields.only(&["buyer", "lines", "code.*", "units.*", "price.*"])?;
    let shop = desk::shop(v, slug).await?;
    let login: Login = fields.parse("buyer")?;
    let typed = lines_of(fields, &shop)?;
    let (id, lang, currency) = (shop.id, v.locale(), shop.currency);
    let asked = v.app().store().read(move |read| {
        let buyer = identity::person_of(read, &login)?.ok_or_else(|| Error::from(Common::NotFound).at("buyer"))?;
        let line = |line: &Line| {
            Ok(QuoteLine { sku: sku_of(read, id, line, lang)?, units: line.units, unit_price: line.unit_price })
        };
        Ok((buyer, typed.iter().map(line).collect::<Result<Vec<_>>>()?))
    });
    let (buyer, lines) = asked.await?;
    let quote = Quote { shop: shop.id, buyer, currency, lines };
    quote::draft(v.app().store(), &v.asked.cx, quote).await
}

fn lines_of(fields: &Fields, shop: &Shop) -> Result<Vec<Line>> {
    let mut lines = Vec::new();
    for at in 1..=LINES_MAX {
        let code = fields.get(&format!("code.{at}")).trim().to_owned();
        if code.is_empty() {
            continue;
        }
        let (of_units, of_price) = (format!("units.{at}"), format!("price.{at}"));
        let units = form::number(fields, &of_units)?.ok_or_else(|| Common::Required.at(of_units.clone()))?;
        let units = Units::new(units).map_err(|no| no.at(of_units))?;
        let price = fields.get(&of_price).trim();
        if price.is_empty() {
            return Err(Common::Required.at(of_price));
        }
        let price = Money::parse(price, shop.currency).map_err(|no| no.at(of_price))?;
        lines.push(Line { at, code, units, unit_price: price.minor });
    }
    match lines.is_empty() {
        true => Err(Common::Required.at("code.1")),
        false => Ok(lines),
    }
}

/// The variant of a code; of several the one that was written last.
fn sku_of(read: &mut Read, shop: Id<kinds::Shop>, line: &Line, lang: kernel::Locale) -> Result<Id<kinds::Sku>> {
    let found = seller::stock_by_code(read, shop, &line.code, lang)?;
    let unknown = || Error::from(catalog::Refusal::UnknownSku).at(format!("code.{}", line.at));
    found.first().map(|row| row.sku).ok_or_else(unknown)
}

/// A buyer who is not there is a matter of the form, not of the page.
fn as_typed(no: Error) -> Error {
    match no {
        Error::Refused(mut refused) if refused.field.as_deref() == Some("buyer") => {
            refused.kind = kernel::Kind::Invalid;
            Error::Refused(refused)
        }
        other => other,
    }
}
