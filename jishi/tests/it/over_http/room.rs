//! While there is no room in the database under a running server: what does not fit is refused with 503, what was
//! answered stands, and once there is room again the same request is done, without a restart.

use super::{
    database::{Buying, orders, page_is_busy, problem_is_busy, serves},
    fresh_key,
};
use identity::Secret;
use store::{across, args};
use testkit::{Engine, Market};

fn pages(market: &Market) -> i64 {
    let asked = market.asks(|read| {
        let mut pages = 0;
        read.ask("pragma page_count", |row| {
            pages = row.get(0)?;
            Ok(())
        })?;
        Ok(pages)
    });
    asked.unwrap()
}

#[test]
fn a_full_disk_is_busy_until_there_is_room() {
    let market = Market::on(Engine::Lite).expect("SQLite is always at hand");
    // What can be thrown away later: sessions of somebody who never comes.
    let idle = market.stranger().id;
    let fills = market.acts(move |tx| {
        for _ in 0..3_000 {
            let secret = Secret::new(tx.secret());
            identity::open_session(tx, idle, &secret, 30)?;
        }
        Ok(())
    });
    fills.unwrap();
    let full_at = pages(&market) + 60;
    let running = serves(&market, |config| config.pages_max = Some(full_at));
    let buying = Buying::of(&market, &running, 5_000);
    let (mut by_page, mut by_program) = (Vec::new(), Vec::new());
    let (page, program) = loop {
        let (page, program) = (fresh_key(), fresh_key());
        let (one, other) = (buying.orders(&page), buying.places(&running, &program));
        match (one.status, other.0.status) {
            (503, 503) => {
                page_is_busy(&one);
                problem_is_busy(&other);
                break (page, program);
            }
            (first, second) => {
                assert!(matches!(first, 303 | 503) && matches!(second, 201 | 503), "{} {}", one.body, other.1);
                by_page.extend((first == 303).then_some(page));
                by_program.extend((second == 201).then_some(program));
            }
        }
        assert!(by_page.len() < 1_000, "sixty pages hold no thousand orders");
    };
    let stood = (by_page.len() + by_program.len()) as i64;
    assert!(stood > 0, "some orders fit");
    assert_eq!((orders(&market), buying.tea.available()), (stood, 5_000 - stood));
    // What is looked at is there.
    assert_eq!(buying.visitor.gets("/orders").status, 200);
    let freed = market.acts(move |tx| tx.exec(across!("delete from identity_session where party = $1"), args![idle]));
    assert_eq!(freed.unwrap(), 3_000);
    let again = buying.orders(&page);
    assert_eq!(again.status, 303, "{}", again.body);
    assert_eq!(buying.places(&running, &program).0.status, 201);
    // Whoever sends again what was answered before gets the same answer.
    for key in by_page.iter().rev().take(3).chain([&page]) {
        assert_eq!(buying.orders(key).status, 303);
    }
    assert_eq!(orders(&market), stood + 2);
    drop(running);
    market.works().unwrap();
    market.check();
}

/// Runs a text on the server that no act would run.
fn runs(market: &Market, text: &'static str) {
    market.asks(move |read| read.ask(text, |_| Ok(()))).unwrap();
}

#[test]
fn a_full_server_is_busy_until_there_is_room() {
    let Some(market) = Market::on(Engine::Postgres) else {
        return testkit::skip_postgres();
    };
    let running = serves(&market, |_| ());
    let buying = Buying::of(&market, &running, 20);
    runs(
        &market,
        "create function full_disk() returns trigger language plpgsql as
         $$ begin raise exception 'could not extend file' using errcode = 'disk_full'; end $$",
    );
    runs(&market, "create trigger no_room before insert on order_line execute function full_disk()");
    let (page, program) = (fresh_key(), fresh_key());
    for _ in 0..2 {
        page_is_busy(&buying.orders(&page));
        problem_is_busy(&buying.places(&running, &program));
    }
    assert_eq!((orders(&market), buying.tea.available()), (0, 20));
    assert_eq!(buying.visitor.gets("/cart").status, 200);
    runs(&market, "drop trigger no_room on order_line");
    assert_eq!((buying.orders(&page).status, buying.places(&running, &program).0.status), (303, 201));
    assert_eq!((orders(&market), buying.tea.available()), (2, 18));
    drop(running);
    market.works().unwrap();
    market.check();
}
