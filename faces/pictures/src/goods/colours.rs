//! What categories and colours are called.

use crate::Colours;

/// Words of categories, by the colours that they have.
pub(super) const CATEGORIES: &[(Colours, &str)] = &[
    (Colours::Tea, "茶, 茶叶, tea"),
    (
        Colours::Ware,
        "器皿, 餐具, 瓷器, 陶瓷, 杯具, 茶具, ware, tableware, ceramics, pottery, glassware, dinnerware, \
        crockery, teaware, drinkware",
    ),
    (Colours::Outdoor, "户外, 露营, 登山, 徒步, 钓鱼, outdoor, camping, hiking, fishing, tent"),
    (
        Colours::Wear,
        "服饰, 服装, 男装, 女装, 鞋, 鞋靴, 配饰, 内衣, wear, clothing, clothes, apparel, fashion, footwear, \
        shoe",
    ),
    (Colours::Bag, "箱包, 包, bag, luggage"),
    (
        Colours::Tech,
        "数码, 电子, 电脑, 手机, 电器, 家电, 影音, electronics, computer, component, networking, printing, \
        audio, video, phone, projector, camera, server, software, monitor, router",
    ),
    (
        Colours::Home,
        "家居, 家具, 家纺, 家装, 灯具, 日用, 床品, home, furniture, bedding, bath, decor, lighting, \
        household, garden, textile",
    ),
    (Colours::Kitchen, "厨房, 厨具, 锅具, 炊具, 烘焙, kitchen, cookware, baking, kitchenware"),
    (
        Colours::Beauty,
        "美妆, 护肤, 彩妆, 个护, 洗护, 香水, beauty, skincare, cosmetics, makeup, personal care, fragrance",
    ),
    (
        Colours::Fresh,
        "粮油, 生鲜, 食品, 水果, 零食, 蔬菜, 酒, 饮料, 调味, food, grocery, fruit, vegetable, fresh, snack, \
        drink",
    ),
    (Colours::Kid, "母婴, 玩具, 童装, 婴儿, 儿童, baby, kid, child, children, toy, maternity"),
    (Colours::Book, "文具, 图书, 书籍, 办公, book, stationery, office, paper, craft"),
    (Colours::Sport, "运动, 健身, 体育, 球类, 瑜伽, 骑行, sport, fitness, yoga, gym, cycling"),
    (Colours::Pet, "宠物, 猫, 狗, 水族, pet, cat, dog, aquarium"),
];

/// Names of colours, and a colour that they could mean. A shade stands where its hue does: 苔绿 is a 绿.
pub(super) const NAMES: &[(u32, &str)] = &[
    (0xd0342c, "红, 红色, 大红, 大红色, 朱, 朱色, red, crimson, scarlet, ruby"),
    (0xa9402f, "砖红, 砖红色, 铁锈, 铁锈色, 赭, 赭色, brick, rust, terracotta"),
    (0x7d2635, "酒红, 酒红色, 枣红, 枣红色, burgundy, wine, maroon"),
    (0xee7b30, "橙, 橙色, 橘, 橘色, orange, tangerine"),
    (0xe8b923, "黄, 黄色, 明黄, 明黄色, 姜黄, 姜黄色, yellow, mustard, lemon"),
    (0xc9a050, "金, 金色, gold, golden, honey"),
    (0x4f9a4a, "绿, 绿色, green"),
    (0x5f7f3c, "苔绿, 苔绿色, 军绿, 军绿色, 橄榄, 橄榄色, 橄榄绿, 橄榄绿色, olive, moss, army green, moss green"),
    (0x3f8f70, "墨绿, 墨绿色, 松绿, 松绿色, 薄荷, 薄荷色, mint, sage, forest, emerald"),
    (0x3fa0a0, "青, 青色, 青釉, 青釉色, 湖蓝, 湖蓝色, teal, cyan, turquoise, celadon"),
    (0x3a6fa5, "蓝, 蓝色, 海蓝, 海蓝色, 天蓝, 天蓝色, blue, sky"),
    (0x2b3f66, "藏青, 藏青色, 深蓝, 深蓝色, 藏蓝, 藏蓝色, navy, indigo, denim"),
    (0x7d5ba8, "紫, 紫色, purple, violet"),
    (0xb39ad0, "丁香, 丁香色, lavender, lilac"),
    (0xe48ba0, "粉, 粉色, 粉红, 粉红色, 玫瑰, 玫瑰色, pink, rose, coral, peach"),
    (0x8a5a34, "棕, 棕色, 咖, 咖色, 褐, 褐色, 咖啡, 咖啡色, 驼, 驼色, brown, coffee, tan, camel, chestnut"),
    (0x1b1d22, "黑, 黑色, black, charcoal, onyx"),
    (0xf7f7f5, "白, 白色, white, ivory, chalk"),
    (0x8c9094, "灰, 灰色, 银, 银色, grey, gray, silver, heather, titanium"),
    (0xeee3cb, "米, 米色, 米白, 米白色, 杏, 杏色, 奶油, 奶油色, beige, cream, sand, oat, natural"),
];
