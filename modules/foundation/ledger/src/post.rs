//! Writing an entry: all its legs and the balances they move, in one home, or nothing.

use crate::Account;
use kernel::{Currency, Error, Home, Id, Money, Result, kinds};
use serde::Serialize;
use store::{Tx, Val, args, into, sql};

kernel::refusals! {
    /// What the ledger says no to.
    pub enum Refusal {
        /// The legs of a currency do not sum to zero. A mistake of ours, never of a person.
        UnbalancedEntry { event: &'static str, difference: i64 } => Conflict "unbalanced_entry",
        /// This event of this document was posted before.
        EntryExists { event: &'static str } => Conflict "entry_exists",
    }
}

/// One side of an entry: debit positive, credit negative.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Leg {
    /// Which kind of account.
    pub account: Account,
    /// Whose, as a raw id or number; 0 the platform's own.
    pub owner: i64,
    /// How much, in which currency.
    pub amount: Money,
}

/// An entry before it is written.
#[derive(Clone, Debug)]
pub struct Draft {
    event: &'static str,
    cause: i64,
    part: i64,
    about: i64,
    home: Home,
    legs: Vec<Leg>,
}

/// An entry as written.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Entry {
    /// Its id.
    pub id: Id<kinds::Entry>,
    /// Which row of the table of postings it follows.
    pub event: String,
    /// The raw id of the document that caused it.
    pub cause: i64,
    /// When.
    pub at: kernel::Time,
    /// Its legs in order.
    pub legs: Vec<Leg>,
}

impl Draft {
    /// An entry for what happened (`event`) to a document (`cause`), in the home of that document.
    pub fn new<K>(event: &'static str, cause: Id<K>) -> Draft {
        Draft { event, cause: cause.raw(), part: 0, about: 0, home: cause.home(), legs: Vec::new() }
    }

    /// In another home than the cause's: a document that concerns balances of several homes.
    #[must_use]
    pub fn in_home(mut self, home: Home) -> Draft {
        self.home = home;
        self
    }

    /// One of several entries of the same event and cause.
    #[must_use]
    pub fn part(mut self, part: i64) -> Draft {
        self.part = part;
        self
    }

    /// The order that it is about.
    #[must_use]
    pub fn about(mut self, order: Id<kinds::Order>) -> Draft {
        self.about = order.raw();
        self
    }

    /// Adds a debit; nothing is added for zero.
    #[must_use]
    pub fn debit(self, account: Account, owner: i64, amount: Money) -> Draft {
        self.leg(account, owner, amount)
    }

    /// Adds a credit; nothing is added for zero.
    #[must_use]
    pub fn credit(self, account: Account, owner: i64, amount: Money) -> Draft {
        // An amount that has no opposite cannot be posted: its sum with anything would not be zero.
        let opposite = Money::new(amount.minor.saturating_neg(), amount.currency);
        self.leg(account, owner, opposite)
    }

    fn leg(mut self, account: Account, owner: i64, amount: Money) -> Draft {
        if amount.minor != 0 {
            self.legs.push(Leg { account, owner, amount });
        }
        self
    }

    fn check(&self) -> Result<(), Error> {
        let mut sums: Vec<(Currency, i128)> = Vec::new();
        for Leg { amount, .. } in &self.legs {
            match sums.iter_mut().find(|(currency, _)| *currency == amount.currency) {
                Some((_, sum)) => *sum += i128::from(amount.minor),
                None => sums.push((amount.currency, i128::from(amount.minor))),
            }
        }
        match sums.iter().find(|(_, sum)| *sum != 0) {
            None => Ok(()),
            Some((_, sum)) => {
                let difference = i64::try_from(*sum).unwrap_or(i64::MAX);
                Err(Refusal::UnbalancedEntry { event: self.event, difference }.into())
            }
        }
    }
}

/// Writes an entry; an entry without legs is none and writes nothing.
///
/// # Errors
/// `unbalanced_entry`; `entry_exists` where the same event of the same cause was written before.
pub fn post(tx: &mut Tx, draft: Draft) -> Result<()> {
    draft.check()?;
    if draft.legs.is_empty() {
        return Ok(());
    }
    let Draft { event, cause, part, about, home, legs } = draft;
    let id = tx.id::<kinds::Entry>(home)?;
    let now = tx.now();
    let sql = sql!(
        "insert into ledger_entry (home, id, event, cause, part, about, legs, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (home, cause, event, part) do nothing"
    );
    if tx.exec(sql, args![home, id, event, cause, part, about, legs.len(), now])? == 0 {
        return Err(Refusal::EntryExists { event }.into());
    }
    let rows: Vec<Vec<Val>> = (1_i64..)
        .zip(&legs)
        .map(|(n, leg)| args![home, id, n, leg.account, leg.owner, leg.amount.currency, leg.amount.minor].to_vec())
        .collect();
    let table = into!(
        "ledger_leg",
        "home, entry, n, account, owner, currency, amount" => "$1, $2, $3, $4, $5, $6, $7"
    );
    tx.insert_all(table, &rows)?;
    move_balances(tx, home, legs)
}

/// Adds the legs to their balances, in one order everywhere so that two entries never wait for each other.
fn move_balances(tx: &mut Tx, home: Home, mut legs: Vec<Leg>) -> Result<()> {
    legs.sort_by_key(|leg| (leg.owner, leg.account, leg.amount.currency));
    for Leg { account, owner, amount } in legs {
        let sql = sql!(
            "insert into ledger_balance (home, account, owner, currency, amount, legs)
             values ($1, $2, $3, $4, $5, 1)
             on conflict (owner, account, currency, home)
             do update set amount = ledger_balance.amount + excluded.amount, legs = ledger_balance.legs + 1"
        );
        tx.exec(sql, args![home, account, owner, amount.currency, amount.minor])?;
    }
    Ok(())
}
