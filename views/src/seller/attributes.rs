//! What a category asks of goods, as whoever fills it in reads it.

use catalog::Kind;
use kernel::{Id, Locale, Result, kinds};
use serde::Serialize;
use store::{Read, across, args};

/// An attribute to be filled in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct AttributeField {
    /// Which.
    pub id: Id<kinds::Attribute>,
    /// Its stable name.
    pub code: String,
    /// What people read; its stable name where nothing is written.
    pub name: String,
    /// The type of its values.
    pub kind: Kind,
    /// The unit of a number.
    pub unit: Option<String>,
    /// Whether goods are not listed without it.
    pub required: bool,
    /// Whether it tells the variants of one listing apart.
    pub is_variant: bool,
    /// Of a choice: the codes with what people read for them; at most five hundred over all attributes.
    pub choices: Vec<(String, String)>,
}

/// Every attribute that holds in a category, its own and those from above, the required first; one statement.
///
/// # Errors
/// What the engine says.
pub fn attributes(read: &mut Read, category: Id<kinds::Category>, lang: Locale) -> Result<Vec<AttributeField>> {
    let sql = across!(
        "with recursive above (id, parent) as (
           select id, parent
           from catalog_category
           where id = $1
           union all
           select c.id, c.parent
           from above a
           join catalog_category c on c.id = a.parent
         )
         select t.id, t.code, t.kind, t.unit, t.required, t.is_variant,
           (select w.text
            from catalog_word w
            where w.kind = 'attribute' and w.thing = t.id and w.field = 'name'
            order by case w.lang when $2 then 0 else 1 end, w.lang
            limit 1),
           h.code,
           (select w.text
            from catalog_word w
            where w.kind = 'attribute' and w.thing = t.id and w.field = 'choice.' || h.code
            order by case w.lang when $2 then 0 else 1 end, w.lang
            limit 1)
         from above a
         join catalog_attribute t on t.category = a.id
         left join catalog_choice h on h.attribute = t.id
         order by t.required desc, t.code, t.id, h.code
         limit 500"
    );
    let mut fields: Vec<AttributeField> = Vec::new();
    read.each(sql, args![category, lang], |row| {
        let id = row.get(0)?;
        if fields.last().is_none_or(|last| last.id != id) {
            let code: String = row.get(1)?;
            let name = row.get::<Option<String>>(6)?.unwrap_or_else(|| code.clone());
            let (kind, unit, required, is_variant) = (row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?);
            fields.push(AttributeField { id, code, name, kind, unit, required, is_variant, choices: Vec::new() });
        }
        if let (Some(field), Some(choice)) = (fields.last_mut(), row.get::<Option<String>>(7)?) {
            let words = row.get::<Option<String>>(8)?.unwrap_or_else(|| choice.clone());
            field.choices.push((choice, words));
        }
        Ok(())
    })?;
    Ok(fields)
}
