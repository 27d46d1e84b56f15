//! What a story must be told by this crate, and would not be noticed otherwise.

use crate::{Engine, Market, cny, days, fail_at_n_on, hours, tell};
use kernel::{Error, Result, error::Common};
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicUsize, Ordering},
};
use store::Fault;

/// What somebody says who panics.
fn panics(act: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(act)).expect_err("this must not go unnoticed");
    let words = panic.downcast_ref::<String>().cloned();
    words.or_else(|| panic.downcast_ref::<&str>().map(|words| (*words).to_owned())).unwrap_or_default()
}

#[test]
fn a_refusal_that_changed_something_is_noticed() {
    let market = Market::new();
    let tea = market.shop("tea-house").sells("longjing", cny(88_00)).stock(3);
    let anna = market.buyer("anna");
    let said = panics(|| {
        market.refuses("not_found", || {
            anna.buys(&[(tea.sku, 1)])?;
            Err::<(), Error>(Common::NotFound.into())
        });
    });
    assert!(said.contains("something changed all the same"), "{said}");
}

#[test]
fn another_refusal_than_the_expected_one_is_noticed() {
    let market = Market::new();
    let said = panics(|| {
        market.refuses("out_of_stock", || Err::<(), Error>(Common::NotFound.into()));
    });
    assert!(said.contains("not_found"), "{said}");
}

#[test]
fn a_story_that_is_refused_fails() {
    let said = panics(|| tell(Engine::Memory, |_| Err(Common::NotFound.into())));
    assert!(said.contains("not_found"), "{said}");
}

#[test]
fn a_story_told_again_stands_at_the_same_time() -> Result<()> {
    let market = Market::new();
    market.begin_story();
    market.later(days(1))?;
    let first = market.now();
    market.tell_again();
    market.later(hours(23))?;
    assert_eq!(market.now(), first);
    market.later(hours(1))?;
    assert_eq!(market.now(), first);
    market.later(1)?;
    assert_eq!(market.now(), first.plus(1));
    Ok(())
}

#[test]
fn every_statement_of_a_story_is_struck_in_turn() {
    let told = AtomicUsize::new(0);
    let story = |market: &Market, (): &()| {
        told.fetch_add(1, Ordering::Relaxed);
        market.registers("anna@example.com".parse()?, "anna").map(drop)
    };
    fail_at_n_on(Engine::Memory, &[Fault::Error], "identity.register", |_| (), story);
    // Twice unharmed, and twice for each n, the last of which found the story over.
    let harms = (told.load(Ordering::Relaxed) - 2) / 2;
    assert!(harms > 5, "only {harms}");
}

#[test]
fn a_story_that_cannot_be_told_twice_is_noticed() {
    let given =
        |market: &Market| (market.shop("tea-house").sells("longjing", cny(88_00)).stock(9), market.buyer("anna"));
    let told = AtomicUsize::new(0);
    let said = panics(|| {
        fail_at_n_on(Engine::Memory, &[Fault::Error], "order.checkout", given, |_, (tea, anna)| {
            // A key of its own each time: the second request is a second order.
            let key = told.fetch_add(1, Ordering::Relaxed).to_string();
            anna.under_key(&key).buys(&[(tea.sku, 1)]).map(drop)
        });
    });
    assert!(said.contains("told twice ends elsewhere"), "{said}");
}

#[test]
fn a_story_that_does_not_do_its_act_is_noticed() {
    let said = panics(|| fail_at_n_on(Engine::Memory, &[Fault::Error], "order.checkout", |_| (), |_, ()| Ok(())));
    assert!(said.contains("does not do it"), "{said}");
}
