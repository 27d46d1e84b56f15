//! What a shop sells, and what it does not sell yet or any more.

use crate::{
    goods_cards::{GoodsCard, goods_cards},
    set::bounded,
};
use catalog::State;
use kernel::{Cursor, Id, Locale, Page, Result, Time, kinds};
use store::{Read, across, args, sql};

/// A shop's goods, newest first, all or those in one state.
///
/// # Errors
/// What the engine says.
pub fn goods(
    read: &mut Read,
    shop: Id<kinds::Shop>,
    state: Option<State>,
    after: Option<Cursor>,
    limit: usize,
    (now, lang): (Time, Locale),
) -> Result<Page<GoodsCard>> {
    let limit = bounded(limit);
    let before = after.map_or(i64::MAX, |cursor| cursor.id);
    let ids: Vec<Id<kinds::Listing>> = match state {
        None => {
            let sql = sql!(
                "select listing
                 from catalog_shop_listing
                 where home = $1 and shop = $2 and listing < $3
                 order by listing desc
                 limit $4"
            );
            read.all(sql, args![shop.home(), shop, before, limit + 1], |row| row.get(0))?
        }
        Some(state) => {
            let sql = across!(
                "select id
                 from catalog_listing
                 where shop = $1 and state = $2 and id < $3
                 order by id desc
                 limit $4"
            );
            read.all(sql, args![shop, state, before, limit + 1], |row| row.get(0))?
        }
    };
    let Page { items, next } = Page::of(ids, limit, |id| Cursor { sort: id.raw(), id: id.raw() });
    Ok(Page { items: goods_cards(read, &items, now, lang)?, next })
}
