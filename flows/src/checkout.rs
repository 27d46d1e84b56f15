//! Checkout: what stands in the cart becomes a trade, its stock held, waiting to be paid. [B6]

use crate::{
    access,
    placing::{self, Goods, Terms},
    register::unkeyed,
};
use identity::{Contact, Login, PartyKind, Secret, Token};
use kernel::{Actor, Currency, Cx, Id, Money, Result, Text, Units, error::Common, kinds};
use order::Recipient;
use pricing::Basis;
use serde::{Deserialize, Serialize};
use store::{Act, Answer, Store, Tx};

pub use crate::placing::Placed;

/// What the buyer asks for. He sends ids, quantities and the total that he was shown, never a price.
#[derive(Clone, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Checkout {
    /// What and how many.
    pub lines: Vec<Wanted>,
    /// Where it goes: an address of the buyer's book …
    #[serde(default)]
    pub address: Option<Id<kinds::Address>>,
    /// … or one given here, as guests do.
    #[serde(default)]
    pub recipient: Option<Recipient>,
    /// What he wrote to the shops.
    #[serde(default)]
    pub note: String,
    /// The total that he was shown; a higher one is refused, a lower one taken.
    #[serde(default)]
    pub seen: Option<Money>,
    /// How a guest can be reached; ignored where somebody is logged in.
    #[serde(default)]
    pub contact: Option<Reach>,
}

/// How a guest can be reached. Personal.
#[derive(Clone, Debug, Default, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reach {
    /// How to be called.
    #[serde(default)]
    pub name: Option<Text<100>>,
    /// E-mail.
    #[serde(default)]
    pub email: Option<String>,
    /// Phone.
    #[serde(default)]
    pub phone: Option<String>,
}

impl Reach {
    fn contact(&self) -> Result<Contact> {
        let login = |text: &Option<String>, field: &'static str| {
            text.as_ref().map(|text| text.parse::<Login>().map_err(|no| no.at(field))).transpose()
        };
        let (email, phone) = (login(&self.email, "contact.email")?, login(&self.phone, "contact.phone")?);
        Ok(Contact { name: self.name.clone(), email, phone })
    }
}

/// So many units of a SKU.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "WantedLine")]
pub struct Wanted {
    /// Which.
    pub sku: Id<kinds::Sku>,
    /// How many.
    pub units: Units,
}

/// Places a trade for the actor, or for a new guest where nobody is logged in.
///
/// # Errors
/// `out_of_stock`, `price_changed`, `sku_delisted`, `shop_frozen`, `too_many`, `too_large`, `required` address …
pub fn checkout(store: &Store, cx: &Cx, wish: Checkout) -> Answer<Placed> {
    let act = Act::new("order.checkout", cx).over(&wish);
    store.write(act, move |tx| place(tx, &wish))
}

/// Places a trade for a new guest and makes the secret link that opens his orders, shown once at the end: a session of
/// the guest's, for as many days as the market's setting says. A repeated request finds the same trade and gets a
/// link of its own.
///
/// # Errors
/// As [`checkout`]; `login_needed` is not among them.
pub fn checkout_as_guest(store: &Store, cx: &Cx, wish: Checkout) -> Result<(Placed, Token<kinds::Session>)> {
    if cx.actor != Actor::Anyone {
        return Err(Common::NotFound.into());
    }
    let placed = checkout(store, cx, wish).wait()?;
    // From here on whoever asked is that guest.
    let guest = Cx { actor: Actor::Guest(placed.buyer), ..cx.clone() };
    let link = guest_link(store, &guest, placed.buyer)?;
    Ok((placed, link))
}

/// A fresh secret link for a guest who has come by one.
///
/// # Errors
/// `not_found` for another's, and for a buyer who has an account; `login_needed`.
pub fn guest_link(store: &Store, cx: &Cx, guest: Id<kinds::Party>) -> Result<Token<kinds::Session>> {
    let secret = Secret::new(store.secret());
    let shown = secret.clone();
    let opened = store.write(Act::new("identity.guest_link", &unkeyed(cx)), move |tx| {
        access::buyer(tx, guest)?;
        if identity::party(tx, guest)?.kind != PartyKind::Guest {
            return Err(Common::NotFound.into());
        }
        let days = market::settings(tx)?.guest_link_days;
        identity::open_session(tx, guest, &secret, days)
    });
    Ok(Token::new(opened.wait()?, shown))
}

fn place(tx: &mut Tx, wish: &Checkout) -> Result<Placed> {
    let settings = market::settings(tx)?;
    if wish.lines.len() as i64 > settings.cart_lines_max {
        return Err(Common::TooManyThings { most: settings.cart_lines_max }.at("lines"));
    }
    let buyer = who_buys(tx, wish)?;
    // A trade has one currency: that of the total that the buyer was shown, else the market's.
    let currency = wish.seen.map_or(settings.currency, |seen| seen.currency);
    let goods = goods(tx, &wish.lines, currency)?;
    let recipient = recipient(tx, buyer, wish)?;
    let terms =
        Terms { buyer, quotation: None, currency, recipient: Some(recipient), basis: Basis::Regular, seen: wish.seen };
    let placed = placing::place(tx, &settings, &goods, terms)?;
    let bought: Vec<_> = wish.lines.iter().map(|line| line.sku).collect();
    cart::clear_bought(tx, buyer, &bought)?;
    Ok(placed)
}

/// The actor's own party; a new guest where nobody is logged in.
fn who_buys(tx: &mut Tx, wish: &Checkout) -> Result<Id<kinds::Party>> {
    match tx.actor().clone() {
        Actor::Anyone => {
            let contact = wish.contact.as_ref().map(Reach::contact).transpose()?.unwrap_or_default();
            let locale = tx.cx().locale;
            identity::guest(tx, &contact, locale)
        }
        // A guest who has a cart already says now how he can be reached.
        Actor::Guest(party) => {
            access::buyer(tx, party)?;
            if let Some(reach) = &wish.contact {
                identity::reach_guest(tx, party, &reach.contact()?)?;
            }
            Ok(party)
        }
        Actor::System(_) => Err(Common::LoginNeeded.into()),
        Actor::Person(party) | Actor::Key { person: party, .. } => {
            access::buyer(tx, party)?;
            Ok(party)
        }
    }
}

/// The goods at the prices in force, each on sale in a shop that is open.
fn goods(tx: &mut Tx, lines: &[Wanted], currency: Currency) -> Result<Vec<Goods>> {
    let skus: Vec<_> = lines.iter().map(|line| line.sku).collect();
    let (now, locale) = (tx.now(), tx.cx().locale);
    let offers = catalog::offers(tx, &skus, now, locale)?;
    let mut shops: Vec<_> = offers.iter().map(|offer| offer.shop).collect();
    shops.sort();
    shops.dedup();
    for shop in shops {
        merchant::require_open(tx, shop)?;
    }
    let goods = lines.iter().zip(offers).enumerate().map(|(at, (line, offer))| {
        let price = catalog::require_sellable(&offer, line.units, currency);
        let price = price.map_err(|no| no.at(format!("lines[{at}].sku")))?;
        Ok(Goods { offer, units: line.units, price })
    });
    goods.collect()
}

fn recipient(tx: &mut Tx, buyer: Id<kinds::Party>, wish: &Checkout) -> Result<Recipient> {
    let note = bounded(&wish.note, 500, "note")?;
    match (&wish.address, &wish.recipient) {
        (Some(address), _) => {
            let address = identity::address(tx, buyer, *address)?;
            let form = address.form;
            let or_empty = |text: Option<Text<20>>| text.map(Text::into_string).unwrap_or_default();
            Ok(Recipient {
                name: form.name.into_string(),
                phone: form.phone.into_string(),
                country: form.country.into_string(),
                region: or_empty(form.region),
                postal: or_empty(form.postal),
                lines: form.lines.into_string(),
                note,
            })
        }
        (None, Some(given)) => checked(given, note),
        (None, None) => Err(Common::Required.at("address")),
    }
}

/// A recipient given by hand: a name, a country and the lines of an address are needed, everything is bounded.
fn checked(given: &Recipient, note: String) -> Result<Recipient> {
    let needed = |text: &str, most, field: &'static str| {
        let text = bounded(text, most, field)?;
        if text.is_empty() { Err(Common::Required.at(field)) } else { Ok(text) }
    };
    Ok(Recipient {
        name: needed(&given.name, 60, "recipient.name")?,
        phone: bounded(&given.phone, 30, "recipient.phone")?,
        country: needed(&given.country, 2, "recipient.country")?,
        region: bounded(&given.region, 20, "recipient.region")?,
        postal: bounded(&given.postal, 20, "recipient.postal")?,
        lines: needed(&given.lines, 300, "recipient.lines")?,
        note,
    })
}

/// A text that may be empty, within `most` characters and without control characters, line breaks and tabs excepted.
fn bounded(text: &str, most: usize, field: &'static str) -> Result<String> {
    let text = text.trim();
    if text.chars().nth(most).is_some() {
        return Err(Common::TooLong { most: most as i64 }.at(field));
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(Common::NotText.at(field));
    }
    Ok(text.to_owned())
}
