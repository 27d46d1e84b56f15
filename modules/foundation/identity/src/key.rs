//! Keys for programs. A key may do what its scopes name, and of that only what its person may do.

use crate::{PartyState, Permissions, Secret, Token, party};
use kernel::{Actor, Id, Result, Text, Time, error::Common, kinds};
use store::{Read, Tx, args, sql};

/// How many open keys a person may have.
const KEYS_MAX: i64 = 20;

/// An API key as its person sees it; the secret is gone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Key {
    /// Which.
    pub id: Id<kinds::ApiKey>,
    /// What the person calls it.
    pub name: String,
    /// What it may do at most.
    pub scopes: Permissions,
    /// Since when.
    pub made_at: Time,
    /// When it ends by itself.
    pub expires_at: Option<Time>,
}

/// Makes a key under a secret; its [`Token`] is shown once and never again.
///
/// # Errors
/// `not_a_person`, `too_many`.
pub fn make_key(
    tx: &mut Tx,
    person: Id<kinds::Party>,
    name: &Text<60>,
    scopes: Permissions,
    secret: &Secret,
    expires_at: Option<Time>,
) -> Result<Id<kinds::ApiKey>> {
    party::must_be_person(tx, person)?;
    let (now, home) = (tx.now(), person.home());
    let take = sql!(
        "update identity_party
         set keys = keys + 1
         where home = $1 and id = $2 and keys < $3"
    );
    if tx.exec(take, args![home, person, KEYS_MAX])? == 0 {
        return Err(Common::TooManyThings { most: KEYS_MAX }.into());
    }
    let id: Id<kinds::ApiKey> = tx.id(home)?;
    let sql = sql!(
        "insert into identity_key (home, id, person, name, scopes, secret_hash, made_at, expires_at, ended_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, null)"
    );
    tx.exec(sql, args![home, id, person, name, scopes.bits() as i64, secret.hash(), now, expires_at])?;
    tx.about(id);
    Ok(id)
}

/// Who acts with this key; none for a token that is malformed, made up, expired or ended, or whose person is blocked.
///
/// # Errors
/// What the engine says.
pub fn key(read: &mut Read, token: &str, now: Time) -> Result<Option<Actor>> {
    let Ok(token) = token.parse::<Token<kinds::ApiKey>>() else {
        return Ok(None);
    };
    let sql = sql!(
        "select k.person, k.scopes, k.secret_hash
         from identity_key k
         join identity_party p on p.home = $1 and p.id = k.person
         where k.home = $1 and k.id = $2 and k.ended_at is null
           and (k.expires_at is null or k.expires_at > $3) and p.state = $4"
    );
    let found = read.opt(sql, args![token.id.home(), token.id, now, PartyState::Active], |row| {
        let kept: Vec<u8> = row.get(2)?;
        let scopes = row.get::<i64>(1)? as u64;
        let actor = Actor::Key { key: token.id, person: row.get(0)?, scopes };
        Ok(token.secret.opens(&kept).then_some(actor))
    })?;
    Ok(found.flatten())
}

/// The keys of a person that have not been ended, oldest first.
///
/// # Errors
/// What the engine says.
pub fn keys(read: &mut Read, person: Id<kinds::Party>) -> Result<Vec<Key>> {
    let sql = sql!(
        "select id, name, scopes, made_at, expires_at
         from identity_key
         where home = $1 and person = $2 and ended_at is null
         order by id
         limit $3"
    );
    read.all(sql, args![person.home(), person, KEYS_MAX], |row| {
        Ok(Key {
            id: row.get(0)?,
            name: row.get(1)?,
            scopes: Permissions::from_bits(row.get::<i64>(2)? as u64),
            made_at: row.get(3)?,
            expires_at: row.get(4)?,
        })
    })
}

/// Ends a key of a person's. One that has ended stays so.
///
/// # Errors
/// `not_found` where there is none or it is another's.
pub fn end_key(tx: &mut Tx, person: Id<kinds::Party>, key: Id<kinds::ApiKey>) -> Result<()> {
    let (now, home) = (tx.now(), key.home());
    let sql = sql!(
        "select person
         from identity_key
         where home = $1 and id = $2"
    );
    let owner: Id<kinds::Party> = tx.opt(sql, args![home, key], |row| row.get(0))?.ok_or(Common::NotFound)?;
    if owner != person {
        return Err(Common::NotYours.into());
    }
    let sql = sql!(
        "update identity_key
         set ended_at = $3
         where home = $1 and id = $2 and ended_at is null"
    );
    if tx.exec(sql, args![home, key, now])? == 1 {
        let give_back = sql!(
            "update identity_party
             set keys = keys - 1
             where home = $1 and id = $2"
        );
        tx.exec(give_back, args![home, person])?;
    }
    tx.about(key);
    Ok(())
}
