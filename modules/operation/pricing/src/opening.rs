//! The first stage: numbers the lines once and for all and opens each at its regular or agreed price.

use crate::{Basis, Facts, Line, Price, PricePer, PricedLine, Stage};
use kernel::{Error, Money, Result, Units, error::Common, money::round_half_up};

/// The lines in the order of their numbers, each opened.
///
/// Numbers come from (shop, SKU, position), never from the order of display: whoever is first by number gets
/// the odd cent wherever an amount is shared (R1).
pub(crate) fn open(lines: &[Line], facts: &Facts) -> Result<Vec<PricedLine>> {
    let stage = match facts.basis {
        Basis::Regular => Stage::Regular,
        Basis::Agreed => Stage::Agreed,
    };
    let mut sorted: Vec<&Line> = lines.iter().collect();
    sorted.sort_unstable_by_key(|line| (line.shop, line.sku, line.position));
    sorted.into_iter().zip(1..).map(|(line, number)| open_line(line, number, stage)).collect()
}

fn open_line(line: &Line, number: i64, stage: Stage) -> Result<PricedLine> {
    let gross = gross_half_up(line.unit_price, line.per, line.quantity)?;
    Ok(PricedLine {
        number,
        position: line.position,
        shop: line.shop,
        sku: line.sku,
        quantity: line.quantity,
        unit_price: line.unit_price,
        per: line.per,
        commission: line.commission,
        price: Price::open(stage, gross),
    })
}

/// What a quantity costs at a unit price; a price for 100 or 1,000 units is rounded half up once, on the line.
///
/// # Errors
/// `too_large`.
pub fn gross_half_up(unit_price: Money, per: PricePer, quantity: Units) -> Result<Money> {
    let exact = i128::from(unit_price.minor) * i128::from(quantity.get());
    let rounded = round_half_up(exact, i128::from(per.units()));
    let minor = i64::try_from(rounded).map_err(|_| Error::from(Common::AmountOverflow))?;
    Ok(Money::new(minor, unit_price.currency))
}
