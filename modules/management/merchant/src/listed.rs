//! A shop's own lists of its orders and quotations, which live with their buyers. Reactions keep them, so they name
//! things and decide nothing.

use kernel::{Cursor, Id, Page, Result, Time, kinds};
use store::{Read, Row, Tx, args, sql};

/// The longest page.
const PAGE_MAX: usize = 200;

/// A line of such a list: an order, or a quotation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed<I> {
    /// Whose.
    pub shop: Id<kinds::Shop>,
    /// Which.
    pub id: I,
    /// When it was placed, or drafted.
    pub placed_at: Time,
    /// Its state, as its own room calls it.
    pub state: String,
    /// The sequence number of the event that said so.
    pub seq: i64,
}

/// An order in its shop's list.
pub type ListedOrder = Listed<Id<kinds::Order>>;
/// A quotation in its shop's list.
pub type ListedQuotation = Listed<Id<kinds::Quotation>>;

/// Notes what an event said of an order. The same or an older event changes nothing.
///
/// # Errors
/// What the engine says.
pub fn note_order(tx: &mut Tx, line: &ListedOrder) -> Result<()> {
    let Listed { shop, id, placed_at, state, seq } = line;
    let sql = sql!(
        "insert into merchant_shop_order (home, shop, ord, placed_at, state, seq)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (ord, home) do update
         set state = excluded.state, seq = excluded.seq
         where merchant_shop_order.seq < excluded.seq"
    );
    tx.exec(sql, args![shop.home(), shop, id, placed_at, state, seq])?;
    Ok(())
}

/// Notes what an event said of a quotation. The same or an older event changes nothing.
///
/// # Errors
/// What the engine says.
pub fn note_quotation(tx: &mut Tx, line: &ListedQuotation) -> Result<()> {
    let Listed { shop, id, placed_at, state, seq } = line;
    let sql = sql!(
        "insert into merchant_shop_quotation (home, shop, quotation, placed_at, state, seq)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (quotation, home) do update
         set state = excluded.state, seq = excluded.seq
         where merchant_shop_quotation.seq < excluded.seq"
    );
    tx.exec(sql, args![shop.home(), shop, id, placed_at, state, seq])?;
    Ok(())
}

/// A shop's orders, latest first, all or those in one state; at most 200 a page.
///
/// # Errors
/// What the engine says.
pub fn orders(
    read: &mut Read,
    shop: Id<kinds::Shop>,
    state: Option<&str>,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Page<ListedOrder>> {
    let all = sql!(
        "select shop, ord, placed_at, state, seq
         from merchant_shop_order
         where home = $1 and shop = $2 and (placed_at, ord) < ($3, $4)
         order by placed_at desc, ord desc
         limit $5"
    );
    let in_state = sql!(
        "select shop, ord, placed_at, state, seq
         from merchant_shop_order
         where home = $1 and shop = $2 and state = $6 and (placed_at, ord) < ($3, $4)
         order by placed_at desc, ord desc
         limit $5"
    );
    page(read, (all, in_state), shop, state, after, limit)
}

/// A shop's quotations, latest first, all or those in one state; at most 200 a page.
///
/// # Errors
/// What the engine says.
pub fn quotations(
    read: &mut Read,
    shop: Id<kinds::Shop>,
    state: Option<&str>,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Page<ListedQuotation>> {
    let all = sql!(
        "select shop, quotation, placed_at, state, seq
         from merchant_shop_quotation
         where home = $1 and shop = $2 and (placed_at, quotation) < ($3, $4)
         order by placed_at desc, quotation desc
         limit $5"
    );
    let in_state = sql!(
        "select shop, quotation, placed_at, state, seq
         from merchant_shop_quotation
         where home = $1 and shop = $2 and state = $6 and (placed_at, quotation) < ($3, $4)
         order by placed_at desc, quotation desc
         limit $5"
    );
    page(read, (all, in_state), shop, state, after, limit)
}

fn page<K>(
    read: &mut Read,
    (all, in_state): (&'static store::Statement, &'static store::Statement),
    shop: Id<kinds::Shop>,
    state: Option<&str>,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Page<Listed<Id<K>>>> {
    let limit = limit.clamp(1, PAGE_MAX);
    let after = after.unwrap_or(Cursor { sort: i64::MAX, id: i64::MAX });
    let rows = match state {
        None => read.all(all, args![shop.home(), shop, after.sort, after.id, limit + 1], of_row)?,
        Some(state) => read.all(in_state, args![shop.home(), shop, after.sort, after.id, limit + 1, state], of_row)?,
    };
    Ok(Page::of(rows, limit, |last| Cursor { sort: last.placed_at.0, id: last.id.raw() }))
}

fn of_row<K>(row: &Row<'_>) -> Result<Listed<Id<K>>> {
    Ok(Listed { shop: row.get(0)?, id: row.get(1)?, placed_at: row.get(2)?, state: row.get(3)?, seq: row.get(4)? })
}
