//! SQLite: one writer thread whose waiting acts share one commit, readers beside it.
//!
//! Each act runs in a savepoint of one IMMEDIATE transaction; one flush answers them all, and a failing act takes
//! back only its own savepoint. The first act of a group needs none: where it fails, nothing else is lost.

use crate::{
    Config, Faults, Read, Schema, Trouble,
    engine::Session,
    migrate,
    store::{Env, lock},
    write::{Job, alone, guarded, prepared, roll_back},
};
use crossbeam_channel::{Receiver, Sender};
use kernel::{Error, Result};
use rusqlite::{Connection, OpenFlags};
use std::{
    path::PathBuf,
    sync::{Arc, Mutex},
    thread::JoinHandle,
};

/// How many acts share a commit at most.
const GROUP: usize = 128;
const BEGIN: &str = "begin immediate";

type Work = Box<dyn Job>;

pub(crate) struct Engine {
    path: PathBuf,
    busy_millis: i64,
    queue: Option<Sender<Work>>,
    writer: Option<JoinHandle<()>>,
    readers: Mutex<Vec<Session>>,
}

/// A database that lives as long as its connection.
pub(crate) fn memory(config: &Config) -> Result<Session> {
    let connection = Connection::open_in_memory().map_err(Error::broken)?;
    Ok(Session::lite(connection, config.faults.clone()))
}

fn open_file(path: &PathBuf, flags: OpenFlags, faults: &Arc<Faults>, settings: &str) -> Result<Session> {
    let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX);
    let connection = connection.map_err(|error| crate::value::trouble_of(&error).say(error))?;
    let mut session = Session::lite(connection, faults.clone());
    session.batch(settings)?;
    Ok(session)
}

impl Engine {
    pub fn open(path: &str, config: &Config, schemas: &[Schema], env: Arc<Env>) -> Result<Engine> {
        let path = PathBuf::from(path);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE;
        // synchronous=FULL: an act answered "yes" survives a power cut. The checkpoint stays in the writer; from a
        // second thread it does not catch up under load (docs: the hot path).
        let busy_millis = config.busy_millis;
        let settings = format!(
            "pragma busy_timeout = {busy_millis}; pragma journal_mode = wal; pragma synchronous = full;
             pragma wal_autocheckpoint = 10000; pragma cache_size = -65536; pragma temp_store = memory;"
        );
        let mut session = open_file(&path, flags, &config.faults, &settings)?;
        if let Some(pages) = config.pages_max {
            session.batch(&format!("pragma max_page_count = {pages}"))?;
        }
        migrate::run(&mut session, schemas, config.clock.now())?;
        let (queue, work) = crossbeam_channel::unbounded();
        let writer = std::thread::Builder::new().name("writer".into());
        let writer = writer.spawn(move || write(&mut session, &work, &env)).map_err(Error::broken)?;
        Ok(Engine { path, busy_millis, queue: Some(queue), writer: Some(writer), readers: Mutex::default() })
    }

    pub fn send(&self, job: Work) {
        if let Some(queue) = &self.queue {
            // A writer that is gone drops the job, and with it the caller's answer: he is told.
            let _ = queue.send(job);
        }
    }

    /// Runs inline on the asking thread, with a connection that only reads.
    pub fn read<T>(&self, ask: impl FnOnce(&mut Read) -> Result<T>, snapshot: bool) -> Result<T> {
        let idle = lock(&self.readers).pop();
        let mut session = match idle {
            Some(session) => session,
            None => {
                let busy_millis = self.busy_millis;
                let settings =
                    format!("pragma busy_timeout = {busy_millis}; pragma query_only = on; pragma cache_size = -16384;");
                open_file(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY, &Arc::default(), &settings)?
            }
        };
        if snapshot {
            session.batch("begin")?;
        }
        let answer = ask(&mut Read { session: &mut session });
        roll_back(&mut session);
        lock(&self.readers).push(session);
        answer
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        // The writer's connection closes last: only then does the engine bring the log home and remove it.
        lock(&self.readers).clear();
        self.queue = None;
        if let Some(writer) = self.writer.take().filter(|writer| writer.thread().id() != std::thread::current().id()) {
            let _ = writer.join();
        }
    }
}

fn write(session: &mut Session, work: &Receiver<Work>, env: &Env) {
    while let Ok(first) = work.recv() {
        session.trouble = None;
        let begun = prepared(&*first, session, env).and_then(|()| session.batch(BEGIN));
        match begun {
            Ok(()) => group(session, first, work, env),
            // Waited for as long as it may be; whoever came meanwhile is told too, and does not wait as long once more.
            Err(_) if session.trouble == Some(Trouble::Locked) => say_locked(first, work),
            Err(_) => run_alone(session, vec![first], env),
        }
    }
}

fn say_locked(first: Work, work: &Receiver<Work>) {
    let waiting = work.try_iter().take(work.len());
    std::iter::once(first)
        .chain(waiting)
        .for_each(|mut job| job.finish(Err(Trouble::Locked.say("another process holds the file"))));
}

/// Runs acts until none waits or the group is full, commits once, answers all.
fn group(session: &mut Session, first: Work, work: &Receiver<Work>, env: &Env) {
    let mut done: Vec<(Work, Result<()>)> = Vec::new();
    let mut next = Some(first);
    while let Some(mut job) = next {
        let nested = !done.is_empty();
        // An act of another instant may need ids beyond what was noted for the first.
        if nested && prepared(&*job, session, env).is_err() {
            done.push((job, Ok(())));
            return start_over(session, done, env);
        }
        let outcome = attempt(session, &mut *job, env, nested);
        if session.in_autocommit() {
            // The engine closed the transaction under us (disk full, I/O error).
            done.push((job, outcome));
            return start_over(session, done, env);
        }
        done.push((job, outcome));
        next = if done.len() < GROUP { work.try_recv().ok() } else { None };
    }
    match session.commit() {
        Ok(()) => done.into_iter().for_each(|(mut job, outcome)| job.finish(outcome)),
        Err(_) => start_over(session, done, env),
    }
}

/// The group is lost: everybody again, one by one.
fn start_over(session: &mut Session, done: Vec<(Work, Result<()>)>, env: &Env) {
    roll_back(session);
    env.mint.distrust();
    run_alone(session, done.into_iter().map(|(job, _)| job).collect(), env);
}

/// One act of a group. A failing one leaves nothing but, where it was forbidden, its audit row.
fn attempt(session: &mut Session, job: &mut dyn Job, env: &Env, nested: bool) -> Result<()> {
    if nested {
        session.batch("savepoint act")?;
    }
    let Err(error) = guarded(job, session, env) else {
        if nested {
            session.batch("release act")?;
        }
        return Ok(());
    };
    let trouble = session.trouble;
    if session.in_autocommit() {
        return Err(error);
    }
    session.batch(if nested { "rollback to act; release act" } else { "rollback; begin immediate" })?;
    if trouble.is_none() {
        session.batch("savepoint note")?;
        let noted = job.note_refusal(session, env, &error);
        session.batch(if noted.is_ok() { "release note" } else { "rollback to note; release note" })?;
    }
    Err(error)
}

fn run_alone(session: &mut Session, jobs: Vec<Work>, env: &Env) {
    for mut job in jobs {
        let outcome = alone(&mut *job, session, env, BEGIN);
        job.finish(outcome);
    }
}
