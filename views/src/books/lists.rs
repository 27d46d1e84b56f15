//! What shops keep of their own: their state with its changes, and the lists of their orders and quotations. [M1]

use super::clerk::Clerk;
use crate::outside::shown;
use kernel::{
    Result,
    kinds::{Order, Quotation, Shop},
};
use store::across;

/// A shop's list has every order and every quotation that was sent, in the state it is in, as soon as their events are
/// delivered; and the shop itself is where its last change led.
pub(super) fn shops_know_their_orders(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select o.id, o.shop, o.state, s.state, s.seq, o.version
         from order_order o
         left join merchant_shop_order s on s.ord = o.id and s.shop = o.shop
         left join (select root from store_event where done_at is null group by root) e on e.root = o.id
         where e.root is null and (s.ord is null or s.state <> o.state or s.seq > o.version)"
    );
    clerk.each(sql, &[], |row, page| {
        let ids = [shown::<Order>(row.get(0)?), shown::<Shop>(row.get(1)?)];
        let (state, listed): (String, Option<String>) = (row.get(2)?, row.get(3)?);
        page.say(format!("Order {} is {state}; the list of shop {} says {listed:?}.", ids[0], ids[1]), ids);
        Ok(())
    })?;
    let sql = across!(
        "select q.id, q.shop, q.state, s.state
         from quotation_quotation q
         left join merchant_shop_quotation s on s.quotation = q.id and s.shop = q.shop
         left join (select root from store_event where done_at is null group by root) e on e.root = q.id
         where q.state <> 'draft' and e.root is null
           and (s.quotation is null or s.state <> q.state or s.seq > q.version)"
    );
    clerk.each(sql, &[], |row, page| {
        let ids = [shown::<Quotation>(row.get(0)?), shown::<Shop>(row.get(1)?)];
        let (state, listed): (String, Option<String>) = (row.get(2)?, row.get(3)?);
        page.say(format!("Quotation {} is {state}; the list of shop {} says {listed:?}.", ids[0], ids[1]), ids);
        Ok(())
    })?;
    lists_name_what_is_there(clerk)?;
    shops_are_where_their_changes_led(clerk)?;
    clerk.count(across!("select (select count(*) from order_order) + (select count(*) from quotation_quotation)"))
}

fn lists_name_what_is_there(clerk: &mut Clerk) -> Result<()> {
    let sql = across!(
        "select s.ord, s.shop
         from merchant_shop_order s
         left join order_order o on o.id = s.ord and o.shop = s.shop
         where o.id is null
         union all
         select s.quotation, s.shop
         from merchant_shop_quotation s
         left join quotation_quotation q on q.id = s.quotation and q.shop = s.shop
         where q.id is null"
    );
    clerk.each(sql, &[], |row, page| {
        let shop = shown::<Shop>(row.get(1)?);
        let order = shown::<Order>(row.get(0)?);
        page.say(
            format!("Shop {shop} lists {order} or a quotation of that number, which is not there."),
            [shop, order],
        );
        Ok(())
    })
}

fn shops_are_where_their_changes_led(clerk: &mut Clerk) -> Result<()> {
    let sql = across!(
        "select s.id, s.version, s.state, c.to_state
         from merchant_shop s
         left join merchant_shop_change c on c.home = s.home and c.shop = s.id and c.n = s.version
         where (c.n is null and not (s.version = 1 and s.state = 'draft')) or c.to_state <> s.state"
    );
    clerk.each(sql, &[], |row, page| {
        let shop = shown::<Shop>(row.get(0)?);
        let (version, state): (i64, String) = (row.get(1)?, row.get(2)?);
        let led: Option<String> = row.get(3)?;
        page.say(format!("Shop {shop} is {state} in version {version}; that change led to {led:?}."), [shop]);
        Ok(())
    })
}
