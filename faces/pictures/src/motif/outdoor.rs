//! Outdoor and sports.

use crate::{
    colour::{CREAM, Colour, WHITE},
    palette::Palette,
    pen::{BODY, Pen, SHEEN},
};

pub(super) fn tent(pen: &mut Pen, c: &Palette) {
    pen.stroke("M200 122L58 308M200 122L346 308", 3, c.dark.at(0.5));
    pen.path("M200 118L84 318h232z", BODY);
    pen.path("M200 118L316 318h-62z", c.dark);
    pen.path("M200 118L254 318h-108z", c.light.at(0.25));
    pen.path("M196 178l42 140h-84z", c.darker);
    pen.path("M196 178l-42 140h24c10-44 16-90 18-140z", CREAM);
    pen.path("M196 178l42 140h-16c-14-44-22-90-26-140z", c.accent_light);
    pen.stroke("M200 118v-26", 4, c.dark);
    pen.path("M200 92l34 10l-34 12z", c.accent);
}

pub(super) fn lantern(pen: &mut Pen, c: &Palette) {
    pen.stroke("M152 164c0-74 96-74 96 0", 8, c.dark);
    pen.circle([200, 232], 84, Colour::of(0xffe9a8).at(0.5));
    pen.rect([158, 176, 84, 108], 16, Colour::of(0xffd977));
    pen.rect([158, 176, 84, 108], 16, SHEEN);
    pen.circle([200, 230], 22, Colour::of(0xfff6d6));
    pen.stroke("M172 180v100M228 180v100", 5, c.dark.at(0.6));
    pen.path("M150 160h100l10 24h-120z", BODY);
    pen.rect([144, 280, 112, 38], 10, BODY);
    pen.circle([200, 299], 9, c.accent);
}

pub(super) fn camp_chair(pen: &mut Pen, c: &Palette) {
    pen.stroke("M136 214l116 104M264 214l-116 104", 9, c.darker);
    pen.stroke("M128 318h40M232 318h40", 9, c.darker);
    pen.path("M126 116h148c8 0 10 6 8 12l-18 104h-128l-18-104c-2-6 0-12 8-12z", BODY);
    pen.path("M136 222h128l16 36c-40 16-120 16-160 0z", c.main);
    pen.path("M120 258c40 16 120 16 160 0l-4 14c-40 14-112 14-152 0z", c.dark);
    pen.stroke("M110 190h36M254 190h36", 14, c.accent);
    pen.rect([172, 140, 56, 34], 6, c.dark.at(0.35));
}

pub(super) fn thermos(pen: &mut Pen, c: &Palette) {
    pen.rect([158, 148, 84, 172], 20, BODY);
    pen.rect([166, 112, 68, 44], 12, c.dark);
    pen.rect([166, 112, 68, 44], 12, SHEEN);
    pen.rect([158, 150, 84, 12], 0, c.darker.at(0.35));
    pen.rect([158, 232, 84, 34], 0, c.accent);
    pen.rect([158, 232, 84, 6], 0, c.accent_light.at(0.6));
    pen.stroke("M172 176v42", 6, WHITE.at(0.5));
    pen.stroke("M234 128c26 4 26 34 8 40", 7, c.accent_dark);
    pen.circle([200, 249], 9, CREAM);
}

pub(super) fn mat(pen: &mut Pen, c: &Palette) {
    pen.rect([96, 206, 220, 112], 56, c.dark);
    pen.path("M152 206h112v112h-112z", BODY);
    pen.circle([260, 262], 56, c.light);
    pen.circle([260, 262], 44, c.main);
    pen.circle([260, 262], 33, c.light);
    pen.circle([260, 262], 22, c.main);
    pen.circle([260, 262], 10, c.darker);
    pen.path("M96 262c0-31 25-56 56-56h20v112h-20c-31 0-56-25-56-56z", BODY);
    pen.rect([134, 204, 17, 116], 4, c.accent);
    pen.rect([184, 204, 17, 116], 4, c.accent);
    pen.stroke("M120 230h92", 6, WHITE.at(0.3));
}

pub(super) fn watch(pen: &mut Pen, c: &Palette) {
    pen.path("M164 104h72l-8 72h-56zM164 318h72l-8-66h-56z", BODY);
    pen.rect([176, 122, 48, 5], 2, c.darker.at(0.35));
    pen.rect([176, 134, 48, 5], 2, c.darker.at(0.35));
    pen.rect([176, 292, 48, 5], 2, c.darker.at(0.35));
    pen.rect([264, 206, 14, 20], 5, c.darker);
    pen.circle([200, 214], 68, c.darker);
    pen.circle([200, 214], 61, CREAM);
    pen.circle([200, 214], 50, WHITE.at(0.6));
    for hour in 0..12 {
        let length = if hour % 3 == 0 { 12.0 } else { 7.0 };
        pen.rect([198.5, 160.0, 3.0, length], 1, c.dark.turned(hour * 30, [200, 214]));
    }
    pen.stroke("M200 214V178M200 214l24 14", 6, c.darker);
    pen.stroke("M200 214l-14 34", 3, c.accent);
    pen.circle([200, 214], 6, c.accent);
}
