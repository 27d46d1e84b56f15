//! `/ops/goods`: goods to review, and `/ops/goods/{listing}`: one of them with everything it says.

use crate::desk::{self, Desk};
use askama::Template;
use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};
use catalog::{Change, Listing, Reason, State, Verdict};
use door::App;
use flows::list_goods;
use kernel::{Error, Id, Locale, Page, Result, error::Common, kinds};
use views::{
    GoodsCard,
    goods::{self, GoodsPage, Stated, StatedValue},
    ops,
};
use web::{Fields, Posted, Reply, Typed, Visit, id_in_path, page, page_with};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/ops/goods", get(queue))
        .route("/ops/goods/{listing}", get(listing))
        .route("/ops/goods/{listing}/review", post(review))
}

/// Goods on one page.
const GOODS: usize = 30;
/// Changes of a listing on its page.
const CHANGES: usize = 50;

#[derive(Template)]
#[template(path = "ops_goods.html")]
struct Queue {
    v: Visit,
    desk: Desk,
    page: Page<GoodsCard>,
}

async fn queue(v: Visit) -> Reply {
    let (cursor, now, lang) = (desk::cursor(&v)?, v.now, v.locale());
    let asked = desk::open(&v, "/ops/goods", move |read, _| ops::goods_queue(read, cursor, GOODS, now, lang));
    let (desk, found) = asked.await?;
    page(&v.clone(), &Queue { v, desk, page: found })
}

#[derive(Template)]
#[template(path = "ops_listing.html")]
struct ListingPage {
    v: Visit,
    desk: Desk,
    typed: Typed,
    page: GoodsPage,
    full: Listing,
    changes: Vec<Change>,
}

impl ListingPage {
    /// Whether an answer is chosen before anybody has chosen one.
    fn is_first(&self, verdict: &str) -> bool {
        self.typed.value("verdict").is_empty() && verdict == "approve"
    }

    /// What is written of it in both languages: the field's name, then each language's words.
    fn texts(&self) -> Vec<(String, String, String)> {
        let mut fields: Vec<&str> = self.full.texts.iter().map(|written| written.field.as_str()).collect();
        fields.dedup();
        // As it is read: what it is called, then what is said of it, then what its pictures show.
        let place = |field: &str| ["title", "model", "description"].iter().position(|known| *known == field);
        fields.sort_by_key(|field| place(field).unwrap_or(usize::MAX));
        let of = |field: &str, lang| {
            let found = self.full.texts.iter().find(|written| written.field == field && written.lang == lang);
            found.map(|written| written.text.clone()).unwrap_or_default()
        };
        let name = |field: &str| match field.strip_prefix("alt.") {
            Some(n) => self.v.tell("ops-text-alt", "n", n),
            None => self.v.word("ops-text", field),
        };
        fields.into_iter().map(|field| (name(field), of(field, Locale::Zh), of(field, Locale::En))).collect()
    }

    /// What tells a variant apart, in one language.
    fn option(&self, sku: &Id<kinds::Sku>, lang: &str) -> String {
        let found = self.full.skus.iter().find(|known| known.id == *sku);
        let mut written = found.into_iter().flat_map(|sku| &sku.options);
        written.find(|written| written.lang.tag() == lang).map(|written| written.text.clone()).unwrap_or_default()
    }

    fn value(&self, stated: &Stated) -> String {
        let value = match &stated.value {
            StatedValue::Text(text) => text.clone(),
            StatedValue::Number(number) => number.to_string(),
            StatedValue::Flag(true) => self.v.say("ops-yes").to_owned(),
            StatedValue::Flag(false) => self.v.say("ops-no").to_owned(),
        };
        match &stated.unit {
            Some(unit) => format!("{value} {unit}"),
            None => value,
        }
    }

    fn has_free(&self, sku: &goods::Sku) -> String {
        match sku.free {
            goods::Free::Units(units) => web::how_many(units, sku.unit_scale),
            goods::Free::MadeToOrder => self.v.say("ops-made-to-order").to_owned(),
            goods::Free::Uncounted => self.v.say("ops-uncounted").to_owned(),
        }
    }

    fn picture_of(&self) -> Option<String> {
        let path = self.page.categories.last().map(|crumb| crumb.name.clone()).unwrap_or_default();
        self.page
            .pictures
            .is_empty()
            .then(|| pictures::address_for(None, &path, &self.page.title, self.page.listing.raw()))
    }

    fn is_to_review(&self) -> bool {
        self.page.state == State::InReview
    }
}

async fn listing(v: Visit, Path(listing): Path<String>) -> Reply {
    show(v, id_in_path(&listing)?, Typed::default()).await
}

async fn show(v: Visit, id: Id<kinds::Listing>, typed: Typed) -> Reply {
    let (now, lang) = (v.now, v.locale());
    let asked = desk::open(&v, "/ops/goods/{listing}", move |read, _| {
        let page = goods::page(read, id, true, now, lang)?;
        Ok((page, catalog::listing(read, id)?, catalog::changes_of(read, id, CHANGES)?))
    });
    let (desk, (page, full, changes)) = asked.await?;
    let status = typed.status.unwrap_or_default();
    page_with(&v.clone(), status, &ListingPage { v, desk, typed, page, full, changes })
}

async fn review(Path(listing): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    let id = id_in_path::<kinds::Listing>(&listing)?;
    fields.only(&["verdict", "version", "why", "rule"])?;
    let done = match verdict(&fields) {
        Ok(verdict) => list_goods::review(v.app().store(), &v.asked.cx, id, verdict).await,
        Err(no) => Err(no),
    };
    match done {
        Ok(()) if fields.get("verdict") == "approve" => Ok(v.see("/ops/goods", "ops-goods-approved")),
        Ok(()) => Ok(v.see("/ops/goods", "ops-goods-refused")),
        Err(no) => {
            let typed = desk::refused(&v, fields, no)?;
            show(v, id, typed).await
        }
    }
}

/// A refusal says why and by which rule; both go to the shop.
fn verdict(fields: &Fields) -> Result<Verdict> {
    let version = fields.number("version")?;
    let (why, rule) = (fields.text_or_none::<500>("why")?, fields.text_or_none::<60>("rule")?);
    let reason = Reason { why: why.map(Into::into), rule: rule.map(Into::into) };
    match fields.get("verdict") {
        "approve" => Ok(Verdict { version, approved: true, reason: Reason::default() }),
        "refuse" if reason.why.is_none() => Err(Error::from(Common::Required).at("why")),
        "refuse" if reason.rule.is_none() => Err(Error::from(Common::Required).at("rule")),
        "refuse" => Ok(Verdict { version, approved: false, reason }),
        _ => Err(Error::from(Common::Required).at("verdict")),
    }
}
