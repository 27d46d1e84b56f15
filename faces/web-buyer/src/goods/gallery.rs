//! The pictures of goods: their own, or drawn ones.

use pictures::{Motif, Picture};
use views::goods::{GoodsPage, Sku};
use web::Visit;

/// What is drawn of goods that have no picture of their own.
pub(super) struct Drawing {
    category: String,
    title: String,
    seed: i64,
}

impl Drawing {
    /// The same as on their card.
    pub fn of(goods: &GoodsPage) -> Drawing {
        let names: Vec<&str> = goods.categories.iter().map(|crumb| crumb.name.as_str()).collect();
        Drawing { category: names.join(" / "), title: goods.title.clone(), seed: goods.listing.raw() }
    }

    /// The picture of a variant, in its colour where its name says one.
    pub fn of_variant(&self, sku: Option<&Sku>) -> Picture {
        pictures::for_goods(&self.category, &self.title, self.seed, sku.and_then(colour))
    }
}

/// The colour that a variant's name says.
pub(super) fn colour(sku: &Sku) -> Option<&str> {
    sku.option.as_deref().filter(|option| pictures::names_colour(option))
}

/// A picture of the gallery.
pub(super) struct Shot {
    pub picture: String,
    pub alt: String,
    pub href: String,
}

/// The pictures, one of them large.
pub(super) struct Gallery {
    pub shots: Vec<Shot>,
    pub shown: usize,
}

impl Gallery {
    pub fn large(&self) -> Option<&Shot> {
        self.shots.get(self.shown)
    }
}

/// `?pic=2` is the second picture; any other number than those that there are is the first.
pub(super) fn gallery(v: &Visit, goods: &GoodsPage, title: &str, drawing: &Drawing, taken: Option<&Sku>) -> Gallery {
    let pictures: Vec<(String, String)> = if goods.pictures.is_empty() {
        let front = drawing.of_variant(taken);
        // There is nothing to see of a parcel from near.
        let near = Some(front.close_up()).filter(|near| near.motif != Motif::Parcel);
        [Some(front), near].into_iter().flatten().map(|picture| (picture.address(), String::new())).collect()
    } else {
        goods.pictures.iter().map(|picture| (picture.address.clone(), picture.alt.clone())).collect()
    };
    let shots = pictures.into_iter().enumerate().map(|(at, (picture, alt))| Shot {
        picture,
        alt: if alt.is_empty() { title.to_owned() } else { alt },
        href: v.with("pic", &if at == 0 { String::new() } else { (at + 1).to_string() }),
    });
    let shots: Vec<Shot> = shots.collect();
    let asked = v.query("pic").parse::<usize>().unwrap_or(1);
    Gallery { shown: if (1..=shots.len()).contains(&asked) { asked - 1 } else { 0 }, shots }
}
