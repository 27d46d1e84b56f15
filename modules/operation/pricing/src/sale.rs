//! A whole sale, as the market's settings have it. Whoever shows a price beforehand and whoever takes it afterwards
//! both come this way, so the two cannot differ.

use crate::{Basis, Facts, FreightRule, InForce, Limits, Line, Priced, price};
use kernel::{BasisPoints, Currency, Id, Money, Result, SalesChannel, Units, kinds};

/// So many units of a SKU, as the catalogue offers it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Goods {
    /// Who sells it.
    pub shop: Id<kinds::Shop>,
    /// What is bought.
    pub sku: Id<kinds::Sku>,
    /// How much of it.
    pub quantity: Units,
    /// The price in force for that quantity, or the agreed one.
    pub unit_price: Money,
    /// For how many units that price is.
    pub price_per: i64,
    /// What the market takes of it; none: its default.
    pub commission: Option<BasisPoints>,
}

/// What a sale goes by.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sale {
    /// The one currency of the trade.
    pub currency: Currency,
    /// Which storefront of the market the buyer stands in.
    pub storefront: i64,
    /// Through which kind of door he came.
    pub channel: SalesChannel,
    /// Where the prices come from.
    pub basis: Basis,
    /// How much may be bought in one go.
    pub limits: Limits,
    /// What the market takes of goods whose category names no rate.
    pub commission: BasisPoints,
}

/// Prices a sale; the positions of the lines are the places of the goods, from 0.
///
/// `freight_of` is asked once for each shop, and not at all for agreed prices: a quotation holds everything that the
/// seller wants.
///
/// # Errors
/// As [`price`]; `price_scale_unknown`; what `freight_of` says.
pub fn sell(
    goods: &[Goods],
    sale: &Sale,
    mut freight_of: impl FnMut(Id<kinds::Shop>) -> Result<Option<FreightRule>>,
) -> Result<Priced> {
    let lines: Vec<_> = (0..).zip(goods).map(|(position, goods)| line(position, goods, sale)).collect::<Result<_>>()?;
    let mut in_force = InForce::default();
    if sale.basis == Basis::Regular {
        let mut shops: Vec<_> = goods.iter().map(|goods| goods.shop).collect();
        shops.sort();
        shops.dedup();
        for shop in shops {
            if let Some(rule) = freight_of(shop)? {
                in_force.freight.insert(shop, rule);
            }
        }
    }
    let facts = Facts {
        currency: sale.currency,
        storefront: sale.storefront,
        channel: sale.channel,
        basis: sale.basis,
        limits: sale.limits,
        commission_on_freight: None,
    };
    price(&lines, &facts, &in_force)
}

fn line(position: i64, goods: &Goods, sale: &Sale) -> Result<Line> {
    Ok(Line {
        position,
        shop: goods.shop,
        sku: goods.sku,
        quantity: goods.quantity,
        unit_price: goods.unit_price,
        per: goods.price_per.try_into()?,
        commission: goods.commission.unwrap_or(sale.commission),
    })
}
