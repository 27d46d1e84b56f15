//! The shelves: the category tree with its attributes, and goods that shops draft, hand in, and have reviewed.

use super::{
    people::{People, Shop},
    stage::Stage,
    stalls::{Item, Leaf, Stall},
    tree::{Branch, Tree},
};
use catalog::{Edit, Field, Hand, Measure, NewListing, NewSku, Picture, Reason, Value, Verdict};
use flows::{list_goods, stocking::Receipt};
use futures_util::future::try_join_all;
use kernel::{Currency, Id, Locale, Money, Result, Text, Units, kinds};

/// A variant on a shelf.
#[derive(Clone, Copy)]
pub(super) struct Ware {
    pub sku: Id<kinds::Sku>,
    /// In fen.
    pub price: i64,
    /// How many lie there at first.
    pub stock: i64,
}

/// Goods as they were written down.
pub(super) struct Written {
    pub shop: usize,
    pub leaf: String,
    /// Counted from 0 in its leaf.
    pub at: usize,
    /// Counted from 0 in the market, shop by shop.
    pub number: usize,
    pub listing: Id<kinds::Listing>,
    pub wares: Vec<Ware>,
}

impl Written {
    /// Whether these are the last of a leaf: some of those have a story of their own.
    pub(super) fn is_last_of(&self, leaf: &str) -> bool {
        self.leaf == leaf && self.at == 9
    }
}

/// Every shop writes its goods down and brings stock in.
pub(super) fn fill(stage: &Stage, shops: &[Shop], stalls: &[Stall], tree: &Tree) -> Result<Vec<Written>> {
    let mut to_write = Vec::new();
    for (shop, (stall, branch)) in stalls.iter().zip(&tree.branches).enumerate() {
        for (leaf_at, (leaf, twig)) in stall.leaves.iter().zip(&branch.leaves).enumerate() {
            for (at, item) in leaf.goods.iter().enumerate() {
                let number = to_write.len();
                let plan = Plan { shop, stall, branch, twig: *twig, leaf, leaf_at, at, item, number };
                let stocks = plan.stocks(stage);
                to_write.push((plan, stocks));
            }
        }
    }
    // Lists show the newest first. Leaf by leaf and shop by shop in turn, no page is one shop's or one kind of thing's.
    to_write.sort_by_key(|(plan, _)| (plan.at, plan.leaf_at, plan.shop));
    let writing = to_write.iter().map(|(plan, stocks)| plan.write(stage, &shops[plan.shop], stocks));
    let mut written = store::wait(try_join_all(writing))?;
    written.sort_by_key(|goods| goods.number);
    let receiving = shops.iter().enumerate().map(|(n, shop)| receive(stage, shop, n, &written));
    store::wait(try_join_all(receiving))?;
    Ok(written)
}

async fn receive(stage: &Stage<'_>, shop: &Shop, n: usize, written: &[Written]) -> Result<()> {
    let wares = written.iter().filter(|goods| goods.shop == n).flat_map(|goods| &goods.wares);
    let lines = wares.filter(|ware| ware.stock > 0).map(|ware| Ok((ware.sku, Units::new(ware.stock)?)));
    let receipt = Receipt { shop: shop.id, lines: lines.collect::<Result<_>>()? };
    flows::stocking::receive(stage.store(), &stage.cx(&shop.staff), receipt).await
}

/// A shop hands goods in.
pub(super) async fn submit(stage: &Stage<'_>, shops: &[Shop], goods: &Written) -> Result<()> {
    list_goods::submit(stage.store(), &stage.cx(&shops[goods.shop].staff), goods.listing).await
}

/// The operator looks at goods that were handed in.
pub(super) async fn review(stage: &Stage<'_>, people: &People, goods: &Written, refused: Option<&str>) -> Result<()> {
    let listing = goods.listing;
    let version = stage.store().read(move |read| catalog::head(read, listing)).await?.version;
    let reason = Reason { why: refused.map(str::to_owned), rule: None };
    let verdict = Verdict { version, approved: refused.is_none(), reason };
    list_goods::review(stage.store(), &stage.cx(&people.operator), listing, verdict).await
}

/// Goods about to be written down.
struct Plan<'a> {
    shop: usize,
    stall: &'a Stall,
    branch: &'a Branch,
    twig: (Id<kinds::Category>, Option<Id<kinds::Attribute>>),
    leaf: &'a Leaf,
    /// Counted from 0 in its shop.
    leaf_at: usize,
    at: usize,
    item: &'a Item,
    number: usize,
}

/// What tells a variant apart: words, typed values, the end of its code, and its price in per cent.
struct Variant {
    words: Vec<String>,
    values: catalog::Values,
    code: String,
    percent: i64,
}

impl Plan<'_> {
    /// The colours in which these goods come: two or three of the leaf's, and not the same one first every time.
    fn colours(&self) -> Vec<&(String, String, String)> {
        let most = if self.number.is_multiple_of(3) { 3 } else { 2 };
        let all = &self.leaf.colours;
        all.iter().cycle().skip(self.at).take(most.min(all.len())).filter_map(|code| self.stall.colour(code)).collect()
    }

    fn variants(&self) -> Vec<Variant> {
        let colour = |(code, zh, _): &(String, String, String)| Variant {
            words: vec![zh.clone()],
            values: vec![(self.branch.colour, Value::Text(code.clone()))],
            code: format!("-{code}"),
            percent: 100,
        };
        let mut variants: Vec<Variant> = self.colours().into_iter().map(colour).collect();
        if variants.is_empty() {
            variants.push(Variant { words: Vec::new(), values: Vec::new(), code: String::new(), percent: 100 });
        }
        let Some(size) = self.twig.1.filter(|_| !self.leaf.one_size.contains(&self.at)) else {
            return variants;
        };
        let sized = |variant: &Variant| {
            let sizes = self.leaf.sizes.iter().map(|(code, zh, _, percent)| Variant {
                words: [variant.words.clone(), vec![zh.clone()]].concat(),
                values: [variant.values.clone(), vec![(size, Value::Text(code.clone()))]].concat(),
                code: format!("{}-{code}", variant.code),
                percent: *percent,
            });
            sizes.collect::<Vec<_>>()
        };
        variants.iter().flat_map(sized).collect()
    }

    /// How many of each variant there are: enough of most, few of some, none of others, and none at all of a few goods.
    fn stocks(&self, stage: &Stage) -> Vec<i64> {
        let mut chance = stage.chance.borrow_mut();
        let sold_out = self.number % 61 == 17;
        let one = |_| match chance.below(20) {
            _ if sold_out => 0,
            0 => 0,
            1 | 2 => chance.between(1, 4),
            _ => chance.between(40, 180),
        };
        (0..self.variants().len()).map(one).collect()
    }

    fn price(&self, percent: i64) -> i64 {
        // Whole yuan: a price of 473.36 is nobody's price.
        (self.item.2 * percent / 10_000) * 100
    }

    async fn write(&self, stage: &Stage<'_>, shop: &Shop, stocks: &[i64]) -> Result<Written> {
        let listing = list_goods::draft(stage.store(), &stage.cx(&shop.staff), self.listing(shop)?).await?;
        let english = Edit {
            texts: vec![
                (Field::Title, Some(self.item.1.clone())),
                (Field::Description, Some(self.description(Locale::En))),
            ],
            ..Edit::default()
        };
        let edit = move |tx: &mut store::Tx| catalog::edit(tx, listing, Hand::Shop, Locale::En, &english);
        stage.act("goods.edit", &stage.cx(&shop.staff), edit).await?;
        let mut wares = Vec::with_capacity(stocks.len());
        for (variant, stock) in self.variants().iter().zip(stocks) {
            wares.push(self.sku(stage, shop, listing, variant, *stock).await?);
        }
        Ok(Written { shop: self.shop, leaf: self.leaf.code.clone(), at: self.at, number: self.number, listing, wares })
    }

    async fn sku(
        &self,
        stage: &Stage<'_>,
        shop: &Shop,
        listing: Id<kinds::Listing>,
        variant: &Variant,
        stock: i64,
    ) -> Result<Ware> {
        let store = stage.store();
        let option = Some(variant.words.join(",")).filter(|words| !words.is_empty());
        let new = NewSku {
            code: Text::new(&format!("{}{}", self.model(), variant.code))?,
            option: option.map(|words| Ok::<_, kernel::Error>((Locale::Zh, Text::new(&words)?))).transpose()?,
            values: variant.values.clone(),
            measure: Measure { unit: Text::new("件")?, ..Measure::default() },
        };
        let sku = list_goods::add_sku(store, &stage.cx(&shop.staff), listing, new).await?;
        let price = self.price(variant.percent);
        self.set_price(stage, shop, sku, price, 1).await?;
        if self.number.is_multiple_of(6) {
            // Some goods cost less by the three.
            self.set_price(stage, shop, sku, price * 94 / 10_000 * 100, 3).await?;
        }
        Ok(Ware { sku, price, stock })
    }

    async fn set_price(
        &self,
        stage: &Stage<'_>,
        shop: &Shop,
        sku: Id<kinds::Sku>,
        price: i64,
        from: i64,
    ) -> Result<()> {
        let price = Money::new(price.max(1_00), Currency::CNY);
        list_goods::set_price(stage.store(), &stage.cx(&shop.staff), sku, price, Units::new(from)?).await
    }

    fn model(&self) -> String {
        format!("{}-{}-{:02}", self.stall.top.code, self.leaf.code, self.at + 1)
    }

    fn listing(&self, shop: &Shop) -> Result<NewListing> {
        let Item(zh, _, _, grams, material, ..) = self.item;
        Ok(NewListing {
            shop: shop.id,
            spu: None,
            category: self.twig.0,
            brand: Some(self.branch.brand),
            lang: Locale::Zh,
            texts: vec![
                (Field::Title, zh.clone()),
                (Field::Model, self.model().to_uppercase()),
                (Field::Description, self.description(Locale::Zh)),
            ],
            values: vec![
                (self.branch.material, Value::Text(material.clone())),
                (self.branch.origin, Value::Text(self.leaf.origin.clone())),
                (self.branch.weight, Value::Number(*grams as f64)),
            ],
            pictures: self.pictures()?,
        })
    }

    /// Its own sentence, its material's, and one of its leaf's.
    fn description(&self, lang: Locale) -> String {
        let Item(_, _, _, _, material, zh, en) = self.item;
        let material = self.stall.material(material);
        let closing = &self.leaf.closings[self.at % self.leaf.closings.len()];
        match lang {
            Locale::Zh => format!("{zh}{}{}", material.map_or("", |m| &m.3), closing.0),
            Locale::En => format!("{en} {} {}", material.map_or("", |m| &m.4), closing.1),
        }
    }

    /// The front in each of its colours, and the first one near.
    fn pictures(&self) -> Result<Vec<Picture>> {
        let path = format!("{} > {}", self.stall.top.words.0, self.leaf.words.0);
        let draw = |colour: Option<&str>| pictures::for_goods(&path, &self.item.0, self.number as i64 + 1, colour);
        let mut drawn: Vec<(pictures::Picture, Option<&str>)> = Vec::new();
        for (_, zh, _) in self.colours() {
            let picture = draw(Some(zh));
            if drawn.iter().all(|(known, _)| *known != picture) {
                drawn.push((picture, Some(zh)));
            }
        }
        let first = drawn.first().map_or_else(|| draw(None), |(picture, _)| *picture);
        if drawn.is_empty() {
            drawn.push((first, None));
        }
        drawn.push((first.close_up(), Some("细节")));
        let picture = |(picture, what): (pictures::Picture, Option<&str>)| {
            let alt = [Some(self.item.0.as_str()), what].into_iter().flatten().collect::<Vec<_>>().join(",");
            let address = Text::new(&format!("/pictures/{}", picture.file_name()))?;
            Ok(Picture { address, alt: Text::new(&alt)? })
        };
        drawn.into_iter().map(picture).collect()
    }
}
