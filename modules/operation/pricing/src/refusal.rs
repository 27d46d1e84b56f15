//! What pricing says no to. Limits of size and mixed currencies are refused with the kernel's common codes.

use kernel::Money;

kernel::refusals! {
    /// Why lines are not priced or a refund is not worked out.
    pub enum Refusal {
        /// There is nothing to price or to refund.
        NoLines => Invalid "no_lines",
        /// Two lines claim the same place in the cart or the quotation.
        PositionDoubled { position: i64 } => Invalid "position_doubled",
        /// A price, a fee or a threshold below zero.
        AmountNegative => Invalid "amount_negative",
        /// A price is per 1, 100 or 1,000 units and nothing else.
        PriceScaleUnknown { found: i64 } => Invalid "price_scale_unknown",
        /// The total is higher than the one shown; the buyer has to see it first.
        PriceChanged { seen: Money, now: Money } => Conflict "price_changed",
        /// The order has no such line.
        LineUnknown { line: i64 } => Missing "line_unknown",
        /// One refund names the same line twice.
        LineDoubled { line: i64 } => Invalid "line_doubled",
        /// More units than are left on the line.
        RefundExceedsUnits { left: i64 } => Conflict "refund_exceeds_units",
        /// More money than is left on the line.
        RefundExceedsPaid { left: Money } => Conflict "refund_exceeds_paid",
    }
}
