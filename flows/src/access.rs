//! Who may do it: asked first in every act, in the words of the trade.

use identity::{Permission, Scope};
use kernel::{Cx, Id, Result, error::Common, kinds};
use store::{Read, Store, Tx};

/// The actor is this buyer, or the account that this guest joined.
pub(crate) fn buyer(tx: &mut Tx, buyer: Id<kinds::Party>) -> Result<()> {
    let actor = tx.actor().clone();
    identity::acts_for(tx, &actor, buyer)
}

/// The actor's own party, for what everybody does for himself.
pub(crate) fn own(tx: &mut Tx) -> Result<Id<kinds::Party>> {
    let party = tx.actor().party().ok_or(Common::LoginNeeded)?;
    buyer(tx, party)?;
    Ok(party)
}

/// The actor may do this in the shop, whose existence everybody knows.
pub(crate) fn shop(tx: &mut Tx, shop: Id<kinds::Shop>, permission: Permission) -> Result<()> {
    let actor = tx.actor().clone();
    identity::require(tx, &actor, permission, Scope::Shop(shop))
}

/// The actor may do this to a thing of the shop's that others may not know of: an order, a quotation.
pub(crate) fn seller(tx: &mut Tx, shop: Id<kinds::Shop>, permission: Permission) -> Result<()> {
    let actor = tx.actor().clone();
    identity::require_hidden(tx, &actor, permission, Scope::Shop(shop))
}

/// The actor may do this as an operator of the market.
pub(crate) fn operator(tx: &mut Tx, permission: Permission) -> Result<()> {
    let actor = tx.actor().clone();
    identity::require(tx, &actor, permission, Scope::Market)
}

/// The actor is the market itself: a timer, a reaction, the command line.
pub(crate) fn market(tx: &Tx) -> Result<()> {
    match tx.actor() {
        kernel::Actor::System(_) => Ok(()),
        kernel::Actor::Anyone => Err(Common::LoginNeeded.into()),
        _ => Err(Common::PermissionMissing { permission: "market itself" }.into()),
    }
}

/// Whether the actor of a request may do this, asked before what an act needs is prepared in acts of its own. Whoever
/// may not is told so, and audited, by the act itself, which is left to refuse him.
///
/// # Errors
/// What the engine says.
pub(crate) fn may(store: &Store, cx: &Cx, permission: Permission, scope: Scope) -> Result<bool> {
    let actor = cx.actor.clone();
    store.read(move |read| identity::has(read, &actor, permission, scope)).wait()
}

/// Whether the actor may see an order: its buyer, the shop's people, the operator's.
///
/// # Errors
/// `not_found` to everybody else.
pub fn may_see_order(read: &mut Read, actor: &kernel::Actor, order: &order::Order) -> Result<()> {
    if identity::acts_for(read, actor, order.buyer).is_ok()
        || identity::has(read, actor, Permission::ShopOrders, Scope::Shop(order.shop))?
        || identity::has(read, actor, Permission::MarketOrders, Scope::Market)?
    {
        return Ok(());
    }
    Err(Common::NotYours.into())
}
