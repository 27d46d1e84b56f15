//! What a story looks at when it is told.

use crate::{Market, market::must};
use kernel::{Id, Result, kinds};
use ledger::Account;
use sandbox::Mischief;

impl Market {
    /// An order.
    ///
    /// # Panics
    /// Where there is no such order.
    #[track_caller]
    pub fn order(&self, id: Id<kinds::Order>) -> order::Order {
        must("an order can be read", self.asks(move |read| order::order(read, id)))
    }

    /// An order's lines.
    ///
    /// # Panics
    /// Where they cannot be read.
    #[track_caller]
    pub fn lines(&self, id: Id<kinds::Order>) -> Vec<order::Line> {
        must("an order's lines can be read", self.asks(move |read| order::lines(read, id)))
    }

    /// Why an order's latest change was made.
    ///
    /// # Panics
    /// Where there is no such order.
    #[track_caller]
    pub fn latest_change(&self, id: Id<kinds::Order>) -> order::Change {
        let changes = must("an order's changes can be read", self.asks(move |read| order::changes(read, id)));
        changes.last().expect("an order begins with a change").clone()
    }

    /// A payment.
    ///
    /// # Panics
    /// Where there is no such payment.
    #[track_caller]
    pub fn payment(&self, id: Id<kinds::Payment>) -> payment::Payment {
        must("a payment can be read", self.asks(move |read| payment::find(read, id)))
    }

    /// Where a case stands.
    ///
    /// # Panics
    /// Where there is no such case.
    #[track_caller]
    pub fn case(&self, id: Id<kinds::Case>) -> aftersale::Head {
        must("a case can be read", self.asks(move |read| aftersale::head(read, id)))
    }

    /// Where a quotation stands.
    ///
    /// # Panics
    /// Where there is no such quotation.
    #[track_caller]
    pub fn quotation(&self, id: Id<kinds::Quotation>) -> quotation::Head {
        must("a quotation can be read", self.asks(move |read| quotation::head(read, id)))
    }

    /// The cases that wait for the operator.
    ///
    /// # Panics
    /// Where they cannot be read.
    #[track_caller]
    pub fn operators_list(&self) -> Vec<Id<kinds::Case>> {
        let waiting = self.asks(|read| aftersale::waiting_for_operator(read, None, 100));
        must("the operator's list can be read", waiting).items.iter().map(|case| case.id).collect()
    }

    /// What stands on an account in the whole market, debit positive, whatever the currency.
    ///
    /// # Panics
    /// Where the database cannot be read.
    pub fn balance(&self, account: Account) -> i64 {
        let text = "select cast(coalesce(sum(amount), 0) as bigint) from ledger_balance where account = ";
        let text = format!("{text}'{}'", account.word());
        let sum = self.asks(move |read| {
            let mut sum = 0;
            read.ask(&text, |row| {
                sum = row.get(0)?;
                Ok(())
            })?;
            Ok(sum)
        });
        must("balances can be read", sum)
    }

    /// What the market owes on an account: the opposite of its balance.
    ///
    /// # Panics
    /// Where the database cannot be read.
    pub fn owes(&self, account: Account) -> i64 {
        -self.balance(account)
    }

    /// The provider's next message goes wrong, or its next refund or transfer.
    ///
    /// # Errors
    /// What the provider says of the measure.
    pub fn provider_plays(&self, mischief: Mischief, millis: i64) -> Result<()> {
        self.acts(move |tx| sandbox::make_mischief(tx, None, mischief, millis, 1))
    }
}
