//! What goes on by itself: timers that are due, events that wait for their reactions, channels and banks that owe an
//! answer, the audit log's seals. Any number of processes may run it; each thing happens once all the same.

use crate::{Market, pay, payout, reactions, timers};
use futures_util::future::join_all;
use kernel::{Actor, Cx, Error, Id, Result, SalesChannel, Time, kinds};
use payment::{
    Asking, ChannelError, Notice, NoticeKind,
    channel::{RefundSeen, RefundWish, Seen, Wish},
};
use store::{Act, Delivery};

/// What a round of the worker did.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Round {
    /// Events whose reactions ran.
    pub events: usize,
    /// Timers that rang.
    pub timers: usize,
    /// Channels and banks that were asked.
    pub asked: usize,
}

impl Round {
    /// Whether there was nothing to do.
    pub const fn is_idle(&self) -> bool {
        self.events + self.timers + self.asked == 0
    }
}

fn cx(what: &str) -> Cx {
    Cx::new(Actor::System("worker"), what).through(SalesChannel::Import)
}

/// How many events share an act.
const BATCH: i64 = 200;

/// Whether a replay plays the past, so that what was found to be due is not to be done now. Asked after it was found:
/// what a replay makes it makes after having said that it plays, so none of it is found before that is seen.
///
/// # Errors
/// What the engine says.
pub async fn stands_aside(market: &Market, found: usize) -> Result<bool> {
    if found == 0 {
        return Ok(false);
    }
    let now = market.store.clock().now();
    Ok(market.store.read(market::settings).await?.is_past_played(now))
}

/// One round over everything that is due now.
///
/// # Errors
/// What the engine says. What a single thing says is put off and comes again.
pub async fn round(market: &Market) -> Result<Round> {
    let timers = ring_timers(market).await?;
    let events = deliver_events(market)?;
    let asked = ask_outside(market).await?;
    Ok(Round { events, timers, asked })
}

/// Asks channels and banks for what they owe an answer to; answers how many were asked.
///
/// # Errors
/// What the engine says.
pub async fn ask_outside(market: &Market) -> Result<usize> {
    let (payments, refunds) = (ask_channels(market).await?, ask_about_refunds(market).await?);
    Ok(payments + refunds + payout::tell_bank(market, BATCH).await?)
}

/// Runs the timers that are due, side by side so that they share commits; answers how many rang.
///
/// # Errors
/// What the engine says.
pub async fn ring_timers(market: &Market) -> Result<usize> {
    let now = market.store.clock().now();
    let due = market.store.read(move |read| store::due_timers(read, now, BATCH)).await?;
    if stands_aside(market, due.len()).await? {
        return Ok(0);
    }
    let rang = join_all(due.iter().map(|timer| timers::ring(market, timer, now))).await;
    // One that broke was put off and does not stop the others.
    Ok(rang.into_iter().filter(|rang| matches!(rang, Ok(true))).count())
}

/// Runs the reactions to the events that wait; answers how many were delivered. Many share an act; where one of them
/// fails, each goes by itself.
///
/// # Errors
/// What the engine says.
pub fn deliver_events(market: &Market) -> Result<usize> {
    let now = market.store.clock().now();
    let waiting = market.store.read(move |read| store::pending_events(read, now, BATCH)).wait()?;
    if waiting.is_empty() || store::wait(stands_aside(market, waiting.len()))? {
        return Ok(0);
    }
    let count = waiting.len();
    if deliver(market, waiting.clone()).is_ok() {
        return Ok(count);
    }
    let mut delivered = 0;
    for event in waiting {
        match deliver(market, vec![event.clone()]) {
            Ok(()) => delivered += 1,
            Err(_) => {
                market.store.write(Act::new("event.put_off", &cx("events")), move |tx| tx.put_off(&event)).wait()?
            }
        }
    }
    Ok(delivered)
}

fn deliver(market: &Market, events: Vec<Delivery>) -> Result<()> {
    let act = Act::new("event.deliver", &cx("events"));
    let delivering = market.store.write(act, move |tx| {
        for event in &events {
            if store::deliver(tx, event)? {
                reactions::react(tx, event)?;
            }
        }
        Ok(())
    });
    delivering.wait()
}

/// Asks channels about payments of which they owe an answer, by our number; answers how many were asked.
async fn ask_channels(market: &Market) -> Result<usize> {
    let now = market.store.clock().now();
    let due = market.store.read(move |read| payment::due(read, now, BATCH)).await?;
    let count = due.len();
    if stands_aside(market, count).await? {
        return Ok(0);
    }
    for payment in due {
        let Ok(channel) = market.channel(&payment.channel) else {
            continue;
        };
        let number = payment.number();
        let seen = match payment.asking(now) {
            Asking::Create => {
                let wish = Wish { number, amount: payment.amount, expires_at: payment.expires_at, return_to: None };
                channel.create(wish).await.map(|opened| Some((opened.channel_ref, Seen::Open)))
            }
            Asking::Query => channel.query(number).await.map(|seen| Some((String::new(), seen))),
            Asking::Close => channel.close(number).await.map(|seen| Some((String::new(), seen))),
        };
        learn(market, &payment, channel.code(), seen).await?;
    }
    Ok(count)
}

type Learnt = Result<Option<(String, Seen)>, ChannelError>;

async fn learn(market: &Market, payment: &payment::Payment, channel: &'static str, seen: Learnt) -> Result<()> {
    let id = payment.id;
    let now = market.store.clock().now();
    match seen {
        Ok(Some((_, Seen::Paid { amount, channel_ref, at }))) => {
            let notice = notice(NoticeKind::Paid, payment.number(), amount, channel_ref, at);
            pay::record(&market.store, channel, notice, None).await
        }
        Ok(Some((channel_ref, Seen::Open))) if !channel_ref.is_empty() => {
            let sent = market
                .store
                .write(Act::new("payment.sent", &cx("channels")), move |tx| payment::sent(tx, id, &channel_ref));
            sent.await.map(drop)
        }
        Ok(Some((_, Seen::Closed | Seen::Missing))) if payment.asking(now) == Asking::Close => {
            closed_at_channel(market, id).await
        }
        _ => market.store.write(Act::new("payment.asked", &cx("channels")), move |tx| payment::asked(tx, id)).await,
    }
}

/// The channel takes no money for it any more, so neither do we.
async fn closed_at_channel(market: &Market, payment: Id<kinds::Payment>) -> Result<()> {
    let act = Act::new("payment.closed", &cx("channels"));
    let closed = market.store.write(act, move |tx| {
        payment::close(tx, payment)?;
        payment::told(tx, payment)
    });
    closed.await
}

fn notice(kind: NoticeKind, number: String, amount: kernel::Money, channel_ref: String, at: Time) -> Notice {
    Notice { event: format!("asked {number} at {at}"), kind, number, amount, channel_ref, at }
}

/// Asks channels to give money back, and how far they are; answers how many were asked.
async fn ask_about_refunds(market: &Market) -> Result<usize> {
    let now = market.store.clock().now();
    let due = market.store.read(move |read| payment::due_refunds(read, now, BATCH)).await?;
    let count = due.len();
    if stands_aside(market, count).await? {
        return Ok(0);
    }
    for (refund, code) in due {
        let Ok(channel) = market.channel(&code) else {
            continue;
        };
        let (number, payment) = (refund.id.to_string(), refund.payment.to_string());
        let seen = if refund.state == payment::RefundState::Intended {
            channel.refund(RefundWish { number, payment, amount: refund.amount }).await
        } else {
            channel.query_refund(payment, number).await
        };
        learn_of_refund(market, &refund, channel.code(), seen).await?;
    }
    Ok(count)
}

async fn learn_of_refund(
    market: &Market,
    refund: &payment::Refund,
    channel: &'static str,
    seen: Result<RefundSeen, ChannelError>,
) -> Result<()> {
    let id = refund.id;
    let now = market.store.clock().now();
    let told = |kind, amount, channel_ref| notice(kind, id.to_string(), amount, channel_ref, now);
    match seen {
        Ok(RefundSeen::Done { amount, channel_ref }) => {
            pay::record(&market.store, channel, told(NoticeKind::Refunded, amount, channel_ref), None).await
        }
        Ok(RefundSeen::Failed { code }) | Err(ChannelError::Refused(code)) => {
            let notice = told(NoticeKind::RefundFailed(code), refund.amount, String::new());
            pay::record(&market.store, channel, notice, None).await
        }
        Ok(RefundSeen::Accepted { channel_ref }) => {
            let accepted = market.store.write(Act::new("refund.accepted", &cx("channels")), move |tx| {
                if payment::refund_accepted(tx, id, &channel_ref)? { Ok(()) } else { payment::refund_asked(tx, id) }
            });
            accepted.await
        }
        Ok(RefundSeen::Missing) | Err(ChannelError::Unknown(_)) => {
            market.store.write(Act::new("refund.asked", &cx("channels")), move |tx| payment::refund_asked(tx, id)).await
        }
    }
}

/// How many audit rows share a seal at most.
const SEAL: i64 = 2_000;

/// Seals what the audit log has gathered; answers how many rows.
///
/// # Errors
/// What the engine says.
pub fn seal_audit(market: &Market) -> Result<i64> {
    let mut sealed = 0;
    loop {
        let seal = market.store.write(Act::new("audit.seal", &cx("seal")), |tx| store::seal::seal(tx, SEAL));
        let rows = seal.wait()?;
        sealed += rows;
        if rows < SEAL {
            return Ok(sealed);
        }
    }
}

/// Forgets answers to requests older than the market's setting; answers how many.
///
/// # Errors
/// What the engine says.
pub fn forget_answers(market: &Market) -> Result<u64> {
    let act = Act::new("once.forget", &cx("once"));
    let forgetting = market.store.write(act, |tx| {
        let settings = market::settings(tx)?;
        let before = tx.now().plus(-settings.once_hours * kernel::time::HOUR);
        store::once::forget(tx, before, 2_000)
    });
    forgetting.wait()
}

/// Whether an error is the database's and not the market's, so that a loop shall pause.
pub fn is_breakage(error: &Error) -> bool {
    matches!(error, Error::Broken(_)) || error.code() == "unavailable"
}
