//! Properties and tables of the pure rules.

mod examples;

use crate::*;
use kernel::{BasisPoints, Currency, Id, Kind, Money, SalesChannel, Units, kinds};
use proptest::prelude::*;

fn cny(minor: i64) -> Money {
    Money::new(minor, Currency::CNY)
}

fn bp(points: i64) -> BasisPoints {
    BasisPoints::new(points).unwrap()
}

fn units(count: i64) -> Units {
    Units::new(count).unwrap()
}

fn shop(number: i64) -> Id<kinds::Shop> {
    Id::from_raw(number)
}

fn line(position: i64, shop_number: i64, sku: i64, price: i64, quantity: i64) -> Line {
    Line {
        position,
        shop: shop(shop_number),
        sku: Id::from_raw(sku),
        quantity: units(quantity),
        unit_price: cny(price),
        per: PricePer::One,
        commission: bp(500),
    }
}

fn facts() -> Facts {
    Facts {
        currency: Currency::CNY,
        storefront: 1,
        channel: SalesChannel::Web,
        basis: Basis::Regular,
        limits: Limits::CART,
        commission_on_freight: None,
    }
}

fn in_force(rules: &[(i64, i64, Option<i64>)]) -> InForce {
    let rule = |(number, fee, over): &(i64, i64, Option<i64>)| {
        (shop(*number), FreightRule { fee: cny(*fee), free_over: over.map(cny) })
    };
    InForce { freight: rules.iter().map(rule).collect() }
}

fn code(result: kernel::Result<impl Sized>) -> &'static str {
    result.err().map_or("fine", |error| match error {
        kernel::Error::Refused(refused) => refused.code,
        kernel::Error::Broken(_) => "broken",
    })
}

// ---- lines -------------------------------------------------------------------------------------------------

#[test]
fn a_price_per_hundred_is_rounded_half_up_once_on_the_line() {
    let cases = [
        (1_250, PricePer::One, 3, 3_750),
        (1_250, PricePer::Hundred, 33, 413),   // 412.50
        (1_249, PricePer::Hundred, 33, 412),   // 412.17
        (999, PricePer::Thousand, 500, 500),   // 499.50
        (999, PricePer::Thousand, 1, 1),       // 0.999
        (999, PricePer::Hundred, 250, 2_498),  // 2497.50, where three roundings of 100, 100 and 50 give 2,498 too
        (333, PricePer::Thousand, 1_500, 500), // 499.50
    ];
    for (price, per, quantity, gross) in cases {
        assert_eq!(gross_half_up(cny(price), per, units(quantity)).unwrap(), cny(gross), "{price} {per:?}");
    }
}

#[test]
fn lines_are_numbered_by_shop_sku_and_position() {
    let lines = [line(1, 2, 7, 100, 1), line(2, 1, 9, 100, 1), line(4, 1, 5, 300, 1), line(3, 1, 5, 200, 1)];
    let priced = price(&lines, &facts(), &InForce::default()).unwrap();
    let places: Vec<_> = priced.lines.iter().map(|line| (line.number, line.position)).collect();
    assert_eq!(places, [(1, 3), (2, 4), (3, 2), (4, 1)]);
    assert_eq!(priced.lines_of(shop(1)).len(), 3);
    assert_eq!(priced.lines_of(shop(2))[0].number, 4);
    assert!(priced.lines_of(shop(3)).is_empty());
}

#[test]
fn a_quotation_opens_at_the_agreed_price() {
    let facts = Facts { basis: Basis::Agreed, limits: Limits::QUOTATION, ..facts() };
    let priced = price(&[line(1, 1, 1, 250, 4)], &facts, &InForce::default()).unwrap();
    assert_eq!(priced.totals.pay, cny(1_000));
    let row = Row { stage: Stage::Agreed, offer: None, amount: cny(1_000), borne_by: None };
    assert_eq!(priced.lines[0].price.ledger, [row]);
    assert!(priced.shops[0].charges.is_empty());
}

#[test]
fn what_cannot_be_priced_is_refused_by_name() {
    let with = |change: fn(&mut Line)| {
        let mut changed = line(1, 1, 1, 100, 1);
        change(&mut changed);
        code(price(&[changed], &facts(), &InForce::default()))
    };
    assert_eq!(with(|_| ()), "fine");
    assert_eq!(with(|line| line.unit_price = cny(-1)), "amount_negative");
    assert_eq!(with(|line| line.unit_price = Money::new(1, Currency::JPY)), "currency_mismatch");
    assert_eq!(with(|line| line.unit_price = cny(10_000_000_000_001)), "too_large");
    assert_eq!(with(|line| (line.unit_price, line.quantity) = (cny(i64::MAX), units(1_000_000))), "too_large");
    assert_eq!(code(price(&[], &facts(), &InForce::default())), "no_lines");
    let doubled = [line(1, 1, 1, 100, 1), line(1, 1, 2, 100, 1)];
    assert_eq!(code(price(&doubled, &facts(), &InForce::default())), "position_doubled");
    assert_eq!(code(price(&[line(1, 1, 1, 1, 1)], &facts(), &in_force(&[(1, -1, None)]))), "amount_negative");
    assert_eq!(code(PricePer::try_from(10)), "price_scale_unknown");
    assert_eq!(code(Units::new(1_000_001)), "too_large");
    assert_eq!(code(Units::new(0)), "out_of_range");
}

#[test]
fn a_refusal_names_the_field() {
    let lines = [line(1, 1, 1, 100, 1), line(2, 1, 1, -100, 1)];
    let error = price(&lines, &facts(), &InForce::default()).unwrap_err();
    assert_eq!(error.to_string(), "amount_negative at lines[1].unit_price");
}

#[test]
fn the_limits_are_exact() {
    let many = |count: i64| (1..=count).map(|n| line(n, 1, n, 1, 1)).collect::<Vec<_>>();
    let quotation = Facts { basis: Basis::Agreed, limits: Limits::QUOTATION, ..facts() };
    for (count, facts, expected) in [
        (120, &facts(), "fine"),
        (121, &facts(), "too_many"),
        (5_000, &quotation, "fine"),
        (5_001, &quotation, "too_many"),
    ] {
        assert_eq!(code(price(&many(count), facts, &InForce::default())), expected, "{count} lines");
    }
    let most = line(1, 1, 1, 10_000_000, 1_000_000);
    assert_eq!(
        price(std::slice::from_ref(&most), &facts(), &InForce::default()).unwrap().totals.pay,
        cny(10_000_000_000_000)
    );
    let over = [most, line(2, 1, 2, 1, 1)];
    assert_eq!(
        price(&over, &facts(), &InForce::default()).unwrap_err().to_string(),
        "too_large at total most=10000000000000"
    );
    let lower = Facts { limits: Limits { line_units: 10, ..Limits::CART }, ..facts() };
    assert_eq!(code(price(&[line(1, 1, 1, 1, 11)], &lower, &InForce::default())), "too_large");
}

#[test]
fn every_refusal_has_the_code_of_its_name() {
    for (name, code, kind) in Refusal::ALL {
        assert_eq!(kernel::error::snake_case(name), *code);
        assert!(matches!(kind, Kind::Invalid | Kind::Conflict | Kind::Missing));
    }
}

#[test]
fn stored_words_are_stable() {
    let stages = [Stage::Regular, Stage::Agreed, Stage::Freight];
    assert_eq!(stages.map(Stage::word), ["regular", "agreed", "freight"]);
    let bearers = [Bearer::Shop, Bearer::Platform, Bearer::Supplier, Bearer::Brand];
    assert_eq!(bearers.map(Bearer::word), ["shop", "platform", "supplier", "brand"]);
    assert_eq!(ChargeKind::Freight.word(), "freight");
}

// ---- freight -----------------------------------------------------------------------------------------------

#[test]
fn freight_is_judged_shop_by_shop() {
    let lines = [line(1, 1, 1, 7_900, 1), line(2, 2, 2, 9_900, 1), line(3, 3, 3, 100, 1)];
    let rules = in_force(&[(1, 1_000, Some(9_900)), (2, 1_200, Some(9_900))]);
    let priced = price(&lines, &facts(), &rules).unwrap();
    let paid: Vec<_> = priced.shops.iter().map(|shop| shop.totals.charges.minor).collect();
    assert_eq!(paid, [1_000, 0, 0]);
    assert_eq!(priced.totals.pay, cny(7_900 + 1_000 + 9_900 + 100));
    let miss = NearMiss { shop: shop(1), more: cny(2_000), gain: Gain::FreeFreight { saves: cny(1_000) } };
    assert_eq!(priced.near_misses, [miss]);
    assert!(!priced.shops[0].charges[0].commissionable);
    assert!(priced.shops[2].charges.is_empty());
}

#[test]
fn freight_that_is_free_stands_in_the_ledger_as_the_shops_gift() {
    let priced = price(&[line(1, 1, 1, 9_900, 1)], &facts(), &in_force(&[(1, 1_000, Some(9_900))])).unwrap();
    let freight = &priced.shops[0].charges[0].price;
    assert_eq!((freight.gross, freight.cash), (cny(1_000), cny(0)));
    assert_eq!(freight.given_by(Bearer::Shop), cny(1_000));
    assert!(freight.balances() && freight.ledger.len() == 2);
}

#[test]
fn only_what_the_shop_gives_can_cost_free_freight() {
    for (bearer, expected) in [(Bearer::Shop, 1_000), (Bearer::Platform, 0), (Bearer::Brand, 0)] {
        let mut lines = opening::open(&[line(1, 1, 1, 6_000, 1)], &facts()).unwrap();
        lines[0].price.lower(Stage::Regular, None, 500, bearer);
        let freight = freight::charge(&lines, &facts(), &in_force(&[(1, 1_000, Some(5_900))])).unwrap();
        assert_eq!(freight[0].charge.as_ref().unwrap().price.cash, cny(expected), "{bearer:?}");
    }
}

#[test]
fn commission_on_freight_is_a_switch() {
    let facts = Facts { commission_on_freight: Some(bp(800)), ..facts() };
    let priced = price(&[line(1, 1, 1, 100, 1)], &facts, &in_force(&[(1, 1_000, None)])).unwrap();
    let freight = &priced.shops[0].charges[0];
    assert!(freight.commissionable);
    assert_eq!(commission(freight.price.after_shop(), freight.commission), cny(80));
}

#[test]
fn a_reduction_takes_no_more_than_is_left() {
    let mut price = Price::open(Stage::Regular, cny(100));
    price.lower(Stage::Regular, None, 70, Bearer::Platform);
    price.lower(Stage::Regular, None, 70, Bearer::Shop);
    price.lower(Stage::Regular, None, 70, Bearer::Shop);
    assert_eq!((price.cash, price.after_shop()), (cny(0), cny(70)));
    assert!(price.balances() && price.ledger.len() == 3);
}

// ---- refunds -----------------------------------------------------------------------------------------------

fn paid(number: i64, quantity: i64, cash: i64) -> PaidLine {
    PaidLine::new(number, units(quantity), bp(500), Part::of(cny(cash)).unwrap())
}

fn paid_order(freight: i64) -> PaidOrder {
    let charge = PaidLine::new(1, units(1), BasisPoints::ZERO, Part::of(cny(freight)).unwrap());
    PaidOrder { currency: Currency::CNY, lines: vec![paid(1, 3, 1_000), paid(2, 1, 500)], charges: vec![charge] }
}

const UNSHIPPED: Circumstances = Circumstances { shipped: false, sellers_fault: false };
const SHIPPED: Circumstances = Circumstances { shipped: true, sellers_fault: false };

#[test]
fn freight_goes_back_with_the_last_unit_of_an_order_that_was_not_shipped() {
    let order = paid_order(800);
    let whole = refund(&order, &order.rest(), UNSHIPPED).unwrap();
    assert_eq!((whole.cash, whole.commission_back), (cny(2_300), cny(75)));
    assert_eq!(whole.cash.minor, order.stays_paid().unwrap().minor);
    assert_eq!(whole.commission_back, order.commission().unwrap());
    let shipped = refund(&order, &order.rest(), SHIPPED).unwrap();
    assert_eq!((shipped.cash, shipped.charges.len()), (cny(1_500), 0));
    let fault = Circumstances { sellers_fault: true, ..SHIPPED };
    assert_eq!(refund(&order, &order.rest(), fault).unwrap().cash, cny(2_300));
    let part = [Asked { line: 1, units: units(3) }];
    assert_eq!(refund(&order, &part, UNSHIPPED).unwrap().cash, cny(1_000));
}

#[test]
fn free_freight_cannot_be_refunded() {
    let order = paid_order(0);
    let whole = refund(&order, &order.rest(), UNSHIPPED).unwrap();
    assert_eq!((whole.cash, whole.charges[0].cash), (cny(1_500), cny(0)));
}

#[test]
fn a_refund_goes_on_from_what_went_back_before() {
    let mut order = paid_order(800);
    let cash = Part::of(cny(1_000)).unwrap().with_negotiated(cny(100)).unwrap().with_returned(cny(300)).unwrap();
    order.lines[0] = PaidLine::new(1, units(3), bp(500), cash).with_units_back(1).unwrap();
    assert_eq!(order.rest(), [Asked { line: 1, units: units(2) }, Asked { line: 2, units: units(1) }]);
    let whole = refund(&order, &order.rest(), UNSHIPPED).unwrap();
    assert_eq!(whole.cash, cny(600 + 500 + 800));
}

#[test]
fn what_cannot_go_back_is_refused_by_name() {
    let order = paid_order(800);
    let ask = |asked: &[(i64, i64)]| {
        let asked: Vec<_> = asked.iter().map(|(line, count)| Asked { line: *line, units: units(*count) }).collect();
        code(refund(&order, &asked, SHIPPED))
    };
    assert_eq!(ask(&[]), "no_lines");
    assert_eq!(ask(&[(3, 1)]), "line_unknown");
    assert_eq!(ask(&[(1, 1), (1, 1)]), "line_doubled");
    assert_eq!(ask(&[(1, 4)]), "refund_exceeds_units");
    assert_eq!(ask(&[(1, 3), (2, 1)]), "fine");
    let part = Part::of(cny(100)).unwrap();
    assert_eq!(code(part.with_returned(cny(60)).unwrap().with_negotiated(cny(41))), "refund_exceeds_paid");
    assert_eq!(code(part.with_negotiated(Money::new(1, Currency::JPY))), "currency_mismatch");
    assert_eq!(code(Part::of(cny(-1))), "amount_negative");
    assert_eq!(code(paid(1, 2, 100).allow(cny(0))), "out_of_range");
    assert_eq!(code(paid(1, 2, 100).allow(cny(-1))), "amount_negative");
    assert_eq!(code(paid(1, 2, 100).with_units_back(3)), "refund_exceeds_units");
}

#[test]
fn what_the_shop_gave_is_neither_kept_nor_given_back() {
    let part = |minor| Part::of(cny(minor)).unwrap();
    let line = paid(1, 2, 700).with_borne(Bearer::Shop, part(200)).unwrap();
    let mut line = line.with_borne(Bearer::Platform, part(100)).unwrap();
    assert_eq!((line.stays_paid().unwrap(), line.commission().unwrap()), (cny(800), cny(40)));
    let back = line.give_back(units(1)).unwrap();
    assert_eq!((back.cash, back.borne, back.commission_back), (cny(350), vec![(Bearer::Platform, cny(50))], cny(20)));
}

#[test]
fn the_net_amount_is_rounded_and_the_tax_is_the_rest() {
    for (amount, rate, tax) in
        [(998, 600, 56), (999, 600, 57), (100, 0, 0), (0, 600, 0), (3, 10_000, 1), (1, 10_000, 0)]
    {
        assert_eq!(Tax::inside(cny(amount), "vat", bp(rate)).part, cny(tax), "{amount} at {rate}");
    }
    assert_eq!(Tax::none(Currency::CNY).part, cny(0));
}

// ---- properties --------------------------------------------------------------------------------------------

fn any_line() -> impl Strategy<Value = Line> {
    let per = prop::sample::select(vec![PricePer::One, PricePer::Hundred, PricePer::Thousand]);
    (1..4_i64, 1..6_i64, 0..200_000_i64, 1..2_000_i64, per, 0..=2_000_i64).prop_map(
        |(shop, sku, price, quantity, per, rate)| Line {
            per,
            commission: bp(rate),
            ..line(0, shop, sku, price, quantity)
        },
    )
}

fn any_lines() -> impl Strategy<Value = Vec<Line>> {
    prop::collection::vec(any_line(), 1..40).prop_map(|mut lines| {
        for (line, position) in lines.iter_mut().zip(1..) {
            line.position = position;
        }
        lines
    })
}

fn any_rules() -> impl Strategy<Value = InForce> {
    let rule = (1..4_i64, 0..3_000_i64, prop::option::of(0..1_000_000_i64));
    prop::collection::vec(rule, 0..4).prop_map(|rules| in_force(&rules))
}

/// What is taken away from a line, by whom; more than there is may be asked.
fn any_reductions() -> impl Strategy<Value = Vec<(usize, i64, Bearer)>> {
    let bearer = prop::sample::select(vec![Bearer::Shop, Bearer::Platform, Bearer::Supplier, Bearer::Brand]);
    prop::collection::vec((0..40_usize, 0..500_000_i64, bearer), 0..60)
}

proptest! {
    #[test]
    fn everything_sums_up_and_nothing_is_negative(
        lines in any_lines(), rules in any_rules(), reductions in any_reductions()
    ) {
        let facts = facts();
        let mut open = opening::open(&lines, &facts).unwrap();
        for (at, minor, bearer) in reductions {
            let at = at % open.len();
            open[at].price.lower(Stage::Regular, None, minor, bearer);
        }
        let freight = freight::charge(&open, &facts, &rules).unwrap();
        let priced = priced::sum_up(open, freight, &facts).unwrap();

        let charges = || priced.shops.iter().flat_map(|shop| &shop.charges).map(|charge| &charge.price);
        let goods = || priced.lines.iter().map(|line| &line.price);
        for price in goods().chain(charges()) {
            let reductions: i64 = price.ledger[1..].iter().map(|row| -row.amount.minor).sum();
            prop_assert!(price.balances());
            prop_assert_eq!(price.gross.minor, price.cash.minor + reductions);
            prop_assert!(price.cash.minor >= 0 && price.tax.part.minor == 0);
            prop_assert!(price.ledger[1..].iter().all(|row| row.amount.minor < 0 && row.borne_by.is_some()));
            prop_assert!(price.cash.minor <= price.after_shop().minor);
        }
        let total = |prices: &mut dyn Iterator<Item = &Price>| prices.map(|price| price.cash.minor).sum::<i64>();
        prop_assert_eq!(priced.totals.goods.minor, total(&mut goods()));
        prop_assert_eq!(priced.totals.charges.minor, total(&mut charges()));
        prop_assert_eq!(priced.totals.pay.minor, total(&mut goods().chain(charges())));
        prop_assert_eq!(priced.totals.goods_gross.minor, goods().map(|price| price.gross.minor).sum::<i64>());
        let by_shop: i64 = priced.shops.iter().map(|shop| shop.totals.pay.minor).sum();
        prop_assert_eq!(priced.totals.pay.minor, by_shop);
        let of_shops: usize = priced.shops.iter().map(|shop| priced.lines_of(shop.shop).len()).sum();
        prop_assert_eq!(of_shops, priced.lines.len());
        prop_assert!(priced.near_misses.iter().all(|miss| miss.more.minor > 0));
    }

    #[test]
    fn the_order_of_the_lines_does_not_matter(
        (lines, shuffled) in any_lines().prop_flat_map(|lines| (Just(lines.clone()), Just(lines).prop_shuffle())),
        rules in any_rules()
    ) {
        let one = price(&lines, &facts(), &rules).unwrap();
        prop_assert_eq!(one, price(&shuffled, &facts(), &rules).unwrap());
    }

    #[test]
    fn any_sequence_of_returns_ends_at_exactly_zero(
        quantity in 1..40_i64, cash in 0..100_000_i64, borne in 0..10_000_i64, rate in 0..=10_000_i64,
        steps in prop::collection::vec((any::<bool>(), 1..6_i64, 1..5_000_i64), 0..60)
    ) {
        let part = |minor| Part::of(cny(minor)).unwrap();
        let fresh = PaidLine::new(1, units(quantity), bp(rate), part(cash));
        let mut line = fresh.with_borne(Bearer::Platform, part(borne)).unwrap();
        let commission = line.commission().unwrap();
        let (mut cash_back, mut borne_back, mut commission_back) = (0, 0, 0);
        let last = std::iter::repeat_n((true, 1, 0), quantity as usize);
        for (returns, count, amount) in steps.into_iter().chain(last) {
            let before = line.clone();
            let given = if returns { line.give_back(units(count)) } else { line.allow(cny(amount)) };
            let Ok(given) = given else {
                prop_assert_eq!(&line, &before, "a refusal changes nothing");
                continue;
            };
            prop_assert!(given.cash.minor >= 0 && given.commission_back.minor >= 0);
            cash_back += given.cash.minor;
            borne_back += given.borne.iter().map(|(_, part)| part.minor).sum::<i64>();
            commission_back += given.commission_back.minor;
            prop_assert_eq!(line.cash_left().minor, cash - cash_back);
        }
        prop_assert_eq!((line.units_left(), line.cash_left().minor), (0, 0));
        prop_assert_eq!(line.stays_paid().unwrap().minor, 0);
        prop_assert_eq!((cash_back, borne_back, commission_back), (cash, borne, commission.minor));
    }

    #[test]
    fn how_a_return_is_cut_up_does_not_change_its_sum(
        quantity in 2..40_i64, cash in 0..100_000_i64, cut in 1..39_i64
    ) {
        prop_assume!(cut < quantity);
        let mut whole = paid(1, quantity, cash);
        let mut pieces = whole.clone();
        let at_once = whole.give_back(units(cut)).unwrap();
        let piece_by_piece: i64 = (0..cut).map(|_| pieces.give_back(units(1)).unwrap().cash.minor).sum();
        prop_assert_eq!(at_once.cash.minor, piece_by_piece);
        prop_assert_eq!(whole, pieces);
    }

    #[test]
    fn an_unshipped_order_given_back_leaves_nothing(lines in any_lines(), rules in any_rules()) {
        let priced = price(&lines, &facts(), &rules).unwrap();
        for shop in &priced.shops {
            let line = |line: &PricedLine| {
                PaidLine::new(line.number, line.quantity, line.commission, Part::of(line.price.cash).unwrap())
            };
            let charge = |(charge, n): (&Charge, i64)| {
                PaidLine::new(n, units(1), charge.commission, Part::of(charge.price.cash).unwrap())
            };
            let order = PaidOrder {
                currency: Currency::CNY,
                lines: priced.lines_of(shop.shop).iter().map(line).collect(),
                charges: shop.charges.iter().zip(1..).map(charge).collect(),
            };
            let back = refund(&order, &order.rest(), UNSHIPPED).unwrap();
            prop_assert_eq!(back.cash, shop.totals.pay);
            prop_assert_eq!(back.commission_back, order.commission().unwrap());
        }
    }

    #[test]
    fn a_tax_inside_an_amount_is_a_part_of_it(minor in 0..10_000_000_000_000_i64, rate in 0..=10_000_i64) {
        let tax = Tax::inside(cny(minor), "vat", bp(rate));
        prop_assert!(0 <= tax.part.minor && tax.part.minor <= minor.div_euclid(2) + 1 && tax.included);
    }
}
