//! Amounts, instants and counts as people read them, in each language of the market.

use crate::words;
use jiff::{Timestamp, Zoned, tz::TimeZone};
use kernel::{Currency, Day, Locale, Money, Time};

/// The pieces of an amount, so that a page can set sign and cents smaller.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pieces {
    /// `−`, or nothing.
    pub minus: &'static str,
    /// `¥`, or the currency's letters and a space.
    pub sign: String,
    /// `1,204`.
    pub whole: String,
    /// `.50`; nothing where the currency has no minor unit.
    pub part: String,
}

/// The pieces of an amount.
pub fn pieces(money: Money) -> Pieces {
    let exponent = money.currency.exponent();
    let scale = 10_u64.pow(exponent);
    let minor = money.minor.unsigned_abs();
    let width = exponent as usize;
    let part = if exponent == 0 { String::new() } else { format!(".{:0width$}", minor % scale) };
    let minus = if money.minor < 0 { "−" } else { "" };
    Pieces { minus, sign: sign(money.currency), whole: grouped(minor / scale), part }
}

/// An amount on one line: `¥1,204.50`, `−£3.00`, `CHF 12.00`.
pub fn money(money: Money) -> String {
    let Pieces { minus, sign, whole, part } = pieces(money);
    format!("{minus}{sign}{whole}{part}")
}

/// An amount as a person types it into a field: `1204.50`.
pub fn typed(money: Money) -> String {
    money.to_string().split(' ').next().unwrap_or_default().to_owned()
}

/// The sign that stands before an amount.
pub fn sign(currency: Currency) -> String {
    let sign = match currency.code() {
        "CNY" | "JPY" => "¥",
        "EUR" => "€",
        "GBP" => "£",
        "INR" => "₹",
        "KRW" => "₩",
        "USD" => "$",
        code => return format!("{code} "),
    };
    sign.to_owned()
}

/// A count with its thousands apart.
pub fn count(number: i64) -> String {
    let minus = if number < 0 { "−" } else { "" };
    format!("{minus}{}", grouped(number.unsigned_abs()))
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A rate: `5 %` for 500 hundredths of a percent, `0.6 %` for 60.
pub fn percent(basis_points: i64) -> String {
    let text = format!("{}.{:02}", basis_points / 100, basis_points % 100);
    format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
}

fn zoned(time: Time, zone: &TimeZone) -> Zoned {
    Timestamp::from_millisecond(time.0).unwrap_or(Timestamp::MAX).to_zoned(zone.clone())
}

/// An instant with its day: `11 月 24 日 16:07`, `24 Nov, 16:07`; with the year where it is not this one; with
/// today and tomorrow named where `now` is near.
pub fn time(locale: Locale, zone: &TimeZone, now: Time, time: Time) -> String {
    let (there, here) = (zoned(time, zone), zoned(now, zone));
    let clock = format!("{:02}:{:02}", there.hour(), there.minute());
    let day = match (there.date() - here.date()).get_days() {
        0 => words::say(locale, "day-today"),
        1 => words::say(locale, "day-tomorrow"),
        -1 => words::say(locale, "day-yesterday"),
        _ => date_of(locale, &there, there.year() != here.year()),
    };
    words::tell(locale, "day-and-clock", &[("day", day.into()), ("clock", clock.into())])
}

/// A day: `11 月 24 日`, `24 Nov`, with the year where it is not this one.
pub fn date(locale: Locale, zone: &TimeZone, now: Time, time: Time) -> String {
    let (there, here) = (zoned(time, zone), zoned(now, zone));
    date_of(locale, &there, there.year() != here.year())
}

/// A day with its weekday: `11 月 24 日 周二`, `Tue 24 Nov`.
pub fn weekday(locale: Locale, zone: &TimeZone, time: Time) -> String {
    let there = zoned(time, zone);
    let number = i64::from(there.weekday().to_monday_one_offset());
    let date = date_of(locale, &there, false);
    words::tell(locale, "day-of-week", &[("date", date.into()), ("weekday", number.into())])
}

/// A business day as it is stored: `2026-11-24`, the same in every language.
pub fn day(day: Day) -> String {
    day.to_string()
}

/// For `<time datetime>`: RFC 3339 in UTC.
pub fn machine(time: Time) -> String {
    time.to_string()
}

fn date_of(locale: Locale, there: &Zoned, with_year: bool) -> String {
    let id = if with_year { "date-with-year" } else { "date" };
    let year = there.year().to_string();
    let (month, day) = (i64::from(there.month()), i64::from(there.day()));
    words::tell(locale, id, &[("year", year.into()), ("month", month.into()), ("day", day.into())])
}

/// How long until an instant, as a deadline says it: `2 天`, `3 小时`, `25 分钟`; nothing once it has passed.
pub fn left(locale: Locale, now: Time, until: Time) -> Option<String> {
    let millis = until.0.saturating_sub(now.0);
    if millis <= 0 {
        return None;
    }
    let minutes = millis.div_euclid(kernel::time::MINUTE).max(1);
    let (number, id) = match minutes {
        0..=119 => (minutes, "left-minutes"),
        120..=2_879 => (minutes / 60, "left-hours"),
        _ => (minutes / 1_440, "left-days"),
    };
    Some(words::tell(locale, id, &[("n", number.into())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_read_well_in_every_currency() {
        let cases = [
            (120_450, "CNY", "¥1,204.50"),
            (-300, "GBP", "−£3.00"),
            (1_200, "JPY", "¥1,200"),
            (1_234_567, "KWD", "KWD 1,234.567"),
            (5, "USD", "$0.05"),
            (100_000_000_000, "EUR", "€1,000,000,000.00"),
        ];
        for (minor, currency, written) in cases {
            assert_eq!(money(Money::new(minor, currency.parse().unwrap())), written);
        }
        assert_eq!([percent(500), percent(60), percent(1_050)], ["5 %", "0.6 %", "10.5 %"]);
    }

    #[test]
    fn instants_name_the_near_days() {
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        let now: Time = "2026-11-24T08:07:00Z".parse().unwrap();
        let said = |locale, there: &str| time(locale, &zone, now, there.parse().unwrap());
        assert_eq!(said(Locale::Zh, "2026-11-24T08:07:00Z"), "今天 16:07");
        assert_eq!(said(Locale::En, "2026-11-25T07:00:00Z"), "tomorrow, 15:00");
        assert_eq!(said(Locale::Zh, "2026-12-08T12:00:00Z"), "12 月 8 日 20:00");
        assert_eq!(said(Locale::En, "2009-12-01T07:45:00Z"), "1 Dec 2009, 15:45");
        assert_eq!(weekday(Locale::Zh, &zone, now), "11 月 24 日 周二");
    }

    #[test]
    fn a_deadline_counts_down_in_the_unit_that_matters() {
        let now = Time(0);
        let said = |minutes: i64| left(Locale::En, now, Time(minutes * kernel::time::MINUTE));
        assert_eq!(said(0), None);
        assert_eq!(said(1).unwrap(), "1 minute");
        assert_eq!(said(90).unwrap(), "90 minutes");
        assert_eq!(said(180).unwrap(), "3 hours");
        assert_eq!(said(3 * 1_440).unwrap(), "3 days");
    }
}
