//! An order as it stands in a list: the same card for its buyer, its shop and the market.

use crate::{order_page::mask::masked_name, set::in_order};
use kernel::{Currency, Id, Locale, Money, Result, Time, kinds};
use order::State;
use serde::Serialize;
use store::{Read, Row, across, args, packed};

/// Whose something is, with the name and the address to show it by.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct ShopLabel {
    /// The shop.
    pub id: Id<kinds::Shop>,
    /// Its name in addresses.
    pub slug: String,
    /// Its name.
    pub name: String,
}

/// An order in a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct OrderCard {
    /// The order.
    pub id: Id<kinds::Order>,
    /// What it is part of.
    pub trade: Id<kinds::Trade>,
    /// Who sells.
    pub shop: ShopLabel,
    /// Who buys.
    pub buyer: Id<kinds::Party>,
    /// What the buyer calls himself, or whoever receives, all but the first character hidden.
    pub buyer_name: String,
    /// Where it stands.
    pub state: State,
    /// When it was placed.
    pub placed_at: Time,
    /// When it was paid; none before.
    pub paid_at: Option<Time>,
    /// What it costs, freight included.
    pub total: Money,
    /// Of that, granted back.
    pub refunded: Money,
    /// Units over all lines.
    pub units: i64,
    /// How many lines it has.
    pub line_count: i64,
    /// The first of its lines, at most four.
    pub lines: Vec<CardLine>,
    /// The next instant at which its state changes by itself; none where nothing does.
    pub deadline: Option<Deadline>,
    /// Whether a case about it is open.
    pub open_case: bool,
}

/// A line on a card.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct CardLine {
    /// Its number in the order.
    pub n: i64,
    /// Of which listing.
    pub listing: Id<kinds::Listing>,
    /// Which variant of it.
    pub sku: Id<kinds::Sku>,
    /// What it was called when it was bought.
    pub title: String,
    /// What tells the variant apart; none where nothing is written.
    pub option: Option<String>,
    /// How many.
    pub units: i64,
    /// Where the listing's first picture lies; none where it has none.
    pub picture: Option<String>,
}

/// When an order moves by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct Deadline {
    /// What happens then.
    pub kind: DeadlineKind,
    /// When.
    pub at: Time,
}

store::codes! {
    /// What an order does by itself.
    pub enum DeadlineKind {
        /// It closes unless it is paid before.
        PayBy = "pay_by",
        /// It confirms itself.
        Confirms = "confirms",
    }
}

/// The cards of these orders, in their order, in one statement. Who asks for them knows whose they are.
///
/// # Errors
/// What the engine says.
pub fn order_cards(read: &mut Read, ids: &[Id<kinds::Order>], lang: Locale) -> Result<Vec<OrderCard>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = across!(
        "select o.id, o.trade, o.shop, s.slug, s.name, o.buyer, coalesce(c.name, r.name, ''), o.state, o.placed_at,
             o.paid_at, o.currency, o.amount, o.refunded, o.units, o.lines, o.close_at, o.confirm_at,
             case when exists (select 1 from aftersale_open a where a.home = o.home and a.ord = o.id)
                 then 1 else 0 end,
             l.n, l.listing, l.sku, l.title, l.units,
             (select t.text
              from catalog_text t
              where t.home = l.sku % 4096 and t.thing = l.sku and t.field = 'option'
              order by case t.lang when $2 then 0 else 1 end, t.lang
              limit 1),
             (select p.address
              from catalog_picture p
              where p.home = l.listing % 4096 and p.listing = l.listing
              order by p.n
              limit 1)
         from ids($1) w
         join order_order o on o.home = w.id % 4096 and o.id = w.id
         join merchant_shop s on s.home = o.shop % 4096 and s.id = o.shop
         left join identity_contact c on c.home = o.home and c.party = o.buyer
         left join order_recipient r on r.home = o.home and r.ord = o.id
         left join order_line l on l.home = o.home and l.ord = o.id and l.n <= 4
         order by o.id, l.n"
    );
    let mut cards: Vec<OrderCard> = Vec::with_capacity(ids.len());
    read.each(sql, args![packed(ids), lang], |row| {
        let id = row.get(0)?;
        if cards.last().is_none_or(|last| last.id != id) {
            cards.push(card(row)?);
        }
        if let Some(card) = cards.last_mut() {
            card.lines.extend(line(row)?);
        }
        Ok(())
    })?;
    Ok(in_order(ids, cards, |card| card.id))
}

fn card(row: &Row) -> Result<OrderCard> {
    let (state, currency): (State, Currency) = (row.get(7)?, row.get(10)?);
    let deadline = match state {
        State::Unpaid => Some(Deadline { kind: DeadlineKind::PayBy, at: row.get(15)? }),
        State::PartShipped | State::Shipped => {
            row.get::<Option<Time>>(16)?.map(|at| Deadline { kind: DeadlineKind::Confirms, at })
        }
        State::Paid | State::Completed | State::Closed => None,
    };
    Ok(OrderCard {
        id: row.get(0)?,
        trade: row.get(1)?,
        shop: ShopLabel { id: row.get(2)?, slug: row.get(3)?, name: row.get(4)? },
        buyer: row.get(5)?,
        buyer_name: masked_name(&row.get::<String>(6)?),
        state,
        placed_at: row.get(8)?,
        paid_at: row.get(9)?,
        total: Money::new(row.get(11)?, currency),
        refunded: Money::new(row.get(12)?, currency),
        units: row.get(13)?,
        line_count: row.get(14)?,
        lines: Vec::new(),
        deadline,
        open_case: row.get(17)?,
    })
}

fn line(row: &Row) -> Result<Option<CardLine>> {
    let Some(n) = row.get(18)? else {
        return Ok(None);
    };
    let (listing, sku, title, units) = (row.get(19)?, row.get(20)?, row.get(21)?, row.get(22)?);
    Ok(Some(CardLine { n, listing, sku, title, option: row.get(23)?, units, picture: row.get(24)? }))
}
