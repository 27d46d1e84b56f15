//! Money goes back: before shipping at once, after it by the seller's word, his silence, or the operator's ruling.

use aftersale::{Ground, State as CaseState};
use kernel::{Id, Result, kinds};
use ledger::Account;
use order::State;
use testkit::{Goods, Market, Person, Shop, cny, days, hours, minutes};

testkit::stories![
    before_shipping_the_money_comes_back_at_once,
    after_shipping_the_seller_grants_it,
    after_shipping_the_seller_says_no_and_the_operator_decides_for_the_buyer,
    the_operator_decides_for_the_shop,
    silence_refunds_a_parcel_that_nobody_has_seen,
    silence_over_a_parcel_that_was_seen_goes_to_the_operator,
    a_buyer_takes_his_case_back,
    a_line_is_in_one_case_at_a_time,
    no_more_comes_back_than_was_paid,
    only_the_parties_deal_with_a_case,
    a_refund_that_the_channel_cannot_make_stays_owed,
];

pub(crate) struct Bought {
    pub shop: Shop,
    pub tea: Goods,
    pub anna: Person,
    pub order: Id<kinds::Order>,
}

/// Two tins of tea, paid.
pub(crate) fn paid(market: &Market) -> Result<Bought> {
    let shop = market.shop("tea-house");
    let tea = shop.sells("longjing", cny(88_00)).stock(3);
    let anna = market.buyer("anna");
    let order = anna.has_bought(&[(tea.sku, 2)])?.orders[0];
    Ok(Bought { shop, tea, anna, order })
}

/// Two tins of tea, on their way.
pub(crate) fn shipped(market: &Market) -> Result<Bought> {
    let bought = paid(market)?;
    bought.shop.ships(bought.order)?;
    Ok(bought)
}

/// All that goes back has arrived at the buyer's.
pub(crate) fn arrives(market: &Market, kept: i64) -> Result<()> {
    market.later(minutes(5))?;
    assert_eq!((market.owes(Account::RefundTransit), market.balance(Account::Channel)), (0, kept));
    Ok(())
}

fn before_shipping_the_money_comes_back_at_once(market: &Market) -> Result<()> {
    let Bought { tea, anna, order, .. } = paid(market)?;
    anna.asks_back(order, &[], "changed_mind")?;
    assert_eq!((market.order(order).state, tea.available(), market.owes(Account::Escrow)), (State::Closed, 3, 0));
    assert_eq!(market.owes(Account::RefundTransit), 176_00);
    arrives(market, 0)
}

fn after_shipping_the_seller_grants_it(market: &Market) -> Result<()> {
    let Bought { shop, tea, anna, order } = shipped(market)?;
    let case = anna.asks_back(order, &[(1, 1)], "damaged")?;
    assert_eq!((case.refund, market.owes(Account::Escrow)), (None, 176_00));
    shop.agrees(case.case)?;
    assert_eq!((market.order(order).state, market.owes(Account::Escrow)), (State::Shipped, 88_00));
    // Money only: what has gone out is not counted back.
    assert_eq!(tea.on_hand(), 1);
    market.refuses("case_decided", || shop.agrees(case.case));
    market.refuses("case_decided", || shop.disagrees(case.case));
    arrives(market, 88_00)?;
    anna.confirms(order)?;
    assert_eq!((market.owes(Account::Commission), market.owes(Account::ShopPending)), (4_40, 83_60));
    Ok(())
}

fn after_shipping_the_seller_says_no_and_the_operator_decides_for_the_buyer(market: &Market) -> Result<()> {
    let Bought { shop, anna, order, .. } = shipped(market)?;
    let case = anna.asks_back(order, &[], "not_as_described")?.case;
    let operator = market.operator();
    market.refuses("wrong_state", || operator.rules(case, true));
    shop.disagrees(case)?;
    assert_eq!(market.operators_list(), [case]);
    operator.rules(case, true)?;
    let ruled = market.case(case);
    assert_eq!(
        (ruled.state, ruled.ground, ruled.decided_by),
        (CaseState::Granted, Some(Ground::Ruling), Some(operator.id))
    );
    assert_eq!((market.order(order).state, market.operators_list()), (State::Closed, vec![]));
    market.refuses("case_decided", || operator.rules(case, false));
    arrives(market, 0)
}

fn the_operator_decides_for_the_shop(market: &Market) -> Result<()> {
    let Bought { shop, anna, order, .. } = shipped(market)?;
    let case = anna.asks_back(order, &[], "not_as_described")?.case;
    shop.disagrees(case)?;
    market.operator().rules(case, false)?;
    assert_eq!((market.case(case).state, market.owes(Account::Escrow)), (CaseState::Refused, 176_00));
    anna.confirms(order)
}

fn silence_refunds_a_parcel_that_nobody_has_seen(market: &Market) -> Result<()> {
    let Bought { anna, order, .. } = shipped(market)?;
    let case = anna.asks_back(order, &[], "not_received")?.case;
    market.later(hours(48) - 1)?;
    assert_eq!(market.case(case).state, CaseState::Asked);
    market.later(1)?;
    let ended = market.case(case);
    assert_eq!((ended.state, ended.ground, ended.decided_by), (CaseState::Granted, Some(Ground::Silence), None));
    assert_eq!((market.order(order).state, market.owes(Account::Escrow)), (State::Closed, 0));
    arrives(market, 0)
}

fn silence_over_a_parcel_that_was_seen_goes_to_the_operator(market: &Market) -> Result<()> {
    let Bought { shop, anna, order, .. } = paid(market)?;
    let parcel = shop.ships(order)?;
    market.later(hours(1))?;
    shop.hears_scan(parcel, delivery::State::PickedUp)?;
    let case = anna.asks_back(order, &[], "not_received")?.case;
    market.later(hours(48))?;
    assert_eq!((market.case(case).state, market.operators_list()), (CaseState::WithOperator, vec![case]));
    // The operator's silence decides nothing.
    market.later(days(30))?;
    assert_eq!((market.case(case).state, market.owes(Account::Escrow)), (CaseState::WithOperator, 176_00));
    market.clerk("wu", &[identity::Permission::MarketRefunds]).rules(case, true)?;
    arrives(market, 0)
}

fn a_buyer_takes_his_case_back(market: &Market) -> Result<()> {
    let Bought { shop, anna, order, .. } = shipped(market)?;
    let case = anna.asks_back(order, &[(1, 2)], "not_received")?.case;
    market.refuses("not_found", || shop.withdraws_case(case));
    anna.withdraws_case(case)?;
    market.refuses("case_decided", || anna.withdraws_case(case));
    market.later(hours(49))?;
    assert_eq!((market.case(case).state, market.owes(Account::Escrow)), (CaseState::Withdrawn, 176_00));
    // What was taken back may be asked for again.
    shop.agrees(anna.asks_back(order, &[(1, 2)], "not_received")?.case)?;
    assert_eq!(market.order(order).state, State::Closed);
    Ok(())
}

fn a_line_is_in_one_case_at_a_time(market: &Market) -> Result<()> {
    let Bought { shop, anna, order, .. } = shipped(market)?;
    let case = anna.asks_back(order, &[(1, 1)], "damaged")?.case;
    market.refuses("case_open", || anna.asks_back(order, &[(1, 1)], "damaged"));
    shop.agrees(case)?;
    anna.asks_back(order, &[(1, 1)], "damaged")?;
    Ok(())
}

fn no_more_comes_back_than_was_paid(market: &Market) -> Result<()> {
    let Bought { shop, anna, order, .. } = shipped(market)?;
    market.refuses("refund_exceeds_units", || anna.asks_back(order, &[(1, 3)], "damaged"));
    market.refuses("line_unknown", || anna.asks_back(order, &[(2, 1)], "damaged"));
    market.refuses("line_doubled", || anna.asks_back(order, &[(1, 1), (1, 1)], "damaged"));
    market.refuses("out_of_range", || anna.asks_back(order, &[(1, 0)], "damaged"));
    market.refuses("reason_unknown", || anna.asks_back(order, &[(1, 1)], "just so"));
    let case = anna.asks_back(order, &[(1, 2)], "damaged")?.case;
    shop.gives_back(order, &[(1, 1)])?;
    // The seller was generous meanwhile: what is asked for is not there any more.
    market.refuses("refund_exceeds_units", || shop.agrees(case));
    anna.withdraws_case(case)?;
    shop.gives_back(order, &[])?;
    market.refuses("wrong_state", || shop.gives_back(order, &[]));
    arrives(market, 0)
}

fn only_the_parties_deal_with_a_case(market: &Market) -> Result<()> {
    let Bought { shop, anna, order, .. } = shipped(market)?;
    let (stranger, other) = (market.stranger(), market.shop("china-house"));
    market.refuses("not_found", || stranger.asks_back(order, &[], "damaged"));
    market.refuses("not_found", || shop.asks_back(order, &[], "damaged"));
    market.refuses("login_needed", || market.anyone().asks_back(order, &[], "damaged"));
    let case = anna.asks_back(order, &[], "damaged")?.case;
    for outsider in [&stranger, &anna, other.person()] {
        market.refuses("not_found", || outsider.agrees(case));
        market.refuses("not_found", || outsider.disagrees(case));
        market.refuses("not_found", || outsider.gives_back(order, &[]));
        market.refuses("permission_missing", || outsider.rules(case, true));
    }
    market.refuses("not_found", || stranger.withdraws_case(case));
    let packer = shop.staff("lin", &[identity::Permission::ShopOrders]);
    market.refuses("not_found", || packer.agrees(case));
    shop.staff("mei", &[identity::Permission::ShopRefunds]).agrees(case)?;
    Ok(())
}

fn a_refund_that_the_channel_cannot_make_stays_owed(market: &Market) -> Result<()> {
    let Bought { anna, order, .. } = paid(market)?;
    market.provider_plays(sandbox::Mischief::Fail, 0)?;
    anna.asks_back(order, &[], "changed_mind")?;
    market.later(hours(1))?;
    assert_eq!((market.owes(Account::RefundTransit), market.balance(Account::Channel)), (176_00, 176_00));
    Ok(())
}
