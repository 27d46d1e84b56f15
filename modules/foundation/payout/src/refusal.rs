//! What payouts say no to.

use kernel::{Money, Time};

kernel::refusals! {
    /// Why no money was paid out.
    pub enum Refusal {
        /// Less than the least that is paid out.
        PayoutBelowMinimum { minimum: Money } => Invalid "payout_below_minimum",
        /// The shop has less free money than that.
        BalanceShort { available: Money } => Conflict "balance_short",
        /// The shop's payouts stand still.
        PayoutHeld { reason: String, until: Time } => Conflict "payout_held",
        /// What was settled does not make up what came in.
        PartsDoNotSum { amount: Money, parts: i64 } => Invalid "parts_do_not_sum",
        /// The step is not open in this state.
        WrongState { state: &'static str } => Conflict "wrong_state",
    }
}
