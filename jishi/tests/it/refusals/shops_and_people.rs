//! Who wants in: names that are taken, passwords that are wrong, shops that are not ready, payouts that are not due.

use super::{paid, street};
use flows::payout::PayoutWish;
use identity::Permission;
use kernel::{Currency, Id, Money, Result, kinds};
use merchant::Verdict;
use testkit::{Market, PASSWORD, Shop, cny, days, minutes};

testkit::stories![
    a_name_in_addresses_belongs_to_one_shop,
    a_log_in_belongs_to_one_person,
    five_wrong_passwords_lock_the_log_in,
    a_log_in_that_there_is_not_is_locked_alike,
    a_shop_opens_step_by_step,
    a_deposit_is_taken_as_far_as_it_is_due,
    a_permission_of_another_sort_is_not_granted,
    no_more_is_paid_out_than_is_free,
];

fn a_name_in_addresses_belongs_to_one_shop(market: &Market) -> Result<()> {
    let (anna, bert) = (market.buyer("anna"), market.buyer("bert"));
    anna.applies("tea-house")?;
    market.refuses("slug_taken", || bert.applies("tea-house"));
    market.refuses("slug_taken", || anna.applies("tea-house"));
    for slug in ["Tea-House", "tea house", "tea--house", "-tea", "te", "茶-house", "tea/house", "tea\u{0}house", ""] {
        market.refuses("malformed", || bert.applies(slug));
    }
    bert.applies("tea-house-2").map(drop)
}

fn a_log_in_belongs_to_one_person(market: &Market) -> Result<()> {
    market.buyer("anna");
    for login in ["anna@example.com", "Anna@Example.COM", "  anna@example.com "] {
        market.refuses("login_taken", || market.registers(login.parse()?, "another"));
    }
    market.registers("13800000000".parse()?, "by phone")?;
    for login in ["+86 138 0000 0000", "0086-138-0000-0000", "(138) 0000 0000"] {
        market.refuses("login_taken", || market.registers(login.parse()?, "another"));
    }
    for login in ["anna", "@", "anna@", "anna@example", "a b@example.com", "a\u{0}@example.com", "12", "+0123456789"] {
        market.refuses("malformed", || market.registers(login.parse()?, "another"));
    }
    assert_eq!(identity::Password::new("short").err().map(|no| no.code()), Some("password_too_short"));
    Ok(())
}

fn wrong(market: &Market, login: &str, password: &str) {
    let said = market.anyone().logs_in(login, password).map(drop);
    assert_eq!(said.err().map(|no| no.code()), Some("login_failed"), "{login}");
}

fn five_wrong_passwords_lock_the_log_in(market: &Market) -> Result<()> {
    let (anna, bert) = (market.buyer("anna"), market.buyer("bert"));
    let logs_in = |password: &str| anna.logs_in("anna@example.com", password).map(drop);
    (0..4).for_each(|n| wrong(market, "anna@example.com", &format!("guess {n} at it")));
    // Whoever knows it in time begins anew.
    logs_in(PASSWORD)?;
    (0..5).for_each(|n| wrong(market, "anna@example.com", &format!("guess {n} at it")));
    market.refuses("too_many_attempts", || logs_in("guess 6 at it"));
    market.refuses("too_many_attempts", || logs_in(PASSWORD));
    // It is her log-in that is locked, not the door.
    bert.logs_in("bert@example.com", PASSWORD)?;
    market.later(minutes(15) - 1)?;
    market.refuses("too_many_attempts", || logs_in(PASSWORD));
    market.later(1)?;
    logs_in(PASSWORD)
}

fn a_log_in_that_there_is_not_is_locked_alike(market: &Market) -> Result<()> {
    (0..5).for_each(|_| wrong(market, "nobody@example.com", PASSWORD));
    market.refuses("too_many_attempts", || market.anyone().logs_in("nobody@example.com", PASSWORD));
    Ok(())
}

fn a_shop_opens_step_by_step(market: &Market) -> Result<()> {
    let operator = market.operator();
    let approves = |shop| operator.reviews_shop(shop, Verdict::Approve { deposit: None });
    for steps in 0..6 {
        let (person, applied) = market.applicant(&format!("house-{steps}"), steps);
        let shop = applied.shop;
        let tries: [&dyn Fn() -> Result<()>; 5] = [
            &|| person.submits_shop(shop),
            &|| approves(shop),
            &|| person.signs(shop),
            &|| operator.records_deposit(shop, cny(1_00)).map(drop),
            &|| person.opens(shop),
        ];
        // Each step waits for the one before, and none is done twice.
        for (_, step) in tries.iter().enumerate().filter(|(at, _)| *at != steps) {
            market.refuses("wrong_state", step);
        }
        if steps < 5 {
            let closed = market.shop_of(shop);
            market.refuses("shop_not_open", || closed.imports(shop, "tea", cny(1_00)));
            market.refuses("shop_not_open", || operator.imports(shop, "tea", cny(1_00)));
        }
        market.refuses("wrong_state", || operator.unfreezes(shop));
    }
    let unknown = Id::<kinds::Shop>::from_raw(1 << 40);
    market.refuses("not_found", || operator.freezes(unknown));
    market.refuses("not_found", || approves(unknown));
    Ok(())
}

fn a_deposit_is_taken_as_far_as_it_is_due(market: &Market) -> Result<()> {
    let (operator, shop) = (market.operator(), market.applicant("tea-house", 3).1.shop);
    for amount in [cny(0), cny(-1), cny(i64::MIN + 1)] {
        market.refuses("out_of_range", || operator.records_deposit(shop, amount));
    }
    market.refuses("deposit_exceeds_due", || operator.records_deposit(shop, cny(1_000_01)));
    market.refuses("currency_mismatch", || operator.records_deposit(shop, Money::new(1_00, Currency::USD)));
    operator.records_deposit(shop, cny(400_00))?;
    market.refuses("deposit_exceeds_due", || operator.records_deposit(shop, cny(600_01)));
    assert!(operator.records_deposit(shop, cny(600_00))?);
    Ok(())
}

fn a_permission_of_another_sort_is_not_granted(market: &Market) -> Result<()> {
    let street = street(market);
    let shop = &street.shop;
    let grants = |person: &testkit::Person, permission| shop.changes_staff(shop.id, person, permission, true);
    let (gina, _) = market.guest_buys("gina@example.com", &[(street.tea.sku, 1)])?;
    for permission in [Permission::MarketMoney, Permission::MarketPeople, Permission::MerchantBank, Permission::Buy] {
        market.refuses("scope_mismatch", || grants(&street.anna, permission));
        // Nor to oneself.
        market.refuses("scope_mismatch", || grants(shop, permission));
    }
    market.refuses("not_a_person", || grants(&gina, Permission::ShopGoods));
    market.refuses("not_found", || grants(&market.anyone(), Permission::ShopGoods));
    Ok(())
}

fn asks(market: &Market, shop: &Shop, amount: Option<Money>) -> Result<Id<kinds::Payout>> {
    flows::payout::ask(market.flows(), &shop.cx(), PayoutWish { shop: shop.id, amount })
}

fn no_more_is_paid_out_than_is_free(market: &Market) -> Result<()> {
    let street = paid(market);
    let shop = &street.shop;
    market.refuses("no_bank_account", || asks(market, shop, None));
    shop.has_bank_account();
    market.refuses("account_cooling", || asks(market, shop, Some(cny(100_00))));
    market.later(days(3))?;
    market.refuses("payout_below_minimum", || asks(market, shop, None));
    market.refuses("balance_short", || asks(market, shop, Some(cny(100_00))));
    shop.ships(street.order())?;
    street.anna.confirms(street.order())?;
    market.refuses("balance_short", || asks(market, shop, Some(cny(100_00))));
    market.later(days(8))?;
    flows::payout::gather(market.flows(), shop.id)?;
    // 264.00 less 5 % commission, less the tenth that is held back.
    let free = 225_72;
    for minor in [0, -1, i64::MIN + 1] {
        market.refuses("payout_below_minimum", || asks(market, shop, Some(cny(minor))));
    }
    for minor in [free + 1, i64::MAX] {
        market.refuses("balance_short", || asks(market, shop, Some(cny(minor))));
    }
    market.refuses("currency_mismatch", || asks(market, shop, Some(Money::new(free, Currency::USD))));
    asks(market, shop, Some(cny(free - 100_00)))?;
    market.refuses("balance_short", || asks(market, shop, Some(cny(100_01))));
    asks(market, shop, Some(cny(100_00)))?;
    market.later(minutes(1))?;
    market.refuses("payout_below_minimum", || asks(market, shop, None));
    Ok(())
}
