//! The life of an order.

store::codes! {
    /// Where an order stands.
    pub enum State {
        /// 待付款: placed, its stock is held for a while.
        Unpaid = "unpaid",
        /// 待发货: the money is in escrow.
        Paid = "paid",
        /// 部分发货: some units went out.
        PartShipped = "part_shipped",
        /// 已发货: every unit that is still wanted went out.
        Shipped = "shipped",
        /// 已完成: received; the shop is owed the money.
        Completed = "completed",
        /// 已关闭: not paid in time, cancelled, or given back whole before it was received.
        Closed = "closed",
    }
}

store::codes! {
    /// What can happen to an order.
    pub enum Event {
        /// The payment arrived.
        Pay = "pay",
        /// Not paid in time, or cancelled before payment.
        Close = "close",
        /// Some units went out, others wait.
        ShipPart = "ship_part",
        /// The last wanted units went out.
        ShipAll = "ship_all",
        /// Units that had not gone out were taken back, and all others have gone out.
        CancelRest = "cancel_rest",
        /// Received, by the buyer's word or by the clock.
        Confirm = "confirm",
        /// Everything was given back before it was received.
        RefundAll = "refund_all",
    }
}

impl State {
    /// The state after an event; none where it cannot happen.
    pub const fn after(self, event: Event) -> Option<State> {
        use Event::*;
        use State::*;
        match (self, event) {
            (Unpaid, Pay) => Some(Paid),
            (Unpaid, Close) => Some(Closed),
            (Paid | PartShipped, ShipPart) => Some(PartShipped),
            (Paid | PartShipped, ShipAll) => Some(Shipped),
            (PartShipped, CancelRest) => Some(Shipped),
            (Shipped, Confirm) => Some(Completed),
            (Paid | PartShipped | Shipped, RefundAll) => Some(Closed),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_pair_of_state_and_event() {
        use Event::*;
        use State::*;
        let table = [
            (Unpaid, [Some(Paid), Some(Closed), None, None, None, None, None]),
            (Paid, [None, None, Some(PartShipped), Some(Shipped), None, None, Some(Closed)]),
            (PartShipped, [None, None, Some(PartShipped), Some(Shipped), Some(Shipped), None, Some(Closed)]),
            (Shipped, [None, None, None, None, None, Some(Completed), Some(Closed)]),
            (Completed, [None; 7]),
            (Closed, [None; 7]),
        ];
        assert_eq!(table.map(|(state, _)| state).as_slice(), State::ALL);
        for (state, row) in table {
            for (event, expected) in Event::ALL.iter().zip(row) {
                assert_eq!(state.after(*event), expected, "{state:?} after {event:?}");
            }
        }
        assert_eq!(Event::ALL, [Pay, Close, ShipPart, ShipAll, CancelRest, Confirm, RefundAll]);
    }
}
