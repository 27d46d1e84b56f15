//! Forms that many operations share: the page of a list, what was made, where something stands in a path.

use kernel::{Cursor, Error, Id, error::Common, id::Named, kinds};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize, Serializer, ser::SerializeMap};
use std::borrow::Cow;

/// How many things one page holds: 1 to 100, 20 where nothing is said.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(try_from = "i64")]
pub(crate) struct Limit(pub usize);

impl Limit {
    const MOST: i64 = 100;
    const USUAL: usize = 20;
}

impl Default for Limit {
    fn default() -> Limit {
        Limit(Limit::USUAL)
    }
}

impl TryFrom<i64> for Limit {
    type Error = Error;
    fn try_from(limit: i64) -> Result<Limit, Error> {
        match limit {
            1..=Limit::MOST => Ok(Limit(limit as usize)),
            _ => Err(Common::OutOfRange { least: 1, most: Limit::MOST }.into()),
        }
    }
}

impl JsonSchema for Limit {
    fn schema_name() -> Cow<'static, str> {
        "Limit".into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 1, "maximum": Limit::MOST, "default": Limit::USUAL })
    }
}

/// A page of a list.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Paged {
    /// Where the page begins: the `next` of the page before; none for the first one.
    pub cursor: Option<Cursor>,
    /// How many.
    #[serde(default)]
    pub limit: Limit,
}

/// A whole list that is bounded by what it belongs to.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ItemsOf{T}")]
pub(crate) struct Items<T> {
    /// All of them.
    pub items: Vec<T>,
}

/// The id of what was made.
pub(crate) struct Made<K>(pub Id<K>);

impl<K: Named> Serialize for Made<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        map.serialize_entry("id", &self.0)?;
        map.end()
    }
}

impl<K: Named> JsonSchema for Made<K> {
    fn schema_name() -> Cow<'static, str> {
        format!("Made_{}", K::PREFIX).into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let id = generator.subschema_for::<Id<K>>();
        json_schema!({
            "type": "object",
            "properties": { "id": id },
            "required": ["id"],
            "description": "The id of what was made"
        })
    }
}

macro_rules! places {
    ($($place:ident { $($(#[$doc:meta])+ $field:ident: $type:ty),+ })+) => {
        $(#[derive(Deserialize, JsonSchema)]
        pub(crate) struct $place { $($(#[$doc])+ pub $field: $type),+ })+
    };
}

places! {
    OfAddress {
        /// The address.
        address: Id<kinds::Address>
    }
    OfKey {
        /// The API key.
        key: Id<kinds::ApiKey>
    }
    OfListing {
        /// The goods.
        listing: Id<kinds::Listing>
    }
    OfSku {
        /// The variant.
        sku: Id<kinds::Sku>
    }
    OfCategory {
        /// The category.
        category: Id<kinds::Category>
    }
    OfShop {
        /// The shop.
        shop: Id<kinds::Shop>
    }
    OfSlug {
        /// The shop's name in addresses.
        slug: String
    }
    OfTrade {
        /// The trade.
        trade: Id<kinds::Trade>
    }
    OfOrder {
        /// The order.
        order: Id<kinds::Order>
    }
    OfCase {
        /// The case.
        case: Id<kinds::Case>
    }
    OfQuotation {
        /// The quotation.
        quotation: Id<kinds::Quotation>
    }
    OfParcel {
        /// The parcel.
        parcel: Id<kinds::Parcel>
    }
    OfEntry {
        /// The entry.
        entry: Id<kinds::Entry>
    }
    OfShopsAccount {
        /// The shop.
        shop: Id<kinds::Shop>,
        /// The bank account.
        account: Id<kinds::BankAccount>
    }
}
