//! The last piece, wanted by fifty at once.

use kernel::Result;
use std::{collections::BTreeMap, thread};
use testkit::{Engine, Goods, Market, Person, cny, tell};

/// Everybody orders one at the same time; answers how often each was said.
fn rush(market: &Market, goods: &Goods, buyers: &[Person]) -> BTreeMap<&'static str, usize> {
    let said = thread::scope(|scope| {
        let orders: Vec<_> = buyers
            .iter()
            .map(|buyer| scope.spawn(|| buyer.buys(&[(goods.sku, 1)]).map_or_else(|no| no.code(), |_| "sold")))
            .collect();
        orders.into_iter().map(|order| order.join().expect("nobody panics")).collect::<Vec<_>>()
    });
    let mut counted = BTreeMap::new();
    said.into_iter().for_each(|code| *counted.entry(code).or_default() += 1);
    let orders: i64 = market.figures().0.iter().filter(|(name, _)| name.starts_with("order ")).map(|(_, n)| n).sum();
    assert_eq!(orders as usize, counted.get("sold").copied().unwrap_or(0));
    counted
}

fn one_of_fifty_gets_the_last_piece(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let buyers: Vec<_> = (0..50).map(|n| market.buyer(&format!("buyer-{n}"))).collect();
    let last = shop.sells("longjing", cny(88_00)).stock(1);
    assert_eq!(rush(market, &last, &buyers), BTreeMap::from([("sold", 1), ("out_of_stock", 49)]));
    assert_eq!((last.available(), last.on_hand()), (0, 1));
    Ok(())
}

fn ten_pieces_are_sold_ten_times(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let buyers: Vec<_> = (0..50).map(|n| market.buyer(&format!("buyer-{n}"))).collect();
    let ten = shop.sells("longjing", cny(88_00)).stock(10);
    assert_eq!(rush(market, &ten, &buyers), BTreeMap::from([("sold", 10), ("out_of_stock", 40)]));
    assert_eq!((ten.available(), ten.on_hand()), (0, 10));
    Ok(())
}

#[test]
fn one_of_fifty_gets_the_last_piece_from_a_file() {
    tell(Engine::Lite, one_of_fifty_gets_the_last_piece);
}

#[test]
fn one_of_fifty_gets_the_last_piece_from_a_server() {
    tell(Engine::Postgres, one_of_fifty_gets_the_last_piece);
}

#[test]
fn ten_pieces_are_sold_ten_times_from_a_file() {
    tell(Engine::Lite, ten_pieces_are_sold_ten_times);
}

#[test]
fn ten_pieces_are_sold_ten_times_from_a_server() {
    tell(Engine::Postgres, ten_pieces_are_sold_ten_times);
}
