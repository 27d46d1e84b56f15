//! The payment channel.

use crate::{InProcess, Line, OverHttp, Provider, act, callback, provider::No};
use kernel::{Clock, Id, Result, Time, kinds};
use payment::{
    Channel, ChannelError, Notice,
    channel::{Opened, RefundSeen, RefundWish, Reply, Seen, Wish},
};
use sandbox::{
    Keys, MerchantKeys, Outbound, Verifier,
    wire::{NewPayment, NewRefund, Payment, PaymentState, Refund, RefundState},
};
use std::sync::Arc;
use store::{Answer, Store};

/// The code under which payments name this channel.
pub(crate) const CODE: &str = "sandbox";

/// The trial payment provider as a payment channel. Whoever holds it in process holds the provider's own keys too.
#[derive(Clone)]
pub struct SandboxChannel<P = InProcess, K = Keys> {
    provider: P,
    keys: K,
    verifier: Verifier,
}

impl SandboxChannel<OverHttp, ()> {
    /// The provider at a base address such as `http://127.0.0.1:8090`; the clock dates what is signed.
    pub fn over_http(base_url: &str, keys: MerchantKeys, clock: Arc<dyn Clock>, line: Line) -> Self {
        let verifier = keys.verifier().clone();
        SandboxChannel { provider: OverHttp::new(base_url, keys, clock, line), keys: (), verifier }
    }
}

/// The provider's own side, for whoever holds it in process: its cashier and its messages.
impl SandboxChannel {
    /// The provider whose books are in `store`, which must hold [`sandbox::SCHEMA`].
    pub fn in_process(store: Store, keys: Keys) -> SandboxChannel {
        let verifier = keys.verifier();
        SandboxChannel { provider: InProcess { store }, keys, verifier }
    }

    /// The buyer pays at the provider's cashier.
    pub fn pay(&self, number: String) -> Answer<Payment> {
        self.pays(number, None)
    }

    /// The same as of an instant, for a replay.
    pub fn pay_at(&self, number: String, at: Time) -> Answer<Payment> {
        self.pays(number, Some(at))
    }

    fn pays(&self, number: String, at: Option<Time>) -> Answer<Payment> {
        self.provider.store.write(act("sandbox.pay", &number, at), move |tx| sandbox::pay(tx, &number))
    }

    /// The messages that are to be delivered now, at most `limit`.
    pub fn due(&self, limit: i64) -> Answer<Vec<Outbound>> {
        let (keys, now) = (self.keys.clone(), self.provider.store.clock().now());
        self.provider.store.read(move |read| sandbox::due_callbacks(read, &keys, now, limit))
    }

    /// Tells the provider whether a message was taken; one that was not comes again. False where it no longer waits.
    pub fn answered(&self, message: Id<kinds::SandboxCallback>, taken: bool) -> Answer<bool> {
        let act = act("sandbox.callback", &message.to_string(), None);
        self.provider.store.write(act, move |tx| sandbox::callback_answered(tx, message, taken))
    }
}

impl<P: Provider, K: Send + Sync> Channel for SandboxChannel<P, K> {
    fn code(&self) -> &'static str {
        CODE
    }

    fn create(&self, wish: Wish) -> Reply<'_, Opened> {
        let Wish { number, amount, expires_at, return_to } = wish;
        let said = self.provider.create(NewPayment { number, amount, expires_at, return_to });
        Box::pin(async move {
            let Payment { reference: channel_ref, cashier, .. } = said.await.map_err(refused)?;
            Ok(Opened { channel_ref, cashier })
        })
    }

    fn query(&self, number: String) -> Reply<'_, Seen> {
        let said = self.provider.query(number);
        Box::pin(async move { Ok(said.await.map_err(refused)?.map_or(Seen::Missing, seen)) })
    }

    fn close(&self, number: String) -> Reply<'_, Seen> {
        let said = self.provider.close(number);
        Box::pin(async move { Ok(said.await.map_err(refused)?.map_or(Seen::Missing, seen)) })
    }

    fn refund(&self, wish: RefundWish) -> Reply<'_, RefundSeen> {
        let RefundWish { number, payment, amount } = wish;
        let said = self.provider.refund(NewRefund { payment, number, amount });
        Box::pin(async move { said.await.map(refund_seen).map_err(refused) })
    }

    fn query_refund(&self, payment: String, number: String) -> Reply<'_, RefundSeen> {
        let said = self.provider.query_refund(payment, number);
        Box::pin(async move { Ok(said.await.map_err(refused)?.map_or(RefundSeen::Missing, refund_seen)) })
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

fn refused(no: No) -> ChannelError {
    match no {
        No::Unknown(why) => ChannelError::Unknown(why),
        No::Refused(code) => ChannelError::Refused(code),
    }
}
