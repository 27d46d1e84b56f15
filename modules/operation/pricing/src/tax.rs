//! The tax part of an amount. The market takes no tax yet, so every amount's part is zero; the shape is whole.

use kernel::{BasisPoints, Currency, Money, money::round_half_up};
use serde::Serialize;
use std::borrow::Cow;

/// How much of an amount is tax, and under which rule.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Tax {
    /// The tax itself.
    pub part: Money,
    /// The code of the rule that set the rate.
    pub code: Cow<'static, str>,
    /// The rate.
    pub rate: BasisPoints,
    /// Whether the tax is inside the amount; one that comes on top is a charge of its own.
    pub included: bool,
}

impl Tax {
    /// The code of an amount that no tax rule touched.
    pub const NO_CODE: &str = "none";

    /// No tax at all.
    pub const fn none(currency: Currency) -> Tax {
        let part = Money::zero(currency);
        Tax { part, code: Cow::Borrowed(Tax::NO_CODE), rate: BasisPoints::ZERO, included: false }
    }

    /// The tax inside an amount: `a − round_half_up(a / (1 + rate))`. The net amount is rounded and the tax is
    /// the difference, so the two always sum to the amount.
    pub fn inside(amount: Money, code: impl Into<Cow<'static, str>>, rate: BasisPoints) -> Tax {
        let whole = i128::from(BasisPoints::WHOLE);
        let net = round_half_up(i128::from(amount.minor) * whole, whole + i128::from(rate.get()));
        let net = i64::try_from(net).expect("a net amount is not above the amount, which is 64 bits");
        Tax { part: Money::new(amount.minor - net, amount.currency), code: code.into(), rate, included: true }
    }
}
