//! The lines that a seller offers, checked and reckoned before anything is written.

use kernel::{Error, Id, Result, Text, Units, error::Common, kinds, money::round_half_up};

/// For how many units a price may be.
pub const PRICE_PER: [i64; 3] = [1, 100, 1_000];

/// A line as a seller writes it.
#[derive(Clone, Debug)]
pub struct NewLine {
    /// Which goods.
    pub listing: Id<kinds::Listing>,
    /// Which variant of them.
    pub sku: Id<kinds::Sku>,
    /// How many.
    pub units: Units,
    /// The agreed price of `price_per` units, in minor units of the quotation's currency.
    pub unit_price: i64,
    /// One of [`PRICE_PER`].
    pub price_per: i64,
    /// The goods' name as offered.
    pub title: Text<300>,
}

/// How large a quotation may get; the market's settings, handed in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Limits {
    /// The most lines.
    pub lines_max: i64,
    /// The most units on a line.
    pub units_max: i64,
    /// The largest total, minor units.
    pub total_max: i64,
}

/// What so many units cost: units × unit price ÷ price_per, half up, once per line.
///
/// # Errors
/// `too_large` beyond 64 bits.
pub fn amount(units: Units, unit_price: i64, price_per: i64) -> Result<i64> {
    let exact = round_half_up(i128::from(units.get()) * i128::from(unit_price), i128::from(price_per.max(1)));
    i64::try_from(exact).map_err(|_| Common::AmountOverflow.into())
}

/// The amount of every line, in order; refuses what breaks a limit and says which line.
pub(crate) fn amounts(lines: &[NewLine], limits: Limits) -> Result<Vec<i64>> {
    if lines.len() as i64 > limits.lines_max {
        return Err(Common::TooManyThings { most: limits.lines_max }.into());
    }
    let mut left = limits.total_max;
    let each = lines.iter().enumerate().map(|(at, line)| {
        let amount = checked(line, limits).map_err(|(field, no)| no.at(format!("lines[{at}].{field}")))?;
        left = left.checked_sub(amount).filter(|left| *left >= 0).ok_or(Common::TooLarge { most: limits.total_max })?;
        Ok(amount)
    });
    each.collect()
}

fn checked(line: &NewLine, limits: Limits) -> Result<i64, (&'static str, Error)> {
    if line.units.get() > limits.units_max {
        return Err(("units", Common::TooLarge { most: limits.units_max }.into()));
    }
    if line.unit_price < 0 {
        return Err(("unit_price", Common::OutOfRange { least: 0, most: limits.total_max }.into()));
    }
    if !PRICE_PER.contains(&line.price_per) {
        return Err(("price_per", Common::Malformed { expected: "1, 100 or 1000" }.into()));
    }
    amount(line.units, line.unit_price, line.price_per).map_err(|no| ("unit_price", no))
}
