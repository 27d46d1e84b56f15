//! The one table of who may open which page, written by hand. A page is opened with its own row and nothing else, and a
//! test holds the rows against the routes in the sources. The acts behind the forms ask again, in their flows.

use identity::Permission::{
    self, MarketAudit as Audit, MarketMoney as Money, MarketOrders as Orders, MarketRefunds as Refunds,
    MarketReviewGoods as ReviewGoods, MarketReviewShops as ReviewShops, MarketSettings as Settings,
    MarketShops as Shops,
};

/// A route, and the permissions over the market of which any one opens it; an empty list is opened by every operator.
pub(crate) const PAGES: &[(&str, &[Permission])] = &[
    ("/ops", &[]),
    ("/ops/find", &[]),
    ("/ops/shops", &[ReviewShops, Shops, Money]),
    ("/ops/shops/{id}", &[ReviewShops, Shops, Money]),
    ("/ops/shops/{id}/review", &[ReviewShops]),
    ("/ops/shops/{id}/deposit", &[Money]),
    ("/ops/shops/{id}/freeze", &[Shops]),
    ("/ops/shops/{id}/unfreeze", &[Shops]),
    ("/ops/goods", &[ReviewGoods]),
    ("/ops/goods/{listing}", &[ReviewGoods]),
    ("/ops/goods/{listing}/review", &[ReviewGoods]),
    ("/ops/orders", &[Orders]),
    ("/ops/orders/{id}", &[Orders]),
    ("/ops/cases", &[Refunds]),
    ("/ops/cases/{id}", &[Refunds]),
    ("/ops/cases/{id}/preview", &[Refunds]),
    ("/ops/cases/{id}/rule", &[Refunds]),
    ("/ops/stuck", &[Money]),
    ("/ops/ledger", &[Money]),
    ("/ops/ledger/{account}", &[Money]),
    ("/ops/entries/{id}", &[Money]),
    ("/ops/things/{id}", &[Orders, Money]),
    ("/ops/timers", &[Settings, Audit]),
    ("/ops/outbox", &[Settings, Audit]),
    ("/ops/audit", &[Audit]),
    ("/ops/settings", &[Settings]),
    ("/ops/settings/{key}", &[Settings]),
    ("/ops/settings/{key}/reset", &[Settings]),
];

/// Routes that no permission opens, and what does.
#[cfg(test)]
const OTHERS: &[(&str, &str)] = &[("/setup/{token}", "the secret link, while nobody runs the market")];

/// What opens a page; none for a route that does not stand in the table, which nobody may open.
pub(crate) fn need(route: &str) -> Option<&'static [Permission]> {
    PAGES.iter().find(|(known, _)| *known == route).map(|(_, need)| *need)
}

/// Whether somebody with these permissions over the market may open a page. Whoever has none is no operator.
pub(crate) fn opens(need: &[Permission], has: &[Permission]) -> bool {
    !has.is_empty() && (need.is_empty() || need.iter().any(|permission| has.contains(permission)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use identity::ScopeKind;
    use std::{collections::BTreeSet, fs, path::Path};

    /// The literals given to `.route(` in the sources of this crate.
    fn routes() -> BTreeSet<String> {
        let mut routes = BTreeSet::new();
        for file in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap() {
            let path = file.unwrap().path();
            if path.ends_with("pages.rs") {
                continue;
            }
            let text = fs::read_to_string(&path).unwrap();
            for (at, begin) in text.match_indices(".route(") {
                let literal = text[at + begin.len()..].trim_start().strip_prefix('"');
                let literal = literal.unwrap_or_else(|| panic!("{}: a route without a literal", path.display()));
                routes.insert(literal.split('"').next().unwrap().to_owned());
            }
        }
        routes
    }

    #[test]
    fn every_route_stands_in_the_table_and_nothing_else_does() {
        let known: BTreeSet<_> =
            PAGES.iter().map(|(route, _)| *route).chain(OTHERS.iter().map(|(route, _)| *route)).collect();
        assert_eq!(known.len(), PAGES.len() + OTHERS.len(), "a route stands in the table once");
        assert_eq!(routes(), known.into_iter().map(str::to_owned).collect());
    }

    #[test]
    fn a_page_is_opened_by_permissions_over_the_market_alone() {
        for (route, need) in PAGES {
            assert!(need.iter().all(|permission| permission.fits(ScopeKind::Market)), "{route}");
            assert!(
                opens(need, &[Orders, Money, Refunds, Shops, ReviewShops, ReviewGoods, Settings, Audit]),
                "{route}"
            );
            assert!(!opens(need, &[]), "{route} is open to everybody");
            assert_eq!(opens(need, &[Permission::MarketImport]), need.is_empty(), "{route}");
        }
        assert!(need("/ops/nowhere").is_none());
    }
}
