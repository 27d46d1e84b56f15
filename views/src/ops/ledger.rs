//! From the trial balance down to an account, an entry and the order it is about. [$1]

use crate::{
    outside::{outside, owner_of},
    set::bounded,
};
use kernel::{Currency, Cursor, Id, Money, Page, Result, Time, error::Common, kinds};
use ledger::{Account, Nature};
use serde::Serialize;
use std::collections::BTreeSet;
use store::{Read, Row, Statement, Val, across, args, sql};

/// What stands on every account.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct TrialBalance {
    /// Every account of the chart, in each currency in which anything stands.
    pub rows: Vec<TrialRow>,
    /// The sums of each currency; the last column is zero or the books are wrong.
    pub totals: Vec<TrialTotal>,
}

/// An account in one currency, over all its owners.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct TrialRow {
    /// Which.
    pub account: Account,
    /// On which side it usually stands.
    pub usual: Side,
    /// What its owners' balances on the debit side come to.
    pub debit: Money,
    /// What those on the credit side come to.
    pub credit: Money,
    /// Debit less credit.
    pub balance: Money,
}

store::codes! {
    /// A side of the books.
    pub enum Side {
        /// 借.
        Debit = "debit",
        /// 贷.
        Credit = "credit",
    }
}

/// The sums of a currency.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct TrialTotal {
    /// All debit balances.
    pub debit: Money,
    /// All credit balances.
    pub credit: Money,
    /// Debit less credit.
    pub difference: Money,
}

/// A leg on an account, with the entry it is of.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct AccountRow {
    /// The entry.
    pub entry: Id<kinds::Entry>,
    /// The leg's number in it.
    pub n: i64,
    /// Which row of the table of postings it follows.
    pub event: String,
    /// The order it is about; none where it is about none.
    pub about: Option<Id<kinds::Order>>,
    /// Whose, as shown outside.
    pub owner: String,
    /// Debit positive, credit negative.
    pub amount: Money,
    /// When.
    pub at: Time,
}

/// An entry with everything that leads on from it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct EntryPage {
    /// The entry.
    pub id: Id<kinds::Entry>,
    /// What caused it.
    pub cause: Cause,
    /// The order it is about; none where it is about none.
    pub about: Option<Id<kinds::Order>>,
    /// When.
    pub at: Time,
    /// Its legs in order; they sum to zero in each currency.
    pub legs: Vec<EntryLeg>,
}

/// What caused an entry.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Cause {
    /// What happened: the row of the table of postings that the entry follows.
    pub event: String,
    /// The document that it happened to, as shown outside.
    pub document: String,
    /// Which of several entries of one event and document; 0 where there is one.
    pub part: i64,
}

/// A side of an entry.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct EntryLeg {
    /// Its number.
    pub n: i64,
    /// The account.
    pub account: Account,
    /// Whose, as shown outside.
    pub owner: String,
    /// The same as a raw id or number, to ask for the account of this owner.
    pub owner_raw: i64,
    /// Debit positive, credit negative.
    pub amount: Money,
}

/// What stands on every account, by the balances, which the books hold against the legs.
///
/// # Errors
/// What the engine says; `too_large` where a sum does not fit.
pub fn trial_balance(read: &mut Read) -> Result<TrialBalance> {
    // What is settled stands at zero, and is most of the balances: it is left out before anything is summed.
    let sql = across!(
        "select account, currency, cast(sum(case when amount > 0 then amount else 0 end) as bigint),
             cast(sum(case when amount < 0 then -amount else 0 end) as bigint)
         from ledger_balance
         where amount <> 0
         group by account, currency"
    );
    let mut rows = read.all(sql, args![], |row| {
        let currency: Currency = row.get(1)?;
        trial_row(row.get(0)?, Money::new(row.get(2)?, currency), Money::new(row.get(3)?, currency))
    })?;
    let currencies: BTreeSet<Currency> = rows.iter().map(|row| row.balance.currency).collect();
    for zero in currencies.into_iter().map(Money::zero) {
        for account in Account::ALL {
            if !rows.iter().any(|row| row.account == *account && row.balance.currency == zero.currency) {
                rows.push(trial_row(*account, zero, zero)?);
            }
        }
    }
    rows.sort_by_key(|row| (row.balance.currency, row.account));
    let totals = rows.chunk_by(|one, next| one.balance.currency == next.balance.currency).map(total);
    Ok(TrialBalance { totals: totals.collect::<Result<_>>()?, rows })
}

fn trial_row(account: Account, debit: Money, credit: Money) -> Result<TrialRow> {
    let usual = match account.nature() {
        Nature::Asset | Nature::Expense => Side::Debit,
        Nature::Liability | Nature::Income => Side::Credit,
    };
    Ok(TrialRow { account, usual, debit, credit, balance: debit.minus(credit)? })
}

fn total(rows: &[TrialRow]) -> Result<TrialTotal> {
    let zero = Money::zero(rows[0].balance.currency);
    let debit = rows.iter().map(|row| row.debit).try_fold(zero, Money::plus)?;
    let credit = rows.iter().map(|row| row.credit).try_fold(zero, Money::plus)?;
    Ok(TrialTotal { debit, credit, difference: debit.minus(credit)? })
}

/// How many legs a page looks through for those of one owner.
const LOOKED_THROUGH: usize = 2_000;

/// What moved an account in a currency, newest first; or that of one owner alone. An order's escrow is found by the
/// order; another owner's legs are looked for among the account's, at most 2,000 a page: then a page may be short and
/// still have a next one.
///
/// # Errors
/// What the engine says.
pub fn account(
    read: &mut Read,
    (account, currency): (Account, Currency),
    owner: Option<i64>,
    after: Option<Cursor>,
    limit: usize,
) -> Result<Page<AccountRow>> {
    let limit = bounded(limit);
    let from = after.unwrap_or(Cursor { sort: i64::MAX, id: i64::MAX });
    let looks = owner.is_some() && account != Account::Escrow;
    let most = if looks { LOOKED_THROUGH } else { limit + 1 };
    let (statement, values) = legs_of(account, currency, owner, from, most);
    let (mut rows, mut seen, mut end) = (Vec::new(), 0, None);
    read.each(statement, &values, |row| {
        seen += 1;
        if rows.len() <= limit {
            let leg = account_row(row, account, currency)?;
            end = Some(Cursor { sort: leg.entry.raw(), id: leg.n });
            if owner.is_none() || owner == Some(row.get(4)?) {
                rows.push(leg);
            }
        }
        Ok(())
    })?;
    let page = Page::of(rows, limit, |leg| Cursor { sort: leg.entry.raw(), id: leg.n });
    let end = if looks && seen == LOOKED_THROUGH { end } else { None };
    Ok(Page { next: page.next.or(end), ..page })
}

fn legs_of(
    account: Account,
    currency: Currency,
    owner: Option<i64>,
    from: Cursor,
    most: usize,
) -> (&'static Statement, Vec<Val>) {
    if let (Some(order), Account::Escrow) = (owner, account) {
        // The account stands in a case, or the index of accounts would be taken for the shorter way.
        let sql = sql!(
            "select e.id, l.n, e.event, e.about, l.owner, l.amount, e.at
             from ledger_entry e
             join ledger_leg l on l.home = e.home and l.entry = e.id
             where e.home = $1 and e.about = $2 and (e.id, l.n) < ($5, $6)
                 and case when l.account = $3 and l.currency = $4 then 1 else 0 end = 1
             order by e.id desc, l.n desc
             limit $7"
        );
        let home = Id::<kinds::Order>::from_raw(order).home();
        return (sql, args![home, order, account, currency, from.sort, from.id, most].to_vec());
    }
    let sql = across!(
        "select e.id, l.n, e.event, e.about, l.owner, l.amount, e.at
         from (select home, entry, n, owner, amount
               from ledger_leg
               where account = $1 and currency = $2 and (entry, n) < ($3, $4)
               order by entry desc, n desc
               limit $5) l
         join ledger_entry e on e.home = l.home and e.id = l.entry
         order by l.entry desc, l.n desc"
    );
    (sql, args![account, currency, from.sort, from.id, most].to_vec())
}

fn account_row(row: &Row, account: Account, currency: Currency) -> Result<AccountRow> {
    Ok(AccountRow {
        entry: row.get(0)?,
        n: row.get(1)?,
        event: row.get(2)?,
        about: some(row.get(3)?),
        owner: owner_of(account.word(), row.get(4)?),
        amount: Money::new(row.get(5)?, currency),
        at: row.get(6)?,
    })
}

fn some<K>(raw: i64) -> Option<Id<K>> {
    (raw != 0).then(|| Id::from_raw(raw))
}

/// An entry with its legs.
///
/// # Errors
/// `not_found`.
pub fn entry(read: &mut Read, id: Id<kinds::Entry>) -> Result<EntryPage> {
    let sql = sql!(
        "select e.event, e.cause, e.part, e.about, e.at, l.n, l.account, l.owner, l.currency, l.amount
         from ledger_entry e
         join ledger_leg l on l.home = e.home and l.entry = e.id
         where e.home = $1 and e.id = $2
         order by l.n"
    );
    let mut page: Option<EntryPage> = None;
    read.each(sql, args![id.home(), id], |row| {
        let page = match &mut page {
            Some(page) => page,
            None => page.insert(entry_page(row, id)?),
        };
        let (account, owner_raw): (Account, i64) = (row.get(6)?, row.get(7)?);
        let (owner, amount) = (owner_of(account.word(), owner_raw), Money::new(row.get(9)?, row.get(8)?));
        page.legs.push(EntryLeg { n: row.get(5)?, account, owner, owner_raw, amount });
        Ok(())
    })?;
    page.ok_or_else(|| Common::NotFound.into())
}

fn entry_page(row: &Row, id: Id<kinds::Entry>) -> Result<EntryPage> {
    let (event, cause): (String, i64) = (row.get(0)?, row.get(1)?);
    let document = outside(document_of(&event), cause);
    let cause = Cause { event, document, part: row.get(2)? };
    Ok(EntryPage { id, cause, about: some(row.get(3)?), at: row.get(4)?, legs: Vec::new() })
}

/// The prefix of the document that an event of the table of postings happens to.
fn document_of(event: &str) -> &'static str {
    match event {
        "pay" | "pay_late" => "pay",
        "refund" => "rfd",
        "refund_late" | "refunded" => "prf",
        "confirm" | "settle" | "release_reserve" => "ord",
        "deposit_in" | "fold_out" | "fold_in" => "shp",
        "cover_debt" | "payout" | "payout_done" | "payout_failed" => "out",
        _ => "",
    }
}
