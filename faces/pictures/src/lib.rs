//! Goods pictures: a shop without photographs still looks like a shop. A picture is a pure function of a motif, a
//! colourway and a seed; the same three give the same bytes, today and after every change. So a picture's file name
//! says all of it and is an immutable address: nothing is stored, and a cache may keep it for ever.
//!
//! Layers, back to front: backdrop, disc, stage and prop (`stage.rs`), contact shadow, the thing (`motif.rs`). The
//! seed's values are drawn in a fixed order; a new choice goes to the end of it, so that old pictures do not change.

#[macro_use]
mod code;
mod chance;
mod colour;
mod goods;
mod lexicon;
mod motif;
mod name;
mod palette;
mod pen;
mod stage;
#[cfg(test)]
mod tests;
mod way;

pub use goods::{address_for, for_category, for_goods, names_colour};
pub use motif::Motif;
pub use way::{Colours, Way};

codes! {
    /// What of a picture is seen.
    pub enum View {
        /// All of it: the thing on its stage.
        Front = "front",
        /// The same, near.
        Close = "close",
        /// The thing alone with its shadow, to stand on a banner.
        Bare = "bare",
    }
}

impl View {
    /// The part of the canvas of 400 × 400 that is shown.
    fn view_box(self) -> &'static str {
        match self {
            View::Front => "0 0 400 400",
            View::Close => "90 110 220 220",
            View::Bare => "40 40 320 320",
        }
    }
}

/// What to draw. Any value is a picture.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Picture {
    /// The thing.
    pub motif: Motif,
    /// Its colours.
    pub way: Way,
    /// Chooses the stage; variants of one item share it, so that only the thing changes its colour.
    pub seed: u32,
    /// What of it is seen.
    pub view: View,
}

impl Picture {
    /// The whole picture of a motif in its usual colours.
    pub fn new(motif: Motif, index: u8, seed: u32) -> Picture {
        Picture { motif, way: Way::of(motif.colours(), index), seed, view: View::Front }
    }

    /// The same, near.
    pub fn close_up(self) -> Picture {
        Picture { view: View::Close, ..self }
    }

    /// The thing alone, without backdrop, disc, stage and prop.
    pub fn bare(self) -> Picture {
        Picture { view: View::Bare, ..self }
    }
}

/// The picture as SVG, in about 2.2 kB; a keyboard with all its keys takes up to 4.2 kB, nothing else over 3.7 kB.
pub fn svg(picture: &Picture) -> String {
    stage::draw(picture)
}

/// The pictures of a goods page: front, the two other colourways, a close-up of the first.
pub fn gallery(picture: &Picture) -> [Picture; 4] {
    let front = Picture { view: View::Front, ..*picture };
    let [second, third] = front.way.others().map(|way| Picture { way, ..front });
    [front, second, third, front.close_up()]
}
