//! Parties: who buys, sells and works, as a root of its own.

use crate::{Contact, Hashed, Login, Refusal, Registered, contact, login, session};
use kernel::{Home, Id, Locale, Result, Text, Time, error::Common, kinds};
use store::{Read, Tx, args, sql};

store::codes! {
    /// What sort of party it is; never changes.
    pub enum PartyKind {
        /// A person who has, or may claim, an account.
        Person = "person",
        /// A buyer without a credential.
        Guest = "guest",
        /// A buyer made of several people.
        Organisation = "organisation",
    }
}

store::codes! {
    /// Whether a party may come in.
    pub enum PartyState {
        /// It may.
        Active = "active",
        /// The market keeps it out: no session, no key, no log-in.
        Blocked = "blocked",
    }
}

store::codes! {
    /// What moves a party's state.
    pub enum PartyMove {
        /// The operator keeps it out.
        Block = "block",
        /// The operator lets it in again.
        Unblock = "unblock",
    }
}

impl PartyState {
    /// The next state, if the move is possible from this one.
    pub const fn after(self, step: PartyMove) -> Option<PartyState> {
        match (self, step) {
            (PartyState::Active, PartyMove::Block) => Some(PartyState::Blocked),
            (PartyState::Blocked, PartyMove::Unblock) => Some(PartyState::Active),
            (PartyState::Active, PartyMove::Unblock) | (PartyState::Blocked, PartyMove::Block) => None,
        }
    }
}

/// A party as the database holds it; how it is called and reached is in its [`Contact`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Party {
    /// Who.
    pub id: Id<kinds::Party>,
    /// What sort.
    pub kind: PartyKind,
    /// Whether it may come in.
    pub state: PartyState,
    /// The language it is written to in.
    pub locale: Locale,
    /// The account that this guest joined.
    pub joined: Option<Id<kinds::Party>>,
    /// Since when.
    pub made_at: Time,
}

/// What is needed to open an account.
#[derive(Clone, Debug)]
pub struct Registration {
    /// What the person will log in with.
    pub login: Login,
    /// How to be called.
    pub name: Text<100>,
    /// Hashed before the transaction, because that is slow on purpose.
    pub password: Hashed,
    /// The language to be written to in.
    pub locale: Locale,
}

/// Opens an account. The log-in is not verified yet.
///
/// # Errors
/// `login_taken`.
pub fn register(tx: &mut Tx, registration: &Registration) -> Result<Id<kinds::Party>> {
    let Registration { login, name, password, locale } = registration;
    let person = open(tx, PartyKind::Person, *locale)?;
    login::add_login(tx, person, login)?;
    set_first_password(tx, person, password)?;
    contact::set_contact(tx, person, &Contact::of(name.clone(), login))?;
    tx.emit(&Registered { party: person }, 1)?;
    Ok(person)
}

/// A person made by import or replay: no password and no log-in until [`claim`]. `external` is his number where he
/// comes from; with the same number again, the same person is answered and nothing is made.
///
/// # Errors
/// What the engine says.
pub fn person_without_password(
    tx: &mut Tx,
    name: &Text<100>,
    external: Option<&Text<100>>,
    locale: Locale,
) -> Result<Id<kinds::Party>> {
    let person = mint(tx)?;
    if let Some(external) = external {
        let sql = sql!(
            "insert into identity_external (home, name, party)
             values ($1, $2, $3)
             on conflict do nothing"
        );
        if tx.exec(sql, args![Home::of_text(external), external, person])? == 0 {
            let known = by_external(tx, external)?;
            return known.ok_or_else(|| Common::NotFound.into());
        }
    }
    put(tx, person, PartyKind::Person, locale)?;
    contact::set_contact(tx, person, &Contact { name: Some(name.clone()), ..Contact::default() })?;
    Ok(person)
}

/// Who the person of that number elsewhere is here.
///
/// # Errors
/// What the engine says.
pub fn by_external(read: &mut Read, external: &str) -> Result<Option<Id<kinds::Party>>> {
    let sql = sql!(
        "select party
         from identity_external
         where home = $1 and name = $2"
    );
    read.opt(sql, args![Home::of_text(external), external], |row| row.get(0))
}

/// Gives a person without a password his log-in and his first password; an account from now on. Whoever calls this
/// has made sure that it is he.
///
/// # Errors
/// `already_claimed`, `login_taken`, `not_a_person`.
pub fn claim(tx: &mut Tx, person: Id<kinds::Party>, login: &Login, password: &Hashed) -> Result<()> {
    login::add_login(tx, person, login)?;
    set_first_password(tx, person, password)?;
    let mut contact = contact::contact(tx, person)?;
    let place = if login.is_email() { &mut contact.email } else { &mut contact.phone };
    place.get_or_insert_with(|| login.clone());
    contact::set_contact(tx, person, &contact)?;
    let version = next_version(tx, person)?;
    tx.emit(&Registered { party: person }, version)
}

/// Replaces a password and ends every session of the person, this one too [R6].
///
/// # Errors
/// `not_claimed`.
pub fn change_password(tx: &mut Tx, person: Id<kinds::Party>, password: &Hashed) -> Result<()> {
    let sql = sql!(
        "update identity_credential
         set phc = $3, set_at = $4, revision = revision + 1
         where home = $1 and party = $2"
    );
    let now = tx.now();
    if tx.exec(sql, args![person.home(), person, password.phc(), now])? == 0 {
        return Err(Refusal::NotClaimed.into());
    }
    session::end_all(tx, person)
}

/// Keeps a party out and ends its sessions; its keys stop working while it is blocked.
///
/// # Errors
/// `wrong_state`, `not_found`.
pub fn block(tx: &mut Tx, party: Id<kinds::Party>) -> Result<()> {
    change_state(tx, party, PartyMove::Block)?;
    session::end_all(tx, party)
}

/// Lets a party in again.
///
/// # Errors
/// `wrong_state`, `not_found`.
pub fn unblock(tx: &mut Tx, party: Id<kinds::Party>) -> Result<()> {
    change_state(tx, party, PartyMove::Unblock)
}

fn change_state(tx: &mut Tx, id: Id<kinds::Party>, step: PartyMove) -> Result<()> {
    let state = party(tx, id)?.state;
    let wrong = Refusal::WrongState { state: state.word() };
    let Some(next) = state.after(step) else {
        return Err(wrong.into());
    };
    let sql = sql!(
        "update identity_party
         set state = $4, version = version + 1
         where home = $1 and id = $2 and state = $3"
    );
    tx.about(id);
    match tx.exec(sql, args![id.home(), id, state, next])? {
        1 => Ok(()),
        _ => Err(wrong.into()),
    }
}

/// A party.
///
/// # Errors
/// `not_found`.
pub fn party(read: &mut Read, id: Id<kinds::Party>) -> Result<Party> {
    let sql = sql!(
        "select kind, state, locale, joined, made_at
         from identity_party
         where home = $1 and id = $2"
    );
    let found = read.opt(sql, args![id.home(), id], |row| {
        Ok(Party {
            id,
            kind: row.get(0)?,
            state: row.get(1)?,
            locale: row.get(2)?,
            joined: row.get(3)?,
            made_at: row.get(4)?,
        })
    })?;
    found.ok_or_else(|| Common::NotFound.into())
}

/// A new party in a new home.
pub(crate) fn open(tx: &mut Tx, kind: PartyKind, locale: Locale) -> Result<Id<kinds::Party>> {
    let id = mint(tx)?;
    put(tx, id, kind, locale)?;
    Ok(id)
}

fn mint(tx: &mut Tx) -> Result<Id<kinds::Party>> {
    let home = tx.new_home();
    tx.id(home)
}

fn put(tx: &mut Tx, id: Id<kinds::Party>, kind: PartyKind, locale: Locale) -> Result<()> {
    let sql = sql!(
        "insert into identity_party (home, id, kind, state, locale, joined, addresses, keys, made_at, version)
         values ($1, $2, $3, $4, $5, null, 0, 0, $6, 1)"
    );
    let now = tx.now();
    tx.exec(sql, args![id.home(), id, kind, PartyState::Active, locale, now])?;
    tx.about(id);
    Ok(())
}

pub(crate) fn must_be_person(read: &mut Read, id: Id<kinds::Party>) -> Result<()> {
    match party(read, id)?.kind {
        PartyKind::Person => Ok(()),
        PartyKind::Guest | PartyKind::Organisation => Err(Refusal::NotAPerson.into()),
    }
}

/// Counts one change of the root; the number is the sequence of the event that tells of it.
pub(crate) fn next_version(tx: &mut Tx, id: Id<kinds::Party>) -> Result<i64> {
    let sql = sql!(
        "update identity_party
         set version = version + 1
         where home = $1 and id = $2
         returning version"
    );
    tx.one(sql, args![id.home(), id], |row| row.get(0))
}

fn set_first_password(tx: &mut Tx, person: Id<kinds::Party>, password: &Hashed) -> Result<()> {
    let sql = sql!(
        "insert into identity_credential (home, party, phc, set_at, revision)
         values ($1, $2, $3, $4, 1)
         on conflict do nothing"
    );
    let now = tx.now();
    match tx.exec(sql, args![person.home(), person, password.phc(), now])? {
        1 => Ok(()),
        _ => Err(Refusal::AlreadyClaimed.into()),
    }
}
