//! `/seller/{slug}/money`: what the market owes the shop, and how it gets to its bank.

use crate::{
    desk::{self, Desk},
    form,
    home::Pots,
};
use ::payout::Payout;
use askama::Template;
use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};
use door::App;
use flows::{
    keep_shop,
    payout::{self, PayoutWish},
};
use identity::{Permission, Scope};
use kernel::{Page, Result, kinds};
use merchant::{BankAccount, BankAccountForm};
use views::seller::{self, Settlement};
use web::{Fields, Posted, Reply, Typed, Visit, page_with};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/seller/{slug}/money", get(money))
        .route("/seller/{slug}/money/payout", post(ask_payout))
        .route("/seller/{slug}/money/accounts", post(add_account))
        .route("/seller/{slug}/money/accounts/remove", post(remove_account))
}

/// Payouts and settlements that are shown; older settlements stand on further pages.
const PAYOUTS: usize = 10;
const SETTLEMENTS: usize = 20;

/// What the page shows of a shop's money.
struct Books {
    pots: Pots,
    payouts: Page<Payout>,
    settlements: Page<Settlement>,
    accounts: Vec<BankAccount>,
    legal_name: String,
    may_bank: bool,
}

#[derive(Template)]
#[template(path = "seller_money.html")]
struct Money {
    v: Visit,
    desk: Desk,
    typed: Typed,
    books: Books,
}

impl Money {
    fn part(&self, minor: &i64) -> kernel::Money {
        kernel::Money::new(*minor, self.desk.shop.currency)
    }

    fn least(&self) -> kernel::Money {
        self.part(&self.v.asked.settings.payout_min_minor)
    }

    fn can_pay_out(&self) -> bool {
        !self.books.accounts.is_empty() && self.books.pots.available.minor > 0
    }

    fn is_cooling(&self, account: &BankAccount) -> bool {
        account.usable_from > self.v.now
    }
}

async fn money(v: Visit, Path(slug): Path<String>) -> Reply {
    show(v, &slug, Typed::default()).await
}

async fn show(v: Visit, slug: &str, typed: Typed) -> Reply {
    let (cursor, person) = (form::cursor(&v)?, v.person()?);
    let asked = desk::open(&v, slug, Some(Permission::ShopMoney), move |read, desk| {
        let (shop, merchant) = (desk.shop.id, desk.shop.merchant);
        let may = identity::permissions(read, person, Scope::Merchant(merchant))?;
        Ok(Books {
            pots: Pots::of(desk, &seller::money(read, shop)?),
            payouts: seller::payouts(read, shop, None, PAYOUTS)?,
            settlements: seller::settlements(read, shop, cursor, SETTLEMENTS)?,
            accounts: merchant::bank_accounts(read, merchant)?,
            legal_name: merchant::legal_name(read, merchant)?,
            may_bank: may.has(Permission::MerchantBank),
        })
    });
    let (desk, books) = asked.await?;
    let typed = typed.under(vec![("holder".to_owned(), books.legal_name.clone())]);
    let status = typed.status.unwrap_or_default();
    page_with(&v.clone(), status, &Money { v, desk, typed, books })
}

async fn answered(v: Visit, slug: &str, fields: Fields, done: Result<()>, said: &str) -> Reply {
    match done {
        Ok(()) => Ok(v.see(&format!("/seller/{slug}/money"), said)),
        Err(no) => {
            let (_, typed) = form::refused(&v, fields, no)?;
            show(v, slug, typed).await
        }
    }
}

async fn ask_payout(Path(slug): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    let done = do_ask(&v, &slug, &fields).await;
    let about = [("payout_below_minimum", "amount"), ("balance_short", "amount")];
    answered(v, &slug, fields, done.map_err(|no| form::said_of(no, &about)), "payout-asked").await
}

async fn do_ask(v: &Visit, slug: &str, fields: &Fields) -> Result<()> {
    fields.only(&["amount"])?;
    let shop = desk::shop(v, slug).await?;
    let amount = match fields.get("amount").trim().is_empty() {
        true => None,
        false => Some(fields.money("amount", shop.currency)?),
    };
    let (wish, cx) = (PayoutWish { shop: shop.id, amount }, v.asked.cx.clone());
    v.app().aside(move |app| payout::ask(app.market(), &cx, wish)).await.map(drop)
}

async fn add_account(Path(slug): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    let done = do_add(&v, &slug, &fields).await;
    let about = [("account_name_mismatch", "holder"), ("malformed", "number")];
    answered(v, &slug, fields, done.map_err(|no| form::said_of(no, &about)), "account-added").await
}

async fn do_add(v: &Visit, slug: &str, fields: &Fields) -> Result<()> {
    fields.only(&["holder", "bank", "number"])?;
    let shop = desk::shop(v, slug).await?;
    let form =
        BankAccountForm { holder: fields.text("holder")?, bank: fields.text("bank")?, number: fields.text("number")? };
    keep_shop::add_bank_account(v.app().store(), &v.asked.cx, shop.id, form).await.map(drop)
}

async fn remove_account(Path(slug): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    let done = do_remove(&v, &slug, &fields).await;
    answered(v, &slug, fields, done, "account-removed").await
}

async fn do_remove(v: &Visit, slug: &str, fields: &Fields) -> Result<()> {
    fields.only(&["account"])?;
    let shop = desk::shop(v, slug).await?;
    let account = fields.id::<kinds::BankAccount>("account")?;
    keep_shop::remove_bank_account(v.app().store(), &v.asked.cx, shop.id, account).await
}
