//! The life of a listing, its SKUs and prices.

use super::*;

#[test]
fn a_listing_comes_on_sale_after_the_markets_word() {
    let market = Market::open();
    let (listing, sku) = market.draft(market.category("Tea"));
    assert_eq!(market.state(listing), State::Draft);
    market.act(move |tx| submit(tx, listing)).unwrap();
    let version = market.ask(move |read| head(read, listing)).version;
    market.act(move |tx| review(tx, listing, &verdict(version, true))).unwrap();
    assert!(market.offer(sku).is_listed());
    market.act(move |tx| delist(tx, listing, Hand::Shop, &Reason::default())).unwrap();
    assert!(!market.offer(sku).is_listed());
    market.act(move |tx| list(tx, listing, Hand::Shop)).unwrap();
    assert!(market.offer(sku).is_listed());
    let events = ["catalog.price_changed", "catalog.listed", "catalog.delisted", "catalog.listed"];
    assert_eq!(market.events(), events);
    let changes = market.ask(move |read| changes_of(read, listing, 100));
    let told: Vec<_> = changes.iter().rev().map(|change| (change.version, change.verb.word())).collect();
    let expected =
        [(1, "made"), (2, "edited"), (3, "priced"), (4, "submitted"), (5, "listed"), (6, "delisted"), (7, "listed")];
    assert_eq!(told, expected);
    assert!(changes.iter().all(|change| change.actor == "test" && change.at == Time(NOON)));
}

#[test]
fn a_refusal_cites_its_rule_and_the_mended_listing_comes_again() {
    let market = Market::open();
    let (listing, _) = market.draft(market.category("Tea"));
    market.act(move |tx| submit(tx, listing)).unwrap();
    market.act(move |tx| review(tx, listing, &verdict(4, false))).unwrap();
    assert_eq!(market.state(listing), State::Refused);
    let last = market.ask(move |read| changes_of(read, listing, 1)).remove(0);
    assert_eq!((last.rule.as_deref(), last.verb), (Some("ad-law-9"), Verb::Refused));
    let mend = Edit { texts: vec![(Field::Title, Some("Longjing, spring".to_owned()))], ..Edit::default() };
    market.act(move |tx| edit(tx, listing, Hand::Shop, Locale::En, &mend)).unwrap();
    assert_eq!(market.state(listing), State::Draft);
    market.act(move |tx| submit(tx, listing)).unwrap();
    assert_eq!(market.state(listing), State::InReview);
    assert_eq!(market.events(), ["catalog.price_changed", "catalog.refused"]);
}

#[test]
fn what_was_rewritten_meanwhile_is_not_judged_unseen() {
    let market = Market::open();
    let (listing, _) = market.draft(market.category("Tea"));
    market.act(move |tx| submit(tx, listing)).unwrap();
    let rewrite = Edit { texts: vec![(Field::Title, Some("Miracle cure".to_owned()))], ..Edit::default() };
    market.act(move |tx| edit(tx, listing, Hand::Shop, Locale::En, &rewrite)).unwrap();
    let refused = market.act(move |tx| review(tx, listing, &verdict(4, true))).unwrap_err();
    assert_eq!(refused.to_string(), "listing_changed version=5");
    assert_eq!(market.state(listing), State::InReview);
    market.act(move |tx| review(tx, listing, &verdict(5, true))).unwrap();
    let again = market.act(move |tx| review(tx, listing, &verdict(6, true))).unwrap_err();
    assert_eq!(again.to_string(), "listing_state_forbids state=listed step=approve");
}

#[test]
fn a_shop_that_rewrites_what_is_on_sale_goes_back_to_review_and_the_market_does_not() {
    let market = Market::open();
    let (listing, sku) = market.listed();
    let title = |words: &str| Edit { texts: vec![(Field::Title, Some(words.to_owned()))], ..Edit::default() };
    let by_market = title("Longjing 2026");
    market.act(move |tx| edit(tx, listing, Hand::Market, Locale::En, &by_market)).unwrap();
    assert_eq!((market.offer(sku).title.as_str(), market.state(listing)), ("Longjing 2026", State::Listed));
    let by_shop = title("Gold");
    market.act(move |tx| edit(tx, listing, Hand::Shop, Locale::En, &by_shop)).unwrap();
    assert_eq!(market.state(listing), State::InReview);
    assert_eq!(market.events()[1..], ["catalog.listed", "catalog.edited", "catalog.delisted"]);
}

#[test]
fn what_the_market_took_off_only_the_market_lists_again() {
    let market = Market::open();
    let (listing, _) = market.listed();
    let reason = Reason { why: Some("fakes".to_owned()), rule: Some("fake-goods".to_owned()) };
    market.act(move |tx| delist(tx, listing, Hand::Market, &reason)).unwrap();
    assert_eq!(market.act(move |tx| list(tx, listing, Hand::Shop)).unwrap_err().code(), "listing_barred");
    market.act(move |tx| list(tx, listing, Hand::Market)).unwrap();
    market.act(move |tx| delist(tx, listing, Hand::Shop, &Reason::default())).unwrap();
    market.act(move |tx| list(tx, listing, Hand::Shop)).unwrap();
    assert_eq!(market.state(listing), State::Listed);
}

#[test]
fn a_listing_without_what_its_category_asks_for_is_not_submitted() {
    let market = Market::open();
    let category = market.category("Tea");
    let weight = market.attribute(category, "weight", Kind::Number, true);
    let colour =
        NewAttribute { code: text("colour"), kind: Kind::Choice, unit: None, required: true, is_variant: true };
    let colour = market.act(move |tx| add_attribute(tx, category, &colour)).unwrap();
    market.act(move |tx| add_choice(tx, colour, &text("green"))).unwrap();
    let mut bare = tea(category);
    bare.texts.clear();
    let listing = market.act(move |tx| make_listing(tx, &bare)).unwrap();
    let refused = |market: &Market| market.act(move |tx| submit(tx, listing)).unwrap_err().to_string();
    assert_eq!(refused(&market), "title_missing");
    let facts =
        move |value: Value| Edit { facts: Some(Facts { category, values: vec![(weight, value)] }), ..Edit::default() };
    let title = Edit { texts: vec![(Field::Title, Some("Longjing".to_owned()))], ..Edit::default() };
    market.act(move |tx| edit(tx, listing, Hand::Shop, Locale::En, &title)).unwrap();
    assert_eq!(refused(&market), "sku_missing");
    let sku = market.act(move |tx| add_sku(tx, listing, Hand::Shop, &variant("one"))).unwrap();
    assert_eq!(refused(&market), "attribute_missing code=weight");
    let (wrong, right) = (facts(Value::Text("heavy".to_owned())), facts(Value::Number(50.0)));
    let wrong = market.act(move |tx| edit(tx, listing, Hand::Shop, Locale::En, &wrong)).unwrap_err();
    assert_eq!(wrong.to_string(), "wrong_attribute_type code=weight expected=number");
    market.act(move |tx| edit(tx, listing, Hand::Shop, Locale::En, &right)).unwrap();
    assert_eq!(refused(&market), "attribute_missing code=colour");
    market.act(move |tx| switch_sku(tx, sku, SkuState::Off)).unwrap();
    let with = |value: &str| NewSku { values: vec![(colour, Value::Text(value.to_owned()))], ..variant("two") };
    let (unknown, known) = (with("red"), with("green"));
    let unknown = market.act(move |tx| add_sku(tx, listing, Hand::Shop, &unknown)).unwrap_err();
    assert_eq!(unknown.to_string(), "unknown_choice code=colour");
    market.act(move |tx| add_sku(tx, listing, Hand::Shop, &known)).unwrap();
    market.act(move |tx| submit(tx, listing)).unwrap();
}

#[test]
fn values_of_foreign_attributes_and_impossible_numbers_are_refused() {
    let market = Market::open();
    let (tea_leaves, lamps) = (market.category("Tea"), market.category("Lamps"));
    let watts = market.attribute(lamps, "watts", Kind::Number, false);
    let flag = market.attribute(tea_leaves, "organic", Kind::Flag, false);
    let cases = [
        (watts, Value::Number(60.0), "unknown_attribute"),
        (flag, Value::Number(1.0), "wrong_attribute_type"),
        (flag, Value::Text("yes".to_owned()), "wrong_attribute_type"),
    ];
    for (attribute, value, expected) in cases {
        let new = NewListing { values: vec![(attribute, value)], ..tea(tea_leaves) };
        assert_eq!(market.act(move |tx| make_listing(tx, &new)).unwrap_err().code(), expected);
    }
    for number in [f64::NAN, f64::INFINITY] {
        let new = NewListing { values: vec![(watts, Value::Number(number))], ..tea(lamps) };
        assert_eq!(market.act(move |tx| make_listing(tx, &new)).unwrap_err().code(), "malformed");
    }
    assert_eq!((market.count("catalog_listing"), market.count("catalog_value")), (0, 0));
}

#[test]
fn over_long_and_binary_text_is_refused_where_it_stands() {
    let market = Market::open();
    let category = market.category("Tea");
    let cases = [
        (Field::Title, "x".repeat(301), "too_long at title most=300"),
        (Field::Title, "a\0b".to_owned(), "not_text at title"),
        (Field::Title, "  ".to_owned(), "required at title"),
        (Field::Description, "x".repeat(20_001), "too_long at description most=20000"),
    ];
    for (field, words, expected) in cases {
        assert_eq!(field.chars_max() as i64, if field == Field::Title { 300 } else { 20_000 });
        let new = NewListing { texts: vec![(field, words)], ..tea(category) };
        assert_eq!(market.act(move |tx| make_listing(tx, &new)).unwrap_err().to_string(), expected);
    }
}

#[test]
fn pictures_are_addresses_that_a_page_may_show() {
    let market = Market::open();
    let (listing, _) = market.draft(market.category("Tea"));
    let shows = |address: &str| {
        let picture = Picture { address: text(address), alt: text("leaves in a cup") };
        let pictures = Edit { pictures: Some(vec![picture]), ..Edit::default() };
        market.act(move |tx| edit(tx, listing, Hand::Shop, Locale::En, &pictures)).map_err(|no| no.code())
    };
    for address in
        ["javascript:alert(1)", "http://a.example/x.jpg", "//a.example/x.jpg", "https://a.example/x y.jpg", "x.jpg"]
    {
        assert_eq!(shows(address), Err("malformed"), "{address}");
    }
    shows("/pictures/1.jpg").unwrap();
    shows("https://a.example/x.jpg").unwrap();
    let found = market.ask(move |read| listing_of(read, listing));
    assert_eq!(found.pictures, ["https://a.example/x.jpg"]);
    assert_eq!(found.texts.iter().map(|text| text.field.as_str()).collect::<Vec<_>>(), ["alt.1", "title"]);
}

fn listing_of(read: &mut Read, id: Id<kinds::Listing>) -> Result<Listing> {
    crate::listing(read, id)
}

#[test]
fn a_listing_reads_back_whole() {
    let market = Market::open();
    let category = market.category("Tea");
    let origin = market.attribute(category, "origin", Kind::Text, false);
    let brand = market.act(|tx| brand(tx, &text("West Lake"))).unwrap();
    let values = ["Hangzhou", "Anji"].map(|place| (origin, Value::Text(place.to_owned()))).to_vec();
    let new = NewListing { brand: Some(brand), values, ..tea(category) };
    let listing = market.act(move |tx| make_listing(tx, &new)).unwrap();
    let option = Some((Locale::Zh, text("五十克")));
    let sku = NewSku { option, ..variant("50g") };
    let sku = market.act(move |tx| add_sku(tx, listing, Hand::Shop, &sku)).unwrap();
    let found = market.ask(move |read| listing_of(read, listing));
    assert_eq!((found.brand_name.as_deref(), found.head.shop, found.head.version), (Some("West Lake"), SHOP, 2));
    let places: Vec<_> = found.values.iter().map(|stated| stated.value.clone()).collect();
    assert_eq!(places, [Value::Text("Hangzhou".to_owned()), Value::Text("Anji".to_owned())]);
    assert_eq!((found.skus[0].id, found.skus[0].options[0].text.as_str()), (sku, "五十克"));
    assert_eq!(market.offer(sku).option.as_deref(), Some("五十克"));
}

#[test]
fn a_shops_list_turns_page_by_page_newest_first() {
    let market = Market::open();
    let category = market.category("Tea");
    let made: Vec<_> = (0..5).map(|_| market.draft(category).0).collect();
    let page = |cursor| market.ask(move |read| listings_of_shop(read, SHOP, cursor, 2, Locale::En));
    let (first, mut found) = (page(None), Vec::new());
    let mut next = Some(first);
    while let Some(page_now) = next {
        found.extend(page_now.items.iter().map(|entry| entry.listing));
        next = page_now.next.map(|cursor| page(Some(cursor)));
    }
    found.reverse();
    assert_eq!(found, made);
    assert_eq!(market.ask(|read| listings_of_shop(read, Id::from_raw(99), None, 2, Locale::En)).items, []);
}

#[test]
fn one_code_names_one_variant_of_a_listing() {
    let market = Market::open();
    let (listing, _) = market.draft(market.category("Tea"));
    let refused = market.act(move |tx| add_sku(tx, listing, Hand::Shop, &variant("one"))).unwrap_err();
    assert_eq!(refused.to_string(), "sku_code_taken code=one");
    let odd = NewSku { measure: Measure { price_per: 10, ..Measure::default() }, ..variant("two") };
    assert_eq!(market.act(move |tx| add_sku(tx, listing, Hand::Shop, &odd)).unwrap_err().code(), "malformed");
    let nowhere = market.act(|tx| add_sku(tx, Id::from_raw(1), Hand::Shop, &variant("x"))).unwrap_err();
    assert_eq!(nowhere.code(), "unknown_listing");
}

#[test]
fn what_cannot_be_bought_says_why() {
    let market = Market::open();
    let (listing, sku) = market.draft(market.category("Tea"));
    let sellable = |market: &Market, currency| {
        require_sellable(&market.offer(sku), pieces(1), currency).map(|price| price.minor).map_err(|no| no.to_string())
    };
    assert_eq!(sellable(&market, Currency::CNY), Err(format!("listing_not_listed listing={listing}")));
    market.act(move |tx| list(tx, listing, Hand::Market)).unwrap();
    assert_eq!(sellable(&market, Currency::CNY), Ok(1000));
    assert_eq!(sellable(&market, Currency::USD), Err(format!("price_missing sku={sku}")));
    assert!(require_listed(&market.offer(sku)).is_ok());
    market.act(move |tx| switch_sku(tx, sku, SkuState::Off)).unwrap();
    assert_eq!(sellable(&market, Currency::CNY), Err(format!("sku_delisted sku={sku}")));
    let now = Time(NOON);
    let unknown = market.store.read(move |read| offers(read, &[sku, Id::from_raw(7)], now, Locale::En)).wait();
    assert_eq!(unknown.unwrap_err().to_string(), "unknown_sku at skus[1]");
    let both = market.ask(move |read| offers(read, &[sku, sku], now, Locale::En));
    assert_eq!(both.len(), 2);
}

#[test]
fn prices_come_into_force_at_their_time_and_stay_as_history() {
    let market = Market::open();
    let (_, sku) = market.listed();
    let price = |market: &Market, count| market.offer(sku).price(pieces(count), Currency::CNY).unwrap().minor;
    market.act(move |tx| set_price(tx, sku, yuan(800), 1, Time(NOON + 1000))).unwrap();
    market.act(move |tx| set_price(tx, sku, yuan(900), 10, Time(NOON))).unwrap();
    assert_eq!((price(&market, 1), price(&market, 9), price(&market, 10)), (1000, 1000, 900));
    market.clock.move_by(1000);
    assert_eq!((price(&market, 1), price(&market, 50)), (800, 900));
    // Two at one instant: the later word counts, also while the clock stands still.
    market.act(move |tx| set_price(tx, sku, yuan(700), 1, Time(NOON + 1000))).unwrap();
    market.act(move |tx| set_price(tx, sku, yuan(750), 1, Time(NOON + 1000))).unwrap();
    assert_eq!(price(&market, 1), 750);
    let dollars = Money::new(150, Currency::USD);
    market.act(move |tx| set_price(tx, sku, dollars, 1, Time(NOON + 1000))).unwrap();
    assert_eq!(market.offer(sku).prices.len(), 3);
    let history = market.ask(move |read| prices_of(read, sku, 100));
    assert_eq!(history.iter().map(|row| row.price.minor).collect::<Vec<_>>(), [150, 750, 700, 900, 800, 1000]);
    let past = market.act(move |tx| set_price(tx, sku, yuan(1), 1, Time(NOON))).unwrap_err();
    assert_eq!(past.code(), "price_in_the_past");
    for (amount, from_qty, expected) in
        [(0, 1, "out_of_range"), (-1, 1, "out_of_range"), (PRICE_MAX + 1, 1, "too_large"), (1, 0, "out_of_range")]
    {
        let refused = market.act(move |tx| set_price(tx, sku, yuan(amount), from_qty, Time(NOON + 5000)));
        assert_eq!(refused.unwrap_err().code(), expected);
    }
    let nowhere = market.act(|tx| set_price(tx, Id::from_raw(1), yuan(1), 1, Time(NOON + 5000))).unwrap_err();
    assert_eq!(nowhere.code(), "unknown_sku");
}
