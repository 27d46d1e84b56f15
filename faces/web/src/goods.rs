//! Goods in a list, as every front shows them.

use kernel::{Id, Money, kinds};
use views::goods::{Card, Free};

/// A card of goods, for the part of that name.
#[derive(Clone, Debug)]
pub struct GoodsCard {
    /// Which.
    pub listing: Id<kinds::Listing>,
    /// What they are called; what their category is called while nothing is written.
    pub title: String,
    /// The lowest price; none: nothing is on sale.
    pub price: Option<Money>,
    /// Whether variants or quantities differ in price.
    pub price_varies: bool,
    /// What the price is for, where that is not one piece: `kg`, `100 g`.
    pub price_for: Option<String>,
    /// Where the picture lies, their own or a drawn one.
    pub picture: String,
    /// Where they belong.
    pub category: Id<kinds::Category>,
    /// What that is called.
    pub category_name: String,
    /// Who sells them.
    pub shop_name: String,
    /// Whether a variant can be had now.
    pub in_stock: bool,
}

impl From<Card> for GoodsCard {
    fn from(card: Card) -> GoodsCard {
        let own = card.picture.as_deref();
        GoodsCard {
            picture: pictures::address_for(own, &card.category_path, &card.title, card.listing.raw()),
            listing: card.listing,
            price: card.price_from,
            price_varies: card.price_varies,
            price_for: price_for(card.price_per, card.unit_scale, &card.unit),
            title: if card.title.is_empty() { card.category_name.clone() } else { card.title },
            category: card.category,
            category_name: card.category_name,
            shop_name: card.shop.name,
            in_stock: card.in_stock,
        }
    }
}

/// What a price is for, where that is not simply one of what is counted: a kilogram, a hundred screws.
pub fn price_for(price_per: i64, unit_scale: i64, unit: &str) -> Option<String> {
    if price_per == 1 && unit_scale == 1 {
        return None;
    }
    let many = how_many(price_per, unit_scale);
    Some(if many == "1" { unit.to_owned() } else { format!("{many} {unit}") })
}

/// So many of the smallest quantity as people count: 1500 of a kilogram's grams are `1.5`.
pub fn how_many(units: i64, unit_scale: i64) -> String {
    let scale = unit_scale.max(1);
    let thousandths = i128::from(units) * 1_000;
    if thousandths % i128::from(scale) != 0 {
        return format!("{units}/{scale}");
    }
    let thousandths = thousandths / i128::from(scale);
    let text = format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// How many are left, where that is so few that it should be said.
pub fn few_left(free: Free, unit_scale: i64) -> Option<i64> {
    const FEW: i64 = 5;
    match free {
        Free::Units(units) if units > 0 && units <= FEW.saturating_mul(unit_scale.max(1)) => Some(units),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_says_what_it_is_for() {
        assert_eq!(price_for(1, 1, "piece"), None);
        assert_eq!(price_for(100, 1, "screw").as_deref(), Some("100 screw"));
        assert_eq!(price_for(1_000, 1_000, "kg").as_deref(), Some("kg"));
        assert_eq!(price_for(100, 1_000, "kg").as_deref(), Some("0.1 kg"));
        assert_eq!(price_for(1, 7, "week").as_deref(), Some("1/7 week"));
    }

    #[test]
    fn few_are_few_in_the_unit_that_people_count() {
        assert_eq!(few_left(Free::Units(5), 1), Some(5));
        assert_eq!(few_left(Free::Units(6), 1), None);
        assert_eq!(few_left(Free::Units(0), 1), None);
        assert_eq!(few_left(Free::Units(4_500), 1_000), Some(4_500));
        assert_eq!(few_left(Free::MadeToOrder, 1), None);
        assert_eq!(how_many(4_500, 1_000), "4.5");
    }
}
