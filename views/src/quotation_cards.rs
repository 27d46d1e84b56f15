//! A quotation as it stands in a list.

use crate::{cards::ShopLabel, order_page::mask::masked_name, set::in_order};
use kernel::{Id, Money, Result, Time, kinds};
use quotation::State;
use serde::Serialize;
use store::{Read, across, args, packed};

/// A quotation in a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, schemars::JsonSchema)]
pub struct QuotationCard {
    /// The quotation.
    pub id: Id<kinds::Quotation>,
    /// Who offers.
    pub shop: ShopLabel,
    /// To whom.
    pub buyer: Id<kinds::Party>,
    /// What he calls himself, all but the first character hidden; empty where he gave no name.
    pub buyer_name: String,
    /// Where it stands.
    pub state: State,
    /// How many lines it has.
    pub line_count: i64,
    /// What its first line is called; none while it has no lines.
    pub title: Option<String>,
    /// What it comes to.
    pub total: Money,
    /// When it was drafted.
    pub made_at: Time,
    /// When it was sent; none for a draft.
    pub sent_at: Option<Time>,
    /// The first instant too late to accept it; none for a draft.
    pub expires_at: Option<Time>,
    /// What it became; none unless it was accepted.
    pub trade: Option<Id<kinds::Trade>>,
    /// Counts its changes.
    pub version: i64,
}

/// The cards of these quotations, in their order, in one statement.
pub(crate) fn quotation_cards(read: &mut Read, ids: &[Id<kinds::Quotation>]) -> Result<Vec<QuotationCard>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let sql = across!(
        "select q.id, q.shop, s.slug, s.name, q.buyer, coalesce(c.name, ''), q.state, q.lines,
             (select l.title
              from quotation_line l
              where l.home = q.home and l.quotation = q.id
              order by l.n
              limit 1),
             q.total, q.currency, q.made_at, q.sent_at, q.expires_at, q.trade, q.version
         from ids($1) w
         join quotation_quotation q on q.home = w.id % 4096 and q.id = w.id
         join merchant_shop s on s.home = q.shop % 4096 and s.id = q.shop
         left join identity_contact c on c.home = q.home and c.party = q.buyer"
    );
    let cards = read.all(sql, args![packed(ids)], |row| {
        Ok(QuotationCard {
            id: row.get(0)?,
            shop: ShopLabel { id: row.get(1)?, slug: row.get(2)?, name: row.get(3)? },
            buyer: row.get(4)?,
            buyer_name: masked_name(&row.get::<String>(5)?),
            state: row.get(6)?,
            line_count: row.get(7)?,
            title: row.get(8)?,
            total: Money::new(row.get(9)?, row.get(10)?),
            made_at: row.get(11)?,
            sent_at: row.get(12)?,
            expires_at: row.get(13)?,
            trade: row.get(14)?,
            version: row.get(15)?,
        })
    })?;
    Ok(in_order(ids, cards, |card| card.id))
}
