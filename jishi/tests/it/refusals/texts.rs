//! Texts from outside: bounded, without what is no text, and otherwise kept to the letter, whoever's letters they are.

use super::{Ordered, Street, ordered, paid, street};
use catalog::{Field, NewListing, Reason, Verdict as GoodsVerdict};
use flows::{checkout::Reach, open_shop::ByHand, refund::RefundWish};
use identity::{AddressForm, Login};
use kernel::{Currency, Id, Locale, Result, Text, kinds};
use merchant::{Contract, MerchantKind, ShopForm};
use order::Recipient;
use testkit::{Checkout, Market, checkout, cny};

testkit::stories![
    a_text_that_is_too_long_is_refused_and_one_that_just_fits_is_taken,
    what_is_no_text_is_refused,
    other_scripts_are_kept_to_the_letter,
    markup_and_statements_are_words_like_others,
    a_word_that_means_something_to_the_program_is_one_of_its_own,
];

type Write<'m> = Box<dyn Fn(&str) -> Result<()> + 'm>;

/// A text that somebody writes: what it is called, how long it may be, and how it gets in.
struct Place<'m> {
    what: &'static str,
    most: usize,
    write: Write<'m>,
}

fn place<'m>(what: &'static str, most: usize, write: impl Fn(&str) -> Result<()> + 'm) -> Place<'m> {
    Place { what, most, write: Box::new(write) }
}

/// Every text that people write into the market through a flow.
fn places<'m>(market: &'m Market, paid: &'m Ordered) -> Vec<Place<'m>> {
    let (anna, tea, operator) = (&paid.anna, &paid.tea, market.operator());
    let to = move |recipient| {
        let wish = Checkout { recipient: Some(recipient), ..checkout(&[(tea.sku, 1)])? };
        anna.checks_out(wish).map(drop)
    };
    let recipient = testkit::recipient;
    let suspect = market.shop("suspect").id;
    vec![
        place("recipient.name", 60, move |text| to(Recipient { name: text.into(), ..recipient() })),
        place("recipient.phone", 30, move |text| to(Recipient { phone: text.into(), ..recipient() })),
        place("recipient.country", 2, move |text| to(Recipient { country: text.into(), ..recipient() })),
        place("recipient.region", 20, move |text| to(Recipient { region: text.into(), ..recipient() })),
        place("recipient.postal", 20, move |text| to(Recipient { postal: text.into(), ..recipient() })),
        place("recipient.lines", 300, move |text| to(Recipient { lines: text.into(), ..recipient() })),
        place("note", 500, move |text| {
            anna.checks_out(Checkout { note: text.into(), ..checkout(&[(tea.sku, 1)])? }).map(drop)
        }),
        place("contact.name", 100, move |text| {
            let contact = Reach { name: Some(Text::new(text)?), ..Reach::default() };
            let wish = Checkout { contact: Some(contact), ..checkout(&[(tea.sku, 1)])? };
            market.anyone().checks_out(wish).map(drop)
        }),
        place("a person's name", 100, move |text| {
            let place = market.cx(kernel::Actor::Anyone).request.replace(' ', "-");
            let login: Login = format!("{place}@example.com").parse()?;
            market.registers(login, text).map(drop)
        }),
        place("an address", 500, move |text| {
            let owner = anna.id;
            let form = AddressForm {
                name: Text::new("Anna")?,
                phone: Text::new("1")?,
                country: Text::new("CN")?,
                region: None,
                postal: None,
                lines: Text::new(text)?,
            };
            market.acts(move |tx| identity::add_address(tx, owner, &form)).map(drop)
        }),
        place("words to a refund", 2_000, move |text| {
            let words = Some(Text::new(text)?);
            let wish = RefundWish { order: paid.order(), lines: vec![], reason: "changed_mind".into(), words };
            flows::refund::ask(market.store(), &anna.cx(), wish).wait().map(drop)
        }),
        place("a shop's name", 60, {
            let operator = operator.clone();
            move |text| {
                let slug = market.cx(kernel::Actor::Anyone).request.replace(' ', "-").parse()?;
                let form = ShopForm { slug, name: Text::new(text)?, currency: Currency::CNY };
                let by_hand = ByHand { kind: MerchantKind::Enterprise, form, owner: Text::new("zhang")? };
                flows::open_shop::open_by_hand(market.store(), &operator.cx(), by_hand).wait().map(drop)
            }
        }),
        place("why a shop is frozen", 500, move |text| {
            flows::open_shop::freeze(market.store(), &operator.cx(), suspect, Text::new(text)?).wait()
        }),
        place("a title", 300, move |text| drafts(market, paid, Field::Title, text).map(drop)),
        place("a description", 20_000, move |text| drafts(market, paid, Field::Description, text).map(drop)),
        place("a key in a file", 200, move |text| paid.shop.imports(paid.shop.id, text, cny(1_00)).map(drop)),
    ]
}

fn drafts(market: &Market, paid: &Ordered, field: Field, text: &str) -> Result<Id<kinds::Listing>> {
    let listing = paid.tea.listing;
    let category = market.asks(move |read| catalog::head(read, listing))?.category;
    let new = NewListing {
        shop: paid.shop.id,
        spu: None,
        category,
        brand: None,
        lang: Locale::Zh,
        texts: vec![(field, text.to_owned())],
        values: Vec::new(),
        pictures: Vec::new(),
    };
    flows::list_goods::draft(market.store(), &paid.shop.cx(), new).wait()
}

fn a_text_that_is_too_long_is_refused_and_one_that_just_fits_is_taken(market: &Market) -> Result<()> {
    let paid = paid(market);
    for Place { what, most, write } in places(market, &paid) {
        // Longer by one, longer by far, and in letters of four bytes; blanks at the ends count for nothing.
        for text in ["字".repeat(most + 1), "x".repeat(most + 100_000), "🍵".repeat(most + 1)] {
            market
                .refuses("too_long", || write(&text).inspect_err(|no| assert!(no.code() != "broken", "{what}: {no}")));
        }
        write(&format!("  {} ", "字".repeat(most))).unwrap_or_else(|no| panic!("{what}: {no}"));
    }
    Ok(())
}

fn what_is_no_text_is_refused(market: &Market) -> Result<()> {
    let paid = paid(market);
    for Place { what, write, .. } in places(market, &paid) {
        for odd in ['\0', '\u{1}', '\u{7}', '\u{8}', '\u{1b}', '\u{7f}', '\u{80}', '\u{9f}'] {
            let said = format!("a{odd}");
            market
                .refuses("not_text", || write(&said).inspect_err(|no| assert!(no.code() != "broken", "{what}: {no}")));
        }
    }
    // Bytes that are no UTF-8 never become a text at all.
    for bytes in [&b"\"\xff\xfe\""[..], b"\"\xc3\"", b"\"\xed\xa0\x80\"", br#""\ud800""#] {
        assert!(serde_json::from_slice::<Text<10>>(bytes).is_err(), "{bytes:?}");
    }
    Ok(())
}

/// Scripts that run from right to left, that join, that stack, and letters outside of the first plane.
const SCRIPTS: [&str; 12] = [
    "张三，龙井路 1 号",
    "繁體字與𠮷野家𪚥",
    "محمد، شارع الملك فهد ١٢",
    "עברית עם ניקוד: שָׁלוֹם",
    "हिन्दी में क्षत्रिय",
    "ภาษาไทย กำลัง",
    "日本語のｶﾀｶﾅと㍿",
    "Zoë Müller-Łódź, Straße 5 – Tür „B“",
    "e\u{301} is not é",
    "👩‍👩‍👧‍👦🇨🇳🍵 tea",
    "Ελληνικά και Кириллица",
    "line one\nline two\tand a tab",
];

/// What has no meaning to anything it goes through.
const WORDS: [&str; 10] = [
    "<script>alert(1)</script>",
    "<b>O'Neill & Söhne</b> &amp; \"Co\"",
    "'; drop table order_order; --",
    "' or '1'='1",
    "$1 $2 ?1 :name @name",
    "%s %d {} {0} ${jndi:ldap://x}",
    "100 % _ \\ \\n \\0 \\x00",
    "../../etc/passwd",
    "=cmd|' /C calc'!A0",
    "null",
];

fn kept(market: &Market, texts: &[&str]) -> Result<()> {
    let Street { shop, tea, anna } = street(market);
    let tea = tea.stock(100);
    for text in texts {
        let to = Recipient { name: (*text).into(), lines: (*text).into(), ..testkit::recipient() };
        let wish = Checkout { recipient: Some(to), note: (*text).into(), ..checkout(&[(tea.sku, 1)])? };
        let order = anna.checks_out(wish)?.orders[0];
        let found = market.asks(move |read| order::recipient(read, order))?.expect("it goes somewhere");
        assert_eq!([&*found.name, &*found.lines, &*found.note], [*text; 3]);
        // A title is on one line of the shop's page, of the order and of every list.
        let put = shop.imports(shop.id, text, cny(1_00))?;
        let written = market.asks(move |read| catalog::listing(read, put.listing))?.texts;
        assert!(written.iter().any(|written| (&*written.field, &*written.text) == ("title", *text)), "{written:?}");
        assert_eq!(shop.imports(shop.id, text, cny(1_00))?.listing, put.listing, "the key is kept to the letter");
    }
    let tables = market.asks(store::tables)?;
    assert!(tables.iter().any(|table| table == "order_order"));
    Ok(())
}

fn other_scripts_are_kept_to_the_letter(market: &Market) -> Result<()> {
    kept(market, &SCRIPTS)
}

fn markup_and_statements_are_words_like_others(market: &Market) -> Result<()> {
    kept(market, &WORDS)
}

fn a_word_that_means_something_to_the_program_is_one_of_its_own(market: &Market) -> Result<()> {
    let street = ordered(market);
    let Ordered { shop, anna, placed, .. } = &street;
    anna.pays(placed.trade)?;
    let order = placed.orders[0];
    for reason in ["", "because", "Damaged", "damaged ", "'; --", &"x".repeat(100_000)] {
        market.refuses("reason_unknown", || anna.asks_back(order, &[(1, 1)], reason));
        let wish = RefundWish { order, lines: vec![], reason: reason.to_owned(), words: None };
        market.refuses("reason_unknown", || flows::refund::grant(market.store(), &shop.cx(), wish).wait());
    }
    market.refuses("not_text", || anna.asks_back(order, &[(1, 1)], "dam\0aged"));
    for carrier in ["", "s f", "顺丰", "sf\0", "../sf", &"s".repeat(33)] {
        let (carrier, waybill) = (carrier.to_owned(), "SF1".to_owned());
        let shipment = flows::ship::Shipment { order, lines: vec![], carrier, waybill };
        market.refuses("malformed", || flows::ship::ship(market.store(), &shop.cx(), shipment).wait());
    }
    for channel in ["", "Sandbox", "sandbox ", "sand\0box", "../sandbox"] {
        let paying = || store::wait(flows::pay::pay(market.flows(), &anna.cx(), placed.trade, channel)).map(drop);
        market.refuses("not_found", paying);
    }
    a_reviewers_words(market, &street)
}

/// Words of a review and of a contract, which only people of the market and of shops write.
fn a_reviewers_words(market: &Market, street: &Ordered) -> Result<()> {
    let operator = market.operator();
    let listing = drafts(market, street, Field::Title, "puer")?;
    street.shop.prices(street.shop.adds_sku(listing, "puer-1")?, cny(1_00))?;
    street.shop.submits_goods(listing)?;
    let version = market.asks(move |read| catalog::head(read, listing))?.version;
    for (why, code) in [("a\0b", "not_text"), (" ", "required"), (&*"x".repeat(1_001), "too_long")] {
        let reason = Reason { why: Some(why.to_owned()), rule: None };
        let verdict = GoodsVerdict { version, approved: false, reason };
        let reviews = || flows::list_goods::review(market.store(), &operator.cx(), listing, verdict).wait();
        market.refuses(code, reviews);
    }
    let (person, applied) = market.applicant("rice-house", 2);
    let contract = Contract { version: Text::new("1")?, text: "all of it\0".repeat(100_000) };
    flows::open_shop::sign(market.store(), &person.cx(), applied.shop, contract).wait()
}
