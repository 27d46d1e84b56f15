//! Goods as they stand on the lines of carts, orders and quotations.

use kernel::{Cx, Id, Money, Result, Time, Units, kinds};
use std::collections::BTreeMap;
use store::Read;
use views::cart::{self, CartLine, Trouble};
use web::{Chip, Visit};

/// A line as a template shows it.
pub(crate) struct Row {
    /// Which variant, as forms send it.
    pub(crate) sku: String,
    /// Where the goods are shown.
    pub(crate) href: String,
    /// What they are called.
    pub(crate) title: String,
    /// What tells the variant apart.
    pub(crate) option: Option<String>,
    /// Where their picture lies.
    pub(crate) picture: String,
    /// How many of the smallest quantity.
    pub(crate) units: i64,
    /// The same as people say it: `×2`, `1.5 kg`.
    pub(crate) quantity: String,
    /// Whether the smallest quantity is not what people count in.
    pub(crate) scaled: bool,
    /// The price in force.
    pub(crate) price: Option<Money>,
    /// What the price is for, where that is not one piece.
    pub(crate) per: String,
    /// What the line comes to, where it can be bought.
    pub(crate) sum: Option<Money>,
    /// How the price has moved since the line was put.
    pub(crate) moved: Option<Chip>,
    /// What is in the way of buying it, in words.
    pub(crate) troubles: Vec<String>,
    /// The most that a line may have now.
    pub(crate) most: i64,
    /// Who sells it.
    pub(crate) shop: String,
}

impl Row {
    /// A line of a cart.
    pub(crate) fn of(v: &Visit, line: &CartLine) -> Row {
        let most = v.asked.settings.line_units_max;
        Row {
            sku: line.sku.to_string(),
            href: format!("/goods/{}", line.listing),
            title: titled(v, &line.title),
            option: line.option.clone(),
            picture: picture(line.picture.as_deref(), &line.title, line.listing),
            units: line.units.get(),
            quantity: quantity(line.units.get(), line.unit_scale, &line.unit),
            scaled: line.unit_scale > 1,
            price: line.unit_price,
            per: per(line.price_per, line.unit_scale, &line.unit),
            sum: line.price.as_ref().map(|price| price.cash),
            moved: moved(v, line),
            troubles: line.troubles.iter().map(|trouble| in_the_way(v, *trouble)).collect(),
            most: line.free.filter(|free| *free > 0).map_or(most, |free| free.min(most)),
            shop: line.shop.name.clone(),
        }
    }
}

/// Whether fewer units would do: such a line stays among those to be bought, with its quantity to change.
pub(crate) fn can_be_mended(line: &CartLine) -> bool {
    line.troubles.iter().all(|trouble| matches!(trouble, Trouble::FewerLeft { .. } | Trouble::TooMany { .. }))
}

fn in_the_way(v: &Visit, trouble: Trouble) -> String {
    match trouble {
        Trouble::ShopFrozen => v.say("buy-trouble-shop-frozen").to_owned(),
        Trouble::ShopNotOpen { .. } => v.say("buy-trouble-shop-not-open").to_owned(),
        Trouble::Delisted => v.say("buy-trouble-delisted").to_owned(),
        Trouble::PriceMissing => v.say("buy-trouble-price-missing").to_owned(),
        Trouble::SoldOut => v.say("buy-trouble-sold-out").to_owned(),
        Trouble::FewerLeft { left } => v.n("buy-trouble-fewer-left", left),
        Trouble::TooMany { most } => v.n("buy-trouble-too-many", most),
    }
}

fn moved(v: &Visit, line: &CartLine) -> Option<Chip> {
    let (seen, now) = (line.seen_price?, line.unit_price?);
    let by = now.minus(seen).ok()?;
    let amount = v.money(&Money::new(by.minor.abs(), by.currency));
    match by.minor {
        0 => None,
        ..0 => Some(Chip { tone: "ok", word: v.tell("buy-price-fell", "amount", amount) }),
        _ => Some(Chip { tone: "warn", word: v.tell("buy-price-rose", "amount", amount) }),
    }
}

/// What the catalogue knows now of goods that were bought or offered: their pictures, variants and measures, by SKU.
/// The same number of statements however many they are.
///
/// # Errors
/// What the engine says.
pub(crate) fn known(
    read: &mut Read,
    cx: &Cx,
    lines: &[(Id<kinds::Sku>, Units)],
    now: Time,
) -> Result<BTreeMap<Id<kinds::Sku>, CartLine>> {
    let page = cart::preview(read, cx, lines, None, now)?;
    Ok(page.shops.into_iter().flat_map(|shop| shop.lines).map(|line| (line.sku, line)).collect())
}

/// A title; goods that have none yet are named as such.
pub(crate) fn titled(v: &Visit, title: &str) -> String {
    if title.is_empty() { v.say("buy-untitled").to_owned() } else { title.to_owned() }
}

/// Where the picture of goods lies, their own or a drawn one.
pub(crate) fn picture(own: Option<&str>, title: &str, listing: Id<kinds::Listing>) -> String {
    pictures::address_for(own, "", title, listing.raw())
}

/// So many of the smallest quantity, as people say it.
pub(crate) fn quantity(units: i64, scale: i64, unit: &str) -> String {
    if scale <= 1 { format!("×{units}") } else { format!("{} {unit}", decimal(units, scale)) }
}

/// What a price is for: nothing for one piece, else ` / kg`, ` / 100 g`.
pub(crate) fn per(price_per: i64, scale: i64, unit: &str) -> String {
    match (price_per, scale) {
        (1, 1) => String::new(),
        (per, scale) if per == scale => format!(" / {unit}"),
        (per, scale) => format!(" / {} {unit}", decimal(per, scale)),
    }
}

/// A fraction whose denominator is a power of ten as a decimal; any other as it is.
fn decimal(units: i64, scale: i64) -> String {
    let digits = scale.max(1).ilog10() as usize;
    if 10_i64.pow(digits as u32) != scale {
        return format!("{units}/{scale}");
    }
    let (whole, part) = (units / scale, units % scale);
    let text = format!("{whole}.{part:0digits$}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_are_said_in_the_unit_that_people_count_in() {
        let cases = [
            (3, 1, "piece", "×3"),
            (1_500, 1_000, "kg", "1.5 kg"),
            (2_000, 1_000, "kg", "2 kg"),
            (20, 10, "m", "2 m"),
            (100, 100, "g", "1 g"),
            (7, 12, "dozen", "7/12 dozen"),
        ];
        for (units, scale, unit, said) in cases {
            assert_eq!(quantity(units, scale, unit), said);
        }
        assert_eq!([per(1, 1, "piece"), per(1_000, 1_000, "kg"), per(100, 1_000, "kg")], ["", " / kg", " / 0.1 kg"]);
    }
}
