//! What a refund of lines and units comes to. The order is never priced again: what stays keeps its price (R4).

use crate::{LineRefund, PaidLine, PaidOrder, Refusal, price::sum};
use kernel::{Error, Money, Result, Units};
use std::collections::BTreeMap;

/// Units of a line that shall go back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Asked {
    /// The line's number.
    pub line: i64,
    /// How many.
    pub units: Units,
}

/// What decides about the charges of the order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Circumstances {
    /// Something of the order has been shipped.
    pub shipped: bool,
    /// It is the seller's fault: nothing was handed to the carrier, or not what was bought.
    pub sellers_fault: bool,
}

/// What a refund comes to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct OrderRefund {
    /// The goods, in the order asked.
    pub lines: Vec<LineRefund>,
    /// The charges that go back with them.
    pub charges: Vec<LineRefund>,
    /// What the buyer gets in all.
    pub cash: Money,
    /// What the shop gets back of the commission in all.
    pub commission_back: Money,
}

impl PaidOrder {
    /// Everything that has not come back yet.
    pub fn rest(&self) -> Vec<Asked> {
        let asked = |line: &PaidLine| {
            let units = Units::new(line.units_left()).ok()?;
            Some(Asked { line: line.number(), units })
        };
        self.lines.iter().filter_map(asked).collect()
    }
}

/// Works out a refund of lines and units.
///
/// Charges go back whole, together with the last unit of the order, where nothing has been shipped or the
/// seller is at fault; otherwise they stay. Free freight that a return would have cost is not charged.
///
/// # Errors
/// `no_lines`, `line_unknown`, `line_doubled`, `refund_exceeds_units`, `currency_mismatch`.
pub fn refund(order: &PaidOrder, asked: &[Asked], circumstances: Circumstances) -> Result<OrderRefund> {
    if asked.is_empty() {
        return Err(Refusal::NoLines.into());
    }
    let mut rest: BTreeMap<i64, &PaidLine> = order.lines.iter().map(|line| (line.number(), line)).collect();
    let mut lines = Vec::with_capacity(asked.len());
    let mut units_left: i64 = order.lines.iter().map(PaidLine::units_left).sum();
    for (at, Asked { line, units }) in asked.iter().enumerate() {
        // Each line leaves the map when it is named, so a second naming finds it gone.
        let found = rest.remove(line).ok_or_else(|| unknown_or_doubled(order, *line));
        let given = found.and_then(|paid| paid.clone().give_back(*units));
        lines.push(given.map_err(|error| error.at(format!("lines[{at}]")))?);
        units_left -= units.get();
    }
    let undone = units_left == 0 && (!circumstances.shipped || circumstances.sellers_fault);
    let charges = if undone { give_back_charges(order)? } else { Vec::new() };
    let all = || lines.iter().chain(&charges);
    let cash = sum(order.currency, all().map(|refund| refund.cash))?;
    let commission_back = sum(order.currency, all().map(|refund| refund.commission_back))?;
    Ok(OrderRefund { lines, charges, cash, commission_back })
}

fn unknown_or_doubled(order: &PaidOrder, line: i64) -> Error {
    if order.lines.iter().any(|paid| paid.number() == line) {
        return Refusal::LineDoubled { line }.into();
    }
    Refusal::LineUnknown { line }.into()
}

fn give_back_charges(order: &PaidOrder) -> Result<Vec<LineRefund>> {
    let open = order.charges.iter().filter(|charge| charge.units_left() > 0);
    let whole = |charge: &PaidLine| charge.clone().give_back(Units::new(charge.units_left())?);
    open.map(whole).collect()
}
