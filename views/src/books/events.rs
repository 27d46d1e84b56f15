//! Events: each is told once, and none runs ahead of the thing that it happened to. [U3]

use super::clerk::Clerk;
use crate::outside::shown;
use kernel::{
    Result,
    kinds::{Event, Order},
};
use store::across;

/// No root tells the same event twice under one number, and no event of an order is numbered beyond its version.
pub(super) fn events_are_told_once(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select min(id), max(id), name, seq
         from store_event
         where name not like 'catalog.%' and name not like 'identity.%'
         group by root, name, seq
         having count(*) > 1"
    );
    clerk.each(sql, &[], |row, page| {
        let ids = [shown::<Event>(row.get(0)?), shown::<Event>(row.get(1)?)];
        let (name, seq): (String, i64) = (row.get(2)?, row.get(3)?);
        page.say(format!("{name} number {seq} was told twice, as {} and {}.", ids[0], ids[1]), ids);
        Ok(())
    })?;
    let sql = across!(
        "select e.id, e.root, e.name, e.seq
         from store_event e
         left join order_order o on o.home = e.home and o.id = e.root
         where e.name like 'order.%' and (o.id is null or e.seq > o.version)"
    );
    clerk.each(sql, &[], |row, page| {
        let ids = [shown::<Event>(row.get(0)?), shown::<Order>(row.get(1)?)];
        let (name, seq): (String, i64) = (row.get(2)?, row.get(3)?);
        page.say(format!("{name} {} is number {seq} of order {}, which has not come so far.", ids[0], ids[1]), ids);
        Ok(())
    })?;
    clerk.count(across!("select count(*) from store_event"))
}
