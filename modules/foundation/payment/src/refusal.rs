//! What payments say no to.

use kernel::Money;

kernel::refusals! {
    /// Why money did not move. Two currencies where one is needed answer with the kernel's `currency_mismatch`.
    pub enum Refusal {
        /// The trade has been paid, or this payment has.
        AlreadyPaid => Conflict "already_paid",
        /// The channel speaks of another amount than was asked for.
        AmountMismatch { expected: Money, found: Money } => Invalid "amount_mismatch",
        /// The signature does not fit the bytes, or there is none.
        SignatureInvalid => Unauthenticated "signature_invalid",
        /// Signed too long ago, or in the future.
        StaleTimestamp => Invalid "stale_timestamp",
        /// The channel will not open the payment, with its code.
        ChannelRefused { code: String } => Conflict "channel_refused",
        /// The message is for another merchant.
        MerchantMismatch => Invalid "merchant_mismatch",
        /// More would go back than is left of what was paid.
        RefundExceedsPaid { left: Money } => Conflict "refund_exceeds_paid",
        /// This document has asked for money of this payment before.
        RefundExists => Conflict "refund_exists",
        /// The shares of the orders do not make up the amount.
        PartsDoNotSum { amount: Money, parts: i64 } => Invalid "parts_do_not_sum",
        /// The step is not open in this state.
        WrongState { state: &'static str } => Conflict "wrong_state",
    }
}
