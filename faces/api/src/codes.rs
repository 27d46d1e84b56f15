//! Every code that an operation may say, with its kind and its status.

use axum::http::StatusCode;
use kernel::{Error, Kind, Refused};

type Refusals = &'static [(&'static str, &'static str, Kind)];

/// The tables of whoever says no behind an operation.
const TABLES: [Refusals; 16] = [
    kernel::error::Common::ALL,
    door::Refusal::ALL,
    aftersale::Refusal::ALL,
    cart::Refusal::ALL,
    catalog::Refusal::ALL,
    delivery::Refusal::ALL,
    identity::Refusal::ALL,
    ledger::Refusal::ALL,
    market::Refusal::ALL,
    merchant::Refusal::ALL,
    order::Refusal::ALL,
    payment::Refusal::ALL,
    payout::Refusal::ALL,
    pricing::Refusal::ALL,
    quotation::Refusal::ALL,
    stock::Refusal::ALL,
];

/// The status that a code is said with; none for a code that nobody says.
pub(crate) fn status_of(code: &'static str) -> Option<StatusCode> {
    let (_, _, kind) = TABLES.into_iter().flatten().find(|(_, found, _)| *found == code)?;
    let refused = Refused { code, kind: *kind, facts: Vec::new(), field: None };
    Some(door::problem::status(&Error::Refused(Box::new(refused))))
}
