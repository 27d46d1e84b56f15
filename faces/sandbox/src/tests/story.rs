//! The whole way, over real sockets.

use super::world::*;
use kernel::time::MINUTE;
use payment::{
    Channel, ChannelError, State,
    channel::{RefundSeen, RefundWish, Seen, Wish},
};
use payout::bank;
use sandbox::{Mischief, SIGNATURE_HEADER, wire};
use sandbox_channel::{Line, SandboxChannel};
use std::time::Duration;
use store::wait;

#[test]
fn a_buyer_pays_at_the_cashier_and_the_market_hears_of_it() {
    let world = World::open();
    let (payment, path) = world.paying();
    let page = world.get(&path);
    assert_eq!(page.status, 200);
    assert!(page.text().contains("¥</span>5<span"), "{}", page.text());
    let paid = world.form(&format!("{path}/pay?lang=en"), "");
    assert_eq!((paid.status, paid.header("location")), (303, Some(&*format!("../{payment}?lang=en"))));
    assert_eq!(world.state(payment), State::Pending);
    assert_eq!(world.deliver(), 1);
    assert_eq!(world.state(payment), State::Succeeded);
    assert_eq!(world.deliver(), 0);
    let page = world.get(&path).text();
    assert!(page.contains("Paid") && page.contains(&BACK.replace('&', "&#38;")), "{page}");
}

#[test]
fn every_call_of_the_port_goes_over_the_wire() {
    let world = World::open();
    let channel = world.market.channel("sandbox").unwrap();
    let (payment, path) = world.paying();
    let number = payment.to_string();
    assert_eq!(wait(channel.query(number.clone())), Ok(Seen::Open));
    assert_eq!(wait(channel.query("pay_9".into())), Ok(Seen::Missing));
    assert_eq!(wait(channel.query("p/9?x=\u{0}é".into())), Ok(Seen::Missing));
    world.form(&format!("{path}/pay"), "");
    let Ok(Seen::Paid { amount, at, .. }) = wait(channel.query(number.clone())) else { panic!() };
    assert_eq!((amount, at), (cny(500), START));
    assert!(matches!(wait(channel.close(number.clone())), Ok(Seen::Paid { .. })), "what is paid stays paid");
    let wish = RefundWish { number: "prf_1".into(), payment: number.clone(), amount: cny(200) };
    assert!(matches!(wait(channel.refund(wish.clone())), Ok(RefundSeen::Accepted { .. })));
    let Ok(RefundSeen::Done { amount, .. }) = wait(channel.query_refund(number.clone(), "prf_1".into())) else {
        panic!()
    };
    assert_eq!(amount, cny(200));
    assert_eq!(wait(channel.query_refund(number, "prf_9".into())), Ok(RefundSeen::Missing));
    let refused = |code: &str| ChannelError::Refused(code.into());
    let more = RefundWish { number: "prf_2".into(), amount: cny(301), ..wish.clone() };
    assert_eq!(wait(channel.refund(more)), Err(refused("refund_exceeds_paid")));
    assert_eq!(wait(channel.refund(RefundWish { payment: "pay_9".into(), ..wish })), Err(refused("not_found")));
}

#[test]
fn nobody_pays_what_the_market_closed() {
    let world = World::open();
    let channel = world.market.channel("sandbox").unwrap();
    let (payment, path) = world.paying();
    assert_eq!(wait(channel.close(payment.to_string())), Ok(Seen::Closed));
    assert_eq!(wait(channel.close("pay_9".into())), Ok(Seen::Missing));
    let paid = world.form(&format!("{path}/pay"), "");
    assert_eq!(paid.status, 409);
    assert!(paid.text().contains("Payment closed"));
    assert_eq!(world.deliver(), 1);
    assert_eq!(world.state(payment), State::Closed);
    let wish = Wish { number: payment.to_string(), amount: cny(501), expires_at: START, return_to: None };
    assert_eq!(wait(channel.create(wish)), Err(ChannelError::Refused("number_reused".into())));
}

#[test]
fn money_that_comes_too_late_goes_back_over_the_wire() {
    let world = World::open();
    let (cx, trade) = world.trade();
    let paying = wait(flows::pay::pay(&world.market, &cx, trade, "sandbox")).unwrap().unwrap();
    flows::close_unpaid::cancel(&world.market.store, &cx, trade).wait().unwrap();
    assert_eq!(world.form(&format!("/cashier/{}/pay", paying.payment), "").status, 303);
    assert_eq!(world.deliver(), 1);
    let refund = || {
        let now = kernel::Clock::now(&*world.clock);
        world.market.store.read(move |read| payment::due_refunds(read, now, 9)).wait().unwrap()
    };
    let id = refund()[0].0.id;
    wait(flows::worker::ask_outside(&world.market)).unwrap();
    assert_eq!(world.deliver(), 1, "the provider tells that the money is back");
    let done = world.market.store.read(move |read| payment::find_refund(read, id)).wait().unwrap();
    assert_eq!((done.state, done.amount), (payment::RefundState::Done, cny(500)));
    assert!(refund().is_empty());
    let lines = world.signed("GET", "/v1/statements/2026-03-02", b"").text();
    assert!(lines.contains(&format!(",refund,{},{id},", paying.payment)), "{lines}");
}

#[test]
fn the_bank_pays_out_over_the_wire() {
    let world = World::open();
    let transfer = bank::Transfer { number: "out_1".into(), account: "bnk_1".into(), amount: cny(500) };
    let first = wait(world.market.bank.transfer(transfer.clone())).unwrap();
    assert!(matches!(first, bank::Seen::Done { .. }));
    assert_eq!(wait(world.market.bank.transfer(transfer.clone())).unwrap(), first);
    assert_eq!(wait(world.market.bank.query("out_1".into())).unwrap(), first);
    assert_eq!(wait(world.market.bank.query("out_2".into())).unwrap(), bank::Seen::Missing);
    let other = bank::Transfer { amount: cny(1), ..transfer };
    assert_eq!(wait(world.market.bank.transfer(other)), Err(payout::BankError::Refused("number_reused".into())));
}

#[test]
fn a_callback_is_believed_only_as_it_was_signed_and_once() {
    let world = World::open();
    let (payment, _) = world.paid();
    let (keys, now) = (world.provider.keys.clone(), START);
    let due = world.provider.store.read(move |read| sandbox::due_callbacks(read, &keys, now, 9)).wait().unwrap();
    let market_at = world.provider.notify.split('/').nth(2).unwrap().parse().unwrap();
    let tells = |signature: &str, body: &[u8]| {
        ask(market_at, "POST", "/callbacks/sandbox", &[(SIGNATURE_HEADER, signature)], body).status
    };
    let mut callback: wire::Callback = serde_json::from_slice(&due[0].body).unwrap();
    let good = world.provider.keys.sign(START, &due[0].body);
    assert_eq!(ask(market_at, "POST", "/callbacks/sandbox", &[], &due[0].body).status, 401);
    assert_eq!(tells(&good.replace("v1=", "v1=00"), &due[0].body), 401);
    assert_eq!(tells(&good, b"{}"), 401);
    callback.amount.minor = 499;
    let other = serde_json::to_vec(&callback).unwrap();
    assert_eq!(tells(&world.provider.keys.sign(START, &other), &other), 422, "another amount");
    let stale = world.provider.keys.sign(START.plus(-6 * MINUTE), &due[0].body);
    assert_eq!(tells(&stale, &due[0].body), 422, "signed too long ago");
    assert_eq!(world.state(payment), State::Pending);
    assert_eq!(tells(&good, &due[0].body), 204);
    assert_eq!(world.state(payment), State::Succeeded);
    assert_eq!(tells(&good, &due[0].body), 204, "replayed it is taken and changes nothing");
    world.clock.move_by(6 * MINUTE);
    assert_eq!(tells(&good, &due[0].body), 422);
}

#[test]
fn late_doubled_and_forged_messages_end_the_same() {
    let world = World::open();
    world.plays(Mischief::Delay, 60 * MINUTE);
    let (late, _) = world.paid();
    assert_eq!(world.deliver(), 0);
    world.plays(Mischief::Double, 0);
    let (doubled, _) = world.paid();
    assert_eq!(world.deliver(), 2);
    assert_eq!((world.state(late), world.state(doubled)), (State::Pending, State::Succeeded));
    world.plays(Mischief::Forge, 0);
    let (forged, _) = world.paid();
    assert_eq!(world.deliver(), 1);
    assert_eq!(world.state(forged), State::Pending);
    world.clock.move_by(15_000);
    assert_eq!(world.deliver(), 1, "what was not believed comes again, signed well");
    assert_eq!(world.state(forged), State::Succeeded);
    world.clock.move_by(60 * MINUTE);
    assert_eq!(world.deliver(), 1);
    assert_eq!(world.state(late), State::Succeeded);
}

#[test]
fn a_message_that_was_overtaken_changes_nothing_any_more() {
    let world = World::open();
    world.plays(Mischief::Reorder, 0);
    let (payment, _) = world.paid();
    // Held back, so that the worker's own question comes first.
    assert_eq!(world.deliver(), 0);
    world.clock.move_by(10_000);
    wait(flows::worker::ask_outside(&world.market)).unwrap();
    assert_eq!(world.state(payment), State::Succeeded);
    world.clock.move_by(MINUTE);
    assert_eq!((world.deliver(), world.deliver()), (1, 0));
    assert_eq!(world.state(payment), State::Succeeded);
}

#[test]
fn a_lost_message_is_found_by_asking() {
    let world = World::open();
    world.plays(Mischief::Lose, 0);
    let (payment, _) = world.paid();
    assert_eq!(world.deliver(), 0);
    world.clock.move_by(10_000);
    wait(flows::worker::ask_outside(&world.market)).unwrap();
    assert_eq!(world.state(payment), State::Succeeded);
}

#[test]
fn a_provider_that_is_down_leaves_everything_open() {
    let world = World::open();
    let (cx, trade) = world.trade();
    let cut_off = world.market_reaching(&nowhere());
    let paying = wait(flows::pay::pay(&cut_off, &cx, trade, "sandbox")).unwrap().unwrap();
    assert_eq!((paying.cashier, world.state(paying.payment)), (None, State::Created));
    let channel = cut_off.channel("sandbox").unwrap();
    assert!(matches!(wait(channel.query(paying.payment.to_string())), Err(ChannelError::Unknown(_))));
    assert!(matches!(wait(cut_off.bank.query("out_1".into())), Err(payout::BankError::Unknown(_))));
    world.clock.move_by(10_000);
    wait(flows::worker::ask_outside(&world.market)).unwrap();
    assert_eq!(world.state(paying.payment), State::Pending);
    assert_eq!(world.form(&format!("/cashier/{}/pay", paying.payment), "").status, 303);
    assert_eq!(world.deliver(), 1);
    assert_eq!(world.state(paying.payment), State::Succeeded);
}

#[test]
fn a_market_that_is_down_hears_of_it_later() {
    let mut world = World::open();
    let notify = std::mem::replace(&mut world.provider.notify, nowhere());
    let (payment, _) = world.paid();
    assert_eq!((world.deliver(), world.deliver()), (1, 0));
    world.provider.notify = notify;
    world.clock.move_by(15_000);
    assert_eq!(world.deliver(), 1);
    assert_eq!(world.state(payment), State::Succeeded);
}

#[test]
fn a_provider_that_never_answers_is_not_waited_for() {
    let world = World::open();
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", silent.local_addr().unwrap());
    let line = Line::waiting(Duration::from_millis(200), Duration::from_millis(200));
    let channel = SandboxChannel::over_http(&base, world.provider.keys.merchant_keys(), world.clock.clone(), line);
    assert!(matches!(wait(channel.query("pay_1".into())), Err(ChannelError::Unknown(_))));
}
