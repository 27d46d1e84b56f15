//! The acts that change several rooms: each is one transaction, straight-line calls into the rooms, in the order in
//! which a person would tell it. What follows afterwards is in [`reactions`], which accounts move in [`postings`].
//!
//! A flow asks first who may do it, then the pure rules, then the rooms. It writes no SQL of its own and calls nothing
//! outside while a transaction is open: the outside is asked between acts, by [`pay`] and by [`worker`].

mod access;
pub mod address_book;
pub mod cart;
pub mod checkout;
pub mod close_unpaid;
pub mod confirm;
pub mod keep_shop;
pub mod list_goods;
pub mod open_shop;
pub mod pay;
pub mod payout;
pub mod placing;
mod postings;
pub mod quote;
pub mod reactions;
pub mod refund;
pub mod register;
mod searching;
pub mod set_up;
pub mod settings;
pub mod settle;
pub mod ship;
pub mod stocking;
pub mod timers;
pub mod worker;
pub mod write_goods;

use kernel::{Result, error::Common};
use std::sync::Arc;
use store::{Schema, Store};

pub use access::may_see_order;

/// The market as the faces hold it: its database, and its doors to the outside.
#[derive(Clone)]
pub struct Market {
    /// The database.
    pub store: Store,
    /// The payment channels.
    pub channels: Vec<Arc<dyn payment::Channel>>,
    /// The bank that pays shops out.
    pub bank: Arc<dyn ::payout::Bank>,
}

impl Market {
    /// The channel of a code.
    ///
    /// # Errors
    /// `not_found` for a channel that this market does not have.
    pub fn channel(&self, code: &str) -> Result<Arc<dyn payment::Channel>> {
        let found = self.channels.iter().find(|channel| channel.code() == code);
        found.cloned().ok_or_else(|| Common::NotFound.into())
    }
}

/// The schemas of all rooms, in the order of the layers.
pub const ROOMS: &[Schema] = &[
    identity::SCHEMA,
    ledger::SCHEMA,
    payment::SCHEMA,
    ::payout::SCHEMA,
    sandbox::SCHEMA,
    catalog::SCHEMA,
    search::SCHEMA,
    stock::SCHEMA,
    ::cart::SCHEMA,
    quotation::SCHEMA,
    order::SCHEMA,
    delivery::SCHEMA,
    aftersale::SCHEMA,
    market::SCHEMA,
    merchant::SCHEMA,
];
