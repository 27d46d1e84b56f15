//! A shop's orders, cases and quotations, which live with their buyers.

use crate::{
    cards::{OrderCard, order_cards},
    case_cards::{CaseCard, case_cards},
    quotation_cards::{QuotationCard, quotation_cards},
    set::bounded,
};
use kernel::{Cursor, Id, Locale, Page, Result, Time, kinds};
use order::State;
use store::{Read, across, args};

store::codes! {
    /// The tabs of a shop's orders.
    pub enum Tab {
        /// Every order.
        All = "all",
        /// Not paid yet.
        Unpaid = "unpaid",
        /// Paid, and not gone out, or not wholly.
        ToShip = "to_ship",
        /// Gone out, not confirmed.
        Shipped = "shipped",
        /// Confirmed.
        Completed = "completed",
        /// Not paid in time, cancelled, given back whole.
        Closed = "closed",
    }
}

impl Tab {
    /// The states that it stands for; none for all.
    pub(crate) const fn states(self) -> &'static [State] {
        match self {
            Tab::All => &[],
            Tab::Unpaid => &[State::Unpaid],
            Tab::ToShip => &[State::Paid, State::PartShipped],
            Tab::Shipped => &[State::Shipped],
            Tab::Completed => &[State::Completed],
            Tab::Closed => &[State::Closed],
        }
    }
}

/// A shop's orders, latest first. The list is kept by reactions, so an order may stand for a moment in the tab that it
/// has just left; the card says how it is.
///
/// # Errors
/// What the engine says.
pub fn orders(
    read: &mut Read,
    shop: Id<kinds::Shop>,
    tab: Tab,
    after: Option<Cursor>,
    limit: usize,
    lang: Locale,
) -> Result<Page<OrderCard>> {
    let Page { items, next } = keys(read, shop, tab.states(), after, bounded(limit))?;
    Ok(Page { items: order_cards(read, &items, lang)?, next })
}

/// The page's orders: a list for each state, as the index has them, put into one order.
pub(crate) fn keys(
    read: &mut Read,
    shop: Id<kinds::Shop>,
    states: &[State],
    after: Option<Cursor>,
    limit: usize,
) -> Result<Page<Id<kinds::Order>>> {
    let mut rows = Vec::new();
    if states.is_empty() {
        rows = merchant::orders(read, shop, None, after, limit + 1)?.items;
    }
    for state in states {
        rows.extend(merchant::orders(read, shop, Some(state.word()), after, limit + 1)?.items);
    }
    rows.sort_by_key(|row| std::cmp::Reverse((row.placed_at, row.id)));
    let page = Page::of(rows, limit, |last| Cursor { sort: last.placed_at.0, id: last.id.raw() });
    Ok(Page { items: page.items.into_iter().map(|row| row.id).collect(), next: page.next })
}

/// What a shop has to decide, the most urgent first.
///
/// # Errors
/// What the engine says.
pub fn cases(read: &mut Read, shop: Id<kinds::Shop>, after: Option<Cursor>, limit: usize) -> Result<Page<CaseCard>> {
    let limit = bounded(limit);
    let Cursor { sort, id } = after.unwrap_or(Cursor { sort: i64::MIN, id: 0 });
    let sql = across!(
        "select id, answer_by
         from aftersale_case
         where shop = $1 and state = 'asked' and (answer_by, id) > ($2, $3)
         order by answer_by, id
         limit $4"
    );
    let rows: Vec<(Id<kinds::Case>, Time)> =
        read.all(sql, args![shop, sort, id, limit + 1], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let page = Page::of(rows, limit, |(id, by)| Cursor { sort: by.0, id: id.raw() });
    let ids: Vec<_> = page.items.into_iter().map(|(id, _)| id).collect();
    Ok(Page { items: case_cards(read, &ids)?, next: page.next })
}

/// A shop's quotations, latest first, all or those in one state; its drafts are among them.
///
/// # Errors
/// What the engine says.
pub fn quotations(
    read: &mut Read,
    shop: Id<kinds::Shop>,
    state: Option<quotation::State>,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Page<QuotationCard>> {
    let limit = bounded(limit);
    let before = after.map_or(i64::MAX, |cursor| cursor.id);
    let ids: Vec<Id<kinds::Quotation>> = match state {
        None => {
            let sql = across!(
                "select id
                 from quotation_quotation
                 where shop = $1 and id < $2
                 order by id desc
                 limit $3"
            );
            read.all(sql, args![shop, before, limit + 1], |row| row.get(0))?
        }
        Some(state) => {
            let sql = across!(
                "select id
                 from quotation_quotation
                 where shop = $1 and state = $2 and id < $3
                 order by id desc
                 limit $4"
            );
            read.all(sql, args![shop, state, before, limit + 1], |row| row.get(0))?
        }
    };
    let Page { items, next } = Page::of(ids, limit, |id| Cursor { sort: id.raw(), id: id.raw() });
    Ok(Page { items: quotation_cards(read, &items)?, next })
}
