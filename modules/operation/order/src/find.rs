//! Reads of the room's own tables.

use crate::{Change, Charge, Line, Order, PriceRow, Recipient, Trade};
use kernel::{Cursor, Id, Money, Page, Result, error::Common, kinds};
use store::{Read, Row, args, sql};

/// A trade's head.
///
/// # Errors
/// `not_found`.
pub fn trade(read: &mut Read, id: Id<kinds::Trade>) -> Result<Trade> {
    let sql = sql!(
        "select id, buyer, currency, amount, orders, placed_at
         from order_trade
         where home = $1 and id = $2"
    );
    read.opt(sql, args![id.home(), id], trade_row)?.ok_or_else(|| Common::NotFound.into())
}

fn trade_row(row: &Row) -> Result<Trade> {
    let amount = Money::new(row.get(3)?, row.get(2)?);
    Ok(Trade { id: row.get(0)?, buyer: row.get(1)?, amount, orders: row.get(4)?, placed_at: row.get(5)? })
}

/// An order's head.
///
/// # Errors
/// `not_found`.
pub fn order(read: &mut Read, id: Id<kinds::Order>) -> Result<Order> {
    let sql = sql!(
        "select id, trade, buyer, shop, state, currency, goods, charges, tax, amount, refunded, commission, units,
           shipped, cancelled, version, placed_at, close_at, paid_at, shipped_at, confirm_at, extended, completed_at,
           settle_on, settled_at, closed_at
         from order_order
         where home = $1 and id = $2"
    );
    read.opt(sql, args![id.home(), id], order_row)?.ok_or_else(|| Common::NotFound.into())
}

/// The orders of a trade, in the order they were placed.
///
/// # Errors
/// What the engine says.
pub fn orders_of_trade(read: &mut Read, trade: Id<kinds::Trade>) -> Result<Vec<Order>> {
    let sql = sql!(
        "select id, trade, buyer, shop, state, currency, goods, charges, tax, amount, refunded, commission, units,
           shipped, cancelled, version, placed_at, close_at, paid_at, shipped_at, confirm_at, extended, completed_at,
           settle_on, settled_at, closed_at
         from order_order
         where home = $1 and trade = $2
         order by id"
    );
    read.all(sql, args![trade.home(), trade], order_row)
}

/// A buyer's orders, newest first.
///
/// # Errors
/// What the engine says.
pub fn orders_of_buyer(
    read: &mut Read,
    buyer: Id<kinds::Party>,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Page<Order>> {
    let before = after.map_or(i64::MAX, |cursor| cursor.id);
    let sql = sql!(
        "select id, trade, buyer, shop, state, currency, goods, charges, tax, amount, refunded, commission, units,
           shipped, cancelled, version, placed_at, close_at, paid_at, shipped_at, confirm_at, extended, completed_at,
           settle_on, settled_at, closed_at
         from order_order
         where home = $1 and buyer = $2 and id < $3
         order by id desc
         limit $4"
    );
    let rows = read.all(sql, args![buyer.home(), buyer, before, limit + 1], order_row)?;
    Ok(Page::of(rows, limit, |order| Cursor { sort: order.id.raw(), id: order.id.raw() }))
}

fn order_row(row: &Row) -> Result<Order> {
    Ok(Order {
        id: row.get(0)?,
        trade: row.get(1)?,
        buyer: row.get(2)?,
        shop: row.get(3)?,
        state: row.get(4)?,
        currency: row.get(5)?,
        goods: row.get(6)?,
        charges: row.get(7)?,
        tax: row.get(8)?,
        amount: row.get(9)?,
        refunded: row.get(10)?,
        commission: row.get(11)?,
        units: row.get(12)?,
        shipped: row.get(13)?,
        cancelled: row.get(14)?,
        version: row.get(15)?,
        placed_at: row.get(16)?,
        close_at: row.get(17)?,
        paid_at: row.get(18)?,
        shipped_at: row.get(19)?,
        confirm_at: row.get(20)?,
        extended: row.get(21)?,
        completed_at: row.get(22)?,
        settle_on: row.get(23)?,
        settled_at: row.get(24)?,
        closed_at: row.get(25)?,
    })
}

/// The lines of an order.
///
/// # Errors
/// What the engine says.
pub fn lines(read: &mut Read, order: Id<kinds::Order>) -> Result<Vec<Line>> {
    let sql = sql!(
        "select n, listing, sku, warehouse, title, units, price_per, price, gross, cash, tax, commission_bp, shipped,
           cancelled, returned, allowed, refunded
         from order_line
         where home = $1 and ord = $2
         order by n"
    );
    read.all(sql, args![order.home(), order], line_row)
}

pub(crate) fn line(read: &mut Read, order: Id<kinds::Order>, n: i64) -> Result<Option<Line>> {
    let sql = sql!(
        "select n, listing, sku, warehouse, title, units, price_per, price, gross, cash, tax, commission_bp, shipped,
           cancelled, returned, allowed, refunded
         from order_line
         where home = $1 and ord = $2 and n = $3"
    );
    read.opt(sql, args![order.home(), order, n], line_row)
}

fn line_row(row: &Row) -> Result<Line> {
    Ok(Line {
        n: row.get(0)?,
        listing: row.get(1)?,
        sku: row.get(2)?,
        warehouse: row.get(3)?,
        title: row.get(4)?,
        units: row.get(5)?,
        price_per: row.get(6)?,
        price: row.get(7)?,
        gross: row.get(8)?,
        cash: row.get(9)?,
        tax: row.get(10)?,
        commission: row.get(11)?,
        shipped: row.get(12)?,
        cancelled: row.get(13)?,
        returned: row.get(14)?,
        allowed: row.get(15)?,
        refunded: row.get(16)?,
    })
}

/// The charges of an order.
///
/// # Errors
/// What the engine says.
pub fn charges(read: &mut Read, order: Id<kinds::Order>) -> Result<Vec<Charge>> {
    let sql = sql!(
        "select n, kind, amount, tax, commission_bp, refunded
         from order_charge
         where home = $1 and ord = $2
         order by n"
    );
    read.all(sql, args![order.home(), order], |row| {
        let (amount, tax, commission, refunded) = (row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?);
        Ok(Charge { n: row.get(0)?, kind: row.get(1)?, amount, tax, commission, refunded })
    })
}

/// How the prices of an order came about: line number and step.
///
/// # Errors
/// What the engine says.
pub fn price_ledger(read: &mut Read, order: Id<kinds::Order>) -> Result<Vec<(i64, PriceRow)>> {
    let sql = sql!(
        "select line, stage, offer, offer_version, amount, borne_by
         from order_price
         where home = $1 and ord = $2
         order by line, n"
    );
    read.all(sql, args![order.home(), order], |row| {
        let (stage, offer, offer_version) = (row.get(1)?, row.get(2)?, row.get(3)?);
        Ok((row.get(0)?, PriceRow { stage, offer, offer_version, amount: row.get(4)?, borne_by: row.get(5)? }))
    })
}

/// Where an order goes; none where nothing is sent. Personal.
///
/// # Errors
/// What the engine says.
pub fn recipient(read: &mut Read, order: Id<kinds::Order>) -> Result<Option<Recipient>> {
    let sql = sql!(
        "select name, phone, country, region, postal, lines, note
         from order_recipient
         where home = $1 and ord = $2"
    );
    read.opt(sql, args![order.home(), order], |row| {
        let (name, phone, country, region) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        Ok(Recipient { name, phone, country, region, postal: row.get(4)?, lines: row.get(5)?, note: row.get(6)? })
    })
}

/// Everything that happened to an order, oldest first.
///
/// # Errors
/// What the engine says.
pub fn changes(read: &mut Read, order: Id<kinds::Order>) -> Result<Vec<Change>> {
    let sql = sql!(
        "select n, what, was, became, actor, actor_id, at, why
         from order_change
         where home = $1 and ord = $2
         order by n"
    );
    read.all(sql, args![order.home(), order], |row| {
        let (n, what, was, became) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        Ok(Change {
            n,
            what,
            was,
            became,
            actor: row.get(4)?,
            actor_id: row.get(5)?,
            at: row.get(6)?,
            why: row.get(7)?,
        })
    })
}
