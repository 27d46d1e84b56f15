//! All orders, and the cases that came to the market.

use crate::{
    cards::{OrderCard, order_cards},
    case_cards::{CaseCard, case_cards},
    seller,
    set::bounded,
};
use kernel::{Cursor, Id, Locale, Page, Result, kinds};
use order::State;
use store::{Read, across, args};

/// Which orders; none of both: every order.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct OrderFilter {
    /// Those in one state.
    pub state: Option<State>,
    /// Those of one shop.
    pub shop: Option<Id<kinds::Shop>>,
}

/// The market's orders, newest first.
///
/// # Errors
/// What the engine says.
pub fn orders(
    read: &mut Read,
    filter: OrderFilter,
    after: Option<Cursor>,
    limit: usize,
    lang: Locale,
) -> Result<Page<OrderCard>> {
    let limit = bounded(limit);
    let Page { items, next } = match filter.shop {
        Some(shop) => seller::order_keys(read, shop, filter.state.as_slice(), after, limit)?,
        None => keys(read, filter.state, after, limit)?,
    };
    Ok(Page { items: order_cards(read, &items, lang)?, next })
}

fn keys(read: &mut Read, state: Option<State>, after: Option<Cursor>, limit: usize) -> Result<Page<Id<kinds::Order>>> {
    let before = after.map_or(i64::MAX, |cursor| cursor.id);
    let ids = match state {
        None => {
            let sql = across!(
                "select id
                 from order_order
                 where id < $1
                 order by id desc
                 limit $2"
            );
            read.all(sql, args![before, limit + 1], |row| row.get(0))?
        }
        Some(state) => {
            let sql = across!(
                "select id
                 from order_order
                 where state = $1 and id < $2
                 order by id desc
                 limit $3"
            );
            read.all(sql, args![state, before, limit + 1], |row| row.get(0))?
        }
    };
    Ok(Page::of(ids, limit, |id: &Id<kinds::Order>| Cursor { sort: id.raw(), id: id.raw() }))
}

/// The cases that wait for a ruling, the most urgent first.
///
/// # Errors
/// What the engine says.
pub fn cases(read: &mut Read, after: Option<Cursor>, limit: usize) -> Result<Page<CaseCard>> {
    let Page { items, next } = aftersale::waiting_for_operator(read, after, bounded(limit))?;
    let ids: Vec<_> = items.iter().map(|head| head.id).collect();
    Ok(Page { items: case_cards(read, &ids)?, next })
}
