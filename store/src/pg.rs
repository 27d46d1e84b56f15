//! PostgreSQL: a pool of connections, each with a thread of its own, because the plain driver blocks. READ COMMITTED;
//! no invariant leans on isolation between rows.

use crate::{
    Config, Faults, Schema, Trouble,
    engine::Session,
    migrate,
    store::Env,
    write::{Job, alone, roll_back},
};
use crossbeam_channel::{Receiver, Sender};
use kernel::{Error, Result};
use postgres::NoTls;
use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

const BEGIN: &str = "begin isolation level read committed";
const SNAPSHOT: &str = "begin isolation level repeatable read read only";

type Ask = Box<dyn FnOnce(Result<&mut Session>) + Send>;

enum Work {
    Write(Box<dyn Job>),
    Read { snapshot: bool, ask: Ask },
}

/// A queue with the threads that work on it; more are started while work waits and the limit allows.
struct Crew {
    queue: Sender<Work>,
    work: Receiver<Work>,
    idle: Arc<AtomicUsize>,
    hired: AtomicUsize,
    most: usize,
}

pub(crate) struct Engine {
    writers: Crew,
    readers: Crew,
    connect: Connect,
    env: Arc<Env>,
}

#[derive(Clone)]
struct Connect {
    url: String,
    faults: Arc<Faults>,
}

impl Connect {
    fn client(&self) -> Result<postgres::Client> {
        postgres::Client::connect(&self.url, NoTls).map_err(|error| Trouble::Gone.say(error))
    }

    fn open(&self) -> Result<Session> {
        Ok(Session::pg(self.client()?, self.faults.clone()))
    }
}

impl Crew {
    fn new(most: usize) -> Crew {
        let (queue, work) = crossbeam_channel::unbounded();
        Crew { queue, work, idle: Arc::default(), hired: AtomicUsize::new(0), most: most.max(1) }
    }
}

impl Engine {
    pub fn open(config: &Config, schemas: &[Schema], env: Arc<Env>) -> Result<Engine> {
        let connect = Connect { url: config.url.clone(), faults: config.faults.clone() };
        migrate::run(&mut connect.open()?, schemas, config.clock.now())?;
        Ok(Engine { writers: Crew::new(config.writers), readers: Crew::new(config.readers), connect, env })
    }

    pub fn write(&self, job: Box<dyn Job>) {
        self.send(&self.writers, Work::Write(job));
    }

    pub fn read(&self, snapshot: bool, ask: Ask) {
        self.send(&self.readers, Work::Read { snapshot, ask });
    }

    fn send(&self, crew: &Crew, work: Work) {
        let waiting = crew.queue.len();
        // The channel lives as long as the engine, so sending cannot fail; a lost job would tell its caller.
        let _ = crew.queue.send(work);
        let hired = crew.hired.load(Ordering::Relaxed);
        if crew.idle.load(Ordering::SeqCst) <= waiting && hired < crew.most {
            self.hire(crew);
        }
    }

    fn hire(&self, crew: &Crew) {
        if crew.hired.fetch_add(1, Ordering::SeqCst) >= crew.most {
            crew.hired.fetch_sub(1, Ordering::SeqCst);
            return;
        }
        let (work, idle, connect, env) = (crew.work.clone(), crew.idle.clone(), self.connect.clone(), self.env.clone());
        // The thread ends when the engine drops its side of the queue.
        let spawned =
            std::thread::Builder::new().name("postgres".into()).spawn(move || serve(&work, &idle, &connect, &env));
        if spawned.is_err() {
            crew.hired.fetch_sub(1, Ordering::SeqCst);
        }
    }
}

fn serve(work: &Receiver<Work>, idle: &AtomicUsize, connect: &Connect, env: &Env) {
    let mut session = None;
    loop {
        idle.fetch_add(1, Ordering::SeqCst);
        let next = work.recv();
        idle.fetch_sub(1, Ordering::SeqCst);
        match next {
            Ok(Work::Write(mut job)) => {
                let outcome = write(&mut *job, &mut session, connect, env);
                job.finish(outcome);
            }
            Ok(Work::Read { snapshot, ask }) => read(snapshot, ask, &mut session, connect),
            Err(_) => return,
        }
    }
}

/// The connection, opened anew where it was lost.
fn connected<'s>(session: &'s mut Option<Session>, connect: &Connect) -> Result<&'s mut Session> {
    if session.as_ref().is_none_or(Session::is_closed) {
        *session = Some(connect.open()?);
    }
    session.as_mut().ok_or_else(|| Error::broken("a connection vanished"))
}

/// A write whose connection broke runs once more on a new one: its `once` row tells whether it was done.
fn write(job: &mut dyn Job, session: &mut Option<Session>, connect: &Connect, env: &Env) -> Result<()> {
    let live = connected(session, connect)?;
    let outcome = alone(job, live, env, BEGIN);
    if outcome.is_err() && live.is_lost() {
        *session = None;
        return alone(job, connected(session, connect)?, env, BEGIN);
    }
    outcome
}

/// A question whose connection turns out to be closed before anything was answered goes to a new one: after a restart
/// of the server nobody is told of it who only reads.
fn read(snapshot: bool, ask: Ask, session: &mut Option<Session>, connect: &Connect) {
    let ready =
        if snapshot { begun(session, connect) } else { connected(session, connect).map(|live| again(live, connect)) };
    ask(ready);
    let Some(live) = session else { return };
    live.reopen = None;
    if snapshot {
        roll_back(live);
    }
}

/// The connection, which the first statement of a question may open anew.
fn again<'s>(live: &'s mut Session, connect: &Connect) -> &'s mut Session {
    let connect = connect.clone();
    live.trouble = None;
    live.reopen = Some(Box::new(move || connect.client()));
    live
}

/// The connection with a snapshot begun, on a new one where the old one is found closed.
fn begun<'s>(session: &'s mut Option<Session>, connect: &Connect) -> Result<&'s mut Session> {
    let live = connected(session, connect)?;
    live.trouble = None;
    if let Err(no) = live.batch(SNAPSHOT) {
        if !live.is_lost() {
            return Err(no);
        }
        *session = None;
        connected(session, connect)?.batch(SNAPSHOT)?;
    }
    connected(session, connect)
}
