//! `/seller/{slug}/stock`: what lies on the shelves, what comes in, what was counted, and where a number led.

use crate::{
    desk::{self, Desk},
    form,
};
use askama::Template;
use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};
use catalog::Tracking;
use door::App;
use flows::stocking::{self, Count, Receipt};
use identity::Permission;
use kernel::{Cursor, Id, Page, Result, error::Common, kinds};
use stock::Movement;
use views::seller::{self, SkuStock};
use web::{Fields, Posted, Reply, Typed, Visit, id_in_path, page, page_with};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/seller/{slug}/find", get(find))
        .route("/seller/{slug}/stock", get(shelves))
        .route("/seller/{slug}/stock/{sku}", get(shelf))
        .route("/seller/{slug}/stock/{sku}/receive", post(receive))
        .route("/seller/{slug}/stock/{sku}/correct", post(correct))
}

/// Variants on one page.
const ROWS: usize = 30;
/// Movements that are shown of one variant.
const MOVEMENTS: i64 = 50;

/// The finder on top of the console: an order by its id, else a variant by its code.
async fn find(v: Visit, Path(slug): Path<String>) -> Reply {
    desk::shop(&v, &slug).await?;
    let sought = v.query("q");
    let sought = sought.trim();
    if let Ok(order) = sought.parse::<Id<kinds::Order>>() {
        return Ok(v.see(&format!("/seller/{slug}/orders/{order}"), ""));
    }
    Ok(v.see(&format!("/seller/{slug}/stock?{}", v.query_of("code", sought)), ""))
}

#[derive(Template)]
#[template(path = "seller_stock.html")]
struct Shelves {
    v: Visit,
    desk: Desk,
    code: String,
    page: Page<SkuStock>,
}

async fn shelves(v: Visit, Path(slug): Path<String>) -> Reply {
    let (cursor, lang) = (form::cursor(&v)?, v.locale());
    let code = v.query("code").trim().to_owned();
    let asked = code.clone();
    let asked = desk::open(&v, &slug, Some(Permission::ShopStock), move |read, desk| {
        rows(read, desk.shop.id, &asked, cursor, lang)
    });
    let (desk, rows) = asked.await?;
    page(&v.clone(), &Shelves { v, desk, code, page: rows })
}

fn rows(
    read: &mut store::Read,
    shop: Id<kinds::Shop>,
    code: &str,
    cursor: Option<Cursor>,
    lang: kernel::Locale,
) -> Result<Page<SkuStock>> {
    if code.is_empty() {
        return seller::stock(read, shop, cursor, ROWS, lang);
    }
    Ok(Page { items: seller::stock_by_code(read, shop, code, lang)?, next: None })
}

#[derive(Template)]
#[template(path = "seller_shelf.html")]
struct Shelf {
    v: Visit,
    desk: Desk,
    typed: Typed,
    row: SkuStock,
    movements: Vec<Movement>,
}

impl Shelf {
    fn is_counted(&self) -> bool {
        self.row.tracking == Tracking::Tracked
    }
}

async fn shelf(v: Visit, Path((slug, sku)): Path<(String, String)>) -> Reply {
    show(v, &slug, &sku, Typed::default()).await
}

async fn show(v: Visit, slug: &str, sku: &str, typed: Typed) -> Reply {
    let (sku, lang, now) = (id_in_path::<kinds::Sku>(sku)?, v.locale(), v.now);
    let asked = desk::open(&v, slug, Some(Permission::ShopStock), move |read, desk| {
        if catalog::shop_of(read, sku)? != Some(desk.shop.id) {
            return Err(Common::NotYours.into());
        }
        let code = catalog::offer(read, sku, now, lang)?.code;
        let rows = seller::stock_by_code(read, desk.shop.id, &code, lang)?;
        let row = rows.into_iter().find(|row| row.sku == sku).ok_or(Common::NotFound)?;
        Ok((row, stock::movements_of(read, sku, MOVEMENTS)?))
    });
    let (desk, (row, movements)) = asked.await?;
    let status = typed.status.unwrap_or_default();
    page_with(&v.clone(), status, &Shelf { v, desk, typed, row, movements })
}

async fn answered(v: Visit, (slug, sku): (&str, &str), fields: Fields, done: Result<()>, said: &str) -> Reply {
    match done {
        Ok(()) => Ok(v.see(&format!("/seller/{slug}/stock/{sku}"), said)),
        Err(no) => {
            let (_, typed) = form::refused(&v, fields, no)?;
            show(v, slug, sku, typed).await
        }
    }
}

async fn receive(Path((slug, sku)): Path<(String, String)>, Posted { visit: v, fields }: Posted) -> Reply {
    let id = id_in_path::<kinds::Sku>(&sku)?;
    let done = do_receive(&v, &slug, id, &fields).await;
    answered(v, (&slug, &sku), fields, done, "stock-received").await
}

async fn do_receive(v: &Visit, slug: &str, sku: Id<kinds::Sku>, fields: &Fields) -> Result<()> {
    fields.only(&["units"])?;
    let shop = desk::shop(v, slug).await?.id;
    let receipt = Receipt { shop, lines: vec![(sku, fields.units("units")?)] };
    stocking::receive(v.app().store(), &v.asked.cx, receipt).await
}

async fn correct(Path((slug, sku)): Path<(String, String)>, Posted { visit: v, fields }: Posted) -> Reply {
    let id = id_in_path::<kinds::Sku>(&sku)?;
    let done = do_correct(&v, &slug, id, &fields).await;
    let done = done.map_err(|no| form::said_of(no, &[("below_reserved", "on_hand"), ("out_of_range", "on_hand")]));
    answered(v, (&slug, &sku), fields, done, "stock-corrected").await
}

async fn do_correct(v: &Visit, slug: &str, sku: Id<kinds::Sku>, fields: &Fields) -> Result<()> {
    fields.only(&["on_hand"])?;
    let shop = desk::shop(v, slug).await?.id;
    let count = Count { shop, sku, on_hand: fields.number("on_hand")? };
    stocking::correct(v.app().store(), &v.asked.cx, count).await
}
