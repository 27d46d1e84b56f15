//! Coming to sell, and what keeps a shop going: papers, freight, its people, where its money goes.

use crate::{
    answers::{Items, Made, OfShop, OfShopsAccount},
    call::Call,
    may,
    op::{self, Op, chapter},
};
use delivery::Freight;
use flows::{
    keep_shop, open_shop,
    register::{self, StaffChange},
};
use identity::Permission;
use kernel::{Result, kinds};
use merchant::{Application, Applied, BankAccount, BankAccountForm, Change, Contract, Paper, Shop};
use schemars::JsonSchema;
use serde::Serialize;
use views::{
    ops::BankAccountRow,
    seller::{self, Colleague, Home},
};

pub(crate) fn operations() -> Vec<Op> {
    chapter(
        "seller: shops",
        vec![
            op::post("applyForShop", "/seller/applications", apply)
                .does("Applies as a merchant with a first shop; the asker owns both.")
                .refuses(&["slug_taken", "check_digit_wrong"]),
            op::get("getOwnShop", "/seller/shops/{shop}", show)
                .does("A shop that the asker works in, and what waits there."),
            op::act("handInPaper", "/seller/shops/{shop}/papers", hand_in)
                .does("Hands in one more paper of the merchant's, or the same one with a later date.")
                .refuses(&["check_digit_wrong", "not_found"]),
            op::act("submitShop", "/seller/shops/{shop}/submit", submit)
                .does("Hands the application in for review.")
                .refuses(&["wrong_state", "paper_missing", "paper_expired", "too_soon"]),
            op::act("signContract", "/seller/shops/{shop}/sign", sign)
                .does("Signs the market's contract as it was shown.")
                .refuses(&["wrong_state", "already_signed"]),
            op::act("openShop", "/seller/shops/{shop}/open", open)
                .does("Opens the doors, once the deposit is there.")
                .refuses(&["wrong_state"]),
            op::put("setFreight", "/seller/shops/{shop}/freight", freight)
                .does("Says what sending costs; orders placed before keep their price.")
                .refuses(&["currency_mismatch"]),
            op::get("listStaff", "/seller/shops/{shop}/staff", staff)
                .does("Who works in a shop, and what each may do."),
            op::put("changeStaff", "/seller/staff", change_staff)
                .does("Grants somebody a permission in a shop, or takes it back.")
                .refuses(&["scope_mismatch", "not_a_person", "not_found"]),
            op::get("listBankAccounts", "/seller/shops/{shop}/bank-accounts", accounts)
                .does("Where a shop's money goes, with masked numbers."),
            op::post("addBankAccount", "/seller/shops/{shop}/bank-accounts", add_account)
                .does("Names an account in the merchant's own name; money goes there after 48 hours.")
                .refuses(&["account_name_mismatch", "not_found"]),
            op::delete("removeBankAccount", "/seller/shops/{shop}/bank-accounts/{account}", remove_account)
                .does("Takes an account out of use."),
        ],
    )
}

async fn apply(call: Call<(), (), Application>) -> Result<Applied> {
    open_shop::apply(call.asked.app.store(), &call.asked.cx, call.body).await
}

/// A shop as its people see it.
#[derive(Serialize, JsonSchema)]
struct OwnShop {
    /// The shop, its deposit due and paid.
    shop: Shop,
    /// What happened to it, oldest first.
    changes: Vec<ShopChange>,
    /// What waits, each counted up to 99.
    waits: Home,
}

/// Something that happened to a shop.
#[derive(Serialize, JsonSchema)]
struct ShopChange {
    /// From where.
    from: merchant::ShopState,
    /// Where to.
    to: merchant::ShopState,
    /// By what.
    step: merchant::ShopMove,
    /// The reason given.
    why: Option<String>,
    /// When.
    at: kernel::Time,
}

async fn show(call: Call<OfShop>) -> Result<OwnShop> {
    let id = call.path.shop;
    let change = |change: Change| {
        let Change { from, to, step, why, at, .. } = change;
        ShopChange { from, to, step, why, at }
    };
    call.read(move |read, actor| {
        may::works_in(read, actor, id)?;
        let changes = merchant::changes(read, id)?.into_iter().map(change).collect();
        Ok(OwnShop { shop: merchant::shop(read, id)?, changes, waits: seller::home(read, id)? })
    })
    .await
}

async fn hand_in(call: Call<OfShop, (), Paper>) -> Result<()> {
    keep_shop::hand_in(call.asked.app.store(), &call.asked.cx, call.path.shop, call.body).await
}

async fn submit(call: Call<OfShop>) -> Result<()> {
    open_shop::submit(call.store(), call.cx(), call.path.shop).await
}

async fn sign(call: Call<OfShop, (), Contract>) -> Result<()> {
    open_shop::sign(call.asked.app.store(), &call.asked.cx, call.path.shop, call.body).await
}

async fn open(call: Call<OfShop>) -> Result<()> {
    open_shop::open(call.store(), call.cx(), call.path.shop).await
}

async fn freight(call: Call<OfShop, (), Freight>) -> Result<()> {
    keep_shop::set_freight(call.store(), call.cx(), call.path.shop, call.body).await
}

async fn staff(call: Call<OfShop>) -> Result<Items<Colleague>> {
    let shop = call.path.shop;
    call.read(move |read, actor| {
        may::in_shop(read, actor, shop, Permission::ShopStaff)?;
        Ok(Items { items: seller::people(read, shop)? })
    })
    .await
}

async fn change_staff(call: Call<(), (), StaffChange>) -> Result<()> {
    register::change_staff(call.store(), call.cx(), call.body).await
}

async fn accounts(call: Call<OfShop>) -> Result<Items<BankAccountRow>> {
    let shop = call.path.shop;
    let shown = |account: BankAccount| BankAccountRow {
        number: account.masked(),
        id: account.id,
        holder: account.holder,
        bank: account.bank,
        state: account.state,
        usable_from: account.usable_from,
    };
    call.read(move |read, actor| {
        let merchant = may::for_merchant(read, actor, shop, Permission::MerchantBank)?;
        Ok(Items { items: merchant::bank_accounts(read, merchant)?.into_iter().map(shown).collect() })
    })
    .await
}

async fn add_account(call: Call<OfShop, (), BankAccountForm>) -> Result<Made<kinds::BankAccount>> {
    let added = keep_shop::add_bank_account(call.asked.app.store(), &call.asked.cx, call.path.shop, call.body);
    added.await.map(Made)
}

async fn remove_account(call: Call<OfShopsAccount>) -> Result<()> {
    keep_shop::remove_bank_account(call.store(), call.cx(), call.path.shop, call.path.account).await
}
