//! A shop opens: applied for, reviewed, contract signed, deposit paid, open; and is frozen where it must be. [M1]

use crate::{access, postings};
use identity::{Permission, Role, Scope};
use kernel::{Actor, Cx, Id, Money, Result, Text, error::Common, kinds};
use merchant::{Application, Applied, Contract, MerchantKind, ShopForm, Verdict};
use store::{Act, Answer, Store, Tx};

/// A person applies as a merchant with a first shop, and owns both.
///
/// # Errors
/// `slug_taken`, `login_needed`, and what the merchant room says of papers.
pub fn apply(store: &Store, cx: &Cx, application: Application) -> Answer<Applied> {
    store.write(Act::new("shop.apply", cx).over(&application), move |tx| {
        let (Actor::Person(person) | Actor::Key { person, .. }) = *tx.actor() else {
            return Err(Common::LoginNeeded.into());
        };
        access::buyer(tx, person)?;
        let applied = merchant::apply(tx, person, &application)?;
        owns(tx, person, applied.merchant, applied.shop)?;
        Ok(applied)
    })
}

/// The application is complete.
///
/// # Errors
/// `wrong_state`, missing papers, `permission_missing`.
pub fn submit(store: &Store, cx: &Cx, shop: Id<kinds::Shop>) -> Answer<()> {
    store.write(Act::new("shop.submit", cx).over(&shop), move |tx| {
        access::shop(tx, shop, Permission::ShopSettings)?;
        merchant::submit(tx, shop)
    })
}

/// The operator reviews it.
///
/// # Errors
/// `wrong_state`, `permission_missing`.
pub fn review(store: &Store, cx: &Cx, shop: Id<kinds::Shop>, verdict: Verdict) -> Answer<()> {
    store.write(Act::new("shop.review", cx).over(&(shop, &verdict)), move |tx| {
        access::operator(tx, Permission::MarketReviewShops)?;
        merchant::review(tx, shop, &verdict)
    })
}

/// The merchant signs the contract.
///
/// # Errors
/// `wrong_state`, `permission_missing`.
pub fn sign(store: &Store, cx: &Cx, shop: Id<kinds::Shop>, contract: Contract) -> Answer<()> {
    store.write(Act::new("shop.sign", cx).over(&(shop, &contract)), move |tx| {
        access::shop(tx, shop, Permission::ShopSettings)?;
        let person = tx.actor().party().ok_or(Common::LoginNeeded)?;
        merchant::sign(tx, shop, person, &contract)
    })
}

/// The operator's finance records that a deposit arrived through a channel.
///
/// # Errors
/// `wrong_state`, `out_of_range`, `currency_mismatch`, `permission_missing`.
pub fn deposit_arrived(
    store: &Store,
    cx: &Cx,
    shop: Id<kinds::Shop>,
    channel: &'static str,
    amount: Money,
) -> Answer<bool> {
    store.write(Act::new("shop.deposit", cx).over(&(shop, amount)), move |tx| {
        access::operator(tx, Permission::MarketMoney)?;
        let complete = merchant::deposit_paid(tx, shop, amount)?;
        let number = tx.id::<kinds::Entry>(shop.home())?;
        postings::deposit_in(tx, shop, channel, amount, number.raw())?;
        Ok(complete)
    })
}

/// The merchant opens his doors; his first warehouse stands, if he had none.
///
/// # Errors
/// `wrong_state`, `permission_missing`.
pub fn open(store: &Store, cx: &Cx, shop: Id<kinds::Shop>) -> Answer<()> {
    store.write(Act::new("shop.open", cx).over(&shop), move |tx| {
        access::shop(tx, shop, Permission::ShopSettings)?;
        merchant::open(tx, shop)?;
        first_warehouse(tx, shop).map(drop)
    })
}

/// Nothing new is sold there until it is unfrozen; what was sold goes on.
///
/// # Errors
/// `wrong_state`, `permission_missing`.
pub fn freeze(store: &Store, cx: &Cx, shop: Id<kinds::Shop>, why: Text<500>) -> Answer<()> {
    store.write(Act::new("shop.freeze", cx).over(&(shop, &why)), move |tx| {
        access::operator(tx, Permission::MarketShops)?;
        merchant::freeze(tx, shop, &why)
    })
}

/// It sells again.
///
/// # Errors
/// `wrong_state`, `permission_missing`.
pub fn unfreeze(store: &Store, cx: &Cx, shop: Id<kinds::Shop>, why: Text<500>) -> Answer<()> {
    store.write(Act::new("shop.unfreeze", cx).over(&(shop, &why)), move |tx| {
        access::operator(tx, Permission::MarketShops)?;
        merchant::unfreeze(tx, shop, &why)
    })
}

/// What the operator opens by hand, as import and replay do: no papers, no deposit, open at once.
#[derive(Clone, Debug, serde::Serialize)]
pub struct ByHand {
    /// What sort of merchant.
    pub kind: MerchantKind,
    /// Its names and currency.
    pub form: ShopForm,
    /// The owner, made without a password if he is not there yet; he claims the shop later.
    pub owner: Text<100>,
}

/// A shop with its warehouse.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize)]
pub struct Opened {
    /// The shop.
    pub shop: Id<kinds::Shop>,
    /// Its main warehouse.
    pub warehouse: Id<kinds::Warehouse>,
    /// Whether it is new; false where the shop was there.
    pub new: bool,
}

/// Opens a shop by the operator's hand, or finds the one that is there.
///
/// # Errors
/// `permission_missing`.
pub fn open_by_hand(store: &Store, cx: &Cx, by_hand: ByHand) -> Answer<Opened> {
    store.write(Act::new("shop.open_by_hand", cx).over(&by_hand), move |tx| {
        access::operator(tx, Permission::MarketShops)?;
        if let Some(shop) = merchant::shop_by_slug(tx, &by_hand.form.slug)? {
            let warehouse = first_warehouse(tx, shop.id)?;
            return Ok(Opened { shop: shop.id, warehouse, new: false });
        }
        let locale = tx.cx().locale;
        let owner = identity::person_without_password(tx, &by_hand.owner, None, locale)?;
        let shop = merchant::operator_opens(tx, owner, by_hand.kind, &by_hand.form)?;
        let merchant = merchant::shop(tx, shop)?.merchant;
        owns(tx, owner, merchant, shop)?;
        let warehouse = first_warehouse(tx, shop)?;
        Ok(Opened { shop, warehouse, new: true })
    })
}

fn owns(tx: &mut Tx, person: Id<kinds::Party>, merchant: Id<kinds::Merchant>, shop: Id<kinds::Shop>) -> Result<()> {
    identity::grant_role(tx, person, Role::Owner, Scope::Merchant(merchant))?;
    identity::grant_role(tx, person, Role::Owner, Scope::Shop(shop))
}

fn first_warehouse(tx: &mut Tx, shop: Id<kinds::Shop>) -> Result<Id<kinds::Warehouse>> {
    match stock::main_of(tx, shop) {
        Ok(warehouse) => Ok(warehouse.id),
        Err(error) if error.code() == "no_warehouse" => stock::open_warehouse(tx, shop, "main"),
        Err(error) => Err(error),
    }
}
