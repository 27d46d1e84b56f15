//! Goods from outside.

use super::*;

type Spoil = Box<dyn Fn(&mut NewGoods)>;

fn pen() -> NewGoods {
    let attribute =
        |code: &str, value| GoodsAttribute { code: code.to_owned(), name: code.to_owned(), unit: None, value };
    NewGoods {
        key: "P-1".to_owned(),
        lang: Locale::En,
        title: "Highlighter".to_owned(),
        brand: Some("Stabilo".to_owned()),
        model: Some("Boss Original".to_owned()),
        description: Some("Yellow".to_owned()),
        category: vec!["Office".to_owned(), "Pens".to_owned()],
        attributes: vec![
            attribute("width", Value::Number(5.0)),
            attribute("refill", Value::Flag(true)),
            attribute("use", Value::Text("paper".to_owned())),
            attribute("use", Value::Text("fax".to_owned())),
        ],
        gtins: vec!["4006381333931".to_owned(), "4006381333932".to_owned()],
        price: Some(yuan(650)),
        measure: Measure::default(),
    }
}

impl Market {
    fn put(&self, known: &Known, goods: &NewGoods, hand: Hand) -> Result<Put> {
        let (known, goods) = (known.clone(), goods.clone());
        self.act(move |tx| put_goods(tx, &known, SHOP, &goods, hand))
    }
}

#[test]
fn goods_from_the_markets_hand_are_on_sale_with_all_that_is_known_of_them() {
    let market = Market::open();
    let known = Known::default();
    let put = market.put(&known, &pen(), Hand::Market).unwrap();
    assert_eq!(put.done, Done::Made);
    let offer = market.offer(put.sku);
    assert_eq!((offer.title.as_str(), offer.is_listed(), offer.code.as_str()), ("Highlighter", true, "P-1"));
    assert_eq!(offer.price(pieces(1), Currency::CNY).unwrap(), yuan(650));
    let found = market.ask(move |read| crate::listing(read, put.listing));
    let values: Vec<_> = found.values.iter().map(|stated| (stated.code.as_str(), stated.value.clone())).collect();
    let text = |words: &str| Value::Text(words.to_owned());
    assert_eq!(
        values,
        [("refill", Value::Flag(true)), ("use", text("paper")), ("use", text("fax")), ("width", Value::Number(5.0))]
    );
    assert_eq!(found.texts.len(), 3);
    let product = market.ask(move |read| spu(read, found.head.spu.unwrap()));
    assert_eq!((product.model.as_str(), product.gtins), ("Boss Original", vec!["04006381333931".to_owned()]));
    assert_eq!(market.events(), ["catalog.listed"]);
    assert_eq!(market.ask(|read| by_key(read, SHOP, "P-1")), Some((put.listing, put.sku)));
}

#[test]
fn the_same_goods_again_change_nothing() {
    let market = Market::open();
    let put = market.put(&Known::default(), &pen(), Hand::Market).unwrap();
    let rows = |market: &Market| {
        ["store_audit", "store_event", "catalog_change", "catalog_price", "catalog_value"]
            .map(|table| market.count(table))
    };
    let before = rows(&market);
    let mut shuffled = pen();
    shuffled.attributes.swap(0, 1);
    let again = market.put(&Known::default(), &shuffled, Hand::Market).unwrap();
    assert_eq!((again.done, again.listing, again.sku), (Done::Same, put.listing, put.sku));
    assert_eq!(rows(&market), before);
    assert!(market.ask(|read| is_put(read, SHOP, &pen())));
    assert!(!market.ask(|read| is_put(read, Id::from_raw(77), &pen())));
}

#[test]
fn goods_that_differ_are_changed_in_place() {
    let market = Market::open();
    let known = Known::default();
    let put = market.put(&known, &pen(), Hand::Market).unwrap();
    let mut goods = pen();
    goods.title = "Highlighter, yellow".to_owned();
    goods.description = None;
    goods.attributes.truncate(2);
    goods.category = vec!["Office".to_owned()];
    goods.price = Some(yuan(700));
    market.clock.move_by(1000);
    let changed = market.put(&known, &goods, Hand::Market).unwrap();
    assert_eq!((changed.done, changed.listing, changed.sku), (Done::Changed, put.listing, put.sku));
    let found = market.ask(move |read| crate::listing(read, put.listing));
    assert_eq!((found.values.len(), found.texts.len(), found.head.version), (2, 2, 2));
    assert_eq!(market.offer(put.sku).price(pieces(1), Currency::CNY).unwrap(), yuan(700));
    assert_eq!(market.ask(move |read| prices_of(read, put.sku, 9)).len(), 2);
    assert_eq!(market.events(), ["catalog.listed", "catalog.edited", "catalog.price_changed"]);
    // Without a price, and with the price in force, no price row is written.
    goods.price = None;
    assert_eq!(market.put(&known, &goods, Hand::Market).unwrap().done, Done::Changed);
    goods.price = Some(yuan(700));
    assert_eq!(market.put(&known, &goods, Hand::Market).unwrap().done, Done::Changed);
    assert_eq!(market.ask(move |read| prices_of(read, put.sku, 9)).len(), 2);
    assert_eq!(market.put(&known, &goods, Hand::Market).unwrap().done, Done::Same);
}

#[test]
fn what_was_taken_off_stays_off_when_its_file_is_read_again() {
    let market = Market::open();
    let known = Known::default();
    let put = market.put(&known, &pen(), Hand::Market).unwrap();
    market.act(move |tx| delist(tx, put.listing, Hand::Shop, &Reason::default())).unwrap();
    let mut goods = pen();
    goods.title.push('!');
    market.put(&known, &goods, Hand::Market).unwrap();
    assert_eq!(market.state(put.listing), State::Delisted);
}

#[test]
fn goods_from_a_shop_go_to_review_and_fit_the_tree_as_it_is() {
    let market = Market::open();
    let known = Known::default();
    assert_eq!(market.put(&known, &pen(), Hand::Shop).unwrap_err().code(), "unknown_category");
    market.put(&known, &pen(), Hand::Market).unwrap();
    let mut goods = pen();
    goods.key = "P-2".to_owned();
    let put = market.put(&known, &goods, Hand::Shop).unwrap();
    assert_eq!(market.state(put.listing), State::InReview);
    market.act(move |tx| review(tx, put.listing, &verdict(1, true))).unwrap();
    goods.title = "Pen".to_owned();
    market.put(&known, &goods, Hand::Shop).unwrap();
    assert_eq!(market.state(put.listing), State::InReview);
    goods.attributes[0].code = "height".to_owned();
    assert_eq!(market.put(&known, &goods, Hand::Shop).unwrap_err().to_string(), "unknown_attribute code=height");
    // The number leads to the product that the market made, and to no other.
    let (spus, numbers) = (market.count("catalog_spu"), market.count("catalog_gtin"));
    goods = NewGoods { key: "P-3".to_owned(), gtins: vec!["73513537".to_owned()], ..pen() };
    let put = market.put(&known, &goods, Hand::Shop).unwrap();
    assert_eq!(market.ask(move |read| head(read, put.listing)).spu, None);
    assert_eq!((market.count("catalog_spu"), market.count("catalog_gtin")), (spus, numbers));
}

#[test]
fn two_shops_sell_the_same_product() {
    let market = Market::open();
    let known = Known::default();
    let first = market.put(&known, &pen(), Hand::Market).unwrap();
    let (known, goods) = (known.clone(), NewGoods { gtins: vec!["04006381333931".to_owned()], ..pen() });
    let second = market.act(move |tx| put_goods(tx, &known, Id::from_raw(4096 + 9), &goods, Hand::Market)).unwrap();
    assert_ne!(first.listing, second.listing);
    let product = |listing| market.ask(move |read| head(read, listing)).spu;
    assert!(product(first.listing).is_some());
    assert_eq!(product(first.listing), product(second.listing));
}

#[test]
fn a_refusal_writes_nothing_of_its_goods_and_the_act_goes_on() {
    let market = Market::open();
    let wrong: Vec<(&str, Spoil)> = vec![
        ("required at key", Box::new(|goods| goods.key = " ".to_owned())),
        ("too_long at key most=200", Box::new(|goods| goods.key = "x".repeat(201))),
        ("not_text at title", Box::new(|goods| goods.title.push('\u{7}'))),
        ("too_long at brand most=100", Box::new(|goods| goods.brand = Some("x".repeat(101)))),
        ("required at category", Box::new(|goods| goods.category.clear())),
        ("out_of_range at price least=1 most=10000000000000", Box::new(|goods| goods.price = Some(yuan(0)))),
        ("too_many at gtins most=200", Box::new(|goods| goods.gtins = vec!["73513537".to_owned(); 201])),
        ("too_many most=1000", Box::new(|goods| goods.attributes = vec![goods.attributes[0].clone(); 1001])),
        (
            "wrong_attribute_type code=width expected=number",
            Box::new(|goods| goods.attributes[0].value = Value::Flag(true)),
        ),
        ("too_long at use most=10000", Box::new(|goods| goods.attributes[2].value = Value::Text("x".repeat(10_001)))),
    ];
    market.put(&Known::default(), &pen(), Hand::Market).unwrap();
    let mut many: Vec<(String, NewGoods)> = Vec::new();
    for (n, (expected, spoil)) in wrong.iter().enumerate() {
        let mut goods = NewGoods { key: format!("W-{n}"), ..pen() };
        spoil(&mut goods);
        many.push(((*expected).to_owned(), goods));
        many.push((String::new(), NewGoods { key: format!("R-{n}"), ..pen() }));
    }
    let (goods, right) = (many.clone(), wrong.len() as i64);
    let told = market.act(move |tx| {
        let known = Known::default();
        let put = |(_, goods): &(String, NewGoods)| match put_goods(tx, &known, SHOP, goods, Hand::Market) {
            Ok(_) => Ok(String::new()),
            Err(no @ kernel::Error::Refused(_)) => Ok(no.to_string()),
            Err(broken) => Err(broken),
        };
        goods.iter().map(put).collect::<Result<Vec<_>>>()
    });
    assert_eq!(told.unwrap(), many.iter().map(|(expected, _)| expected.clone()).collect::<Vec<_>>());
    for table in
        ["catalog_listing", "catalog_shop_listing", "catalog_sku", "catalog_source", "catalog_price", "catalog_change"]
    {
        assert_eq!(market.count(table), 1 + right, "{table}");
    }
}

#[test]
fn what_an_act_took_back_is_not_known() {
    let market = Market::open();
    let known = Known::default();
    let (seen, goods) = (known.clone(), pen());
    let taken_back = market.act(move |tx| {
        put_goods(tx, &seen, SHOP, &goods, Hand::Market)?;
        Err::<Put, _>(Refusal::UnknownSku.into())
    });
    assert_eq!(taken_back.unwrap_err().code(), "unknown_sku");
    assert_eq!(market.count("catalog_category"), 0);
    let put = market.put(&known, &pen(), Hand::Market).unwrap();
    let found = market.ask(move |read| crate::listing(read, put.listing));
    assert_eq!((found.values.len(), found.brand_name.as_deref()), (4, Some("Stabilo")));
}

#[test]
fn a_required_attribute_is_asked_for_of_imported_goods_too() {
    let market = Market::open();
    let office = market.category("Office");
    market.attribute(office, "origin", Kind::Text, true);
    let refused = market.put(&Known::default(), &pen(), Hand::Market).unwrap_err();
    assert_eq!(refused.to_string(), "attribute_missing code=origin");
}

#[test]
fn goods_without_a_number_or_price_come_in_all_the_same() {
    let market = Market::open();
    let goods = NewGoods { gtins: Vec::new(), price: None, brand: None, model: None, description: None, ..pen() };
    let put = market.put(&Known::default(), &goods, Hand::Market).unwrap();
    let offer = market.offer(put.sku);
    assert_eq!((offer.spu, offer.brand, offer.prices.len(), offer.is_listed()), (None, None, 0, true));
    assert_eq!(require_sellable(&offer, pieces(1), Currency::CNY).unwrap_err().code(), "price_missing");
    assert!(require_listed(&offer).is_ok());
}
