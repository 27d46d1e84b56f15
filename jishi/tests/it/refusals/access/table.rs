//! The table: who may do what.

use super::stage::{self, Given, Stage};
use flows::{
    open_shop::ByHand,
    payout::PayoutWish,
    stocking::{Count, Receipt},
};
use identity::{Permission as P, Secret, Token};
use kernel::{Currency, Id, Kind, Result, Text, Units, kinds};
use merchant::{MerchantKind, ShopForm, Verdict};
use testkit::{Person, cny};

/// An act, and what each of [`super::WHO`] is told who tries it.
pub struct Row {
    pub act: &'static str,
    /// The permission that it takes; [`P::Buy`] where it is done to one's own.
    pub needs: P,
    /// One sign for each: see [`meaning`]; a point for who may.
    pub said: &'static str,
    pub given: Given,
    pub does: fn(&Person, &Stage, i64) -> Result<()>,
}

/// The code and the kind of a refusal.
pub fn meaning(sign: &str) -> (&'static str, Kind) {
    match sign {
        "L" => ("login_needed", Kind::Unauthenticated),
        "P" => ("permission_missing", Kind::Forbidden),
        "N" => ("not_found", Kind::Hidden),
        "S" => ("already_set_up", Kind::Conflict),
        "M" => ("not_found", Kind::Missing),
        "C" => ("not_in_cart", Kind::Missing),
        other => panic!("nobody knows what {other} means"),
    }
}

//                           nobody
//                           | buyer
//                           | | another buyer
//                           | | | a guest
//                           | | | | owner
//                           | | | | | staff
//                           | | | | | | other staff
//                           | | | | | | | former staff
//                           | | | | | | | | owner of another shop
//                           | | | | | | | | | operator
//                           | | | | | | | | | | other operator
//                           | | | | | | | | | | | key
//                           | | | | | | | | | | | | other key
/// Anybody does it, for himself.
const ANYBODY: &str = ". . . . . . . . . . . . .";
/// Anybody does it for himself; a key only where it is for that.
const FOR_ONESELF: &str = ". . . . . . . . . . . . P";
/// Whoever is somebody does it, for himself; a key only where it is for that.
const FOR_ONESELF_KNOWN: &str = "L . . . . . . . . . . . P";
/// It is the buyer's; to others it does not exist.
const BUYERS: &str = "L . N N N N N N N N N . P";
/// It is a thing of the shop's of which others may know.
const SHOPS: &str = "L P P L . . P P P P P . P";
/// It is a thing of the shop's that does not exist for others.
const SHOPS_OWN: &str = "L N N L . . N N N N N . N";
/// It is its merchant's, and none of those who work in the shop have a part in it.
const MERCHANTS: &str = "L P P L . P P P P P P . P";
/// It is the market's.
const MARKETS: &str = "L P P L P P P P P . P . P";
/// It was done once and for all, and nobody does it again.
const NOBODY: &str = "S S S S S S S S S S S S S";

const fn row(
    act: &'static str,
    needs: P,
    said: &'static str,
    given: Given,
    does: fn(&Person, &Stage, i64) -> Result<()>,
) -> Row {
    Row { act, needs, said, given, does }
}

fn id<K>(raw: i64) -> Id<K> {
    Id::from_raw(raw)
}

fn mail(person: &Person) -> String {
    format!("new-{}@example.com", person.cx().request.replace(' ', "-"))
}

type Session = Token<kinds::Session>;

fn brings(person: &Person, stage: &Stage, shows: fn(Session) -> Session) -> Result<()> {
    let session = stage.session.clone().expect("somebody has a session");
    flows::register::bring_cart(stage.market.store(), &person.cx(), shows(session)).wait()
}

pub fn people_acts() -> Vec<Row> {
    vec![
        row("identity.register", P::Buy, ANYBODY, stage::nothing, |person, stage, _| {
            let new = flows::register::NewPerson {
                login: mail(person).parse()?,
                name: Text::new("new")?,
                password: identity::Password::new(testkit::PASSWORD)?,
                locale: kernel::Locale::Zh,
            };
            flows::register::register(stage.market.store(), &person.cx(), new).map(drop)
        }),
        row("identity.log_in", P::Buy, ANYBODY, stage::nothing, |person, _, _| {
            person.logs_in("anna@example.com", testkit::PASSWORD).map(drop)
        }),
        row("identity.log_out", P::Buy, BUYERS, stage::session, |person, _, session| person.logs_out(id(session))),
        row("identity.verify", P::Buy, BUYERS, stage::nothing, |person, stage, _| {
            let login = "anna@example.com".parse()?;
            flows::register::verified(stage.market.store(), &person.cx(), stage.anna.id, login).wait().map(drop)
        }),
        row("identity.guest_link", P::Buy, "L N N . N N N N N N N N P", stage::guest, |person, stage, guest| {
            flows::checkout::guest_link(stage.market.store(), &person.cx(), id(guest)).map(drop)
        }),
        row(
            "identity.guest_link",
            P::Buy,
            "L N N N N N N N N N N N P",
            stage::another_guest,
            |person, stage, guest| flows::checkout::guest_link(stage.market.store(), &person.cx(), id(guest)).map(drop),
        ),
        row("identity.add_address", P::Buy, FOR_ONESELF_KNOWN, stage::nothing, |person, _, _| {
            person.notes_address(testkit::address_of("somebody")?).map(drop)
        }),
        row("identity.remove_address", P::Buy, BUYERS, stage::address, |person, _, address| {
            person.wipes_address(id(address))
        }),
        // Who has the guest's session is the guest; a made-up one and a person's own open no guest's cart.
        row("cart.merge", P::Buy, "L . . L . . . . . . . L L", stage::guest_with_cart, |person, stage, _| {
            brings(person, stage, |token| token)
        }),
        row("cart.merge", P::Buy, "L N N L N N N N N N N L L", stage::guest_with_cart, |person, stage, _| {
            brings(person, stage, |token| Token::new(token.id, Secret::new([7; 32])))
        }),
        row("cart.merge", P::Buy, "L N N L N N N N N N N L L", stage::session, |person, stage, _| {
            brings(person, stage, |token| token)
        }),
    ]
}

pub fn buying() -> Vec<Row> {
    vec![
        // Who is somebody has a cart already.
        row("cart.begin", P::Buy, ". M M M M M M M M M M M M", stage::nothing, |person, _, _| {
            person.begins_as_guest().map(drop)
        }),
        row("cart.put", P::Buy, FOR_ONESELF_KNOWN, stage::sku, |person, _, sku| {
            person.puts_in_cart(id(sku), 1).map(drop)
        }),
        // Everybody has a cart of his own, and in those of the others nothing lies.
        row("cart.save", P::Buy, "L . C C C C C C C C C . P", stage::in_cart, |person, _, sku| {
            person.saves_for_later(id(sku))
        }),
        row("cart.remove", P::Buy, "L . C C C C C C C C C . P", stage::in_cart, |person, _, sku| {
            person.takes_out_of_cart(id(sku))
        }),
        row("order.checkout", P::Buy, FOR_ONESELF, stage::nothing, |person, stage, _| {
            person.buys(&[(stage.tea.sku, 1)]).map(drop)
        }),
        row("order.cancel_unpaid", P::Buy, BUYERS, stage::unpaid_trade, |person, _, trade| person.cancels(id(trade))),
        row("payment.intend", P::Buy, BUYERS, stage::unpaid_trade, |person, _, trade| {
            person.opens_payment(id(trade)).map(drop)
        }),
        row("order.confirm", P::Buy, BUYERS, stage::shipped_order, |person, _, order| person.confirms(id(order))),
        row("order.extend", P::Buy, BUYERS, stage::shipped_order, |person, _, order| person.extends(id(order))),
    ]
}

pub fn selling() -> Vec<Row> {
    vec![
        row("order.ship", P::ShopOrders, SHOPS_OWN, stage::paid_order, |person, _, order| {
            person.ships(id(order)).map(drop)
        }),
        row("delivery.track", P::ShopOrders, SHOPS_OWN, stage::parcel, |person, _, parcel| {
            person.hears_scan(id(parcel), delivery::State::PickedUp)
        }),
    ]
}

pub fn refunds() -> Vec<Row> {
    vec![
        row("refund.ask", P::Buy, BUYERS, stage::paid_order, |person, _, order| {
            person.asks_back(id(order), &[(1, 1)], "changed_mind").map(drop)
        }),
        row("refund.withdraw", P::Buy, BUYERS, stage::case, |person, _, case| person.withdraws_case(id(case))),
        row("refund.grant", P::ShopRefunds, SHOPS_OWN, stage::paid_order, |person, _, order| {
            person.gives_back(id(order), &[(1, 1)]).map(drop)
        }),
        row("refund.agree", P::ShopRefunds, SHOPS_OWN, stage::case, |person, _, case| {
            person.agrees(id(case)).map(drop)
        }),
        row("refund.refuse", P::ShopRefunds, SHOPS_OWN, stage::case, |person, _, case| person.disagrees(id(case))),
        row("refund.rule", P::MarketRefunds, MARKETS, stage::escalated_case, |person, _, case| {
            person.rules(id(case), true)
        }),
    ]
}

pub fn quotations() -> Vec<Row> {
    vec![
        row("quotation.draft", P::ShopQuotations, SHOPS, stage::nothing, |person, stage, _| {
            let shop = stage.shop.by(person);
            shop.drafts_quote(&stage.anna, &[(stage.tea.sku, 1, 75_00)]).map(drop)
        }),
        row("quotation.offer", P::ShopQuotations, SHOPS, stage::nothing, |person, stage, _| {
            stage.shop.by(person).quotes(&stage.anna, &[(stage.tea.sku, 1, 75_00)]).map(drop)
        }),
        row("quotation.send", P::ShopQuotations, SHOPS_OWN, stage::draft_quote, |person, _, quote| {
            person.sends_quote(id(quote))
        }),
        row("quotation.withdraw", P::ShopQuotations, SHOPS_OWN, stage::open_quote, |person, _, quote| {
            person.withdraws_quote(id(quote))
        }),
        row("quotation.accept", P::Buy, BUYERS, stage::open_quote, |person, _, quote| {
            person.accepts(id(quote)).map(drop)
        }),
        row("quotation.decline", P::Buy, BUYERS, stage::open_quote, |person, _, quote| person.declines(id(quote))),
    ]
}

pub fn shops() -> Vec<Row> {
    vec![
        row("shop.apply", P::Buy, "L . . L . . . . . . . . P", stage::nothing, |person, _, _| {
            person.applies("new-house").map(drop)
        }),
        row("shop.submit", P::ShopSettings, SHOPS, stage::applied, |person, _, shop| person.submits_shop(id(shop))),
        row("shop.sign", P::ShopSettings, SHOPS, stage::approved, |person, _, shop| person.signs(id(shop))),
        row("shop.open", P::ShopSettings, SHOPS, stage::ready_to_open, |person, _, shop| person.opens(id(shop))),
        row("shop.staff", P::ShopStaff, SHOPS, stage::shop, |person, stage, shop| {
            person.changes_staff(id(shop), &stage.anna, P::ShopMoney, true)
        }),
        row("shop.freight", P::ShopSettings, SHOPS, stage::shop, |person, _, shop| {
            person.sets_freight(id(shop), delivery::Freight { fee: cny(8_00), free_over: None })
        }),
        row("shop.paper", P::MerchantPapers, MERCHANTS, stage::shop, |person, _, shop| {
            person.hands_in(id(shop), testkit::trademark("TM1")?)
        }),
        row("shop.bank_account", P::MerchantBank, MERCHANTS, stage::shop, |person, stage, shop| {
            let merchant = stage.shop.merchant;
            let holder = stage.market.asks(move |read| merchant::legal_name(read, merchant))?;
            person.names_account(id(shop), &holder, "6222 0000 0000 0002").map(drop)
        }),
        row("shop.bank_account_out", P::MerchantBank, MERCHANTS, stage::bank_account, |person, stage, account| {
            person.drops_account(stage.shop.id, id(account))
        }),
        row("shop.review", P::MarketReviewShops, MARKETS, stage::handed_in, |person, _, shop| {
            person.reviews_shop(id(shop), Verdict::Approve { deposit: None })
        }),
        row("shop.deposit", P::MarketMoney, MARKETS, stage::signed, |person, _, shop| {
            person.records_deposit(id(shop), cny(1_00)).map(drop)
        }),
        row("shop.freeze", P::MarketShops, MARKETS, stage::shop, |person, _, shop| person.freezes(id(shop))),
        row("shop.unfreeze", P::MarketShops, MARKETS, stage::frozen_shop, |person, _, shop| person.unfreezes(id(shop))),
        row("shop.open_by_hand", P::MarketShops, MARKETS, stage::nothing, |person, stage, _| {
            let form = ShopForm { slug: "new-house".parse()?, name: Text::new("new")?, currency: Currency::CNY };
            let by_hand = ByHand { kind: MerchantKind::Enterprise, form, owner: Text::new("zhang")? };
            flows::open_shop::open_by_hand(stage.market.store(), &person.cx(), by_hand).wait().map(drop)
        }),
    ]
}

pub fn goods() -> Vec<Row> {
    vec![
        row("goods.draft", P::ShopGoods, SHOPS, stage::category, |person, stage, category| {
            person.drafts_goods(stage.shop.id, "puer", id(category)).map(drop)
        }),
        row("goods.write", P::ShopGoods, SHOPS, stage::category, |person, stage, category| {
            person.writes_goods(stage.shop.id, testkit::sheet(id(category), "puer")?).map(drop)
        }),
        row("goods.edit", P::ShopGoods, SHOPS, stage::listed, |person, stage, listing| {
            let tea = id(listing);
            let category = stage.market.asks(move |read| catalog::head(read, tea))?.category;
            person.rewrites_goods(tea, testkit::sheet(category, "old puer")?)
        }),
        row("goods.switch", P::ShopGoods, SHOPS, stage::sku, |person, _, sku| {
            person.switches(id(sku), catalog::SkuState::Off)
        }),
        row("goods.add_sku", P::ShopGoods, SHOPS, stage::draft_listing, |person, _, listing| {
            person.adds_sku(id(listing), "puer-100").map(drop)
        }),
        row("goods.price", P::ShopGoods, SHOPS, stage::sku, |person, _, sku| person.prices(id(sku), cny(1_00))),
        row("goods.submit", P::ShopGoods, SHOPS, stage::complete_listing, |person, _, listing| {
            person.submits_goods(id(listing))
        }),
        row("goods.review", P::MarketReviewGoods, MARKETS, stage::listing_in_review, |person, stage, raw| {
            let listing = id(raw);
            let version = stage.market.asks(move |read| catalog::head(read, listing))?.version;
            person.reviews_goods(listing, version, true)
        }),
        row("goods.list", P::ShopGoods, SHOPS, stage::delisted, |person, _, listing| person.lists(id(listing))),
        row("goods.delist", P::ShopGoods, SHOPS, stage::listed, |person, _, listing| person.delists(id(listing))),
        // A shop's own people may, and so may whoever imports for the market: by his hand it is listed at once.
        row("goods.import", P::ShopGoods, "L P P L . . P P P . P . P", stage::shop, |person, _, shop| {
            person.imports(id(shop), "puer", cny(120_00)).map(drop)
        }),
        row("goods.import", P::MarketImport, "L P P L . . P P P . P . P", stage::shop, |person, _, shop| {
            person.imports(id(shop), "puer", cny(120_00)).map(drop)
        }),
    ]
}

pub fn stocks() -> Vec<Row> {
    vec![
        row("stock.receive", P::ShopStock, SHOPS, stage::sku, |person, stage, sku| {
            let receipt = Receipt { shop: stage.shop.id, lines: vec![(id(sku), Units::new(1)?)] };
            flows::stocking::receive(stage.market.store(), &person.cx(), receipt).wait()
        }),
        row("stock.correct", P::ShopStock, SHOPS, stage::sku, |person, stage, sku| {
            let count = Count { shop: stage.shop.id, sku: id(sku), on_hand: 7 };
            flows::stocking::correct(stage.market.store(), &person.cx(), count).wait()
        }),
    ]
}

pub fn money() -> Vec<Row> {
    vec![
        row("payout.ask", P::ShopMoney, SHOPS, stage::settled, |person, stage, shop| {
            let wish = PayoutWish { shop: id(shop), amount: None };
            flows::payout::ask(stage.market.flows(), &person.cx(), wish).map(drop)
        }),
        row("payout.cover_debts", P::MarketMoney, MARKETS, stage::overdrawn, |person, stage, shop| {
            flows::payout::cover_debts(stage.market.flows(), &person.cx(), id(shop))
        }),
    ]
}

pub fn market_acts() -> Vec<Row> {
    vec![
        row("setting.change", P::MarketSettings, MARKETS, stage::nothing, |person, stage, _| {
            let (key, value) = ("settle_days".to_owned(), "3".to_owned());
            flows::settings::change(stage.market.store(), &person.cx(), key, value).wait()
        }),
        row("setting.reset", P::MarketSettings, MARKETS, stage::changed_setting, |person, stage, _| {
            flows::settings::reset(stage.market.store(), &person.cx(), "settle_days".to_owned()).wait()
        }),
        row("market.set_up", P::MarketSettings, NOBODY, stage::nothing, |person, stage, _| {
            let login = mail(person);
            flows::set_up::set_up(stage.market.store(), &person.cx(), testkit::set_up(&login)?).map(drop)
        }),
    ]
}
