//! `/sell`: what it takes to sell here, and the application.

use crate::{form, papers};
use askama::Template;
use axum::{Router, routing::get};
use door::App;
use flows::open_shop;
use kernel::{Currency, Money, Result};
use merchant::{Application, MerchantKind, ShopForm};
use papers::PaperFields;
use web::{Fields, Posted, Reply, Typed, Visit, page, page_with};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/sell", get(sell)).route("/sell/apply", get(apply).post(do_apply))
}

/// Who may apply; the market itself opens its own shops by hand.
const KINDS: [MerchantKind; 4] =
    [MerchantKind::Personal, MerchantKind::Enterprise, MerchantKind::Flagship, MerchantKind::Franchise];

/// A sort of merchant with what it asks for.
struct Asked {
    kind: MerchantKind,
    deposit: Money,
}

fn kinds(currency: Currency) -> Result<Vec<Asked>> {
    KINDS.iter().map(|kind| Ok(Asked { kind: *kind, deposit: kind.deposit(currency)? })).collect()
}

#[derive(Template)]
#[template(path = "sell.html")]
struct Sell {
    v: Visit,
    kinds: Vec<Asked>,
}

async fn sell(v: Visit) -> Reply {
    let kinds = kinds(v.asked.settings.currency)?;
    page(&v.clone(), &Sell { v, kinds })
}

#[derive(Template)]
#[template(path = "sell_kind.html")]
struct ChooseKind {
    v: Visit,
    kinds: Vec<Asked>,
}

#[derive(Template)]
#[template(path = "sell_apply.html")]
struct Apply {
    v: Visit,
    typed: Typed,
    kind: MerchantKind,
    papers: Vec<PaperFields>,
}

impl Apply {
    fn of(v: Visit, typed: Typed, kind: MerchantKind) -> Apply {
        Apply { v, typed, kind, papers: papers::fields_for(kind) }
    }
}

fn kind_of(word: &str) -> Option<MerchantKind> {
    MerchantKind::of(word).filter(|kind| KINDS.contains(kind))
}

async fn apply(v: Visit) -> Reply {
    v.person()?;
    let Some(kind) = kind_of(&v.query("kind")) else {
        let kinds = kinds(v.asked.settings.currency)?;
        return page(&v.clone(), &ChooseKind { v, kinds });
    };
    let mut values = vec![("currency".to_owned(), v.asked.settings.currency.to_string())];
    values.extend(papers::fields_for(kind).into_iter().map(|paper| (paper.country, "CN".to_owned())));
    page(&v.clone(), &Apply::of(v, Typed::with(values), kind))
}

async fn do_apply(Posted { visit: v, fields }: Posted) -> Reply {
    let Some(kind) = kind_of(fields.get("kind")) else {
        return Ok(v.see("/sell/apply", ""));
    };
    match draft(&v, &fields, kind).await {
        Ok(slug) => Ok(v.see(&format!("/seller/{slug}"), "shop-drafted")),
        Err(no) => {
            let no = form::said_of(papers::said_of_number(no), &[("slug_taken", "slug")]);
            let (status, typed) = form::refused(&v, fields, no)?;
            page_with(&v.clone(), status, &Apply::of(v, typed, kind))
        }
    }
}

async fn draft(v: &Visit, fields: &Fields, kind: MerchantKind) -> Result<String> {
    let papers = papers::fields_for(kind);
    let mut known = vec!["kind", "legal_name", "slug", "name", "currency"];
    for paper in &papers {
        known.extend([paper.number.as_str(), &paper.country, &paper.issuer, &paper.expires]);
    }
    fields.only(&known)?;
    let shop =
        ShopForm { slug: fields.parse("slug")?, name: fields.text("name")?, currency: fields.parse("currency")? };
    let zone = &v.asked.settings.zone;
    let application = Application {
        kind,
        legal_name: fields.text("legal_name")?,
        papers: kind.papers().iter().map(|paper| papers::read(fields, *paper, zone)).collect::<Result<_>>()?,
        shop,
    };
    let slug = application.shop.slug.to_string();
    open_shop::apply(v.app().store(), &v.asked.cx, application).await?;
    Ok(slug)
}
