//! Lists of goods.

use super::card::{CARDS_MAX, Card, cards};
use kernel::{Cursor, Id, Locale, Page, Result, Time, kinds};
use search::{Mark, Sort, Term};
use store::Read;

/// How often a page is filled up where goods that were found are not on sale any more: the index follows a moment
/// behind, and a shop that was stopped leaves it little by little.
const FILLS: usize = 4;

/// What is looked for; nothing at all means all goods.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Query {
    /// Words as a person typed them; all must be there.
    pub words: Option<String>,
    /// Only goods of this category and those below it.
    pub category: Option<Id<kinds::Category>>,
    /// Only goods of this shop.
    pub shop: Option<Id<kinds::Shop>>,
    /// In which order.
    pub sort: Sort,
    /// Where the page begins; none: at the beginning.
    pub cursor: Option<Cursor>,
    /// How many, at most sixty.
    pub limit: usize,
}

impl Default for Query {
    /// The newest goods of the market.
    fn default() -> Query {
        Query { words: None, category: None, shop: None, sort: Sort::Newest, cursor: None, limit: 24 }
    }
}

impl Query {
    fn terms(&self) -> Vec<Term> {
        let marks = [self.category.map(Mark::Category), self.shop.map(Mark::Shop)];
        let marks: Vec<Mark> = marks.into_iter().flatten().collect();
        // A field that was sent empty asks for nothing.
        let words = self.words.as_deref().map(str::trim).filter(|words| !words.is_empty());
        search::terms(words, &marks)
    }
}

/// A page of goods that are on sale.
///
/// # Errors
/// What the engine says.
pub fn find(read: &mut Read, query: &Query, now: Time, lang: Locale) -> Result<Page<Card>> {
    let limit = query.limit.clamp(1, CARDS_MAX);
    let terms = query.terms();
    let mut page = Page { items: Vec::with_capacity(limit), next: query.cursor };
    for _ in 0..FILLS {
        let found = search::find(read, &terms, query.sort, page.next, limit - page.items.len())?;
        page.next = found.next;
        page.items.extend(cards(read, &found.items, now, lang)?);
        if page.next.is_none() || page.items.len() == limit {
            break;
        }
    }
    Ok(page)
}

/// A few of the newest goods of the same category, without the listing itself.
///
/// # Errors
/// What the engine says.
pub fn related(
    read: &mut Read,
    listing: Id<kinds::Listing>,
    category: Id<kinds::Category>,
    limit: usize,
    now: Time,
    lang: Locale,
) -> Result<Vec<Card>> {
    let limit = limit.clamp(1, CARDS_MAX - 1);
    let query = Query { category: Some(category), limit: limit + 1, ..Query::default() };
    let mut cards = find(read, &query, now, lang)?.items;
    cards.retain(|card| card.listing != listing);
    cards.truncate(limit);
    Ok(cards)
}
