//! The market's share of what a shop is due. [R9, $3]

use kernel::{BasisPoints, Money, Result, money::share_half_up};

/// The commission on what stays paid for a line, half up. The base is [`crate::Price::after_shop`] less what
/// of it has gone back.
pub fn commission(stays_paid: Money, rate: BasisPoints) -> Money {
    Money::new(share_half_up(stays_paid.minor, rate), stays_paid.currency)
}

/// The commission given back when what stays paid falls from `before` to `after`: the difference of two
/// commissions, never a commission on the difference, so that any sequence of refunds gives back the whole.
///
/// # Errors
/// `currency_mismatch`, `too_large`.
pub fn commission_back(before: Money, after: Money, rate: BasisPoints) -> Result<Money> {
    commission(before, rate).minus(commission(after, rate))
}
