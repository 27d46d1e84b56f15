kernel::refusals! {
    /// What the order room says no to.
    pub enum Refusal {
        /// The order is not in a state in which this can be done.
        WrongState { state: &'static str } => Conflict "wrong_state",
        /// It was paid already.
        AlreadyPaid => Conflict "already_paid",
        /// Its time to be paid is over, or it was cancelled.
        OrderClosed => Conflict "order_closed",
        /// The time to confirm was extended once, and that is all.
        AlreadyExtended => Conflict "already_extended",
        /// More units than are left to go out.
        NothingToShip { line: i64, left: i64 } => Conflict "nothing_to_ship",
        /// More than was paid and not given back yet.
        RefundExceedsPaid { line: i64, left: i64 } => Conflict "refund_exceeds_paid",
        /// More units than have not been given back yet.
        RefundExceedsUnits { left: i64 } => Conflict "refund_exceeds_units",
        /// The order has no such line.
        UnknownLine { line: i64 } => Invalid "unknown_line",
        /// A trade needs at least one line.
        NothingToBuy => Invalid "nothing_to_buy",
    }
}
