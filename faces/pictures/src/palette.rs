//! The colours of one picture, mixed from the three of its way.

use crate::{
    colour::{Colour, INK, WHITE},
    way::Way,
};

/// The thing's colours.
pub(crate) struct Palette {
    pub backdrop: Colour,
    pub main: Colour,
    /// Where the light falls.
    pub light: Colour,
    /// A little lighter than main, to tell neighbours apart.
    pub bright: Colour,
    pub dark: Colour,
    /// Joints and feet.
    pub darker: Colour,
    pub accent: Colour,
    pub accent_light: Colour,
    pub accent_dark: Colour,
}

impl Palette {
    pub fn new(way: Way) -> Palette {
        let [backdrop, main, accent] = way.colours_of();
        // A pale thing keeps its form with less shade than a strong one.
        let (dark, darker) = if main.brightness() > 0.75 { (0.14, 0.4) } else { (0.3, 0.58) };
        Palette {
            backdrop,
            main,
            light: main.mix(WHITE, 0.34),
            bright: main.mix(WHITE, 0.14),
            dark: main.mix(INK, dark),
            darker: main.mix(INK, darker),
            accent,
            accent_light: accent.mix(WHITE, 0.4),
            accent_dark: accent.mix(INK, 0.3),
        }
    }

    /// The ground of the stage: the backdrop with a breath of the thing in it.
    pub fn ground(&self) -> Colour {
        self.backdrop.mix(self.main.mix(INK, 0.15), 0.2)
    }

    /// The upper side of what stands on the stage.
    pub fn ground_light(&self) -> Colour {
        self.ground().mix(WHITE, 0.42)
    }
}
