//! What checkout and an accepted quotation share: from priced goods to a trade whose stock is held.

use crate::timers;
use catalog::{Offer, Tracking};
use kernel::{BasisPoints, Currency, Id, Money, Result, Time, Units, kinds, time::MINUTE};
use market::Settings;
use order::{ChargeKind, NewCharge, NewLine, NewOrder, NewTrade, Recipient};
use pricing::{Basis, Limits, PricedLine, PricedShop};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use stock::{Demand, Place, total_per_sku};
use store::Tx;

/// A trade as placed.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Placed {
    /// The trade.
    pub trade: Id<kinds::Trade>,
    /// Its orders, one per shop.
    pub orders: Vec<Id<kinds::Order>>,
    /// Who buys: a new party where a guest ordered.
    pub buyer: Id<kinds::Party>,
    /// What is to be paid.
    pub amount: Money,
}

/// What shall be bought of an offer, at which unit price.
pub(crate) struct Goods {
    pub offer: Offer,
    pub units: Units,
    pub price: Money,
}

/// Everything about a trade but its goods.
pub(crate) struct Terms {
    pub buyer: Id<kinds::Party>,
    pub quotation: Option<Id<kinds::Quotation>>,
    pub currency: Currency,
    pub recipient: Option<Recipient>,
    pub basis: Basis,
    /// The total that the buyer was shown.
    pub seen: Option<Money>,
}

/// Prices the goods, places the trade, holds its stock and sets its timer. All or nothing.
pub(crate) fn place(tx: &mut Tx, settings: &Settings, goods: &[Goods], terms: Terms) -> Result<Placed> {
    let priced = price(tx, settings, goods, &terms)?;
    let amount = match terms.seen {
        Some(seen) => pricing::submitted(seen, priced.totals.pay)?,
        None => priced.totals.pay,
    };
    let places = places(tx, goods)?;
    let close_at = tx.now().plus(settings.close_unpaid_minutes * MINUTE);
    let new = write_up(goods, &priced, &places, &terms, close_at);
    let (trade, orders) = order::place(tx, &new)?;
    hold(tx, &new, &orders, close_at)?;
    tx.set_timer(timers::CLOSE_UNPAID, trade.raw(), trade.home(), close_at)?;
    Ok(Placed { trade, orders, buyer: terms.buyer, amount })
}

fn price(tx: &mut Tx, settings: &Settings, goods: &[Goods], terms: &Terms) -> Result<pricing::Priced> {
    let goods: Vec<_> = goods.iter().map(for_sale).collect();
    let most = match terms.basis {
        Basis::Regular => settings.cart_lines_max,
        Basis::Agreed => settings.quotation_lines_max,
    };
    let limits = Limits { lines: most, line_units: settings.line_units_max, total_minor: settings.total_max };
    let sale = pricing::Sale {
        currency: terms.currency,
        storefront: tx.cx().storefront,
        channel: tx.cx().channel,
        basis: terms.basis,
        limits,
        commission: settings.commission_bp,
    };
    pricing::sell(&goods, &sale, |shop| {
        let freight = delivery::freight(tx, shop)?;
        Ok(freight.map(|freight| pricing::FreightRule { fee: freight.fee, free_over: freight.free_over }))
    })
}

fn for_sale(goods: &Goods) -> pricing::Goods {
    let offer = &goods.offer;
    pricing::Goods {
        shop: offer.shop,
        sku: offer.sku,
        quantity: goods.units,
        unit_price: goods.price,
        price_per: offer.price_per,
        commission: offer.commission,
    }
}

fn shops(goods: &[Goods]) -> Vec<Id<kinds::Shop>> {
    let mut shops: Vec<_> = goods.iter().map(|goods| goods.offer.shop).collect();
    shops.sort();
    shops.dedup();
    shops
}

/// Where each shop's goods are taken from.
fn places(tx: &mut Tx, goods: &[Goods]) -> Result<BTreeMap<Id<kinds::Shop>, Place>> {
    let place = |shop| Ok((shop, Place { warehouse: stock::main_of(tx, shop)?.id, owner: shop }));
    shops(goods).into_iter().map(place).collect()
}

fn write_up(
    goods: &[Goods],
    priced: &pricing::Priced,
    places: &BTreeMap<Id<kinds::Shop>, Place>,
    terms: &Terms,
    close_at: Time,
) -> NewTrade {
    let order = |shop: &PricedShop| {
        // Within an order the lines stand as they were given, not as pricing sorts them.
        let mut lines: Vec<_> = priced.lines_of(shop.shop).iter().collect();
        lines.sort_by_key(|line| line.position);
        let place = places[&shop.shop];
        NewOrder {
            shop: shop.shop,
            shop_currency: terms.currency,
            rate_ppb: ONE_TO_ONE,
            lines: lines.into_iter().map(|line| new_line(line, &goods[line.position as usize], place)).collect(),
            charges: shop.charges.iter().map(new_charge).collect(),
            recipient: terms.recipient.clone(),
        }
    };
    NewTrade {
        buyer: terms.buyer,
        quotation: terms.quotation,
        currency: terms.currency,
        close_at,
        orders: priced.shops.iter().map(order).collect(),
    }
}

/// Where goods come from of which no stock is kept.
const NO_SHELF: Id<kinds::Warehouse> = Id::from_raw(0);

/// The locked rate where shop and buyer share a currency: parts per billion.
const ONE_TO_ONE: i64 = 1_000_000_000;

fn new_line(line: &PricedLine, goods: &Goods, place: Place) -> NewLine {
    let price = &line.price;
    NewLine {
        listing: goods.offer.listing,
        sku: line.sku,
        // What is made to order or needs no stock comes from no shelf, so nothing of it is held.
        warehouse: if goods.offer.tracking == Tracking::Tracked { place.warehouse } else { NO_SHELF },
        title: goods.offer.title.clone(),
        units: line.quantity,
        price_per: line.per.units(),
        price: line.unit_price.minor,
        cash: price.cash.minor,
        tax: tax(&price.tax),
        commission: line.commission,
        price_rows: price.ledger.iter().map(price_row).collect(),
    }
}

fn price_row(row: &pricing::Row) -> order::PriceRow {
    let (offer, offer_version) = row.offer.map_or((0, 0), |offer| (offer.id.raw(), offer.version));
    let borne_by = row.borne_by.map_or("", pricing::Bearer::word);
    let (stage, amount) = (row.stage.word().to_owned(), row.amount.minor);
    order::PriceRow { stage, offer, offer_version, amount, borne_by: borne_by.to_owned() }
}

fn new_charge(charge: &pricing::Charge) -> NewCharge {
    let commission = if charge.commissionable { charge.commission } else { BasisPoints::ZERO };
    let kind = match charge.kind {
        pricing::ChargeKind::Freight => ChargeKind::Freight,
    };
    NewCharge { kind, amount: charge.price.cash.minor, tax: tax(&charge.price.tax), commission }
}

fn tax(tax: &pricing::Tax) -> order::Tax {
    let (amount, rate_bp) = (tax.part.minor, tax.rate.get());
    order::Tax { amount, code: tax.code.clone().into_owned(), rate_bp, included: tax.included }
}

/// Holds the stock of every order: demand of one SKU summed first, all orders' demands in one order of locks.
fn hold(tx: &mut Tx, new: &NewTrade, orders: &[Id<kinds::Order>], until: Time) -> Result<()> {
    let mut demands: Vec<(Id<kinds::Order>, Demand)> = Vec::new();
    for (order, new) in orders.iter().zip(&new.orders) {
        let lines = new
            .lines
            .iter()
            .filter(|line| line.warehouse != NO_SHELF)
            .map(|line| (line.sku, Place { warehouse: line.warehouse, owner: new.shop }, line.units.get()));
        for (sku, place, units) in total_per_sku(lines) {
            demands.push((*order, Demand { sku, place, units: Units::new(units)? }));
        }
    }
    demands.sort_by_key(|(_, demand)| (demand.sku.home(), demand.sku));
    stock::reserve(tx, &demands, Some(until))
}

/// What an order holds on the shelves, less what has gone out or gone back: (SKU, place, units) in order of locks.
pub(crate) fn demands_of(shop: Id<kinds::Shop>, lines: &[(&order::Line, i64)]) -> Result<Vec<Demand>> {
    let wanted = lines
        .iter()
        .filter(|(line, units)| *units > 0 && line.warehouse != NO_SHELF)
        .map(|(line, units)| (line.sku, Place { warehouse: line.warehouse, owner: shop }, *units));
    let totals = total_per_sku(wanted).into_iter();
    totals.map(|(sku, place, units)| Ok(Demand { sku, place, units: Units::new(units)? })).collect()
}

/// Gives everything that these orders still hold back to the shelves, in one order of locks.
pub(crate) fn give_back_stock(tx: &mut Tx, orders: &[order::Order]) -> Result<()> {
    let mut held: Vec<(Id<kinds::Order>, Demand)> = Vec::new();
    for order in orders {
        let lines = order::lines(tx, order.id)?;
        let open: Vec<_> = lines.iter().map(|line| (line, line.units - line.shipped - line.cancelled)).collect();
        held.extend(demands_of(order.shop, &open)?.into_iter().map(|demand| (order.id, demand)));
    }
    held.sort_by_key(|(_, demand)| (demand.sku.home(), demand.sku));
    for (order, demand) in held {
        stock::release(tx, order, &[demand])?;
    }
    Ok(())
}
