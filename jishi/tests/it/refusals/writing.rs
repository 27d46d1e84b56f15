//! What cannot be written of goods.

use super::{Street, street};
use catalog::{Field, Picture, SkuState, State, Value};
use flows::write_goods::Sheet;
use kernel::{Id, Locale, Result, Text, kinds};
use testkit::{Market, sheet};

testkit::stories![
    a_sheet_holds_what_there_is,
    a_text_and_a_picture_have_their_bounds,
    goods_are_written_by_their_shop_alone,
    what_is_written_anew_is_not_on_sale,
    a_brand_is_noted_once,
];

fn unlike<K>(id: Id<K>) -> Id<K> {
    Id::from_raw(id.raw() + (1 << 40))
}

fn category_of(market: &Market, street: &Street) -> Result<Id<kinds::Category>> {
    let listing = street.tea.listing;
    Ok(market.asks(move |read| catalog::head(read, listing))?.category)
}

/// A sheet that is refused, be the goods new or not.
fn refused(market: &Market, street: &Street, code: &str, sheet: &Sheet) {
    let Street { shop, tea, .. } = street;
    market.refuses(code, || shop.writes_goods(shop.id, sheet.clone()));
    market.refuses(code, || shop.rewrites_goods(tea.listing, sheet.clone()));
}

fn a_sheet_holds_what_there_is(market: &Market) -> Result<()> {
    let street = street(market);
    let category = category_of(market, &street)?;
    let good = sheet(category, "puer")?;
    refused(market, &street, "unknown_category", &Sheet { category: unlike(category), ..good.clone() });
    let attribute = Id::from_raw(1 << 40);
    let values = |count: usize| vec![(attribute, Value::Flag(true)); count];
    refused(market, &street, "unknown_attribute", &Sheet { values: values(1), ..good.clone() });
    refused(market, &street, "too_many", &Sheet { values: values(1_001), ..good.clone() });
    let Street { shop, tea, .. } = &street;
    market.refuses("unknown_listing", || shop.rewrites_goods(unlike(tea.listing), good.clone()));
    market.refuses("unknown_sku", || shop.switches(unlike(tea.sku), SkuState::Off));
    shop.writes_goods(shop.id, good).map(drop)
}

fn a_text_and_a_picture_have_their_bounds(market: &Market) -> Result<()> {
    let street = street(market);
    let category = category_of(market, &street)?;
    let good = sheet(category, "puer")?;
    for lang in [Locale::Zh, Locale::En] {
        let says = |field, text: String| Sheet { texts: vec![(lang, field, text)], ..good.clone() };
        refused(market, &street, "too_long", &says(Field::Title, "t".repeat(301)));
        refused(market, &street, "too_long", &says(Field::Model, "茶".repeat(301)));
        refused(market, &street, "too_long", &says(Field::Description, "d".repeat(20_001)));
        refused(market, &street, "not_text", &says(Field::Title, "te\u{0}a".to_owned()));
    }
    let at = |address: &str| Ok::<_, kernel::Error>(Picture { address: Text::new(address)?, alt: Text::new("a tin")? });
    let shows = |pictures| Sheet { pictures: Some(pictures), ..good.clone() };
    for address in ["http://example.com/1", "//example.com/1", "javascript:alert(1)", "pictures/1", "/pictures/1 2"] {
        refused(market, &street, "malformed", &shows(vec![at(address)?]));
    }
    refused(market, &street, "too_many", &shows(vec![at("/pictures/1")?; 51]));
    let shop = &street.shop;
    let listing = shop.writes_goods(shop.id, shows(vec![at("/pictures/1")?; 50]))?;
    assert_eq!(market.asks(move |read| catalog::listing(read, listing))?.pictures.len(), 50);
    Ok(())
}

fn goods_are_written_by_their_shop_alone(market: &Market) -> Result<()> {
    let street = street(market);
    let good = sheet(category_of(market, &street)?, "puer")?;
    let (Street { shop, tea, anna }, rival) = (&street, market.shop("china-house"));
    for other in [rival.person(), anna] {
        market.refuses("permission_missing", || other.writes_goods(shop.id, good.clone()));
        market.refuses("permission_missing", || other.rewrites_goods(tea.listing, good.clone()));
        market.refuses("permission_missing", || other.switches(tea.sku, SkuState::Off));
    }
    market.refuses("login_needed", || market.anyone().writes_goods(shop.id, good.clone()));
    market.refuses("permission_missing", || shop.writes_goods(unlike(shop.id), good.clone()));
    Ok(())
}

fn what_is_written_anew_is_not_on_sale(market: &Market) -> Result<()> {
    let street = street(market);
    let category = category_of(market, &street)?;
    let Street { shop, tea, anna } = &street;
    anna.buys(&[(tea.sku, 1)])?;
    shop.rewrites_goods(tea.listing, sheet(category, "something else")?)?;
    market.refuses("listing_not_listed", || anna.buys(&[(tea.sku, 1)]));
    market.refuses("listing_not_listed", || anna.puts_in_cart(tea.sku, 1));
    market.refuses("listing_state_forbids", || shop.lists(tea.listing));
    let listing = tea.listing;
    let looked_at = market.asks(move |read| catalog::head(read, listing))?.version;
    // What was changed after it was looked at has not passed.
    shop.rewrites_goods(tea.listing, sheet(category, "and again")?)?;
    market.refuses("listing_changed", || market.operator().reviews_goods(tea.listing, looked_at, true));
    let version = market.asks(move |read| catalog::head(read, listing))?.version;
    market.operator().reviews_goods(tea.listing, version, true)?;
    anna.buys(&[(tea.sku, 1)])?;
    // An empty text takes away what was written; without a title nothing is handed in.
    let words = [(Locale::Zh, Field::Title), (Locale::En, Field::Title)];
    let texts = words.map(|(lang, field)| (lang, field, " ".to_owned())).to_vec();
    shop.delists(tea.listing)?;
    shop.rewrites_goods(tea.listing, Sheet { texts, ..sheet(category, "puer")? })?;
    market.refuses("title_missing", || shop.submits_goods(tea.listing));
    assert_eq!(market.asks(move |read| catalog::head(read, listing))?.state, State::Draft);
    Ok(())
}

fn a_brand_is_noted_once(market: &Market) -> Result<()> {
    let street = street(market);
    let (shop, category) = (&street.shop, category_of(market, &street)?);
    let mut brands = Vec::new();
    for name in ["Lion Peak", "lion  peak", " LION PEAK "] {
        let listing =
            shop.writes_goods(shop.id, Sheet { brand: Some(Text::new(name)?), ..sheet(category, "puer")? })?;
        brands.push(market.asks(move |read| catalog::head(read, listing))?.brand.expect("it was written"));
    }
    assert!(brands.iter().all(|brand| *brand == brands[0]));
    let listing = street.tea.listing;
    shop.rewrites_goods(listing, Sheet { brand: None, ..sheet(category, "puer")? })?;
    assert_eq!(market.asks(move |read| catalog::head(read, listing))?.brand, None);
    Ok(())
}
