//! What people keep: a cart, an address book, a shop's papers, accounts and freight.

use crate::Person;
use delivery::Freight;
use flows::{address_book, cart, keep_shop};
use identity::{AddressForm, Token};
use kernel::{Id, Result, Text, Units, kinds};
use merchant::{BankAccountForm, Paper, PaperKind};

/// Where somebody of this name lives.
///
/// # Errors
/// What is said of a name that is too long.
pub fn address_of(name: &str) -> Result<AddressForm> {
    Ok(AddressForm {
        name: Text::new(name)?,
        phone: Text::new("13900000000")?,
        country: Text::new("CN")?,
        region: Some(Text::new("CN-ZJ")?),
        postal: None,
        lines: Text::new("龙井路 1 号")?,
    })
}

/// A trademark with this number, of which no rule of check digits is known.
///
/// # Errors
/// What is said of a number that is too long.
pub fn trademark(number: &str) -> Result<Paper> {
    Ok(Paper {
        kind: PaperKind::Trademark,
        number: Text::new(number)?,
        country: Text::new("CN")?,
        issuer: Text::new("商标局")?,
        expires_at: None,
    })
}

/// What people keep for themselves, and what they do before they say who they are.
impl Person {
    /// Wants so many in all; answers how many lines the cart has.
    ///
    /// # Errors
    /// What the flow says.
    pub fn puts_in_cart(&self, sku: Id<kinds::Sku>, units: i64) -> Result<i64> {
        cart::put(self.market().store(), &self.cx(), sku, Units::new(units)?).wait()
    }

    /// Wants it no more.
    ///
    /// # Errors
    /// What the flow says.
    pub fn takes_out_of_cart(&self, sku: Id<kinds::Sku>) -> Result<()> {
        cart::remove(self.market().store(), &self.cx(), sku).wait()
    }

    /// Keeps it for later.
    ///
    /// # Errors
    /// What the flow says.
    pub fn saves_for_later(&self, sku: Id<kinds::Sku>) -> Result<()> {
        cart::save_for_later(self.market().store(), &self.cx(), sku).wait()
    }

    /// Gets a cart without a name.
    ///
    /// # Errors
    /// What the flow says.
    pub fn begins_as_guest(&self) -> Result<Token<kinds::Session>> {
        cart::begin_as_guest(self.market().store(), &self.cx())
    }

    /// Writes down where things are to be sent.
    ///
    /// # Errors
    /// What the flow says.
    pub fn notes_address(&self, form: AddressForm) -> Result<Id<kinds::Address>> {
        address_book::add(self.market().store(), &self.cx(), form).wait()
    }

    /// Wipes an address.
    ///
    /// # Errors
    /// What the flow says.
    pub fn wipes_address(&self, address: Id<kinds::Address>) -> Result<()> {
        address_book::remove(self.market().store(), &self.cx(), address).wait()
    }
}

/// What people keep for a shop.
impl Person {
    /// Hands in one more paper.
    ///
    /// # Errors
    /// What the flow says.
    pub fn hands_in(&self, shop: Id<kinds::Shop>, paper: Paper) -> Result<()> {
        keep_shop::hand_in(self.market().store(), &self.cx(), shop, paper).wait()
    }

    /// Names a bank account in this holder's name.
    ///
    /// # Errors
    /// What the flow says.
    pub fn names_account(&self, shop: Id<kinds::Shop>, holder: &str, number: &str) -> Result<Id<kinds::BankAccount>> {
        let (holder, bank, number) = (Text::new(holder)?, Text::new("银行")?, Text::new(number)?);
        let form = BankAccountForm { holder, bank, number };
        keep_shop::add_bank_account(self.market().store(), &self.cx(), shop, form).wait()
    }

    /// Takes a bank account out of use.
    ///
    /// # Errors
    /// What the flow says.
    pub fn drops_account(&self, shop: Id<kinds::Shop>, account: Id<kinds::BankAccount>) -> Result<()> {
        keep_shop::remove_bank_account(self.market().store(), &self.cx(), shop, account).wait()
    }

    /// Says what sending costs.
    ///
    /// # Errors
    /// What the flow says.
    pub fn sets_freight(&self, shop: Id<kinds::Shop>, freight: Freight) -> Result<()> {
        keep_shop::set_freight(self.market().store(), &self.cx(), shop, freight).wait()
    }
}
