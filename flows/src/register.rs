//! People come: they register, log in and out, claim what guests of theirs bought. Passwords are hashed outside of any
//! transaction; a secret is shown once and kept only as its hash.

use crate::access;
use identity::{Cost, Hashed, Login, Password, Refusal, Registration, Scope, Secret, Token};
use kernel::{Actor, Cx, Id, Locale, Result, Text, error::Common, kinds};
use serde::{Deserialize, Serialize};
use store::{Act, Answer, Store};

/// What a person gives to register.
#[derive(Clone, Debug)]
pub struct NewPerson {
    /// His e-mail or phone.
    pub login: Login,
    /// His name.
    pub name: Text<100>,
    /// His password.
    pub password: Password,
    /// His language.
    pub locale: Locale,
}

/// A new account.
///
/// # Errors
/// `login_taken`, and what the identity room says of passwords.
pub fn register(store: &Store, cx: &Cx, person: NewPerson) -> Result<Id<kinds::Party>> {
    let password = hashed(store, &person.password)?;
    let registration = Registration { login: person.login, name: person.name, password, locale: person.locale };
    // Not over the password: not even its hash belongs anywhere but in the credential.
    let act = Act::new("identity.register", cx).over(&(&*registration.login, &registration.name));
    store.write(act, move |tx| identity::register(tx, &registration)).wait()
}

/// A log-in: answers the session's token, which is shown once.
///
/// # Errors
/// `login_failed` for an unknown log-in as for a wrong password, `too_many_attempts`.
pub fn log_in(store: &Store, cx: &Cx, login: Login, typed: &Password) -> Result<Token<kinds::Session>> {
    let cost = cost(store)?;
    let days = store.read(market::settings).wait()?.session_days;
    let now = store.clock().now();
    let asked = login.clone();
    let credential = store.read(move |read| identity::credential(read, &asked, now)).wait()?;
    let checked = credential.check(typed, cost);
    let secret = Secret::new(store.secret());
    let shown = secret.clone();
    // A wrong password is counted, and the count must be committed before anybody is told.
    let act = Act::new("identity.log_in", &unkeyed(cx));
    let opened = store.write(act, move |tx| identity::log_in(tx, &checked, &secret, days)).wait()?;
    let session = opened.ok_or(Refusal::LoginFailed)?;
    Ok(Token::new(session, shown))
}

/// A request whose answer shows a secret: the secret is kept nowhere, so the same request again is another one, with a
/// secret of its own.
pub(crate) fn unkeyed(cx: &Cx) -> Cx {
    Cx { key: None, ..cx.clone() }
}

/// Ends a session of the actor's.
///
/// # Errors
/// `not_found` for one that there is not and for another's; one that has ended is no error.
pub fn log_out(store: &Store, cx: &Cx, session: Id<kinds::Session>) -> Answer<()> {
    store.write(Act::new("identity.log_out", cx).over(&session), move |tx| {
        let party = identity::party_of_session(tx, session)?;
        access::buyer(tx, party)?;
        identity::log_out(tx, session)
    })
}

/// The person has proven to own an e-mail or phone: guests who left it join his account, and their carts his.
///
/// # Errors
/// `login_taken`, `not_found`.
pub fn verified(store: &Store, cx: &Cx, person: Id<kinds::Party>, login: Login) -> Answer<Vec<Id<kinds::Party>>> {
    store.write(Act::new("identity.verify", cx).over(&(person, &*login)), move |tx| {
        access::buyer(tx, person)?;
        let guests = identity::verify_login(tx, person, &login)?;
        for guest in &guests {
            identity::join(tx, person, *guest)?;
            merge_carts(tx, *guest, person)?;
        }
        Ok(guests)
    })
}

/// A guest's cart joins the account's at log-in. That the guest is the one who logs in is shown by the guest's session.
///
/// # Errors
/// `not_found` for a session that is not open or no guest's, `login_needed`.
pub fn bring_cart(store: &Store, cx: &Cx, guest: Token<kinds::Session>) -> Answer<()> {
    store.write(Act::new("cart.merge", cx).over(&guest.id), move |tx| {
        let Actor::Person(person) = *tx.actor() else {
            return Err(Common::LoginNeeded.into());
        };
        let now = tx.now();
        let open = identity::session(tx, &guest.to_string(), now)?.map(|session| session.actor());
        let Some(Actor::Guest(guest)) = open else {
            return Err(Common::NotYours.into());
        };
        merge_carts(tx, guest, person)
    })
}

fn merge_carts(tx: &mut store::Tx, guest: Id<kinds::Party>, account: Id<kinds::Party>) -> Result<()> {
    let settings = market::settings(tx)?;
    cart::merge(tx, guest, account, cart_limits(&settings)).map(drop)
}

/// How large a cart may get.
pub fn cart_limits(settings: &market::Settings) -> cart::Limits {
    // What does not fit into the cart is saved for later, and there may be a few carts' worth of it.
    let saved_max = 5 * settings.cart_lines_max;
    cart::Limits { lines_max: settings.cart_lines_max, saved_max, units_max: settings.line_units_max }
}

/// Somebody who works in a shop gets a permission, or loses it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StaffChange {
    /// The shop.
    pub shop: Id<kinds::Shop>,
    /// Who.
    pub person: Id<kinds::Party>,
    /// Which.
    pub permission: identity::Permission,
    /// Whether he gets it.
    pub granted: bool,
}

/// Changes who may do what in a shop.
///
/// # Errors
/// `permission_missing`, `not_found`, and what the identity room says of permissions that do not fit a shop.
pub fn change_staff(store: &Store, cx: &Cx, change: StaffChange) -> Answer<()> {
    store.write(Act::new("shop.staff", cx).over(&change), move |tx| {
        access::shop(tx, change.shop, identity::Permission::ShopStaff)?;
        let scope = Scope::Shop(change.shop);
        match change.granted {
            true => identity::grant(tx, change.person, change.permission, scope),
            false => identity::revoke(tx, change.person, change.permission, scope),
        }
    })
}

/// A password as it is kept, at the market's cost; slow on purpose, so outside of any transaction.
pub(crate) fn hashed(store: &Store, password: &Password) -> Result<Hashed> {
    Hashed::of(password, store.secret(), cost(store)?)
}

fn cost(store: &Store) -> Result<Cost> {
    let settings = store.read(market::settings).wait()?;
    Cost::new(settings.argon2_memory_kib, settings.argon2_passes)
}
