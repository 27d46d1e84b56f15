//! What quotations say no to.

use kernel::Time;

kernel::refusals! {
    /// The room's own refusals; limits and missing things answer with the kernel's.
    pub enum Refusal {
        /// It is not a draft any more, so its lines stand.
        QuotationNotDraft { state: &'static str } => Conflict "quotation_not_draft",
        /// It is not before the buyer: a draft still, or decided already.
        QuotationNotOpen { state: &'static str } => Conflict "quotation_not_open",
        /// It was open until then; the instant itself is too late.
        QuotationExpired { until: Time } => Conflict "quotation_expired",
        /// There is no line in it to offer.
        QuotationEmpty => Invalid "quotation_empty",
        /// It would be over before the buyer could see it.
        ExpiryPassed { now: Time } => Invalid "expiry_passed",
    }
}
