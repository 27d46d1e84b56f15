//! The freight stage: a flat fee per shop, free from an amount of that shop's goods on (L4).

use crate::{
    Bearer, Charge, ChargeKind, Facts, Gain, InForce, NearMiss, Price, PricedLine, Stage, given::check_amount,
    price::sum,
};
use kernel::{BasisPoints, Error, Id, Money, Result, kinds::Shop};
use serde::{Deserialize, Serialize};

/// What a shop asks for sending.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct FreightRule {
    /// The flat fee of an order.
    pub fee: Money,
    /// From this amount of goods on it is free; none is never.
    pub free_over: Option<Money>,
}

/// A shop's freight: nothing where the shop asks nothing.
pub(crate) struct Freight {
    pub(crate) shop: Id<Shop>,
    pub(crate) charge: Option<Charge>,
    pub(crate) near_miss: Option<NearMiss>,
}

/// Judges each shop by its own goods alone, in the order of the lines' numbers.
pub(crate) fn charge(lines: &[PricedLine], facts: &Facts, in_force: &InForce) -> Result<Vec<Freight>> {
    let by_shop = lines.chunk_by(|one, next| one.shop == next.shop);
    by_shop.map(|lines| charge_shop(lines[0].shop, lines, facts, in_force)).collect()
}

fn charge_shop(shop: Id<Shop>, lines: &[PricedLine], facts: &Facts, in_force: &InForce) -> Result<Freight> {
    let Some(rule) = in_force.freight.get(&shop) else {
        return Ok(Freight { shop, charge: None, near_miss: None });
    };
    for amount in [Some(rule.fee), rule.free_over].into_iter().flatten() {
        check_amount(amount, facts.currency).map_err(|error: Error| error.at("freight"))?;
    }
    // The platform's coupon is money to the shop, so only what the shop itself gives counts against it (R7).
    let goods = sum(facts.currency, lines.iter().map(|line| line.price.after_shop()))?;
    let mut price = Price::open(Stage::Freight, rule.fee);
    let mut near_miss = None;
    if let Some(free_over) = rule.free_over {
        if goods.minor >= free_over.minor {
            price.lower(Stage::Freight, None, rule.fee.minor, Bearer::Shop);
        } else if rule.fee.minor > 0 {
            let gain = Gain::FreeFreight { saves: rule.fee };
            near_miss = Some(NearMiss { shop, more: free_over.minus(goods)?, gain });
        }
    }
    let commission = facts.commission_on_freight.unwrap_or(BasisPoints::ZERO);
    let commissionable = facts.commission_on_freight.is_some();
    let charge = Charge { kind: ChargeKind::Freight, price, commissionable, commission };
    Ok(Freight { shop, charge: Some(charge), near_miss })
}
