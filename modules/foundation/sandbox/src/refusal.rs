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
        /// The number stands for something with other parameters.
        NumberReused { number: String } => Conflict "number_reused",
    }
}
