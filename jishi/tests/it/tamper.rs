//! One number changed in one row of any room that keeps money, stock or orders, and `check` finds it.

use kernel::Result;
use std::collections::BTreeSet;
use testkit::{Engine, Market, cny, days, minutes};

/// The rooms whose every amount, quantity and count must be held by some book.
const ROOMS: [&str; 8] =
    ["ledger_", "stock_", "order_", "payment_", "payout_", "aftersale_", "quotation_", "delivery_"];

/// Tables of those rooms that a market without offers and operators' decisions leaves empty or that hold no number
/// of trade: a row of theirs is no part of the story.
const EMPTY: [&str; 4] = ["payout_hold", "aftersale_reason", "aftersale_words", "quotation_note"];

/// A market in which everything has happened that can: sold over two shops with freight, paid late and refunded, part
/// shipped, part given back at every stage, quoted, settled with a holdback, paid out.
fn full_market(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let tea = shop.sells("longjing", cny(88_00)).stock(90);
    let pot = shop.sells("teapot", cny(199_99)).stock(40);
    shop.takes_for_sending(cny(12_00), Some(cny(500_00)));
    let other = market.shop("bowl-house");
    let bowl = other.sells("bowl", cny(33_30)).stock(60);
    other.takes_for_sending(cny(8_00), None);
    let anna = market.buyer("anna");
    let basket = [(tea.sku, 3), (bowl.sku, 5), (pot.sku, 1)];
    let unpaid = anna.buys(&[(tea.sku, 1), (bowl.sku, 1)])?;
    let late = anna.opens_payment(unpaid.trade)?.expect("there is something to pay");
    let first = anna.has_bought(&basket)?;
    let before_ship = anna.has_bought(&basket)?;
    let in_part = anna.has_bought(&basket)?;
    let settled = anna.has_bought(&basket)?;
    let quoted = shop.quotes(&anna, &[(tea.sku, 7, 80_00), (pot.sku, 2, 150_00)])?;
    let accepted = anna.accepts(quoted)?;
    anna.pays(accepted.trade)?;
    shop.quotes(&anna, &[(tea.sku, 1, 70_00)])?;
    let of = |placed: &testkit::Placed, shop: &testkit::Shop| {
        *placed.orders.iter().find(|order| market.order(**order).shop == shop.id).expect("each shop has its order")
    };
    shop.gives_back(of(&before_ship, &shop), &[(1, 1)])?;
    shop.ships_part(of(&in_part, &shop), &[(1, 2)])?;
    for placed in [&first, &settled, &before_ship] {
        let parcel = shop.ships(of(placed, &shop))?;
        shop.hears_scan(parcel, delivery::State::PickedUp)?;
        other.ships(of(placed, &other))?;
    }
    shop.gives_back(of(&first, &shop), &[(1, 1)])?;
    // Cancelled in one window and paid in the other: the money comes back by itself.
    anna.cancels(unpaid.trade)?;
    market.sandbox().pay(late.to_string()).wait()?;
    market.hears()?;
    market.later(minutes(40))?;
    anna.asks_back(of(&first, &other), &[(1, 2)], "damaged")?;
    anna.confirms(of(&settled, &shop))?;
    shop.gives_back(of(&settled, &shop), &[(1, 1)])?;
    market.later(days(9))?;
    shop.gives_back(of(&settled, &shop), &[(1, 1)])?;
    shop.has_bank_account();
    market.later(days(3))?;
    shop.asks_payout()?;
    market.later(days(1))?;
    let disputed = anna.asks_back(of(&first, &shop), &[(1, 1)], "damaged")?;
    shop.disagrees(disputed.case)?;
    let counted = tea.on_hand() - 1;
    shop.person().counts(shop.id, tea.sku, counted)
}

/// Runs a text on the one connection of a market in memory.
fn run(market: &Market, text: String) -> Result<Vec<String>> {
    market.asks(move |read| {
        let mut rows = Vec::new();
        read.ask(&text, |row| {
            rows.push(match row.col(0)? {
                store::Col::Text(text) => text.to_owned(),
                store::Col::Int(n) => n.to_string(),
                _ => String::new(),
            });
            Ok(())
        })?;
        Ok(rows)
    })
}

fn findings(market: &Market) -> usize {
    let now = market.now();
    views::books::check(market.store(), now, |_| {}).map_or(1, |report| report.findings.len())
}

#[test]
fn adding_one_to_any_number_of_the_trade_is_found() {
    let market = Market::on(Engine::Memory).expect("memory is always at hand");
    full_market(&market).unwrap();
    market.check();
    run(&market, "pragma ignore_check_constraints = on".into()).unwrap();
    let tables = market.asks(store::tables).unwrap();
    let tables = tables.into_iter().filter(|table| ROOMS.iter().any(|room| table.starts_with(room)));
    let (mut missed, mut untouched, mut tried) = (Vec::new(), Vec::new(), 0);
    for table in tables.filter(|table| !EMPTY.contains(&table.as_str())) {
        let name = table.clone();
        for (column, kind) in market.asks(move |read| store::column_list(read, &name)).unwrap() {
            let excepted = views::books::UNCHECKED.iter().any(|(t, c, _)| *t == table && *c == column);
            if kind != "integer" || excepted {
                continue;
            }
            match tamper(&market, &table, &column) {
                None => untouched.push(format!("{table}.{column}")),
                Some(0) => missed.push(format!("{table}.{column}")),
                Some(_) => tried += 1,
            }
        }
    }
    assert!(missed.is_empty(), "{tried} found, but nobody noticed one more in {missed:#?}");
    assert!(untouched.is_empty(), "the story leaves no row to change in {untouched:#?}");
    assert!(tried > 200, "only {tried} columns were tried");
}

/// Adds one to a column of one row, checks, takes it back; none where no row has a value there.
fn tamper(market: &Market, table: &str, column: &str) -> Option<usize> {
    let keys = run(market, format!("select name from pragma_table_info('{table}') where pk > 0 order by pk")).unwrap();
    let keys = keys.join(", ");
    let row = format!("select {keys} from {table} where {column} is not null order by {keys} desc limit 1");
    if run(market, row.clone()).unwrap().is_empty() {
        return None;
    }
    run(market, "savepoint tamper".into()).unwrap();
    let changed = run(market, format!("update {table} set {column} = {column} + 1 where ({keys}) = ({row})"));
    // Where the schema itself makes the change impossible, it is as good as found.
    let found = if changed.is_ok() { findings(market) } else { 1 };
    run(market, "rollback to tamper".into()).unwrap();
    run(market, "release tamper".into()).unwrap();
    Some(found)
}

#[test]
fn every_exception_names_a_column_that_there_is() {
    let market = Market::on(Engine::Memory).expect("memory is always at hand");
    let mut known = BTreeSet::new();
    for table in market.asks(store::tables).unwrap() {
        let name = table.clone();
        for (column, _) in market.asks(move |read| store::column_list(read, &name)).unwrap() {
            known.insert((table.clone(), column));
        }
    }
    for (table, column, why) in views::books::UNCHECKED {
        assert!(known.contains(&((*table).to_owned(), (*column).to_owned())), "{table}.{column}");
        assert!(why.len() > 5, "{table}.{column} needs a reason");
    }
}
