//! What keeps a shop going beside its trade: papers, the bank account that its money goes to, what sending costs. [M1]

use crate::access;
use delivery::Freight;
use identity::{Permission, Scope};
use kernel::{Cx, Id, Money, Result, kinds};
use merchant::{BankAccountForm, Paper};
use store::{Act, Answer, Store, Tx};

/// A merchant hands in one more paper, or the same one with a later date.
///
/// # Errors
/// `permission_missing`, `check_digit_wrong`, `malformed`, `not_found`.
pub fn hand_in(store: &Store, cx: &Cx, shop: Id<kinds::Shop>, paper: Paper) -> Answer<()> {
    store.write(Act::new("shop.paper", cx).over(&(shop, &paper)), move |tx| {
        let merchant = merchant_of(tx, shop, Permission::MerchantPapers)?;
        merchant::add_paper(tx, merchant, &paper)?;
        tx.about(shop);
        Ok(())
    })
}

/// A merchant names an account in his own name to which his shops are paid out.
///
/// # Errors
/// `permission_missing`, `account_name_mismatch`, `malformed`, `too_many`, `not_found`.
pub fn add_bank_account(
    store: &Store,
    cx: &Cx,
    shop: Id<kinds::Shop>,
    form: BankAccountForm,
) -> Answer<Id<kinds::BankAccount>> {
    // What was asked for is kept only as its hash: the number itself stands in the account alone.
    let asked = (shop, &*form.holder, &*form.bank, &*form.number);
    store.write(Act::new("shop.bank_account", cx).over(&asked), move |tx| {
        let merchant = merchant_of(tx, shop, Permission::MerchantBank)?;
        merchant::add_bank_account(tx, merchant, &form)
    })
}

/// A merchant takes an account out of use.
///
/// # Errors
/// `permission_missing`, `not_found`.
pub fn remove_bank_account(
    store: &Store,
    cx: &Cx,
    shop: Id<kinds::Shop>,
    account: Id<kinds::BankAccount>,
) -> Answer<()> {
    store.write(Act::new("shop.bank_account_out", cx).over(&(shop, account)), move |tx| {
        let merchant = merchant_of(tx, shop, Permission::MerchantBank)?;
        merchant::remove_bank_account(tx, merchant, account)
    })
}

/// A shop says what sending costs; orders placed before keep their price.
///
/// # Errors
/// `permission_missing`, `currency_mismatch`, `out_of_range`.
pub fn set_freight(store: &Store, cx: &Cx, shop: Id<kinds::Shop>, freight: Freight) -> Answer<()> {
    store.write(Act::new("shop.freight", cx).over(&(shop, freight)), move |tx| {
        access::shop(tx, shop, Permission::ShopSettings)?;
        Money::zero(merchant::shop(tx, shop)?.currency).same_currency(freight.fee)?;
        delivery::set_freight(tx, shop, freight)?;
        tx.about(shop);
        Ok(())
    })
}

/// Whose shop it is; his papers and accounts are his people's business, not that of whoever works in the shop.
fn merchant_of(tx: &mut Tx, shop: Id<kinds::Shop>, permission: Permission) -> Result<Id<kinds::Merchant>> {
    let merchant = merchant::shop(tx, shop)?.merchant;
    let actor = tx.actor().clone();
    identity::require(tx, &actor, permission, Scope::Merchant(merchant))?;
    Ok(merchant)
}
