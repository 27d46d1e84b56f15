//! Putting a listing's words into the index and taking them out.

use crate::{price_key, words};
use kernel::{Home, Id, Money, Result, kinds};
use std::collections::BTreeSet;
use store::{Tx, Val, args, into, sql};

/// The most words of one listing, its marks not counted.
pub const WORDS_MAX: usize = 200;

/// What a listing on sale is found by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    /// Whose it is.
    pub shop: Id<kinds::Shop>,
    /// Its category and those above.
    pub categories: Vec<Id<kinds::Category>>,
    /// The lowest price at which it can be had; none: none is set.
    pub price: Option<Money>,
    /// Names and titles, the most telling first: of more words than the index takes the last are left out.
    pub texts: Vec<String>,
}

/// What stands in the place of a word for lists. No text is cut into one of these.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Mark {
    /// All goods on sale.
    All,
    /// Goods of a category or of one below it.
    Category(Id<kinds::Category>),
    /// A shop's goods.
    Shop(Id<kinds::Shop>),
}

impl Mark {
    /// As it stands in the table.
    pub fn word(self) -> String {
        match self {
            Mark::All => "*".to_owned(),
            Mark::Category(id) => format!("c:{}", id.raw()),
            Mark::Shop(id) => format!("s:{}", id.raw()),
        }
    }
}

/// A listing's row in this act's hands: nobody else indexes it until the act ends.
#[derive(Debug)]
pub struct Held {
    listing: Id<kinds::Listing>,
    words: BTreeSet<String>,
    price_key: i64,
}

/// Takes a listing's row in hand, made if there is none. What is indexed is read afterwards: of two acts at once the
/// second then sees what the first was told, and more.
///
/// # Errors
/// What the engine says.
pub fn hold(tx: &mut Tx, listing: Id<kinds::Listing>) -> Result<Held> {
    let sql = sql!(
        "insert into search_listing (home, listing, words, count, price_key)
         values ($1, $2, '', 0, 0)
         on conflict (listing, home) do update
         set count = search_listing.count
         returning words, price_key"
    );
    tx.one(sql, args![listing.home(), listing], |row| {
        let words: String = row.get(0)?;
        Ok(Held { listing, words: words.lines().map(str::to_owned).collect(), price_key: row.get(1)? })
    })
}

/// Lets a listing be found by an entry, and by nothing that it was found by before.
///
/// # Errors
/// What the engine says.
pub fn index(tx: &mut Tx, held: &Held, entry: &Entry) -> Result<()> {
    put(tx, held, &words_of(entry), price_key(entry.price))
}

/// Lets a listing not be found any more.
///
/// # Errors
/// What the engine says.
pub fn remove(tx: &mut Tx, held: &Held) -> Result<()> {
    put(tx, held, &BTreeSet::new(), 0)
}

fn words_of(entry: &Entry) -> BTreeSet<String> {
    let marks = [Mark::All, Mark::Shop(entry.shop)].into_iter();
    let marks = marks.chain(entry.categories.iter().map(|id| Mark::Category(*id)));
    let mut texts = BTreeSet::new();
    for word in entry.texts.iter().flat_map(|text| words::stored(text)) {
        if texts.len() == WORDS_MAX {
            break;
        }
        texts.insert(word);
    }
    marks.map(Mark::word).chain(texts).collect()
}

fn put(tx: &mut Tx, held: &Held, words: &BTreeSet<String>, price_key: i64) -> Result<()> {
    let listing = held.listing;
    if held.words == *words && held.price_key == price_key {
        return Ok(());
    }
    for word in held.words.difference(words) {
        let sql = sql!(
            "delete from search_word
             where home = $1 and word = $2 and listing = $3"
        );
        tx.exec(sql, args![Home::of_text(word), word, listing])?;
    }
    if held.price_key != price_key {
        reprice(tx, listing, held.words.intersection(words), price_key)?;
    }
    let new: Vec<Vec<Val>> = words
        .difference(&held.words)
        .map(|word| args![Home::of_text(word), word, listing, price_key].to_vec())
        .collect();
    tx.insert_all(into!("search_word", "home, word, listing, price_key" => "$1, $2, $3, $4"), &new)?;
    let lines = words.iter().map(String::as_str).collect::<Vec<_>>().join("\n");
    let sql = sql!(
        "update search_listing
         set words = $3, count = $4, price_key = $5
         where home = $1 and listing = $2"
    );
    tx.exec(sql, args![listing.home(), listing, lines, words.len(), price_key])?;
    Ok(())
}

fn reprice<'a>(
    tx: &mut Tx,
    listing: Id<kinds::Listing>,
    words: impl Iterator<Item = &'a String>,
    price_key: i64,
) -> Result<()> {
    for word in words {
        let sql = sql!(
            "update search_word
             set price_key = $4
             where home = $1 and word = $2 and listing = $3"
        );
        tx.exec(sql, args![Home::of_text(word), word, listing, price_key])?;
    }
    Ok(())
}
