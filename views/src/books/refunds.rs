//! Refund documents and the cases above them. [S1]

use super::clerk::Clerk;
use crate::outside::shown;
use kernel::{
    Result,
    kinds::{Case, Order, Refund},
};
use store::{Row, across};

/// A refund document is its lines and its parts, which its payments were asked for; it is in its order's currency, its
/// stage is where the order stood, and its state is how far the channels have come.
pub(super) fn documents_are_their_lines_and_parts(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select d.id, d.amount, d.goods, d.charges, d.stage, d.state, d.version, d.commission_back,
             cast(coalesce(l.goods, 0) as bigint), cast(coalesce(l.charges, 0) as bigint),
             cast(coalesce(p.amount, 0) as bigint), cast(coalesce(p.last - p.parts, 0) as bigint),
             coalesce(r.undone, 0), cast(coalesce(r.amount, 0) as bigint), e.seq,
             c.n, f.confirmed, f.settled,
             case when o.currency = d.currency and o.shop = d.shop and k.shop = d.shop and k.ord = d.ord
                 and k.state = 'granted' then 1 else 0 end, c.last
         from aftersale_refund d
         left join (
             select refund, sum(case when kind = 'goods' then amount else 0 end) as goods,
                 sum(case when kind = 'goods' then 0 else amount end) as charges
             from aftersale_refund_line
             group by refund
         ) l on l.refund = d.id
         left join (
             select refund, sum(amount) as amount, count(*) as parts, max(n) as last
             from aftersale_refund_part
             group by refund
         ) p on p.refund = d.id
         left join (
             select document, sum(amount) as amount,
                 cast(sum(case when state = 'done' then 0 else 1 end) as bigint) as undone
             from payment_refund
             where document is not null
             group by document
         ) r on r.document = d.id
         left join (
             select root, max(seq) as seq from store_event where name = 'aftersale.refunded' group by root
         ) e on e.root = d.id
         left join (
             select ord, at, min(n) as n, max(n) as last
             from order_change
             where what in ('refund', 'refund_all', 'cancel_rest')
             group by ord, at
         ) c on c.ord = d.ord and c.at = d.granted_at
         left join (
             select ord, max(case when what = 'confirm' then n end) as confirmed,
                 max(case when what = 'settle' then n end) as settled
             from order_change
             where what in ('confirm', 'settle')
             group by ord
         ) f on f.ord = d.ord
         left join order_order o on o.home = d.home and o.id = d.ord
         left join aftersale_case k on k.home = d.home and k.id = d.case_id"
    );
    clerk.each(sql, &[], |row, page| {
        let refund = shown::<Refund>(row.get(0)?);
        for wrong in wrongs(row)? {
            page.say(format!("Refund document {refund} {wrong}."), [refund.clone()]);
        }
        Ok(())
    })?;
    clerk.count(across!("select count(*) from aftersale_refund_line"))
}

fn wrongs(row: &Row) -> Result<Vec<String>> {
    let at = |place: usize| row.get::<i64>(place);
    let (amount, goods, charges) = (at(1)?, at(2)?, at(3)?);
    let mut wrongs = Vec::new();
    let mut unless = |fits: bool, wrong: String| {
        if !fits {
            wrongs.push(wrong);
        }
    };
    let lines = (at(8)?, at(9)?);
    unless(
        (goods, charges) == lines,
        format!("says {goods} for goods and {charges} for charges, its lines {} and {}", lines.0, lines.1),
    );
    let (parts, asked) = (at(10)?, at(13)?);
    unless(
        amount == parts && amount == asked,
        format!("is of {amount}, its parts sum to {parts}, its payments were asked for {asked}"),
    );
    unless(at(11)? == 0, "has parts that are not numbered one by one".to_owned());
    let (stage, state): (String, String) = (row.get(4)?, row.get(5)?);
    let changes = row.get::<Option<i64>>(15)?.zip(row.get::<Option<i64>>(19)?);
    let (confirmed, settled): (Option<i64>, Option<i64>) = (row.get(16)?, row.get(17)?);
    let back = at(7)?;
    unless(
        changes.is_some_and(|changes| stage_fits(&stage, changes, confirmed, settled)),
        format!(
            "of stage {stage} is change {changes:?} of its order, confirmed by {confirmed:?}, settled by {settled:?}"
        ),
    );
    let keeps = matches!(stage.as_str(), "before_settle" | "after_settle") || back == 0;
    unless(keeps, format!("gives back {back} of a commission that was not taken yet"));
    unless(row.get(18)?, "does not fit its order or its case".to_owned());
    let (version, undone, told): (i64, i64, Option<i64>) = (at(6)?, at(12)?, row.get(14)?);
    // Sent is the second version; each failure and each sending after it counts one on.
    let fits = match state.as_str() {
        "granted" => version == 1,
        "sent" => undone > 0 && version % 2 == 0,
        "failed" => undone > 0 && version % 2 == 1 && version > 1,
        _ => undone == 0 && told == Some(version),
    };
    unless(fits, format!("is {state} in version {version}, with {undone} refunds not done, told in {told:?}"));
    Ok(wrongs)
}

/// Whether the order stood there when the refund was granted, by the numbers of its changes. Several refunds of one
/// instant cannot be told apart: `first` and `last` are the changes that they made.
fn stage_fits(stage: &str, (first, last): (i64, i64), confirmed: Option<i64>, settled: Option<i64>) -> bool {
    let before = |other: Option<i64>| other.is_none_or(|other| first < other);
    let after = |other: Option<i64>| other.is_some_and(|other| other < last);
    match stage {
        "before_ship" | "before_confirm" => before(confirmed),
        "before_settle" => after(confirmed) && before(settled),
        _ => after(settled),
    }
}

/// A case is about its order's lines, tells each of its changes, holds its lines while it is open, and gave back
/// exactly the units it was granted for; where the market ruled, some of them.
pub(super) fn cases_are_of_their_order(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select k.id, k.ord, k.version, e.seq, k.state
         from aftersale_case k
         left join order_order o on o.home = k.home and o.id = k.ord and o.shop = k.shop and o.buyer = k.buyer
         left join (
             select root, max(seq) as seq, min(at) as asked_at, max(at) as decided_at,
                 max(case when name = 'aftersale.escalated' then at end) as escalated_at
             from store_event
             where name like 'aftersale.%'
             group by root
         ) e on e.root = k.id
         where o.id is null or coalesce(e.seq, 0) <> k.version or e.asked_at <> k.asked_at
           or coalesce(e.escalated_at, 0) <> coalesce(k.escalated_at, 0)
           or (k.decided_at is not null and e.decided_at <> k.decided_at)"
    );
    clerk.each(sql, &[], |row, page| {
        let (case, order) = (shown::<Case>(row.get(0)?), shown::<Order>(row.get(1)?));
        let (version, told): (i64, Option<i64>) = (row.get(2)?, row.get(3)?);
        let state: String = row.get(4)?;
        page.say(
            format!(
                "Case {case} about {order} is {state} in version {version}, its events say {told:?}; or they differ in \
                 an instant, or the order is another's."
            ),
            [case, order],
        );
        Ok(())
    })?;
    lines_came_back(clerk)?;
    open_cases_hold_their_lines(clerk)?;
    clerk.count(across!("select count(*) from aftersale_case"))
}

fn lines_came_back(clerk: &mut Clerk) -> Result<()> {
    let sql = across!(
        "with side (case_id, n, asked, back, ruled) as (
             select l.case_id, l.n, l.units, 0, case when k.ground = 'ruling' then 1 else 0 end
             from aftersale_case k
             join aftersale_case_line l on l.home = k.home and l.case_id = k.id
             where k.state = 'granted' and l.kind = 'goods'
             union all
             select r.case_id, l.n, 0, l.units, 0
             from aftersale_refund r
             join aftersale_refund_line l on l.home = r.home and l.refund = r.id
             where l.kind = 'goods'
         )
         select case_id, n, cast(sum(asked) as bigint), cast(sum(back) as bigint)
         from side
         group by case_id, n
         having sum(back) > sum(asked) or (sum(back) < sum(asked) and max(ruled) = 0)"
    );
    clerk.each(sql, &[], |row, page| {
        let case = shown::<Case>(row.get(0)?);
        let (n, asked, back): (i64, i64, i64) = (row.get(1)?, row.get(2)?, row.get(3)?);
        page.say(
            format!("Case {case} was granted for {asked} units of line {n}, its refund documents have {back}."),
            [case],
        );
        Ok(())
    })?;
    ruled_cases_gave_something(clerk)
}

/// A ruling may grant less than was asked for, and never nothing.
fn ruled_cases_gave_something(clerk: &mut Clerk) -> Result<()> {
    let sql = across!(
        "select k.id
         from aftersale_case k
         left join aftersale_refund r on r.home = k.home and r.case_id = k.id
         where k.state = 'granted' and k.ground = 'ruling' and r.id is null"
    );
    clerk.each(sql, &[], |row, page| {
        let case = shown::<Case>(row.get(0)?);
        page.say(format!("Case {case} was ruled for its buyer and has no refund document."), [case]);
        Ok(())
    })
}

fn open_cases_hold_their_lines(clerk: &mut Clerk) -> Result<()> {
    let sql = across!(
        "with side (ord, kind, n, case_id, open, held) as (
             select k.ord, l.kind, l.n, k.id, 1, 0
             from aftersale_case k
             join aftersale_case_line l on l.home = k.home and l.case_id = k.id
             where k.state in ('asked', 'with_operator')
             union all
             select ord, kind, n, case_id, 0, 1
             from aftersale_open
         )
         select ord, kind, n, case_id
         from side
         group by ord, kind, n, case_id
         having sum(open) <> sum(held)"
    );
    clerk.each(sql, &[], |row, page| {
        let (order, case) = (shown::<Order>(row.get(0)?), shown::<Case>(row.get(3)?));
        let (kind, n): (String, i64) = (row.get(1)?, row.get(2)?);
        page.say(
            format!("{kind} {n} of order {order} is either in open case {case} and not held, or held and not in it."),
            [order, case],
        );
        Ok(())
    })
}
