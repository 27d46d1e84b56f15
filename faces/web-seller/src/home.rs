//! `/seller`, `/seller/{slug}`: my shops, and what waits in one of them.

use crate::{
    desk::{self, Desk, badge},
    opening,
};
use askama::Template;
use axum::{Router, extract::Path, routing::get};
use door::App;
use identity::Permission;
use kernel::{Money, Time};
use ledger::Account;
use views::{
    Count,
    people::{self, Workplace},
    seller::{self, ShopMoney},
};
use web::{Chip, Reply, Typed, Visit, page};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/seller", get(shops)).route("/seller/{slug}", get(shop))
}

#[derive(Template)]
#[template(path = "seller_shops.html")]
struct Shops {
    v: Visit,
    shops: Vec<Workplace>,
}

async fn shops(v: Visit) -> Reply {
    let person = v.person()?;
    let work = v.app().store().read(move |read| people::work(read, person)).await?;
    match work.shops.as_slice() {
        [] => Ok(v.see("/sell", "")),
        [only] => Ok(v.see(&format!("/seller/{}", only.shop.slug), "")),
        _ => page(&v.clone(), &Shops { v, shops: work.shops }),
    }
}

/// Something that waits: how many, what, what happens otherwise, until when, and where it is done.
struct Task {
    count: String,
    what: String,
    detail: String,
    chip: Option<Chip>,
    act: String,
    href: String,
}

#[derive(Template)]
#[template(path = "seller_home.html")]
struct Today {
    v: Visit,
    desk: Desk,
    tasks: Vec<Task>,
    money: Option<Pots>,
}

/// A shop's money on one card.
pub(crate) struct Pots {
    /// Paid and not confirmed.
    pub escrow: Money,
    /// Confirmed and not settled.
    pub pending: Money,
    /// Free to be paid out.
    pub available: Money,
    /// Held back of settled orders.
    pub reserve: Money,
    /// Put down before opening.
    pub deposit: Money,
    /// Owed to the market.
    pub owed: Money,
}

impl Pots {
    /// Of a shop's accounts, those in the currency in which it trades.
    pub fn of(desk: &Desk, money: &ShopMoney) -> Pots {
        let currency = desk.shop.currency;
        let pot = |account| {
            let found = money.pots.iter().find(|pot| pot.account == account && pot.amount.currency == currency);
            found.map_or(Money::zero(currency), |pot| pot.amount)
        };
        let escrow = money.escrow.iter().find(|amount| amount.currency == currency);
        Pots {
            escrow: escrow.copied().unwrap_or(Money::zero(currency)),
            pending: pot(Account::ShopPending),
            available: pot(Account::ShopAvailable),
            reserve: pot(Account::ShopReserve),
            deposit: pot(Account::ShopDeposit),
            owed: pot(Account::ShopReceivable),
        }
    }
}

async fn shop(v: Visit, Path(slug): Path<String>) -> Reply {
    let asked = desk::open(&v, &slug, None, |read, desk| {
        if !desk.is_open() || !desk.may.has(Permission::ShopMoney) {
            return Ok(None);
        }
        let money = seller::money(read, desk.shop.id)?;
        Ok(Some(Pots::of(desk, &money)))
    });
    let (desk, money) = asked.await?;
    if !desk.is_open() {
        return opening::show(v, &slug, Typed::default()).await;
    }
    let tasks = tasks(&v, &desk);
    page(&v.clone(), &Today { v, desk, tasks, money })
}

/// The most urgent first: what has a deadline, then what keeps buyers waiting, then what keeps goods off sale.
fn tasks(v: &Visit, desk: &Desk) -> Vec<Task> {
    let waits = &desk.waits;
    let all = [
        ("shop.refunds", waits.cases, "refunds", "/refunds"),
        ("shop.orders", waits.to_ship, "ship", "/orders?tab=to_ship"),
        ("shop.stock", waits.out_of_stock, "stock", "/stock"),
        ("shop.goods", waits.goods_refused, "refused", "/goods?state=refused"),
        ("shop.goods", waits.goods_draft, "draft", "/goods?state=draft"),
        ("shop.quotations", waits.quotation_drafts, "quote-draft", "/quotations?state=draft"),
        ("shop.quotations", waits.quotations, "quote-sent", "/quotations?state=sent"),
        ("shop.goods", waits.goods_in_review, "review", "/goods?state=in_review"),
    ];
    let waiting = all.into_iter().filter(|(permission, count, ..)| desk.can(permission) && count.n > 0);
    let task = |(_, count, word, place): (&str, Count, &str, &str)| Task {
        count: badge(&count),
        what: v.word("seller-task", word),
        detail: v.word("seller-task-detail", word),
        chip: if word == "refunds" { waits.answer_by.map(|by| deadline(v, &by)) } else { None },
        act: v.word("seller-go", word),
        href: desk.path(place),
    };
    waiting.map(task).collect()
}

/// How long is left, in the tone of its urgency.
pub(crate) fn deadline(v: &Visit, by: &Time) -> Chip {
    match v.left(by) {
        Some(left) => Chip { tone: "warn", word: v.tell("seller-left", "left", left) },
        None => Chip { tone: "bad", word: v.say("seller-overdue").to_owned() },
    }
}
