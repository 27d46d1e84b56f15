//! The payment channel.

use crate::{No, act, act_at, callback, no};
use kernel::{Error, Id, Result, Time, kinds};
use payment::{
    Channel, ChannelError, Notice,
    channel::{Opened, RefundSeen, RefundWish, Reply, Seen, Wish},
};
use sandbox::{
    Keys, Outbound, Verifier,
    wire::{NewPayment, NewRefund, Payment, PaymentState, Refund, RefundState},
};
use store::{Answer, Store};

/// The code under which payments name this channel.
pub(crate) const CODE: &str = "sandbox";

/// The trial payment provider, reached in process.
#[derive(Clone)]
pub struct SandboxChannel {
    store: Store,
    keys: Keys,
    verifier: Verifier,
}

impl SandboxChannel {
    /// The provider whose books are in `store`, which must hold [`sandbox::SCHEMA`].
    pub fn in_process(store: Store, keys: Keys) -> SandboxChannel {
        let verifier = keys.verifier();
        SandboxChannel { store, keys, verifier }
    }

    /// The buyer pays at the provider's cashier.
    pub fn pay(&self, number: String) -> Answer<Payment> {
        self.store.write(act("sandbox.pay", &number), move |tx| sandbox::pay(tx, &number))
    }

    /// The same as of an instant, for a replay.
    pub fn pay_at(&self, number: String, at: Time) -> Answer<Payment> {
        self.store.write(act_at("sandbox.pay", &number, at), move |tx| sandbox::pay(tx, &number))
    }

    /// The messages that are to be delivered now, at most `limit`.
    pub fn due(&self, limit: i64) -> Answer<Vec<Outbound>> {
        let (keys, now) = (self.keys.clone(), self.store.clock().now());
        self.store.read(move |read| sandbox::due_callbacks(read, &keys, now, limit))
    }

    /// Tells the provider whether a message was taken; one that was not comes again. False where it no longer waits.
    pub fn answered(&self, message: Id<kinds::SandboxCallback>, taken: bool) -> Answer<bool> {
        let act = act("sandbox.callback", &message.to_string());
        self.store.write(act, move |tx| sandbox::callback_answered(tx, message, taken))
    }
}

impl Channel for SandboxChannel {
    fn code(&self) -> &'static str {
        CODE
    }

    fn create(&self, wish: Wish) -> Reply<'_, Opened> {
        let Wish { number, amount, expires_at } = wish;
        let new = NewPayment { number, amount, expires_at };
        let answer = self.store.write(act("sandbox.create", &new.number), move |tx| sandbox::create(tx, &new));
        Box::pin(async move {
            let payment = answer.await.map_err(refused)?;
            Ok(Opened { channel_ref: payment.reference, cashier: None })
        })
    }

    fn query(&self, number: String) -> Reply<'_, Seen> {
        let now = self.store.clock().now();
        let answer = self.store.read(move |read| sandbox::query(read, &number, now));
        Box::pin(async move { Ok(answer.await.map_err(refused)?.map_or(Seen::Missing, seen)) })
    }

    fn close(&self, number: String) -> Reply<'_, Seen> {
        let answer = self.store.write(act("sandbox.close", &number), move |tx| sandbox::close(tx, &number));
        Box::pin(async move {
            match answer.await {
                Ok(payment) => Ok(seen(payment)),
                Err(error) if error.code() == "not_found" => Ok(Seen::Missing),
                Err(error) => Err(refused(error)),
            }
        })
    }

    fn refund(&self, wish: RefundWish) -> Reply<'_, RefundSeen> {
        let RefundWish { number, payment, amount } = wish;
        let new = NewRefund { payment, number, amount };
        let answer = self.store.write(act("sandbox.refund", &new.number), move |tx| sandbox::refund(tx, &new));
        Box::pin(async move { answer.await.map(refund_seen).map_err(refused) })
    }

    fn query_refund(&self, payment: String, number: String) -> Reply<'_, RefundSeen> {
        let answer = self.store.read(move |read| sandbox::query_refund(read, &payment, &number));
        Box::pin(async move { Ok(answer.await.map_err(refused)?.map_or(RefundSeen::Missing, refund_seen)) })
    }

    fn read_callback(&self, headers: &[(String, String)], raw: &[u8], now: Time) -> Result<Notice> {
        callback::read(&self.verifier, headers, raw, now)
    }
}

fn seen(payment: Payment) -> Seen {
    match (payment.state, payment.paid_at) {
        (PaymentState::Paid, Some(at)) => Seen::Paid { amount: payment.amount, channel_ref: payment.reference, at },
        (PaymentState::Closed, _) => Seen::Closed,
        // Paid without an instant cannot be; if it ever is, asking again is the safe answer.
        (PaymentState::Open | PaymentState::Paid, _) => Seen::Open,
    }
}

fn refund_seen(refund: Refund) -> RefundSeen {
    let Refund { reference: channel_ref, amount, state, code, .. } = refund;
    match state {
        RefundState::Accepted => RefundSeen::Accepted { channel_ref },
        RefundState::Done => RefundSeen::Done { amount, channel_ref },
        RefundState::Failed => RefundSeen::Failed { code: code.unwrap_or_default() },
    }
}

fn refused(error: Error) -> ChannelError {
    match no(&error) {
        No::Unknown(why) => ChannelError::Unknown(why),
        No::Refused(code) => ChannelError::Refused(code),
    }
}
