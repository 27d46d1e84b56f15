//! What stands around the thing: backdrop, disc, stage, prop and shadow.

use crate::{
    Picture, View,
    chance::Chance,
    colour::{Colour, INK, WHITE},
    palette::Palette,
    pen::{Pen, SHADOW, SKY},
};

/// What the seed chose of the surroundings, in the order in which it is asked.
struct Scene {
    disc: [u32; 2],
    radius: u32,
    stage: u32,
    prop: u32,
    /// Whether block and prop stand at the left.
    left: bool,
}

pub(crate) fn draw(picture: &Picture) -> String {
    let Picture { motif, way, seed, view } = *picture;
    let colours = Palette::new(way);
    let mut chance = Chance::new(seed);
    let scene = Scene::choose(&mut chance);
    let mut pen = Pen::new();
    pen.put(format_args!(r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="{}">"#, view.view_box()));
    gradients(&mut pen, &colours);
    if view == View::Bare {
        pen.ellipse([205, 321], [120, 16], SHADOW);
        motif.draw(&mut pen, &colours, &mut chance);
    } else {
        scene.draw(&mut pen, &colours, &mut chance);
        pen.ellipse([208, 321], [motif.shadow(), 17], SHADOW);
        // Enlarged about the point where it stands.
        let enlarged = format_args!("translate(200 320) scale({}) translate(-200 -320)", motif.scale());
        pen.group(enlarged, |pen| motif.draw(pen, &colours, &mut chance));
    }
    pen.put(format_args!("</svg>"));
    pen.done()
}

fn gradients(pen: &mut Pen, c: &Palette) {
    let (top, bottom) = (c.backdrop.mix(WHITE, 0.5), c.backdrop.mix(INK, 0.03));
    let Palette { light, main, dark, darker, .. } = c;
    pen.put(format_args!(
        r##"<defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="{top}"/><stop offset="1" stop-color="{bottom}"/></linearGradient>"##
    ));
    pen.put(format_args!(
        r##"<linearGradient id="b"><stop stop-color="{light}"/><stop offset=".42" stop-color="{main}"/><stop offset="1" stop-color="{dark}"/></linearGradient>"##
    ));
    pen.put(format_args!(
        r##"<linearGradient id="h"><stop stop-color="#fff" stop-opacity=".34"/><stop offset=".5" stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="{INK}" stop-opacity=".2"/></linearGradient>"##
    ));
    pen.put(format_args!(
        r##"<radialGradient id="s"><stop stop-color="{darker}" stop-opacity=".42"/><stop offset="1" stop-color="{darker}" stop-opacity="0"/></radialGradient></defs>"##
    ));
}

impl Scene {
    fn choose(chance: &mut Chance) -> Scene {
        Scene {
            disc: [chance.near(120, 160), chance.near(120, 50)],
            radius: chance.near(92, 44),
            stage: chance.of_four(),
            prop: chance.of_four(),
            left: chance.share() < 0.5,
        }
    }

    fn draw(&self, pen: &mut Pen, c: &Palette, chance: &mut Chance) {
        pen.rect([0, 0, 400, 400], 0, SKY);
        pen.circle(self.disc.map(|at| at as i32), self.radius, c.backdrop.mix(WHITE, 0.62));
        match self.stage {
            0 => curved_ground(pen, c.ground(), chance),
            1 => plinth(pen, c),
            2 => niche(pen, c),
            _ => block(pen, c, self.left),
        }
        match self.prop {
            0 => self.sprig(pen, c),
            1 => self.balls(pen, c),
            2 => self.cube(pen, c),
            _ => {}
        }
    }

    /// How far from the left something at a distance from the chosen side stands.
    fn at_side(&self, distance: i32) -> i32 {
        if self.left { distance } else { 400 - distance }
    }

    fn sprig(&self, pen: &mut Pen, c: &Palette) {
        let (lean, leaf) = (if self.left { -22 } else { 22 }, c.accent.mix(c.backdrop, 0.25));
        pen.group(format_args!("translate({} 322) rotate({lean})", self.at_side(62)), |pen| {
            pen.stroke("M0 0V-96", 3, c.accent_dark.at(0.8));
            for (x, y, turn) in [(-11, -20, 28), (11, -40, -28), (-11, -60, 28), (11, -80, -28)] {
                pen.ellipse([x, y], [13.0, 6.5], leaf.turned(turn, [x, y]));
            }
        });
    }

    fn balls(&self, pen: &mut Pen, c: &Palette) {
        pen.circle([self.at_side(66), 316], 19, c.accent.mix(WHITE, 0.15));
        pen.circle([self.at_side(62), 310], 5, WHITE.at(0.5));
        pen.circle([self.at_side(98), 328], 9, c.main.mix(WHITE, 0.5));
    }

    fn cube(&self, pen: &mut Pen, c: &Palette) {
        pen.group(format_args!("translate({} 280)", self.at_side(58) - 22), |pen| {
            pen.rect([0, 0, 44, 44], 8, c.accent.mix(c.backdrop, 0.35));
            pen.path("M0 30h44v6a8 8 0 0 1-8 8h-28a8 8 0 0 1-8-8z", INK.at(0.08));
        });
    }
}

fn curved_ground(pen: &mut Pen, ground: Colour, chance: &mut Chance) {
    let (first, second) = (chance.near(282, 10), chance.near(286, 10));
    pen.path(format_args!("M0 300C90 {first} 300 {second} 400 298V400H0z"), ground);
}

fn plinth(pen: &mut Pen, c: &Palette) {
    pen.path("M56 318a144 28 0 0 1 288 0v82h-288z", c.ground());
    pen.ellipse([200, 318], [144, 28], c.ground_light());
}

fn niche(pen: &mut Pen, c: &Palette) {
    pen.path("M84 318V196a116 116 0 0 1 232 0v122z", c.backdrop.mix(WHITE, 0.36));
    pen.path("M0 312h400v88h-400z", c.ground());
}

fn block(pen: &mut Pen, c: &Palette, left: bool) {
    pen.rect([if left { 40 } else { 240 }, 262, 120, 138], 0, c.ground_light());
    pen.path("M0 310h400v90h-400z", c.ground());
}
