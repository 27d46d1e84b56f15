//! Writes shapes. The order of attributes is fixed, so the same drawing has the same bytes.

use crate::colour::Colour;
use std::fmt::{self, Display, Write as _};

/// What fills a shape, how much of it shows through, and how the shape is turned.
#[derive(Clone, Copy)]
pub(crate) struct Fill {
    paint: Paint,
    rest: Rest,
}

#[derive(Clone, Copy)]
enum Paint {
    Colour(Colour),
    /// One of the gradients that every picture defines, by its id.
    Gradient(char),
}

#[derive(Clone, Copy)]
enum Rest {
    Plain,
    Opacity(f64),
    Turned { degrees: i32, around: [i32; 2] },
    Moved([i32; 2]),
}

/// Light, main and dark from left to right: the thing's body.
pub(crate) const BODY: Fill = gradient('b');
/// A shine over a shape of one colour that makes it round.
pub(crate) const SHEEN: Fill = gradient('h');
/// The backdrop.
pub(crate) const SKY: Fill = gradient('g');
/// The contact shadow.
pub(crate) const SHADOW: Fill = gradient('s');

const fn gradient(id: char) -> Fill {
    Fill { paint: Paint::Gradient(id), rest: Rest::Plain }
}

impl Fill {
    /// The same, that far from clear (0) to full (1).
    pub fn at(self, opacity: f64) -> Fill {
        Fill { rest: Rest::Opacity(opacity), ..self }
    }
}

impl Colour {
    /// A fill that far from clear (0) to full (1).
    pub fn at(self, opacity: f64) -> Fill {
        Fill::from(self).at(opacity)
    }

    /// A fill of a shape turned clockwise around a point.
    pub fn turned(self, degrees: i32, around: [i32; 2]) -> Fill {
        Fill { rest: Rest::Turned { degrees, around }, ..Fill::from(self) }
    }

    /// A fill of a shape that stands to the right of and below where it is drawn.
    pub fn moved(self, by: [i32; 2]) -> Fill {
        Fill { rest: Rest::Moved(by), ..Fill::from(self) }
    }
}

impl From<Colour> for Fill {
    fn from(colour: Colour) -> Fill {
        Fill { paint: Paint::Colour(colour), rest: Rest::Plain }
    }
}

impl Display for Paint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Paint::Colour(colour) => write!(f, "{colour}"),
            Paint::Gradient(id) => write!(f, "url(#{id})"),
        }
    }
}

impl Display for Rest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rest::Plain => Ok(()),
            Rest::Opacity(opacity) => write!(f, " opacity=\"{opacity}\""),
            Rest::Turned { degrees, around: [x, y] } => write!(f, " transform=\"rotate({degrees} {x} {y})\""),
            Rest::Moved([x, y]) => write!(f, " transform=\"translate({x} {y})\""),
        }
    }
}

/// An SVG that is being written. Points are `[x, y]`, boxes `[x, y, width, height]`.
pub(crate) struct Pen(String);

impl Pen {
    pub fn new() -> Pen {
        Pen(String::with_capacity(3_600))
    }

    pub fn put(&mut self, text: fmt::Arguments<'_>) {
        self.0.write_fmt(text).expect("a String takes every text");
    }

    pub fn ellipse(&mut self, [x, y]: [i32; 2], [across, down]: [impl Display; 2], fill: impl Into<Fill>) {
        let Fill { paint, rest } = fill.into();
        self.put(format_args!(r#"<ellipse cx="{x}" cy="{y}" rx="{across}" ry="{down}" fill="{paint}"{rest}/>"#));
    }

    pub fn circle(&mut self, [x, y]: [i32; 2], radius: impl Display, fill: impl Into<Fill>) {
        let Fill { paint, rest } = fill.into();
        self.put(format_args!(r#"<circle cx="{x}" cy="{y}" r="{radius}" fill="{paint}"{rest}/>"#));
    }

    /// A box with round corners.
    pub fn rect(&mut self, [x, y, width, height]: [impl Display; 4], round: i32, fill: impl Into<Fill>) {
        let Fill { paint, rest } = fill.into();
        let place = format_args!(r#"x="{x}" y="{y}" width="{width}" height="{height}" rx="{round}""#);
        self.put(format_args!(r#"<rect {place} fill="{paint}"{rest}/>"#));
    }

    pub fn path(&mut self, path: impl Display, fill: impl Into<Fill>) {
        let Fill { paint, rest } = fill.into();
        self.put(format_args!(r#"<path d="{path}" fill="{paint}"{rest}/>"#));
    }

    /// A line along a path, with round ends and corners.
    pub fn stroke(&mut self, path: &str, width: impl Display, fill: impl Into<Fill>) {
        let Fill { paint, rest } = fill.into();
        let line = format_args!(r#"stroke="{paint}" stroke-width="{width}""#);
        let round = r#"stroke-linecap="round" stroke-linejoin="round""#;
        self.put(format_args!(r#"<path d="{path}" fill="none" {line} {round}{rest}/>"#));
    }

    /// What is drawn inside is turned, moved or scaled together.
    pub fn group(&mut self, transform: impl Display, draw: impl FnOnce(&mut Pen)) {
        self.put(format_args!(r#"<g transform="{transform}">"#));
        draw(self);
        self.put(format_args!("</g>"));
    }

    pub fn done(self) -> String {
        self.0
    }
}
