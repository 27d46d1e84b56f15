//! The tree of categories as people read it.

use kernel::{Id, Locale, Result, kinds};
use serde::Serialize;
use std::collections::HashMap;
use store::{Read, across, args, packed, sql};

/// A category in the tree.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Node {
    /// Which.
    pub id: Id<kinds::Category>,
    /// The one above; none at the top.
    pub parent: Option<Id<kinds::Category>>,
    /// Its stable name among its siblings.
    pub code: String,
    /// What people read; its stable name where nothing is written.
    pub name: String,
    /// Whether goods are on sale in it or below it.
    pub has_goods: bool,
}

/// A step of the way to a category.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Crumb {
    /// Which category.
    pub id: Id<kinds::Category>,
    /// What people read.
    pub name: String,
}

/// The whole tree, older categories first.
///
/// # Errors
/// What the engine says.
pub fn categories(read: &mut Read, lang: Locale) -> Result<Vec<Node>> {
    let sql = across!(
        "select c.id, c.parent, c.code,
           (select w.text
            from catalog_word w
            where w.kind = 'category' and w.thing = c.id and w.field = 'name'
            order by case w.lang when $1 then 0 else 1 end, w.lang
            limit 1),
           case when exists (
             select 1
             from search_word s
             where s.word = 'c:' || cast(c.id as text)
           ) then cast(1 as bigint) else cast(0 as bigint) end
         from catalog_category c
         order by c.id"
    );
    read.all(sql, args![lang], |row| {
        let (id, code): (_, String) = (row.get(0)?, row.get(2)?);
        let parent = Some(row.get::<Id<_>>(1)?).filter(|parent| parent.raw() != 0);
        let name = row.get::<Option<String>>(3)?.unwrap_or_else(|| code.clone());
        Ok(Node { id, parent, code, name, has_goods: row.get(4)? })
    })
}

/// The way from the top to a category, itself last; empty where there is none such.
///
/// # Errors
/// What the engine says.
pub fn chain(read: &mut Read, category: Id<kinds::Category>, lang: Locale) -> Result<Vec<Crumb>> {
    let sql = sql!(
        "with recursive above (id, parent, code, depth) as (
           select id, parent, code, cast(0 as bigint)
           from catalog_category
           where id = $1
           union all
           select c.id, c.parent, c.code, a.depth + 1
           from above a
           join catalog_category c on c.id = a.parent
         )
         select a.id, a.code,
           (select w.text
            from catalog_word w
            where w.kind = 'category' and w.thing = a.id and w.field = 'name'
            order by case w.lang when $2 then 0 else 1 end, w.lang
            limit 1)
         from above a
         order by a.depth desc"
    );
    read.all(sql, args![category, lang], |row| {
        let name = row.get::<Option<String>>(2)?;
        Ok(Crumb { id: row.get(0)?, name: name.map_or_else(|| row.get(1), Ok)? })
    })
}

/// The names on the way from the top to each of some categories, its own last, with ` / ` between them.
pub(super) fn paths(
    read: &mut Read,
    categories: &[Id<kinds::Category>],
    lang: Locale,
) -> Result<HashMap<Id<kinds::Category>, String>> {
    let sql = sql!(
        "with recursive above (leaf, id, depth) as (
           select i.id, i.id, cast(0 as bigint)
           from ids($2) i
           union all
           select a.leaf, c.parent, a.depth + 1
           from above a
           join catalog_category c on c.id = a.id
           where c.parent <> 0
         )
         select a.leaf, c.code,
           (select w.text
            from catalog_word w
            where w.kind = 'category' and w.thing = c.id and w.field = 'name'
            order by case w.lang when $1 then 0 else 1 end, w.lang
            limit 1)
         from above a
         join catalog_category c on c.id = a.id
         order by a.leaf, a.depth desc"
    );
    let mut paths: HashMap<Id<kinds::Category>, String> = HashMap::new();
    read.each(sql, args![lang, packed(categories)], |row| {
        let path = paths.entry(row.get(0)?).or_default();
        if !path.is_empty() {
            path.push_str(" / ");
        }
        path.push_str(&row.get::<Option<String>>(2)?.map_or_else(|| row.get(1), Ok)?);
        Ok(())
    })?;
    Ok(paths)
}
