//! What lies on the shelves: every movement in order, every promise counted. [L1]

use super::clerk::{Clerk, Page};
use crate::outside::shown;
use kernel::{
    Result,
    kinds::{Shop, Sku, Warehouse},
};
use store::{Row, across};

/// A level beside its movements, as they come by in order.
#[derive(Default)]
struct Level {
    place: Option<(i64, i64, i64, String)>,
    on_hand: Option<i64>,
    moves: Option<i64>,
    n: i64,
    after: i64,
    broken: Option<i64>,
}

/// A level's movements are numbered without a gap, each says what lay there after it, and the last says what lies
/// there now.
pub(super) fn on_hand_is_the_sum_of_movements(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select m.sku, m.warehouse, m.owner, m.condition, m.n, m.units, m.after, v.on_hand, v.moves
         from stock_movement m
         left join stock_level v on v.home = m.home and v.sku = m.sku and v.warehouse = m.warehouse
             and v.owner = m.owner and v.condition = m.condition
         order by m.sku, m.warehouse, m.owner, m.condition, m.n"
    );
    let mut level = Level::default();
    clerk.each(sql, &[], |row, page| {
        let place = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        if level.place.as_ref() != Some(&place) {
            let fresh = Level { place: Some(place), on_hand: row.get(7)?, moves: row.get(8)?, ..Level::default() };
            std::mem::replace(&mut level, fresh).judge(page);
        }
        level.take(row)
    })?;
    level.judge(clerk.page());
    levels_have_moved(clerk)?;
    clerk.count(across!("select count(*) from stock_movement"))
}

impl Level {
    fn take(&mut self, row: &Row) -> Result<()> {
        let (n, units, after): (i64, i64, i64) = (row.get(4)?, row.get(5)?, row.get(6)?);
        let follows = n == self.n + 1 && self.after.checked_add(units) == Some(after);
        if !follows && self.broken.is_none() {
            self.broken = Some(n);
        }
        (self.n, self.after) = (n, after);
        Ok(())
    }

    fn judge(self, page: &mut Page) {
        let Some((sku, warehouse, _, condition)) = self.place else {
            return;
        };
        let ids = [shown::<Sku>(sku), shown::<Warehouse>(warehouse)];
        let place = format!("{condition} units of {} in {}", ids[0], ids[1]);
        if let Some(n) = self.broken {
            page.say(format!("Movement {n} of {place} does not follow from the one before."), ids.clone());
        }
        if self.on_hand != Some(self.after) || self.moves != Some(self.n) {
            page.say(
                format!(
                    "{:?} {place} are on hand after {:?} movements; the movements end with number {} at {}.",
                    self.on_hand, self.moves, self.n, self.after
                ),
                ids,
            );
        }
    }
}

fn levels_have_moved(clerk: &mut Clerk) -> Result<()> {
    let sql = across!(
        "select v.sku, v.warehouse, v.on_hand, v.moves
         from stock_level v
         left join stock_movement m on m.home = v.home and m.sku = v.sku and m.warehouse = v.warehouse
             and m.owner = v.owner and m.condition = v.condition and m.n = 1
         where m.n is null and (v.on_hand <> 0 or v.moves <> 0)"
    );
    clerk.each(sql, &[], |row, page| {
        let ids = [shown::<Sku>(row.get(0)?), shown::<Warehouse>(row.get(1)?)];
        let (on_hand, moves): (i64, i64) = (row.get(2)?, row.get(3)?);
        page.say(
            format!("{on_hand} units of {} are in {} after {moves} movements; there is none.", ids[0], ids[1]),
            ids,
        );
        Ok(())
    })
}

/// What a level says is promised is what its open reservations still hold, and an open one holds something.
pub(super) fn reserved_is_the_sum_of_reservations(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "with side (sku, warehouse, owner, condition, reserved, held, crooked) as (
             select sku, warehouse, owner, condition, reserved, 0, 0
             from stock_level
             union all
             select sku, warehouse, owner, condition, 0, sum(units - shipped - released),
                 sum(case when (state = 'done') = (shipped + released = units) then 0 else 1 end)
             from stock_reservation
             group by sku, warehouse, owner, condition
         )
         select sku, warehouse, cast(sum(reserved) as bigint), cast(sum(held) as bigint),
             cast(sum(crooked) as bigint)
         from side
         group by sku, warehouse, owner, condition
         having sum(reserved) <> sum(held) or sum(crooked) <> 0"
    );
    clerk.each(sql, &[], |row, page| {
        let ids = [shown::<Sku>(row.get(0)?), shown::<Warehouse>(row.get(1)?)];
        let (reserved, held, crooked): (i64, i64, i64) = (row.get(2)?, row.get(3)?, row.get(4)?);
        page.say(
            format!(
                "{reserved} units of {} in {} are promised, reservations hold {held}; {crooked} of them are open with \
                 nothing or done with something.",
                ids[0], ids[1]
            ),
            ids,
        );
        Ok(())
    })?;
    clerk.count(across!("select count(*) from stock_reservation"))
}

/// A shop with warehouses has exactly one that goods are taken from by default.
pub(super) fn every_shop_has_one_main_warehouse(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select shop, cast(sum(main) as bigint)
         from stock_warehouse
         group by shop
         having sum(main) <> 1"
    );
    clerk.each(sql, &[], |row, page| {
        let (shop, mains) = (shown::<Shop>(row.get(0)?), row.get::<i64>(1)?);
        page.say(format!("Shop {shop} has {mains} main warehouses."), [shop]);
        Ok(())
    })?;
    clerk.count(across!("select count(*) from stock_warehouse"))
}
