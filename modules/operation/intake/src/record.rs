//! From a row to a record: each field is read as what the map says it is.

use crate::{
    Attribute, Category, Kind, Map, Price, PriceUnit, Record, Value, Warning, clean, refusal::Fault, rows::Row,
};
use kernel::{Money, error::Common};
use serde_json::Value as Json;
use toml::Spanned;

/// The most minor units that a price may have; a trade is bounded by the same number.
const PRICE_MAX: i64 = 10_000_000_000_000;

/// Makes the record of one row.
pub(crate) fn make(line: u64, row: &Row, map: &Map, is_sound_gtin: fn(&str) -> bool) -> Result<Record, Fault> {
    let mut reader = Reader { row, map, warnings: Vec::new() };
    let fields = &map.fields;
    let key = reader.required(&fields.key)?;
    let title = reader.required(&fields.title)?;
    let brand = reader.optional(fields.brand.as_ref())?;
    let model = reader.optional(fields.model.as_ref())?;
    let description = reader.optional(fields.description.as_ref())?;
    let gtins = reader.gtins(fields.gtin.as_ref(), is_sound_gtin)?;
    let price = map.price.as_ref().map(|price| reader.price(price)).transpose()?;
    let category = reader.category(&map.category)?;
    let stock = fields.stock.as_ref().map_or(Ok(None), |field| reader.stock(field))?;
    let attributes = reader.attributes()?;
    let (language, warnings) = (map.language, reader.warnings);
    Ok(Record {
        line,
        key,
        title,
        brand,
        model,
        description,
        gtins,
        price,
        category,
        stock,
        attributes,
        language,
        warnings,
    })
}

/// One row under its map.
struct Reader<'a> {
    row: &'a Row,
    map: &'a Map,
    warnings: Vec<Warning>,
}

impl<'a> Reader<'a> {
    fn required(&mut self, field: &Spanned<String>) -> Result<String, Fault> {
        let found = self.text(field.get_ref())?;
        found.ok_or_else(|| Fault::new("required", format!("{} is empty or left out", field.get_ref())))
    }

    fn optional(&mut self, field: Option<&Spanned<String>>) -> Result<Option<String>, Fault> {
        field.map_or(Ok(None), |field| self.text(field.get_ref()))
    }

    /// A single value as text; numbers are written as the file's JSON would write them.
    fn text(&mut self, field: &str) -> Result<Option<String>, Fault> {
        match find(self.row, field) {
            None => Ok(None),
            Some(value) => match scalar(value) {
                Some(raw) => clean::text(field, &raw, &mut self.warnings),
                None => Err(wrong_type(field, "one value")),
            },
        }
    }

    fn gtins(&mut self, field: Option<&Spanned<String>>, is_sound: fn(&str) -> bool) -> Result<Vec<String>, Fault> {
        let Some(field) = field.map(Spanned::get_ref) else {
            return Ok(Vec::new());
        };
        let mut gtins = Vec::new();
        for value in listed(find(self.row, field)) {
            let raw = scalar(value).ok_or_else(|| wrong_type(field, "numbers"))?;
            let text = clean::text(field, &raw, &mut self.warnings)?.unwrap_or_default();
            let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '|'));
            for gtin in parts.filter(|part| !part.is_empty()) {
                if !is_sound(gtin) {
                    let shown: String = gtin.chars().take(40).collect();
                    self.warnings.push(Warning { code: "doubtful_gtin", detail: format!("{field}: {shown}") });
                } else if !gtins.iter().any(|known| known == gtin) {
                    gtins.push(gtin.to_owned());
                }
            }
        }
        Ok(gtins)
    }

    fn price(&mut self, price: &Price) -> Result<Money, Fault> {
        let field = price.field.get_ref();
        let missing = || Fault::new("no_price", format!("{field} is empty or left out"));
        let raw = self.text(field)?.ok_or_else(missing)?;
        let text = raw.trim();
        let money = match price.unit {
            PriceUnit::Major => Money::parse(text, price.currency),
            PriceUnit::Minor => minor(text).map(|minor| Money::new(minor, price.currency)),
        };
        let money = money.map_err(|no| Fault::new(no.code(), format!("{field}: {}", shown(text))))?;
        match money.minor {
            ..=0 => Err(Fault::new("no_price", format!("{field}: {}", shown(text)))),
            1..=PRICE_MAX => Ok(money),
            _ => Err(Fault::new("too_large", format!("{field}: {}", shown(text)))),
        }
    }

    fn category(&mut self, category: &Category) -> Result<Vec<String>, Fault> {
        let mut path = category.path.clone();
        let value = self.optional(category.field.as_ref())?;
        match (value, &category.known) {
            (Some(value), None) => path.push(value),
            (Some(value), Some(known)) => path.extend(known.get(&value).into_iter().flatten().cloned()),
            (None, _) => {}
        }
        Ok(path)
    }

    fn stock(&mut self, field: &Spanned<String>) -> Result<Option<i64>, Fault> {
        let field = field.get_ref();
        let Some(text) = self.text(field)? else {
            return Ok(None);
        };
        match whole(&text) {
            Some(stock) if stock >= 0 => Ok(Some(stock)),
            Some(_) => Err(Fault::new("out_of_range", format!("{field}: {}", shown(&text)))),
            None => Err(wrong_type(field, "a whole number")),
        }
    }

    fn attributes(&mut self) -> Result<Vec<Attribute>, Fault> {
        let (map, row): (&'a Map, &'a Row) = (self.map, self.row);
        let entries = match &map.attributes.inside {
            None => row,
            Some(inside) => match find(row, inside) {
                None | Some(Json::Null) => return Ok(Vec::new()),
                Some(Json::Object(entries)) => entries,
                Some(_) => return Err(wrong_type(inside, "an object")),
            },
        };
        let mut attributes = Vec::new();
        for (field, value) in entries {
            match map.attribute(field) {
                Some((kind, name)) => self.values(field, kind, &name, value, &mut attributes)?,
                None if map.attributes.inside.is_some() => {
                    let detail = format!("{}: the map says nothing of it", shown(field));
                    self.warnings.push(Warning { code: "attribute_skipped", detail });
                }
                None => {}
            }
        }
        attributes.sort_by(|one, other| one.code.cmp(&other.code));
        Ok(attributes)
    }

    fn values(
        &mut self,
        code: &str,
        kind: Kind,
        name: &str,
        value: &Json,
        into: &mut Vec<Attribute>,
    ) -> Result<(), Fault> {
        let unit = self.map.attributes.unit.get(code);
        for value in listed(Some(value)) {
            let raw = scalar(value).ok_or_else(|| wrong_type(code, "single values"))?;
            let Some(text) = clean::text(code, &raw, &mut self.warnings)? else {
                continue;
            };
            let typed = match kind {
                Kind::Text => Some(Value::Text(text)),
                Kind::Number => clean::number(&text).map(Value::Number),
                Kind::Flag => clean::flag(&text).map(Value::Flag),
            };
            let value = typed.ok_or_else(|| wrong_type(code, kind.word()))?;
            into.push(Attribute { code: code.to_owned(), name: name.to_owned(), unit: unit.cloned(), value });
        }
        Ok(())
    }
}

impl Kind {
    const fn word(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Number => "a number",
            Kind::Flag => "yes or no",
        }
    }
}

/// A field by its whole name or, inside objects, by the names between points.
fn find<'a>(row: &'a Row, field: &str) -> Option<&'a Json> {
    if let Some(value) = row.get(field) {
        return Some(value);
    }
    let (outer, inner) = field.split_once('.')?;
    find(row.get(outer)?.as_object()?, inner)
}

/// The values of a list, or the one value that is none.
fn listed(value: Option<&Json>) -> &[Json] {
    match value {
        None | Some(Json::Null) => &[],
        Some(Json::Array(values)) => values,
        Some(single) => std::slice::from_ref(single),
    }
}

/// A single value as text; none for lists and objects.
fn scalar(value: &Json) -> Option<String> {
    match value {
        Json::Null => Some(String::new()),
        Json::Bool(flag) => Some(flag.to_string()),
        // The shortest text that means the number: what the file wrote, with no arithmetic between.
        Json::Number(number) => Some(number.to_string()),
        Json::String(text) => Some(text.clone()),
        Json::Array(_) | Json::Object(_) => None,
    }
}

/// A whole number, also where a program wrote it as `12.0`.
fn whole(text: &str) -> Option<i64> {
    let text = text.strip_suffix(".0").unwrap_or(text);
    text.parse().ok()
}

fn minor(text: &str) -> kernel::Result<i64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-'));
    match whole(text) {
        Some(minor) => Ok(minor),
        None if digits && text.len() > 18 && !text.contains('.') => Err(Common::AmountOverflow.into()),
        None => Err(Common::Malformed { expected: "a whole number of minor units" }.into()),
    }
}

fn wrong_type(field: &str, expected: &str) -> Fault {
    Fault::new("wrong_type", format!("{} should hold {expected}", shown(field)))
}

/// A foreign text short enough for a report.
fn shown(text: &str) -> String {
    text.chars().take(60).collect()
}
