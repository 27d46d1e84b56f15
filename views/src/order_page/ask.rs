//! What no room answers by itself, in one statement each.

use super::{Case, Movement, Parcel, Payment, PaymentRefund, Refund, RefundLine, Reservation, Settlement};
use kernel::{Currency, Id, Money, Result, kinds};
use order::Order;
use store::{Read, Row, across, args, sql};

/// The payments of the order's trade, each with what it was asked to give back for this order.
pub(super) fn payments(read: &mut Read, order: &Order, documents: &[Refund]) -> Result<Vec<Payment>> {
    let sql = sql!(
        "select p.id, p.channel, p.state, p.currency, p.amount, coalesce(t.amount, 0), coalesce(t.refunded, 0),
             p.created_at, p.ended_at, r.id, r.document, r.amount, r.state, r.created_at, r.ended_at
         from payment_payment p
         left join payment_part t on t.home = p.home and t.payment = p.id and t.ord = $3
         left join payment_refund r on r.home = p.home and r.payment = p.id
         where p.home = $1 and p.trade = $2
         order by p.id, r.id"
    );
    let mut payments: Vec<Payment> = Vec::new();
    read.each(sql, args![order.trade.home(), order.trade, order.id], |row| {
        let id = row.get(0)?;
        if payments.last().is_none_or(|last| last.id != id) {
            payments.push(payment(row)?);
        }
        // A trade of several shops gives back for each of them by the same payments.
        let is_ours = |document: Id<kinds::Refund>| documents.iter().any(|ours| ours.id == document);
        let payment = payments.last_mut();
        if let (Some(payment), Some(refund)) = (payment, refund_of(row)?)
            && refund.document.is_none_or(is_ours)
        {
            payment.refunds.push(refund);
        }
        Ok(())
    })?;
    Ok(payments)
}

fn payment(row: &Row) -> Result<Payment> {
    Ok(Payment {
        id: row.get(0)?,
        channel: row.get(1)?,
        state: row.get(2)?,
        amount: Money::new(row.get(4)?, row.get(3)?),
        part: row.get(5)?,
        part_refunded: row.get(6)?,
        created_at: row.get(7)?,
        ended_at: row.get(8)?,
        refunds: Vec::new(),
    })
}

fn refund_of(row: &Row) -> Result<Option<PaymentRefund>> {
    let Some(id) = row.get(9)? else {
        return Ok(None);
    };
    let (document, amount, state) = (row.get(10)?, row.get(11)?, row.get(12)?);
    Ok(Some(PaymentRefund { id, document, amount, state, created_at: row.get(13)?, ended_at: row.get(14)? }))
}

/// The cases about the order.
pub(super) fn cases(read: &mut Read, order: Id<kinds::Order>) -> Result<Vec<Case>> {
    let sql = sql!(
        "select k.id, k.kind, k.state, k.reason, k.asked_at, k.answer_by, k.decided_at, k.ground, l.kind, l.n, l.units
         from aftersale_case k
         join aftersale_case_line l on l.home = k.home and l.case_id = k.id
         where k.home = $1 and k.ord = $2
         order by k.id, l.kind desc, l.n"
    );
    let mut cases: Vec<Case> = Vec::new();
    read.each(sql, args![order.home(), order], |row| {
        let id = row.get(0)?;
        if cases.last().is_none_or(|last| last.id != id) {
            cases.push(Case {
                id,
                kind: row.get(1)?,
                state: row.get(2)?,
                reason: row.get(3)?,
                asked_at: row.get(4)?,
                answer_by: row.get(5)?,
                decided_at: row.get(6)?,
                ground: row.get(7)?,
                lines: Vec::new(),
            });
        }
        let line = (row.get(8)?, row.get(9)?, row.get(10)?);
        if let Some(case) = cases.last_mut() {
            case.lines.push(line);
        }
        Ok(())
    })?;
    Ok(cases)
}

/// The refund documents of the order.
pub(super) fn refunds(read: &mut Read, order: Id<kinds::Order>) -> Result<Vec<Refund>> {
    let sql = sql!(
        "select d.id, d.case_id, d.currency, d.amount, d.commission_back, d.stage, d.state, d.granted_at, l.kind, l.n,
             l.units, l.amount
         from aftersale_refund d
         join aftersale_refund_line l on l.home = d.home and l.refund = d.id
         where d.home = $1 and d.ord = $2
         order by d.id, l.kind desc, l.n"
    );
    let mut refunds: Vec<Refund> = Vec::new();
    read.each(sql, args![order.home(), order], |row| {
        let id = row.get(0)?;
        if refunds.last().is_none_or(|last| last.id != id) {
            refunds.push(Refund {
                id,
                case: row.get(1)?,
                amount: Money::new(row.get(3)?, row.get(2)?),
                commission_back: row.get(4)?,
                stage: row.get(5)?,
                state: row.get(6)?,
                granted_at: row.get(7)?,
                lines: Vec::new(),
            });
        }
        let line = RefundLine { kind: row.get(8)?, n: row.get(9)?, units: row.get(10)?, amount: row.get(11)? };
        if let Some(refund) = refunds.last_mut() {
            refund.lines.push(line);
        }
        Ok(())
    })?;
    Ok(refunds)
}

/// The parcels of the order, each with what is in it and what was heard of it.
pub(super) fn parcels(read: &mut Read, order: Id<kinds::Order>) -> Result<Vec<Parcel>> {
    let sql = sql!(
        "select p.id, p.ord, p.shop, p.state, p.handed_at, p.last_scan_at, p.tracks, p.version, p.carrier, p.waybill,
             l.n, l.units
         from delivery_parcel p
         join delivery_parcel_line l on l.home = p.home and l.parcel = p.id
         where p.home = $1 and p.ord = $2
         order by p.id, l.n"
    );
    let mut parcels: Vec<Parcel> = Vec::new();
    read.each(sql, args![order.home(), order], |row| {
        let id = row.get(0)?;
        if parcels.last().is_none_or(|last| last.shipped.parcel.id != id) {
            parcels.push(Parcel { shipped: shipped(row)?, track: Vec::new() });
        }
        let line = (row.get(10)?, row.get(11)?);
        if let Some(parcel) = parcels.last_mut() {
            parcel.shipped.lines.push(line);
        }
        Ok(())
    })?;
    hear(read, order, &mut parcels)?;
    Ok(parcels)
}

fn shipped(row: &Row) -> Result<delivery::Shipped> {
    let parcel = delivery::Parcel {
        id: row.get(0)?,
        ord: row.get(1)?,
        shop: row.get(2)?,
        state: row.get(3)?,
        handed_at: row.get(4)?,
        last_scan_at: row.get(5)?,
        tracks: row.get(6)?,
        version: row.get(7)?,
    };
    Ok(delivery::Shipped { parcel, carrier: row.get(8)?, waybill: row.get(9)?, lines: Vec::new() })
}

fn hear(read: &mut Read, order: Id<kinds::Order>, parcels: &mut [Parcel]) -> Result<()> {
    let sql = sql!(
        "select t.parcel, t.n, t.state, t.carrier_at, t.heard_at, t.place, t.correction
         from delivery_parcel p
         join delivery_track t on t.home = p.home and t.parcel = p.id
         where p.home = $1 and p.ord = $2
         order by t.parcel, t.carrier_at, t.n"
    );
    read.each(sql, args![order.home(), order], |row| {
        let id: Id<kinds::Parcel> = row.get(0)?;
        let (n, state, carrier_at, heard_at) = (row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?);
        let step = delivery::Step { n, state, carrier_at, heard_at, place: row.get(5)?, correction: row.get(6)? };
        if let Some(parcel) = parcels.iter_mut().find(|parcel| parcel.shipped.parcel.id == id) {
            parcel.track.push(step);
        }
        Ok(())
    })
}

/// What the order holds, or held. Goods live with their listings, so their homes come from its lines.
pub(super) fn reservations(read: &mut Read, order: Id<kinds::Order>) -> Result<Vec<Reservation>> {
    let sql = across!(
        "select r.sku, r.warehouse, r.units, r.shipped, r.released, r.expires_at
         from stock_reservation r
         where r.holder = $2
           and r.home in (select l.sku % 4096 from order_line l where l.home = $1 and l.ord = $2)
         order by r.sku, r.warehouse"
    );
    read.all(sql, args![order.home(), order], |row| {
        let (units, shipped, released) = (row.get(2)?, row.get(3)?, row.get(4)?);
        Ok(Reservation { sku: row.get(0)?, warehouse: row.get(1)?, units, shipped, released, expires_at: row.get(5)? })
    })
}

/// What left the shelves for the order, or came back.
pub(super) fn movements(read: &mut Read, order: Id<kinds::Order>) -> Result<Vec<Movement>> {
    let sql = across!(
        "select m.sku, m.warehouse, m.n, m.cause, m.units, m.after, m.at
         from (select distinct sku, warehouse from order_line where home = $1 and ord = $2) l
         join stock_movement m on m.home = l.sku % 4096 and m.sku = l.sku and m.warehouse = l.warehouse
         where m.document = $2
         order by m.at, m.sku, m.n"
    );
    read.all(sql, args![order.home(), order], |row| {
        let (n, cause, units, after) = (row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?);
        Ok(Movement { sku: row.get(0)?, warehouse: row.get(1)?, n, cause, units, after, at: row.get(6)? })
    })
}

/// What the order brought its shop, with the fold and the payout that carried it. Those live in the shop's home.
pub(super) fn settlement(read: &mut Read, order: Id<kinds::Order>) -> Result<Option<Settlement>> {
    let sql = across!(
        "select s.currency, s.gross, s.commission, s.reserve, s.net, s.settled_at, s.fold, f.payout
         from payout_settlement s
         left join payout_fold f on f.home = s.shop % 4096 and f.id = s.fold
         where s.home = $1 and s.ord = $2"
    );
    read.opt(sql, args![order.home(), order], |row| {
        let currency: Currency = row.get(0)?;
        Ok(Settlement {
            gross: Money::new(row.get(1)?, currency),
            commission: row.get(2)?,
            reserve: row.get(3)?,
            net: row.get(4)?,
            settled_at: row.get(5)?,
            fold: row.get(6)?,
            payout: row.get(7)?,
        })
    })
}
