//! A program that buys, sells, quotes, ships, refunds and is paid out, by a client made from the document: the client is
//! `tests/client/story.mjs`, which runs in Node where that and the client's packages are at hand.

use crate::serving;
use identity::{Secret, Token};
use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Command, Stdio},
};
use testkit::{Engine, Market, cny, minutes};

/// The folder of packages in which the client lies.
const MODULES: &str = "JISHI_TEST_NODE_MODULES";

fn tell(engine: Engine) {
    let Some(modules) = std::env::var_os(MODULES) else {
        return testkit::skip(&format!("the client of programs is not at hand ({MODULES})"));
    };
    let Some(market) = Market::on(engine) else {
        return testkit::skip_postgres();
    };
    // Whatever is imported has a category, so that there is one.
    let _longjing = market.shop("tea-house").sells("longjing", cny(88_00)).stock(3);
    let token = operator(&market);
    let running = serving::up(&market);
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/client/story.mjs");
    let mut program = Command::new("node")
        .arg(script)
        .env(MODULES, modules)
        .env("BASE", serving::address(&running))
        .env("OPERATOR", token)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("where the client lies, there is Node to run it");
    let mut answers = program.stdin.take().unwrap();
    let mut told = false;
    for line in BufReader::new(program.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        match line.strip_prefix("wait ") {
            Some(number) => {
                market.later(minutes(number.parse().unwrap())).unwrap();
                writeln!(answers, "passed").unwrap();
            }
            None => told = told || line == "told",
        }
    }
    assert!(program.wait().unwrap().success() && told, "the program did not come to its end");
    drop(running);
    market.works().unwrap();
    market.check();
}

/// A session of the operator's, who was made at the market's first start.
fn operator(market: &Market) -> String {
    let party = market.operator().id;
    let secret = Secret::new(market.store().secret());
    let shown = secret.clone();
    let opened = market.acts(move |tx| identity::open_session(tx, party, &secret, 30)).unwrap();
    Token::new(opened, shown).to_string()
}

#[test]
fn a_program_trades_by_the_document_in_memory() {
    tell(Engine::Memory);
}

#[test]
fn a_program_trades_by_the_document_on_a_server() {
    tell(Engine::Postgres);
}
