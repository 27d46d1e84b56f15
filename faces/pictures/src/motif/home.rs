//! Home.

use crate::{
    colour::{CREAM, Colour, INK, WHITE},
    palette::Palette,
    pen::{BODY, Pen, SHEEN},
};

pub(super) fn lamp(pen: &mut Pen, c: &Palette) {
    pen.path("M150 200L92 318h170l-26-118z", Colour::of(0xffeeb5).at(0.55));
    pen.stroke("M262 310L286 196L206 128", 9, c.darker);
    pen.circle([286, 196], 10, c.accent);
    pen.path("M158 128l66-30l26 84l-112 24z", BODY);
    pen.path("M138 206l112-24l2 8c-30 24-84 36-110 24z", Colour::of(0xffe08a));
    pen.rect([218, 304, 88, 14], 7, c.dark);
}

pub(super) fn armchair(pen: &mut Pen, c: &Palette) {
    pen.stroke("M140 290l-10 30M260 290l10 30", 10, c.accent_dark);
    pen.path("M128 132c0-18 12-28 30-28h84c18 0 30 10 30 28v104h-144z", BODY);
    pen.path("M142 214h116c10 0 14 6 14 16v34h-144v-34c0-10 4-16 14-16z", c.light);
    pen.path("M96 206c0-16 36-16 36 0v50h136v-50c0-16 36-16 36 0v72c0 10-6 16-16 16h-176c-10 0-16-6-16-16z", c.main);
    pen.path("M96 278c0 10 6 16 16 16h176c10 0 16-6 16-16v-14h-208z", c.dark);
    pen.rect([176, 152, 62, 62], 12, c.accent.turned(8, [206, 184]));
    pen.stroke("M146 128c4-8 10-10 18-10", 6, WHITE.at(0.4));
}

pub(super) fn towels(pen: &mut Pen, c: &Palette) {
    pen.rect([104, 270, 192, 46], 20, c.dark);
    pen.rect([104, 270, 160, 46], 20, BODY);
    pen.rect([112, 222, 178, 46], 20, CREAM);
    pen.rect([112, 222, 150, 46], 20, WHITE.at(0.35));
    pen.rect([120, 174, 162, 46], 20, c.accent);
    pen.rect([120, 174, 134, 46], 20, c.accent_light.at(0.5));
    pen.stroke("M104 293h150M112 245h140M122 197h124", 2.5, INK.at(0.18));
    pen.rect([186, 170, 26, 148], 4, c.main.at(0.9));
    pen.path("M199 170c-34-34-54-10-4 4c50-14 34-42 4-4z", c.main);
}

pub(super) fn quilt(pen: &mut Pen, c: &Palette) {
    pen.group("translate(0 6)", |pen| {
        pen.rect([78, 206, 244, 108], 26, BODY);
        pen.rect([78, 206, 244, 54], 26, c.light.at(0.8));
        pen.stroke("M78 260h244", 3, c.dark.at(0.5));
        pen.stroke("M120 206v108M166 206v108M212 206v108M258 206v108", 2, c.dark.at(0.3));
        pen.rect([104, 144, 192, 72], 30, CREAM);
        pen.rect([104, 144, 192, 36], 18, WHITE.at(0.5));
        pen.stroke("M128 180c40 10 100 10 144 0", 2.5, c.dark.at(0.3));
        pen.rect([284, 206, 14, 108], 0, c.accent);
    });
}

pub(super) fn plant(pen: &mut Pen, c: &Palette) {
    let leaves = [(-62, 96), (-34, 74), (0, 62), (34, 74), (62, 96), (-48, 128), (48, 128), (-18, 112), (18, 112)];
    for (n, (lean, top)) in leaves.into_iter().enumerate() {
        let green = Colour::of(if n % 2 == 0 { 0x35744f } else { 0x4f9468 });
        pen.group(format_args!("rotate({lean} 200 250)"), |pen| {
            pen.path(format_args!("M200 {}c28 30 28 92 0 130c-28-38-28-100 0-130z", top + 18), green);
            let vein = r##"stroke="#bfe0c0" stroke-width="2.5" opacity=".55""##;
            pen.put(format_args!(r#"<path d="M200 {}v104" {vein}/>"#, top + 34));
        });
    }
    pen.path("M142 236h116l-14 72c-2 8-6 10-14 10h-60c-8 0-12-2-14-10z", BODY);
    pen.rect([134, 226, 132, 26], 8, c.main);
    pen.rect([134, 226, 132, 26], 8, SHEEN);
    pen.rect([134, 246, 132, 6], 3, c.darker.at(0.3));
}
