use super::story::{Market, ROOMS};
use crate::order_page::{all, columns_of, order_page, order_page_in_full, render, show};
use kernel::{Id, id::Named, kinds};
use serde_json::Value;

#[test]
fn an_orders_page_tells_it_from_placing_to_settlement() {
    let (market, told) = Market::told();
    let page = market.store.snapshot(move |read| order_page(read, told.order)).wait().unwrap();
    assert_eq!(page.lines[0].prices[0].amount, 264_00);
    let what: Vec<_> = page.timeline.iter().map(|change| change.what.as_str()).collect();
    assert_eq!(what, ["place", "pay", "ship_all", "confirm", "refund", "settle"]);
    let posted: Vec<_> = page.entries.iter().map(|entry| entry.event.as_str()).collect();
    assert_eq!(posted, ["pay", "confirm", "refund", "refunded", "settle"]);
    assert_eq!((page.payments[0].part_refunded, page.payments[0].refunds.len()), (88_00, 1));
    assert_eq!((page.movements.len(), page.reservations.len(), page.parcels.len()), (1, 1, 1));
    assert_eq!((page.cases.len(), page.refunds[0].lines.len()), (1, 1));
    assert_eq!(page.settlement.as_ref().unwrap().reserve, 10_00);
    let text = render(&page);
    for words in [
        told.order.to_string().as_str(),
        "龙井",
        "264.00 CNY",
        "freight",
        "unpaid → paid",
        "2026-03-02T02:00:00Z",
        "refund done",
        "sf SF1",
        "shop_pending",
    ] {
        assert!(text.contains(words), "{words} is missing in\n{text}");
    }
}

#[test]
fn a_recipient_is_masked_unless_the_page_is_asked_for_in_full() {
    let (market, told) = Market::told();
    let ask = |in_full: bool| {
        let page = market.store.snapshot(move |read| match in_full {
            true => order_page_in_full(read, told.order),
            false => order_page(read, told.order),
        });
        page.wait().unwrap().recipient.unwrap()
    };
    assert_eq!((ask(true).name.as_str(), ask(true).phone.as_str()), ("李四", "13800000000"));
    assert_eq!((ask(false).name.as_str(), ask(false).phone.as_str()), ("李**", "****0000"));
}

#[test]
fn any_thing_is_shown_by_its_id() {
    let (market, told) = Market::told();
    let shown = |id: String| market.store.read(move |read| show(read, &id)).wait();
    let text = |value: &Value, path: &str| value.pointer(path).and_then(Value::as_str).unwrap_or("").to_owned();
    let trade = shown(told.trade.to_string()).unwrap();
    assert_eq!(text(&trade, "/trade/buyer"), told.buyer.to_string());
    assert_eq!(text(&trade, "/orders/0/ord"), told.order.to_string());
    assert_eq!(text(&trade, "/trade/placed_at"), "2026-03-02T02:00:00Z");
    let payment = shown(told.payment.to_string()).unwrap();
    assert_eq!(payment.pointer("/payment/captured").and_then(Value::as_i64), Some(276_00));
    assert!(text(&payment, "/refunds/0/payment_refund").starts_with("prf_"));
    assert_eq!(text(&shown(told.listing.to_string()).unwrap(), "/texts/0/text"), "龙井");
    let sku = shown(told.sku.to_string()).unwrap();
    assert_eq!(sku.pointer("/prices/0/amount").and_then(Value::as_i64), Some(88_00));
    assert_eq!(sku.pointer("/levels/0/on_hand").and_then(Value::as_i64), Some(6));
    assert_eq!(text(&shown(told.shop.to_string()).unwrap(), "/latest_orders/0/state"), "completed");
    assert_eq!(text(&shown(told.order.to_string()).unwrap(), "/recipient/name"), "李**");
    let party = shown(told.buyer.to_string()).unwrap();
    assert!(!party.to_string().contains("李四"), "{party}");
}

#[test]
fn an_id_that_names_nothing_is_refused() {
    let (market, told) = Market::told();
    let refused = |id: String| market.store.read(move |read| show(read, &id)).wait().unwrap_err().code();
    assert_eq!(refused(Id::<kinds::Trade>::from_raw(told.trade.raw() + 4096).to_string()), "not_found");
    assert_eq!(refused(Id::<kinds::Order>::from_raw(told.order.raw() + 4096).to_string()), "not_found");
    assert_eq!(refused(told.trade.to_string().replacen("trd", "pay", 1)), "not_found");
    assert_eq!(refused(format!("{}x", told.trade)), "id_malformed");
    assert_eq!(refused(format!("{}_0", kinds::Session::PREFIX)), "malformed");
    assert_eq!(refused("龙井".to_owned()), "malformed");
}

/// The data class of a column, as its migration's comment says.
fn class_of(table: &str, column: &str) -> String {
    let texts = ROOMS.iter().flat_map(|room| room.steps.iter());
    let mut bodies = texts.filter_map(|text| text.split_once(&format!("create table {table} (")));
    let body = bodies.next().unwrap_or_else(|| panic!("nobody makes {table}")).1;
    let line = body.lines().find(|line| line.trim_start().starts_with(&format!("{column} ")));
    let comment = line.and_then(|line| line.split_once("-- ")).unwrap_or_else(|| panic!("{table} has no {column}")).1;
    comment.split([':', ' ']).next().unwrap_or("").to_owned()
}

#[test]
fn nothing_personal_or_sensitive_is_among_the_columns_shown() {
    for (name, statement) in all() {
        let mut words = statement.text().split_whitespace();
        let table = words.by_ref().skip_while(|word| *word != "from").nth(1).unwrap();
        for column in columns_of(statement.text()) {
            // What stands under another name is an id.
            let aliased = statement.text().contains(&format!(" as {column},"));
            let class = class_of(table, if aliased { "id" } else { column });
            assert!(class == "public" || class == "internal", "{name}: {table}.{column} is {class}");
        }
    }
}
