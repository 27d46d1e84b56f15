//! What the market's own people see: the whole market, over all homes. Whoever asks has shown what he may see.

mod audit;
mod goods;
mod home;
mod ledger;
mod orders;
mod shops;
mod stuck;
mod work;

pub use audit::{AuditFilter, AuditRow, audit};
pub use goods::goods_queue;
pub use home::{Home, home};
pub use ledger::{
    AccountRow, Cause, EntryLeg, EntryPage, Side, TrialBalance, TrialRow, TrialTotal, account, entry, trial_balance,
};
pub use orders::{OrderFilter, cases, orders};
pub use shops::{BankAccountRow, ContractRow, PaperRow, ShopReview, shop, shops};
pub use stuck::{LateMoney, StuckPayment, StuckRefund, late_money, stuck_payments, stuck_refunds};
pub use work::{TimerRow, WaitingEvent, outbox, timers};
