//! `/ops/shops/{id}`: one shop, its papers, its review, its deposit, and stopping it.

use crate::desk::{self, Desk};
use askama::Template;
use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};
use door::App;
use flows::open_shop;
use kernel::{Error, Id, Money, Result, error::Common, kinds};
use merchant::{ShopState, Verdict};
use views::ops::{self, ShopReview};
use web::{Fields, Posted, Reply, Typed, Visit, id_in_path, page_with};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/ops/shops/{id}", get(shop))
        .route("/ops/shops/{id}/review", post(review))
        .route("/ops/shops/{id}/deposit", post(deposit))
        .route("/ops/shops/{id}/freeze", post(freeze))
        .route("/ops/shops/{id}/unfreeze", post(unfreeze))
}

#[derive(Template)]
#[template(path = "ops_shop.html")]
struct ShopPage {
    v: Visit,
    desk: Desk,
    typed: Typed,
    found: ShopReview,
}

impl ShopPage {
    /// Whether an answer is chosen before anybody has chosen one.
    fn is_first(&self, verdict: &str) -> bool {
        self.typed.value("verdict").is_empty() && verdict == "approve"
    }

    fn state(&self) -> &'static str {
        self.found.shop.state.word()
    }

    fn is_to_review(&self) -> bool {
        matches!(self.found.shop.state, ShopState::Submitted | ShopState::InReview)
            && self.desk.opens("/ops/shops/{id}/review")
    }

    fn awaits_deposit(&self) -> bool {
        self.found.shop.state == ShopState::ContractSigned && self.desk.opens("/ops/shops/{id}/deposit")
    }

    fn may_freeze(&self) -> bool {
        self.found.shop.state == ShopState::Open && self.desk.opens("/ops/shops/{id}/freeze")
    }

    fn may_unfreeze(&self) -> bool {
        self.found.shop.state == ShopState::Frozen && self.desk.opens("/ops/shops/{id}/unfreeze")
    }

    /// What of the deposit has not come.
    fn deposit_left(&self) -> Money {
        let shop = &self.found.shop;
        Money::new(shop.deposit_due.minor - shop.deposit_paid.minor, shop.currency)
    }

    fn left(&self) -> String {
        self.v.money(&self.deposit_left())
    }

    /// A paper of the kind that has expired proves nothing any more.
    fn has_expired(&self, paper: &ops::PaperRow) -> bool {
        paper.expires_at.is_some_and(|at| at < self.v.now)
    }

    /// The papers that such a merchant must have and has not handed in.
    fn missing(&self) -> Vec<String> {
        let has = |kind: &&merchant::PaperKind| self.found.papers.iter().any(|paper| paper.kind == **kind);
        let needed = self.found.shop.kind.papers().iter().filter(|kind| !has(kind));
        needed.map(|kind| self.v.word("ops-paper", kind.word())).collect()
    }

    /// The channels through which it may have come.
    fn channels(&self) -> Vec<(&'static str, String)> {
        let codes = self.v.app().market().channels.iter().map(|channel| channel.code());
        codes.map(|code| (code, code.to_owned())).collect()
    }

    /// The amount that the form for a deposit begins with.
    fn typed_deposit(&self) -> String {
        match self.typed.value("amount") {
            "" => door::format::typed(self.deposit_left()),
            typed => typed.to_owned(),
        }
    }
}

async fn shop(v: Visit, Path(id): Path<String>) -> Reply {
    show(v, id_in_path(&id)?, Typed::default()).await
}

async fn show(v: Visit, id: Id<kinds::Shop>, typed: Typed) -> Reply {
    let (desk, found) = desk::open(&v, "/ops/shops/{id}", move |read, _| ops::shop(read, id)).await?;
    let status = typed.status.unwrap_or_default();
    page_with(&v.clone(), status, &ShopPage { v, desk, typed, found })
}

async fn answered(v: Visit, id: Id<kinds::Shop>, fields: Fields, done: Result<()>, said: &str) -> Reply {
    match done {
        Ok(()) => Ok(v.see(&format!("/ops/shops/{id}"), said)),
        Err(no) => {
            let typed = desk::refused(&v, fields, no)?;
            show(v, id, typed).await
        }
    }
}

async fn review(Path(id): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    let id = id_in_path::<kinds::Shop>(&id)?;
    fields.only(&["verdict", "why"])?;
    let verdict = verdict(&fields);
    let said = match &verdict {
        Ok(Verdict::Approve { .. }) => "ops-shop-approved",
        Ok(Verdict::Return { .. }) => "ops-shop-returned",
        _ => "ops-shop-refused",
    };
    let done = match verdict {
        Ok(verdict) => open_shop::review(v.app().store(), &v.asked.cx, id, verdict).await,
        Err(no) => Err(no),
    };
    answered(v, id, fields, done, said).await
}

fn verdict(fields: &Fields) -> Result<Verdict> {
    match fields.get("verdict") {
        "approve" => Ok(Verdict::Approve { deposit: None }),
        "return" => Ok(Verdict::Return { why: fields.text("why")? }),
        "refuse" => Ok(Verdict::Refuse { why: fields.text("why")? }),
        _ => Err(Error::from(Common::Required).at("verdict")),
    }
}

async fn deposit(Path(id): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    let id = id_in_path::<kinds::Shop>(&id)?;
    fields.only(&["amount", "channel"])?;
    let shop = v.app().store().read(move |read| merchant::shop(read, id)).await?;
    let asked = v.app().market().channel(fields.get("channel")).map_err(|no| no.at("channel"));
    let done = match asked.and_then(|channel| Ok((channel.code(), fields.money("amount", shop.currency)?))) {
        Ok((channel, amount)) => {
            let arrived = open_shop::deposit_arrived(v.app().store(), &v.asked.cx, id, channel, amount);
            arrived.await.map(drop)
        }
        Err(no) => Err(no),
    };
    answered(v, id, fields, done, "ops-deposit-recorded").await
}

async fn freeze(Path(id): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    let id = id_in_path::<kinds::Shop>(&id)?;
    fields.only(&["why"])?;
    let done = match fields.text("why") {
        Ok(why) => open_shop::freeze(v.app().store(), &v.asked.cx, id, why).await,
        Err(no) => Err(no),
    };
    answered(v, id, fields, done, "ops-shop-frozen").await
}

async fn unfreeze(Path(id): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    let id = id_in_path::<kinds::Shop>(&id)?;
    fields.only(&["why"])?;
    let done = match fields.text("why") {
        Ok(why) => open_shop::unfreeze(v.app().store(), &v.asked.cx, id, why).await,
        Err(no) => Err(no),
    };
    answered(v, id, fields, done, "ops-shop-unfrozen").await
}
