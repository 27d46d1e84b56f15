//! Time that moves by a call.

use crate::Market;
use kernel::{
    Result, Time,
    time::{DAY, HOUR, MINUTE},
};

/// So many minutes, in milliseconds.
pub const fn minutes(minutes: i64) -> i64 {
    minutes * MINUTE
}

/// So many hours, in milliseconds.
pub const fn hours(hours: i64) -> i64 {
    hours * HOUR
}

/// So many days of 24 hours, in milliseconds.
pub const fn days(days: i64) -> i64 {
    days * DAY
}

/// What waits for its time, each with when it comes up. Texts and not statements of the program: what a test looks at
/// must not be counted among the statements that may fail.
const WAITING: [&str; 6] = [
    "select min(case when not_before > due_at then not_before else due_at end) from store_timer
     where state = 0 and (due_at > {now} or not_before > {now})",
    "select min(not_before) from store_event where done_at is null and not_before > {now}",
    "select min(ask_at) from payment_payment where ask_at > {now}",
    "select min(ask_at) from payment_refund where ask_at > {now}",
    "select min(ask_at) from payout_payout where ask_at > {now}",
    "select min(due_at) from sandbox_callback where due_at > {now}",
];

/// How many moments one call may stop at: an event that never succeeds comes again every hour.
const STOPS: usize = 100_000;

impl Market {
    /// Time passes: the clock goes from one thing that is due to the next, and each happens at its own time. Counted
    /// from where the story stands, so that a story that is told again ends at the same time.
    ///
    /// # Errors
    /// What the worker says.
    pub fn later(&self, millis: i64) -> Result<()> {
        let until = self.story_time(millis);
        self.pass(until)
    }

    /// Does everything that is due by now, and puts the clock to `until` in steps.
    pub(crate) fn pass(&self, until: Time) -> Result<()> {
        for _ in 0..STOPS {
            self.works()?;
            match self.next_moment()?.filter(|next| *next <= until) {
                Some(next) => self.clock().move_to(next),
                None if self.now() < until => self.clock().move_to(until),
                None => return Ok(()),
            }
        }
        panic!("the market did not reach {until} in {STOPS} steps");
    }

    /// When something that waits comes up next.
    fn next_moment(&self) -> Result<Option<Time>> {
        let now = self.now();
        let ask = move |read: &mut store::Read| {
            let mut next: Option<Time> = None;
            for text in WAITING {
                read.ask(&text.replace("{now}", &now.0.to_string()), |row| {
                    next = next.into_iter().chain(row.get::<Option<Time>>(0)?).min();
                    Ok(())
                })?;
            }
            Ok(next)
        };
        self.store().read(ask).wait()
    }
}
