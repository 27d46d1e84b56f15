//! The square that a phone reads.

use kernel::{Error, Result};
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// A QR code as the path of an SVG in units of one square, the quiet zone around it included.
pub(crate) struct Qr {
    /// How many squares it is wide and high.
    pub side: usize,
    /// The dark squares.
    pub path: String,
}

/// Light squares around the code, as the standard asks for.
const QUIET: usize = 4;

impl Qr {
    /// # Errors
    /// A breakage for a text that is longer than any code holds.
    pub fn of(text: &str) -> Result<Qr> {
        let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(Error::broken)?;
        let width = code.width();
        let mut path = String::new();
        for (y, row) in code.to_colors().chunks(width).enumerate() {
            let mut x = 0;
            while x < width {
                let run = row[x..].iter().take_while(|color| **color == Color::Dark).count();
                if run > 0 {
                    let (left, top) = (x + QUIET, y + QUIET);
                    write!(path, "M{left} {top}h{run}v1h-{run}z").expect("a text takes what is written to it");
                }
                x += run.max(1);
            }
        }
        Ok(Qr { side: width + 2 * QUIET, path })
    }
}
