//! When this event, then that: what happens after an act, at least once, each time the same.

use crate::{payout, searching, timers};
use kernel::{Id, Result, Time, kinds};
use merchant::Listed;
use store::{Delivery, Event, Tx};

/// Runs every reaction to an event, in the act that marks it as delivered. Each is idempotent: an older event never
/// overwrites what a newer one said.
///
/// # Errors
/// What the rooms say; the event comes again.
pub fn react(tx: &mut Tx, event: &Delivery) -> Result<()> {
    match event.name.as_str() {
        order::Placed::NAME => on_order::<order::Placed>(tx, event, |e| (e.order, e.shop), Some("unpaid")),
        order::Paid::NAME => on_order::<order::Paid>(tx, event, |e| (e.order, e.shop), Some("paid")),
        order::Shipped::NAME => on_shipped(tx, event),
        order::Completed::NAME => on_order::<order::Completed>(tx, event, |e| (e.order, e.shop), Some("completed")),
        order::Settled::NAME => on_settled(tx, event),
        order::Closed::NAME => on_order::<order::Closed>(tx, event, |e| (e.order, e.shop), Some("closed")),
        order::Refunded::NAME => on_order::<order::Refunded>(tx, event, |e| (e.order, e.shop), None),
        quotation::Sent::NAME => on_quotation::<quotation::Sent>(tx, event, |e| (e.quotation, e.shop), "sent"),
        quotation::Accepted::NAME => {
            on_quotation::<quotation::Accepted>(tx, event, |e| (e.quotation, e.shop), "accepted")
        }
        quotation::Declined::NAME => {
            on_quotation::<quotation::Declined>(tx, event, |e| (e.quotation, e.shop), "declined")
        }
        quotation::Withdrawn::NAME => {
            on_quotation::<quotation::Withdrawn>(tx, event, |e| (e.quotation, e.shop), "withdrawn")
        }
        quotation::Expired::NAME => on_quotation::<quotation::Expired>(tx, event, |e| (e.quotation, e.shop), "expired"),
        catalog::event::Listed::NAME
        | catalog::event::Delisted::NAME
        | catalog::event::Edited::NAME
        | catalog::event::PriceChanged::NAME => searching::index(tx, Id::from_raw(event.root)),
        merchant::ShopFrozen::NAME | merchant::ShopUnfrozen::NAME | merchant::ShopClosed::NAME => {
            searching::begin_sweep(tx, Id::from_raw(event.root))
        }
        _ => Ok(()),
    }
}

/// A shop's list of its orders follows what happens to them. A refund may have changed the state, so the order is
/// asked for it.
fn on_order<E: Event>(
    tx: &mut Tx,
    event: &Delivery,
    of: impl Fn(&E) -> (Id<kinds::Order>, Id<kinds::Shop>),
    state: Option<&str>,
) -> Result<()> {
    let Some(body) = event.as_event::<E>()? else {
        return Ok(());
    };
    let (id, shop) = of(&body);
    let state = match state {
        Some(state) => state.to_owned(),
        None => order::order(tx, id)?.state.word().to_owned(),
    };
    note_order(tx, shop, id, state, event.seq)
}

/// Money of a shop's has become free: where the market pays out by schedule, the shop's turn comes.
fn on_settled(tx: &mut Tx, event: &Delivery) -> Result<()> {
    let Some(settled) = event.as_event::<order::Settled>()? else {
        return Ok(());
    };
    let settings = market::settings(tx)?;
    match payout::next_run(&settings, event.at)? {
        Some(at) => tx.set_timer(timers::PAYOUT, settled.shop.raw(), settled.shop.home(), at),
        None => Ok(()),
    }
}

fn on_shipped(tx: &mut Tx, event: &Delivery) -> Result<()> {
    let Some(shipped) = event.as_event::<order::Shipped>()? else {
        return Ok(());
    };
    let state = if shipped.whole { "shipped" } else { "part_shipped" };
    note_order(tx, shipped.shop, shipped.order, state.to_owned(), event.seq)
}

fn note_order(tx: &mut Tx, shop: Id<kinds::Shop>, id: Id<kinds::Order>, state: String, seq: i64) -> Result<()> {
    let placed_at = Time(id.millis());
    merchant::note_order(tx, &Listed { shop, id, placed_at, state, seq })
}

fn on_quotation<E: Event>(
    tx: &mut Tx,
    event: &Delivery,
    of: impl Fn(&E) -> (Id<kinds::Quotation>, Id<kinds::Shop>),
    state: &str,
) -> Result<()> {
    let Some(body) = event.as_event::<E>()? else {
        return Ok(());
    };
    let (id, shop) = of(&body);
    let line = Listed { shop, id, placed_at: Time(id.millis()), state: state.to_owned(), seq: event.seq };
    merchant::note_quotation(tx, &line)
}
