//! Colourways: each category of goods has three, each of a backdrop, a main colour and an accent.

use crate::colour::Colour;

codes! {
    /// The categories of goods that have colours of their own.
    pub enum Colours {
        /// Tea 茶.
        Tea = "tea",
        /// Cups, pots and dishes 器皿.
        Ware = "ware",
        /// Outdoor 户外.
        Outdoor = "outdoor",
        /// Clothes and shoes 服饰.
        Wear = "wear",
        /// Bags 箱包.
        Bag = "bag",
        /// Electronics 数码.
        Tech = "tech",
        /// Home 家居.
        Home = "home",
        /// Kitchen 厨房.
        Kitchen = "kitchen",
        /// Beauty 美妆.
        Beauty = "beauty",
        /// Food 粮油生鲜.
        Fresh = "fresh",
        /// Mother and child 母婴.
        Kid = "kid",
        /// Stationery 文具.
        Book = "book",
        /// Sports 运动.
        Sport = "sport",
        /// Pets 宠物.
        Pet = "pet",
    }
}

impl Colours {
    /// Backdrop, main and accent of the three ways. A backdrop has a lightness of 85 to 92 % and little colour, a
    /// main 35 to 60 %, and the accent comes from the other side of the wheel.
    fn ways(self) -> [[u32; 3]; 3] {
        match self {
            Colours::Tea => {
                [[0xc9dccb, 0x2f6b4f, 0xd9a441], [0xead8bd, 0x8a4a2e, 0x3f7562], [0xcfdbe4, 0x35506b, 0xd0583c]]
            }
            Colours::Ware => {
                [[0xd3dfdd, 0x4f8a88, 0xd9763f], [0xe8dccb, 0xe6dcc8, 0x3f6f8c], [0xefd6c6, 0xb8573a, 0xf0e3cf]]
            }
            Colours::Outdoor => {
                [[0xcfdfd6, 0xde7b2d, 0x2f5d4e], [0xd5e1ec, 0x3a6fa5, 0xefb73e], [0xe7dfc6, 0x5f7f3c, 0xcf5630]]
            }
            Colours::Wear => {
                [[0xe4ded4, 0x34495f, 0xcf8f48], [0xeed9d2, 0xa9503f, 0xf2e4cd], [0xd9e4da, 0x6c8d6c, 0xefe2c6]]
            }
            Colours::Bag => {
                [[0xe9dcc8, 0xa8682f, 0x2f4858], [0xd4dfe6, 0x2f4f6b, 0xe58a4b], [0xdfe5d4, 0x5b6f4a, 0xe2b457]]
            }
            Colours::Tech => {
                [[0xd9dcee, 0x4a4f8c, 0xf08a5d], [0xd8e4e8, 0x2f3e4e, 0x3fb39d], [0xf0dcd8, 0xefe7dd, 0xd5543f]]
            }
            Colours::Home => {
                [[0xefe0c8, 0xd08a2e, 0x3c5a5a], [0xdbe3df, 0x5d8a7a, 0xe8b45a], [0xecd9d6, 0xb3574a, 0xf0dfc8]]
            }
            Colours::Kitchen => {
                [[0xf1dcc9, 0xc4482f, 0xf3e6d2], [0xd5e2e6, 0x3f7085, 0xeab04e], [0xe2e6d2, 0x6f8240, 0xd8693a]]
            }
            Colours::Beauty => {
                [[0xf3dcdc, 0xc8736f, 0xf2cf8e], [0xe3dced, 0x7d68a8, 0xf0b9a0], [0xdbe8df, 0x5f8f78, 0xf3dfb5]]
            }
            Colours::Fresh => {
                [[0xdfe9c9, 0xef8a2b, 0x4f8a3c], [0xf4e3bf, 0xe0a128, 0xa5502f], [0xf1d9d0, 0xd9503f, 0x5f8f3f]]
            }
            Colours::Kid => {
                [[0xd5e6ee, 0xe9694a, 0xf4c14e], [0xf3e2c4, 0x3f8fa0, 0xef8468], [0xe3e0f0, 0x7a74b8, 0xf3b85a]]
            }
            Colours::Book => {
                [[0xe6dfd2, 0x2f5d6b, 0xd9853b], [0xeed9d0, 0xb04f3c, 0xf2e3c8], [0xd9e2d6, 0x4d6b50, 0xe7b24d]]
            }
            Colours::Sport => {
                [[0xd6e3ea, 0x2f7f93, 0xf2a03d], [0xe6dcec, 0x7e5a9a, 0xf0c35a], [0xdfe8d8, 0x4f8a57, 0xee7b4a]]
            }
            Colours::Pet => {
                [[0xf2e0c9, 0xe08a3f, 0x4a6b7f], [0xd9e5e2, 0x4f9084, 0xf0b34f], [0xead9e0, 0xa85f7a, 0xf2d28e]]
            }
        }
    }
}

/// One of a category's three colourways.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Way {
    colours: Colours,
    index: u8,
}

impl Way {
    /// How many ways each category has.
    pub const COUNT: u8 = 3;

    /// The way of that number, counted from 0; numbers past the last begin again.
    pub fn of(colours: Colours, index: u8) -> Way {
        Way { colours, index: index % Way::COUNT }
    }

    /// The category whose way it is.
    pub fn colours(self) -> Colours {
        self.colours
    }

    /// Its number, from 0 to 2.
    pub fn index(self) -> u8 {
        self.index
    }

    /// The two other ways of its category.
    pub fn others(self) -> [Way; 2] {
        [1, 2].map(|further| Way::of(self.colours, self.index + further))
    }

    /// Backdrop, main and accent.
    pub(crate) fn colours_of(self) -> [Colour; 3] {
        self.colours.ways()[usize::from(self.index)].map(Colour::of)
    }

    /// The way whose main colour is nearest to a colour.
    pub(crate) fn nearest(colours: Colours, wanted: Colour) -> Way {
        let away = |index: &u8| {
            let [_, main, _] = Way::of(colours, *index).colours_of();
            wanted.distance(main)
        };
        Way::of(colours, (0..Way::COUNT).min_by_key(away).unwrap_or(0))
    }
}
