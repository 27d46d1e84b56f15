//! The market of a story.

use crate::{
    Engine, Figures,
    database::Database,
    wire::{BankWire, ChannelWire, Cuts},
};
use flows::worker;
use kernel::{Actor, Clock, Cx, Error, Id, Result, SetClock, Time, kinds};
use sandbox::Keys;
use sandbox_channel::{SandboxBank, SandboxChannel};
use serde::{Serialize, de::DeserializeOwned};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use store::{Act, Config, Faults, Store, Tx, wait};

/// When every story begins: a Monday morning in Shanghai.
const BEGINNING: Time = Time(1_772_416_800_000);

/// How often the worker may find something to do before it is taken to run in circles.
const ROUNDS: usize = 10_000;

pub(crate) fn clock() -> Arc<SetClock> {
    Arc::new(SetClock::at(BEGINNING))
}

/// A market with a database of its own, a clock that stands, and the trial provider as its channel and its bank.
/// Cheap to clone; the database goes with the last clone.
#[derive(Clone)]
pub struct Market(Arc<Inner>);

struct Inner {
    flows: flows::Market,
    sandbox: SandboxChannel,
    cuts: Cuts,
    clock: Arc<SetClock>,
    faults: Arc<Faults>,
    engine: Engine,
    place: Mutex<Place>,
    operator: OnceLock<Id<kinds::Party>>,
    // Dropped after everything that is connected to it.
    database: Database,
}

/// How far a story has been told.
struct Place {
    began: Time,
    passed: i64,
    keys: u64,
    /// Which story it is: what it stands on asks under keys of its own.
    story: u64,
}

impl Default for Market {
    fn default() -> Market {
        Market::new()
    }
}

impl Market {
    /// A market in memory.
    ///
    /// # Panics
    /// Where SQLite does not run on this machine.
    pub fn new() -> Market {
        Market::on(Engine::Memory).expect("SQLite is always at hand")
    }

    /// A market on an engine; none where it is not at hand.
    ///
    /// # Panics
    /// Where the database cannot be made.
    pub fn on(engine: Engine) -> Option<Market> {
        let database = must("a database can be made", engine.database(flows::ROOMS))?;
        Some(must("a market can be opened", Market::open(engine, database)))
    }

    fn open(engine: Engine, database: Database) -> Result<Market> {
        let clock = clock();
        let mut config = Config::new(database.url.clone(), clock.clone());
        (config.seed, config.writers, config.readers) = (Some(1), 8, 2);
        let faults = config.faults.clone();
        let store = Store::open(config, flows::ROOMS)?;
        let sandbox = SandboxChannel::in_process(store.clone(), Keys::from_seed([7; 32]));
        let (cuts, bank) = (Cuts::default(), SandboxBank::in_process(store.clone()));
        let flows = flows::Market {
            store,
            channels: vec![Arc::new(ChannelWire { provider: sandbox.clone(), cuts: cuts.clone() })],
            bank: Arc::new(BankWire { provider: bank, cuts: cuts.clone() }),
        };
        let place = Mutex::new(Place { began: BEGINNING, passed: 0, keys: 0, story: 0 });
        let inner = Inner { flows, sandbox, cuts, clock, faults, engine, place, operator: OnceLock::new(), database };
        let market = Market(Arc::new(inner));
        // Hashing as slowly as a market should would be most of what a story takes.
        market.set("argon2_memory_kib", "8");
        market.set("argon2_passes", "1");
        Ok(market)
    }

    /// The market as the faces hold it.
    pub fn flows(&self) -> &flows::Market {
        &self.0.flows
    }

    /// Its database.
    pub fn store(&self) -> &Store {
        &self.0.flows.store
    }

    /// The address of its database, for whoever opens it a second time.
    pub fn url(&self) -> &str {
        &self.0.database.url
    }

    /// What it runs on.
    pub fn engine(&self) -> Engine {
        self.0.engine
    }

    /// The trial provider: its cashier, its messages.
    pub fn sandbox(&self) -> &SandboxChannel {
        &self.0.sandbox
    }

    pub(crate) fn cuts(&self) -> &Cuts {
        &self.0.cuts
    }

    /// Failures on demand.
    pub fn faults(&self) -> &Faults {
        &self.0.faults
    }

    /// The time it is.
    pub fn now(&self) -> Time {
        self.0.clock.now()
    }

    pub(crate) fn clock(&self) -> &SetClock {
        &self.0.clock
    }

    /// The clock itself, for whoever serves this market: the time that it shows moves as the story's does.
    pub fn shared_clock(&self) -> Arc<dyn kernel::Clock> {
        self.0.clock.clone()
    }

    fn place(&self) -> MutexGuard<'_, Place> {
        self.0.place.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// From here on a story is told: its time is counted from now, its requests from the first.
    pub(crate) fn begin_story(&self) {
        let (began, mut place) = (self.now(), self.place());
        *place = Place { began, passed: 0, keys: 0, story: place.story + 1 };
    }

    /// The same story again, from its beginning: the same times, the same requests under the same keys.
    pub(crate) fn tell_again(&self) {
        let mut place = self.place();
        (place.passed, place.keys) = (0, 0);
    }

    /// Where the story stands after some more time.
    pub(crate) fn story_time(&self, millis: i64) -> Time {
        let mut place = self.place();
        place.passed += millis;
        place.began.plus(place.passed)
    }

    /// A request of an actor's, under the next key of the story.
    pub fn cx(&self, actor: Actor) -> Cx {
        let mut place = self.place();
        place.keys += 1;
        let (story, number) = (place.story, place.keys);
        Cx::new(actor, format!("request {story}-{number}")).with_key(format!("key {story}-{number}"))
    }

    /// Something that the market does to itself, straight in its rooms: what faces do without a flow, and what a
    /// story must bend.
    ///
    /// # Errors
    /// What the rooms say.
    pub fn acts<T, F>(&self, run: F) -> Result<T>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: FnMut(&mut Tx) -> Result<T> + Send + 'static,
    {
        let cx = Cx::new(Actor::System("story"), "story");
        self.store().write(Act::new("story.act", &cx), run).wait()
    }

    /// What a room answers.
    ///
    /// # Errors
    /// What the room says.
    pub fn asks<T, F>(&self, ask: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut store::Read) -> Result<T> + Send + 'static,
    {
        self.store().read(ask).wait()
    }

    /// Changes a setting of the market.
    ///
    /// # Panics
    /// For a setting that there is not, or a value that does not fit.
    pub fn set(&self, key: &'static str, value: &'static str) {
        must("a setting can be changed", self.acts(move |tx| market::change(tx, key, value)));
    }

    /// The worker runs until it finds nothing to do, and the provider's messages that are due are heard. Time stands.
    ///
    /// # Errors
    /// What the worker says.
    pub fn works(&self) -> Result<()> {
        for _ in 0..ROUNDS {
            let round = wait(worker::round(self.flows()))?;
            if round.is_idle() && self.hears()? == 0 {
                return Ok(());
            }
        }
        panic!("the worker did not come to rest in {ROUNDS} rounds");
    }

    /// The provider's messages that are due are handed to the market as they would come over the wire; answers how
    /// many there were.
    ///
    /// # Errors
    /// What the engine says; a message that is refused comes again.
    pub fn hears(&self) -> Result<usize> {
        let due = self.sandbox().due(100).wait()?;
        for message in &due {
            let heard = flows::pay::notified(self.flows(), "sandbox", &message.headers, &message.body);
            let taken = heard.and_then(|answer| answer.wait()).is_ok();
            self.sandbox().answered(message.id, taken).wait()?;
        }
        Ok(due.len())
    }

    /// Seals what the audit log gathered.
    fn seals(&self) -> Result<()> {
        while worker::seal_audit(self.flows())? > 0 {}
        Ok(())
    }

    /// Goes over the books of the whole market.
    ///
    /// # Panics
    /// Where they do not hold, with every finding.
    #[track_caller]
    pub fn check(&self) {
        must("the audit log can be sealed", self.seals());
        let report = must("the books can be read", views::books::check(self.store(), self.now(), |_| {}));
        let findings: Vec<_> = report.findings.iter().map(|finding| format!("{finding:?}")).collect();
        assert!(findings.is_empty(), "the books do not hold:\n{}", findings.join("\n"));
    }

    /// The market says no with `code`, and nothing has changed.
    ///
    /// # Panics
    /// Where it says yes, says another no, or changed something all the same.
    #[track_caller]
    pub fn refuses<T>(&self, code: &str, act: impl FnOnce() -> Result<T>) -> Error {
        let before = self.fingerprint();
        let Err(no) = act() else {
            panic!("expected {code}, but it was done");
        };
        assert_eq!(no.code(), code, "{no}");
        assert_eq!(self.fingerprint(), before, "{code} was said, and something changed all the same");
        no
    }

    /// What it comes to: orders by state, balances, stock.
    ///
    /// # Panics
    /// Where the database cannot be read.
    pub fn figures(&self) -> Figures {
        must("the figures can be read", self.asks(crate::figures::figures))
    }

    pub(crate) fn operator_once(&self, make: impl FnOnce() -> Id<kinds::Party>) -> Id<kinds::Party> {
        *self.0.operator.get_or_init(make)
    }
}

/// What a story stands on must work.
#[track_caller]
pub(crate) fn must<T>(what: &str, result: Result<T>) -> T {
    match result {
        Ok(done) => done,
        Err(no) => panic!("{what}: {no}"),
    }
}
