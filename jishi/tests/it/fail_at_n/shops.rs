//! Shops that open, and those who work in them.

use super::street;
use flows::open_shop::ByHand;
use identity::Permission;
use kernel::{Currency, Text};
use merchant::{MerchantKind, ShopForm, Verdict};
use testkit::{Market, fail_at_n};

#[test]
fn apply() {
    fail_at_n(
        "shop.apply",
        |market| market.buyer("anna"),
        |market, anna| {
            anna.applies("tea-house")?;
            market.works()
        },
    );
}

#[test]
fn submit() {
    let given = |market: &Market| market.applicant("tea-house", 0);
    fail_at_n("shop.submit", given, |_, (person, applied)| person.submits_shop(applied.shop));
}

#[test]
fn review() {
    let given = |market: &Market| market.applicant("tea-house", 1);
    fail_at_n("shop.review", given, |market, (_, applied)| {
        market.operator().reviews_shop(applied.shop, Verdict::Approve { deposit: None })
    });
}

#[test]
fn sign() {
    let given = |market: &Market| market.applicant("tea-house", 2);
    fail_at_n("shop.sign", given, |_, (person, applied)| person.signs(applied.shop));
}

#[test]
fn open() {
    let given = |market: &Market| market.applicant("tea-house", 4);
    fail_at_n("shop.open", given, |market, (person, applied)| {
        person.opens(applied.shop)?;
        market.works()
    });
}

#[test]
fn freeze() {
    fail_at_n("shop.freeze", street, |market, street| {
        market.operator().freezes(street.shop.id)?;
        market.works()
    });
}

#[test]
fn unfreeze() {
    let given = |market: &Market| {
        let street = street(market);
        super::well(market.operator().freezes(street.shop.id));
        street
    };
    fail_at_n("shop.unfreeze", given, |market, street| {
        market.operator().unfreezes(street.shop.id)?;
        market.works()
    });
}

#[test]
fn open_by_hand() {
    fail_at_n(
        "shop.open_by_hand",
        |market| drop(market.operator()),
        |market, ()| {
            let form = ShopForm { slug: "tea-house".parse()?, name: Text::new("tea-house")?, currency: Currency::CNY };
            let by_hand = ByHand { kind: MerchantKind::Enterprise, form, owner: Text::new("zhang")? };
            flows::open_shop::open_by_hand(market.store(), &market.operator().cx(), by_hand).wait()?;
            market.works()
        },
    );
}

#[test]
fn staff() {
    let given = |market: &Market| (street(market), market.buyer("lin"));
    fail_at_n("shop.staff", given, |_, (street, lin)| {
        street.shop.changes_staff(street.shop.id, lin, Permission::ShopOrders, true)?;
        street.shop.changes_staff(street.shop.id, lin, Permission::ShopGoods, true)?;
        street.shop.changes_staff(street.shop.id, lin, Permission::ShopOrders, false)
    });
}
