//! What goods are called, by the motif that shows them. A word whose last character names something else stands under
//! that or, where nothing shows it, under the parcel: 面包 is no 包.

use crate::Motif;

/// Words of categories and titles.
pub(super) const WORDS: &[(Motif, &str)] = &[
    (
        Motif::Tin,
        "茶, 茶叶, 绿茶, 红茶, 乌龙, 普洱, 龙井, 茶罐, 茶叶罐, 茶包, 咖啡豆, 咖啡粉, 奶粉, 罐头, 铁罐, 饼干, \
        tea, tea bag, oolong, tin, tea caddy, coffee bean, ground coffee, canned food, biscuit, cookie",
    ),
    (
        Motif::Teapot,
        "茶壶, 侧把壶, 紫砂壶, 紫砂, 盖碗, 茶具, 功夫茶具, teapot, tea pot, tea set, teaware, gaiwan, pitcher",
    ),
    (Motif::Mug, "杯, 杯子, 马克杯, 咖啡杯, 茶杯, 水杯, 酒杯, 玻璃杯, 杯具, mug, cup, teacup, jug, drinkware"),
    (
        Motif::Thermos,
        "保温杯, 保温壶, 保温瓶, 水壶, 运动水壶, 水瓶, 随行杯, 焖烧杯, 热水瓶, thermos, flask, vacuum flask, \
        water bottle, tumbler, travel mug",
    ),
    (Motif::Tent, "帐篷, 天幕, tent, tarp, canopy, gazebo"),
    (
        Motif::Lantern,
        "灯笼, 营灯, 露营灯, 营地灯, 马灯, 提灯, 头灯, 手电, 手电筒, lantern, flashlight, torch, headlamp, \
        candle holder, light holder",
    ),
    (
        Motif::CampChair,
        "折叠椅, 露营椅, 月亮椅, 钓椅, 钓鱼椅, 户外椅, 躺椅, camp chair, camping chair, folding chair, \
        deck chair, beach chair",
    ),
    (
        Motif::Backpack,
        "包, 双肩包, 背包, 书包, 登山包, 电脑包, 旅行包, 手提包, 女包, 男包, 挎包, 单肩包, 斜挎包, 腰包, \
        托特包, 帆布包, 行李箱, 拉杆箱, bag, backpack, rucksack, daypack, handbag, tote, satchel, luggage, \
        suitcase, shopper",
    ),
    (
        Motif::Shirt,
        "衬衫, 衬衣, 恤, 上衣, 外套, 夹克, 冲锋衣, 羽绒服, 卫衣, 毛衣, 针织衫, 男装, 女装, 童装, shirt, \
        blouse, tee, tshirt, jacket, coat, sweater, hoodie, pullover",
    ),
    (
        Motif::Sneaker,
        "鞋, 运动鞋, 跑鞋, 慢跑鞋, 板鞋, 球鞋, 靴, 靴子, 登山鞋, 徒步鞋, shoe, sneaker, trainer, \
        running shoe, boot, footwear",
    ),
    (Motif::Headphones, "耳机, 耳麦, headphone, headset, earphone, earbud"),
    (Motif::Keyboard, "键盘, keyboard, keypad"),
    (Motif::Speaker, "音箱, 音响, 扬声器, 低音炮, 收音机, speaker, loudspeaker, subwoofer, soundbar, radio"),
    (Motif::Lamp, "灯, 台灯, 落地灯, 吊灯, 夜灯, 灯具, lamp, desk lamp, night light, lampshade"),
    (Motif::Armchair, "椅, 椅子, 沙发, 沙发椅, 扶手椅, 餐椅, 办公椅, chair, armchair, sofa, couch, recliner"),
    (Motif::Towels, "毛巾, 浴巾, 面巾, 方巾, 餐巾, 洗脸巾, towel, tea towel, washcloth, flannel, napkin"),
    (Motif::Kettle, "壶, 烧水壶, 电水壶, 热水壶, 电热水壶, 手冲壶, 咖啡壶, kettle, coffee pot, gooseneck kettle"),
    (
        Motif::Pot,
        "锅, 汤锅, 砂锅, 炖锅, 铸铁锅, 炒锅, 煎锅, 锅具, 压力锅, 电饭煲, pot, pan, saucepan, casserole, \
        stockpot, cookware, dutch oven, wok, rice cooker",
    ),
    (
        Motif::Serum,
        "精华, 精华液, 面霜, 乳液, 爽肤水, 化妆水, 护肤, 护肤品, 香水, 洗发水, 沐浴露, 洗面奶, 洁面乳, \
        防晒霜, 精油, 卸妆油, serum, essence, lotion, face cream, hand cream, moisturiser, moisturizer, \
        shampoo, perfume, cleanser, sunscreen, skincare, essential oil",
    ),
    (
        Motif::Crate,
        "水果, 苹果, 橙子, 脐橙, 甜橙, 血橙, 柑, 柑橘, 桔, 橘, 柚, 柚子, 梨, 桃, 桃子, 水蜜桃, 葡萄, 草莓, \
        芒果, 樱桃, 车厘子, 猕猴桃, 番茄, 西红柿, 柠檬, 荔枝, fruit, apple, pear, tomato, mango, \
        grapefruit, navel orange, blood orange, orange crate",
    ),
    (Motif::Jar, "蜜, 蜂蜜, 果酱, 酱, 辣酱, 泡菜, 密封罐, 蜂蜜罐, honey, jam, marmalade, pickle, storage jar, jar"),
    (
        Motif::Plant,
        "盆栽, 绿植, 植物, 花盆, 多肉, 盆景, plant, houseplant, plant pot, flowerpot, flower pot, planter, \
        succulent, bonsai",
    ),
    (Motif::Blocks, "积木, 玩具, 拼图, 益智玩具, toy, building block, toy block, wooden block, puzzle"),
    (
        Motif::Notebook,
        "笔记本, 本子, 手账, 手帐, 记事本, 日记本, 书, 图书, notebook, notepad, journal, diary, sketchbook, \
        planner, book",
    ),
    (Motif::Mat, "垫, 瑜伽垫, 地布, 地垫, 野餐垫, 防潮垫, 地毯, mat, yoga mat, doormat, picnic mat, rug, carpet"),
    (Motif::Watch, "手表, 腕表, 手环, watch, smartwatch, wristwatch, fitness tracker"),
    (Motif::Camera, "相机, 照相机, 单反, 微单, 摄像机, 镜头, camera, camcorder, dslr, camera lens"),
    (Motif::Rice, "大米, 香米, 新米, 粳米, 糯米, 糙米, 黑米, 稻米, 杂粮, 面粉, rice, flour, grain"),
    (
        Motif::Bowl,
        "猫碗, 狗碗, 宠物碗, 食盆, 猫粮, 狗粮, 喂食器, pet bowl, dog bowl, cat bowl, pet food, dog food, \
        cat food, pet feeder",
    ),
    (
        Motif::Parcel,
        "笔记本电脑, 手机, 面包, 红包, 荷包, 沙包, 礼包, 包子, 钱包, 鞋柜, 鞋架, 书架, 书桌, 书柜, 锅铲, \
        锅盖, 杯垫, 灯泡, 椅套, 沙发套, 壶盖, plant label, book end, bookshelf, watch strap, tent peg, \
        lamp shade, camera battery, coffee table, tea tray, tea light, bag clip",
    ),
    (
        Motif::Quilt,
        "被, 被子, 冬被, 夏被, 蚕丝被, 羽绒被, 棉被, 空调被, 毛巾被, 床品, 四件套, 毛毯, 毯, 毯子, 枕, 枕头, \
        quilt, duvet, comforter, blanket, bedding, pillow, bedspread",
    ),
    (Motif::Umbrella, "伞, 雨伞, 阳伞, 遮阳伞, 太阳伞, umbrella, parasol"),
];

/// Words that mean another thing among electronics, where they overrule those above.
pub(super) const WORDS_OF_TECH: &[(Motif, &str)] =
    &[(Motif::Parcel, "笔记本, 苹果, notebook, apple, book, mat, tin, jam, plant, grain")];
