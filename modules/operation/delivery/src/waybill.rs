//! A carrier's number, and whose parcel it is on.

use jiff::tz::TimeZone;
use kernel::{Home, Id, Result, Time, error::Common, kinds};
use serde::{Deserialize, Serialize};
use std::fmt;
use store::{Read, Tx, args, sql};

const CARRIER_MAX: usize = 32;
const NUMBER_MAX: usize = 64;

/// A carrier's code with its number for one parcel. Read once, so `sf 123` and `SF123` cannot be two parcels.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Waybill {
    carrier: String,
    number: String,
}

impl Waybill {
    /// # Errors
    /// `malformed` for a carrier that is not 1 to 32 letters, digits, `_` or `-`, or a number that is not 1 to 64
    /// letters, digits or hyphens; blanks in and around the number are left out.
    pub fn new(carrier: &str, number: &str) -> Result<Waybill> {
        let carrier = carrier.trim().to_ascii_lowercase();
        let number: String = number.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_uppercase();
        let fits = |text: &str, most, more: &[u8]| {
            (1..=most).contains(&text.len()) && text.bytes().all(|c| c.is_ascii_alphanumeric() || more.contains(&c))
        };
        if !fits(&carrier, CARRIER_MAX, b"_-") {
            return Err(Common::Malformed { expected: "a carrier's code" }.into());
        }
        if !fits(&number, NUMBER_MAX, b"-") {
            return Err(Common::Malformed { expected: "a waybill number" }.into());
        }
        Ok(Waybill { carrier, number })
    }

    /// The carrier's code, lower case.
    pub fn carrier(&self) -> &str {
        &self.carrier
    }

    /// The number, upper case.
    pub fn number(&self) -> &str {
        &self.number
    }

    fn home(&self, year: i64) -> Home {
        Home::of_text(&format!("{}/{}/{year}", self.carrier, self.number))
    }
}

impl fmt::Display for Waybill {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.carrier, self.number)
    }
}

/// The parcel that a carrier speaks of at an instant: handed over in that year, or in the year before.
///
/// # Errors
/// What the engine says.
pub fn find_by_waybill(read: &mut Read, waybill: &Waybill, at: Time) -> Result<Option<Id<kinds::Parcel>>> {
    let this_year = year_of(at);
    let found = find_in_year(read, waybill, this_year)?;
    if found.is_some() { Ok(found) } else { find_in_year(read, waybill, this_year - 1) }
}

fn find_in_year(read: &mut Read, waybill: &Waybill, year: i64) -> Result<Option<Id<kinds::Parcel>>> {
    let sql = sql!(
        "select parcel
         from delivery_waybill
         where home = $1 and carrier = $2 and number = $3 and year = $4"
    );
    read.opt(sql, args![waybill.home(year), waybill.carrier, waybill.number, year], |row| row.get(0))
}

/// Takes a number for a parcel; false where it is on another one of this year.
pub(crate) fn take(tx: &mut Tx, waybill: &Waybill, parcel: Id<kinds::Parcel>) -> Result<bool> {
    let year = year_of(tx.now());
    let sql = sql!(
        "insert into delivery_waybill (home, carrier, number, year, parcel)
         values ($1, $2, $3, $4, $5)
         on conflict (carrier, number, year, home) do nothing"
    );
    Ok(tx.exec(sql, args![waybill.home(year), waybill.carrier, waybill.number, year, parcel])? == 1)
}

fn year_of(time: Time) -> i64 {
    time.day(&TimeZone::UTC).number() / 10_000
}
