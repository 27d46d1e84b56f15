//! What a request may hold at all: told from the request alone, before anything is asked of the market.

use super::sources_of_flows;
use flows::{
    checkout::{Checkout, Reach, Wanted},
    payout::PayoutWish,
    quote::{Quote, QuoteLine},
    refund::{RefundWish, Ruling},
    register::StaffChange,
    ship::Shipment,
    stocking::{Count, Receipt},
    write_goods::Sheet,
};
use kernel::{Id, id::Named, kinds};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use std::{cell::Cell, collections::BTreeSet};

/// A request as it comes, and whether it is understood.
struct Request {
    name: &'static str,
    good: Value,
    reads: fn(&Value) -> bool,
}

fn request<T: DeserializeOwned>(name: &'static str, good: Value) -> Request {
    Request { name, good, reads: |value| serde_json::from_value::<T>(value.clone()).is_ok() }
}

fn some<K: Named>() -> String {
    Id::<K>::from_raw(0x0123_4567_89ab_cdef).to_string()
}

fn wanted() -> Value {
    json!({"sku": some::<kinds::Sku>(), "units": 2})
}

fn offered() -> Value {
    json!({"sku": some::<kinds::Sku>(), "units": 2, "unit_price": 75_00})
}

fn money() -> Value {
    json!({"minor": 88_00, "currency": "CNY"})
}

fn reach() -> Value {
    json!({"name": "Gina", "email": "gina@example.com", "phone": "13800000000"})
}

fn recipient() -> Value {
    json!({
        "name": "张三", "phone": "13800000000", "country": "CN", "region": "CN-ZJ", "postal": "310000",
        "lines": "龙井路 1 号", "note": "",
    })
}

fn written() -> Value {
    let (category, attribute) = (some::<kinds::Category>(), some::<kinds::Attribute>());
    json!({
        "category": category, "brand": "Lion Peak", "texts": [["zh", "title", "龙井"]],
        "values": [[attribute, {"text": "green"}]], "pictures": [{"address": "/pictures/1", "alt": "a tin"}],
    })
}

/// One of every request, each of its fields filled.
fn requests() -> Vec<Request> {
    let (shop, order, case) = (some::<kinds::Shop>(), some::<kinds::Order>(), some::<kinds::Case>());
    let (sku, party, address) = (some::<kinds::Sku>(), some::<kinds::Party>(), some::<kinds::Address>());
    let checkout = json!({
        "lines": [wanted()], "address": address, "recipient": recipient(), "note": "ring twice", "seen": money(),
        "contact": reach(),
    });
    let quote = json!({"shop": shop, "buyer": party, "currency": "CNY", "lines": [offered()]});
    let wish = json!({"order": order, "lines": [[1, 2]], "reason": "damaged", "words": "broken"});
    let change = json!({"shop": shop, "person": party, "permission": "shop.goods", "granted": true});
    vec![
        request::<Checkout>("Checkout", checkout),
        request::<Reach>("Reach", reach()),
        request::<Wanted>("Wanted", wanted()),
        request::<Quote>("Quote", quote),
        request::<QuoteLine>("QuoteLine", offered()),
        request::<RefundWish>("RefundWish", wish),
        request::<Ruling>("Ruling", json!({"case": case, "granted": true, "words": "so be it"})),
        request::<StaffChange>("StaffChange", change),
        request::<Shipment>("Shipment", json!({"order": order, "lines": [[1, 2]], "carrier": "sf", "waybill": "SF1"})),
        request::<Receipt>("Receipt", json!({"shop": shop, "lines": [[sku, 2]]})),
        request::<Count>("Count", json!({"shop": shop, "sku": sku, "on_hand": 7})),
        request::<Sheet>("Sheet", written()),
        request::<PayoutWish>("PayoutWish", json!({"shop": shop, "amount": money()})),
    ]
}

/// What is answered and kept, and never sent by a client.
const ANSWERS: [&str; 4] = ["Opened", "Paying", "Placed", "Refunding"];

/// The names of everything in the flows that can be read from JSON.
fn readable() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (_, text) in sources_of_flows() {
        for (at, _) in text.match_indices("#[derive(") {
            let (derived, rest) = text[at..].split_once(']').expect("an attribute ends");
            if derived.contains("Deserialize") {
                let (_, rest) = rest.split_once("pub struct ").expect("what is read is a struct");
                names.insert(rest.split([' ', '<', '(', ';']).next().expect("it has a name").to_owned());
            }
        }
    }
    names
}

#[test]
fn every_request_is_held_against_these_rules() {
    let known = requests().into_iter().map(|request| request.name.to_owned());
    assert_eq!(readable(), known.chain(ANSWERS.map(str::to_owned)).collect());
}

/// Every place in a request, as JSON pointers.
fn places(value: &Value, here: &str, found: &mut Vec<String>) {
    found.push(here.to_owned());
    match value {
        Value::Object(fields) => {
            fields.iter().for_each(|(name, value)| places(value, &format!("{here}/{name}"), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(at, value)| places(value, &format!("{here}/{at}"), found));
        }
        _ => {}
    }
}

/// The request with something else in one place.
fn with(request: &Request, place: &str, other: Value) -> Value {
    let mut changed = request.good.clone();
    *changed.pointer_mut(place).expect("the place is in it") = other;
    changed
}

fn each_place(check: impl Fn(&Request, &str, &Value)) {
    for request in requests() {
        assert!((request.reads)(&request.good), "{} itself is understood", request.name);
        let mut found = Vec::new();
        places(&request.good, "", &mut found);
        found.iter().for_each(|place| {
            check(&request, place, request.good.pointer(place).expect("the place was found in it"));
        });
    }
}

#[test]
fn a_price_sent_by_the_client_and_every_other_unknown_field_is_refused() {
    each_place(|request, place, value| {
        let Value::Object(fields) = value else { return };
        for unknown in ["price", "unit_price_minor", "cash", "amount_minor", "state", "buyer_id", "units_", ""] {
            let mut more = fields.clone();
            more.insert(unknown.to_owned(), json!(1));
            let sent = with(request, place, Value::Object(more));
            assert!(!(request.reads)(&sent), "{} takes {unknown:?} at {place:?}", request.name);
        }
    });
}

#[test]
fn a_quantity_is_a_whole_number_from_one_to_a_million() {
    let wrong = [
        json!(0),
        json!(-1),
        json!(i64::MIN),
        json!(1_000_001),
        json!(i64::MAX),
        json!(u64::MAX),
        json!(1e30),
        json!(1.5),
        json!(2.0),
        json!("2"),
        json!(true),
        json!(null),
        json!([2]),
        json!({"units": 2}),
    ];
    let tried = Cell::new(0);
    each_place(|request, place, _| {
        // Units stand under their name, or behind a line's number or SKU.
        if !place.ends_with("units") && !place.ends_with("lines/0/1") {
            return;
        }
        let (name, takes) = (request.name, |units| (request.reads)(&with(request, place, units)));
        for wrong in &wrong {
            assert!(!takes(wrong.clone()), "{name} takes {wrong} at {place}");
        }
        assert!(takes(json!(1)) && takes(json!(1_000_000)), "{name} takes neither one nor a million at {place}");
        tried.set(tried.get() + 1);
    });
    assert_eq!(tried.get(), 7);
}

#[test]
fn another_kind_of_thing_is_no_thing() {
    each_place(|request, place, value| {
        let name = request.name;
        let is_id = value.as_str().is_some_and(|text| text.contains('_') && text.len() > 15);
        if !is_id {
            return;
        }
        let text = value.as_str().unwrap_or_default();
        let last = if text.ends_with('0') { "1" } else { "0" };
        let damaged = format!("{}{last}", &text[..text.len() - 1]);
        let other_kind = some::<kinds::Session>();
        let raw = json!(0x0123_4567_89ab_cdef_i64);
        for wrong in [json!(damaged), json!(other_kind), json!(""), json!(text.to_owned() + "0"), raw, json!([text])] {
            assert!(!(request.reads)(&with(request, place, wrong.clone())), "{name} takes {wrong} at {place}");
        }
    });
}

#[test]
fn money_has_whole_minor_units_and_a_currency_that_there_is() {
    each_place(|request, place, value| {
        if value.get("minor").is_none() {
            return;
        }
        let wrong = [
            json!({"minor": 1.5, "currency": "CNY"}),
            json!({"minor": "1", "currency": "CNY"}),
            json!({"minor": u64::MAX, "currency": "CNY"}),
            json!({"minor": 1, "currency": "XXX"}),
            json!({"minor": 1, "currency": "cny"}),
            json!({"minor": 1}),
            json!({"currency": "CNY"}),
            json!(1),
        ];
        for wrong in wrong {
            assert!(!(request.reads)(&with(request, place, wrong.clone())), "{} takes {wrong}", request.name);
        }
    });
}

#[test]
fn a_field_that_stands_twice_is_refused() {
    let sku = some::<kinds::Sku>();
    let twice = format!(r#"{{"sku": "{sku}", "units": 2, "units": 200}}"#);
    assert!(serde_json::from_str::<Wanted>(&twice).is_err());
    let once = format!(r#"{{"sku": "{sku}", "units": 2}}"#);
    assert!(serde_json::from_str::<Wanted>(&once).is_ok());
}
