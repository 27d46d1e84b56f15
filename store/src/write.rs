//! An act on its way: what it is, the closure that does it, and what is answered.

use crate::{Outcome, Trouble, Tx, audit, engine::Session, once, store::Env, tx::Read};
use futures_channel::oneshot;
use kernel::{Cx, Error, Result, Time, error::Common};
use serde::{Serialize, de::DeserializeOwned};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// One business act: its name, who asks for it, and the key that makes it happen once.
#[derive(Debug)]
pub struct Act {
    pub(crate) name: &'static str,
    pub(crate) cx: Cx,
    key: Option<String>,
    body: Result<Vec<u8>>,
}

impl Act {
    /// The act `name` for a request. The request's idempotency key, if it has one, is the act's too.
    pub fn new(name: &'static str, cx: &Cx) -> Act {
        Act { name, cx: cx.clone(), key: cx.key.clone(), body: Ok(Vec::new()) }
    }

    /// What is asked for; a second request under the same key must ask for the same.
    #[must_use]
    pub fn over(mut self, request: &impl Serialize) -> Act {
        self.body = once::body_of(request);
        self
    }

    /// Under a key of our own making that may come again: an event's id, a timer's subject.
    #[must_use]
    pub fn keyed(mut self, key: impl std::fmt::Display) -> Act {
        self.key = Some(key.to_string());
        self
    }
}

/// What an engine runs, without knowing what it answers.
pub(crate) trait Job: Send {
    /// The instant of the act.
    fn now(&self, env: &Env) -> Time;
    /// Runs the act inside an open transaction.
    fn attempt(&mut self, session: &mut Session, env: &Env) -> Result<()>;
    /// After the act was taken back: the audit row of a forbidden one, true where there is one to commit.
    fn note_refusal(&mut self, session: &mut Session, env: &Env, error: &Error) -> Result<bool>;
    /// Answers the caller; runs the hooks of a committed act.
    fn finish(&mut self, outcome: Result<()>);
}

pub(crate) struct ActJob<T, F> {
    name: &'static str,
    cx: Cx,
    body: Vec<u8>,
    key: once::Key,
    run: F,
    tries: u32,
    value: Option<T>,
    after: Vec<Box<dyn FnOnce() + Send>>,
    answer: Option<oneshot::Sender<Result<T>>>,
    done: Option<Box<dyn FnOnce() + Send>>,
}

impl<T, F> ActJob<T, F>
where
    T: Serialize + DeserializeOwned + Send + 'static,
    F: FnMut(&mut Tx) -> Result<T> + Send + 'static,
{
    /// The job of an act, with where its answer goes. Refuses a client's key whose first request is still running.
    pub fn new(act: Act, env: &Env, run: F, answer: oneshot::Sender<Result<T>>) -> Result<Self> {
        let key = match &act.key {
            Some(key) => once::Key::client(act.name, &act.cx, key),
            None => once::Key::own(&act.cx, env.nonce, env.clock.now()),
        };
        let Act { name, cx, body, .. } = act;
        let body = body?;
        let done = if key.client { Some(env.under_way(key.bytes.clone())?) } else { None };
        Ok(ActJob { name, cx, body, key, run, tries: 0, value: None, after: Vec::new(), answer: Some(answer), done })
    }

    fn tx<'s>(cx: &'s Cx, session: &'s mut Session, env: &'s Env) -> Tx<'s> {
        let now = cx.instant().unwrap_or_else(|| env.clock.now());
        Tx { read: Read { session }, env, cx, now, subject: 0, after: Vec::new() }
    }

    fn kept(&mut self, session: &mut Session) -> Result<bool> {
        let Some(answer) = once::find(&mut Read { session }, &self.key, &self.body)? else {
            return Ok(false);
        };
        self.value = Some(serde_json::from_str(&answer).map_err(Error::broken)?);
        self.after.clear();
        Ok(true)
    }
}

impl<T, F> Drop for ActJob<T, F> {
    /// However a job ends, its key is no longer under way.
    fn drop(&mut self) {
        if let Some(done) = self.done.take() {
            done();
        }
    }
}

impl<T, F> Job for ActJob<T, F>
where
    T: Serialize + DeserializeOwned + Send + 'static,
    F: FnMut(&mut Tx) -> Result<T> + Send + 'static,
{
    fn now(&self, env: &Env) -> Time {
        self.cx.instant().unwrap_or_else(|| env.clock.now())
    }

    fn attempt(&mut self, session: &mut Session, env: &Env) -> Result<()> {
        self.tries += 1;
        session.trouble = None;
        session.changed = 0;
        if (self.key.client || self.tries > 1) && self.kept(session)? {
            return Ok(());
        }
        let mut tx = Self::tx(&self.cx, session, env);
        let value = (self.run)(&mut tx)?;
        if let Some(trouble) = tx.read.session.trouble {
            return Err(trouble.say("the act went on after a statement of it had failed"));
        }
        if tx.read.session.changed > 0 {
            let answer = serde_json::to_string(&value).map_err(Error::broken)?;
            audit::note(&mut tx, self.name, Outcome::Done, "")?;
            if !once::keep(&mut tx, self.name, &self.key, &self.body, &answer)? {
                tx.read.session.trouble = Some(Trouble::Conflict);
                return Err(Common::InProgress.into());
            }
        }
        self.after = std::mem::take(&mut tx.after);
        self.value = Some(value);
        Ok(())
    }

    fn note_refusal(&mut self, session: &mut Session, env: &Env, error: &Error) -> Result<bool> {
        if !error.kind().is_some_and(kernel::Kind::is_audited) {
            return Ok(false);
        }
        session.trouble = None;
        let mut tx = Self::tx(&self.cx, session, env);
        audit::note(&mut tx, self.name, Outcome::Forbidden, error.code())?;
        Ok(true)
    }

    fn finish(&mut self, outcome: Result<()>) {
        if let Some(done) = self.done.take() {
            done();
        }
        let value = self.value.take();
        let result = outcome.and_then(|()| value.ok_or_else(|| Error::broken("an act ended without an answer")));
        if result.is_ok() {
            for hook in self.after.drain(..) {
                hook();
            }
        }
        if let Some(answer) = self.answer.take() {
            // The caller may have gone; the act stands all the same.
            let _ = answer.send(result);
        }
    }
}

/// Runs a job's attempt; a panic in it is a breakage of this act alone.
pub(crate) fn guarded(job: &mut dyn Job, session: &mut Session, env: &Env) -> Result<()> {
    caught(|| job.attempt(session, env))
}

/// Makes ready to mint ids at the job's instant; a panic in it is a breakage of this act alone.
pub(crate) fn prepared(job: &dyn Job, session: &mut Session, env: &Env) -> Result<()> {
    caught(|| env.mint.prepare(session, job.now(env)))
}

fn caught(run: impl FnOnce() -> Result<()>) -> Result<()> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| Err(Error::broken(panic_words(&*panic))))
}

fn panic_words(panic: &(dyn std::any::Any + Send)) -> String {
    let words = panic.downcast_ref::<String>().map(String::as_str);
    let words = words.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("without words");
    format!("panicked: {words}")
}

/// How often an act may run again because others were in the way.
pub(crate) const TRIES: u32 = 12;

/// One job in a transaction of its own, with its retries; the plain way, for PostgreSQL, for memory, and for what is
/// left of a group that was lost. Answers what its caller shall be told.
pub(crate) fn alone(job: &mut dyn Job, session: &mut Session, env: &Env, begin: &str) -> Result<()> {
    let mut outcome = Ok(());
    for _ in 0..TRIES {
        outcome = prepared(job, session, env).and_then(|()| once_alone(job, session, env, begin));
        let again = outcome.is_err() && matches!(session.trouble, Some(Trouble::Conflict)) && !session.is_closed();
        if !again {
            break;
        }
        std::thread::yield_now();
    }
    outcome
}

fn once_alone(job: &mut dyn Job, session: &mut Session, env: &Env, begin: &str) -> Result<()> {
    session.trouble = None;
    session.batch(begin)?;
    match guarded(job, session, env) {
        Ok(()) => commit_or_ask(job, session, env, begin),
        Err(error) => {
            let trouble = session.trouble;
            roll_back(session);
            if trouble.is_none() {
                note_alone(job, session, env, begin, &error);
            }
            session.trouble = trouble;
            Err(error)
        }
    }
}

/// A commit whose outcome is unknown is asked for by the act's `once` row: the job runs again and finds it, or does
/// the act for the first time.
fn commit_or_ask(job: &mut dyn Job, session: &mut Session, env: &Env, begin: &str) -> Result<()> {
    let Err(lost) = session.commit() else {
        return Ok(());
    };
    roll_back(session);
    if session.is_closed() {
        return Err(lost);
    }
    session.trouble = None;
    session.batch(begin)?;
    guarded(job, session, env).inspect_err(|_| roll_back(session))?;
    session.commit().inspect_err(|_| roll_back(session))
}

fn note_alone(job: &mut dyn Job, session: &mut Session, env: &Env, begin: &str, error: &Error) {
    let noted = session.batch(begin).and_then(|()| job.note_refusal(session, env, error));
    let ended = match noted {
        Ok(true) => session.commit(),
        Ok(false) | Err(_) => session.batch("rollback"),
    };
    if ended.is_err() {
        roll_back(session);
    }
}

/// Takes back whatever is open. That nothing is open any more is not worth a word.
pub(crate) fn roll_back(session: &mut Session) {
    if !session.in_autocommit() {
        let _ = session.batch("rollback");
    }
}
