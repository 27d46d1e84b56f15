//! What things cost, and why: one pure function from lines, facts and what is in force to priced lines,
//! each with its ledger. [G3, B2, B6, L4]
//!
//! Owns: the order of the stages, the price ledger, freight, the base and amount of the commission, and what
//! a return carries. Verbs: [`sell`], [`price`], [`submitted`], [`commission`], [`commission_back`], [`refund`].
//! Refusals: [`Refusal`]. Events: none.
//! Refuses to know: the database, the clock, where a price is stored, who may refund what.
//!
//! Stages run in a fixed order. The first opens each line at its regular price, or at the price agreed in a
//! quotation. Stages that lower goods follow it; then freight is judged per shop. A stage changes a line only
//! through [`Price`], which writes the row into the ledger in the same step, so that
//! `gross = cash + Σ reductions` holds for every line, charge, shop and trade whatever stages there are.

mod commission;
mod freight;
mod given;
mod opening;
mod paid;
mod price;
mod priced;
mod refund;
mod refusal;
mod sale;
mod tax;

pub use commission::{commission, commission_back};
pub use freight::FreightRule;
pub use given::{Basis, Facts, InForce, Limits, Line, PricePer};
pub use opening::gross_half_up;
pub use paid::{LineRefund, PaidLine, PaidOrder, Part};
pub use price::{Bearer, OfferVersion, Price, Row, Stage};
pub use priced::{Charge, ChargeKind, Gain, NearMiss, Priced, PricedLine, PricedShop, Totals};
pub use refund::{Asked, Circumstances, OrderRefund, refund};
pub use refusal::Refusal;
pub use sale::{Goods, Sale, sell};
pub use tax::Tax;

use kernel::{Money, Result};

/// Prices the lines of one cart or one quotation.
///
/// The answer does not depend on the order in which the lines are handed in.
///
/// # Errors
/// `no_lines`, `position_doubled`, `amount_negative`, `currency_mismatch`, `too_many` lines, `too_large` for a
/// line's units or the total.
pub fn price(lines: &[Line], facts: &Facts, in_force: &InForce) -> Result<Priced> {
    given::check(lines, facts)?;
    let lines = opening::open(lines, facts)?;
    let freight = freight::charge(&lines, facts, in_force)?;
    priced::sum_up(lines, freight, facts)
}

/// The total to take, given the one that the buyer was shown: a lower one is taken as it is, a higher one
/// must be confirmed first.
///
/// # Errors
/// `price_changed` with both totals, `currency_mismatch`.
pub fn submitted(seen: Money, now: Money) -> Result<Money> {
    seen.same_currency(now)?;
    if now.minor > seen.minor {
        return Err(Refusal::PriceChanged { seen, now }.into());
    }
    Ok(now)
}

#[cfg(test)]
mod tests;
