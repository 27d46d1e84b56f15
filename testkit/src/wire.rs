//! The line to the trial provider, which can be cut: a call that never arrives, an answer that never comes back, a
//! provider that says no.

use crate::Market;
use kernel::Time;
use payment::{
    Channel, ChannelError, Notice,
    channel::{Opened, RefundSeen, RefundWish, Reply, Seen, Wish},
};
use payout::{Bank, BankError, bank};
use sandbox_channel::{SandboxBank, SandboxChannel};
use std::{
    collections::VecDeque,
    pin::Pin,
    sync::{Arc, Mutex, PoisonError},
};

/// What happens to a call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cut {
    /// It never arrives.
    Before,
    /// It arrives and is done, and nobody hears of it.
    After,
    /// It is refused, with this code.
    Refused(&'static str),
}

/// The cuts that the next calls suffer, one each.
#[derive(Clone, Default)]
pub(crate) struct Cuts(Arc<Mutex<VecDeque<Cut>>>);

impl Cuts {
    fn next(&self) -> Option<Cut> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }

    pub fn set(&self, cuts: &[Cut]) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = cuts.iter().copied().collect();
    }
}

impl Market {
    /// The next calls to the provider, as a channel or as a bank, go wrong like this; the ones after them go through.
    pub fn wire_is_cut(&self, cuts: &[Cut]) {
        self.cuts().set(cuts);
    }
}

/// The provider as a channel, over a line.
#[derive(Clone)]
pub(crate) struct ChannelWire {
    pub provider: SandboxChannel,
    pub cuts: Cuts,
}

/// The provider as a bank, over the same line.
#[derive(Clone)]
pub(crate) struct BankWire {
    pub provider: SandboxBank,
    pub cuts: Cuts,
}

/// Why nobody answered, in the words of a port.
trait Silence: Sized {
    fn unknown(why: String) -> Self;
    fn refused(code: String) -> Self;
}

impl Silence for ChannelError {
    fn unknown(why: String) -> Self {
        ChannelError::Unknown(why)
    }
    fn refused(code: String) -> Self {
        ChannelError::Refused(code)
    }
}

impl Silence for BankError {
    fn unknown(why: String) -> Self {
        BankError::Unknown(why)
    }
    fn refused(code: String) -> Self {
        BankError::Refused(code)
    }
}

type Line<'w, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'w>>;

/// Makes a call over the line. One that is cut before it arrives is never made: the provider begins its work when it
/// is asked, not when its answer is awaited.
fn over<'w, T, E>(cuts: &Cuts, call: impl FnOnce() -> Line<'w, T, E>) -> Line<'w, T, E>
where
    T: Send + 'w,
    E: Silence + Send + 'w,
{
    let silence = || E::unknown("the line was cut".to_owned());
    match cuts.next() {
        None => call(),
        Some(Cut::Before) => Box::pin(async move { Err(silence()) }),
        Some(Cut::Refused(code)) => Box::pin(async move { Err(E::refused(code.to_owned())) }),
        Some(Cut::After) => {
            let call = call();
            Box::pin(async move {
                // Done over there, whatever it was.
                call.await.and(Err(silence()))
            })
        }
    }
}

impl Channel for ChannelWire {
    fn code(&self) -> &'static str {
        self.provider.code()
    }

    fn create(&self, wish: Wish) -> Reply<'_, Opened> {
        over(&self.cuts, || self.provider.create(wish))
    }

    fn query(&self, number: String) -> Reply<'_, Seen> {
        over(&self.cuts, || self.provider.query(number))
    }

    fn close(&self, number: String) -> Reply<'_, Seen> {
        over(&self.cuts, || self.provider.close(number))
    }

    fn refund(&self, wish: RefundWish) -> Reply<'_, RefundSeen> {
        over(&self.cuts, || self.provider.refund(wish))
    }

    fn query_refund(&self, payment: String, number: String) -> Reply<'_, RefundSeen> {
        over(&self.cuts, || self.provider.query_refund(payment, number))
    }

    fn read_callback(&self, headers: &[(String, String)], raw: &[u8], now: Time) -> kernel::Result<Notice> {
        self.provider.read_callback(headers, raw, now)
    }
}

impl Bank for BankWire {
    fn code(&self) -> &'static str {
        self.provider.code()
    }

    fn transfer(&self, transfer: bank::Transfer) -> bank::Reply<'_, bank::Seen> {
        over(&self.cuts, || self.provider.transfer(transfer))
    }

    fn query(&self, number: String) -> bank::Reply<'_, bank::Seen> {
        over(&self.cuts, || self.provider.query(number))
    }
}
