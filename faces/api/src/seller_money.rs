//! A shop's money: what it has, where it came from, where it went.

use crate::{
    answers::{Made, OfShop, Paged},
    call::Call,
    may,
    op::{self, Op, chapter},
};
use flows::payout::{self as acts, PayoutWish};
use identity::Permission;
use kernel::{Page, Result, kinds};
use payout::Payout;
use views::seller::{self, Settlement, ShopMoney};

pub(crate) fn operations() -> Vec<Op> {
    chapter(
        "seller: money",
        vec![
            op::get("getShopMoney", "/seller/shops/{shop}/money", money)
                .does("A shop's pots: in escrow, pending, available, held back, its deposit, what it owes."),
            op::get("listSettlements", "/seller/shops/{shop}/settlements", settlements)
                .does("What a shop's orders brought it, latest settled first."),
            op::get("listPayouts", "/seller/shops/{shop}/payouts", payouts).does("A shop's payouts, latest first."),
            op::post("askPayout", "/seller/payouts", ask)
                .does("Asks for a shop's free money, or some of it; the bank is told afterwards.")
                .refuses(&[
                    "payout_below_minimum",
                    "balance_short",
                    "payout_held",
                    "no_bank_account",
                    "account_cooling",
                    "currency_mismatch",
                ]),
        ],
    )
}

async fn money(call: Call<OfShop>) -> Result<ShopMoney> {
    let shop = call.path.shop;
    call.read(move |read, actor| {
        may::in_shop(read, actor, shop, Permission::ShopMoney)?;
        seller::money(read, shop)
    })
    .await
}

async fn settlements(call: Call<OfShop, Paged>) -> Result<Page<Settlement>> {
    let (shop, cursor, limit) = (call.path.shop, call.query.cursor, call.query.limit.0);
    call.read(move |read, actor| {
        may::in_shop(read, actor, shop, Permission::ShopMoney)?;
        seller::settlements(read, shop, cursor, limit)
    })
    .await
}

async fn payouts(call: Call<OfShop, Paged>) -> Result<Page<Payout>> {
    let (shop, cursor, limit) = (call.path.shop, call.query.cursor, call.query.limit.0);
    call.read(move |read, actor| {
        may::in_shop(read, actor, shop, Permission::ShopMoney)?;
        seller::payouts(read, shop, cursor, limit)
    })
    .await
}

async fn ask(call: Call<(), (), PayoutWish>) -> Result<Made<kinds::Payout>> {
    let (cx, wish) = (call.asked.cx.clone(), call.body);
    call.asked.app.aside(move |app| acts::ask(app.market(), &cx, wish)).await.map(Made)
}
