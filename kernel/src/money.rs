//! Exact money: whole minor units of an ISO 4217 currency. No floats, no silent rounding, no mixing.

use crate::{BasisPoints, Error, error::Common};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// An ISO 4217 currency that the market can trade in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

/// Code and exponent (digits after the point) of ISO 4217; currencies of funds and metals left out.
#[rustfmt::skip]
const CURRENCIES: &[(&str, u32)] = &[
    ("AED", 2), ("AUD", 2), ("BHD", 3), ("BRL", 2), ("CAD", 2), ("CHF", 2), ("CLP", 0), ("CNY", 2), ("CZK", 2),
    ("DKK", 2), ("EUR", 2), ("GBP", 2), ("HKD", 2), ("HUF", 2), ("IDR", 2), ("ILS", 2), ("INR", 2), ("ISK", 0),
    ("JOD", 3), ("JPY", 0), ("KRW", 0), ("KWD", 3), ("MOP", 2), ("MXN", 2), ("MYR", 2), ("NOK", 2), ("NZD", 2),
    ("OMR", 3), ("PHP", 2), ("PLN", 2), ("RON", 2), ("RUB", 2), ("SAR", 2), ("SEK", 2), ("SGD", 2), ("THB", 2),
    ("TND", 3), ("TRY", 2), ("TWD", 2), ("UAH", 2), ("USD", 2), ("VND", 0), ("ZAR", 2),
];

impl Currency {
    /// Renminbi.
    pub const CNY: Currency = Currency(*b"CNY");
    /// Yen, which has no minor unit.
    pub const JPY: Currency = Currency(*b"JPY");
    /// Kuwaiti dinar, which has three decimals.
    pub const KWD: Currency = Currency(*b"KWD");
    /// Pound sterling.
    pub const GBP: Currency = Currency(*b"GBP");
    /// US dollar.
    pub const USD: Currency = Currency(*b"USD");

    /// Digits after the point.
    pub fn exponent(self) -> u32 {
        CURRENCIES.iter().find(|(code, _)| *code == self.code()).map_or(2, |(_, exponent)| *exponent)
    }

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a currency is made of ASCII letters only")
    }
}

impl FromStr for Currency {
    type Err = Error;

    /// # Errors
    /// `malformed` for anything but a known code in capitals.
    fn from_str(text: &str) -> Result<Self, Error> {
        let known = CURRENCIES.iter().find(|(code, _)| *code == text);
        let (code, _) = known.ok_or(Common::Malformed { expected: "an ISO 4217 currency" })?;
        let bytes = code.as_bytes();
        Ok(Currency([bytes[0], bytes[1], bytes[2]]))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
impl Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}
impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// An amount in whole minor units of one currency; may be negative.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// Cents, fen, yen, fils.
    pub minor: i64,
    /// Of which currency.
    pub currency: Currency,
}

impl Money {
    /// An amount of minor units.
    pub const fn new(minor: i64, currency: Currency) -> Money {
        Money { minor, currency }
    }

    /// Nothing, in a currency.
    pub const fn zero(currency: Currency) -> Money {
        Money::new(0, currency)
    }

    /// # Errors
    /// `currency_mismatch`, `too_large`.
    pub fn plus(self, other: Money) -> Result<Money, Error> {
        self.same_currency(other)?;
        let minor = self.minor.checked_add(other.minor).ok_or(Common::AmountOverflow)?;
        Ok(Money::new(minor, self.currency))
    }

    /// # Errors
    /// `currency_mismatch`, `too_large`.
    pub fn minus(self, other: Money) -> Result<Money, Error> {
        self.plus(other.negated()?)
    }

    /// # Errors
    /// `too_large` for the least number of 64 bits, which has no opposite.
    pub fn negated(self) -> Result<Money, Error> {
        let minor = self.minor.checked_neg().ok_or(Common::AmountOverflow)?;
        Ok(Money::new(minor, self.currency))
    }

    /// # Errors
    /// `too_large`.
    pub fn times(self, factor: i64) -> Result<Money, Error> {
        let minor = self.minor.checked_mul(factor).ok_or(Common::AmountOverflow)?;
        Ok(Money::new(minor, self.currency))
    }

    /// # Errors
    /// `currency_mismatch` where the two do not share one.
    pub fn same_currency(self, other: Money) -> Result<(), Error> {
        if self.currency == other.currency {
            return Ok(());
        }
        let (expected, found) = (self.currency.to_string(), other.currency.to_string());
        Err(Common::CurrencyMismatch { expected, found }.into())
    }

    /// Reads a decimal text such as `12.30`; at most as many decimals as the currency has.
    ///
    /// # Errors
    /// `malformed`, `too_large`.
    pub fn parse(text: &str, currency: Currency) -> Result<Money, Error> {
        let malformed = || Error::from(Common::Malformed { expected: "an amount such as 12.30" });
        let (sign, digits) = match text.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, text),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let exponent = currency.exponent() as usize;
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let lone_point = digits.ends_with('.');
        if whole.is_empty() || lone_point || part.len() > exponent || !all_digits(whole) || !all_digits(part) {
            return Err(malformed());
        }
        let text = format!("{whole}{part:0<exponent$}");
        let minor: i64 = text.parse().map_err(|_| Common::AmountOverflow)?;
        Ok(Money::new(sign * minor, currency))
    }
}

impl fmt::Display for Money {
    /// `12.30 CNY`, `500 JPY`, `-1.234 KWD`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let exponent = self.currency.exponent();
        let sign = if self.minor < 0 { "-" } else { "" };
        let minor = self.minor.unsigned_abs();
        match 10_u64.pow(exponent) {
            1 => write!(f, "{sign}{minor} {}", self.currency),
            scale => {
                let width = exponent as usize;
                write!(f, "{sign}{}.{:0width$} {}", minor / scale, minor % scale, self.currency)
            }
        }
    }
}

/// `numerator / denominator`, half away from zero rounded up: 2.5 → 3, −2.5 → −3. The denominator is positive.
pub fn round_half_up(numerator: i128, denominator: i128) -> i128 {
    let doubled = 2 * numerator.abs() + denominator;
    numerator.signum() * (doubled / (2 * denominator))
}

/// A share of an amount, half up: the way commission and percentages are rounded (R2, R9 of the worked examples).
pub fn share_half_up(minor: i64, rate: BasisPoints) -> i64 {
    let share = round_half_up(i128::from(minor) * i128::from(rate.get()), i128::from(BasisPoints::WHOLE));
    i64::try_from(share).expect("a rate is at most 100 %, so its share is not above the amount")
}

/// Splits `amount` over `weights` by largest remainder; ties go to the earlier weight (rule R1).
///
/// The amount is capped at the sum of the weights, so each share stays within its weight and the shares sum
/// to the capped amount exactly. All inputs are zero or more.
pub fn split(amount: i64, weights: &[i64]) -> Vec<i64> {
    let total: i128 = weights.iter().map(|weight| i128::from(*weight)).sum();
    if total <= 0 {
        return vec![0; weights.len()];
    }
    let amount = i128::from(amount).min(total);
    let product = |weight: &i64| amount * i128::from(*weight);
    let mut shares: Vec<i64> = weights.iter().map(|weight| (product(weight) / total) as i64).collect();
    let handed_out: i128 = shares.iter().map(|share| i128::from(*share)).sum();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|at| (-(product(&weights[*at]) % total), *at));
    for at in order.into_iter().take((amount - handed_out) as usize) {
        shares[at] += 1;
    }
    shares
}

/// What `returned` of `units` carry of `amount`: the floor of the cumulative share (rule R3). A refund is the
/// difference of two such values, so how a return is cut up cannot change its sum.
pub fn carried_by(amount: i64, returned: i64, units: i64) -> i64 {
    if units == 0 {
        return 0;
    }
    (i128::from(amount) * i128::from(returned)).div_euclid(i128::from(units)) as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn shares_sum_to_the_amount_and_stay_within_their_weights(
            amount in 0..1_000_000_i64, weights in prop::collection::vec(0..100_000_i64, 1..20)
        ) {
            let shares = split(amount, &weights);
            let total: i64 = weights.iter().sum();
            prop_assert_eq!(shares.iter().sum::<i64>(), amount.min(total));
            prop_assert!(shares.iter().zip(&weights).all(|(share, weight)| 0 <= *share && share <= weight));
        }

        #[test]
        fn returning_unit_by_unit_gives_back_everything(amount in 0..1_000_000_i64, units in 1..50_i64) {
            let steps: i64 = (1..=units)
                .map(|n| carried_by(amount, n, units) - carried_by(amount, n - 1, units)).sum();
            prop_assert_eq!(steps, amount);
        }

        #[test]
        fn money_reads_what_it_writes(minor in -1_000_000_000..1_000_000_000_i64) {
            for currency in [Currency::CNY, Currency::JPY, Currency::KWD] {
                let money = Money::new(minor, currency);
                let text = money.to_string();
                prop_assert_eq!(Money::parse(text.split(' ').next().unwrap(), currency).unwrap(), money);
            }
        }
    }

    #[test]
    fn halves_round_up_away_from_zero() {
        let halves = [(5, 10, 1), (25, 10, 3), (24, 10, 2), (-25, 10, -3), (0, 10, 0), (-4, 10, 0)];
        for (numerator, denominator, expected) in halves {
            assert_eq!(round_half_up(numerator, denominator), expected);
        }
    }

    #[test]
    fn currencies_do_not_mix_and_amounts_do_not_wrap() {
        let yuan = Money::new(1, Currency::CNY);
        assert_eq!(yuan.plus(Money::new(1, Currency::JPY)).unwrap_err().code(), "currency_mismatch");
        assert_eq!(Money::new(i64::MAX, Currency::CNY).plus(yuan).unwrap_err().code(), "too_large");
        assert_eq!(Money::new(i64::MIN, Currency::CNY).negated().unwrap_err().code(), "too_large");
    }

    #[test]
    fn a_text_that_is_no_amount_is_refused() {
        for text in ["", "-", ".", "1.", ".5", "1.234", "1,00", "1e3", "٣", "99999999999999999999", "+1", " 1"] {
            assert!(Money::parse(text, Currency::CNY).is_err(), "{text}");
        }
        assert!(Money::parse("1.5", Currency::JPY).is_err());
    }
}
