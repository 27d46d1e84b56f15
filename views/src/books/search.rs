//! The index of goods: what can be bought is found, and nothing else. [G1]

use super::clerk::Clerk;
use crate::outside::shown;
use kernel::{Result, kinds::Listing};
use store::across;

/// Every listing on sale in an open shop is indexed and no other, as soon as what happened to it and to its shop is
/// told and no sweep of the shop is under way. A shop that is closing sells nothing and leaves the index at its end.
pub(super) fn what_is_on_sale_is_found(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select l.id, l.state, s.state, case when w.listing is null then 0 else 1 end
         from catalog_listing l
         join merchant_shop s on s.id = l.shop
         left join search_word w on w.word = '*' and w.listing = l.id
         left join search_sweep p on p.shop = l.shop
         left join (select root from store_event where done_at is null group by root) e on e.root = l.id
         left join (select root from store_event where done_at is null group by root) f on f.root = l.shop
         where p.shop is null and e.root is null and f.root is null
           and case when w.listing is null
             then case when l.state = 'listed' and s.state = 'open' then 1 else 0 end
             else case when l.state = 'listed' and s.state in ('open', 'closing') then 0 else 1 end
           end = 1"
    );
    clerk.each(sql, &[], |row, page| {
        let listing = shown::<Listing>(row.get(0)?);
        let (state, shop): (String, String) = (row.get(1)?, row.get(2)?);
        let is_found = if row.get(3)? { "found all the same" } else { "not found" };
        page.say(format!("Listing {listing} is {state} in a shop that is {shop}, and {is_found}."), [listing]);
        Ok(())
    })?;
    words_are_their_listings(clerk)?;
    clerk.count(across!("select count(*) from search_word where word = '*'"))
}

/// The words of a listing are as many as it says, all at its price, and none is anybody's who is not there.
fn words_are_their_listings(clerk: &mut Clerk) -> Result<()> {
    let sql = across!(
        "select i.listing, i.count, coalesce(w.words, 0)
         from search_listing i
         left join (
           select listing, count(*) as words, min(price_key) as least, max(price_key) as most
           from search_word
           group by listing
         ) w on w.listing = i.listing
         where i.count <> coalesce(w.words, 0) or w.least <> i.price_key or w.most <> i.price_key
         union all
         select w.listing, 0, count(*)
         from search_word w
         left join search_listing i on i.listing = w.listing
         left join catalog_listing l on l.id = w.listing
         where i.listing is null or l.id is null
         group by w.listing"
    );
    clerk.each(sql, &[], |row, page| {
        let listing = shown::<Listing>(row.get(0)?);
        let (said, there): (i64, i64) = (row.get(1)?, row.get(2)?);
        page.say(format!("Listing {listing} has {said} words at one price; the index holds {there}."), [listing]);
        Ok(())
    })
}
