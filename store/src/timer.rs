//! What will be done later: one timer per subject and kind, run once even by several processes, caught up after a restart.

use crate::{Read, Tx, across, args, sql};
use kernel::{Home, Id, Result, Time, time::MINUTE};

/// Something to be done at its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timer {
    /// The subject's home.
    pub home: Home,
    /// The raw id it is about.
    pub subject: i64,
    /// What is to be done.
    pub kind: String,
    /// When.
    pub due_at: Time,
    /// How often it was begun and failed.
    pub tries: i64,
}

impl Timer {
    /// The subject as an id of the kind that this timer's kind is about.
    pub fn about<K>(&self) -> Id<K> {
        Id::from_raw(self.subject)
    }
}

/// How long to wait after `tries` failures: a second, doubled, at most an hour.
pub(crate) fn back_off(tries: i64) -> i64 {
    (1_000 << tries.clamp(0, 20)).min(60 * MINUTE)
}

/// The timers that are due, earliest first.
///
/// # Errors
/// What the engine says.
pub fn due_timers(read: &mut Read, now: Time, limit: i64) -> Result<Vec<Timer>> {
    let sql = across!(
        "select home, subject, kind, due_at, tries
         from store_timer
         where state = 0 and due_at <= $1 and not_before <= $1
         order by due_at, subject, kind
         limit $2"
    );
    read.all(sql, args![now, limit], |row| {
        Ok(Timer {
            home: row.get(0)?,
            subject: row.get(1)?,
            kind: row.get(2)?,
            due_at: row.get(3)?,
            tries: row.get(4)?,
        })
    })
}

/// When the next timer may run, if any waits; one that was put off counts from the end of that. It looks at the
/// earliest hundred.
///
/// # Errors
/// What the engine says.
pub fn next_due(read: &mut Read) -> Result<Option<Time>> {
    let sql = across!(
        "select due_at, not_before
         from store_timer
         where state = 0
         order by due_at
         limit 100"
    );
    let mut next: Option<Time> = None;
    read.each(sql, args![], |row| {
        let may: Time = row.get::<Time>(0)?.max(row.get(1)?);
        next = Some(next.map_or(may, |next| next.min(may)));
        Ok(())
    })?;
    Ok(next)
}

impl Tx<'_> {
    /// Sets a timer, or moves the one that this subject has of this kind.
    ///
    /// # Errors
    /// What the engine says.
    pub fn set_timer(&mut self, kind: &'static str, subject: i64, home: Home, due: Time) -> Result<()> {
        let sql = sql!(
            "insert into store_timer (home, subject, kind, due_at, state, tries, not_before)
             values ($1, $2, $3, $4, 0, 0, 0)
             on conflict do nothing"
        );
        if self.exec(sql, args![home, subject, kind, due])? == 1 {
            return Ok(());
        }
        let sql = sql!(
            "update store_timer
             set due_at = $4, state = 0, tries = 0, not_before = 0, ran_at = null
             where home = $1 and subject = $2 and kind = $3"
        );
        self.exec(sql, args![home, subject, kind, due])?;
        Ok(())
    }

    /// Drops a timer that still waits; none is no error.
    ///
    /// # Errors
    /// What the engine says.
    pub fn drop_timer(&mut self, kind: &'static str, subject: i64, home: Home) -> Result<()> {
        let sql = sql!(
            "update store_timer
             set state = 2, ran_at = $4
             where home = $1 and subject = $2 and kind = $3 and state = 0"
        );
        let now = self.now;
        self.exec(sql, args![home, subject, kind, now])?;
        Ok(())
    }

    /// Takes a due timer, in the act that does what it is for; false where somebody else was faster or it was moved.
    ///
    /// # Errors
    /// What the engine says.
    pub fn take_timer(&mut self, timer: &Timer) -> Result<bool> {
        let sql = sql!(
            "update store_timer
             set state = 1, ran_at = $5
             where home = $1 and subject = $2 and kind = $3 and state = 0 and due_at = $4"
        );
        let now = self.now;
        Ok(self.exec(sql, args![timer.home, timer.subject, timer.kind, timer.due_at, now])? == 1)
    }

    /// Takes a timer before its time, in the act that does now what it is for; false where it does not wait.
    ///
    /// # Errors
    /// What the engine says.
    pub fn take_timer_early(&mut self, kind: &'static str, subject: i64, home: Home) -> Result<bool> {
        let sql = sql!(
            "update store_timer
             set state = 1, ran_at = $4
             where home = $1 and subject = $2 and kind = $3 and state = 0"
        );
        let now = self.now;
        Ok(self.exec(sql, args![home, subject, kind, now])? == 1)
    }

    /// Puts a timer off after what it is for broke.
    ///
    /// # Errors
    /// What the engine says.
    pub fn put_off_timer(&mut self, timer: &Timer) -> Result<()> {
        let next = self.now.plus(back_off(timer.tries));
        let sql = sql!(
            "update store_timer
             set tries = tries + 1, not_before = $4
             where home = $1 and subject = $2 and kind = $3 and state = 0"
        );
        self.exec(sql, args![timer.home, timer.subject, timer.kind, next])?;
        Ok(())
    }
}
