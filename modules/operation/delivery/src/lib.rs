//! Delivery [L4]: parcels, what carriers say of them, and what a shop takes for sending.
//!
//! Owns parcels with their lines and tracks in the buyer's home, waybill numbers in the home of their text, and the
//! freight rule in the shop's home.
//! Verbs: [`ship`], [`track`], [`correct`], [`set_freight`].
//! Reads: [`parcel`], [`parcels_of_order`], [`track_of`], [`has_scan`], [`find_by_waybill`], [`freight`].
//! Events: `delivery.tracked` for every new scan and correction, `delivery.signed` when a parcel becomes signed.
//! Refusals: [`Refusal`], and the kernel's.
//!
//! What it refuses to know: who receives the parcel and where (the order holds that), how many units of an order are
//! left to ship (the order counts them), what freight does to a price (pricing reckons it).

mod events;
mod find;
mod freight;
mod refusal;
mod ship;
mod state;
mod track;
mod waybill;

pub use events::{Signed, Tracked};
pub use find::{Parcel, Shipped, Step, has_scan, parcel, parcels_of_order, track_of};
pub use freight::{Freight, freight, set_freight};
pub use refusal::Refusal;
pub use ship::{New, PARCELS_MAX, ship};
pub use state::State;
pub use track::{Correction, Heard, Scan, TRACKS_MAX, correct, track};
pub use waybill::{Waybill, find_by_waybill};

/// The room's tables.
pub const SCHEMA: store::Schema =
    store::Schema { room: "delivery", steps: &[include_str!("../migrations/0001_open.sql")] };

#[cfg(test)]
mod tests;
