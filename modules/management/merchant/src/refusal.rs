//! What this room says no to.

use kernel::{Money, Time};

kernel::refusals! {
    /// Why a merchant or a shop was not changed, or does not sell.
    pub enum Refusal {
        /// Another shop has this name in addresses.
        SlugTaken => Conflict "slug_taken",
        /// The shop is not in a state that allows this, or somebody was faster.
        WrongState { state: &'static str } => Conflict "wrong_state",
        /// The market has stopped this shop.
        ShopFrozen => Conflict "shop_frozen",
        /// The shop does not sell: not yet, or not any more.
        ShopNotOpen { state: &'static str } => Conflict "shop_not_open",
        /// A paper that this kind of merchant needs was not handed in.
        PaperMissing { paper: &'static str } => Conflict "paper_missing",
        /// A paper that is needed has expired.
        PaperExpired { paper: &'static str } => Conflict "paper_expired",
        /// The number's check digit does not fit: a typing mistake, or no such paper.
        CheckDigitWrong { paper: &'static str } => Invalid "check_digit_wrong",
        /// Turned down lately; it may be handed in again from then on.
        TooSoon { from: Time } => Conflict "too_soon",
        /// More than the rest of the deposit.
        DepositExceedsDue { rest: Money } => Conflict "deposit_exceeds_due",
        /// This version was already signed for this shop.
        AlreadySigned => Conflict "already_signed",
        /// A bank account must be in the merchant's own verified name.
        AccountNameMismatch => Invalid "account_name_mismatch",
        /// There is no bank account to pay to.
        NoBankAccount => Conflict "no_bank_account",
        /// The bank account is new and waits.
        AccountCooling { until: Time } => Conflict "account_cooling",
    }
}
