//! What waits for a shop's people.

use crate::count::Count;
use catalog::State;
use kernel::{Id, Result, Time, kinds};
use serde::Serialize;
use store::{Read, across, args, sql};

/// What waits, each counted up to 99.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
#[schemars(rename = "ShopWork")]
pub struct Home {
    /// Orders that are paid and have not gone out, or not wholly.
    pub to_ship: Count,
    /// Cases that the shop has to decide.
    pub cases: Count,
    /// When the first of them is decided by silence; none where there is none.
    pub answer_by: Option<Time>,
    /// Quotations before a buyer.
    pub quotations: Count,
    /// Quotations that are still being written.
    pub quotation_drafts: Count,
    /// Goods that are still being written.
    pub goods_draft: Count,
    /// Goods that the market would not have so.
    pub goods_refused: Count,
    /// Goods that the market looks at.
    pub goods_in_review: Count,
    /// Variants on sale of which all is sold or promised.
    pub out_of_stock: Count,
}

/// What waits for a shop's people; nine statements that stop at a hundred.
///
/// # Errors
/// What the engine says.
pub fn home(read: &mut Read, shop: Id<kinds::Shop>) -> Result<Home> {
    let to_ship = sql!(
        "select cast(count(*) as bigint)
         from (select ord
               from merchant_shop_order
               where home = $1 and shop = $2 and state in ('paid', 'part_shipped')
               limit 100) waiting"
    );
    let (cases, answer_by) = cases(read, shop)?;
    Ok(Home {
        to_ship: Count::ask(read, to_ship, args![shop.home(), shop])?,
        cases,
        answer_by,
        quotations: quotations(read, shop, quotation::State::Sent)?,
        quotation_drafts: quotations(read, shop, quotation::State::Draft)?,
        goods_draft: goods(read, shop, State::Draft)?,
        goods_refused: goods(read, shop, State::Refused)?,
        goods_in_review: goods(read, shop, State::InReview)?,
        out_of_stock: out_of_stock(read, shop)?,
    })
}

fn cases(read: &mut Read, shop: Id<kinds::Shop>) -> Result<(Count, Option<Time>)> {
    let sql = across!(
        "select answer_by
         from aftersale_case
         where shop = $1 and state = 'asked'
         order by answer_by, id
         limit 100"
    );
    let waiting: Vec<Option<Time>> = read.all(sql, args![shop], |row| row.get(0))?;
    Ok((Count::of(waiting.len() as i64), waiting.first().copied().flatten()))
}

fn quotations(read: &mut Read, shop: Id<kinds::Shop>, state: quotation::State) -> Result<Count> {
    let sql = across!(
        "select cast(count(*) as bigint)
         from (select id
               from quotation_quotation
               where shop = $1 and state = $2
               limit 100) waiting"
    );
    Count::ask(read, sql, args![shop, state])
}

fn goods(read: &mut Read, shop: Id<kinds::Shop>, state: State) -> Result<Count> {
    let sql = across!(
        "select cast(count(*) as bigint)
         from (select id
               from catalog_listing
               where shop = $1 and state = $2
               limit 100) waiting"
    );
    Count::ask(read, sql, args![shop, state])
}

/// Of the first thousand levels that ran out, those of variants that are on sale.
fn out_of_stock(read: &mut Read, shop: Id<kinds::Shop>) -> Result<Count> {
    let sql = across!(
        "select cast(count(*) as bigint)
         from (select distinct k.id
               from (select sku
                     from stock_level
                     where owner = $1 and on_hand = reserved and condition = 'good'
                     order by sku
                     limit 1000) v
               join catalog_sku k on k.home = v.sku % 4096 and k.id = v.sku
               join catalog_listing l on l.home = k.home and l.id = k.listing
               where k.state = 'on_sale' and l.state = 'listed'
               limit 100) gone"
    );
    Count::ask(read, sql, args![shop])
}
