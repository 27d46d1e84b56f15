//! What is said no to after the sale.

use kernel::{Id, kinds};

kernel::refusals! {
    /// The room's own refusals; missing things and malformed input answer with the kernel's.
    pub enum Refusal {
        /// This line or charge of the order is in another case that is not decided yet.
        CaseOpen { kind: &'static str, line: i64, case: Id<kinds::Case> } => Conflict "case_open",
        /// It was decided, withdrawn or closed, or the operator has it already.
        CaseDecided { state: &'static str } => Conflict "case_decided",
        /// Money goes back only under a case that was granted.
        CaseNotGranted { state: &'static str } => Conflict "case_not_granted",
        /// It is on its way, or there already.
        RefundAlreadySent { state: &'static str } => Conflict "refund_already_sent",
        /// It is not on its way.
        RefundNotSent { state: &'static str } => Conflict "refund_not_sent",
        /// Not a reason for this kind of case, or not any more.
        ReasonUnknown { reason: String } => Invalid "reason_unknown",
    }
}
