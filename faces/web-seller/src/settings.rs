//! `/seller/{slug}/settings`: what sending costs, who works here and may do what, and what was signed.

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
use delivery::Freight;
use door::{App, format};
use flows::{
    keep_shop,
    register::{self, StaffChange},
};
use identity::{Login, Permission, ScopeKind};
use kernel::{Error, Id, Result, error::Common, kinds};
use merchant::Change;
use views::seller::{self, Colleague};
use web::{Fields, Posted, Reply, Typed, Visit, page_with};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/seller/{slug}/settings", get(settings))
        .route("/seller/{slug}/settings/freight", post(set_freight))
        .route("/seller/{slug}/settings/staff", post(change_staff))
}

/// What the page shows of a shop.
struct Known {
    freight: Option<Freight>,
    people: Vec<Colleague>,
    changes: Vec<Change>,
    legal_name: String,
}

#[derive(Template)]
#[template(path = "seller_settings.html")]
struct Settings {
    v: Visit,
    desk: Desk,
    typed: Typed,
    known: Known,
}

impl Settings {
    /// Everything that may be granted over a shop.
    fn permissions(&self) -> Vec<Permission> {
        Permission::ALL.iter().copied().filter(|permission| permission.fits(ScopeKind::Shop)).collect()
    }

    fn has(&self, colleague: &Colleague, permission: &Permission) -> bool {
        colleague.permissions.contains(permission)
    }

    fn options(&self) -> Vec<(&'static str, String)> {
        self.permissions().into_iter().map(|one| (one.word(), self.v.word("seller-may", one.word()))).collect()
    }

    /// The shop's way to today, latest first.
    fn way(&self) -> Vec<&Change> {
        self.known.changes.iter().rev().collect()
    }
}

async fn settings(v: Visit, Path(slug): Path<String>) -> Reply {
    show(v, &slug, Typed::default()).await
}

/// Whoever keeps the shop's settings sees freight and contract; whoever keeps its staff sees the staff.
async fn show(v: Visit, slug: &str, typed: Typed) -> Reply {
    let asked = desk::open(&v, slug, None, |read, desk| {
        let (keeps, leads) = (desk.may.has(Permission::ShopSettings), desk.may.has(Permission::ShopStaff));
        if !keeps && !leads {
            return Err(Common::PermissionMissing { permission: Permission::ShopSettings.word() }.into());
        }
        let shop = desk.shop.id;
        Ok(Known {
            freight: delivery::freight(read, shop)?,
            people: if leads { seller::people(read, shop)? } else { Vec::new() },
            changes: if keeps { merchant::changes(read, shop)? } else { Vec::new() },
            legal_name: merchant::legal_name(read, desk.shop.merchant)?,
        })
    });
    let (desk, known) = asked.await?;
    let mut values = Vec::new();
    if let Some(freight) = &known.freight {
        values.push(("fee".to_owned(), format::typed(freight.fee)));
        values.extend(freight.free_over.map(|over| ("free_over".to_owned(), format::typed(over))));
    }
    let typed = typed.under(values);
    let status = typed.status.unwrap_or_default();
    page_with(&v.clone(), status, &Settings { v, desk, typed, known })
}

async fn answered(v: Visit, slug: &str, fields: Fields, done: Result<()>, said: &str) -> Reply {
    match done {
        Ok(()) => Ok(v.see(&format!("/seller/{slug}/settings"), said)),
        Err(no) => {
            let (_, typed) = form::refused(&v, fields, no)?;
            show(v, slug, typed).await
        }
    }
}

async fn set_freight(Path(slug): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    let done = do_set(&v, &slug, &fields).await;
    answered(v, &slug, fields, done.map_err(|no| form::said_of(no, &[("out_of_range", "fee")])), "freight-set").await
}

async fn do_set(v: &Visit, slug: &str, fields: &Fields) -> Result<()> {
    fields.only(&["fee", "free_over"])?;
    let shop = desk::shop(v, slug).await?;
    let free_over = match fields.get("free_over").trim().is_empty() {
        true => None,
        false => Some(fields.money("free_over", shop.currency)?),
    };
    let freight = Freight { fee: fields.money("fee", shop.currency)?, free_over };
    keep_shop::set_freight(v.app().store(), &v.asked.cx, shop.id, freight).await
}

async fn change_staff(Path(slug): Path<String>, Posted { visit: v, fields }: Posted) -> Reply {
    let done = do_change(&v, &slug, &fields).await;
    answered(v, &slug, fields, done.map_err(as_typed), "staff-changed").await
}

async fn do_change(v: &Visit, slug: &str, fields: &Fields) -> Result<()> {
    fields.only(&["person", "login", "permission", "granted"])?;
    let shop = desk::shop(v, slug).await?.id;
    let permission = Permission::of(fields.get("permission")).ok_or_else(|| Common::Required.at("permission"))?;
    let person = match fields.get("person").is_empty() {
        false => fields.id::<kinds::Party>("person")?,
        true => person_of(v, fields).await?,
    };
    let change = StaffChange { shop, person, permission, granted: fields.get("granted") == "yes" };
    register::change_staff(v.app().store(), &v.asked.cx, change).await
}

async fn person_of(v: &Visit, fields: &Fields) -> Result<Id<kinds::Party>> {
    let login: Login = fields.parse("login")?;
    let found = v.app().store().read(move |read| identity::person_of(read, &login)).await?;
    found.ok_or_else(|| Error::from(Common::NotFound).at("login"))
}

/// Somebody who is not there is a matter of the form, not of the page.
fn as_typed(no: Error) -> Error {
    match no {
        Error::Refused(mut refused) if refused.field.as_deref() == Some("login") => {
            refused.kind = kernel::Kind::Invalid;
            Error::Refused(refused)
        }
        other => other,
    }
}
