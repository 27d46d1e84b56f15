//! What an operator may change of the market without a programmer, one setting at a time.

use crate::access;
use identity::Permission;
use kernel::Cx;
use store::{Act, Answer, Store};

/// Changes one setting.
///
/// # Errors
/// `permission_missing`, `unknown_setting`, and what the market room says of a value that does not fit.
pub fn change(store: &Store, cx: &Cx, key: String, value: String) -> Answer<()> {
    store.write(Act::new("setting.change", cx).over(&(&key, &value)), move |tx| {
        access::operator(tx, Permission::MarketSettings)?;
        market::change(tx, &key, &value)
    })
}

/// Gives a setting its default back.
///
/// # Errors
/// `permission_missing`, `unknown_setting`.
pub fn reset(store: &Store, cx: &Cx, key: String) -> Answer<()> {
    store.write(Act::new("setting.reset", cx).over(&key), move |tx| {
        access::operator(tx, Permission::MarketSettings)?;
        market::reset(tx, &key)
    })
}
