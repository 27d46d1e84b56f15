//! What is done with carts. Every verb begins with the cart's own row, so two changes of one cart never overlap.

use crate::Refusal;
use kernel::{Id, Money, Result, Time, Units, error::Common, kinds};
use serde::Serialize;
use store::{Read, Tx, args, sql};

/// How large a cart may get; the market's settings, handed in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// The most lines in the cart.
    pub lines_max: i64,
    /// The most lines saved for later.
    pub saved_max: i64,
    /// The most units on a line.
    pub units_max: i64,
}

/// What is put into a cart.
#[derive(Clone, Copy, Debug)]
pub struct Put {
    /// What is wanted.
    pub sku: Id<kinds::Sku>,
    /// Of which listing.
    pub listing: Id<kinds::Listing>,
    /// Of which shop.
    pub shop: Id<kinds::Shop>,
    /// How many in all, not how many more.
    pub units: Units,
    /// The price that the buyer was shown.
    pub seen_price: Money,
}

/// A line of a cart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// What is wanted.
    pub sku: Id<kinds::Sku>,
    /// Of which listing.
    pub listing: Id<kinds::Listing>,
    /// Of which shop.
    pub shop: Id<kinds::Shop>,
    /// How many.
    pub units: Units,
    /// The price when it was put.
    pub seen_price: Money,
    /// When it was last put.
    pub added_at: Time,
    /// Kept for later, not to be bought now.
    pub saved: bool,
}

/// Sets the quantity of a SKU in the cart; what was saved for later comes back.
///
/// # Errors
/// `too_large` units, `too_many` lines.
pub fn put(tx: &mut Tx, buyer: Id<kinds::Party>, put: Put, limits: Limits) -> Result<()> {
    if put.units.get() > limits.units_max {
        return Err(Common::TooLarge { most: limits.units_max }.into());
    }
    open(tx, buyer)?;
    let was_saved = saved_of(tx, buyer, put.sku)?;
    let added_at = tx.now();
    let line = Line {
        sku: put.sku,
        listing: put.listing,
        shop: put.shop,
        units: put.units,
        seen_price: put.seen_price,
        added_at,
        saved: false,
    };
    write(tx, buyer, &line)?;
    match was_saved {
        Some(false) => Ok(()),
        Some(true) => count(tx, buyer, 1, -1, limits),
        None => count(tx, buyer, 1, 0, limits),
    }
}

/// Takes a SKU out, wherever in the cart it is.
///
/// # Errors
/// `not_in_cart`.
pub fn remove(tx: &mut Tx, buyer: Id<kinds::Party>, sku: Id<kinds::Sku>) -> Result<()> {
    if !enter(tx, buyer)? {
        return Err(Refusal::NotInCart.into());
    }
    let sql = sql!(
        "delete from cart_line
         where home = $1 and buyer = $2 and sku = $3
         returning saved"
    );
    let was_saved: Option<bool> = tx.opt(sql, args![buyer.home(), buyer, sku], |row| row.get(0))?;
    let was_saved = was_saved.ok_or(Refusal::NotInCart)?;
    shrink(tx, buyer, i64::from(!was_saved), i64::from(was_saved))
}

/// Keeps a SKU for later, out of what is bought.
///
/// # Errors
/// `not_in_cart`, `too_many` saved.
pub fn save_for_later(tx: &mut Tx, buyer: Id<kinds::Party>, sku: Id<kinds::Sku>, limits: Limits) -> Result<()> {
    let sql = sql!(
        "update cart_line
         set saved = 1
         where home = $1 and buyer = $2 and sku = $3 and saved = 0"
    );
    if !enter(tx, buyer)? || tx.exec(sql, args![buyer.home(), buyer, sku])? == 0 {
        return Err(Refusal::NotInCart.into());
    }
    count(tx, buyer, -1, 1, limits)
}

/// Takes out what was bought; what is not in the cart, or is saved for later, stays as it is.
///
/// # Errors
/// What the engine says.
pub fn clear_bought(tx: &mut Tx, buyer: Id<kinds::Party>, skus: &[Id<kinds::Sku>]) -> Result<()> {
    // Who buys without a cart pays one statement.
    if !enter(tx, buyer)? {
        return Ok(());
    }
    let sql = sql!("delete from cart_line where home = $1 and buyer = $2 and sku = $3 and saved = 0");
    let mut gone = 0;
    for sku in skus {
        gone += tx.exec(sql, args![buyer.home(), buyer, sku])? as i64;
    }
    shrink(tx, buyer, gone, 0)
}

/// All lines of a cart in the order they were put, the saved ones too; the limits keep them few.
///
/// # Errors
/// What the engine says.
pub fn lines(read: &mut Read, buyer: Id<kinds::Party>) -> Result<Vec<Line>> {
    let sql = sql!(
        "select sku, listing, shop, units, seen_price_minor, currency, added_at, saved
         from cart_line
         where home = $1 and buyer = $2
         order by added_at, sku"
    );
    read.all(sql, args![buyer.home(), buyer], |row| {
        Ok(Line {
            sku: row.get(0)?,
            listing: row.get(1)?,
            shop: row.get(2)?,
            units: row.get(3)?,
            seen_price: Money::new(row.get(4)?, row.get(5)?),
            added_at: row.get(6)?,
            saved: row.get(7)?,
        })
    })
}

/// How many lines stand in a cart, those saved for later left out.
///
/// # Errors
/// What the engine says.
pub fn size(read: &mut Read, buyer: Id<kinds::Party>) -> Result<i64> {
    let sql = sql!(
        "select lines
         from cart_cart
         where home = $1 and buyer = $2"
    );
    Ok(read.opt(sql, args![buyer.home(), buyer], |row| row.get(0))?.unwrap_or_default())
}

/// Opens a buyer's cart, or enters the one he has.
pub(crate) fn open(tx: &mut Tx, buyer: Id<kinds::Party>) -> Result<()> {
    let sql = sql!(
        "insert into cart_cart (home, buyer, lines, saved, channel, storefront, version, changed_at)
         values ($1, $2, 0, 0, $3, $4, 1, $5)
         on conflict (buyer, home) do update
         set channel = excluded.channel, storefront = excluded.storefront,
           version = cart_cart.version + 1, changed_at = excluded.changed_at"
    );
    let (channel, storefront, now) = (tx.cx().channel.code(), tx.cx().storefront, tx.now());
    tx.exec(sql, args![buyer.home(), buyer, channel, storefront, now])?;
    Ok(())
}

/// Enters a cart; false where the buyer has none.
pub(crate) fn enter(tx: &mut Tx, buyer: Id<kinds::Party>) -> Result<bool> {
    let sql = sql!(
        "update cart_cart
         set channel = $3, storefront = $4, version = version + 1, changed_at = $5
         where home = $1 and buyer = $2"
    );
    let (channel, storefront, now) = (tx.cx().channel.code(), tx.cx().storefront, tx.now());
    Ok(tx.exec(sql, args![buyer.home(), buyer, channel, storefront, now])? == 1)
}

/// Writes a line over whatever the cart had of its SKU.
pub(crate) fn write(tx: &mut Tx, buyer: Id<kinds::Party>, line: &Line) -> Result<()> {
    let sql = sql!(
        "insert into cart_line
           (home, buyer, sku, listing, shop, units, seen_price_minor, currency, added_at, saved)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (buyer, sku, home) do update
         set listing = excluded.listing, shop = excluded.shop, units = excluded.units,
           seen_price_minor = excluded.seen_price_minor, currency = excluded.currency,
           added_at = excluded.added_at, saved = excluded.saved"
    );
    let Line { sku, listing, shop, units, seen_price, added_at, saved } = *line;
    let (minor, currency) = (seen_price.minor, seen_price.currency);
    tx.exec(sql, args![buyer.home(), buyer, sku, listing, shop, units, minor, currency, added_at, saved])?;
    Ok(())
}

fn saved_of(read: &mut Read, buyer: Id<kinds::Party>, sku: Id<kinds::Sku>) -> Result<Option<bool>> {
    let sql = sql!("select saved from cart_line where home = $1 and buyer = $2 and sku = $3");
    read.opt(sql, args![buyer.home(), buyer, sku], |row| row.get(0))
}

/// Moves the counts, unless that breaks a limit. Only what grows is asked: a limit that was lowered must not hold
/// a full cart fast.
fn count(tx: &mut Tx, buyer: Id<kinds::Party>, lines: i64, saved: i64, limits: Limits) -> Result<()> {
    let home = buyer.home();
    let sql = sql!(
        "update cart_cart
         set lines = lines + $3, saved = saved + $4
         where home = $1 and buyer = $2
           and (lines + $3 <= $5 or $3 <= 0)
           and (saved + $4 <= $6 or $4 <= 0)"
    );
    if tx.exec(sql, args![home, buyer, lines, saved, limits.lines_max, limits.saved_max])? == 1 {
        return Ok(());
    }
    let most = if lines > 0 { limits.lines_max } else { limits.saved_max };
    Err(Common::TooManyThings { most }.into())
}

fn shrink(tx: &mut Tx, buyer: Id<kinds::Party>, lines: i64, saved: i64) -> Result<()> {
    let sql = sql!(
        "update cart_cart
         set lines = lines - $3, saved = saved - $4
         where home = $1 and buyer = $2"
    );
    tx.exec(sql, args![buyer.home(), buyer, lines, saved])?;
    Ok(())
}
