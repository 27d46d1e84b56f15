//! Reads of the room's own tables.

use crate::{Account, Entry, Leg};
use kernel::{Currency, Home, Id, Money, Result, kinds};
use store::{Read, Tx, args, sql};

/// A balance in a home, debit positive; zero where there is none.
///
/// # Errors
/// What the engine says.
pub fn balance(read: &mut Read, account: Account, owner: i64, currency: Currency, home: Home) -> Result<Money> {
    let sql = sql!(
        "select amount
         from ledger_balance
         where home = $1 and owner = $2 and account = $3 and currency = $4"
    );
    let found = read.opt(sql, args![home, owner, account, currency], |row| row.get(0))?;
    Ok(Money::new(found.unwrap_or(0), currency))
}

/// A balance that something is decided on: as it is once everybody who moves it has ended, and held until this act
/// ends, so that two that see the same money do not both take it.
///
/// # Errors
/// What the engine says.
pub fn hold(tx: &mut Tx, account: Account, owner: i64, currency: Currency, home: Home) -> Result<Money> {
    let sql = sql!(
        "update ledger_balance
         set amount = amount
         where home = $1 and owner = $2 and account = $3 and currency = $4
         returning amount"
    );
    let found = tx.hold(sql, args![home, owner, account, currency], |row| row.get(0))?;
    Ok(Money::new(found.unwrap_or(0), currency))
}

/// The balances of an owner's accounts over all homes, summed per account and currency; for pages, never to decide on.
///
/// # Errors
/// What the engine says.
pub fn shop_pots(read: &mut Read, home: Home, shop: Id<kinds::Shop>) -> Result<Vec<(Account, Money)>> {
    let sql = sql!(
        "select account, currency, amount
         from ledger_balance
         where home = $1 and owner = $2
         order by account, currency"
    );
    read.all(sql, args![home, shop], |row| Ok((row.get(0)?, Money::new(row.get(2)?, row.get(1)?))))
}

/// The entries about an order, oldest first, at most a thousand.
///
/// # Errors
/// What the engine says.
pub fn entries_about(read: &mut Read, order: Id<kinds::Order>) -> Result<Vec<Entry>> {
    let sql = sql!(
        "select e.id, e.event, e.cause, e.at, l.account, l.owner, l.currency, l.amount
         from ledger_entry e
         join ledger_leg l on l.home = e.home and l.entry = e.id
         where e.home = $1 and e.about = $2
         order by e.id, l.n
         limit 10000"
    );
    let mut entries: Vec<Entry> = Vec::new();
    read.each(sql, args![order.home(), order], |row| {
        let leg = Leg { account: row.get(4)?, owner: row.get(5)?, amount: Money::new(row.get(7)?, row.get(6)?) };
        let id = row.get(0)?;
        match entries.last_mut().filter(|entry| entry.id == id) {
            Some(entry) => entry.legs.push(leg),
            None => {
                let (event, cause, at) = (row.get(1)?, row.get(2)?, row.get(3)?);
                entries.push(Entry { id, event, cause, at, legs: vec![leg] });
            }
        }
        Ok(())
    })?;
    Ok(entries)
}
