//! What a replay came to, in figures and in words.

use super::{
    plan::{Plan, Tally},
    run::Done,
    stage::{CURRENCY, Stage},
};
use kernel::{Money, Result};
use serde::Serialize;
use std::{collections::BTreeMap, fmt::Write};
use store::{Read, across, args};

/// What was sold.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Sold {
    /// Lines.
    pub lines: u64,
    /// Units.
    pub units: i64,
    /// Pence.
    pub minor: i64,
}

/// What was given back.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Refunded {
    /// Lines of credit notes that gave something back.
    pub lines: u64,
    /// Units.
    pub units: i64,
    /// Pence.
    pub minor: i64,
    /// Units that nobody had bought.
    pub unmatched_units: i64,
}

/// Where the money is, as the ledger says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Ledger {
    /// What buyers paid through channels.
    pub buyers_paid_minor: i64,
    /// What channels gave back to them.
    pub buyers_refunded_minor: i64,
    /// Paid and not confirmed.
    pub escrow_minor: i64,
    /// All pots of the shop without its deposit.
    pub shops_minor: i64,
    /// Kept as commission.
    pub commission_minor: i64,
}

/// The figures of a replay.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Report {
    /// Lines read.
    pub lines: u64,
    /// What all readable lines are worth.
    pub file_total_minor: i64,
    /// What was sold.
    pub sold: Sold,
    /// Orders placed.
    pub orders: u64,
    /// Customers who bought.
    pub registered_buyers: u64,
    /// Orders of guests.
    pub guest_orders: u64,
    /// SKUs sold.
    pub skus: u64,
    /// Fit lines of credit notes.
    pub cancellations: Tally,
    /// What was given back.
    pub refunded: Refunded,
    /// What was refused, by rule.
    pub refused: BTreeMap<String, Tally>,
    /// Where the money is.
    pub ledger: Ledger,
    /// Acts of the replay, of timers and of channels in the audit log.
    pub acts: i64,
    /// Events said.
    pub events: i64,
    /// Timers set.
    pub timers: i64,
    /// How long it took.
    pub seconds: f64,
}

/// Puts the figures together; the money is read from the ledger, not reckoned along.
///
/// # Errors
/// What the database says.
pub fn report(stage: &Stage, plan: &Plan, done: &Done) -> Result<Report> {
    let counted = stage.opened.market.store.snapshot(|read| {
        let acts = across!(
            "select count(*)
             from store_audit
             where outcome = 'done' and actor in ('replay', 'timer', 'channel')"
        );
        let count = |read: &mut Read, sql| read.one(sql, args![], |row| row.get::<i64>(0));
        let acts = count(read, acts)?;
        let events = count(read, across!("select count(*) from store_event"))?;
        let timers = count(read, across!("select count(*) from store_timer"))?;
        Ok((ledger(read)?, acts, events, timers))
    });
    let (ledger, acts, events, timers) = counted.wait()?;
    Ok(Report {
        lines: plan.lines,
        file_total_minor: plan.file_total_minor,
        sold: Sold { lines: plan.sold.lines, units: plan.sold_units, minor: plan.sold.minor },
        orders: done.orders,
        registered_buyers: done.registered.len() as u64,
        guest_orders: done.guest_orders,
        skus: done.skus.len() as u64,
        cancellations: plan.cancelled,
        refunded: Refunded {
            lines: done.refunded_lines,
            units: done.refunded_units,
            minor: done.refunded_minor,
            unmatched_units: done.unmatched_units,
        },
        refused: plan.refused.iter().map(|(code, tally)| ((*code).to_owned(), *tally)).collect(),
        ledger,
        acts,
        events,
        timers,
        seconds: 0.0,
    })
}

/// Where the money is, as the ledger says.
///
/// # Errors
/// What the database says.
pub fn ledger(read: &mut Read) -> Result<Ledger> {
    let moved = across!(
        "select cast(coalesce(sum(l.amount), 0) as bigint)
         from ledger_entry e
         join ledger_leg l on l.home = e.home and l.entry = e.id
         where l.account = 'channel' and e.event = $1"
    );
    let balance = across!(
        "select cast(coalesce(sum(amount), 0) as bigint)
         from ledger_balance
         where account in ($1, $2, $3, $4)"
    );
    let mut moved = |event: &str| read.one(moved, args![event], |row| row.get::<i64>(0));
    let (paid, refunded) = (moved("pay")?, moved("refunded")?);
    let mut owed = |accounts: [&str; 4]| {
        let [a, b, c, d] = accounts;
        read.one(balance, args![a, b, c, d], |row| row.get::<i64>(0)).map(|sum| -sum)
    };
    Ok(Ledger {
        buyers_paid_minor: paid,
        buyers_refunded_minor: -refunded,
        escrow_minor: owed(["escrow", "", "", ""])?,
        shops_minor: owed(["shop_pending", "shop_available", "shop_reserve", "shop_receivable"])?,
        commission_minor: owed(["commission", "", "", ""])?,
    })
}

impl Report {
    /// For a person at a terminal.
    pub fn in_words(&self) -> String {
        let mut out = String::new();
        let money = |minor| Money::new(minor, CURRENCY);
        let mut say = |label: &str, value: String| {
            // Writing into a String cannot fail.
            let _ = writeln!(out, "{label:<22}{value}");
        };
        say("lines read", format!("{} worth {}", self.lines, money(self.file_total_minor)));
        say("sold", format!("{} lines, {} units, {}", self.sold.lines, self.sold.units, money(self.sold.minor)));
        let buyers = (self.registered_buyers, self.guest_orders);
        say("orders", format!("{} by {} customers, of these {} by guests", self.orders, buyers.0, buyers.1));
        say("goods", format!("{} SKUs", self.skus));
        say("credit notes", format!("{} lines, {}", self.cancellations.lines, money(self.cancellations.minor)));
        let back = &self.refunded;
        let text = format!("{} lines, {} units, {}", back.lines, back.units, money(back.minor));
        say("given back", format!("{text}; {} units nobody had bought", back.unmatched_units));
        for (code, tally) in &self.refused {
            say("refused", format!("{} lines: {code}", tally.lines));
        }
        let ledger = &self.ledger;
        say("buyers paid", money(ledger.buyers_paid_minor).to_string());
        say("buyers got back", money(ledger.buyers_refunded_minor).to_string());
        say("in escrow", money(ledger.escrow_minor).to_string());
        say("the shop's", money(ledger.shops_minor).to_string());
        say("commission", money(ledger.commission_minor).to_string());
        say("acts, events, timers", format!("{}, {}, {}", self.acts, self.events, self.timers));
        say("took", format!("{:.1} s", self.seconds));
        out
    }
}
