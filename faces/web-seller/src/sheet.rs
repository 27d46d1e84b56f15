//! The sheet of goods as a form: texts in both languages, category, brand, attributes by their type, and the picture
//! that the rules draw.

use crate::form;
use catalog::{Field, Kind, Picture, Stated, Value, Values};
use flows::write_goods::Sheet;
use kernel::{Error, Id, Locale, Result, Text, error::Common, kinds};
use views::{
    goods::{Crumb, Node},
    seller::AttributeField,
};
use web::{Fields, Visit};

/// The texts of a sheet that each language has of its own, with the names of their fields.
const TEXTS: [(&str, Locale, Field); 4] = [
    ("title_zh", Locale::Zh, Field::Title),
    ("title_en", Locale::En, Field::Title),
    ("description_zh", Locale::Zh, Field::Description),
    ("description_en", Locale::En, Field::Description),
];

/// The name of an attribute's field.
pub(crate) fn field_of(attribute: &AttributeField) -> String {
    format!("a.{}", attribute.id)
}

/// The categories that goods stand in, those without any below them, each with its way from the top.
pub(crate) fn leaves(tree: &[Node]) -> Vec<(String, String)> {
    let is_leaf = |node: &&Node| !tree.iter().any(|other| other.parent == Some(node.id));
    let mut leaves: Vec<_> = tree.iter().filter(is_leaf).map(|leaf| (leaf.id.to_string(), path(tree, leaf))).collect();
    leaves.sort_by(|a, b| a.1.cmp(&b.1));
    leaves
}

fn path(tree: &[Node], leaf: &Node) -> String {
    let mut names = vec![leaf.name.as_str()];
    let mut above = leaf.parent;
    while let Some(node) = above.and_then(|id| tree.iter().find(|node| node.id == id)) {
        names.push(&node.name);
        above = node.parent;
    }
    names.reverse();
    names.join(" / ")
}

/// Reads a sheet. Attributes that tell variants apart are the variants' own and not in it.
///
/// # Errors
/// `required` where there is no title in either language; `too_long`, `not_text`, `malformed`, each said of its field.
pub(crate) fn read(
    fields: &Fields,
    category: Id<kinds::Category>,
    attributes: &[AttributeField],
    pictures: Option<Vec<Picture>>,
) -> Result<Sheet> {
    let mut texts = Vec::with_capacity(TEXTS.len() + 2);
    for (name, lang, field) in TEXTS {
        let text = match field {
            Field::Description => fields.text_or_none::<20_000>(name)?.map(Text::into_string),
            Field::Title | Field::Model => fields.text_or_none::<300>(name)?.map(Text::into_string),
        };
        texts.push((lang, field, text.unwrap_or_default()));
    }
    // A model is called the same everywhere.
    let model = fields.text_or_none::<300>("model")?.map(Text::into_string).unwrap_or_default();
    texts.extend([Locale::Zh, Locale::En].map(|lang| (lang, Field::Model, model.clone())));
    if texts.iter().all(|(_, field, text)| *field != Field::Title || text.is_empty()) {
        return Err(Error::from(Common::Required).at("title_zh"));
    }
    let own = attributes.iter().filter(|attribute| !attribute.is_variant);
    Ok(Sheet { category, brand: fields.text_or_none("brand")?, texts, values: values(fields, own)?, pictures })
}

/// The values of attributes as they were typed; what is left empty is not known.
///
/// # Errors
/// `malformed` for a number that is none, said of its field.
pub(crate) fn values<'a>(fields: &Fields, attributes: impl Iterator<Item = &'a AttributeField>) -> Result<Values> {
    let mut values = Values::new();
    for attribute in attributes {
        let name = field_of(attribute);
        let typed = fields.get(&name).trim();
        if typed.is_empty() {
            continue;
        }
        let value = match attribute.kind {
            Kind::Text | Kind::Choice => Value::Text(form::text::<10_000>(fields, &name)?.into_string()),
            Kind::Flag => Value::Flag(typed == "yes"),
            Kind::Number => {
                let malformed = |_| Error::from(Common::Malformed { expected: "a number" }).at(name.clone());
                Value::Number(typed.parse().map_err(malformed)?)
            }
        };
        values.push((attribute.id, value));
    }
    Ok(values)
}

/// A value as its field shows it.
pub(crate) fn shown(stated: &Stated) -> (String, String) {
    let value = match &stated.value {
        Value::Text(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
    };
    (format!("a.{}", stated.attribute), value)
}

/// The texts of a listing as their fields show them.
pub(crate) fn texts_of(listing: &catalog::Listing) -> Vec<(String, String)> {
    let written = |name: &str, lang: Locale, field: Field| {
        let found = listing.texts.iter().find(|text| text.lang == lang && text.field == field.word());
        found.map(|text| (name.to_owned(), text.text.clone()))
    };
    let model = [Locale::Zh, Locale::En].into_iter().find_map(|lang| written("model", lang, Field::Model));
    TEXTS.iter().filter_map(|(name, lang, field)| written(name, *lang, *field)).chain(model).collect()
}

/// The picture that the rules draw for goods of this category and title.
///
/// # Errors
/// None that an address of ours has; the bounds of texts.
pub(crate) fn picture(v: &Visit, fields: &Fields, way: &[Crumb]) -> Result<Vec<Picture>> {
    let title = [fields.get("title_zh"), fields.get("title_en")].join(" ");
    let category = way.iter().map(|crumb| crumb.name.as_str()).collect::<Vec<_>>().join(" / ");
    // Goods have no id yet: what they are called chooses their stage.
    let seed = title.bytes().fold(7_i64, |seed, byte| seed.wrapping_mul(131).wrapping_add(i64::from(byte)));
    let drawn = pictures::for_goods(&category, &title, seed, None);
    let shown = match v.locale() {
        Locale::Zh => [fields.get("title_zh"), fields.get("title_en")],
        Locale::En => [fields.get("title_en"), fields.get("title_zh")],
    };
    let alt = shown.into_iter().find(|title| !title.trim().is_empty()).unwrap_or_default();
    Ok(vec![Picture { address: Text::new(&drawn.address())?, alt: Text::new(alt)? }])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn node(id: i64, parent: Option<i64>, name: &str) -> Node {
        let parent = parent.map(Id::from_raw);
        Node { id: Id::from_raw(id), parent, code: name.to_owned(), name: name.to_owned(), has_goods: false }
    }

    #[test]
    fn goods_stand_in_the_leaves_of_the_tree() {
        let tree = [node(1, None, "Home"), node(2, Some(1), "Lamps"), node(3, None, "Books")];
        let names: Vec<_> = leaves(&tree).into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, ["Books", "Home / Lamps"]);
    }
}
