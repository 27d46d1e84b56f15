//! Buyers without an account, and what becomes of their orders when they get one.

use flows::checkout::Reach;
use kernel::Result;
use order::State;
use testkit::{Market, cny, days};

testkit::stories![
    a_guest_buys_pays_and_confirms_without_an_account,
    a_guests_link_opens_his_order_and_nobody_elses,
    a_guest_joins_the_account_that_proves_his_e_mail,
    an_account_that_has_not_proven_the_e_mail_gets_nothing,
    a_guests_cart_joins_the_accounts,
    a_guest_who_had_a_cart_is_found_by_what_he_left_at_checkout,
];

fn a_guest_buys_pays_and_confirms_without_an_account(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let tea = shop.sells("longjing", cny(88_00)).stock(3);
    let (gina, placed) = market.guest_buys("gina@example.com", &[(tea.sku, 1)])?;
    market.refuses("login_needed", || market.anyone().opens_payment(placed.trade));
    gina.pays(placed.trade)?;
    shop.ships(placed.orders[0])?;
    gina.confirms(placed.orders[0])?;
    assert_eq!(market.order(placed.orders[0]).state, State::Completed);
    Ok(())
}

fn a_guests_link_opens_his_order_and_nobody_elses(market: &Market) -> Result<()> {
    let tea = market.shop("tea-house").sells("longjing", cny(88_00)).stock(3);
    let (gina, hers) = market.guest_buys("gina@example.com", &[(tea.sku, 1)])?;
    let (hans, his) = market.guest_buys("hans@example.com", &[(tea.sku, 1)])?;
    let link = flows::checkout::guest_link(market.store(), &gina.cx(), gina.id)?.to_string();
    let opens = |link: String, at| {
        let session = market.asks(move |read| identity::session(read, &link, at))?;
        Ok::<_, kernel::Error>(session.map(|session| session.actor()))
    };
    let now = market.now();
    assert_eq!(opens(link.clone(), now)?, Some(gina.actor.clone()));
    let forged = link.replace(&gina.id.to_string()[..4], &hans.id.to_string()[..4]).replace('0', "1");
    assert_eq!(opens(forged, now)?, None);
    assert_eq!(opens(link, now.plus(days(90)))?, None);
    market.refuses("not_found", || gina.cancels(his.trade));
    market.refuses("not_found", || hans.cancels(hers.trade));
    gina.cancels(hers.trade)
}

fn a_guest_joins_the_account_that_proves_his_e_mail(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let tea = shop.sells("longjing", cny(88_00)).stock(3);
    let (first, one) = market.guest_buys("gina@example.com", &[(tea.sku, 1)])?;
    let (second, two) = market.guest_buys("Gina@Example.com", &[(tea.sku, 1)])?;
    let gina = market.buyer("gina");
    market.refuses("not_found", || gina.cancels(one.trade));
    let mut joined = gina.verifies("gina@example.com")?;
    joined.sort();
    assert_eq!(joined, [first.id, second.id]);
    // Nothing moves: the orders stay where they are, and answer to her.
    gina.pays(one.trade)?;
    gina.cancels(two.trade)?;
    shop.ships(one.orders[0])?;
    gina.confirms(one.orders[0])?;
    assert_eq!(market.order(one.orders[0]).buyer, first.id);
    let id = gina.id;
    assert_eq!(market.asks(move |read| identity::homes_of(read, id))?.len(), 3);
    assert_eq!(gina.verifies("gina@example.com")?, []);
    Ok(())
}

fn an_account_that_has_not_proven_the_e_mail_gets_nothing(market: &Market) -> Result<()> {
    let tea = market.shop("tea-house").sells("longjing", cny(88_00)).stock(3);
    let (_, placed) = market.guest_buys("gina@example.com", &[(tea.sku, 1)])?;
    let mallory = market.buyer("mallory");
    market.refuses("not_found", || mallory.verifies("gina@example.com"));
    let taken = "gina@example.com".parse()?;
    let gina = market.registers(taken, "somebody")?;
    market.refuses("not_found", || gina.cancels(placed.trade));
    market.refuses("login_taken", || market.registers("gina@example.com".parse()?, "another"));
    Ok(())
}

fn a_guests_cart_joins_the_accounts(market: &Market) -> Result<()> {
    let tea = market.shop("tea-house").sells("longjing", cny(88_00)).stock(9);
    let (gina, _) = market.guest_buys("gina@example.com", &[(tea.sku, 1)])?;
    let account = market.buyer("gina");
    for (buyer, units) in [(gina.id, 2), (account.id, 1)] {
        let units = kernel::Units::new(units)?;
        let put = cart::Put { sku: tea.sku, listing: tea.listing, shop: tea.shop, units, seen_price: cny(88_00) };
        market.acts(move |tx| {
            let limits = flows::register::cart_limits(&market::settings(tx)?);
            cart::put(tx, buyer, put, limits)
        })?;
    }
    let link = flows::checkout::guest_link(market.store(), &gina.cx(), gina.id)?;
    flows::register::bring_cart(market.store(), &account.cx(), link).wait()?;
    let id = account.id;
    let lines = market.asks(move |read| cart::lines(read, id))?;
    assert_eq!(lines.iter().map(|line| line.units.get()).collect::<Vec<_>>(), [2]);
    Ok(())
}

fn a_guest_who_had_a_cart_is_found_by_what_he_left_at_checkout(market: &Market) -> Result<()> {
    let tea = market.shop("tea-house").sells("longjing", cny(88_00)).stock(3);
    let token = market.anyone().begins_as_guest()?.to_string();
    let now = market.now();
    let session = market.asks(move |read| identity::session(read, &token, now))?.unwrap();
    let guest = market.person(session.actor());
    guest.puts_in_cart(tea.sku, 1)?;
    let mut wish = testkit::checkout(&[(tea.sku, 1)])?;
    wish.contact = Some(Reach { email: Some("gina@example.com".to_owned()), ..Reach::default() });
    let placed = guest.checks_out(wish)?;
    let gina = market.buyer("gina");
    assert_eq!(gina.verifies("gina@example.com")?, [session.party]);
    gina.cancels(placed.trade)
}
