//! The variants of goods: the choice between them, and what one costs and how many there are.

use super::gallery::{Drawing, colour};
use kernel::{Id, Money, kinds, quantity::LINE_UNITS_MAX};
use views::goods::{Free, GoodsPage, Sku};
use web::{Chip, Visit, few_left, how_many, price_for};

/// A variant to choose.
pub(super) struct Variant {
    pub href: String,
    pub name: String,
    /// Its picture, where it is drawn in a colour of its own.
    pub picture: Option<String>,
    /// Its price, where that is another than the taken one's.
    pub price: Option<Money>,
    pub is_taken: bool,
    pub is_sold: bool,
}

/// A price from a quantity on.
pub(super) struct Step {
    pub words: String,
    pub price: Money,
}

/// The variant that is looked at.
pub(super) struct Chosen {
    pub sku: Id<kinds::Sku>,
    /// What the fewest cost; none: it has no price.
    pub price: Option<Money>,
    /// What that is for, where it is not one piece.
    pub price_for: Option<String>,
    /// The prices by quantity, where more cost less.
    pub steps: Vec<Step>,
    pub stock: Option<Chip>,
    pub can_buy: bool,
    pub least: i64,
    pub most: i64,
    /// By how many a quantity steps.
    pub step: i64,
    /// What the quantity counts, where it is smaller than what people count: `1000 = 1 kg`.
    pub counted: Option<String>,
}

/// The variant that the address names, else the first that can be bought, else the first.
pub(super) fn taken<'a>(goods: &'a GoodsPage, asked: &str) -> Option<&'a Sku> {
    let by_address = asked.parse::<Id<kinds::Sku>>().ok().and_then(|id| goods.skus.iter().find(|sku| sku.id == id));
    by_address.or_else(|| goods.skus.iter().find(|sku| sku.is_sold())).or_else(|| goods.skus.first())
}

/// The choice; none where there is nothing to choose and nothing to tell apart.
pub(super) fn variants(goods: &GoodsPage, drawing: &Drawing, taken: Option<&Sku>) -> Vec<Variant> {
    if goods.skus.len() == 1 && goods.skus.iter().all(|sku| sku.option.is_none()) {
        return Vec::new();
    }
    let price = |sku: &Sku| sku.prices.first().map(|tier| tier.price);
    let taken_price = taken.and_then(price);
    let is_drawn = goods.pictures.is_empty();
    let variant = |sku: &Sku| Variant {
        href: format!("/goods/{}?sku={}", goods.listing, sku.id),
        name: sku.option.clone().unwrap_or_else(|| sku.code.clone()),
        picture: colour(sku).filter(|_| is_drawn).map(|_| drawing.of_variant(Some(sku)).address()),
        price: price(sku).filter(|price| Some(*price) != taken_price),
        is_taken: taken.is_some_and(|taken| taken.id == sku.id),
        is_sold: sku.is_sold(),
    };
    goods.skus.iter().map(variant).collect()
}

pub(super) fn chosen(v: &Visit, goods: &GoodsPage, sku: &Sku) -> Chosen {
    let first = sku.prices.first();
    // Weights and lengths step by what their price is for.
    let step = if sku.unit_scale > 1 { sku.price_per } else { 1 };
    let least = first.map_or(1, |tier| tier.from_qty).max(step);
    let most = match sku.free {
        Free::Units(units) => units.clamp(least, LINE_UNITS_MAX.max(least)),
        Free::MadeToOrder | Free::Uncounted => LINE_UNITS_MAX,
    };
    let counted = || v.tell2("goods-counted", "units", sku.unit_scale, "unit", &sku.unit);
    Chosen {
        sku: sku.id,
        price: first.map(|tier| tier.price),
        price_for: price_for(sku.price_per, sku.unit_scale, &sku.unit),
        steps: steps(v, sku),
        stock: stock(v, sku),
        can_buy: sku.is_sold() && goods.why_not.is_none(),
        least,
        most,
        step,
        counted: (sku.unit_scale > 1).then(counted),
    }
}

fn steps(v: &Visit, sku: &Sku) -> Vec<Step> {
    if sku.prices.len() < 2 {
        return Vec::new();
    }
    let words = |from: i64, next: Option<i64>| match (sku.unit_scale, next) {
        (..=1, Some(next)) => v.tell2("goods-between", "from", from, "to", next - 1),
        (..=1, None) => v.n("goods-from-units", from),
        (scale, _) => v.tell("goods-from-quantity", "quantity", format!("{} {}", how_many(from, scale), sku.unit)),
    };
    let next = sku.prices.iter().skip(1).map(|tier| Some(tier.from_qty)).chain([None]);
    sku.prices
        .iter()
        .zip(next)
        .map(|(tier, next)| Step { words: words(tier.from_qty, next), price: tier.price })
        .collect()
}

/// How many there are, where that is worth a word.
fn stock(v: &Visit, sku: &Sku) -> Option<Chip> {
    let (tone, word) = match sku.free {
        Free::MadeToOrder => ("info", v.say("goods-made-to-order").to_owned()),
        Free::Uncounted => return None,
        free if !free.is_any() => ("", v.say("sold-out").to_owned()),
        free => match few_left(free, sku.unit_scale) {
            Some(units) if sku.unit_scale > 1 => {
                let quantity = format!("{} {}", how_many(units, sku.unit_scale), sku.unit);
                ("warn", v.tell("goods-left-of", "quantity", quantity))
            }
            Some(units) => ("warn", v.n("goods-left", units)),
            None => ("ok", v.say("goods-in-stock").to_owned()),
        },
    };
    Some(Chip { tone, word })
}
