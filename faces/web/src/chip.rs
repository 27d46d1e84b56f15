//! A state is a word with a mark, never a colour alone.

use door::words;
use kernel::Locale;

/// A state as a page shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chip {
    /// Its tone, a class of the stylesheet: nothing, `ok`, `info`, `warn`, `bad`, `brand`.
    pub tone: &'static str,
    /// Its word.
    pub word: String,
}

/// The chip of a state: `of` says what is in it, `state` is its word as stored and sent.
pub fn chip(locale: Locale, of: &str, state: &str) -> Chip {
    let id = format!("{of}-state-{}", state.replace('_', "-"));
    Chip { tone: tone(of, state), word: words::say(locale, &id) }
}

/// One tone per meaning, whatever is in that state: waiting for somebody, going on, done well, in trouble; what has ended
/// has none.
fn tone(of: &str, state: &str) -> &'static str {
    match (of, state) {
        ("order", "unpaid" | "part_shipped")
        | ("case", "asked" | "with_operator")
        | ("listing", "in_review")
        | ("quotation", "sent")
        | ("payment", "created" | "pending")
        | ("payment-refund", "intended")
        | ("payout", "asked")
        | ("shop", "submitted" | "in_review" | "returned" | "approved" | "contract_signed" | "deposit_paid") => "warn",
        ("order", "paid" | "shipped")
        | ("refund", "granted" | "sent")
        | ("payment-refund", "accepted")
        | ("payout", "sent")
        | ("parcel", "created" | "picked_up" | "in_transit" | "at_station" | "out_for_delivery" | "in_locker") => {
            "info"
        }
        ("order", "completed")
        | ("case", "granted")
        | ("refund", "done")
        | ("listing", "listed")
        | ("sku", "on_sale")
        | ("quotation", "accepted")
        | ("payment", "succeeded")
        | ("payment-refund", "done")
        | ("payout", "done")
        | ("parcel", "signed")
        | ("shop", "open") => "ok",
        ("case", "refused")
        | ("refund", "failed")
        | ("listing", "refused")
        | ("payment", "failed")
        | ("payment-refund", "failed")
        | ("payout", "failed")
        | ("parcel", "refused" | "undeliverable" | "lost" | "damaged" | "returning" | "returned")
        | ("shop", "refused" | "frozen") => "bad",
        _ => "",
    }
}
