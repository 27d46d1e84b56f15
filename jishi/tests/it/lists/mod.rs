//! The lists of buyers, shops and the market's people: each shows what is there, whole, once, and nobody else's.

mod cart;
mod ops;
mod seller;

use kernel::{Cursor, Id, Locale, Page, Result, kinds};
use order::State;
use store::Read;
use testkit::{Goods, Market, Person, Shop, cny, minutes};
use views::mine::{self, Group};

testkit::stories![
    a_buyers_orders_stand_in_their_tabs,
    a_buyers_lists_reach_over_the_guests_that_joined_him,
    a_buyer_sees_the_offers_made_to_him,
    a_person_is_shown_where_he_works,
];

/// All pages of a list, each at most two long, put together.
#[track_caller]
pub(crate) fn walks<T, F>(market: &Market, ask: F) -> Result<Vec<T>>
where
    T: Send + 'static,
    F: Fn(&mut Read, Option<Cursor>, usize) -> Result<Page<T>> + Clone + Send + 'static,
{
    let (mut all, mut after) = (Vec::new(), None);
    for _ in 0..1_000 {
        let ask = ask.clone();
        let page = market.asks(move |read| ask(read, after, 2))?;
        all.extend(page.items);
        after = page.next;
        if after.is_none() {
            return Ok(all);
        }
    }
    panic!("the list does not end");
}

/// A list page by page is the list at once.
#[track_caller]
pub(crate) fn whole<T, F>(market: &Market, ask: F) -> Result<Vec<T>>
where
    T: Send + PartialEq + std::fmt::Debug + 'static,
    F: Fn(&mut Read, Option<Cursor>, usize) -> Result<Page<T>> + Clone + Send + 'static,
{
    let once = ask.clone();
    let page = market.asks(move |read| once(read, None, 100))?;
    assert!(page.next.is_none(), "the story made more than a page");
    assert_eq!(walks(market, ask)?, page.items);
    Ok(page.items)
}

/// An order in every state, oldest first, and the case that is open about the shipped one.
pub(crate) struct Told {
    pub shop: Shop,
    pub tea: Goods,
    pub anna: Person,
    pub orders: Vec<Id<kinds::Order>>,
    pub case: Id<kinds::Case>,
}

/// Each order is placed a minute after the one before.
pub(crate) fn told(market: &Market) -> Result<Told> {
    let shop = market.shop("tea-house");
    let tea = shop.sells("longjing", cny(88_00)).stock(20);
    let anna = market.buyer("anna");
    let mut orders = Vec::new();
    let buys = |orders: &mut Vec<_>, paid: bool| {
        market.later(minutes(1))?;
        let placed = if paid { anna.has_bought(&[(tea.sku, 2)])? } else { anna.buys(&[(tea.sku, 2)])? };
        orders.push(placed.orders[0]);
        Ok::<_, kernel::Error>(placed)
    };
    let closed = buys(&mut orders, false)?;
    anna.cancels(closed.trade)?;
    for _ in 0..4 {
        buys(&mut orders, true)?;
    }
    buys(&mut orders, false)?;
    let (completed, shipped, part) = (orders[1], orders[2], orders[3]);
    shop.ships(completed)?;
    anna.confirms(completed)?;
    shop.ships(shipped)?;
    shop.ships_part(part, &[(1, 1)])?;
    let case = anna.asks_back(shipped, &[(1, 1)], "damaged")?.case;
    market.works()?;
    Ok(Told { shop, tea, anna, orders, case })
}

fn tab(market: &Market, account: Id<kinds::Party>, group: Group) -> Result<Vec<views::OrderCard>> {
    whole(market, move |read, after, limit| mine::orders(read, account, group, after, limit, Locale::Zh))
}

fn ids(cards: &[views::OrderCard]) -> Vec<Id<kinds::Order>> {
    cards.iter().map(|card| card.id).collect()
}

fn a_buyers_orders_stand_in_their_tabs(market: &Market) -> Result<()> {
    let Told { shop, anna, orders, .. } = told(market)?;
    market.buyer("berta").buys(&[(shop.sells("biluochun", cny(1_00)).stock(1).sku, 1)])?;
    let [closed, completed, shipped, part, paid, unpaid] = orders[..] else { panic!("six orders were placed") };
    let cards = tab(market, anna.id, Group::All)?;
    assert_eq!(ids(&cards), [unpaid, paid, part, shipped, completed, closed]);
    let of = |group| Ok::<_, kernel::Error>(ids(&tab(market, anna.id, group)?));
    assert_eq!(of(Group::ToPay)?, [unpaid]);
    assert_eq!(of(Group::ToShip)?, [paid, part]);
    assert_eq!(of(Group::ToReceive)?, [shipped]);
    assert_eq!(of(Group::AfterSales)?, [shipped]);
    let (first, account) = (&cards[0], anna.id);
    assert_eq!((first.state, first.total, first.line_count), (State::Unpaid, cny(176_00), 1));
    assert_eq!((first.shop.slug.as_str(), first.lines[0].title.as_str()), ("tea-house", "longjing"));
    let closes = market.order(unpaid).close_at;
    let deadline = views::Deadline { kind: views::DeadlineKind::PayBy, at: closes };
    assert_eq!(first.deadline, Some(deadline));
    assert_eq!(cards.iter().filter(|card| card.open_case).map(|card| card.id).collect::<Vec<_>>(), [shipped]);
    let counts = market.asks(move |read| mine::counts(read, account))?;
    let counts = [counts.all, counts.to_pay, counts.to_ship, counts.to_receive, counts.after_sales];
    assert_eq!(counts.map(|count| (count.n, count.more)), [6, 1, 2, 1, 1].map(|n| (n, false)));
    Ok(())
}

fn a_buyers_lists_reach_over_the_guests_that_joined_him(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let tea = shop.sells("longjing", cny(88_00)).stock(9);
    let (_, one) = market.guest_buys("gina@example.com", &[(tea.sku, 1)])?;
    market.later(minutes(1))?;
    let gina = market.buyer("gina");
    let two = gina.buys(&[(tea.sku, 1)])?;
    market.later(minutes(1))?;
    let (_, three) = market.guest_buys("gina@example.com", &[(tea.sku, 1)])?;
    market.guest_buys("hans@example.com", &[(tea.sku, 1)])?;
    assert_eq!(ids(&tab(market, gina.id, Group::ToPay)?), two.orders);
    gina.verifies("gina@example.com")?;
    for group in [Group::All, Group::ToPay] {
        assert_eq!(ids(&tab(market, gina.id, group)?), [three.orders[0], two.orders[0], one.orders[0]]);
    }
    Ok(())
}

fn a_buyer_sees_the_offers_made_to_him(market: &Market) -> Result<()> {
    let shop = market.shop("tea-house");
    let tea = shop.sells("longjing", cny(88_00)).stock(9);
    let (anna, berta) = (market.buyer("anna"), market.buyer("berta"));
    let sent = shop.quotes(&anna, &[(tea.sku, 2, 70_00)])?;
    let taken = shop.quotes(&anna, &[(tea.sku, 1, 60_00)])?;
    shop.quotes(&berta, &[(tea.sku, 1, 1_00)])?;
    shop.drafts_quote(&anna, &[(tea.sku, 1, 1_00)])?;
    let trade = anna.accepts(taken)?.trade;
    let account = anna.id;
    let cards = whole(market, move |read, after, limit| mine::quotations(read, account, after, limit))?;
    let told: Vec<_> = cards.iter().map(|card| (card.id, card.total, card.trade)).collect();
    assert_eq!(told, [(taken, cny(60_00), Some(trade)), (sent, cny(140_00), None)]);
    assert_eq!((cards[0].shop.name.as_str(), cards[0].title.as_deref()), ("tea-house", Some("longjing")));
    Ok(())
}

fn a_person_is_shown_where_he_works(market: &Market) -> Result<()> {
    let (tea, china) = (market.shop("tea-house"), market.shop("china-house"));
    let lin = tea.staff("lin", &[identity::Permission::ShopOrders]);
    let at = |person: &Person| {
        let person = person.id;
        market.asks(move |read| views::people::work(read, person))
    };
    let work = at(lin.person())?;
    assert_eq!(work.shops.iter().map(|place| place.shop.id).collect::<Vec<_>>(), [tea.id]);
    assert_eq!(work.shops[0].permissions, [identity::Permission::ShopOrders]);
    assert!(work.market.is_empty());
    assert_eq!(at(china.person())?.shops[0].shop.name, "china-house");
    let operator = at(&market.operator())?;
    assert!(operator.shops.is_empty() && operator.market.contains(&identity::Permission::MarketMoney));
    assert!(at(&market.stranger())?.shops.is_empty());
    Ok(())
}
