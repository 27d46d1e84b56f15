//! The two state machines: of a payment and of a refund.

store::codes! {
    /// Where a payment stands. `Succeeded`, `Closed` and `Failed` are final: money that comes afterwards is late.
    pub enum State {
        /// Intended; whether the channel has heard of it is not known.
        Created = "created",
        /// The channel knows it and waits for the buyer. What the channel leaves unsaid is pending too.
        Pending = "pending",
        /// The channel has the money.
        Succeeded = "succeeded",
        /// We take no money for it any more.
        Closed = "closed",
        /// The channel will not take money for it.
        Failed = "failed",
    }
}

store::codes! {
    /// What happens to a payment.
    pub enum Move {
        /// The channel has taken note of it.
        Send = "send",
        /// The channel has the money, and the trade wants it.
        Pay = "pay",
        /// It is not wanted any more.
        Close = "close",
        /// The channel refuses it.
        Fail = "fail",
    }
}

impl State {
    /// The state after a move; none where the move is not open.
    pub const fn after(self, step: Move) -> Option<State> {
        match (self, step) {
            (State::Created, Move::Send) => Some(State::Pending),
            // A channel may tell of the money before our own call to it has come back.
            (State::Created | State::Pending, Move::Pay) => Some(State::Succeeded),
            (State::Created | State::Pending, Move::Close) => Some(State::Closed),
            (State::Created | State::Pending, Move::Fail) => Some(State::Failed),
            (State::Pending, Move::Send) | (State::Succeeded | State::Closed | State::Failed, _) => None,
        }
    }

    /// Whether money may still be taken.
    pub const fn is_open(self) -> bool {
        matches!(self, State::Created | State::Pending)
    }
}

store::codes! {
    /// Where a refund stands. A refund accepted is not a refund done.
    pub enum RefundState {
        /// Decided; whether the channel has heard of it is not known.
        Intended = "intended",
        /// The channel will do it.
        Accepted = "accepted",
        /// The channel has done it.
        Done = "done",
        /// The channel cannot do it, as where the buyer's card is closed. The money is still owed.
        Failed = "failed",
    }
}

store::codes! {
    /// What happens to a refund.
    pub enum RefundMove {
        /// The channel takes it on.
        Accept = "accept",
        /// The channel has paid it.
        Finish = "finish",
        /// The channel could not.
        Fail = "fail",
        /// It is asked for once more.
        Again = "again",
    }
}

impl RefundState {
    /// The state after a move; none where the move is not open.
    pub const fn after(self, step: RefundMove) -> Option<RefundState> {
        use RefundState::{Accepted, Done, Failed, Intended};
        match (self, step) {
            (Intended, RefundMove::Accept) => Some(Accepted),
            (Intended | Accepted, RefundMove::Finish) => Some(Done),
            (Intended | Accepted, RefundMove::Fail) => Some(Failed),
            (Failed, RefundMove::Again) => Some(Intended),
            (Accepted | Done | Failed, RefundMove::Accept)
            | (Done | Failed, RefundMove::Finish | RefundMove::Fail)
            | (Intended | Accepted | Done, RefundMove::Again) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_move_of_a_payment_from_every_state() {
        let table = [
            (State::Created, [Some(State::Pending), Some(State::Succeeded), Some(State::Closed), Some(State::Failed)]),
            (State::Pending, [None, Some(State::Succeeded), Some(State::Closed), Some(State::Failed)]),
            (State::Succeeded, [None; 4]),
            (State::Closed, [None; 4]),
            (State::Failed, [None; 4]),
        ];
        assert_eq!(table.len(), State::ALL.len());
        for (state, expected) in table {
            let found: Vec<_> = Move::ALL.iter().map(|step| state.after(*step)).collect();
            assert_eq!(found, expected, "{state:?}");
            assert_eq!(state.is_open(), expected.iter().any(Option::is_some), "{state:?}");
        }
    }

    #[test]
    fn every_move_of_a_refund_from_every_state() {
        use RefundState::{Accepted, Done, Failed, Intended};
        let table = [
            (Intended, [Some(Accepted), Some(Done), Some(Failed), None]),
            (Accepted, [None, Some(Done), Some(Failed), None]),
            (Done, [None; 4]),
            (Failed, [None, None, None, Some(Intended)]),
        ];
        assert_eq!(table.len(), RefundState::ALL.len());
        for (state, expected) in table {
            let found: Vec<_> = RefundMove::ALL.iter().map(|step| state.after(*step)).collect();
            assert_eq!(found, expected, "{state:?}");
        }
    }
}
