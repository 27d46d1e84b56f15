//! What happened to an order, for the rest of the world. Ids and amounts only.

use kernel::{Currency, Id, kinds};
use serde::{Deserialize, Serialize};

macro_rules! order_events {
    ($($(#[$meta:meta])* $name:ident $word:literal { $($(#[$doc:meta])* $field:ident: $type:ty,)* })*) => { $(
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
        pub struct $name {
            /// The order.
            pub order: Id<kinds::Order>,
            /// Its shop.
            pub shop: Id<kinds::Shop>,
            /// Its buyer.
            pub buyer: Id<kinds::Party>,
            $($(#[$doc])* pub $field: $type,)*
        }
        store::event!($name, $word, 1, |event| event.order);
    )* };
}

order_events! {
    /// An order was placed and its stock is held.
    Placed "order.placed" {
        /// The trade.
        trade: Id<kinds::Trade>,
        /// Of the amounts.
        currency: Currency,
        /// What it costs.
        amount: i64,
        /// How many units.
        units: i64,
        /// Until when it may be paid, ms UTC.
        close_at: i64,
    }
    /// Its money is in escrow.
    Paid "order.paid" {
        /// Of the amount.
        currency: Currency,
        /// How much.
        amount: i64,
    }
    /// Units of it went out.
    Shipped "order.shipped" {
        /// How many.
        units: i64,
        /// Whether these were the last.
        whole: bool,
    }
    /// The buyer took more time to confirm.
    Extended "order.extended" {
        /// Until when, ms UTC.
        confirm_at: i64,
    }
    /// It was received.
    Completed "order.completed" {
        /// Of the amounts.
        currency: Currency,
        /// What stays paid.
        kept: i64,
        /// Of this, commission.
        commission: i64,
        /// The business date of settlement.
        settle_on: i64,
    }
    /// Money of it was granted back.
    Refunded "order.refunded" {
        /// Of the amount.
        currency: Currency,
        /// How much.
        amount: i64,
        /// How many units.
        units: i64,
    }
    /// The shop may have its money.
    Settled "order.settled" {
        /// Of the amount.
        currency: Currency,
        /// What the shop is due.
        net: i64,
    }
    /// It came to nothing.
    Closed "order.closed" {
        /// Why.
        why: String,
    }
}
