//! `/seller/{slug}/goods/new`, `/seller/{slug}/goods/{listing}`: writing goods.

use crate::{
    desk::{self, Desk},
    form, sheet,
};
use askama::Template;
use axum::{Router, extract::Path, routing::get};
use catalog::{Change, Listing, SkuState, Verb};
use door::{App, format};
use flows::write_goods;
use identity::Permission;
use kernel::{Id, Locale, Money, Result, error::Common, kinds};
use store::Read;
use views::{
    goods::{self, Crumb, Free},
    seller::{self, AttributeField},
};
use web::{Fields, Posted, Reply, Typed, Visit, id_in_path, page_with};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/seller/{slug}/goods/new", get(new).post(write))
        .route("/seller/{slug}/goods/{listing}", get(edit).post(rewrite))
}

/// What the form needs of a category.
#[derive(Clone)]
pub(crate) struct Place {
    /// Which.
    pub category: Id<kinds::Category>,
    /// The way to it.
    pub way: Vec<Crumb>,
    /// What it asks of goods.
    pub attributes: Vec<AttributeField>,
}

impl Place {
    /// Whether it asks anything of goods as a whole.
    fn has_own(&self) -> bool {
        self.attributes.iter().any(|attribute| !attribute.is_variant)
    }
}

fn place(read: &mut Read, category: Id<kinds::Category>, lang: Locale) -> Result<Place> {
    let way = goods::chain(read, category, lang)?;
    if way.is_empty() {
        return Err(catalog::Refusal::UnknownCategory.into());
    }
    Ok(Place { category, way, attributes: seller::attributes(read, category, lang)? })
}

#[derive(Template)]
#[template(path = "seller_goods_new.html")]
struct New {
    v: Visit,
    desk: Desk,
    typed: Typed,
    leaves: Vec<(String, String)>,
    place: Option<Place>,
}

async fn new(v: Visit, Path(slug): Path<String>) -> Reply {
    let category = v.query("category");
    show_new(v, &slug, category, Typed::default()).await
}

async fn show_new(v: Visit, slug: &str, category: String, typed: Typed) -> Reply {
    let lang = v.locale();
    let category: Option<Id<kinds::Category>> = category.parse().ok();
    let asked = desk::open(&v, slug, Some(Permission::ShopGoods), move |read, _| match category {
        Some(category) => Ok((Vec::new(), Some(place(read, category, lang)?))),
        None => Ok((goods::categories(read, lang)?, None)),
    });
    let (desk, (tree, place)) = asked.await?;
    let leaves = sheet::leaves(&tree);
    let status = typed.status.unwrap_or_default();
    page_with(&v.clone(), status, &New { v, desk, typed, leaves, place })
}

async fn write(Path(slug): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    match do_write(&v, &slug, &fields).await {
        Ok(listing) => Ok(v.see(&format!("/seller/{slug}/goods/{listing}"), "goods-written")),
        Err(no) => {
            let category = fields.get("category").to_owned();
            let (_, typed) = form::refused(&v, fields, no)?;
            show_new(v, &slug, category, typed).await
        }
    }
}

/// The fields of the sheet.
const SHEET: [&str; 8] =
    ["category", "title_zh", "title_en", "model", "description_zh", "description_en", "brand", "a.*"];

async fn do_write(v: &Visit, slug: &str, fields: &Fields) -> Result<Id<kinds::Listing>> {
    fields.only(&SHEET)?;
    let shop = desk::shop(v, slug).await?;
    let place = place_typed(v, fields).await?;
    let pictures = sheet::picture(v, fields, &place.way).ok();
    let sheet = sheet::read(fields, place.category, &place.attributes, pictures)?;
    write_goods::write(v.app().store(), &v.asked.cx, shop.id, sheet).await
}

async fn place_typed(v: &Visit, fields: &Fields) -> Result<Place> {
    let (category, lang) = (fields.id("category")?, v.locale());
    v.app().store().read(move |read| place(read, category, lang)).await
}

/// A variant as the editor shows it.
#[derive(Clone)]
pub(crate) struct Row {
    /// Which.
    pub id: Id<kinds::Sku>,
    /// The shop's own name of it.
    pub code: String,
    /// What tells it apart; empty where it is the only one.
    pub option: String,
    /// What it costs as it is typed; empty while it has no price.
    pub typed_price: String,
    /// How many are free; empty where none are counted.
    pub free: Option<i64>,
    /// Whether it is on sale.
    pub state: SkuState,
    /// From how many on it costs less, and how much.
    pub tiers: Vec<(i64, Money)>,
}

/// Goods with everything that the editor shows.
#[derive(Clone)]
struct Written {
    listing: Listing,
    place: Place,
    rows: Vec<Row>,
    changes: Vec<Change>,
    leaves: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "seller_goods_edit.html")]
struct Edit {
    v: Visit,
    desk: Desk,
    typed: Typed,
    title: String,
    written: Written,
}

impl Edit {
    /// What the market said last, where it would not have the goods as they are.
    fn verdict(&self) -> Option<&Change> {
        let said = self.written.changes.iter().find(|change| {
            matches!(change.verb, Verb::Refused | Verb::Listed | Verb::Submitted) || change.rule.is_some()
        });
        said.filter(|change| change.why.is_some() || change.rule.is_some())
    }

    fn state(&self) -> &'static str {
        self.written.listing.head.state.word()
    }

    fn is(&self, state: &str) -> bool {
        self.state() == state
    }
}

async fn edit(v: Visit, Path((slug, listing)): Path<(String, String)>) -> Reply {
    show(v, &slug, &listing, Typed::default()).await
}

/// The editor with what was typed into one of its forms.
pub(crate) async fn show(v: Visit, slug: &str, listing: &str, typed: Typed) -> Reply {
    let (id, lang, now) = (id_in_path::<kinds::Listing>(listing)?, v.locale(), v.now);
    let moved: Option<Id<kinds::Category>> = v.query("category").parse().ok();
    let asked = desk::open(&v, slug, Some(Permission::ShopGoods), move |read, desk| {
        let listing = match catalog::listing(read, id) {
            Ok(listing) if listing.head.shop == desk.shop.id => listing,
            Ok(_) => return Err(Common::NotYours.into()),
            Err(no) => return Err(no),
        };
        let page = goods::page(read, id, true, now, lang)?;
        let place = place(read, moved.unwrap_or(listing.head.category), lang)?;
        let changes = catalog::changes_of(read, id, CHANGES)?;
        let leaves = sheet::leaves(&goods::categories(read, lang)?);
        let rows = page.skus.into_iter().map(row).collect();
        Ok((page.title, Written { listing, place, rows, changes, leaves }))
    });
    let (desk, (title, written)) = asked.await?;
    let typed = if typed.value("category").is_empty() { as_written(typed, &written) } else { typed };
    let status = typed.status.unwrap_or_default();
    page_with(&v.clone(), status, &Edit { v, desk, typed, title, written })
}

/// How many of a listing's changes are shown.
const CHANGES: usize = 20;

fn row(sku: goods::Sku) -> Row {
    let price = sku.prices.first().map(|tier| tier.price);
    Row {
        id: sku.id,
        code: sku.code,
        option: sku.option.unwrap_or_default(),
        typed_price: price.map(format::typed).unwrap_or_default(),
        free: match sku.free {
            Free::Units(units) => Some(units),
            Free::MadeToOrder | Free::Uncounted => None,
        },
        state: sku.state,
        tiers: sku.prices.iter().skip(1).map(|tier| (tier.from_qty, tier.price)).collect(),
    }
}

/// The sheet's fields as the goods are written, under what was typed into another form of the page.
fn as_written(typed: Typed, written: &Written) -> Typed {
    let listing = &written.listing;
    let mut values = sheet::texts_of(listing);
    values.push(("category".to_owned(), written.place.category.to_string()));
    values.push(("brand".to_owned(), listing.brand_name.clone().unwrap_or_default()));
    values.extend(listing.values.iter().map(sheet::shown));
    typed.under(values)
}

async fn rewrite(Path((slug, listing)): Path<(String, String)>, Posted { visit: v, fields }: Posted) -> Reply {
    let id = id_in_path::<kinds::Listing>(&listing)?;
    match do_rewrite(&v, &slug, id, &fields).await {
        Ok(()) => Ok(v.see(&format!("/seller/{slug}/goods/{listing}"), "goods-saved")),
        Err(no) => {
            let (_, typed) = form::refused(&v, fields, no)?;
            show(v, &slug, &listing, typed).await
        }
    }
}

async fn do_rewrite(v: &Visit, slug: &str, id: Id<kinds::Listing>, fields: &Fields) -> Result<()> {
    fields.only(&SHEET)?;
    let shop = desk::shop(v, slug).await?;
    let place = place_typed(v, fields).await?;
    let found = v.app().store().read(move |read| catalog::listing(read, id)).await?;
    if found.head.shop != shop.id {
        return Err(Common::NotYours.into());
    }
    let pictures = match found.pictures.is_empty() {
        true => sheet::picture(v, fields, &place.way).ok(),
        false => None,
    };
    let sheet = sheet::read(fields, place.category, &place.attributes, pictures)?;
    write_goods::rewrite(v.app().store(), &v.asked.cx, id, sheet).await
}
