//! Every route of both faces with what is none of its ids in its address: it leads nowhere, and nothing breaks.

use super::{Visitor, breakages, nothing_changes, session};
use crate::{
    api::client::Program,
    refusals::access::stage::{self, Stage},
    serving,
};
use identity::{Permission, Scope};
use std::path::Path;
use testkit::Market;

/// The literals given to `.route(` in the sources of the pages.
fn routes() -> Vec<String> {
    let mut routes = Vec::new();
    for front in ["web-buyer", "web-seller", "web-ops"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../faces").join(front).join("src");
        for entry in std::fs::read_dir(folder).unwrap() {
            // Folders hold tests alone.
            let Ok(text) = std::fs::read_to_string(entry.unwrap().path()) else { continue };
            let found = text.match_indices(".route(\"").map(|(at, begin)| &text[at + begin.len()..]);
            routes.extend(found.filter_map(|rest| rest.split('"').next()).map(str::to_owned));
        }
    }
    routes.retain(|route| route.starts_with('/'));
    routes
}

/// What is none of the ids that a route wants: no id, ids of other things, ids of nothing, an id in another spelling.
fn wrong_ids(stage: &Stage) -> Vec<String> {
    let order = stage.order().to_string();
    let digits = order.split('_').nth(1).unwrap_or_default();
    let mut wrong = vec![
        "nonsense",
        "0",
        "-1",
        "ord_",
        "_",
        "ord_zzz",
        "%20",
        "null",
        "9223372036854775808",
        "ord_00000000000000000000000000000000",
    ];
    let others = [
        order.to_uppercase(),
        format!("{order}0"),
        format!("ses_{digits}"),
        format!("{order}%00"),
        stage.anna.id.to_string(),
        format!(" {order}"),
    ];
    let others: Vec<String> = others.into_iter().map(|other| other.replace(' ', "%20")).collect();
    let mut all: Vec<String> = wrong.drain(..).map(str::to_owned).collect();
    all.extend(others);
    all
}

/// Somebody who may do everything everywhere, so that nothing but the address is wrong.
fn almighty(stage: &Stage) -> testkit::Person {
    let operator = stage.market.operator();
    let shop = Scope::Shop(stage.shop.id);
    let of_shop: Vec<_> = Permission::ALL.iter().copied().filter(|one| one.fits(identity::ScopeKind::Shop)).collect();
    operator.is_granted(&of_shop, shop);
    operator
}

#[test]
fn no_page_is_there_for_what_is_no_id() {
    let market = Market::new();
    let (stage, _) = Stage::set(&market, stage::nothing);
    market.works().unwrap();
    let running = serving::up(&market);
    let visitor = Visitor::person(&running, &almighty(&stage));
    let routes: Vec<String> = routes().into_iter().filter(|route| route.contains('{')).collect();
    assert!(routes.len() > 50, "only {} routes were found", routes.len());
    let mut wrong = Vec::new();
    for route in &routes {
        for id in wrong_ids(&stage) {
            // The shop itself is right where something in it is wrong.
            let parts = route.split('/').enumerate().map(|(at, part)| match part {
                "{slug}" if route.matches('{').count() > 1 => "tea-house".to_owned(),
                part if part.starts_with('{') => id.clone(),
                part => {
                    assert!(at == 0 || !part.is_empty());
                    part.to_owned()
                }
            });
            let path = parts.collect::<Vec<_>>().join("/");
            // The picture of a name is drawn for any name, and the desk finds anything by any id of ours.
            let is_any = path.starts_with("/pictures/") || (route == "/ops/things/{id}" && id.starts_with("pty_"));
            if is_any {
                continue;
            }
            let said = nothing_changes(&market, || visitor.gets(&path));
            if !matches!(said.status, 404 | 405) || !said.body.contains("wrong-page") {
                wrong.push(format!("GET {path}: {} {}", said.status, said.location));
            }
            let said = nothing_changes(&market, || visitor.sends(&path, &[]));
            if !matches!(said.status, 404 | 405 | 422) {
                wrong.push(format!("POST {path}: {} {}", said.status, said.location));
            }
        }
    }
    assert_eq!(wrong, [""; 0]);
    assert_eq!(breakages(&running), [""; 0]);
}

#[test]
fn no_operation_knows_what_is_no_id() {
    let market = Market::new();
    let (stage, _) = Stage::set(&market, stage::nothing);
    let everybody = almighty(&stage);
    market.works().unwrap();
    let token = session(&everybody);
    let running = serving::up(&market);
    let program = Program::at(&running);
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str())];
    let document = program.sends("GET", "/openapi.json", &[], None).body;
    let mut tried = 0;
    for (path, methods) in document["paths"].as_object().unwrap() {
        if !path.contains('{') {
            continue;
        }
        for method in methods.as_object().unwrap().keys() {
            for id in wrong_ids(&stage) {
                let parts = path.split('/').map(|part| if part.starts_with('{') { id.as_str() } else { part });
                let filled = parts.collect::<Vec<_>>().join("/");
                let said = nothing_changes(&market, || program.sends(&method.to_uppercase(), &filled, &headers, None));
                assert_eq!((said.status, said.code()), (404, "not_found"), "{method} {filled}: {:?}", said.body);
                tried += 1;
            }
        }
    }
    assert!(tried > 500, "only {tried} were tried");
    assert_eq!(breakages(&running), [""; 0]);
}
