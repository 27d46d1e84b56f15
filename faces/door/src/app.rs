//! What a face holds: the market, how it is reached, and what was read lately.

use crate::{Proxies, metrics::Metrics};
use flows::Market;
use kernel::{Result, Time};
use market::Settings;
use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicU64, Ordering},
};

/// How the market is reached and who may see its inside.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The address that people type, without a slash at its end: `https://market.example`.
    pub public: String,
    /// Whose `X-Forwarded-*` headers are believed.
    pub proxies: Proxies,
    /// The token that opens `/metrics` to others than the machine itself.
    pub metrics_token: Option<String>,
    /// Origins of cashiers outside that a form may lead to, such as `https://pay.example`.
    pub cashiers: Vec<String>,
    /// The secret of the link by which the market is set up; none once somebody runs it.
    pub set_up: Option<String>,
    /// Whether this is the demo market, whose pages say so.
    pub demo: bool,
}

impl Options {
    /// Whether people reach the market by an encrypted connection, so that cookies may ask for one.
    pub fn is_secure(&self) -> bool {
        self.public.starts_with("https://")
    }
}

/// How long settings that were read are believed, in milliseconds.
const SETTINGS_MILLIS: i64 = 1_000;

struct Inner {
    market: Market,
    options: Options,
    metrics: Metrics,
    nonce: u64,
    requests: AtomicU64,
    settings: Mutex<Option<(Time, Arc<Settings>)>>,
}

/// The market as the faces hold it. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

impl App {
    /// A market behind its options.
    pub fn new(market: Market, options: Options) -> App {
        let secret = market.store.secret();
        let nonce = secret.iter().take(6).fold(0, |nonce, byte| nonce << 8 | u64::from(*byte));
        let (metrics, requests, settings) = (Metrics::default(), AtomicU64::new(0), Mutex::new(None));
        App(Arc::new(Inner { market, options, metrics, nonce, requests, settings }))
    }

    /// The market.
    pub fn market(&self) -> &Market {
        &self.0.market
    }

    /// Its database.
    pub fn store(&self) -> &store::Store {
        &self.0.market.store
    }

    /// How it is reached.
    pub fn options(&self) -> &Options {
        &self.0.options
    }

    /// What is counted.
    pub fn metrics(&self) -> &Metrics {
        &self.0.metrics
    }

    /// The market's present instant.
    pub fn now(&self) -> Time {
        self.store().clock().now()
    }

    /// A request's own id, unique over every process and start.
    pub(crate) fn request_id(&self) -> String {
        let count = self.0.requests.fetch_add(1, Ordering::Relaxed);
        format!("req_{:012x}{count:06x}", self.0.nonce)
    }

    /// The settings in force, at most a second old: they are on every page and change once a month.
    ///
    /// # Errors
    /// What the database says.
    pub async fn settings(&self) -> Result<Arc<Settings>> {
        let now = self.now();
        if let Some((read_at, settings)) = &*self.0.settings.lock().unwrap_or_else(PoisonError::into_inner)
            && (0..SETTINGS_MILLIS).contains(&(now.0 - read_at.0))
        {
            return Ok(settings.clone());
        }
        let settings = Arc::new(self.store().read(market::settings).await?);
        *self.0.settings.lock().unwrap_or_else(PoisonError::into_inner) = Some((now, settings.clone()));
        Ok(settings)
    }

    /// Forgets the settings that were read, after they were changed here.
    pub fn settings_changed(&self) {
        *self.0.settings.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Runs what takes long or waits (hashing a password, an act of several transactions) apart from the threads that
    /// answer requests.
    ///
    /// # Errors
    /// What the work says; a breakage where it panicked.
    pub async fn aside<T: Send + 'static>(&self, work: impl FnOnce(App) -> Result<T> + Send + 'static) -> Result<T> {
        let app = self.clone();
        tokio::task::spawn_blocking(move || work(app)).await.map_err(kernel::Error::broken)?
    }
}
