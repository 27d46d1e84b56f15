//! Money goes back: at once before shipping, by the seller's word or silence after it, by the operator where they do
//! not agree; whole or by line and unit, before and after settlement. [S1]

mod preview;

pub use preview::{Preview, preview};

use crate::{
    access, placing,
    postings::{self, Pot},
    timers,
};
use aftersale::{Bearer, Ground, Head, Kind, LineKind, NewRefund, Part, RefundLine, Stage};
use identity::Permission;
use kernel::{
    Cx, Id, Money, Result, Text, Time, Units,
    error::Common,
    kinds,
    time::{DAY, HOUR},
};
use order::{Back, ChargeBack, LineBack, Order, State};
use pricing::{Asked, Circumstances, LineRefund, OrderRefund, PaidLine, PaidOrder};
use serde::{Deserialize, Serialize};
use store::{Act, Answer, Read, Store, Tx};

/// What shall go back of an order.
#[derive(Clone, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefundWish {
    /// Of which order.
    pub order: Id<kinds::Order>,
    /// Line numbers with units; empty for everything that is left.
    #[serde(default)]
    pub lines: Vec<(i64, Units)>,
    /// A reason's code.
    pub reason: String,
    /// In the asker's words.
    #[serde(default)]
    pub words: Option<Text<2000>>,
}

/// What became of it. Where some units had gone out and others not, the case is the one that waits and the refund that
/// of the others.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, schemars::JsonSchema)]
pub struct Refunding {
    /// The case.
    pub case: Id<kinds::Case>,
    /// The refund document of what was granted at once.
    pub refund: Option<Id<kinds::Refund>>,
}

/// The buyer asks. What has not gone out is given back at once; for the rest the seller has his time to answer.
///
/// # Errors
/// `wrong_state`, `refund_exceeds_units`, `case_open`, `reason_unknown`, `not_found` for another's order.
pub fn ask(store: &Store, cx: &Cx, wish: RefundWish) -> Answer<Refunding> {
    store.write(Act::new("refund.ask", cx).over(&wish), move |tx| {
        let order = order::order(tx, wish.order)?;
        access::buyer(tx, order.buyer)?;
        open(tx, &order, &wish)
    })
}

/// The seller gives money back of his own accord, at any time.
///
/// # Errors
/// `wrong_state`, `refund_exceeds_units`, `reason_unknown`, `not_found` for another shop's order.
pub fn grant(store: &Store, cx: &Cx, wish: RefundWish) -> Answer<Refunding> {
    store.write(Act::new("refund.grant", cx).over(&wish), move |tx| {
        let order = order::order(tx, wish.order)?;
        access::seller(tx, order.shop, Permission::ShopRefunds)?;
        let paid = Paid::read(tx, order)?;
        let asked = paid.asked(&wish.lines)?;
        at_once(tx, &paid, &asked, &wish, Kind::RefundOnly, Ground::SellersChoice)
    })
}

/// The seller says yes to a case.
///
/// # Errors
/// `case_decided`, `not_found`.
pub fn agree(store: &Store, cx: &Cx, case: Id<kinds::Case>) -> Answer<Refunding> {
    store.write(Act::new("refund.agree", cx).over(&case), move |tx| {
        let head = aftersale::head(tx, case)?;
        access::seller(tx, head.shop, Permission::ShopRefunds)?;
        must_wait_for_seller(&head)?;
        give(tx, case, Ground::SellersChoice, &[], None)
    })
}

/// The seller says no: the case goes to the operator, who decides.
///
/// # Errors
/// `case_decided`, `not_found`.
pub fn refuse(store: &Store, cx: &Cx, case: Id<kinds::Case>) -> Answer<()> {
    refuse_saying(store, cx, case, None)
}

/// As [`refuse`], and tells the operator why in words.
///
/// # Errors
/// As [`refuse`].
pub fn refuse_saying(store: &Store, cx: &Cx, case: Id<kinds::Case>, words: Option<Text<2000>>) -> Answer<()> {
    store.write(Act::new("refund.refuse", cx).over(&(case, &words)), move |tx| {
        let head = aftersale::head(tx, case)?;
        access::seller(tx, head.shop, Permission::ShopRefunds)?;
        must_wait_for_seller(&head)?;
        let head = call_operator(tx, case)?;
        match &words {
            Some(words) => aftersale::say(tx, &head, aftersale::Side::Seller, words),
            None => Ok(()),
        }
    })
}

/// The operator's ruling on a case that came to him.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ruling {
    /// Which.
    pub case: Id<kinds::Case>,
    /// Whether the buyer gets his money.
    pub granted: bool,
    /// For how many units of which of the case's lines; empty for the case as it stands.
    #[serde(default)]
    pub lines: Vec<(i64, Units)>,
    /// Why.
    #[serde(default)]
    pub words: Option<Text<2000>>,
}

/// The operator decides.
///
/// # Errors
/// `case_decided`, `permission_missing`, `wrong_state` where the seller's time is not over yet; `line_unknown`,
/// `refund_exceeds_units` for more than the case is about.
pub fn rule(store: &Store, cx: &Cx, ruling: Ruling) -> Answer<()> {
    store.write(Act::new("refund.rule", cx).over(&ruling), move |tx| {
        access::operator(tx, Permission::MarketRefunds)?;
        let head = aftersale::head(tx, ruling.case)?;
        if head.state == aftersale::State::Asked {
            return Err(order::Refusal::WrongState { state: head.state.word() }.into());
        }
        if ruling.granted {
            give(tx, ruling.case, Ground::Ruling, &ruling.lines, ruling.words.as_ref()).map(drop)
        } else {
            aftersale::refuse(tx, ruling.case, Ground::Ruling, ruling.words.as_ref()).map(drop)
        }
    })
}

/// The buyer takes his case back.
///
/// # Errors
/// `case_decided`, `not_found`.
pub fn withdraw(store: &Store, cx: &Cx, case: Id<kinds::Case>) -> Answer<()> {
    store.write(Act::new("refund.withdraw", cx).over(&case), move |tx| {
        let head = aftersale::head(tx, case)?;
        access::buyer(tx, head.buyer)?;
        aftersale::withdraw(tx, case)
    })
}

/// The seller said nothing in time: without a scan of any parcel the buyer has his money, otherwise the operator rules.
pub(crate) fn when_nobody_answered(tx: &mut Tx, case: Id<kinds::Case>) -> Result<()> {
    access::market(tx)?;
    let head = aftersale::head(tx, case)?;
    if head.state != aftersale::State::Asked {
        return Ok(());
    }
    if delivery::has_scan(tx, head.ord)? {
        return call_operator(tx, case).map(drop);
    }
    give(tx, case, Ground::Silence, &[], None).map(drop)
}

fn must_wait_for_seller(head: &Head) -> Result<()> {
    if head.state == aftersale::State::Asked {
        return Ok(());
    }
    Err(aftersale::Refusal::CaseDecided { state: head.state.word() }.into())
}

fn call_operator(tx: &mut Tx, case: Id<kinds::Case>) -> Result<Head> {
    let settings = market::settings(tx)?;
    let rule_by = tx.now().plus(settings.ruling_days * DAY);
    aftersale::to_operator(tx, case, rule_by)
}

fn open(tx: &mut Tx, order: &Order, wish: &RefundWish) -> Result<Refunding> {
    let paid = Paid::read(tx, order.clone())?;
    let asked = paid.asked(&wish.lines)?;
    // All of it must be there to be given back, before anything is.
    paid.reckon(&asked)?;
    let (unsent, sent) = paid.part(&asked)?;
    let cancelled = match unsent.is_empty() {
        true => None,
        false => Some(at_once(tx, &paid, &unsent, wish, Kind::Cancel, Ground::NotShipped)?),
    };
    if sent.is_empty() {
        return cancelled.ok_or_else(|| pricing::Refusal::NoLines.into());
    }
    // Asked for now, and reckoned when it is granted.
    let settings = market::settings(tx)?;
    let answer_by = tx.now().plus(settings.refund_answer_hours * HOUR);
    let case = aftersale::ask(tx, &new_case(order, wish, &sent, Kind::RefundOnly), answer_by)?;
    Ok(Refunding { case, refund: cancelled.and_then(|cancelled| cancelled.refund) })
}

fn new_case(order: &Order, wish: &RefundWish, asked: &[Asked], kind: Kind) -> aftersale::New {
    aftersale::New {
        ord: order.id,
        shop: order.shop,
        buyer: order.buyer,
        kind,
        reason: wish.reason.clone(),
        lines: asked.iter().map(|asked| aftersale::Line::goods(asked.line, asked.units)).collect(),
        words: wish.words.clone(),
    }
}

fn at_once(
    tx: &mut Tx,
    paid: &Paid,
    asked: &[Asked],
    wish: &RefundWish,
    kind: Kind,
    ground: Ground,
) -> Result<Refunding> {
    // What cannot go back is refused in the words of whoever reckons, as where it is asked for and waits.
    paid.reckon(asked)?;
    let case = aftersale::open_granted(tx, &new_case(&paid.order, wish, asked, kind), ground)?;
    let refund = pay_back(tx, paid, case, asked, &wish.reason)?;
    Ok(Refunding { case, refund: Some(refund) })
}

fn give(
    tx: &mut Tx,
    case: Id<kinds::Case>,
    ground: Ground,
    chosen: &[(i64, Units)],
    words: Option<&Text<2000>>,
) -> Result<Refunding> {
    let found = aftersale::case(tx, case)?;
    let head = aftersale::grant(tx, case, ground, words)?;
    let order = order::order(tx, head.ord)?;
    let paid = Paid::read(tx, order)?;
    let asked = asked_in(&found, chosen)?;
    let refund = pay_back(tx, &paid, case, &asked, &head.reason)?;
    Ok(Refunding { case, refund: Some(refund) })
}

/// What a case is about, or the part of it that was chosen.
fn asked_in(case: &aftersale::Case, chosen: &[(i64, Units)]) -> Result<Vec<Asked>> {
    let goods = || case.lines.iter().filter(|line| line.kind == LineKind::Goods);
    if chosen.is_empty() {
        return goods().map(|line| Ok(Asked { line: line.n, units: Units::new(line.units)? })).collect();
    }
    let asked = |(n, units): &(i64, Units)| {
        let found = goods().find(|line| line.n == *n).ok_or(pricing::Refusal::LineUnknown { line: *n })?;
        if units.get() > found.units {
            return Err(pricing::Refusal::RefundExceedsUnits { left: found.units }.into());
        }
        Ok(Asked { line: *n, units: *units })
    };
    chosen.iter().map(asked).collect()
}

/// An order as it was paid, with what pricing needs to reckon a refund of it.
struct Paid {
    order: Order,
    lines: Vec<order::Line>,
    charges: Vec<order::Charge>,
}

impl Paid {
    fn read(read: &mut Read, order: Order) -> Result<Paid> {
        if matches!(order.state, State::Unpaid | State::Closed) {
            return Err(order::Refusal::WrongState { state: order.state.word() }.into());
        }
        let lines = order::lines(read, order.id)?;
        let charges = order::charges(read, order.id)?;
        Ok(Paid { order, lines, charges })
    }

    /// The lines asked for, or everything that is left.
    fn asked(&self, lines: &[(i64, Units)]) -> Result<Vec<Asked>> {
        if lines.is_empty() {
            return Ok(self.as_paid()?.rest());
        }
        Ok(lines.iter().map(|(line, units)| Asked { line: *line, units: *units }).collect())
    }

    fn as_paid(&self) -> Result<PaidOrder> {
        let money = |minor| Money::new(minor, self.order.currency);
        let part = |paid, allowed, refunded: i64| {
            pricing::Part::of(money(paid))?.with_negotiated(money(allowed))?.with_returned(money(refunded - allowed))
        };
        let line = |line: &order::Line| {
            let cash = part(line.cash, line.allowed, line.refunded)?;
            PaidLine::new(line.n, Units::new(line.units)?, line.commission, cash).with_units_back(line.returned)
        };
        let one = Units::new(1)?;
        let charge = |charge: &order::Charge| {
            let back = i64::from(charge.amount == 0 || charge.refunded == charge.amount);
            let cash = part(charge.amount, 0, charge.refunded)?;
            PaidLine::new(charge.n, one, charge.commission, cash).with_units_back(back)
        };
        Ok(PaidOrder {
            currency: self.order.currency,
            lines: self.lines.iter().map(line).collect::<Result<_>>()?,
            charges: self.charges.iter().map(charge).collect::<Result<_>>()?,
        })
    }

    fn reckon(&self, asked: &[Asked]) -> Result<OrderRefund> {
        let shipped = self.order.shipped > 0;
        pricing::refund(&self.as_paid()?, asked, Circumstances { shipped, sellers_fault: false })
    }

    /// How many of the units asked for never went out; those that did not are taken first.
    fn unsent(&self, line: i64, units: i64) -> i64 {
        let found = self.lines.iter().find(|known| known.n == line);
        found.map_or(0, |line| (line.units - line.shipped - line.cancelled).min(units))
    }

    /// What is asked for, apart: units that never went out, and units that did.
    fn part(&self, asked: &[Asked]) -> Result<(Vec<Asked>, Vec<Asked>)> {
        let (mut unsent, mut sent) = (Vec::new(), Vec::new());
        for asked in asked {
            let here = self.unsent(asked.line, asked.units.get());
            let there = asked.units.get() - here;
            if here > 0 {
                unsent.push(Asked { line: asked.line, units: Units::new(here)? });
            }
            if there > 0 {
                sent.push(Asked { line: asked.line, units: Units::new(there)? });
            }
        }
        Ok((unsent, sent))
    }

    fn stage(&self) -> (Stage, Pot) {
        match (self.order.state, self.order.settled_at) {
            (State::Completed, Some(_)) => (Stage::AfterSettle, Pot::Available),
            (State::Completed, None) => (Stage::BeforeSettle, Pot::Pending),
            _ if self.order.shipped > 0 => (Stage::BeforeConfirm, Pot::Escrow),
            _ => (Stage::BeforeShip, Pot::Escrow),
        }
    }
}

/// The refund itself: the order gives back, the shelf takes back what never went out, the payments are to return
/// their parts, the document is written, the accounts move.
fn pay_back(
    tx: &mut Tx,
    paid: &Paid,
    case: Id<kinds::Case>,
    asked: &[Asked],
    reason: &str,
) -> Result<Id<kinds::Refund>> {
    let reckoned = paid.reckon(asked)?;
    let (stage, pot) = paid.stage();
    // Commission is taken at confirmation; before it there is none to give back.
    let commission = if pot == Pot::Escrow { 0 } else { reckoned.commission_back.minor };
    give_back(tx, paid, &reckoned, commission, reason)?;
    let sources = sources(tx, &paid.order, reckoned.cash.minor)?;
    let refund = write_document(tx, paid, case, &reckoned, &sources, commission, stage)?;
    let mut transits = Vec::with_capacity(sources.len());
    for (payment, amount) in sources {
        let amount = paid.order.money(amount);
        let transit = payment::intend_refund(tx, payment, refund, &[(paid.order.id, amount.minor)], amount)?;
        transits.push((transit, amount));
    }
    aftersale::refund_sent(tx, refund)?;
    if transits.is_empty() {
        // Nothing was paid through a channel, so nothing has to come back through one.
        aftersale::refund_done(tx, refund)?;
    }
    postings::refund(tx, refund, &paid.order, pot, commission, &transits)?;
    Ok(refund)
}

fn give_back(tx: &mut Tx, paid: &Paid, reckoned: &OrderRefund, commission: i64, reason: &str) -> Result<()> {
    let order = &paid.order;
    let settings = market::settings(tx)?;
    let confirm_at = tx.now().plus(settings.confirm_days * DAY);
    let line = |back: &LineRefund| {
        let cancelled = paid.unsent(back.line, back.units);
        LineBack { n: back.line, units: back.units, cancelled, amount: back.cash.minor }
    };
    let charge = |back: &LineRefund| ChargeBack { n: back.line, amount: back.cash.minor };
    let back = Back {
        lines: reckoned.lines.iter().map(line).collect(),
        charges: reckoned.charges.iter().map(charge).collect(),
        commission,
        confirm_at,
        why: reason.to_owned(),
    };
    let became = order::give_back(tx, order, &back)?;
    free_stock(tx, paid, &back.lines)?;
    wind_up(tx, order, became, confirm_at)
}

/// What never went out lies on the shelf again; what did is not counted back by a refund.
fn free_stock(tx: &mut Tx, paid: &Paid, back: &[LineBack]) -> Result<()> {
    let find = |n: i64| paid.lines.iter().find(|line| line.n == n);
    let freed: Vec<_> = back.iter().filter_map(|back| Some((find(back.n)?, back.cancelled))).collect();
    let demands = placing::demands_of(paid.order.shop, &freed)?;
    stock::release(tx, paid.order.id, &demands)
}

/// The clock of confirmation stops with an order that ends, and starts for one whose rest will not be sent.
fn wind_up(tx: &mut Tx, order: &Order, became: State, confirm_at: Time) -> Result<()> {
    match became {
        State::Closed => tx.drop_timer(timers::CONFIRM, order.id.raw(), order.id.home()),
        State::Shipped if order.state != State::Shipped => {
            tx.set_timer(timers::CONFIRM, order.id.raw(), order.id.home(), confirm_at)
        }
        _ => Ok(()),
    }
}

/// Which payments return how much: each at most what is left of the order's part in it, the earliest first.
fn sources(tx: &mut Tx, order: &Order, amount: i64) -> Result<Vec<(Id<kinds::Payment>, i64)>> {
    let mut left = amount;
    let mut sources = Vec::new();
    for payment in payment::of_trade(tx, order.trade)? {
        if payment.state != payment::State::Succeeded || left == 0 {
            continue;
        }
        let parts = payment::parts(tx, payment.id)?;
        let part = parts.iter().find(|part| part.order == order.id).map_or(0, |part| part.amount - part.refunded);
        let take = part.min(left);
        if take > 0 {
            sources.push((payment.id, take));
            left -= take;
        }
    }
    if left > 0 {
        return Err(payment::Refusal::RefundExceedsPaid { left: order.money(amount - left) }.into());
    }
    Ok(sources)
}

fn write_document(
    tx: &mut Tx,
    paid: &Paid,
    case: Id<kinds::Case>,
    reckoned: &OrderRefund,
    sources: &[(Id<kinds::Payment>, i64)],
    commission_back: i64,
    stage: Stage,
) -> Result<Id<kinds::Refund>> {
    let goods = reckoned.lines.iter().map(|line| refund_line(LineKind::Goods, line));
    let charges = reckoned.charges.iter().map(|line| RefundLine { units: 0, ..refund_line(LineKind::Charge, line) });
    let parts = sources.iter().map(|(payment, amount)| Part {
        payment: Some(*payment),
        bearer: Bearer::Buyer,
        amount: *amount,
    });
    let new = NewRefund {
        case,
        currency: paid.order.currency,
        lines: goods.chain(charges).collect(),
        parts: parts.collect(),
        commission_back,
        stage,
    };
    if new.lines.is_empty() {
        return Err(Common::Required.at("lines"));
    }
    aftersale::record_refund(tx, &new)
}

fn refund_line(kind: LineKind, back: &LineRefund) -> RefundLine {
    RefundLine { kind, n: back.line, units: back.units, amount: back.cash.minor, tax: 0 }
}
