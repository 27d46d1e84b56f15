//! A story whose n-th statement fails, for every n: whatever breaks, the books hold, and the same requests sent again
//! end where an unharmed story ends.

use crate::{Engine, Figures, Market, database, market::must, minutes};
use kernel::Result;
use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Once,
};
use store::Fault;

/// How many statements a story may have before it is taken to have no end.
const MOST: i64 = 5_000;

/// How long a market is given to mend what was harmed: the first waits of everything that is tried again.
const MENDING: i64 = minutes(2);

/// Tells `story`, in which the act `name` is done, with its n-th statement failing, then panicking, then with the
/// answer of its n-th commit lost, for n = 1, 2, … until it ends unharmed. What it stands on is `given` unharmed, in a
/// new market each time. In memory; the lost commits once more on a file, where several acts share a commit.
///
/// After each harm the worker mends what it can, and the books must hold. Then the same story is told again, its
/// requests under the same keys: it must succeed, and end at the figures of a story that was never harmed.
///
/// A story returns what it is refused, and asserts nothing of what the worker did: that is what is harmed.
///
/// # Panics
/// Where any of this is not so, saying at which n.
pub fn fail_at_n<G>(name: &str, given: impl Fn(&Market) -> G, story: impl Fn(&Market, &G) -> Result<()>) {
    fail_at_n_on(Engine::Memory, &[Fault::Error, Fault::Panic, Fault::LostCommit], name, &given, &story);
    fail_at_n_on(Engine::Lite, &[Fault::LostCommit], name, &given, &story);
}

/// As [`fail_at_n`], on one engine with some of the faults; says so where the engine is not at hand.
///
/// # Panics
/// As [`fail_at_n`].
pub fn fail_at_n_on<G>(
    engine: Engine,
    faults: &[Fault],
    name: &str,
    given: impl Fn(&Market) -> G,
    story: impl Fn(&Market, &G) -> Result<()>,
) {
    quiet();
    let Some(market) = Market::on(engine) else {
        return database::skip_postgres();
    };
    let expected = unharmed(market, name, &given, &story);
    for fault in faults {
        let harmed = |n: &i64| harm(engine, name, (*fault, *n), &given, &story, &expected);
        let harms = (1..=MOST).take_while(harmed).count();
        println!("{name}: {fault:?} at each of {harms} on {engine:?}");
        assert!(harms > 0 && (harms as i64) < MOST, "{name}: {fault:?} struck {harms} times on {engine:?}");
    }
}

fn unharmed<G>(
    market: Market,
    name: &str,
    given: &impl Fn(&Market) -> G,
    story: &impl Fn(&Market, &G) -> Result<()>,
) -> Figures {
    let stands_on = given(&market);
    let before = times_done(&market, name);
    market.begin_story();
    must(name, story(&market, &stands_on));
    assert!(times_done(&market, name) > before, "the story of {name} does not do it");
    must(name, mend(&market));
    market.check();
    let figures = market.figures();
    // A story that cannot be told twice says nothing of what is sent again after a failure.
    market.tell_again();
    must("the story is told again, unharmed", story(&market, &stands_on));
    must(name, mend(&market));
    assert_eq!(figures, market.figures(), "{name}: the story told twice ends elsewhere");
    figures
}

/// How often an act was done, as the audit log has it.
fn times_done(market: &Market, act: &str) -> i64 {
    let text = format!("select count(*) from store_audit where outcome = 'done' and act = '{act}'");
    let asked = market.asks(move |read| {
        let mut times = 0;
        read.ask(&text, |row| {
            times = row.get(0)?;
            Ok(())
        })?;
        Ok(times)
    });
    must("the audit log can be read", asked)
}

/// One harm; false where the story was over before it came.
fn harm<G>(
    engine: Engine,
    name: &str,
    (fault, n): (Fault, i64),
    given: &impl Fn(&Market) -> G,
    story: &impl Fn(&Market, &G) -> Result<()>,
    expected: &Figures,
) -> bool {
    let market = Market::on(engine).expect("the unharmed story has been told on it");
    let stands_on = given(&market);
    market.begin_story();
    market.faults().set(fault, n);
    // What comes of it is not asked: an error, a panic, or nothing at all where the worker put it off.
    let _ = catch_unwind(AssertUnwindSafe(|| story(&market, &stands_on)));
    let happened = market.faults().happened();
    market.faults().clear();
    let here = format!("{name}, {fault:?} at {n} on {engine:?}");
    let whole = catch_unwind(AssertUnwindSafe(|| {
        must("the market mends itself", mend(&market));
        market.check();
        market.tell_again();
        must("the same story again", story(&market, &stands_on));
        must("the market mends itself", mend(&market));
        market.check();
        assert_eq!(market.figures(), *expected, "it ends elsewhere than unharmed");
    }));
    if let Err(panic) = whole {
        eprintln!("{here}: the harm was not mended");
        std::panic::resume_unwind(panic);
    }
    happened
}

/// The worker runs until nothing is to be tried again soon; nothing that waits for longer happens meanwhile.
fn mend(market: &Market) -> Result<()> {
    market.pass(market.now().plus(MENDING))
}

/// Ordered panics come by the thousand and are no news.
fn quiet() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let ordered = panic.payload_as_str().is_some_and(|words| words.starts_with("a panic was ordered"));
            if !ordered {
                usual(panic);
            }
        }));
    });
}
