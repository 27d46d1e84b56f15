//! The category tree, its typed attributes, and what people read for them.

use crate::Refusal;
use kernel::{BasisPoints, Id, Locale, Result, Text, error::Common, kinds};
use serde::Serialize;
use store::{Read, Tx, args, sql};

/// How many categories may stand above each other.
pub const DEPTH_MAX: usize = 8;

store::codes! {
    /// The type of an attribute's values.
    pub enum Kind {
        /// Words.
        Text = "text",
        /// A number.
        Number = "number",
        /// Yes or no.
        Flag = "flag",
        /// One of the codes that [`add_choice`] added.
        Choice = "choice",
    }
}

/// A node of the tree.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Category {
    /// Its id.
    pub id: Id<kinds::Category>,
    /// The one above; none at the top.
    pub parent: Option<Id<kinds::Category>>,
    /// Its stable name among its siblings.
    pub code: String,
    /// What the market takes of what is sold here, as said here.
    pub commission: Option<BasisPoints>,
    /// The same, where nothing is said here as said above; none means the market's default.
    pub commission_in_force: Option<BasisPoints>,
}

/// A typed attribute of a category and of everything below it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Attribute {
    /// Its id.
    pub id: Id<kinds::Attribute>,
    /// Where it holds.
    pub category: Id<kinds::Category>,
    /// Its stable name.
    pub code: String,
    /// The type of its values; never changes.
    pub kind: Kind,
    /// The unit of a number.
    pub unit: Option<String>,
    /// Whether goods are not listed without it.
    pub required: bool,
    /// Whether it tells the variants of one listing apart.
    pub is_variant: bool,
}

/// An attribute to be.
#[derive(Clone, Debug)]
pub struct NewAttribute {
    /// Its stable name.
    pub code: Text<100>,
    /// The type of its values.
    pub kind: Kind,
    /// The unit of a number.
    pub unit: Option<Text<20>>,
    /// Whether goods are not listed without it.
    pub required: bool,
    /// Whether it tells the variants of one listing apart.
    pub is_variant: bool,
}

/// What has words of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Thing {
    /// A category.
    Category(Id<kinds::Category>),
    /// An attribute; its choices' words stand in the fields `choice.CODE`.
    Attribute(Id<kinds::Attribute>),
}

impl Thing {
    const fn key(self) -> (&'static str, i64) {
        match self {
            Thing::Category(id) => ("category", id.raw()),
            Thing::Attribute(id) => ("attribute", id.raw()),
        }
    }
}

/// Adds a category below another, or at the top.
///
/// # Errors
/// `unknown_category`, `category_twice`, `category_too_deep`.
pub fn add_category(
    tx: &mut Tx,
    parent: Option<Id<kinds::Category>>,
    code: &Text<100>,
    commission: Option<BasisPoints>,
) -> Result<Id<kinds::Category>> {
    let (id, is_new) = find_or_add_category(tx, parent, code, commission)?;
    if !is_new {
        return Err(Refusal::CategoryTwice { code: code.to_string() }.into());
    }
    Ok(id)
}

/// The category of a name below another, made if there is none, and whether it was: two imports may want it at once.
pub(crate) fn find_or_add_category(
    tx: &mut Tx,
    parent: Option<Id<kinds::Category>>,
    code: &Text<100>,
    commission: Option<BasisPoints>,
) -> Result<(Id<kinds::Category>, bool)> {
    let (above, inherited) = match parent {
        Some(parent) => (chain(tx, parent)?.len(), category(tx, parent)?.commission_in_force),
        None => (0, None),
    };
    if above >= DEPTH_MAX {
        return Err(Refusal::CategoryTooDeep { most: DEPTH_MAX as i64 }.into());
    }
    let home = tx.new_home();
    let id = tx.id(home)?;
    let sql = sql!(
        "insert into catalog_category (id, parent, code, commission_bp, commission_folded_bp)
         values ($1, $2, $3, $4, $5)
         on conflict (parent, code) do nothing"
    );
    let above = parent.map_or(0, Id::raw);
    if tx.exec(sql, args![id, above, code, commission, commission.or(inherited)])? == 1 {
        return Ok((id, true));
    }
    let twin = child(tx, parent, code)?.ok_or(Refusal::UnknownCategory)?;
    Ok((twin, false))
}

fn child(
    read: &mut Read,
    parent: Option<Id<kinds::Category>>,
    code: &Text<100>,
) -> Result<Option<Id<kinds::Category>>> {
    let sql = sql!(
        "select id
         from catalog_category
         where parent = $1 and code = $2"
    );
    read.opt(sql, args![parent.map_or(0, Id::raw), code], |row| row.get(0))
}

/// Says what the market takes of what is sold in a category; `None` takes back what was said. Reaches every category
/// below that says nothing itself. Orders placed before keep their rate.
///
/// # Errors
/// `unknown_category`.
pub fn set_commission(tx: &mut Tx, id: Id<kinds::Category>, commission: Option<BasisPoints>) -> Result<()> {
    let here = category(tx, id)?;
    let above = match here.parent {
        Some(parent) => category(tx, parent)?.commission_in_force,
        None => None,
    };
    let sql = sql!(
        "update catalog_category
         set commission_bp = $2
         where id = $1"
    );
    tx.exec(sql, args![id, commission])?;
    fold_commission(tx, id, commission.or(above))
}

fn fold_commission(tx: &mut Tx, top: Id<kinds::Category>, rate: Option<BasisPoints>) -> Result<()> {
    let mut open = vec![(top, rate)];
    while let Some((id, rate)) = open.pop() {
        let sql = sql!(
            "update catalog_category
             set commission_folded_bp = $2
             where id = $1"
        );
        tx.exec(sql, args![id, rate])?;
        let sql = sql!(
            "select id
             from catalog_category
             where parent = $1 and commission_bp is null"
        );
        open.extend(tx.all(sql, args![id], |row| Ok((row.get(0)?, rate)))?);
    }
    Ok(())
}

/// Adds an attribute to a category.
///
/// # Errors
/// `unknown_category`, `attribute_twice`.
pub fn add_attribute(
    tx: &mut Tx,
    category: Id<kinds::Category>,
    attribute: &NewAttribute,
) -> Result<Id<kinds::Attribute>> {
    let chain = chain(tx, category)?;
    let twice = Refusal::AttributeTwice { code: attribute.code.to_string() };
    if attribute_in(tx, &chain, &attribute.code)?.is_some() {
        return Err(twice.into());
    }
    let (id, is_new) = find_or_add_attribute(tx, category, attribute)?;
    if is_new { Ok(id) } else { Err(twice.into()) }
}

/// The attribute of a name of one category, made if there is none, and whether it was.
pub(crate) fn find_or_add_attribute(
    tx: &mut Tx,
    category: Id<kinds::Category>,
    attribute: &NewAttribute,
) -> Result<(Id<kinds::Attribute>, bool)> {
    let home = tx.new_home();
    let id = tx.id(home)?;
    let NewAttribute { code, kind, unit, required, is_variant } = attribute;
    let sql = sql!(
        "insert into catalog_attribute (id, category, code, kind, unit, required, is_variant)
         values ($1, $2, $3, $4, $5, $6, $7)
         on conflict (category, code) do nothing"
    );
    if tx.exec(sql, args![id, category, code, kind, unit, required, is_variant])? == 1 {
        return Ok((id, true));
    }
    let twin = attribute_in(tx, &[category], code)?;
    let twin = twin.ok_or_else(|| Refusal::UnknownAttribute { code: code.to_string() })?;
    Ok((twin.id, false))
}

/// Adds a choice to an attribute of that kind; adding it again changes nothing.
///
/// # Errors
/// `unknown_attribute`, `wrong_attribute_type`.
pub fn add_choice(tx: &mut Tx, id: Id<kinds::Attribute>, code: &Text<100>) -> Result<()> {
    let found = attribute(tx, id)?.ok_or_else(|| Refusal::UnknownAttribute { code: id.to_string() })?;
    if found.kind != Kind::Choice {
        return Err(Refusal::WrongAttributeType { code: found.code, expected: Kind::Choice.word() }.into());
    }
    let sql = sql!(
        "insert into catalog_choice (attribute, code)
         values ($1, $2)
         on conflict (attribute, code) do nothing"
    );
    tx.exec(sql, args![id, code])?;
    Ok(())
}

/// Says what people of a language read. Fields: `name`, and `choice.CODE` of an attribute.
///
/// # Errors
/// `malformed` for another field.
pub fn set_word(tx: &mut Tx, thing: Thing, field: &str, lang: Locale, text: &Text<200>) -> Result<()> {
    let is_choice = field.strip_prefix("choice.").is_some_and(|code| !code.is_empty() && code.len() <= 400);
    if field != "name" && !(is_choice && matches!(thing, Thing::Attribute(_))) {
        return Err(Common::Malformed { expected: "name or choice.CODE" }.into());
    }
    let (kind, raw) = thing.key();
    let sql = sql!(
        "insert into catalog_word (kind, thing, field, lang, text)
         values ($1, $2, $3, $4, $5)
         on conflict (kind, thing, field, lang) do update
         set text = excluded.text"
    );
    tx.exec(sql, args![kind, raw, field, lang, text])?;
    Ok(())
}

/// What people read, in their language or else in another.
///
/// # Errors
/// What the engine says.
pub fn word(read: &mut Read, thing: Thing, field: &str, lang: Locale) -> Result<Option<String>> {
    let (kind, raw) = thing.key();
    let sql = sql!(
        "select text
         from catalog_word
         where kind = $1 and thing = $2 and field = $3
         order by case lang when $4 then 0 else 1 end, lang
         limit 1"
    );
    read.opt(sql, args![kind, raw, field, lang], |row| row.get(0))
}

/// The whole tree, parents before what was added below them.
///
/// # Errors
/// What the engine says.
pub fn categories(read: &mut Read) -> Result<Vec<Category>> {
    let sql = sql!(
        "select id, parent, code, commission_bp, commission_folded_bp
         from catalog_category
         order by id"
    );
    read.all(sql, args![], category_row)
}

/// One category.
///
/// # Errors
/// `unknown_category`.
pub fn category(read: &mut Read, id: Id<kinds::Category>) -> Result<Category> {
    let sql = sql!(
        "select id, parent, code, commission_bp, commission_folded_bp
         from catalog_category
         where id = $1"
    );
    read.opt(sql, args![id], category_row)?.ok_or_else(|| Refusal::UnknownCategory.into())
}

fn category_row(row: &store::Row) -> Result<Category> {
    let parent = Some(row.get::<Id<_>>(1)?).filter(|parent| parent.raw() != 0);
    let (commission, commission_in_force) = (row.get(3)?, row.get(4)?);
    Ok(Category { id: row.get(0)?, parent, code: row.get(2)?, commission, commission_in_force })
}

/// A category and those above it, the nearest first.
///
/// # Errors
/// `unknown_category`.
pub fn chain(read: &mut Read, id: Id<kinds::Category>) -> Result<Vec<Id<kinds::Category>>> {
    let mut chain = Vec::new();
    let mut next = Some(id);
    while let Some(id) = next {
        next = category(read, id)?.parent;
        chain.push(id);
    }
    Ok(chain)
}

/// The categories along a path of codes from the top, as far as they exist.
pub(crate) fn walk(read: &mut Read, path: &[Text<100>]) -> Result<Vec<Id<kinds::Category>>> {
    let mut found = Vec::with_capacity(path.len());
    for code in path {
        match child(read, found.last().copied(), code)? {
            Some(id) => found.push(id),
            None => break,
        }
    }
    Ok(found)
}

/// Every attribute that holds in a category: its own and those from above, the required first.
///
/// # Errors
/// `unknown_category`.
pub fn attributes_of(read: &mut Read, id: Id<kinds::Category>) -> Result<Vec<Attribute>> {
    let mut found = Vec::new();
    for category in chain(read, id)? {
        let sql = sql!(
            "select id, category, code, kind, unit, required, is_variant
             from catalog_attribute
             where category = $1
             order by required desc, code"
        );
        found.extend(read.all(sql, args![category], attribute_row)?);
    }
    Ok(found)
}

/// The required attributes that hold in a chain of categories.
pub(crate) fn required_in(read: &mut Read, chain: &[Id<kinds::Category>]) -> Result<Vec<Attribute>> {
    let mut found = Vec::new();
    for category in chain {
        let sql = sql!(
            "select id, category, code, kind, unit, required, is_variant
             from catalog_attribute
             where category = $1 and required = 1
             order by code"
        );
        found.extend(read.all(sql, args![category], attribute_row)?);
    }
    Ok(found)
}

/// One attribute.
///
/// # Errors
/// What the engine says.
pub fn attribute(read: &mut Read, id: Id<kinds::Attribute>) -> Result<Option<Attribute>> {
    let sql = sql!(
        "select id, category, code, kind, unit, required, is_variant
         from catalog_attribute
         where id = $1"
    );
    read.opt(sql, args![id], attribute_row)
}

/// The attribute of a name that holds in a chain of categories.
pub(crate) fn attribute_in(
    read: &mut Read,
    chain: &[Id<kinds::Category>],
    code: &Text<100>,
) -> Result<Option<Attribute>> {
    for category in chain {
        let sql = sql!(
            "select id, category, code, kind, unit, required, is_variant
             from catalog_attribute
             where category = $1 and code = $2"
        );
        let found = read.opt(sql, args![category, code], attribute_row)?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

fn attribute_row(row: &store::Row) -> Result<Attribute> {
    let (required, is_variant) = (row.get(5)?, row.get(6)?);
    let (category, code, kind, unit) = (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
    Ok(Attribute { id: row.get(0)?, category, code, kind, unit, required, is_variant })
}

pub(crate) fn has_choice(read: &mut Read, attribute: Id<kinds::Attribute>, code: &str) -> Result<bool> {
    let sql = sql!(
        "select 1
         from catalog_choice
         where attribute = $1 and code = $2"
    );
    Ok(read.opt(sql, args![attribute, code], |_| Ok(()))?.is_some())
}
