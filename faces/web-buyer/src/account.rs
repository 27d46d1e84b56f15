//! `/account`: who one is here, and where one lets things be sent.

use askama::Template;
use axum::{
    Router,
    routing::{get, post},
};
use door::App;
use flows::address_book;
use identity::{Address, AddressForm, Login};
use kernel::{Id, Result, kinds};
use views::people::{self, Work};
use web::{Fields, Posted, Reply, Typed, Visit, page, page_with};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/account", get(account))
        .route("/account/addresses", get(addresses).post(add_address))
        .route("/account/addresses/remove", post(remove_address))
}

#[derive(Template)]
#[template(path = "account.html")]
struct Account {
    v: Visit,
    logins: Vec<Login>,
    work: Work,
    is_operator: bool,
}

async fn account(v: Visit) -> Reply {
    let person = v.person()?;
    let asked = move |read: &mut store::Read| Ok((identity::logins(read, person)?, people::work(read, person)?));
    let (logins, work) = v.app().store().read(asked).await?;
    let is_operator = !work.market.is_empty();
    page(&v.clone(), &Account { v, logins, work, is_operator })
}

#[derive(Template)]
#[template(path = "addresses.html")]
struct Addresses {
    v: Visit,
    typed: Typed,
    addresses: Vec<Address>,
    next: String,
}

impl Addresses {
    async fn of(v: Visit, typed: Typed, next: String) -> Result<Addresses> {
        let party = v.party()?;
        let addresses = v.app().store().read(move |read| identity::addresses(read, party)).await?;
        Ok(Addresses { v, typed, addresses, next })
    }
}

async fn addresses(v: Visit) -> Reply {
    let next = v.query("next");
    let typed = Typed::fresh([("country", "CN".to_owned())]);
    page(&v.clone(), &Addresses::of(v, typed, next).await?)
}

async fn add_address(Posted { visit: v, fields }: Posted) -> Reply {
    let next = fields.get("next").to_owned();
    let added = match address_form(&fields) {
        Ok(form) => address_book::add(v.app().store(), &v.asked.cx, form).await,
        Err(no) => Err(no),
    };
    match added {
        Ok(_) => Ok(v.see(web::onward(&next, "/account/addresses"), "address-added")),
        Err(no) => {
            let typed = Typed::refused(&v, fields, no)?;
            page_with(&v.clone(), typed.status.unwrap_or_default(), &Addresses::of(v, typed, next).await?)
        }
    }
}

/// An address as the form gives it.
pub(crate) fn address_form(fields: &Fields) -> Result<AddressForm> {
    fields.only(&["name", "phone", "country", "region", "postal", "lines", "next"])?;
    Ok(AddressForm {
        name: fields.text("name")?,
        phone: fields.text("phone")?,
        country: fields.text("country")?,
        region: fields.text_or_none("region")?,
        postal: fields.text_or_none("postal")?,
        lines: fields.text("lines")?,
    })
}

async fn remove_address(Posted { visit: v, fields }: Posted) -> Reply {
    fields.only(&["address"])?;
    let address: Id<kinds::Address> = fields.id("address")?;
    address_book::remove(v.app().store(), &v.asked.cx, address).await?;
    Ok(v.see("/account/addresses", "address-removed"))
}
