//! What happens to each order of the demo market: its fate, and the deeds that lead there, each at its time.

use super::{chance::Chance, stage::Stage};
use kernel::{Result, Time, time::MINUTE};

/// What becomes of an order.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fate {
    /// Received by the buyer's word; the shop has its money.
    Settled,
    /// The same, and later a unit is given back.
    GivenBackLate,
    /// Received by the clock, and settled.
    ByClock,
    /// Received; the money waits for its day.
    Completed,
    /// Shipped, with so many scans.
    OnItsWay(usize),
    /// Paid.
    ToShip,
    /// Some of it shipped.
    PartShipped,
    /// Waiting to be paid.
    Unpaid,
    /// Not paid in time.
    ClosedByClock,
    /// Cancelled before it was paid.
    Cancelled,
    /// Given back whole before it was shipped.
    RefundedUnsent,
    /// A line given back before it was shipped, the rest received.
    PartRefundedUnsent,
    /// The buyer wants money back; the seller has not answered.
    Asked,
    /// The seller said no; the operator has not ruled.
    WithOperator,
    /// The operator ruled against the buyer.
    RuledAgainst,
    /// The operator ruled for the buyer.
    RuledFor,
    /// The seller said yes to a unit.
    Agreed,
    /// The seller said nothing, and nothing had been scanned.
    BySilence,
    /// The buyer took his case back.
    Withdrawn,
    /// An offer that its seller still writes.
    QuoteDraft,
    /// An offer before its buyer.
    QuoteSent,
    /// An offer that was taken and paid, and waits to be shipped.
    QuoteTaken,
    /// An offer that the buyer declined.
    QuoteDeclined,
    /// An offer that the seller took back.
    QuoteWithdrawn,
    /// An offer that nobody answered.
    QuoteExpired,
}

/// One deed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Deed {
    /// The buyer checks out.
    Place,
    /// He opens the cashier's page and leaves it.
    OpenCashier,
    /// He pays.
    Pay,
    /// He cancels.
    Cancel,
    /// The shop ships all that is left.
    Ship,
    /// The shop ships the first line.
    ShipPart,
    /// The carrier has scanned the parcel so often, the last time just now.
    Scan(usize),
    /// The buyer has his goods.
    Confirm,
    /// The buyer wants money back: of what, and why.
    AskBack(What, &'static str),
    /// The seller says yes.
    Agree,
    /// The seller says no.
    Refuse,
    /// The operator rules.
    Rule(bool),
    /// The buyer takes his case back.
    Withdraw,
    /// The seller gives a unit's money back.
    GiveBack,
    /// The seller drafts an offer.
    Draft,
    /// The seller puts it before the buyer.
    Send,
    /// The buyer takes it.
    Accept,
    /// The buyer declines it.
    Decline,
    /// The seller takes it back.
    TakeBack,
}

/// What of an order is asked back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum What {
    /// All of it.
    Whole,
    /// The second line.
    SecondLine,
    /// One unit of the first line.
    OneUnit,
}

/// How many orders of each fate, placed between which days before the end, the earliest first.
const FATES: [(Fate, i64, i64, i64); 29] = [
    (Fate::Settled, 52, 34, 13),
    (Fate::GivenBackLate, 4, 30, 22),
    (Fate::ByClock, 9, 34, 20),
    (Fate::Completed, 14, 9, 7),
    (Fate::OnItsWay(0), 3, 3, 3),
    (Fate::OnItsWay(1), 3, 3, 3),
    (Fate::OnItsWay(3), 5, 3, 3),
    (Fate::OnItsWay(5), 6, 5, 4),
    (Fate::ToShip, 9, 2, 1),
    (Fate::PartShipped, 4, 6, 4),
    (Fate::ClosedByClock, 8, 31, 3),
    (Fate::Cancelled, 4, 27, 4),
    (Fate::RefundedUnsent, 5, 26, 4),
    (Fate::PartRefundedUnsent, 3, 24, 14),
    (Fate::Asked, 4, 5, 5),
    (Fate::WithOperator, 3, 9, 9),
    (Fate::RuledAgainst, 2, 17, 16),
    (Fate::RuledFor, 2, 18, 17),
    (Fate::Agreed, 4, 20, 12),
    (Fate::BySilence, 2, 15, 14),
    (Fate::Withdrawn, 2, 17, 16),
    (Fate::QuoteDraft, 1, 2, 2),
    (Fate::QuoteSent, 2, 3, 2),
    (Fate::QuoteTaken, 2, 4, 3),
    (Fate::QuoteDeclined, 1, 12, 12),
    (Fate::QuoteWithdrawn, 1, 16, 16),
    (Fate::QuoteExpired, 1, 20, 20),
    // Just now: so many at these minutes before the end, not days.
    (Fate::ToShip, 5, JUST_NOW, JUST_NOW),
    (Fate::Unpaid, 5, JUST_NOW, JUST_NOW),
];

const JUST_NOW: i64 = 0;

/// A fate with its deeds in order.
pub(super) struct Course {
    pub fate: Fate,
    /// Whether it is the first of its fate, which the first buyer has.
    pub is_first: bool,
    pub deeds: Vec<(Time, Deed)>,
}

/// Every order's course.
pub(super) fn courses(stage: &Stage) -> Result<Vec<Course>> {
    let mut courses: Vec<Course> = Vec::new();
    for (fate, count, first, last) in FATES {
        for n in 0..count {
            let is_first = courses.iter().all(|course| course.fate != fate);
            let deeds = if first == JUST_NOW {
                just_now(stage, fate, n)
            } else {
                let day = first - (first - last) * n / (count - 1).max(1);
                let evening = stage.chance.borrow_mut().below(2) == 1;
                deeds(stage, fate, day, evening, n)?
            };
            courses.push(Course { fate, is_first, deeds });
        }
    }
    Ok(courses)
}

/// Deeds of the last hours.
fn just_now(stage: &Stage, fate: Fate, n: i64) -> Vec<(Time, Deed)> {
    let ago = |minutes: i64| stage.until.plus(-minutes * MINUTE);
    match fate {
        Fate::Unpaid if n % 2 == 0 => vec![(ago(9 + 13 * n), Deed::Place)],
        Fate::Unpaid => vec![(ago(9 + 13 * n), Deed::Place), (ago(7 + 13 * n), Deed::OpenCashier)],
        _ => vec![(ago(75 + 31 * n), Deed::Place), (ago(72 + 31 * n), Deed::Pay)],
    }
}

/// When the deeds of a day are done. Everybody's of one day share their minutes, as a day has its peaks and a warehouse
/// its hour of shipping.
struct Days<'a> {
    stage: &'a Stage<'a>,
    evening: bool,
}

impl Days<'_> {
    fn place(&self, day: i64) -> Result<Time> {
        let minute = day * 7 % 50;
        if self.evening { self.stage.at(day, 20, minute) } else { self.stage.at(day, 12, minute) }
    }

    fn paid(&self, day: i64) -> Result<Time> {
        Ok(self.place(day)?.plus(3 * MINUTE))
    }

    fn ship(&self, day: i64) -> Result<Time> {
        self.stage.at(day, 16, 30 + day % 20)
    }

    fn confirm(&self, day: i64) -> Result<Time> {
        self.stage.at(day, 21, 10 + day % 40)
    }

    fn office(&self, day: i64) -> Result<Time> {
        self.stage.at(day, 10, 5 + day % 50)
    }
}

/// The deeds that lead to a fate, for an order placed on a day so many days before the end.
fn deeds(stage: &Stage, fate: Fate, day: i64, evening: bool, n: i64) -> Result<Vec<(Time, Deed)>> {
    use Deed::*;
    let days = Days { stage, evening };
    let bought = || Ok::<_, kernel::Error>(vec![(days.place(day)?, Place), (days.paid(day)?, Pay)]);
    let shipped = |scans: usize| {
        let mut deeds = bought()?;
        deeds.push((days.ship(day - 1)?, Ship));
        if scans > 0 {
            deeds.push((last_scan(days.ship(day - 1)?, scans), Scan(scans)));
        }
        Ok::<_, kernel::Error>(deeds)
    };
    let then = |first: Result<Vec<(Time, Deed)>>, rest: Vec<(Result<Time>, Deed)>| {
        let rest = rest.into_iter().map(|(at, deed)| Ok((at?, deed))).collect::<Result<Vec<_>>>()?;
        Ok([first?, rest].concat())
    };
    let (place, office, confirm) = (|day| days.place(day), |day| days.office(day), |day| days.confirm(day));
    let damaged = AskBack(What::Whole, "damaged");
    match fate {
        Fate::Settled | Fate::Completed => then(shipped(5), vec![(confirm(day - 3 - n % 2), Confirm)]),
        Fate::GivenBackLate => then(shipped(5), vec![(confirm(day - 3), Confirm), (office(3), GiveBack)]),
        Fate::ByClock => shipped(5),
        Fate::OnItsWay(scans) => shipped(scans),
        Fate::ToShip => bought(),
        Fate::PartShipped => then(
            bought(),
            vec![(days.ship(day - 1), ShipPart), (days.ship(day - 1).map(|shipped| last_scan(shipped, 2)), Scan(2))],
        ),
        Fate::Unpaid | Fate::ClosedByClock => Ok(vec![(days.place(day)?, Place)]),
        Fate::Cancelled => {
            then(Ok(vec![(days.place(day)?, Place)]), vec![(place(day).map(|at| at.plus(40 * MINUTE)), Cancel)])
        }
        Fate::RefundedUnsent => then(bought(), vec![(office(day - 1), AskBack(What::Whole, "changed_mind"))]),
        Fate::PartRefundedUnsent => then(
            shipped(5),
            vec![(office(day - 1), AskBack(What::SecondLine, "ordered_by_mistake")), (confirm(day - 4), Confirm)],
        ),
        Fate::Asked => then(shipped(5), vec![(confirm(1), AskBack(What::Whole, "not_as_described"))]),
        Fate::WithOperator => then(shipped(5), vec![(office(5), damaged), (office(4), Refuse)]),
        Fate::RuledAgainst | Fate::RuledFor => {
            let ruling = Rule(fate == Fate::RuledFor);
            then(shipped(5), vec![(office(day - 4), damaged), (office(day - 5), Refuse), (office(day - 8), ruling)])
        }
        Fate::Agreed => {
            then(shipped(5), vec![(confirm(day - 4), AskBack(What::OneUnit, "missing_part")), (office(day - 5), Agree)])
        }
        Fate::BySilence => then(shipped(0), vec![(office(day - 5), AskBack(What::Whole, "not_received"))]),
        Fate::Withdrawn => then(
            shipped(5),
            vec![
                (office(day - 4), AskBack(What::OneUnit, "wrong_goods")),
                (office(day - 5), Withdraw),
                (confirm(day - 5), Confirm),
            ],
        ),
        quote => quoted(&days, quote, day),
    }
}

/// The deeds of offers.
fn quoted(days: &Days, fate: Fate, day: i64) -> Result<Vec<(Time, Deed)>> {
    let mut deeds = vec![(days.office(day)?, Deed::Draft)];
    if fate != Fate::QuoteDraft {
        deeds.push((days.office(day)?.plus(25 * MINUTE), Deed::Send));
    }
    match fate {
        Fate::QuoteTaken => {
            deeds.extend([(days.place(day - 1)?, Deed::Accept), (days.paid(day - 1)?, Deed::Pay)]);
        }
        Fate::QuoteDeclined => deeds.push((days.place(day - 1)?, Deed::Decline)),
        Fate::QuoteWithdrawn => deeds.push((days.office(day - 2)?, Deed::TakeBack)),
        _ => {}
    }
    Ok(deeds)
}

/// What a carrier says of a parcel, and how many minutes after it was handed over.
pub(super) const SCANS: [(delivery::State, i64); 5] = [
    (delivery::State::PickedUp, 150),
    (delivery::State::InTransit, 11 * 60),
    (delivery::State::AtStation, 27 * 60),
    (delivery::State::OutForDelivery, 40 * 60),
    (delivery::State::Signed, 45 * 60),
];

fn last_scan(handed: Time, scans: usize) -> Time {
    let minutes = SCANS.iter().take(scans).map(|(_, minutes)| *minutes).max().unwrap_or(0);
    handed.plus((minutes + 5) * MINUTE)
}

impl Fate {
    /// Whether it needs an order of several lines in one shop.
    pub(super) fn needs_lines(self) -> bool {
        matches!(self, Fate::PartShipped | Fate::PartRefundedUnsent)
    }

    /// Whether it may be a trade of two shops.
    pub(super) fn may_be_two_shops(self) -> bool {
        matches!(self, Fate::Settled | Fate::Completed | Fate::ToShip | Fate::Unpaid | Fate::OnItsWay(_))
    }

    /// Whether it is an offer's.
    pub(super) fn is_quote(self) -> bool {
        use Fate::{QuoteDeclined, QuoteDraft, QuoteExpired, QuoteSent, QuoteTaken, QuoteWithdrawn};
        matches!(self, QuoteDraft | QuoteSent | QuoteTaken | QuoteDeclined | QuoteWithdrawn | QuoteExpired)
    }

    /// How many of each line: offers are for many.
    pub(super) fn units(self, chance: &mut Chance) -> i64 {
        if self.is_quote() { chance.between(12, 40) } else { chance.between(1, 2) }
    }
}
