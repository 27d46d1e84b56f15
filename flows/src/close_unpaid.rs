//! An unpaid trade ends: its orders close, its stock goes back, its payments take no money any more.

use crate::{access, placing, timers};
use kernel::{Cx, Id, Result, kinds};
use order::State;
use store::{Act, Answer, Store, Tx};

/// The buyer cancels what he has not paid.
///
/// # Errors
/// `wrong_state` once it is paid or closed, `not_found` for another's.
pub fn cancel(store: &Store, cx: &Cx, trade: Id<kinds::Trade>) -> Answer<()> {
    store.write(Act::new("order.cancel_unpaid", cx).over(&trade), move |tx| {
        let head = order::trade(tx, trade)?;
        access::buyer(tx, head.buyer)?;
        tx.drop_timer(timers::CLOSE_UNPAID, trade.raw(), trade.home())?;
        close(tx, trade, "cancelled_by_buyer")
    })
}

/// Nobody paid in time.
pub(crate) fn when_time_is_over(tx: &mut Tx, trade: Id<kinds::Trade>) -> Result<()> {
    access::market(tx)?;
    close(tx, trade, "not_paid_in_time")
}

fn close(tx: &mut Tx, trade: Id<kinds::Trade>, why: &str) -> Result<()> {
    let orders = order::orders_of_trade(tx, trade)?;
    for order in &orders {
        order::close(tx, order, why)?;
    }
    placing::give_back_stock(tx, &orders)?;
    for payment in payment::of_trade(tx, trade)? {
        if payment.state.is_open() {
            payment::close(tx, payment.id)?;
        }
    }
    Ok(())
}

/// Whether every order of a trade still waits to be paid.
pub(crate) fn is_unpaid(orders: &[order::Order]) -> bool {
    orders.iter().all(|order| order.state == State::Unpaid)
}
