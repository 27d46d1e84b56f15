//! What people read for goods, row by row: thing, field, language.

use kernel::{Home, Locale, Result, Text};
use serde::Serialize;
use store::{Read, Tx, Val, args, into, sql};

store::codes! {
    /// What a text of a listing is.
    pub enum Field {
        /// Its name.
        Title = "title",
        /// The maker's name of the model.
        Model = "model",
        /// More words.
        Description = "description",
    }
}

impl Field {
    /// The most characters it may have.
    pub const fn chars_max(self) -> usize {
        match self {
            Field::Title | Field::Model => 300,
            Field::Description => 20_000,
        }
    }

    /// # Errors
    /// `required`, `too_long`, `not_text`, each said of the field.
    pub(crate) fn fit(self, text: &str) -> Result<String> {
        let fitting = match self {
            Field::Title | Field::Model => Text::<300>::new(text).map(Text::into_string),
            Field::Description => Text::<20_000>::new(text).map(Text::into_string),
        };
        fitting.map_err(|no| no.at(self.word()))
    }
}

/// A picture of goods.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, serde::Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Picture {
    /// Where it lies.
    pub address: Text<2000>,
    /// What it shows, for whoever cannot see it.
    pub alt: Text<300>,
}

/// A text as it is read back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Written {
    /// `title`, `model`, `description`, `alt.N`; `option` of a SKU.
    pub field: String,
    /// In which language.
    pub lang: Locale,
    /// The words.
    pub text: String,
}

/// Writes texts of a thing that has none in these fields.
pub(crate) fn write(tx: &mut Tx, home: Home, thing: i64, lang: Locale, texts: &[(&str, &str)]) -> Result<()> {
    let rows: Vec<Vec<Val>> =
        texts.iter().map(|(field, text)| args![home, thing, field, lang, text].to_vec()).collect();
    tx.insert_all(into!("catalog_text", "home, thing, field, lang, text" => "$1, $2, $3, $4, $5"), &rows)
}

/// Takes one text away.
pub(crate) fn remove(tx: &mut Tx, home: Home, thing: i64, lang: Locale, field: &str) -> Result<()> {
    let sql = sql!(
        "delete from catalog_text
         where home = $1 and thing = $2 and field = $3 and lang = $4"
    );
    tx.exec(sql, args![home, thing, field, lang])?;
    Ok(())
}

/// Takes the words of all pictures away, in every language: they are numbered by their pictures.
pub(crate) fn remove_alts(tx: &mut Tx, home: Home, thing: i64) -> Result<()> {
    let sql = sql!(
        "delete from catalog_text
         where home = $1 and thing = $2 and field like 'alt.%'"
    );
    tx.exec(sql, args![home, thing])?;
    Ok(())
}

/// Everything written of a thing.
pub(crate) fn of(read: &mut Read, home: Home, thing: i64) -> Result<Vec<Written>> {
    let sql = sql!(
        "select field, lang, text
         from catalog_text
         where home = $1 and thing = $2
         order by field, lang"
    );
    read.all(sql, args![home, thing], |row| Ok(Written { field: row.get(0)?, lang: row.get(1)?, text: row.get(2)? }))
}
