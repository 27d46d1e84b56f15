//! The trial payment provider as a payment channel and as a bank.
//!
//! In process it calls the sandbox's own room through a store, which may be the market's or one of its own; no act of
//! the market is open meanwhile. What the provider has to tell it does not tell by itself: a worker takes the messages
//! that are [`SandboxChannel::due`], hands their raw bytes to the market as if they had come over the wire, and says
//! with [`SandboxChannel::answered`] how that went.

mod bank;
mod callback;
mod channel;

pub use bank::SandboxBank;
pub use channel::SandboxChannel;

use kernel::{Actor, Cx, Error, Kind, SalesChannel, Time};
use store::Act;

/// An act of the provider's, apart from the market's in the audit log.
fn act(name: &'static str, request: &str) -> Act {
    Act::new(name, &Cx::new(Actor::System("sandbox"), request).through(SalesChannel::Api))
}

/// The same as of an instant, for a replay.
fn act_at(name: &'static str, request: &str, at: Time) -> Act {
    Act::new(name, &Cx::new(Actor::System("sandbox"), request).through(SalesChannel::Api).at(at))
}

/// What an error of the provider means to whoever asked it: a no with its code, or that nobody knows.
enum No {
    Unknown(String),
    Refused(String),
}

fn no(error: &Error) -> No {
    match error.kind() {
        None | Some(Kind::Unavailable | Kind::TooMany) => No::Unknown(error.to_string()),
        // Another call under the same number is under way: what comes of it is not known yet.
        Some(_) if error.code() == "in_progress" => No::Unknown(error.to_string()),
        Some(_) => No::Refused(error.code().to_owned()),
    }
}

#[cfg(test)]
mod tests;
