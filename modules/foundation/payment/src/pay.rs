//! The life of a payment: intended, sent, then succeeded, closed or failed.

use crate::{
    Move, Payment, Refusal, State, Why,
    event::{Closed, Failed, Succeeded},
    find::find,
    late::set_aside,
    worker::first_ask,
};
use kernel::{Id, Money, Result, Time, error::Common, kinds};
use serde::{Deserialize, Serialize};
use store::{Tx, args, into, sql};

/// What became of money that a channel reports.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Outcome {
    /// The trade took it.
    Paid,
    /// We knew; nothing changed.
    Already,
    /// Nobody wants it: it stands in `payment_late` and is to go back, see [`crate::refund_late`].
    Late(Why),
}

/// Notes that a trade shall be paid by a channel, before the channel hears of it. The payment lives in the trade's home.
///
/// # Errors
/// `already_paid` where a payment of the trade has succeeded; `parts_do_not_sum`; `out_of_range` for a share of
/// nothing or less.
pub fn intend(
    tx: &mut Tx,
    trade: Id<kinds::Trade>,
    parts: &[(Id<kinds::Order>, i64)],
    channel: &str,
    amount: Money,
    expires_at: Time,
) -> Result<Id<kinds::Payment>> {
    made_up_of(amount, parts)?;
    let home = trade.home();
    let payment = tx.id::<kinds::Payment>(home)?;
    let now = tx.now();
    let sql = sql!(
        "insert into payment_payment
             (home, id, trade, channel, currency, amount, authorised, captured, refunded, state, channel_ref, failure,
              created_at, expires_at, ended_at, asks, ask_at, version)
         select cast($1 as bigint), cast($2 as bigint), cast($3 as bigint), cast($4 as text), cast($5 as text),
                cast($6 as bigint), 0, 0, 0, cast($7 as text), cast(null as text), cast(null as text),
                cast($8 as bigint), cast($9 as bigint), cast(null as bigint), 0, cast($10 as bigint), 1
         where not exists (
             select 1
             from payment_payment paid
             where paid.home = $1 and paid.trade = $3 and paid.state = 'succeeded'
         )"
    );
    let ask_at = first_ask(now);
    let values =
        args![home, payment, trade, channel, amount.currency, amount.minor, State::Created, now, expires_at, ask_at];
    if tx.exec(sql, values)? == 0 {
        return Err(Refusal::AlreadyPaid.into());
    }
    let rows: Vec<_> = parts.iter().map(|(order, share)| args![home, payment, order, share, 0_i64].to_vec()).collect();
    let into = into!("payment_part", "home, payment, ord, amount, refunded" => "$1, $2, $3, $4, $5");
    tx.insert_all(into, &rows)?;
    tx.about(payment);
    Ok(payment)
}

/// Refuses parts that are nothing, or that do not sum to the amount.
pub(crate) fn made_up_of(amount: Money, parts: &[(Id<kinds::Order>, i64)]) -> Result<()> {
    let mut sum = Money::zero(amount.currency);
    for (_, share) in parts {
        if *share <= 0 {
            return Err(Common::OutOfRange { least: 1, most: amount.minor }.into());
        }
        sum = sum.plus(Money::new(*share, amount.currency))?;
    }
    if sum == amount && amount.minor > 0 {
        return Ok(());
    }
    Err(Refusal::PartsDoNotSum { amount, parts: sum.minor }.into())
}

/// Notes that the channel has opened the payment; false where it has moved on meanwhile, as by a fast callback.
///
/// # Errors
/// `not_found`.
pub fn sent(tx: &mut Tx, payment: Id<kinds::Payment>, channel_ref: &str) -> Result<bool> {
    let found = find(tx, payment)?;
    if found.state.after(Move::Send).is_none() {
        return Ok(false);
    }
    let ask_at = Some(first_ask(tx.now()));
    go(tx, &found, Move::Send, Change { channel_ref: Some(channel_ref), ask_at, ..Change::default() })?;
    Ok(true)
}

/// Records that a channel has taken money. `claim` asks, in the same act, whether the trade still wants it, and takes
/// it if so (a compare-and-set on the trade: unpaid → paid); it is asked only where this payment is open.
///
/// # Errors
/// `not_found`, `currency_mismatch`, `amount_mismatch`; `wrong_state` where another act moved the payment in the same
/// moment, in which case the same call again tells.
pub fn succeed(
    tx: &mut Tx,
    payment: Id<kinds::Payment>,
    paid: Money,
    channel_ref: &str,
    claim: impl FnOnce(&mut Tx) -> Result<bool>,
) -> Result<Outcome> {
    let found = find(tx, payment)?;
    agree(found.amount, paid)?;
    tx.about(payment);
    if found.state == State::Succeeded {
        return Ok(Outcome::Already);
    }
    if !found.state.is_open() {
        return late(tx, &found, paid, channel_ref, Why::AfterClosing);
    }
    if !claim(tx)? {
        let why = if was_paid_otherwise(tx, &found)? { Why::SecondPayment } else { Why::AfterClosing };
        return late(tx, &found, paid, channel_ref, why);
    }
    let change = Change { channel_ref: Some(channel_ref), captured: paid.minor, ..Change::ended(tx.now()) };
    let version = go(tx, &found, Move::Pay, change)?;
    tx.emit(&Succeeded { payment, trade: found.trade, amount: paid }, version)?;
    Ok(Outcome::Paid)
}

/// Refuses money of another amount or currency than was asked for.
pub(crate) fn agree(expected: Money, found: Money) -> Result<()> {
    expected.same_currency(found)?;
    if expected == found {
        return Ok(());
    }
    Err(Refusal::AmountMismatch { expected, found }.into())
}

fn late(tx: &mut Tx, found: &Payment, paid: Money, channel_ref: &str, why: Why) -> Result<Outcome> {
    let new = set_aside(tx, found, paid, channel_ref, why)?;
    Ok(if new { Outcome::Late(why) } else { Outcome::Already })
}

fn was_paid_otherwise(tx: &mut Tx, payment: &Payment) -> Result<bool> {
    let sql = sql!(
        "select count(*)
         from payment_payment
         where home = $1 and trade = $2 and state = 'succeeded'"
    );
    tx.one(sql, args![payment.id.home(), payment.trade], |row| Ok(row.get::<i64>(0)? > 0))
}

/// From now on no money is taken for the payment; the channel is told afterwards ([`crate::due`]). False where it
/// had ended without money before.
///
/// # Errors
/// `not_found`, `already_paid`.
pub fn close(tx: &mut Tx, payment: Id<kinds::Payment>) -> Result<bool> {
    let found = find(tx, payment)?;
    if found.state == State::Succeeded {
        return Err(Refusal::AlreadyPaid.into());
    }
    if !found.state.is_open() {
        return Ok(false);
    }
    let now = tx.now();
    let version = go(tx, &found, Move::Close, Change { ask_at: Some(now), ..Change::ended(now) })?;
    tx.emit(&Closed { payment, trade: found.trade }, version)?;
    Ok(true)
}

/// Records that the channel will not take money for the payment. False where it had ended without money before.
///
/// # Errors
/// `not_found`, `already_paid`.
pub fn fail(tx: &mut Tx, payment: Id<kinds::Payment>, code: &str) -> Result<bool> {
    let found = find(tx, payment)?;
    if found.state == State::Succeeded {
        return Err(Refusal::AlreadyPaid.into());
    }
    if !found.state.is_open() {
        return Ok(false);
    }
    let version = go(tx, &found, Move::Fail, Change { failure: Some(code), ..Change::ended(tx.now()) })?;
    tx.emit(&Failed { payment, trade: found.trade, code: code.to_owned() }, version)?;
    Ok(true)
}

/// What changes beside the state.
#[derive(Default)]
pub(crate) struct Change<'a> {
    pub channel_ref: Option<&'a str>,
    pub failure: Option<&'a str>,
    pub captured: i64,
    pub ended_at: Option<Time>,
    pub ask_at: Option<Time>,
}

impl Change<'_> {
    pub fn ended(now: Time) -> Self {
        Change { ended_at: Some(now), ..Change::default() }
    }
}

/// Moves a payment by compare-and-set; answers its new version.
pub(crate) fn go(tx: &mut Tx, found: &Payment, step: Move, change: Change) -> Result<i64> {
    let wrong = Refusal::WrongState { state: found.state.word() };
    let Some(next) = found.state.after(step) else {
        return Err(wrong.into());
    };
    let sql = sql!(
        "update payment_payment
         set state = $4, channel_ref = coalesce($5, channel_ref), failure = $6, authorised = $7, captured = $7,
             ended_at = $8, asks = 0, ask_at = $9, version = version + 1
         where home = $1 and id = $2 and state = $3
         returning version"
    );
    let Change { channel_ref, failure, captured, ended_at, ask_at } = change;
    let values = args![found.id.home(), found.id, found.state, next, channel_ref, failure, captured, ended_at, ask_at];
    let moved = tx.opt(sql, values, |row| row.get(0))?;
    moved.ok_or_else(|| wrong.into())
}
