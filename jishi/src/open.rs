//! Opening a market: its database, and the trial payment provider in the same process.

use door::App;
use flows::Market;
use futures_util::future::try_join_all;
use kernel::{Clock, Error, Result};
use sandbox::{Keys, Outbound};
use sandbox_channel::{Line, SandboxBank, SandboxChannel};
use sandbox_face::Provider;
use std::{
    net::{Ipv4Addr, SocketAddr},
    path::Path,
    sync::Arc,
};
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

/// As [`open`], where a market must be there already: whoever looks at a mistyped path is told so, and no empty market
/// is made of it.
///
/// # Errors
/// Broken where there is no file of that name, and what [`open`] says.
pub fn existing(url: &str, clock: Arc<dyn Clock>) -> Result<Opened> {
    match url.strip_prefix("sqlite:") {
        Some(path) if path != ":memory:" && !Path::new(path).exists() => {
            let why = format!("there is no database at {path}; name another with --db, or import into this one first");
            Err(Error::broken(why))
        }
        _ => open(url, clock),
    }
}

/// Wires a store with the trial provider.
pub fn wire(store: Store) -> Opened {
    let sandbox = Arc::new(SandboxChannel::in_process(store.clone(), Keys::from_seed(SANDBOX_SEED)));
    let bank = Arc::new(SandboxBank::in_process(store.clone()));
    Opened { market: Market { store, channels: vec![sandbox.clone()], bank }, sandbox }
}

/// A market that reaches its payment provider over HTTP.
pub struct Wired {
    /// The market.
    pub market: Market,
    provider: Option<String>,
}

/// Wires a market that is served at an address: its provider is `elsewhere`, or mounted at `/sandbox` beside it.
pub fn over_http(store: Store, clock: Arc<dyn Clock>, elsewhere: Option<&str>, address: SocketAddr) -> Wired {
    let base = elsewhere.map_or_else(|| format!("http://{}/sandbox", local(address)), str::to_owned);
    let (keys, line) = (Keys::from_seed(SANDBOX_SEED).merchant_keys(), Line::open());
    let channel = SandboxChannel::over_http(&base, keys.clone(), clock.clone(), line.clone());
    let bank = SandboxBank::over_http(&base, keys, clock, line);
    let market = Market { store, channels: vec![Arc::new(channel)], bank: Arc::new(bank) };
    Wired { market, provider: elsewhere.map(str::to_owned) }
}

impl Wired {
    /// The origins that a form may lead to beside the market's own.
    pub fn cashiers(&self) -> Vec<String> {
        let origin = |url: &String| url.split('/').take(3).collect::<Vec<_>>().join("/");
        self.provider.iter().map(origin).collect()
    }
}

/// The trial provider as it is mounted beside a market.
///
/// # Errors
/// What the database says of the settings.
pub fn provider(app: &App, address: SocketAddr, token: Option<String>) -> Result<Provider> {
    let settings = app.store().read(market::settings).wait()?;
    let provider = Provider {
        store: app.store().clone(),
        keys: Keys::from_seed(SANDBOX_SEED),
        merchant_name: settings.name.to_string(),
        public: format!("{}/sandbox", app.options().public),
        notify: format!("http://{}/callbacks/sandbox", local(address)),
        token,
        language: settings.language,
        zone: (*settings.zone).clone(),
    };
    Ok(provider)
}

/// The trial provider's keys, for whoever serves it alone.
pub fn provider_keys() -> Keys {
    Keys::from_seed(SANDBOX_SEED)
}

/// How a process reaches what it listens at itself.
fn local(address: SocketAddr) -> SocketAddr {
    match address.ip().is_unspecified() {
        true => SocketAddr::new(Ipv4Addr::LOCALHOST.into(), address.port()),
        false => address,
    }
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
