//! Who is who, and who may do what.
//!
//! **Owns** parties (people, guests, organisations), how they are called and reached, what they log in with, their
//! passwords, sessions and API keys, who may do what where, and address books.
//!
//! **Verbs**: [`register`], [`person_without_password`], [`claim`], [`guest`], [`join`]; [`add_login`],
//! [`verify_login`]; [`credential`] → [`Credential::check`] → [`log_in`], [`open_session`], [`log_out`];
//! [`make_key`], [`end_key`]; [`change_password`], [`block`], [`unblock`]; [`grant`], [`grant_role`], [`revoke`],
//! [`revoke_all`]; [`set_contact`], [`add_address`], [`remove_address`].
//! **Questions**: [`session`], [`key`], [`has`], [`require`], [`require_hidden`], [`acts_for`], [`homes_of`].
//! **Events**: `identity.registered`, `identity.joined`. **Refusals**: [`Refusal`].
//!
//! **Refuses to know** what a shop, an order or a warehouse is: they are ids that permissions are granted over. No
//! secret is kept but as a hash, and no verb here asks whether its caller may call it: flows do, with the questions.

mod address;
mod contact;
mod event;
mod grant;
mod guest;
mod key;
mod log_in;
mod login;
mod party;
mod password;
mod permission;
mod refusal;
mod scope;
mod session;
mod token;

pub use address::{Address, AddressForm, add_address, address, addresses, remove_address};
pub use contact::{Contact, contact, set_contact};
pub use event::{Joined, Registered};
pub use grant::{grant, grant_role, grants, has, members, permissions, require, require_hidden, revoke, revoke_all};
pub use guest::{acts_for, guest, homes_of, join, reach_guest};
pub use key::{Key, end_key, key, keys, make_key};
pub use log_in::{Checked, Credential, credential, locked_until, log_in};
pub use login::{Login, add_login, logins, person_of, verified_owner, verify_login};
pub use party::{
    Party, PartyKind, PartyMove, PartyState, Registration, block, by_external, change_password, claim, party,
    person_without_password, register, unblock,
};
pub use password::{Cost, Hashed, Password, verify};
pub use permission::{Permission, Permissions, Role, ScopeKind};
pub use refusal::Refusal;
pub use scope::Scope;
pub use session::{Session, log_out, open_session, party_of_session, session};
pub use token::{Secret, Token};

/// The room's tables.
pub const SCHEMA: store::Schema =
    store::Schema { room: "identity", steps: &[include_str!("../migrations/0001_open.sql")] };

#[cfg(test)]
mod tests;
