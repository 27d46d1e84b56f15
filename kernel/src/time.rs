//! Instants and calendar days. Time is always handed in: nothing in the market asks the machine for it.

use crate::{Error, error::Common};
use jiff::{Timestamp, civil, tz::TimeZone};
use serde::{Deserialize, Serialize};
use std::{
    fmt,
    str::FromStr,
    sync::atomic::{AtomicI64, Ordering},
    time::SystemTime,
};

/// An instant: milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Time(pub i64);

/// Milliseconds in a minute.
pub const MINUTE: i64 = 60_000;
/// Milliseconds in an hour.
pub const HOUR: i64 = 60 * MINUTE;
/// Milliseconds in a day of 24 hours.
pub const DAY: i64 = 24 * HOUR;

impl Time {
    /// Later by milliseconds; stops at the ends of time instead of wrapping.
    #[must_use]
    pub const fn plus(self, millis: i64) -> Time {
        Time(self.0.saturating_add(millis))
    }

    /// The calendar day here, in a zone.
    pub fn day(self, zone: &TimeZone) -> Day {
        let timestamp = Timestamp::from_millisecond(self.0).unwrap_or(Timestamp::MAX);
        Day(zone.to_datetime(timestamp).date())
    }
}

impl fmt::Display for Time {
    /// RFC 3339 in UTC.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match Timestamp::from_millisecond(self.0) {
            Ok(timestamp) => write!(f, "{timestamp}"),
            Err(_) => write!(f, "{} ms", self.0),
        }
    }
}

impl FromStr for Time {
    type Err = Error;

    /// Reads RFC 3339; a time without a zone is UTC.
    ///
    /// # Errors
    /// `malformed`.
    fn from_str(text: &str) -> Result<Time, Error> {
        if let Ok(timestamp) = text.parse::<Timestamp>() {
            return Ok(Time(timestamp.as_millisecond()));
        }
        let malformed = |_| Common::Malformed { expected: "a time such as 2009-12-01T07:45:00" };
        let civil = text.parse::<civil::DateTime>().map_err(malformed)?;
        let timestamp = TimeZone::UTC.to_timestamp(civil).map_err(malformed)?;
        Ok(Time(timestamp.as_millisecond()))
    }
}

/// A day of the calendar, without a zone.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Day(civil::Date);

impl Day {
    /// Later by days.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Day {
        let span = jiff::Span::new().try_days(days).unwrap_or_default();
        Day(self.0.saturating_add(span))
    }

    /// The first Monday after this day.
    #[must_use]
    pub fn next_monday(self) -> Day {
        self.plus_days(7 - i64::from(self.0.weekday().to_monday_zero_offset()))
    }

    /// The first instant of the day in a zone.
    ///
    /// # Errors
    /// `out_of_range` for a day beyond the calendar.
    pub fn start(self, zone: &TimeZone) -> Result<Time, Error> {
        let zoned = self.0.to_zoned(zone.clone());
        let zoned = zoned.map_err(|_| Common::OutOfRange { least: -9999, most: 9999 })?;
        Ok(Time(zoned.timestamp().as_millisecond()))
    }

    /// As a number `20091201`, which is how a business date is stored.
    pub fn number(self) -> i64 {
        i64::from(self.0.year()) * 10_000 + i64::from(self.0.month()) * 100 + i64::from(self.0.day())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Where time comes from.
pub trait Clock: Send + Sync {
    /// The instant it is.
    fn now(&self) -> Time;
}

/// The machine's clock; only the binary hands it out.
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Time {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        Time(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// A clock that stands until it is moved: replays and tests live by it.
pub struct SetClock(AtomicI64);

impl SetClock {
    /// Standing at an instant.
    pub const fn at(time: Time) -> SetClock {
        SetClock(AtomicI64::new(time.0))
    }

    /// Moves to an instant, never backwards.
    pub fn move_to(&self, time: Time) {
        self.0.fetch_max(time.0, Ordering::SeqCst);
    }

    /// Moves on by milliseconds.
    pub fn move_by(&self, millis: i64) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

impl Clock for SetClock {
    fn now(&self) -> Time {
        Time(self.0.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_without_a_zone_is_utc() {
        let time: Time = "2009-12-01T07:45:00".parse().unwrap();
        assert_eq!(time.to_string(), "2009-12-01T07:45:00Z");
        assert!("yesterday".parse::<Time>().is_err());
    }

    #[test]
    fn a_business_day_begins_where_the_zone_says() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let evening: Time = "2026-11-24T17:00:00Z".parse().unwrap();
        let day = evening.day(&zone);
        assert_eq!(day.number(), 20_261_125);
        assert_eq!(day.next_monday().to_string(), "2026-11-30");
        assert_eq!(day.next_monday().next_monday().to_string(), "2026-12-07");
        assert_eq!(day.plus_days(7).start(&zone).unwrap().to_string(), "2026-12-01T16:00:00Z");
    }
}
