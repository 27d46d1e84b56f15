//! What a buyer sees of his own: his orders and the offers made to him, over all his homes, his own and those of the
//! guests that joined him. Whoever asks has shown that he acts for the account.

use crate::{
    cards::{OrderCard, order_cards},
    count::Count,
    quotation_cards::{QuotationCard, quotation_cards},
    set::bounded,
};
use kernel::{Cursor, Id, Locale, Page, Result, kinds};
use order::State;
use serde::Serialize;
use store::{Read, across, args, packed};

store::codes! {
    /// The tabs of a buyer's orders.
    pub enum Group {
        /// Every order.
        All = "all",
        /// 待付款: what can still be paid.
        ToPay = "to_pay",
        /// 待发货: what is paid and has not gone out, or not wholly.
        ToShip = "to_ship",
        /// 待收货: what went out and is not confirmed.
        ToReceive = "to_receive",
        /// 退款/售后: what a case was ever opened about.
        AfterSales = "after_sales",
    }
}

impl Group {
    /// The states that it stands for; the second one again where there is but one. None for what is not told by the
    /// state.
    const fn states(self) -> Option<[State; 2]> {
        match self {
            Group::ToPay => Some([State::Unpaid, State::Unpaid]),
            Group::ToShip => Some([State::Paid, State::PartShipped]),
            Group::ToReceive => Some([State::Shipped, State::Shipped]),
            Group::All | Group::AfterSales => None,
        }
    }
}

/// How much stands in each tab.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Counts {
    /// Every order.
    pub all: Count,
    /// To be paid.
    pub to_pay: Count,
    /// To be shipped.
    pub to_ship: Count,
    /// To be received.
    pub to_receive: Count,
    /// Cases that are still open.
    pub after_sales: Count,
}

/// An account's orders, newest first.
///
/// # Errors
/// What the engine says.
pub fn orders(
    read: &mut Read,
    account: Id<kinds::Party>,
    group: Group,
    after: Option<Cursor>,
    limit: usize,
    lang: Locale,
) -> Result<Page<OrderCard>> {
    let limit = bounded(limit);
    let parties = packed(&identity::homes_of(read, account)?);
    let before = after.map_or(i64::MAX, |cursor| cursor.id);
    let ids = match (group, group.states()) {
        (_, Some(states)) => open(read, &parties, states, before, limit + 1)?,
        (Group::AfterSales, None) => with_case(read, &parties, before, limit + 1)?,
        (_, None) => every(read, &parties, before, limit + 1)?,
    };
    let Page { items, next } = Page::of(ids, limit, |id| Cursor { sort: id.raw(), id: id.raw() });
    Ok(Page { items: order_cards(read, &items, lang)?, next })
}

/// How much stands in each tab of an account's orders.
///
/// # Errors
/// What the engine says.
pub fn counts(read: &mut Read, account: Id<kinds::Party>) -> Result<Counts> {
    let parties = packed(&identity::homes_of(read, account)?);
    let enough = Count::MAX as usize + 1;
    let mut in_states =
        |states| -> Result<Count> { Ok(Count::of(open(read, &parties, states, i64::MAX, enough)?.len() as i64)) };
    let to_pay = in_states([State::Unpaid, State::Unpaid])?;
    let to_ship = in_states([State::Paid, State::PartShipped])?;
    let to_receive = in_states([State::Shipped, State::Shipped])?;
    let all = Count::of(every(read, &parties, i64::MAX, enough)?.len() as i64);
    Ok(Counts { all, to_pay, to_ship, to_receive, after_sales: open_cases(read, &parties)? })
}

/// The offers that were made to an account, latest first; drafts are the seller's.
///
/// # Errors
/// What the engine says.
pub fn quotations(
    read: &mut Read,
    account: Id<kinds::Party>,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Page<QuotationCard>> {
    let limit = bounded(limit);
    let parties = packed(&identity::homes_of(read, account)?);
    let before = after.map_or(i64::MAX, |cursor| cursor.id);
    let sql = across!(
        "select q.id
         from ids($1) w
         join quotation_quotation q on q.home = w.id % 4096 and q.buyer = w.id
         where q.id < $2 and q.state <> 'draft'
         order by q.id desc
         limit $3"
    );
    let ids = read.all(sql, args![parties, before, limit + 1], |row| row.get(0))?;
    let Page { items, next } =
        Page::of(ids, limit, |id: &Id<kinds::Quotation>| Cursor { sort: id.raw(), id: id.raw() });
    Ok(Page { items: quotation_cards(read, &items)?, next })
}

fn every(read: &mut Read, parties: &str, before: i64, limit: usize) -> Result<Vec<Id<kinds::Order>>> {
    let sql = across!(
        "select o.id
         from ids($1) w
         join order_order o on o.home = w.id % 4096 and o.buyer = w.id
         where o.id < $2
         order by o.id desc
         limit $3"
    );
    read.all(sql, args![parties, before, limit], |row| row.get(0))
}

/// Those in two states that still move. The states that the index holds are named as it names them, so that it serves.
fn open(
    read: &mut Read,
    parties: &str,
    [one, other]: [State; 2],
    before: i64,
    limit: usize,
) -> Result<Vec<Id<kinds::Order>>> {
    let sql = across!(
        "select o.id
         from ids($1) w
         join order_order o on o.home = w.id % 4096 and o.buyer = w.id
         where o.state in ('unpaid', 'paid', 'part_shipped', 'shipped') and o.state in ($4, $5) and o.id < $2
         order by o.id desc
         limit $3"
    );
    read.all(sql, args![parties, before, limit, one, other], |row| row.get(0))
}

fn with_case(read: &mut Read, parties: &str, before: i64, limit: usize) -> Result<Vec<Id<kinds::Order>>> {
    let sql = across!(
        "select distinct k.ord
         from ids($1) w
         join aftersale_case k on k.home = w.id % 4096 and k.buyer = w.id
         where k.ord < $2
         order by k.ord desc
         limit $3"
    );
    read.all(sql, args![parties, before, limit], |row| row.get(0))
}

fn open_cases(read: &mut Read, parties: &str) -> Result<Count> {
    let sql = across!(
        "select cast(count(*) as bigint)
         from (select k.id
               from ids($1) w
               join aftersale_case k on k.home = w.id % 4096 and k.buyer = w.id
               where k.decided_at is null
               limit 100) open_case"
    );
    Count::ask(read, sql, args![parties])
}
