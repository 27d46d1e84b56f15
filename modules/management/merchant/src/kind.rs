//! What sort of merchant it is, and what that asks of it.

use crate::PaperKind;
use kernel::{Currency, Money, Result};

store::codes! {
    /// The sorts of merchants [M1].
    pub enum MerchantKind {
        /// A person who sells in his own name.
        Personal = "personal",
        /// A company or a registered trader.
        Enterprise = "enterprise",
        /// The shop of a brand's owner.
        Flagship = "flagship",
        /// A shop that the brand's owner allows to sell it.
        Franchise = "franchise",
        /// The market itself.
        SelfOperated = "self_operated",
    }
}

impl MerchantKind {
    /// The deposit of a shop of this kind, unless the reviewer says another: 1,000, 10,000 or 50,000 of the currency
    /// (governance, M1–M2: the table of documents; money, 3).
    ///
    /// # Errors
    /// `too_large` where the currency's minor units leave 64 bits, which none does.
    pub fn deposit(self, currency: Currency) -> Result<Money> {
        let major = match self {
            MerchantKind::Personal => 1_000,
            MerchantKind::Enterprise => 10_000,
            MerchantKind::Flagship | MerchantKind::Franchise => 50_000,
            MerchantKind::SelfOperated => 0,
        };
        Money::new(major, currency).times(10_i64.pow(currency.exponent()))
    }

    /// The papers that must be handed in before a review (the same table; who brings a trademark of his own needs no
    /// authorisation).
    pub const fn papers(self) -> &'static [PaperKind] {
        match self {
            MerchantKind::Personal => &[PaperKind::IdCard],
            MerchantKind::Enterprise => &[PaperKind::IdCard, PaperKind::Licence],
            MerchantKind::Flagship => &[PaperKind::IdCard, PaperKind::Licence, PaperKind::Trademark],
            MerchantKind::Franchise => {
                &[PaperKind::IdCard, PaperKind::Licence, PaperKind::Trademark, PaperKind::Authorisation]
            }
            MerchantKind::SelfOperated => &[],
        }
    }
}
