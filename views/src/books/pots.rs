//! What each pot holds is what the orders, refunds and payouts say must be in it. [$1]

use super::clerk::Clerk;
use crate::outside::owner_of;
use kernel::Result;
use store::{Statement, across};

/// Says what differs. A row is: account, owner, currency, what must be there, what is.
fn compare(clerk: &mut Clerk, sql: &'static Statement) -> Result<()> {
    clerk.each(sql, &[], |row, page| {
        let (account, owner, currency): (String, i64, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        let (due, holds): (i64, i64) = (row.get(3)?, row.get(4)?);
        let id = owner_of(&account, owner);
        page.say(format!("{account} of {id} holds {holds} {currency}; by its documents it is {due}."), [id]);
        Ok(())
    })
}

/// Escrow holds what was paid for an order and neither given back nor confirmed, and nothing for any other.
pub(super) fn escrow_is_paid_and_unconfirmed(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "with side (home, owner, currency, due, holds) as (
             select home, id, currency, amount - refunded, 0
             from order_order
             where paid_at is not null and completed_at is null
             union all
             select home, owner, currency, 0, -amount
             from ledger_balance
             where account = 'escrow'
         )
         select 'escrow', owner, currency, cast(sum(due) as bigint), cast(sum(holds) as bigint)
         from side
         group by home, owner, currency
         having sum(due) <> sum(holds)"
    );
    compare(clerk, sql)?;
    clerk.count(across!("select count(*) from ledger_balance where account = 'escrow'"))
}

/// In transit is what a channel or the bank has not confirmed, and unmatched what came late and does not go back yet.
pub(super) fn transit_is_what_is_under_way(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "with side (home, account, owner, currency, due, holds) as (
             select home, 'refund_transit', id, currency, amount, 0
             from payment_refund
             where state <> 'done'
             union all
             select home, 'payout_transit', id, currency, amount, 0
             from payout_payout
             where state in ('asked', 'sent')
             union all
             select home, 'unmatched', payment, currency, amount - refunded, 0
             from payment_late
             union all
             select home, account, owner, currency, 0, -amount
             from ledger_balance
             where account in ('refund_transit', 'payout_transit', 'unmatched')
         )
         select account, owner, currency, cast(sum(due) as bigint), cast(sum(holds) as bigint)
         from side
         group by home, account, owner, currency
         having sum(due) <> sum(holds)"
    );
    compare(clerk, sql)?;
    clerk.count(across!(
        "select count(*) from ledger_balance where account in ('refund_transit', 'payout_transit', 'unmatched')"
    ))
}

/// Pending is what a shop is due of orders that were completed and not settled yet, home by home.
pub(super) fn pending_is_completed_and_unsettled(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "with side (home, owner, currency, due, holds) as (
             select home, shop, currency, sum(amount - refunded - commission), 0
             from order_order
             where completed_at is not null and settled_at is null
             group by home, shop, currency
             union all
             select home, owner, currency, 0, -amount
             from ledger_balance
             where account = 'shop_pending'
         )
         select 'shop_pending', owner, currency, cast(sum(due) as bigint), cast(sum(holds) as bigint)
         from side
         group by home, owner, currency
         having sum(due) <> sum(holds)"
    );
    compare(clerk, sql)?;
    clerk.count(across!("select count(*) from ledger_balance where account = 'shop_pending'"))
}

/// In reserve is what was held back of settled orders and not set free yet.
pub(super) fn reserve_is_what_was_held_back(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "with side (owner, currency, due, holds) as (
             select s.shop, s.currency, s.reserve, 0
             from payout_settlement s
             join store_timer t on t.home = s.home and t.subject = s.ord and t.kind = 'order.release_reserve'
             where t.state = 0
             union all
             select owner, currency, 0, -amount
             from ledger_balance
             where account = 'shop_reserve'
         )
         select 'shop_reserve', owner, currency, cast(sum(due) as bigint), cast(sum(holds) as bigint)
         from side
         group by owner, currency
         having sum(due) <> sum(holds)"
    );
    compare(clerk, sql)?;
    clerk.count(across!("select count(*) from ledger_balance where account = 'shop_reserve'"))
}

/// The market has earned what its orders say, home by home.
pub(super) fn commission_is_what_orders_say(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "with side (home, currency, due, holds) as (
             select home, currency, sum(commission), 0
             from order_order
             group by home, currency
             union all
             select home, currency, 0, -amount
             from ledger_balance
             where account = 'commission'
         )
         select 'commission', 0, currency, cast(sum(due) as bigint), cast(sum(holds) as bigint)
         from side
         group by home, currency
         having sum(due) <> sum(holds)"
    );
    compare(clerk, sql)?;
    clerk.count(across!("select count(*) from ledger_balance where account = 'commission'"))
}
