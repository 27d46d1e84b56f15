//! `/ops/find`: whatever id is typed leads to its page; a shop's name in addresses leads to the shop.

use crate::desk::{self, Desk};
use askama::Template;
use axum::{Router, routing::get};
use door::App;
use kernel::{Error, Id, Result, kinds};
use merchant::Slug;
use store::Read;
use web::{Reply, Visit, page};

pub(crate) fn router() -> Router<App> {
    Router::new().route("/ops/find", get(find))
}

#[derive(Template)]
#[template(path = "ops_find.html")]
struct Nothing {
    v: Visit,
    desk: Desk,
    asked: String,
}

async fn find(v: Visit) -> Reply {
    let asked = v.query("q").trim().to_owned();
    let typed = asked.clone();
    let (desk, found) = desk::open(&v, "/ops/find", move |read, _| place_of(read, &typed)).await?;
    match found {
        Some(place) => Ok(v.see(&place, "")),
        None => page(&v.clone(), &Nothing { v, desk, asked }),
    }
}

/// Where the page of something is, by its id or name; none where it is neither.
fn place_of(read: &mut Read, typed: &str) -> Result<Option<String>> {
    if let Ok(sku) = typed.parse::<Id<kinds::Sku>>() {
        return match catalog::offer(read, sku, kernel::Time(0), kernel::Locale::Zh) {
            Ok(offer) => Ok(Some(format!("/ops/goods/{}", offer.listing))),
            Err(Error::Refused(_)) => Ok(None),
            Err(broken) => Err(broken),
        };
    }
    if let Some(place) = place_of_id(typed) {
        return Ok(Some(place));
    }
    let Ok(slug) = typed.parse::<Slug>() else { return Ok(None) };
    Ok(merchant::shop_by_slug(read, &slug)?.map(|shop| format!("/ops/shops/{}", shop.id)))
}

/// Where the page of an id is, by its kind; none where it is no id that has a page.
pub(crate) fn place_of_id(id: &str) -> Option<String> {
    let (prefix, _) = id.split_once('_')?;
    super::audit::raw_id(id)?;
    let place = match prefix {
        "ord" => "orders",
        "shp" => "shops",
        "lst" => "goods",
        "cas" => "cases",
        "ent" => "entries",
        "trd" | "quo" | "pay" | "prf" | "rfd" | "pcl" | "out" | "pty" | "sku" => "things",
        _ => return None,
    };
    Some(format!("/ops/{place}/{id}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_leads_to_its_page_and_nonsense_leads_nowhere() {
        let order = Id::<kinds::Order>::from_raw(1_234_567_890_123).to_string();
        assert_eq!(place_of_id(&order), Some(format!("/ops/orders/{order}")));
        let payment = Id::<kinds::Payment>::from_raw(1_234_567_890_123).to_string();
        assert_eq!(place_of_id(&payment), Some(format!("/ops/things/{payment}")));
        for nonsense in ["", "ord_", "ord_x", "tea-house", "../ops", "evt_0000000000000a"] {
            assert_eq!(place_of_id(nonsense), None, "{nonsense}");
        }
    }
}
