//! The life of a shop, from the first draft to the end [M2].

store::codes! {
    /// Where a shop stands.
    pub enum ShopState {
        /// Being written; nobody has seen it.
        Draft = "draft",
        /// Handed in.
        Submitted = "submitted",
        /// Somebody looks at it.
        InReview = "in_review",
        /// Sent back to be corrected.
        Returned = "returned",
        /// Turned down; may be handed in again after a while.
        Refused = "refused",
        /// Accepted; the contract comes next.
        Approved = "approved",
        /// Signed; the deposit comes next.
        ContractSigned = "contract_signed",
        /// Paid; the shop is being furnished.
        DepositPaid = "deposit_paid",
        /// Selling.
        Open = "open",
        /// Not selling, by the market's decision.
        Frozen = "frozen",
        /// Not selling any more; what is under way is finished.
        Closing = "closing",
        /// Gone.
        Closed = "closed",
    }
}

store::codes! {
    /// What moves a shop.
    pub enum ShopMove {
        /// The applicant hands it in, or hands it in again.
        Submit = "submit",
        /// The market begins to look.
        BeginReview = "begin_review",
        /// The market sends it back.
        Return = "return",
        /// The market turns it down.
        Refuse = "refuse",
        /// The market accepts it.
        Approve = "approve",
        /// The merchant signs.
        Sign = "sign",
        /// The deposit is complete.
        PayDeposit = "pay_deposit",
        /// The merchant opens.
        Open = "open",
        /// The operator opens it by hand, with its deposit waived: imports and replays.
        OpenByHand = "open_by_hand",
        /// The market stops it.
        Freeze = "freeze",
        /// The market lets it go on.
        Unfreeze = "unfreeze",
        /// It stops selling for good.
        BeginClosing = "begin_closing",
        /// Nothing is under way any more.
        Close = "close",
    }
}

impl ShopState {
    /// The next state, if the move is possible from this one.
    pub const fn after(self, step: ShopMove) -> Option<ShopState> {
        use ShopMove as M;
        use ShopState as S;
        Some(match (self, step) {
            (S::Draft | S::Returned | S::Refused, M::Submit) => S::Submitted,
            (S::Submitted, M::BeginReview) => S::InReview,
            (S::InReview, M::Return) => S::Returned,
            (S::InReview, M::Refuse) => S::Refused,
            (S::InReview, M::Approve) => S::Approved,
            (S::Approved, M::Sign) => S::ContractSigned,
            (S::ContractSigned, M::PayDeposit) => S::DepositPaid,
            (S::DepositPaid, M::Open) | (S::Draft, M::OpenByHand) => S::Open,
            (S::Open, M::Freeze) => S::Frozen,
            (S::Frozen, M::Unfreeze) => S::Open,
            (S::DepositPaid | S::Open | S::Frozen, M::BeginClosing) => S::Closing,
            (S::Closing, M::Close) => S::Closed,
            _ => return None,
        })
    }
}
