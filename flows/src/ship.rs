//! A shop hands goods over: units leave the order and the shelf, a parcel is on its way. [L4]

use crate::{access, placing, timers};
use delivery::Waybill;
use identity::Permission;
use kernel::{Cx, Id, Result, Units, kinds, time::DAY};
use order::State;
use serde::{Deserialize, Serialize};
use store::{Act, Answer, Store, Tx};

/// What goes out.
#[derive(Clone, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shipment {
    /// Of which order.
    pub order: Id<kinds::Order>,
    /// Line numbers with units; empty for everything that is left.
    #[serde(default)]
    pub lines: Vec<(i64, Units)>,
    /// Who carries it.
    pub carrier: String,
    /// Under which number.
    pub waybill: String,
}

/// Ships an order, or part of it. Once the last wanted unit has gone out, the clock of confirmation starts.
///
/// # Errors
/// `wrong_state`, `nothing_to_ship`, `unknown_line`, `waybill_used`, `not_found` for another shop's order.
pub fn ship(store: &Store, cx: &Cx, shipment: Shipment) -> Answer<Id<kinds::Parcel>> {
    let act = Act::new("order.ship", cx).over(&shipment);
    store.write(act, move |tx| hand_over(tx, &shipment))
}

/// A carrier's scan arrives.
///
/// # Errors
/// `not_found`, and what the delivery room says of the scan.
pub fn scanned(store: &Store, cx: &Cx, parcel: Id<kinds::Parcel>, scan: delivery::Scan) -> Answer<()> {
    store.write(Act::new("delivery.track", cx).over(&(parcel, &scan)), move |tx| {
        let shipped = delivery::parcel(tx, parcel)?;
        access::seller(tx, shipped.parcel.shop, Permission::ShopOrders)?;
        delivery::track(tx, parcel, &scan)?;
        Ok(())
    })
}

fn hand_over(tx: &mut Tx, shipment: &Shipment) -> Result<Id<kinds::Parcel>> {
    let order = order::order(tx, shipment.order)?;
    access::seller(tx, order.shop, Permission::ShopOrders)?;
    let waybill = Waybill::new(&shipment.carrier, &shipment.waybill)?;
    let lines = order::lines(tx, order.id)?;
    let going = going(&lines, &shipment.lines)?;
    let settings = market::settings(tx)?;
    let confirm_at = tx.now().plus(settings.confirm_days * DAY);
    let pairs: Vec<_> = going.iter().map(|(n, units)| (*n, units.get())).collect();
    let state = order::ship(tx, &order, &pairs, confirm_at)?;
    take_off_shelf(tx, &order, &lines, &pairs)?;
    let new = delivery::New { ord: order.id, shop: order.shop, lines: going, waybill };
    let parcel = delivery::ship(tx, &new)?;
    if state == State::Shipped {
        tx.set_timer(timers::CONFIRM, order.id.raw(), order.id.home(), confirm_at)?;
    }
    Ok(parcel)
}

/// The lines asked for, or everything that is left to go out.
fn going(lines: &[order::Line], asked: &[(i64, Units)]) -> Result<Vec<(i64, Units)>> {
    if !asked.is_empty() {
        return Ok(asked.to_vec());
    }
    let left = lines.iter().map(|line| (line.n, line.units - line.shipped - line.cancelled));
    left.filter(|(_, units)| *units > 0).map(|(n, units)| Ok((n, Units::new(units)?))).collect()
}

fn take_off_shelf(tx: &mut Tx, order: &order::Order, lines: &[order::Line], going: &[(i64, i64)]) -> Result<()> {
    let find = |n: i64| lines.iter().find(|line| line.n == n);
    let going: Vec<_> = going.iter().filter_map(|(n, units)| Some((find(*n)?, *units))).collect();
    let demands = placing::demands_of(order.shop, &going)?;
    stock::ship(tx, order.id, &demands)
}
