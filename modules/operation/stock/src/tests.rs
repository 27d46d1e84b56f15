use crate::*;
use kernel::{Actor, Cx, Id, Result, SetClock, Time, Units, kinds};
use std::sync::Arc;
use store::{Act, Config, Store, Tx};

fn store() -> Store {
    let mut config = Config::new("sqlite::memory:", Arc::new(SetClock::at(Time(1_800_000_000_000))));
    config.seed = Some(1);
    Store::open(config, &[SCHEMA]).unwrap()
}

fn act<T>(store: &Store, run: impl FnMut(&mut Tx) -> Result<T> + Send + 'static) -> Result<T>
where
    T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
{
    store.write(Act::new("test", &Cx::new(Actor::System("test"), "r")), run).wait()
}

fn shelf(store: &Store, units: i64) -> Demand {
    let shop = Id::from_raw(4096 + 5);
    let warehouse = act(store, move |tx| open_warehouse(tx, shop, "main")).unwrap();
    let demand = |units| Demand { sku: Id::from_raw(8192 + 9), place: Place { warehouse, owner: shop }, units };
    let all = demand(Units::new(units).unwrap());
    act(store, move |tx| receive(tx, all, Condition::Good, Cause::Receive, 0)).unwrap();
    all
}

fn some(demand: Demand, units: i64) -> Demand {
    Demand { units: Units::new(units).unwrap(), ..demand }
}

fn level(store: &Store, demand: Demand) -> (i64, i64) {
    let levels = store.read(move |read| of_sku(read, demand.sku)).wait().unwrap();
    (levels[0].on_hand, levels[0].reserved)
}

const ANNA: Id<kinds::Order> = Id::from_raw(4096 * 7 + 1);
const BERT: Id<kinds::Order> = Id::from_raw(4096 * 8 + 1);

#[test]
fn the_last_unit_is_promised_once() {
    let store = store();
    let shelf = shelf(&store, 3);
    act(&store, move |tx| reserve(tx, &[(ANNA, some(shelf, 2))], None)).unwrap();
    let refused = act(&store, move |tx| reserve(tx, &[(BERT, some(shelf, 2))], None)).unwrap_err();
    assert_eq!(refused.to_string(), format!("out_of_stock sku={} available=1", shelf.sku));
    assert_eq!(level(&store, shelf), (3, 2));
}

#[test]
fn a_promise_is_shipped_in_parts_and_the_rest_given_back() {
    let store = store();
    let shelf = shelf(&store, 5);
    act(&store, move |tx| reserve(tx, &[(ANNA, some(shelf, 4))], Some(Time(9)))).unwrap();
    act(&store, move |tx| ship(tx, ANNA, &[some(shelf, 1)])).unwrap();
    act(&store, move |tx| release(tx, ANNA, &[some(shelf, 2)])).unwrap();
    assert_eq!(level(&store, shelf), (4, 1));
    for verb in [ship, release] {
        assert_eq!(act(&store, move |tx| verb(tx, ANNA, &[some(shelf, 2)])).unwrap_err().code(), "not_reserved");
        assert_eq!(act(&store, move |tx| verb(tx, BERT, &[some(shelf, 1)])).unwrap_err().code(), "not_reserved");
    }
    let movements = store.read(move |read| movements_of(read, shelf.sku, 9)).wait().unwrap();
    let story: Vec<_> = movements.iter().map(|m| (m.cause, m.units, m.after)).collect();
    assert_eq!(story, [(Cause::Ship, -1, 4), (Cause::Receive, 5, 5)]);
}

#[test]
fn a_count_by_hand_never_takes_what_is_promised() {
    let store = store();
    let shelf = shelf(&store, 5);
    act(&store, move |tx| reserve(tx, &[(ANNA, some(shelf, 4))], None)).unwrap();
    let count = |units| act(&store, move |tx| correct(tx, shelf.sku, shelf.place, Condition::Good, units));
    assert_eq!(count(3).unwrap_err().code(), "below_reserved");
    assert_eq!(count(-1).unwrap_err().code(), "out_of_range");
    count(4).unwrap();
    count(4).unwrap();
    assert_eq!(level(&store, shelf), (4, 4));
}

#[test]
fn lines_of_one_sku_are_summed_before_they_ask() {
    let place = Place { warehouse: Id::from_raw(1), owner: Id::from_raw(2) };
    let (first, second) = (Id::from_raw(4096 + 1), Id::from_raw(8192));
    let totals = total_per_sku([(first, place, 2), (second, place, 1), (first, place, 3)]);
    assert_eq!(totals, [(second, place, 1), (first, place, 5)]);
}
