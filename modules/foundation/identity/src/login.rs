//! What people log in with: e-mails and phones, in one written form each, unique in the whole market.

use crate::{Refusal, party};
use kernel::{Error, Home, Id, Result, error::Common, kinds};
use sha2::{Digest, Sha256};
use std::{fmt, ops::Deref, str::FromStr};
use store::{Read, ToVal, Tx, Val, args, sql};

/// How many guests one e-mail may bring into an account at once.
const GUESTS_MAX: i64 = 1_000;

/// An e-mail in lower case, or a phone as `+` and digits (E.164).
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Login(String);

impl Login {
    /// Whether it is an e-mail.
    pub fn is_email(&self) -> bool {
        self.0.contains('@')
    }

    /// Where what is unique about it lives.
    pub fn home(&self) -> Home {
        Home::of_text(&self.0)
    }

    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::digest(&self.0).into()
    }
}

impl Deref for Login {
    type Target = str;
    fn deref(&self) -> &str {
        &self.0
    }
}
impl ToVal for Login {
    fn to_val(&self) -> Val {
        self.0.to_val()
    }
}
impl fmt::Debug for Login {
    /// Masked: logs may hold this.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_email() { "Login(e-mail)" } else { "Login(phone)" })
    }
}

impl FromStr for Login {
    type Err = Error;

    /// Reads an e-mail, or a phone with its country code (`+44 20 …`, `0044 20 …`) or a Chinese mobile number
    /// without one.
    ///
    /// # Errors
    /// `required`, `malformed`.
    fn from_str(text: &str) -> Result<Login> {
        let text = text.trim();
        if text.is_empty() {
            return Err(Common::Required.into());
        }
        let read = if text.contains('@') { email(text) } else { phone(text) };
        read.map(Login)
            .ok_or_else(|| Common::Malformed { expected: "an e-mail or a phone number with its country code" }.into())
    }
}

/// Lower case as a whole: nobody has two mailboxes that differ by case only (and RFC 5321's 254 characters at most).
fn email(text: &str) -> Option<String> {
    let (local, domain) = text.split_once('@')?;
    let plain = |part: &str| !part.is_empty() && !part.chars().any(|c| c.is_whitespace() || c.is_control() || c == '@');
    let dotted = domain.split('.').count() >= 2 && domain.split('.').all(|label| !label.is_empty());
    let fits = text.len() <= 254 && local.len() <= 64;
    (plain(local) && plain(domain) && dotted && fits).then(|| text.to_lowercase())
}

fn phone(text: &str) -> Option<String> {
    let bare: String = text.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '.')).collect();
    let digits = match bare.strip_prefix('+').or_else(|| bare.strip_prefix("00")) {
        Some(digits) => digits.to_owned(),
        None if bare.len() == 11 && bare.starts_with('1') => format!("86{bare}"),
        None => return None,
    };
    let fits =
        (7..=15).contains(&digits.len()) && digits.bytes().all(|c| c.is_ascii_digit()) && !digits.starts_with('0');
    fits.then(|| format!("+{digits}"))
}

/// Gives a person one more log-in, not yet verified. The same one again changes nothing.
///
/// # Errors
/// `login_taken` where it is somebody else's, `not_a_person`.
pub fn add_login(tx: &mut Tx, person: Id<kinds::Party>, login: &Login) -> Result<()> {
    party::must_be_person(tx, person)?;
    let sql = sql!(
        "insert into identity_login (home, login, party, added_at, verified_at)
         values ($1, $2, $3, $4, null)
         on conflict do nothing"
    );
    let now = tx.now();
    if tx.exec(sql, args![login.home(), login, person, now])? == 0 {
        return match owner_of(tx, login)? {
            Some(owner) if owner.party == person => Ok(()),
            _ => Err(Refusal::LoginTaken.into()),
        };
    }
    let sql = sql!(
        "insert into identity_own_login (home, party, login)
         values ($1, $2, $3)"
    );
    tx.exec(sql, args![person.home(), person, login])?;
    Ok(())
}

/// Notes that a person proved that a log-in is his, and answers the guests who left it and have joined nobody: the
/// flow lets them [`crate::join`].
///
/// # Errors
/// `not_found` where this person has no such log-in.
pub fn verify_login(tx: &mut Tx, person: Id<kinds::Party>, login: &Login) -> Result<Vec<Id<kinds::Party>>> {
    let sql = sql!(
        "update identity_login
         set verified_at = coalesce(verified_at, $4)
         where home = $1 and login = $2 and party = $3"
    );
    let now = tx.now();
    if tx.exec(sql, args![login.home(), login, person, now])? == 0 {
        return Err(Common::NotFound.into());
    }
    free_guests(tx, login)
}

/// The person who proved that this log-in is his: whose account a new guest with this contact may join at once.
///
/// # Errors
/// What the engine says.
pub fn verified_owner(read: &mut Read, login: &Login) -> Result<Option<Id<kinds::Party>>> {
    let owner = owner_of(read, login)?;
    Ok(owner.filter(|owner| owner.is_verified).map(|owner| owner.party))
}

/// The person who logs in with this, proved to be his or not: whom a shop means when it offers him something or lets
/// him work for it.
///
/// # Errors
/// What the engine says.
pub fn person_of(read: &mut Read, login: &Login) -> Result<Option<Id<kinds::Party>>> {
    Ok(owner_of(read, login)?.map(|owner| owner.party))
}

/// The log-ins of a person.
///
/// # Errors
/// What the engine says.
pub fn logins(read: &mut Read, person: Id<kinds::Party>) -> Result<Vec<Login>> {
    let sql = sql!(
        "select login
         from identity_own_login
         where home = $1 and party = $2
         order by login
         limit 100"
    );
    read.all(sql, args![person.home(), person], |row| row.get(0).map(Login))
}

pub(crate) struct Owner {
    pub party: Id<kinds::Party>,
    pub is_verified: bool,
}

pub(crate) fn owner_of(read: &mut Read, login: &Login) -> Result<Option<Owner>> {
    let sql = sql!(
        "select party, verified_at
         from identity_login
         where home = $1 and login = $2"
    );
    read.opt(sql, args![login.home(), login], |row| {
        Ok(Owner { party: row.get(0)?, is_verified: row.get::<Option<i64>>(1)?.is_some() })
    })
}

/// Notes that a guest left an e-mail or phone.
pub(crate) fn left_by_guest(tx: &mut Tx, guest: Id<kinds::Party>, login: &Login) -> Result<()> {
    let sql = sql!(
        "insert into identity_guest_login (home, login, guest)
         values ($1, $2, $3)
         on conflict do nothing"
    );
    tx.exec(sql, args![login.home(), login, guest])?;
    Ok(())
}

fn free_guests(read: &mut Read, login: &Login) -> Result<Vec<Id<kinds::Party>>> {
    let sql = sql!(
        "select guest
         from identity_guest_login
         where home = $1 and login = $2
         order by guest desc
         limit $3"
    );
    let guests: Vec<Id<kinds::Party>> = read.all(sql, args![login.home(), login, GUESTS_MAX], |row| row.get(0))?;
    let mut free = Vec::new();
    for guest in guests {
        if party::party(read, guest)?.joined.is_none() {
            free.push(guest);
        }
    }
    Ok(free)
}
