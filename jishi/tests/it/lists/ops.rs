//! What the market's people see is the whole market.

use super::{Told, told, walks, whole};
use kernel::{Currency, Id, Locale, Result, kinds};
use ledger::Account;
use merchant::ShopState;
use order::State;
use store::Outcome;
use testkit::{Market, cny, hours, minutes};
use views::ops::{self, AuditFilter, OrderFilter};

testkit::stories![
    the_operators_home_counts_what_waits,
    all_orders_are_there_by_state_and_by_shop,
    shops_and_goods_are_there_to_be_reviewed,
    one_walks_from_the_trial_balance_to_the_order,
    timers_and_events_are_there_until_they_ran,
    the_audit_log_is_read_by_actor_act_subject_and_outcome,
    what_is_stuck_is_there_to_be_looked_after,
];

fn the_operators_home_counts_what_waits(market: &Market) -> Result<()> {
    let Told { shop, anna, tea, case, .. } = told(market)?;
    shop.disagrees(case)?;
    market.applicant("silk-house", 1);
    anna.buys(&[(tea.sku, 1)])?;
    let now = market.now();
    let home = market.asks(move |read| ops::home(read, now))?;
    assert_eq!((home.shops.n, home.cases.n, home.events_failed.n, home.timers.n), (1, 1, 0, 0));
    assert!(home.events.n > 0 && home.rule_by == market.case(case).answer_by);
    let late = now.plus(hours(100_000));
    assert!(market.asks(move |read| ops::home(read, late))?.timers.n > 0);
    let cases = whole(market, ops::cases)?;
    assert_eq!(cases.iter().map(|card| card.id).collect::<Vec<_>>(), [case]);
    Ok(())
}

fn all_orders_are_there_by_state_and_by_shop(market: &Market) -> Result<()> {
    let Told { shop, orders, .. } = told(market)?;
    let other = market.shop("china-house");
    market.later(minutes(1))?;
    let cup = other.sells("cup", cny(5_00)).stock(1);
    let foreign = market.buyer("berta").has_bought(&[(cup.sku, 1)])?.orders[0];
    market.works()?;
    let of = |filter: OrderFilter| {
        let cards = whole(market, move |read, after, limit| ops::orders(read, filter, after, limit, Locale::Zh))?;
        Ok::<_, kernel::Error>(cards.iter().map(|card| card.id).collect::<Vec<_>>())
    };
    let mut all = vec![foreign];
    all.extend(orders.iter().rev());
    assert_eq!(of(OrderFilter::default())?, all);
    assert_eq!(of(OrderFilter { state: Some(State::Paid), shop: None })?, [foreign, orders[4]]);
    assert_eq!(of(OrderFilter { state: None, shop: Some(other.id) })?, [foreign]);
    assert_eq!(of(OrderFilter { state: Some(State::Paid), shop: Some(shop.id) })?, [orders[4]]);
    Ok(())
}

fn shops_and_goods_are_there_to_be_reviewed(market: &Market) -> Result<()> {
    let open = market.shop("tea-house");
    let (_, applied) = market.applicant("silk-house", 1);
    let (_, signed) = market.applicant("china-house", 3);
    let of = |state| {
        let shops = whole(market, move |read, after, limit| ops::shops(read, state, after, limit))?;
        Ok::<_, kernel::Error>(shops.iter().map(|shop| shop.id).collect::<Vec<_>>())
    };
    let mut all = of(None)?;
    all.sort();
    let mut known = [open.id, applied.shop, signed.shop];
    known.sort();
    assert_eq!(all, known);
    assert_eq!(of(Some(ShopState::ContractSigned))?, [signed.shop]);
    let id = signed.shop;
    let review = market.asks(move |read| ops::shop(read, id))?;
    assert_eq!((review.papers[0].number.as_str(), review.contracts.len()), ("****002X", 1));
    assert_eq!((review.legal_name.as_str(), review.changes.len()), ("张三", review.changes.len()));
    assert!(review.changes.len() >= 3);
    // The category is there once the operator has brought goods into it.
    open.sells("longjing", cny(88_00));
    let put = open.person().imports(open.id, "keemun", cny(10_00))?;
    let listing = put.listing;
    if market.asks(move |read| catalog::listing(read, listing))?.head.state == catalog::State::Draft {
        open.person().submits_goods(listing)?;
    }
    let now = market.now();
    let queue = whole(market, move |read, after, limit| ops::goods_queue(read, after, limit, now, Locale::Zh))?;
    let told: Vec<_> = queue.iter().map(|card| (card.id, card.shop.id, card.title.as_str())).collect();
    assert_eq!(told, [(listing, open.id, "keemun")]);
    market.operator().reviews_goods(listing, queue[0].version, true)?;
    assert!(whole(market, move |read, after, limit| ops::goods_queue(read, after, limit, now, Locale::Zh))?.is_empty());
    Ok(())
}

fn one_walks_from_the_trial_balance_to_the_order(market: &Market) -> Result<()> {
    let Told { orders, .. } = told(market)?;
    let trial = market.asks(ops::trial_balance)?;
    assert_eq!(trial.totals.iter().map(|total| total.difference).collect::<Vec<_>>(), [cny(0)]);
    assert!(trial.totals[0].debit.minor > 0);
    for row in &trial.rows {
        assert_eq!(row.balance.minor, market.balance(row.account), "{:?}", row.account);
        let which = (row.account, Currency::CNY);
        let legs = whole(market, move |read, after, limit| ops::account(read, which, None, after, limit))?;
        assert_eq!(legs.iter().map(|leg| leg.amount.minor).sum::<i64>(), row.balance.minor);
    }
    let (confirmed, escrow) = (orders[1], (Account::Escrow, Currency::CNY));
    let owner = Some(confirmed.raw());
    let legs = whole(market, move |read, after, limit| ops::account(read, escrow, owner, after, limit))?;
    let told: Vec<_> = legs.iter().map(|leg| (leg.event.as_str(), leg.amount)).collect();
    assert_eq!(told, [("confirm", cny(176_00)), ("pay", cny(-176_00))]);
    assert!(legs.iter().all(|leg| leg.owner == confirmed.to_string()));
    let id = legs[0].entry;
    let entry = market.asks(move |read| ops::entry(read, id))?;
    assert_eq!((entry.about, entry.cause.document), (Some(confirmed), confirmed.to_string()));
    assert_eq!(entry.legs.iter().map(|leg| leg.amount.minor).sum::<i64>(), 0);
    // Whatever is not an order's is looked for among the account's legs.
    let shop = entry.legs.iter().find(|leg| leg.account == Account::ShopPending).expect("the shop is owed").owner_raw;
    let pending = (Account::ShopPending, Currency::CNY);
    let its = whole(market, move |read, after, limit| ops::account(read, pending, Some(shop), after, limit))?;
    assert_eq!(its.iter().map(|leg| leg.entry).collect::<Vec<_>>(), [id]);
    assert!(whole(market, move |read, after, limit| ops::account(read, pending, Some(7), after, limit))?.is_empty());
    let missing = market.asks(|read| ops::entry(read, Id::<kinds::Entry>::from_raw(4096)));
    assert_eq!(missing.unwrap_err().code(), "not_found");
    Ok(())
}

fn timers_and_events_are_there_until_they_ran(market: &Market) -> Result<()> {
    let Told { anna, tea, orders, case, .. } = told(market)?;
    let timers = walks(market, ops::timers)?;
    assert!(timers.is_sorted_by_key(|timer| (timer.due_at, timer.raw)));
    let told: Vec<_> = timers.iter().map(|timer| (timer.kind.as_str(), timer.subject.clone())).collect();
    let due = |kind, subject: String| assert!(told.contains(&(kind, subject.clone())), "{kind} {subject} in {told:?}");
    due("order.confirm", orders[2].to_string());
    due("order.settle", orders[1].to_string());
    due("case.answer", case.to_string());
    due("trade.close", market.order(orders[5]).trade.to_string());
    let distinct: std::collections::BTreeSet<_> = told.iter().collect();
    assert_eq!(distinct.len(), told.len());
    assert!(whole(market, |read, after, limit| ops::outbox(read, false, after, limit))?.is_empty());
    let placed = anna.buys(&[(tea.sku, 1)])?;
    let waiting = whole(market, |read, after, limit| ops::outbox(read, false, after, limit))?;
    let about = placed.orders[0].to_string();
    assert!(waiting.iter().any(|event| event.name == "order.placed" && event.root == about && !event.failed));
    assert!(whole(market, |read, after, limit| ops::outbox(read, true, after, limit))?.is_empty());
    Ok(())
}

fn the_audit_log_is_read_by_actor_act_subject_and_outcome(market: &Market) -> Result<()> {
    let Told { anna, orders, shop, .. } = told(market)?;
    let stranger = market.stranger();
    market.refuses("not_found", || stranger.confirms(orders[2]));
    let of = |filter: AuditFilter| whole(market, move |read, after, limit| ops::audit(read, &filter, after, limit));
    let all = of(AuditFilter::default())?;
    assert!(all.is_sorted_by(|one, next| one.id > next.id));
    let by_anna = of(AuditFilter { actor: Some(anna.id.raw()), ..AuditFilter::default() })?;
    assert_eq!(by_anna, all.iter().filter(|row| row.who == Some(anna.id.to_string())).cloned().collect::<Vec<_>>());
    let forbidden = of(AuditFilter { outcome: Some(Outcome::Forbidden), ..AuditFilter::default() })?;
    assert_eq!(forbidden.iter().map(|row| row.who.clone()).collect::<Vec<_>>(), [Some(stranger.id.to_string())]);
    let act = by_anna[0].act.clone();
    let wanted = AuditFilter { actor: Some(anna.id.raw()), act: Some(act.clone()), ..AuditFilter::default() };
    let those: Vec<_> = by_anna.iter().filter(|row| row.act == act).cloned().collect();
    assert_eq!(of(wanted)?, those);
    let subject = all.iter().find_map(|row| row.subject).expect("an act names its subject");
    let about = of(AuditFilter { subject: Some(subject), ..AuditFilter::default() })?;
    assert_eq!(about, all.iter().filter(|row| row.subject == Some(subject)).cloned().collect::<Vec<_>>());
    let by_the_shop =
        AuditFilter { actor: Some(shop.person().id.raw()), subject: Some(subject), ..AuditFilter::default() };
    let both = of(by_the_shop)?;
    assert!(both.iter().all(|row| row.who == Some(shop.person().id.to_string())));
    assert!(all.iter().all(|row| row.seal.is_none()));
    market.later(hours(1))?;
    market.check();
    let sealed = of(AuditFilter { actor: Some(anna.id.raw()), ..AuditFilter::default() })?;
    assert!(sealed.len() == by_anna.len() && sealed.iter().all(|row| row.seal.is_some()));
    Ok(())
}

fn what_is_stuck_is_there_to_be_looked_after(market: &Market) -> Result<()> {
    let tea = market.shop("tea-house").sells("longjing", cny(88_00)).stock(5);
    let anna = market.buyer("anna");
    let trade = anna.buys(&[(tea.sku, 1)])?.trade;
    let payment = anna.opens_payment(trade)?.expect("there is something to pay");
    assert!(whole(market, ops::stuck_payments)?.is_empty());
    // Asked after five seconds, thirty, two minutes, five and fifteen, and nobody has paid.
    market.later(minutes(25))?;
    let stuck = whole(market, ops::stuck_payments)?;
    assert_eq!(stuck.iter().map(|row| (row.id, row.amount)).collect::<Vec<_>>(), [(payment, cny(88_00))]);
    assert!(whole(market, ops::stuck_refunds)?.is_empty() && whole(market, ops::late_money)?.is_empty());
    Ok(())
}
