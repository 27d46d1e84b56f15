//! Holds the rules against the market's worked examples, read from the file that the team shares. Kinds that
//! need offers wait for the room that brings them; each test says how many examples it must find, so a change
//! of the file's form cannot silence it.

use super::{bp, units};
use crate::*;
use kernel::{BasisPoints, Currency, Money, money};
use std::{env, fs, io::Write as _, path::Path};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../../shared/worked-examples.md");

/// `#number kind CURRENCY "title"`, what is given, and what must come out; one statement each.
struct Example {
    number: String,
    kind: String,
    currency: Currency,
    given: Vec<String>,
    expected: Vec<String>,
}

impl Example {
    fn money(&self, text: &str) -> Money {
        Money::parse(text, self.currency).unwrap_or_else(|error| panic!("{} {text}: {error}", self.number))
    }

    /// The statement that begins with a word, its other words.
    fn result(&self, word: &str) -> Option<Vec<&str>> {
        let mut statements = self.expected.iter().map(|text| text.split_whitespace());
        statements.find_map(|mut words| (words.next() == Some(word)).then(|| words.collect()))
    }

    /// The amount that follows a word.
    fn expects(&self, word: &str, amount: Money) {
        let stated = self.result(word).unwrap_or_else(|| panic!("{} states no {word}", self.number));
        assert_eq!(self.money(stated[0]), amount, "{} {word}", self.number);
    }
}

fn examples(kind: &str) -> Option<Vec<Example>> {
    if !Path::new(FILE).exists() {
        let line = format!("skipped: {} of kind {kind}: the shared worked examples are not here\n", module_path!());
        print!("{line}");
        if let Ok(list) = env::var("JISHI_SKIPPED") {
            let mut file = fs::OpenOptions::new().create(true).append(true).open(list).unwrap();
            file.write_all(line.as_bytes()).unwrap();
        }
        return None;
    }
    let text = fs::read_to_string(FILE).unwrap();
    let blocks = text.split("```ex\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    Some(blocks.flat_map(|block| block.split("\n#")).map(|text| read(text.trim_start_matches('#'))).collect())
}

fn read(text: &str) -> Example {
    let (head, rest) = text.split_once(char::is_whitespace).unwrap();
    let (kind, rest) = rest.split_once(' ').unwrap();
    let (currency, rest) = rest.split_once(' ').unwrap();
    let rest = match rest.strip_prefix('"') {
        Some(titled) => titled.split_once('"').unwrap().1,
        None => rest,
    };
    // Results are separated by ` = `; a later line that begins so adds further ones.
    let mut parts = rest.split(" = ");
    let statements = |text: &str| {
        let each = text.split(['\n', ';']).map(|part| part.trim().to_owned());
        each.filter(|part| !part.is_empty()).collect::<Vec<_>>()
    };
    let given = statements(parts.next().unwrap());
    let currency = currency.parse().unwrap();
    Example { number: head.into(), kind: kind.into(), currency, given, expected: parts.flat_map(statements).collect() }
}

fn each(kind: &str, count: usize, check: impl Fn(&Example) -> bool) {
    let Some(examples) = examples(kind) else { return };
    let checked = examples.iter().filter(|example| example.kind == kind && check(example)).count();
    assert_eq!(checked, count, "examples of {kind}");
}

/// `7.5%` in hundredths of a percent.
fn rate(text: &str) -> BasisPoints {
    let percent = text.strip_suffix('%').unwrap();
    bp(Money::parse(percent, Currency::CNY).unwrap().minor)
}

/// The word that follows another.
fn after<'a>(words: &[&'a str], word: &str) -> Option<&'a str> {
    words.iter().position(|at| *at == word).map(|at| words[at + 1])
}

#[test]
fn amounts_are_shared_as_in_the_examples() {
    each("alloc", 8, |example| {
        let words: Vec<&str> = example.given[0].split_whitespace().collect();
        let weights: Vec<i64> =
            words[2..].iter().map(|word| example.money(word.split_once('=').unwrap().1).minor).collect();
        let shares = money::split(example.money(words[0]).minor, &weights);
        let stated: Vec<&str> = example.expected[0].split_whitespace().skip(1).step_by(2).collect();
        let stated: Vec<i64> = stated.iter().map(|text| example.money(text).minor).collect();
        assert_eq!(shares, stated, "{}", example.number);
        true
    });
}

#[test]
fn units_carry_their_share_as_in_the_examples() {
    each("refund", 11, |example| {
        let (amounts, steps) = example.given[0].split_once(": ").unwrap();
        let words: Vec<&str> = amounts.split_whitespace().collect();
        let quantity = units(words.last().unwrap().parse().unwrap());
        for pair in words[..words.len() - 2].chunks(2) {
            // Points are whole; every other amount has the currency's decimals.
            let amount = |text: &str| match pair[0] {
                "points" => Money::new(text.parse().unwrap(), example.currency),
                _ => example.money(text),
            };
            let mut line = PaidLine::new(1, quantity, BasisPoints::ZERO, Part::of(amount(pair[1])).unwrap());
            let stated = example.result(pair[0]).unwrap();
            assert_eq!(stated.len(), steps.split_whitespace().count(), "{}", example.number);
            for (step, stated) in steps.split_whitespace().zip(stated) {
                let given = match step.strip_prefix("allow:") {
                    Some(text) => line.allow(amount(text)),
                    None => line.give_back(units(step.parse().unwrap())),
                };
                match stated {
                    "refused" => assert!(given.is_err(), "{} {step}", example.number),
                    _ => assert_eq!(given.unwrap().cash, amount(stated), "{} {step}", example.number),
                }
            }
            assert_eq!((line.units_left(), line.cash_left().minor), (0, 0), "{}", example.number);
        }
        true
    });
}

#[test]
fn orders_are_refunded_as_in_the_examples() {
    // Those whose shared prices stand in the example itself; the others need the offers that make them.
    each("order-refund", 2, |example| {
        let Some(cash) = example.result("cash") else { return false };
        let line = |words: &[&str], number: i64| {
            let quantity =
                example.given.iter().find_map(|text| text.split_once(&format!(" {} ", words[0]))?.1.split_once('x'));
            let quantity = units(quantity.unwrap().1.parse().unwrap());
            PaidLine::new(number, quantity, BasisPoints::ZERO, Part::of(example.money(words[1])).unwrap())
        };
        let lines: Vec<PaidLine> = cash.chunks(2).zip(1..).map(|(words, number)| line(words, number)).collect();
        let names: Vec<&str> = cash.chunks(2).map(|words| words[0]).collect();
        let mut order = PaidOrder { currency: example.currency, lines, charges: Vec::new() };
        let returns = example.given.iter().filter_map(|text| text.strip_prefix("return ")?.split_once(' '));
        let shipped = Circumstances { shipped: true, sellers_fault: false };
        let mut back = Vec::new();
        for (name, count) in returns {
            let at = names.iter().position(|known| *known == name).unwrap();
            let asked = Asked { line: at as i64 + 1, units: units(count.parse().unwrap()) };
            back.push(refund(&order, &[asked], shipped).unwrap().cash);
            order.lines[at].give_back(asked.units).unwrap();
        }
        let stated: Vec<Money> = example.result("refund").unwrap().iter().map(|text| example.money(text)).collect();
        assert_eq!(back, stated, "{}", example.number);
        example.expects("kept", order.stays_paid().unwrap());
        true
    });
}

/// What `goods … shopoff … platoff … points …` come to: offers of the shop, of the platform, and points.
fn goods(example: &Example, words: &[&str]) -> Price {
    let amount = |word| after(words, word).map_or(0, |text| example.money(text).minor);
    let mut price = Price::open(Stage::Regular, Money::new(amount("goods"), example.currency));
    let shared = after(words, "shop-share").map_or(BasisPoints::ZERO, rate);
    let from_shop = money::share_half_up(amount("platoff"), shared);
    price.lower(Stage::Regular, None, amount("shopoff") + from_shop, Bearer::Shop);
    price.lower(Stage::Regular, None, amount("platoff") - from_shop, Bearer::Platform);
    price.lower(Stage::Regular, None, amount("points"), Bearer::Platform);
    price
}

#[test]
fn commission_is_taken_and_given_back_as_in_the_examples() {
    each("commission", 5, |example| {
        let words: Vec<&str> = example.given[0].split_whitespace().collect();
        let price = goods(example, &words);
        let rate = rate(after(&words, "rate").unwrap());
        let freight = after(&words, "freight").map_or(Money::zero(example.currency), |text| example.money(text));
        let fee = commission(price.after_shop(), rate);
        example.expects("fee", fee);
        let due = price.after_shop().plus(freight).unwrap().minus(fee).unwrap();
        let all = [("cash", price.cash.plus(freight).unwrap()), ("base", price.after_shop()), ("shop", due)];
        for (word, amount) in all.into_iter().filter(|(word, _)| example.result(word).is_some()) {
            example.expects(word, amount);
        }
        if let Some(returns) = after(&words, "returns") {
            let (quantity, steps) = returns.split_once('/').unwrap();
            let part = Part::of(price.cash).unwrap();
            let mut line = PaidLine::new(1, units(quantity.parse().unwrap()), rate, part);
            let back = steps.split(',').map(|step| line.give_back(units(step.parse().unwrap())).unwrap());
            let back: Vec<Money> = back.map(|refund| refund.commission_back).collect();
            let stated = example.result("fee-back").unwrap();
            assert_eq!(back, stated.iter().map(|text| example.money(text)).collect::<Vec<_>>());
        }
        true
    });
}

#[test]
fn a_week_of_commission_comes_out_as_in_the_examples() {
    each("settle", 2, |example| {
        let zero = Money::zero(example.currency);
        let (mut taken, mut back) = (zero, zero);
        for statement in &example.given {
            let words: Vec<&str> = statement.split_whitespace().collect();
            let refunded = after(&words, "refund").map_or(zero, |text| example.money(text));
            let Some(rate) = after(&words, "rate").map(rate) else { continue };
            if let Some(base) = after(&words, "base") {
                let before = example.money(base);
                back = back.plus(commission_back(before, before.minus(refunded).unwrap(), rate).unwrap()).unwrap();
            } else {
                let stays = goods(example, &words).after_shop().minus(refunded).unwrap();
                taken = taken.plus(commission(stays, rate)).unwrap();
            }
        }
        example.expects("commission", taken);
        example.expects("back", back);
        true
    });
}

#[test]
fn a_tax_inside_the_price_is_found_as_in_the_examples() {
    each("tax", 2, |example| {
        let words: Vec<&str> = example.given[0].split_whitespace().collect();
        let amount = example.money(words[0]);
        let tax = Tax::inside(amount, "vat", rate(after(&words, "rate").unwrap()));
        example.expects("tax", tax.part);
        example.expects("net", amount.minus(tax.part).unwrap());
        true
    });
}

#[test]
fn a_total_is_submitted_as_in_the_examples() {
    each("submit", 2, |example| {
        let words: Vec<&str> = example.given[0].split_whitespace().collect();
        let amount = |word| example.money(after(&words, word).unwrap());
        match submitted(amount("seen"), amount("now")) {
            Ok(total) => example.expects("pay", total),
            Err(refusal) => {
                assert_eq!(example.result("refused").unwrap(), [refusal.code()]);
                example.expects("now", amount("now"));
            }
        }
        true
    });
}
