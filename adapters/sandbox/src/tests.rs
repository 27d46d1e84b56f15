use crate::*;
use kernel::{Currency, Home, Id, Money, Time, kinds, time::MINUTE, time::SetClock};
use payment::{
    Channel, ChannelError, NoticeKind, Outcome, State,
    channel::{RefundSeen, RefundWish, Seen, Wish},
};
use payout::{Bank, bank};
use sandbox::{Alg, Keys, Mischief, SIGNATURE_HEADER, wire};
use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll, Waker},
};
use store::{Config, Store, Tx};

const START: Time = Time(1_700_000_000_000);

/// The provider beside a market that has payments only.
struct World {
    store: Store,
    clock: Arc<SetClock>,
    channel: SandboxChannel,
    keys: Keys,
}

impl World {
    fn open() -> World {
        World::signing_with(Alg::Ed25519)
    }

    fn signing_with(alg: Alg) -> World {
        let clock = Arc::new(SetClock::at(START));
        let config = Config::new("sqlite::memory:", clock.clone());
        let store = Store::open(config, &[payment::SCHEMA, sandbox::SCHEMA]).unwrap();
        let keys = Keys::from_seed([3; 32]).signing_with(alg);
        let channel = SandboxChannel::in_process(store.clone(), keys.clone());
        World { store, clock, channel, keys }
    }

    fn act<T, F>(&self, run: F) -> kernel::Result<T>
    where
        T: serde::Serialize + serde::de::DeserializeOwned + Send + 'static,
        F: FnMut(&mut Tx) -> kernel::Result<T> + Send + 'static,
    {
        self.store.write(act("test", "r1", None), run).wait()
    }

    fn now(&self) -> Time {
        self.store.clock().now()
    }

    /// A payment intended here and opened there.
    fn opened(&self) -> Id<kinds::Payment> {
        let trade = Id::assemble(1, 1, Home::of(77));
        let order = Id::assemble(1, 2, Home::of(77));
        let expires_at = self.now().plus(30 * MINUTE);
        let payment =
            self.act(move |tx| payment::intend(tx, trade, &[(order, 500)], "sandbox", cny(500), expires_at)).unwrap();
        let wish = Wish { number: payment.to_string(), amount: cny(500), expires_at, return_to: None };
        let opened = now(self.channel.create(wish)).unwrap();
        self.act(move |tx| payment::sent(tx, payment, &opened.channel_ref)).unwrap();
        payment
    }

    fn paid(&self) -> Id<kinds::Payment> {
        let payment = self.opened();
        self.channel.pay(payment.to_string()).wait().unwrap();
        payment
    }

    /// Delivers what is due; answers what the market made of each.
    fn deliver(&self) -> Vec<Result<bool, &'static str>> {
        let due = self.channel.due(99).wait().unwrap();
        let taken = due.into_iter().map(|out| {
            let said = self.hear(&out.headers, &out.body);
            assert!(self.channel.answered(out.id, said.is_ok()).wait().unwrap());
            said
        });
        taken.collect()
    }

    /// What a market does with a callback, true where it changed something.
    fn hear(&self, headers: &[(String, String)], body: &[u8]) -> Result<bool, &'static str> {
        let heard = self.channel.read_callback(headers, body, self.now()).and_then(|notice| {
            self.act(move |tx| match &notice.kind {
                NoticeKind::Paid => {
                    let payment = notice.payment()?;
                    let outcome = payment::succeed(tx, payment, notice.amount, &notice.channel_ref, |_| Ok(true))?;
                    Ok(outcome == Outcome::Paid)
                }
                NoticeKind::Closed => payment::close(tx, notice.payment()?),
                NoticeKind::Refunded => payment::refund_done(tx, notice.refund()?, notice.amount, &notice.channel_ref),
                NoticeKind::RefundFailed(code) => payment::refund_failed(tx, notice.refund()?, code),
            })
        });
        heard.map_err(|error| error.code())
    }

    fn state(&self, payment: Id<kinds::Payment>) -> State {
        self.store.read(move |read| payment::find(read, payment)).wait().unwrap().state
    }

    fn mischief(&self, what: Mischief, millis: i64) {
        self.act(move |tx| sandbox::make_mischief(tx, None, what, millis, 1)).unwrap();
    }

    /// A signed message that says what it likes.
    fn signed(&self, change: impl FnOnce(&mut wire::Callback)) -> (Vec<(String, String)>, Vec<u8>) {
        let out = self.channel.due(99).wait().unwrap().pop().unwrap();
        let mut callback: wire::Callback = serde_json::from_slice(&out.body).unwrap();
        change(&mut callback);
        let body = serde_json::to_vec(&callback).unwrap();
        (vec![(SIGNATURE_HEADER.to_lowercase(), self.keys.sign(self.now(), &body))], body)
    }
}

fn cny(minor: i64) -> Money {
    Money::new(minor, Currency::CNY)
}

/// A reply that is there at once, as a store in memory gives it.
fn now<T>(mut reply: Pin<Box<dyn Future<Output = T> + Send + '_>>) -> T {
    match reply.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a store in memory answers at once"),
    }
}

#[test]
fn a_payment_is_told_by_a_signed_callback() {
    for alg in Alg::ALL {
        let world = World::signing_with(*alg);
        let payment = world.paid();
        assert_eq!(world.deliver(), [Ok(true)]);
        assert_eq!(world.state(payment), State::Succeeded);
        assert!(world.deliver().is_empty());
    }
}

#[test]
fn a_doubled_callback_changes_nothing_the_second_time() {
    let world = World::open();
    world.mischief(Mischief::Double, 0);
    world.paid();
    assert_eq!(world.deliver(), [Ok(true), Ok(false)]);
}

#[test]
fn a_lost_callback_is_found_by_asking() {
    let world = World::open();
    world.mischief(Mischief::Lose, 0);
    let payment = world.opened();
    assert_eq!(now(world.channel.query(payment.to_string())).unwrap(), Seen::Open);
    world.channel.pay(payment.to_string()).wait().unwrap();
    assert!(world.deliver().is_empty());
    let seen = now(world.channel.query(payment.to_string())).unwrap();
    let Seen::Paid { amount, at, .. } = &seen else { panic!("{seen:?}") };
    assert_eq!((*amount, *at), (cny(500), START));
    assert_eq!(now(world.channel.close(payment.to_string())).unwrap(), seen);
}

#[test]
fn a_forged_callback_is_refused_and_comes_again() {
    let world = World::open();
    world.mischief(Mischief::Forge, 0);
    let payment = world.paid();
    assert_eq!(world.deliver(), [Err("signature_invalid")]);
    assert_eq!(world.state(payment), State::Pending);
    world.clock.move_by(15_000);
    assert_eq!(world.deliver(), [Ok(true)]);
}

#[test]
fn a_callback_of_another_amount_currency_or_merchant_is_refused() {
    let world = World::open();
    let payment = world.paid();
    let (headers, body) = world.signed(|callback| callback.amount.minor = 499);
    assert_eq!(world.hear(&headers, &body), Err("amount_mismatch"));
    let (headers, body) = world.signed(|callback| callback.amount.currency = Currency::USD);
    assert_eq!(world.hear(&headers, &body), Err("currency_mismatch"));
    let (headers, body) = world.signed(|callback| callback.merchant = "m_other".into());
    assert_eq!(world.hear(&headers, &body), Err("merchant_mismatch"));
    let (headers, body) = world.signed(|callback| callback.number = "pay_1".into());
    assert_eq!(world.hear(&headers, &body), Err("id_malformed"));
    assert_eq!(world.state(payment), State::Pending);
}

#[test]
fn a_callback_that_was_touched_or_is_stale_is_refused() {
    let world = World::open();
    let payment = world.paid();
    let (headers, body) = world.signed(|_| {});
    assert_eq!(world.hear(&[], &body), Err("signature_invalid"));
    let touched = [&body[..], b" "].concat();
    assert_eq!(world.hear(&headers, &touched), Err("signature_invalid"));
    let nothing = vec![(SIGNATURE_HEADER.to_owned(), world.keys.sign(START, b"[]"))];
    assert_eq!(world.hear(&nothing, b"[]"), Err("malformed"));
    world.clock.move_by(5 * MINUTE + 1_000);
    assert_eq!(world.hear(&headers, &body), Err("stale_timestamp"));
    assert_eq!(world.state(payment), State::Pending);
    assert_eq!(world.deliver(), [Ok(true)], "sent again it is signed anew");
    assert_eq!(world.state(payment), State::Succeeded);
}

#[test]
fn a_refund_is_accepted_and_then_told() {
    let world = World::open();
    let payment = world.paid();
    world.deliver();
    let document = Id::assemble(2, 1, Home::of(77));
    let order = Id::assemble(1, 2, Home::of(77));
    let refund = world.act(move |tx| payment::intend_refund(tx, payment, document, &[(order, 200)], cny(200))).unwrap();
    let wish = RefundWish { number: refund.to_string(), payment: payment.to_string(), amount: cny(200) };
    let seen = now(world.channel.refund(wish.clone())).unwrap();
    assert!(matches!(seen, RefundSeen::Accepted { .. }), "{seen:?}");
    let again = now(world.channel.refund(wish.clone())).unwrap();
    assert!(matches!(again, RefundSeen::Done { amount, .. } if amount == cny(200)), "{again:?}");
    let more = RefundWish { number: "prf_2".into(), amount: cny(301), ..wish.clone() };
    assert_eq!(now(world.channel.refund(more)), Err(ChannelError::Refused("refund_exceeds_paid".into())));
    let other = RefundWish { payment: "pay_9".into(), ..wish };
    assert_eq!(now(world.channel.refund(other)), Err(ChannelError::Refused("not_found".into())));
    assert_eq!(world.deliver(), [Ok(true)]);
    let seen = now(world.channel.query_refund(payment.to_string(), refund.to_string())).unwrap();
    assert!(matches!(seen, RefundSeen::Done { .. }), "{seen:?}");
    assert_eq!(now(world.channel.query_refund(payment.to_string(), "prf_9".into())).unwrap(), RefundSeen::Missing);
}

#[test]
fn a_refund_that_fails_is_told_with_its_code() {
    let world = World::open();
    let payment = world.paid();
    world.deliver();
    world.mischief(Mischief::Fail, 0);
    let wish = RefundWish { number: "prf_1".into(), payment: payment.to_string(), amount: cny(200) };
    now(world.channel.refund(wish)).unwrap();
    let out = world.channel.due(9).wait().unwrap().pop().unwrap();
    let notice = world.channel.read_callback(&out.headers, &out.body, START).unwrap();
    assert_eq!(notice.kind, NoticeKind::RefundFailed("account_closed".into()));
    let seen = now(world.channel.query_refund(payment.to_string(), "prf_1".into())).unwrap();
    assert_eq!(seen, RefundSeen::Failed { code: "account_closed".into() });
}

#[test]
fn closing_at_the_channel_is_told_too() {
    let world = World::open();
    let payment = world.opened();
    assert_eq!(now(world.channel.close(payment.to_string())).unwrap(), Seen::Closed);
    assert_eq!(world.deliver(), [Ok(true)]);
    assert_eq!(world.state(payment), State::Closed);
    assert_eq!(now(world.channel.close("pay_9".into())).unwrap(), Seen::Missing);
    assert_eq!(now(world.channel.query("pay_9".into())).unwrap(), Seen::Missing);
}

#[test]
fn the_same_number_with_another_amount_is_refused() {
    let world = World::open();
    let payment = world.opened();
    let wish = Wish { number: payment.to_string(), amount: cny(501), expires_at: START, return_to: None };
    assert_eq!(now(world.channel.create(wish)), Err(ChannelError::Refused("number_reused".into())));
}

#[test]
fn the_bank_pays_out_once_and_fails_on_demand() {
    let world = World::open();
    let bank = SandboxBank::in_process(world.store.clone());
    let transfer = |number: &str, minor: i64| bank::Transfer {
        number: number.into(),
        account: "bnk_1".into(),
        amount: cny(minor),
    };
    let first = now(bank.transfer(transfer("out_1", 500))).unwrap();
    assert!(matches!(first, bank::Seen::Done { .. }), "{first:?}");
    assert_eq!(now(bank.transfer(transfer("out_1", 500))).unwrap(), first);
    assert_eq!(now(bank.query("out_1".into())).unwrap(), first);
    assert_eq!(now(bank.query("out_2".into())).unwrap(), bank::Seen::Missing);
    let reused = now(bank.transfer(transfer("out_1", 1)));
    assert_eq!(reused, Err(payout::BankError::Refused("number_reused".into())));
    world.mischief(Mischief::Fail, 0);
    let failed = now(bank.transfer(transfer("out_2", 500))).unwrap();
    assert_eq!(failed, bank::Seen::Failed { code: "account_closed".into() });
    assert_eq!(Bank::code(&bank), Channel::code(&world.channel));
}
