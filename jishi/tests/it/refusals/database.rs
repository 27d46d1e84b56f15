//! While the database itself says no: locked, full, gone. Whoever asks is told so, nothing that was answered is lost,
//! and the same request succeeds once the database is there again.

use super::{Street, street, well};
use kernel::{Error, Kind, Result, SetClock};
use std::{
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst},
        mpsc,
    },
    thread,
};
use store::{Act, Config, Store, across, args, databases};
use testkit::{Engine, Market, Person, Placed, checkout};

/// Another process on the same database, opened in its own way.
fn process(market: &Market, change: impl FnOnce(&mut Config)) -> Result<Store> {
    let mut config = Config::new(market.url(), Arc::new(SetClock::at(market.now())));
    change(&mut config);
    Store::open(config, flows::ROOMS)
}

fn buys(store: &Store, street: &Street, key: &str) -> Result<Placed> {
    let wish = checkout(&[(street.tea.sku, 1)])?;
    flows::checkout::checkout(store, &street.anna.under_key(key).cx(), wish).wait()
}

#[track_caller]
fn is_unavailable(no: &Error, reason: &str) {
    assert_eq!((no.code(), no.kind()), ("unavailable", Some(Kind::Unavailable)), "{no}");
    assert!(no.to_string().contains(reason), "{no} is not for {reason}");
}

fn orders(market: &Market) -> usize {
    let count = across!("select count(*) from order_order");
    well(market.asks(move |read| read.one(count, args![], |row| row.get::<i64>(0)))) as usize
}

/// Runs `meanwhile` while another act of the market is under way, which began with `first`.
fn while_another_acts(market: &Market, first: Option<&'static store::Statement>, meanwhile: impl FnOnce()) {
    let (began, has_begun) = mpsc::channel();
    let (end, may_end) = mpsc::channel::<()>();
    let cx = kernel::Cx::new(kernel::Actor::System("another"), "another");
    let acting = market.store().write(Act::new("another.act", &cx), move |tx| {
        if let Some(first) = first {
            tx.exec(first, args![])?;
        }
        // Whoever waits for either end has gone only where the test has failed already.
        let _ = began.send(());
        let _ = may_end.recv();
        Ok(())
    });
    has_begun.recv().expect("the other act begins");
    meanwhile();
    drop(end);
    well(acting.wait());
}

#[test]
fn a_file_that_another_process_holds_is_locked_until_it_lets_go() {
    let market = Market::on(Engine::Lite).expect("SQLite is always at hand");
    let street = street(&market);
    let quick = well(process(&market, |config| config.busy_millis = 50));
    while_another_acts(&market, None, || {
        is_unavailable(&market.refuses("unavailable", || buys(&quick, &street, "first")), "locked");
        // Several that wait together are all told.
        let (quick, street) = (&quick, &street);
        let said = thread::scope(|scope| {
            let buys = |n: usize| scope.spawn(move || buys(quick, street, &format!("together {n}")));
            let all: Vec<_> = (0..5).map(buys).collect();
            all.into_iter().map(|one| one.join().expect("nobody panics")).collect::<Vec<_>>()
        });
        said.iter().for_each(|said| is_unavailable(said.as_ref().expect_err("the file is locked"), "locked"));
        // Reading goes on, and a process may come and look.
        assert_eq!(street.tea.available(), 20);
    });
    assert_eq!(orders(&market), 0);
    let placed = well(buys(&quick, &street, "first"));
    assert_eq!(well(buys(&quick, &street, "first")), placed);
    assert_eq!((orders(&market), street.tea.available()), (1, 19));
    drop(quick);
    market.check();
}

#[test]
fn a_row_that_another_act_holds_is_locked_until_it_lets_go() {
    let Some(market) = Market::on(Engine::Postgres) else {
        return testkit::skip_postgres();
    };
    let street = street(&market);
    // How long one waits for a row is the server's setting, which the address may bear.
    let quick = well(process(&market, |config| config.url += "?options=-c%20lock_timeout%3D100"));
    while_another_acts(&market, Some(across!("update stock_level set on_hand = on_hand")), || {
        is_unavailable(&market.refuses("unavailable", || buys(&quick, &street, "first")), "locked");
    });
    well(buys(&quick, &street, "first"));
    assert_eq!((orders(&market), street.tea.available()), (1, 19));
    market.check();
}

fn pages(market: &Market) -> i64 {
    let asked = market.asks(|read| {
        let mut pages = 0;
        read.ask("pragma page_count", |row| {
            pages = row.get(0)?;
            Ok(())
        })?;
        Ok(pages)
    });
    well(asked)
}

#[test]
fn a_full_disk_takes_nothing_and_loses_nothing() {
    let market = Market::on(Engine::Lite).expect("SQLite is always at hand");
    let mut street = street(&market);
    street.tea = street.tea.stock(5_000);
    let full_at = pages(&market) + 40;
    let small = well(process(&market, |config| config.pages_max = Some(full_at)));
    let (small, street) = (&small, &street);
    // Side by side, so that acts share commits, until each is told that there is no room.
    let acknowledged: usize = thread::scope(|scope| {
        let fill = |who: usize| {
            scope.spawn(move || {
                let mut acknowledged = 0;
                loop {
                    match buys(small, street, &format!("{who} {acknowledged}")) {
                        Ok(_) => acknowledged += 1,
                        Err(no) => {
                            is_unavailable(&no, "full");
                            return acknowledged;
                        }
                    }
                    assert!(acknowledged < 1_000, "forty pages hold no thousand orders");
                }
            })
        };
        let all: Vec<_> = (0..4).map(fill).collect();
        all.into_iter().map(|one| one.join().expect("nobody panics")).sum()
    });
    assert!(acknowledged > 0, "some orders fit");
    // Where one order had no room, one that is put elsewhere may have: alone now, until none has.
    let key = |n: usize| format!("once more {n}");
    let more = (0..100).take_while(|n| buys(small, street, &key(*n)).is_ok()).count();
    let (acknowledged, last) = (acknowledged + more, key(more));
    assert_eq!((orders(&market), street.tea.available()), (acknowledged, 5_020 - acknowledged as i64));
    is_unavailable(&market.refuses("unavailable", || buys(small, street, &last)), "full");
    assert!(pages(&market) <= full_at);
    // Somebody makes room; the same request is done, once.
    let larger = well(process(&market, |config| config.pages_max = Some(full_at + 10_000)));
    let placed = well(buys(&larger, street, &last));
    assert_eq!(well(buys(&larger, street, &last)), placed);
    assert_eq!(orders(&market), acknowledged + 1);
    market.check();
}

/// Runs a text on the server that no act would run.
fn runs(market: &Market, text: &'static str) {
    well(market.asks(move |read| read.ask(text, |_| Ok(()))));
}

#[test]
fn a_full_server_takes_nothing_and_loses_nothing() {
    let Some(market) = Market::on(Engine::Postgres) else {
        return testkit::skip_postgres();
    };
    let street = street(&market);
    well(buys(market.store(), &street, "before"));
    runs(
        &market,
        "create function full_disk() returns trigger language plpgsql as
         $$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$",
    );
    runs(&market, "create trigger no_room before insert on order_line execute function full_disk()");
    is_unavailable(&market.refuses("unavailable", || buys(market.store(), &street, "once more")), "full");
    // What needs no room there goes on.
    well(street.shop.receives(street.shop.id, &[(street.tea.sku, 1)]));
    runs(&market, "drop trigger no_room on order_line");
    well(buys(market.store(), &street, "once more"));
    assert_eq!((orders(&market), street.tea.available()), (2, 19));
    market.check();
}

#[test]
fn a_database_that_is_not_there_says_so() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("letter.db"), "Dear Sir or Madam, ".repeat(1_000)).expect("there is room for a file");
    std::fs::create_dir(path("folder.db")).expect("there is room for a folder");
    let lite = |path: PathBuf| format!("sqlite:{}", path.display());
    let opens = |url: &str| Store::open(Config::new(url, Arc::new(kernel::SystemClock)), flows::ROOMS).map(drop);
    for url in [
        lite(path("nowhere/market.db")),
        lite(path("folder.db")),
        lite(path("letter.db")),
        // Nobody listens there.
        "postgres://nobody@127.0.0.1:1/nothing".to_owned(),
    ] {
        is_unavailable(&opens(&url).expect_err(&url), "gone");
    }
    for url in ["", "market.db", "mysql://localhost/market", "sqlite", "postgres:"] {
        assert_eq!(opens(url).expect_err(url).code(), "malformed");
    }
    // What was no database is left as it was.
    let letter = std::fs::read_to_string(path("letter.db")).expect("it is there");
    assert!(letter.starts_with("Dear Sir or Madam"));
}

#[test]
fn a_file_that_is_moved_away_loses_nothing() {
    let market = Market::on(Engine::Lite).expect("SQLite is always at hand");
    let street = street(&market);
    let process = || process(&market, |_| ());
    let there = well(process());
    let file = Path::new(market.url().strip_prefix("sqlite:").expect("it is a file"));
    let away = file.with_extension("away");
    std::fs::rename(file, &away).expect("a file can be moved");
    // Who comes new finds nothing; who has the file open writes into it, wherever it is called.
    let count = || across!("select count(*) from order_order");
    let reads = |store: &Store| store.read(move |read| read.one(count(), args![], |row| row.get::<i64>(0))).wait();
    is_unavailable(&reads(&there).expect_err("there is no file of this name"), "gone");
    let placed = well(buys(&there, &street, "first"));
    std::fs::rename(&away, file).expect("a file can be moved");
    assert_eq!(well(reads(&there)), 1);
    assert_eq!(well(buys(&well(process()), &street, "first")), placed);
    assert_eq!(orders(&market), 1);
    market.check();
}

/// Ends every other connection to the market's database.
fn cuts_all_lines(store: &Store) -> Result<()> {
    // The offset keeps the server from ending itself while it still looks for the others.
    let text = "select count(pg_terminate_backend(pid))
                from (select pid
                      from pg_stat_activity
                      where datname = current_database() and pid <> pg_backend_pid()
                      offset 0) others";
    store.read(move |read| read.ask(text, |_| Ok(()))).wait()
}

#[test]
fn a_server_that_was_started_anew_is_read_as_if_nothing_had_been() {
    let Some(market) = Market::on(Engine::Postgres) else {
        return testkit::skip_postgres();
    };
    let street = street(&market);
    well(buys(market.store(), &street, "before"));
    let killer = well(process(&market, |config| config.readers = 1));
    // With one connection, so that each question finds it cut.
    let reader = well(process(&market, |config| config.readers = 1));
    fn counted(read: &mut store::Read) -> Result<i64> {
        read.one(across!("select count(*) from order_order"), args![], |row| row.get(0))
    }
    let ways: [&dyn Fn() -> Result<i64>; 3] =
        [&|| reader.read(counted).wait(), &|| reader.snapshot(counted).wait(), &|| {
            let asked = reader.read(|read| {
                let mut found = 0;
                read.ask("select count(*) from order_order", |row| {
                    found += row.get::<i64>(0)?;
                    Ok(())
                })?;
                Ok(found)
            });
            asked.wait()
        }];
    for way in ways.iter().chain(&ways) {
        assert_eq!(well(way()), 1);
        well(cuts_all_lines(&killer));
        assert_eq!(well(way()), 1);
    }
    market.check();
}

#[test]
fn a_question_that_was_half_answered_is_not_asked_again() {
    let Some(market) = Market::on(Engine::Postgres) else {
        return testkit::skip_postgres();
    };
    street(&market);
    let killer = well(process(&market, |config| config.readers = 1));
    let asked = market.asks(move |read| {
        read.one(across!("select count(*) from order_order"), args![], |row| row.get::<i64>(0))?;
        cuts_all_lines(&killer)?;
        read.one(across!("select count(*) from order_order"), args![], |row| row.get::<i64>(0))
    });
    is_unavailable(&asked.expect_err("one half would be of another time"), "gone");
    market.check();
}

#[test]
fn a_server_that_hangs_up_on_everybody_loses_nothing() {
    let Some(market) = Market::on(Engine::Postgres) else {
        return testkit::skip_postgres();
    };
    let mut street = street(&market);
    street.tea = street.tea.stock(1_000);
    // With one connection of its own, so that it does not cut itself off.
    let killer = well(process(&market, |config| config.readers = 1));
    let (done, told, cuts) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
    let people: Vec<Person> = (0..6).map(|n| market.buyer(&format!("buyer-{n}"))).collect();
    let orders_of = |person: &Person| {
        for n in 0..25 {
            // Whoever is not answered asks again under the same key, as a client does.
            let request = || person.under_key(&format!("order {n}")).buys(&[(street.tea.sku, 1)]);
            while let Err(no) = request() {
                is_unavailable(&no, "gone");
            }
            told.fetch_add(1, SeqCst);
        }
    };
    thread::scope(|scope| {
        scope.spawn(|| {
            let mut seen = 0;
            while !done.load(SeqCst) {
                // A line is cut in the middle of the work, and not before the last cut was got over.
                if told.load(SeqCst) >= seen + 5 {
                    seen = told.load(SeqCst);
                    well(cuts_all_lines(&killer));
                    cuts.fetch_add(1, SeqCst);
                }
                thread::yield_now();
            }
        });
        let buyers: Vec<_> = people.iter().map(|person| scope.spawn(|| orders_of(person))).collect();
        let ended: Vec<_> = buyers.into_iter().map(thread::ScopedJoinHandle::join).collect();
        done.store(true, SeqCst);
        assert!(ended.iter().all(std::result::Result::is_ok));
    });
    assert!(cuts.load(SeqCst) >= 5, "the lines were cut {} times", cuts.load(SeqCst));
    assert_eq!((orders(&market), street.tea.available()), (150, 1_020 - 150));
    market.check();
}

#[test]
fn a_server_whose_database_is_gone_for_a_while_loses_nothing() {
    let Some(market) = Market::on(Engine::Postgres) else {
        return testkit::skip_postgres();
    };
    let server = std::env::var("JISHI_TEST_POSTGRES").expect("the market stands on it");
    let name = market.url().rsplit('/').next().expect("an address has a name in it").to_owned();
    let kept = format!("{name}_kept");
    let street = street(&market);
    let before = well(buys(market.store(), &street, "before"));
    // Nobody may be connected to what is copied.
    well(databases::remove(&server, &kept));
    well(cuts_all_lines(&well(process(&market, |config| config.readers = 1))));
    well(databases::make(&server, &kept, Some(&name)));
    well(databases::remove(&server, &name));
    for _ in 0..3 {
        is_unavailable(&buys(market.store(), &street, "meanwhile").expect_err("there is no database"), "gone");
        let count = across!("select count(*) from order_order");
        let asked = market.asks(move |read| read.one(count, args![], |row| row.get::<i64>(0)));
        is_unavailable(&asked.expect_err("there is no database"), "gone");
    }
    assert!(well(databases::rename(&server, &kept, &name)));
    let meanwhile = well(buys(market.store(), &street, "meanwhile"));
    assert_eq!(well(buys(market.store(), &street, "meanwhile")), meanwhile);
    assert_eq!(well(buys(market.store(), &street, "before")), before);
    assert_eq!((orders(&market), street.tea.available()), (2, 18));
    market.check();
}
