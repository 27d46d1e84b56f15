//! The things, each drawn standing on y = 320 around x = 200, light from the upper left: outline, one opening or lid,
//! one handle or strap, and the one detail that people expect. Without outlines, words and faces.

mod home;
mod outdoor;
mod shelf;
mod table;
mod tech;
mod wear;

use crate::{Colours, chance::Chance, palette::Palette, pen::Pen};

codes! {
    /// What a picture shows.
    pub enum Motif {
        /// A tin of tea.
        Tin = "tin",
        /// A teapot.
        Teapot = "teapot",
        /// A mug.
        Mug = "mug",
        /// A vacuum flask.
        Thermos = "thermos",
        /// A tent with a flag.
        Tent = "tent",
        /// A camping lantern.
        Lantern = "lantern",
        /// A folding chair.
        CampChair = "campchair",
        /// A backpack.
        Backpack = "backpack",
        /// A shirt with a collar.
        Shirt = "shirt",
        /// A running shoe.
        Sneaker = "sneaker",
        /// Headphones.
        Headphones = "headphones",
        /// A keyboard.
        Keyboard = "keyboard",
        /// A loudspeaker.
        Speaker = "speaker",
        /// A desk lamp.
        Lamp = "lamp",
        /// An armchair with a cushion.
        Armchair = "armchair",
        /// A stack of towels.
        Towels = "towels",
        /// A kettle with a gooseneck.
        Kettle = "kettle",
        /// A cooking pot.
        Pot = "pot",
        /// A bottle with a dropper.
        Serum = "serum",
        /// A crate of fruit.
        Crate = "crate",
        /// A jar of honey.
        Jar = "jar",
        /// A plant in a pot.
        Plant = "plant",
        /// Toy blocks.
        Blocks = "blocks",
        /// A notebook with a pen.
        Notebook = "notebook",
        /// A rolled mat.
        Mat = "mat",
        /// A wrist watch.
        Watch = "watch",
        /// A camera.
        Camera = "camera",
        /// A sack of rice.
        Rice = "rice",
        /// An animal's bowl.
        Bowl = "bowl",
        /// A parcel: what has no motif of its own.
        Parcel = "parcel",
        /// A quilt with a pillow.
        Quilt = "quilt",
        /// An umbrella.
        Umbrella = "umbrella",
    }
}

impl Motif {
    /// The category in whose colours it is usually drawn.
    pub fn colours(self) -> Colours {
        match self {
            Motif::Tin => Colours::Tea,
            Motif::Teapot | Motif::Mug => Colours::Ware,
            Motif::Thermos | Motif::Tent | Motif::Lantern | Motif::CampChair => Colours::Outdoor,
            Motif::Backpack | Motif::Parcel | Motif::Umbrella => Colours::Bag,
            Motif::Shirt | Motif::Sneaker => Colours::Wear,
            Motif::Headphones | Motif::Keyboard | Motif::Speaker | Motif::Camera => Colours::Tech,
            Motif::Lamp | Motif::Armchair | Motif::Towels | Motif::Plant | Motif::Quilt => Colours::Home,
            Motif::Kettle | Motif::Pot => Colours::Kitchen,
            Motif::Serum => Colours::Beauty,
            Motif::Crate | Motif::Jar | Motif::Rice => Colours::Fresh,
            Motif::Blocks => Colours::Kid,
            Motif::Notebook => Colours::Book,
            Motif::Mat | Motif::Watch => Colours::Sport,
            Motif::Bowl => Colours::Pet,
        }
    }

    /// How much it is enlarged: a wide thing has less room.
    pub(crate) fn scale(self) -> f64 {
        match self {
            Motif::Tent
            | Motif::Keyboard
            | Motif::Sneaker
            | Motif::Bowl
            | Motif::Crate
            | Motif::Pot
            | Motif::Shirt
            | Motif::Quilt
            | Motif::Mat
            | Motif::Umbrella
            | Motif::Plant
            | Motif::Blocks => 1.08,
            _ => 1.2,
        }
    }

    /// Half the width of its contact shadow.
    pub(crate) fn shadow(self) -> i32 {
        match self {
            Motif::Keyboard | Motif::Notebook => 150,
            _ => 118,
        }
    }

    /// Draws the thing alone. Chance comes after all that the surroundings asked of it.
    pub(crate) fn draw(self, pen: &mut Pen, c: &Palette, chance: &mut Chance) {
        match self {
            Motif::Tin => table::tin(pen, c),
            Motif::Teapot => table::teapot(pen, c),
            Motif::Mug => table::mug(pen, c),
            Motif::Thermos => outdoor::thermos(pen, c),
            Motif::Tent => outdoor::tent(pen, c),
            Motif::Lantern => outdoor::lantern(pen, c),
            Motif::CampChair => outdoor::camp_chair(pen, c),
            Motif::Backpack => wear::backpack(pen, c),
            Motif::Shirt => wear::shirt(pen, c),
            Motif::Sneaker => wear::sneaker(pen, c),
            Motif::Headphones => tech::headphones(pen, c),
            Motif::Keyboard => tech::keyboard(pen, c, chance),
            Motif::Speaker => tech::speaker(pen, c),
            Motif::Lamp => home::lamp(pen, c),
            Motif::Armchair => home::armchair(pen, c),
            Motif::Towels => home::towels(pen, c),
            Motif::Kettle => table::kettle(pen, c),
            Motif::Pot => table::pot(pen, c),
            Motif::Serum => shelf::serum(pen, c),
            Motif::Crate => shelf::fruit_crate(pen, c),
            Motif::Jar => shelf::jar(pen, c),
            Motif::Plant => home::plant(pen, c),
            Motif::Blocks => shelf::blocks(pen, c),
            Motif::Notebook => shelf::notebook(pen, c),
            Motif::Mat => outdoor::mat(pen, c),
            Motif::Watch => outdoor::watch(pen, c),
            Motif::Camera => tech::camera(pen, c),
            Motif::Rice => shelf::rice(pen, c),
            Motif::Bowl => table::bowl(pen, c),
            Motif::Parcel => wear::parcel(pen),
            Motif::Quilt => home::quilt(pen, c),
            Motif::Umbrella => wear::umbrella(pen, c),
        }
    }
}
