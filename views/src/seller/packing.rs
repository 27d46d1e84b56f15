//! What tells the goods of an order apart, for whoever packs it.

use kernel::{Id, Locale, Result, kinds};
use serde::Serialize;
use store::{Read, across, args};

/// A variant that an order is about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Variant {
    /// Which.
    pub sku: Id<kinds::Sku>,
    /// The shop's own name of it.
    pub code: String,
    /// What tells it apart, as people read it; none where nothing is written.
    pub option: Option<String>,
}

/// The variants of an order's lines, each once; one statement, however long the order.
///
/// # Errors
/// What the engine says.
pub fn variants(read: &mut Read, order: Id<kinds::Order>, lang: Locale) -> Result<Vec<Variant>> {
    let sql = across!(
        "select k.id, k.code,
             (select t.text
              from catalog_text t
              where t.home = k.home and t.thing = k.id and t.field = 'option'
              order by case t.lang when $3 then 0 else 1 end, t.lang
              limit 1)
         from (select distinct sku
               from order_line
               where home = $1 and ord = $2) l
         join catalog_sku k on k.home = l.sku % 4096 and k.id = l.sku
         order by k.id"
    );
    read.all(sql, args![order.home(), order, lang], |row| {
        Ok(Variant { sku: row.get(0)?, code: row.get(1)?, option: row.get(2)? })
    })
}
