//! The way of a shop from its draft to its opening: papers, review, contract, deposit.

use crate::{
    desk::{self, Desk},
    form, papers,
};
use askama::Template;
use axum::{Router, extract::Path, routing::post};
use door::App;
use flows::{keep_shop, open_shop};
use identity::{Permission, Scope};
use kernel::{Error, Id, Result, Text, kinds};
use merchant::{Contract, Paper, PaperKind, Shop, ShopState};
use papers::PaperFields;
use store::Read;
use web::{Fields, Posted, Reply, Typed, Visit, page_with};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/seller/{slug}/submit", post(submit))
        .route("/seller/{slug}/papers", post(hand_in))
        .route("/seller/{slug}/sign", post(sign))
        .route("/seller/{slug}/open", post(open))
}

/// The version of the contract's words in the catalogue: one that changes gets another, so that what was signed under
/// the old one is told apart.
const CONTRACT: &str = "1";

/// What is known of a shop on its way.
#[derive(Clone)]
struct Way {
    papers: Vec<Paper>,
    legal_name: String,
    why: Option<String>,
    may_hand_in: bool,
}

fn way(read: &mut Read, desk: &Desk, person: Id<kinds::Party>) -> Result<Way> {
    let merchant = desk.shop.merchant;
    let may_hand_in = identity::permissions(read, person, Scope::Merchant(merchant))?.has(Permission::MerchantPapers);
    let why = merchant::changes(read, desk.shop.id)?.pop().and_then(|change| change.why);
    Ok(Way {
        papers: merchant::papers(read, merchant)?,
        legal_name: merchant::legal_name(read, merchant)?,
        why,
        may_hand_in,
    })
}

#[derive(Template)]
#[template(path = "seller_opening.html")]
struct Opening {
    v: Visit,
    desk: Desk,
    typed: Typed,
    way: Way,
    missing: Vec<PaperFields>,
    contract: String,
}

impl Opening {
    /// The step on which the shop stands: 0 papers, 1 review, 2 contract, 3 deposit, 4 opening.
    fn step(&self) -> usize {
        match self.desk.shop.state {
            ShopState::Submitted | ShopState::InReview => 1,
            ShopState::Approved => 2,
            ShopState::ContractSigned => 3,
            ShopState::DepositPaid => 4,
            _ => 0,
        }
    }

    fn steps(&self) -> [&'static str; 5] {
        ["seller-step-papers", "seller-step-review", "seller-step-contract", "seller-step-deposit", "seller-step-open"]
            .map(|id| self.v.say(id))
    }

    fn class_of(&self, step: &usize) -> &'static str {
        match step.cmp(&self.step()) {
            std::cmp::Ordering::Less => "done",
            std::cmp::Ordering::Equal => "now",
            std::cmp::Ordering::Greater => "",
        }
    }
}

/// The page of a shop that has not opened yet.
pub(crate) async fn show(v: Visit, slug: &str, typed: Typed) -> Reply {
    let person = v.person()?;
    let (desk, way) = desk::open(&v, slug, None, move |read, desk| way(read, desk, person)).await?;
    let has = |kind: &PaperKind| way.papers.iter().any(|paper| paper.kind == *kind);
    let needed = desk.shop.kind.papers().iter().filter(|kind| !has(kind) || desk.shop.state == ShopState::Returned);
    let missing = needed.map(|kind| papers::fields_of(*kind)).collect();
    let contract = contract_for(&v, &desk.shop, &way.legal_name);
    let status = typed.status.unwrap_or_default();
    page_with(&v.clone(), status, &Opening { v, desk, typed, way, missing, contract })
}

/// The contract as it is shown and signed: the words of the catalogue with this market's terms and this shop's names.
fn contract_for(v: &Visit, shop: &Shop, legal_name: &str) -> String {
    let settings = &v.asked.settings;
    let told = [
        ("market", v.market_name().into()),
        ("merchant", legal_name.into()),
        ("shop", shop.name.as_str().into()),
        ("deposit", v.money(&shop.deposit_due).into()),
        ("commission", v.percent(&settings.commission_bp.get()).into()),
        ("days", settings.settle_days.into()),
        ("hours", settings.refund_answer_hours.into()),
    ];
    door::words::tell(v.locale(), "seller-contract-text", &told)
}

async fn answered(v: Visit, slug: &str, fields: Fields, done: Result<()>, said: &str) -> Reply {
    match done {
        Ok(()) => Ok(v.see(&format!("/seller/{slug}"), said)),
        Err(no) => {
            let (_, typed) = form::refused(&v, fields, no)?;
            show(v, slug, typed).await
        }
    }
}

async fn submit(Path(slug): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    fields.only(&[])?;
    let shop = desk::shop(&v, &slug).await?;
    let done = open_shop::submit(v.app().store(), &v.asked.cx, shop.id).await;
    answered(v, &slug, fields, done, "shop-submitted").await
}

async fn hand_in(Path(slug): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    let shop = desk::shop(&v, &slug).await?;
    let done = match paper_of(&v, &fields) {
        Ok(paper) => keep_shop::hand_in(v.app().store(), &v.asked.cx, shop.id, paper).await,
        Err(no) => Err(no),
    };
    answered(v, &slug, fields, done.map_err(papers::said_of_number), "paper-handed-in").await
}

fn paper_of(v: &Visit, fields: &Fields) -> Result<Paper> {
    let of = PaperKind::of(fields.get("paper"));
    let kind = of.ok_or_else(|| Error::from(kernel::error::Common::Required).at("paper"))?;
    let names = papers::fields_of(kind);
    fields.only(&["paper", &names.number, &names.country, &names.issuer, &names.expires])?;
    papers::read(fields, kind, &v.asked.settings.zone)
}

async fn sign(Path(slug): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    fields.only(&["read"])?;
    let shop = desk::shop(&v, &slug).await?;
    let merchant = shop.merchant;
    let legal_name = v.app().store().read(move |read| merchant::legal_name(read, merchant)).await?;
    let done = match signed(&v, &fields, &shop, &legal_name) {
        Ok(contract) => open_shop::sign(v.app().store(), &v.asked.cx, shop.id, contract).await,
        Err(no) => Err(no),
    };
    answered(v, &slug, fields, done, "contract-signed").await
}

fn signed(v: &Visit, fields: &Fields, shop: &Shop, legal_name: &str) -> Result<Contract> {
    if !fields.is_on("read") {
        return Err(Error::from(kernel::error::Common::Required).at("read"));
    }
    let version = Text::new(&format!("{CONTRACT}-{}", v.locale().tag()))?;
    Ok(Contract { version, text: contract_for(v, shop, legal_name) })
}

async fn open(Path(slug): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    fields.only(&[])?;
    let shop = desk::shop(&v, &slug).await?;
    let done = open_shop::open(v.app().store(), &v.asked.cx, shop.id).await;
    answered(v, &slug, fields, done, "shop-opened").await
}
