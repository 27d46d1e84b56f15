use super::*;
use crate::merge::plan;
use kernel::{
    Actor, Currency, Cx, Home, Id, Money, Result, Time, Units, error, kinds,
    time::{MINUTE, SetClock},
};
use std::sync::Arc;
use store::{Act, Config, Store, Tx, args, sql};

const LIMITS: Limits = Limits { lines_max: 3, saved_max: 2, units_max: 100 };
const NOON: Time = Time(1_260_000_000_000);

struct Room {
    store: Store,
    clock: Arc<SetClock>,
}

impl Room {
    fn new() -> Room {
        let clock = Arc::new(SetClock::at(NOON));
        let store = Store::open(Config::new("sqlite::memory:", clock.clone()), &[SCHEMA]).unwrap();
        Room { store, clock }
    }

    fn act<T>(&self, run: impl FnMut(&mut Tx) -> Result<T> + Send + 'static) -> Result<T>
    where
        T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
    {
        self.clock.move_by(MINUTE);
        self.store.write(Act::new("test", &Cx::new(Actor::System("test"), "r1")), run).wait()
    }

    fn put(&self, buyer: Id<kinds::Party>, sku: i64, units: i64) -> Result<()> {
        self.act(move |tx| put(tx, buyer, wish(sku, units), LIMITS))
    }

    /// (SKU, units, saved), and the counts must say the same.
    fn seen(&self, buyer: Id<kinds::Party>) -> Vec<(i64, i64, bool)> {
        let found = self.store.read(move |read| lines(read, buyer)).wait().unwrap();
        let counted = self.store.read(move |read| {
            let sql = sql!("select lines, saved from cart_cart where home = $1 and buyer = $2");
            read.opt(sql, args![buyer.home(), buyer], |row| Ok((row.get(0)?, row.get(1)?)))
        });
        let saved = found.iter().filter(|line| line.saved).count() as i64;
        assert_eq!(counted.wait().unwrap().unwrap_or((0, 0)), (found.len() as i64 - saved, saved));
        let number = |sku: Id<kinds::Sku>| (1..100).find(|n| id(*n) == sku).unwrap();
        found.iter().map(|line| (number(line.sku), line.units.get(), line.saved)).collect()
    }
}

fn id<K>(n: i64) -> Id<K> {
    Id::assemble(30_000_000_000, n, Home::of(n * 7))
}

fn buyer() -> Id<kinds::Party> {
    id(500)
}

fn wish(sku: i64, units: i64) -> Put {
    let seen_price = Money::new(88_00, Currency::CNY);
    Put { sku: id(sku), listing: id(200), shop: id(300), units: Units::new(units).unwrap(), seen_price }
}

fn line(sku: i64, units: i64, added: i64, saved: bool) -> Line {
    let Put { sku, listing, shop, units, seen_price } = wish(sku, units);
    Line { sku, listing, shop, units, seen_price, added_at: Time(added), saved }
}

fn code<T: std::fmt::Debug>(refused: Result<T>) -> &'static str {
    refused.unwrap_err().code()
}

#[test]
fn putting_sets_the_quantity_and_does_not_add() {
    let room = Room::new();
    room.put(buyer(), 1, 2).unwrap();
    room.put(buyer(), 2, 1).unwrap();
    room.put(buyer(), 1, 5).unwrap();
    assert_eq!(room.seen(buyer()), [(2, 1, false), (1, 5, false)]);
    room.act(|tx| remove(tx, buyer(), id(1))).unwrap();
    assert_eq!(room.seen(buyer()), [(2, 1, false)]);
    assert_eq!(code(room.act(|tx| remove(tx, buyer(), id(1)))), "not_in_cart");
    assert_eq!(code(room.act(|tx| remove(tx, id(404), id(1)))), "not_in_cart");
}

#[test]
fn a_full_cart_takes_more_of_a_line_but_no_other_line() {
    let room = Room::new();
    for sku in 1..=3 {
        room.put(buyer(), sku, 1).unwrap();
    }
    assert_eq!(room.put(buyer(), 4, 1).unwrap_err().to_string(), "too_many most=3");
    assert_eq!(room.put(buyer(), 3, 101).unwrap_err().to_string(), "too_large most=100");
    room.put(buyer(), 3, 100).unwrap();
    assert_eq!(room.seen(buyer()), [(1, 1, false), (2, 1, false), (3, 100, false)]);
    room.act(|tx| put(tx, buyer(), wish(1, 2), Limits { lines_max: 1, ..LIMITS })).unwrap();
}

#[test]
fn what_is_saved_makes_room_and_comes_back_by_putting_it() {
    let room = Room::new();
    for sku in 1..=3 {
        room.put(buyer(), sku, 1).unwrap();
    }
    let save = |sku| room.act(move |tx| save_for_later(tx, buyer(), id(sku), LIMITS));
    save(1).unwrap();
    save(2).unwrap();
    assert_eq!(code(save(3)), "too_many");
    assert_eq!(code(save(2)), "not_in_cart");
    assert_eq!(code(save(9)), "not_in_cart");
    room.put(buyer(), 1, 7).unwrap();
    assert_eq!(room.seen(buyer()), [(2, 1, true), (3, 1, false), (1, 7, false)]);
    room.act(|tx| remove(tx, buyer(), id(2))).unwrap();
    assert_eq!(room.seen(buyer()), [(3, 1, false), (1, 7, false)]);
}

#[test]
fn what_was_bought_leaves_and_the_rest_stays() {
    let room = Room::new();
    for sku in 1..=3 {
        room.put(buyer(), sku, 1).unwrap();
    }
    room.act(|tx| save_for_later(tx, buyer(), id(3), LIMITS)).unwrap();
    room.act(|tx| clear_bought(tx, buyer(), &[id(1), id(3), id(9)])).unwrap();
    assert_eq!(room.seen(buyer()), [(2, 1, false), (3, 1, true)]);
    room.act(|tx| clear_bought(tx, id(404), &[id(1)])).unwrap();
}

#[test]
fn a_guests_cart_joins_with_the_greater_quantity() {
    let room = Room::new();
    let guest = id(600);
    room.put(guest, 1, 5).unwrap();
    room.put(guest, 2, 1).unwrap();
    room.put(guest, 4, 1).unwrap();
    room.put(buyer(), 1, 2).unwrap();
    room.put(buyer(), 2, 9).unwrap();
    room.put(buyer(), 3, 1).unwrap();
    let merged = room.act(move |tx| merge(tx, guest, buyer(), LIMITS)).unwrap();
    assert_eq!(merged, Merged { in_cart: 2, saved: 1, left: 0 });
    let mut seen = room.seen(buyer());
    seen.sort_unstable();
    assert_eq!(seen, [(1, 5, false), (2, 9, false), (3, 1, false), (4, 1, true)]);
    assert!(room.seen(guest).is_empty());
    let again = room.act(move |tx| merge(tx, guest, buyer(), LIMITS)).unwrap();
    assert_eq!(again, Merged::default());
}

#[test]
fn what_fits_nowhere_stays_with_the_guest() {
    let room = Room::new();
    let guest = id(600);
    for sku in 1..=3 {
        room.put(buyer(), sku, 1).unwrap();
        room.put(guest, 10 + sku, 1).unwrap();
    }
    let merged = room.act(move |tx| merge(tx, guest, buyer(), LIMITS)).unwrap();
    assert_eq!(merged, Merged { in_cart: 0, saved: 2, left: 1 });
    assert_eq!(room.seen(guest), [(11, 1, false)], "what was put first");
    assert_eq!(room.seen(buyer()).len(), 5);
    assert_eq!(room.act(|tx| merge(tx, buyer(), buyer(), LIMITS)).unwrap(), Merged::default());
}

#[test]
fn a_plan_never_breaks_a_limit_and_loses_no_line() {
    // Every pair of carts over three SKUs, each absent, in the cart or saved, under every small limit.
    let carts: Vec<Vec<Line>> = (0..27)
        .map(|code: i64| {
            let choice = |sku: i64| code / 3_i64.pow(sku as u32) % 3;
            (0..3).filter(|sku| choice(*sku) > 0).map(|sku| line(sku + 1, sku + 1, sku, choice(sku) == 2)).collect()
        })
        .collect();
    for (account, guest, most) in
        carts.iter().flat_map(|a| carts.iter().flat_map(move |g| (0..4).map(move |m| (a, g, m))))
    {
        let limits = Limits { lines_max: most, saved_max: 1, units_max: 100 };
        let plan = plan(account, guest, limits);
        let kept = account.iter().filter(|line| !plan.written.iter().any(|new| new.sku == line.sku));
        let after: Vec<&Line> = kept.chain(&plan.written).collect();
        let (lines, saved) = (after.iter().filter(|l| !l.saved).count(), after.iter().filter(|l| l.saved).count());
        let had = |saved| account.iter().filter(|line| line.saved == saved).count();
        assert!(lines <= (most as usize).max(had(false)) && saved <= 1.max(had(true)), "{account:?} {guest:?} {most}");
        assert_eq!(plan.taken.len() + plan.merged.left as usize, guest.len());
        assert_eq!(plan.merged.in_cart + plan.merged.saved, plan.taken.len() as i64);
        assert!(account.iter().all(|line| after.iter().any(|now| now.sku == line.sku)));
    }
}

#[test]
fn of_two_lines_the_later_price_is_remembered() {
    let mut dear = line(1, 2, 5, false);
    dear.seen_price.minor = 99_00;
    for (account, guest) in [(dear, line(1, 3, 4, false)), (line(1, 3, 4, false), dear)] {
        let plan = plan(&[account], &[guest], LIMITS);
        assert_eq!((plan.written[0].units.get(), plan.written[0].seen_price.minor), (3, 99_00));
    }
}

#[test]
fn codes_are_the_snake_case_of_their_names() {
    for (name, code, _) in Refusal::ALL {
        assert_eq!(error::snake_case(name), *code);
    }
}
