//! Ids as they are shown outside, where the kind is known only at run time.

use kernel::{Id, id::Named, kinds};

type Show = fn(i64) -> String;

/// A raw id of a kind, as it is shown outside.
pub(crate) fn shown<K: Named>(raw: i64) -> String {
    Id::<K>::from_raw(raw).to_string()
}

macro_rules! known {
    ($($kind:ident)*) => { &[$((<kinds::$kind as Named>::PREFIX, shown::<kinds::$kind>)),*] };
}

const KNOWN: &[(&str, Show)] = known! {
    Party Session ApiKey Address Merchant Shop Category Attribute Brand Spu Listing Sku Warehouse Offer Quotation Trade
    Order Payment PaymentRefund Case Refund Entry Parcel Payout BankAccount Fold Event Audit
};

/// A raw id under its kind's prefix; the bare number where nobody knows the prefix.
pub(crate) fn outside(prefix: &str, raw: i64) -> String {
    let known = KNOWN.iter().find(|(known, _)| *known == prefix);
    known.map_or_else(|| raw.to_string(), |(_, show)| show(raw))
}

/// Whose an account is, as shown outside.
pub(crate) fn owner_of(account: &str, owner: i64) -> String {
    let prefix = match account {
        "escrow" => "ord",
        "shop_receivable" | "shop_pending" | "shop_available" | "shop_reserve" | "shop_deposit" | "fold_transit" => {
            "shp"
        }
        "payout_transit" => "out",
        "refund_transit" => "prf",
        "unmatched" => "pay",
        _ => "",
    };
    outside(prefix, owner)
}
