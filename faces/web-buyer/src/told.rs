//! An order told to its buyer: where it stands, what comes next, where his money is, what happened and by whom.

use crate::order::Found;
use aftersale::Ground;
use door::words;
use kernel::{Money, Time};
use order::{Order, State};
use views::order_page::{Case, Change, OrderPage};
use web::Visit;

/// A station of the order's way.
pub(crate) struct Step {
    /// What it is called.
    pub(crate) name: &'static str,
    /// When, or how far.
    pub(crate) under: String,
    /// `done`, `now`, or nothing.
    pub(crate) class: &'static str,
}

/// Something that happened, as the timeline shows it.
pub(crate) struct Story {
    /// What.
    pub(crate) what: String,
    /// By whom.
    pub(crate) who: String,
    /// When.
    pub(crate) at: Time,
}

/// What the order costs, in lines that add up.
pub(crate) struct Paying {
    /// Each part by its name.
    pub(crate) lines: Vec<(String, Money)>,
    /// What the sum is called: still to be paid, or paid and how.
    pub(crate) label: String,
    /// The sum.
    pub(crate) total: Money,
    /// What went back of it, below zero, and what stays paid.
    pub(crate) back: Option<(Money, Money)>,
}

/// A word of the catalogue for a code; the code itself where a shop's own has none.
pub(crate) fn named(v: &Visit, of: &str, code: &str) -> String {
    let id = format!("{of}-{}", code.replace(['_', '.'], "-"));
    if words::has(v.locale(), &id) { words::say(v.locale(), &id) } else { code.to_owned() }
}

/// The sentence that the page begins with.
pub(crate) fn headline(v: &Visit, found: &Found) -> String {
    let order = &found.page.order;
    match order.state {
        State::Unpaid => v.tell("buy-head-unpaid", "time", v.time(&order.close_at)),
        State::Paid => v.say("buy-head-paid").to_owned(),
        State::PartShipped => v.tell2("buy-head-part-shipped", "sent", order.shipped, "all", order.units),
        State::Shipped => {
            let states = || found.page.parcels.iter().map(|parcel| parcel.shipped.parcel.state);
            let (all, there) = (states().count(), states().filter(|state| *state == delivery::State::Signed).count());
            match there {
                0 => v.say("buy-head-shipped").to_owned(),
                there if there == all => v.say("buy-head-signed").to_owned(),
                there => v.tell2("buy-head-some-signed", "there", there, "all", all),
            }
        }
        State::Completed => v.say("buy-head-completed").to_owned(),
        State::Closed => why_closed(v, &found.page),
    }
}

fn why_closed(v: &Visit, page: &OrderPage) -> String {
    let last = page.timeline.iter().rev().find(|change| change.became == State::Closed.word());
    match last.map(|change| (change.what.as_str(), change.why.as_str())) {
        Some(("close", "cancelled_by_buyer")) => v.say("buy-head-cancelled").to_owned(),
        Some(("close", _)) => v.say("buy-head-not-paid").to_owned(),
        _ => v.say("buy-head-refunded").to_owned(),
    }
}

/// What happens next by itself, and when.
pub(crate) fn then(v: &Visit, found: &Found) -> Option<String> {
    let order = &found.page.order;
    let is_disputed = found.page.cases.iter().any(|case| case.decided_at.is_none());
    match (order.state, order.confirm_at) {
        (State::Unpaid, _) => Some(v.say("buy-then-unpaid").to_owned()),
        (State::Paid | State::PartShipped, _) => Some(v.say("buy-then-paid").to_owned()),
        (State::Shipped, _) if is_disputed => Some(v.say("buy-then-disputed").to_owned()),
        (State::Shipped, Some(at)) => Some(v.tell("buy-then-shipped", "time", v.time(&at))),
        (State::Completed, _) => Some(v.say("buy-then-completed").to_owned()),
        _ => None,
    }
}

/// The way of the order, with where it is.
pub(crate) fn steps(v: &Visit, order: &Order) -> Vec<Step> {
    let step = |name, at: Option<Time>, is_now: bool, otherwise: String| Step {
        name,
        under: at.map_or(otherwise, |at| v.time(&at)),
        class: if at.is_some() {
            "done"
        } else if is_now {
            "now"
        } else {
            ""
        },
    };
    let by = |at: Option<Time>| at.map(|at| v.tell("buy-step-by", "time", v.time(&at))).unwrap_or_default();
    let mut steps = vec![step(v.say("buy-step-placed"), Some(order.placed_at), false, String::new())];
    if order.state != State::Closed || order.paid_at.is_some() {
        let until = by(Some(order.close_at));
        steps.push(step(v.say("buy-step-paid"), order.paid_at, order.state == State::Unpaid, until));
    }
    if order.state == State::Closed {
        if order.shipped > 0 {
            steps.push(step(v.say("buy-step-shipped"), order.shipped_at, false, String::new()));
        }
        steps.push(Step { class: "now", ..step(v.say("buy-step-closed"), order.closed_at, true, String::new()) });
        return steps;
    }
    let sent = match order.shipped {
        0 => String::new(),
        sent => v.tell2("buy-step-part", "sent", sent, "all", order.units - order.cancelled),
    };
    let is_shipping = matches!(order.state, State::Paid | State::PartShipped);
    steps.push(step(v.say("buy-step-shipped"), order.shipped_at, is_shipping, sent));
    let is_there = order.state == State::Shipped;
    let until = if is_there { by(order.confirm_at) } else { String::new() };
    steps.push(step(v.say("buy-step-received"), order.completed_at, is_there, until));
    steps
}

/// What the order costs: the price ledger summed by stage, then the charges.
pub(crate) fn paying(v: &Visit, page: &OrderPage) -> Paying {
    let order = &page.order;
    let mut stages: Vec<(&str, i64)> = Vec::new();
    for row in page.lines.iter().flat_map(|line| &line.prices) {
        match stages.iter_mut().find(|(stage, _)| *stage == row.stage) {
            Some((_, sum)) => *sum += row.amount,
            None => stages.push((&row.stage, row.amount)),
        }
    }
    let goods = stages.into_iter().map(|(stage, sum)| (named(v, "buy-stage", stage), order.money(sum)));
    let charges = page.charges.iter();
    let charges = charges.map(|charge| (named(v, "buy-charge", charge.kind.word()), order.money(charge.amount)));
    let paid_by = page.payments.iter().find(|payment| payment.state == payment::State::Succeeded);
    let label = match (paid_by, order.paid_at) {
        (Some(payment), _) => v.tell("buy-paid-with", "channel", named(v, "buy-channel", &payment.channel)),
        (None, Some(_)) => v.say("buy-paid").to_owned(),
        (None, None) => v.say("buy-to-pay").to_owned(),
    };
    let back = (order.refunded > 0).then(|| (order.money(-order.refunded), order.money(order.amount - order.refunded)));
    Paying { lines: goods.chain(charges).collect(), label, total: order.money(order.amount), back }
}

/// Where the money is while nobody has confirmed.
pub(crate) fn guard(v: &Visit, found: &Found) -> Option<String> {
    let order = &found.page.order;
    let kept = v.money(&order.money(order.amount - order.refunded));
    match (order.state, order.confirm_at) {
        (State::Paid | State::PartShipped, _) | (State::Shipped, None) => {
            Some(v.tell2("buy-guard-held", "amount", kept, "market", v.market_name()))
        }
        (State::Shipped, Some(at)) => {
            let until = v.date(&at);
            let told = [("amount", kept.into()), ("market", v.market_name().into()), ("date", until.into())];
            Some(words::tell(v.locale(), "buy-guard-until", &told))
        }
        _ => None,
    }
}

/// What whoever has a case is to do, or on what it was decided.
pub(crate) fn case_says(v: &Visit, case: &Case) -> Option<String> {
    use aftersale::State::{Asked, WithOperator};
    match (case.state, case.answer_by, case.ground) {
        (Asked, Some(by), _) => Some(v.tell("buy-case-asked", "time", v.time(&by))),
        (WithOperator, Some(by), _) => Some(v.tell("buy-case-with-operator", "time", v.time(&by))),
        (_, _, Some(ground)) => Some(v.word("buy-ground", ground.word())),
        _ => None,
    }
}

/// What happened, newest first. What the shop and the market settle between them is not the buyer's.
pub(crate) fn story(v: &Visit, found: &Found) -> Vec<Story> {
    let changes = found.page.timeline.iter().rev().filter(|change| change.what != "settle");
    changes.map(|change| Story { what: what(v, change), who: who(v, found, change), at: change.at }).collect()
}

fn what(v: &Visit, change: &Change) -> String {
    let what = match (change.what.as_str(), change.why.as_str()) {
        ("confirm", "time_over") => v.say("buy-story-confirmed-itself").to_owned(),
        ("close", "not_paid_in_time") => v.say("buy-story-not-paid").to_owned(),
        (what, _) => named(v, "buy-story", what),
    };
    match change.what.as_str() {
        "refund" | "refund_all" | "cancel_rest" if !change.why.is_empty() => {
            v.tell2("buy-story-why", "what", what, "why", named(v, "buy-reason", &change.why))
        }
        _ => what,
    }
}

fn who(v: &Visit, found: &Found, change: &Change) -> String {
    let you = || v.say("buy-who-you").to_owned();
    let market = || v.market_name().to_owned();
    let shop = || found.shop.name.clone();
    if !matches!(change.actor.as_str(), "person" | "guest" | "key" | "anyone") {
        return market();
    }
    match change.what.as_str() {
        "ship_part" | "ship_all" => shop(),
        "refund" | "refund_all" | "cancel_rest" => match ground(&found.page, change.at) {
            Some(Ground::NotShipped) => you(),
            Some(Ground::SellersChoice) => shop(),
            Some(Ground::Silence | Ground::Ruling) | None => market(),
        },
        _ => you(),
    }
}

/// On what the refund of that instant was granted.
fn ground(page: &OrderPage, at: Time) -> Option<Ground> {
    let refund = page.refunds.iter().find(|refund| refund.granted_at == at)?;
    page.cases.iter().find(|case| case.id == refund.case)?.ground
}
