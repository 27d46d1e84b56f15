//! The store itself: opened once, handed to everybody.

use crate::{
    Faults, Read, Schema, Statement, Tx,
    engine::Session,
    lite, migrate,
    mint::Mint,
    pg,
    write::{Act, ActJob, Job, alone},
};
use futures_channel::oneshot;
use kernel::{Clock, Error, Result, error::Common};
use rand_chacha::{ChaCha12Rng, rand_core::SeedableRng};
use serde::{Serialize, de::DeserializeOwned};
use std::{
    collections::HashSet,
    pin::Pin,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    task::{Context, Poll, Wake, Waker},
    thread::Thread,
};

/// How a store is opened.
#[derive(Clone)]
pub struct Config {
    /// `sqlite:PATH`, `sqlite::memory:` or `postgres://…`.
    pub url: String,
    /// Where time comes from.
    pub clock: Arc<dyn Clock>,
    /// Where chance comes from: the machine, or a seed for tests and simulations.
    pub seed: Option<u64>,
    /// Faults on demand, for tests.
    pub faults: Arc<Faults>,
    /// The most connections that write at once on PostgreSQL; about 16 on two cores (docs: the hot path).
    pub writers: usize,
    /// The most connections that read at once on PostgreSQL.
    pub readers: usize,
    /// How long SQLite waits for a file that another process has locked before it says so, in milliseconds.
    pub busy_millis: i64,
    /// The most pages of an SQLite file, for tests of a full disk; none where the disk alone is the limit.
    pub pages_max: Option<i64>,
}

impl Config {
    /// The usual settings for a database and a clock.
    pub fn new(url: impl Into<String>, clock: Arc<dyn Clock>) -> Config {
        Config {
            url: url.into(),
            clock,
            seed: None,
            faults: Arc::default(),
            writers: 16,
            readers: 8,
            busy_millis: 5_000,
            pages_max: None,
        }
    }
}

/// What acts share inside one process.
pub(crate) struct Env {
    pub clock: Arc<dyn Clock>,
    pub mint: Mint,
    pub nonce: u64,
    chance: Mutex<ChaCha12Rng>,
    under_way: Arc<Mutex<HashSet<Vec<u8>>>>,
}

impl Env {
    fn new(config: &Config) -> Env {
        let mut chance = config.seed.map_or_else(ChaCha12Rng::from_os_rng, ChaCha12Rng::seed_from_u64);
        let holder = i64::from(rand::RngCore::next_u32(&mut chance)) << 16 | i64::from(std::process::id() & 0xffff);
        let nonce = rand::RngCore::next_u64(&mut ChaCha12Rng::from_os_rng());
        Env {
            clock: config.clock.clone(),
            mint: Mint::new(holder),
            nonce,
            chance: Mutex::new(chance),
            under_way: Arc::default(),
        }
    }

    pub fn draw<T>(&self, with: impl FnOnce(&mut ChaCha12Rng) -> T) -> T {
        with(&mut lock(&self.chance))
    }

    /// Marks a client's key as being worked on; the closure that comes back ends it.
    pub fn under_way(&self, key: Vec<u8>) -> Result<Box<dyn FnOnce() + Send>> {
        if !lock(&self.under_way).insert(key.clone()) {
            return Err(Common::InProgress.into());
        }
        let keys = self.under_way.clone();
        Ok(Box::new(move || {
            lock(&keys).remove(&key);
        }))
    }
}

pub(crate) fn secret(chance: &mut ChaCha12Rng) -> [u8; 32] {
    let mut bytes = [0; 32];
    rand::RngCore::fill_bytes(chance, &mut bytes);
    bytes
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

enum Engine {
    /// One connection to a database in memory; acts and questions take turns.
    Memory(Mutex<Session>),
    Lite(lite::Engine),
    Pg(pg::Engine),
}

struct Inner {
    engine: Engine,
    env: Arc<Env>,
}

/// The only door to the database. Cheap to clone.
#[derive(Clone)]
pub struct Store(Arc<Inner>);

impl Store {
    /// Opens a database, made and migrated if it is empty or older.
    ///
    /// # Errors
    /// `malformed` for an address that is neither SQLite's nor PostgreSQL's, `unavailable`, or what a migration says.
    pub fn open(config: Config, schemas: &[Schema]) -> Result<Store> {
        let env = Arc::new(Env::new(&config));
        let engine = if config.url == "sqlite::memory:" {
            let mut session = lite::memory(&config)?;
            migrate::run(&mut session, schemas, config.clock.now())?;
            Engine::Memory(Mutex::new(session))
        } else if let Some(path) = config.url.strip_prefix("sqlite:") {
            Engine::Lite(lite::Engine::open(path, &config, schemas, env.clone())?)
        } else if config.url.starts_with("postgres://") || config.url.starts_with("postgresql://") {
            Engine::Pg(pg::Engine::open(&config, schemas, env.clone())?)
        } else {
            return Err(Common::Malformed { expected: "sqlite:PATH or postgres://…" }.into());
        };
        Ok(Store(Arc::new(Inner { engine, env })))
    }

    /// Does an act: runs the closure in a transaction, writes its audit and `once` rows, commits. The closure may run
    /// again, so it has no effect outside of `tx`.
    pub fn write<T, F>(&self, act: Act, run: F) -> Answer<T>
    where
        T: Serialize + DeserializeOwned + Send + 'static,
        F: FnMut(&mut Tx) -> Result<T> + Send + 'static,
    {
        let (sender, receiver) = oneshot::channel();
        let mut job = match ActJob::new(act, &self.0.env, run, sender) {
            Ok(job) => job,
            Err(error) => return Answer::ready(Err(error)),
        };
        match &self.0.engine {
            Engine::Memory(session) => {
                let outcome = alone(&mut job, &mut lock(session), &self.0.env, "begin immediate");
                job.finish(outcome);
            }
            Engine::Lite(engine) => engine.send(Box::new(job)),
            Engine::Pg(engine) => engine.write(Box::new(job)),
        }
        Answer(State::Waiting(receiver))
    }

    /// Asks a question. Several statements may see several states; [`Store::snapshot`] sees one.
    pub fn read<T, F>(&self, ask: F) -> Answer<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Read) -> Result<T> + Send + 'static,
    {
        self.ask(ask, false)
    }

    /// Asks questions that all see the same state.
    pub fn snapshot<T, F>(&self, ask: F) -> Answer<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Read) -> Result<T> + Send + 'static,
    {
        self.ask(ask, true)
    }

    fn ask<T, F>(&self, ask: F, snapshot: bool) -> Answer<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Read) -> Result<T> + Send + 'static,
    {
        match &self.0.engine {
            Engine::Memory(session) => Answer::ready(ask(&mut Read { session: &mut lock(session) })),
            Engine::Lite(engine) => Answer::ready(engine.read(ask, snapshot)),
            Engine::Pg(engine) => {
                let (sender, receiver) = oneshot::channel();
                engine.read(
                    snapshot,
                    Box::new(move |asked: Result<&mut Session>| {
                        // The caller may have gone.
                        let _ = sender.send(asked.and_then(|session| ask(&mut Read { session })));
                    }),
                );
                Answer(State::Waiting(receiver))
            }
        }
    }

    /// Thirty-two bytes that nobody can guess, for secrets that are shown once and therefore drawn before the act.
    pub fn secret(&self) -> [u8; 32] {
        self.0.env.draw(secret)
    }

    /// The market's clock.
    pub fn clock(&self) -> &dyn Clock {
        &*self.0.env.clock
    }

    /// Whether several processes may work on this database, so that workers claim before they run.
    pub fn is_shared(&self) -> bool {
        matches!(self.0.engine, Engine::Pg(_))
    }

    /// Prepares every given statement; answers what the engine says against each that it does not take.
    ///
    /// # Errors
    /// What the engine says of the connection.
    pub fn prepare_all(&self, statements: Vec<&'static Statement>) -> Result<Vec<String>> {
        self.read(move |read| {
            let refused = statements.into_iter().filter_map(|statement| {
                let error = read.prepare(statement).err()?;
                Some(format!("{}: {error} in {}", statement.place, statement.text()))
            });
            Ok(refused.collect())
        })
        .wait()
    }
}

enum State<T> {
    Ready(Option<Result<T>>),
    Waiting(oneshot::Receiver<Result<T>>),
}

/// An answer on its way: await it in async code, [`Answer::wait`] for it elsewhere.
#[must_use = "an act is answered only when its answer is taken"]
pub struct Answer<T>(State<T>);

impl<T> Answer<T> {
    fn ready(result: Result<T>) -> Answer<T> {
        Answer(State::Ready(Some(result)))
    }

    /// Waits on this thread.
    ///
    /// # Errors
    /// What the act or the question says; `unavailable` where the store went away.
    pub fn wait(self) -> Result<T> {
        wait(self)
    }
}

/// Waits for a future on this thread, which sleeps until the future wakes it.
pub fn wait<F: Future>(future: F) -> F::Output {
    struct Unpark(Thread);
    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }
    let mut future = std::pin::pin!(future);
    let waker = Waker::from(Arc::new(Unpark(std::thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => std::thread::park(),
        }
    }
}

impl<T> Unpin for Answer<T> {}

impl<T> Future for Answer<T> {
    type Output = Result<T>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Result<T>> {
        match &mut self.0 {
            State::Ready(result) => {
                let again = || Err(Error::broken("an answer was asked for twice"));
                Poll::Ready(result.take().unwrap_or_else(again))
            }
            State::Waiting(receiver) => Pin::new(receiver)
                .poll(context)
                .map(|sent| sent.unwrap_or_else(|_| Err(Common::Unavailable { reason: "gone" }.into()))),
        }
    }
}
