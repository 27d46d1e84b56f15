//! `/search`: goods by the words that somebody typed; and what every list of goods shares.

use askama::Template;
use axum::{Router, routing::get};
use door::App;
use kernel::{Cursor, Id, Page, Result, kinds::Category};
use views::goods::{Card, Query, Sort};
use web::{GoodsCard, Reply, Visit, page};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/search", get(search))
}

/// A choice that is a link.
pub(crate) struct Pill {
    pub href: String,
    pub words: String,
    pub is_on: bool,
}

impl Pill {
    pub fn new(href: String, words: &str, is_on: bool) -> Pill {
        Pill { href, words: words.to_owned(), is_on }
    }
}

/// In which order a list is asked for, and from where.
pub(crate) struct Asked {
    pub sort: Sort,
    pub cursor: Option<Cursor>,
}

impl Asked {
    /// # Errors
    /// `cursor_malformed`. An order that nobody knows is the usual one: such addresses are typed by hand.
    pub fn of(v: &Visit) -> Result<Asked> {
        let cursor = match v.query("cursor") {
            text if text.is_empty() => None,
            text => Some(text.parse()?),
        };
        Ok(Asked { sort: Sort::of(&v.query("sort")).unwrap_or(Sort::Newest), cursor })
    }

    pub fn query(&self) -> Query {
        Query { sort: self.sort, cursor: self.cursor, ..Query::default() }
    }
}

/// The orders of a list as links to the same list.
pub(crate) fn sorts(v: &Visit, taken: Sort) -> Vec<Pill> {
    let href = |sort: Sort| v.with("sort", if sort == Sort::Newest { "" } else { sort.word() });
    Sort::ALL.iter().map(|sort| Pill::new(href(*sort), &v.word("sort", sort.word()), *sort == taken)).collect()
}

#[derive(Template)]
#[template(path = "search.html")]
struct Search {
    v: Visit,
    q: String,
    category: Option<String>,
    categories: Vec<Pill>,
    sorts: Vec<Pill>,
    shown: String,
    cards: Vec<GoodsCard>,
    next: Option<Cursor>,
}

async fn search(v: Visit) -> Reply {
    let q = v.query("q").trim().to_owned();
    let asked = Asked::of(&v)?;
    let category: Option<Id<Category>> = v.query("category").parse().ok();
    let query = Query { words: Some(q.clone()), category, ..asked.query() };
    let (now, lang) = (v.now, v.locale());
    let read = move |read: &mut store::Read| {
        let within = match category {
            Some(category) => views::goods::chain(read, category, lang)?.pop().map(|crumb| crumb.name),
            None => None,
        };
        Ok((within, views::goods::find(read, &query, now, lang)?))
    };
    let (within, found) = v.app().store().read(read).await?;
    let found_page = Search {
        categories: categories(&v, &found.items, category),
        category: within,
        sorts: sorts(&v, asked.sort),
        shown: shown(&v, &found, asked.cursor.is_some()),
        cards: found.items.into_iter().map(GoodsCard::from).collect(),
        next: found.next,
        q,
        v,
    };
    page(&found_page.v.clone(), &found_page)
}

/// All of them counted where they stand on one page; more are never counted.
fn shown(v: &Visit, found: &Page<Card>, is_later: bool) -> String {
    let is_all = found.next.is_none() && !is_later;
    v.n(if is_all { "search-all" } else { "search-shown" }, found.items.len())
}

/// The categories of what was found, to narrow the search to one of them.
fn categories(v: &Visit, found: &[Card], taken: Option<Id<Category>>) -> Vec<Pill> {
    const MOST: usize = 8;
    let mut pills: Vec<(Id<Category>, Pill)> = Vec::new();
    for card in found.iter().filter(|card| Some(card.category) != taken) {
        if pills.len() < MOST && pills.iter().all(|(category, _)| *category != card.category) {
            let href = v.with("category", &card.category.to_string());
            pills.push((card.category, Pill::new(href, &card.category_name, false)));
        }
    }
    // A single category of everything narrows nothing.
    if taken.is_none() && pills.len() < 2 {
        return Vec::new();
    }
    pills.into_iter().map(|(_, pill)| pill).collect()
}
