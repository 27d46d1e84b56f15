//! The words of cases and refunds, and where each may go.

store::codes! {
    /// What is wanted.
    pub enum Kind {
        /// The order, or part of it, is not wanted any more, and has not been shipped.
        Cancel = "cancel",
        /// 仅退款: money back, the goods stay or never came.
        RefundOnly = "refund_only",
        /// 退货退款: the goods go back, then the money.
        Return = "return",
        /// 换货: other goods for these.
        Exchange = "exchange",
    }
}

store::codes! {
    /// Where a case stands.
    pub enum State {
        /// The seller has it, until his time is over.
        Asked = "asked",
        /// The operator has it.
        WithOperator = "with_operator",
        /// Yes: refunds may go out under it.
        Granted = "granted",
        /// No.
        Refused = "refused",
        /// Whoever asked does not want it any more.
        Withdrawn = "withdrawn",
        /// Overtaken: what it was about was settled in another way.
        Closed = "closed",
    }
}

store::codes! {
    /// What can happen to a case.
    pub enum Happening {
        /// It is granted.
        Grant = "grant",
        /// It is refused.
        Refuse = "refuse",
        /// It goes to the operator.
        Escalate = "escalate",
        /// It is withdrawn.
        Withdraw = "withdraw",
        /// It is overtaken.
        Close = "close",
    }
}

impl State {
    /// The state after something happened, or none where that cannot happen here.
    pub const fn after(self, happening: Happening) -> Option<State> {
        match (self, happening) {
            (State::Asked | State::WithOperator, Happening::Grant) => Some(State::Granted),
            (State::Asked | State::WithOperator, Happening::Refuse) => Some(State::Refused),
            (State::Asked | State::WithOperator, Happening::Withdraw) => Some(State::Withdrawn),
            (State::Asked | State::WithOperator, Happening::Close) => Some(State::Closed),
            (State::Asked, Happening::Escalate) => Some(State::WithOperator),
            _ => None,
        }
    }
}

store::codes! {
    /// On what a case was granted or refused.
    pub enum Ground {
        /// Nothing had been shipped: granted at once.
        NotShipped = "not_shipped",
        /// The seller said so, asked or of his own accord.
        SellersChoice = "sellers_choice",
        /// The seller said nothing in time.
        Silence = "silence",
        /// The operator ruled.
        Ruling = "ruling",
    }
}

store::codes! {
    /// Who wrote something in a case.
    pub enum Side {
        /// The one who bought.
        Buyer = "buyer",
        /// The shop.
        Seller = "seller",
        /// The market.
        Operator = "operator",
    }
}

store::codes! {
    /// What of an order a line is about.
    pub enum LineKind {
        /// A line of goods.
        Goods = "goods",
        /// A charge: freight, a fee.
        Charge = "charge",
    }
}

store::codes! {
    /// Where the order's money lay when a refund was granted; decides from which account it comes.
    pub enum Stage {
        /// Paid, not shipped.
        BeforeShip = "before_ship",
        /// Shipped, not confirmed: still in escrow.
        BeforeConfirm = "before_confirm",
        /// Confirmed: in the shop's pending pot.
        BeforeSettle = "before_settle",
        /// Settled: in the shop's hands.
        AfterSettle = "after_settle",
    }
}

store::codes! {
    /// Who had borne a part of what was paid, and so gets it back.
    pub enum Bearer {
        /// The buyer, through a payment.
        Buyer = "buyer",
        /// The market's own offers.
        Platform = "platform",
        /// The buyer's points.
        Points = "points",
        /// The buyer's stored value or gift card.
        Stored = "stored",
    }
}

store::codes! {
    /// How far a refund's money has come.
    pub enum RefundState {
        /// Decided and posted.
        Granted = "granted",
        /// The channel was asked.
        Sent = "sent",
        /// The channel says that the buyer has it; only now is anybody told "refunded".
        Done = "done",
        /// The channel says no: the card is closed.
        Failed = "failed",
    }
}

store::codes! {
    /// What can happen to a refund.
    pub enum RefundHappening {
        /// The channel is asked, for the first time or again.
        Send = "send",
        /// The channel says that it is done.
        Finish = "finish",
        /// The channel says that it cannot be done.
        Fail = "fail",
    }
}

impl RefundState {
    /// The state after something happened, or none where that cannot happen here.
    pub const fn after(self, happening: RefundHappening) -> Option<RefundState> {
        match (self, happening) {
            (RefundState::Granted | RefundState::Failed, RefundHappening::Send) => Some(RefundState::Sent),
            (RefundState::Sent, RefundHappening::Finish) => Some(RefundState::Done),
            (RefundState::Sent, RefundHappening::Fail) => Some(RefundState::Failed),
            _ => None,
        }
    }
}
