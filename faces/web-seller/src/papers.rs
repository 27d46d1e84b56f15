//! A merchant's papers as a form asks for them.

use crate::form;
use jiff::{ToSpan, civil::Date, tz::TimeZone};
use kernel::{Error, Fact, Result, Time, error::Common};
use merchant::{MerchantKind, Paper, PaperKind};
use web::Fields;

/// The fields of one paper.
pub(crate) struct PaperFields {
    /// Which paper.
    pub kind: PaperKind,
    /// The names of its fields.
    pub number: String,
    /// Two letters.
    pub country: String,
    /// Who issued it.
    pub issuer: String,
    /// Its last day, if it has one.
    pub expires: String,
}

/// The fields of a paper.
pub(crate) fn fields_of(kind: PaperKind) -> PaperFields {
    let name = |field: &str| format!("{}_{field}", kind.word());
    PaperFields {
        kind,
        number: name("number"),
        country: name("country"),
        issuer: name("issuer"),
        expires: name("expires"),
    }
}

/// The fields of all papers that this kind of merchant needs.
pub(crate) fn fields_for(kind: MerchantKind) -> Vec<PaperFields> {
    kind.papers().iter().map(|paper| fields_of(*paper)).collect()
}

/// A paper as it was typed.
///
/// # Errors
/// `required`, `too_long`, `not_text`, `malformed` for a date that is none, each said of its field.
pub(crate) fn read(fields: &Fields, kind: PaperKind, zone: &TimeZone) -> Result<Paper> {
    let of = fields_of(kind);
    Ok(Paper {
        kind,
        number: form::text(fields, &of.number)?,
        country: form::text(fields, &of.country)?,
        issuer: form::text(fields, &of.issuer)?,
        expires_at: last_day(fields, &of.expires, zone)?,
    })
}

/// A paper is in force through its last day, in the market's zone.
fn last_day(fields: &Fields, name: &str, zone: &TimeZone) -> Result<Option<Time>> {
    let typed = fields.get(name).trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let malformed = |_| Error::from(Common::Malformed { expected: "a date" }).at(name.to_owned());
    let after = typed.parse::<Date>().and_then(|day| day.checked_add(1.day())).map_err(malformed)?;
    let end = after.to_zoned(zone.clone()).map_err(malformed)?;
    Ok(Some(Time(end.timestamp().as_millisecond())))
}

/// What the room says of a paper, said of the paper's number in the form.
pub(crate) fn said_of_number(no: Error) -> Error {
    let paper = match &no {
        Error::Refused(refused) if refused.code == "check_digit_wrong" => {
            refused.facts.iter().find_map(|fact| match fact {
                ("paper", Fact::Text(paper)) => Some(paper.to_string()),
                _ => None,
            })
        }
        _ => None,
    };
    match paper {
        Some(paper) => no.at(format!("{paper}_number")),
        None => no,
    }
}
