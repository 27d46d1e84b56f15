//! How the shared words look in JSON, as JSON Schema: what the API's document and the events' schemas are made of.

use crate::{BasisPoints, Currency, Cursor, Id, Text, Time, Units, id::Named, quantity::LINE_UNITS_MAX};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

impl<K: Named> JsonSchema for Id<K> {
    fn schema_name() -> Cow<'static, str> {
        format!("Id_{}", K::PREFIX).into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let pattern = format!("^{}_[0-9A-HJKMNP-TV-Z]{{14}}$", K::PREFIX);
        json_schema!({ "type": "string", "pattern": pattern })
    }
}

impl<const MAX: usize> JsonSchema for Text<MAX> {
    fn schema_name() -> Cow<'static, str> {
        format!("Text_{MAX}").into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "minLength": 1, "maxLength": MAX })
    }
}

macro_rules! schemas {
    ($($type:ty, $name:literal => $schema:tt;)+) => {
        $(impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        })+
    };
}

schemas! {
    Currency, "Currency" => { "type": "string", "pattern": "^[A-Z]{3}$", "description": "ISO 4217" };
    Units, "Units" => {
        "type": "integer", "format": "int64", "minimum": 1, "maximum": LINE_UNITS_MAX,
        "description": "Pieces, or the SKU's smallest measure (grams for goods by weight)"
    };
    BasisPoints, "BasisPoints" => {
        "type": "integer", "format": "int64", "minimum": 0, "maximum": BasisPoints::WHOLE,
        "description": "Hundredths of a percent"
    };
    Time, "Time" => { "type": "integer", "format": "int64", "description": "Milliseconds since 1970-01-01 UTC" };
    Cursor, "Cursor" => {
        "type": "string", "pattern": "^[0-9a-f]{36}$",
        "description": "Where the next page begins; handed back as it was given"
    };
}
