//! The variants of goods: one more, its price, on sale and off.

use crate::{desk, form, goods_form, sheet};
use axum::{Router, extract::Path, routing::post};
use catalog::{Measure, NewSku, SkuState};
use door::App;
use flows::{list_goods, write_goods};
use kernel::{Error, Id, Money, Result, Units, error::Common, kinds};
use views::seller;
use web::{Fields, Posted, Reply, Visit, id_in_path};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/seller/{slug}/goods/{listing}/skus", post(add))
        .route("/seller/{slug}/goods/{listing}/skus/{sku}/price", post(price))
        .route("/seller/{slug}/goods/{listing}/skus/{sku}/{state}", post(switch))
}

async fn answered(v: Visit, (slug, listing): (&str, &str), fields: Fields, done: Result<()>, said: &str) -> Reply {
    match done {
        Ok(()) => Ok(v.see(&format!("/seller/{slug}/goods/{listing}"), said)),
        Err(no) => {
            let (_, typed) = form::refused(&v, fields, no)?;
            goods_form::show(v, slug, listing, typed).await
        }
    }
}

async fn add(Path((slug, listing)): Path<(String, String)>, Posted { visit: v, fields }: Posted) -> Reply {
    let id = id_in_path::<kinds::Listing>(&listing)?;
    let done = do_add(&v, &slug, id, &fields).await;
    let done = done.map_err(|no| form::said_of(no, &[("sku_code_taken", "code")]));
    answered(v, (&slug, &listing), fields, done, "sku-added").await
}

/// The variant, and its price where one was typed.
async fn do_add(v: &Visit, slug: &str, id: Id<kinds::Listing>, fields: &Fields) -> Result<()> {
    fields.only(&["code", "option", "price", "a.*"])?;
    let shop = desk::shop(v, slug).await?;
    let lang = v.locale();
    let asked = v.app().store().read(move |read| {
        let category = catalog::head(read, id)?.category;
        seller::attributes(read, category, lang)
    });
    let attributes = asked.await?;
    let of_variants = attributes.iter().filter(|attribute| attribute.is_variant);
    let new = NewSku {
        code: fields.text("code")?,
        option: fields.text_or_none("option")?.map(|option| (lang, option)),
        values: sheet::values(fields, of_variants)?,
        measure: Measure::default(),
    };
    let price = match fields.get("price").trim().is_empty() {
        true => None,
        false => Some(above_zero(fields.money("price", shop.currency)?)?),
    };
    let sku = list_goods::add_sku(v.app().store(), &v.asked.cx, id, new).await?;
    let Some(price) = price else {
        return Ok(());
    };
    // The second act of one form has a key of its own, made of the form's.
    let mut cx = v.asked.cx.clone();
    cx.key = cx.key.map(|key| format!("{key}-price"));
    list_goods::set_price(v.app().store(), &cx, sku, price, Units::new(1)?).await
}

/// The variant is written before its price is set, so a price that will be refused is refused before.
fn above_zero(price: Money) -> Result<Money> {
    match price.minor {
        1..=catalog::PRICE_MAX => Ok(price),
        _ => Err(Error::from(Common::OutOfRange { least: 1, most: catalog::PRICE_MAX }).at("price")),
    }
}

async fn price(
    Path((slug, listing, sku)): Path<(String, String, String)>,
    Posted { visit: v, fields }: Posted,
) -> Reply {
    let sku = id_in_path::<kinds::Sku>(&sku)?;
    let done = do_price(&v, &slug, sku, &fields).await;
    answered(v, (&slug, &listing), fields, done, "price-set").await
}

async fn do_price(v: &Visit, slug: &str, sku: Id<kinds::Sku>, fields: &Fields) -> Result<()> {
    fields.only(&["amount", "from"])?;
    let shop = desk::shop(v, slug).await?;
    let from = Units::new(form::number(fields, "from")?.unwrap_or(1)).map_err(|no| no.at("from"))?;
    let amount = fields.money("amount", shop.currency)?;
    list_goods::set_price(v.app().store(), &v.asked.cx, sku, amount, from).await
}

async fn switch(
    Path((slug, listing, sku, state)): Path<(String, String, String, String)>,
    Posted { visit: v, fields }: Posted,
) -> Reply {
    fields.only(&[])?;
    desk::shop(&v, &slug).await?;
    let (sku, state) = (id_in_path::<kinds::Sku>(&sku)?, SkuState::of(&state).ok_or(Common::NotFound)?);
    let said = if state == SkuState::OnSale { "sku-on" } else { "sku-off" };
    let done = write_goods::switch_sku(v.app().store(), &v.asked.cx, sku, state).await;
    answered(v, (&slug, &listing), fields, done, said).await
}
