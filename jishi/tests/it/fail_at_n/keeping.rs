//! What is kept: a cart, an address book, a shop's papers, accounts and freight.

use super::{Street, street, well};
use delivery::Freight;
use kernel::{Id, kinds};
use testkit::{Market, address_of, cny, fail_at_n, trademark};

/// Tea in the buyer's cart.
fn in_cart(market: &Market) -> Street {
    let street = street(market);
    well(street.anna.puts_in_cart(street.tea.sku, 2));
    street
}

#[test]
fn put() {
    fail_at_n("cart.put", street, |_, Street { tea, anna, .. }: &Street| {
        anna.puts_in_cart(tea.sku, 2)?;
        anna.puts_in_cart(tea.sku, 3).map(drop)
    });
}

#[test]
fn remove() {
    fail_at_n("cart.remove", in_cart, |_, street| street.anna.takes_out_of_cart(street.tea.sku));
}

#[test]
fn save() {
    fail_at_n("cart.save", in_cart, |_, Street { tea, anna, .. }: &Street| {
        anna.saves_for_later(tea.sku)?;
        anna.puts_in_cart(tea.sku, 1).map(drop)
    });
}

#[test]
fn begin() {
    fail_at_n("cart.begin", street, |market, _| market.anyone().begins_as_guest().map(drop));
}

#[test]
fn add_address() {
    fail_at_n(
        "identity.add_address",
        |market| market.buyer("anna"),
        |_, anna| anna.notes_address(address_of("Anna")?).map(drop),
    );
}

#[test]
fn remove_address() {
    let given = |market: &Market| {
        let anna = market.buyer("anna");
        let address = well(anna.notes_address(well(address_of("Anna"))));
        (anna, address)
    };
    fail_at_n("identity.remove_address", given, |_, (anna, address)| anna.wipes_address(*address));
}

#[test]
fn paper() {
    fail_at_n("shop.paper", street, |_, Street { shop, .. }: &Street| {
        shop.hands_in(shop.id, trademark("TM1")?)?;
        shop.hands_in(shop.id, trademark("TM2")?)
    });
}

#[test]
fn bank_account() {
    fail_at_n("shop.bank_account", street, |market, Street { shop, .. }: &Street| {
        let merchant = shop.merchant;
        let holder = market.asks(move |read| merchant::legal_name(read, merchant))?;
        shop.names_account(shop.id, &holder, "6222 0000 0000 0002").map(drop)
    });
}

#[test]
fn bank_account_out() {
    let given = |market: &Market| -> (Street, Id<kinds::BankAccount>) {
        let street = street(market);
        let account = street.shop.has_bank_account();
        (street, account)
    };
    fail_at_n("shop.bank_account_out", given, |_, (street, account)| {
        street.shop.drops_account(street.shop.id, *account)
    });
}

#[test]
fn freight() {
    fail_at_n("shop.freight", street, |_, Street { shop, tea, anna }: &Street| {
        shop.sets_freight(shop.id, Freight { fee: cny(8_00), free_over: Some(cny(99_00)) })?;
        anna.buys(&[(tea.sku, 1)]).map(drop)
    });
}
