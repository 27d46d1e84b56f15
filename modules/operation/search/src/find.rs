//! Which listings have all the words of a question.

use crate::{Mark, words};
use kernel::{Cursor, Home, Id, Page, Result, kinds};
use store::{Read, Statement, Val, args, sql};

/// The most terms of a question, marks among them; of more words the first count.
pub const TERMS_MAX: usize = 8;
/// The longest page.
const PAGE_MAX: usize = 200;

store::codes! {
    /// In which order goods are listed.
    pub enum Sort {
        /// The newest first.
        Newest = "newest",
        /// The cheapest first; what has no price is left out.
        PriceUp = "price_up",
        /// The dearest first; what has no price is left out.
        PriceDown = "price_down",
    }
}

/// Something that all goods of an answer have: a word or a mark.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Term(String);

/// The terms of a question. Without words and marks all goods answer it; where a person wrote something of which no
/// word is left, none do, and there is no term.
pub fn terms(text: Option<&str>, marks: &[Mark]) -> Vec<Term> {
    let asked = text.map(words::asked);
    let mut terms: Vec<Term> = marks.iter().map(|mark| Term(mark.word())).collect();
    match asked {
        Some(words) if words.is_empty() => return Vec::new(),
        Some(words) => terms.extend(words.into_iter().map(Term)),
        None if terms.is_empty() => terms.push(Term(Mark::All.word())),
        None => {}
    }
    terms.truncate(TERMS_MAX);
    terms
}

/// The listings that have all the terms, page by page, at most 200 a page; none for no term.
///
/// # Errors
/// What the engine says.
pub fn find(
    read: &mut Read,
    terms: &[Term],
    sort: Sort,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Page<Id<kinds::Listing>>> {
    let limit = limit.clamp(1, PAGE_MAX);
    let nothing = Page { items: Vec::new(), next: None };
    let Some(terms) = rarest_first(read, terms)? else {
        return Ok(nothing);
    };
    let after = after.unwrap_or(match sort {
        Sort::Newest | Sort::PriceDown => Cursor { sort: i64::MAX, id: i64::MAX },
        Sort::PriceUp => Cursor { sort: 0, id: i64::MAX },
    });
    let mut values = args![after.id, limit + 1].to_vec();
    if sort != Sort::Newest {
        values.insert(0, Val::Int(after.sort));
    }
    values.extend(slots(&terms));
    let statement = match sort {
        Sort::Newest => newest(),
        Sort::PriceUp => price_up(),
        Sort::PriceDown => price_down(),
    };
    let rows: Vec<(Id<kinds::Listing>, i64)> = read.all(statement, &values, |row| Ok((row.get(0)?, row.get(1)?)))?;
    let page = Page::of(rows, limit, |(listing, price_key)| match sort {
        Sort::Newest => Cursor { sort: listing.raw(), id: listing.raw() },
        Sort::PriceUp | Sort::PriceDown => Cursor { sort: *price_key, id: listing.raw() },
    });
    Ok(Page { items: page.items.into_iter().map(|(listing, _)| listing).collect(), next: page.next })
}

/// Each term with its home; an empty word fills a slot that no term needs.
fn slots(terms: &[Term]) -> Vec<Val> {
    let mut values = Vec::with_capacity(2 * TERMS_MAX);
    for at in 0..TERMS_MAX {
        let word = terms.get(at).map_or("", |term| &term.0);
        values.extend_from_slice(args![Home::of_text(word), word]);
    }
    values
}

/// The terms with the rarest in front, which is gone through while the others are asked of each listing; none where one
/// of them leads to nothing. A word of more than five thousand listings is as common as any.
fn rarest_first(read: &mut Read, terms: &[Term]) -> Result<Option<Vec<Term>>> {
    if terms.len() < 2 {
        return Ok(terms.first().map(|term| vec![term.clone()]));
    }
    let sql = sql!(
        "select
           (select count(*) from (select 1 from search_word where home = $1 and word = $2 limit 5000) a),
           (select count(*) from (select 1 from search_word where home = $3 and word = $4 limit 5000) b),
           (select count(*) from (select 1 from search_word where home = $5 and word = $6 limit 5000) c),
           (select count(*) from (select 1 from search_word where home = $7 and word = $8 limit 5000) d),
           (select count(*) from (select 1 from search_word where home = $9 and word = $10 limit 5000) e),
           (select count(*) from (select 1 from search_word where home = $11 and word = $12 limit 5000) f),
           (select count(*) from (select 1 from search_word where home = $13 and word = $14 limit 5000) g),
           (select count(*) from (select 1 from search_word where home = $15 and word = $16 limit 5000) h)"
    );
    let mut counted: Vec<(i64, Term)> = read.one(sql, &slots(terms), |row| {
        terms.iter().take(TERMS_MAX).enumerate().map(|(at, term)| Ok((row.get(at)?, term.clone()))).collect()
    })?;
    if counted.iter().any(|(count, _)| *count == 0) {
        return Ok(None);
    }
    counted.sort_by_key(|(count, _)| *count);
    Ok(Some(counted.into_iter().map(|(_, term)| term).collect()))
}

fn newest() -> &'static Statement {
    sql!(
        "select w.listing, w.price_key
         from search_word w
         where w.home = $3 and w.word = $4 and w.listing < $1
           and ($6 = '' or exists (select 1 from search_word b where b.home = $5 and b.word = $6 and b.listing = w.listing))
           and ($8 = '' or exists (select 1 from search_word c where c.home = $7 and c.word = $8 and c.listing = w.listing))
           and ($10 = '' or exists (select 1 from search_word d where d.home = $9 and d.word = $10 and d.listing = w.listing))
           and ($12 = '' or exists (select 1 from search_word e where e.home = $11 and e.word = $12 and e.listing = w.listing))
           and ($14 = '' or exists (select 1 from search_word f where f.home = $13 and f.word = $14 and f.listing = w.listing))
           and ($16 = '' or exists (select 1 from search_word g where g.home = $15 and g.word = $16 and g.listing = w.listing))
           and ($18 = '' or exists (select 1 from search_word h where h.home = $17 and h.word = $18 and h.listing = w.listing))
         order by w.listing desc
         limit $2"
    )
}

fn price_up() -> &'static Statement {
    sql!(
        "select w.listing, w.price_key
         from search_word w
         where w.home = $4 and w.word = $5 and (w.price_key, w.listing) > ($1, $2)
           and ($7 = '' or exists (select 1 from search_word b where b.home = $6 and b.word = $7 and b.listing = w.listing))
           and ($9 = '' or exists (select 1 from search_word c where c.home = $8 and c.word = $9 and c.listing = w.listing))
           and ($11 = '' or exists (select 1 from search_word d where d.home = $10 and d.word = $11 and d.listing = w.listing))
           and ($13 = '' or exists (select 1 from search_word e where e.home = $12 and e.word = $13 and e.listing = w.listing))
           and ($15 = '' or exists (select 1 from search_word f where f.home = $14 and f.word = $15 and f.listing = w.listing))
           and ($17 = '' or exists (select 1 from search_word g where g.home = $16 and g.word = $17 and g.listing = w.listing))
           and ($19 = '' or exists (select 1 from search_word h where h.home = $18 and h.word = $19 and h.listing = w.listing))
         order by w.price_key, w.listing
         limit $3"
    )
}

fn price_down() -> &'static Statement {
    sql!(
        "select w.listing, w.price_key
         from search_word w
         where w.home = $4 and w.word = $5 and (w.price_key, w.listing) < ($1, $2) and w.price_key > 0
           and ($7 = '' or exists (select 1 from search_word b where b.home = $6 and b.word = $7 and b.listing = w.listing))
           and ($9 = '' or exists (select 1 from search_word c where c.home = $8 and c.word = $9 and c.listing = w.listing))
           and ($11 = '' or exists (select 1 from search_word d where d.home = $10 and d.word = $11 and d.listing = w.listing))
           and ($13 = '' or exists (select 1 from search_word e where e.home = $12 and e.word = $13 and e.listing = w.listing))
           and ($15 = '' or exists (select 1 from search_word f where f.home = $14 and f.word = $15 and f.listing = w.listing))
           and ($17 = '' or exists (select 1 from search_word g where g.home = $16 and g.word = $17 and g.listing = w.listing))
           and ($19 = '' or exists (select 1 from search_word h where h.home = $18 and h.word = $19 and h.listing = w.listing))
         order by w.price_key desc, w.listing desc
         limit $3"
    )
}
