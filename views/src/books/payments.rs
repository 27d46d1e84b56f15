//! Payments against their parts, their refunds and what the orders say. [$2]

use super::clerk::Clerk;
use crate::outside::shown;
use kernel::{
    Result,
    kinds::{Order, Payment, PaymentRefund},
};
use store::{Row, across};

/// One payment beside what else speaks of it.
struct Facts {
    state: String,
    amount: i64,
    authorised: i64,
    captured: i64,
    refunded: i64,
    version: i64,
    ended_at: Option<i64>,
    is_asked: bool,
    expires_at: i64,
    parts: i64,
    parts_refunded: i64,
    given_back: i64,
    late: Option<i64>,
    late_refunded: i64,
    late_back: i64,
    last_event: Option<i64>,
    first_event_at: Option<i64>,
    close_at: Option<i64>,
    same_currency: bool,
}

/// A payment is the sum of its parts, has taken all or nothing, and has given back what its refunds say.
pub(super) fn amounts(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select p.id, p.state, p.amount, p.authorised, p.captured, p.refunded, p.version, p.ended_at,
             case when p.ask_at is null then 0 else 1 end, p.expires_at,
             cast(coalesce(t.amount, 0) as bigint), cast(coalesce(t.refunded, 0) as bigint),
             cast(coalesce(r.amount, 0) as bigint), l.amount, coalesce(l.refunded, 0),
             cast(coalesce(r.late, 0) as bigint), e.seq, e.at, o.close_at,
             case when o.currency = p.currency then 1 else 0 end
         from payment_payment p
         left join (
             select payment, sum(amount) as amount, sum(refunded) as refunded
             from payment_part
             group by payment
         ) t on t.payment = p.id
         left join (
             select payment, sum(case when document is null then 0 else amount end) as amount,
                 sum(case when document is null then amount else 0 end) as late
             from payment_refund
             group by payment
         ) r on r.payment = p.id
         left join payment_late l on l.home = p.home and l.payment = p.id
         left join (
             select root, max(seq) as seq, min(at) as at
             from store_event
             where name like 'payment.%'
             group by root
         ) e on e.root = p.id
         left join (
             select trade, min(close_at) as close_at, min(currency) as currency
             from order_order
             group by trade
         ) o on o.trade = p.trade"
    );
    clerk.each(sql, &[], |row, page| {
        let payment = shown::<Payment>(row.get(0)?);
        for wrong in read(row)?.wrongs() {
            page.say(format!("Payment {payment} {wrong}."), [payment.clone()]);
        }
        Ok(())
    })?;
    at_most_one_succeeded(clerk)?;
    clerk.count(across!("select count(*) from payment_payment"))
}

fn read(row: &Row) -> Result<Facts> {
    Ok(Facts {
        state: row.get(1)?,
        amount: row.get(2)?,
        authorised: row.get(3)?,
        captured: row.get(4)?,
        refunded: row.get(5)?,
        version: row.get(6)?,
        ended_at: row.get(7)?,
        is_asked: row.get(8)?,
        expires_at: row.get(9)?,
        parts: row.get(10)?,
        parts_refunded: row.get(11)?,
        given_back: row.get(12)?,
        late: row.get(13)?,
        late_refunded: row.get(14)?,
        late_back: row.get(15)?,
        last_event: row.get(16)?,
        first_event_at: row.get(17)?,
        close_at: row.get(18)?,
        same_currency: row.get(19)?,
    })
}

impl Facts {
    fn wrongs(&self) -> Vec<String> {
        let Facts { state, amount, authorised, captured, refunded, parts, parts_refunded, given_back, .. } = self;
        let taken = if state == "succeeded" { *amount } else { 0 };
        let mut wrongs = Vec::new();
        let mut unless = |fits: bool, wrong: String| {
            if !fits {
                wrongs.push(wrong);
            }
        };
        unless(amount == parts, format!("is of {amount}, its parts sum to {parts}"));
        unless(
            *authorised == taken && *captured == taken,
            format!("is {state} with {authorised} authorised and {captured} captured of {amount}"),
        );
        unless(
            refunded == parts_refunded && refunded == given_back,
            format!("gave back {refunded}, its parts {parts_refunded}, its refunds {given_back}"),
        );
        unless(refunded <= captured, format!("gave back {refunded} of {captured}"));
        unless(self.same_currency, "is not in the currency of its trade".to_owned());
        unless(
            self.close_at == Some(self.expires_at),
            format!("expires at {}, its trade closes at {:?}", self.expires_at, self.close_at),
        );
        self.time(&mut unless);
        self.late(&mut unless);
        wrongs
    }

    /// The events of a payment tell when it ended and how often it changed.
    fn time(&self, unless: &mut impl FnMut(bool, String)) {
        let (state, version) = (&self.state, self.version);
        let is_open = state == "created" || state == "pending";
        unless(self.ended_at.is_none() == is_open, format!("is {state} and ended at {:?}", self.ended_at));
        unless(self.is_asked || !is_open, format!("is {state} and nobody will ask the channel about it"));
        let versions = match state.as_str() {
            "created" => Some(1),
            "pending" => Some(2),
            _ => self.last_event,
        };
        unless(versions == Some(version), format!("is {state} in version {version}, its events say {versions:?}"));
        unless(
            is_open || self.ended_at == self.first_event_at,
            format!("ended at {:?}, its event says {:?}", self.ended_at, self.first_event_at),
        );
    }

    /// Money that came late goes back whole.
    fn late(&self, unless: &mut impl FnMut(bool, String)) {
        let (refunded, back) = (self.late_refunded, self.late_back);
        let whole = self.late.is_none_or(|late| refunded == 0 || refunded == late);
        unless(whole && refunded == back, format!("gave back {refunded} of late money, the refunds of it are {back}"));
        let both = self.late.is_some() && self.state == "succeeded";
        unless(!both, "took its money twice under one number".to_owned());
    }
}

fn at_most_one_succeeded(clerk: &mut Clerk) -> Result<()> {
    let sql = across!(
        "select min(id), max(id)
         from payment_payment
         where state = 'succeeded'
         group by trade
         having count(*) > 1"
    );
    clerk.each(sql, &[], |row, page| {
        let pair = [shown::<Payment>(row.get(0)?), shown::<Payment>(row.get(1)?)];
        page.say(format!("One trade was paid by both {} and {}.", pair[0], pair[1]), pair);
        Ok(())
    })
}

/// A payment's parts are the orders of its trade, each with all it costs, and gave back what refund documents say.
pub(super) fn parts(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select t.payment, t.ord, t.amount, o.amount, t.refunded, cast(coalesce(d.amount, 0) as bigint)
         from payment_part t
         join payment_payment p on p.home = t.home and p.id = t.payment
         left join order_order o on o.home = t.home and o.id = t.ord and o.trade = p.trade
         left join (
             select r.ord, s.payment, sum(s.amount) as amount
             from aftersale_refund r
             join aftersale_refund_part s on s.home = r.home and s.refund = r.id
             where s.payment is not null
             group by r.ord, s.payment
         ) d on d.ord = t.ord and d.payment = t.payment
         where o.id is null or t.amount <> o.amount or t.refunded <> coalesce(d.amount, 0)"
    );
    clerk.each(sql, &[], |row, page| {
        let (payment, order) = (shown::<Payment>(row.get(0)?), shown::<Order>(row.get(1)?));
        let (amount, costs): (i64, Option<i64>) = (row.get(2)?, row.get(3)?);
        let (refunded, documents): (i64, i64) = (row.get(4)?, row.get(5)?);
        let costs = costs.map_or("is of another trade".to_owned(), |costs| format!("costs {costs}"));
        page.say(
            format!(
                "Payment {payment} pays {amount} for order {order}, which {costs}; it gave back {refunded} of it, \
                 refund documents {documents}."
            ),
            [payment, order],
        );
        Ok(())
    })?;
    paid_orders_are_covered(clerk)?;
    clerk.count(across!("select count(*) from payment_part"))
}

fn paid_orders_are_covered(clerk: &mut Clerk) -> Result<()> {
    let sql = across!(
        "select o.id, o.paid_at, cast(coalesce(s.amount, 0) as bigint), o.amount
         from order_order o
         left join (
             select t.ord, sum(t.amount) as amount, min(p.ended_at) as at
             from payment_payment p
             join payment_part t on t.home = p.home and t.payment = p.id
             where p.state = 'succeeded'
             group by t.ord
         ) s on s.ord = o.id
         where coalesce(s.amount, 0) <> case when o.paid_at is null then 0 else o.amount end or s.at <> o.paid_at"
    );
    clerk.each(sql, &[], |row, page| {
        let order = shown::<Order>(row.get(0)?);
        let (paid_at, taken, costs): (Option<i64>, i64, i64) = (row.get(1)?, row.get(2)?, row.get(3)?);
        page.say(
            format!("Order {order} of {costs} says it was paid at {paid_at:?}; payments took {taken} for it."),
            [order],
        );
        Ok(())
    })
}

/// A refund at a channel has its document or late money behind it, and ended when it says.
pub(super) fn refunds(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select r.id, r.state, r.amount, cast(coalesce(d.amount, l.amount, 0) as bigint)
         from payment_refund r
         join payment_payment p on p.home = r.home and p.id = r.payment
         left join (
             select d.id, s.payment, d.currency, d.granted_at, sum(s.amount) as amount
             from aftersale_refund d
             join aftersale_refund_part s on s.home = d.home and s.refund = d.id
             group by d.id, s.payment, d.currency, d.granted_at
         ) d on d.id = r.document and d.payment = r.payment
         left join payment_late l on l.home = r.home and l.payment = r.payment and r.document is null
         left join (select root, at from store_event where name like 'payment.refund%' group by root, at) e
             on e.root = r.payment and e.at = r.ended_at
         where coalesce(d.amount, l.amount, 0) <> r.amount
           or r.currency <> coalesce(d.currency, l.currency)
           or r.currency <> case when r.document is null then r.currency else p.currency end
           or r.created_at <> coalesce(d.granted_at, l.at)
           or (r.state in ('intended', 'accepted')) <> (r.ended_at is null)
           or (r.state in ('intended', 'accepted')) <> (r.ask_at is not null)
           or (r.ended_at is not null and e.at is null)"
    );
    clerk.each(sql, &[], |row, page| {
        let refund = shown::<PaymentRefund>(row.get(0)?);
        let (state, amount, due): (String, i64, i64) = (row.get(1)?, row.get(2)?, row.get(3)?);
        page.say(
            format!(
                "Refund {refund} of {amount}, {state}, does not fit its document or late money of {due}: in amount, \
                 currency, instants or what is asked next."
            ),
            [refund],
        );
        Ok(())
    })?;
    clerk.count(across!("select count(*) from payment_refund"))
}
