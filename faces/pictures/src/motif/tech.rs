//! Electronics.

use crate::{
    chance::Chance,
    colour::{CREAM, Colour, WHITE},
    palette::Palette,
    pen::{BODY, Pen},
};

pub(super) fn headphones(pen: &mut Pen, c: &Palette) {
    pen.stroke("M104 250c-12-160 204-160 192 0", 18, c.dark);
    pen.stroke("M110 226c-2-128 182-128 180 0", 5, c.light.at(0.6));
    pen.rect([82, 214, 56, 102], 24, BODY);
    pen.rect([262, 214, 56, 102], 24, BODY);
    pen.rect([122, 224, 26, 82], 13, c.accent);
    pen.rect([252, 224, 26, 82], 13, c.accent_dark);
    pen.stroke("M98 240v44", 5, WHITE.at(0.4));
    pen.circle([290, 264], 7, c.accent_light);
}

pub(super) fn keyboard(pen: &mut Pen, c: &Palette, chance: &mut Chance) {
    pen.group("rotate(-9 200 220) translate(0 0)", |pen| {
        pen.rect([44, 140, 312, 158], 18, c.darker.at(0.5));
        pen.rect([44, 132, 312, 158], 18, BODY);
        pen.rect([54, 142, 292, 138], 10, c.dark.at(0.6));
        for (row, column) in (0..4).flat_map(|row| (0..9).map(move |column| (row, column))) {
            let (x, y) = (66 + column * 30, 154 + row * 32);
            match (row, column) {
                // The space bar takes the room of four keys.
                (3, 3) => pen.rect([x, y, 116, 26], 6, CREAM),
                (3, 4..=6) => {}
                _ => pen.rect([x, y, 25, 26], 6, key(row, column, c, chance)),
            }
        }
    });
}

/// Escape and enter have the accent, and now and then another key.
fn key(row: i32, column: i32, c: &Palette, chance: &mut Chance) -> Colour {
    if matches!((row, column), (0, 0) | (2, 8)) || chance.share() < 0.06 {
        c.accent
    } else if row % 2 == 1 {
        CREAM
    } else {
        c.light
    }
}

pub(super) fn speaker(pen: &mut Pen, c: &Palette) {
    pen.rect([138, 112, 124, 206], 26, BODY);
    pen.circle([200, 252], 44, c.darker);
    pen.circle([200, 252], 32, c.dark);
    pen.circle([200, 252], 13, c.accent);
    pen.circle([200, 166], 24, c.darker);
    pen.circle([200, 166], 14, c.light);
    pen.stroke("M154 142v132", 5, WHITE.at(0.35));
    pen.rect([184, 122, 32, 6], 3, c.accent);
}

pub(super) fn camera(pen: &mut Pen, c: &Palette) {
    pen.rect([166, 138, 68, 34], 8, c.dark);
    pen.rect([88, 164, 224, 152], 22, BODY);
    pen.rect([88, 206, 224, 62], 0, c.dark.at(0.55));
    pen.circle([208, 240], 62, c.darker);
    pen.circle([208, 240], 50, c.dark);
    pen.circle([208, 240], 37, Colour::of(0x26303f));
    pen.circle([208, 240], 22, Colour::of(0x3e5a78));
    pen.circle([199, 230], 9, WHITE.at(0.65));
    pen.rect([106, 152, 38, 16], 6, c.accent);
    pen.rect([260, 180, 34, 18], 5, CREAM);
    pen.circle([116, 188], 8, c.accent);
    pen.stroke("M104 196v80", 5, WHITE.at(0.3));
}
