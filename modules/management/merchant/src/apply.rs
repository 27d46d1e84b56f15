//! How merchants and shops come into being.

use crate::{Applied, MerchantKind, Paper, Refusal, ShopMove, ShopOpened, ShopState, Slug, find, life, paper};
use kernel::{Currency, Id, Money, Result, Text, kinds};
use serde::Serialize;
use store::{Tx, args, sql};

/// What a merchant tells about himself and his first shop.
#[derive(Clone, Debug, Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Application {
    /// What sort of merchant.
    pub kind: MerchantKind,
    /// The name in the papers.
    pub legal_name: Text<200>,
    /// The papers, as far as they are at hand; [`crate::add_paper`] brings more.
    pub papers: Vec<Paper>,
    /// The first shop.
    pub shop: ShopForm,
}

/// What is told about a shop.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShopForm {
    /// Its name in addresses.
    pub slug: Slug,
    /// Its name.
    pub name: Text<60>,
    /// What it trades in.
    pub currency: Currency,
}

/// Makes a merchant and the draft of his first shop.
///
/// # Errors
/// `slug_taken`, and what [`crate::add_paper`] says of a paper.
pub fn apply(tx: &mut Tx, applicant: Id<kinds::Party>, application: &Application) -> Result<Applied> {
    let Application { kind, legal_name, papers, shop } = application;
    let merchant = open_merchant(tx, applicant, *kind, legal_name)?;
    for paper in papers {
        paper::add_paper(tx, merchant, paper)?;
    }
    let shop = draft(tx, merchant, *kind, shop)?;
    let applied = Applied { merchant, shop };
    tx.emit(&applied, 1)?;
    Ok(applied)
}

/// The draft of one more shop of a merchant.
///
/// # Errors
/// `slug_taken`, `not_found`.
pub fn another_shop(tx: &mut Tx, merchant: Id<kinds::Merchant>, form: &ShopForm) -> Result<Id<kinds::Shop>> {
    let kind = find::merchant(tx, merchant)?.kind;
    let shop = draft(tx, merchant, kind, form)?;
    tx.emit(&Applied { merchant, shop }, 1)?;
    Ok(shop)
}

/// The operator's hand, for imports and replays: a merchant and a shop that is open at once. No papers, no contract,
/// and the deposit is waived, which its change row says.
///
/// # Errors
/// `slug_taken`.
pub fn operator_opens(
    tx: &mut Tx,
    owner: Id<kinds::Party>,
    kind: MerchantKind,
    form: &ShopForm,
) -> Result<Id<kinds::Shop>> {
    let legal_name = Text::new(&form.name)?;
    let merchant = open_merchant(tx, owner, kind, &legal_name)?;
    let shop = draft(tx, merchant, kind, form)?;
    let waive = sql!(
        "update merchant_shop
         set deposit_due = 0
         where home = $1 and id = $2"
    );
    tx.exec(waive, args![shop.home(), shop])?;
    let version = life::step(tx, shop, ShopMove::OpenByHand, Some("opened by the operator, deposit waived"))?;
    tx.emit(&ShopOpened { merchant, shop }, version)?;
    Ok(shop)
}

fn open_merchant(
    tx: &mut Tx,
    applicant: Id<kinds::Party>,
    kind: MerchantKind,
    legal_name: &Text<200>,
) -> Result<Id<kinds::Merchant>> {
    let home = tx.new_home();
    let id: Id<kinds::Merchant> = tx.id(home)?;
    let sql = sql!(
        "insert into merchant_entity (home, id, kind, applicant, bank_accounts, applied_at)
         values ($1, $2, $3, $4, 0, $5)"
    );
    let now = tx.now();
    tx.exec(sql, args![home, id, kind, applicant, now])?;
    let sql = sql!(
        "insert into merchant_legal_name (home, merchant, name)
         values ($1, $2, $3)"
    );
    tx.exec(sql, args![home, id, legal_name])?;
    Ok(id)
}

fn draft(tx: &mut Tx, merchant: Id<kinds::Merchant>, kind: MerchantKind, form: &ShopForm) -> Result<Id<kinds::Shop>> {
    let ShopForm { slug, name, currency } = form;
    let home = tx.new_home();
    let id: Id<kinds::Shop> = tx.id(home)?;
    let take = sql!(
        "insert into merchant_slug (home, slug, shop)
         values ($1, $2, $3)
         on conflict do nothing"
    );
    if tx.exec(take, args![slug.home(), slug, id])? == 0 {
        return Err(Refusal::SlugTaken.into());
    }
    let due: Money = kind.deposit(*currency)?;
    let sql = sql!(
        "insert into merchant_shop
           (home, id, merchant, kind, slug, name, currency, state, deposit_due, deposit_paid, version, applied_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 1, $10)"
    );
    let now = tx.now();
    tx.exec(sql, args![home, id, merchant, kind, slug, name, currency, ShopState::Draft, due.minor, now])?;
    let sql = sql!(
        "insert into merchant_owned_shop (home, merchant, shop)
         values ($1, $2, $3)"
    );
    tx.exec(sql, args![merchant.home(), merchant, id])?;
    tx.about(id);
    Ok(id)
}
