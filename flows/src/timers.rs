//! What each timer does when its time has come: one act, which takes the timer and does what it is for.

use crate::{Market, close_unpaid, confirm, payout, refund, searching, settle};
use kernel::{Actor, Cx, Error, Result, SalesChannel, Time};
use store::{Act, Answer, Timer, Tx};

/// An unpaid trade closes.
pub const CLOSE_UNPAID: &str = "trade.close";
/// A shipped order confirms itself.
pub const CONFIRM: &str = "order.confirm";
/// A completed order is settled.
pub const SETTLE: &str = "order.settle";
/// What was held back of a settled order is set free.
pub const RELEASE_RESERVE: &str = "order.release_reserve";
/// A shop is paid out by the market's schedule.
pub const PAYOUT: &str = "shop.payout";
/// A refund that the seller did not answer in time.
pub const ANSWER: &str = aftersale::ANSWER;
/// Another price of a listing comes into force.
pub const INDEX: &str = "listing.index";
/// The next goods of a shop that stopped or began to sell are indexed anew.
pub const SWEEP: &str = "shop.index";

/// Runs one timer that is due, as of its due time or later; false where somebody else was faster.
///
/// # Errors
/// What the act says; a refusal means that there is nothing to do any more, and the timer is taken all the same.
pub async fn ring(market: &Market, timer: &Timer, at: Time) -> Result<bool> {
    let cx = Cx::new(Actor::System("timer"), format!("timer {} {}", timer.kind, timer.subject));
    let cx = cx.through(SalesChannel::Import).at(at.max(timer.due_at));
    if timer.kind == PAYOUT {
        payout::bring_all_home(market, timer.about()).await?;
    }
    let ringing = timer.clone();
    let rung = market.store.write(Act::new("timer.ring", &cx), move |tx| {
        Ok(tx.take_timer(&ringing)? && {
            act(tx, &ringing)?;
            true
        })
    });
    match rung.await {
        Err(Error::Refused(refused)) if refused.code != "unavailable" => give_up(market, &cx, timer.clone()).await,
        Err(broken) => {
            put_off(market, &cx, timer.clone()).await?;
            Err(broken)
        }
        rung => rung,
    }
}

fn act(tx: &mut Tx, timer: &Timer) -> Result<()> {
    match timer.kind.as_str() {
        CLOSE_UNPAID => close_unpaid::when_time_is_over(tx, timer.about()),
        CONFIRM => confirm::when_time_is_over(tx, timer.about()),
        SETTLE => settle::settle(tx, timer.about()),
        RELEASE_RESERVE => settle::release_reserve(tx, timer.about()),
        PAYOUT => payout::by_schedule(tx, timer.about()),
        quotation::EXPIRE => quotation::expire(tx, timer.about()).map(|_| ()),
        ANSWER => refund::when_nobody_answered(tx, timer.about()),
        INDEX => searching::index(tx, timer.about()),
        SWEEP => searching::sweep(tx, timer.about()),
        unknown => Err(Error::broken(format!("nobody knows what to do for the timer {unknown}"))),
    }
}

/// The thing has moved on, so the timer means nothing any more.
fn give_up(market: &Market, cx: &Cx, timer: Timer) -> Answer<bool> {
    market.store.write(Act::new("timer.give_up", cx), move |tx| tx.take_timer(&timer))
}

fn put_off(market: &Market, cx: &Cx, timer: Timer) -> Answer<()> {
    market.store.write(Act::new("timer.put_off", cx), move |tx| tx.put_off_timer(&timer))
}
