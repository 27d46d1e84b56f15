//! Goods that wait for a review.

use crate::{
    goods_cards::{GoodsCard, goods_cards},
    set::bounded,
};
use kernel::{Cursor, Id, Locale, Page, Result, Time, kinds};
use store::{Read, across, args};

/// The goods to review, the oldest first.
///
/// # Errors
/// What the engine says.
pub fn goods_queue(
    read: &mut Read,
    after: Option<Cursor>,
    limit: usize,
    now: Time,
    lang: Locale,
) -> Result<Page<GoodsCard>> {
    let limit = bounded(limit);
    let seen = after.map_or(0, |cursor| cursor.id);
    let sql = across!(
        "select id
         from catalog_listing
         where state = 'in_review' and id > $1
         order by id
         limit $2"
    );
    let ids: Vec<Id<kinds::Listing>> = read.all(sql, args![seen, limit + 1], |row| row.get(0))?;
    let Page { items, next } = Page::of(ids, limit, |id| Cursor { sort: id.raw(), id: id.raw() });
    Ok(Page { items: goods_cards(read, &items, now, lang)?, next })
}
