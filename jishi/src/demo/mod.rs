//! `jishi demo`: a made-up market that looks lived in. Its past of five weeks is played through the same flows that
//! people use, by people who register, write goods down, order, pay, ship, disagree and are paid out; nothing is put
//! into a table by hand. From one seed and one instant comes one market.
//!
//! While the past is made the market's clock stands where the play is; afterwards it goes with the machine's
//! ([`DemoClock`]). That a market is such a one is a setting of it, written last: a play that was killed half-way is
//! no demo, and whoever finds it is told so.

mod chance;
mod clock;
mod people;
mod plan;
mod play;
mod shelves;
mod stage;
mod stalls;
mod tree;

pub use clock::DemoClock;

use crate::open::Opened;
use chance::Chance;
use flows::payout::PayoutWish;
use futures_util::future::try_join_all;
use kernel::{Id, Result, Text, Time, Units, kinds};
use people::{People, Shop};
use play::Play;
use shelves::{Written, review, submit};
use stage::Stage;
use std::sync::Arc;
use store::{Store, across, args};

/// Everybody's password: it is printed, and protects nothing.
pub const PASSWORD: &str = "demo-demo";

/// Which market is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Wish {
    /// Where its chance comes from.
    pub seed: u64,
    /// When its past ends.
    pub until: Time,
}

/// Somebody who can log in.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct LogIn {
    /// `admin`, `finance`, `owner`, `staff`, `applicant` or `buyer`.
    pub role: &'static str,
    /// The shop he works in, by its name in addresses.
    pub shop: Option<String>,
    /// What he logs in with.
    pub login: String,
    /// His password.
    pub password: &'static str,
    /// What he is called.
    pub name: String,
}

impl LogIn {
    fn new(role: &'static str, shop: Option<&str>, login: &str, name: &str) -> LogIn {
        let (shop, login, name) = (shop.map(str::to_owned), login.to_owned(), name.to_owned());
        LogIn { role, shop, login, password: PASSWORD, name }
    }
}

/// What was made.
#[derive(Clone, PartialEq, Eq, Debug, serde::Serialize)]
pub struct Built {
    /// Everybody who can log in: the operators, the shops' people, the buyers.
    pub people: Vec<LogIn>,
    /// Shops, open or not.
    pub shops: usize,
    /// Listings, on sale or not.
    pub goods: usize,
    /// Orders.
    pub orders: usize,
}

/// What stands in a database.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Found {
    /// Nothing has happened there.
    Empty,
    /// A demo market, made to the end.
    Demo,
    /// Another market.
    Other,
}

/// Everybody who can log in to a demo market.
///
/// # Errors
/// A breakage where the market's own words do not read.
pub fn log_ins() -> Result<Vec<LogIn>> {
    Ok(people::everybody(&stalls::stalls()?, &stalls::folk()?))
}

/// What stands in a database.
///
/// # Errors
/// What the database says.
pub fn state_of(store: &Store) -> Result<Found> {
    let sql = across!("select cast(count(*) as bigint) from (select 1 from store_audit limit 1) a");
    let found = store.read(move |read| {
        if market::settings(read)?.demo {
            return Ok(Found::Demo);
        }
        let acts: i64 = read.one(sql, args![], |row| row.get(0))?;
        Ok(if acts == 0 { Found::Empty } else { Found::Other })
    });
    found.wait()
}

/// Makes a demo market in an empty database; `progress` is told what is being done. The clock, which must be the
/// store's own, stands at the end of the past afterwards: [`DemoClock::run`] lets it go.
///
/// # Errors
/// What the flows and the database say.
pub fn build(opened: &Opened, clock: &DemoClock, wish: Wish, mut progress: impl FnMut(&str)) -> Result<Built> {
    let stage = Stage::new(opened, clock, wish.until, Chance::of(wish.seed));
    let (stalls, folk) = (Arc::new(stalls::stalls()?), stalls::folk()?);
    clock.stand_at(stage.at(FIRST_DAY, 9, 0)?);
    progress("people register");
    set(&stage, &BEFORE)?;
    let people = people::come(&stage, &folk)?;
    progress("shops open");
    let shops = people::open_shops(&stage, &people, &stalls)?;
    stage.pass(stage.at(FIRST_DAY - 1, 9, 30)?)?;
    let tree = tree::plant(&stage, &people, &stalls)?;
    progress("goods are written down and reviewed");
    stage.pass(stage.at(FIRST_DAY - 1, 10, 0)?)?;
    let goods = shelves::fill(&stage, &shops, &stalls, &tree)?;
    list(&stage, &people, &shops, &goods)?;
    progress("five weeks of trade");
    let orders = trade(&stage, &people, &shops, &folk, &goods)?;
    set(&stage, &AFTER)?;
    stage.settle_down()?;
    last_payout(&stage, &shops)?;
    flows::worker::seal_audit(&opened.market)?;
    // One shop more: the one that waits for review.
    Ok(Built { people: people::everybody(&stalls, &folk), shops: shops.len() + 1, goods: goods.len(), orders })
}

/// The day of the first act, counted back from the end.
const FIRST_DAY: i64 = 36;

/// Settings of a demo market. An unpaid order waits a day, so that there are some to be seen whenever one looks. The
/// passwords of this market are printed, so hashing them at a real market's cost would protect nobody and take most
/// of the time; whoever registers afterwards is hashed as everywhere.
const BEFORE: [(&str, &str); 4] =
    [("name", "集市(演示)"), ("close_unpaid_minutes", "1440"), ("argon2_memory_kib", "8"), ("argon2_passes", "1")];

/// What is set when all has been played: the mark stands last.
const AFTER: [(&str, &str); 3] = [("argon2_memory_kib", ""), ("argon2_passes", ""), ("demo", "true")];

/// Sets settings, or gives those without a value their default back.
fn set(stage: &Stage, settings: &'static [(&'static str, &'static str)]) -> Result<()> {
    let set = move |tx: &mut store::Tx| {
        settings.iter().try_for_each(|(key, value)| match *value {
            "" => market::reset(tx, key),
            value => market::change(tx, key, value),
        })
    };
    stage.act("market.change_setting", &stage.system("demo"), set).wait()
}

/// Goods with a story of their own: two wait for review, one is never handed in, one is refused, one is taken off.
const LATE: [&str; 2] = ["lamps", "watches"];
const DRAFT: &str = "jars";
const REFUSED: &str = "jackets";
const DELISTED: &str = "keyboards";

fn list(stage: &Stage, people: &People, shops: &[Shop], goods: &[Written]) -> Result<()> {
    let is_kept_back = |goods: &&Written| !LATE.iter().chain([&DRAFT]).any(|leaf| goods.is_last_of(leaf));
    let listing: Vec<_> = goods.iter().filter(is_kept_back).collect();
    store::wait(try_join_all(listing.iter().map(|goods| submit(stage, shops, goods))))?;
    stage.pass(stage.at(FIRST_DAY - 1, 15, 0)?)?;
    let why = |goods: &Written| goods.is_last_of(REFUSED).then_some("图片与描述不是同一件商品,请更换图片后重新提交。");
    store::wait(try_join_all(listing.iter().map(|goods| review(stage, people, goods, why(goods)))))?;
    stage.settle_down()
}

/// Five weeks, and what happens in them beside the orders.
fn trade(stage: &Stage, people: &People, shops: &[Shop], folk: &stalls::Folk, goods: &[Written]) -> Result<usize> {
    let mut play = Play::new(stage, people, shops, folk, goods)?;
    play.go_on_to(stage.at(15, 2, 10)?)?;
    let (kitchen, why) = (shops[2].id, Text::new("账户异常登录,先停售核实。")?);
    flows::open_shop::freeze(stage.store(), &stage.cx(&people.operator), kitchen, why).wait()?;
    play.go_on_to(stage.at(15, 6, 40)?)?;
    let why = Text::new("店主本人已核实。")?;
    flows::open_shop::unfreeze(stage.store(), &stage.cx(&people.operator), kitchen, why).wait()?;
    play.go_on_to(stage.at(6, 9, 0)?)?;
    if let Some(goods) = goods.iter().find(|goods| goods.is_last_of(DELISTED)) {
        let cx = stage.cx(&shops[goods.shop].owner);
        flows::list_goods::delist(stage.store(), &cx, goods.listing).wait()?;
    }
    asks_payout(stage, &shops[1])?;
    play.go_on_to(stage.at(2, 14, 0)?)?;
    people::applies_late(stage)?;
    play.go_on_to(stage.at(1, 11, 0)?)?;
    for goods in goods.iter().filter(|goods| LATE.iter().any(|leaf| goods.is_last_of(leaf))) {
        store::wait(submit(stage, shops, goods))?;
    }
    fill_carts(stage, people, goods)?;
    play.go_on_to(stage.until)?;
    Ok(play.orders())
}

/// What lies in carts: of the first buyer several goods and one saved for later, of some others one or two.
fn fill_carts(stage: &Stage, people: &People, goods: &[Written]) -> Result<()> {
    let wares: Vec<_> = goods.iter().filter(|goods| goods.at < 9).filter_map(|goods| goods.wares.first()).collect();
    let put = |buyer: usize, at: usize, units: i64| {
        let sku: Id<kinds::Sku> = wares[at % wares.len()].sku;
        let cx = stage.cx(&people.buyers[buyer].person);
        flows::cart::put(stage.store(), &cx, sku, Units::new(units)?).wait()?;
        Ok::<_, kernel::Error>(sku)
    };
    for (at, units) in [(3, 1), (41, 2), (57, 1), (102, 1), (150, 3)] {
        put(0, at, units)?;
    }
    let saved = put(0, 200, 1)?;
    flows::cart::save_for_later(stage.store(), &stage.cx(&people.buyers[0].person), saved).wait()?;
    (1..8).try_for_each(|buyer| put(buyer, buyer * 29, 1).map(drop))
}

/// The owner asks for everything that is free.
fn asks_payout(stage: &Stage, shop: &Shop) -> Result<()> {
    let wish = PayoutWish { shop: shop.id, amount: None };
    flows::payout::ask(&stage.opened.market, &stage.cx(&shop.owner), wish).map(drop)
}

/// The last act of the past: a payout that the bank has not heard of yet.
fn last_payout(stage: &Stage, shops: &[Shop]) -> Result<()> {
    asks_payout(stage, &shops[0])?;
    while flows::worker::deliver_events(&stage.opened.market)? > 0 {}
    Ok(())
}
