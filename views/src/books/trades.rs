//! A trade is its orders. [B6]

use super::clerk::Clerk;
use crate::outside::shown;
use kernel::{Result, kinds::Trade};
use store::across;

/// A trade costs what its orders cost, has as many as it says, all of one buyer, currency and instant; whoever placed
/// it stands in the first change of its orders.
pub(super) fn trades_are_their_orders(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select t.id, t.amount, t.orders, cast(coalesce(o.amount, 0) as bigint), coalesce(o.orders, 0),
             coalesce(o.strangers, 0), t.storefront
         from order_trade t
         left join (
             select o.trade, sum(o.amount) as amount, count(*) as orders,
                 sum(case
                     when o.buyer = t.buyer and o.currency = t.currency and o.placed_at = t.placed_at
                         and c.actor_id = t.acted_by and c.at = t.placed_at then 0
                     else 1
                 end) as strangers
             from order_order o
             join order_trade t on t.home = o.home and t.id = o.trade
             left join order_change c on c.home = o.home and c.ord = o.id and c.n = 1
             group by o.trade
         ) o on o.trade = t.id
         where t.amount <> coalesce(o.amount, 0) or t.orders <> coalesce(o.orders, 0)
           or coalesce(o.strangers, 0) <> 0 or t.storefront <> 1"
    );
    clerk.each(sql, &[], |row, page| {
        let trade = shown::<Trade>(row.get(0)?);
        let (amount, orders): (i64, i64) = (row.get(1)?, row.get(2)?);
        let (sum, count, strangers): (i64, i64, i64) = (row.get(3)?, row.get(4)?, row.get(5)?);
        let storefront: i64 = row.get(6)?;
        page.say(
            format!(
                "Trade {trade} at storefront {storefront} is of {amount} over {orders} orders; it has {count} that sum \
                 to {sum}, and {strangers} of them differ in buyer, currency, instant or who placed them."
            ),
            [trade],
        );
        Ok(())
    })?;
    clerk.count(across!("select count(*) from order_trade"))
}
