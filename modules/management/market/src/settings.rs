//! Every setting of the market: its key, its type, its default and where that default comes from, its bounds.
//! A new setting is one entry here and nothing else.

use crate::{Refusal, value::Value};
use jiff::tz::TimeZone;
use kernel::{BasisPoints, Currency, Day, Error, Locale, Result, Text, Time, error::Common, quantity};
use std::{fmt, ops::Deref, str::FromStr};

/// The zone in which the market counts days.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Zone(pub(crate) TimeZone);

impl Zone {
    /// The IANA name, as it is stored beside a business date.
    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }
}

impl Deref for Zone {
    type Target = TimeZone;
    fn deref(&self) -> &TimeZone {
        &self.0
    }
}

impl FromStr for Zone {
    type Err = Error;

    /// Reads an IANA name.
    ///
    /// # Errors
    /// `malformed`.
    fn from_str(text: &str) -> Result<Zone> {
        let unknown = |_| Common::Malformed { expected: "an IANA time zone such as Asia/Shanghai" };
        Ok(Zone(TimeZone::get(text.trim()).map_err(unknown)?))
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

store::codes! {
    /// How often shops are paid out without asking.
    pub enum PayoutSchedule {
        /// Never: each payout is asked for.
        Off = "off",
        /// Each day.
        Daily = "daily",
        /// Each Monday.
        Weekly = "weekly",
    }
}

/// The address that people type: `https://market.example`, without a path.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PublicAddress(String);

impl PublicAddress {
    const CHARS_MAX: usize = 190;
}

impl FromStr for PublicAddress {
    type Err = Error;

    /// # Errors
    /// `malformed` for anything but `http://` or `https://`, a host and, where it needs one, a port.
    fn from_str(text: &str) -> Result<PublicAddress> {
        let text = text.trim().trim_end_matches('/');
        let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
        let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']');
        match host {
            Some(host) if !host.is_empty() && text.len() <= Self::CHARS_MAX && host.chars().all(fits) => {
                Ok(PublicAddress(text.to_owned()))
            }
            _ => Err(Common::Malformed { expected: "an address such as https://market.example" }.into()),
        }
    }
}

impl fmt::Display for PublicAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Declares the settings: the struct, its defaults, and reading and writing each by its key.
macro_rules! settings {
    ($($(#[doc = $doc:literal])+ $key:ident: $type:ty = $default:expr $(, within $bounds:expr)?;)+) => {
        /// The market's settings as they are in force: the defaults of the code under the rows of the operator.
        #[derive(Clone, PartialEq, Eq, Debug)]
        pub struct Settings {
            $($(#[doc = $doc])+ pub $key: $type,)+
        }

        impl Default for Settings {
            fn default() -> Settings {
                Settings { $($key: $default,)+ }
            }
        }

        impl Settings {
            /// Every key, in the order of this file.
            pub const KEYS: &'static [&'static str] = &[$(stringify!($key)),+];

            /// Sets one setting from its text.
            ///
            /// # Errors
            /// `unknown_setting`, and `out_of_range`, `malformed`, `too_long` or `not_text` for a value that does not fit.
            pub fn set(&mut self, key: &str, value: &str) -> Result<()> {
                match key {
                    $(stringify!($key) => {
                        let within = [$($bounds)?].into_iter().next().unwrap_or(i64::MIN..=i64::MAX);
                        self.$key = Value::read(value, within).map_err(|no| no.at(stringify!($key)))?;
                    })+
                    _ => return Err(Refusal::UnknownSetting { key: key.chars().take(60).collect() }.into()),
                }
                Ok(())
            }

            /// Every setting with its value as text, for the operator's page.
            pub fn list(&self) -> Vec<(&'static str, String)> {
                vec![$((stringify!($key), Value::write(&self.$key))),+]
            }
        }
    };
}

settings! {
    /// What the market calls itself. Default: this program's own name.
    name: Text<60> = default_name();
    /// The currency that a new shop trades in. Default: renminbi, the currency of every figure in the domain notes.
    currency: Currency = Currency::CNY;
    /// In which zone days are counted: business dates, T+N, the day of a payout. Default: China's one zone.
    zone: Zone = default_zone();
    /// The language of whoever has not chosen one. Default: Chinese.
    language: Locale = Locale::Zh;
    /// The address that people type, for links that leave the market; `none` for the address at which it listens.
    /// Default: none; whoever sets the market up names it.
    public_address: Option<PublicAddress> = None;
    /// Minutes after which an unpaid order closes and its stock goes back. Default: 30, the usage of large Chinese
    /// platforms for ordinary goods.
    close_unpaid_minutes: i64 = 30, within 1..=10_080;
    /// Days after shipping when an order confirms itself. Default: 10, as WeChat's mini-shops receive automatically.
    confirm_days: i64 = 10, within 1..=90;
    /// Days by which the buyer may put that off, once. Default: 3, the step of large Chinese platforms.
    confirm_extension_days: i64 = 3, within 0..=30;
    /// Hours a seller has to decide a refund after shipping. Default: 48, the usual time of large Chinese platforms.
    refund_answer_hours: i64 = 48, within 1..=720;
    /// Days in which the operator rules on a refund that came to him; his silence decides nothing. Default: 7, the time
    /// for a complex ruling.
    ruling_days: i64 = 7, within 1..=90;
    /// Days after which a quotation expires. Default: 7, our own.
    quotation_days: i64 = 7, within 1..=365;
    /// N of T+N: calendar days from confirmation until a shop's money is available. Default: 7, level C of the
    /// settlement table (money, 3).
    settle_days: i64 = 7, within 0..=180;
    /// The share of settled money that is held back against late refunds. Default: 10 %, level C of the settlement
    /// table; at most 50 %, the cap of the exposure formula (money, 7).
    settle_reserve_bp: BasisPoints = points(1_000), within 0..=5_000;
    /// Days for which the holdback is kept. Default: 30, level C of the settlement table.
    reserve_days: i64 = 30, within 0..=180;
    /// Commission on goods whose category names no rate of its own. Default: 5 %, the lower end of the course's 5–10 %.
    commission_bp: BasisPoints = points(500), within 0..=10_000;
    /// The most lines of a cart. Default: 120, the cap of large Chinese platforms' carts.
    cart_lines_max: i64 = 120, within 1..=1_000;
    /// The most lines of a quotation. Default: 5,000, eight times the longest invoice of a real wholesaler.
    quotation_lines_max: i64 = 5_000, within 1..=5_000;
    /// The most units of one line. Default: 1,000,000, fifty times the largest line of a real wholesaler.
    line_units_max: i64 = quantity::LINE_UNITS_MAX, within 1..=quantity::LINE_UNITS_MAX;
    /// The most minor units that one trade may cost. Default: 10^13, far below where 64-bit sums of trades could wrap.
    total_max: i64 = TOTAL_MAX, within 1..=TOTAL_MAX;
    /// The least minor units of a payout. Default: 100, the minimum payout of 1.00 (money, 3).
    payout_min_minor: i64 = 100, within 1..=1_000_000_000;
    /// Whether shops are paid out without asking. Default: off; a payout is asked for.
    payout_schedule: PayoutSchedule = PayoutSchedule::Off;
    /// Days for which a log-in stays open. Default: 30, our own.
    session_days: i64 = 30, within 1..=365;
    /// Days for which a guest's secret link opens his order. Default: 90, so that it outlives confirmation (at most
    /// 13 days), settlement and the usual after-sales weeks.
    guest_link_days: i64 = 90, within 1..=730;
    /// KiB of memory that hashing one password takes. Default: 19,456, OWASP's first recommendation for argon2id.
    argon2_memory_kib: i64 = 19_456, within 8..=1_048_576;
    /// Passes over that memory. Default: 2, of the same recommendation.
    argon2_passes: i64 = 2, within 1..=16;
    /// Hours for which the answer to a request's key is kept. Default and least: 24, what the API promises.
    once_hours: i64 = 24, within 24..=720;
    /// Whether all of it is made up: its people, goods and trade. Default: no; the demo market says so of itself.
    demo: bool = false;
    /// Until when, in milliseconds since 1970, a replay plays the past of this market: workers that live in the present
    /// stand aside meanwhile, or they would end what is still to come there. Default: 0, none does; a replay beside a
    /// running server writes it, renews it, and takes it back.
    past_until: i64 = 0;
}

/// How long a replay that has been killed is waited for, so that it can be started again where it was.
pub const PAST_MILLIS: i64 = 10 * kernel::time::MINUTE;

const TOTAL_MAX: i64 = 10_000_000_000_000;

fn default_name() -> Text<60> {
    Text::new("jishi").expect("five letters are a name")
}

fn default_zone() -> Zone {
    Zone(TimeZone::get("Asia/Shanghai").expect("the zone database is compiled in"))
}

fn points(points: i64) -> BasisPoints {
    BasisPoints::new(points).expect("a default is between 0 and 10,000")
}

/// A calendar day in the market's zone and the instant at which it begins: computed once, stored with the zone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Due {
    /// The business date.
    pub day: Day,
    /// Its first instant.
    pub at: Time,
}

impl Settings {
    /// Whether somebody plays the past at this instant of the present. Whoever lives in that past is not meant.
    pub fn is_past_played(&self, now: Time) -> bool {
        (1..=PAST_MILLIS).contains(&self.past_until.saturating_sub(now.0))
    }

    /// The day that is `days` calendar days after the day of `from`, both counted in the market's zone.
    ///
    /// # Errors
    /// `out_of_range` beyond the calendar.
    pub fn day_after(&self, from: Time, days: i64) -> Result<Due> {
        let day = from.day(&self.zone).plus_days(days);
        Ok(Due { day, at: day.start(&self.zone)? })
    }

    /// When money confirmed at `confirmed` becomes available to its shop: T+N in calendar days of the market's zone.
    ///
    /// # Errors
    /// `out_of_range` beyond the calendar.
    pub fn settles(&self, confirmed: Time) -> Result<Due> {
        self.day_after(confirmed, self.settle_days)
    }
}
