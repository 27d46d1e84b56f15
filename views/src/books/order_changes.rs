//! The life of an order: its state, its instants and the changes that led there. [B6]

use super::clerk::Clerk;
use crate::outside::shown;
use jiff::tz::TimeZone;
use kernel::{Result, Time, kinds::Order};
use store::{Row, across};

/// Where an order stands beside the changes and timers that tell it.
struct Life {
    state: String,
    units: i64,
    shipped: i64,
    cancelled: i64,
    amount: i64,
    refunded: i64,
    version: i64,
    placed_at: Instant,
    close_at: i64,
    paid_at: Instant,
    shipped_at: Instant,
    confirm_at: Instant,
    extended: i64,
    completed_at: Instant,
    settle_on: Option<i64>,
    settle_zone: Option<String>,
    settled_at: Instant,
    closed_at: Instant,
    told: Told,
}

/// What the changes and timers tell.
struct Told {
    changes: i64,
    last: i64,
    became: Option<String>,
    extensions: i64,
    placed_at: Instant,
    paid_at: Instant,
    shipped_at: Instant,
    completed_at: Instant,
    settled_at: Instant,
    closed_at: Instant,
    close_due: Instant,
    confirm_due: Instant,
    settle_due: Instant,
    has_case: bool,
}

type Instant = Option<i64>;

/// An order's state has its instants, each the one of the change that led there, and its deadlines are its timers'.
pub(super) fn states_have_their_instants(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select o.id, o.state, o.units, o.shipped, o.cancelled, o.amount, o.refunded, o.version, o.placed_at,
             o.close_at, o.paid_at, o.shipped_at, o.confirm_at, o.extended, o.completed_at, o.settle_on,
             o.settle_zone, o.settled_at, o.closed_at,
             coalesce(c.changes, 0), coalesce(c.last, 0), l.became, coalesce(c.extensions, 0), c.placed_at,
             c.paid_at, c.shipped_at, c.completed_at, c.settled_at, c.closed_at, tc.due_at, tf.due_at, ts.due_at,
             case when exists (select 1 from aftersale_case k where k.home = o.home and k.ord = o.id)
                 then 1 else 0 end
         from order_order o
         left join (
             select ord, count(*) as changes, max(n) as last,
                 cast(sum(case when what = 'extend' then 1 else 0 end) as bigint) as extensions,
                 max(case when what = 'place' then at end) as placed_at,
                 max(case when what = 'pay' then at end) as paid_at,
                 max(case when became = 'shipped' and was <> 'shipped' then at end) as shipped_at,
                 max(case when what = 'confirm' then at end) as completed_at,
                 max(case when what = 'settle' then at end) as settled_at,
                 max(case when became = 'closed' and was <> 'closed' then at end) as closed_at
             from order_change
             group by ord
         ) c on c.ord = o.id
         left join order_change l on l.home = o.home and l.ord = o.id and l.n = o.version
         left join store_timer tc on tc.home = o.home and tc.subject = o.trade and tc.kind = 'trade.close'
         left join store_timer tf on tf.home = o.home and tf.subject = o.id and tf.kind = 'order.confirm'
         left join store_timer ts on ts.home = o.home and ts.subject = o.id and ts.kind = 'order.settle'"
    );
    let mut zone = Zone::default();
    clerk.each(sql, &[], |row, page| {
        let order = shown::<Order>(row.get(0)?);
        let life = read(row)?;
        for wrong in life.wrongs(&mut zone) {
            page.say(format!("Order {order} is {} and {wrong}.", life.state), [order.clone()]);
        }
        Ok(())
    })?;
    clerk.count(across!("select count(*) from order_order"))
}

fn read(row: &Row) -> Result<Life> {
    Ok(Life {
        state: row.get(1)?,
        units: row.get(2)?,
        shipped: row.get(3)?,
        cancelled: row.get(4)?,
        amount: row.get(5)?,
        refunded: row.get(6)?,
        version: row.get(7)?,
        placed_at: row.get(8)?,
        close_at: row.get(9)?,
        paid_at: row.get(10)?,
        shipped_at: row.get(11)?,
        confirm_at: row.get(12)?,
        extended: row.get(13)?,
        completed_at: row.get(14)?,
        settle_on: row.get(15)?,
        settle_zone: row.get(16)?,
        settled_at: row.get(17)?,
        closed_at: row.get(18)?,
        told: Told {
            changes: row.get(19)?,
            last: row.get(20)?,
            became: row.get(21)?,
            extensions: row.get(22)?,
            placed_at: row.get(23)?,
            paid_at: row.get(24)?,
            shipped_at: row.get(25)?,
            completed_at: row.get(26)?,
            settled_at: row.get(27)?,
            closed_at: row.get(28)?,
            close_due: row.get(29)?,
            confirm_due: row.get(30)?,
            settle_due: row.get(31)?,
            has_case: row.get(32)?,
        },
    })
}

/// The zone that was last asked for: nearly all orders have the same.
#[derive(Default)]
struct Zone(Option<(String, TimeZone)>);

impl Zone {
    fn named(&mut self, name: &str) -> Option<&TimeZone> {
        if self.0.as_ref().is_none_or(|(known, _)| known != name) {
            self.0 = TimeZone::get(name).ok().map(|zone| (name.to_owned(), zone));
        }
        self.0.as_ref().map(|(_, zone)| zone)
    }
}

impl Life {
    fn wrongs(&self, zone: &mut Zone) -> Vec<String> {
        let mut wrongs = Vec::new();
        self.state(&mut wrongs);
        self.changes(&mut wrongs);
        self.deadlines(zone, &mut wrongs);
        wrongs
    }

    /// Which instants a state has, and how many units have gone out in it.
    fn state(&self, wrongs: &mut Vec<String>) {
        let is = |state: &str| self.state == state;
        let mut unless = |fits: bool, wrong: &str| {
            if !fits {
                wrongs.push(wrong.to_owned());
            }
        };
        let went_out = is("shipped") || is("completed");
        unless(self.paid_at.is_none() == is("unpaid") || is("closed"), "its payment's instant does not fit");
        unless(self.shipped_at.is_some() == went_out || is("closed"), "the instant it went out does not fit");
        unless(self.confirm_at.is_some() == self.shipped_at.is_some(), "has no time to confirm, or one too early");
        unless(self.completed_at.is_some() == is("completed"), "the instant it was received does not fit");
        let dated = self.settle_on.is_some() && self.settle_zone.is_some();
        let undated = self.settle_on.is_none() && self.settle_zone.is_none();
        unless(if is("completed") { dated } else { undated }, "its date of settlement does not fit");
        unless(self.settled_at.is_none() || is("completed"), "was settled too early");
        unless(self.closed_at.is_some() == is("closed"), "the instant it closed does not fit");
        let gone = self.shipped + self.cancelled;
        let fits = match self.state.as_str() {
            "unpaid" => gone == 0,
            "paid" => self.shipped == 0 && gone < self.units,
            "part_shipped" => self.shipped > 0 && gone < self.units,
            "shipped" | "completed" => self.shipped > 0 && gone == self.units,
            _ => true,
        };
        unless(fits, "the units that went out or were cancelled do not fit");
        let came_back = self.paid_at.is_none() || self.refunded == self.amount;
        unless(!is("closed") || came_back, "was paid and not given back whole");
        unless(self.paid_at.is_some() || self.refunded == 0, "was never paid and gave money back");
    }

    /// What the changes say of state, version and instants.
    fn changes(&self, wrongs: &mut Vec<String>) {
        let told = &self.told;
        if (told.changes, told.last) != (self.version, self.version) {
            let Told { changes, last, .. } = told;
            wrongs.push(format!("in version {}, with {changes} changes, the last numbered {last}", self.version));
        }
        if told.became.as_ref() != Some(&self.state) {
            wrongs.push(format!("its last change led to {:?}", told.became));
        }
        if told.extensions != self.extended {
            wrongs.push(format!("was extended {} times, its changes say {}", self.extended, told.extensions));
        }
        let instants = [
            ("placed", self.placed_at, told.placed_at),
            ("paid", self.paid_at, told.paid_at),
            ("shipped", self.shipped_at, told.shipped_at),
            ("received", self.completed_at, told.completed_at),
            ("settled", self.settled_at, told.settled_at),
            ("closed", self.closed_at, told.closed_at),
        ];
        for (what, head, change) in instants.into_iter().filter(|(_, head, change)| head != change) {
            wrongs.push(format!("was {what} at {}, its changes say {}", instant(head), instant(change)));
        }
    }

    /// A deadline is its timer's, whether the timer waits, rang or was dropped. An open case puts confirming off.
    fn deadlines(&self, zone: &mut Zone, wrongs: &mut Vec<String>) {
        let told = &self.told;
        if told.close_due != Some(self.close_at) {
            let (says, due) = (instant(Some(self.close_at)), instant(told.close_due));
            wrongs.push(format!("closes unpaid at {says}, its timer says {due}"));
        }
        let put_off = told.has_case && told.confirm_due > self.confirm_at;
        if self.confirm_at.is_some() && told.confirm_due != self.confirm_at && !put_off {
            let (says, due) = (instant(self.confirm_at), instant(told.confirm_due));
            wrongs.push(format!("confirms itself at {says}, its timer says {due}"));
        }
        let Some((settle_on, name)) = self.settle_on.zip(self.settle_zone.as_deref()) else {
            return;
        };
        let day = zone.named(name).zip(told.settle_due).map(|(zone, due)| Time(due).day(zone).number());
        if day != Some(settle_on) {
            wrongs.push(format!("settles on {settle_on} in {name}, its timer says {day:?}"));
        }
    }
}

fn instant(at: Instant) -> String {
    at.map_or("never".to_owned(), |at| Time(at).to_string())
}

/// Each change begins where the one before ended, and told its event in the same instant.
pub(super) fn changes_follow_each_other(clerk: &mut Clerk) -> Result<u64> {
    let sql = across!(
        "select c.ord, c.n, c.what, c.was, p.became, c.at, e.at
         from order_change c
         left join order_change p on p.home = c.home and p.ord = c.ord and p.n = c.n - 1
         left join (
             select root, seq, min(at) as at
             from store_event
             where name like 'order.%'
             group by root, seq
         ) e on e.root = c.ord and e.seq = c.n
         where (c.n = 1 and (c.what <> 'place' or c.was <> c.became))
           or (c.n <> 1 and coalesce(p.became, '') <> c.was)
           or coalesce(e.at, 0) <> c.at"
    );
    clerk.each(sql, &[], |row, page| {
        let order = shown::<Order>(row.get(0)?);
        let (n, what, was): (i64, String, String) = (row.get(1)?, row.get(2)?, row.get(3)?);
        let before: Option<String> = row.get(4)?;
        let (at, told): (Instant, Instant) = (row.get(5)?, row.get(6)?);
        page.say(
            format!(
                "Change {n} of order {order}, {what} from {was} at {}, follows {before:?}; its event says {}.",
                instant(at),
                instant(told)
            ),
            [order],
        );
        Ok(())
    })?;
    clerk.count(across!("select count(*) from order_change"))
}
