//! Opening a market: its database, and the trial payment provider in the same process.

use flows::Market;
use futures_util::future::try_join_all;
use kernel::{Clock, Result};
use sandbox::{Keys, Outbound};
use sandbox_channel::{SandboxBank, SandboxChannel};
use std::sync::Arc;
use store::{Config, Store};

/// A market with the trial payment provider's own side, which pays at its cashier and delivers its messages.
pub struct Opened {
    /// The market.
    pub market: Market,
    /// The provider.
    pub sandbox: Arc<SandboxChannel>,
}

/// The trial provider's keys. They protect nothing: its money is not real.
const SANDBOX_SEED: [u8; 32] = *b"jishi sandbox: no real money 001";

/// Opens the database of an address on a clock, with every room's schema.
///
/// # Errors
/// `malformed` for an address that is neither SQLite's nor PostgreSQL's, `unavailable`, or what a migration says.
pub fn open(url: &str, clock: Arc<dyn Clock>) -> Result<Opened> {
    let store = Store::open(Config::new(url, clock), flows::ROOMS)?;
    Ok(wire(store))
}

/// Wires a store with the trial provider.
pub fn wire(store: Store) -> Opened {
    let sandbox = Arc::new(SandboxChannel::in_process(store.clone(), Keys::from_seed(SANDBOX_SEED)));
    let bank = Arc::new(SandboxBank::in_process(store.clone()));
    Opened { market: Market { store, channels: vec![sandbox.clone()], bank }, sandbox }
}

impl Opened {
    /// Hands the provider's waiting messages to the market, as if they came over the wire, each recorded as of the
    /// instant that it tells of; answers how many.
    ///
    /// # Errors
    /// What the engine says. A message that the market refuses comes again, as it would over the wire.
    pub fn deliver(&self, limit: i64) -> Result<usize> {
        let waiting = self.sandbox.due(limit).wait()?;
        let count = waiting.len();
        store::wait(try_join_all(waiting.into_iter().map(|message| self.hand_over(message))))?;
        Ok(count)
    }

    async fn hand_over(&self, message: Outbound) -> Result<()> {
        let taken = match flows::pay::notified_of_the_past(&self.market, "sandbox", &message.headers, &message.body) {
            Ok(recorded) => recorded.await.is_ok(),
            Err(_) => false,
        };
        self.sandbox.answered(message.id, taken).await.map(drop)
    }
}
