//! What goes on by itself happens once, however many processes look for it, and after a restart too.

use flows::worker;
use kernel::{Result, SetClock, Time};
use order::State;
use std::{sync::Arc, thread};
use store::{Config, Store};
use testkit::{Engine, Market, cny, days, minutes};

fn works_until_idle(market: &flows::Market) {
    while !store::wait(worker::round(market)).unwrap().is_idle() {}
}

/// The same market as another process holds it, whose clock stands at an instant.
fn another_process(market: &Market, at: Time) -> flows::Market {
    let mut config = Config::new(market.url(), Arc::new(SetClock::at(at)));
    (config.writers, config.readers) = (4, 2);
    let store = Store::open(config, flows::ROOMS).unwrap();
    flows::Market { store, ..market.flows().clone() }
}

fn orders(market: &Market, count: i64) -> Vec<testkit::Placed> {
    let tea = market.shop("tea-house").sells("longjing", cny(88_00)).stock(count);
    let anna = market.buyer("anna");
    (0..count).map(|_| anna.buys(&[(tea.sku, 1)]).unwrap()).collect()
}

fn times(market: &Market, text: &'static str) -> i64 {
    let asked = market.asks(move |read| {
        let mut times = 0;
        read.ask(text, |row| {
            times = row.get(0)?;
            Ok(())
        })?;
        Ok(times)
    });
    asked.unwrap()
}

#[test]
fn three_processes_ring_each_timer_and_deliver_each_event_once() {
    let Some(market) = Market::on(Engine::Postgres) else { return testkit::skip_postgres() };
    let placed = orders(&market, 30);
    let later = market.now().plus(minutes(31));
    let processes: Vec<_> = (0..3).map(|_| another_process(&market, later)).collect();
    thread::scope(|scope| {
        for process in &processes {
            scope.spawn(|| works_until_idle(process));
        }
    });
    market.later(minutes(31)).unwrap();
    assert!(placed.iter().all(|placed| market.order(placed.orders[0]).state == State::Closed));
    assert_eq!(times(&market, "select count(*) from store_audit where act = 'timer.ring' and outcome = 'done'"), 30);
    assert_eq!(times(&market, "select count(*) from store_event where name = 'order.closed'"), 30);
    assert_eq!(times(&market, "select count(*) from store_event where done_at is null"), 0);
    market.check();
}

#[test]
fn timers_missed_while_nothing_ran_are_caught_up_after_a_restart() {
    for engine in [Engine::Lite, Engine::Postgres] {
        let Some(market) = Market::on(engine) else { return testkit::skip_postgres() };
        let placed = orders(&market, 3);
        let restarted = another_process(&market, market.now().plus(days(2)));
        works_until_idle(&restarted);
        assert!(placed.iter().all(|placed| market.order(placed.orders[0]).state == State::Closed));
        drop(restarted);
        market.later(days(3)).unwrap();
        market.check();
    }
}

testkit::stories![goods_that_are_made_to_order_need_no_stock];

fn goods_that_are_made_to_order_need_no_stock(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let pot = shop.sells_to_order("teapot", cny(300_00));
    let anna = market.buyer("anna");
    let placed = anna.has_bought(&[(pot.sku, 5)])?;
    let order = placed.orders[0];
    shop.gives_back(order, &[(1, 1)])?;
    shop.ships(order)?;
    assert_eq!((market.order(order).state, pot.on_hand()), (State::Shipped, 0));
    anna.confirms(order)?;
    market.later(days(8))
}
