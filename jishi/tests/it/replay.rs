//! A wholesaler's year goes through the market and comes out exact, on both databases, and though it is killed.

use jishi::replay::{Ledger, Report, replay};
use std::{
    io::Read,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::Arc,
};
use store::{Config, Store, across, args};
use testkit::{Engine, Market};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The real year, where it is at hand.
fn year() -> Option<PathBuf> {
    let file = root().join("../shared/data/online-retail/lines-2009-12-to-2010-11.csv.gz");
    let there = file.exists();
    if !there {
        testkit::skip("the wholesaler's year is not at hand (../shared/data/online-retail)");
    }
    there.then_some(file)
}

fn file_url(folder: &tempfile::TempDir, name: &str) -> String {
    format!("sqlite:{}", folder.path().join(name).display())
}

fn books_are_clean(url: &str) {
    let store = Store::open(Config::new(url, Arc::new(kernel::SystemClock)), flows::ROOMS).unwrap();
    let now = jishi::check::latest(&store).unwrap();
    let report = views::books::check(&store, now, |_| {}).unwrap();
    assert!(report.findings.is_empty(), "{:#?}", &report.findings[..report.findings.len().min(20)]);
    acts_events_and_timers_fit_the_orders(&store);
}

/// Every order leaves the same trail: counted from the orders and their steps, the trail has no gap and no surplus.
fn acts_events_and_timers_fit_the_orders(store: &Store) {
    let count = |sql| {
        let count: i64 = store.read(move |read| read.one(sql, args![], |row| row.get(0))).wait().unwrap();
        count
    };
    let orders = count(across!("select count(*) from order_order"));
    let shipped = count(across!("select count(*) from order_order where shipped_at is not null"));
    let completed = count(across!("select count(*) from order_order where completed_at is not null"));
    let settled = count(across!("select count(*) from order_order where settled_at is not null"));
    let closed = count(across!("select count(*) from order_order where closed_at is not null"));
    let listed = count(across!("select count(*) from catalog_listing"));
    let refunds = count(across!("select count(*) from aftersale_refund"));
    // quoted, accepted, placed, paid, payment succeeded; granted, refunded, payment refunded, refund done; shop opened
    let events = 5 * orders + shipped + completed + settled + closed + listed + 4 * refunds + 1;
    assert_eq!(count(across!("select count(*) from store_event")), events);
    assert_eq!(count(across!("select count(*) from store_event where done_at is null")), 0);
    // the quotation's end, the trade's closing; confirmation; settlement
    let timers = 2 * orders + shipped + completed;
    assert_eq!(count(across!("select count(*) from store_timer")), timers);
    assert_eq!(count(across!("select count(*) from store_timer where state = 0")), 0);
    // offered, accepted, intended, sent, paid; shipped; rung for confirmation and for settlement; granted and refunded
    let per_order = across!(
        "select count(*)
         from store_audit
         where outcome = 'done' and act in ('quotation.offer', 'quotation.accept', 'payment.intend', 'payment.sent',
           'payment.notified', 'order.ship', 'timer.ring', 'refund.grant')"
    );
    assert_eq!(count(per_order), 5 * orders + shipped + completed + settled + 2 * refunds);
}

fn without_time(report: Report) -> Report {
    Report { seconds: 0.0, ..report }
}

#[test]
fn the_real_year_comes_out_exact_on_sqlite() {
    let Some(file) = year() else { return };
    let folder = tempfile::tempdir().unwrap();
    let url = file_url(&folder, "year.db");
    let report = replay(&file, "online-retail", &url, None).unwrap();
    assert_eq!((report.lines, report.file_total_minor), (502_938, 916_199_617));
    let sold = &report.sold;
    assert_eq!((sold.lines, sold.units, sold.minor), (487_219, 5_644_673, 942_873_423));
    let buyers = (report.orders, report.registered_buyers, report.guest_orders, report.skus);
    assert_eq!(buyers, (19_743, 4_239, 1_551, 4_055));
    assert_eq!((report.cancellations.lines, report.cancellations.minor), (9_102, -23_860_632));
    let back = &report.refunded;
    assert_eq!((back.lines, back.units, back.minor, back.unmatched_units), (7_682, 185_726, 21_404_206, 10_983));
    let refused: Vec<_> = report.refused.iter().map(|(code, tally)| (code.as_str(), tally.lines)).collect();
    assert_eq!(refused, [("no_price", 3_453), ("not_an_invoice", 3), ("not_goods", 2_994), ("unknown_buyer", 167)]);
    let ledger = Ledger {
        buyers_paid_minor: 942_873_423,
        buyers_refunded_minor: 21_404_206,
        escrow_minor: 0,
        shops_minor: 875_331_979,
        commission_minor: 46_137_238,
    };
    assert_eq!(report.ledger, ledger);
    books_are_clean(&url);
}

#[test]
fn the_first_lines_of_the_year_come_out_the_same_on_postgres() {
    let Some(file) = year() else { return };
    let Some(market) = Market::on(Engine::Postgres) else { return testkit::skip_postgres() };
    let lines = Some(40_000);
    let folder = tempfile::tempdir().unwrap();
    let lite = replay(&file, "online-retail", &file_url(&folder, "year.db"), lines).unwrap();
    let postgres = replay(&file, "online-retail", market.url(), lines).unwrap();
    assert_eq!(without_time(postgres), without_time(lite));
    books_are_clean(market.url());
}

/// What the made-up sample must come to; reckoned by hand in sample/README.md.
fn sample_is_right(report: &Report) {
    let codes: Vec<_> = report.refused.keys().map(String::as_str).collect();
    let all = [
        "cancellation_not_negative",
        "malformed",
        "no_price",
        "no_quantity",
        "not_an_invoice",
        "not_goods",
        "stock_adjustment",
        "unknown_buyer",
    ];
    assert_eq!(codes, all);
    let Report { sold, refunded, ledger, .. } = report;
    assert_eq!(ledger.buyers_paid_minor, sold.minor);
    assert_eq!(ledger.buyers_refunded_minor, refunded.minor);
    assert_eq!(ledger.escrow_minor, 0);
    assert_eq!(ledger.shops_minor + ledger.commission_minor, sold.minor - refunded.minor);
    assert!(report.guest_orders > 0 && refunded.lines > 0 && refunded.unmatched_units > 0);
}

#[test]
fn the_sample_has_every_kind_of_line_and_comes_out_the_same_everywhere() {
    let file = root().join("sample/lines.csv");
    let folder = tempfile::tempdir().unwrap();
    let url = file_url(&folder, "sample.db");
    let lite = replay(&file, "sample-shop", &url, None).unwrap();
    sample_is_right(&lite);
    books_are_clean(&url);
    let memory = replay(&file, "sample-shop", "sqlite::memory:", None).unwrap();
    assert_eq!(without_time(memory), without_time(lite.clone()));
    let Some(market) = Market::on(Engine::Postgres) else { return testkit::skip_postgres() };
    let postgres = replay(&file, "sample-shop", market.url(), None).unwrap();
    assert_eq!(without_time(postgres), without_time(lite));
    books_are_clean(market.url());
}

#[test]
fn a_second_replay_of_the_same_file_changes_nothing() {
    let file = root().join("sample/lines.csv");
    let folder = tempfile::tempdir().unwrap();
    let url = file_url(&folder, "sample.db");
    let first = replay(&file, "sample-shop", &url, None).unwrap();
    let second = replay(&file, "sample-shop", &url, None).unwrap();
    assert_eq!(without_time(second), without_time(first));
    books_are_clean(&url);
}

/// Runs the program until it tells of its progress for the n-th time, then kills it.
fn kill_after(file: &Path, url: &str, lines: &str, reports: usize) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_jishi"))
        .args(["replay", "--json", "--lines", lines, "--db", url])
        .arg(file)
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut told = child.stderr.take().unwrap();
    let mut byte = [0];
    let mut seen = 0;
    while seen < reports && told.read(&mut byte).unwrap() == 1 {
        seen += usize::from(byte[0] == b'\r');
    }
    child.kill().unwrap();
    child.wait().unwrap();
}

fn killed_and_started_again_ends_the_same(url: &str, folder: &tempfile::TempDir) {
    let Some(file) = year() else { return };
    let lines = 20_000_u64;
    let whole = replay(&file, "online-retail", &file_url(folder, "whole.db"), Some(lines)).unwrap();
    for reports in [1, 2, 3] {
        kill_after(&file, url, &lines.to_string(), reports);
    }
    let patched = replay(&file, "online-retail", url, Some(lines)).unwrap();
    assert_eq!(without_time(patched), without_time(whole));
    books_are_clean(url);
}

#[test]
fn a_replay_killed_three_times_ends_at_the_same_figures_on_sqlite() {
    let folder = tempfile::tempdir().unwrap();
    killed_and_started_again_ends_the_same(&file_url(&folder, "killed.db"), &folder);
}

#[test]
fn a_replay_killed_three_times_ends_at_the_same_figures_on_postgres() {
    let Some(market) = Market::on(Engine::Postgres) else { return testkit::skip_postgres() };
    let folder = tempfile::tempdir().unwrap();
    killed_and_started_again_ends_the_same(market.url(), &folder);
}

/// A server on the same database lives in the present, where every deadline of the past has gone by.
#[test]
fn a_replay_beside_a_running_server_ends_at_the_same_figures() {
    let file = root().join("sample/lines.csv");
    let alone = replay(&file, "online-retail", "sqlite::memory:", None).unwrap();
    let Some(market) = Market::on(Engine::Postgres) else {
        return testkit::skip_postgres();
    };
    let clock = Arc::new(kernel::SystemClock);
    let store = Store::open(Config::new(market.url(), clock.clone()), flows::ROOMS).unwrap();
    let config = jishi::serve::Config::new(market.url(), "127.0.0.1:0".parse().unwrap());
    let running = jishi::serve::beside(&config, store, clock, false).unwrap();
    let beside = replay(&file, "online-retail", market.url(), None).unwrap();
    assert_eq!(without_time(beside).ledger, without_time(alone).ledger);
    drop(running);
    books_are_clean(market.url());
}
