//! Everybody with a browser, and every page that his links lead to.

use super::{Visitor, html, session};
use crate::{
    refusals::access::stage::{self, Stage},
    serving,
};
use jishi::serve::Running;
use std::collections::{BTreeMap, VecDeque};
use testkit::{Market, Person};

/// How many pages of one person are looked at.
const PAGES_MAX: usize = 120;

/// A market in which something stands on every page, with everybody who looks at it.
pub(super) struct Street {
    pub running: Running,
    /// Their names, their browsers, and where they begin.
    pub people: Vec<(&'static str, Visitor, Vec<String>)>,
}

/// Things in every state that a page shows: goods in review, a case with the operator, a quotation, an applicant's shop.
pub(super) fn street(market: &Market) -> Street {
    let (mut stage, _) = Stage::set(market, stage::nothing);
    stage.shop.has_bank_account();
    stage::listing_in_review(&mut stage);
    stage::open_quote(&mut stage);
    stage::draft_quote(&mut stage);
    stage::in_cart(&mut stage);
    stage::address(&mut stage);
    let shipped = stage.anna.has_bought(&[(stage.tea.sku, 1)]).unwrap().orders[0];
    stage.shop.ships(shipped).unwrap();
    let disputed = stage.anna.has_bought(&[(stage.tea.sku, 2)]).unwrap().orders[0];
    stage.shop.ships(disputed).unwrap();
    let case = stage.anna.asks_back(disputed, &[(1, 1)], "damaged").unwrap().case;
    stage.shop.disagrees(case).unwrap();
    let asked = stage.anna.has_bought(&[(stage.tea.sku, 2)]).unwrap().orders[0];
    stage.shop.ships(asked).unwrap();
    stage.anna.asks_back(asked, &[(1, 1)], "damaged").unwrap();
    let unpaid = stage.anna.buys(&[(stage.tea.sku, 1)]).unwrap().trade;
    let (zhang, _) = market.applicant("rice-house", 0);
    let (li, handed_in) = market.applicant("silk-house", 1);
    let (wang, signed) = market.applicant("ink-house", 3);
    market.works().unwrap();
    let running = serving::up(market);
    let operator = market.operator();
    let at = |paths: &[&str]| paths.iter().map(|path| (*path).to_owned()).collect::<Vec<_>>();
    let mut ops = at(&["/ops", "/ops/settings", "/ops/shops", "/ops/goods", "/ops/cases", "/ops/audit", "/ops/find"]);
    ops.extend([handed_in.shop, signed.shop, stage.shop.id].map(|shop| format!("/ops/shops/{shop}")));
    ops.push(format!("/ops/cases/{case}"));
    let mut annas =
        at(&["/", "/cart", "/checkout", "/orders", "/quotations", "/account", "/account/addresses", "/sell/apply"]);
    annas.push(format!("/trades/{unpaid}/pay"));
    annas.push(format!("/orders/{shipped}/refund"));
    annas.push(format!("/goods/{}", stage.tea.listing));
    annas.push("/sell/apply?kind=personal".to_owned());
    let checkout = format!("/checkout?sku={}&units=1", stage.tea.sku);
    let nobodys =
        [at(&["/", "/search", "/login", "/register", "/categories", "/shops/tea-house"]), vec![checkout.clone()]]
            .concat();
    let shops = at(&[
        "/seller/tea-house",
        "/seller/tea-house/goods/new",
        "/seller/tea-house/settings",
        "/seller/tea-house/money",
    ]);
    let shops = [shops, vec![format!("/seller/tea-house/orders/{}", stage.order())]].concat();
    let comes = |person: &Person| Visitor::person(&running, person);
    let people = vec![
        ("nobody", Visitor::nobody(&running), nobodys),
        ("a buyer", comes(&stage.anna), annas),
        ("a guest", comes(&stage.gina), [at(&["/orders", "/account/addresses"]), vec![checkout]].concat()),
        ("a shop's owner", comes(stage.shop.person()), shops),
        ("an applicant", comes(&zhang), at(&["/seller/rice-house"])),
        ("one in review", comes(&li), at(&["/seller/silk-house"])),
        ("one who has signed", comes(&wang), at(&["/seller/ink-house"])),
        ("the operator", comes(&operator), ops),
    ];
    // Held here, so that a person whose session does not open is no silent nobody.
    assert!(!session(&operator).is_empty());
    Street { running, people }
}

/// An address without its ids, so that one page of each sort is looked at.
pub(super) fn sort_of(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let part = |part: &str| if part.contains('_') && part.len() > 12 { "{}".to_owned() } else { part.to_owned() };
    let path: Vec<String> = path.split('/').map(part).collect();
    let names: Vec<&str> = query.split('&').map(|pair| pair.split('=').next().unwrap_or_default()).collect();
    format!("{}?{}", path.join("/"), names.join("&"))
}

/// Every sort of page that somebody's links lead to, with what stands on it.
pub(super) fn pages(visitor: &Visitor, begin: &[String]) -> BTreeMap<String, String> {
    let mut waiting: VecDeque<String> = begin.iter().cloned().collect();
    let (mut seen, mut found) = (std::collections::BTreeSet::new(), BTreeMap::new());
    while let Some(path) = waiting.pop_front() {
        let is_page = !["/static", "/pictures", "/openapi", "/sandbox"].iter().any(|other| path.starts_with(other));
        if !is_page || !seen.insert(sort_of(&path)) || found.len() >= PAGES_MAX {
            continue;
        }
        let said = visitor.gets(&path);
        assert!(said.status < 500, "{path}: {} {}", said.status, said.body);
        if (300..400).contains(&said.status) && said.location.starts_with('/') {
            waiting.push_back(said.location);
            continue;
        }
        waiting.extend(html::links(&said.body));
        found.insert(path, said.body);
    }
    found
}
