//! The lines of the file, and the rules by which one is refused. First match wins; nothing is trimmed; codes are
//! compared in upper case; prices are rounded half up to pence.

use kernel::{Result, Time, quantity::LINE_UNITS_MAX};
use std::path::Path;

/// The columns of the file, in order.
pub const HEADER: [&str; 8] =
    ["invoice", "stock_code", "description", "quantity", "invoice_date", "unit_price_gbp", "customer_id", "country"];

/// A line that is fit for the market.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// The invoice's number, with its C where it is a credit note.
    pub invoice: String,
    /// The stock code in upper case.
    pub code: String,
    /// As on the invoice.
    pub description: String,
    /// Units; negative on a credit note.
    pub quantity: i64,
    /// The unit price in pence.
    pub pence: i64,
    /// When.
    pub at: Time,
    /// The customer's number; empty for a guest.
    pub customer: String,
}

impl Line {
    /// Quantity by price, pence.
    pub fn minor(&self) -> i64 {
        self.quantity * self.pence
    }

    /// Whether it stands on a credit note.
    pub fn is_cancellation(&self) -> bool {
        self.invoice.starts_with('C')
    }
}

/// Why a line is refused, with what it would have been worth.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The rule.
    pub code: &'static str,
    /// Quantity by price, pence; 0 where that cannot be read.
    pub minor: i64,
}

/// Reads a file line by line.
///
/// # Errors
/// `file_unreadable`, `header_unreadable`.
pub fn read(file: &Path) -> Result<impl Iterator<Item = Result<Line, Fault>>> {
    let rows = intake::table(intake::open(file)?, &HEADER)?;
    Ok(rows.map(|row| row.map_err(|_| MALFORMED).and_then(|cells| judge(&cells))))
}

const MALFORMED: Fault = Fault { code: "malformed", minor: 0 };

/// The most pence that a price may be, so that no line comes near the end of 64 bits; of units a line holds as many as
/// the market lets it.
const PENCE_MOST: i64 = 1_000_000_000;

/// A row's cells become a line, or the first rule that it breaks.
pub fn judge(cells: &[String]) -> Result<Line, Fault> {
    let [invoice, code, description, quantity, at, price, customer, _country] = cells else {
        return Err(MALFORMED);
    };
    let quantity: i64 = quantity.parse().map_err(|_| MALFORMED)?;
    let pence = pence(price).ok_or(MALFORMED)?;
    let at: Time = at.parse().map_err(|_| MALFORMED)?;
    if quantity.abs() > LINE_UNITS_MAX || pence.abs() > PENCE_MOST {
        return Err(MALFORMED);
    }
    let line = Line {
        invoice: invoice.clone(),
        code: code.to_ascii_uppercase(),
        description: description.clone(),
        quantity,
        pence,
        at,
        customer: customer.clone(),
    };
    match broken_rule(&line) {
        Some(code) => Err(Fault { code, minor: line.minor() }),
        None => Ok(line),
    }
}

fn broken_rule(line: &Line) -> Option<&'static str> {
    let cancels = line.is_cancellation();
    let number = line.invoice.strip_prefix('C').unwrap_or(&line.invoice);
    let rules = [
        (!is_number(number), "not_an_invoice"),
        (!is_goods(&line.code), "not_goods"),
        (line.pence <= 0, "no_price"),
        (line.quantity == 0, "no_quantity"),
        (cancels && line.quantity > 0, "cancellation_not_negative"),
        (cancels && line.customer.is_empty(), "unknown_buyer"),
        (!cancels && line.quantity < 0, "stock_adjustment"),
    ];
    rules.into_iter().find(|(broken, _)| *broken).map(|(_, code)| code)
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Five digits, then letters or nothing.
fn is_goods(code: &str) -> bool {
    let bytes = code.as_bytes();
    bytes.len() >= 5 && bytes[..5].iter().all(u8::is_ascii_digit) && bytes[5..].iter().all(u8::is_ascii_alphabetic)
}

/// A price in pounds, rounded half up to pence: 0.005 is a penny, and so is 0.0149.
fn pence(text: &str) -> Option<i64> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    if !is_number(whole) || !is_number(part) || whole.len() > 12 {
        return None;
    }
    let part: String = part.chars().chain("000".chars()).take(3).collect();
    let mills: i64 = format!("{whole}{part}").parse().ok()?;
    Some(sign * ((mills + 5) / 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(text: &str) -> Vec<String> {
        text.split(',').map(str::to_owned).collect()
    }

    #[test]
    fn the_first_rule_that_a_line_breaks_is_named() {
        let table = [
            ("489434,85048,A,12,2009-12-01T07:45:00,6.95,13085,UK", Ok(8_340)),
            ("489434,79323p,A,12,2009-12-01T07:45:00,6.95,,UK", Ok(8_340)),
            ("C489434,85048,A,-1,2009-12-01T07:45:00,6.95,13085,UK", Ok(-695)),
            ("489434,85048,A,x,2009-12-01T07:45:00,6.95,13085,UK", Err("malformed")),
            ("489434,85048,A,1000001,2009-12-01T07:45:00,6.95,13085,UK", Err("malformed")),
            ("489434,85048,A,1,yesterday,6.95,13085,UK", Err("malformed")),
            ("489434,85048,A,1,2009-12-01T07:45:00,6.9.5,13085,UK", Err("malformed")),
            ("489434,85048,A,1,2009-12-01T07:45:00,6.95,13085", Err("malformed")),
            ("A506401,B,A,1,2009-12-01T07:45:00,-5.00,,UK", Err("not_an_invoice")),
            ("C,85048,A,-1,2009-12-01T07:45:00,6.95,13085,UK", Err("not_an_invoice")),
            ("489434,POST,A,1,2009-12-01T07:45:00,0,13085,UK", Err("not_goods")),
            ("489434,99999J ,A,1,2009-12-01T07:45:00,1,13085,UK", Err("not_goods")),
            ("489434,8504,A,1,2009-12-01T07:45:00,1,13085,UK", Err("not_goods")),
            ("489434,85048,A,0,2009-12-01T07:45:00,0.004,13085,UK", Err("no_price")),
            ("489434,85048,A,0,2009-12-01T07:45:00,1,13085,UK", Err("no_quantity")),
            ("C489434,85048,A,1,2009-12-01T07:45:00,1,,UK", Err("cancellation_not_negative")),
            ("C489434,85048,A,-1,2009-12-01T07:45:00,1,,UK", Err("unknown_buyer")),
            ("489434,85048,A,-1,2009-12-01T07:45:00,1,,UK", Err("stock_adjustment")),
        ];
        for (text, expected) in table {
            let judged = judge(&cells(text)).map(|line| line.minor()).map_err(|fault| fault.code);
            assert_eq!(judged, expected, "{text}");
        }
    }

    #[test]
    fn prices_are_rounded_half_up_to_pence() {
        let table = [("2.1", 210), ("0.001", 0), ("0.005", 1), ("1.2349", 123), ("10", 1000), ("-0.5", -50)];
        for (text, expected) in table {
            assert_eq!(pence(text), Some(expected), "{text}");
        }
        for text in ["", ".", "1e3", "£1", "1,5", " 1", "--1"] {
            assert_eq!(pence(text), None, "{text}");
        }
    }
}
