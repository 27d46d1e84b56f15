//! What goes wrong on demand.

use kernel::{Home, Result, error::Common};
use store::{Tx, args, sql};

store::codes! {
    /// What a mischief is done to.
    pub enum Topic {
        /// Messages to the merchant.
        Callback = "callback",
        /// Refunds and transfers.
        Money = "money",
    }
}

store::codes! {
    /// What goes wrong.
    pub enum Mischief {
        /// The message is sent later, by the milliseconds given.
        Delay = "delay",
        /// The message is sent twice.
        Double = "double",
        /// The message is held for a minute, so that the ones after it overtake it.
        Reorder = "reorder",
        /// The message is never sent.
        Lose = "lose",
        /// The message is signed wrongly, the first time it is sent.
        Forge = "forge",
        /// The refund or transfer fails.
        Fail = "fail",
    }
}

impl Mischief {
    const fn topic(self) -> Topic {
        match self {
            Mischief::Fail => Topic::Money,
            Mischief::Delay | Mischief::Double | Mischief::Reorder | Mischief::Lose | Mischief::Forge => {
                Topic::Callback
            }
        }
    }
}

/// Stands for whatever comes next; no number can be it.
pub(crate) const NEXT: &str = "*";

/// A mischief with its measure.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Trick {
    pub what: Mischief,
    pub millis: i64,
}

/// Orders a mischief: for one payment's (or transfer's) number, or without a number for whatever comes next, so many
/// `times`. It takes the place of the one ordered before; zero times is none. `millis` counts for [`Mischief::Delay`].
///
/// # Errors
/// `out_of_range` for negative measures; `malformed` for what is no number.
pub fn make_mischief(tx: &mut Tx, number: Option<&str>, what: Mischief, millis: i64, times: i64) -> Result<()> {
    if millis < 0 || times < 0 {
        return Err(Common::OutOfRange { least: 0, most: i64::MAX }.into());
    }
    if let Some(number) = number {
        crate::pay::check_number(number)?;
    }
    let number = number.unwrap_or(NEXT);
    let sql = sql!(
        "insert into sandbox_mischief (topic, number, home, what, millis, times)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (topic, number, home) do update
         set what = $4, millis = $5, times = $6"
    );
    tx.exec(sql, args![what.topic(), number, Home::of_text(number), what, millis, times])?;
    Ok(())
}

/// Takes the mischief that waits for this number, or else the one that waits for whatever comes next.
pub(crate) fn take(tx: &mut Tx, topic: Topic, number: &str) -> Result<Option<Trick>> {
    let sql = sql!(
        "update sandbox_mischief
         set times = times - 1
         where topic = $1 and number = $2 and home = $3 and times > 0
         returning what, millis"
    );
    for number in [number, NEXT] {
        let taken = tx.opt(sql, args![topic, number, Home::of_text(number)], |row| {
            Ok(Trick { what: row.get(0)?, millis: row.get(1)? })
        })?;
        if taken.is_some() {
            return Ok(taken);
        }
    }
    Ok(None)
}
