//! What delivery says no to.

use kernel::Time;

kernel::refusals! {
    /// The room's own refusals; missing things, limits and malformed input answer with the kernel's.
    pub enum Refusal {
        /// This carrier's number is on another parcel of the same year.
        WaybillUsed { waybill: String } => Conflict "waybill_used",
        /// No parcel has this number.
        WaybillUnknown { waybill: String } => Missing "waybill_unknown",
        /// The carrier's clock is more than a day ahead; believed, this scan would outlive all true ones.
        ScanInFuture { now: Time } => Invalid "scan_in_future",
    }
}
