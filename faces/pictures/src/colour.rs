//! Colours and how they mix.

use std::fmt;

/// Red, green and blue.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(crate) struct Colour([u8; 3]);

pub(crate) const WHITE: Colour = Colour::of(0xffffff);
/// What darkens other colours; black would make them dirty.
pub(crate) const INK: Colour = Colour::of(0x1c2230);
/// Labels and linings.
pub(crate) const CREAM: Colour = Colour::of(0xfbf3e4);

impl Colour {
    /// A colour as it is written after `#`.
    pub const fn of(hex: u32) -> Colour {
        let [_, red, green, blue] = hex.to_be_bytes();
        Colour([red, green, blue])
    }

    /// This colour with a share of another in it, each channel rounded half up.
    pub fn mix(self, other: Colour, share: f64) -> Colour {
        let channel = |at: usize| {
            let (mine, theirs) = (f64::from(self.0[at]), f64::from(other.0[at]));
            (mine + (theirs - mine) * share + 0.5).floor() as u8
        };
        Colour([channel(0), channel(1), channel(2)])
    }

    /// The mean of its channels, from 0 to 1.
    pub fn brightness(self) -> f64 {
        f64::from(self.0.iter().map(|&channel| u32::from(channel)).sum::<u32>()) / 765.0
    }

    /// Its place on the colour wheel in degrees; none for what is grey or nearly so.
    pub fn hue(self) -> Option<i32> {
        let [red, green, blue] = self.0.map(i32::from);
        let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
        let spread = most - least;
        if spread * 6 < most {
            return None;
        }
        let sixth = if most == red {
            60 * (green - blue) / spread
        } else if most == green {
            120 + 60 * (blue - red) / spread
        } else {
            240 + 60 * (red - green) / spread
        };
        Some(sixth.rem_euclid(360))
    }

    /// How far apart two colours are: around the wheel where both have a hue, else through the cube.
    pub fn distance(self, other: Colour) -> i32 {
        match (self.hue(), other.hue()) {
            (Some(mine), Some(theirs)) => {
                let around = (mine - theirs).abs();
                around.min(360 - around)
            }
            // A grey thing is no red one, however near in the cube.
            (Some(_), None) => 1_000 + self.through_the_cube(other),
            (None, _) => self.through_the_cube(other),
        }
    }

    fn through_the_cube(self, other: Colour) -> i32 {
        let apart = |at: usize| i32::from(self.0[at]) - i32::from(other.0[at]);
        (0..3).map(|at| apart(at) * apart(at)).sum()
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}
