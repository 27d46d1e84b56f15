//! The state machine of a payout.

store::codes! {
    /// Where a payout stands.
    pub enum State {
        /// It left the shop's balance; whether the bank has heard of it is not known.
        Asked = "asked",
        /// The bank has taken it on.
        Sent = "sent",
        /// The shop's account has it.
        Done = "done",
        /// The bank could not; the money went back to the shop's balance.
        Failed = "failed",
    }
}

store::codes! {
    /// What happens to a payout.
    pub enum Move {
        /// The bank takes it on.
        Send = "send",
        /// The bank has paid it.
        Finish = "finish",
        /// The bank could not.
        Fail = "fail",
    }
}

store::codes! {
    /// Why there is a payout.
    pub enum Reason {
        /// Somebody of the shop asked for it.
        Asked = "asked",
        /// Its day had come.
        Scheduled = "scheduled",
    }
}

impl State {
    /// The state after a move; none where the move is not open.
    pub const fn after(self, step: Move) -> Option<State> {
        match (self, step) {
            (State::Asked, Move::Send) => Some(State::Sent),
            // A bank may pay, or refuse, in its first answer.
            (State::Asked | State::Sent, Move::Finish) => Some(State::Done),
            (State::Asked | State::Sent, Move::Fail) => Some(State::Failed),
            (State::Sent, Move::Send) | (State::Done | State::Failed, _) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_move_from_every_state() {
        let table = [
            (State::Asked, [Some(State::Sent), Some(State::Done), Some(State::Failed)]),
            (State::Sent, [None, Some(State::Done), Some(State::Failed)]),
            (State::Done, [None; 3]),
            (State::Failed, [None; 3]),
        ];
        assert_eq!(table.len(), State::ALL.len());
        for (state, expected) in table {
            let found: Vec<_> = Move::ALL.iter().map(|step| state.after(*step)).collect();
            assert_eq!(found, expected, "{state:?}");
        }
    }
}
