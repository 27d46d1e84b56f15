//! The books: what must be true of the whole database at every instant, held by `jishi check`, by every test story and
//! by the soak alike. Each book is a function that says what does not fit, so that an empty report is a proof.
//!
//! A number stands in two places wherever that is possible, and a book holds the two against each other: a sum against
//! its parts, a document against the postings that it caused, a state against the change that led to it.
//! [`UNCHECKED`] names what stands in one place only.

mod clerk;
mod events;
mod homes;
mod ids;
mod ledger;
mod lists;
mod order_changes;
mod order_lines;
mod order_sums;
mod order_units;
mod parcels;
mod payments;
mod payouts;
mod postings;
mod postings_of_payouts;
mod pots;
mod promises;
mod quotations;
mod refunds;
mod search;
mod stock;
mod trades;
mod unchecked;
mod waiting;

use clerk::Clerk;
use kernel::{Error, Result, Time};
use serde::Serialize;
use std::{sync::mpsc, thread};
use store::{Read, Store};

pub use clerk::Finding;
pub use unchecked::UNCHECKED;

/// What a walk through all books brought to light.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Report {
    /// What does not fit; empty where the books are right.
    pub findings: Vec<Finding>,
    /// Each book with how many rows it is about.
    pub checked: Vec<(&'static str, u64)>,
}

impl Report {
    /// Whether everything fits.
    pub const fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }
}

/// A book: its code, which stays the same, and what goes through it and answers how many rows it is about.
type Book = (&'static str, fn(&mut Clerk) -> Result<u64>);

/// Every book, from the ground up.
const BOOKS: &[Book] = &[
    ("homes", homes::every_row_lies_in_the_home_of_its_id),
    ("ids", ids::every_id_points_at_something),
    ("ids.goods", ids::what_an_order_names_is_the_shops),
    ("ledger.entries", ledger::entries_sum_to_zero),
    ("ledger.balances", ledger::balances_are_the_sum_of_their_legs),
    ("ledger.below_zero", ledger::nothing_is_owed_below_zero),
    ("ledger.folds", ledger::folds_arrive),
    ("postings.pay", postings::pay),
    ("postings.late", postings::late),
    ("postings.refund", postings::refund),
    ("postings.refunded", postings::refunded),
    ("postings.confirm", postings::confirm),
    ("postings.settle", postings::settle),
    ("postings.reserve", postings_of_payouts::reserve_released),
    ("postings.fold", postings_of_payouts::fold),
    ("postings.payout", postings_of_payouts::payout),
    ("postings.deposit", postings_of_payouts::deposit),
    ("postings.debt", postings_of_payouts::debt),
    ("pots.escrow", pots::escrow_is_paid_and_unconfirmed),
    ("pots.transit", pots::transit_is_what_is_under_way),
    ("pots.pending", pots::pending_is_completed_and_unsettled),
    ("pots.reserve", pots::reserve_is_what_was_held_back),
    ("pots.commission", pots::commission_is_what_orders_say),
    ("payments.amounts", payments::amounts),
    ("payments.parts", payments::parts),
    ("payments.refunds", payments::refunds),
    ("trades", trades::trades_are_their_orders),
    ("orders.sums", order_sums::heads_are_the_sums_of_their_lines),
    ("orders.states", order_changes::states_have_their_instants),
    ("orders.changes", order_changes::changes_follow_each_other),
    ("orders.lines", order_lines::prices_come_about),
    ("orders.units", order_units::lines_have_their_parcels_and_refunds),
    ("orders.charges", order_units::charges_have_their_refunds),
    ("refunds.documents", refunds::documents_are_their_lines_and_parts),
    ("refunds.cases", refunds::cases_are_of_their_order),
    ("parcels", parcels::parcels_left_with_their_order),
    ("stock.movements", stock::on_hand_is_the_sum_of_movements),
    ("stock.reserved", stock::reserved_is_the_sum_of_reservations),
    ("stock.promises", promises::orders_hold_what_they_wait_for),
    ("stock.warehouses", stock::every_shop_has_one_main_warehouse),
    ("quotations.sums", quotations::sums),
    ("quotations.kept", quotations::what_was_agreed_was_bought),
    ("payouts.settlements", payouts::settlements_are_of_their_order),
    ("payouts.folds", payouts::folds_are_of_their_payout),
    ("lists", lists::shops_know_their_orders),
    ("search", search::what_is_on_sale_is_found),
    ("events", events::events_are_told_once),
    ("waiting.events", waiting::events_are_delivered),
    ("waiting.timers", waiting::timers_have_rung),
    ("waiting.askings", waiting::channels_and_banks_were_asked),
    ("waiting.orders", waiting::every_open_thing_has_its_timer),
    ("audit", waiting::the_audit_chain_holds),
];

/// Goes through all books in one snapshot. `progress` is told each book's code as it is opened. What should have been
/// done ten minutes before `now` and was not is a finding too.
///
/// # Errors
/// What the engine says; a finding is no error.
pub fn check(store: &Store, now: Time, progress: impl FnMut(&str)) -> Result<Report> {
    let (told, heard) = mpsc::channel();
    thread::scope(|scope| {
        // The store may ask on a thread of its own, so what is heard of it comes by a channel.
        let asked = scope.spawn(move || store.snapshot(move |read| go_through(read, now, &told)).wait());
        heard.iter().for_each(progress);
        asked.join().unwrap_or_else(|_| Err(Error::broken("going through the books panicked")))
    })
}

fn go_through(read: &mut Read, now: Time, told: &mpsc::Sender<&'static str>) -> Result<Report> {
    let mut report = Report::default();
    for (code, look) in BOOKS {
        // Nobody may be listening any more; the books are gone through all the same.
        let _ = told.send(code);
        let mut clerk = Clerk::new(read, now, code);
        let rows = look(&mut clerk)?;
        report.checked.push((code, rows));
        report.findings.extend(clerk.findings());
    }
    Ok(report)
}
