//! Quotations: a seller offers lines at agreed prices to one buyer; accepting makes an unpaid order. [T1]

use crate::{
    access,
    placing::{self, Goods, Placed, Terms},
};
use identity::Permission;
use kernel::{Currency, Cx, Id, Money, Result, Text, Units, error::Common, kinds, time::DAY};
use pricing::Basis;
use quotation::{Limits, NewLine};
use serde::{Deserialize, Serialize};
use store::{Act, Answer, Store, Tx};

/// What a seller offers.
#[derive(Clone, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quote {
    /// Who offers.
    pub shop: Id<kinds::Shop>,
    /// To whom.
    pub buyer: Id<kinds::Party>,
    /// Of all its amounts.
    pub currency: Currency,
    /// What, how many, at which unit price.
    pub lines: Vec<QuoteLine>,
}

/// A line that a seller offers.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct QuoteLine {
    /// Which.
    pub sku: Id<kinds::Sku>,
    /// How many.
    pub units: Units,
    /// The agreed unit price, minor units.
    pub unit_price: i64,
}

/// Drafts a quotation; nobody but the shop sees it.
///
/// # Errors
/// `unknown_sku`, another shop's goods as `unknown_sku` too, `too_many`, `too_large`, `currency_mismatch`,
/// `permission_missing`.
pub fn draft(store: &Store, cx: &Cx, quote: Quote) -> Answer<Id<kinds::Quotation>> {
    let act = Act::new("quotation.draft", cx).over(&quote);
    store.write(act, move |tx| write_draft(tx, &quote))
}

/// Puts a draft before its buyer, for as long as the market's setting says.
///
/// # Errors
/// `quotation_not_draft`, `quotation_empty`, `not_found`.
pub fn send(store: &Store, cx: &Cx, id: Id<kinds::Quotation>) -> Answer<()> {
    store.write(Act::new("quotation.send", cx).over(&id), move |tx| put_before(tx, id))
}

/// Drafts and sends in one act.
///
/// # Errors
/// As [`draft`] and [`send`].
pub fn offer(store: &Store, cx: &Cx, quote: Quote) -> Answer<Id<kinds::Quotation>> {
    let act = Act::new("quotation.offer", cx).over(&quote);
    store.write(act, move |tx| {
        let id = write_draft(tx, &quote)?;
        put_before(tx, id)?;
        Ok(id)
    })
}

/// The buyer takes it: its stock is held and an unpaid trade stands.
///
/// # Errors
/// `quotation_not_open`, `quotation_expired`, `out_of_stock`, `sku_delisted`, `shop_frozen`, `not_found`.
pub fn accept(store: &Store, cx: &Cx, id: Id<kinds::Quotation>) -> Answer<Placed> {
    store.write(Act::new("quotation.accept", cx).over(&id), move |tx| take(tx, id))
}

/// The buyer says no.
///
/// # Errors
/// `quotation_not_open`, `not_found`.
pub fn decline(store: &Store, cx: &Cx, id: Id<kinds::Quotation>) -> Answer<()> {
    store.write(Act::new("quotation.decline", cx).over(&id), move |tx| {
        let head = quotation::head(tx, id)?;
        access::buyer(tx, head.buyer)?;
        quotation::decline(tx, id)
    })
}

/// The seller takes it back.
///
/// # Errors
/// `quotation_not_open`, `not_found`.
pub fn withdraw(store: &Store, cx: &Cx, id: Id<kinds::Quotation>) -> Answer<()> {
    store.write(Act::new("quotation.withdraw", cx).over(&id), move |tx| {
        let head = quotation::head(tx, id)?;
        access::seller(tx, head.shop, Permission::ShopQuotations)?;
        quotation::withdraw(tx, id)
    })
}

fn write_draft(tx: &mut Tx, quote: &Quote) -> Result<Id<kinds::Quotation>> {
    access::shop(tx, quote.shop, Permission::ShopQuotations)?;
    let shop = merchant::require_open(tx, quote.shop)?;
    // A trade has one currency, and the shop is paid out in it.
    Money::zero(shop.currency).same_currency(Money::zero(quote.currency))?;
    identity::party(tx, quote.buyer)?;
    let settings = market::settings(tx)?;
    if quote.lines.len() as i64 > settings.quotation_lines_max {
        return Err(Common::TooManyThings { most: settings.quotation_lines_max }.at("lines"));
    }
    let skus: Vec<_> = quote.lines.iter().map(|line| line.sku).collect();
    let (now, locale) = (tx.now(), tx.cx().locale);
    let offers = catalog::offers(tx, &skus, now, locale)?;
    let lines = quote.lines.iter().zip(offers).map(|(line, offer)| {
        if offer.shop != quote.shop {
            return Err(catalog::Refusal::UnknownSku.into());
        }
        let QuoteLine { sku, units, unit_price } = *line;
        Ok(NewLine {
            listing: offer.listing,
            sku,
            units,
            unit_price,
            price_per: offer.price_per,
            title: title(&offer)?,
        })
    });
    let new = quotation::New {
        shop: quote.shop,
        buyer: quote.buyer,
        currency: quote.currency,
        lines: lines.collect::<Result<_>>()?,
    };
    let limits = Limits {
        lines_max: settings.quotation_lines_max,
        units_max: settings.line_units_max,
        total_max: settings.total_max,
    };
    quotation::draft(tx, &new, limits)
}

fn put_before(tx: &mut Tx, id: Id<kinds::Quotation>) -> Result<()> {
    let head = quotation::head(tx, id)?;
    access::seller(tx, head.shop, Permission::ShopQuotations)?;
    let settings = market::settings(tx)?;
    let expires_at = tx.now().plus(settings.quotation_days * DAY);
    quotation::send(tx, id, expires_at)
}

fn take(tx: &mut Tx, id: Id<kinds::Quotation>) -> Result<Placed> {
    let head = quotation::head(tx, id)?;
    access::buyer(tx, head.buyer)?;
    merchant::require_open(tx, head.shop)?;
    let settings = market::settings(tx)?;
    let offered = quotation::quotation(tx, id)?;
    let skus: Vec<_> = offered.lines.iter().map(|line| line.sku).collect();
    let (now, locale) = (tx.now(), tx.cx().locale);
    let offers = catalog::offers(tx, &skus, now, locale)?;
    let goods: Vec<_> = offered
        .lines
        .iter()
        .zip(offers)
        .map(|(line, offer)| agreed(line, offer, head.currency))
        .collect::<Result<_>>()?;
    let terms = Terms {
        buyer: head.buyer,
        quotation: Some(id),
        currency: head.currency,
        recipient: None,
        basis: Basis::Agreed,
        seen: None,
    };
    let placed = placing::place(tx, &settings, &goods, terms)?;
    quotation::accept(tx, id, placed.trade)?;
    Ok(placed)
}

/// A line at its agreed price. The goods must be listed; a price of their own they need not have.
fn agreed(line: &quotation::Line, offer: catalog::Offer, currency: Currency) -> Result<Goods> {
    catalog::require_listed(&offer)?;
    let title = line.title.clone();
    let price = Money::new(line.unit_price, currency);
    let offer = catalog::Offer { price_per: line.price_per, title, ..offer };
    Ok(Goods { offer, units: line.units, price })
}

/// Goods without a title yet are named by their code.
fn title(offer: &catalog::Offer) -> Result<Text<300>> {
    Text::new(if offer.title.is_empty() { &offer.code } else { &offer.title })
}
