//! Any one thing by its id, as its rows have it: columns by name, ids in their outside form, instants as in ISO 8601.
//! Personal and sensitive columns are not among them.

use super::{
    order_page,
    things::{self, Part},
};
use crate::outside::{outside, owner_of};
use kernel::{Error, Home, Id, Result, Time, error::Common, id::Named, kinds};
use serde_json::{Map, Value};
use store::{Col, Read, Row, Statement, args};

/// Shows the thing that an id names: an order as its page, with its recipient masked; any other as its own row and the
/// rows that belong to it.
///
/// # Errors
/// `id_malformed`, `not_found`; `malformed` for a kind that has nothing to show.
pub fn show(read: &mut Read, id: &str) -> Result<Value> {
    match id.split_once('_').map(|(prefix, _)| prefix) {
        Some("ord") => serde_json::to_value(order_page(read, id.parse()?)?).map_err(Error::broken),
        Some("trd") => thing::<kinds::Trade>(read, id, things::trade()),
        Some("quo") => thing::<kinds::Quotation>(read, id, things::quotation()),
        Some("lst") => thing::<kinds::Listing>(read, id, things::listing()),
        Some("sku") => thing::<kinds::Sku>(read, id, things::sku()),
        Some("shp") => thing::<kinds::Shop>(read, id, things::shop()),
        Some("pay") => thing::<kinds::Payment>(read, id, things::payment()),
        Some("prf") => thing::<kinds::PaymentRefund>(read, id, things::payment_refund()),
        Some("cas") => thing::<kinds::Case>(read, id, things::case()),
        Some("rfd") => thing::<kinds::Refund>(read, id, things::refund()),
        Some("pcl") => thing::<kinds::Parcel>(read, id, things::parcel()),
        Some("out") => thing::<kinds::Payout>(read, id, things::payout()),
        Some("ent") => thing::<kinds::Entry>(read, id, things::entry()),
        Some("pty") => thing::<kinds::Party>(read, id, things::party()),
        _ => Err(Common::Malformed { expected: SHOWN }.into()),
    }
}

const SHOWN: &str = "the id of an order, trade, quotation, listing, SKU, shop, payment, case, refund, parcel, payout, \
    ledger entry or party";

/// The first part is the thing's own row; without it there is no such thing.
fn thing<K: Named>(read: &mut Read, id: &str, parts: Vec<Part>) -> Result<Value> {
    let id: Id<K> = id.parse()?;
    let mut shown = Map::new();
    for (at, (name, statement)) in parts.into_iter().enumerate() {
        let mut rows = rows(read, statement, id.home(), id.raw(), K::PREFIX)?;
        if at == 0 {
            shown.insert(name.to_owned(), rows.pop().ok_or(Common::NotFound)?);
        } else {
            shown.insert(name.to_owned(), Value::Array(rows));
        }
    }
    Ok(Value::Object(shown))
}

fn rows(read: &mut Read, statement: &'static Statement, home: Home, id: i64, own: &str) -> Result<Vec<Value>> {
    let columns = columns_of(statement.text());
    read.all(statement, args![home, id], |row| {
        let cell = |(at, name): (usize, &&str)| Ok(((*name).to_owned(), value(row, at, name, own)?));
        let mut shown = columns.iter().enumerate().map(cell).collect::<Result<Map<_, _>>>()?;
        // Whose an account is depends on the account.
        if let (Some(Value::String(account)), Some(owner)) =
            (shown.get("account"), shown.get("owner").and_then(Value::as_i64))
        {
            let owner = owner_of(account, owner);
            shown.insert("owner".to_owned(), Value::from(owner));
        }
        Ok(Value::Object(shown))
    })
}

/// The names between `select` and `from`; these statements name plain columns only, some under another name.
pub(crate) fn columns_of(text: &'static str) -> Vec<&'static str> {
    let words = text.split_whitespace().skip(1).take_while(|word| *word != "from");
    let mut columns = Vec::new();
    let mut last = None;
    for word in words {
        last = Some(word.trim_end_matches(','));
        if word.ends_with(',') {
            columns.extend(last.take());
        }
    }
    columns.extend(last);
    columns
}

fn value(row: &Row, at: usize, name: &str, own: &str) -> Result<Value> {
    Ok(match row.col(at)? {
        Col::Null | Col::Blob(_) => Value::Null,
        Col::Text(text) => Value::from(text),
        Col::Real(number) => Value::from(number),
        Col::Int(number) => match named(name, own) {
            Column::Id(_) if number == 0 => Value::Null,
            Column::Id(prefix) => Value::from(outside(prefix, number)),
            Column::Instant => Value::from(Time(number).to_string()),
            Column::Number => Value::from(number),
        },
    })
}

/// What a number in a column is.
enum Column<'a> {
    Id(&'a str),
    Instant,
    Number,
}

fn named<'a>(name: &str, own: &'a str) -> Column<'a> {
    match name {
        "id" => Column::Id(own),
        "buyer" | "party" | "guest" | "joined" | "applicant" | "acted_by" | "asked_by" | "made_by" | "decided_by"
        | "escalated_by" | "granted_by" | "person" => Column::Id("pty"),
        "shop" => Column::Id("shp"),
        "merchant" => Column::Id("mer"),
        "trade" => Column::Id("trd"),
        "ord" | "about" | "holder" => Column::Id("ord"),
        "quotation" => Column::Id("quo"),
        "listing" => Column::Id("lst"),
        "sku" => Column::Id("sku"),
        "spu" => Column::Id("spu"),
        "brand" => Column::Id("brd"),
        "category" => Column::Id("cat"),
        "warehouse" => Column::Id("whs"),
        "payment" => Column::Id("pay"),
        "payment_refund" => Column::Id("prf"),
        "case_id" => Column::Id("cas"),
        "document" | "refund" => Column::Id("rfd"),
        "account" => Column::Id("bnk"),
        "payout" => Column::Id("out"),
        "fold" => Column::Id("fld"),
        "entry" => Column::Id("ent"),
        "at" | "answer_by" | "from_time" | "since" => Column::Instant,
        _ if name.ends_with("_at") => Column::Instant,
        _ => Column::Number,
    }
}
