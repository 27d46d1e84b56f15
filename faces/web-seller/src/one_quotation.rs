//! `/seller/{slug}/quotations/{id}`: one quotation, to be sent or taken back.

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
use door::App;
use flows::quote;
use identity::Permission;
use kernel::{Id, Money, Result, error::Common, kinds};
use quotation::{Quotation, State};
use web::{Fields, Posted, Reply, Typed, Visit, id_in_path, page_with};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/seller/{slug}/quotations/{quotation}", get(one))
        .route("/seller/{slug}/quotations/{quotation}/send", post(send))
        .route("/seller/{slug}/quotations/{quotation}/withdraw", post(withdraw))
}

#[derive(Template)]
#[template(path = "seller_quotation.html")]
struct One {
    v: Visit,
    desk: Desk,
    typed: Typed,
    quotation: Quotation,
    buyer: String,
}

impl One {
    fn money(&self, minor: &i64) -> Money {
        Money::new(*minor, self.quotation.head.currency)
    }

    fn here(&self) -> String {
        self.desk.path(&format!("/quotations/{}", self.quotation.head.id))
    }

    fn is_draft(&self) -> bool {
        self.quotation.head.state == State::Draft
    }

    fn is_sent(&self) -> bool {
        self.quotation.head.state == State::Sent
    }
}

async fn one(v: Visit, Path((slug, quotation)): Path<(String, String)>) -> Reply {
    show(v, &slug, &quotation, Typed::default()).await
}

async fn show(v: Visit, slug: &str, quotation: &str, typed: Typed) -> Reply {
    let id: Id<kinds::Quotation> = id_in_path(quotation)?;
    let asked = desk::open(&v, slug, Some(Permission::ShopQuotations), move |read, desk| {
        let found = quotation::quotation(read, id)?;
        if found.head.shop != desk.shop.id {
            return Err(Common::NotYours.into());
        }
        let name = identity::contact(read, found.head.buyer)?.name;
        Ok((found, name.map(kernel::Text::into_string).unwrap_or_default()))
    });
    let (desk, (quotation, buyer)) = asked.await?;
    let status = typed.status.unwrap_or_default();
    page_with(&v.clone(), status, &One { v, desk, typed, quotation, buyer })
}

async fn answered(v: Visit, (slug, id): (&str, &str), fields: Fields, done: Result<()>, said: &str) -> Reply {
    match done {
        Ok(()) => Ok(v.see(&format!("/seller/{slug}/quotations/{id}"), said)),
        Err(no) => {
            let (_, typed) = form::refused(&v, fields, no)?;
            show(v, slug, id, typed).await
        }
    }
}

async fn send(Path((slug, id)): Path<(String, String)>, Posted { visit: v, fields }: Posted) -> Reply {
    let quotation = id_in_path::<kinds::Quotation>(&id)?;
    fields.only(&[])?;
    desk::shop(&v, &slug).await?;
    let done = quote::send(v.app().store(), &v.asked.cx, quotation).await;
    answered(v, (&slug, &id), fields, done, "quotation-sent").await
}

async fn withdraw(Path((slug, id)): Path<(String, String)>, Posted { visit: v, fields }: Posted) -> Reply {
    let quotation = id_in_path::<kinds::Quotation>(&id)?;
    fields.only(&[])?;
    desk::shop(&v, &slug).await?;
    let done = quote::withdraw(v.app().store(), &v.asked.cx, quotation).await;
    answered(v, (&slug, &id), fields, done, "quotation-withdrawn").await
}
