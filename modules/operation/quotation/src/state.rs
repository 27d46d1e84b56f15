//! Where a quotation stands.

store::codes! {
    /// The states of a quotation.
    pub enum State {
        /// The seller still writes it; the buyer does not see it.
        Draft = "draft",
        /// Before the buyer, until it expires.
        Sent = "sent",
        /// The buyer took it: there is a trade.
        Accepted = "accepted",
        /// The buyer said no.
        Declined = "declined",
        /// The seller took it back.
        Withdrawn = "withdrawn",
        /// Nobody said anything in time.
        Expired = "expired",
    }
}

store::codes! {
    /// What can happen to a quotation.
    pub enum Happening {
        /// The seller sends it.
        Send = "send",
        /// The buyer accepts it.
        Accept = "accept",
        /// The buyer declines it.
        Decline = "decline",
        /// The seller withdraws it.
        Withdraw = "withdraw",
        /// Its time is over.
        Expire = "expire",
    }
}

impl Happening {
    /// From which state to which; every happening has one of each.
    pub const fn moves(self) -> (State, State) {
        match self {
            Happening::Send => (State::Draft, State::Sent),
            Happening::Accept => (State::Sent, State::Accepted),
            Happening::Decline => (State::Sent, State::Declined),
            Happening::Withdraw => (State::Sent, State::Withdrawn),
            Happening::Expire => (State::Sent, State::Expired),
        }
    }
}

impl State {
    /// The state after something happened, or none where that cannot happen here.
    pub fn after(self, happening: Happening) -> Option<State> {
        let (from, to) = happening.moves();
        (self == from).then_some(to)
    }
}
