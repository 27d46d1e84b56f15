//! Guests: buyers without a credential, with a home of their own. An account owns a list of homes, its own and those
//! of the guests that joined it; nothing moves.

use crate::{Contact, Joined, PartyKind, Permission, Permissions, Refusal, Scope, contact, grant, login, party};
use kernel::{Actor, Id, Locale, Result, error::Common, kinds};
use store::{Read, Tx, args, sql};

/// Makes a guest. His e-mail and phone are kept so that the account that later proves to own one of them finds him.
///
/// # Errors
/// What the engine says.
pub fn guest(tx: &mut Tx, contact: &Contact, locale: Locale) -> Result<Id<kinds::Party>> {
    let guest = party::open(tx, PartyKind::Guest, locale)?;
    if *contact != Contact::default() {
        reach_guest(tx, guest, contact)?;
    }
    Ok(guest)
}

/// A guest says how he can be reached, so that the account that later proves to own his e-mail or phone finds him.
///
/// # Errors
/// What the engine says.
pub fn reach_guest(tx: &mut Tx, guest: Id<kinds::Party>, contact: &Contact) -> Result<()> {
    contact::set_contact(tx, guest, contact)?;
    contact.email.iter().chain(&contact.phone).try_for_each(|login| login::left_by_guest(tx, guest, login))
}

/// Lets a guest join an account; the same account again changes nothing.
///
/// # Errors
/// `not_a_guest`, `already_joined`, `not_a_person`, `not_found`.
pub fn join(tx: &mut Tx, account: Id<kinds::Party>, guest: Id<kinds::Party>) -> Result<()> {
    party::must_be_person(tx, account)?;
    // Guests' rows before persons' rows: no party is ever both, so two joins cannot wait for each other.
    let sql = sql!(
        "update identity_party
         set joined = $3, version = version + 1
         where home = $1 and id = $2 and kind = $4 and joined is null"
    );
    if tx.exec(sql, args![guest.home(), guest, account, PartyKind::Guest])? == 0 {
        let found = party::party(tx, guest)?;
        return match found.joined {
            Some(other) if other == account => Ok(()),
            Some(_) => Err(Refusal::AlreadyJoined.into()),
            None => Err(Refusal::NotAGuest.into()),
        };
    }
    let sql = sql!(
        "insert into identity_joined (home, account, guest, joined_at)
         values ($1, $2, $3, $4)"
    );
    let now = tx.now();
    tx.exec(sql, args![account.home(), account, guest, now])?;
    let version = party::next_version(tx, account)?;
    tx.about(account);
    tx.emit(&Joined { account, guest }, version)
}

/// The parties whose things are an account's: itself first, then the guests that joined it, latest first. At most
/// 1,000 guests.
///
/// # Errors
/// What the engine says.
pub fn homes_of(read: &mut Read, account: Id<kinds::Party>) -> Result<Vec<Id<kinds::Party>>> {
    let sql = sql!(
        "select guest
         from identity_joined
         where home = $1 and account = $2
         order by guest desc
         limit 1000"
    );
    let guests: Vec<_> = read.all(sql, args![account.home(), account], |row| row.get(0))?;
    Ok(std::iter::once(account).chain(guests).collect())
}

/// Refuses whoever does not act for a party: itself, the account that the guest joined, somebody who buys for the
/// organisation, and the market itself do. A key needs [`Permission::Buy`] among its scopes.
///
/// # Errors
/// `login_needed` for nobody, `permission_missing` for a key, and for everybody else what another's thing answers.
pub fn acts_for(read: &mut Read, actor: &Actor, party: Id<kinds::Party>) -> Result<()> {
    let own = match actor {
        Actor::System(_) => return Ok(()),
        Actor::Anyone => return Err(Common::LoginNeeded.into()),
        Actor::Key { scopes, .. } if !Permissions::from_bits(*scopes).has(Permission::Buy) => {
            return Err(Common::PermissionMissing { permission: Permission::Buy.word() }.into());
        }
        Actor::Person(own) | Actor::Guest(own) | Actor::Key { person: own, .. } => *own,
    };
    if own == party || has_joined(read, own, party)? {
        return Ok(());
    }
    if grant::has(read, actor, Permission::Buy, Scope::Organisation(party))? {
        return Ok(());
    }
    Err(Common::NotYours.into())
}

fn has_joined(read: &mut Read, account: Id<kinds::Party>, guest: Id<kinds::Party>) -> Result<bool> {
    let sql = sql!(
        "select 1
         from identity_joined
         where home = $1 and account = $2 and guest = $3"
    );
    Ok(read.opt(sql, args![account.home(), account, guest], |_| Ok(()))?.is_some())
}
