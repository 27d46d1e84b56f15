//! What makers make: brands and standard products. Many shops may sell the same one.

use crate::{Hand, Refusal, Value, Values, gtin, tree, value};
use kernel::{Home, Id, Result, Text, kinds};
use serde::Serialize;
use std::collections::BTreeSet;
use store::{Read, Tx, Val, args, into, sql};

/// A standard product, without price or stock.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Spu {
    /// Its id.
    pub id: Id<kinds::Spu>,
    /// Its brand.
    pub brand: Option<Id<kinds::Brand>>,
    /// Where it belongs.
    pub category: Id<kinds::Category>,
    /// The maker's name of it.
    pub model: String,
    /// Its bar-code numbers, of 14 digits.
    pub gtins: Vec<String>,
    /// What the market says of it.
    pub values: Vec<value::Stated>,
}

/// A standard product to be.
#[derive(Clone, Debug)]
pub struct NewSpu {
    /// Its brand.
    pub brand: Option<Id<kinds::Brand>>,
    /// Where it belongs.
    pub category: Id<kinds::Category>,
    /// The maker's name of it.
    pub model: Text<300>,
    /// Its bar-code numbers. Doubtful ones, and ones that already mean another product, are left out.
    pub gtins: Vec<String>,
    /// What is known of it.
    pub values: Values,
}

/// The brand of a name, made if there is none. Case and spaces do not make another brand.
///
/// # Errors
/// What the engine says.
pub fn brand(tx: &mut Tx, name: &Text<100>) -> Result<Id<kinds::Brand>> {
    let key = brand_key(name);
    if let Some(id) = brand_of_key(tx, &key)? {
        return Ok(id);
    }
    let home = Home::of_text(&key);
    let id = tx.id(home)?;
    let sql = sql!(
        "insert into catalog_brand (home, id, key, name)
         values ($1, $2, $3, $4)
         on conflict (home, key) do nothing"
    );
    if tx.exec(sql, args![home, id, key, name])? == 1 {
        return Ok(id);
    }
    brand_of_key(tx, &key)?.ok_or_else(|| Refusal::UnknownBrand.into())
}

pub(crate) fn brand_key(name: &str) -> String {
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn brand_of_key(read: &mut Read, key: &str) -> Result<Option<Id<kinds::Brand>>> {
    let sql = sql!(
        "select id
         from catalog_brand
         where home = $1 and key = $2"
    );
    read.opt(sql, args![Home::of_text(key), key], |row| row.get(0))
}

/// What a brand is called.
///
/// # Errors
/// `unknown_brand`.
pub fn brand_name(read: &mut Read, id: Id<kinds::Brand>) -> Result<String> {
    let sql = sql!(
        "select name
         from catalog_brand
         where home = $1 and id = $2"
    );
    read.opt(sql, args![id.home(), id], |row| row.get(0))?.ok_or_else(|| Refusal::UnknownBrand.into())
}

/// Makes a standard product.
///
/// # Errors
/// `unknown_category`, `unknown_brand`, `unknown_attribute`, `wrong_attribute_type` and what bounds say.
pub fn make_spu(tx: &mut Tx, new: &NewSpu) -> Result<Id<kinds::Spu>> {
    let chain = tree::chain(tx, new.category)?;
    let values = value::fit_all(tx, &chain, &new.values)?;
    if let Some(brand) = new.brand {
        brand_name(tx, brand)?;
    }
    write_spu(tx, new, &values)
}

fn write_spu(tx: &mut Tx, new: &NewSpu, values: &[(Id<kinds::Attribute>, Value)]) -> Result<Id<kinds::Spu>> {
    let home = tx.new_home();
    let id = tx.id(home)?;
    let sql = sql!(
        "insert into catalog_spu (home, id, brand, category, model, made_at)
         values ($1, $2, $3, $4, $5, $6)"
    );
    let now = tx.now();
    tx.exec(sql, args![home, id, new.brand, new.category, new.model, now])?;
    let sound: BTreeSet<_> = new.gtins.iter().filter_map(|gtin| gtin::sound(gtin)).collect();
    let mut own: Vec<Vec<Val>> = Vec::with_capacity(sound.len());
    for gtin in sound {
        if claim(tx, &gtin, id)? == id {
            own.push(args![home, id, gtin].to_vec());
        }
    }
    tx.insert_all(into!("catalog_spu_gtin", "home, spu, gtin" => "$1, $2, $3"), &own)?;
    value::write(tx, home, id.raw(), values)?;
    Ok(id)
}

/// Lets a number mean a product, unless it means one already; answers which it means now.
fn claim(tx: &mut Tx, gtin: &str, spu: Id<kinds::Spu>) -> Result<Id<kinds::Spu>> {
    let sql = sql!(
        "insert into catalog_gtin (home, gtin, spu)
         values ($1, $2, $3)
         on conflict (gtin, home) do update
         set spu = catalog_gtin.spu
         returning spu"
    );
    tx.one(sql, args![Home::of_text(gtin), gtin, spu], |row| row.get(0))
}

/// The product that a bar-code number means.
///
/// # Errors
/// What the engine says.
pub fn spu_of_gtin(read: &mut Read, gtin: &str) -> Result<Option<Id<kinds::Spu>>> {
    let Some(gtin) = gtin::sound(gtin) else {
        return Ok(None);
    };
    let sql = sql!(
        "select spu
         from catalog_gtin
         where home = $1 and gtin = $2"
    );
    read.opt(sql, args![Home::of_text(&gtin), gtin], |row| row.get(0))
}

/// The product that goods with these numbers are: the first one that a number means already. The market's hand makes
/// one where there is none; a shop's may point at a product but not say which numbers mean it. Category and brand are
/// known to exist.
pub(crate) fn spu_for(tx: &mut Tx, hand: Hand, new: &NewSpu) -> Result<Option<Id<kinds::Spu>>> {
    for gtin in &new.gtins {
        let found = spu_of_gtin(tx, gtin)?;
        if found.is_some() {
            return Ok(found);
        }
    }
    let has_number = new.gtins.iter().any(|gtin| gtin::is_sound(gtin));
    if hand == Hand::Shop || !has_number { Ok(None) } else { write_spu(tx, new, &[]).map(Some) }
}

/// One standard product.
///
/// # Errors
/// `unknown_spu`.
pub fn spu(read: &mut Read, id: Id<kinds::Spu>) -> Result<Spu> {
    let sql = sql!(
        "select brand, category, model
         from catalog_spu
         where home = $1 and id = $2"
    );
    let found = read.opt(sql, args![id.home(), id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let (brand, category, model) = found.ok_or(Refusal::UnknownSpu)?;
    let sql = sql!(
        "select gtin
         from catalog_spu_gtin
         where home = $1 and spu = $2
         order by gtin"
    );
    let gtins = read.all(sql, args![id.home(), id], |row| row.get(0))?;
    Ok(Spu { id, brand, category, model, gtins, values: value::of(read, id.home(), id.raw())? })
}
