//! What stands on a shelf: beauty, food, toys, stationery.

use crate::{
    colour::{CREAM, Colour, INK, WHITE},
    palette::Palette,
    pen::{BODY, Pen, SHEEN},
};

pub(super) fn serum(pen: &mut Pen, c: &Palette) {
    pen.rect([182, 96, 36, 58], 14, CREAM);
    pen.rect([182, 96, 36, 58], 14, SHEEN);
    pen.rect([172, 146, 56, 30], 5, c.dark);
    pen.path(
        "M160 176h80c18 8 24 22 24 40v82c0 14-8 20-20 20h-88c-12 0-20-6-20-20v-82c0-18 6-32 24-40z",
        BODY.at(0.95),
    );
    pen.path("M136 236h128v62c0 14-8 20-20 20h-88c-12 0-20-6-20-20z", c.accent.at(0.35));
    pen.rect([158, 222, 84, 66], 4, CREAM);
    pen.rect([172, 238, 40, 5], 2, c.dark.at(0.7));
    pen.rect([172, 252, 56, 4], 2, c.dark.at(0.4));
    pen.rect([172, 264, 48, 4], 2, c.dark.at(0.4));
    pen.stroke("M150 210v80", 6, WHITE.at(0.5));
}

pub(super) fn fruit_crate(pen: &mut Pen, c: &Palette) {
    let fruit = [[132, 176], [184, 160], [238, 164], [276, 182], [156, 200], [212, 192], [258, 204]];
    for (n, [x, y]) in fruit.into_iter().enumerate() {
        pen.circle([x, y], 33, if n % 2 == 0 { c.bright } else { c.main });
        pen.circle([x - 9, y - 10], 8, WHITE.at(0.3));
        if n % 3 == 1 {
            pen.path(format_args!("M{x} {}c14-18 34-14 38-8c-12 12-26 14-38 8z", y - 30), c.accent);
        }
    }
    pen.rect([84, 208, 232, 110], 8, Colour::of(0xc99a62));
    pen.rect([84, 216, 232, 26], 4, Colour::of(0xe0b883));
    pen.rect([84, 250, 232, 26], 4, Colour::of(0xdcb07a));
    pen.rect([84, 284, 232, 26], 4, Colour::of(0xd6a76f));
    pen.rect([92, 208, 18, 110], 3, Colour::of(0xb98751));
    pen.rect([290, 208, 18, 110], 3, Colour::of(0xb98751));
    pen.rect([164, 252, 72, 46], 8, CREAM);
    pen.circle([200, 275], 13, c.main);
}

pub(super) fn jar(pen: &mut Pen, c: &Palette) {
    pen.path(
        "M138 180h124c12 10 16 22 16 38v78c0 14-8 22-22 22h-112c-14 0-22-8-22-22v-78c0-16 4-28 16-38z",
        WHITE.at(0.55),
    );
    pen.path("M130 208h140c4 6 4 10 4 16v70c0 12-8 18-20 18h-108c-12 0-20-6-20-18v-70c0-6 0-10 4-16z", BODY);
    pen.path("M128 152c20-46 124-46 144 0l10 34c-20-10-36 8-50-2s-24 10-36 0s-26 10-38 0s-26 4-40 2z", c.accent);
    pen.rect([140, 156, 120, 9], 4, CREAM);
    pen.path("M200 224l30 17v34l-30 17l-30-17v-34z", CREAM);
    pen.path("M200 240l16 9v18l-16 9l-16-9v-18z", c.main);
    pen.stroke("M142 222v64", 7, WHITE.at(0.45));
}

pub(super) fn rice(pen: &mut Pen, c: &Palette) {
    let sack = "M126 128c24 10 124 10 148 0c-4 22-2 30 6 52c10 40 10 90-2 126\
                c-3 10-8 14-18 14h-120c-10 0-15-4-18-14c-12-36-12-86-2-126c8-22 10-30 6-52z";
    pen.path(sack, CREAM);
    pen.path(sack, SHEEN);
    pen.path("M132 150c30 8 106 8 136 0l4 14c-30 8-114 8-144 0z", c.accent);
    pen.circle([200, 240], 50, BODY);
    pen.stroke("M200 282c0-34 2-58 14-80", 4, CREAM);
    let grains = [
        ([206, 206], 30),
        ([216, 222], 60),
        ([192, 222], -40),
        ([212, 242], 70),
        ([188, 240], -55),
        ([190, 260], -60),
        ([208, 262], 75),
    ];
    for (at, turn) in grains {
        pen.ellipse(at, [5, 11], Colour::of(0xf6dc9a).turned(turn, at));
    }
}

pub(super) fn blocks(pen: &mut Pen, c: &Palette) {
    pen.rect([92, 238, 80, 80], 10, BODY);
    pen.circle([132, 278], 20, CREAM);
    pen.rect([178, 238, 80, 80], 10, c.accent);
    pen.path("M218 256l24 42h-48z", CREAM);
    pen.path("M264 318v-52c0-36 54-36 54 0v52h-16v-48c0-12-22-12-22 0v48z", Colour::of(0x4f9a8a));
    pen.rect([136, 158, 80, 76], 10, Colour::of(0x5f8fc4));
    pen.rect([162, 182, 28, 28], 6, CREAM);
    pen.path("M222 234c0-28 20-44 40-44s36 16 36 44z", c.main);
    pen.path("M150 154l26-42l26 42z", c.accent);
    pen.path(
        "M92 300h80v8c0 6-4 10-10 10h-60c-6 0-10-4-10-10zM178 300h80v8c0 6-4 10-10 10h-60c-6 0-10-4-10-10z",
        INK.at(0.1),
    );
}

pub(super) fn notebook(pen: &mut Pen, c: &Palette) {
    pen.group("rotate(-10 200 220)", |pen| {
        pen.rect([126, 112, 162, 204], 12, CREAM);
        pen.rect([118, 108, 162, 204], 12, BODY);
        pen.rect([118, 108, 28, 204], 12, c.dark.at(0.5));
        pen.rect([236, 108, 10, 204], 0, c.accent);
        pen.rect([164, 150, 56, 40], 4, CREAM);
        pen.rect([172, 162, 34, 4], 2, c.dark);
        pen.rect([172, 172, 24, 4], 2, c.dark.at(0.6));
    });
    pen.group("rotate(24 300 230)", |pen| {
        pen.rect([292, 120, 15, 150], 7, c.accent);
        pen.rect([292, 120, 15, 34], 7, c.dark);
        pen.path("M292 270h15l-7.5 24z", CREAM);
        pen.path("M297 286h5l-2.5 8z", INK);
    });
}
