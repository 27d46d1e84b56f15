//! What no book can prove.

/// Numbers of the money, stock and order rooms that stand in one place only: table, column, and why nothing repeats
/// them. Every other number of the ledger, payment, payout, stock, quotation, order, delivery and aftersale rooms is
/// held against another by some book.
pub const UNCHECKED: &[(&str, &str, &str)] = &[
    ("stock_movement", "document", "a receipt is a paper outside of the market; of what was shipped it is proven"),
    ("stock_movement", "actor", "who did it is said here once; the audit log says who acted, not on which level"),
    ("stock_movement", "at", "when it was done is said here once; what was shipped left with a parcel of its order"),
    ("order_trade", "channel", "through which door it came is said here once"),
    ("order_line", "commission_bp", RATE),
    ("order_charge", "commission_bp", RATE),
    ("order_change", "actor_id", "who did it is said here once; who placed the order is proven"),
    ("payment_payment", "created_at", "when it was intended is said here once, and nothing is due by it"),
    ("payment_payment", "asks", SCHEDULE),
    ("payment_payment", "ask_at", SCHEDULE),
    ("payment_refund", "asks", SCHEDULE),
    ("payment_refund", "ask_at", SCHEDULE),
    ("payout_payout", "asks", SCHEDULE),
    ("payout_payout", "ask_at", SCHEDULE),
    ("payout_payout", "asked_by", PERSON),
    ("payout_hold", "until", "a decision: payouts wait until then, and no longer"),
    ("payout_hold", "placed_by", PERSON),
    ("payout_hold", "placed_at", "when it was decided is said here once"),
    ("quotation_quotation", "made_by", PERSON),
    ("quotation_quotation", "made_at", "when it was drafted is said here once; when it was sent is proven"),
    ("quotation_quotation", "version", "a draft changes without an event; from sending on it is proven"),
    ("delivery_freight", "fee", "a rule of the shop; what an order was charged is its own"),
    ("delivery_freight", "free_over", "as the fee"),
    ("delivery_freight", "changed_at", "when the rule was set is said here once"),
    ("delivery_parcel", "version", "a scan that comes twice at once may count without an event; it is not below them"),
    ("delivery_waybill", "home", "the hash of its text; the room alone knows how that is written"),
    ("delivery_track", "heard_at", "when we heard of it is said here once; the carrier's time orders the track"),
    ("delivery_track", "carrier_at", "the carrier's word; the latest one is proven"),
    ("delivery_track", "corrected_by", PERSON),
    ("aftersale_case", "asked_by", PERSON),
    ("aftersale_case", "escalated_by", PERSON),
    ("aftersale_case", "decided_by", PERSON),
    ("aftersale_case", "answer_by", "a deadline; while the seller has the case its timer proves it"),
    ("aftersale_case_line", "units", "a wish; once it is granted the refund document repeats it"),
    ("aftersale_words", "n", "beside which change people wrote is said here once"),
    ("aftersale_refund", "granted_by", PERSON),
];

const PERSON: &str = "who did it is said here once";
const SCHEDULE: &str =
    "the schedule of the next asking: any time does, a missing one is found, and so is one long past";
const RATE: &str = "the rate in force at placing; categories may have other rates by now, and the commission shows it \
    only where it moves a rounded cent";
