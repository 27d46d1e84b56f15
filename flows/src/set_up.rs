//! The first start: somebody who has the set-up link becomes the market's first operator and says what it is called,
//! in which currency and zone it trades, and where it is reached.

use crate::register::{self, NewPerson};
use identity::{Registration, Role, Scope};
use kernel::{Currency, Cx, Id, Locale, Result, Text, kinds};
use market::{PublicAddress, Zone};
use store::{Act, Read, Store, Tx};

/// What the market is set up with.
#[derive(Clone, Debug)]
pub struct SetUp {
    /// Its first operator.
    pub operator: NewPerson,
    /// What it calls itself.
    pub name: Text<60>,
    /// In which currency a new shop trades.
    pub currency: Currency,
    /// In which zone it counts days.
    pub zone: Zone,
    /// In which language it speaks to whoever has chosen none.
    pub language: Locale,
    /// The address that people type; none for the one at which it listens.
    pub public_address: Option<PublicAddress>,
}

/// Whether nobody runs the market yet.
///
/// # Errors
/// What the engine says.
pub fn is_needed(read: &mut Read) -> Result<bool> {
    Ok(identity::members(read, Scope::Market)?.is_empty())
}

/// Sets the market up. That whoever asks has the link is shown to the face, which hands this on only then.
///
/// # Errors
/// `already_set_up`, `login_taken`, and what the identity room says of passwords.
pub fn set_up(store: &Store, cx: &Cx, wish: SetUp) -> Result<Id<kinds::Party>> {
    let NewPerson { login, name, password, locale } = wish.operator.clone();
    let password = register::hashed(store, &password)?;
    let registration = Registration { login, name, password, locale };
    // Not over the password: not even its hash belongs anywhere but in the credential.
    let act = Act::new("market.set_up", cx).over(&(&*registration.login, &registration.name, &wish.name));
    let done = store.write(act, move |tx| {
        write_settings(tx, &wish)?;
        // The rows of the settings are taken first, so that of two who come at once the second sees the first's grant.
        if !is_needed(tx)? {
            return Err(market::Refusal::AlreadySetUp.into());
        }
        let person = identity::register(tx, &registration)?;
        identity::grant_role(tx, person, Role::Admin, Scope::Market)?;
        tx.about(person);
        Ok(person)
    });
    done.wait()
}

fn write_settings(tx: &mut Tx, wish: &SetUp) -> Result<()> {
    market::change(tx, "name", &wish.name)?;
    market::change(tx, "currency", &wish.currency.to_string())?;
    market::change(tx, "zone", &wish.zone.to_string())?;
    market::change(tx, "language", &wish.language.to_string())?;
    match &wish.public_address {
        Some(address) => market::change(tx, "public_address", &address.to_string()),
        None => Ok(()),
    }
}
