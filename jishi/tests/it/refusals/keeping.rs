//! What cannot be kept: in a cart, in an address book, for a shop.

use super::{Street, street};
use catalog::SkuState;
use delivery::Freight;
use kernel::{Actor, Currency, Id, Kind, Money, Result, Text, kinds};
use merchant::PaperKind;
use testkit::{Market, PASSWORD, Shop, address_of, cny, days, trademark};

testkit::stories![
    a_cart_takes_what_is_on_sale,
    a_cart_takes_so_much_and_no_more,
    a_cart_is_ones_own,
    whoever_is_somebody_begins_no_cart,
    an_address_book_holds_so_much_and_no_more,
    an_address_is_ones_own,
    a_paper_is_what_it_says,
    an_account_is_the_merchants_own,
    sending_costs_something_in_the_shops_currency,
];

fn unlike<K>(id: Id<K>) -> Id<K> {
    Id::from_raw(id.raw() + (1 << 40))
}

fn a_cart_takes_what_is_on_sale(market: &Market) -> Result<()> {
    let Street { shop, tea, anna } = street(market);
    market.refuses("unknown_sku", || anna.puts_in_cart(unlike(tea.sku), 1));
    market.refuses("login_needed", || market.anyone().puts_in_cart(tea.sku, 1));
    let category = market.asks(move |read| catalog::head(read, tea.listing))?.category;
    let draft = shop.drafts_goods(shop.id, "puer", category)?;
    let puer = shop.adds_sku(draft, "puer-100")?;
    market.refuses("listing_not_listed", || anna.puts_in_cart(puer, 1));
    shop.switches(tea.sku, SkuState::Off)?;
    market.refuses("sku_delisted", || anna.puts_in_cart(tea.sku, 1));
    shop.switches(tea.sku, SkuState::OnSale)?;
    shop.delists(tea.listing)?;
    market.refuses("listing_not_listed", || anna.puts_in_cart(tea.sku, 1));
    shop.lists(tea.listing)?;
    market.operator().freezes(shop.id)?;
    market.refuses("shop_frozen", || anna.puts_in_cart(tea.sku, 1));
    market.operator().unfreezes(shop.id)?;
    // A variant without a price, in goods that are on sale.
    let bare = shop.adds_sku(tea.listing, "longjing-bare")?;
    let version = market.asks(move |read| catalog::head(read, tea.listing))?.version;
    market.operator().reviews_goods(tea.listing, version, true)?;
    market.refuses("price_missing", || anna.puts_in_cart(bare, 1));
    // What is sold out is wanted all the same: the page says so, and checkout decides.
    let seen = anna.puts_in_cart(tea.sku, 1_000)?;
    assert_eq!(seen, 1);
    Ok(())
}

fn a_cart_takes_so_much_and_no_more(market: &Market) -> Result<()> {
    let Street { shop, tea, anna } = street(market);
    for units in [0, -1, i64::MIN] {
        market.refuses("out_of_range", || anna.puts_in_cart(tea.sku, units));
    }
    for units in [1_000_001, i64::MAX] {
        market.refuses("too_large", || anna.puts_in_cart(tea.sku, units));
    }
    anna.puts_in_cart(tea.sku, 1_000_000)?;
    market.set("line_units_max", "10");
    market.refuses("too_large", || anna.puts_in_cart(tea.sku, 11));
    assert_eq!(anna.puts_in_cart(tea.sku, 10)?, 1);
    market.set("cart_lines_max", "2");
    let (cup, pot) = (shop.sells("cup", cny(5_00)), shop.sells("pot", cny(50_00)));
    assert_eq!(anna.puts_in_cart(cup.sku, 1)?, 2);
    market.refuses("too_many", || anna.puts_in_cart(pot.sku, 1));
    // More of what is in it is no line more, and a line that is kept for later is none.
    assert_eq!(anna.puts_in_cart(cup.sku, 9)?, 2);
    anna.saves_for_later(cup.sku)?;
    anna.puts_in_cart(pot.sku, 1)?;
    market.refuses("too_many", || anna.puts_in_cart(cup.sku, 1));
    Ok(())
}

fn a_cart_is_ones_own(market: &Market) -> Result<()> {
    let Street { tea, anna, .. } = street(market);
    let bert = market.buyer("bert");
    anna.puts_in_cart(tea.sku, 2)?;
    for other in [unlike(tea.sku), tea.sku] {
        market.refuses("not_in_cart", || bert.takes_out_of_cart(other));
        market.refuses("not_in_cart", || bert.saves_for_later(other));
    }
    market.refuses("not_in_cart", || anna.takes_out_of_cart(unlike(tea.sku)));
    market.refuses("login_needed", || market.anyone().takes_out_of_cart(tea.sku));
    market.refuses("login_needed", || market.anyone().saves_for_later(tea.sku));
    anna.saves_for_later(tea.sku)?;
    market.refuses("not_in_cart", || anna.saves_for_later(tea.sku));
    anna.takes_out_of_cart(tea.sku)?;
    market.refuses("not_in_cart", || anna.takes_out_of_cart(tea.sku));
    Ok(())
}

fn whoever_is_somebody_begins_no_cart(market: &Market) -> Result<()> {
    let Street { shop, tea, anna } = street(market);
    market.refuses("not_found", || anna.begins_as_guest());
    market.refuses("not_found", || shop.begins_as_guest());
    let (session, now) = (market.anyone().begins_as_guest()?, market.now());
    let token = session.to_string();
    let open = market.asks(move |read| identity::session(read, &token, now))?.expect("it was opened just now");
    assert!(matches!(open.actor(), Actor::Guest(_)));
    let guest = market.person(open.actor());
    market.refuses("not_found", || guest.begins_as_guest());
    guest.puts_in_cart(tea.sku, 2)?;
    // What the guest wanted is his who logs in, and only with the guest's session.
    let made_up = identity::Token::new(session.id, identity::Secret::new([7; 32]));
    let brings = |token| flows::register::bring_cart(market.store(), &anna.cx(), token).wait();
    market.refuses("not_found", || brings(made_up));
    brings(session)?;
    assert_eq!(anna.puts_in_cart(tea.sku, 2)?, 1);
    market.refuses("not_in_cart", || guest.takes_out_of_cart(tea.sku));
    anna.logs_in("anna@example.com", PASSWORD).map(drop)
}

fn an_address_book_holds_so_much_and_no_more(market: &Market) -> Result<()> {
    let anna = market.buyer("anna");
    for country in ["cn", "C", "1N", "C ", "中"] {
        let form = identity::AddressForm { country: Text::new(country)?, ..address_of("Anna")? };
        market.refuses("malformed", || anna.notes_address(form));
    }
    market.refuses("too_long", || anna.notes_address(address_of(&"a".repeat(101))?));
    market.refuses("required", || anna.notes_address(address_of(" ")?));
    market.refuses("not_text", || anna.notes_address(address_of("Anna\u{0}")?));
    market.refuses("login_needed", || market.anyone().notes_address(address_of("Anna")?));
    let notes = || anna.notes_address(address_of("Anna")?);
    let first = notes()?;
    (1..50).try_for_each(|_| notes().map(drop))?;
    market.refuses("too_many", notes);
    anna.wipes_address(first)?;
    notes()?;
    market.refuses("too_many", notes);
    Ok(())
}

fn an_address_is_ones_own(market: &Market) -> Result<()> {
    let (anna, bert) = (market.buyer("anna"), market.buyer("bert"));
    let annas = anna.notes_address(address_of("Anna")?)?;
    let theirs = market.refuses("not_found", || bert.wipes_address(annas));
    let none = market.refuses("not_found", || bert.wipes_address(unlike(annas)));
    assert_eq!(theirs.to_string(), none.to_string());
    assert_eq!((theirs.kind(), none.kind()), (Some(Kind::Hidden), Some(Kind::Missing)));
    market.refuses("login_needed", || market.anyone().wipes_address(annas));
    anna.wipes_address(annas)?;
    market.refuses("not_found", || anna.wipes_address(annas));
    Ok(())
}

fn a_paper_is_what_it_says(market: &Market) -> Result<()> {
    let Street { shop, .. } = street(market);
    for (kind, number) in [
        (PaperKind::IdCard, "110105194912310021"),
        (PaperKind::IdCard, "11010519491231002"),
        (PaperKind::Licence, "91350100M000100Y44"),
        (PaperKind::Licence, "91350100M000100Y4"),
    ] {
        let paper = merchant::Paper { kind, ..trademark(number)? };
        market.refuses("check_digit_wrong", || shop.hands_in(shop.id, paper));
    }
    let abroad = merchant::Paper { country: Text::new("cn")?, ..trademark("TM1")? };
    market.refuses("malformed", || shop.hands_in(shop.id, abroad));
    market.refuses("too_long", || shop.hands_in(shop.id, trademark(&"1".repeat(61))?));
    market.refuses("required", || shop.hands_in(shop.id, trademark("")?));
    market.refuses("not_found", || shop.hands_in(unlike(shop.id), trademark("TM1")?));
    let rival = market.shop("china-house");
    market.refuses("permission_missing", || shop.hands_in(rival.id, trademark("TM1")?));
    shop.hands_in(shop.id, trademark("TM1")?)
}

fn legal_name(market: &Market, shop: &Shop) -> Result<String> {
    let merchant = shop.merchant;
    market.asks(move |read| merchant::legal_name(read, merchant))
}

fn an_account_is_the_merchants_own(market: &Market) -> Result<()> {
    let (Street { shop, .. }, rival) = (street(market), market.shop("china-house"));
    let (ours, theirs) = (legal_name(market, &shop)?, legal_name(market, &rival)?);
    let names = |holder: &str, number: &str| shop.names_account(shop.id, holder, number);
    for holder in [theirs.as_str(), "somebody", &format!("{ours}.")] {
        market.refuses("account_name_mismatch", || names(holder, "6222 0000 0000 0001"));
    }
    for number in ["12345", "1234567890123456789012345678901234567890", "6222/0000", "六二二二零零零"] {
        market.refuses("malformed", || names(&ours, number));
    }
    market.refuses("too_long", || names(&ours, &"1".repeat(61)));
    market.refuses("required", || names(&ours, " "));
    market.refuses("not_found", || shop.names_account(unlike(shop.id), &ours, "6222 0000 0000 0001"));
    let other = rival.names_account(rival.id, &theirs, "6222 0000 0000 0009")?;
    market.refuses("not_found", || shop.drops_account(shop.id, other));
    market.refuses("not_found", || shop.drops_account(shop.id, unlike(other)));
    market.refuses("permission_missing", || shop.drops_account(rival.id, other));
    let first = names(&ours, "6222 0000 0000 0000")?;
    (1..10).try_for_each(|n| names(&ours, &format!("6222 0000 0000 000{n}")).map(drop))?;
    market.refuses("too_many", || names(&ours, "6222 0000 0000 0010"));
    shop.drops_account(shop.id, first)?;
    names(&ours, "6222 0000 0000 0010")?;
    // One that is out of use stays so, and makes no room for another.
    shop.drops_account(shop.id, first)?;
    market.refuses("too_many", || names(&ours, "6222 0000 0000 0011"));
    // Nothing is paid out to a merchant who took his last account out of use.
    market.later(days(3))?;
    rival.drops_account(rival.id, other)?;
    market.refuses("no_bank_account", || rival.asks_payout());
    Ok(())
}

fn sending_costs_something_in_the_shops_currency(market: &Market) -> Result<()> {
    let Street { shop, tea, anna } = street(market);
    let sets = |fee, free_over| shop.sets_freight(shop.id, Freight { fee, free_over });
    let dollars = |minor| Money::new(minor, Currency::USD);
    market.refuses("currency_mismatch", || sets(dollars(8_00), None));
    market.refuses("currency_mismatch", || sets(dollars(8_00), Some(dollars(99_00))));
    market.refuses("currency_mismatch", || sets(cny(8_00), Some(dollars(99_00))));
    for minor in [-1, i64::MIN] {
        market.refuses("out_of_range", || sets(cny(minor), None));
        market.refuses("out_of_range", || sets(cny(8_00), Some(cny(minor))));
    }
    let unknown: Id<kinds::Shop> = unlike(shop.id);
    let freight = Freight { fee: cny(8_00), free_over: None };
    market.refuses("permission_missing", || shop.sets_freight(unknown, freight));
    let before = anna.buys(&[(tea.sku, 1)])?;
    sets(cny(8_00), Some(cny(176_00)))?;
    assert_eq!(anna.buys(&[(tea.sku, 1)])?.amount, cny(96_00));
    assert_eq!(anna.buys(&[(tea.sku, 2)])?.amount, cny(176_00));
    assert_eq!(market.order(before.orders[0]).amount, 88_00);
    // What nobody would pay keeps nobody from buying more than that for nothing.
    sets(cny(i64::MAX), None)?;
    market.refuses("too_large", || anna.buys(&[(tea.sku, 1)]));
    Ok(())
}
