//! The market's own people.

use crate::{Market, Person, market::must};
use flows::{refund::Ruling, register::NewPerson, set_up::SetUp};
use identity::{Permission, Role, Scope};
use kernel::{Actor, Currency, Id, Locale, Result, Text, Units, kinds};
use merchant::Verdict;

impl Market {
    /// A person who may do everything that the market's people may; the same one each time.
    ///
    /// # Panics
    /// Where that does not work.
    pub fn operator(&self) -> Person {
        let make = || {
            let name = Text::new("operator").expect("eight letters are a name");
            let make = move |tx: &mut store::Tx| {
                let locale = tx.cx().locale;
                let person = identity::person_without_password(tx, &name, None, locale)?;
                identity::grant_role(tx, person, Role::Admin, Scope::Market)?;
                Ok(person)
            };
            must("an operator can be made", self.acts(make))
        };
        self.person(Actor::Person(self.operator_once(make)))
    }

    /// One of the market's people who has these permissions alone.
    ///
    /// # Panics
    /// Where a permission is none of the market's.
    #[track_caller]
    pub fn clerk(&self, name: &str, permissions: &[Permission]) -> Person {
        let clerk = self.buyer(name);
        clerk.is_granted(permissions, Scope::Market);
        clerk
    }
}

/// What a market is set up with, by whoever logs in so.
///
/// # Errors
/// What the kernel says of a log-in that is none.
pub fn set_up(login: &str) -> Result<SetUp> {
    let password = identity::Password::new(crate::PASSWORD)?;
    let operator = NewPerson { login: login.parse()?, name: Text::new("first")?, password, locale: Locale::Zh };
    Ok(SetUp {
        operator,
        name: Text::new("市集")?,
        currency: Currency::CNY,
        zone: "Asia/Shanghai".parse()?,
        language: Locale::Zh,
        public_address: Some("https://market.example".parse()?),
    })
}

/// What operators do.
impl Person {
    /// Decides a case that came to the market.
    ///
    /// # Errors
    /// What the flow says.
    pub fn rules(&self, case: Id<kinds::Case>, granted: bool) -> Result<()> {
        let ruling = Ruling { case, granted, lines: Vec::new(), words: None };
        flows::refund::rule(self.market().store(), &self.cx(), ruling).wait()
    }

    /// Grants so many units of one line of a case that came to the market.
    ///
    /// # Errors
    /// What the flow says.
    pub fn rules_in_part(&self, case: Id<kinds::Case>, line: i64, units: i64) -> Result<()> {
        let words = Some(Text::new("half of it")?);
        let ruling = Ruling { case, granted: true, lines: vec![(line, Units::new(units)?)], words };
        flows::refund::rule(self.market().store(), &self.cx(), ruling).wait()
    }

    /// Stops a shop.
    ///
    /// # Errors
    /// What the flow says.
    pub fn freezes(&self, shop: Id<kinds::Shop>) -> Result<()> {
        let why = Text::new("under suspicion")?;
        flows::open_shop::freeze(self.market().store(), &self.cx(), shop, why).wait()
    }

    /// Lets a shop go on.
    ///
    /// # Errors
    /// What the flow says.
    pub fn unfreezes(&self, shop: Id<kinds::Shop>) -> Result<()> {
        let why = Text::new("cleared")?;
        flows::open_shop::unfreeze(self.market().store(), &self.cx(), shop, why).wait()
    }

    /// Ends the review of a shop.
    ///
    /// # Errors
    /// What the flow says.
    pub fn reviews_shop(&self, shop: Id<kinds::Shop>, verdict: Verdict) -> Result<()> {
        flows::open_shop::review(self.market().store(), &self.cx(), shop, verdict).wait()
    }

    /// Records that a deposit arrived; answers whether it is complete.
    ///
    /// # Errors
    /// What the flow says.
    pub fn records_deposit(&self, shop: Id<kinds::Shop>, amount: kernel::Money) -> Result<bool> {
        flows::open_shop::deposit_arrived(self.market().store(), &self.cx(), shop, "sandbox", amount).wait()
    }
}
