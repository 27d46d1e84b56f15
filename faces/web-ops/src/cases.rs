//! `/ops/cases`: cases that came to the market, and `/ops/cases/{id}`: one of them, its facts and its ruling.

use crate::{
    desk::{self, Desk},
    home::deadline,
};
use aftersale::{LineKind, Side, Stage, State, Words};
use askama::Template;
use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};
use door::App;
use flows::refund::{self, Preview, Ruling};
use kernel::{Error, Id, Page, Result, Units, error::Common, kinds};
use merchant::Shop;
use views::{
    CaseCard, ops,
    order_page::{self, OrderPage},
};
use web::{Chip, Fields, Posted, Reply, Typed, Visit, id_in_path, page, page_with};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/ops/cases", get(cases))
        .route("/ops/cases/{id}", get(case))
        .route("/ops/cases/{id}/preview", post(preview))
        .route("/ops/cases/{id}/rule", post(rule))
}

/// Cases on one page.
const CASES: usize = 30;

#[derive(Template)]
#[template(path = "ops_cases.html")]
struct Cases {
    v: Visit,
    desk: Desk,
    page: Page<CaseCard>,
}

async fn cases(v: Visit) -> Reply {
    let cursor = desk::cursor(&v)?;
    let asked = desk::open(&v, "/ops/cases", move |read, _| ops::cases(read, cursor, CASES));
    let (desk, found) = asked.await?;
    page(&v.clone(), &Cases { v, desk, page: found })
}

/// What is known of a case.
struct Found {
    head: aftersale::Head,
    lines: Vec<aftersale::Line>,
    words: Vec<Words>,
    order: OrderPage,
    shop: Shop,
    /// What granting would do, wholly or for what was chosen; none where it cannot be granted any more.
    preview: Option<Preview>,
}

#[derive(Template)]
#[template(path = "ops_case.html")]
struct OneCase {
    v: Visit,
    desk: Desk,
    typed: Typed,
    found: Found,
}

impl OneCase {
    fn is_open(&self) -> bool {
        self.found.head.state == State::WithOperator
    }

    fn deadline(&self) -> Option<Chip> {
        self.found.head.answer_by.filter(|_| !self.is_ended()).map(|by| deadline(&self.v, &by))
    }

    fn is_ended(&self) -> bool {
        !matches!(self.found.head.state, State::Asked | State::WithOperator)
    }

    /// The lines of goods that it is about: number, title, units in the case.
    fn goods(&self) -> Vec<(i64, String, i64)> {
        let goods = self.found.lines.iter().filter(|line| line.kind == LineKind::Goods);
        goods.map(|line| (line.n, self.title(&LineKind::Goods, &line.n), line.units)).collect()
    }

    /// What a line or charge is called.
    fn title(&self, kind: &LineKind, n: &i64) -> String {
        let order = &self.found.order;
        match kind {
            LineKind::Goods => {
                let line = order.lines.iter().find(|line| line.line.n == *n);
                line.map(|line| line.line.title.clone()).unwrap_or_default()
            }
            LineKind::Charge => {
                let charge = order.charges.iter().find(|charge| charge.n == *n);
                charge.map(|charge| self.v.word("ops-charge", charge.kind.word())).unwrap_or_default()
            }
        }
    }

    /// How many units of a line stand in its field.
    fn units(&self, n: &i64, units: &i64) -> String {
        match self.typed.value(&format!("units.{n}")) {
            "" if self.typed.value("verdict").is_empty() => units.to_string(),
            typed => typed.to_owned(),
        }
    }

    /// Which of the three answers is chosen.
    fn is_chosen(&self, verdict: &str) -> bool {
        match self.typed.value("verdict") {
            "" => verdict == "whole",
            chosen => chosen == verdict,
        }
    }

    fn side(&self, words: &Words) -> &'static str {
        match words.side {
            Side::Buyer => self.v.say("ops-side-buyer"),
            Side::Seller => self.v.say("ops-side-seller"),
            Side::Operator => self.v.say("ops-side-operator"),
        }
    }

    /// From which pot the money comes.
    fn pot(&self, preview: &Preview) -> String {
        let account = match preview.stage {
            Stage::BeforeShip | Stage::BeforeConfirm => ledger::Account::Escrow,
            Stage::BeforeSettle => ledger::Account::ShopPending,
            Stage::AfterSettle => ledger::Account::ShopAvailable,
        };
        self.v.word("account", account.word())
    }

    /// What of the pot is the shop's own: all of it but what the market gives from its commission.
    fn pot_of(&self, preview: &Preview) -> String {
        self.money(&(preview.cash.minor - preview.commission_back.minor))
    }

    fn money(&self, minor: &i64) -> String {
        self.v.money(&self.found.order.order.money(*minor))
    }

    /// The changes of the order and of its parcels, and the case's own, newest first.
    fn story(&self) -> Vec<(kernel::Time, String, bool)> {
        let head = &self.found.head;
        let mut story = vec![(head.asked_at, self.v.say("ops-case-asked").to_owned(), false)];
        story.extend(head.escalated_at.map(|at| (at, self.v.say("ops-case-escalated").to_owned(), true)));
        story.extend(head.decided_at.map(|at| (at, self.v.chip("case", head.state.word()).word, false)));
        for change in &self.found.order.timeline {
            story.push((change.at, self.v.word("ops-change", &change.what), false));
        }
        for step in self.found.order.parcels.iter().flat_map(|parcel| &parcel.track) {
            let chip = self.v.chip("parcel", step.state.word());
            let place = if step.place.is_empty() { String::new() } else { format!(" · {}", step.place) };
            story.push((step.carrier_at, format!("{}{place}", chip.word), chip.tone == "bad"));
        }
        story.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
        story
    }
}

async fn case(v: Visit, Path(id): Path<String>) -> Reply {
    show(v, id_in_path(&id)?, Typed::default(), Vec::new()).await
}

async fn show(v: Visit, id: Id<kinds::Case>, typed: Typed, chosen: Vec<(i64, Units)>) -> Reply {
    let asked = desk::open(&v, "/ops/cases/{id}", move |read, _| {
        let aftersale::Case { head, lines } = aftersale::case(read, id)?;
        let order = order_page::order_page(read, head.ord)?;
        let preview = match head.state {
            State::Asked | State::WithOperator => refund::preview(read, id, &chosen).map(Some).or_else(mendable)?,
            _ => None,
        };
        let (words, shop) = (aftersale::words_of(read, id)?, merchant::shop(read, head.shop)?);
        Ok(Found { head, lines, words, order, shop, preview })
    });
    let (desk, found) = asked.await?;
    let status = typed.status.unwrap_or_default();
    page_with(&v.clone(), status, &OneCase { v, desk, typed, found })
}

/// What cannot be granted is said when it is tried; the page is shown all the same.
fn mendable(no: Error) -> Result<Option<Preview>> {
    match no {
        Error::Refused(_) => Ok(None),
        broken @ Error::Broken(_) => Err(broken),
    }
}

const FIELDS: &[&str] = &["verdict", "line", "units.*", "words"];

/// The same page with what the choice would do to the money.
async fn preview(Path(id): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    let id = id_in_path::<kinds::Case>(&id)?;
    fields.only(FIELDS)?;
    match chosen(&fields) {
        Ok(units) => show(v, id, kept(&fields), units).await,
        Err(no) => {
            let typed = desk::refused(&v, fields, no)?;
            show(v, id, typed, Vec::new()).await
        }
    }
}

/// What was typed, on a page that says nothing of it.
fn kept(fields: &Fields) -> Typed {
    let mut values: Vec<(String, String)> =
        ["verdict", "words"].map(|name| (name.to_owned(), fields.get(name).to_owned())).into();
    for line in fields.each("line") {
        let name = format!("units.{line}");
        let typed = fields.get(&name).to_owned();
        values.push((name, typed));
    }
    Typed::with(values)
}

async fn rule(Path(id): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    let id = id_in_path::<kinds::Case>(&id)?;
    fields.only(FIELDS)?;
    let said = if fields.get("verdict") == "refuse" { "ops-case-refused" } else { "ops-case-granted" };
    let (units, done) = match ruling(&fields, id) {
        Ok(ruling) => (ruling.lines.clone(), refund::rule(v.app().store(), &v.asked.cx, ruling).await),
        Err(no) => (Vec::new(), Err(no)),
    };
    match done {
        Ok(()) => Ok(v.see(&format!("/ops/cases/{id}"), said)),
        Err(no) => {
            let typed = desk::refused(&v, fields, no)?;
            show(v, id, typed, units).await
        }
    }
}

fn ruling(fields: &Fields, case: Id<kinds::Case>) -> Result<Ruling> {
    let lines = chosen(fields)?;
    let words = Some(fields.text("words")?);
    match fields.get("verdict") {
        "whole" | "part" => Ok(Ruling { case, granted: true, lines, words }),
        "refuse" => Ok(Ruling { case, granted: false, lines: Vec::new(), words }),
        _ => Err(Error::from(Common::Required).at("verdict")),
    }
}

/// The units chosen by line; nothing for the case as it stands.
fn chosen(fields: &Fields) -> Result<Vec<(i64, Units)>> {
    if fields.get("verdict") != "part" {
        return Ok(Vec::new());
    }
    let mut chosen = Vec::new();
    for line in fields.each("line") {
        let name = format!("units.{line}");
        let typed = fields.get(&name).trim().to_owned();
        let said = |no: Error| no.at(name.clone());
        let whole = || said(Common::Malformed { expected: "a whole number" }.into());
        let n: i64 = line.parse().map_err(|_| whole())?;
        if typed.is_empty() || typed == "0" {
            continue;
        }
        let units: i64 = typed.parse().map_err(|_| whole())?;
        chosen.push((n, Units::new(units).map_err(said)?));
    }
    if chosen.is_empty() {
        return Err(Error::from(Common::Required).at("verdict"));
    }
    Ok(chosen)
}
