//! Where a buyer lets things be sent. One room's verbs with the asker's right to them, which every face needs.

use crate::access;
use identity::AddressForm;
use kernel::{Cx, Id, kinds};
use store::{Act, Answer, Store};

/// An address enters the actor's own book.
///
/// # Errors
/// `login_needed`, `malformed`, `too_many`.
pub fn add(store: &Store, cx: &Cx, form: AddressForm) -> Answer<Id<kinds::Address>> {
    store.write(Act::new("identity.add_address", cx).over(&form), move |tx| {
        let party = access::own(tx)?;
        identity::add_address(tx, party, &form)
    })
}

/// An address leaves the actor's own book; orders keep their copies.
///
/// # Errors
/// `login_needed`, `not_found` for another's as for none.
pub fn remove(store: &Store, cx: &Cx, address: Id<kinds::Address>) -> Answer<()> {
    store.write(Act::new("identity.remove_address", cx).over(&address), move |tx| {
        let party = access::own(tx)?;
        identity::remove_address(tx, party, address)
    })
}
