//! `/seller/{slug}/refunds`: what buyers want back and the shop has to decide, the most urgent first.

use crate::{
    desk::{self, Desk},
    form,
    home::deadline,
};
use askama::Template;
use axum::{
    Router,
    extract::Path,
    routing::{get, post},
};
use door::App;
use flows::refund;
use identity::Permission;
use kernel::{Page, Result, kinds};
use views::{CaseCard, seller};
use web::{Fields, Posted, Reply, Typed, Visit, id_in_path, page_with};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/seller/{slug}/refunds", get(refunds))
        .route("/seller/{slug}/refunds/{case}/agree", post(agree))
        .route("/seller/{slug}/refunds/{case}/refuse", post(refuse))
}

/// Cases on one page.
const CASES: usize = 20;

#[derive(Template)]
#[template(path = "seller_refunds.html")]
struct Refunds {
    v: Visit,
    desk: Desk,
    typed: Typed,
    page: Page<CaseCard>,
}

impl Refunds {
    fn deadline(&self, case: &CaseCard) -> Option<web::Chip> {
        case.answer_by.map(|by| deadline(&self.v, &by))
    }
}

async fn refunds(v: Visit, Path(slug): Path<String>) -> Reply {
    show(v, &slug, Typed::default()).await
}

async fn show(v: Visit, slug: &str, typed: Typed) -> Reply {
    let cursor = form::cursor(&v)?;
    let asked = desk::open(&v, slug, Some(Permission::ShopRefunds), move |read, desk| {
        seller::cases(read, desk.shop.id, cursor, CASES)
    });
    let (desk, page) = asked.await?;
    let status = typed.status.unwrap_or_default();
    page_with(&v.clone(), status, &Refunds { v, desk, typed, page })
}

async fn agree(Path((slug, case)): Path<(String, String)>, Posted { visit: v, fields }: Posted) -> Reply {
    let case = id_in_path::<kinds::Case>(&case)?;
    desk::shop(&v, &slug).await?;
    fields.only(&["back"])?;
    let done = refund::agree(v.app().store(), &v.asked.cx, case).await.map(drop);
    answered(v, &slug, fields, done, "case-agreed").await
}

async fn refuse(Path((slug, case)): Path<(String, String)>, Posted { visit: v, fields }: Posted) -> Reply {
    let case = id_in_path::<kinds::Case>(&case)?;
    desk::shop(&v, &slug).await?;
    fields.only(&["back", "words"])?;
    let done = match fields.text_or_none("words") {
        Ok(words) => refund::refuse_saying(v.app().store(), &v.asked.cx, case, words).await,
        Err(no) => Err(no),
    };
    answered(v, &slug, fields, done, "case-refused").await
}

async fn answered(v: Visit, slug: &str, fields: Fields, done: Result<()>, said: &str) -> Reply {
    let back = web::onward(fields.get("back"), &format!("/seller/{slug}/refunds")).to_owned();
    match done {
        Ok(()) => Ok(v.see(&back, said)),
        Err(no) => {
            let (_, typed) = form::refused(&v, fields, no)?;
            show(v, slug, typed).await
        }
    }
}
