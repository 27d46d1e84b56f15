//! Who may do what where.

use crate::{Permission, Permissions, Refusal, Role, Scope, ScopeKind, party};
use kernel::{Actor, Id, Result, Time, error::Common, kinds};
use store::{Read, Tx, args, sql};

/// Lets a person do something somewhere. Granted again, it changes nothing but the time. Whether the one who grants
/// may do so is asked by the flow.
///
/// # Errors
/// `scope_mismatch`, `not_a_person`, `not_found`.
pub fn grant(tx: &mut Tx, person: Id<kinds::Party>, permission: Permission, scope: Scope) -> Result<()> {
    if !permission.fits(scope.kind()) {
        let (permission, scope) = (permission.word(), scope.kind().word());
        return Err(Refusal::ScopeMismatch { permission, scope }.into());
    }
    party::must_be_person(tx, person)?;
    grant_one(tx, person, permission, scope)?;
    note_member(tx, person, scope)
}

/// Grants what the role means over that sort of place, beside what the person has there already.
///
/// # Errors
/// `not_a_person`, `not_found`; `scope_mismatch` for a role that means nothing there.
pub fn grant_role(tx: &mut Tx, person: Id<kinds::Party>, role: Role, scope: Scope) -> Result<()> {
    let permissions = role.permissions(scope.kind());
    if permissions == Permissions::NONE {
        return Err(Refusal::ScopeMismatch { permission: role.word(), scope: scope.kind().word() }.into());
    }
    party::must_be_person(tx, person)?;
    for permission in permissions.iter() {
        grant_one(tx, person, permission, scope)?;
    }
    note_member(tx, person, scope)
}

fn grant_one(tx: &mut Tx, person: Id<kinds::Party>, permission: Permission, scope: Scope) -> Result<()> {
    let sql = sql!(
        "insert into identity_grant
           (home, person, scope_kind, scope, permission, granted_at, granted_by, taken_at, taken_by)
         values ($1, $2, $3, $4, $5, $6, $7, null, null)
         on conflict (person, scope_kind, scope, permission, home) do update
         set granted_at = excluded.granted_at, granted_by = excluded.granted_by, taken_at = null, taken_by = null"
    );
    let (now, by) = (tx.now(), actor_raw(tx));
    tx.exec(sql, args![person.home(), person, scope.kind(), scope.raw(), permission, now, by])?;
    Ok(())
}

fn note_member(tx: &mut Tx, person: Id<kinds::Party>, scope: Scope) -> Result<()> {
    let sql = sql!(
        "insert into identity_member (home, scope_kind, scope, person, since)
         values ($1, $2, $3, $4, $5)
         on conflict do nothing"
    );
    let now = tx.now();
    tx.exec(sql, args![scope.home(), scope.kind(), scope.raw(), person, now])?;
    Ok(())
}

fn actor_raw(tx: &Tx) -> i64 {
    tx.actor().party().map_or(0, Id::raw)
}

/// Takes a permission back; one that the person does not have is no error.
///
/// # Errors
/// What the engine says.
pub fn revoke(tx: &mut Tx, person: Id<kinds::Party>, permission: Permission, scope: Scope) -> Result<()> {
    let sql = sql!(
        "update identity_grant
         set taken_at = $6, taken_by = $7
         where home = $1 and person = $2 and scope_kind = $3 and scope = $4 and permission = $5 and taken_at is null"
    );
    let (now, by) = (tx.now(), actor_raw(tx));
    tx.exec(sql, args![person.home(), person, scope.kind(), scope.raw(), permission, now, by])?;
    if permissions(tx, person, scope)? == Permissions::NONE {
        forget_member(tx, person, scope)?;
    }
    Ok(())
}

/// Takes back everything that a person may do somewhere: he does not work there any more.
///
/// # Errors
/// What the engine says.
pub fn revoke_all(tx: &mut Tx, person: Id<kinds::Party>, scope: Scope) -> Result<()> {
    let sql = sql!(
        "update identity_grant
         set taken_at = $5, taken_by = $6
         where home = $1 and person = $2 and scope_kind = $3 and scope = $4 and taken_at is null"
    );
    let (now, by) = (tx.now(), actor_raw(tx));
    tx.exec(sql, args![person.home(), person, scope.kind(), scope.raw(), now, by])?;
    forget_member(tx, person, scope)
}

fn forget_member(tx: &mut Tx, person: Id<kinds::Party>, scope: Scope) -> Result<()> {
    let sql = sql!(
        "delete from identity_member
         where home = $1 and scope_kind = $2 and scope = $3 and person = $4"
    );
    tx.exec(sql, args![scope.home(), scope.kind(), scope.raw(), person])?;
    Ok(())
}

/// Whether the actor may do that there. The market itself may; nobody and guests may not; a key may where both its
/// scopes and its person's grants say so.
///
/// # Errors
/// What the engine says.
pub fn has(read: &mut Read, actor: &Actor, permission: Permission, scope: Scope) -> Result<bool> {
    let person = match actor {
        Actor::System(_) => return Ok(true),
        Actor::Anyone | Actor::Guest(_) => return Ok(false),
        Actor::Key { scopes, .. } if !Permissions::from_bits(*scopes).has(permission) => return Ok(false),
        Actor::Person(person) | Actor::Key { person, .. } => *person,
    };
    let sql = sql!(
        "select 1
         from identity_grant
         where home = $1 and person = $2 and scope_kind = $3 and scope = $4 and permission = $5 and taken_at is null"
    );
    let values = args![person.home(), person, scope.kind(), scope.raw(), permission];
    Ok(read.opt(sql, values, |_| Ok(()))?.is_some())
}

/// Refuses whoever may not do that there, for things that he may know of.
///
/// # Errors
/// `login_needed` for nobody and guests, `permission_missing` (403, audited).
pub fn require(read: &mut Read, actor: &Actor, permission: Permission, scope: Scope) -> Result<()> {
    must_be_logged_in(actor)?;
    if has(read, actor, permission, scope)? {
        return Ok(());
    }
    Err(Common::PermissionMissing { permission: permission.word() }.into())
}

/// Refuses whoever may not do that there, for things whose existence he may not know of.
///
/// # Errors
/// `login_needed` for nobody and guests; otherwise what another's thing answers (404 outside, audited as forbidden).
pub fn require_hidden(read: &mut Read, actor: &Actor, permission: Permission, scope: Scope) -> Result<()> {
    must_be_logged_in(actor)?;
    if has(read, actor, permission, scope)? {
        return Ok(());
    }
    Err(Common::NotYours.into())
}

fn must_be_logged_in(actor: &Actor) -> Result<()> {
    match actor {
        Actor::Anyone | Actor::Guest(_) => Err(Common::LoginNeeded.into()),
        Actor::Person(_) | Actor::Key { .. } | Actor::System(_) => Ok(()),
    }
}

/// What a person may do in one place.
///
/// # Errors
/// What the engine says.
pub fn permissions(read: &mut Read, person: Id<kinds::Party>, scope: Scope) -> Result<Permissions> {
    let sql = sql!(
        "select permission
         from identity_grant
         where home = $1 and person = $2 and scope_kind = $3 and scope = $4 and taken_at is null"
    );
    let found: Vec<Permission> =
        read.all(sql, args![person.home(), person, scope.kind(), scope.raw()], |row| row.get(0))?;
    Ok(found.into_iter().collect())
}

/// Where a person may do anything, and what: his shops, his merchant, the market. At most 1,000 places' grants.
///
/// # Errors
/// What the engine says.
pub fn grants(read: &mut Read, person: Id<kinds::Party>) -> Result<Vec<(Scope, Permissions)>> {
    let sql = sql!(
        "select scope_kind, scope, permission
         from identity_grant
         where home = $1 and person = $2 and taken_at is null
         order by scope_kind, scope, permission
         limit 10000"
    );
    let rows: Vec<(ScopeKind, i64, Permission)> =
        read.all(sql, args![person.home(), person], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let same_place = |a: &(ScopeKind, i64, Permission), b: &(ScopeKind, i64, Permission)| (a.0, a.1) == (b.0, b.1);
    let place = |rows: &[(ScopeKind, i64, Permission)]| {
        let (kind, raw, _) = rows[0];
        (Scope::from_columns(kind, raw), rows.iter().map(|(_, _, permission)| *permission).collect())
    };
    Ok(rows.chunk_by(same_place).map(place).collect())
}

/// Who works somewhere, and since when.
///
/// # Errors
/// What the engine says.
pub fn members(read: &mut Read, scope: Scope) -> Result<Vec<(Id<kinds::Party>, Time)>> {
    let sql = sql!(
        "select person, since
         from identity_member
         where home = $1 and scope_kind = $2 and scope = $3
         order by person
         limit 1000"
    );
    read.all(sql, args![scope.home(), scope.kind(), scope.raw()], |row| Ok((row.get(0)?, row.get(1)?)))
}
