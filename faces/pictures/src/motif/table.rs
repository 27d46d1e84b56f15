//! Tea, ware, kitchen and what animals eat from.

use crate::{
    colour::{CREAM, Colour, INK, WHITE},
    palette::Palette,
    pen::{BODY, Pen, SHEEN},
};

pub(super) fn tin(pen: &mut Pen, c: &Palette) {
    pen.rect([140, 150, 120, 168], 12, BODY);
    pen.rect([140, 150, 120, 14], 0, c.darker.at(0.28));
    pen.rect([133, 112, 134, 46], 10, c.main);
    pen.rect([133, 112, 134, 46], 10, SHEEN);
    pen.rect([133, 148, 134, 10], 5, c.dark);
    pen.rect([160, 190, 80, 88], 6, CREAM);
    pen.path("M200 206c22 12 26 34 0 52c-26-18-22-40 0-52z", c.accent);
    pen.stroke("M200 214v40", 3, CREAM);
    pen.rect([176, 266, 48, 4], 2, c.dark.at(0.55));
}

pub(super) fn teapot(pen: &mut Pen, c: &Palette) {
    pen.stroke("M270 212c56-22 74 70 2 74", 17, c.dark);
    pen.path("M126 262c-34-6-44-52-66-66l16-12c28 8 42 26 62 34z", c.main);
    pen.path("M60 196l16-12c28 8 42 26 62 34l-6 12c-22-8-44-22-72-34z", c.light.at(0.6));
    pen.ellipse([200, 318], [58, 10], c.darker);
    pen.ellipse([200, 256], [90, 66], BODY);
    pen.ellipse([200, 204], [48, 13], c.dark);
    pen.ellipse([200, 199], [46, 13], c.light);
    pen.circle([200, 182], 12, c.accent);
    pen.circle([196, 178], 4, c.accent_light);
    pen.stroke("M134 246c4-22 18-38 38-44", 7, WHITE.at(0.45));
    pen.path("M168 288c18-26 46-26 64 0c-18 10-46 10-64 0z", CREAM.at(0.22));
}

pub(super) fn mug(pen: &mut Pen, c: &Palette) {
    pen.stroke("M258 206c58-12 58 78-4 76", 17, c.dark);
    pen.path("M132 176h132l-10 124c-2 14-12 20-26 20h-60c-14 0-24-6-26-20z", BODY);
    pen.ellipse([198, 176], [66, 17], c.light);
    pen.ellipse([198, 178], [56, 12], c.accent_dark);
    pen.ellipse([192, 176], [34, 6], c.accent.at(0.7));
    pen.path("M136 232h124l-3 30h-119z", CREAM.at(0.85));
    pen.stroke("M146 247c12-12 24 12 36 0s24 12 36 0s24 12 32 0", 4, c.accent);
    pen.stroke("M150 200l4 84", 6, WHITE.at(0.35));
}

pub(super) fn kettle(pen: &mut Pen, c: &Palette) {
    pen.stroke("M250 196c66-14 66 96 6 100", 14, c.darker);
    pen.stroke("M150 286c-46-4-40-70-54-104c-4-10-12-14-24-14", 12, c.main);
    pen.path("M146 176h104l18 126c2 10-4 16-14 16h-112c-10 0-16-6-14-16z", BODY);
    pen.ellipse([198, 176], [52, 12], c.light);
    pen.path("M152 174c6-26 86-26 92 0z", c.dark);
    pen.circle([198, 150], 10, c.accent);
    pen.stroke("M164 200l-12 88", 6, WHITE.at(0.4));
    pen.rect([132, 302, 132, 16], 8, c.darker);
}

pub(super) fn pot(pen: &mut Pen, c: &Palette) {
    pen.rect([72, 220, 56, 20], 10, c.darker);
    pen.rect([272, 220, 56, 20], 10, c.darker);
    pen.path("M104 208h192v76c0 24-14 34-38 34h-116c-24 0-38-10-38-34z", BODY);
    pen.path("M100 206c0-60 200-60 200 0z", c.main);
    pen.path("M100 206c0-60 200-60 200 0z", SHEEN);
    pen.rect([94, 202, 212, 14], 7, c.dark);
    pen.rect([186, 142, 28, 20], 10, c.accent);
    pen.stroke("M122 232v50", 7, WHITE.at(0.35));
    pen.rect([126, 266, 148, 6], 3, c.darker.at(0.3));
}

pub(super) fn bowl(pen: &mut Pen, c: &Palette) {
    pen.path("M92 236h216l28 68c4 10-2 16-12 16h-248c-10 0-16-6-12-16z", BODY);
    pen.ellipse([200, 236], [108, 26], c.light);
    pen.ellipse([200, 238], [92, 19], c.darker);
    // Every second one is darker and lies a little higher.
    for pair in [[150, 230], [176, 224], [204, 228], [232, 224], [252, 232], [190, 236], [222, 236]].chunks(2) {
        for (&at, brown) in pair.iter().zip([0xcf8f4f, 0xb9773c]) {
            pen.circle(at, 11, Colour::of(brown));
        }
    }
    pen.circle([200, 290], 14, CREAM);
    for toe in [[180, 274], [193, 266], [207, 266], [220, 274]] {
        pen.circle(toe, 7, CREAM);
    }
    let head = "M118 126c6-28 12-34 22-20c10-4 22-4 32 0c10-14 16-8 22 20c6 34-12 52-38 52s-44-18-38-52z";
    pen.path(head, c.accent.moved([44, 22]));
    pen.circle([188, 164], 4.5, INK);
    pen.circle([212, 164], 4.5, INK);
    pen.stroke("M196 176l4 4l4-4", 3, INK);
}
