//! What a market comes to, to be held against another market that went the same way.

use kernel::Result;
use std::{collections::BTreeMap, fmt};
use store::Read;

/// Named figures: orders by state, balances by account, stock in all.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Figures(pub BTreeMap<String, i64>);

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|(name, figure)| writeln!(f, "{name:50} {figure:>12}"))
    }
}

/// Each with a name and a number. Texts and not statements of the program: what a test looks at must not be counted
/// among the statements that may fail.
const QUESTIONS: [&str; 12] = [
    "select 'order ' || state, count(*) from order_order group by state",
    "select 'refunded of orders', cast(coalesce(sum(refunded), 0) as bigint) from order_order",
    "select 'units shipped', cast(coalesce(sum(shipped), 0) as bigint) from order_order",
    "select 'balance ' || account || ' ' || currency, cast(sum(amount) as bigint) from ledger_balance
     group by account, currency having sum(amount) <> 0",
    "select 'stock on hand', cast(coalesce(sum(on_hand), 0) as bigint) from stock_level",
    "select 'stock reserved', cast(coalesce(sum(reserved), 0) as bigint) from stock_level",
    "select 'payment ' || state, count(*) from payment_payment group by state",
    "select 'refund ' || state, count(*) from payment_refund group by state",
    "select 'case ' || state, count(*) from aftersale_case group by state",
    "select 'quotation ' || state, count(*) from quotation_quotation group by state",
    "select 'payout ' || state, count(*) from payout_payout group by state",
    "select 'shop ' || state, count(*) from merchant_shop group by state",
];

pub(crate) fn figures(read: &mut Read) -> Result<Figures> {
    let mut figures = Figures::default();
    for question in QUESTIONS {
        read.ask(question, |row| {
            figures.0.insert(row.get(0)?, row.get(1)?);
            Ok(())
        })?;
    }
    Ok(figures)
}
