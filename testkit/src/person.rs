//! People: whoever acts in a story, as a buyer, a guest, a key, or nobody at all.

use crate::{Market, market::must};
use flows::{
    checkout::{Checkout, Placed, Reach, Wanted},
    refund::{RefundWish, Refunding},
    register::NewPerson,
};
use identity::{Login, Password, Permission, Scope, Secret, Token};
use kernel::{Actor, Cx, Id, Locale, Result, Text, Units, kinds};
use order::Recipient;
use store::wait;

/// The password of everybody whom a story registers.
pub const PASSWORD: &str = "correct horse battery";

/// Somebody who acts in the market.
#[derive(Clone)]
pub struct Person {
    market: Market,
    /// His party; of nobody it is one that there is not.
    pub id: Id<kinds::Party>,
    /// How he comes: logged in, as a guest, with a key.
    pub actor: Actor,
    key: Option<String>,
}

impl Market {
    /// A person who has registered with `name@example.com`.
    ///
    /// # Panics
    /// Where that does not work, or the name is taken.
    #[track_caller]
    pub fn buyer(&self, name: &str) -> Person {
        let login = must("a name makes an e-mail", format!("{name}@example.com").parse());
        must("a person can register", self.registers(login, name))
    }

    /// A person registers.
    ///
    /// # Errors
    /// What the flow says.
    pub fn registers(&self, login: Login, name: &str) -> Result<Person> {
        let person =
            NewPerson { login, name: Text::new(name)?, password: Password::new(PASSWORD)?, locale: Locale::Zh };
        let id = flows::register::register(self.store(), &self.cx(Actor::Anyone), person)?;
        Ok(self.person(Actor::Person(id)))
    }

    /// A person who has nothing to do with the story.
    #[track_caller]
    pub fn stranger(&self) -> Person {
        let place = self.cx(Actor::Anyone).request.replace(' ', "-");
        self.buyer(&format!("stranger-{place}"))
    }

    /// Somebody who has not logged in.
    pub fn anyone(&self) -> Person {
        self.person(Actor::Anyone)
    }

    /// Whoever acts so.
    pub fn person(&self, actor: Actor) -> Person {
        let id = actor.party().unwrap_or_else(|| Id::from_raw(0));
        Person { market: self.clone(), id, actor, key: None }
    }

    /// A guest orders, leaving an e-mail; he is known by it from then on.
    ///
    /// # Errors
    /// What checkout says.
    pub fn guest_buys(&self, email: &str, goods: &[(Id<kinds::Sku>, i64)]) -> Result<(Person, Placed)> {
        let contact = Reach { email: Some(email.to_owned()), ..Reach::default() };
        let wish = Checkout { contact: Some(contact), ..checkout(goods)? };
        let placed = self.anyone().checks_out(wish)?;
        Ok((self.person(Actor::Guest(placed.buyer)), placed))
    }
}

/// Where everything goes in a story.
pub fn recipient() -> Recipient {
    Recipient {
        name: "张三".to_owned(),
        phone: "13800000000".to_owned(),
        country: "CN".to_owned(),
        region: "CN-ZJ".to_owned(),
        postal: "310000".to_owned(),
        lines: "龙井路 1 号".to_owned(),
        note: String::new(),
    }
}

/// A checkout of goods to the usual address.
///
/// # Errors
/// `out_of_range` or `too_large` for a number of units that there is not.
pub fn checkout(goods: &[(Id<kinds::Sku>, i64)]) -> Result<Checkout> {
    Ok(Checkout {
        lines: goods
            .iter()
            .map(|(sku, units)| Ok(Wanted { sku: *sku, units: Units::new(*units)? }))
            .collect::<Result<_>>()?,
        address: None,
        recipient: Some(recipient()),
        note: String::new(),
        seen: None,
        contact: None,
    })
}

/// Line numbers with units, as flows take them.
pub(crate) fn units(lines: &[(i64, i64)]) -> Result<Vec<(i64, Units)>> {
    lines.iter().map(|(line, units)| Ok((*line, Units::new(*units)?))).collect()
}

impl Person {
    /// The market he acts in.
    pub fn market(&self) -> &Market {
        &self.market
    }

    /// His next request.
    pub fn cx(&self) -> Cx {
        let cx = self.market.cx(self.actor.clone());
        match &self.key {
            Some(key) => cx.with_key(key.clone()),
            None => cx,
        }
    }

    /// The same person, every request of whom carries this key: who clicks twice, or sends again.
    #[must_use]
    pub fn under_key(&self, key: &str) -> Person {
        Person { key: Some(key.to_owned()), ..self.clone() }
    }

    /// A key of his for programs, which may do what its scopes name.
    ///
    /// # Panics
    /// Where no key can be made.
    #[track_caller]
    pub fn key(&self, scopes: &[Permission]) -> Person {
        let (person, scopes) = (self.id, scopes.iter().copied().collect::<identity::Permissions>());
        let name = Text::new("key").expect("three letters are a name");
        let make = move |tx: &mut store::Tx| {
            let secret = Secret::new(tx.secret());
            identity::make_key(tx, person, &name, scopes, &secret, None)
        };
        let key = must("a key can be made", self.market.acts(make));
        self.market.person(Actor::Key { key, person, scopes: scopes.bits() })
    }

    /// Gets permissions, as if whoever may had granted them.
    ///
    /// # Panics
    /// Where a permission does not fit the place.
    #[track_caller]
    pub fn is_granted(&self, permissions: &[Permission], scope: Scope) {
        let (person, permissions) = (self.id, permissions.to_vec());
        let grant = move |tx: &mut store::Tx| {
            permissions.iter().try_for_each(|permission| identity::grant(tx, person, *permission, scope))
        };
        must("a permission can be granted", self.market.acts(grant));
    }

    /// Orders goods, to the usual address.
    ///
    /// # Errors
    /// What checkout says.
    pub fn buys(&self, goods: &[(Id<kinds::Sku>, i64)]) -> Result<Placed> {
        self.checks_out(checkout(goods)?)
    }

    /// Orders.
    ///
    /// # Errors
    /// What checkout says.
    pub fn checks_out(&self, wish: Checkout) -> Result<Placed> {
        flows::checkout::checkout(self.market.store(), &self.cx(), wish).wait()
    }

    /// Opens a payment at the trial provider; none where there was nothing to pay.
    ///
    /// # Errors
    /// What paying says.
    pub fn opens_payment(&self, trade: Id<kinds::Trade>) -> Result<Option<Id<kinds::Payment>>> {
        let paying = wait(flows::pay::pay(self.market.flows(), &self.cx(), trade, "sandbox"))?;
        Ok(paying.map(|paying| paying.payment))
    }

    /// Pays at the provider's cashier, and the provider tells the market what it has to tell.
    ///
    /// # Errors
    /// What paying says; that the provider has the money already is no error.
    pub fn pays(&self, trade: Id<kinds::Trade>) -> Result<Option<Id<kinds::Payment>>> {
        let Some(payment) = self.opens_payment(trade)? else {
            return Ok(None);
        };
        match self.market.sandbox().pay(payment.to_string()).wait() {
            Err(no) if no.code() != "already_paid" => return Err(no),
            _ => self.market.hears()?,
        };
        Ok(Some(payment))
    }

    /// Orders and pays; answers the trade.
    ///
    /// # Errors
    /// What checkout and paying say.
    pub fn has_bought(&self, goods: &[(Id<kinds::Sku>, i64)]) -> Result<Placed> {
        let placed = self.buys(goods)?;
        self.pays(placed.trade)?;
        Ok(placed)
    }

    /// Cancels what is not paid yet.
    ///
    /// # Errors
    /// What the flow says.
    pub fn cancels(&self, trade: Id<kinds::Trade>) -> Result<()> {
        flows::close_unpaid::cancel(self.market.store(), &self.cx(), trade).wait()
    }

    /// Has the goods.
    ///
    /// # Errors
    /// What the flow says.
    pub fn confirms(&self, order: Id<kinds::Order>) -> Result<()> {
        flows::confirm::confirm(self.market.store(), &self.cx(), order).wait()
    }

    /// Takes more time to confirm.
    ///
    /// # Errors
    /// What the flow says.
    pub fn extends(&self, order: Id<kinds::Order>) -> Result<()> {
        flows::confirm::extend(self.market.store(), &self.cx(), order).wait()
    }

    /// Asks for the money of lines of an order, or of all that is left where none is named.
    ///
    /// # Errors
    /// What the flow says.
    pub fn asks_back(&self, order: Id<kinds::Order>, lines: &[(i64, i64)], reason: &str) -> Result<Refunding> {
        let wish = RefundWish { order, lines: units(lines)?, reason: reason.to_owned(), words: None };
        flows::refund::ask(self.market.store(), &self.cx(), wish).wait()
    }

    /// Takes a case back.
    ///
    /// # Errors
    /// What the flow says.
    pub fn withdraws_case(&self, case: Id<kinds::Case>) -> Result<()> {
        flows::refund::withdraw(self.market.store(), &self.cx(), case).wait()
    }

    /// Takes a quotation.
    ///
    /// # Errors
    /// What the flow says.
    pub fn accepts(&self, quotation: Id<kinds::Quotation>) -> Result<Placed> {
        flows::quote::accept(self.market.store(), &self.cx(), quotation).wait()
    }

    /// Says no to a quotation.
    ///
    /// # Errors
    /// What the flow says.
    pub fn declines(&self, quotation: Id<kinds::Quotation>) -> Result<()> {
        flows::quote::decline(self.market.store(), &self.cx(), quotation).wait()
    }

    /// Logs in; answers the session's token as it is shown once.
    ///
    /// # Errors
    /// What the flow says.
    pub fn logs_in(&self, login: &str, password: &str) -> Result<Token<kinds::Session>> {
        let typed = Password::typed(password);
        flows::register::log_in(self.market.store(), &self.cx(), login.parse()?, &typed)
    }

    /// Logs out.
    ///
    /// # Errors
    /// What the flow says.
    pub fn logs_out(&self, session: Id<kinds::Session>) -> Result<()> {
        flows::register::log_out(self.market.store(), &self.cx(), session).wait()
    }

    /// Proves to own the e-mail or phone: guests who left it join him.
    ///
    /// # Errors
    /// What the flow says.
    pub fn verifies(&self, login: &str) -> Result<Vec<Id<kinds::Party>>> {
        flows::register::verified(self.market.store(), &self.cx(), self.id, login.parse()?).wait()
    }
}
