//! The store against a table of its own, in memory and in a file.

use crate::{Act, Config, Fault, Faults, Schema, Store, Tx, args, seal, sql};
use kernel::{Actor, Cx, Error, Id, Result, SetClock, Time, error::Common, kinds};
use std::sync::Arc;

const SCHEMA: Schema = Schema {
    room: "shelf",
    steps: &["create table shelf_jar (
        home bigint not null, -- internal: its own
        id bigint not null, -- internal
        units bigint not null, -- internal: how many are left
        primary key (home, id),
        check (units >= 0)
    );"],
};

fn cx(request: &str) -> Cx {
    Cx::new(Actor::Person(Id::from_raw(77)), request)
}

fn open(url: &str) -> Store {
    let clock = Arc::new(SetClock::at(Time(1_800_000_000_000)));
    let mut config = Config::new(url, clock);
    config.seed = Some(1);
    Store::open(config, &[SCHEMA]).unwrap()
}

fn faulty(url: &str, fault: Fault, n: i64) -> (Store, Arc<Faults>) {
    let mut config = Config::new(url, Arc::new(SetClock::at(Time(1_800_000_000_000))));
    config.seed = Some(1);
    let faults = config.faults.clone();
    let store = Store::open(config, &[SCHEMA]).unwrap();
    // A first act leases the node, so that the counted statements are those of the act itself.
    jar(&store);
    faults.set(fault, n);
    (store, faults)
}

fn put(tx: &mut Tx, units: i64) -> Result<Id<kinds::Sku>> {
    let home = tx.new_home();
    let id = tx.id(home)?;
    tx.exec(sql!("insert into shelf_jar (home, id, units) values ($1, $2, $3)"), args![home, id, units])?;
    Ok(id)
}

fn take(tx: &mut Tx, id: Id<kinds::Sku>) -> Result<i64> {
    let sql = sql!("update shelf_jar set units = units - 1 where home = $1 and id = $2 and units >= 1");
    if tx.exec(sql, args![id.home(), id])? == 0 {
        return Err(Common::NotFound.into());
    }
    left(tx, id)
}

fn left(read: &mut crate::Read, id: Id<kinds::Sku>) -> Result<i64> {
    read.one(sql!("select units from shelf_jar where home = $1 and id = $2"), args![id.home(), id], |row| row.get(0))
}

fn jar(store: &Store) -> Id<kinds::Sku> {
    store.write(Act::new("shelf.put", &cx("r0")), |tx| put(tx, 50)).wait().unwrap()
}

fn audit_rows(store: &Store) -> Vec<(String, String)> {
    let sql = crate::across!("select act, outcome from store_audit order by id");
    store.read(move |read| read.all(sql, args![], |row| Ok((row.get(0)?, row.get(1)?)))).wait().unwrap()
}

#[test]
fn what_is_only_held_is_not_changed() {
    let store = open("sqlite::memory:");
    let id = jar(&store);
    let hold = move |tx: &mut Tx| {
        let sql = sql!("update shelf_jar set units = units where home = $1 and id = $2 returning units");
        tx.hold(sql, args![id.home(), id], |row| row.get::<i64>(0))
    };
    assert_eq!(store.write(Act::new("shelf.look", &cx("r1")), hold).wait().unwrap(), Some(50));
    let look_and_take = move |tx: &mut Tx| {
        hold(tx)?;
        take(tx, id)
    };
    assert_eq!(store.write(Act::new("shelf.take", &cx("r2")), look_and_take).wait().unwrap(), 49);
    let acts: Vec<_> = audit_rows(&store).into_iter().map(|(act, _)| act).collect();
    assert_eq!(acts, ["shelf.put", "shelf.take"]);
}

#[test]
fn an_act_is_done_once_under_its_key() {
    let store = open("sqlite::memory:");
    let id = jar(&store);
    let act = |n: i64| Act::new("shelf.take", &cx("r1").with_key("k")).over(&n);
    assert_eq!(store.write(act(1), move |tx| take(tx, id)).wait().unwrap(), 49);
    assert_eq!(store.write(act(1), move |tx| take(tx, id)).wait().unwrap(), 49);
    assert_eq!(store.write(act(2), move |tx| take(tx, id)).wait().unwrap_err().code(), "idempotency_key_reused");
    assert_eq!(store.read(move |read| left(read, id)).wait().unwrap(), 49);
}

#[test]
fn a_refused_act_leaves_nothing_and_may_be_tried_again() {
    let store = open("sqlite::memory:");
    let id = jar(&store);
    let act = || Act::new("shelf.take", &cx("r1").with_key("k"));
    let refused = store.write(act(), move |tx| {
        take(tx, id)?;
        Err::<i64, Error>(Common::LoginNeeded.into())
    });
    assert_eq!(refused.wait().unwrap_err().code(), "login_needed");
    assert_eq!(store.write(act(), move |tx| take(tx, id)).wait().unwrap(), 49);
    assert_eq!(audit_rows(&store).len(), 2);
}

#[test]
fn a_forbidden_act_leaves_exactly_its_audit_row() {
    let dir = tempfile::tempdir().unwrap();
    for url in ["sqlite::memory:".to_owned(), format!("sqlite:{}", dir.path().join("a.db").display())] {
        let store = open(&url);
        let id = jar(&store);
        let refused = store.write(Act::new("shelf.take", &cx("r1")), move |tx| {
            take(tx, id)?;
            Err::<i64, Error>(Common::NotYours.into())
        });
        assert_eq!(refused.wait().unwrap_err().code(), "not_found");
        assert_eq!(store.read(move |read| left(read, id)).wait().unwrap(), 50);
        assert_eq!(audit_rows(&store)[1], ("shelf.take".into(), "forbidden".into()));
    }
}

#[test]
fn fifty_threads_on_a_file_take_the_last_fifty_and_no_more() {
    let dir = tempfile::tempdir().unwrap();
    let store = open(&format!("sqlite:{}", dir.path().join("a.db").display()));
    let id = jar(&store);
    let takers = (0..60).map(|n| {
        let store = store.clone();
        std::thread::spawn(move || {
            store.write(Act::new("shelf.take", &cx(&n.to_string())), move |tx| take(tx, id)).wait()
        })
    });
    let takers: Vec<_> = takers.collect();
    let taken = takers.into_iter().filter(|_| true).map(|taker| taker.join().unwrap()).filter(Result::is_ok).count();
    assert_eq!(taken, 50);
    assert_eq!(store.read(move |read| left(read, id)).wait().unwrap(), 0);
}

#[test]
fn each_failing_statement_leaves_nothing_and_a_lost_answer_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    for file in [false, true] {
        let url = |name: String| match file {
            true => format!("sqlite:{}", dir.path().join(name).display()),
            false => "sqlite::memory:".to_owned(),
        };
        for fault in [Fault::Error, Fault::Panic] {
            for n in 1..=4 {
                let (store, faults) = faulty(&url(format!("{fault:?}{n}")), fault, n);
                let done = store.write(Act::new("shelf.put", &cx("r1")), |tx| put(tx, 1)).wait();
                faults.clear();
                let sum = crate::across!("select cast(coalesce(sum(units), 0) as bigint) from shelf_jar");
                let left: i64 = store.read(move |read| read.one(sum, args![], |row| row.get(0))).wait().unwrap();
                assert_eq!(left % 50, i64::from(done.is_ok()), "{fault:?} at {n}, in a file: {file}");
            }
        }
        let (store, _) = faulty(&url("lost".into()), Fault::LostCommit, 1);
        let id = store.write(Act::new("shelf.put", &cx("r1")), |tx| put(tx, 7)).wait().unwrap();
        assert_eq!(store.read(move |read| left(read, id)).wait().unwrap(), 7);
        let sevens = crate::across!("select count(*) from shelf_jar where units = 7");
        let count: i64 = store.read(move |read| read.one(sevens, args![], |row| row.get(0))).wait().unwrap();
        assert_eq!(count, 1);
    }
}

#[test]
fn a_swallowed_failure_does_not_commit() {
    let store = open("sqlite::memory:");
    let id = jar(&store);
    let act = store.write(Act::new("shelf.take", &cx("r1")), move |tx| {
        take(tx, id)?;
        let _ = tx.exec(sql!("update shelf_jar set units = -1 where home = $1 and id = $2"), args![id.home(), id]);
        Ok(())
    });
    assert!(act.wait().is_err());
    assert_eq!(store.read(move |read| left(read, id)).wait().unwrap(), 50);
}

#[test]
fn a_changed_or_missing_audit_row_breaks_the_chain() {
    let store = open("sqlite::memory:");
    for _ in 0..5 {
        jar(&store);
    }
    let sealing = || store.write(Act::new(seal::ACT, &cx("s")), |tx| seal::seal(tx, 100)).wait().unwrap();
    assert_eq!(sealing(), 5);
    assert_eq!(sealing(), 0);
    jar(&store);
    assert_eq!(sealing(), 2);
    let verify = || store.read(seal::verify).wait().unwrap();
    assert_eq!(verify(), vec![]);
    let forge = store.write(Act::new("forge", &cx("f")), |tx| {
        tx.exec(crate::across!("update store_audit set actor_id = actor_id + 1 where seal = 1"), args![])
    });
    forge.wait().unwrap();
    assert_eq!(verify().iter().map(|broken| broken.number).collect::<Vec<_>>(), [1]);
}

#[test]
fn ids_rise_even_where_the_clock_stands_and_after_a_restart() {
    let dir = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", dir.path().join("a.db").display());
    let mut last = Id::from_raw(0);
    for _ in 0..3 {
        let store = open(&url);
        for _ in 0..200 {
            let id = jar(&store);
            assert!(id.raw() >> 12 > last.raw() >> 12);
            last = id;
        }
    }
}

#[test]
fn a_timer_runs_once_and_moves() {
    let store = open("sqlite::memory:");
    let id = jar(&store);
    let set = |due| {
        let act = Act::new("shelf.rest", &cx("t"));
        store.write(act, move |tx| tx.set_timer("shelf.open", id.raw(), id.home(), Time(due))).wait().unwrap();
    };
    set(5);
    set(9);
    let due = store.read(|read| crate::due_timers(read, Time(20), 10)).wait().unwrap();
    assert_eq!((due.len(), due[0].due_at), (1, Time(9)));
    let timer = due[0].clone();
    let ring = || {
        let timer = timer.clone();
        store.write(Act::new("shelf.open", &cx("t")), move |tx| tx.take_timer(&timer)).wait().unwrap()
    };
    assert!(ring());
    assert!(!ring());
}
