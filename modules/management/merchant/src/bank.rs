//! Where a merchant's money goes when it leaves the market.

use crate::{Refusal, find};
use kernel::{Id, Result, Text, Time, error::Common, kinds, time::HOUR};
use store::{Read, Row, Tx, args, sql};

/// How long a new account waits before money goes there (money, 6).
const COOLING: i64 = 48 * HOUR;
/// How many active accounts a merchant may have.
const ACCOUNTS_MAX: i64 = 10;

store::codes! {
    /// Whether an account is used.
    pub enum BankAccountState {
        /// It is.
        Active = "active",
        /// Not any more; kept because payouts name it.
        Removed = "removed",
    }
}

/// A bank account as its owner types it.
#[derive(Clone, PartialEq, Eq, Debug, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BankAccountForm {
    /// In whose name.
    pub holder: Text<200>,
    /// At which bank.
    pub bank: Text<100>,
    /// Account number or IBAN, blanks and hyphens allowed.
    pub number: Text<60>,
}

/// A bank account of a merchant.
#[derive(Clone, PartialEq, Eq)]
pub struct BankAccount {
    /// Which.
    pub id: Id<kinds::BankAccount>,
    /// Whose.
    pub merchant: Id<kinds::Merchant>,
    /// In whose name.
    pub holder: String,
    /// At which bank.
    pub bank: String,
    /// Without blanks.
    pub number: String,
    /// Whether it is used.
    pub state: BankAccountState,
    /// Before this no payout goes there.
    pub usable_from: Time,
}

impl BankAccount {
    /// The number as it may be shown: the last four characters (governance, D3).
    pub fn masked(&self) -> String {
        let length = self.number.chars().count();
        let last: String = self.number.chars().skip(length.saturating_sub(4)).collect();
        format!("**** **** **** {last}")
    }
}

impl std::fmt::Debug for BankAccount {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "BankAccount({}, {:?})", self.id, self.state)
    }
}

/// Adds a bank account in the merchant's own name; it can be paid to after 48 hours.
///
/// # Errors
/// `account_name_mismatch`, `malformed`, `too_many`, `not_found`.
pub fn add_bank_account(
    tx: &mut Tx,
    merchant: Id<kinds::Merchant>,
    form: &BankAccountForm,
) -> Result<Id<kinds::BankAccount>> {
    if find::legal_name(tx, merchant)? != *form.holder {
        return Err(Refusal::AccountNameMismatch.into());
    }
    let number: String = form.number.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    if !(6..=34).contains(&number.len()) || !number.bytes().all(|c| c.is_ascii_alphanumeric()) {
        return Err(Common::Malformed { expected: "6 to 34 digits or letters" }.into());
    }
    let (now, home) = (tx.now(), merchant.home());
    let take = sql!(
        "update merchant_entity
         set bank_accounts = bank_accounts + 1
         where home = $1 and id = $2 and bank_accounts < $3"
    );
    if tx.exec(take, args![home, merchant, ACCOUNTS_MAX])? == 0 {
        return Err(Common::TooManyThings { most: ACCOUNTS_MAX }.into());
    }
    let id: Id<kinds::BankAccount> = tx.id(home)?;
    let sql = sql!(
        "insert into merchant_bank_account (home, id, merchant, holder, bank, number, state, added_at, usable_from)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
    );
    let BankAccountForm { holder, bank, .. } = form;
    let usable_from = now.plus(COOLING);
    tx.exec(sql, args![home, id, merchant, holder, bank, number, BankAccountState::Active, now, usable_from])?;
    tx.about(id);
    Ok(id)
}

/// Takes a bank account out of use. One that is out of use stays so.
///
/// # Errors
/// `not_found` where there is none or it is another's.
pub fn remove_bank_account(tx: &mut Tx, merchant: Id<kinds::Merchant>, id: Id<kinds::BankAccount>) -> Result<()> {
    bank_account(tx, merchant, id)?;
    let sql = sql!(
        "update merchant_bank_account
         set state = $4
         where home = $1 and id = $2 and state = $3"
    );
    if tx.exec(sql, args![id.home(), id, BankAccountState::Active, BankAccountState::Removed])? == 1 {
        let give_back = sql!(
            "update merchant_entity
             set bank_accounts = bank_accounts - 1
             where home = $1 and id = $2"
        );
        tx.exec(give_back, args![merchant.home(), merchant])?;
    }
    tx.about(id);
    Ok(())
}

/// One bank account of a merchant's, in use or not.
///
/// # Errors
/// `not_found` where there is none; the same outside, audited inside, where it is another's.
pub fn bank_account(read: &mut Read, merchant: Id<kinds::Merchant>, id: Id<kinds::BankAccount>) -> Result<BankAccount> {
    let sql = sql!(
        "select id, merchant, holder, bank, number, state, usable_from
         from merchant_bank_account
         where home = $1 and id = $2"
    );
    let found = read.opt(sql, args![id.home(), id], of_row)?.ok_or(Common::NotFound)?;
    if found.merchant != merchant {
        return Err(Common::NotYours.into());
    }
    Ok(found)
}

/// The bank accounts of a merchant that are in use, latest first.
///
/// # Errors
/// What the engine says.
pub fn bank_accounts(read: &mut Read, merchant: Id<kinds::Merchant>) -> Result<Vec<BankAccount>> {
    let sql = sql!(
        "select id, merchant, holder, bank, number, state, usable_from
         from merchant_bank_account
         where home = $1 and merchant = $2 and state = $3
         order by id desc
         limit $4"
    );
    read.all(sql, args![merchant.home(), merchant, BankAccountState::Active, ACCOUNTS_MAX], of_row)
}

/// Where a payout goes now: the latest account that does not wait any more.
///
/// # Errors
/// `no_bank_account`; `account_cooling` where all still wait.
pub fn payout_account(read: &mut Read, merchant: Id<kinds::Merchant>, now: Time) -> Result<BankAccount> {
    let accounts = bank_accounts(read, merchant)?;
    let soonest = accounts.iter().map(|account| account.usable_from).min().ok_or(Refusal::NoBankAccount)?;
    let usable = accounts.into_iter().find(|account| account.usable_from <= now);
    usable.ok_or_else(|| Refusal::AccountCooling { until: soonest }.into())
}

fn of_row(row: &Row<'_>) -> Result<BankAccount> {
    Ok(BankAccount {
        id: row.get(0)?,
        merchant: row.get(1)?,
        holder: row.get(2)?,
        bank: row.get(3)?,
        number: row.get(4)?,
        state: row.get(5)?,
        usable_from: row.get(6)?,
    })
}
