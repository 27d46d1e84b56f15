//! Goods are found by words, by category and by shop, as soon as the market has come to rest; what cannot be bought is
//! not found.

use catalog::{Edit, Field, Hand};
use kernel::{Currency, Error, Id, Locale, Money, Result, Text, kinds};
use std::collections::BTreeSet;
use testkit::{Goods, Market, Shop, cny, days};
use views::goods::{Card, Query, Sort, WhyNot};

testkit::stories![
    goods_are_found_by_the_words_of_their_title_in_both_languages,
    what_is_taken_off_sale_is_gone_at_once_and_comes_back,
    what_is_edited_is_found_by_its_new_words,
    a_list_goes_by_price_either_way_and_page_by_page,
    a_price_of_later_moves_its_goods_when_it_comes_into_force,
    a_frozen_shop_is_not_found_however_many_goods_it_has,
    an_event_that_comes_twice_changes_nothing,
    the_page_of_goods_says_what_there_is_and_why_it_cannot_be_bought,
    what_nobody_has_reviewed_is_seen_by_its_shop_alone,
    a_shop_has_a_front_and_categories_say_whether_they_have_goods,
    nothing_that_grows_is_read_from_end_to_end,
];

fn found(market: &Market, query: Query) -> Result<kernel::Page<Card>> {
    let now = market.now();
    market.asks(move |read| views::goods::find(read, &query, now, Locale::Zh))
}

fn titles(market: &Market, query: Query) -> Result<Vec<String>> {
    Ok(found(market, query)?.items.into_iter().map(|card| card.title).collect())
}

fn by(words: &str) -> Query {
    Query { words: Some(words.to_owned()), ..Query::default() }
}

fn says(market: &Market, listing: Id<kinds::Listing>, lang: Locale, title: &str) -> Result<()> {
    let edit = Edit { texts: vec![(Field::Title, Some(title.to_owned()))], ..Edit::default() };
    market.acts(move |tx| catalog::edit(tx, listing, Hand::Market, lang, &edit))
}

fn goods_are_found_by_the_words_of_their_title_in_both_languages(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let tea = shop.sells("明前龙井茶 250g 罐装", cny(88_00)).stock(3);
    shop.sells("Yixing Teapot ＬＡＲＧＥ", cny(199_00));
    says(market, tea.listing, Locale::En, "Longjing green tea")?;
    market.works()?;
    for words in ["龙井", "龙井茶", "茶", "罐装 250G", "longjing", "Green 龙井", "goods 龙井", "龙井!"] {
        assert_eq!(titles(market, by(words))?, ["明前龙井茶 250g 罐装"], "{words}");
    }
    assert_eq!(titles(market, by("teapot large"))?, ["Yixing Teapot ＬＡＲＧＥ"]);
    for words in ["龙茶", "long", "teapot 龙井", "。", "'; drop table search_word; --", "%", "*"] {
        assert_eq!(titles(market, by(words))?.len(), 0, "{words}");
    }
    assert_eq!(titles(market, by("  "))?.len(), 2, "an empty field asks for nothing");
    let card = found(market, by("龙井"))?.items.remove(0);
    assert_eq!((card.shop.slug.as_str(), card.price_from, card.in_stock), ("tea-house", Some(cny(88_00)), true));
    assert_eq!((card.sku_count, card.single_sku, card.price_varies), (1, Some(tea.sku), false));
    assert_eq!((card.category_name.as_str(), card.unit.as_str(), card.picture), ("goods", "piece", None));
    assert!(!found(market, by("teapot"))?.items[0].in_stock);
    Ok(())
}

fn what_is_taken_off_sale_is_gone_at_once_and_comes_back(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let tea = shop.sells("longjing", cny(88_00));
    market.works()?;
    assert_eq!(titles(market, by("longjing"))?, ["longjing"]);
    shop.delists(tea.listing)?;
    assert_eq!(titles(market, by("longjing"))?.len(), 0, "before anything has reacted to it");
    market.works()?;
    assert_eq!(titles(market, Query::default())?.len(), 0);
    shop.lists(tea.listing)?;
    market.works()?;
    assert_eq!(titles(market, by("longjing"))?, ["longjing"]);
    Ok(())
}

fn what_is_edited_is_found_by_its_new_words(market: &Market) -> Result<()> {
    let tea = market.shop("tea-house").sells("green tea", cny(88_00));
    market.works()?;
    says(market, tea.listing, Locale::Zh, "black tea")?;
    market.works()?;
    assert_eq!(titles(market, by("black"))?, ["black tea"]);
    assert_eq!(titles(market, by("green"))?.len(), 0);
    Ok(())
}

fn a_list_goes_by_price_either_way_and_page_by_page(market: &Market) -> Result<()> {
    let shop = market.shop("bowl-house");
    for (n, price) in [(1, 30_00), (2, 10_00), (3, 20_00), (4, 20_00), (5, 5_00)] {
        shop.sells(&format!("bowl {n}"), cny(price));
    }
    let dollars = market.shop_in("dollar-house", Currency::USD);
    dollars.sells("bowl 6", Money::new(1_00, Currency::USD));
    market.works()?;
    let sorted = |sort| titles(market, Query { sort, ..by("bowl") });
    assert_eq!(sorted(Sort::Newest)?, ["bowl 6", "bowl 5", "bowl 4", "bowl 3", "bowl 2", "bowl 1"]);
    assert_eq!(sorted(Sort::PriceUp)?, ["bowl 5", "bowl 2", "bowl 3", "bowl 4", "bowl 1", "bowl 6"]);
    assert_eq!(sorted(Sort::PriceDown)?, ["bowl 6", "bowl 1", "bowl 4", "bowl 3", "bowl 2", "bowl 5"]);
    for sort in Sort::ALL {
        let (mut pages, mut cursor) = (Vec::new(), None);
        loop {
            let page = found(market, Query { sort: *sort, cursor, limit: 2, ..by("bowl") })?;
            pages.extend(page.items.into_iter().map(|card| card.title));
            cursor = page.next;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(pages, sorted(*sort)?);
    }
    Ok(())
}

fn a_price_of_later_moves_its_goods_when_it_comes_into_force(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let tea = shop.sells("green tea", cny(88_00));
    shop.sells("black tea", cny(60_00));
    market.works()?;
    let cheapest = || titles(market, Query { sort: Sort::PriceUp, limit: 1, ..by("tea") });
    let (sku, later) = (tea.sku, market.now().plus(days(2)));
    market.acts(move |tx| catalog::set_price(tx, sku, cny(50_00), 1, later))?;
    market.works()?;
    assert_eq!(cheapest()?, ["black tea"]);
    market.later(days(3))?;
    assert_eq!(cheapest()?, ["green tea"]);
    shop.prices(tea.sku, cny(70_00))?;
    market.works()?;
    assert_eq!(cheapest()?, ["black tea"]);
    Ok(())
}

fn many(shop: &Shop, count: usize) -> Vec<Goods> {
    (0..count).map(|n| shop.sells(&format!("cup {n}"), cny(10_00))).collect()
}

fn a_frozen_shop_is_not_found_however_many_goods_it_has(market: &Market) -> Result<()> {
    let open = market.shop("tea-house");
    open.sells("old cup", cny(5_00));
    let shop = market.shop("cup-house");
    // More than one act of a sweep looks over.
    let goods = many(&shop, 130);
    market.works()?;
    market.operator().freezes(shop.id)?;
    // Nothing has reacted yet; what may not be bought is left out all the same.
    let page = found(market, Query { limit: 60, ..by("cup") })?;
    assert_eq!(page.items.into_iter().map(|card| card.title).collect::<Vec<_>>(), ["old cup"]);
    market.works()?;
    assert_eq!(titles(market, by("cup"))?, ["old cup"]);
    market.check();
    // Listed again while it is frozen: the market's own people may do that.
    let first = goods[0].listing;
    says(market, first, Locale::Zh, "cup of gold")?;
    market.works()?;
    assert_eq!(titles(market, by("gold"))?.len(), 0);
    market.operator().unfreezes(shop.id)?;
    market.works()?;
    assert_eq!(titles(market, by("gold"))?, ["cup of gold"]);
    assert_eq!(titles(market, Query { limit: 60, shop: Some(shop.id), ..Query::default() })?.len(), 60);
    Ok(())
}

fn an_event_that_comes_twice_changes_nothing(market: &Market) -> Result<()> {
    let tea = market.shop("tea-house").sells("longjing", cny(88_00));
    market.works()?;
    market.shop("tea-house").delists(tea.listing)?;
    market.works()?;
    let again = |name: &'static str| {
        market.acts(move |tx| {
            let now = tx.now();
            let delivery = store::Delivery {
                home: tea.listing.home(),
                id: tx.id(tea.listing.home())?,
                name: name.to_owned(),
                version: 1,
                root: tea.listing.raw(),
                seq: 1,
                body: String::new(),
                at: now,
                tries: 1,
            };
            flows::reactions::react(tx, &delivery)
        })
    };
    // The first event comes again after the second: what it says is over.
    again("catalog.listed")?;
    again("catalog.delisted")?;
    assert_eq!(titles(market, by("longjing"))?.len(), 0);
    market.check();
    Ok(())
}

fn the_page_of_goods_says_what_there_is_and_why_it_cannot_be_bought(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    shop.takes_for_sending(cny(12_00), Some(cny(99_00)));
    let tea = shop.sells("龙井", cny(88_00));
    let page = || {
        let (listing, now) = (tea.listing, market.now());
        market.asks(move |read| views::goods::page(read, listing, false, now, Locale::Zh))
    };
    assert_eq!(page()?.why_not, Some(WhyNot::SoldOut));
    let tea = tea.clone().stock(7);
    market.buyer("anna").buys(&[(tea.sku, 2)])?;
    shop.person().prices(tea.sku, cny(80_00))?;
    let (sku, now) = (tea.sku, market.now());
    market.acts(move |tx| catalog::set_price(tx, sku, cny(70_00), 10, now))?;
    let shown = page()?;
    assert_eq!((shown.title.as_str(), shown.why_not, shown.skus.len()), ("龙井", None, 1));
    assert_eq!(shown.skus[0].free, views::goods::Free::Units(5));
    let tiers: Vec<_> = shown.skus[0].prices.iter().map(|tier| (tier.from_qty, tier.price)).collect();
    assert_eq!(tiers, [(1, cny(80_00)), (10, cny(70_00))]);
    assert_eq!(shown.categories.iter().map(|crumb| crumb.name.as_str()).collect::<Vec<_>>(), ["goods"]);
    let freight = shown.shop.freight.expect("the shop has a rule");
    assert_eq!((freight.fee, freight.free_over), (cny(12_00), Some(cny(99_00))));
    assert!(found(market, Query::default())?.items.is_empty(), "nothing has been told yet");
    market.works()?;
    let card = found(market, Query::default())?.items.remove(0);
    assert_eq!((card.price_from, card.price_varies), (Some(cny(80_00)), true));
    market.operator().freezes(shop.id)?;
    assert_eq!(page()?.why_not, Some(WhyNot::ShopFrozen));
    market.operator().unfreezes(shop.id)?;
    shop.delists(tea.listing)?;
    assert_eq!(page()?.why_not, Some(WhyNot::NotListed));
    Ok(())
}

fn what_nobody_has_reviewed_is_seen_by_its_shop_alone(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let category = market.shop("bowl-house").sells("bowl", cny(1_00)).listing;
    let category = market.asks(move |read| Ok(catalog::head(read, category)?.category))?;
    let listing = shop.drafts_goods(shop.id, "draft tea", category)?;
    shop.adds_sku(listing, "one")?;
    market.works()?;
    let page = |inside| {
        let now = market.now();
        market.asks(move |read| views::goods::page(read, listing, inside, now, Locale::En))
    };
    assert_eq!(page(false).unwrap_err().code(), "not_found");
    let seen = page(true)?;
    assert_eq!((seen.title.as_str(), seen.why_not, seen.skus.len()), ("draft tea", Some(WhyNot::NotListed), 1));
    assert_eq!(titles(market, by("draft"))?.len(), 0);
    let nowhere: Id<kinds::Listing> = Id::from_raw(listing.raw() + 4096);
    let now = market.now();
    let missing: Result<_, Error> =
        market.asks(move |read| views::goods::page(read, nowhere, true, now, Locale::En).map(|page| page.title));
    assert_eq!(missing.unwrap_err().code(), "not_found");
    Ok(())
}

fn a_shop_has_a_front_and_categories_say_whether_they_have_goods(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let tea = shop.sells("longjing", cny(88_00));
    let pot = shop.sells("teapot", cny(188_00));
    let empty = market.acts(|tx| catalog::add_category(tx, None, &Text::new("empty")?, None))?;
    market.works()?;
    let tree = market.asks(|read| views::goods::categories(read, Locale::Zh))?;
    let of = |name: &str| tree.iter().find(|node| node.name == name).expect("the category is there");
    assert!(of("goods").has_goods && !of("empty").has_goods);
    let category = of("goods").id;
    assert_eq!(titles(market, Query { category: Some(category), ..by("longjing") })?, ["longjing"]);
    assert_eq!(titles(market, Query { category: Some(empty), ..by("longjing") })?.len(), 0);
    let (listing, now) = (tea.listing, market.now());
    let related = market.asks(move |read| views::goods::related(read, listing, category, 6, now, Locale::Zh))?;
    assert_eq!(related.iter().map(|card| card.listing).collect::<Vec<_>>(), [pot.listing]);
    let front = market.asks(|read| views::goods::shop_front(read, &"tea-house".parse()?))?;
    assert_eq!((front.id, front.name.as_str(), front.freight), (shop.id, "tea-house", None));
    let nobody = market.asks(|read| views::goods::shop_front(read, &"nobody".parse()?).map(|front| front.id));
    assert_eq!(nobody.unwrap_err().code(), "not_found");
    Ok(())
}

/// The lists and the page of goods look over many homes, and yet by an index alone.
fn nothing_that_grows_is_read_from_end_to_end(market: &Market) -> Result<()> {
    let scanned = market.asks(|read| {
        let mut growing = BTreeSet::new();
        for table in store::tables(read)? {
            if store::column_list(read, &table)?.iter().any(|(name, _)| name == "home") {
                growing.insert(table);
            }
        }
        let lite = read.is_sqlite();
        if !lite {
            for setting in ["set plan_cache_mode = force_generic_plan", "set enable_seqscan = off"] {
                read.ask(setting, |_| Ok(()))?;
            }
        }
        let here = store::statements().filter(|statement| {
            statement.place.starts_with("views/src/goods/") || statement.place.starts_with("modules/operation/search/")
        });
        let mut scanned = Vec::new();
        let mut count = 0;
        for statement in here {
            count += 1;
            for step in plan(read, statement, lite)? {
                let scans = step.contains("SCAN ") || step.contains("Seq Scan on ") || step.contains("AUTOMATIC");
                // A name in a plan is a table's or its alias, which the statement explains.
                let names = |table: &String| {
                    let alias = statement.text().split_once(&format!("{table} ")).map_or("", |(_, rest)| rest);
                    let alias = alias.split_whitespace().next().unwrap_or("");
                    step.split_whitespace().any(|word| word == table || (!alias.is_empty() && word == alias))
                };
                if scans && growing.iter().any(names) {
                    scanned.push(format!("{}: {step}", statement.place));
                }
            }
        }
        assert!(count > 20, "only {count} statements were looked at");
        Ok(scanned)
    })?;
    assert!(scanned.is_empty(), "{}", scanned.join("\n"));
    Ok(())
}

fn plan(read: &mut store::Read, statement: &store::Statement, lite: bool) -> Result<Vec<String>> {
    let mut steps = Vec::new();
    if lite {
        read.ask(&format!("explain query plan {}", statement.lite()), |row| {
            steps.push(row.get::<String>(3)?);
            Ok(())
        })?;
        return Ok(steps);
    }
    read.ask(&format!("prepare looked_at as {}", statement.text()), |_| Ok(()))?;
    let mut places = 0;
    read.ask(
        "select cast(cardinality(parameter_types) as bigint) from pg_prepared_statements where name = 'looked_at'",
        |row| {
            places = row.get::<i64>(0)?;
            Ok(())
        },
    )?;
    let nulls = vec!["null"; usize::try_from(places).unwrap_or(0)].join(", ");
    let execute = if nulls.is_empty() { "execute looked_at".to_owned() } else { format!("execute looked_at({nulls})") };
    read.ask(&format!("explain {execute}"), |row| {
        steps.push(row.get::<String>(0)?);
        Ok(())
    })?;
    read.ask("deallocate looked_at", |_| Ok(()))?;
    Ok(steps)
}
