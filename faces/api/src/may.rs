//! Who may see what, asked before anything is read for him. Acts ask for themselves, in their flows.

use identity::{Permission, Permissions, Scope};
use kernel::{Actor, Id, Result, error::Common, kinds};
use store::Read;

/// Whoever has this permission in the shop.
///
/// # Errors
/// `login_needed`, `permission_missing`.
pub(crate) fn in_shop(read: &mut Read, actor: &Actor, shop: Id<kinds::Shop>, permission: Permission) -> Result<()> {
    identity::require(read, actor, permission, Scope::Shop(shop))
}

/// Whoever has this permission in the shop, for what others may not know of.
///
/// # Errors
/// `login_needed`, `not_found`.
pub(crate) fn in_shop_hidden(
    read: &mut Read,
    actor: &Actor,
    shop: Id<kinds::Shop>,
    permission: Permission,
) -> Result<()> {
    identity::require_hidden(read, actor, permission, Scope::Shop(shop))
}

/// Whoever may do anything at all in the shop.
///
/// # Errors
/// `login_needed`; `not_found` for whoever does not work there.
pub(crate) fn works_in(read: &mut Read, actor: &Actor, shop: Id<kinds::Shop>) -> Result<()> {
    let (person, scopes) = match actor {
        Actor::Anyone | Actor::Guest(_) => return Err(Common::LoginNeeded.into()),
        Actor::System(_) => return Ok(()),
        Actor::Person(person) => (*person, u64::MAX),
        Actor::Key { person, scopes, .. } => (*person, *scopes),
    };
    let may = identity::permissions(read, person, Scope::Shop(shop))?;
    if Permissions::from_bits(may.bits() & scopes) == Permissions::NONE {
        return Err(Common::NotYours.into());
    }
    Ok(())
}

/// Whoever has this permission over the merchant whose shop it is.
///
/// # Errors
/// `login_needed`, `permission_missing`; `not_found` where there is no such shop.
pub(crate) fn for_merchant(
    read: &mut Read,
    actor: &Actor,
    shop: Id<kinds::Shop>,
    permission: Permission,
) -> Result<Id<kinds::Merchant>> {
    let merchant = merchant::shop(read, shop)?.merchant;
    identity::require(read, actor, permission, Scope::Merchant(merchant))?;
    Ok(merchant)
}

/// The market's people with this permission.
///
/// # Errors
/// `login_needed`, `permission_missing`.
pub(crate) fn in_market(read: &mut Read, actor: &Actor, permission: Permission) -> Result<()> {
    identity::require(read, actor, permission, Scope::Market)
}

/// A person in a session of his own: what lets others act for him is not done by them.
///
/// # Errors
/// `login_needed` for nobody and guests, `permission_missing` for a key.
pub(crate) fn in_person(actor: &Actor) -> Result<Id<kinds::Party>> {
    match actor {
        Actor::Person(person) => Ok(*person),
        Actor::Key { .. } => Err(Common::PermissionMissing { permission: "session" }.into()),
        Actor::Anyone | Actor::Guest(_) | Actor::System(_) => Err(Common::LoginNeeded.into()),
    }
}
