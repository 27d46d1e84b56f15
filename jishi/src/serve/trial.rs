//! `jishi demo`: a made-up market, made where there is none, and served.

use super::{Config, Served, serve_store};
use crate::{
    check, cli,
    demo::{self, Built, DemoClock, Found, LogIn, Wish},
    open,
};
use kernel::{Clock, Error, Result};
use std::sync::Arc;
use store::Store;

/// Where the demo market is where nothing is said.
const DB: &str = "sqlite:jishi-demo.sqlite";

/// Makes the market if there is none, and serves it until the process is told to end.
///
/// # Errors
/// A database that holds a market which is no demo; what opening it or the address says.
pub fn run(command: &cli::Demo) -> Result<bool> {
    crate::logging();
    let mut wish = command.serve.clone();
    wish.db.get_or_insert_with(|| DB.to_owned());
    let config = Config::read(&wish)?;
    let clock = Arc::new(DemoClock::running());
    let store = Store::open(store::Config::new(&config.db, clock.clone()), flows::ROOMS)?;
    let built = made(&store, &clock, command.seed, &config.db)?;
    let json = command.serve.json;
    serve_store(&config, store, clock, true, |served| announce(served, &config, built.as_ref(), json))?;
    Ok(true)
}

/// The market's making; none where it was there.
fn made(store: &Store, clock: &Arc<DemoClock>, seed: u64, db: &str) -> Result<Option<Built>> {
    match demo::state_of(store)? {
        Found::Demo => {
            // Its clock may have been put forward; it never goes back.
            clock.move_to(check::latest(store)?);
            Ok(None)
        }
        Found::Other => {
            let why = format!("{db} holds a market that is no demo; name another database with --db");
            Err(Error::broken(why))
        }
        Found::Empty => {
            let opened = open::wire(store.clone());
            let wish = Wish { seed, until: clock.now() };
            let built = demo::build(&opened, clock, wish, |step| eprintln!("making the market: {step}"))?;
            clock.run();
            Ok(Some(built))
        }
    }
}

fn announce(served: &Served, config: &Config, built: Option<&Built>, json: bool) -> Result<()> {
    let public = &served.app.options().public;
    let people = demo::log_ins()?;
    if json {
        let said = serde_json::json!({
            "address": served.address.to_string(), "public": public, "db": config.db, "people": people, "built": built,
        });
        return crate::say(&said.to_string());
    }
    let mut words = format!(
        "The demo market is open at {public}\n  shops' console {public}/seller\n  operator's console {public}/ops\n"
    );
    words += &format!("Everything in it is made up. Every password is {}:\n", demo::PASSWORD);
    for LogIn { role, shop, login, name, .. } in people
        .iter()
        .filter(|person| person.role != "buyer")
        .chain(people.iter().filter(|person| person.role == "buyer").take(2))
    {
        let shop = shop.as_deref().unwrap_or_default();
        words += &format!("  {role:<10} {login:<32} {name} {shop}\n");
    }
    crate::say(&words)
}
