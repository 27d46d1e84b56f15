//! From goods to their picture.

mod colours;
mod motifs;

use crate::{Colours, Motif, Picture, View, Way, lexicon::Lexicon};
use std::sync::LazyLock;

/// Seeds stay small, so that addresses do; ten thousand stages are more than anybody has seen.
const SEEDS: u64 = 10_000;

static MOTIFS: LazyLock<Lexicon<Motif>> = LazyLock::new(|| Lexicon::new(motifs::WORDS));
static MOTIFS_OF_TECH: LazyLock<Lexicon<Motif>> =
    LazyLock::new(|| Lexicon::new(&[motifs::WORDS, motifs::WORDS_OF_TECH].concat()));
static CATEGORIES: LazyLock<Lexicon<Colours>> = LazyLock::new(|| Lexicon::new(colours::CATEGORIES));
static NAMES: LazyLock<Lexicon<u32>> = LazyLock::new(|| Lexicon::new(colours::NAMES));

/// The picture of goods that have none of their own. `category_words` names the category in Chinese, English or both,
/// alone or as a path with its leaf last (`家居 > 灯具`, `Home / Lamps`). `variant_colour` is what the seller calls
/// the variant's colour; without one the id chooses. All variants of one id share seed and motif.
///
/// The motif follows from the leaf category, else from the title, else it is a parcel in the category's colours.
pub fn for_goods(category_words: &str, title: &str, seed_of_id: i64, variant_colour: Option<&str>) -> Picture {
    let levels = || category_words.rsplit(['/', '>', '›', '»', '\n']).map(str::trim).filter(|level| !level.is_empty());
    let category = levels().find_map(|level| CATEGORIES.find(level));
    let motif = levels()
        .next()
        .and_then(|leaf| motif_named(leaf, category))
        .or_else(|| motif_named(title, category))
        .unwrap_or(Motif::Parcel);
    let colours = match (motif, category, levels().next()) {
        (Motif::Parcel, Some(category), _) => category,
        // A category that nobody knows has a look of its own all the same.
        (Motif::Parcel, None, Some(leaf)) => Colours::ALL[hash(leaf) as usize % Colours::ALL.len()],
        _ => motif.colours(),
    };
    let spread = spread(seed_of_id.cast_unsigned());
    let way = match variant_colour.map(str::trim).filter(|colour| !colour.is_empty()) {
        Some(colour) => way_named(colours, colour),
        None => Way::of(colours, third_of(spread)),
    };
    Picture { motif, way, seed: (spread % SEEDS) as u32, view: View::Front }
}

/// The picture of a category: the thing that it names, else one of the things that have its colours, else a parcel.
pub fn for_category(category_words: &str, seed_of_id: i64) -> Picture {
    let picture = for_goods(category_words, "", seed_of_id, None);
    let levels = || category_words.rsplit(['/', '>', '›', '»', '\n']);
    let Some(colours) = levels().find_map(|level| CATEGORIES.find(level)) else {
        return picture;
    };
    let has_colours = |motif: &Motif| *motif != Motif::Parcel && motif.colours() == colours;
    let things: Vec<Motif> = Motif::ALL.iter().copied().filter(has_colours).collect();
    match picture.motif {
        Motif::Parcel if !things.is_empty() => {
            Picture { motif: things[picture.seed as usize % things.len()], ..picture }
        }
        _ => picture,
    }
}

/// Where the picture of goods lies: their own, or else the one that [`for_goods`] draws of them.
pub fn address_for(own: Option<&str>, category_words: &str, title: &str, seed_of_id: i64) -> String {
    match own {
        Some(own) => own.to_owned(),
        None => for_goods(category_words, title, seed_of_id, None).address(),
    }
}

/// Whether a variant's name says its colour, so that a picture can show it.
pub fn names_colour(variant: &str) -> bool {
    NAMES.find(variant).is_some()
}

/// Among electronics some words mean another thing: a notebook has a screen there.
fn motif_named(text: &str, category: Option<Colours>) -> Option<Motif> {
    let words = if category == Some(Colours::Tech) { &MOTIFS_OF_TECH } else { &MOTIFS };
    words.find(text)
}

fn way_named(colours: Colours, colour: &str) -> Way {
    match NAMES.find(colour) {
        Some(named) => Way::nearest(colours, crate::colour::Colour::of(named)),
        None => Way::of(colours, third_of(hash(colour))),
    }
}

/// The upper bits, which the seed does not use.
fn third_of(hash: u64) -> u8 {
    ((hash >> 32) % u64::from(Way::COUNT)) as u8
}

/// FNV-1a, spread: short texts that differ in one letter fall apart.
pub(crate) fn hash(text: &str) -> u64 {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    spread(text.bytes().map(|byte| byte.to_ascii_lowercase()).fold(0xcbf2_9ce4_8422_2325, step))
}

/// The finaliser of SplitMix64 (Steele, Lea, Flood 2014): ids that follow each other give stages that do not.
fn spread(value: u64) -> u64 {
    let value = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}
