//! The catalogue against a store in memory.

mod goods;
mod story;

use crate::*;
use kernel::{
    Actor, BasisPoints, Currency, Cx, Id, Locale, Money, Result, SetClock, Text, Time, Units, error::snake_case, kinds,
};
use proptest::prelude::*;
use std::sync::Arc;
use store::{Act, Config, Read, Store, Tx};

const NOON: i64 = 1_800_000_000_000;
const SHOP: Id<kinds::Shop> = Id::from_raw(4096 * 3 + 5);

/// A market with a catalogue, and a clock that moves by a call.
struct Market {
    store: Store,
    clock: Arc<SetClock>,
}

impl Market {
    fn open() -> Market {
        let clock = Arc::new(SetClock::at(Time(NOON)));
        let mut config = Config::new("sqlite::memory:", clock.clone());
        config.seed = Some(1);
        Market { store: Store::open(config, &[SCHEMA]).unwrap(), clock }
    }

    fn act<T>(&self, run: impl FnMut(&mut Tx) -> Result<T> + Send + 'static) -> Result<T>
    where
        T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
    {
        self.store.write(Act::new("test", &Cx::new(Actor::System("test"), "r")), run).wait()
    }

    fn ask<T: Send + 'static>(&self, ask: impl FnOnce(&mut Read) -> Result<T> + Send + 'static) -> T {
        self.store.read(ask).wait().unwrap()
    }

    fn events(&self) -> Vec<String> {
        let now = self.store.clock().now();
        let pending = self.ask(move |read| store::pending_events(read, now, 1000));
        pending.into_iter().map(|event| event.name).collect()
    }

    fn count(&self, table: &'static str) -> i64 {
        self.ask(move |read| {
            let mut count = 0;
            read.ask(&format!("select count(*) from {table}"), |row| {
                count = row.get(0)?;
                Ok(())
            })?;
            Ok(count)
        })
    }

    fn category(&self, code: &'static str) -> Id<kinds::Category> {
        self.act(move |tx| add_category(tx, None, &text(code), None)).unwrap()
    }

    fn attribute(
        &self,
        category: Id<kinds::Category>,
        code: &'static str,
        kind: Kind,
        required: bool,
    ) -> Id<kinds::Attribute> {
        let new = NewAttribute { code: text(code), kind, unit: None, required, is_variant: false };
        self.act(move |tx| add_attribute(tx, category, &new)).unwrap()
    }

    /// A listing as a draft, with one SKU at 10.00.
    fn draft(&self, category: Id<kinds::Category>) -> (Id<kinds::Listing>, Id<kinds::Sku>) {
        let new = tea(category);
        self.act(move |tx| {
            let listing = make_listing(tx, &new)?;
            let sku = add_sku(tx, listing, Hand::Shop, &variant("one"))?;
            let now = tx.now();
            set_price(tx, sku, yuan(1000), 1, now)?;
            Ok((listing, sku))
        })
        .unwrap()
    }

    /// The same, on sale.
    fn listed(&self) -> (Id<kinds::Listing>, Id<kinds::Sku>) {
        let (listing, sku) = self.draft(self.category("Tea"));
        self.act(move |tx| list(tx, listing, Hand::Market)).unwrap();
        (listing, sku)
    }

    fn offer(&self, sku: Id<kinds::Sku>) -> Offer {
        let now = self.store.clock().now();
        self.ask(move |read| offer(read, sku, now, Locale::En))
    }

    fn state(&self, listing: Id<kinds::Listing>) -> State {
        self.ask(move |read| head(read, listing)).state
    }
}

fn text<const MAX: usize>(words: &str) -> Text<MAX> {
    Text::new(words).unwrap()
}

fn yuan(minor: i64) -> Money {
    Money::new(minor, Currency::CNY)
}

fn pieces(count: i64) -> Units {
    Units::new(count).unwrap()
}

fn tea(category: Id<kinds::Category>) -> NewListing {
    let texts = vec![(Field::Title, "Longjing".to_owned())];
    NewListing {
        shop: SHOP,
        spu: None,
        category,
        brand: None,
        lang: Locale::En,
        texts,
        values: Vec::new(),
        pictures: Vec::new(),
    }
}

fn variant(code: &str) -> NewSku {
    NewSku { code: text(code), option: None, values: Vec::new(), measure: Measure::default() }
}

fn verdict(version: i64, approved: bool) -> Verdict {
    let why = (!approved).then(|| "a claim that the law forbids".to_owned());
    let rule = (!approved).then(|| "ad-law-9".to_owned());
    Verdict { version, approved, reason: Reason { why, rule } }
}

#[test]
fn every_state_answers_every_step() {
    use State::{Delisted, Draft, InReview, Listed, Refused};
    let table = [
        // (step, after draft, in review, listed, delisted, refused)
        (Step::Submit, [Some(InReview), None, None, None, Some(InReview)]),
        (Step::Approve, [Some(Listed), Some(Listed), None, None, None]),
        (Step::Refuse, [None, Some(Refused), None, None, None]),
        (Step::List, [None, None, None, Some(Listed), None]),
        (Step::Delist, [None, None, Some(Delisted), None, None]),
        (Step::Rewrite, [Some(Draft), Some(InReview), Some(InReview), Some(Draft), Some(Draft)]),
    ];
    assert_eq!(table.len(), Step::ALL.len());
    for (step, expected) in table {
        for (state, expected) in State::ALL.iter().zip(expected) {
            assert_eq!(state.after(step), expected, "{state:?} {step:?}");
        }
    }
}

#[test]
fn nothing_comes_on_sale_without_the_markets_word() {
    for state in State::ALL {
        for step in [Step::Submit, Step::Rewrite, Step::Refuse, Step::Delist] {
            assert_ne!(state.after(step), Some(State::Listed));
        }
    }
}

#[test]
fn a_check_digit_that_does_not_fit_is_doubtful() {
    let cases = [
        ("4006381333931", Some("04006381333931")),
        ("4006381333932", None),
        ("73513537", Some("00000073513537")),
        ("036000291452", Some("00036000291452")),
        ("10012345678902", Some("10012345678902")),
        ("0000000000000", None),
        ("", None),
        ("123", None),
        ("400638133393X", None),
        ("４００６３８１３３３９３１", None),
        ("04006381333931", Some("04006381333931")),
    ];
    for (number, expected) in cases {
        assert_eq!(gtin::sound(number).as_deref(), expected, "{number}");
        assert_eq!(gtin::is_sound(number), expected.is_some());
    }
}

proptest! {
    #[test]
    fn one_wrong_digit_is_always_seen(digits in prop::collection::vec(0..10_u8, 12), at in 0..13_usize, by in 1..10_u8) {
        let sum: u32 = digits.iter().rev().zip([3, 1].into_iter().cycle()).map(|(digit, weight)| u32::from(*digit) * weight).sum();
        let mut whole = digits.clone();
        whole.push(((10 - sum % 10) % 10) as u8);
        let spelled = |digits: &[u8]| digits.iter().map(|digit| char::from(b'0' + digit)).collect::<String>();
        prop_assume!(whole.iter().any(|digit| *digit != 0));
        prop_assert!(gtin::is_sound(&spelled(&whole)));
        whole[at] = (whole[at] + by) % 10;
        prop_assert!(!gtin::is_sound(&spelled(&whole)));
    }
}

#[test]
fn refusals_are_called_what_they_are() {
    for (name, code, _) in Refusal::ALL {
        assert_eq!(snake_case(name), *code);
    }
}

#[test]
fn a_commission_reaches_down_to_where_another_is_said() {
    let market = Market::open();
    let points = |points| BasisPoints::new(points).unwrap();
    let (top, middle, low, other) = market
        .act(move |tx| {
            let top = add_category(tx, None, &text("Food"), Some(points(800)))?;
            let middle = add_category(tx, Some(top), &text("Tea"), None)?;
            let low = add_category(tx, Some(middle), &text("Green"), None)?;
            let other = add_category(tx, Some(top), &text("Coffee"), Some(points(600)))?;
            Ok((top, middle, low, other))
        })
        .unwrap();
    let rates = |market: &Market| {
        let read = move |read: &mut Read| {
            let rate = |id| category(read, id).map(|category| category.commission_in_force.map(BasisPoints::get));
            [top, middle, low, other].map(rate).into_iter().collect::<Result<Vec<_>>>()
        };
        market.ask(read)
    };
    assert_eq!(rates(&market), [Some(800), Some(800), Some(800), Some(600)]);
    market.act(move |tx| set_commission(tx, middle, Some(points(900)))).unwrap();
    market.act(move |tx| set_commission(tx, top, None)).unwrap();
    assert_eq!(rates(&market), [None, Some(900), Some(900), Some(600)]);
    market.act(move |tx| set_commission(tx, middle, None)).unwrap();
    assert_eq!(rates(&market), [None, None, None, Some(600)]);
}

#[test]
fn the_tree_refuses_twins_and_depth() {
    let market = Market::open();
    let top = market.category("Tea");
    assert_eq!(market.act(|tx| add_category(tx, None, &text("Tea"), None)).unwrap_err().code(), "category_twice");
    let deep = market.act(move |tx| {
        let mut id = top;
        for n in 1..=DEPTH_MAX {
            id = add_category(tx, Some(id), &text(&format!("level {n}")), None)?;
        }
        Ok(id)
    });
    assert_eq!(deep.unwrap_err().code(), "category_too_deep");
    let nowhere = market.act(|tx| add_category(tx, Some(Id::from_raw(1)), &text("x"), None));
    assert_eq!(nowhere.unwrap_err().code(), "unknown_category");
    assert_eq!(market.ask(categories).len(), 1);
}

#[test]
fn attributes_hold_below_and_are_not_named_twice() {
    let market = Market::open();
    let top = market.category("Food");
    market.attribute(top, "weight", Kind::Number, true);
    let low = market.act(move |tx| add_category(tx, Some(top), &text("Tea"), None)).unwrap();
    market.attribute(low, "harvest", Kind::Text, false);
    let found = market.ask(move |read| attributes_of(read, low));
    assert_eq!(found.iter().map(|attribute| attribute.code.as_str()).collect::<Vec<_>>(), ["harvest", "weight"]);
    let again = NewAttribute { code: text("weight"), kind: Kind::Text, unit: None, required: false, is_variant: false };
    assert_eq!(market.act(move |tx| add_attribute(tx, low, &again)).unwrap_err().code(), "attribute_twice");
}

#[test]
fn words_are_read_in_ones_language_or_else_in_another() {
    let market = Market::open();
    let top = market.category("Tea");
    let thing = Thing::Category(top);
    let name = |market: &Market, lang| market.ask(move |read| word(read, thing, "name", lang));
    assert_eq!(name(&market, Locale::Zh), None);
    market.act(move |tx| set_word(tx, thing, "name", Locale::En, &text("Tea"))).unwrap();
    assert_eq!(name(&market, Locale::Zh).as_deref(), Some("Tea"));
    market.act(move |tx| set_word(tx, thing, "name", Locale::Zh, &text("茶"))).unwrap();
    market.act(move |tx| set_word(tx, thing, "name", Locale::Zh, &text("茶叶"))).unwrap();
    assert_eq!(name(&market, Locale::Zh).as_deref(), Some("茶叶"));
    for field in ["title", "choice.", "choice.red"] {
        let refused = market.act(move |tx| set_word(tx, thing, field, Locale::Zh, &text("x")));
        assert_eq!(refused.unwrap_err().code(), "malformed", "{field}");
    }
}

#[test]
fn a_brand_is_made_once_however_it_is_spelled() {
    let market = Market::open();
    let made = market.act(|tx| brand(tx, &text("West Lake"))).unwrap();
    assert_eq!(market.act(|tx| brand(tx, &text("WEST  lake"))).unwrap(), made);
    assert_ne!(market.act(|tx| brand(tx, &text("Westlake"))).unwrap(), made);
    assert_eq!(market.ask(move |read| brand_name(read, made)), "West Lake");
}

#[test]
fn a_number_means_one_product() {
    let market = Market::open();
    let category = market.category("Pens");
    let weight = market.attribute(category, "weight", Kind::Number, false);
    let pen = move |gtins: &[&str]| {
        let (gtins, values) =
            (gtins.iter().map(|gtin| (*gtin).to_owned()).collect(), vec![(weight, Value::Number(12.5))]);
        NewSpu { brand: None, category, model: text("Boss Original"), gtins, values }
    };
    let first = pen(&["4006381333931", "4006381333932", "4006381333931"]);
    let second = pen(&["4006381333931", "73513537"]);
    let first = market.act(move |tx| make_spu(tx, &first)).unwrap();
    let second = market.act(move |tx| make_spu(tx, &second)).unwrap();
    assert_eq!(market.ask(|read| spu_of_gtin(read, "04006381333931")), Some(first));
    assert_eq!(market.ask(|read| spu_of_gtin(read, "73513537")), Some(second));
    assert_eq!(market.ask(|read| spu_of_gtin(read, "4006381333932")), None);
    let found = market.ask(move |read| spu(read, first));
    assert_eq!((found.gtins, found.values[0].value.clone()), (vec!["04006381333931".to_owned()], Value::Number(12.5)));
    assert_eq!(market.ask(move |read| spu(read, second)).gtins, ["00000073513537"]);
}
