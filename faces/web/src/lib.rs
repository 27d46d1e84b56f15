//! What the pages of all fronts share: who visits, the layout and its parts, forms and how a no is said on them, the
//! stylesheet and the few scripts.
//!
//! A page is a function that takes a [`Visit`] (and a [`Posted`] form), asks a view or does a flow, and answers a
//! template. What goes wrong is a [`Wrong`], which [`dressed`] turns into a page of its own; what is wrong with a form
//! is a [`Typed`], which the page shows beside the field. Nothing here needs a script: scripts only add.

mod assets;
mod chip;
mod form;
mod goods;
mod plain;
mod visit;
mod wrong;

pub use assets::router as assets;
pub use chip::{Chip, chip};
pub use form::{Fields, Posted, Typed, id_in_path, onward};
pub use goods::{GoodsCard, few_left, how_many, price_for};
pub use plain::Plain;
pub use visit::{Theme, Visit, Who, end_session, keep_session, keep_theme};
pub use wrong::{Reply, Wrong, dressed, no_such_page, page, page_with};

/// The stylesheet's address, for the page that knows no visit.
pub(crate) fn stylesheet() -> String {
    assets::address("jishi.css")
}
