//! Typed, time-ordered 63-bit ids that carry their home.
//!
//! Layout, high to low: 40 bits of milliseconds since 2009-01-01 UTC (to 2043), 11 bits of node and
//! counter, 12 bits of home. Outside the program an id is its kind's prefix, 13 Crockford base-32
//! digits and one check character of the same alphabet: `ord_01J8Z…`.

use crate::{Error, error};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::{fmt, hash, marker::PhantomData, str::FromStr};

/// 2009-01-01T00:00:00Z in Unix milliseconds: where the ids' clock starts.
pub const ID_EPOCH_MS: i64 = 1_230_768_000_000;
/// How many homes there are; a home is a slot `0..HOMES`.
pub const HOMES: u16 = 4096;
/// Bits of home at the low end of an id.
pub const HOME_BITS: u32 = 12;
/// Bits of node and counter above the home.
pub const COUNTER_BITS: u32 = 11;

const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const DIGITS: usize = 13;

/// A slot 0..4095: the rows of one home can always live on one machine.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Home(u16);

impl Home {
    /// The slot of any number: its low 12 bits.
    pub const fn of(n: i64) -> Home {
        Home((n & (HOMES as i64 - 1)) as u16)
    }

    /// The home of what is unique market-wide by a text: an e-mail, a slug, a waybill (FNV-1a, stable for ever).
    pub fn of_text(text: &str) -> Home {
        let hash = text
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
        Home::of((hash ^ (hash >> 32)) as i64)
    }

    /// The slot as the database holds it.
    pub const fn raw(self) -> i64 {
        self.0 as i64
    }
}

/// What an [`Id`] names; implemented by the markers in [`crate::kinds`].
pub trait Named: 'static {
    /// The prefix shown outside, without the underscore.
    const PREFIX: &'static str;
}

/// The id of a `K`: 63 bits, never negative.
pub struct Id<K> {
    raw: i64,
    kind: PhantomData<fn() -> K>,
}

impl<K> Id<K> {
    /// From the database's number. Use [`FromStr`] for what comes from outside.
    pub const fn from_raw(raw: i64) -> Self {
        Id { raw, kind: PhantomData }
    }

    /// Puts an id together; `millis` since [`ID_EPOCH_MS`], `counter` of 11 bits.
    pub const fn assemble(millis: i64, counter: i64, home: Home) -> Self {
        Id::from_raw((millis << (COUNTER_BITS + HOME_BITS)) | (counter << HOME_BITS) | home.raw())
    }

    /// As the database holds it.
    pub const fn raw(self) -> i64 {
        self.raw
    }

    /// The home in its low 12 bits.
    pub const fn home(self) -> Home {
        Home::of(self.raw)
    }

    /// The millisecond it was made in, Unix time; later than the truth where a full millisecond borrowed the next.
    pub const fn millis(self) -> i64 {
        (self.raw >> (COUNTER_BITS + HOME_BITS)) + ID_EPOCH_MS
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K> Copy for Id<K> {}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.raw == other.raw
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.raw.cmp(&other.raw)
    }
}
impl<K> hash::Hash for Id<K> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.raw.hash(state);
    }
}

/// Multiplies by x in GF(2⁵) modulo x⁵ + x² + 1.
const fn times_alpha(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted & 0b10_0000 != 0 { (shifted ^ 0b10_0101) & 0b1_1111 } else { shifted }
}

/// The check digit: Σ αⁱ·dᵢ in GF(2⁵). α has order 31, so every wrong digit and every swap of two
/// digits among the 13 changes it.
fn check_digit(digits: &[u8]) -> u8 {
    digits.iter().fold(0, |sum, digit| times_alpha(sum ^ digit))
}

fn base32(raw: i64) -> [u8; DIGITS] {
    let mut digits = [0; DIGITS];
    let mut rest = raw as u64;
    for slot in digits.iter_mut().rev() {
        *slot = (rest & 31) as u8;
        rest >>= 5;
    }
    digits
}

impl<K: Named> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = base32(self.raw);
        write!(f, "{}_", K::PREFIX)?;
        for digit in digits.iter().chain([&check_digit(&digits)]) {
            write!(f, "{}", ALPHABET[*digit as usize] as char)?;
        }
        Ok(())
    }
}

impl<K: Named> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn digit_of(character: u8) -> Option<u8> {
    let character = match character.to_ascii_uppercase() {
        b'O' => b'0',
        b'I' | b'L' => b'1',
        other => other,
    };
    ALPHABET.iter().position(|known| *known == character).map(|at| at as u8)
}

impl<K: Named> FromStr for Id<K> {
    type Err = Error;

    /// Reads what [`fmt::Display`] writes, in either case, with O, I and L forgiven.
    ///
    /// # Errors
    /// `id_malformed` for a wrong prefix, a wrong length, a foreign character or a check character that does not fit.
    fn from_str(text: &str) -> Result<Self, Error> {
        let malformed = || error::Common::IdMalformed { expected: K::PREFIX };
        let (prefix, rest) = text.split_once('_').ok_or_else(malformed)?;
        if prefix != K::PREFIX || rest.len() != DIGITS + 1 {
            return Err(malformed().into());
        }
        let mut digits = [0; DIGITS + 1];
        for (slot, character) in digits.iter_mut().zip(rest.bytes()) {
            *slot = digit_of(character).ok_or_else(malformed)?;
        }
        // 13 digits hold 65 bits: the first may only use three of its five, and no sign.
        if digits[0] > 0b0_0111 || check_digit(&digits[..DIGITS]) != digits[DIGITS] {
            return Err(malformed().into());
        }
        let raw = digits[..DIGITS].iter().fold(0, |raw: u64, digit| (raw << 5) | u64::from(*digit));
        Ok(Id::from_raw(raw as i64))
    }
}

impl<K: Named> Serialize for Id<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de, K: Named> Deserialize<'de> for Id<K> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(|error: Error| serde::de::Error::custom(error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::{Order, Shop};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_id_reads_back_what_it_wrote(raw in 0..i64::MAX) {
            let id = Id::<Order>::from_raw(raw);
            prop_assert_eq!(id.to_string().parse::<Id<Order>>().unwrap(), id);
            prop_assert_eq!(id.to_string().to_lowercase().parse::<Id<Order>>().unwrap(), id);
        }

        #[test]
        fn one_wrong_or_swapped_character_is_noticed(raw in 0..i64::MAX, at in 4..17_usize, other in 0..32_usize) {
            let good = Id::<Order>::from_raw(raw).to_string().into_bytes();
            let mut wrong = good.clone();
            wrong[at] = ALPHABET[other];
            if wrong != good {
                prop_assert!(String::from_utf8(wrong).unwrap().parse::<Id<Order>>().is_err());
            }
            let mut swapped = good.clone();
            swapped.swap(at, if at == 16 { 4 } else { at + 1 });
            if swapped != good {
                prop_assert!(String::from_utf8(swapped).unwrap().parse::<Id<Order>>().is_err());
            }
        }
    }

    #[test]
    fn a_wrong_prefix_or_length_is_refused() {
        let order = Id::<Order>::assemble(5, 7, Home::of(4095)).to_string();
        assert!(order.parse::<Id<Shop>>().is_err());
        for damaged in ["", "ord_", "ord", &order[..17], "ord_ZZZZZZZZZZZZZZ", "ord_00000000000é0"] {
            assert!(damaged.parse::<Id<Order>>().is_err(), "{damaged}");
        }
    }

    #[test]
    fn an_id_knows_its_home_and_its_millisecond() {
        let id = Id::<Order>::assemble(12_345, 2047, Home::of(1234));
        assert_eq!(id.home(), Home::of(1234));
        assert_eq!(id.millis(), ID_EPOCH_MS + 12_345);
        assert!(Id::<Order>::assemble(12_346, 0, Home::of(0)) > id);
    }
}
