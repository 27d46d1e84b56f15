//! Cases as they stand before whoever has to decide them.

use crate::{cards::ShopLabel, order_page::mask::masked_name, set::in_order};
use aftersale::{Kind, LineKind, State};
use kernel::{Currency, Id, Money, Result, Time, Units, kinds};
use pricing::Part;
use serde::Serialize;
use store::{Read, Row, across, args, packed};

/// A case in a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct CaseCard {
    /// The case.
    pub id: Id<kinds::Case>,
    /// Of which order.
    pub order: Id<kinds::Order>,
    /// Who sold.
    pub shop: ShopLabel,
    /// Who bought.
    pub buyer: Id<kinds::Party>,
    /// What he calls himself, all but the first character hidden; empty where he gave no name.
    pub buyer_name: String,
    /// What is wanted.
    pub kind: Kind,
    /// Where it stands.
    pub state: State,
    /// Why, as a reason's code.
    pub reason: String,
    /// When it was opened.
    pub asked_at: Time,
    /// Until when whoever has it decides.
    pub answer_by: Option<Time>,
    /// What goes back if it is granted as it stands.
    pub amount: Money,
    /// What it is about.
    pub lines: Vec<CaseLine>,
}

/// What a case is about.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct CaseLine {
    /// Goods or a charge.
    pub kind: LineKind,
    /// The number of the order's line or charge.
    pub n: i64,
    /// What the goods are called; none of a charge.
    pub title: Option<String>,
    /// How many; 0 for money only.
    pub units: i64,
    /// What goes back of it if it is granted.
    pub amount: Money,
}

/// The cards of these cases, in their order, in one statement.
pub(crate) fn case_cards(read: &mut Read, ids: &[Id<kinds::Case>]) -> Result<Vec<CaseCard>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = across!(
        "select k.id, k.ord, k.shop, s.slug, s.name, k.buyer, coalesce(c.name, ''), k.kind, k.state, k.reason,
             k.asked_at, k.answer_by, o.currency, a.kind, a.n, a.units, l.title, l.units, l.cash, l.allowed, l.refunded,
             l.returned, h.amount, h.refunded
         from ids($1) w
         join aftersale_case k on k.home = w.id % 4096 and k.id = w.id
         join order_order o on o.home = k.home and o.id = k.ord
         join merchant_shop s on s.home = k.shop % 4096 and s.id = k.shop
         join aftersale_case_line a on a.home = k.home and a.case_id = k.id
         left join identity_contact c on c.home = k.home and c.party = k.buyer
         left join order_line l on l.home = k.home and l.ord = k.ord and l.n = a.n and a.kind = 'goods'
         left join order_charge h on h.home = k.home and h.ord = k.ord and h.n = a.n and a.kind = 'charge'
         order by k.id, a.kind desc, a.n"
    );
    let mut cards: Vec<CaseCard> = Vec::with_capacity(ids.len());
    read.each(sql, args![packed(ids)], |row| {
        let id = row.get(0)?;
        if cards.last().is_none_or(|last| last.id != id) {
            cards.push(card(row)?);
        }
        if let Some(card) = cards.last_mut() {
            let line = line(row)?;
            card.amount = card.amount.plus(line.amount)?;
            card.lines.push(line);
        }
        Ok(())
    })?;
    Ok(in_order(ids, cards, |card| card.id))
}

fn card(row: &Row) -> Result<CaseCard> {
    Ok(CaseCard {
        id: row.get(0)?,
        order: row.get(1)?,
        shop: ShopLabel { id: row.get(2)?, slug: row.get(3)?, name: row.get(4)? },
        buyer: row.get(5)?,
        buyer_name: masked_name(&row.get::<String>(6)?),
        kind: row.get(7)?,
        state: row.get(8)?,
        reason: row.get(9)?,
        asked_at: row.get(10)?,
        answer_by: row.get(11)?,
        amount: Money::zero(row.get(12)?),
        lines: Vec::new(),
    })
}

fn line(row: &Row) -> Result<CaseLine> {
    let (currency, kind, n, units): (Currency, LineKind, i64, i64) =
        (row.get(12)?, row.get(13)?, row.get(14)?, row.get(15)?);
    let money = |minor| Money::new(minor, currency);
    let amount = match kind {
        LineKind::Charge => money(row.get::<i64>(22)? - row.get::<i64>(23)?),
        LineKind::Goods => {
            let (bought, returned): (Units, i64) = (row.get(17)?, row.get(21)?);
            let (cash, allowed, refunded): (i64, i64, i64) = (row.get(18)?, row.get(19)?, row.get(20)?);
            // As the refund itself will reckon: what the units carry of what was paid, less what went back before.
            let mut paid = Part::of(money(cash))?.with_negotiated(money(allowed))?;
            paid = paid.with_returned(money(refunded - allowed))?;
            paid.give_back((returned + units).min(bought.get()), bought)
        }
    };
    Ok(CaseLine { kind, n, title: row.get(16)?, units, amount })
}
