use crate::*;
use proptest::prelude::*;
use std::collections::HashSet;

fn motif(category: &str, title: &str) -> Motif {
    for_goods(category, title, 1, None).motif
}

#[test]
fn the_leaf_category_comes_before_the_title() {
    assert_eq!(motif("帐篷", "露营灯 送折叠椅"), Motif::Tent);
    assert_eq!(motif("户外 > 帐篷", "露营灯"), Motif::Tent);
    assert_eq!(motif("Outdoor / Tents", "With a lantern"), Motif::Tent);
    assert_eq!(motif("Electronics/Audio/Headphones", "Wireless keyboard"), Motif::Headphones);
    // What stands above the leaf says too little of the thing.
    assert_eq!(motif("帐篷 > 配件", "露营灯"), Motif::Lantern);
}

#[test]
fn a_title_names_its_thing_in_chinese() {
    for (title, wanted) in [
        ("三季双人自立帐篷 双层防雨 含地布", Motif::Tent),
        ("半盏手作侧把茶壶 220ml 青釉", Motif::Teapot),
        ("低轴无线机械键盘 三模 84 键", Motif::Keyboard),
        ("东北长粒香米 5kg 当季新米", Motif::Rice),
        ("单人布艺沙发椅 可拆洗", Motif::Armchair),
        ("通勤双肩包 15 寸电脑位 防泼水", Motif::Backpack),
        ("积雪草舒缓精华 30ml", Motif::Serum),
        ("胶片旁轴相机 八成新 含皮套", Motif::Camera),
        ("琴叶榕盆栽 净高 60cm 含盆", Motif::Plant),
        ("复古慢跑鞋 麂皮拼接 男女同款", Motif::Sneaker),
        ("冬被 蚕丝棉 200×230 恒温", Motif::Quilt),
        ("荆条蜜 500g 蜂场直发", Motif::Jar),
        ("不锈钢保温杯 500 ml", Motif::Thermos),
        ("手冲壶 600ml", Motif::Kettle),
        ("纯棉T恤 白", Motif::Shirt),
        ("全麦面包 6 片", Motif::Parcel),
        ("轻薄笔记本电脑 14 寸", Motif::Parcel),
    ] {
        assert_eq!(motif("", title), wanted, "{title}");
    }
}

#[test]
fn a_title_names_its_thing_in_english() {
    for (title, wanted) in [
        ("Two-person tent with lantern hook", Motif::Tent),
        ("Oak desk lamp, dimmable", Motif::Lamp),
        ("Linen tea towels", Motif::Towels),
        ("Stoneware mug chalk", Motif::Mug),
        ("Wool blanket rust", Motif::Quilt),
        ("Folding camp chair", Motif::CampChair),
        ("Leather watches", Motif::Watch),
        ("LUNCH BAG RED SPOTTY", Motif::Backpack),
        ("Terracotta flower pot", Motif::Plant),
        ("Long grain rice 5 kg", Motif::Rice),
        ("Men's T-shirt", Motif::Shirt),
        ("Wall hook 3\" brass", Motif::Parcel),
        ("Teak bench", Motif::Parcel),
        ("", Motif::Parcel),
    ] {
        assert_eq!(motif("", title), wanted, "{title}");
    }
}

#[test]
fn a_notebook_among_electronics_is_none_of_paper() {
    let title = "HP Pavilion dv7 Notebook Silver 43.2 cm";
    assert_eq!(motif("Electronics", title), Motif::Parcel);
    assert_eq!(motif("Electronics / Computers / Notebooks", title), Motif::Parcel);
    assert_eq!(motif("Electronics", "HP notebook bag 15.6"), Motif::Backpack);
    assert_eq!(motif("Stationery", "Dotted notebook"), Motif::Notebook);
}

#[test]
fn a_parcel_has_its_categorys_colours() {
    let colours = |category| for_goods(category, "?", 1, None).way.colours();
    assert_eq!(colours("Electronics"), Colours::Tech);
    assert_eq!(colours("宠物用品 > 牵引绳"), Colours::Pet);
    assert_eq!(colours("Unheard of"), colours("Unheard of"));
    assert_eq!(colours(""), Motif::Parcel.colours());
}

#[test]
fn a_named_colour_takes_the_way_of_the_nearest_hue() {
    let way = |colour| for_goods("帐篷", "", 7, Some(colour)).way.index();
    for (colour, wanted) in [
        ("橙", 0),
        ("海蓝", 1),
        ("苔绿", 2),
        ("橙色", 0),
        ("深海蓝色", 1),
        ("Moss green", 2),
        ("navy blue", 1),
        ("黄", 0),
    ] {
        assert_eq!(way(colour), wanted, "{colour}");
    }
    let white_mug = for_goods("马克杯", "", 7, Some("白"));
    assert_eq!(white_mug.way.index(), 1);
}

#[test]
fn colours_without_a_known_name_are_spread_over_the_ways() {
    let ways: HashSet<u8> =
        ["A", "B", "C", "D", "E", "F", "G"].iter().map(|name| for_goods("杯", "", 7, Some(name)).way.index()).collect();
    assert_eq!(ways.len(), 3);
}

#[test]
fn variants_share_the_stage() {
    let [red, blue] = ["红", "蓝"].map(|colour| for_goods("帐篷", "", 99, Some(colour)));
    assert_eq!((red.seed, red.motif), (blue.seed, blue.motif));
    assert_ne!(red.way, blue.way);
}

#[test]
fn ids_that_follow_each_other_have_unlike_pictures() {
    let pictures: HashSet<Picture> = (0..200).map(|id| for_goods("帐篷", "", id << 12, None)).collect();
    assert!(pictures.len() > 190);
    let ways: HashSet<Way> = pictures.iter().map(|picture| picture.way).collect();
    assert_eq!(ways.len(), 3);
}

proptest! {
    #[test]
    fn all_goods_have_a_picture_always_the_same(
        category in any::<String>(),
        title in any::<String>(),
        id in any::<i64>(),
        colour in any::<Option<String>>(),
    ) {
        let first = for_goods(&category, &title, id, colour.as_deref());
        prop_assert_eq!(first, for_goods(&category, &title, id, colour.as_deref()));
        prop_assert_eq!(Picture::of_file_name(&first.file_name()), Some(first));
    }
}

#[test]
fn a_category_shows_a_thing_of_its_own() {
    assert_eq!(for_category("家居 / 灯具", 1).motif, Motif::Lamp);
    assert_eq!(for_category("宠物", 1).motif, Motif::Bowl);
    assert_eq!(for_category("Electronics / Computers", 1).motif.colours(), Colours::Tech);
    assert_eq!(for_category("Whatever", 1).motif, Motif::Parcel);
}

#[test]
fn a_picture_of_ones_own_stays() {
    assert_eq!(address_for(Some("/own.jpg"), "帐篷", "", 1), "/own.jpg");
    assert!(address_for(None, "帐篷", "", 1).starts_with("/pictures/tent-outdoor-"));
    assert!(names_colour("海蓝 · 双人") && !names_colour("三人加长"));
}
