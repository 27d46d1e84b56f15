//! What is worn and carried, and the parcel.

use crate::{
    colour::{CREAM, Colour, WHITE},
    palette::Palette,
    pen::{BODY, Pen},
};

pub(super) fn shirt(pen: &mut Pen, c: &Palette) {
    pen.path("M156 112l-66 34l-28 92l40 14l20-46v112h156v-112l20 46l40-14l-28-92l-66-34z", BODY);
    pen.path("M156 112l44 42l44-42l-22-10h-44z", c.dark);
    pen.path("M156 112l44 42l-30 22l-30-54zM244 112l-44 42l30 22l30-54z", c.light);
    pen.stroke("M200 156v160", 3, c.darker.at(0.5));
    for y in [184, 218, 252, 286] {
        pen.circle([206, y], 4.5, c.accent);
    }
    pen.rect([224, 196, 40, 44], 5, c.dark.at(0.4));
    pen.stroke("M122 206l-4-30M278 206l4-30", 3, c.darker.at(0.45));
}

pub(super) fn sneaker(pen: &mut Pen, c: &Palette) {
    pen.path("M66 262c0-30 6-66 16-84c18 14 40 16 58 4l22-20c34 42 78 66 132 74c34 6 42 28 40 50z", BODY);
    pen.path("M82 178c18 14 40 16 58 4l22-20l18 20c-22 30-62 44-106 36z", c.dark.at(0.55));
    pen.path("M60 262h276c6 0 8 6 6 14c-4 22-18 30-38 30h-212c-24 0-34-16-32-44z", CREAM);
    pen.path("M62 284h278c-5 16-18 22-36 22h-212c-18 0-28-8-30-22z", c.accent);
    pen.stroke("M160 196l26-14M180 214l26-16M202 228l24-18", 7, CREAM);
    pen.path("M104 262c20-30 60-40 96-22l-30 22z", c.accent.at(0.9));
}

pub(super) fn backpack(pen: &mut Pen, c: &Palette) {
    pen.stroke("M172 118c0-40 56-40 56 0", 9, c.darker);
    pen.path("M116 220c-20 14-20 60-4 84l18-6zM284 220c20 14 20 60 4 84l-18-6z", c.dark);
    pen.path("M128 178c0-44 28-68 72-68s72 24 72 68v122c0 14-8 20-20 20h-104c-12 0-20-6-20-20z", BODY);
    pen.path("M128 186c0-48 28-76 72-76s72 28 72 76c-44 18-100 18-144 0z", c.dark.at(0.5));
    pen.rect([148, 228, 104, 76], 14, c.light.at(0.55));
    pen.stroke("M148 250h104", 4, c.darker.at(0.55));
    pen.rect([188, 184, 24, 40], 5, c.accent);
    pen.rect([192, 204, 16, 10], 3, c.accent_dark);
    pen.stroke("M146 160c6-20 18-30 32-34", 6, WHITE.at(0.4));
}

pub(super) fn umbrella(pen: &mut Pen, c: &Palette) {
    pen.stroke("M200 196v104c0 26 38 26 38 0", 8, c.darker);
    pen.path("M70 206c4-70 60-108 130-108s126 38 130 108c-20-18-44-18-65 0c-20-18-44-18-65 0c-20-18-44-18-65 0c-20-18-44-18-65 0z", BODY);
    pen.path("M135 206c4-60 26-96 65-108c39 12 61 48 65 108c-20-18-44-18-65 0c-20-18-44-18-65 0z", c.accent);
    pen.path("M200 98v94c21-18 45-4 65 14c-4-60-26-96-65-108z", c.accent_dark.at(0.5));
    pen.circle([200, 96], 7, c.darker);
}

pub(super) fn parcel(pen: &mut Pen) {
    pen.path("M96 190l104-34l104 34v98l-104 34l-104-34z", Colour::of(0xc99a62));
    pen.path("M96 190l104 34v98l-104-34z", Colour::of(0xd8ac74));
    pen.path("M304 190l-104 34v98l104-34z", Colour::of(0xb98751));
    pen.path("M96 190l104-34l104 34l-104 34z", Colour::of(0xe6c08c));
    pen.path("M142 174l104 34v30l-18 6v-30l-104-34z", Colour::of(0xf3dfb8));
    pen.path("M116 250l34 11v26l-34-11z", CREAM);
    pen.put(format_args!(r##"<path d="M122 260l22 7M122 268l14 5" fill="none" stroke="#8a6a42" stroke-width="3"/>"##));
    pen.path("M304 262l-26 30l26-4z", Colour::of(0x8d6338));
    pen.path("M304 262l-30 8l6 22z", Colour::of(0xa87845));
}
