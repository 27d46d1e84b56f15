//! The client's own key: who sends the same request twice has done it once, and who sends another under it is told.

use super::{Ordered, Street, audit, ordered, paid, sources_of_flows, street};
use identity::Permission;
use kernel::{Actor, Id, Result, kinds};
use merchant::Verdict;
use testkit::{Market, PASSWORD, Person, cny, days};

testkit::stories![
    a_request_that_comes_twice_is_done_once,
    a_key_belongs_to_one_request,
    a_key_belongs_to_one_actor_and_one_act,
    a_request_that_was_refused_may_come_again_under_its_key,
    a_forgotten_key_is_a_new_one_and_the_state_still_guards,
    a_secret_is_shown_anew_and_opens,
];

/// The same request, twice under one key: the second is answered like the first, and changes nothing.
#[track_caller]
fn twice<T: PartialEq + std::fmt::Debug>(market: &Market, act: impl Fn() -> Result<T>) -> Result<T> {
    let first = act()?;
    let (before, heard) = (market.fingerprint(), audit(market).len());
    assert_eq!(act()?, first);
    assert_eq!((market.fingerprint(), audit(market).len()), (before, heard));
    Ok(first)
}

fn a_request_that_comes_twice_is_done_once(market: &Market) -> Result<()> {
    let Street { shop, tea, anna } = street(market);
    shop.has_bank_account();
    let anna = |key: &str| anna.under_key(key);
    let clerk = shop.by(&shop.under_key("the shop's"));
    let placed = twice(market, || anna("buys").buys(&[(tea.sku, 3)]))?;
    assert_eq!(tea.available(), 17);
    let order = placed.orders[0];
    let payment = twice(market, || anna("pays").opens_payment(placed.trade))?.expect("there is something to pay");
    market.sandbox().pay(payment.to_string()).wait()?;
    market.hears()?;
    let case = twice(market, || anna("asks").asks_back(order, &[(1, 1)], "changed_mind"))?;
    assert_eq!(market.order(order).refunded, 88_00);
    // Under another key it is another wish.
    assert_ne!(anna("asks again").asks_back(order, &[(1, 1)], "changed_mind")?, case);
    let parcel = twice(market, || {
        let (carrier, waybill) = ("sf".to_owned(), "SF1".to_owned());
        let shipment = flows::ship::Shipment { order, lines: vec![], carrier, waybill };
        flows::ship::ship(market.store(), &clerk.cx(), shipment).wait()
    })?;
    assert_eq!(market.asks(move |read| delivery::parcel(read, parcel))?.parcel.ord, order);
    twice(market, || clerk.receives(shop.id, &[(tea.sku, 5)]))?;
    assert_eq!(tea.on_hand(), 24);
    twice(market, || clerk.quotes(&anna("x"), &[(tea.sku, 1, 75_00)]))?;
    twice(market, || clerk.gives_back(order, &[(1, 1)]))?;
    twice(market, || anna("guest's").applies("china-house"))?;
    market.later(days(9))?;
    assert_eq!((market.order(order).refunded, tea.on_hand()), (3 * 88_00, 24));
    Ok(())
}

/// One key, two requests: the second is refused, however alike they are.
#[track_caller]
fn reused<T>(market: &Market, one: impl FnOnce(&Person) -> Result<T>, other: impl FnOnce(&Person) -> Result<T>) {
    reused_by(market, &market.operator(), one, other);
}

#[track_caller]
fn reused_by<T>(
    market: &Market,
    person: &Person,
    one: impl FnOnce(&Person) -> Result<T>,
    other: impl FnOnce(&Person) -> Result<T>,
) {
    let key = market.cx(Actor::Anyone).request;
    let person = person.under_key(&key);
    super::well(one(&person));
    let no = market.refuses("idempotency_key_reused", || other(&person));
    assert_eq!(no.kind(), Some(kernel::Kind::Conflict));
}

fn a_key_belongs_to_one_request(market: &Market) -> Result<()> {
    let Ordered { shop, tea, anna, placed } = paid(market);
    let (order, sku, id) = (placed.orders[0], tea.sku, shop.id);
    let (first, second) = (market.buyer("lin"), market.buyer("mei"));
    let anna_does = |one: &dyn Fn(&Person) -> Result<()>, other: &dyn Fn(&Person) -> Result<()>| {
        reused_by(market, &anna, one, other);
    };
    let shop_does = |one: &dyn Fn(&Person) -> Result<()>, other: &dyn Fn(&Person) -> Result<()>| {
        reused_by(market, &shop, one, other);
    };
    anna_does(&|anna| anna.buys(&[(sku, 1)]).map(drop), &|anna| anna.buys(&[(sku, 2)]).map(drop));
    anna_does(&|anna| anna.applies("one-house").map(drop), &|anna| anna.applies("two-house").map(drop));
    let asks = |anna: &Person, reason| anna.asks_back(order, &[(1, 1)], reason).map(drop);
    anna_does(&|anna| asks(anna, "changed_mind"), &|anna| asks(anna, "wrong_address"));
    shop_does(&|shop| shop.gives_back(order, &[(1, 1)]).map(drop), &|shop| shop.gives_back(order, &[]).map(drop));
    shop_does(&|shop| shop.receives(id, &[(sku, 1)]), &|shop| shop.receives(id, &[(sku, 2)]));
    shop_does(&|shop| shop.counts(id, sku, 50), &|shop| shop.counts(id, sku, 51));
    shop_does(&|shop| shop.prices(sku, cny(1_00)), &|shop| shop.prices(sku, cny(2_00)));
    let hires = |shop: &Person, person: &Person, permission| shop.changes_staff(id, person, permission, true);
    shop_does(&|shop| hires(shop, &first, Permission::ShopGoods), &|shop| hires(shop, &second, Permission::ShopGoods));
    shop_does(&|shop| hires(shop, &first, Permission::ShopStock), &|shop| hires(shop, &first, Permission::ShopMoney));
    let category = market.asks(move |read| catalog::head(read, tea.listing))?.category;
    let drafts = |shop: &Person, title| shop.drafts_goods(id, title, category).map(drop);
    shop_does(&|shop| drafts(shop, "puer"), &|shop| drafts(shop, "oolong"));
    let draft = shop.drafts_goods(id, "puer", category)?;
    let adds = |shop: &Person, code| shop.adds_sku(draft, code).map(drop);
    shop_does(&|shop| adds(shop, "puer-1"), &|shop| adds(shop, "puer-2"));
    shop_does(&|shop| shop.imports(id, "a", cny(1_00)).map(drop), &|shop| shop.imports(id, "b", cny(1_00)).map(drop));
    let quotes = |shop: &Person, price| market.shop_of(id).by(shop).quotes(&anna, &[(sku, 1, price)]).map(drop);
    shop_does(&|shop| quotes(shop, 75_00), &|shop| quotes(shop, 74_00));
    let parcel = shop.ships(order)?;
    let scans = |shop: &Person, state: delivery::State| {
        let source_key = kernel::Text::new(state.word())?;
        let scan = delivery::Scan { state, carrier_at: market.now(), place: None, source_key };
        flows::ship::scanned(market.store(), &shop.cx(), parcel, scan).wait()
    };
    shop_does(&|shop| scans(shop, delivery::State::PickedUp), &|shop| scans(shop, delivery::State::Signed));
    the_markets_own_people(market, id)
}

fn the_markets_own_people(market: &Market, shop: Id<kinds::Shop>) -> Result<()> {
    let (_, one) = market.applicant("one-more-house", 1);
    let (_, other) = market.applicant("another-house", 1);
    let approves = |person: &Person, shop| person.reviews_shop(shop, Verdict::Approve { deposit: None });
    reused(market, |person| approves(person, one.shop), |person| approves(person, other.shop));
    reused(market, |person| person.freezes(shop), |person| person.freezes(other.shop));
    reused(market, |person| person.unfreezes(shop), |person| person.unfreezes(other.shop));
    let (_, due) = market.applicant("third-house", 3);
    let pays = |person: &Person, minor| person.records_deposit(due.shop, cny(minor)).map(drop);
    reused(market, |person| pays(person, 1_00), |person| pays(person, 2_00));
    Ok(())
}

fn a_key_belongs_to_one_actor_and_one_act(market: &Market) -> Result<()> {
    let Street { tea, anna, .. } = street(market);
    let bert = market.buyer("bert");
    let (hers, his) = (anna.under_key("1"), bert.under_key("1"));
    let placed = hers.buys(&[(tea.sku, 1)])?;
    assert_ne!(his.buys(&[(tea.sku, 1)])?.trade, placed.trade);
    let keys = anna.key(&[Permission::Buy]).under_key("1");
    assert_ne!(keys.buys(&[(tea.sku, 1)])?.trade, placed.trade);
    assert_eq!(tea.available(), 17);
    hers.cancels(placed.trade)?;
    assert_eq!(tea.available(), 18);
    Ok(())
}

fn a_request_that_was_refused_may_come_again_under_its_key(market: &Market) -> Result<()> {
    let Ordered { shop, tea, anna, placed } = ordered(market);
    let (anna, clerk) = (anna.under_key("1"), shop.by(&shop.under_key("1")));
    market.refuses("wrong_state", || clerk.ships(placed.orders[0]));
    market.refuses("out_of_stock", || anna.buys(&[(tea.sku, 18)]));
    anna.pays(placed.trade)?;
    clerk.receives(shop.id, &[(tea.sku, 1)])?;
    clerk.ships(placed.orders[0])?;
    anna.buys(&[(tea.sku, 18)])?;
    assert_eq!(tea.available(), 0);
    Ok(())
}

fn a_forgotten_key_is_a_new_one_and_the_state_still_guards(market: &Market) -> Result<()> {
    let Ordered { shop, anna, placed, .. } = paid(market);
    let clerk = shop.by(&shop.under_key("1"));
    clerk.ships(placed.orders[0])?;
    anna.under_key("1").confirms(placed.orders[0])?;
    market.later(days(9))?;
    assert!(flows::worker::forget_answers(market.flows())? > 0);
    market.refuses("wrong_state", || clerk.ships(placed.orders[0]));
    market.refuses("wrong_state", || anna.under_key("1").confirms(placed.orders[0]));
    Ok(())
}

fn a_secret_is_shown_anew_and_opens(market: &Market) -> Result<()> {
    let Street { tea, anna, .. } = street(market);
    let (gina, _) = market.guest_buys("gina@example.com", &[(tea.sku, 1)])?;
    let guest = gina.under_key("1");
    let link = || flows::checkout::guest_link(market.store(), &guest.cx(), guest.id);
    let logs_in = || anna.under_key("1").logs_in("anna@example.com", PASSWORD);
    // The secret is kept nowhere, so a request that comes again gets another one, and both open.
    for (token, actor) in
        [(link()?, &gina.actor), (link()?, &gina.actor), (logs_in()?, &anna.actor), (logs_in()?, &anna.actor)]
    {
        let (token, now) = (token.to_string(), market.now());
        let session = market.asks(move |read| identity::session(read, &token, now))?;
        assert_eq!(session.map(|session| session.actor()).as_ref(), Some(actor));
    }
    Ok(())
}

/// What needs no body: the request that began it says it, or it shows a secret and is therefore never the same twice.
const WITHOUT_BODY: [(&str, &str); 3] = [
    ("payment.sent", "payment.intend has said it"),
    ("payment.failed", "payment.intend has said it"),
    ("payout.fold", "comes from the market itself"),
];

#[test]
fn every_act_that_takes_a_request_says_what_was_asked_for() {
    let mut silent = Vec::new();
    for (_, text) in sources_of_flows() {
        for (at, begin) in text.match_indices("Act::new(\"") {
            let rest = &text[at + begin.len()..];
            let (name, rest) = rest.split_once('"').expect("a name ends");
            // Only a context that was handed in may bear a client's key.
            if let Some(after) = rest.strip_prefix(", cx)") {
                let exempt = WITHOUT_BODY.iter().any(|(known, _)| *known == name);
                if !after.trim_start().starts_with(".over(") && !exempt && !name.starts_with("timer.") {
                    silent.push(name.to_owned());
                }
            }
        }
    }
    assert_eq!(silent, Vec::<String>::new());
}
