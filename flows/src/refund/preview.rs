//! What granting a case would do, for whoever is about to.

use super::{Paid, asked_in};
use crate::postings::Pot;
use aftersale::{LineKind, Stage};
use kernel::{Id, Money, Result, Units, kinds};
use serde::Serialize;
use store::Read;

/// What granting a case would do to the money.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Preview {
    /// What goes back: goods or charge, its number, its units, its amount.
    pub lines: Vec<(LineKind, i64, i64, Money)>,
    /// All of it.
    pub cash: Money,
    /// What of it the market gives from its commission.
    pub commission_back: Money,
    /// Where the order's money lies, and so from which pot it comes.
    pub stage: Stage,
}

/// Reckons what granting a case would do, wholly or for these units of its lines, without doing it.
///
/// # Errors
/// `not_found`, `wrong_state` and what granting itself would refuse.
pub fn preview(read: &mut Read, case: Id<kinds::Case>, chosen: &[(i64, Units)]) -> Result<Preview> {
    let found = aftersale::case(read, case)?;
    let order = order::order(read, found.head.ord)?;
    let paid = Paid::read(read, order)?;
    let reckoned = paid.reckon(&asked_in(&found, chosen)?)?;
    let (stage, pot) = paid.stage();
    let goods = reckoned.lines.iter().map(|back| (LineKind::Goods, back.line, back.units, back.cash));
    let charges = reckoned.charges.iter().map(|back| (LineKind::Charge, back.line, 0, back.cash));
    let none = Money::zero(paid.order.currency);
    let commission_back = if pot == Pot::Escrow { none } else { reckoned.commission_back };
    Ok(Preview { lines: goods.chain(charges).collect(), cash: reckoned.cash, commission_back, stage })
}
