//! `/checkout`: address, parcels, note and sum on one page; sending it places the order.

use crate::{
    cart::{self, Part},
    lines::Row,
};
use askama::Template;
use axum::{Router, routing::get};
use door::App;
use flows::{
    address_book,
    checkout::{self as acts, Checkout as Wish, Placed, Reach, Wanted},
};
use identity::{Address, AddressForm, Contact, Login, Token};
use kernel::{Actor, Cx, Error, Id, Money, Result, Text, Units, error::Common, kinds};
use order::Recipient;
use pricing::Totals;
use store::Read;
use views::cart::CartPage;
use web::{Fields, Posted, Reply, Typed, Visit, keep_session, page, page_with};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/checkout", get(show_cart).post(place))
}

/// A line as it is wanted.
type Line = (Id<kinds::Sku>, Units);

#[derive(Template)]
#[template(path = "checkout.html")]
struct Checkout {
    v: Visit,
    typed: Typed,
    shops: Vec<Part>,
    left_out: Vec<Row>,
    wanted: Vec<String>,
    totals: Option<Totals>,
    reduced: Option<Money>,
    freed: Option<Money>,
    refused: Option<&'static str>,
    addresses: Vec<Address>,
    is_person: bool,
    minutes: i64,
    here: String,
}

/// What the page needs to know of whoever buys.
struct Buyer {
    addresses: Vec<Address>,
    contact: Contact,
}

async fn show_cart(v: Visit) -> Reply {
    let (cx, now, bought) = (v.asked.cx.clone(), v.now, bought_at_once(&v)?);
    let found = v.app().store().read(move |read| {
        let lines = match (bought, cx.actor.party()) {
            (Some(line), _) => vec![line],
            (None, Some(party)) => of_cart(read, party)?,
            (None, None) => Vec::new(),
        };
        let page = views::cart::preview(read, &cx, &lines, None, now)?;
        Ok((page, buyer(read, &cx)?, lines))
    });
    let (found, buyer, lines) = found.await?;
    if lines.is_empty() {
        return Ok(v.see("/cart", ""));
    }
    let typed = fresh(&buyer);
    page(&v, &Checkout::of(&v, typed, &found, &lines, buyer))
}

/// `?sku=…&units=…`: one line without the cart.
fn bought_at_once(v: &Visit) -> Result<Option<Line>> {
    let sku = v.query("sku");
    if sku.is_empty() {
        return Ok(None);
    }
    let units = v.query("units");
    let units = if units.is_empty() { Ok(1) } else { units.parse::<i64>() };
    let units = units.map_err(|_| Common::Malformed { expected: "a whole number" })?;
    let sku = sku.parse().map_err(|_| Common::NotFound)?;
    Ok(Some((sku, Units::new(units)?)))
}

fn of_cart(read: &mut Read, party: Id<kinds::Party>) -> Result<Vec<Line>> {
    let lines = ::cart::lines(read, party)?;
    Ok(lines.iter().filter(|line| !line.saved).map(|line| (line.sku, line.units)).collect())
}

fn buyer(read: &mut Read, cx: &Cx) -> Result<Buyer> {
    match cx.actor.party() {
        Some(party) => {
            Ok(Buyer { addresses: identity::addresses(read, party)?, contact: identity::contact(read, party)? })
        }
        None => Ok(Buyer { addresses: Vec::new(), contact: Contact::default() }),
    }
}

/// The form as it stands at first: the latest address, the country of the market, what a guest told before.
fn fresh(buyer: &Buyer) -> Typed {
    let login = |login: &Option<Login>| login.as_deref().unwrap_or_default().to_owned();
    let address = buyer.addresses.last().map(|address| address.id.to_string());
    Typed::fresh([
        ("address", address.unwrap_or_default()),
        ("recipient.country", "CN".to_owned()),
        ("save", "1".to_owned()),
        ("contact.name", buyer.contact.name.as_deref().unwrap_or_default().to_owned()),
        ("contact.email", login(&buyer.contact.email)),
        ("contact.phone", login(&buyer.contact.phone)),
    ])
}

impl Checkout {
    fn of(v: &Visit, typed: Typed, found: &CartPage, lines: &[Line], buyer: Buyer) -> Checkout {
        let all = || found.shops.iter().flat_map(|shop| &shop.lines);
        let mut shops = cart::parts(v, found);
        for part in &mut shops {
            part.rows.retain(|row| row.troubles.is_empty());
        }
        shops.retain(|part| !part.rows.is_empty());
        // What is sent is what the page shows: a line that cannot be bought is not quietly left in.
        let is_bought = |line: &&Line| all().any(|known| known.sku == line.0 && known.troubles.is_empty());
        Checkout {
            v: v.clone(),
            typed,
            shops,
            left_out: all().filter(|line| !line.troubles.is_empty()).map(|line| Row::of(v, line)).collect(),
            wanted: lines.iter().filter(is_bought).map(|(sku, units)| format!("{sku} {}", units.get())).collect(),
            totals: found.totals,
            reduced: cart::reduced(found.totals.as_ref()),
            freed: cart::freed(found.totals.as_ref()),
            refused: found.refused.map(|code| cart::why_not_together(v, code)),
            addresses: buyer.addresses,
            is_person: matches!(v.asked.cx.actor, Actor::Person(_)),
            minutes: v.asked.settings.close_unpaid_minutes,
            here: v.asked.uri.clone(),
        }
    }
}

/// What sending the form led to.
enum Ordered {
    /// Somebody with an account goes on to pay.
    ByPerson(Placed),
    /// A guest is shown his link first.
    ByGuest(Placed, Token<kinds::Session>),
}

async fn place(Posted { visit: v, fields }: Posted) -> Reply {
    match order(&v, &fields).await {
        Ok(Ordered::ByPerson(placed)) => Ok(v.see(&format!("/trades/{}/pay", placed.trade), "")),
        Ok(Ordered::ByGuest(placed, token)) => show_link(v, placed, &token.to_string()).await,
        Err(no) => again(v, fields, no).await,
    }
}

/// The same page with what was wrong on top, priced anew: what was sent stays, less what cannot be bought any more.
async fn again(v: Visit, fields: Fields, no: Error) -> Reply {
    let lines = lines_of(&fields).unwrap_or_default();
    let typed = Typed::refused(&v, fields, no)?;
    let (cx, now, asked) = (v.asked.cx.clone(), v.now, lines.clone());
    let found = v.app().store().read(move |read| {
        let page = views::cart::preview(read, &cx, &asked, None, now)?;
        Ok((page, buyer(read, &cx)?))
    });
    let (found, buyer) = found.await?;
    let status = typed.status.unwrap_or_default();
    page_with(&v, status, &Checkout::of(&v, typed, &found, &lines, buyer))
}

async fn order(v: &Visit, fields: &Fields) -> Result<Ordered> {
    fields.only(&["line", "address", "recipient.*", "contact.*", "note", "seen", "save"])?;
    let wish = wish(v, fields)?;
    let (store, cx) = (v.app().store(), v.asked.cx.clone());
    match cx.actor {
        Actor::Anyone => {
            let placing = v.app().aside(move |app| acts::checkout_as_guest(app.store(), &cx, wish));
            let (placed, token) = placing.await?;
            Ok(Ordered::ByGuest(placed, token))
        }
        Actor::Guest(_) => {
            let placed = acts::checkout(store, &cx, wish).await?;
            let buyer = placed.buyer;
            let token = v.app().aside(move |app| acts::guest_link(app.store(), &cx, buyer)).await?;
            Ok(Ordered::ByGuest(placed, token))
        }
        _ => {
            let recipient = wish.recipient.clone();
            let placed = acts::checkout(store, &cx, wish).await?;
            if let (true, Some(recipient)) = (fields.is_on("save"), &recipient) {
                keep_address(v, recipient).await?;
            }
            Ok(Ordered::ByPerson(placed))
        }
    }
}

fn wish(v: &Visit, fields: &Fields) -> Result<Wish> {
    let lines = lines_of(fields)?;
    let address = fields.optional("address")?;
    let given = |name: &str| fields.get(name).to_owned();
    let recipient = address.is_none().then(|| Recipient {
        name: given("recipient.name"),
        phone: given("recipient.phone"),
        country: given("recipient.country"),
        region: given("recipient.region"),
        postal: given("recipient.postal"),
        lines: given("recipient.lines"),
        note: String::new(),
    });
    let told = |name: &str| Some(given(name)).filter(|text| !text.trim().is_empty());
    let contact = match v.asked.cx.actor {
        Actor::Anyone | Actor::Guest(_) => {
            contact(fields)?;
            let name = fields.text_or_none("contact.name")?;
            Some(Reach { name, email: told("contact.email"), phone: told("contact.phone") })
        }
        _ => None,
    };
    Ok(Wish {
        lines: lines.into_iter().map(|(sku, units)| Wanted { sku, units }).collect(),
        address,
        recipient,
        note: given("note"),
        seen: Some(seen(fields.get("seen"))?),
        contact,
    })
}

/// `sku_… 2`, once per line that the page showed.
fn lines_of(fields: &Fields) -> Result<Vec<Line>> {
    let line = |text: &str| -> Result<Line> {
        let malformed = || Error::from(Common::Malformed { expected: "a SKU and a number of units" });
        let (sku, units) = text.split_once(' ').ok_or_else(malformed)?;
        Ok((sku.parse()?, Units::new(units.parse().map_err(|_| malformed())?)?))
    };
    fields.each("line").map(line).collect()
}

/// The total that the page showed: `12.30 CNY`.
fn seen(text: &str) -> Result<Money> {
    let malformed = || Common::Malformed { expected: "an amount with its currency" }.at("seen");
    let (amount, currency) = text.split_once(' ').ok_or_else(malformed)?;
    let currency = currency.parse().map_err(|_| malformed())?;
    Money::parse(amount, currency).map_err(|_| malformed())
}

/// How a guest can be reached: an e-mail or a phone is needed, or nobody could ask him about his order.
fn contact(fields: &Fields) -> Result<Contact> {
    let name = fields.text_or_none("contact.name")?;
    let (email, phone): (Option<Login>, Option<Login>) =
        (fields.optional("contact.email")?, fields.optional("contact.phone")?);
    if email.as_ref().is_some_and(|email| !email.is_email()) {
        return Err(Common::Malformed { expected: "an e-mail" }.at("contact.email"));
    }
    if phone.as_ref().is_some_and(Login::is_email) {
        return Err(Common::Malformed { expected: "a phone number" }.at("contact.phone"));
    }
    if email.is_none() && phone.is_none() {
        return Err(Common::Required.at("contact.email"));
    }
    Ok(Contact { name, email, phone })
}

/// An address given by hand enters the buyer's book, where it can: the order stands either way.
async fn keep_address(v: &Visit, given: &Recipient) -> Result<()> {
    let form = || -> Result<AddressForm> {
        let some = |text: &str| if text.trim().is_empty() { Ok(None) } else { Text::new(text).map(Some) };
        Ok(AddressForm {
            name: Text::new(&given.name)?,
            phone: Text::new(&given.phone)?,
            country: Text::new(&given.country)?,
            region: some(&given.region)?,
            postal: some(&given.postal)?,
            lines: Text::new(&given.lines)?,
        })
    };
    let kept = match form() {
        Ok(form) => address_book::add(v.app().store(), &v.asked.cx, form).await.map(drop),
        Err(no) => Err(no),
    };
    match kept {
        Err(Error::Broken(broken)) => Err(Error::Broken(broken)),
        Err(Error::Refused(_)) | Ok(()) => Ok(()),
    }
}

#[derive(Template)]
#[template(path = "guest_link.html")]
struct GuestLink {
    v: Visit,
    trade: Id<kinds::Trade>,
    amount: Money,
    link: String,
    days: i64,
    minutes: i64,
}

/// The order is placed, and this is the one time that the guest's link is shown. It is his session from now on.
async fn show_link(mut v: Visit, placed: Placed, token: &str) -> Reply {
    let (app, buyer) = (v.app().clone(), placed.buyer);
    v.who.cart = app.store().read(move |read| ::cart::size(read, buyer)).await?;
    let (days, minutes) = (v.asked.settings.guest_link_days, v.asked.settings.close_unpaid_minutes);
    let link = format!("{}/guest/{token}", app.options().public);
    let mut response =
        page(&v.clone(), &GuestLink { v, trade: placed.trade, amount: placed.amount, link, days, minutes })?;
    keep_session(&mut response, &app, token, days);
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_that_was_shown_comes_back_as_it_was_sent() {
        let shown = Money::new(120_450, kernel::Currency::CNY);
        assert_eq!(seen(&shown.to_string()).unwrap(), shown);
        for bad in ["", "12", "12.30", "12.30 XXX", "-", "1e3 CNY", "12.301 CNY"] {
            assert_eq!(seen(bad).unwrap_err().to_string(), "malformed at seen expected=an amount with its currency");
        }
    }
}
