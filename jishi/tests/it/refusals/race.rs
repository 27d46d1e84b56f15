//! Two at the same time: one of them wins, the other is told, and the books are clean. On the engines that several
//! threads write to; each race is run several times, because a race is not lost every time. The
//! fifty at the last piece are in `last_piece.rs`.

use super::{Ordered, Street, paid, shipped, street, well};
use kernel::{Currency, Error, Id, Result, SetClock, kinds};
use ledger::Account;
use order::State;
use std::{
    sync::{Arc, Barrier, Mutex},
    thread,
};
use store::Timer;
use testkit::{Goods, Market, Person, Placed, cny, days, minutes, stories};

stories![
    at_once:
    the_last_piece_goes_into_one_basket_or_one_quotation,
    a_trade_is_paid_once_by_two,
    a_message_that_comes_ten_times_at_once_counts_once,
    the_same_units_go_back_once,
    a_trade_is_cancelled_or_paid,
    a_trade_closes_or_is_paid,
    an_order_is_confirmed_and_given_back_in_one_order,
    an_order_is_sent_or_given_back,
    an_order_is_sent_once,
    a_quotation_is_accepted_or_withdrawn,
    a_case_is_decided_once,
    a_name_is_given_once,
    a_request_sent_twice_at_once_is_done_once,
    one_guess_more_than_five_is_not_made,
    a_shops_money_comes_home_once,
    a_shops_money_is_paid_out_once,
    a_shops_debt_is_covered_once,
];

/// How often each race is run.
const ROUNDS: usize = 8;

type Doing<'a> = Box<dyn FnOnce() -> Result<()> + Send + 'a>;

fn doing<'a, T>(act: impl FnOnce() -> Result<T> + Send + 'a) -> Doing<'a> {
    Box::new(move || act().map(drop))
}

/// All of them begin in the same moment; answers what each was told, "done" where it was.
fn at_once(doings: Vec<Doing>) -> Vec<&'static str> {
    let start = &Barrier::new(doings.len());
    thread::scope(|scope| {
        let mut said = Vec::new();
        for doing in doings {
            said.push(scope.spawn(move || {
                start.wait();
                doing().as_ref().map_or_else(Error::code, |()| "done")
            }));
        }
        said.into_iter().map(|said| said.join().expect("nobody panics")).collect()
    })
}

fn count(said: &[&str], word: &str) -> usize {
    said.iter().filter(|said| **said == word).count()
}

/// One of them won, and every other was told one of these.
#[track_caller]
fn one_won(said: &[&str], no: &[&str]) {
    assert_eq!(count(said, "done"), 1, "{said:?}");
    assert!(said.iter().all(|said| *said == "done" || no.contains(said)), "{said:?}");
}

fn buys(anna: &Person, tea: &Goods) -> Placed {
    well(anna.buys(&[(tea.sku, 2)]))
}

fn the_last_piece_goes_into_one_basket_or_one_quotation(market: &Market) -> Result<()> {
    let Street { shop, .. } = street(market);
    let buyers: Vec<_> = (0..20).map(|n| market.buyer(&format!("buyer-{n}"))).collect();
    for round in 0..3 {
        let last = shop.sells(&format!("piece {round}"), cny(88_00)).stock(1);
        let quote = |buyer: &Person| shop.quotes(buyer, &[(last.sku, 1, 75_00)]);
        let quotes = buyers[10..].iter().map(quote).collect::<Result<Vec<_>>>()?;
        let sku = last.sku;
        let baskets = buyers[..10].iter().map(|buyer| doing(move || buyer.buys(&[(sku, 1)])));
        let offers = buyers[10..].iter().zip(&quotes).map(|(buyer, quote)| doing(move || buyer.accepts(*quote)));
        one_won(&at_once(baskets.chain(offers).collect()), &["out_of_stock"]);
        assert_eq!((last.available(), last.on_hand()), (0, 1));
    }
    Ok(())
}

fn a_trade_is_paid_once_by_two(market: &Market) -> Result<()> {
    let Street { tea, anna, .. } = street(market);
    for round in 1..=ROUNDS as i64 {
        let placed = buys(&anna, &tea);
        let open = || Ok::<_, Error>(anna.opens_payment(placed.trade)?.expect("there is something to pay"));
        let payments = [open()?, open()?];
        let pays = |payment: Id<kinds::Payment>| doing(move || market.sandbox().pay(payment.to_string()).wait());
        assert_eq!(at_once(payments.map(pays).into()), ["done", "done"]);
        let messages = market.sandbox().due(10).wait()?;
        let hears = |message: &sandbox::Outbound| {
            let (headers, body) = (message.headers.clone(), message.body.clone());
            doing(move || flows::pay::notified(market.flows(), "sandbox", &headers, &body)?.wait())
        };
        // Both are believed; one is the trade's money, the other goes back.
        let said = at_once(messages.iter().map(hears).collect());
        assert!(said.iter().all(|said| ["done", "wrong_state", "in_progress"].contains(said)), "{said:?}");
        market.later(minutes(2))?;
        assert_eq!(market.order(placed.orders[0]).state, State::Paid);
        assert_eq!((market.owes(Account::Escrow), market.balance(Account::Channel)), (round * 176_00, round * 176_00));
        well(anna.asks_back(placed.orders[0], &[(1, 1)], "changed_mind"));
        well(anna.buys(&[(tea.sku, 1)]).and_then(|placed| anna.pays(placed.trade)));
    }
    Ok(())
}

fn a_message_that_comes_ten_times_at_once_counts_once(market: &Market) -> Result<()> {
    let Street { tea, anna, .. } = street(market);
    for round in 1..=ROUNDS as i64 {
        let placed = buys(&anna, &tea);
        let payment = anna.opens_payment(placed.trade)?.expect("there is something to pay");
        market.sandbox().pay(payment.to_string()).wait()?;
        let message = &market.sandbox().due(10).wait()?[0];
        let hears =
            |_| doing(|| flows::pay::notified(market.flows(), "sandbox", &message.headers, &message.body)?.wait());
        let said = at_once((0..10).map(hears).collect());
        assert!(said.iter().all(|said| ["done", "in_progress"].contains(said)), "{said:?}");
        market.works()?;
        assert_eq!((market.owes(Account::Escrow), market.owes(Account::RefundTransit)), (round * 176_00, 0));
    }
    Ok(())
}

fn the_same_units_go_back_once(market: &Market) -> Result<()> {
    let Ordered { shop, tea, anna, placed } = paid(market);
    let order = placed.orders[0];
    let told = ["wrong_state", "refund_exceeds_units", "refund_exceeds_paid", "no_lines"];
    let all = |who: usize| {
        let (shop, anna) = (&shop, &anna);
        doing(move || {
            if who.is_multiple_of(2) {
                anna.asks_back(order, &[(1, 3)], "changed_mind")
            } else {
                shop.gives_back(order, &[(1, 3)])
            }
        })
    };
    one_won(&at_once((0..6).map(all).collect()), &told);
    assert_eq!((market.order(order).refunded, tea.available()), (264_00, 20));
    // One unit each, of which there are three.
    let order = well(anna.has_bought(&[(tea.sku, 3)])).orders[0];
    let (shop, buyer) = (&shop, &anna);
    let one = |_| doing(move || shop.gives_back(order, &[(1, 1)]));
    let said = at_once((0..6).map(one).collect());
    assert!((1..=3).contains(&count(&said, "done")), "{said:?}");
    assert!(said.iter().all(|said| *said == "done" || told.contains(said)), "{said:?}");
    assert_eq!(market.order(order).refunded, count(&said, "done") as i64 * 88_00);
    let left = market.lines(order)[0].units - market.lines(order)[0].returned;
    if left > 0 {
        buyer.asks_back(order, &[(1, left)], "changed_mind")?;
    }
    market.later(minutes(2))?;
    assert_eq!((market.balance(Account::Channel), market.owes(Account::RefundTransit)), (0, 0));
    Ok(())
}

/// A trade that was paid at the provider, and what the provider has to say of it, not said yet.
fn paid_over_there(market: &Market, anna: &Person, placed: &Placed) -> Result<sandbox::Outbound> {
    let payment = anna.opens_payment(placed.trade)?.expect("there is something to pay");
    market.sandbox().pay(payment.to_string()).wait()?;
    Ok(market.sandbox().due(10).wait()?.remove(0))
}

/// Whoever was first decides whether the trade is paid or closed, and the money is never lost.
fn is_paid_or_closed(market: &Market, tea: &Goods, placed: &Placed, kept: &mut i64) -> Result<()> {
    // Whoever was put off comes again, and so does the channel.
    market.later(minutes(2))?;
    let state = market.order(placed.orders[0]).state;
    assert!([State::Paid, State::Closed].contains(&state), "{state:?}");
    *kept += if state == State::Paid { 176_00 } else { 0 };
    assert_eq!((market.owes(Account::Escrow), market.balance(Account::Channel)), (*kept, *kept));
    assert_eq!(tea.on_hand() - tea.available(), *kept / 88_00);
    Ok(())
}

fn a_trade_is_cancelled_or_paid(market: &Market) -> Result<()> {
    let Street { tea, anna, .. } = street(market);
    let mut kept = 0;
    for _ in 0..ROUNDS {
        let placed = buys(&anna, &tea);
        let message = paid_over_there(market, &anna, &placed)?;
        let said = at_once(vec![
            doing(|| anna.cancels(placed.trade)),
            doing(|| flows::pay::notified(market.flows(), "sandbox", &message.headers, &message.body)?.wait()),
        ]);
        assert!(said.iter().all(|said| ["done", "wrong_state"].contains(said)), "{said:?}");
        is_paid_or_closed(market, &tea, &placed, &mut kept)?;
    }
    Ok(())
}

/// A second process on the same market, with a clock of its own.
fn second_process(market: &Market, clock: Arc<SetClock>) -> flows::Market {
    let config = store::Config::new(market.url(), clock);
    let store = well(store::Store::open(config, flows::ROOMS));
    flows::Market { store, ..market.flows().clone() }
}

fn a_trade_closes_or_is_paid(market: &Market) -> Result<()> {
    let Street { tea, anna, .. } = street(market);
    let clock = Arc::new(SetClock::at(market.now()));
    let (second, mut kept) = (second_process(market, clock.clone()), 0);
    for _ in 0..ROUNDS {
        let placed = buys(&anna, &tea);
        let (trade, due_at) = (placed.trade, market.order(placed.orders[0]).close_at);
        market.later(minutes(29))?;
        let message = paid_over_there(market, &anna, &placed)?;
        // The last minute is over: the timer rings, and the channel's message arrives.
        clock.move_to(due_at);
        let kind = flows::timers::CLOSE_UNPAID.to_owned();
        let timer = Timer { home: trade.home(), subject: trade.raw(), kind, due_at, tries: 0 };
        let hears = || flows::pay::notified(&second, "sandbox", &message.headers, &message.body)?.wait();
        let said = at_once(vec![doing(|| store::wait(flows::timers::ring(&second, &timer, due_at))), doing(hears)]);
        assert!(said.iter().all(|said| ["done", "wrong_state"].contains(said)), "{said:?}");
        // Whoever was put off comes again, here where it is late already.
        if said[1] != "done" {
            hears()?;
        }
        is_paid_or_closed(market, &tea, &placed, &mut kept)?;
    }
    Ok(())
}

fn an_order_is_confirmed_and_given_back_in_one_order(market: &Market) -> Result<()> {
    let Ordered { shop, tea, anna, placed } = shipped(market);
    let mut orders = vec![placed.orders[0]];
    for _ in 1..ROUNDS {
        orders.push(well(anna.has_bought(&[(tea.sku, 2)])).orders[0]);
        well(shop.ships(orders[orders.len() - 1]));
    }
    for order in orders {
        let said = at_once(vec![doing(|| anna.confirms(order)), doing(|| shop.gives_back(order, &[(1, 1)]))]);
        assert!(count(&said, "done") >= 1, "{said:?}");
        assert!(said.iter().all(|said| ["done", "wrong_state"].contains(said)), "{said:?}");
        // Who was put off does it again; in whichever order, it comes to the same.
        if said[0] != "done" {
            anna.confirms(order)?;
        }
        if said[1] != "done" {
            shop.gives_back(order, &[(1, 1)])?;
        }
        let order = market.order(order);
        assert_eq!((order.state, order.refunded), (State::Completed, 88_00));
        assert_eq!(order.commission, (order.amount - 88_00) / 20);
    }
    market.later(minutes(2))?;
    assert_eq!((market.owes(Account::Escrow), market.owes(Account::RefundTransit)), (0, 0));
    Ok(())
}

fn an_order_is_sent_or_given_back(market: &Market) -> Result<()> {
    let Street { shop, tea, anna } = street(market);
    for _ in 0..ROUNDS {
        let order = well(anna.has_bought(&[(tea.sku, 2)])).orders[0];
        let before = tea.on_hand();
        let said = at_once(vec![doing(|| shop.ships(order)), doing(|| anna.asks_back(order, &[], "other"))]);
        assert!(count(&said, "done") >= 1, "{said:?}");
        assert!(said.iter().all(|said| ["done", "wrong_state", "nothing_to_ship"].contains(said)), "{said:?}");
        // Either it lies on the shelf and the money goes back at once, or it is gone and the seller is asked.
        let found = market.order(order);
        let (gone, back) = (before - tea.on_hand(), found.refunded);
        assert!([(State::Shipped, 2, 0), (State::Closed, 0, 176_00)].contains(&(found.state, gone, back)), "{said:?}");
    }
    market.later(minutes(2))
}

fn an_order_is_sent_once(market: &Market) -> Result<()> {
    let Street { shop, tea, anna } = street(market);
    for _ in 0..ROUNDS {
        let order = well(anna.has_bought(&[(tea.sku, 2)])).orders[0];
        let before = tea.on_hand();
        let shop = &shop;
        let said = at_once((0..4).map(|_| doing(move || shop.ships(order))).collect());
        one_won(&said, &["wrong_state", "nothing_to_ship"]);
        assert_eq!((market.order(order).state, before - tea.on_hand()), (State::Shipped, 2));
    }
    Ok(())
}

fn a_quotation_is_accepted_or_withdrawn(market: &Market) -> Result<()> {
    let Street { shop, tea, anna } = street(market);
    for _ in 0..ROUNDS {
        let (quote, before) = (shop.quotes(&anna, &[(tea.sku, 1, 75_00)])?, tea.available());
        let said = at_once(vec![
            doing(|| anna.accepts(quote)),
            doing(|| shop.withdraws_quote(quote)),
            doing(|| anna.accepts(quote)),
            doing(|| anna.declines(quote)),
        ]);
        one_won(&said, &["quotation_not_open"]);
        let accepted = said[0] == "done" || said[2] == "done";
        assert_eq!(before - tea.available(), i64::from(accepted), "{said:?}");
    }
    Ok(())
}

fn a_case_is_decided_once(market: &Market) -> Result<()> {
    let Ordered { shop, tea, anna, .. } = shipped(market);
    for _ in 0..ROUNDS {
        let order = well(anna.has_bought(&[(tea.sku, 1)])).orders[0];
        shop.ships(order)?;
        let case = anna.asks_back(order, &[], "damaged")?.case;
        let said = at_once(vec![
            doing(|| shop.agrees(case)),
            doing(|| shop.disagrees(case)),
            doing(|| anna.withdraws_case(case)),
            doing(|| shop.agrees(case)),
        ]);
        // A case that the seller refused may still be withdrawn: the operator has not ruled yet.
        let both = said[1] == "done" && said[2] == "done" && count(&said, "done") == 2;
        assert!(both || count(&said, "done") == 1, "{said:?}");
        assert!(said.iter().all(|said| ["done", "case_decided", "wrong_state"].contains(said)), "{said:?}");
        let given = if said[0] == "done" || said[3] == "done" { 88_00 } else { 0 };
        assert_eq!(market.order(order).refunded, given, "{said:?}");
    }
    market.later(minutes(2))
}

fn a_name_is_given_once(market: &Market) -> Result<()> {
    for round in 0..3 {
        let (slug, login) = (format!("house-{round}"), format!("new-{round}@example.com"));
        let people: Vec<_> = (0..6).map(|n| market.buyer(&format!("p-{round}-{n}"))).collect();
        let applies = people.iter().map(|person| doing(|| person.applies(&slug)));
        one_won(&at_once(applies.collect()), &["slug_taken"]);
        let registers = (0..6).map(|_| doing(|| market.registers(login.parse()?, "new")));
        one_won(&at_once(registers.collect()), &["login_taken"]);
    }
    Ok(())
}

fn a_request_sent_twice_at_once_is_done_once(market: &Market) -> Result<()> {
    let Street { tea, anna, .. } = street(market);
    for round in 0..ROUNDS {
        let (clicks, before) = (anna.under_key(&format!("click {round}")), tea.available());
        let placed = Mutex::new(Vec::new());
        let click = |_| {
            doing(|| {
                let trade = clicks.buys(&[(tea.sku, 1)])?.trade;
                placed.lock().expect("nobody panics").push(trade);
                Ok(())
            })
        };
        let said = at_once((0..6).map(click).collect());
        assert!(said.iter().all(|said| ["done", "in_progress"].contains(said)), "{said:?}");
        let mut trades = placed.into_inner().expect("nobody panics");
        trades.dedup();
        assert_eq!((trades.len(), before - tea.available()), (1, 1), "{said:?}");
        assert_eq!(clicks.buys(&[(tea.sku, 1)])?.trade, trades[0]);
    }
    Ok(())
}

fn one_guess_more_than_five_is_not_made(market: &Market) -> Result<()> {
    let anna = market.buyer("anna");
    let guess = |n: usize| {
        let anna = &anna;
        doing(move || anna.logs_in("anna@example.com", &format!("guess {n} at it")))
    };
    let said = at_once((0..12).map(guess).collect());
    // Guesses sent side by side gain nothing: no more than five are counted before the door is shut.
    assert_eq!((count(&said, "login_failed"), count(&said, "too_many_attempts")), (5, 7), "{said:?}");
    market.refuses("too_many_attempts", || anna.logs_in("anna@example.com", testkit::PASSWORD));
    Ok(())
}

/// A shop with several buyers' money that has become free, not brought home yet.
fn earned(market: &Market) -> Result<testkit::Shop> {
    let Ordered { shop, tea, anna, placed } = shipped(market);
    shop.has_bank_account();
    anna.confirms(placed.orders[0])?;
    for n in 0..3 {
        let buyer = market.buyer(&format!("buyer-{n}"));
        let order = buyer.has_bought(&[(tea.sku, 1)])?.orders[0];
        shop.ships(order)?;
        buyer.confirms(order)?;
    }
    market.later(days(8))?;
    Ok(shop)
}

fn a_shops_money_comes_home_once(market: &Market) -> Result<()> {
    let shop = earned(market)?;
    let free = market.owes(Account::ShopAvailable);
    let gathers = |_| doing(|| flows::payout::gather(market.flows(), shop.id));
    assert_eq!(count(&at_once((0..6).map(gathers).collect()), "done"), 6);
    let id = shop.id;
    let there =
        market.asks(move |read| ledger::balance(read, Account::ShopAvailable, id.raw(), Currency::CNY, id.home()))?;
    assert_eq!(there, cny(-free));
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::FoldTransit)), (free, 0));
    Ok(())
}

fn a_shops_money_is_paid_out_once(market: &Market) -> Result<()> {
    let shop = earned(market)?;
    let free = market.owes(Account::ShopAvailable);
    let wish = flows::payout::PayoutWish { shop: shop.id, amount: Some(cny(free)) };
    let asks = |_| doing(|| flows::payout::ask(market.flows(), &shop.cx(), wish.clone()));
    one_won(&at_once((0..6).map(asks).collect()), &["balance_short"]);
    assert_eq!((market.owes(Account::ShopAvailable), market.owes(Account::PayoutTransit)), (0, free));
    market.later(minutes(1))?;
    assert_eq!(market.owes(Account::Bank), free);
    Ok(())
}

fn a_shops_debt_is_covered_once(market: &Market) -> Result<()> {
    let Ordered { shop, anna, placed, .. } = shipped(market);
    shop.has_bank_account();
    anna.confirms(placed.orders[0])?;
    market.later(days(40))?;
    shop.asks_payout()?;
    market.later(minutes(1))?;
    // Everything was paid out, and then the shop gives it back.
    shop.gives_back(placed.orders[0], &[])?;
    market.later(days(1))?;
    let (operator, debt) = (market.operator(), -market.owes(Account::ShopAvailable));
    assert!(debt > 0);
    let covers = |_| doing(|| flows::payout::cover_debts(market.flows(), &operator.cx(), shop.id));
    assert_eq!(count(&at_once((0..4).map(covers).collect()), "done"), 4);
    assert_eq!((market.owes(Account::ShopAvailable), market.balance(Account::ShopReceivable)), (0, debt));
    Ok(())
}
