//! The market's shops, and one of them with everything that a review asks for.

use crate::{order_page::mask::masked_name, set::bounded};
use kernel::{Currency, Cursor, Id, Money, Page, Result, Time, kinds};
use merchant::{BankAccount, BankAccountState, Change, Merchant, Paper, PaperKind, Shop, ShopState};
use serde::Serialize;
use store::{Read, Row, across, args, sql};

/// A shop as a review sees it. Numbers of papers and accounts show their last four characters.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct ShopReview {
    /// The shop, its deposit due and paid.
    pub shop: Shop,
    /// Whose it is.
    pub merchant: Merchant,
    /// The merchant's name as in the papers.
    pub legal_name: String,
    /// What proves who the merchant is.
    pub papers: Vec<PaperRow>,
    /// What was signed for this shop, latest first.
    pub contracts: Vec<ContractRow>,
    /// What happened to the shop, oldest first.
    pub changes: Vec<Change>,
    /// Where its money would go.
    pub bank_accounts: Vec<BankAccountRow>,
}

/// A paper.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct PaperRow {
    /// What sort.
    pub kind: PaperKind,
    /// The last four characters of its number.
    pub number: String,
    /// The issuer's country, ISO 3166.
    pub country: String,
    /// Who issued it.
    pub issuer: String,
    /// When it expires, if it does.
    pub expires_at: Option<Time>,
}

/// A signature.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct ContractRow {
    /// Of which version of the text.
    pub version: String,
    /// SHA-256 of the text that was shown, in hexadecimal.
    pub text_hash: String,
    /// Who signed.
    pub signed_by: Id<kinds::Party>,
    /// When.
    pub signed_at: Time,
}

/// A bank account.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct BankAccountRow {
    /// Which.
    pub id: Id<kinds::BankAccount>,
    /// In whose name, all but the first character hidden.
    pub holder: String,
    /// At which bank.
    pub bank: String,
    /// The last four characters of its number.
    pub number: String,
    /// Whether it is used.
    pub state: BankAccountState,
    /// Before this no payout goes there.
    pub usable_from: Time,
}

/// The market's shops, the latest applied for first, all or those in one state.
///
/// # Errors
/// What the engine says.
pub fn shops(read: &mut Read, state: Option<ShopState>, after: Option<Cursor>, limit: usize) -> Result<Page<Shop>> {
    let limit = bounded(limit);
    let before = after.map_or(i64::MAX, |cursor| cursor.id);
    let rows = match state {
        None => {
            let sql = across!(
                "select id, merchant, kind, slug, name, currency, state, deposit_due, deposit_paid, version, applied_at
                 from merchant_shop
                 where id < $1
                 order by id desc
                 limit $2"
            );
            read.all(sql, args![before, limit + 1], shop_row)?
        }
        Some(state) => {
            let sql = across!(
                "select id, merchant, kind, slug, name, currency, state, deposit_due, deposit_paid, version, applied_at
                 from merchant_shop
                 where state = $1 and id < $2
                 order by id desc
                 limit $3"
            );
            read.all(sql, args![state, before, limit + 1], shop_row)?
        }
    };
    Ok(Page::of(rows, limit, |shop| Cursor { sort: shop.id.raw(), id: shop.id.raw() }))
}

fn shop_row(row: &Row) -> Result<Shop> {
    let currency: Currency = row.get(5)?;
    Ok(Shop {
        id: row.get(0)?,
        merchant: row.get(1)?,
        kind: row.get(2)?,
        slug: row.get(3)?,
        name: row.get(4)?,
        currency,
        state: row.get(6)?,
        deposit_due: Money::new(row.get(7)?, currency),
        deposit_paid: Money::new(row.get(8)?, currency),
        version: row.get(9)?,
        applied_at: row.get(10)?,
    })
}

/// A shop with everything that a review asks for; seven statements.
///
/// # Errors
/// `not_found`.
pub fn shop(read: &mut Read, id: Id<kinds::Shop>) -> Result<ShopReview> {
    let shop = merchant::shop(read, id)?;
    let owner = shop.merchant;
    Ok(ShopReview {
        merchant: merchant::merchant(read, owner)?,
        legal_name: merchant::legal_name(read, owner)?,
        papers: merchant::papers(read, owner)?.into_iter().map(paper).collect(),
        contracts: contracts(read, &shop)?,
        changes: merchant::changes(read, id)?,
        bank_accounts: merchant::bank_accounts(read, owner)?.into_iter().map(bank_account).collect(),
        shop,
    })
}

fn paper(paper: Paper) -> PaperRow {
    PaperRow {
        kind: paper.kind,
        number: last_four(&paper.number),
        country: paper.country.into_string(),
        issuer: paper.issuer.into_string(),
        expires_at: paper.expires_at,
    }
}

fn bank_account(account: BankAccount) -> BankAccountRow {
    BankAccountRow {
        number: account.masked(),
        id: account.id,
        holder: masked_name(&account.holder),
        bank: account.bank,
        state: account.state,
        usable_from: account.usable_from,
    }
}

/// The last four characters of a number that has more than eight; nothing of a shorter one.
fn last_four(number: &str) -> String {
    let length = number.chars().count();
    let kept = if length > 8 { 4 } else { 0 };
    "****".chars().chain(number.chars().skip(length - kept)).collect()
}

fn contracts(read: &mut Read, shop: &Shop) -> Result<Vec<ContractRow>> {
    let sql = sql!(
        "select version, text_hash, signed_by, signed_at
         from merchant_contract
         where home = $1 and merchant = $2 and shop = $3
         order by signed_at desc, version desc
         limit 100"
    );
    read.all(sql, args![shop.merchant.home(), shop.merchant, shop.id], |row| {
        let hash: Vec<u8> = row.get(1)?;
        let text_hash = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(ContractRow { version: row.get(0)?, text_hash, signed_by: row.get(2)?, signed_at: row.get(3)? })
    })
}
