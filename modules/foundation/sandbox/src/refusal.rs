//! What the provider says no to.

use kernel::Money;

kernel::refusals! {
    /// Why the provider did not do it.
    pub enum Refusal {
        /// The payment has been closed, or its time is over.
        PaymentClosed => Conflict "payment_closed",
        /// The payment has been paid.
        AlreadyPaid => Conflict "already_paid",
        /// The payment has not been paid, so nothing can go back.
        NotPaid => Conflict "not_paid",
        /// More would go back than is left of what was paid.
        RefundExceedsPaid { left: Money } => Conflict "refund_exceeds_paid",
        /// The signature does not fit the request, or there is none.
        SignatureInvalid => Unauthenticated "signature_invalid",
        /// Signed too long ago, or in the future.
        StaleTimestamp => Invalid "stale_timestamp",
        /// The number stands for something with other parameters.
        NumberReused { number: String } => Conflict "number_reused",
    }
}
