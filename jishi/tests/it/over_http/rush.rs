//! The last piece, wanted by fifty programs and by fifty browsers at once.

use super::{Visitor, calls, session};
use crate::serving;
use kernel::Result;
use serde_json::json;
use std::{collections::BTreeMap, sync::Barrier, thread};
use testkit::{Market, cny};

testkit::stories![at_once: one_of_fifty_programs_gets_the_last_piece, one_of_fifty_browsers_gets_the_last_piece];

fn counted(said: Vec<String>) -> BTreeMap<String, usize> {
    said.into_iter().fold(BTreeMap::new(), |mut counted, said| {
        *counted.entry(said).or_default() += 1;
        counted
    })
}

/// All of them in the same moment.
fn at_once<P: Send>(people: Vec<P>, act: impl Fn(P) -> String + Sync) -> Vec<String> {
    let (start, act) = (&Barrier::new(people.len()), &act);
    thread::scope(|scope| {
        let one = |one: P| {
            scope.spawn(move || {
                start.wait();
                act(one)
            })
        };
        let acts: Vec<_> = people.into_iter().map(one).collect();
        acts.into_iter().map(|act| act.join().expect("nobody panics")).collect()
    })
}

#[track_caller]
fn one_order_stands(market: &Market, last: &testkit::Goods) {
    let orders: i64 = market.figures().0.iter().filter(|(name, _)| name.starts_with("order ")).map(|(_, n)| n).sum();
    assert_eq!((orders, last.available(), last.on_hand()), (1, 0, 1));
}

fn one_of_fifty_programs_gets_the_last_piece(market: &Market) -> Result<()> {
    let last = market.shop("tea-house").sells("longjing", cny(88_00)).stock(1);
    let tokens: Vec<_> = (0..50).map(|n| session(&market.buyer(&format!("buyer-{n}")))).collect();
    market.works()?;
    let running = serving::up(market);
    let recipient = serde_json::to_value(testkit::recipient()).unwrap();
    let wish = json!({ "lines": [{ "sku": last.sku.to_string(), "units": 1 }], "recipient": recipient });
    let said = at_once(tokens, |token| {
        let (said, body) = calls(&running, &token, "POST", "/trades", Some(&wish));
        format!("{} {}", said.status, body["code"].as_str().unwrap_or_default())
    });
    let expected = BTreeMap::from([("201 ".to_owned(), 1), ("409 out_of_stock".to_owned(), 49)]);
    assert_eq!(counted(said), expected);
    one_order_stands(market, &last);
    drop(running);
    market.works()
}

fn one_of_fifty_browsers_gets_the_last_piece(market: &Market) -> Result<()> {
    let last = market.shop("tea-house").sells("longjing", cny(88_00)).stock(1);
    let people: Vec<_> = (0..50).map(|n| market.buyer(&format!("buyer-{n}"))).collect();
    let addresses =
        people.iter().map(|person| person.notes_address(testkit::address_of("a").unwrap()).unwrap().to_string());
    let addresses: Vec<_> = addresses.collect();
    market.works()?;
    let running = serving::up(market);
    let line = format!("{} 1", last.sku);
    let visitors: Vec<_> = people.iter().map(|person| Visitor::person(&running, person)).zip(addresses).collect();
    let said = at_once(visitors, |(visitor, address)| {
        let fields = [("line", line.as_str()), ("address", address.as_str()), ("seen", "88.00 CNY")];
        let said = visitor.sends("/checkout", &fields);
        assert!(said.status != 409 || said.body.contains("role=\"alert\""), "{}", said.body);
        format!("{} {}", said.status, said.location.split('_').next().unwrap_or_default())
    });
    let expected = BTreeMap::from([("303 /trades/trd".to_owned(), 1), ("409 ".to_owned(), 49)]);
    assert_eq!(counted(said), expected);
    one_order_stands(market, &last);
    drop(running);
    market.works()
}
