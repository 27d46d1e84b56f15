//! Where a replay plays: the market, its clock, and the acts of the wholesaler and his customers, each under a key of
//! its own.

use super::plan::{Cancel, Sale, SaleLine};
use crate::open::{self, Opened};
use catalog::{Known, Measure, NewGoods};
use flows::{
    open_shop::ByHand,
    placing::Placed,
    quote::{Quote, QuoteLine},
    refund::RefundWish,
    ship::Shipment,
    stocking::Receipt,
    worker,
};
use futures_util::future::try_join_all;
use identity::Contact;
use kernel::{
    Actor, Clock, Currency, Cx, Error, Id, Locale, Result, SalesChannel, SetClock, SystemClock, Text, Time, Units,
    kinds, time::MINUTE,
};
use merchant::{MerchantKind, ShopForm};
use std::{
    cell::Cell,
    collections::{BTreeMap, HashMap},
    rc::Rc,
    sync::Arc,
};
use stock::Place;
use store::{Act, Read};

/// The currency of the file.
pub const CURRENCY: Currency = Currency::GBP;

/// The market of a replay.
pub struct Stage {
    /// The market and its provider.
    pub opened: Opened,
    /// Stands at the data's time.
    pub clock: Arc<SetClock>,
    /// The wholesaler's shop.
    pub shop: Id<kinds::Shop>,
    slug: String,
    skus: HashMap<Rc<str>, Id<kinds::Sku>>,
    buyers: HashMap<Rc<str>, Id<kinds::Party>>,
    known: Known,
    held: Cell<Time>,
}

/// What the market must be set to so that it trades as the wholesaler did.
const SETTINGS: [(&str, &str); 3] = [("currency", "GBP"), ("zone", "UTC"), ("settle_reserve_bp", "0")];

impl Stage {
    /// Opens the market and the wholesaler's shop in it.
    ///
    /// # Errors
    /// What the database says.
    pub fn open(db: &str, clock: Arc<SetClock>, slug: &str) -> Result<Stage> {
        let opened = open::open(db, clock.clone())?;
        let store = &opened.market.store;
        hold(store, Some(SystemClock.now()))?;
        let set = store.read(market::settings).wait()?.list();
        for (key, value) in SETTINGS {
            if set.iter().any(|(known, now)| *known == key && now == value) {
                continue;
            }
            let act = Act::new("market.change_setting", &cx(format!("setting {key}")));
            store.write(act, move |tx| market::change(tx, key, value)).wait()?;
        }
        let form = ShopForm { slug: slug.parse()?, name: Text::new(slug)?, currency: CURRENCY };
        let by_hand = ByHand { kind: MerchantKind::Enterprise, form, owner: Text::new("The wholesaler")? };
        let shop = flows::open_shop::open_by_hand(store, &cx("open the shop".into()), by_hand).wait()?.shop;
        let (slug, known) = (slug.to_owned(), Known::default());
        let held = Cell::new(SystemClock.now());
        Ok(Stage { opened, clock, shop, slug, skus: HashMap::new(), buyers: HashMap::new(), known, held })
    }

    /// The workers of servers beside may go on. The last act of a replay, sealed as the others are.
    ///
    /// # Errors
    /// What the database says.
    pub fn release(&self) -> Result<()> {
        hold(self.store(), None)?;
        worker::seal_audit(&self.opened.market).map(drop)
    }

    fn store(&self) -> &store::Store {
        &self.opened.market.store
    }

    /// An act of the replay's under its own key.
    fn keyed(&self, what: &str, number: &str) -> Cx {
        let key = format!("{} {what} {number}", self.slug);
        cx(key.clone()).with_key(key)
    }

    /// The goods of some sales, put into the catalogue where they are new.
    ///
    /// # Errors
    /// What the database says.
    pub fn goods(&mut self, sales: &[&Sale], titles: &HashMap<Rc<str>, Rc<str>>) -> Result<()> {
        let lines = sales.iter().flat_map(|sale| &sale.lines);
        let mut codes: Vec<Rc<str>> = lines.map(|line| line.code.clone()).collect();
        codes.retain(|code| !self.skus.contains_key(code));
        codes.sort();
        codes.dedup();
        for codes in codes.chunks(200) {
            let new = codes.iter().map(|code| goods(code, titles.get(code))).collect::<Result<Vec<_>>>()?;
            let cx = cx(format!("goods of {}", self.slug));
            let put = flows::list_goods::import(self.store(), &cx, self.shop, new, self.known.clone()).wait()?;
            let skus = codes.iter().cloned().zip(put.into_iter().map(|put| put.sku));
            self.skus.extend(skus);
        }
        Ok(())
    }

    /// The buyers of some sales: customers, made without a password, and a guest of his own for each other invoice.
    ///
    /// # Errors
    /// What the database says.
    pub fn buyers(&mut self, sales: &[&Sale]) -> Result<Vec<Id<kinds::Party>>> {
        let mut new: Vec<&Sale> = sales.iter().copied().filter(|sale| !sale.customer.is_empty()).collect();
        new.retain(|sale| !self.buyers.contains_key(&sale.customer));
        new.sort_by_key(|sale| sale.customer.clone());
        new.dedup_by_key(|sale| sale.customer.clone());
        let made = store::wait(try_join_all(new.iter().map(|sale| self.customer(sale))))?;
        self.buyers.extend(new.iter().map(|sale| sale.customer.clone()).zip(made));
        store::wait(try_join_all(sales.iter().map(|sale| self.buyer(sale))))
    }

    async fn customer(&self, sale: &Sale) -> Result<Id<kinds::Party>> {
        let name: Text<100> = Text::new(&format!("Customer {}", sale.customer))?;
        let external: Text<100> = Text::new(&format!("{} {}", self.slug, sale.customer))?;
        let act = Act::new("identity.import", &self.keyed("customer", &sale.customer).at(sale.at));
        let making = self
            .store()
            .write(act, move |tx| identity::person_without_password(tx, &name, Some(&external), Locale::En));
        making.await
    }

    async fn buyer(&self, sale: &Sale) -> Result<Id<kinds::Party>> {
        if let Some(known) = self.buyers.get(&sale.customer) {
            return Ok(*known);
        }
        let act = Act::new("identity.guest", &self.keyed("guest", &sale.number).at(sale.at));
        self.store().write(act, |tx| identity::guest(tx, &Contact::default(), Locale::En)).await
    }

    /// Quotations of the sales' lines, put before their buyers.
    ///
    /// # Errors
    /// What the flows say.
    pub fn quote(&self, sales: &[&Sale], buyers: &[Id<kinds::Party>]) -> Result<Vec<Id<kinds::Quotation>>> {
        let quote = async |(sale, buyer): (&&Sale, &Id<kinds::Party>)| {
            let line = |line: &SaleLine| {
                Ok(QuoteLine { sku: self.skus[&line.code], units: Units::new(line.units)?, unit_price: line.pence })
            };
            let lines = sale.lines.iter().map(line).collect::<Result<Vec<_>>>()?;
            let quote = Quote { shop: self.shop, buyer: *buyer, currency: CURRENCY, lines };
            flows::quote::offer(self.store(), &self.keyed("quote", &sale.number).at(sale.at), quote).await
        };
        store::wait(try_join_all(sales.iter().zip(buyers).map(quote)))
    }

    /// Goods come in as the sales need them: what does not lie free on the shelf. Sales that were accepted before,
    /// in a replay that was killed, have had theirs.
    ///
    /// # Errors
    /// What the database says.
    pub fn receive(&self, sales: &[&Sale], quotations: &[Id<kinds::Quotation>]) -> Result<()> {
        let Some(last) = sales.last() else {
            return Ok(());
        };
        let lines =
            |sale: &&Sale| sale.lines.iter().map(|line| (self.skus[&line.code], line.units)).collect::<Vec<_>>();
        let wanted: Vec<_> = quotations.iter().copied().zip(sales.iter().map(lines)).collect();
        let shop = self.shop;
        let short = self.store().read(move |read| short_of(read, shop, &wanted)).wait()?;
        let cx = cx(format!("receipt until {}", last.number)).at(last.at);
        for lines in short.chunks(1_000) {
            let receipt = Receipt { shop, lines: lines.to_vec() };
            flows::stocking::receive(self.store(), &cx, receipt).wait()?;
        }
        Ok(())
    }

    /// The buyers accept.
    ///
    /// # Errors
    /// What the flows say.
    pub fn accept(&self, sales: &[&Sale], quotations: &[Id<kinds::Quotation>]) -> Result<Vec<Placed>> {
        let accept = |(sale, quotation): (&&Sale, &Id<kinds::Quotation>)| {
            flows::quote::accept(self.store(), &self.keyed("accept", &sale.number).at(sale.at), *quotation)
        };
        store::wait(try_join_all(sales.iter().zip(quotations).map(accept)))
    }

    /// The buyers pay at the trial provider's cashier, and the provider tells the market.
    ///
    /// # Errors
    /// What the flows say.
    pub fn pay(&self, sales: &[&Sale], placed: &[Placed]) -> Result<()> {
        store::wait(try_join_all(sales.iter().zip(placed).map(|(sale, placed)| self.pay_one(sale, placed))))?;
        // The provider tells of what was paid until now, so now must not lie before it.
        sales.iter().for_each(|sale| self.clock.move_to(sale.at));
        while self.opened.deliver(200)? > 0 {}
        Ok(())
    }

    async fn pay_one(&self, sale: &Sale, placed: &Placed) -> Result<()> {
        let cx = self.keyed("pay", &sale.number).at(sale.at);
        match flows::pay::pay(&self.opened.market, &cx, placed.trade, "sandbox").await {
            Ok(Some(paying)) => match self.opened.sandbox.pay_at(paying.payment.to_string(), sale.at).await {
                // A replay that was killed here and started again finds it paid.
                Err(error) if error.code() == "already_paid" => Ok(()),
                other => other.map(drop),
            },
            Err(error) if error.code() == "already_paid" => Ok(()),
            other => other.map(drop),
        }
    }

    /// The wholesaler ships all of an order that is still wanted.
    ///
    /// # Errors
    /// What the flows say.
    pub async fn ship(&self, at: Time, number: &str, order: Id<kinds::Order>) -> Result<()> {
        let waybill = format!("{}-{number}", self.slug);
        let shipment = Shipment { order, lines: Vec::new(), carrier: "wholesaler".to_owned(), waybill };
        match flows::ship::ship(self.store(), &self.keyed("ship", number).at(at), shipment).await {
            // Everything went back before it went out: there is nothing to send.
            Err(error) if error.code() == "wrong_state" => Ok(()),
            other => other.map(drop),
        }
    }

    /// The wholesaler gives money back for units of an order's lines.
    ///
    /// # Errors
    /// What the flows say.
    pub async fn refund(&self, cancel: &Cancel, order: Id<kinds::Order>, lines: Vec<(i64, Units)>) -> Result<()> {
        let wish = RefundWish { order, lines, reason: "agreed".to_owned(), words: None };
        let cx = self.keyed("refund", &format!("{} {order}", cancel.number)).at(cancel.at);
        flows::refund::grant(self.store(), &cx, wish).await.map(drop)
    }

    /// Channels are asked for what they owe, and what they tell is heard, until nothing is left.
    ///
    /// # Errors
    /// What the database says.
    pub fn settle_with_channels(&self) -> Result<()> {
        while store::wait(worker::ask_outside(&self.opened.market))? + self.opened.deliver(200)? > 0 {}
        Ok(())
    }

    /// The timers that are due until an instant.
    ///
    /// # Errors
    /// What the database says.
    pub fn due(&self, until: Time) -> Result<Vec<store::Timer>> {
        self.store().read(move |read| store::due_timers(read, until, 500)).wait()
    }

    /// Runs a timer as of its due time.
    ///
    /// # Errors
    /// What the database says.
    pub async fn ring(&self, timer: &store::Timer) -> Result<()> {
        flows::timers::ring(&self.opened.market, timer, timer.due_at).await.map(drop)
    }

    /// Reactions, seals: what may run a little later than the act.
    ///
    /// # Errors
    /// What the database says.
    pub fn tidy_up(&self) -> Result<()> {
        while worker::deliver_events(&self.opened.market)? > 0 {}
        worker::seal_audit(&self.opened.market)?;
        let present = SystemClock.now();
        if present > self.held.get().plus(MINUTE) {
            hold(self.store(), Some(present))?;
            self.held.set(present);
        }
        Ok(())
    }

    /// When the next timer is due.
    ///
    /// # Errors
    /// What the database says.
    pub fn next_due(&self) -> Result<Option<Time>> {
        self.store().read(store::next_due).wait()
    }
}

/// Says on a database that others share that the past is played from this instant of the present on, or no more.
fn hold(store: &store::Store, present: Option<Time>) -> Result<()> {
    if !store.is_shared() {
        return Ok(());
    }
    let until = present.map_or(0, |present| present.plus(market::PAST_MILLIS).0).to_string();
    let cx = Cx::new(Actor::System("clock"), format!("the past is played until {until}"));
    store.write(Act::new("market.change_setting", &cx), move |tx| market::change(tx, "past_until", &until)).wait()
}

fn cx(request: String) -> Cx {
    Cx { locale: Locale::En, ..Cx::new(Actor::System("replay"), request).through(SalesChannel::Import) }
}

/// The longest name that goods may have.
const TITLE_MOST: usize = 200;

/// Goods are named by the first words that the file has for their code.
fn goods(code: &str, title: Option<&Rc<str>>) -> Result<NewGoods, Error> {
    let words: String =
        title.map(|title| title.trim()).unwrap_or_default().chars().filter(|c| !c.is_control()).collect();
    let title: String = words.trim().chars().take(TITLE_MOST).collect();
    let title = if title.is_empty() { code.to_owned() } else { title };
    Ok(NewGoods {
        key: code.to_owned(),
        lang: Locale::En,
        title,
        brand: None,
        model: None,
        description: None,
        category: vec!["Gifts".to_owned()],
        attributes: Vec::new(),
        gtins: Vec::new(),
        price: None,
        measure: Measure::default(),
    })
}

/// A quotation with the units of each SKU that it offers.
type Wanted = (Id<kinds::Quotation>, Vec<(Id<kinds::Sku>, i64)>);

/// What of the wanted units does not lie free on the shop's shelf, by SKU in order.
fn short_of(read: &mut Read, shop: Id<kinds::Shop>, wanted: &[Wanted]) -> Result<Vec<(Id<kinds::Sku>, Units)>> {
    let mut needed: BTreeMap<Id<kinds::Sku>, i64> = BTreeMap::new();
    for (quotation, lines) in wanted {
        if quotation::head(read, *quotation)?.state == quotation::State::Sent {
            lines.iter().for_each(|(sku, units)| *needed.entry(*sku).or_default() += units);
        }
    }
    let place = Place { warehouse: stock::main_of(read, shop)?.id, owner: shop };
    let mut short = Vec::new();
    for (sku, units) in needed {
        let missing = units - stock::available(read, sku, place)?;
        // A line may hold a million units at most; what is more comes in several.
        let mut left = missing;
        while left > 0 {
            let part = left.min(kernel::quantity::LINE_UNITS_MAX);
            short.push((sku, Units::new(part)?));
            left -= part;
        }
    }
    Ok(short)
}
