//! File names: `tent-outdoor-0-31.svg`, and `tent-outdoor-0-31-close.svg` where not all is seen. A name says all of a
//! picture, so what stands at it never changes.

use crate::{Colours, Motif, Picture, View, Way};

impl Picture {
    /// Where the fronts serve it.
    pub fn address(&self) -> String {
        format!("/pictures/{}", self.file_name())
    }

    /// The picture's name as a file: letters, digits, `-` and `.` only.
    pub fn file_name(&self) -> String {
        let (motif, colours, index, seed) = (self.motif.word(), self.way.colours().word(), self.way.index(), self.seed);
        match self.view {
            View::Front => format!("{motif}-{colours}-{index}-{seed}.svg"),
            view => format!("{motif}-{colours}-{index}-{seed}-{}.svg", view.word()),
        }
    }

    /// The picture of that name; none for a name that [`Picture::file_name`] does not write, so that one picture has
    /// one address.
    pub fn of_file_name(name: &str) -> Option<Picture> {
        let mut parts = name.strip_suffix(".svg")?.split('-');
        let motif = Motif::of(parts.next()?)?;
        let colours = Colours::of(parts.next()?)?;
        let index = parts.next()?.parse::<u8>().ok()?;
        let seed = parts.next()?.parse::<u32>().ok()?;
        let view = parts.next().map_or(Some(View::Front), View::of)?;
        let picture = Picture { motif, way: Way::of(colours, index), seed, view };
        // Refuses leading zeros, signs, numbers past the last way and what follows the end.
        (picture.file_name() == name).then_some(picture)
    }
}
