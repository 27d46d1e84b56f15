//! What a shop does about an order: ship it, write down what a carrier said, give money back.

use crate::{desk, form, one_order};
use axum::{Router, extract::Path, routing::post};
use delivery::Scan;
use door::App;
use flows::{
    refund::{self, RefundWish},
    ship::{self, Shipment},
};
use kernel::{Error, Id, Result, Text, Time, Units, error::Common, kinds};
use web::{Fields, Posted, Reply, Visit, id_in_path};

pub(crate) fn router() -> Router<App> {
    Router::new()
        .route("/seller/{slug}/orders/{order}/ship", post(ship))
        .route("/seller/{slug}/orders/{order}/refund", post(refund))
        .route("/seller/{slug}/orders/{order}/parcels/{parcel}", post(scan))
}

async fn answered(v: Visit, (slug, order): (&str, &str), fields: Fields, done: Result<()>, said: &str) -> Reply {
    match done {
        Ok(()) => Ok(v.see(&format!("/seller/{slug}/orders/{order}"), said)),
        Err(no) => {
            let (_, typed) = form::refused(&v, fields, no)?;
            one_order::show(v, slug, order, typed).await
        }
    }
}

/// Units by line, from fields such as `ship.2`; lines without a number stay out.
fn units_by_line(fields: &Fields, prefix: &str, lines: &[order::Line]) -> Result<Vec<(i64, Units)>> {
    let mut units = Vec::new();
    for line in lines {
        let name = format!("{prefix}.{}", line.n);
        match form::number(fields, &name)? {
            None | Some(0) => {}
            Some(n) => units.push((line.n, Units::new(n).map_err(|no| no.at(name))?)),
        }
    }
    Ok(units)
}

async fn lines(v: &Visit, id: Id<kinds::Order>) -> Result<Vec<order::Line>> {
    v.app().store().read(move |read| order::lines(read, id)).await
}

async fn ship(Path((slug, order)): Path<(String, String)>, Posted { visit: v, fields }: Posted) -> Reply {
    let id = id_in_path::<kinds::Order>(&order)?;
    let done = do_ship(&v, &slug, id, &fields).await;
    let done = done.map_err(|no| form::said_of(no, &[("waybill_used", "waybill"), ("malformed", "waybill")]));
    answered(v, (&slug, &order), fields, done, "shipped").await
}

async fn do_ship(v: &Visit, slug: &str, id: Id<kinds::Order>, fields: &Fields) -> Result<()> {
    fields.only(&["carrier", "waybill", "ship.*"])?;
    desk::shop(v, slug).await?;
    let carrier = fields.text::<32>("carrier")?.into_string();
    let waybill = fields.text::<64>("waybill")?.into_string();
    let units = units_by_line(fields, "ship", &lines(v, id).await?)?;
    // Left empty, the whole form would mean everything; whoever empties it means nothing.
    if units.is_empty() {
        return Err(Common::Required.at("ship"));
    }
    let shipment = Shipment { order: id, lines: units, carrier, waybill };
    ship::ship(v.app().store(), &v.asked.cx, shipment).await.map(drop)
}

async fn refund(Path((slug, order)): Path<(String, String)>, Posted { visit: v, fields }: Posted) -> Reply {
    let id = id_in_path::<kinds::Order>(&order)?;
    let done = do_refund(&v, &slug, id, &fields).await;
    answered(v, (&slug, &order), fields, done, "refund-granted").await
}

async fn do_refund(v: &Visit, slug: &str, id: Id<kinds::Order>, fields: &Fields) -> Result<()> {
    fields.only(&["whole", "reason", "words", "back.*"])?;
    desk::shop(v, slug).await?;
    let units = match fields.is_on("whole") {
        true => Vec::new(),
        false => units_by_line(fields, "back", &lines(v, id).await?)?,
    };
    if units.is_empty() && !fields.is_on("whole") {
        return Err(Common::Required.at("back"));
    }
    let wish = RefundWish {
        order: id,
        lines: units,
        reason: fields.text::<60>("reason")?.into_string(),
        words: fields.text_or_none("words")?,
    };
    refund::grant(v.app().store(), &v.asked.cx, wish).await.map(drop)
}

async fn scan(
    Path((slug, order, parcel)): Path<(String, String, String)>,
    Posted { visit: v, fields }: Posted,
) -> Reply {
    let parcel = id_in_path::<kinds::Parcel>(&parcel)?;
    let done = do_scan(&v, &slug, parcel, &fields).await;
    answered(v, (&slug, &order), fields, done, "scan-kept").await
}

async fn do_scan(v: &Visit, slug: &str, parcel: Id<kinds::Parcel>, fields: &Fields) -> Result<()> {
    fields.only(&["scan", "at", "place"])?;
    desk::shop(v, slug).await?;
    let state = delivery::State::of(fields.get("scan")).ok_or_else(|| Common::Required.at("scan"))?;
    let carrier_at = instant(v, fields.get("at"))?;
    let place: Option<Text<120>> = fields.text_or_none("place")?;
    // The same news typed twice is one: it has no key but what it says.
    let said = format!("typed {} {} {}", state.word(), carrier_at.0, place.as_deref().unwrap_or_default());
    let source_key = Text::new(&said.chars().take(160).collect::<String>())?;
    let scan = Scan { state, carrier_at, place, source_key };
    ship::scanned(v.app().store(), &v.asked.cx, parcel, scan).await
}

/// An instant as a browser's field gives it, in the market's zone; now where nothing was typed.
fn instant(v: &Visit, typed: &str) -> Result<Time> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(v.now);
    }
    let malformed = |_| Error::from(Common::Malformed { expected: "a date and a time" }).at("at");
    let typed: jiff::civil::DateTime = typed.parse().map_err(malformed)?;
    let at = v.asked.settings.zone.to_timestamp(typed).map_err(malformed)?;
    Ok(Time(at.as_millisecond()))
}
