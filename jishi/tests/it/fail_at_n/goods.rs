//! The catalogue and the shelves.

use super::{Street, street, well};
use catalog::SkuState;
use kernel::{Id, Units, kinds};
use testkit::{Market, cny, fail_at_n, sheet};

/// A shop with a draft of a second listing.
fn drafted(market: &Market) -> (Street, Id<kinds::Listing>) {
    let street = street(market);
    let category = category_of(market, &street);
    let listing = well(street.shop.drafts_goods(street.shop.id, "puer", category));
    (street, listing)
}

fn category_of(market: &Market, street: &Street) -> Id<kinds::Category> {
    let listing = street.tea.listing;
    well(market.asks(move |read| catalog::head(read, listing))).category
}

/// The same, complete and with a variant.
fn complete(market: &Market) -> (Street, Id<kinds::Listing>) {
    let (street, listing) = drafted(market);
    let sku = well(street.shop.adds_sku(listing, "puer-100"));
    well(street.shop.prices(sku, cny(120_00)));
    (street, listing)
}

#[test]
fn draft() {
    let given = |market: &Market| {
        let street = street(market);
        let category = category_of(market, &street);
        (street, category)
    };
    fail_at_n("goods.draft", given, |_, (street, category)| {
        street.shop.drafts_goods(street.shop.id, "puer", *category).map(drop)
    });
}

#[test]
fn write() {
    let given = |market: &Market| {
        let street = street(market);
        let category = category_of(market, &street);
        (street, category)
    };
    fail_at_n("goods.write", given, |_, (street, category)| {
        street.shop.writes_goods(street.shop.id, sheet(*category, "puer")?).map(drop)
    });
}

#[test]
fn edit() {
    let given = |market: &Market| {
        let street = street(market);
        let category = category_of(market, &street);
        (street, category)
    };
    fail_at_n("goods.edit", given, |market, (street, category)| {
        street.shop.rewrites_goods(street.tea.listing, sheet(*category, "old puer")?)?;
        market.works()
    });
}

#[test]
fn switch() {
    fail_at_n("goods.switch", street, |market, street| {
        street.shop.switches(street.tea.sku, SkuState::Off)?;
        market.works()?;
        street.shop.switches(street.tea.sku, SkuState::OnSale)?;
        market.works()
    });
}

#[test]
fn add_sku() {
    fail_at_n("goods.add_sku", drafted, |_, (street, listing)| {
        street.shop.adds_sku(*listing, "puer-100")?;
        street.shop.adds_sku(*listing, "puer-200").map(drop)
    });
}

#[test]
fn price() {
    fail_at_n("goods.price", street, |market, street| {
        street.shop.prices(street.tea.sku, cny(99_00))?;
        let ten = Units::new(10)?;
        flows::list_goods::set_price(market.store(), &street.shop.cx(), street.tea.sku, cny(90_00), ten).wait()?;
        market.works()
    });
}

#[test]
fn submit() {
    fail_at_n("goods.submit", complete, |_, (street, listing)| street.shop.submits_goods(*listing));
}

#[test]
fn review() {
    let given = |market: &Market| {
        let (street, listing) = complete(market);
        well(street.shop.submits_goods(listing));
        let version = well(market.asks(move |read| catalog::head(read, listing))).version;
        market.operator();
        (listing, version)
    };
    fail_at_n("goods.review", given, |market, (listing, version)| {
        market.operator().reviews_goods(*listing, *version, true)?;
        market.works()
    });
}

#[test]
fn delist() {
    fail_at_n("goods.delist", street, |market, street| {
        street.shop.delists(street.tea.listing)?;
        market.works()
    });
}

#[test]
fn list() {
    let given = |market: &Market| {
        let street = street(market);
        well(street.shop.delists(street.tea.listing));
        street
    };
    fail_at_n("goods.list", given, |market, street| {
        street.shop.lists(street.tea.listing)?;
        market.works()
    });
}

#[test]
fn import() {
    fail_at_n("goods.import", street, |market, street| {
        let operator = market.operator();
        operator.imports(street.shop.id, "puer", cny(120_00))?;
        operator.imports(street.shop.id, "longjing", cny(92_00))?;
        market.works()
    });
}

#[test]
fn receive() {
    fail_at_n("stock.receive", street, |_, street| street.shop.receives(street.shop.id, &[(street.tea.sku, 7)]));
}

#[test]
fn correct() {
    fail_at_n("stock.correct", street, |_, street| street.shop.counts(street.shop.id, street.tea.sku, 2));
}
