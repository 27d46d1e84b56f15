//! Typed values of attributes.

use crate::{Attribute, Kind, Refusal, tree};
use kernel::{Home, Id, Result, Text, error::Common, kinds};
use serde::{Deserialize, Serialize};
use store::{Read, Row, Tx, Val, args, into, sql};

/// The most characters of a value in words.
pub const VALUE_CHARS_MAX: usize = 10_000;
/// The most values of one thing.
pub const VALUES_MAX: usize = 1_000;

/// A value with its type.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Words, or the code of a choice.
    Text(String),
    /// A number; never money.
    Number(f64),
    /// Yes or no.
    Flag(bool),
}

impl Value {
    /// The kind of a new attribute that begins with this value.
    pub(crate) const fn kind(&self) -> Kind {
        match self {
            Value::Text(_) => Kind::Text,
            Value::Number(_) => Kind::Number,
            Value::Flag(_) => Kind::Flag,
        }
    }
}

/// Values of attributes; several of one attribute keep their order.
pub type Values = Vec<(Id<kinds::Attribute>, Value)>;

/// A value as it is read back.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Stated {
    /// Of which attribute.
    pub attribute: Id<kinds::Attribute>,
    /// The attribute's code.
    pub code: String,
    /// The unit, of a number that has one.
    pub unit: Option<String>,
    /// The value.
    pub value: Value,
}

/// Holds a value against its attribute and makes it fit to be stored.
///
/// # Errors
/// `wrong_attribute_type`, `unknown_choice`, `too_long`, `required`, `not_text`, `malformed`.
pub(crate) fn fit(read: &mut Read, attribute: &Attribute, value: &Value) -> Result<Value> {
    let code = || attribute.code.clone();
    match (attribute.kind, value) {
        (Kind::Text, Value::Text(text)) => {
            Ok(Value::Text(Text::<VALUE_CHARS_MAX>::new(text).map_err(|no| no.at(code()))?.into_string()))
        }
        (Kind::Choice, Value::Text(choice)) if tree::has_choice(read, attribute.id, choice)? => Ok(value.clone()),
        (Kind::Choice, Value::Text(_)) => Err(Refusal::UnknownChoice { code: code() }.into()),
        (Kind::Number, Value::Number(number)) if number.is_finite() => Ok(value.clone()),
        (Kind::Number, Value::Number(_)) => Err(Common::Malformed { expected: "a finite number" }.into()),
        (Kind::Flag, Value::Flag(_)) => Ok(value.clone()),
        (kind, _) => Err(Refusal::WrongAttributeType { code: code(), expected: kind.word() }.into()),
    }
}

/// Holds values against the attributes of a category and those above it.
///
/// # Errors
/// `unknown_attribute`, `too_many`, and what [`fit`] says.
pub(crate) fn fit_all(
    read: &mut Read,
    chain: &[Id<kinds::Category>],
    values: &[(Id<kinds::Attribute>, Value)],
) -> Result<Values> {
    few_enough(values.len())?;
    let mut fitting = Vec::with_capacity(values.len());
    for (id, value) in values {
        let known = tree::attribute(read, *id)?.filter(|attribute| chain.contains(&attribute.category));
        let attribute = known.ok_or_else(|| Refusal::UnknownAttribute { code: id.to_string() })?;
        fitting.push((*id, fit(read, &attribute, value)?));
    }
    Ok(fitting)
}

/// # Errors
/// `too_many`.
pub(crate) fn few_enough(values: usize) -> Result<()> {
    if values > VALUES_MAX {
        return Err(Common::TooManyThings { most: VALUES_MAX as i64 }.into());
    }
    Ok(())
}

/// Writes values that fit; an attribute that stands there twice has two values.
pub(crate) fn write(tx: &mut Tx, home: Home, thing: i64, values: &[(Id<kinds::Attribute>, Value)]) -> Result<()> {
    let mut sorted: Vec<_> = values.iter().collect();
    sorted.sort_by_key(|(attribute, _)| *attribute);
    let mut rows: Vec<Vec<Val>> = Vec::with_capacity(sorted.len());
    let (mut before, mut n) = (None, 0_i64);
    for (attribute, value) in sorted {
        n = if before == Some(*attribute) { n + 1 } else { 1 };
        before = Some(*attribute);
        let (text, number, flag) = match value {
            Value::Text(text) => (Some(text), None, None),
            Value::Number(number) => (None, Some(*number), None),
            Value::Flag(flag) => (None, None, Some(*flag)),
        };
        rows.push(args![home, thing, attribute, n, text, number, flag].to_vec());
    }
    tx.insert_all(
        into!("catalog_value", "home, thing, attribute, n, text, number, flag" => "$1, $2, $3, $4, $5, $6, $7"),
        &rows,
    )
}

/// Puts new values in the place of all that a thing had.
pub(crate) fn rewrite(tx: &mut Tx, home: Home, thing: i64, values: &[(Id<kinds::Attribute>, Value)]) -> Result<()> {
    let sql = sql!(
        "delete from catalog_value
         where home = $1 and thing = $2"
    );
    tx.exec(sql, args![home, thing])?;
    write(tx, home, thing, values)
}

/// The values of a thing, by the code of their attribute.
pub(crate) fn of(read: &mut Read, home: Home, thing: i64) -> Result<Vec<Stated>> {
    let sql = sql!(
        "select v.attribute, a.code, a.unit, v.text, v.number, v.flag
         from catalog_value v
         join catalog_attribute a on a.id = v.attribute
         where v.home = $1 and v.thing = $2
         order by a.code, v.n"
    );
    read.all(sql, args![home, thing], |row| {
        Ok(Stated { attribute: row.get(0)?, code: row.get(1)?, unit: row.get(2)?, value: value(row, 3)? })
    })
}

/// The value in three columns of which one is filled.
fn value(row: &Row, at: usize) -> Result<Value> {
    if let Some(text) = row.get(at)? {
        return Ok(Value::Text(text));
    }
    if let Some(number) = row.get(at + 1)? {
        return Ok(Value::Number(number));
    }
    Ok(Value::Flag(row.get(at + 2)?))
}
