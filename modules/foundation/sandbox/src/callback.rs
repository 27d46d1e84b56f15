//! Messages to the merchant: written in the act that they tell of, sent until they are answered.

use crate::{
    Mischief, Topic,
    mischief::{Trick, take},
    wire::CallbackKind,
};
use kernel::{
    Home, Id, Money, Result, kinds,
    time::{HOUR, MINUTE},
};
use store::{Tx, args, sql};

store::codes! {
    /// Where a message stands.
    pub enum Sending {
        /// It is to be sent, for the first time or again.
        Waiting = "waiting",
        /// The merchant took it.
        Answered = "answered",
        /// It will never be sent, on demand.
        Lost = "lost",
        /// It was sent to the end of the schedule, and nobody took it.
        GivenUp = "given_up",
    }
}

/// Waits after each sending that was not taken: 24 hours in all.
const WAITS: [i64; 15] = [
    15_000,
    15_000,
    30_000,
    3 * MINUTE,
    10 * MINUTE,
    20 * MINUTE,
    30 * MINUTE,
    30 * MINUTE,
    30 * MINUTE,
    HOUR,
    3 * HOUR,
    3 * HOUR,
    3 * HOUR,
    6 * HOUR,
    6 * HOUR,
];

/// How long a message is held so that later ones overtake it.
const HELD: i64 = MINUTE;

/// What there is to tell.
pub(crate) struct News<'a> {
    pub kind: CallbackKind,
    pub payment: &'a str,
    pub number: &'a str,
    pub reference: &'a str,
    pub amount: Money,
    pub code: Option<&'a str>,
}

/// Writes a message, with whatever mischief waits for it.
pub(crate) fn tell(tx: &mut Tx, news: &News) -> Result<()> {
    let event = tx.id::<kinds::SandboxCallback>(Home::of_text(news.payment))?;
    let trick = take(tx, Topic::Callback, news.payment)?;
    write(tx, event, event, news, trick)?;
    if matches!(trick, Some(Trick { what: Mischief::Double, .. })) {
        let second = tx.id::<kinds::SandboxCallback>(event.home())?;
        write(tx, second, event, news, None)?;
    }
    Ok(())
}

fn write(
    tx: &mut Tx,
    id: Id<kinds::SandboxCallback>,
    event: Id<kinds::SandboxCallback>,
    news: &News,
    trick: Option<Trick>,
) -> Result<()> {
    let now = tx.now();
    let what = trick.map(|trick| trick.what);
    let due_at = match trick {
        Some(Trick { what: Mischief::Lose, .. }) => None,
        Some(Trick { what: Mischief::Delay, millis }) => Some(now.plus(millis)),
        Some(Trick { what: Mischief::Reorder, .. }) => Some(now.plus(HELD)),
        _ => Some(now),
    };
    let state = if due_at.is_some() { Sending::Waiting } else { Sending::Lost };
    let forged = what == Some(Mischief::Forge);
    let News { kind, payment, number, reference, amount, code } = news;
    let sql = sql!(
        "insert into sandbox_callback
             (home, id, event, kind, payment, number, reference, currency, amount, code, at, forged, state, tries, due_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 0, $14)"
    );
    let values = args![
        id.home(),
        id,
        event,
        kind,
        payment,
        number,
        reference,
        amount.currency,
        amount.minor,
        code,
        now,
        forged,
        state,
        due_at
    ];
    tx.exec(sql, values)?;
    Ok(())
}

/// Notes how the merchant answered a sending: taken (2xx), or not, and then it comes again by the schedule. False
/// where nothing waits under this id any more.
///
/// # Errors
/// What the engine says.
pub fn callback_answered(tx: &mut Tx, id: Id<kinds::SandboxCallback>, ok: bool) -> Result<bool> {
    let sql = sql!(
        "select tries
         from sandbox_callback
         where home = $1 and id = $2 and state = 'waiting'"
    );
    let Some(tries) = tx.opt(sql, args![id.home(), id], |row| row.get::<i64>(0))? else {
        return Ok(false);
    };
    let next = WAITS.get(usize::try_from(tries).unwrap_or(usize::MAX));
    let (state, due_at) = match next {
        _ if ok => (Sending::Answered, None),
        Some(wait) => (Sending::Waiting, Some(tx.now().plus(*wait))),
        None => (Sending::GivenUp, None),
    };
    let sql = sql!(
        "update sandbox_callback
         set tries = tries + 1, state = $4, due_at = $5, forged = 0
         where home = $1 and id = $2 and tries = $3 and state = 'waiting'"
    );
    Ok(tx.exec(sql, args![id.home(), id, tries, state, due_at])? == 1)
}
