//! The chart of accounts (科目). One set per currency; an account is its kind, its owner and its home.

store::codes! {
    /// The kinds of account that exist so far.
    pub enum Account {
        /// 渠道待清算: taken by a channel, not yet in the bank. Owner: the channel's number.
        Channel = "channel",
        /// 银行存款. Owner: the bank account's number.
        Bank = "bank",
        /// 商家欠款: what a shop owes after all its pots are empty. Owner: shop.
        ShopReceivable = "shop_receivable",
        /// 担保款: paid, not confirmed. Owner: order.
        Escrow = "escrow",
        /// 待结算: confirmed, within T+N. Owner: shop.
        ShopPending = "shop_pending",
        /// 可提现. Owner: shop.
        ShopAvailable = "shop_available",
        /// 风险准备金: held back. Owner: shop.
        ShopReserve = "shop_reserve",
        /// 保证金. Owner: shop.
        ShopDeposit = "shop_deposit",
        /// 归集在途: left one home's balance, not yet in another's. Owner: shop.
        FoldTransit = "fold_transit",
        /// 打款在途: left the shop's balance, bank not certain. Owner: payout.
        PayoutTransit = "payout_transit",
        /// 退款在途: owed to the buyer, channel not certain. Owner: refund.
        RefundTransit = "refund_transit",
        /// 挂账: money whose order is unknown or closed. Owner: payment.
        Unmatched = "unmatched",
        /// 应交税费. Owner: the authority's number.
        Tax = "tax",
        /// 佣金收入. Owner: the platform, 0.
        Commission = "commission",
        /// 服务费收入. Owner: the platform, 0.
        ServiceFee = "service_fee",
        /// 渠道手续费. Owner: the channel's number.
        ChannelFee = "channel_fee",
    }
}

/// On which side an account usually stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Nature {
    /// What the platform has: debit.
    Asset,
    /// What it owes: credit.
    Liability,
    /// What it earned: credit.
    Income,
    /// What it spent: debit.
    Expense,
}

impl Account {
    /// The account's nature.
    pub const fn nature(self) -> Nature {
        match self {
            Account::Channel | Account::Bank | Account::ShopReceivable => Nature::Asset,
            Account::Commission | Account::ServiceFee => Nature::Income,
            Account::ChannelFee => Nature::Expense,
            Account::Escrow
            | Account::ShopPending
            | Account::ShopAvailable
            | Account::ShopReserve
            | Account::ShopDeposit
            | Account::FoldTransit
            | Account::PayoutTransit
            | Account::RefundTransit
            | Account::Unmatched
            | Account::Tax => Nature::Liability,
        }
    }

    /// Whether a single home's balance may stand on the wrong side for a while: a shop's sub-balance in a buyer's
    /// home pays refunds before the pots are folded together.
    pub const fn may_overdraw_in_a_home(self) -> bool {
        matches!(self, Account::ShopPending | Account::ShopAvailable | Account::ShopReserve)
    }
}
