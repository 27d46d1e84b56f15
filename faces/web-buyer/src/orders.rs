//! `/orders`: what somebody bought, by what is to be done about it.

use crate::{lines, pay::Share};
use askama::Template;
use axum::{Router, routing::get};
use door::App;
use kernel::{Cursor, Id, Money, Result, Time, kinds};
use order::State;
use views::{
    Count, DeadlineKind, OrderCard,
    mine::{self, Counts, Group},
};
use web::{Reply, Visit, page};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/orders", get(orders))
}

/// How many cards a page has.
const SHOWN: usize = 20;

/// A tab with what stands in it.
struct Tab {
    href: String,
    name: String,
    count: String,
    is_open: bool,
}

/// A line on a card.
struct Line {
    href: String,
    title: String,
    option: Option<String>,
    picture: String,
    units: i64,
}

/// An order on the list.
struct Card {
    share: Share,
    placed_at: Time,
    lines: Vec<Line>,
    more_lines: i64,
    refunded: Option<Money>,
    deadline: Option<String>,
    open_case: bool,
    pay: Option<Id<kinds::Trade>>,
    can_confirm: bool,
}

#[derive(Template)]
#[template(path = "orders.html")]
struct Orders {
    v: Visit,
    tabs: Vec<Tab>,
    cards: Vec<Card>,
    shown: usize,
    next: Option<Cursor>,
    is_all: bool,
}

async fn orders(v: Visit) -> Reply {
    let party = v.party()?;
    let group = Group::of(&v.query("state")).unwrap_or(Group::All);
    let (after, locale) = (cursor(&v)?, v.locale());
    let found = v
        .app()
        .store()
        .read(move |read| Ok((mine::counts(read, party)?, mine::orders(read, party, group, after, SHOWN, locale)?)));
    let (counts, found) = found.await?;
    let cards: Vec<_> = found.items.iter().map(|card| of_card(&v, card)).collect();
    let shown = Orders {
        v: v.clone(),
        tabs: tabs(&v, &counts, group),
        shown: cards.len(),
        cards,
        next: found.next,
        is_all: group == Group::All,
    };
    page(&v, &shown)
}

/// Where the page begins, by its address.
///
/// # Errors
/// `cursor_malformed`.
pub(crate) fn cursor(v: &Visit) -> Result<Option<Cursor>> {
    let text = v.query("cursor");
    if text.is_empty() { Ok(None) } else { text.parse().map(Some) }
}

fn tabs(v: &Visit, counts: &Counts, open: Group) -> Vec<Tab> {
    let tab = |group: Group, count: Count| Tab {
        href: if group == Group::All { "/orders".to_owned() } else { format!("/orders?state={}", group.word()) },
        name: v.word("buy-tab", group.word()),
        count: match (count.n, count.more) {
            (0, _) => String::new(),
            (n, false) => n.to_string(),
            (n, true) => format!("{n}+"),
        },
        is_open: group == open,
    };
    vec![
        tab(Group::All, counts.all),
        tab(Group::ToPay, counts.to_pay),
        tab(Group::ToShip, counts.to_ship),
        tab(Group::ToReceive, counts.to_receive),
        tab(Group::AfterSales, counts.after_sales),
    ]
}

fn of_card(v: &Visit, card: &OrderCard) -> Card {
    let line = |line: &views::CardLine| Line {
        href: format!("/orders/{}", card.id),
        title: lines::titled(v, &line.title),
        option: line.option.clone(),
        picture: lines::picture(line.picture.as_deref(), &line.title, line.listing),
        units: line.units,
    };
    let deadline = card.deadline.map(|deadline| {
        let id = match deadline.kind {
            DeadlineKind::PayBy => "buy-card-pay-by",
            DeadlineKind::Confirms => "buy-card-confirms",
        };
        v.tell(id, "time", v.time(&deadline.at))
    });
    Card {
        share: Share::of(v, card),
        placed_at: card.placed_at,
        more_lines: card.line_count - card.lines.len() as i64,
        lines: card.lines.iter().map(line).collect(),
        refunded: Some(card.refunded).filter(|refunded| refunded.minor > 0),
        deadline,
        open_case: card.open_case,
        pay: (card.state == State::Unpaid).then_some(card.trade),
        can_confirm: card.state == State::Shipped,
    }
}
