//! Every operation of the interface that takes a body, called well but for one value: whatever stands there, and however
//! long it is, the market does not break, and a field that nobody knows is refused wherever it stands.

use super::{breakages, nothing_changes, says_nothing_of_its_inside};
use crate::{
    api::{
        client::Program,
        samples::{Sample, sample},
        walk::one_who_may,
    },
    refusals::access::stage::{self, Stage},
    serving,
};
use api::permissions::{TABLE, Who};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use testkit::{Engine, Market};

/// What stands there, beside what belongs there.
fn hostile() -> Vec<Value> {
    let huge: Value = serde_json::from_str("1e400").unwrap_or_else(|_| json!(1e300));
    vec![
        json!("<script>alert(1)</script>"),
        json!("' or 1=1 --"),
        json!("字".repeat(60_000)),
        json!("a\u{7}\u{1b}[2Jb\u{7f}"),
        json!("a\0b"),
        json!("\u{fffd}\u{202e}\u{ffff}"),
        json!(""),
        json!("   "),
        json!(-1),
        json!(0),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(0.5),
        huge,
        json!(null),
        json!(true),
        json!([]),
        json!({}),
        json!([[[]]]),
    ]
}

/// Where values and objects stand in a body.
fn places(value: &Value, here: &str, leaves: &mut Vec<String>, objects: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            objects.push(here.to_owned());
            if !here.is_empty() {
                leaves.push(here.to_owned());
            }
            fields.iter().for_each(|(name, value)| places(value, &format!("{here}/{name}"), leaves, objects));
        }
        Value::Array(items) => {
            leaves.push(here.to_owned());
            items.iter().enumerate().for_each(|(n, value)| places(value, &format!("{here}/{n}"), leaves, objects));
        }
        _ => leaves.push(here.to_owned()),
    }
}

fn tries(engine: Engine, rows: &[(&str, Who)]) {
    let mut wrong = BTreeSet::new();
    for (operation, who) in rows {
        let Some(market) = Market::on(engine) else {
            return testkit::skip_postgres();
        };
        let (mut stage, _) = Stage::set(&market, stage::nothing);
        let Sample { path, body } = sample(operation, &mut stage);
        let token = one_who_may(&stage, *who);
        market.works().unwrap();
        let running = serving::up(&market);
        let program = Program::at(&running);
        let calls = |body: &Value| program.calls(operation, token.as_deref(), &path, Some(body));
        let Some(body) = body else {
            let said = nothing_changes(&market, || calls(&json!({ "price": 1 })));
            // What comes with a question is no part of it.
            let is_read = said.status == 200;
            assert!(is_read || (said.status, said.code()) == (400, "body_malformed"), "{operation}: {:?}", said.body);
            continue;
        };
        let (mut leaves, mut objects) = (Vec::new(), Vec::new());
        places(&body, "", &mut leaves, &mut objects);
        for object in &objects {
            let mut more = body.clone();
            more.pointer_mut(object).unwrap()["colour"] = json!(1);
            let before = market.fingerprint();
            let said = calls(&more);
            let here = format!("{operation}: colour in {object}: {:?}", said.body);
            // Of what is one thing or another there can be no second.
            let is_refused = matches!((said.status, said.code()), (422, "unknown_field") | (400, "body_malformed"));
            if !is_refused || market.fingerprint() != before {
                wrong.insert(here);
            }
            wrong.extend(program.misdescribed(operation, &said));
        }
        for leaf in &leaves {
            for value in hostile() {
                let mut other = body.clone();
                *other.pointer_mut(leaf).unwrap() = value;
                let said = calls(&other);
                let shown: String = other.pointer(leaf).unwrap().to_string().chars().take(60).collect();
                let here = format!("{operation}: {leaf} is {shown}: {:?}", said.body);
                if said.status >= 500 {
                    wrong.insert(here.clone());
                }
                wrong.extend(program.misdescribed(operation, &said));
                if said.status >= 400 {
                    assert_eq!(said.kind, "application/problem+json", "{here}");
                    says_nothing_of_its_inside(&said.body["detail"].to_string());
                }
            }
        }
        wrong.extend(breakages(&running));
    }
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}

fn part(engine: Engine, of: usize) {
    let rows: Vec<_> = TABLE.iter().copied().enumerate().filter(|(at, _)| at % 3 == of).map(|(_, row)| row).collect();
    tries(engine, &rows);
}

#[test]
fn whatever_stands_in_a_body_breaks_nothing_1() {
    part(Engine::Memory, 0);
}

#[test]
fn whatever_stands_in_a_body_breaks_nothing_2() {
    part(Engine::Memory, 1);
}

#[test]
fn whatever_stands_in_a_body_breaks_nothing_3() {
    part(Engine::Memory, 2);
}

#[test]
fn whatever_stands_in_a_body_breaks_nothing_on_a_server_1() {
    part(Engine::Postgres, 0);
}

#[test]
fn whatever_stands_in_a_body_breaks_nothing_on_a_server_2() {
    part(Engine::Postgres, 1);
}

#[test]
fn whatever_stands_in_a_body_breaks_nothing_on_a_server_3() {
    part(Engine::Postgres, 2);
}
