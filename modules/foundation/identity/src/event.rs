//! What this room tells the others. Ids only.

use kernel::{Id, kinds};
use serde::{Deserialize, Serialize};

/// A person has a log-in from now on.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Registered {
    /// Who.
    pub party: Id<kinds::Party>,
}
store::event!(Registered, "identity.registered", 1, |registered| registered.party);

/// A guest belongs to an account from now on; his rows stay where they are.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Joined {
    /// The account.
    pub account: Id<kinds::Party>,
    /// The guest.
    pub guest: Id<kinds::Party>,
}
store::event!(Joined, "identity.joined", 1, |joined| joined.account);
