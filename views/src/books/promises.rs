//! What orders hold on the shelves, and what left for them. [L1, B6]

use super::clerk::Clerk;
use crate::outside::shown;
use kernel::{
    Result, Time,
    kinds::{Order, Sku},
};
use store::across;

/// An order holds what its lines say of each SKU that comes from a shelf: as many units as were bought, as many gone as
/// were shipped and as left the shelf for it, as many given back as were cancelled, and all the rest once it has
/// closed. What is made to order or needs no stock comes from no shelf.
pub(super) fn orders_hold_what_they_wait_for(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "with side (ord, sku, warehouse, owner, units, held, shipped, gone, moved, free, released) as (
             select l.ord, l.sku, l.warehouse, o.shop, l.units, 0, l.shipped, 0, 0,
                 case when o.state = 'closed' then l.units - l.shipped else l.cancelled end, 0
             from order_line l
             join order_order o on o.home = l.home and o.id = l.ord
             where l.warehouse <> 0
             union all
             select holder, sku, warehouse, owner, 0, units, 0, shipped, 0, 0, released
             from stock_reservation
             union all
             select document, sku, warehouse, owner, 0, 0, 0, 0, -units, 0, 0
             from stock_movement
             where cause = 'ship'
         )
         select ord, sku, cast(sum(units) as bigint), cast(sum(held) as bigint), cast(sum(shipped) as bigint),
             cast(sum(gone) as bigint), cast(sum(moved) as bigint), cast(sum(free) as bigint),
             cast(sum(released) as bigint)
         from side
         group by ord, sku, warehouse, owner
         having sum(units) <> sum(held) or sum(shipped) <> sum(gone) or sum(shipped) <> sum(moved)
             or sum(free) <> sum(released)"
    );
    clerk.each(sql, &[], |row, page| {
        let ids = [shown::<Order>(row.get(0)?), shown::<Sku>(row.get(1)?)];
        let at = |place: usize| row.get::<i64>(place);
        page.say(
            format!(
                "Order {} wants {} of {} and holds {}; {} went out, by its reservation {}, by movements {}; {} are free, \
                 by its reservation {}.",
                ids[0], at(2)?, ids[1], at(3)?, at(4)?, at(5)?, at(6)?, at(7)?, at(8)?
            ),
            ids,
        );
        Ok(())
    })?;
    promises_end_with_their_order(clerk)?;
    clerk.count(across!("select count(*) from order_line"))
}

/// What is not paid for is held until the order would close.
fn promises_end_with_their_order(clerk: &mut Clerk) -> Result<()> {
    let sql = across!(
        "select r.holder, r.sku, r.expires_at, o.close_at
         from stock_reservation r
         join order_order o on o.id = r.holder
         where r.expires_at <> o.close_at"
    );
    clerk.each(sql, &[], |row, page| {
        let ids = [shown::<Order>(row.get(0)?), shown::<Sku>(row.get(1)?)];
        let (ends, closes): (Time, Time) = (row.get(2)?, row.get(3)?);
        page.say(format!("What order {} holds of {} ends at {ends}, the order at {closes}.", ids[0], ids[1]), ids);
        Ok(())
    })
}
