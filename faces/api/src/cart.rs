//! What one means to buy.

use crate::{
    accounts::Shown,
    answers::OfSku,
    call::Call,
    op::{self, Op, chapter},
};
use flows::{cart as acts, checkout::Wanted};
use kernel::{Currency, Id, Result, Units, error::Common, kinds};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use views::cart::{self, CartPage};

const NOT_SOLD: &[&str] = &[
    "unknown_sku",
    "listing_not_listed",
    "sku_delisted",
    "price_missing",
    "shop_frozen",
    "shop_not_open",
    "currency_mismatch",
];

pub(crate) fn operations() -> Vec<Op> {
    chapter(
        "cart",
        vec![
            op::post("beginAsGuest", "/guests", begin)
                .does("Makes whoever has not logged in a guest with a cart of his own; the token is shown once.")
                .refuses(&["not_found"]),
            op::get("getCart", "/cart", show)
                .does("The asker's cart at the prices in force, and what is in the way of buying it."),
            op::put("putIntoCart", "/cart/{sku}", put)
                .does("So many of a variant, in all, in the asker's cart.")
                .refuses(NOT_SOLD),
            op::delete("removeFromCart", "/cart/{sku}", remove).does("Takes a line out of the asker's cart."),
            op::act("saveForLater", "/cart/{sku}/save", save)
                .does("Keeps a line for later; it is not bought with the others.")
                .refuses(&["not_in_cart"]),
            op::act("previewPurchase", "/purchases/preview", preview)
                .does("What these lines would come to, whether they are in a cart or not. Changes nothing."),
        ],
    )
}

async fn begin(call: Call) -> Result<Shown<Id<kinds::Session>>> {
    let cx = call.asked.cx.clone();
    let token = call.asked.app.aside(move |app| acts::begin_as_guest(app.store(), &cx)).await?;
    Ok(Shown::of(&token))
}

/// How a cart is shown.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct In {
    /// In this currency; the market's where nothing is said.
    currency: Option<Currency>,
}

async fn show(call: Call<(), In>) -> Result<CartPage> {
    let (cx, now, currency) = (call.cx().clone(), call.now(), call.query.currency);
    call.read_own(move |read, own| cart::cart(read, &cx, own, currency, now)).await
}

/// How many.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct InAll {
    /// In all, not how many more.
    units: Units,
}

/// How much a cart holds.
#[derive(Serialize, JsonSchema)]
struct Lines {
    /// How many lines it has.
    lines: i64,
}

async fn put(call: Call<OfSku, (), InAll>) -> Result<Lines> {
    let lines = acts::put(call.store(), call.cx(), call.path.sku, call.body.units).await?;
    Ok(Lines { lines })
}

async fn remove(call: Call<OfSku>) -> Result<()> {
    acts::remove(call.store(), call.cx(), call.path.sku).await
}

async fn save(call: Call<OfSku>) -> Result<()> {
    acts::save_for_later(call.store(), call.cx(), call.path.sku).await
}

/// What would be bought.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Purchase {
    /// What and how many.
    #[schemars(length(min = 1))]
    lines: Vec<Wanted>,
    /// In this currency; the market's where nothing is said.
    currency: Option<Currency>,
}

async fn preview(call: Call<(), (), Purchase>) -> Result<CartPage> {
    let (cx, now, Purchase { lines, currency }) = (call.asked.cx.clone(), call.asked.app.now(), call.body);
    let most = call.asked.settings.cart_lines_max;
    if lines.len() as i64 > most {
        return Err(Common::TooManyThings { most }.at("lines"));
    }
    let lines: Vec<_> = lines.into_iter().map(|line| (line.sku, line.units)).collect();
    call.asked.app.store().read(move |read| cart::preview(read, &cx, &lines, currency, now)).await
}
