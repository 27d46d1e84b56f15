//! The trial payment provider as a payment channel and as a bank.
//!
//! It is reached in two ways. In process it calls the sandbox's own room through a store, which may be the market's or
//! one of its own; no act of the market is open meanwhile. What the provider has to tell it does not tell by itself
//! then: a worker takes the messages that are [`SandboxChannel::due`], hands their raw bytes to the market as if they
//! had come over the wire, and says with [`SandboxChannel::answered`] how that went.
//!
//! Over HTTP it knows the provider's base address and the merchant's keys alone, as docs/sandbox.md says. The calls run
//! on threads of the [`Line`]'s own, so they need no runtime and block none: they are awaited in a server as well as
//! with [`store::wait`]. A worker that awaits nothing else may lean on it; the time-outs are the line's.

mod bank;
mod callback;
mod channel;
mod line;
mod over_http;
mod provider;

pub use bank::SandboxBank;
pub use channel::SandboxChannel;
pub use line::{Heard, Line};
pub use over_http::OverHttp;
pub use provider::{InProcess, Provider};

use kernel::{Actor, Cx, SalesChannel, Time};
use store::Act;

/// An act of the provider's, apart from the market's in the audit log; as of an instant for a replay.
fn act(name: &'static str, request: &str, at: Option<Time>) -> Act {
    let cx = Cx::new(Actor::System("sandbox"), request).through(SalesChannel::Api);
    Act::new(name, &at.into_iter().fold(cx, Cx::at))
}

#[cfg(test)]
mod tests;
