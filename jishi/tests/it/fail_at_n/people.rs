//! People who come and go.

use super::{Street, street, well};
use kernel::{Id, Result, kinds};
use testkit::{Market, PASSWORD, Person, cny, fail_at_n};

#[test]
fn register() {
    fail_at_n(
        "identity.register",
        |_| (),
        |market, ()| market.registers("anna@example.com".parse()?, "anna").map(drop),
    );
}

#[test]
fn log_in() {
    fail_at_n(
        "identity.log_in",
        |market| market.buyer("anna"),
        |market, _| market.anyone().logs_in("anna@example.com", PASSWORD).map(drop),
    );
}

#[test]
fn log_in_with_a_wrong_password() {
    fail_at_n(
        "identity.log_in",
        |market| market.buyer("anna"),
        |market, _| match market.anyone().logs_in("anna@example.com", "wrong password") {
            Err(no) if no.code() == "login_failed" => Ok(()),
            other => other.map(drop),
        },
    );
}

#[test]
fn log_out() {
    let given = |market: &Market| {
        let anna = market.buyer("anna");
        let session = well(anna.logs_in("anna@example.com", PASSWORD)).id;
        (anna, session)
    };
    fail_at_n("identity.log_out", given, |_, (anna, session)| anna.logs_out(*session));
}

/// A guest who has ordered, and the person who owns his e-mail.
fn guest_and_account(market: &Market) -> (Person, Person) {
    let Street { tea, .. } = street(market);
    let (guest, _) = well(market.guest_buys("gina@example.com", &[(tea.sku, 1)]));
    well(put_in_cart(market, guest.id, &tea, 2));
    (guest, market.buyer("gina"))
}

fn put_in_cart(market: &Market, buyer: Id<kinds::Party>, tea: &testkit::Goods, units: i64) -> Result<()> {
    let units = kernel::Units::new(units)?;
    let put = cart::Put { sku: tea.sku, listing: tea.listing, shop: tea.shop, units, seen_price: cny(88_00) };
    market.acts(move |tx| {
        let limits = flows::register::cart_limits(&market::settings(tx)?);
        cart::put(tx, buyer, put, limits)
    })
}

#[test]
fn guest_link() {
    fail_at_n("identity.guest_link", guest_and_account, |market, (guest, _)| {
        flows::checkout::guest_link(market.store(), &guest.cx(), guest.id).map(drop)
    });
}

#[test]
fn verify() {
    fail_at_n("identity.verify", guest_and_account, |market, (_, gina)| {
        gina.verifies("gina@example.com")?;
        market.works()
    });
}

#[test]
fn cart_merge() {
    let given = |market: &Market| {
        let (guest, gina) = guest_and_account(market);
        (well(flows::checkout::guest_link(market.store(), &guest.cx(), guest.id)), gina)
    };
    fail_at_n("cart.merge", given, |market, (link, gina)| {
        flows::register::bring_cart(market.store(), &gina.cx(), link.clone()).wait()
    });
}
