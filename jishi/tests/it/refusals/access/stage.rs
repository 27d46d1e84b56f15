//! What stands there before anybody tries. Each answers the raw id of the thing that is tried at.

use super::super::well;
use identity::Token;
use kernel::{Actor, Id, kinds};
use testkit::{Goods, Market, Person, Placed, Shop, cny, days, minutes};

/// Two shops, a buyer with a paid order in the first, and a guest with another.
pub struct Stage {
    pub market: Market,
    pub shop: Shop,
    pub tea: Goods,
    pub rival: Shop,
    pub anna: Person,
    pub placed: Placed,
    pub gina: Person,
    /// A session that somebody has in his hands.
    pub session: Option<Token<kinds::Session>>,
}

/// What else stands there.
pub type Given = fn(&mut Stage) -> i64;

impl Stage {
    pub fn set(market: &Market, given: Given) -> (Stage, i64) {
        let shop = market.shop("tea-house");
        let tea = shop.sells("longjing", cny(88_00)).stock(20);
        let rival = market.shop("china-house");
        let anna = market.buyer("anna");
        let placed = well(anna.has_bought(&[(tea.sku, 2)]));
        let (gina, _) = well(market.guest_buys("gina@example.com", &[(tea.sku, 1)]));
        let mut stage = Stage { market: market.clone(), shop, tea, rival, anna, placed, gina, session: None };
        let thing = given(&mut stage);
        well(market.works());
        (stage, thing)
    }

    pub fn order(&self) -> Id<kinds::Order> {
        self.placed.orders[0]
    }
}

pub fn nothing(_: &mut Stage) -> i64 {
    0
}

pub fn changed_setting(stage: &mut Stage) -> i64 {
    well(stage.market.acts(|tx| market::change(tx, "settle_days", "3")));
    0
}

pub fn unpaid_trade(stage: &mut Stage) -> i64 {
    well(stage.anna.buys(&[(stage.tea.sku, 1)])).trade.raw()
}

pub fn paid_order(stage: &mut Stage) -> i64 {
    stage.order().raw()
}

pub fn parcel(stage: &mut Stage) -> i64 {
    well(stage.shop.ships(stage.order())).raw()
}

pub fn shipped_order(stage: &mut Stage) -> i64 {
    parcel(stage);
    stage.order().raw()
}

/// A case of one of the tins, with the seller.
pub fn case(stage: &mut Stage) -> i64 {
    parcel(stage);
    well(stage.anna.asks_back(stage.order(), &[(1, 1)], "damaged")).case.raw()
}

/// The same case, with the operator.
pub fn escalated_case(stage: &mut Stage) -> i64 {
    let case = case(stage);
    well(stage.shop.disagrees(Id::from_raw(case)));
    case
}

/// Money that the shop may ask for.
pub fn settled(stage: &mut Stage) -> i64 {
    stage.shop.has_bank_account();
    parcel(stage);
    well(stage.anna.confirms(stage.order()));
    well(stage.market.later(days(8)));
    well(flows::payout::gather(stage.market.flows(), stage.shop.id));
    stage.shop.id.raw()
}

/// Money that the shop has and should not have any more.
pub fn overdrawn(stage: &mut Stage) -> i64 {
    let shop = settled(stage);
    well(stage.shop.asks_payout());
    well(stage.market.later(minutes(1)));
    well(stage.shop.gives_back(stage.order(), &[]));
    well(stage.market.later(days(1)));
    well(flows::payout::gather(stage.market.flows(), stage.shop.id));
    shop
}

pub fn draft_quote(stage: &mut Stage) -> i64 {
    well(stage.shop.drafts_quote(&stage.anna, &[(stage.tea.sku, 2, 75_00)])).raw()
}

pub fn open_quote(stage: &mut Stage) -> i64 {
    well(stage.shop.quotes(&stage.anna, &[(stage.tea.sku, 2, 75_00)])).raw()
}

pub fn category(stage: &mut Stage) -> i64 {
    let listing = stage.tea.listing;
    well(stage.market.asks(move |read| catalog::head(read, listing))).category.raw()
}

pub fn draft_listing(stage: &mut Stage) -> i64 {
    let category = Id::from_raw(category(stage));
    well(stage.shop.drafts_goods(stage.shop.id, "puer", category)).raw()
}

pub fn complete_listing(stage: &mut Stage) -> i64 {
    let listing = draft_listing(stage);
    let sku = well(stage.shop.adds_sku(Id::from_raw(listing), "puer-100"));
    well(stage.shop.prices(sku, cny(120_00)));
    listing
}

pub fn listing_in_review(stage: &mut Stage) -> i64 {
    let listing = complete_listing(stage);
    well(stage.shop.submits_goods(Id::from_raw(listing)));
    listing
}

pub fn listed(stage: &mut Stage) -> i64 {
    stage.tea.listing.raw()
}

pub fn delisted(stage: &mut Stage) -> i64 {
    well(stage.shop.delists(stage.tea.listing));
    stage.tea.listing.raw()
}

/// Tea in the buyer's cart.
pub fn in_cart(stage: &mut Stage) -> i64 {
    well(stage.anna.puts_in_cart(stage.tea.sku, 2));
    stage.tea.sku.raw()
}

/// An address of the buyer's.
pub fn address(stage: &mut Stage) -> i64 {
    well(stage.anna.notes_address(well(testkit::address_of("Anna")))).raw()
}

/// An account that the shop's merchant is paid to.
pub fn bank_account(stage: &mut Stage) -> i64 {
    stage.shop.has_bank_account().raw()
}

pub fn sku(stage: &mut Stage) -> i64 {
    stage.tea.sku.raw()
}

pub fn shop(stage: &mut Stage) -> i64 {
    stage.shop.id.raw()
}

pub fn frozen_shop(stage: &mut Stage) -> i64 {
    well(stage.market.operator().freezes(stage.shop.id));
    stage.shop.id.raw()
}

fn applicant(stage: &mut Stage, steps: usize) -> i64 {
    let (_, applied) = stage.market.applicant("rice-house", steps);
    stage.shop = stage.market.shop_of(applied.shop);
    applied.shop.raw()
}

pub fn applied(stage: &mut Stage) -> i64 {
    applicant(stage, 0)
}

pub fn handed_in(stage: &mut Stage) -> i64 {
    applicant(stage, 1)
}

pub fn approved(stage: &mut Stage) -> i64 {
    applicant(stage, 2)
}

pub fn signed(stage: &mut Stage) -> i64 {
    applicant(stage, 3)
}

pub fn ready_to_open(stage: &mut Stage) -> i64 {
    applicant(stage, 4)
}

/// An open session of the buyer's.
pub fn session(stage: &mut Stage) -> i64 {
    let token = well(stage.anna.logs_in("anna@example.com", testkit::PASSWORD));
    let session = token.id.raw();
    stage.session = Some(token);
    session
}

/// The guest of the table.
pub fn guest(stage: &mut Stage) -> i64 {
    stage.gina.id.raw()
}

/// A guest who is none of those who try.
pub fn another_guest(stage: &mut Stage) -> i64 {
    well(stage.market.guest_buys("hans@example.com", &[(stage.tea.sku, 1)])).0.id.raw()
}

/// A guest with something in his cart.
pub fn guest_with_cart(stage: &mut Stage) -> i64 {
    let (guest, goods) = (another_guest(stage), stage.tea.clone());
    let put = move |tx: &mut store::Tx| {
        let units = kernel::Units::new(2)?;
        let put = cart::Put { sku: goods.sku, listing: goods.listing, shop: goods.shop, units, seen_price: cny(88_00) };
        let limits = flows::register::cart_limits(&market::settings(tx)?);
        cart::put(tx, Id::from_raw(guest), put, limits)
    };
    well(stage.market.acts(put));
    let hans = stage.market.person(Actor::Guest(Id::from_raw(guest)));
    stage.session = Some(well(flows::checkout::guest_link(stage.market.store(), &hans.cx(), hans.id)));
    guest
}
