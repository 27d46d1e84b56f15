//! What went wrong in other platforms, rebuilt here, where it comes out right.
//!
//! Each test is named after its lesson and says whose it was: repository, issue, and what happened there. The list of
//! all lessons, with those that wait for their mechanism, is docs/lessons.md.

mod marketplace;
mod money;
mod money_told_late;
mod orders;
mod payouts;
mod stock;

use kernel::{Result, SetClock, Time};
use sandbox::Keys;
use sandbox_channel::{SandboxBank, SandboxChannel};
use std::{
    collections::BTreeMap,
    sync::{Arc, Barrier},
    thread,
};
use store::{Config, Store};
use testkit::Market;

/// All of them act in the same moment; answers what each came to, in their order.
fn at_once<P: Sync, T: Send>(people: &[P], act: impl Fn(&P) -> T + Sync) -> Vec<T> {
    let (start, act) = (&Barrier::new(people.len()), &act);
    thread::scope(|scope| {
        let one = |one| {
            scope.spawn(move || {
                start.wait();
                act(one)
            })
        };
        let acts: Vec<_> = people.iter().map(one).collect();
        acts.into_iter().map(|act| act.join().expect("nobody panics")).collect()
    })
}

/// How often each code was said; "done" for what was not refused.
fn said<T>(told: &[Result<T>]) -> BTreeMap<&'static str, usize> {
    let mut counted = BTreeMap::new();
    for one in told {
        *counted.entry(one.as_ref().map_or_else(kernel::Error::code, |_| "done")).or_default() += 1;
    }
    counted
}

/// A figure that a statement of the test's own asks for.
fn figure(market: &Market, text: &'static str) -> Result<i64> {
    market.asks(move |read| {
        let mut figure = 0;
        read.ask(text, |row| {
            figure = row.get(0)?;
            Ok(())
        })?;
        Ok(figure)
    })
}

/// How many orders there are.
fn orders(market: &Market) -> Result<i64> {
    figure(market, "select count(*) from order_order")
}

/// The same market in a process of its own, whose clock stands at `now`; with the line to the trial provider.
fn another_process(market: &Market, now: Time) -> Result<(flows::Market, SandboxChannel)> {
    let store = Store::open(Config::new(market.url(), Arc::new(SetClock::at(now))), flows::ROOMS)?;
    let provider = SandboxChannel::in_process(store.clone(), channel_keys());
    let bank = Arc::new(SandboxBank::in_process(store.clone()));
    Ok((flows::Market { store, channels: vec![Arc::new(provider.clone())], bank }, provider))
}

/// The trial provider's keys in a story: whoever signs with them is the channel.
fn channel_keys() -> Keys {
    Keys::from_seed([7; 32])
}
