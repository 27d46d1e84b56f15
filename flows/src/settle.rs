//! T+N after confirmation the shop may have its money, less what is held back for late refunds. [$3]

use crate::{access, postings, timers};
use kernel::{Id, Result, kinds, money::carried_by, time::DAY};
use store::Tx;

/// Settles a completed order.
pub(crate) fn settle(tx: &mut Tx, order: Id<kinds::Order>) -> Result<()> {
    access::market(tx)?;
    let order = order::order(tx, order)?;
    let settings = market::settings(tx)?;
    let net = order::settle(tx, &order)?;
    // The holdback is a share of the proceeds, rounded down: the shop gets the odd unit now.
    let reserve = carried_by(net, settings.settle_reserve_bp.get(), kernel::BasisPoints::WHOLE);
    postings::settle(tx, &order, net, reserve)?;
    let settled = payout::Settlement {
        order: order.id,
        shop: order.shop,
        currency: order.currency,
        gross: order.amount - order.refunded,
        commission: order.commission,
        reserve,
        net: net - reserve,
        settle_on: order.settle_on.unwrap_or_default(),
        zone: settings.zone.name().to_owned(),
        settled_at: tx.now(),
        fold: None,
    };
    payout::settle(tx, &settled)?;
    if reserve > 0 {
        let free_at = tx.now().plus(settings.reserve_days * DAY);
        tx.set_timer(timers::RELEASE_RESERVE, order.id.raw(), order.id.home(), free_at)?;
    }
    Ok(())
}

/// Sets free what was held back of an order, when its time has come.
pub(crate) fn release_reserve(tx: &mut Tx, order: Id<kinds::Order>) -> Result<()> {
    access::market(tx)?;
    set_free(tx, order)
}

/// Sets it free before its time, for the shop's debts; false where nothing is held back of the order any more.
pub(crate) fn release_early(tx: &mut Tx, order: Id<kinds::Order>) -> Result<bool> {
    access::market(tx)?;
    Ok(tx.take_timer_early(timers::RELEASE_RESERVE, order.raw(), order.home())? && {
        set_free(tx, order)?;
        true
    })
}

fn set_free(tx: &mut Tx, order: Id<kinds::Order>) -> Result<()> {
    let order = order::order(tx, order)?;
    let settled = payout::settlement_of(tx, order.id)?;
    let reserve = settled.map_or(0, |settled| settled.reserve);
    postings::release_reserve(tx, &order, reserve)
}
