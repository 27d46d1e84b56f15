//! Everything that has an id of its own. The markers carry no data: rooms own the things, this file owns their names.

use crate::id::Named;

macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident $prefix:literal,)*) => {
        $($(#[$doc])* pub enum $kind {}
        impl Named for $kind {
            const PREFIX: &'static str = $prefix;
        })*
        /// Every kind's name and prefix.
        pub const ALL: &[(&str, &str)] = &[$((stringify!($kind), $prefix)),*];
    };
}

kinds! {
    /// A person, a guest, later an organisation: who buys, sells or works.
    Party "pty",
    /// A log-in that is open.
    Session "ses",
    /// A key for programs.
    ApiKey "key",
    /// A postal address in a buyer's book.
    Address "adr",
    /// A legal entity that owns shops.
    Merchant "mer",
    /// A shop.
    Shop "shp",
    /// A node of the category tree.
    Category "cat",
    /// A typed attribute of a category.
    Attribute "atr",
    /// A brand.
    Brand "brd",
    /// A standard product: brand, model, GTINs, no price.
    Spu "spu",
    /// What a shop sells.
    Listing "lst",
    /// One sellable variant of a listing.
    Sku "sku",
    /// A place that holds stock.
    Warehouse "whs",
    /// A reduction that a shop or the market offers to buyers.
    Offer "off",
    /// A seller's offer of lines at agreed prices to one buyer.
    Quotation "quo",
    /// Everything bought in one go, over several shops.
    Trade "trd",
    /// One shop's part of a trade.
    Order "ord",
    /// One attempt to pay for a trade.
    Payment "pay",
    /// One asking of a payment channel to give money back.
    PaymentRefund "prf",
    /// An after-sales case.
    Case "cas",
    /// A refund document.
    Refund "rfd",
    /// A set of ledger legs that sums to zero.
    Entry "ent",
    /// A parcel on its way.
    Parcel "pcl",
    /// Money on its way to a shop's bank account.
    Payout "out",
    /// A shop's bank account.
    BankAccount "bnk",
    /// The moving of a shop's money from a buyer's home into the shop's.
    Fold "fld",
    /// An event in the outbox.
    Event "evt",
    /// A row of the audit log.
    Audit "aud",
    /// A payment at the trial payment provider.
    SandboxPayment "sbx",
    /// A refund at the trial payment provider.
    SandboxRefund "sbr",
    /// A bank transfer at the trial payment provider.
    SandboxTransfer "sbt",
    /// A callback of the trial payment provider.
    SandboxCallback "sbc",
}

#[cfg(test)]
mod tests {
    #[test]
    fn no_two_kinds_share_a_prefix() {
        let prefixes: std::collections::BTreeSet<_> = super::ALL.iter().map(|(_, prefix)| prefix).collect();
        assert_eq!(prefixes.len(), super::ALL.len());
        assert!(
            super::ALL.iter().all(|(_, prefix)| prefix.len() == 3 && prefix.chars().all(|c| c.is_ascii_lowercase()))
        );
    }
}
