//! The play: everybody's deeds in the order of their times. What is done at the same minute is done side by side.

use super::{
    people::{Buyer, People, Shop},
    plan::{Course, Deed, Fate, SCANS, What, courses},
    shelves::Written,
    stage::{Person, Stage},
    stalls::Folk,
};
use flows::{
    checkout::{Checkout, Placed, Reach, Wanted},
    quote::{Quote, QuoteLine},
    refund::{RefundWish, Ruling},
    ship::Shipment,
};
use futures_util::future::try_join_all;
use kernel::{Actor, Currency, Id, Locale, Result, Text, Time, Units, kinds, time::MINUTE};
use order::Recipient;
use std::collections::BTreeMap;

/// Stock that lies there in such numbers is ordered from.
const PLENTY: i64 = 40;
/// The fates of which the second order is a guest's.
const OF_GUESTS: [Fate; 3] = [Fate::Settled, Fate::OnItsWay(3), Fate::ToShip];

/// An order under way.
struct Live {
    /// In the list of buyers; none: a guest.
    buyer: Option<usize>,
    /// Whose first line it is.
    shop: usize,
    lines: Vec<Line>,
    note: String,
    got: Got,
}

#[derive(Clone, Copy)]
struct Line {
    sku: Id<kinds::Sku>,
    units: i64,
    /// In fen.
    price: i64,
}

/// What its deeds have led to.
#[derive(Clone, Default)]
struct Got {
    placed: Option<Placed>,
    parcels: Vec<(Id<kinds::Parcel>, Time)>,
    case: Option<Id<kinds::Case>>,
    quotation: Option<Id<kinds::Quotation>>,
}

/// The whole play.
pub(super) struct Play<'a> {
    stage: &'a Stage<'a>,
    people: &'a People,
    shops: &'a [Shop],
    folk: &'a Folk,
    live: Vec<Live>,
    /// What is still to be done, by its time.
    deeds: BTreeMap<Time, Vec<(usize, Deed)>>,
}

impl<'a> Play<'a> {
    /// Everybody knows what he will do.
    pub(super) fn new(
        stage: &'a Stage<'a>,
        people: &'a People,
        shops: &'a [Shop],
        folk: &'a Folk,
        goods: &[Written],
    ) -> Result<Play<'a>> {
        let mut play = Play { stage, people, shops, folk, live: Vec::new(), deeds: BTreeMap::new() };
        let mut seen: Vec<Fate> = Vec::new();
        for Course { fate, is_first, deeds } in courses(stage)? {
            seen.push(fate);
            let is_second = seen.iter().filter(|known| **known == fate).count() == 2;
            let live = play.cast(fate, is_first, is_second && OF_GUESTS.contains(&fate), goods);
            let number = play.live.len();
            for (at, deed) in deeds {
                play.deeds.entry(at).or_default().push((number, deed));
            }
            play.live.push(live);
        }
        Ok(play)
    }

    /// Who buys what, by chance; the first of each fate is the first buyer's, so that whoever logs in as him sees all.
    fn cast(&self, fate: Fate, is_first: bool, is_guest: bool, goods: &[Written]) -> Live {
        let chance = &mut *self.stage.chance.borrow_mut();
        let buyer = match () {
            () if is_guest => None,
            () if is_first => Some(0),
            () => Some(1 + chance.below(self.people.buyers.len() - 1)),
        };
        let shop = chance.below(self.shops.len());
        let count = if fate.needs_lines() { 2 } else { 1 + chance.below(3) };
        let mut lines: Vec<Line> = Vec::new();
        while lines.len() < count {
            let second_shop = fate.may_be_two_shops() && lines.len() == 1 && chance.below(4) == 0;
            let from = if second_shop { chance.below(self.shops.len()) } else { shop };
            let on_sale: Vec<_> = goods.iter().filter(|goods| goods.shop == from && goods.at < 9).collect();
            let picked = on_sale[chance.below(on_sale.len())];
            let ware = picked.wares[chance.below(picked.wares.len())];
            if ware.stock >= PLENTY && lines.iter().all(|line| line.sku != ware.sku) {
                lines.push(Line { sku: ware.sku, units: fate.units(chance), price: ware.price });
            }
        }
        if fate == Fate::Agreed || fate == Fate::GivenBackLate {
            lines[0].units = 2;
        }
        let note = self.folk.notes[chance.below(self.folk.notes.len())].clone();
        Live { buyer, shop, lines, note, got: Got::default() }
    }

    /// How many orders there are.
    pub(super) fn orders(&self) -> usize {
        self.live.iter().filter_map(|live| live.got.placed.as_ref()).map(|placed| placed.orders.len()).sum()
    }

    /// Goes on to an instant.
    pub(super) fn go_on_to(&mut self, until: Time) -> Result<()> {
        while let Some((at, _)) = self.deeds.first_key_value().filter(|(at, _)| **at <= until) {
            let at = *at;
            let deeds = self.deeds.remove(&at).unwrap_or_default();
            self.stage.pass(at)?;
            let doing = deeds.iter().map(|(number, deed)| self.act(&self.live[*number], *number, *deed));
            let got = store::wait(try_join_all(doing))?;
            for ((number, _), got) in deeds.into_iter().zip(got) {
                self.live[number].got = got;
            }
        }
        self.stage.pass(until)?;
        self.stage.settle_down()
    }

    async fn act(&self, live: &Live, number: usize, deed: Deed) -> Result<Got> {
        let mut got = live.got.clone();
        match deed {
            Deed::Place => got.placed = Some(self.place(live).await?),
            Deed::OpenCashier | Deed::Pay => self.pay(live, deed == Deed::Pay).await?,
            Deed::Cancel => self.cancel(live).await?,
            Deed::Ship | Deed::ShipPart => got.parcels.extend(self.ship(live, number, deed == Deed::ShipPart).await?),
            Deed::Scan(count) => self.scan(live, count).await?,
            Deed::Confirm => self.confirm(live).await?,
            Deed::AskBack(what, reason) => got.case = self.ask_back(live, what, reason).await?,
            Deed::Agree | Deed::Refuse | Deed::Rule(_) | Deed::Withdraw => self.decide(live, deed).await?,
            Deed::GiveBack => self.give_back(live).await?,
            Deed::Draft => got.quotation = Some(self.draft(live).await?),
            Deed::Accept => got.placed = self.accept(live).await?,
            Deed::Send | Deed::Decline | Deed::TakeBack => self.answer(live, deed).await?,
        }
        Ok(got)
    }

    fn buyer(&self, live: &Live) -> Option<&Buyer> {
        self.people.buyers.get(live.buyer?)
    }

    /// Who acts for the buyer: himself, or the guest who came by his link.
    fn buys(&self, live: &Live) -> kernel::Cx {
        match (self.buyer(live), &live.got.placed) {
            (Some(buyer), _) => self.stage.cx(&buyer.person),
            (None, Some(placed)) => self.stage.cx_as(Actor::Guest(placed.buyer), Locale::Zh),
            (None, None) => self.stage.cx_as(Actor::Anyone, Locale::Zh),
        }
    }

    fn owner(&self, live: &Live) -> &Person {
        &self.shops[live.shop].owner
    }

    async fn place(&self, live: &Live) -> Result<Placed> {
        let lines = live.lines.iter().map(|line| Ok(Wanted { sku: line.sku, units: Units::new(line.units)? }));
        let guest = || Recipient {
            name: "访客".to_owned(),
            phone: "+86 100 0000 9999".to_owned(),
            country: "CN".to_owned(),
            region: "CN-ZJ".to_owned(),
            postal: "310000".to_owned(),
            lines: "杭州市 西湖区 听雨巷 88 号".to_owned(),
            note: String::new(),
        };
        let buyer = self.buyer(live);
        let reach =
            Reach { name: Some(Text::new("访客")?), email: Some("guest@demo.example".to_owned()), phone: None };
        let wish = Checkout {
            lines: lines.collect::<Result<_>>()?,
            address: buyer.map(|buyer| buyer.address),
            recipient: buyer.is_none().then(guest),
            note: live.note.clone(),
            seen: None,
            contact: buyer.is_none().then_some(reach),
        };
        flows::checkout::checkout(self.stage.store(), &self.buys(live), wish).await
    }

    async fn pay(&self, live: &Live, to_the_end: bool) -> Result<()> {
        let Some(placed) = &live.got.placed else { return Ok(()) };
        let opened = self.stage.opened;
        let paying = flows::pay::pay(&opened.market, &self.buys(live), placed.trade, "sandbox").await?;
        if let Some(paying) = paying.filter(|_| to_the_end) {
            opened.sandbox.pay(paying.payment.to_string()).await?;
        }
        Ok(())
    }

    async fn cancel(&self, live: &Live) -> Result<()> {
        let Some(placed) = &live.got.placed else { return Ok(()) };
        flows::close_unpaid::cancel(self.stage.store(), &self.buys(live), placed.trade).await
    }

    /// Each shop of the trade ships.
    async fn ship(&self, live: &Live, number: usize, first_line: bool) -> Result<Vec<(Id<kinds::Parcel>, Time)>> {
        let mut parcels = Vec::new();
        let orders = live.got.placed.iter().flat_map(|placed| &placed.orders).copied();
        for (order, n) in orders.zip(1..) {
            let found = self.stage.store().read(move |read| order::order(read, order)).await?;
            let Some(shop) = self.shops.iter().find(|shop| shop.id == found.shop) else { continue };
            let lines = if first_line { vec![(1, Units::new(live.lines[0].units)?)] } else { Vec::new() };
            let waybill = format!("DEMO{number:04}{n}{}", live.got.parcels.len());
            let shipment = Shipment { order, lines, carrier: ["sf", "yto", "zto"][number % 3].to_owned(), waybill };
            let parcel = flows::ship::ship(self.stage.store(), &self.stage.cx(&shop.staff), shipment).await?;
            parcels.push((parcel, kernel::Clock::now(self.stage.clock)));
        }
        Ok(parcels)
    }

    /// What the carrier saw, told now, each scan by the carrier's clock.
    async fn scan(&self, live: &Live, count: usize) -> Result<()> {
        let city = self.buyer(live).map(|buyer| &buyer.city);
        let scanned = async |parcel: Id<kinds::Parcel>, handed: Time, (state, minutes): (delivery::State, i64)| {
            let carrier_at = handed.plus(minutes * MINUTE);
            let source_key = Text::new(&format!("{parcel} {state:?}"))?;
            // The first stations are where the shop is, and no town is said of them.
            let place = city.cloned().filter(|_| minutes > 24 * 60);
            let scan = delivery::Scan { state, carrier_at, place, source_key };
            let cx = self.stage.system("carrier").at(carrier_at);
            flows::ship::scanned(self.stage.store(), &cx, parcel, scan).await
        };
        let parcels = live.got.parcels.iter();
        let scans = parcels.flat_map(|(parcel, handed)| SCANS.iter().take(count).map(|scan| (*parcel, *handed, *scan)));
        try_join_all(scans.map(|(parcel, handed, scan)| scanned(parcel, handed, scan))).await.map(drop)
    }

    async fn confirm(&self, live: &Live) -> Result<()> {
        for order in live.got.placed.iter().flat_map(|placed| &placed.orders) {
            flows::confirm::confirm(self.stage.store(), &self.buys(live), *order).await?;
        }
        Ok(())
    }

    fn wish(live: &Live, what: What, reason: &str, words: Option<&str>) -> Result<Option<RefundWish>> {
        let Some(order) = live.got.placed.as_ref().and_then(|placed| placed.orders.first()) else { return Ok(None) };
        let lines = match what {
            What::Whole => Vec::new(),
            What::SecondLine => vec![(2, Units::new(live.lines[1].units)?)],
            What::OneUnit => vec![(1, Units::new(1)?)],
        };
        let words = words.map(Text::new).transpose()?;
        Ok(Some(RefundWish { order: *order, lines, reason: reason.to_owned(), words }))
    }

    async fn ask_back(&self, live: &Live, what: What, reason: &str) -> Result<Option<Id<kinds::Case>>> {
        let words = match reason {
            "damaged" => Some("拆开时一角已经裂了,照片在箱子上。"),
            "not_as_described" => Some("颜色和图片差得比较多,想退款。"),
            "missing_part" => Some("说是两件,只收到一件。"),
            "not_received" => Some("单号一直没有物流信息。"),
            "wrong_goods" => Some("发错了规格。"),
            _ => None,
        };
        let Some(wish) = Self::wish(live, what, reason, words)? else { return Ok(None) };
        Ok(Some(flows::refund::ask(self.stage.store(), &self.buys(live), wish).await?.case))
    }

    async fn give_back(&self, live: &Live) -> Result<()> {
        let Some(wish) = Self::wish(live, What::OneUnit, "agreed", Some("用了几周出现开线,退一件的钱。"))?
        else {
            return Ok(());
        };
        flows::refund::grant(self.stage.store(), &self.stage.cx(self.owner(live)), wish).await.map(drop)
    }

    async fn decide(&self, live: &Live, deed: Deed) -> Result<()> {
        let (Some(case), store) = (live.got.case, self.stage.store()) else { return Ok(()) };
        let staff = &self.shops[live.shop].staff;
        match deed {
            Deed::Agree => flows::refund::agree(store, &self.stage.cx(staff), case).await.map(drop),
            Deed::Refuse => flows::refund::refuse(store, &self.stage.cx(staff), case).await,
            Deed::Rule(granted) => {
                let words =
                    if granted { "照片清楚,支持买家。" } else { "证据不足,维持卖家的决定。" };
                let ruling = Ruling { case, granted, lines: Vec::new(), words: Some(Text::new(words)?) };
                flows::refund::rule(store, &self.stage.cx(&self.people.operator), ruling).await
            }
            _ => flows::refund::withdraw(store, &self.buys(live), case).await,
        }
    }

    /// Many units, a tenth below the price on the shelf.
    async fn draft(&self, live: &Live) -> Result<Id<kinds::Quotation>> {
        let line = |line: &Line| {
            let unit_price = line.price * 9 / 10;
            Ok(QuoteLine { sku: line.sku, units: Units::new(line.units)?, unit_price })
        };
        let quote = Quote {
            shop: self.shops[live.shop].id,
            buyer: self.people.buyers[live.buyer.unwrap_or(0)].person.id,
            currency: Currency::CNY,
            lines: live.lines.iter().map(line).collect::<Result<_>>()?,
        };
        flows::quote::draft(self.stage.store(), &self.stage.cx(&self.shops[live.shop].staff), quote).await
    }

    async fn accept(&self, live: &Live) -> Result<Option<Placed>> {
        let Some(quotation) = live.got.quotation else { return Ok(None) };
        flows::quote::accept(self.stage.store(), &self.buys(live), quotation).await.map(Some)
    }

    async fn answer(&self, live: &Live, deed: Deed) -> Result<()> {
        let (Some(quotation), store) = (live.got.quotation, self.stage.store()) else { return Ok(()) };
        let staff = self.stage.cx(&self.shops[live.shop].staff);
        match deed {
            Deed::Send => flows::quote::send(store, &staff, quotation).await,
            Deed::Decline => flows::quote::decline(store, &self.buys(live), quotation).await,
            _ => flows::quote::withdraw(store, &staff, quotation).await,
        }
    }
}
