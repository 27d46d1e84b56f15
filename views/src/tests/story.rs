//! A trade told by the rooms themselves, as the flows tell it: bought, paid, shipped, received, given back in part,
//! settled.

use kernel::{
    Actor, BasisPoints, Currency, Cx, Id, Locale, Money, Result, SetClock, Text, Time, Units, kinds, time::DAY,
};
use ledger::{Account, Draft};
use order::{ChargeKind, LineBack, NewCharge, NewLine, NewOrder, NewTrade, PriceRow, Recipient, State, Tax};
use std::sync::Arc;
use stock::{Cause, Condition, Demand, Place};
use store::{Act, Config, Schema, Store, Tx};

/// All rooms that the views read.
pub(super) const ROOMS: &[Schema] = &[
    identity::SCHEMA,
    ledger::SCHEMA,
    payment::SCHEMA,
    payout::SCHEMA,
    catalog::SCHEMA,
    search::SCHEMA,
    stock::SCHEMA,
    cart::SCHEMA,
    quotation::SCHEMA,
    order::SCHEMA,
    delivery::SCHEMA,
    aftersale::SCHEMA,
    merchant::SCHEMA,
];

/// 2026-03-02, a Monday.
const BEGINNING: Time = Time(1_772_416_800_000);
/// 2026-03-09 in UTC.
const SETTLE_ON: Time = Time(BEGINNING.0 + 7 * DAY);

/// A market without flows.
pub(super) struct Market {
    pub store: Store,
    clock: Arc<SetClock>,
}

/// What the story made.
#[derive(Clone, Copy)]
pub(super) struct Told {
    pub order: Id<kinds::Order>,
    pub trade: Id<kinds::Trade>,
    pub buyer: Id<kinds::Party>,
    pub shop: Id<kinds::Shop>,
    pub listing: Id<kinds::Listing>,
    pub sku: Id<kinds::Sku>,
    pub payment: Id<kinds::Payment>,
}

impl Market {
    pub fn new() -> Market {
        let clock = Arc::new(SetClock::at(BEGINNING));
        let mut config = Config::new("sqlite::memory:", clock.clone());
        config.seed = Some(1);
        Market { store: Store::open(config, ROOMS).unwrap(), clock }
    }

    pub fn now(&self) -> Time {
        self.store.clock().now()
    }

    fn acts<T, F>(&self, run: F) -> T
    where
        T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
        F: FnMut(&mut Tx) -> Result<T> + Send + 'static,
    {
        let cx = Cx::new(Actor::System("story"), "story");
        self.store.write(Act::new("story.act", &cx), run).wait().unwrap()
    }

    /// Runs a text on the one connection of a market in memory, past every room and every constraint.
    pub fn bends(&self, text: &str) {
        let text = text.to_owned();
        let bend = self.store.read(move |read| {
            read.ask("pragma ignore_check_constraints = on", |_| Ok(()))?;
            read.ask(&text, |_| Ok(()))
        });
        bend.wait().unwrap();
    }

    /// Tells the story.
    pub fn told() -> (Market, Told) {
        let market = Market::new();
        let (shop, buyer) = market.acts(people);
        let goods = market.acts(move |tx| goods(tx, shop));
        let (trade, order, payment) = market.acts(move |tx| buy(tx, shop, buyer, goods));
        market.acts(move |tx| pay(tx, order, payment));
        market.acts(move |tx| ship(tx, order, goods));
        market.acts(move |tx| receive(tx, order));
        market.acts(move |tx| give_back(tx, order, payment));
        market.clock.move_to(SETTLE_ON);
        market.acts(move |tx| settle(tx, order));
        market.rests();
        let (listing, sku, _) = goods;
        (market, Told { order, trade, buyer, shop, listing, sku, payment })
    }

    /// Events reach the index and the shop's list, the audit log is sealed.
    fn rests(&self) {
        self.acts(|tx| {
            let now = tx.now();
            for event in store::pending_events(tx, now, 100)? {
                store::deliver(tx, &event)?;
                if event.name == "catalog.listed" {
                    let listing = Id::from_raw(event.root);
                    let held = search::hold(tx, listing)?;
                    let sought = catalog::sought(tx, listing, Currency::CNY, now)?;
                    let (shop, categories) = (sought.head.shop, sought.categories);
                    let entry = search::Entry { shop, categories, price: sought.price, texts: sought.texts };
                    search::index(tx, &held, &entry)?;
                }
                if event.name.starts_with("order.") {
                    let order = order::order(tx, Id::from_raw(event.root))?;
                    let (state, seq) = (order.state.word().to_owned(), event.seq);
                    let placed_at = order.placed_at;
                    merchant::note_order(
                        tx,
                        &merchant::Listed { shop: order.shop, id: order.id, placed_at, state, seq },
                    )?;
                }
            }
            store::seal::seal(tx, 100)
        });
    }
}

type Goods = (Id<kinds::Listing>, Id<kinds::Sku>, Id<kinds::Warehouse>);

fn cny(minor: i64) -> Money {
    Money::new(minor, Currency::CNY)
}

fn people(tx: &mut Tx) -> Result<(Id<kinds::Shop>, Id<kinds::Party>)> {
    let owner = identity::person_without_password(tx, &Text::new("owner")?, None, Locale::Zh)?;
    let buyer = identity::person_without_password(tx, &Text::new("李四")?, None, Locale::Zh)?;
    let form =
        merchant::ShopForm { slug: "tea-house".parse()?, name: Text::new("tea house")?, currency: Currency::CNY };
    let shop = merchant::operator_opens(tx, owner, merchant::MerchantKind::Enterprise, &form)?;
    Ok((shop, buyer))
}

fn goods(tx: &mut Tx, shop: Id<kinds::Shop>) -> Result<Goods> {
    let tea = catalog::NewGoods {
        key: "tea".to_owned(),
        lang: Locale::Zh,
        title: "龙井".to_owned(),
        brand: None,
        model: None,
        description: None,
        category: vec!["tea".to_owned()],
        attributes: Vec::new(),
        gtins: Vec::new(),
        price: Some(cny(88_00)),
        measure: catalog::Measure::default(),
    };
    let put = catalog::put_goods(tx, &catalog::Known::default(), shop, &tea, catalog::Hand::Market)?;
    let warehouse = stock::open_warehouse(tx, shop, "main")?;
    let place = Place { warehouse, owner: shop };
    let demand = Demand { sku: put.sku, place, units: Units::new(9)? };
    stock::receive(tx, demand, Condition::Good, Cause::Receive, 0)?;
    Ok((put.listing, put.sku, warehouse))
}

fn buy(
    tx: &mut Tx,
    shop: Id<kinds::Shop>,
    buyer: Id<kinds::Party>,
    (listing, sku, warehouse): Goods,
) -> Result<(Id<kinds::Trade>, Id<kinds::Order>, Id<kinds::Payment>)> {
    let opening =
        |amount| PriceRow { stage: "regular".to_owned(), offer: 0, offer_version: 0, amount, borne_by: String::new() };
    let line = NewLine {
        listing,
        sku,
        warehouse,
        title: "龙井".to_owned(),
        units: Units::new(3)?,
        price_per: 1,
        price: 88_00,
        cash: 264_00,
        tax: Tax::default(),
        commission: BasisPoints::new(500)?,
        price_rows: vec![opening(264_00)],
    };
    let freight =
        NewCharge { kind: ChargeKind::Freight, amount: 12_00, tax: Tax::default(), commission: BasisPoints::ZERO };
    let recipient = Recipient {
        name: "李四".to_owned(),
        phone: "13800000000".to_owned(),
        country: "CN".to_owned(),
        ..Recipient::default()
    };
    let close_at = tx.now().plus(30 * kernel::time::MINUTE);
    let order = NewOrder {
        shop,
        shop_currency: Currency::CNY,
        rate_ppb: 1_000_000_000,
        lines: vec![line],
        charges: vec![freight],
        recipient: Some(recipient),
    };
    let new = NewTrade { buyer, quotation: None, currency: Currency::CNY, close_at, orders: vec![order] };
    let (trade, orders) = order::place(tx, &new)?;
    let order = orders[0];
    let place = Place { warehouse, owner: shop };
    stock::reserve(tx, &[(order, Demand { sku, place, units: Units::new(3)? })], Some(close_at))?;
    tx.set_timer("trade.close", trade.raw(), trade.home(), close_at)?;
    let payment = payment::intend(tx, trade, &[(order, 276_00)], "sandbox", cny(276_00), close_at)?;
    Ok((trade, order, payment))
}

fn pay(tx: &mut Tx, id: Id<kinds::Order>, payment: Id<kinds::Payment>) -> Result<()> {
    payment::succeed(tx, payment, cny(276_00), "ref", |tx| {
        let order = order::order(tx, id)?;
        order::mark_paid(tx, &order)?;
        tx.drop_timer("trade.close", order.trade.raw(), order.trade.home())?;
        let entry = Draft::new("pay", payment).about(id).debit(Account::Channel, 1, cny(276_00));
        ledger::post(tx, entry.credit(Account::Escrow, id.raw(), cny(276_00)))?;
        Ok(true)
    })?;
    Ok(())
}

fn ship(tx: &mut Tx, id: Id<kinds::Order>, (_, sku, warehouse): Goods) -> Result<()> {
    let order = order::order(tx, id)?;
    let confirm_at = tx.now().plus(10 * DAY);
    order::ship(tx, &order, &[(1, 3)], confirm_at)?;
    let units = Units::new(3)?;
    let place = Place { warehouse, owner: order.shop };
    stock::ship(tx, id, &[Demand { sku, place, units }])?;
    let waybill = delivery::Waybill::new("sf", "SF1")?;
    delivery::ship(tx, &delivery::New { ord: id, shop: order.shop, lines: vec![(1, units)], waybill })?;
    tx.set_timer("order.confirm", id.raw(), id.home(), confirm_at)
}

fn receive(tx: &mut Tx, id: Id<kinds::Order>) -> Result<()> {
    let order = order::order(tx, id)?;
    tx.drop_timer("order.confirm", id.raw(), id.home())?;
    let utc = jiff::tz::TimeZone::UTC;
    let settle_on = SETTLE_ON.day(&utc);
    order::confirm(tx, &order, 13_20, settle_on, "UTC", "")?;
    let entry = Draft::new("confirm", id).about(id).debit(Account::Escrow, id.raw(), cny(276_00));
    let entry = entry.credit(Account::ShopPending, order.shop.raw(), cny(262_80));
    ledger::post(tx, entry.credit(Account::Commission, 0, cny(13_20)))?;
    tx.set_timer("order.settle", id.raw(), id.home(), settle_on.start(&utc)?)
}

/// One unit of three: 88.00, of which 4.40 from the commission.
fn give_back(tx: &mut Tx, id: Id<kinds::Order>, payment: Id<kinds::Payment>) -> Result<()> {
    let order = order::order(tx, id)?;
    let new = aftersale::New {
        ord: id,
        shop: order.shop,
        buyer: order.buyer,
        kind: aftersale::Kind::RefundOnly,
        reason: "agreed".to_owned(),
        lines: vec![aftersale::Line::goods(1, Units::new(1)?)],
        words: None,
    };
    let case = aftersale::open_granted(tx, &new, aftersale::Ground::SellersChoice)?;
    let line = LineBack { n: 1, units: 1, cancelled: 0, amount: 88_00 };
    let confirm_at = tx.now();
    let back =
        order::Back { lines: vec![line], charges: Vec::new(), commission: 4_40, confirm_at, why: "agreed".to_owned() };
    assert_eq!(order::give_back(tx, &order, &back)?, State::Completed);
    let document = aftersale::NewRefund {
        case,
        currency: Currency::CNY,
        lines: vec![aftersale::RefundLine { kind: aftersale::LineKind::Goods, n: 1, units: 1, amount: 88_00, tax: 0 }],
        parts: vec![aftersale::Part { payment: Some(payment), bearer: aftersale::Bearer::Buyer, amount: 88_00 }],
        commission_back: 4_40,
        stage: aftersale::Stage::BeforeSettle,
    };
    let document = aftersale::record_refund(tx, &document)?;
    let asking = payment::intend_refund(tx, payment, document, &[(id, 88_00)], cny(88_00))?;
    aftersale::refund_sent(tx, document)?;
    let entry = Draft::new("refund", document).about(id).debit(Account::ShopPending, order.shop.raw(), cny(83_60));
    let entry = entry.debit(Account::Commission, 0, cny(4_40));
    ledger::post(tx, entry.credit(Account::RefundTransit, asking.raw(), cny(88_00)))?;
    payment::refund_done(tx, asking, cny(88_00), "ref")?;
    aftersale::refund_done(tx, document)?;
    let entry = Draft::new("refunded", asking).about(id).debit(Account::RefundTransit, asking.raw(), cny(88_00));
    ledger::post(tx, entry.credit(Account::Channel, 1, cny(88_00)))
}

fn settle(tx: &mut Tx, id: Id<kinds::Order>) -> Result<()> {
    let order = order::order(tx, id)?;
    tx.drop_timer("order.settle", id.raw(), id.home())?;
    let net = order::settle(tx, &order)?;
    let entry = Draft::new("settle", id).about(id).debit(Account::ShopPending, order.shop.raw(), cny(net));
    let entry = entry.credit(Account::ShopAvailable, order.shop.raw(), cny(net - 10_00));
    ledger::post(tx, entry.credit(Account::ShopReserve, order.shop.raw(), cny(10_00)))?;
    let settlement = payout::Settlement {
        order: id,
        shop: order.shop,
        currency: Currency::CNY,
        gross: order.amount - order.refunded,
        commission: order.commission,
        reserve: 10_00,
        net: net - 10_00,
        settle_on: order.settle_on.unwrap_or_default(),
        zone: "UTC".to_owned(),
        settled_at: tx.now(),
        fold: None,
    };
    payout::settle(tx, &settlement)?;
    let free_at = tx.now().plus(30 * DAY);
    tx.set_timer("order.release_reserve", id.raw(), id.home(), free_at)
}
