//! An order as it was paid, with what has gone back so far: the ground of refunds (R3) and commission (R9).

use crate::{Bearer, Refusal, commission, given::check_amount, price::sum};
use kernel::{BasisPoints, Currency, Error, Money, Result, Units, error::Common, money::carried_by};

/// One amount X on a line (cash, a bearer's part, the worth of points) and what of it has gone back.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Part {
    amount: Money,
    negotiated: Money,
    returned: Money,
}

impl Part {
    /// An amount of which nothing has gone back.
    ///
    /// # Errors
    /// `amount_negative`.
    pub fn of(amount: Money) -> Result<Part> {
        check_amount(amount, amount.currency)?;
        let zero = Money::zero(amount.currency);
        Ok(Part { amount, negotiated: zero, returned: zero })
    }

    /// The same after negotiated refunds (部分退款), which give money and take no unit back; cash only.
    ///
    /// # Errors
    /// `refund_exceeds_paid`, `amount_negative`, `currency_mismatch`.
    pub fn with_negotiated(mut self, negotiated: Money) -> Result<Part> {
        self.take(negotiated)?;
        self.negotiated.minor += negotiated.minor;
        Ok(self)
    }

    /// The same after refunds for units.
    ///
    /// # Errors
    /// `refund_exceeds_paid`, `amount_negative`, `currency_mismatch`.
    pub fn with_returned(mut self, returned: Money) -> Result<Part> {
        self.take(returned)?;
        self.returned.minor += returned.minor;
        Ok(self)
    }

    fn take(&self, amount: Money) -> Result<()> {
        check_amount(amount, self.amount.currency)?;
        if amount.minor > self.left().minor {
            return Err(Refusal::RefundExceedsPaid { left: self.left() }.into());
        }
        Ok(())
    }

    /// What is still paid: X − A − R.
    pub fn left(&self) -> Money {
        // None of the three is negative and the two that went back never exceed the first.
        let minor = self.amount.minor - self.negotiated.minor - self.returned.minor;
        Money::new(minor, self.amount.currency)
    }

    /// E(n): what `units` of `quantity` carry of the amount less its negotiated refunds, rounded down.
    pub fn carried(&self, units: i64, quantity: Units) -> Money {
        let base = self.amount.minor - self.negotiated.minor;
        Money::new(carried_by(base, units, quantity.get()), self.amount.currency)
    }

    /// Gives back what is due once `units_back` of `quantity` have come back in all: max(0, E(n) − R).
    pub fn give_back(&mut self, units_back: i64, quantity: Units) -> Money {
        let due = (self.carried(units_back, quantity).minor - self.returned.minor).max(0);
        self.returned.minor += due;
        Money::new(due, self.amount.currency)
    }
}

/// A line or a charge as it was paid. A charge is a line of one unit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaidLine {
    number: i64,
    quantity: Units,
    units_back: i64,
    commission: BasisPoints,
    cash: Part,
    borne: Vec<(Bearer, Part)>,
}

/// What goes back of one line, and what the market gives back of its commission.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LineRefund {
    /// The line's number.
    pub line: i64,
    /// The units that came back; zero for a negotiated refund.
    pub units: i64,
    /// What the buyer gets.
    pub cash: Money,
    /// What those get who paid a part instead of the buyer.
    pub borne: Vec<(Bearer, Money)>,
    /// What the shop gets back of the commission.
    pub commission_back: Money,
}

impl PaidLine {
    /// A line of which no unit has come back. `commission` is zero where none is taken.
    pub const fn new(number: i64, quantity: Units, commission: BasisPoints, cash: Part) -> PaidLine {
        PaidLine { number, quantity, units_back: 0, commission, cash, borne: Vec::new() }
    }

    /// The same after units came back; what was paid for them stands in the parts.
    ///
    /// # Errors
    /// `out_of_range`, `refund_exceeds_units`.
    pub fn with_units_back(mut self, units: i64) -> Result<PaidLine> {
        if units < 0 {
            return Err(Common::OutOfRange { least: 0, most: self.quantity.get() }.into());
        }
        self.take_units(units)?;
        Ok(self)
    }

    /// The same with a part that another than the buyer paid. What the shop gave was never paid by anyone,
    /// so nothing of it is kept and nothing can go back.
    ///
    /// # Errors
    /// `currency_mismatch`.
    pub fn with_borne(mut self, bearer: Bearer, part: Part) -> Result<PaidLine> {
        self.cash.amount.same_currency(part.amount)?;
        if bearer != Bearer::Shop {
            self.borne.push((bearer, part));
        }
        Ok(self)
    }

    /// The line's number in its order.
    pub const fn number(&self) -> i64 {
        self.number
    }

    /// The units that have not come back.
    pub const fn units_left(&self) -> i64 {
        self.quantity.get() - self.units_back
    }

    /// What the buyer has paid and not got back.
    pub fn cash_left(&self) -> Money {
        self.cash.left()
    }

    /// What stays paid, by the buyer and by others for him: the base of the commission.
    ///
    /// # Errors
    /// `too_large`.
    pub fn stays_paid(&self) -> Result<Money> {
        let borne = self.borne.iter().map(|(_, part)| part.left());
        sum(self.cash.amount.currency, borne.chain([self.cash.left()]))
    }

    /// The commission on what stays paid.
    ///
    /// # Errors
    /// `too_large`.
    pub fn commission(&self) -> Result<Money> {
        Ok(commission(self.stays_paid()?, self.commission))
    }

    /// Gives units back: of every part what they carry (R3). A refusal leaves the line as it was.
    ///
    /// # Errors
    /// `refund_exceeds_units`.
    pub fn give_back(&mut self, units: Units) -> Result<LineRefund> {
        let before = self.commission()?;
        self.take_units(units.get())?;
        let (back, quantity) = (self.units_back, self.quantity);
        let cash = self.cash.give_back(back, quantity);
        let parts = self.borne.iter_mut();
        let borne = parts.map(|(bearer, part)| (*bearer, part.give_back(back, quantity))).collect();
        self.refunded(units.get(), cash, borne, before)
    }

    /// Gives money back and takes no unit (部分退款); later returns carry that much less. A refusal leaves the
    /// line as it was.
    ///
    /// # Errors
    /// `refund_exceeds_paid`, `out_of_range` for nothing, `amount_negative`, `currency_mismatch`.
    pub fn allow(&mut self, amount: Money) -> Result<LineRefund> {
        if amount.minor == 0 {
            return Err(Common::OutOfRange { least: 1, most: self.cash_left().minor }.into());
        }
        let before = self.commission()?;
        self.cash = self.cash.with_negotiated(amount)?;
        self.refunded(0, amount, Vec::new(), before)
    }

    fn refunded(&self, units: i64, cash: Money, borne: Vec<(Bearer, Money)>, before: Money) -> Result<LineRefund> {
        let commission_back = before.minus(self.commission()?)?;
        Ok(LineRefund { line: self.number, units, cash, borne, commission_back })
    }

    fn take_units(&mut self, units: i64) -> Result<()> {
        let left = self.units_left();
        if units > left {
            return Err(Error::from(Refusal::RefundExceedsUnits { left }));
        }
        self.units_back += units;
        Ok(())
    }
}

/// An order as it was paid.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PaidOrder {
    /// The currency of all its amounts.
    pub currency: Currency,
    /// Its goods.
    pub lines: Vec<PaidLine>,
    /// Its charges, numbered for themselves.
    pub charges: Vec<PaidLine>,
}

impl PaidOrder {
    /// What stays paid for goods and charges: what the shop is due before commission.
    ///
    /// # Errors
    /// `currency_mismatch`, `too_large`.
    pub fn stays_paid(&self) -> Result<Money> {
        self.add_up(PaidLine::stays_paid)
    }

    /// The commission on what stays paid, rounded line by line. A charge counts only where it carries a rate:
    /// the switch `commission_on_freight` is off by default.
    ///
    /// # Errors
    /// `currency_mismatch`, `too_large`.
    pub fn commission(&self) -> Result<Money> {
        self.add_up(PaidLine::commission)
    }

    fn add_up(&self, amount: fn(&PaidLine) -> Result<Money>) -> Result<Money> {
        let mut parts = self.lines.iter().chain(&self.charges);
        parts.try_fold(Money::zero(self.currency), |total, line| total.plus(amount(line)?))
    }
}
